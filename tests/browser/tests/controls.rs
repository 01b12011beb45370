//! Every control of every lab does what it says, whatever it is given.

use std::collections::HashSet;
use std::time::Duration;

use anyhow::Result;
use browser_tests::{Page, on_page};
use fantoccini::actions::{InputSource, MouseActions, PointerAction};
use fantoccini::key::Key;
use serde_json::{Value, json};

/// The link of every lab at its defaults.
fn labs() -> impl Iterator<Item = String> {
    labs::LABS.iter().map(|lab| format!("#/{}", lab.meta().name.slug))
}

/// Sliders of which one step may change no picture: of a run that nobody watches, of sizes that are rounded,
/// and which cluster the next two move.
const UNSEEN: [&str; 3] = ["speed", "imbalance", "moved"];
/// Choices that may change no picture: how a run is watched, and what one group alone is drawn toward.
const UNSEEN_CHOICES: [&str; 2] = ["pace", "target"];

#[test]
fn every_slider_changes_a_picture_at_one_press_of_a_key() {
    for link in labs() {
        on_page(&link, async |page| {
            page.settle().await?;
            page.unfold().await?;
            let mut index = 0;
            while let Some(name) = slider_name(page, index).await? {
                let before = (page.pictures().await?, page.link().await?);
                move_by_key(page, index).await?;
                page.settle().await?;
                let after = (page.pictures().await?, page.link().await?);
                assert_ne!(before.1, after.1, "{link}: {name} does not reach the address");
                if !UNSEEN.contains(&name.as_str()) {
                    assert_ne!(before.0, after.0, "{link}: {name} changes no picture");
                }
                assert_sound(page, &format!("{link}, after {name}")).await?;
                index += 1;
            }
            // K, four regions, three SDs, m, speed, warmup, draws, trace; the level of intervals at least.
            assert!(index >= if link == "#/regions" { 13 } else { 1 }, "{link}: only {index} sliders");
            Ok(())
        });
    }
}

/// The control that slider `index` belongs to.
async fn slider_name(page: &Page, index: usize) -> Result<Option<String>> {
    let name = page
        .eval(&format!(
            "document.querySelectorAll('.controls input[type=range]')[{index}]?.closest('[data-key]').dataset.key ?? null"
        ))
        .await?;
    Ok(name.as_str().map(str::to_string))
}

/// One press of an arrow key, toward the far end if the slider stands at the near one.
async fn move_by_key(page: &Page, index: usize) -> Result<()> {
    let sliders = page.client.find_all(fantoccini::Locator::Css(".controls input[type=range]")).await?;
    let slider = &sliders[index];
    let is_at_end = slider.prop("value").await? == slider.prop("max").await?;
    slider.send_keys(&char::from(if is_at_end { Key::Left } else { Key::Right }).to_string()).await?;
    Ok(())
}

async fn assert_sound(page: &Page, place: &str) -> Result<()> {
    assert_eq!(page.nonsense().await?, Vec::<String>::new(), "{place}");
    assert_eq!(page.alerts().await?, Vec::<String>::new(), "{place}");
    assert_eq!(page.take_console_errors().await?, Vec::<String>::new(), "{place}");
    for (panel, picture) in page.pictures().await? {
        assert!(picture.ink > 0.005, "{place}: {panel} is empty");
    }
    Ok(())
}

#[test]
fn every_choice_changes_what_is_shown() {
    // Watched at full speed, a run lasts a second.
    for link in
        labs().map(|link| if link == "#/regions" { format!("{link}?speed=5000&warmup=200") } else { link })
    {
        on_page(&link, async |page| {
            page.settle().await?;
            page.unfold().await?;
            let choices = page
                .eval("[...document.querySelectorAll('.controls input[type=radio]')].map((e) => [e.name, e.value])")
                .await?;
            let choices: Vec<(String, String)> = serde_json::from_value(choices)?;
            assert!(choices.len() >= 2, "{link}: no choices");
            // From the last to the first: each default is then chosen last.
            for (name, value) in choices.iter().rev() {
                let selector = format!(".controls input[name='{name}'][value='{value}']");
                if page.eval(&format!("document.querySelector({}).checked", Value::from(&*selector))).await?
                    == true
                {
                    continue;
                }
                let before = (page.pictures().await?, page.link().await?);
                page.click(&selector).await?;
                page.settle().await?;
                let after = (page.pictures().await?, page.link().await?);
                assert_ne!(before.1, after.1, "{link}: {name}={value} does not reach the address");
                if !UNSEEN_CHOICES.contains(&name.as_str()) {
                    assert_ne!(before.0, after.0, "{link}: {name}={value} changes no picture");
                }
                assert_sound(page, &format!("{link}, {name}={value}")).await?;
            }
            Ok(())
        });
    }
}

#[test]
fn every_button_works_and_reset_ends_where_it_began() {
    for link in labs() {
        on_page(&link, async |page| {
            page.settle().await?;
            page.unfold().await?;
            let first = page.pictures().await?;
            let buttons = page
                .eval("document.querySelectorAll('.controls button').length")
                .await?
                .as_u64()
                .unwrap_or(0);
            assert!(buttons >= 2, "{link}: only {buttons} buttons");
            // Button 0 is Reset.
            for index in 1..buttons {
                page.eval(&format!("document.querySelectorAll('.controls button')[{index}]?.click()"))
                    .await?;
                page.settle().await?;
                assert_sound(page, &format!("{link}, button {index}")).await?;
            }
            page.press(".controls", "Reset").await?;
            page.settle().await?;
            assert_eq!(page.pictures().await?, first, "{link}: Reset");
            assert!(!page.link().await?.contains('?'), "{link}: {}", page.link().await?);
            Ok(())
        });
    }
}

#[test]
fn a_new_seed_gives_new_schools_and_the_old_one_brings_the_old_ones_back() {
    on_page("#/regions?repeats=0", async |page| {
        page.settle().await?;
        let first = page.tables().await?;
        page.press(".controls", "New schools").await?;
        page.settle().await?;
        let seed = page.eval("document.querySelector('[data-key=seed] input.number').value").await?;
        let link = page.link().await?;
        assert!(link.contains(&format!("seed={}", seed.as_str().unwrap_or("?"))), "{seed} {link}");
        assert_ne!(page.tables().await?["forest"], first["forest"]);
        page.press(".controls", "the lecture’s own data").await?;
        page.settle().await?;
        assert_eq!(page.tables().await?, first);
        Ok(())
    });
}

/// Watches for work that keeps the page from answering; the numbers are printed, machines differ too much
/// to judge them.
const WATCH_TASKS: &str = "(() => {
    window.longTasks = [];
    new PerformanceObserver((list) => list.getEntries().forEach((task) => longTasks.push(Math.round(task.duration))))
        .observe({ type: 'longtask' });
})()";

#[test]
fn a_drag_ends_on_its_last_value_and_leaves_what_a_fresh_page_shows() {
    for (link, slider) in [
        ("#/one-prior", "#control-a"),
        ("#/james-stein", "#control-a"),
        ("#/regions", "#control-sd_theta"),
        ("#/regions?sampler=exact", "#control-sigma"),
    ] {
        on_page(link, async |page| {
            page.settle().await?;
            page.eval(WATCH_TASKS).await?;
            let (before, history) = (page.link().await?, page.eval("history.length").await?);
            let runs = page.eval("Number(document.querySelector('main').dataset.run)").await?;
            drag(page, slider).await?;
            page.settle().await?;
            let answered = page.eval("Number(document.querySelector('main').dataset.run)").await?;
            let moves = answered.as_u64().unwrap_or(0) - runs.as_u64().unwrap_or(0);
            assert!(moves > 20, "{link}: the drag set only {moves} values");
            println!(
                "{link} {slider}: {moves} values, tasks over 50 ms: {} ms",
                page.eval("longTasks").await?
            );

            let link = page.link().await?;
            assert_ne!(link, before);
            assert_eq!(page.eval("history.length").await?, history, "a drag is no step of the history");
            assert_sound(page, &link).await?;
            let dragged = (page.tables().await?, sayings(page).await?);
            page.reload_at(&link).await?;
            page.settle().await?;
            let fresh = (page.tables().await?, sayings(page).await?);
            assert_eq!(dragged, fresh, "{link}");
            Ok(())
        });
    }
}

/// The text alternatives of all pictures.
async fn sayings(page: &Page) -> Result<Vec<(String, String)>> {
    let pictures = page.pictures().await?;
    Ok(pictures.into_iter().map(|(panel, picture)| (panel, picture.words)).collect())
}

/// Drags a slider to and fro with the mouse: sixty moves, a frame each.
async fn drag(page: &Page, selector: &str) -> Result<()> {
    let place = page
        .eval(&format!(
            "(() => {{ const slider = document.querySelector('{selector}'); slider.scrollIntoView({{ block: 'center' }});
               const box = slider.getBoundingClientRect(); const share = slider.value / slider.max;
               return [box.left, box.width, box.top + box.height / 2, box.left + 8 + share * (box.width - 16)]; }})()"
        ))
        .await?;
    let [left, width, y, thumb]: [f64; 4] = serde_json::from_value(place)?;
    let at = |x: f64, ms: u64| PointerAction::MoveTo {
        duration: Some(Duration::from_millis(ms)),
        x: x.round(),
        y: y.round(),
    };
    let mut hand = MouseActions::new("hand".to_string())
        .then(at(thumb, 0))
        .then(PointerAction::Down { button: fantoccini::actions::MOUSE_BUTTON_LEFT });
    for i in 1..=60_u32 {
        let turn = f64::from(i) / 60.0 * 2.5 * std::f64::consts::PI;
        hand = hand.then(at(left + width * (0.5 + 0.45 * turn.cos()), 16));
    }
    // Ends away from the start.
    let hand = hand
        .then(at(left + 0.31 * width, 16))
        .then(PointerAction::Up { button: fantoccini::actions::MOUSE_BUTTON_LEFT });
    page.client.perform_actions(hand).await?;
    page.client.release_actions().await?;
    Ok(())
}

#[test]
fn a_field_that_is_given_nonsense_says_so_and_keeps_its_value() {
    on_page("#/regions?repeats=0&sd_theta=3", async |page| {
        page.settle().await?;
        let before = page.tables().await?;
        let field = "[data-key=sd_theta] input.number";
        for typed in ["NaN", "abc", "", "1e", "3,5", "--2"] {
            page.type_into(field, typed).await?;
            page.settle().await?;
            let said = page.text("[data-key=sd_theta] .notice").await?;
            assert!(said.contains(typed) && said.contains("3 is used"), "“{typed}”: {said}");
            assert_eq!(page.eval(&format!("document.querySelector('{field}').value")).await?, json!("3"));
            assert_eq!(page.tables().await?, before, "“{typed}” changed the pictures");
        }
        page.type_into(field, "2.5").await?;
        page.settle().await?;
        assert_eq!(page.notices().await?, Vec::<String>::new());
        assert!(page.link().await?.contains("sd_theta=2.5"));
        Ok(())
    });
}

#[test]
fn a_field_that_is_given_too_much_says_what_it_takes_and_takes_that() {
    // One after another: what a field keeps is what the case before it left.
    let cases = [
        ("#/regions?repeats=0", "sd_theta", 0, "1e9", "10"),
        ("#/regions?repeats=0", "sd_theta", 0, "-1", "0.1"),
        ("#/regions?repeats=0", "sd_theta", 0, "inf", "10"),
        ("#/regions?repeats=0", "m", 0, "99", "50"),
        ("#/regions?repeats=0", "m", 0, "0,7", "1,7"),
        ("#/regions?repeats=0", "seed", 0, "99999999999", "999999"),
        ("#/regions?repeats=0", "sizes", 1, "0", "1"),
        ("#/regions?repeats=0", "sizes", 1, "two", "1"),
        ("#/regions?repeats=0", "sizes", 0, "0", "4"),
        ("#/regions?repeats=0", "sizes", 0, "101", "100"),
        // In place of handles and their fields there are bars; next comes the list.
        ("#/regions?repeats=0", "sizes", 1, "50x200", "200,200,200,200,200,200,200,200,200,200"),
        ("#/regions?repeats=0", "sizes", 1, "10000", "200"),
        ("#/one-prior", "a", 0, "0", "0.01"),
        ("#/one-prior", "n", 0, "2", "3"),
        ("#/james-stein", "repeats", 0, "1e7", "20000"),
    ];
    for link in ["#/regions?repeats=0", "#/one-prior", "#/james-stein"] {
        on_page(link, async |page| {
            for (_, key, index, typed, used) in cases.iter().filter(|case| case.0 == link) {
                page.settle().await?;
                page.eval(&format!(
                    "(() => {{ document.querySelectorAll('[data-mark]').forEach((e) => delete e.dataset.mark);
                       document.querySelectorAll('[data-key={key}] input.number')[{index}].dataset.mark = 'x'; }})()"
                ))
                .await?;
                page.type_into("[data-mark=x]", typed).await?;
                page.settle().await?;
                let said = page.text(&format!("[data-key={key}] .notice")).await?;
                let value = page.eval("document.querySelector('[data-mark=x]').value").await?;
                assert_eq!(value, json!(used), "{key} {typed}: {said}");
                assert!(said.contains("used"), "{key} {typed}: {said}");
                assert_sound(page, &format!("{key} {typed}")).await?;
                println!("{key} ← {typed}: {said}");
            }
            Ok(())
        });
    }
}

#[test]
fn repeats_are_counted_shown_and_cleared() {
    on_page("#/james-stein?repeats=0", async |page| {
        page.settle().await?;
        assert!(page.text("#card-boxes").await?.contains("No repeats yet"));
        page.press(".controls", "+ 100").await?;
        page.settle().await?;
        page.press(".controls", "+ 10").await?;
        page.settle().await?;
        assert!(page.link().await?.contains("repeats=110"), "{}", page.link().await?);
        let subtitle = page.text("#card-boxes .subtitle").await?;
        assert!(subtitle.contains("110 data sets"), "{subtitle}");
        let boxes = &page.tables().await?["boxes"];
        let count = |label: &str| boxes.iter().filter(|row| row[0] == label).count();
        assert!(count("MLE") >= 1 && count("Bayes") >= 1, "{boxes:?}");
        page.press(".controls", "+ 1,000").await?;
        page.settle().await?;
        let subtitle = page.text("#card-boxes .subtitle").await?;
        assert!(subtitle.contains("1,110 data sets"), "{subtitle}");
        page.press(".controls", "Clear").await?;
        page.settle().await?;
        assert!(page.text("#card-boxes").await?.contains("No repeats yet"));
        Ok(())
    });
}

#[test]
fn a_hidden_truth_is_nowhere_to_be_read() {
    let can_hide = |link: &str| {
        let scenario = labs::link::parse(link).scenario;
        scenario.find_control(|control| control.key == "truth").is_some()
    };
    for link in labs().filter(|link| can_hide(link)) {
        on_page(&link, async |page| {
            page.settle().await?;
            let tables = page.tables().await?;
            // Where no picture has the truth of every unit there is little to give away by a number.
            let Some(slopes) = tables.get("slopes") else { return Ok(()) };
            let truths: HashSet<String> =
                slopes.iter().skip(1).filter_map(|row| row.last().cloned()).collect();
            page.reload_at(&format!("{link}?truth=hidden")).await?;
            page.settle().await?;
            let words: Vec<String> = sayings(page).await?.into_iter().map(|(_, words)| words).collect();
            let tables = page.tables().await?;
            let cards = page
                .eval("[...document.querySelectorAll('.subtitle, .remark')].map((e) => e.textContent)")
                .await?;
            let cards: Vec<String> = serde_json::from_value(cards)?;
            for text in words.iter().chain(&cards) {
                // In quotation marks it is another's word, of a source.
                let is_told = text.replace("“truth”", "").contains("truth");
                let is_offer = text.contains("who knows the truth. Show it");
                assert!(!is_told || is_offer, "{link}: {text}");
            }
            // Nor is it, or an error on these data, in a table: the columns stay, empty.
            for (panel, table) in &tables {
                for (k, name) in table[0].iter().enumerate() {
                    let tells = name.contains("truth") || name == "this data set";
                    let is_empty = table[1..].iter().all(|row| row[k].is_empty());
                    assert!(!tells || is_empty, "{link}: {name} in the table of {panel}: {table:?}");
                }
            }
            // Nor as numbers without a name. One or two of a table may be the same by chance.
            assert!(truths.len() > 15, "{link}: {truths:?}");
            for (panel, table) in &tables {
                let told: HashSet<&String> =
                    table.iter().flatten().filter(|cell| truths.contains(*cell)).collect();
                assert!(told.len() < 3, "{link}: {panel} tells {told:?}");
            }
            let files = page.eval("document.querySelectorAll('#card-race canvas, #card-losses canvas, #card-scatter canvas').length").await?;
            assert_eq!(files, json!(0));
            Ok(())
        });
    }
}

/// A click on the map sets the controls of the place, keys go from cell to cell, and a long map can be stopped.
#[test]
fn a_place_on_the_map_is_gone_to_by_pointer_and_by_key() {
    on_page("#/when", async |page| {
        page.settle().await?;
        let canvas = "document.querySelector('#card-map canvas')";
        let click = |x: f64, y: f64| {
            format!(
                "(() => {{ const canvas = {canvas}, frame = canvas.getBoundingClientRect();
                   canvas.dispatchEvent(new MouseEvent('click', {{ bubbles: true,
                     clientX: frame.left + {x} * frame.width, clientY: frame.top + {y} * frame.height }})); }})()"
            )
        };
        page.eval(&click(0.5, 0.5)).await?;
        page.wait_until("location.hash.includes('size=')").await?;
        let link = page.link().await?;
        assert!(link.starts_with("#/when?size=") && link.contains("v_mu="), "{link}");
        page.settle().await?;
        let key = |key: &str| {
            format!(
                "{canvas}.focus(), {canvas}.dispatchEvent(new KeyboardEvent('keydown', {{ key: '{key}', bubbles: true }}))"
            )
        };
        page.eval(&key("Home")).await?;
        page.wait_until("document.querySelector('#card-place h2').textContent === 'At this cell'").await?;
        page.eval(&key("ArrowUp")).await?;
        page.eval(&key("ArrowRight")).await?;
        page.wait_until("document.querySelector('#card-place').textContent.includes('schools per region 5')")
            .await?;
        page.eval(&key("Enter")).await?;
        page.wait_until("location.hash.includes('size=5&')").await?;
        page.reload_at("#/when?from=data&cell_repeats=2000").await?;
        page.wait_until("getComputedStyle(document.querySelector('.work-bar') ?? document.body).position === 'fixed' && getComputedStyle(document.querySelector('.work-bar')).visibility === 'visible'").await?;
        page.click(".work-bar button").await?;
        page.settle().await?;
        assert_eq!(page.take_console_errors().await?, Vec::<String>::new());
        Ok(())
    });
}
