//! The lecture, the projector, and predictions.

use std::time::Duration;

use anyhow::Result;
use browser_tests::{Page, on_page};
use fantoccini::key::Key;
use labs::lecture::CHAPTERS;
use serde_json::json;

/// Chapters of the lecture.
const NUM_CHAPTERS: usize = CHAPTERS.len();

/// Everything of the projector's page that is cut off, scrolls, lies outside the window, or is too small.
const BAD: &str = "(() => {
    const bad = [];
    const root = document.scrollingElement;
    if (root.scrollHeight > innerHeight || root.scrollWidth > innerWidth) bad.push('the page scrolls');
    for (const e of document.querySelectorAll('.present, .present *')) {
        if (!e.checkVisibility() || e.closest('.menu-items') || e.closest('math, sub') || e.tagName === 'OPTION') continue;
        const style = getComputedStyle(e);
        const name = `${e.tagName} ${e.className} ${e.textContent.slice(0, 30)}`;
        if (style.overflowY !== 'visible' && e.clientHeight && e.scrollHeight > e.clientHeight + 1) bad.push(`cut off: ${name} ${e.scrollHeight} > ${e.clientHeight}`);
        const isText = [...e.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
        if (isText && parseFloat(style.fontSize) < 20) bad.push(`${style.fontSize}: ${name}`);
        const box = e.getBoundingClientRect();
        if ((e.tagName === 'CANVAS' || isText) && box.width && (box.left < -1 || box.top < -1 || box.right > innerWidth + 1 || box.bottom > innerHeight + 1)) bad.push(`outside: ${name}`);
    }
    return bad;
})()";

/// Waits until the projector shows its picture, or the question in its place.
async fn shown(page: &Page) -> Result<()> {
    page.wait_until(
        "document.querySelector('main[data-state=settled]')
            && document.querySelector('.present .veil, .present canvas[data-drawn], .present .sampler .verdict, .present .picture > .thought') && 1",
    )
    .await?;
    tokio::time::sleep(Duration::from_millis(400)).await;
    Ok(())
}

async fn expect_link(page: &Page, link: &str) -> Result<()> {
    page.wait_until(&format!("location.hash === {}", json!(link))).await?;
    Ok(())
}

#[test]
fn a_clicker_walks_through_all_chapters_and_nothing_is_cut_off() {
    on_page("#/lecture/1?present=1&questions=off", async |page| {
        page.set_size(1920, 1080).await?;
        let mut chapter = 1;
        let mut steps = 0;
        loop {
            shown(page).await?;
            let link = page.link().await?;
            assert_eq!(page.eval(BAD).await?, json!([]), "{link}");
            assert_eq!(page.nonsense().await?, [""; 0], "{link}");
            steps += 1;
            if page.eval("document.querySelector('button[aria-label=\"Next step\"]').disabled").await? == true
            {
                break;
            }
            let key = [Key::Right, Key::PageDown][steps % 2];
            page.key(key).await?;
            page.wait_until(&format!("location.hash !== {}", json!(link))).await?;
            let now = page.eval("Number(location.hash.match(/lecture.([0-9]+)/)[1])").await?;
            let now: usize = serde_json::from_value(now)?;
            assert!(now == chapter || now == chapter + 1, "{chapter} to {now}");
            chapter = now;
        }
        assert_eq!(chapter, NUM_CHAPTERS);
        assert!(steps > NUM_CHAPTERS, "{steps}");
        page.key(Key::PageUp).await?;
        page.key(Key::Left).await?;
        let last = CHAPTERS.last().map_or(0, |chapter| chapter.steps.len());
        page.wait_until(&format!("location.hash.includes('present={}')", last - 2)).await?;
        Ok(())
    });
}

#[test]
fn every_question_fits_the_projector() {
    on_page("#/lecture/4?present=1", async |page| {
        page.set_size(1920, 1080).await?;
        for (chapter, words) in (1..).zip(CHAPTERS) {
            let Some(question) = &words.question else { continue };
            let is_asked = |step: &labs::lecture::Step| question.covers.contains(&step.panel);
            let step = 1 + words.steps.iter().position(is_asked).expect("a step is covered");
            page.reload_at(&format!("#/lecture/{chapter}?present={step}")).await?;
            shown(page).await?;
            page.wait_for(".present .veil").await?;
            assert_eq!(page.eval(BAD).await?, json!([]), "chapter {chapter}, asked");
            page.click(".question button.primary, .question .answers button").await?;
            page.wait_for(".question .told .answer").await?;
            shown(page).await?;
            assert_eq!(page.eval(BAD).await?, json!([]), "chapter {chapter}, answered");
        }
        Ok(())
    });
}

#[test]
fn letters_blank_and_hide_and_escape_leaves() {
    on_page("#/lecture/3", async |page| {
        page.settle().await?;
        page.client.active_element().await?.send_keys("p").await?;
        page.wait_for(".present").await?;
        expect_link(page, "#/lecture/3?present=1").await?;
        page.client.active_element().await?.send_keys("b").await?;
        page.wait_for(".blank").await?;
        page.client.active_element().await?.send_keys("b").await?;
        page.wait_until("!document.querySelector('.blank')").await?;
        page.client.active_element().await?.send_keys("t").await?;
        expect_link(page, "#/lecture/3?truth=hidden&present=1").await?;
        page.client.active_element().await?.send_keys("t").await?;
        expect_link(page, "#/lecture/3?present=1").await?;
        page.press(".present-bar", "Leave Esc".replace(' ', "").as_str()).await?;
        page.wait_until("!document.querySelector('.present')").await?;
        expect_link(page, "#/lecture/3").await?;
        page.wait_until("document.activeElement.id === 'present'").await?;
        Ok(())
    });
}

#[test]
fn letters_can_be_turned_off_and_fields_keep_their_keys() {
    on_page("#/one-prior?keys=off&present=1", async |page| {
        shown(page).await?;
        for letter in ["b", "t", "p"] {
            page.client.active_element().await?.send_keys(letter).await?;
        }
        tokio::time::sleep(Duration::from_millis(400)).await;
        assert_eq!(
            page.eval("Boolean(document.querySelector('.present') && !document.querySelector('.blank'))")
                .await?,
            true
        );
        assert_eq!(page.link().await?, "#/one-prior?keys=off&present=1");
        // A slider with the focus takes arrows for itself.
        page.eval("document.querySelector('#control-n').focus()").await?;
        page.key(Key::Right).await?;
        expect_link(page, "#/one-prior?n=51&present=1&keys=off").await?;
        page.eval("document.activeElement.blur()").await?;
        page.key(Key::Right).await?;
        expect_link(page, "#/one-prior?n=51&present=2&keys=off").await?;
        // The visible switch turns them on again.
        page.eval("document.querySelector('.present-bar details').open = true").await?;
        page.press(".present-bar", "Letters are keys").await?;
        page.client.active_element().await?.send_keys("b").await?;
        page.wait_for(".blank").await?;
        Ok(())
    });
}

#[test]
fn what_is_asked_is_covered_until_it_is_predicted() {
    on_page("#/lecture/12", async |page| {
        page.settle().await?;
        assert_eq!(page.eval("Boolean(document.querySelector('#card-scatter canvas'))").await?, false);
        page.eval("document.querySelector('#prediction').focus()").await?;
        page.key(Key::Home).await?;
        page.key(Key::Right).await?;
        page.wait_until("document.querySelector('.bar-row output').textContent === '1'").await?;
        page.press(".question", "+").await?;
        page.wait_until("document.querySelector('.bar-row output').textContent === '3'").await?;
        page.press(".question", "That is my guess").await?;
        page.wait_until("document.querySelector('.told .guess strong').textContent === '3'").await?;
        // The lecture's data: Bayes is closer for 25 of 40 schools.
        page.wait_until("document.querySelector('.told .answer strong').textContent === '25'").await?;
        page.wait_for("#card-scatter canvas").await?;
        page.wait_until("document.activeElement.classList.contains('result')").await?;
        assert_eq!(page.link().await?, "#/lecture/12", "nothing of it is kept");
        page.press(".question", "Ask me again").await?;
        page.press(".question", "Just show me").await?;
        page.wait_until("!document.querySelector('.told .guess') && document.querySelector('.told .answer')")
            .await?;
        page.reload_at("#/lecture/12?questions=off").await?;
        page.settle().await?;
        assert_eq!(page.eval("Boolean(document.querySelector('.question, .veil'))").await?, false);
        Ok(())
    });
}

#[test]
fn chapters_are_reached_by_the_tab_key_and_fit_every_screen() {
    on_page("#/lecture", async |page| {
        page.settle().await?;
        for _ in 0..60 {
            page.key(Key::Tab).await?;
            if page.eval("document.activeElement.textContent === '7'").await? == true {
                break;
            }
        }
        page.key(Key::Enter).await?;
        expect_link(page, "#/lecture/7").await?;
        page.settle().await?;
        assert_eq!(page.text("h1").await?, "A more complex model");
        page.client.back().await?;
        page.wait_until("document.querySelector('h1').textContent === 'What is a likelihood?'").await?;
        for chapter in 1..=NUM_CHAPTERS {
            page.reload_at(&format!("#/lecture/{chapter}")).await?;
            for (width, height) in [(320, 640), (1440, 900)] {
                page.set_size(width, height).await?;
                page.wait_until("document.querySelector('main[data-state=settled]') && 1").await?;
                let wide = page.eval("document.scrollingElement.scrollWidth").await?;
                assert!(wide.as_u64() <= Some(u64::from(width)), "chapter {chapter}: {wide} at {width}");
                assert_eq!(page.nonsense().await?, [""; 0], "chapter {chapter}");
            }
        }
        Ok(())
    });
}

/// What of a chapter is on the first screen: from where to where the picture goes, or what covers it, and the
/// window's height; whether one sentence stands above it; and what can be pressed to present.
const FIRST_SCREEN: &str = "(() => {
    const lead = document.querySelector('.main-column > .card:first-child');
    const shown = lead.querySelector('canvas, .sampler, .veil-mark') ?? lead;
    const box = shown.getBoundingClientRect();
    const above = [...document.querySelectorAll('.lecture-head .lead')].filter((e) => e.checkVisibility() && e.getBoundingClientRect().bottom <= box.top).length;
    const button = document.querySelector('#present').getBoundingClientRect();
    return [Math.round(box.top), Math.round(box.bottom), innerHeight, above, button.width >= 24 && button.height >= 24 && button.right <= innerWidth];
})()";

#[test]
fn on_a_phone_a_chapter_begins_with_one_sentence_and_its_picture() {
    on_page("#/lecture/1?questions=off", async |page| {
        page.set_size(390, 844).await?;
        for chapter in 1..=NUM_CHAPTERS {
            page.reload_at(&format!("#/lecture/{chapter}?questions=off")).await?;
            page.settle().await?;
            let seen = page.eval(FIRST_SCREEN).await?;
            let top = seen[0].as_f64().unwrap_or(f64::NAN);
            // Less than half of the first screen goes by before the picture begins.
            assert!(top < 0.5 * 844.0, "chapter {chapter}: {seen}");
            assert_eq!((&seen[3], &seen[4]), (&json!(1), &json!(true)), "chapter {chapter}: {seen}");
            // It stays while the words below are read.
            page.eval("document.querySelector('.chapter').scrollIntoView({ block: 'end' })").await?;
            let stays = "(() => { const box = document.querySelector('.main-column > .card:first-child').getBoundingClientRect(); return Boolean(document.querySelector('.main-column .sampler')) || (box.bottom > 120 && box.top > -1); })()";
            assert_eq!(page.eval(stays).await?, json!(true), "chapter {chapter} leaves its picture behind");
            assert_eq!(page.nonsense().await?, [""; 0], "chapter {chapter}");
        }
        page.eval("scrollTo(0, 0)").await?;
        page.click("#present").await?;
        page.wait_for(".present").await?;
        shown(page).await?;
        page.press(".present-bar", "←").await?;
        page.wait_until("location.hash.includes('present=')").await?;
        page.press(".present-bar", "Leave Esc".replace(' ', "").as_str()).await?;
        page.wait_until("document.activeElement.id === 'present'").await.map(drop)
    });
}

#[test]
fn the_program_is_written_anew_when_the_hand_rests() {
    /// Moves a slider step by step while the timers of a resting hand stand still; then lets the last one go.
    /// Gives how many such timers were left, whether the program stayed until then, and whether it changed after.
    const MOVE: &str = "const done = arguments[0];
        const REST = 350;
        const [later, never] = [window.setTimeout.bind(window), window.clearTimeout.bind(window)];
        const held = new Map();
        let next = -1;
        window.setTimeout = (call, delay, ...rest) => { if (delay !== REST) return later(call, delay, ...rest); held.set(next, call); return next--; };
        window.clearTimeout = (timer) => held.delete(timer) || never(timer);
        const program = () => document.querySelector('.chapter .program').textContent;
        const before = program();
        const slider = document.querySelector('#control-sd_mu');
        const step = (left) => {
            if (left > 0) { slider.value = Number(slider.value) + 1; slider.dispatchEvent(new Event('input', { bubbles: true })); later(() => step(left - 1), 30); return; }
            const seen = [held.size, program() === before];
            window.setTimeout = later;
            held.forEach((call) => call());
            const wait = () => program() === before ? later(wait, 50) : done([...seen, true]);
            wait();
        };
        step(20);";
    on_page("#/lecture/8?questions=off", async |page| {
        page.settle().await?;
        page.wait_for(".chapter .program").await?;
        assert_eq!(page.client.execute_async(MOVE, Vec::new()).await?, json!([1, true, true]));
        Ok(())
    });
}
