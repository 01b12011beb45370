//! `cli fit` as a person runs it.

#![allow(clippy::unwrap_used, reason = "everything in this file is a test")]

mod binary;

use std::fs;
use std::path::{Path, PathBuf};

use binary::{printed, refused};
use serde_json::Value;
use tempfile::TempDir;

/// The columns of R's `posterior::summarise_draws`.
const SUMMARY: [&str; 10] =
    ["variable", "mean", "median", "sd", "mad", "q5", "q95", "rhat", "ess_bulk", "ess_tail"];

/// What `fit` with these arguments says, less the time that it took.
fn fit(args: &[&str]) -> Value {
    let args: Vec<&str> = ["fit"].iter().chain(args).copied().collect();
    let mut report: Value = serde_json::from_str(&printed(&args)).unwrap();
    let seconds = report["sampler"].as_object_mut().unwrap().remove("seconds").unwrap();
    assert!(seconds.as_f64().unwrap() > 0.0);
    report
}

/// Rows of a CSV file, its names first.
fn read(path: &Path) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_path(path).unwrap();
    reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

fn write(folder: &TempDir, name: &str, text: &str) -> PathBuf {
    let path = folder.path().join(name);
    fs::write(&path, text).unwrap();
    path
}

fn numbers(list: &Value) -> Vec<f64> {
    list.as_array().unwrap().iter().map(|x| x.as_f64().unwrap()).collect()
}

#[test]
fn the_lectures_schools_have_the_lectures_numbers() {
    let report = fit(&["#/regions", "--format", "json"]);
    let (data, losses) = (&report["data"], &report["total_squared_error"]);
    assert_eq!((numbers(&data["y"]).len(), numbers(&data["truth"]).len()), (40, 40));
    assert_eq!(numbers(&data["group"])[8..12], [1.0, 1.0, 2.0, 2.0]);
    assert_eq!(numbers(&data["se"]), [1.0; 40]);
    // As in crates/estimators/tests/lecture_data.rs, with the digits given there.
    for (estimator, expected) in [("mle", 30.009), ("bayes", 18.571), ("known_factor", 18.419)] {
        let loss = losses[estimator].as_f64().unwrap();
        assert!((loss - expected).abs() < 0.0006, "{estimator}: {loss}");
    }
    let truth = numbers(&data["truth"]);
    for (estimator, values) in report["estimates"].as_object().unwrap() {
        if estimator == "bayes_learned" {
            assert!(values.is_null() && losses[estimator].is_null());
            continue;
        }
        let loss: f64 = numbers(values).iter().zip(&truth).map(|(a, b)| (a - b) * (a - b)).sum();
        // Another order of the sum.
        assert!((loss / losses[estimator].as_f64().unwrap() - 1.0).abs() < 1e-12, "{estimator}");
    }
    assert_eq!(report["estimates"].as_object().unwrap().len(), 8);
    for table in ["summary", "exact"] {
        let rows = report[table].as_array().unwrap();
        assert_eq!(rows.len(), 44);
        for row in rows {
            let names: Vec<&String> = row.as_object().unwrap().keys().collect();
            let mut expected = SUMMARY.to_vec();
            expected.sort_unstable(); // As this reader of JSON gives them.
            assert_eq!(names, expected);
        }
    }
    let (drawn, exact) = (&report["summary"][3], &report["exact"][3]);
    assert_eq!((drawn["variable"].as_str(), exact["rhat"].is_null()), (Some("theta[4]"), true));
    // Four standard errors of a mean of that many effective draws; the seed is fixed.
    let number = |row: &Value, column: &str| row[column].as_f64().unwrap();
    let error = number(drawn, "mean") - number(exact, "mean");
    assert!(error.abs() < 4.0 * number(exact, "sd") / number(drawn, "ess_bulk").sqrt(), "{error}");
    let sampler = &report["sampler"];
    assert_eq!((sampler["divergences"].as_u64(), sampler["chains"].as_u64()), (Some(0), Some(4)));
    assert!(sampler["leapfrog_steps"].as_u64() > Some(8000));
}

#[test]
fn columns_of_a_summary_keep_the_order_of_posterior() {
    let text = printed(&["fit", "#/regions?sizes=1&warmup=20&draws=50"]);
    let (_, summary) = text.split_once("\"summary\":[{").unwrap();
    let places: Vec<usize> =
        SUMMARY.iter().map(|name| summary.find(&format!("\"{name}\":")).unwrap()).collect();
    assert!(places.is_sorted(), "{summary}");
}

#[test]
fn the_file_of_draws_is_that_of_the_page_and_holds_those_of_the_summary() {
    let folder = TempDir::new().unwrap();
    for (sampler, has_energy) in [("nuts", true), ("gibbs", false)] {
        let link = format!(
            "#/regions?sizes=3,4&seed=7&warmup=50&draws=100&scale_mu=half-normal&repeats=0&sampler={sampler}"
        );
        let path = folder.path().join(format!("{sampler}.csv"));
        let report = fit(&[&link, "--draws", path.to_str().unwrap()]);
        let rows = read(&path);
        let (names, rows) = rows.split_first().unwrap();
        let sampler_columns =
            ["lp__", "accept_stat__", "stepsize__", "treedepth__", "n_leapfrog__", "divergent__", "energy__"];
        assert_eq!(names[..2], ["chain", "iteration"]);
        assert_eq!((&names[2..9], names[9].as_str()), (&sampler_columns.map(str::to_owned)[..], "theta[1]"));
        assert_eq!((rows.len(), names.last().unwrap().as_str()), (400, "sigma_mu"));
        assert!(rows.iter().all(|row| row[8].is_empty() != has_energy && row[2].is_empty() != has_energy));

        // What the page gives away, by its desk and chains in turns; here they ran on threads.
        assert!(printed(&["draws", &link]) == fs::read_to_string(&path).unwrap());

        for (k, summary) in report["summary"].as_array().unwrap().iter().enumerate() {
            assert_eq!(summary["variable"], names[9 + k].as_str());
            let mean = rows.iter().map(|row| row[9 + k].parse::<f64>().unwrap()).sum::<f64>() / 400.0;
            // Rounding of a sum in another order.
            assert!((mean - summary["mean"].as_f64().unwrap()).abs() < 1e-12 * (1.0 + mean.abs()));
        }
        let divergent = rows.iter().filter(|row| row[7] == "1").count() as u64;
        assert_eq!(report["sampler"]["divergences"].as_u64(), Some(divergent));
    }
}

/// The data of a link, its regions mixed up in a file and under other names, are fitted to the same numbers.
#[test]
fn a_file_with_the_data_of_a_link_is_fitted_like_the_link() {
    let folder = TempDir::new().unwrap();
    let settings = "sd_theta=2&scale_theta=half-normal&warmup=50&draws=100";
    let link = format!("#/regions?sizes=2,3&{settings}");
    let expected = fit(&[&link]);
    let (y, truth) = (numbers(&expected["data"]["y"]), numbers(&expected["data"]["truth"]));
    let mut file = "truth,note,group,value,se\n".to_owned();
    for i in [0, 2, 3, 1, 4] {
        let group = if i < 2 { "north" } else { "\"far, south\"" };
        file += &format!("{},x,{group},{},1\n", truth[i], y[i]);
    }
    let path = write(&folder, "schools.csv", &file);
    let found = fit(&[&format!("#/regions?{settings}"), "--data", path.to_str().unwrap()]);
    for key in ["estimates", "total_squared_error", "summary", "exact", "sampler"] {
        assert_eq!(found[key], expected[key], "{key}");
    }
    for key in ["y", "truth", "se"] {
        assert_eq!(found["data"][key], expected["data"][key], "{key}");
    }
    let groups = ["north", "north", "far, south", "far, south", "far, south"];
    assert_eq!(found["data"]["group"], serde_json::json!(groups));
    assert_eq!(found["data"]["row"], serde_json::json!([1, 4, 2, 3, 5]));

    // Without `se` the noise is σ²/m; without `truth` nobody knows the errors.
    let path = write(&folder, "bare.csv", "value,group\n3,a\n5,b\n");
    let found = fit(&["#/regions?sigma=3&m=4,9&warmup=20&draws=50", "--data", path.to_str().unwrap()]);
    assert_eq!(numbers(&found["data"]["se"]), [1.5, 1.0]);
    assert!(found.get("total_squared_error").is_none() && found["data"].get("truth").is_none());
    assert!(found["estimates"]["james_stein"].is_null());
}

#[test]
fn eight_schools_have_no_truth_and_an_exact_mixture() {
    let report = fit(&["#/regions?data=eight&scale_mu=half-cauchy&prior_mu=5&sampler=exact&draws=100"]);
    assert!(report.get("total_squared_error").is_none());
    let sigma = report["exact"].as_array().unwrap().last().unwrap();
    // As in crates/models/src/lib.rs.
    assert!((sigma["mean"].as_f64().unwrap() - 3.5977).abs() < 1e-4);
    assert!(sigma["mad"].is_null());
    let learned = numbers(&report["estimates"]["bayes_learned"]);
    assert!((learned[0] - 6.2119).abs() < 1e-3);
}

#[test]
fn two_thousand_schools_are_fitted() {
    let folder = TempDir::new().unwrap();
    let mut file = "value,group,se\n".to_owned();
    for i in 0..2000_u32 {
        let (region, noise) = (i % 100, f64::from(i * 7919 % 1000) / 100.0 - 5.0);
        file +=
            &format!("{},{region},{}\n", f64::from(region) / 10.0 + noise, 1.0 + f64::from(i % 13) / 10.0);
    }
    let path = write(&folder, "many.csv", &file);
    let report =
        fit(&["#/regions?warmup=20&draws=50&scale_mu=half-normal", "--data", path.to_str().unwrap()]);
    assert_eq!(report["summary"].as_array().unwrap().len(), 2101);
    assert_eq!(numbers(&report["estimates"]["bayes_learned"]).len(), 2000);
}

#[test]
fn text_is_a_table() {
    let text = printed(&["fit", "#/regions?sizes=3,4&seed=7&warmup=20&draws=50", "--format", "text"]);
    let row = |start: &str| text.lines().find(|line| line.starts_with(start)).unwrap().to_owned();
    assert!(row("james_stein").ends_with("not defined"));
    let cells = |line: String| line.split_whitespace().count();
    // "exact mean" and "exact sd" are two words each.
    assert_eq!((cells(row("theta[2]")), cells(row("variable"))), (11, 13));
    assert_eq!(text.lines().filter(|line| line.starts_with("mu[")).count(), 7);
}

#[test]
fn what_is_wrong_is_said_with_status_2() {
    let folder = TempDir::new().unwrap();
    let data = |text: &str| write(&folder, "data.csv", text).to_str().unwrap().to_owned();
    let good = data("value,group,se\n1,a,1\n2,a,1\n");
    assert!(refused(&["fit", "#/one-prior"]).contains("samples nothing"));
    assert!(refused(&["fit", "#/james-stein", "--data", &good]).contains("samples nothing"));
    assert!(refused(&["fit", "--format", "yaml"]).contains("no format `yaml`, only json and text"));
    assert!(refused(&["fit", "--csv", "race"]).contains("are for `show`"));
    assert!(refused(&["show", "--data", &good]).contains("are for `fit`"));
    assert!(refused(&["draws", "--draws", &good]).contains("takes no options"));
    assert!(refused(&["fit", "--data", "nowhere.csv"]).contains("cannot open nowhere.csv"));
    assert!(refused(&["fit", "--draws", "nowhere/draws.csv"]).contains("cannot write nowhere/draws.csv"));
    let message = refused(&["fit", "--data", &good, "--draws", &good]);
    assert!(message.contains("need a file of their own"), "{message}");
    assert!(fs::read_to_string(&good).unwrap().starts_with("value,group,se"));

    let message = refused(&["fit", "--data", &data("value,group,se\n1,a,1\n2,a,1\n3,b,-1\n")]);
    assert!(message.contains("data.csv: row 3, column se: a standard error must be above 0"), "{message}");
    assert!(
        refused(&["fit", "--data", &data("value,group\nten,a\n")]).contains("row 1, column value: “ten”")
    );
    assert!(refused(&["fit", "--data", &data("value\n1\n")]).contains("no column group"));
    assert!(refused(&["fit", "--data", &data("value,group\n")]).contains("no row"));
    let message = refused(&["fit", "--data", &data("value,group\n1e200,a\n-1e200,a\n")]);
    assert!(message.contains("error: "), "{message}");
}
