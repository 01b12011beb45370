//! The link is the state: it brings everything back, and no link breaks the page.

use browser_tests::{Page, on_page};
use serde_json::json;

#[test]
fn a_link_gives_a_second_browser_the_same_numbers_and_the_same_draws() {
    for link in [
        "#/one-prior?a=0.1&n=30&seed=11",
        "#/james-stein?a=9&n=20&repeats=250&seed=12",
        "#/regions?sizes=10,3,25&sd_theta=2&sigma=1.5&m=2&repeats=300&seed=7",
        "#/regions?sizes=6,1&sampler=exact&draws=500&truth=hidden&seed=8",
    ] {
        on_page(link, async |page| {
            page.settle().await?;
            let second = Page::open(link).await?;
            second.settle().await?;
            let (here, there) = (page.tables().await?, second.tables().await?);
            let pictures = (page.pictures().await?, second.pictures().await?);
            second.close().await;
            assert!(here.len() >= 4 || link.contains("hidden"), "{link}: only {} tables", here.len());
            assert_eq!(here, there, "{link}");
            assert_eq!(pictures.0, pictures.1, "{link}");
            Ok(())
        });
    }
}

#[test]
fn settings_made_by_hand_stand_in_the_address_and_come_back_from_it() {
    on_page("#/regions", async |page| {
        page.settle().await?;
        page.slide("#num-groups", 3).await?;
        page.slide(".sizes .size:nth-child(2) input", 4).await?;
        page.type_into("[data-key=sd_mu] input.number", "1.7").await?;
        page.type_into("[data-key=seed] input.number", "77").await?;
        page.settle().await?;
        assert_eq!(page.link().await?, "#/regions?sizes=10,4,10&sd_mu=1.7&seed=77");
        let by_hand = page.tables().await?;
        page.reload_at("#/regions?sizes=10,4,10&sd_mu=1.7&seed=77").await?;
        page.settle().await?;
        assert_eq!(page.tables().await?, by_hand);
        Ok(())
    });
}

#[test]
fn a_bad_link_says_what_was_wrong_and_shows_a_working_page() {
    let long = format!("#/regions?sizes={}", "10,".repeat(3000));
    // The link, the control that the sentence stands beside ("" for the top of the page), and a part of it.
    let cases: &[(&str, &str, &str)] = &[
        ("#/no-such-lab?a=1", "", "no-such-lab"),
        ("#/%E0%A4%A", "", "There is no lab"),
        ("#/<script>alert(1)</script>", "", "There is no lab"),
        ("#/regions?sd_theta=NaN", "sd_theta", "NaN"),
        ("#/regions?sd_theta=%E0%A4%A", "sd_theta", "not understood"),
        ("#/regions?sd_mu=1e9", "sd_mu", "must lie between"),
        ("#/regions?sizes=10000", "sizes", "10000 schools"),
        ("#/regions?sizes=10,0,5", "sizes", "region 2 is empty"),
        ("#/regions?sizes=", "sizes", "at least one region"),
        ("#/regions?sizes=102x1", "sizes", "102 regions"),
        ("#/regions?m=2.5", "m", "whole number"),
        ("#/regions?sampler=jags", "sampler", "metropolis"),
        ("#/regions?seed=-3", "seed", "must lie between"),
        ("#/regions?v=99", "", "newer version"),
        ("#/one-prior?a=0", "a", "must lie between"),
        ("#/one-prior?n=1e400", "n", "must lie between"),
        (&long, "", "too long"),
    ];
    on_page("#/one-prior", async |page| {
        for (link, key, said) in cases {
            page.reload_at(link).await?;
            page.unfold().await?;
            page.settle().await?;
            let beside = if key.is_empty() {
                "main > .notices .notice span".to_string()
            } else {
                format!(".control[data-key={key}] .notice span")
            };
            let texts = page
                .eval(&format!(
                    "[...document.querySelectorAll('{beside}')].map((e) => e.textContent).join(' ')"
                ))
                .await?;
            let texts = texts.as_str().unwrap_or_default().to_string();
            let shown: String = link.chars().take(60).collect();
            assert!(texts.contains(said), "{shown}: “{texts}”");
            assert_eq!(
                page.nonsense().await?.iter().filter(|line| !line.contains("“NaN”")).count(),
                0,
                "{shown}"
            );
            assert_eq!(page.alerts().await?, Vec::<String>::new(), "{shown}");
            assert_eq!(page.take_console_errors().await?, Vec::<String>::new(), "{shown}");
            // It works: a slider still moves the pictures.
            let before = page.pictures().await?;
            page.slide(".controls .control input[type=range]", 7).await?;
            page.settle().await?;
            assert_ne!(page.pictures().await?, before, "{shown}");
        }
        Ok(())
    });
}

#[test]
fn estimators_that_are_not_defined_say_so_and_show_no_number() {
    on_page("#/james-stein?n=2", async |page| {
        page.settle().await?;
        let said = page.text("[data-key=n] .notice").await?;
        assert!(said.contains("not defined"), "{said}");
        let losses = &page.tables().await?["losses"];
        let row = losses.iter().find(|row| row[0] == "James–Stein").expect("the rule keeps its row");
        assert!(row[1].is_empty() && row[2].is_empty() && row[3].contains("not defined"), "{row:?}");

        page.reload_at("#/regions?sizes=3,10").await?;
        page.settle().await?;
        assert!(page.text("[data-key=sizes] .notice").await?.contains("region 1"));
        let race = &page.tables().await?["race"];
        let row = race.iter().find(|row| row[0].starts_with("James–Stein")).expect("the rule keeps its row");
        assert!(row[1].is_empty() && row[3].contains("not defined"), "{row:?}");
        Ok(())
    });
}

#[test]
fn back_and_forward_go_through_labs_and_seeds_but_not_through_slider_moves() {
    on_page("#/regions?repeats=0", async |page| {
        page.settle().await?;
        let first = page.tables().await?;
        page.slide("#control-sd_theta", 20).await?;
        page.settle().await?;
        let moved = (page.link().await?, page.tables().await?);
        assert_ne!(moved.1, first);
        page.press(".controls", "New schools").await?;
        page.settle().await?;
        let seeded = (page.link().await?, page.tables().await?);
        page.click("nav a[href='#/one-prior']").await?;
        page.settle().await?;
        assert_eq!(page.link().await?, "#/one-prior");
        assert_eq!(page.eval("document.querySelector('nav [aria-current=page]').hash").await?, "#/one-prior");

        page.client.back().await?;
        page.settle().await?;
        assert_eq!((page.link().await?, page.tables().await?), seeded, "back to the seed");
        page.client.back().await?;
        page.settle().await?;
        assert_eq!((page.link().await?, page.tables().await?), moved, "back to the slider's last place");
        page.client.forward().await?;
        page.settle().await?;
        assert_eq!(page.link().await?, seeded.0);
        page.client.forward().await?;
        page.settle().await?;
        assert_eq!(page.link().await?, "#/one-prior");
        assert_eq!(page.pictures().await?.len(), 4);
        Ok(())
    });
}

#[test]
fn an_address_changed_by_hand_is_followed_without_a_reload() {
    on_page("#/regions", async |page| {
        page.settle().await?;
        page.eval("window.isSamePage = true").await?;
        page.eval("location.hash = '#/james-stein?a=9&n=7'").await?;
        page.settle().await?;
        assert_eq!(page.eval("window.isSamePage").await?, json!(true));
        assert!(page.text("h1").await?.starts_with("Seven measurements"));
        assert_eq!(page.eval("document.querySelector('[data-key=a] input.number').value").await?, json!("9"));
        page.eval("location.hash = '#/nowhere'").await?;
        page.settle().await?;
        assert!(page.notices().await?.join(" ").contains("nowhere"));
        Ok(())
    });
}
