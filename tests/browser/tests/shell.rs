//! The first frame, before the program is here: the same places as the page, so that nothing jumps.

use anyhow::Result;
use browser_tests::{Page, on_page};
use serde_json::{Value, json};

/// Where things are, rounded to pixels: position and size.
const PLACES: &str =
    "['header.bar', '.brand', '.bar nav', '.tools', 'h1', '.lead', '.legend', '.main-column .card']
    .map((name) => { const place = document.querySelector(name)?.getBoundingClientRect();
        return [name, ...(place ? [place.x, place.y, place.width, place.height].map(Math.round) : [])]; })";

/// Loads the page anew with its program kept from it; what comes instead is the first frame.
async fn open_frame(page: &Page, link: &str) -> Result<()> {
    page.dev_tools("Network.enable", json!({})).await?;
    page.dev_tools("Network.setBlockedURLs", json!({ "urls": ["*_bg.wasm*"] })).await?;
    page.reload_at(link).await?;
    page.wait_until("document.getElementById('first-frame') && document.fonts.status === 'loaded'").await?;
    // The page says that its program did not come; then nothing changes any more.
    page.wait_until("document.querySelector('#loading[role=alert]')").await?;
    page.take_console_errors().await.map(drop)
}

async fn open_page(page: &Page, link: &str) -> Result<()> {
    page.dev_tools("Network.setBlockedURLs", json!({ "urls": [] })).await?;
    page.reload_at(link).await?;
    page.settle().await
}

#[test]
fn the_first_frame_has_the_places_of_the_page() {
    on_page("", async |page| {
        for (width, height) in [(390, 844), (1440, 900), (1920, 1080)] {
            page.set_size(width, height).await?;
            open_frame(page, "").await?;
            let before = page.eval(PLACES).await?;
            open_page(page, "").await?;
            let after = page.eval(PLACES).await?;
            let places = |value: &Value| serde_json::from_value::<Vec<Vec<Value>>>(value.clone());
            for (before, after) in places(&before)?.into_iter().zip(places(&after)?) {
                assert_eq!(after.len(), 5, "{after:?} is not on the page");
                let is_near = |(i, (a, b)): (usize, (&Value, &Value))| {
                    // A pixel of rounding; and how many lines stand above the picture depends on the window.
                    let limit = if i == 4 && after[0] == ".main-column .card" { 20.0 } else { 1.0 };
                    (a.as_f64().unwrap_or(f64::NAN) - b.as_f64().unwrap_or(f64::NAN)).abs() <= limit
                };
                let near = before.iter().zip(&after).enumerate().skip(1).all(is_near);
                assert!(near && before.len() == 5, "at {width} × {height}: {before:?} becomes {after:?}");
            }
        }
        Ok(())
    });
}

#[test]
fn another_link_flashes_no_words_of_the_start_page() {
    const SEEN: &str = "['h1', '.lead', '.legend', '.bar'].map((name) => document.querySelector(name).checkVisibility({ visibilityProperty: true }))";
    const HERE: &str = "document.querySelector('nav [aria-current]')?.getAttribute('href') || 'none'";
    on_page("", async |page| {
        for (link, seen, here) in [
            ("", [true, true, true, true], "#/regions"),
            ("#/", [true, true, true, true], "#/regions"),
            ("#/regions", [true, true, true, true], "#/regions"),
            ("#/regions?sizes=3", [false, false, false, true], "#/regions"),
            ("#/limma", [false, false, false, true], "#/limma"),
            ("#/likelihood", [false, false, false, true], "none"),
            ("#/lecture/7", [false, false, false, true], "#/lecture/1"),
            ("#/regions?embed=on", [false, false, false, false], "#/regions"),
            ("#/lecture/4?present=2", [false, false, false, false], "#/lecture/1"),
        ] {
            open_frame(page, link).await?;
            assert_eq!(page.eval(SEEN).await?, json!(seen), "{link}");
            assert_eq!(page.eval(HERE).await?, json!(here), "{link}");
        }
        Ok(())
    });
}

/// Layout shift as Chromium counts it, all of it, from the first frame on.
const SHIFT: &str = "const done = arguments[0];
    new PerformanceObserver((list) => done(list.getEntries().map((entry) => [entry.value, entry.startTime,
        entry.sources.map((source) => source.node?.className || source.node?.nodeName)])))
        .observe({ type: 'layout-shift', buffered: true });
    // Without any there is no call.
    setTimeout(() => done([]), 500);";

#[test]
fn nothing_jumps_when_the_page_comes() {
    on_page("", async |page| {
        for (width, height) in [(412, 823), (1440, 900)] {
            page.set_size(width, height).await?;
            for link in ["", "#/one-prior", "#/when", "#/limma", "#/lecture/2", "#/regions?embed=on"] {
                page.reload_at(link).await?;
                page.settle().await?;
                let shifts = page.client.execute_async(SHIFT, Vec::new()).await?;
                let all = shifts.as_array().into_iter().flatten();
                let sum: f64 = all.filter_map(|shift| shift[0].as_f64()).sum();
                // The first frame is drawn for the start page. A lab whose sentences are shorter or longer than
                // the frame's, or come later, moves a line; 0.1 is the most that web.dev/cls calls good.
                let most = if link.is_empty() { 0.01 } else { 0.1 };
                assert!(sum <= most, "{link} at {width} × {height}: {shifts}");
            }
        }
        Ok(())
    });
}

#[test]
fn the_first_frame_has_the_theme_that_was_chosen() {
    on_page("", async |page| {
        page.eval("localStorage.setItem('theme', 'dark')").await?;
        page.set_preferences("light", false).await?;
        open_frame(page, "").await?;
        assert_eq!(page.eval("document.documentElement.dataset.theme").await?, "dark");
        assert_eq!(page.eval("getComputedStyle(document.body).backgroundColor").await?, "rgb(17, 19, 24)");
        Ok(())
    });
}

/// A rare letter brings a file of its own; a picture that was drawn before it came is drawn anew.
#[test]
fn a_rare_letter_comes_when_a_picture_wants_it() {
    const FILES: &str = "performance.getEntriesByType('resource').map((entry) => entry.name.split('/').pop()).filter((name) => name.endsWith('.woff2')).sort()";
    const LINK: &str = "#/data?set=own&own=name,group,value,se;a,%C5%BBory,28,15;b,%C5%BBory,8,10;c,%C5%BBory,-3,16;d,%C5%BBory,4,12;e,%C5%BBory,7,11;f,%C5%BBory,1,9";
    const PICTURES: &str =
        "[...document.querySelectorAll('canvas[data-drawn]')].map((canvas) => canvas.toDataURL()).join()";
    on_page("", async |page| {
        page.wait_until("document.fonts.status === 'loaded'").await?;
        assert_eq!(page.eval(FILES).await?, json!(["inter.woff2", "math.woff2", "serif.woff2"]));
        page.reload_at(LINK).await?;
        page.settle().await?;
        page.wait_until(&format!("({FILES}).includes('inter-more.woff2')")).await?;
        page.picture_at_rest().await?;
        let drawn = page.eval(PICTURES).await?;
        // Every picture is drawn anew at its new width, now that all letters are there.
        page.set_size(1200, 900).await?;
        page.picture_at_rest().await?;
        page.set_size(1440, 900).await?;
        page.picture_at_rest().await?;
        assert!(drawn.as_str().is_some_and(|pictures| pictures.len() > 1000));
        assert!(page.eval(PICTURES).await? == drawn, "a letter is in another font");
        Ok(())
    });
}
