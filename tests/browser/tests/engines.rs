//! Chromium, Firefox and WebKit show the same numbers: every lab works in each, and draws are the same to the
//! last bit. A test's name ends with its browser's; `cargo xtask test` leaves those of a missing one out.

use anyhow::{Context, Result};
use browser_tests::{Engine, Page, native_draws, on_page_in};
use fantoccini::key::Key;
use labs::{LABS, link};

#[test]
fn every_lab_opens_and_follows_a_slider_in_firefox() {
    every_lab_opens_and_follows_a_slider(Engine::Firefox);
}

#[test]
fn every_lab_opens_and_follows_a_slider_in_webkit() {
    every_lab_opens_and_follows_a_slider(Engine::WebKit);
}

#[test]
fn draws_are_the_native_ones_to_the_last_bit_in_firefox() {
    draws_are_the_native_ones(Engine::Firefox);
}

#[test]
fn draws_are_the_native_ones_to_the_last_bit_in_webkit() {
    draws_are_the_native_ones(Engine::WebKit);
}

fn every_lab_opens_and_follows_a_slider(engine: Engine) {
    on_page_in(engine, "", async |page| {
        for lab in LABS {
            let link = format!("#/{}", lab.meta().name.slug);
            page.reload_at(&link).await?;
            page.settle().await?;
            let before = (page.pictures().await?, page.link().await?);
            assert!(!before.0.is_empty(), "{engine:?} {link}");
            for (panel, picture) in &before.0 {
                assert!(picture.ink > 0.005, "{engine:?} {link}: {panel} is empty");
            }
            let slider = ".controls input[type=range]";
            if page.eval(&format!("!!document.querySelector('{slider}')")).await? == true {
                page.wait_for(slider).await?.send_keys(&char::from(Key::Right).to_string()).await?;
                page.settle().await?;
                assert_ne!(page.link().await?, before.1, "{engine:?} {link}: the address stays");
                assert_ne!(page.pictures().await?, before.0, "{engine:?} {link}: the pictures stay");
            }
            assert_eq!(page.alerts().await?, Vec::<String>::new(), "{engine:?} {link}");
            assert_eq!(page.nonsense().await?, Vec::<String>::new(), "{engine:?} {link}");
        }
        Ok(())
    });
}

/// The draws of each lab's default link, and of every sampler where SDs are learned.
fn draws_are_the_native_ones(engine: Engine) {
    let defaults = LABS.iter().map(|lab| format!("#/{}", lab.meta().name.slug));
    let defaults = defaults.filter(|link| link::parse(link).scenario.open().sampling().is_some());
    let learned = ["nuts", "nuts-nc", "nuts-nc-schools", "gibbs", "metropolis", "exact"].map(|sampler| {
        format!("#/regions?scale_mu=half-cauchy&prior_mu=5&data=eight&sampler={sampler}&warmup=150&draws=60")
    });
    on_page_in(engine, "", async |page| {
        for link in defaults.chain(learned) {
            page.reload_at(&link).await?;
            page.settle().await?;
            let (found, expected) = (saved_draws(page).await?, native_draws(&link));
            let different = found.lines().zip(expected.lines()).find(|(a, b)| a != b);
            assert_eq!(different, None, "{engine:?} {link}");
            assert_eq!(found.len(), expected.len(), "{engine:?} {link}");
        }
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
