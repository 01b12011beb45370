//! The page as one file, opened from a disk: nothing stands beside it, and nothing is asked for.

use anyhow::{Context, Result};
use browser_tests::{Engine, Page, native_draws, on_page_in, single_file};
use fantoccini::key::Key;
use serde_json::json;

const LINK: &str = "#/regions?repeats=100&seed=7";

#[test]
fn one_file_is_the_whole_page() {
    one_file_is_enough(Engine::Chromium);
}

#[test]
fn one_file_is_the_whole_page_in_firefox() {
    one_file_is_enough(Engine::Firefox);
}

#[test]
fn one_file_is_the_whole_page_in_webkit() {
    one_file_is_enough(Engine::WebKit);
}

fn one_file_is_enough(engine: Engine) {
    on_page_in(engine, "#/one-prior", async |page| {
        let folder = tempfile::tempdir()?;
        let file = folder.path().join("the lab.html");
        std::fs::copy(single_file()?, &file)?;
        let address = url::Url::from_file_path(&file).ok().context("a path from the top")?;
        page.client.goto(&format!("{address}{LINK}")).await?;
        page.settle().await?;
        assert_eq!(page.eval("location.protocol").await?, "file:");
        let before = page.pictures().await?;
        for (panel, picture) in &before {
            assert!(picture.ink > 0.005, "{panel} is empty");
        }
        assert!(page.text(".verdict").await?.starts_with("Four chains agree"));
        assert_eq!(saved_draws(page).await?, native_draws(LINK), "draws are the same everywhere");

        let slider = ".controls input[type=range]";
        page.wait_for(slider).await?.send_keys(&char::from(Key::Right).to_string()).await?;
        page.settle().await?;
        assert_ne!(page.link().await?, LINK, "the address follows");
        assert_ne!(page.pictures().await?, before, "the pictures follow");

        // Links within the page.
        page.click("nav a[href='#/one-prior']").await?;
        page.wait_until("location.hash === '#/one-prior'").await?;
        page.settle().await?;
        page.eval("history.back()").await?;
        page.wait_until("location.hash.startsWith('#/regions')").await?;
        page.settle().await?;

        page.press("header", "Share").await?;
        page.wait_for("#share-link").await?;
        let said = page.eval("document.querySelector('#share').textContent").await?;
        let said = said.as_str().context("the dialog says something")?;
        assert!(said.contains("a file on this computer"), "{said}");
        assert_eq!(
            page.eval("document.querySelectorAll('#share .qr, #share-embed').length").await?,
            json!(0)
        );
        let link = page.eval("document.querySelector('#share-link').value").await?;
        assert_eq!(link, json!(page.link().await?));

        let strangers = "performance.getEntriesByType('resource').map((entry) => entry.name).filter((name) => !/^(blob|data):/.test(name))";
        assert_eq!(page.eval(strangers).await?, json!([]), "nothing is asked for");
        assert!(
            page.eval("[...document.fonts].filter((font) => font.status === 'loaded').length")
                .await?
                .as_u64()
                > Some(1)
        );
        assert_eq!(page.alerts().await?, Vec::<String>::new());
        assert_eq!(page.nonsense().await?, Vec::<String>::new());
        Ok(())
    });
}

/// The file of all draws as the page gives it to the browser: where drivers put files differs.
async fn saved_draws(page: &Page) -> Result<String> {
    page.client
        .execute(
            "const make = URL.createObjectURL;
             URL.createObjectURL = (blob) => { blob.text().then((text) => { window.saved = text; }); return make(blob); };",
            Vec::new(),
        )
        .await?;
    page.press(".sampler", "All draws as CSV").await?;
    let saved = page.wait_until("window.saved").await?;
    saved.as_str().map(str::to_owned).context("the file is text")
}
