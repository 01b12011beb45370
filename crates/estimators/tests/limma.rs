//! limma 3.54.1 on 100 simulated genes, three samples against three, and on two further sets of variances.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use estimators::moderated_variance::{Moderated, PROPORTION, TwoGroups, VariancePrior, moderate};
use serde_json::Value;
use stats::special::{digamma, trigamma_inverse};

/// Rows without names: cells, the first being the gene's name.
fn rows(text: &str) -> Vec<Vec<f64>> {
    let numbers = |line: &str| line.split(',').skip(1).map(|cell| cell.trim().parse().unwrap()).collect();
    text.lines().skip(1).map(numbers).collect()
}

fn hyper() -> Value {
    serde_json::from_str(include_str!("reference/limma/expected_hyper.json")).unwrap()
}

fn numbers(json: &Value) -> Vec<f64> {
    json.as_array().unwrap().iter().map(|number| number.as_f64().unwrap()).collect()
}

#[track_caller]
fn assert_close(found: f64, expected: f64, relative: f64) {
    assert!((found - expected).abs() <= relative * expected.abs(), "{found}, not {expected}");
}

fn fitted() -> (TwoGroups, Moderated) {
    let y = rows(include_str!("reference/limma/input_y.csv")).concat();
    let fit = TwoGroups::new(&y, [3, 3]).unwrap();
    let prior = VariancePrior::estimate(&fit.residual_var, fit.residual_df).unwrap();
    let moderated = moderate(&fit, prior, PROPORTION);
    (fit, moderated)
}

#[test]
fn hyperparameters_are_those_of_limma() {
    let (hyper, (fit, moderated)) = (hyper(), fitted());
    let of = |key: &str| hyper[key].as_f64().unwrap();
    assert_eq!(fit.residual_df, of("df_residual"));
    // Printed with 15 digits.
    assert_close(moderated.prior.prior_df, of("df_prior"), 1e-12);
    assert_close(moderated.prior.prior_var, of("s2_prior"), 1e-12);
    assert_close(moderated.total_df, of("df_total"), 1e-12);
    assert_close(moderated.change_var, of("var_prior_B"), 1e-11);
    assert_close(fit.unscaled_var.sqrt(), of("stdev_unscaled"), 1e-14);
}

#[test]
fn every_gene_is_as_in_limma() {
    let (fit, moderated) = fitted();
    let expected = rows(include_str!("reference/limma/expected_genes.csv"));
    assert_eq!(expected.len(), fit.num_genes());
    for (i, row) in expected.iter().enumerate() {
        let ordinary_t = fit.log_fold_change[i] / (fit.residual_var[i] * fit.unscaled_var).sqrt();
        let found = [
            fit.log_fold_change[i],
            fit.average[i],
            fit.residual_var[i],
            moderated.posterior_var[i],
            ordinary_t,
            moderated.t[i],
            moderated.p_value[i],
            moderated.adjusted_p[i],
            moderated.log_odds[i],
        ];
        for (found, expected) in found.into_iter().zip(row) {
            // As many digits as were written: 15, of a difference of means up to three fewer.
            assert_close(found, *expected, 1e-11);
        }
    }
}

#[test]
fn other_sets_of_variances_have_limmas_priors() {
    let hyper = hyper();
    let sets = hyper["fitFDist_extra"].as_array().unwrap();
    assert_eq!(sets.len(), 2);
    for set in sets {
        let prior = VariancePrior::estimate(&numbers(&set["s2"]), set["df1"].as_f64().unwrap()).unwrap();
        assert_close(prior.prior_var, set["scale"].as_f64().unwrap(), 1e-12);
        match set["df2"].as_f64() {
            // What is left of the variance is a hundredth of it: digits are lost in proportion.
            Some(df2) => assert_close(prior.prior_df, df2, 1e-10),
            None => assert_eq!((prior.prior_df, set["df2"].as_str()), (f64::INFINITY, Some("Inf"))),
        }
    }
}

#[test]
fn special_functions_are_those_of_r() {
    let hyper = hyper();
    let pairs = |key: &str| numbers(&hyper[key]["x"]).into_iter().zip(numbers(&hyper[key]["y"]));
    for (x, y) in pairs("digamma") {
        assert_close(digamma(x), y, 1e-14);
    }
    for (x, y) in pairs("trigamma_inverse") {
        assert_close(trigamma_inverse(x), y, 1e-12);
    }
}
