//! The sampler's card: it runs, can be watched, held and ended, and says honestly how good it was.

use anyhow::{Context, Result};
use browser_tests::{Page, on_page};

/// The number beside a name in the sampler's card.
async fn stat(page: &Page, name: &str) -> Result<f64> {
    let text = page
        .eval(&format!(
            "[...document.querySelectorAll('.sampler .stats div, .sampler .quiet div')]
                .find((row) => row.querySelector('dt').textContent.startsWith('{name}'))?.querySelector('dd').firstChild.data"
        ))
        .await?;
    let text = text.as_str().with_context(|| format!("the card has no {name}"))?.replace(',', "");
    text.parse().with_context(|| format!("{name} is {text}"))
}

/// Draws and iterations so far, as the card says.
async fn progress(page: &Page) -> Result<(u64, f64)> {
    let counts = page
        .eval(
            "[document.querySelector('.sampler .count strong').textContent.replaceAll(',', ''),
              document.querySelector('.sampler progress').value]",
        )
        .await?;
    let draws = counts[0].as_str().context("a count is text")?.parse()?;
    Ok((draws, counts[1].as_f64().context("progress is a number")?))
}

async fn assert_good(page: &Page, place: &str) -> Result<()> {
    assert_eq!(progress(page).await?.0, 4000, "{place}: draws");
    let rhat = stat(page, "R-hat").await?;
    assert!((0.99..1.01).contains(&rhat), "{place}: R-hat {rhat}");
    for ess in ["Bulk ESS", "Tail ESS"] {
        assert!(stat(page, ess).await? > 400.0, "{place}: {ess}");
    }
    if !place.contains("exact") {
        assert!(stat(page, "Divergences").await? == 0.0, "{place}: divergences");
    }
    // 44 means; the seed is fixed, so this cannot fail by chance.
    assert!(stat(page, "Largest |z|").await? < 4.0, "{place}: |z|");
    let verdict = page.text(".verdict").await?;
    assert!(verdict.starts_with("Four chains agree"), "{place}: {verdict}");
    // The draws' quantiles lie over the exact curve: θ₁ has posterior mean 1.22 and SD 0.45.
    let theta = &page.tables().await?["theta"];
    let median: f64 = theta[1][1].parse()?;
    assert!((median - 1.22).abs() < 0.05, "{place}: θ₁ {median}");
    Ok(())
}

#[test]
fn both_samplers_run_to_the_end_and_agree_with_the_exact_posterior() {
    for link in ["#/regions?repeats=0", "#/regions?repeats=0&sampler=exact"] {
        on_page(link, async |page| {
            page.settle().await?;
            assert_good(page, link).await?;
            assert!(page.text("#card-theta .subtitle").await?.starts_with("4,000 draws"));
            Ok(())
        });
    }
}

#[test]
fn too_few_draws_are_not_called_good() {
    on_page("#/regions?repeats=0&warmup=20&draws=50", async |page| {
        page.settle().await?;
        assert_eq!(progress(page).await?.0, 200);
        let verdict = page.text(".verdict.warning").await?;
        assert!(!verdict.contains("agree;"), "{verdict}");
        Ok(())
    });
}

/// The words of all numbers in a part of the card.
async fn names(page: &Page, part: &str) -> Result<Vec<String>> {
    let names = page
        .eval(&format!("[...document.querySelectorAll('.sampler .{part} dt')].map((e) => e.textContent)"))
        .await?;
    Ok(serde_json::from_value(names)?)
}

const LINE: &[&str] =
    &["R-hat", "Bulk ESS", "Tail ESS", "Divergences", "Largest |z|", "Time", "ESS per second"];

#[test]
fn one_line_is_shown_and_every_number_when_asked_for() {
    on_page("#/regions?repeats=0", async |page| {
        page.settle().await?;
        assert_eq!(names(page, "stats").await?, [""; 0]);
        assert_eq!(names(page, "quiet").await?, LINE);
        // Help is there for the mouse, and by a button for keys and fingers.
        assert!(
            page.eval("document.querySelector('.quiet div').title").await?.as_str().unwrap_or("").len() > 30
        );
        page.click(".meanings summary").await?;
        assert_eq!(names(page, "meanings").await?, LINE);
        let height =
            page.eval("document.querySelector('.meanings dl').getBoundingClientRect().height").await?;
        assert!(height.as_f64() > Some(100.0), "{height}");
        page.click("input[name=details][value=all]").await?;
        page.settle().await?;
        assert_eq!(names(page, "quiet").await?, [""; 0]);
        let all = names(page, "stats").await?;
        assert_eq!(all.len(), 11, "{all:?}");
        assert_eq!(names(page, "meanings").await?, all);
        page.click("input[name=details][value=line]").await?;
        page.settle().await?;
        assert_eq!(names(page, "quiet").await?, LINE);
        Ok(())
    });
}

#[test]
fn numbers_out_of_bounds_stand_out_unasked() {
    on_page("#/regions?scale_mu=half-cauchy&prior_mu=5&data=eight", async |page| {
        page.settle().await?;
        let large = names(page, "stats").await?;
        assert!(large.contains(&"Divergences".to_owned()) && large.len() < 8, "{large:?}");
        let marked = page.eval("document.querySelectorAll('.sampler .stats .warning').length").await?;
        assert_eq!(marked.as_u64(), Some(large.len() as u64));
        assert!(page.text(".verdict.warning").await?.contains("Take the non-centered NUTS"));
        Ok(())
    });
}

#[test]
fn a_first_run_says_so_until_it_is_run_again() {
    on_page("#/regions?repeats=0&sampler=gibbs", async |page| {
        page.settle().await?;
        assert_eq!(page.text(".quiet .note").await?, "first run, still warming up");
        page.press(".sampler", "Sample again").await?;
        page.settle().await?;
        assert_eq!(page.eval("document.querySelector('.quiet .note')").await?, serde_json::json!(null));
        Ok(())
    });
}

#[test]
fn a_watched_run_grows_pauses_goes_on_and_stops() {
    on_page("#/regions?repeats=0&pace=live&speed=100", async |page| {
        let pause =
            "[...document.querySelectorAll('.sampler button')].some((e) => e.textContent.trim() === 'Pause')";
        page.wait_until(pause).await?;
        let iterations = "document.querySelector('.sampler progress').value";
        let start = page.eval(iterations).await?.as_f64().unwrap_or(0.0);
        page.wait_until(&format!("{iterations} > {}", start + 40.0)).await?;
        assert_eq!(page.eval("document.querySelector('main').dataset.state").await?, "running");

        page.press(".sampler", "Pause").await?;
        // Words follow a picture after 400 ms.
        tokio::time::sleep(std::time::Duration::from_millis(1000)).await;
        let held = (progress(page).await?, page.pictures().await?);
        tokio::time::sleep(std::time::Duration::from_millis(900)).await;
        assert_eq!((progress(page).await?, page.pictures().await?), held, "a held run goes on");

        page.press(".sampler", "Go on").await?;
        page.wait_until(&format!("{iterations} > {}", held.0.1 + 100.0)).await?;
        let goes_on = progress(page).await?;
        assert!(goes_on.1 < 8000.0, "at a hundred iterations a second it is not yet done: {goes_on:?}");

        page.press(".sampler", "Stop").await?;
        page.wait_until("document.querySelector('main').dataset.state === 'settled'").await?;
        let stopped = progress(page).await?;
        tokio::time::sleep(std::time::Duration::from_millis(600)).await;
        assert_eq!(progress(page).await?, stopped, "a stopped run goes on");

        page.press(".sampler", "Sample again").await?;
        page.wait_until(&format!("{iterations} < {}", stopped.1)).await?;
        page.wait_until(&format!("{iterations} > {}", 40)).await?;

        page.unfold().await?;
        page.click("input[name=pace][value=fast]").await?;
        page.settle().await?;
        assert_good(page, "after watching").await
    });
}

#[test]
fn the_speed_of_a_watched_run_is_the_one_that_was_asked_for() {
    on_page("#/regions?repeats=0&pace=live&speed=50", async |page| {
        page.unfold().await?;
        let iterations = "document.querySelector('.sampler progress')?.value";
        page.wait_until(&format!("{iterations} > 40")).await?;
        let rate = async || -> Result<f64> {
            let start = page.eval(&format!("[performance.now(), {iterations}]")).await?;
            tokio::time::sleep(std::time::Duration::from_secs(2)).await;
            let end = page.eval(&format!("[performance.now(), {iterations}]")).await?;
            let difference = |i: usize| end[i].as_f64().unwrap_or(0.0) - start[i].as_f64().unwrap_or(0.0);
            Ok(difference(1) / difference(0) * 1000.0 / 4.0)
        };
        // A busy machine may be late, but never early.
        let slow = rate().await?;
        assert!((10.0..65.0).contains(&slow), "50 iterations a second became {slow}");
        page.type_into("[data-key=speed] input.number", "200").await?;
        let before = progress(page).await?;
        assert!(before.1 > 40.0, "changing the speed began anew");
        let fast = rate().await?;
        assert!((80.0..260.0).contains(&fast), "200 iterations a second became {fast}");
        Ok(())
    });
}

#[test]
fn a_watched_run_ends_with_the_draws_of_a_fast_one() {
    on_page("#/regions?repeats=0&warmup=300&draws=200", async |page| {
        page.settle().await?;
        let fast = page.tables().await?;
        page.reload_at("#/regions?repeats=0&warmup=300&draws=200&pace=live&speed=2000").await?;
        page.settle().await?;
        let watched = page.tables().await?;
        for panel in ["theta", "forest", "errors"] {
            assert_eq!(watched[panel], fast[panel], "{panel}");
        }
        Ok(())
    });
}
