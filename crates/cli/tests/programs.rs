//! `cli fit --model` as a person runs it, beside what the published programs say.

#![allow(clippy::unwrap_used, reason = "everything in this file is a test")]

mod binary;

use std::path::{Path, PathBuf};

use binary::{printed, refused};
use serde_json::Value;

/// A file among the reference values of another crate.
fn reference(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join(path)
}

fn fit(model: &str, file: &Path, options: &[&str]) -> Value {
    let file = file.to_str().unwrap();
    let args: Vec<&str> = ["fit", "--model", model, "--data", file].iter().chain(options).copied().collect();
    serde_json::from_str(&printed(&args)).unwrap()
}

/// Rows of a CSV file below its names.
fn rows(path: &Path) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_path(path).unwrap();
    reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

#[track_caller]
fn assert_close(found: &Value, expected: &str, relative: f64) {
    let (found, expected): (f64, f64) = (found.as_f64().unwrap(), expected.parse().unwrap());
    assert!((found - expected).abs() <= relative * expected.abs(), "{found}, not {expected}");
}

#[test]
fn limma_gives_what_the_program_gives() {
    let folder = reference("estimators/tests/reference/limma");
    let input = folder.join("input_y.csv");
    let report = fit("limma", &input, &["--groups", "3,3"]);
    assert_eq!(fit("limma", &input, &[]), report, "groups are told apart by the names of the samples");
    assert_close(&report["df.prior"], "12.2785847909475", 1e-12);
    assert_close(&report["s2.prior"], "0.11895505050483", 1e-12);
    let expected = rows(&folder.join("expected_genes.csv"));
    let found = report["rows"].as_array().unwrap();
    assert_eq!(found.len(), expected.len());
    let columns = [
        ("logFC", 1),
        ("AveExpr", 2),
        ("s2", 3),
        ("s2.post", 4),
        ("t", 6),
        ("P.Value", 7),
        ("adj.P.Val", 8),
        ("B", 9),
    ];
    for (row, expected) in found.iter().zip(&expected) {
        assert_eq!(row["gene"].as_str().unwrap(), expected[0]);
        for (name, k) in columns {
            assert_close(&row[name], &expected[k], 1e-11);
        }
    }
}

#[test]
fn limma_with_equal_variances_and_without_names() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("y.csv");
    std::fs::write(&path, "A1,A2,B1,B2\n1,2,3,4\n5,6,9,8\n0,1,0,1\n").unwrap();
    let report = fit("limma", &path, &["--groups", "2,2"]);
    assert_eq!((report["df.prior"].as_str(), report["s2.prior"].as_f64()), (Some("Inf"), Some(0.5)));
    assert_eq!(
        (report["rows"][1]["gene"].as_str(), report["rows"][1]["logFC"].as_f64()),
        (Some("2"), Some(3.0))
    );
}

#[test]
fn what_is_wrong_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("y.csv");
    let says = |text: &str, options: &[&str], expected: &str| {
        std::fs::write(&path, text).unwrap();
        let file = path.to_str().unwrap();
        let args: Vec<&str> = ["fit", "--data", file].iter().chain(options).copied().collect();
        let message = refused(&args);
        assert!(message.contains(expected), "{message}");
    };
    let limma = ["--model", "limma"];
    let with_groups = ["--model", "limma", "--groups", "2,1"];
    says("g,A1,A2,B1\nx,1,2,3\ny,1,x,3\n", &limma, "row 2, column A2: “x” is not a number");
    says("g,A1,A2,B1\nx,1,2,3\ny,1,2\n", &with_groups, "row 2, column B1: there is no such cell");
    says("g,A1,A2,B1,B2\nx,1,2,3,4\n", &with_groups, "5 columns are not 2 + 1 samples");
    says("g,A1,A2,B1\n", &with_groups, "there is no row below the names");
    says("g,A1\nx,1\n", &["--model", "limma", "--groups", "1,1"], "three at least in all");
    says("", &["--model", "edger"], "there is no model `edger`");
    says("", &["--groups", "3,3"], "--groups is for --model limma");
    says("", &["--model", "limma", "#/limma"], "takes --data and --groups only");
    assert!(refused(&["fit", "--model", "limma"]).contains("--model needs --data FILE"));
}
