//! By keyboard alone, and by pointing.

use std::collections::HashSet;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use browser_tests::{Page, on_page};
use fantoccini::actions::{InputSource, MouseActions, PointerAction};
use fantoccini::key::Key;
use serde_json::json;

const FOCUSED: &str = "(() => {
    const e = document.activeElement;
    if (!e || e === document.body) return null;
    const seen = [e, e.nextElementSibling, e.parentElement].filter(Boolean).some((e) => {
        const style = getComputedStyle(e);
        return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1;
    });
    e.dataset.order ??= String(document.querySelectorAll('[data-order]').length);
    return [e.dataset.order, `${e.tagName} ${e.type || ''} ${e.id} ${e.getAttribute('aria-label') || e.textContent}`.slice(0, 80), seen];
})()";

#[test]
fn the_tab_key_reaches_everything_and_shows_where_it_is() {
    for link in labs::LABS.iter().map(|lab| format!("#/{}", lab.meta().name.slug)) {
        on_page(&link, async |page| {
            page.settle().await?;
            page.unfold().await?;
            let mut seen = HashSet::new();
            for _ in 0..300 {
                page.key(Key::Tab).await?;
                let focused = page.eval(FOCUSED).await?;
                let Some(order) = focused[0].as_str() else { break };
                if !seen.insert(order.to_string()) {
                    break;
                }
                assert_eq!(focused[2], json!(true), "{link}: the focus on {} cannot be seen", focused[1]);
            }
            let missed = page
                .eval(
                    "[...document.querySelectorAll('a[href], button, input, summary, canvas[tabindex]')]
                        .filter((e) => e.checkVisibility() && !e.disabled && !e.dataset.order)
                        // One stop serves all radio buttons of a name.
                        .filter((e) => e.type !== 'radio' || e.checked)
                        .map((e) => `${e.tagName} ${e.id} ${e.textContent}`.slice(0, 60))",
                )
                .await?;
            assert_eq!(missed, json!([]), "{link}: out of reach");
            Ok(())
        });
    }
}

#[test]
fn a_slider_answers_arrows_home_and_end() {
    on_page("#/one-prior", async |page| {
        page.settle().await?;
        for _ in 0..60 {
            page.key(Key::Tab).await?;
            if page.eval("document.activeElement.id").await? == "control-n" {
                break;
            }
        }
        assert_eq!(page.eval("document.activeElement.id").await?, "control-n");
        for (key, n) in [(Key::Right, 51), (Key::Left, 50), (Key::Home, 3), (Key::End, 200), (Key::Down, 199)]
        {
            page.key(key).await?;
            page.settle().await?;
            assert!(page.link().await?.contains(&format!("n={n}")) || n == 50, "{}", page.link().await?);
            let table = &page.tables().await?["slopes"];
            assert_eq!(table.len(), n + 1, "one line for each of {n}");
            assert_eq!(page.eval("document.activeElement.id").await?, "control-n", "the focus was lost");
        }
        Ok(())
    });
}

#[test]
fn arrow_keys_go_from_school_to_school_and_the_close_up_follows() {
    on_page("#/regions?repeats=0", async |page| {
        page.settle().await?;
        let at_rest = page.pictures().await?["forest"].pixels;
        let measured = page.tables().await?["slopes"].clone();
        page.eval("document.querySelector('canvas[data-panel=forest]').focus()").await?;
        let keys = [Key::Down, Key::Down, Key::Right, Key::End, Key::Up, Key::Home, Key::Left, Key::Right];
        let rows = page.tables().await?["forest"].clone();
        for (key, row) in keys.into_iter().zip([1, 2, 3, 40, 39, 1, 40, 1]) {
            page.key(key).await?;
            let school: usize = rows[row][1].parse()?;
            let region = (school - 1) / 10 + 1;
            page.wait_until(&format!(
                "document.querySelector('#card-close-up h2').textContent === 'School {school} (region {region}), up close'"
            ))
            .await?;
            page.settle().await?;
            let y: f64 = measured[school][2].parse()?;
            let said = page.text("#card-close-up .subtitle").await?;
            let number = format!("y = {y:.2} ").replace('-', "−");
            assert!(said.contains(&number), "school {school}: {said}");
            assert_ne!(page.pictures().await?["forest"].pixels, at_rest, "school {school} is not lit up");
        }
        page.key(Key::Down).await?;
        page.key(Key::Escape).await?;
        page.settle().await?;
        assert_eq!(page.pictures().await?["forest"].pixels, at_rest, "Escape does not let go");
        assert_eq!(title(page).await?, "School 1 (region 1), up close");
        Ok(())
    });
}

async fn title(page: &Page) -> Result<String> {
    page.text("#card-close-up h2").await
}

/// Moves the pointer across the forest, at a share of its height, until a school of `region` is up close.
async fn point_at_region(page: &Page, region: usize, down: f64) -> Result<()> {
    for across in 12..48 {
        point(page, "forest", (f64::from(across) / 50.0, down)).await?;
        tokio::time::sleep(Duration::from_millis(60)).await;
        if title(page).await?.ends_with(&format!("(region {region}), up close")) {
            return Ok(());
        }
    }
    bail!("no place at {down} of the height shows a school of region {region}: {}", title(page).await?)
}

/// Moves the pointer to a place of a canvas, as shares of its width and height.
async fn point(page: &Page, panel: &str, (across, down): (f64, f64)) -> Result<()> {
    let place = page
        .eval(&format!(
            "(() => {{ const canvas = document.querySelector('canvas[data-panel={panel}]');
               const before = canvas.getBoundingClientRect();
               scrollBy(0, before.top + {down} * before.height - innerHeight / 2);
               const box = canvas.getBoundingClientRect();
               return [box.left + {across} * box.width, box.top + {down} * box.height]; }})()"
        ))
        .await?;
    let at = |i: usize| place[i].as_f64().context("a place is a number");
    let to = PointerAction::MoveTo {
        duration: Some(Duration::from_millis(30)),
        x: at(0)?.round(),
        y: at(1)?.round(),
    };
    Ok(page.client.perform_actions(MouseActions::new("hand".to_string()).then(to)).await?)
}

#[test]
fn pointing_at_a_school_shows_it_up_close_in_all_pictures_until_the_pointer_leaves() {
    on_page("#/regions?repeats=0", async |page| {
        page.settle().await?;
        let before = page.pictures().await?;
        point_at_region(page, 4, 0.9).await?;
        page.settle().await?;
        let pointed = page.pictures().await?;
        for panel in ["forest", "scatter", "slopes", "close-up"] {
            assert_ne!(pointed[panel].pixels, before[panel].pixels, "{panel} does not follow");
        }
        point_at_region(page, 1, 0.1).await?;
        let away = PointerAction::MoveTo { duration: None, x: 2.0, y: 2.0 };
        page.client.perform_actions(MouseActions::new("hand".to_string()).then(away)).await?;
        page.wait_until(
            "document.querySelector('#card-close-up h2').textContent === 'School 1 (region 1), up close'",
        )
        .await?;
        page.settle().await?;
        let left = page.pictures().await?;
        for panel in ["forest", "scatter", "slopes", "close-up"] {
            assert_eq!(left[panel].pixels, before[panel].pixels, "{panel} stays lit up");
        }
        Ok(())
    });
}

#[test]
fn a_click_keeps_a_school_when_the_pointer_leaves() {
    on_page("#/regions?repeats=0", async |page| {
        page.settle().await?;
        point_at_region(page, 3, 0.65).await?;
        let click = MouseActions::new("hand".to_string())
            .then(PointerAction::Down { button: fantoccini::actions::MOUSE_BUTTON_LEFT })
            .then(PointerAction::Up { button: fantoccini::actions::MOUSE_BUTTON_LEFT });
        page.client.perform_actions(click).await?;
        let chosen = title(page).await?;
        let away = PointerAction::MoveTo { duration: None, x: 2.0, y: 2.0 };
        page.client.perform_actions(MouseActions::new("hand".to_string()).then(away)).await?;
        page.settle().await?;
        assert_eq!(title(page).await?, chosen);
        Ok(())
    });
}
