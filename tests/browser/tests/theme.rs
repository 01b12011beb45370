//! Light and dark.

use browser_tests::on_page;
use serde_json::json;

const THEME: &str = "document.documentElement.dataset.theme";
const SWITCH: &str = "header button.icon";

#[test]
fn the_theme_follows_the_system_until_the_reader_chooses_and_the_choice_lasts() {
    on_page("#/one-prior", async |page| {
        page.set_preferences("light", false).await?;
        page.settle().await?;
        assert_eq!(page.eval(THEME).await?, json!("light"));
        let light = page.pictures().await?;
        page.set_preferences("dark", false).await?;
        page.wait_until(&format!("{THEME} === 'dark'")).await?;
        page.settle().await?;
        let dark = page.pictures().await?;
        assert!(
            light.iter().all(|(panel, picture)| dark[panel].pixels != picture.pixels),
            "a picture stays light"
        );
        page.click(SWITCH).await?;
        page.wait_until(&format!("{THEME} === 'light'")).await?;
        page.settle().await?;
        assert_eq!(page.pictures().await?, light);
        page.client.refresh().await?;
        page.settle().await?;
        assert_eq!(page.eval(THEME).await?, json!("light"), "the choice is forgotten");
        assert_eq!(page.pictures().await?, light);
        Ok(())
    });
}

#[test]
fn without_storage_the_page_works_and_the_theme_can_be_switched() {
    let blocked = "Object.defineProperty(window, 'localStorage',
        { get() { throw new DOMException('denied', 'SecurityError'); } });";
    on_page("#/one-prior", async |page| {
        page.reload_with(blocked, "#/one-prior").await?;
        page.settle().await?;
        assert_eq!(
            page.eval("(() => { try { return localStorage && 'open' } catch { return 'blocked' } })()")
                .await?,
            "blocked"
        );
        let first = page.eval(THEME).await?;
        page.click(SWITCH).await?;
        page.wait_until(&format!("{THEME} !== {first}")).await?;
        page.settle().await?;
        Ok(())
    });
}
