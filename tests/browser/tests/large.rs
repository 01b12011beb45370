//! The largest design: 2000 schools in 100 regions, drawn in part, whole in tables and files.

use browser_tests::on_page;
use serde_json::json;

/// The preset of the lab, but for fewer repeats.
const LARGE: &str = "#/regions?sizes=44x1,51x21,5x177&th=normal&mu=normal&repeats=100";

#[test]
fn the_largest_design_settles_with_every_sampler() {
    on_page("#/one-prior", async |page| {
        for sampler in ["exact", "gibbs", "nuts", "nuts-nc-schools"] {
            page.reload_at(&format!("{LARGE}&sampler={sampler}")).await?;
            page.settle().await?;
            assert!(page.text("#card-forest .subtitle").await?.contains("of 2,000 schools"), "{sampler}");
            // The others are judged, whatever comes out: of two thousand variables some mix slowly.
            let verdict = page.text("#card-sampler .verdict").await?;
            assert!(!verdict.is_empty(), "{sampler}");
            assert!(sampler != "exact" || verdict.contains("Four chains agree"), "{verdict}");
            for (panel, picture) in page.pictures().await? {
                assert!(picture.ink > 0.005, "{sampler}: {panel} is empty");
            }
            assert_eq!(page.nonsense().await?, Vec::<String>::new(), "{sampler}");
            assert_eq!(page.alerts().await?, Vec::<String>::new(), "{sampler}");
            assert_eq!(
                page.take_console().await?,
                Vec::<String>::new(),
                "{sampler}: no worker was ended either"
            );
        }
        Ok(())
    });
}

#[test]
fn the_preset_is_two_clicks_away_and_a_slider_brings_the_handles_back() {
    on_page("#/regions?repeats=0", async |page| {
        page.settle().await?;
        page.press(".controls", "100 regions, 2,000 schools").await?;
        page.settle().await?;
        assert_eq!(page.link().await?, format!("{}&sampler=exact", LARGE.replace("&repeats=100", "")));
        assert_eq!(page.eval("document.querySelectorAll('.sizes .size').length").await?, json!(0));
        let bars = page.eval("document.querySelector('.size-bars').getAttribute('aria-label')").await?;
        assert_eq!(bars, "100 sizes from 1 to 177");
        page.type_into(".size-list input", "100x20").await?;
        page.settle().await?;
        assert!(page.link().await?.contains("sizes=100x20&"), "{}", page.link().await?);
        page.slide("#num-groups", 3).await?;
        page.settle().await?;
        assert_eq!(page.eval("document.querySelectorAll('.sizes .size').length").await?, json!(3));
        assert!(page.link().await?.contains("sizes=20,20,20&"), "{}", page.link().await?);
        Ok(())
    });
}

#[test]
fn tables_and_files_hold_every_school() {
    on_page(&format!("{LARGE}&sampler=exact&draws=250&details=all"), async |page| {
        page.settle().await?;
        // The table of all variables comes leaf by leaf.
        let leaves = "#card-variables .leaves";
        assert_eq!(page.text(&format!("{leaves} .count")).await?, "Rows 1 to 250 of 2102");
        for leaf in 1..9 {
            page.press(leaves, "On").await?;
            page.wait_until(&format!(
                "document.querySelector('{leaves} .count').textContent.startsWith('Rows {} to')",
                250 * leaf + 1
            ))
            .await?;
        }
        let last =
            "[...document.querySelectorAll('#card-variables tbody tr')].at(-1).firstElementChild.textContent";
        assert_eq!(page.eval(last).await?, "sigma_theta");
        // Files are caught on their way out.
        page.eval(
            "(() => { window.sizes = []; const make = URL.createObjectURL;
               URL.createObjectURL = (blob) => { blob.text().then((text) => sizes.push(text.split('\\n').length - 1)); return make(blob); }; })()",
        )
        .await?;
        page.press("#card-sampler", "All draws as CSV").await?;
        page.wait_until("sizes.length === 1").await?;
        page.press("#card-forest", "Values as CSV").await?;
        page.wait_until("sizes.length === 2").await?;
        page.press("#card-variables", "Table as CSV").await?;
        page.wait_until("sizes.length === 3").await?;
        assert_eq!(page.eval("sizes").await?, json!([1001, 2001, 2103]));
        assert_eq!(page.take_console_errors().await?, Vec::<String>::new());
        Ok(())
    });
}
