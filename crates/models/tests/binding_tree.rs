//! The tree of cell types beside dense linear algebra, and beside Stan's fit of the counts themselves.

#![allow(clippy::unwrap_used, reason = "everything in this file is a test")]

use models::binding_tree::{Coefficients, TreeNodes, TreeScales, type_two_maximum};
use serde_json::Value;

const FEATURES: usize = 8;
const CELL_TYPES: [usize; 4] = [0, 1, 1, 2];

fn rows(text: &str) -> Vec<Vec<&str>> {
    text.lines().skip(1).map(|line| line.split(',').map(str::trim).collect()).collect()
}

fn coefficients() -> Coefficients {
    let rows = rows(include_str!("reference/tf_binding/expected_mle.csv"));
    let (mut beta, mut se) = (vec![0.0; 4 * FEATURES], vec![0.0; 4 * FEATURES]);
    for (i, row) in rows.iter().enumerate() {
        // Features run fastest in the file.
        let (j, k) = (i % FEATURES, i / FEATURES);
        beta[4 * j + k] = row[3].parse().unwrap();
        se[4 * j + k] = row[4].parse().unwrap();
    }
    Coefficients::new(&beta, &se, &CELL_TYPES).unwrap()
}

fn marginal() -> Value {
    serde_json::from_str(include_str!("reference/tf_binding/expected_marginal.json")).unwrap()
}

fn numbers(json: &Value) -> Vec<f64> {
    json.as_array().unwrap().iter().map(|number| number.as_f64().unwrap()).collect()
}

fn fixed() -> TreeScales {
    TreeScales::of_draw(&numbers(&marginal()["marginal_loglik_at"]["scales"]))
}

#[test]
fn the_marginal_likelihood_is_that_of_dense_linear_algebra() {
    let expected = marginal()["marginal_loglik_at"]["value"].as_f64().unwrap();
    assert!((coefficients().log_marginal_likelihood(&fixed()) - expected).abs() < 1e-9);
}

#[test]
fn nodes_are_those_of_dense_linear_algebra() {
    let coefficients = coefficients();
    let expected = rows(include_str!("reference/tf_binding/expected_exact_fixed_scales.csv"));
    assert_eq!(expected.len(), FEATURES * 8);
    for (j, rows) in expected.chunks(8).enumerate() {
        let TreeNodes { all, cell_types, experiments } = coefficients.nodes(j, &fixed());
        let nodes = std::iter::once(all).chain(cell_types).chain(experiments);
        for ((mean, var), row) in nodes.zip(rows) {
            let of = |k: usize| row[k].parse::<f64>().unwrap();
            // As many digits as were written.
            assert!((mean - of(2)).abs() < 1e-9 && (var.sqrt() - of(3)).abs() < 1e-9, "{row:?}: {mean}");
        }
    }
}

#[test]
fn the_most_likely_scales_are_found_and_one_is_0() {
    let (scales, value) = type_two_maximum(&coefficients());
    let expected = &marginal()["type2_ml"];
    // R's optimizer stopped at 1e-6 of the maximum or so.
    assert!(value > expected["loglik"].as_f64().unwrap() - 1e-6, "{value}");
    let found = [&[scales.all_sd], &scales.cell_type_sd[..], &[scales.experiment_sd]].concat();
    for (found, expected) in found.iter().zip(numbers(&expected["value"])) {
        assert!((found - expected).abs() < 1e-3, "{found} {expected}");
    }
    assert!(scales.cell_type_sd[0] < 1e-3);
}
