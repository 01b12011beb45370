//! What a browser does to a page: it kills workers, lets the page stand still or hides it, fills or forbids its
//! storage, and keeps it while the reader is elsewhere. No setting and no data are lost.

use std::time::Duration;

use anyhow::Result;
use browser_tests::{Page, on_page};
use serde_json::{Value, json};

/// Keeps every worker where a test can reach it: the desk first, then four chains.
const KEEP_WORKERS: &str = "window.kept = [];
    const Original = Worker;
    window.Worker = class extends Original { constructor(...all) { super(...all); kept.push(this); } };";

const THEME: &str = "document.documentElement.dataset.theme";

/// Longer than the page waits for silent workers.
const BEYOND_PATIENCE: Duration = Duration::from_secs(10);

/// All that a reader would miss: settings, what they show, and that nothing was said to have gone wrong.
async fn state(page: &Page) -> Result<Value> {
    page.settle().await?;
    assert_eq!(page.alerts().await?, Vec::<String>::new());
    let (link, tables) = (page.link().await?, page.tables().await?);
    let fields = page
        .eval("[...document.querySelectorAll('.controls input, .controls select')].map((e) => [e.name || e.id, e.type === 'radio' ? e.checked : e.value])")
        .await?;
    Ok(json!([link, tables, fields, page.eval(THEME).await?]))
}

#[test]
fn killed_workers_lose_no_data_of_the_reader() {
    /// More rows than a link carries.
    const NUM_ROWS: usize = 700;
    on_page("", async |page| {
        page.reload_with(KEEP_WORKERS, "#/data?set=own").await?;
        page.wait_for("main[data-state=settled]").await?;
        let rows = (0..NUM_ROWS).map(|k| format!("{}\\t{}", (k * 37) % 101, 1 + k % 7));
        let text = format!("value\\tse\\n{}", rows.collect::<Vec<_>>().join("\\n"));
        page.eval(&format!(
            "(() => {{ const field = document.querySelector('#control-own'); field.value = '{text}';
               field.dispatchEvent(new InputEvent('input', {{ bubbles: true, inputType: 'insertFromPaste' }})); }})()"
        ))
        .await?;
        page.wait_until(&format!("document.querySelector('h1').textContent.includes('{NUM_ROWS}')")).await?;
        let before = state(page).await?;
        page.eval("kept.splice(0).forEach((worker) => worker.terminate())").await?;
        // A setting there and back: the first asks the dead, the second the living.
        let levels = "document.querySelectorAll('.controls [data-key] input[type=range]')[0]";
        let level = page.eval(&format!("Number({levels}.value)")).await?;
        page.eval(&format!(
            "(() => {{ const e = {levels}; e.stepDown(); e.dispatchEvent(new InputEvent('input', {{ bubbles: true }})); }})()"
        ))
        .await?;
        page.wait_until("kept.length === 5").await?;
        page.settle().await?;
        page.eval(&format!(
            "(() => {{ const e = {levels}; e.value = {level}; e.dispatchEvent(new InputEvent('input', {{ bubbles: true }})); }})()"
        ))
        .await?;
        assert_eq!(state(page).await?, before);
        Ok(())
    });
}

#[test]
fn a_full_storage_costs_no_more_than_the_memory_of_the_theme() {
    const FILL: &str = "(() => {
        let size = 1 << 22, number = 0;
        while (size >= 1) {
            try { localStorage.setItem(`filler ${number}`, 'x'.repeat(size)); number += 1; } catch { size >>= 1; }
        }
        try { localStorage.setItem('theme', 'dark'); return 'room'; } catch (error) { return error.name; }
    })()";
    on_page("#/regions?sd_mu=3&repeats=50", async |page| {
        page.set_preferences("light", false).await?;
        page.settle().await?;
        assert_eq!(page.eval(FILL).await?, "QuotaExceededError");
        page.click("header button.icon").await?;
        page.wait_until(&format!("{THEME} === 'dark'")).await?;
        page.slide("#control-sd_mu", 30).await?;
        let before = state(page).await?;
        page.client.refresh().await?;
        page.settle().await?;
        assert_eq!(page.eval(THEME).await?, "light");
        page.click("header button.icon").await?;
        page.wait_until(&format!("{THEME} === 'dark'")).await?;
        assert_eq!(state(page).await?, before);
        Ok(())
    });
}

#[test]
fn a_blocked_storage_costs_no_more_than_the_memory_of_the_theme() {
    const BLOCK: &str = "for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches', 'cookieStore']) {
        Object.defineProperty(window, name, { get() { throw new DOMException('denied', 'SecurityError'); } });
    }
    for (const name of ['cookie']) {
        Object.defineProperty(document, name, { get() { throw new DOMException('denied', 'SecurityError'); } });
    }";
    on_page("", async |page| {
        page.set_preferences("light", false).await?;
        page.reload_with(BLOCK, "#/lecture/3?a=9").await?;
        page.settle().await?;
        page.eval("location.hash = '#/regions?repeats=50&sd_theta=7'").await?;
        page.settle().await?;
        page.click("header button.icon").await?;
        page.wait_until(&format!("{THEME} === 'dark'")).await?;
        page.slide("#control-sd_mu", 30).await?;
        let before = state(page).await?;
        page.client.back().await?;
        page.wait_until("location.hash.startsWith('#/lecture/3')").await?;
        page.settle().await?;
        page.client.forward().await?;
        page.wait_until("location.hash.startsWith('#/regions')").await?;
        assert_eq!(state(page).await?, before);
        Ok(())
    });
}

/// As behind a dialog of the system, or on a machine with too much to do. (Chromium freezes no page that is in
/// sight, whatever its driver asks for.)
#[test]
fn a_page_that_stood_still_takes_no_worker_for_dead() {
    on_page("", async |page| {
        page.reload_with(KEEP_WORKERS, "#/regions?repeats=0&pace=live&speed=20&draws=1000&warmup=200")
            .await?;
        page.wait_until("document.querySelector('.sampler progress')?.value > 50").await?;
        // Twice: workers that are taken for dead are started again once.
        for _ in 0..2 {
            page.eval(&format!(
                "(() => {{ const end = performance.now() + {}; while (performance.now() < end); }})()",
                BEYOND_PATIENCE.as_millis()
            ))
            .await?;
            let then = page.eval("document.querySelector('.sampler progress').value").await?;
            page.wait_until(&format!("document.querySelector('.sampler progress').value > {then}")).await?;
            assert_eq!(page.alerts().await?, Vec::<String>::new());
            assert_eq!(page.eval("kept.length").await?, json!(5), "workers were started anew");
        }
        Ok(())
    });
}

#[test]
fn a_run_ends_behind_another_tab_and_is_there_on_return() {
    on_page("", async |page| {
        page.reload_with(KEEP_WORKERS, "#/regions?repeats=20000&seed=5").await?;
        page.wait_for("main[data-state]").await?;
        page.eval(
            "(addEventListener('visibilitychange', () => { window.wasHidden ||= document.hidden; }), 1)",
        )
        .await?;
        let first = page.client.window().await?;
        let other = page.client.new_window(true).await?;
        page.client.switch_to_window(other.handle).await?;
        page.client.goto("about:blank").await?;
        tokio::time::sleep(BEYOND_PATIENCE).await;
        page.client.close_window().await?;
        page.client.switch_to_window(first).await?;
        page.wait_until("window.wasHidden").await?;
        let after = state(page).await?;
        assert_eq!(page.eval("kept.length").await?, json!(5), "workers were started anew");
        let fresh = Page::open("#/regions?repeats=20000&seed=5").await?;
        let expected = state(&fresh).await?;
        fresh.close().await;
        assert_eq!(after, expected);
        Ok(())
    });
}

#[test]
fn back_from_another_page_everything_is_as_it_was() {
    on_page("#/regions?repeats=50", async |page| {
        page.settle().await?;
        page.slide("#control-sd_mu", 30).await?;
        page.settle().await?;
        page.eval("(addEventListener('pageshow', (event) => { window.wasKept = event.persisted; }), 1)")
            .await?;
        let before = state(page).await?;
        page.client.goto("about:blank").await?;
        tokio::time::sleep(BEYOND_PATIENCE).await;
        page.client.back().await?;
        page.wait_for("main[data-state=settled]").await?;
        println!("kept by the browser: {}", page.eval("window.wasKept ?? false").await?);
        assert_eq!(state(page).await?, before);
        page.slide("#control-sd_mu", 10).await?;
        page.wait_until(&format!("location.hash !== {}", before[0])).await?;
        page.settle().await
    });
}

/// The file of what the first view does without cannot be fetched while `isCut`.
const CUT: &str = "window.isCut = true;
    const whole = window.fetch;
    window.fetch = (what, ...rest) => window.isCut && String(what.url ?? what).includes('annex')
        ? Promise.reject(new TypeError('cut off')) : whole(what, ...rest);";

#[test]
fn a_part_that_cannot_be_fetched_is_said_and_fetched_at_the_next_wish() {
    let is_said =
        "document.querySelector('main .notice')?.textContent.includes('could not be loaded') ?? false";
    on_page("", async |page| {
        page.reload_with(CUT, "#/regions?seed=7&repeats=50").await?;
        page.wait_for("main[data-state=settled]").await?;
        // The first view works without: its pictures are there, and sliders move them.
        page.wait_for("canvas[data-panel=forest][data-drawn=forest]").await?;
        page.slide("[data-key=sd_theta] input[type=range]", 40).await?;
        page.wait_until("location.hash.includes('sd_theta')").await?;
        page.wait_for("main[data-state=settled]").await?;
        let link = page.link().await?;
        assert_eq!(page.eval(is_said).await?, false);
        page.click("nav a[href='#/data']").await?;
        page.wait_until(is_said).await?;
        page.click("#present").await?;
        page.wait_for("main[data-state=settled]").await?;
        assert_eq!((page.link().await?, page.eval(is_said).await?), (link, true.into()));
        page.eval("window.isCut = false").await?;
        page.click("nav a[href='#/data']").await?;
        page.wait_until("location.hash === '#/data'").await?;
        page.settle().await?;
        assert_eq!(page.notices().await?, Vec::<String>::new());
        // What was cut off was written to the console.
        assert!(page.take_console_errors().await?.iter().all(|error| error.contains("cut off")));
        Ok(())
    });
}

#[test]
fn a_link_whose_part_cannot_be_fetched_says_so_in_the_first_frame() {
    on_page("", async |page| {
        page.client.goto("about:blank").await?;
        page.dev_tools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": CUT })).await?;
        page.go_to("#/lecture/3").await?;
        page.wait_until("document.querySelector('#loading[role=alert]')?.textContent.includes('could not be loaded') ?? false")
            .await?;
        assert!(page.take_console_errors().await?.iter().all(|error| error.contains("cut off")));
        Ok(())
    });
}
