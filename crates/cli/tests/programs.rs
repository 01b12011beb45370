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
fn mrlocus_gives_the_posterior_of_slope_and_dispersion() {
    let folder = reference("models/tests/reference/mrlocus");
    let report = fit("mrlocus", &folder.join("input_slope.csv"), &[]);
    let text = std::fs::read_to_string(folder.join("expected_slope_exact.json")).unwrap();
    let expected: Value = serde_json::from_str(&text).unwrap();
    for parameter in ["alpha", "sigma"] {
        for name in ["mean", "sd", "q10", "q50", "q90"] {
            let [found, expected] = [&report, &expected].map(|of| of[parameter][name].as_f64().unwrap());
            assert!((found - expected).abs() < 1e-11, "{parameter} {name}: {found}, not {expected}");
        }
    }
}

/// Stan's fit of the counts themselves, whose own Monte Carlo error is up to 0.006.
#[test]
fn tf_binding_gives_the_nodes_of_the_full_model() {
    let folder = reference("models/tests/reference/tf_binding");
    let report = fit("tf-binding", &folder.join("expected_mle.csv"), &[]);
    let stan = rows(&folder.join("expected_stan.csv"));
    let of = |name: &str| -> (f64, f64) {
        let row = stan.iter().find(|row| row[0] == name).unwrap();
        (row[1].parse().unwrap(), row[3].parse().unwrap())
    };
    let nodes = report["rows"].as_array().unwrap();
    assert_eq!(nodes.len(), 8 * (1 + 3 + 4));
    let blocks = [("lambda", "all", 1), ("nu", "celltype", 3), ("beta", "experiment", 4)];
    for (j, nodes) in nodes.chunks(8).enumerate() {
        let mut nodes = nodes.iter();
        for (block, level, count) in blocks {
            for i in 1..=count {
                let node = nodes.next().unwrap();
                assert_eq!(node["level"], level);
                let name = if count == 1 {
                    format!("{block}[{}]", j + 1)
                } else {
                    format!("{block}[{},{i}]", j + 1)
                };
                let (mean, sd) = of(&name);
                assert!((node["mean"].as_f64().unwrap() - mean).abs() < 0.02, "{name}: {node}");
                // SD ratios of the two stages and the full model: 0.93 to 1.06 elsewhere.
                assert!((node["sd"].as_f64().unwrap() / sd).ln().abs() < 0.1, "{name}: {node}");
            }
        }
    }
    for (scale, name) in
        report["scales"].as_array().unwrap().iter().zip(["sl", "sn[1]", "sn[2]", "sn[3]", "sb"])
    {
        assert!((scale["mean"].as_f64().unwrap() - of(name).0).abs() < 0.03, "{name}: {scale}");
    }
    assert_eq!((&nodes[0]["feature"], &nodes[0]["name"]), (&"accessibility".into(), &"all".into()));
    assert_eq!((&nodes[5]["name"], &nodes[7]["name"]), (&"2".into(), &"4".into()));
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
    let effects = ["--model", "mrlocus"];
    says("beta_hat_a,beta_hat_b,se_a,se_b\n1,2,0,1\n", &effects, "row 1, column se_a: a standard error");
    says("beta_hat_a,beta_hat_b,se_a,se_b\n1,2,1,1\n", &effects, "at least 2 clusters, but there are 1");
    says("beta_hat_a,se_a,se_b\n1,2,1\n", &effects, "no column holds the effect on the trait");
    let tree = ["--model", "tf-binding"];
    let head = "feature,experiment,celltype,beta_hat,se\n";
    says(&format!("{head}x,1,A,1,1\nx,1,A,2,1\n"), &tree, "row 2, column feature: x has a coefficient");
    says(
        &format!("{head}x,1,A,1,1\ny,1,B,2,1\n"),
        &tree,
        "row 2, column celltype: experiment 1 was of cell type A",
    );
    says(&format!("{head}x,1,A,1,\n"), &tree, "row 1, column se: the cell is empty");
    assert!(refused(&["fit", "--model", "limma"]).contains("--model needs --data FILE"));
}
