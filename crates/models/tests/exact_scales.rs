//! The posterior of learned scales against independent quadratures and published values.

use std::collections::BTreeMap;

use models::{
    Hierarchy, Level, PosteriorMeans, RegionNormals, RegionScales, Scale, ScalePosterior, ScalePrior, realize,
};
use serde::Deserialize;

#[derive(Deserialize)]
struct Scalar {
    mean: f64,
    sd: f64,
    q: BTreeMap<String, f64>,
}

#[derive(Deserialize)]
struct Model2 {
    logml: f64,
    sigma_mu: Scalar,
    sigma_theta: Scalar,
    theta_mean: Vec<f64>,
    theta_sd: Vec<f64>,
    mu_mean: Vec<f64>,
    mu_sd: Vec<f64>,
    y: Vec<f64>,
}

#[derive(Deserialize)]
struct EightSchools {
    logml: f64,
    mu: Scalar,
    tau: Scalar,
    theta: Vec<Scalar>,
    y: Vec<f64>,
    sigma: Vec<f64>,
}

fn assert_close(ours: f64, expected: f64, tolerance: f64, what: &str) {
    assert!((ours - expected).abs() <= tolerance * expected.abs().max(1.0), "{what}: {ours} {expected}");
}

fn assert_quantiles(
    posterior: &ScalePosterior,
    variable: usize,
    expected: &BTreeMap<String, f64>,
    tolerance: f64,
) {
    for (p, expected) in expected {
        let ours = posterior.quantiles(variable, &[p.parse().unwrap()])[0];
        assert_close(ours, *expected, tolerance, &format!("quantile {p} of {variable}"));
    }
}

fn half_normal(scale: f64) -> Scale {
    Scale::Learned(ScalePrior::HalfNormal { scale })
}

fn half_cauchy(scale: f64) -> Scale {
    Scale::Learned(ScalePrior::HalfCauchy { scale })
}

fn model2() -> (Model2, Hierarchy) {
    let expected: Model2 = serde_json::from_str(include_str!("reference/model2-small-exact.json")).unwrap();
    let hierarchy =
        Hierarchy::new(&expected.y, &[1.0; 40], &[10; 4], half_normal(2.5), half_normal(5.0)).unwrap();
    (expected, hierarchy)
}

#[test]
fn two_learned_scales_are_those_of_an_independent_quadrature() {
    let (expected, hierarchy) = model2();
    let posterior = ScalePosterior::new(&hierarchy);
    // The file's own accuracy is 5e-10.
    let tolerance = 1e-9;
    assert_close(posterior.log_marginal_likelihood, expected.logml, tolerance, "log marginal");
    assert_close(posterior.school_sd_mean, expected.sigma_mu.mean, tolerance, "sigma_mu");
    assert_close(posterior.school_sd_sd, expected.sigma_mu.sd, tolerance, "sigma_mu sd");
    assert_close(posterior.region_sd_mean, expected.sigma_theta.mean, tolerance, "sigma_theta");
    assert_close(posterior.region_sd_sd, expected.sigma_theta.sd, tolerance, "sigma_theta sd");
    for k in 0..4 {
        assert_close(posterior.theta_mean[k], expected.theta_mean[k], tolerance, "theta");
        assert_close(posterior.theta_sd[k], expected.theta_sd[k], tolerance, "theta sd");
    }
    for i in 0..40 {
        assert_close(posterior.mu_mean[i], expected.mu_mean[i], tolerance, "mu");
        assert_close(posterior.mu_sd[i], expected.mu_sd[i], tolerance, "mu sd");
    }
    assert_quantiles(&posterior, 44, &expected.sigma_mu.q, QUANTILE_TOLERANCE);
    assert_quantiles(&posterior, 45, &expected.sigma_theta.q, QUANTILE_TOLERANCE);
}

/// The files interpolate their grids' distribution functions; how well, they do not say.
const QUANTILE_TOLERANCE: f64 = 1e-6;

#[test]
fn eight_schools_are_those_of_an_independent_quadrature() {
    let expected: EightSchools =
        serde_json::from_str(include_str!("reference/eight-schools-exact.json")).unwrap();
    let hierarchy = Hierarchy::eight_schools();
    assert_eq!(hierarchy.y(), expected.y);
    let noise_var: Vec<f64> = expected.sigma.iter().map(|se| se * se).collect();
    assert_eq!(hierarchy.noise_var(), noise_var);
    let posterior = ScalePosterior::new(&hierarchy);
    let tolerance = 1e-9;
    assert_close(posterior.log_marginal_likelihood, expected.logml, tolerance, "log marginal");
    assert_close(posterior.theta_mean[0], expected.mu.mean, tolerance, "mu");
    assert_close(posterior.theta_sd[0], expected.mu.sd, tolerance, "mu sd");
    assert_close(posterior.school_sd_mean, expected.tau.mean, tolerance, "tau");
    assert_close(posterior.school_sd_sd, expected.tau.sd, tolerance, "tau sd");
    for (i, school) in expected.theta.iter().enumerate() {
        assert_close(posterior.mu_mean[i], school.mean, tolerance, "theta");
        assert_close(posterior.mu_sd[i], school.sd, tolerance, "theta sd");
        assert_quantiles(&posterior, 1 + i, &school.q, QUANTILE_TOLERANCE);
    }
    assert_quantiles(&posterior, 0, &expected.mu.q, QUANTILE_TOLERANCE);
    assert_quantiles(&posterior, 9, &expected.tau.q, QUANTILE_TOLERANCE);
    assert_eq!((posterior.region_sd_mean, posterior.region_sd_sd), (5.0, 0.0));
}

#[test]
fn the_lectures_data_with_an_unknown_school_sd() {
    let sizes = [10; 4];
    let scales = RegionScales { noise_var: 1.0, school_var: 1.0, region_var: 25.0 };
    let data = realize(&RegionNormals::lecture(&sizes), &sizes, scales);
    let hierarchy = Hierarchy::new(&data.y, &[1.0; 40], &sizes, half_normal(1.0), Scale::Known(5.0)).unwrap();
    let posterior = ScalePosterior::new(&hierarchy);
    let sse: f64 = posterior.mu_mean.iter().zip(&data.mu).map(|(m, mu)| (m - mu) * (m - mu)).sum();
    // Digits as printed.
    assert!((posterior.school_sd_mean - 0.6440).abs() < 5.1e-5);
    assert!((posterior.school_sd_sd - 0.2746).abs() < 5.1e-5);
    assert!((sse - 21.81).abs() < 5.1e-3);
}
