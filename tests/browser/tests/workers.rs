//! A worker that dies is started again once, and then reported.

use anyhow::Result;
use browser_tests::{Page, on_page};
use serde_json::json;

/// Keeps every worker where a test can reach it: the desk first, then four chains.
const KEEP_WORKERS: &str = "window.kept = [];
    const Original = Worker;
    window.Worker = class extends Original { constructor(...all) { super(...all); kept.push(this); } };";

/// Ends the workers that are at work now, without a word, as a browser short of memory does.
async fn kill(page: &Page) -> Result<()> {
    let killed = page
        .eval(
            "(() => { const now = kept.splice(0); now.forEach((e) => e.terminate()); return now.length; })()",
        )
        .await?;
    assert_eq!(killed, json!(5), "a desk and four chains");
    Ok(())
}

#[test]
fn killed_workers_are_started_again_once_and_then_reported() {
    on_page("", async |page| {
        page.reload_with(KEEP_WORKERS, "#/regions?repeats=100").await?;
        page.settle().await?;
        kill(page).await?;
        page.slide("#control-sd_mu", 30).await?;
        // The silence is noticed after eight seconds; five workers are there again.
        page.wait_until("kept.length === 5").await?;
        page.settle().await?;
        let link = page.link().await?;
        assert!(link.contains("sd_mu="), "{link}");
        let recovered = page.tables().await?;
        let fresh = Page::open(&link).await?;
        fresh.settle().await?;
        let expected = fresh.tables().await?;
        fresh.close().await;
        assert_eq!(recovered, expected);

        kill(page).await?;
        page.slide("#control-sd_mu", 10).await?;
        page.wait_until("document.querySelector('[role=alert]')").await?;
        let said = page.alerts().await?.join(" ");
        assert!(said.contains("stopped twice") && said.contains("reload"), "{said}");
        assert_eq!(page.eval("document.querySelector('main').dataset.state").await?, "failed");
        let kept = page.link().await?;
        assert!(kept.contains("sd_mu=") && kept != link, "{kept}");
        // What it advises helps.
        page.press("[role=alert]", "Reload").await?;
        page.wait_until("document.querySelector('main') && !document.querySelector('[role=alert]')").await?;
        page.settle().await?;
        assert_eq!(page.link().await?, kept);
        Ok(())
    });
}

/// The desk goes on answering: only the run never ends.
#[test]
fn one_chain_that_dies_in_silence_is_noticed_too() {
    for link in ["#/regions?repeats=0", "#/regions?repeats=0&pace=live&speed=1500"] {
        on_page("", async |page| {
            page.reload_with(KEEP_WORKERS, link).await?;
            page.wait_until("document.querySelector('.sampler progress')?.value > 100").await?;
            page.eval("kept.splice(0)[3].terminate()").await?;
            page.slide("#control-sd_mu", 30).await?;
            page.wait_until("kept.length === 5").await?;
            page.settle().await?;
            assert_eq!(page.alerts().await?, Vec::<String>::new());
            assert!(page.text(".verdict").await?.starts_with("Four chains agree"), "{link}");
            Ok(())
        });
    }
}

/// A hold is silence too, and no death.
#[test]
fn a_held_run_is_not_taken_for_dead() {
    on_page("", async |page| {
        page.reload_with(KEEP_WORKERS, "#/regions?repeats=0&pace=live&speed=100").await?;
        page.wait_until("document.querySelector('.sampler progress')?.value > 100").await?;
        page.press(".sampler", "Pause").await?;
        tokio::time::sleep(std::time::Duration::from_secs(10)).await;
        assert_eq!(page.eval("kept.length").await?, json!(5), "workers were started anew");
        page.press(".sampler", "Go on").await?;
        let held = page.eval("document.querySelector('.sampler progress').value").await?;
        page.wait_until(&format!("document.querySelector('.sampler progress').value > {held} + 50"))
            .await
            .map(drop)
    });
}

#[test]
fn an_error_inside_a_worker_is_noticed_at_once() {
    on_page("", async |page| {
        page.reload_with(KEEP_WORKERS, "#/regions?repeats=100").await?;
        page.settle().await?;
        page.eval("kept.splice(0)[2].dispatchEvent(new ErrorEvent('error', { message: 'out of memory' }))")
            .await?;
        page.wait_until("kept.length === 5").await?;
        page.settle().await?;
        assert_eq!(page.alerts().await?, Vec::<String>::new());
        assert!(page.text(".verdict").await?.starts_with("Four chains agree"));
        Ok(())
    });
}

/// Programs of the workers that the page has asked for, in order; the service worker's requests are its own.
const PROGRAMS: &str = "performance.getEntriesByType('resource').map((entry) => entry.name.match(/worker-(\\w+)_bg\\.wasm/)?.[1]).filter(Boolean)";

#[test]
fn a_lab_of_another_family_brings_its_own_workers() {
    on_page("", async |page| {
        page.reload_with(KEEP_WORKERS, "#/regions?repeats=100").await?;
        page.settle().await?;
        assert_eq!(page.eval(PROGRAMS).await?, json!(["regions"]), "only what is on screen is loaded");
        for (link, program, all) in [
            ("#/one-prior", "basics", json!(["regions", "basics"])),
            ("#/mrlocus", "genomics", json!(["regions", "basics", "genomics"])),
            ("#/regions?repeats=50", "regions", json!(["regions", "basics", "genomics"])),
        ] {
            page.eval("kept.splice(0)").await?;
            page.eval(&format!("location.hash = {}", json!(link))).await?;
            page.wait_until("kept.length === 5").await?;
            page.settle().await?;
            assert_eq!(page.eval(PROGRAMS).await?, all, "{program} is compiled once");
            assert!(page.eval("document.querySelectorAll('canvas').length").await?.as_u64() > Some(0));
        }
        // A lab of the same family goes on with them.
        page.eval("location.hash = '#/regions?seed=9'").await?;
        page.wait_until("document.querySelector('[data-key=seed] input.number').value === '9'").await?;
        page.settle().await?;
        assert_eq!(page.eval("kept.length").await?, json!(5));
        Ok(())
    });
}

#[test]
fn programs_are_written_again_by_another_worker_when_one_has_died() {
    on_page("", async |page| {
        page.reload_with(KEEP_WORKERS, "#/prior").await?;
        page.settle().await?;
        page.eval("kept.splice(0)").await?;
        page.press("header", "Code").await?;
        page.wait_for("#code .program").await?;
        assert_eq!(page.eval("kept.length").await?, json!(1), "one worker writes");
        page.eval("document.querySelector('#code').close()").await?;
        // Without a word: the silence is noticed after eight seconds.
        page.eval("kept.splice(0)[0].terminate()").await?;
        page.press("header", "Code").await?;
        page.wait_until("kept.length === 1").await?;
        page.wait_for("#code .program").await?;
        page.eval("document.querySelector('#code').close()").await?;

        // Twice in a row: then the page says so.
        page.eval("(kept.splice(0)[0].terminate(), window.Worker = class { constructor() { throw new Error('none'); } }, null)").await?;
        page.press("header", "Code").await?;
        page.wait_until("document.querySelector('#code [role=alert]')").await?;
        let said = page.eval("document.querySelector('#code [role=alert]').textContent").await?;
        assert!(said.as_str().is_some_and(|said| said.contains("could not be written")), "{said}");
        Ok(())
    });
}
