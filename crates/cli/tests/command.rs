//! The command as a person runs it.

#![allow(clippy::unwrap_used, reason = "everything in this file is a test")]

mod binary;

use binary::{printed, refused, run};

/// Cells of a CSV text without quoted cells.
fn cells(csv: &str) -> Vec<Vec<&str>> {
    csv.lines().map(|line| line.split(',').collect()).collect()
}

#[test]
fn the_start_page_has_the_lectures_numbers() {
    let csv = printed(&["show", "--csv", "race"]);
    let rows = cells(&csv);
    let here = |estimator: &str| rows.iter().find(|row| row[0] == estimator).unwrap()[1];
    // As in crates/estimators/tests/lecture_data.rs: the closed forms for the data of R's `set.seed(4)`.
    for (estimator, printed) in [("MLE", 30.009), ("Full Bayes", 18.571), ("Known factor", 18.419)] {
        let total: f64 = here(estimator).parse().unwrap();
        assert!((total - printed).abs() < 0.0006, "{estimator}: {total}, not {printed}");
    }
    let words = printed(&["show", "#/regions"]);
    for expected in
        ["[race] Who came closest?", "MLE: 30.01 in this data set", "Divergences: 0", "Four chains agree"]
    {
        assert!(words.contains(expected), "{expected} is missing in:\n{words}");
    }
}

/// Exact draws are independent, so that their means have a known standard error. By chance one of
/// the four means would lie beyond 4 of them for one seed in 4000; this seed is fixed.
#[test]
fn draws_have_stans_names_and_the_exact_means() {
    let csv = printed(&["draws", "#/regions?sampler=exact"]);
    let rows = cells(&csv);
    assert_eq!(rows[0][..3], ["chain", "iteration", "lp__"]);
    assert_eq!(rows[0][9..14], ["theta[1]", "theta[2]", "theta[3]", "theta[4]", "mu[1]"]);
    assert_eq!(rows[0].last(), Some(&"mu[40]"));
    assert_eq!(rows.len(), 1 + 4 * 1000);
    assert_eq!((rows[1][..2].to_vec(), rows[4000][..2].to_vec()), (vec!["1", "1"], vec!["4", "1000"]));
    // Posterior means of θ for the lecture's data, as in crates/estimators/tests/lecture_data.rs, and
    // their precision 1/25 + 10/2.
    let exact = [1.2199, -1.8278, 4.5591, 2.8860];
    let standard_error = (1.0 / 5.04_f64 / 4000.0).sqrt();
    for (k, exact) in exact.into_iter().enumerate() {
        let draws = rows[1..].iter().map(|row| row[9 + k].parse::<f64>().unwrap());
        let mean = draws.sum::<f64>() / 4000.0;
        assert!((mean - exact).abs() < 4.0 * standard_error, "theta[{}]: {mean}, not {exact}", k + 1);
    }
}

/// The clock of the session leaps; what it makes workers do must not show in the numbers.
#[test]
fn a_watched_run_ends_with_the_draws_of_a_fast_one() {
    let link = |pace: &str| format!("#/regions?sizes=3,4&seed=7&repeats=10&warmup=30&draws=50&pace={pace}");
    let fast = printed(&["draws", &link("fast")]);
    assert_eq!(printed(&["draws", &link("live&speed=5")]), fast);
    assert_eq!(cells(&fast).len(), 1 + 4 * 50);
    assert_ne!(printed(&["draws", &link("fast").replace("seed=7", "seed=8")]), fast);
}

#[test]
fn every_lab_shows_its_panels() {
    let labs = printed(&["labs"]);
    let links: Vec<&str> =
        labs.lines().filter_map(|line| line.starts_with("#/").then(|| line.split(' ').next())?).collect();
    assert_eq!(links.len(), labs::LABS.len());
    for link in links {
        let words = printed(&["show", link]);
        let panels: Vec<&str> = words
            .lines()
            .filter_map(|line| line.strip_prefix('[')?.split_once(']'))
            .map(|(id, _)| id)
            .collect();
        assert!(panels.len() >= 3, "{link}: {panels:?}");
        assert!(words.lines().all(|line| line.chars().count() <= 100), "{words}");
    }
}

#[test]
fn a_panel_is_a_picture_of_the_asked_width() {
    let svg =
        printed(&["show", "https://example.org/labs/#/one-prior?a=9", "--svg", "slopes", "--width", "500"]);
    assert!(svg.starts_with("<svg ") && svg.trim_end().ends_with("</svg>"));
    assert!(svg.contains(r#"width="500""#) && svg.contains("<path"));
    assert_ne!(svg, printed(&["show", "#/one-prior", "--svg", "slopes", "--width", "500"]));
}

#[test]
fn the_asked_unit_is_shown_close_up() {
    let close_up = |unit: &str| printed(&["show", "#/regions?repeats=0", "--unit", unit]);
    assert!(close_up("1").contains("School 1 (region 1), up close"));
    assert!(close_up("12").contains("School 12 (region 2), up close"));
}

#[test]
fn a_bad_link_is_answered_and_a_bad_argument_refused() {
    let output = run(&["show", "#/regions?sigma=-3&sizes=4,5", "--csv", "forest"]);
    let remarks = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success() && remarks.contains("Noise SD must lie between 0.1 and 5"), "{remarks}");
    assert_eq!(String::from_utf8(output.stdout).unwrap().lines().count(), 1 + 9);

    assert!(refused(&["show", "--csv", "nothing"]).contains("forest, race"));
    assert!(refused(&["show", "--svg", "sampler"]).contains("has no figure"));
    assert!(refused(&["draws", "#/one-prior"]).contains("samples nothing"));
    assert!(refused(&["draws", "--csv", "race"]).contains("takes no options"));
    assert!(refused(&["show", "--unit", "0"]).contains("counted from 1"));
    assert!(refused(&["draw"]).contains("no command `draw`"));
    assert!(refused(&["show", "#/regions", "seed=7"]).contains("one word too many"));
}
