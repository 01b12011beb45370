//! The command `sweep`: the page's numbers, as CSV, taken up where it stopped.

#![allow(clippy::unwrap_used, reason = "everything in this file is a test")]

use std::process::{Command, Output};

fn cli(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_cli")).args(arguments).output().unwrap()
}

fn text(arguments: &[&str]) -> String {
    let output = cli(arguments);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_map_is_that_of_the_page() {
    let csv = text(&["sweep", "#/when?from=data&grid=10&cell_repeats=20"]);
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!(lines.len(), 101);
    assert_eq!(
        lines[0],
        "cell,schools per region,school variance / noise variance,bayes,js,ratio,monte_carlo_error"
    );
    let page = text(&["show", "#/when?from=data&grid=10&cell_repeats=20", "--csv", "map"]);
    for (swept, shown) in lines.iter().skip(1).zip(page.lines().skip(1)) {
        let number = |line: &str, column: usize| line.split(',').nth(column).unwrap().parse::<f64>().unwrap();
        // The page's table has six digits after the point.
        assert!((number(swept, 5) - number(shown, 2)).abs() < 6e-7, "{swept} {shown}");
        assert!((number(swept, 6) - number(shown, 3)).abs() < 6e-7, "{swept} {shown}");
    }
}

#[test]
fn an_interrupted_sweep_goes_on_and_another_is_not_mixed_in() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("race.csv");
    let name = file.to_str().unwrap();
    let link = "#/when?view=race&repeats=600";
    text(&["sweep", link, "--out", name]);
    let whole = std::fs::read_to_string(&file).unwrap();
    assert_eq!(whole.lines().count(), 602);
    assert_eq!(whole, text(&["sweep", link]));
    // Cut in the middle of a line.
    std::fs::write(&file, &whole[..whole.len() / 2]).unwrap();
    text(&["sweep", link, "--out", name]);
    assert_eq!(std::fs::read_to_string(&file).unwrap(), whole);
    let refused = cli(&["sweep", "#/when?view=race&repeats=600&seed=9", "--out", name]);
    assert!(!refused.status.success());
    assert!(String::from_utf8_lossy(&refused.stderr).contains("something other than this sweep"));
    assert_eq!(std::fs::read_to_string(&file).unwrap(), whole);
    assert!(!cli(&["sweep", "#/regions"]).status.success());
    assert!(!cli(&["show", "--out", name]).status.success());
}
