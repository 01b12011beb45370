//! What a reader sees first: the lecture's own data, complete and correct.

use std::collections::BTreeMap;

use browser_tests::{Page, on_page};
use serde_json::json;

/// Losses on the lecture's data and exact averages, to the digits of the slides and of the closed forms:
/// 40 schools in 4 regions of 10, region SD 5, school and noise SD 1.
const RACE: &[(&str, &str, &str)] = &[
    ("MLE", "30.01", "40.00"),
    ("Region mean", "34.26", "40.00"),
    ("James–Stein in region", "20.35", "26.00"),
    ("Pooled empirical Bayes", "19.72", "23.00"),
    ("Known factor", "18.42", "22.00"),
    ("Full Bayes", "18.57", "21.98"),
    ("Naive zero", "415.97", "1040.00"),
];

#[test]
fn it_opens_on_the_numbers_of_the_lecture() {
    on_page("", async |page| {
        page.settle().await?;
        let race: BTreeMap<String, (String, String)> = page.tables().await?["race"]
            .iter()
            .skip(1)
            .map(|row| (row[0].clone(), (row[1].clone(), row[2].clone())))
            .collect();
        assert_eq!(race.len(), RACE.len(), "{race:?}");
        for (estimator, here, expected) in RACE {
            assert_eq!(race[*estimator], ((*here).to_string(), (*expected).to_string()), "{estimator}");
        }
        let words = page.words("race").await?;
        for said in ["MLE: 30.0 in", "Full Bayes: 18.6 in", "Known factor: 18.4 in", "Naive zero: 416.0 in"] {
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
        ("#/james-stein", &["boxes", "chances", "losses", "running", "slopes"]),
        ("#/regions", &["close-up", "errors", "forest", "race", "scatter", "slopes", "theta", "trace"]),
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
