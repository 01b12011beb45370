//! What a reader sees first: the lecture's own data, complete and correct.

use browser_tests::{Page, on_page};
use serde_json::json;

/// Losses on the lecture's data, to the digits that its replication printed, and exact averages of the closed
/// forms: 40 schools in 4 regions of 10, region SD 5, school and noise SD 1.
const RACE: &[(&str, f64, f64)] = &[
    ("MLE", 30.009, 40.0),
    ("Region mean", 34.255, 40.0),
    ("James–Stein in region", 20.346, 26.0),
    ("Pooled empirical Bayes", 19.716, 23.0),
    ("Known factor", 18.419, 22.0),
    ("Full Bayes", 18.571, 21.9841),
    ("Naive zero", 415.97, 1040.0),
];

#[test]
fn it_opens_on_the_numbers_of_the_lecture() {
    on_page("", async |page| {
        page.settle().await?;
        let race = page.tables().await?["race"].clone();
        assert_eq!(race.len(), 1 + RACE.len(), "{race:?}");
        for (estimator, here, expected) in RACE {
            let row = race.iter().find(|row| row[0] == *estimator).expect("every estimator has a row");
            let (shown, average): (f64, f64) = (row[1].parse()?, row[2].parse()?);
            // Half of the last printed digit of either side.
            let rounding = if *here > 100.0 { 0.0051 } else { 0.000_56 };
            assert!((shown - here).abs() < rounding, "{estimator}: {shown} is not {here}");
            assert!(
                (average - expected).abs() < 0.0001,
                "{estimator}: {average} is not {expected} on average"
            );
        }
        let words = page.words("race").await?;
        for said in
            ["MLE: 30.01 in", "Full Bayes: 18.57 in", "Known factor: 18.42 in", "Naive zero: 416.0 in"]
        {
            assert!(words.contains(said), "“{said}” is missing: {words}");
        }
        assert_eq!(page.notices().await?, Vec::<String>::new());
        Ok(())
    });
}

#[test]
fn every_lab_opens_complete_without_complaint_or_empty_picture() {
    let labs: &[(&str, &[&str])] = &[
        ("#/one-prior", &["close-up", "losses", "parabola", "slopes"]),
        ("#/james-stein", &["boxes", "losses", "running", "slopes"]),
        ("#/regions", &["close-up", "errors", "forest", "race", "scatter", "slopes", "theta", "theta-truth"]),
        (
            "#/regions?details=all",
            &[
                "close-up",
                "errors",
                "forest",
                "race",
                "ranks",
                "scatter",
                "slopes",
                "theta",
                "theta-truth",
                "trace",
            ],
        ),
        (
            "#/regions?scale_mu=half-cauchy&prior_mu=5&data=eight&sampler=nuts-nc&details=trajectory",
            &["close-up", "forest", "scales", "slopes", "theta", "trajectory"],
        ),
    ];
    for (link, panels) in labs {
        on_page(link, async |page| {
            page.settle().await?;
            let pictures = page.pictures().await?;
            assert_eq!(pictures.keys().map(String::as_str).collect::<Vec<_>>(), *panels, "{link}");
            for (panel, picture) in &pictures {
                // The emptiest, two curves in a frame, has 5 % of ink.
                assert!(picture.ink > 0.01, "{link} {panel}: {} of the pixels are drawn on", picture.ink);
                assert!(picture.words.len() > 40, "{link} {panel}: “{}”", picture.words);
            }
            assert_eq!(page.notices().await?, Vec::<String>::new());
            assert_eq!(page.nonsense().await?, Vec::<String>::new());
            assert_eq!(page.alerts().await?, Vec::<String>::new());
            assert!(formulas_are_drawn(page).await?, "a formula has no size");
            Ok(())
        });
    }
}

/// Whether all formulas are MathML that the browser has laid out.
async fn formulas_are_drawn(page: &Page) -> anyhow::Result<bool> {
    let drawn = page
        .eval(
            "(() => { const all = [...document.querySelectorAll('.formulas math')];
               return all.length > 1 && all.every((e) => e.getBoundingClientRect().width > 20); })()",
        )
        .await?;
    Ok(drawn == json!(true))
}

#[test]
fn it_asks_no_other_host_and_nothing_outside_its_folder() {
    on_page("", async |page| {
        page.settle().await?;
        let strangers = page
            .eval(
                "performance.getEntriesByType('resource').map((entry) => entry.name)
                    .filter((name) => !name.startsWith(new URL('.', location.href).href))",
            )
            .await?;
        assert_eq!(strangers, json!([]));
        let count = page.eval("performance.getEntriesByType('resource').length").await?;
        assert!(count.as_u64() > Some(5), "only {count} requests were seen: nothing was measured");
        Ok(())
    });
}
