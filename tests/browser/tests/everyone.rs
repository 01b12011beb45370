//! The page is for everyone: what axe-core finds, small windows, and less motion.

use anyhow::{Context, Result};
use browser_tests::{Page, on_page};
use labs::LABS;
use serde_json::{Value, json};

/// Everything of WCAG 2.2 A and AA that a program can find, and what is good practice besides.
const RUN: &str = "const done = arguments[0];
    axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }).then((result) => done({
        passes: result.passes.length,
        violations: result.violations.map((found) => `${found.id}: ${found.nodes.slice(0, 3).map((node) => node.target + ' (' + node.failureSummary + ')').join('; ')}`),
    }), (error) => done({ passes: 0, violations: [String(error)] }))";

/// What axe finds in both themes; the page must be at rest.
async fn assert_open(page: &Page, what: &str) -> Result<()> {
    let script = std::env::var("SHRINKAGE_LAB_AXE").context("run the browser tests by `cargo xtask test`")?;
    page.client.execute(&std::fs::read_to_string(script)?, Vec::new()).await?;
    for scheme in ["light", "dark"] {
        page.set_preferences(scheme, false).await?;
        page.wait_until(&format!("document.documentElement.dataset.theme === '{scheme}'")).await?;
        let found = page.client.execute_async(RUN, Vec::new()).await?;
        assert_eq!(found["violations"], json!([]), "{what}, {scheme}");
        assert!(found["passes"].as_u64().is_some_and(|passes| passes > 10), "{what}: axe looked at nothing");
    }
    Ok(())
}

/// The labs, their views, and settings that bring out every kind of card.
fn pages() -> Vec<String> {
    let labs = LABS.iter().map(|lab| format!("#/{}", lab.meta().name.slug));
    let presets = LABS.iter().flat_map(|lab| lab.meta().presets).map(|preset| preset.link.to_owned());
    let chapters = (1..=labs::lecture::CHAPTERS.len()).map(|number| format!("#/lecture/{number}"));
    let others = [
        "#/regions?details=all&pace=live&speed=5000",
        "#/regions?sizes=3,0,99&sd_theta=NaN&sampler=what",
        "#/data?set=own&own=value,se;28,15;8,10;-3,16;7,11;-1,9",
        "#/regions?embed=on",
        "#/lecture/13?embed=on",
        "#/lecture/4?present=1",
        "#/lecture/8?present=1&questions=off",
        "#/regions?present=1",
    ];
    let mut pages: Vec<String> =
        labs.chain(presets).chain(chapters).chain(others.map(str::to_owned)).collect();
    pages.dedup();
    pages
}

#[test]
fn axe_finds_nothing_on_any_page_in_either_theme() {
    on_page("", async |page| {
        for link in pages() {
            page.reload_at(&link).await?;
            page.settle().await?;
            page.unfold().await?;
            assert_open(page, &link).await?;
        }
        Ok(())
    });
}

#[test]
fn axe_finds_nothing_in_dialogs_menus_tables_and_explanations() {
    on_page("#/regions", async |page| {
        for button in ["Share", "Code"] {
            page.settle().await?;
            page.press("header", button).await?;
            page.wait_for("dialog[open] .primary").await?;
            assert_open(page, button).await?;
            page.press("dialog[open]", "×").await?;
        }
        page.tables().await?;
        assert_open(page, "open tables").await?;
        page.eval("document.querySelectorAll('details').forEach((e) => e.open = true)").await?;
        assert_open(page, "open menus").await?;
        page.eval("document.querySelector('main .card .term').focus()").await?;
        page.wait_for("[role=tooltip]").await?;
        assert_open(page, "an explanation").await
    });
}

/// Nothing of the page lies beyond its right edge.
async fn assert_no_sideways(page: &Page, what: &str) -> Result<()> {
    let wide = page
        .eval("[document.documentElement.scrollWidth, innerWidth, [...document.querySelectorAll('dialog[open], dialog[open] *')].filter((e) => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('.program')).map((e) => e.tagName)]")
        .await?;
    assert!(wide[0].as_f64() <= wide[1].as_f64(), "{what}: {wide}");
    assert_eq!(wide[2], Value::Array(Vec::new()), "{what}");
    Ok(())
}

#[test]
fn dialogs_fit_a_small_phone_and_twice_the_size_of_type() {
    // 1280 × 1024 at 200 % is a window of 640 × 512.
    for (width, height) in [(320, 640), (640, 512)] {
        on_page("#/regions", async |page| {
            page.set_size(width, height).await?;
            for button in ["Share", "Code"] {
                page.settle().await?;
                page.press("header", button).await?;
                page.wait_for("dialog[open] .primary").await?;
                assert_no_sideways(page, &format!("{button} at {width} × {height}")).await?;
                page.press("dialog[open]", "×").await?;
            }
            for lab in LABS {
                page.go_to(&format!("#/{}", lab.meta().name.slug)).await?;
                page.settle().await?;
                page.unfold().await?;
                assert_no_sideways(page, &format!("{} at {width} × {height}", lab.meta().name.slug)).await?;
            }
            Ok(())
        });
    }
}

#[test]
fn with_less_motion_nothing_travels() {
    /// Pictures drawn after a change, frame by frame, until they hold still: how many differ.
    const FRAMES: &str = "const done = arguments[0];
        const canvas = document.querySelector('canvas[data-panel=slopes]');
        const look = () => canvas.toDataURL();
        const seen = [look()];
        [...document.querySelectorAll('.presets button')].find((e) => e.textContent === '9').click();
        let left = 45;
        const step = () => {
            if (look() !== seen[seen.length - 1]) seen.push(look());
            if (left-- > 0) requestAnimationFrame(step); else done(seen.length - 1);
        };
        requestAnimationFrame(step);";
    on_page("#/one-prior", async |page| {
        page.settle().await?;
        let with_motion = page.client.execute_async(FRAMES, Vec::new()).await?;
        assert!(with_motion.as_u64() > Some(2), "the marks travel: {with_motion} pictures");
        page.set_preferences("light", true).await?;
        page.reload_at("#/one-prior").await?;
        page.settle().await?;
        let with_less = page.client.execute_async(FRAMES, Vec::new()).await?;
        // The picture of the new setting, and at most one of the old data on the new axis.
        assert!(with_less.as_u64() <= Some(2) && with_less.as_u64() >= Some(1), "{with_less} pictures");
        Ok(())
    });
}
