//! Slope and dispersion of six clusters: by quadrature elsewhere, and by the package's own program.

#![allow(clippy::unwrap_used, reason = "everything in this file is a test")]

use models::mr_slope::{ClusterPopulation, Clusters, SlopeModel, SlopePrior};
use models::mr_slope_grid::on_plain_grid;
use models::mr_slope_posterior::{SlopeMarginal, SlopePosterior};
use serde_json::Value;

fn rows(text: &str) -> Vec<Vec<&str>> {
    text.lines()
        .skip(1)
        .map(|line| line.split(',').map(|cell| cell.trim().trim_matches('"')).collect())
        .collect()
}

fn clusters() -> Clusters {
    let rows = rows(include_str!("reference/mrlocus/input_slope.csv"));
    let column = |k: usize| rows.iter().map(|row| row[k].parse().unwrap()).collect();
    Clusters { a: column(0), b: column(1), se_a: column(2), se_b: column(3) }
}

fn model() -> SlopeModel {
    let prior = SlopePrior::of(&clusters()).unwrap();
    SlopeModel::new(clusters(), prior)
}

fn expected() -> Value {
    serde_json::from_str(include_str!("reference/mrlocus/expected_slope_exact.json")).unwrap()
}

#[track_caller]
fn assert_close(found: f64, expected: &Value, tolerance: f64) {
    let expected = expected.as_f64().unwrap();
    assert!((found - expected).abs() <= tolerance, "{found}, not {expected}");
}

#[test]
fn priors_and_log_densities_are_those_of_the_program() {
    let (expected, model) = (expected(), model());
    let (prior, of) = (model.prior(), &expected["priors"]);
    for (found, name) in [
        (prior.effect_sd, "sd_beta"),
        (prior.slope_mean, "mu_alpha"),
        (prior.slope_sd, "sd_alpha"),
        (prior.dispersion_sd, "sd_sigma"),
    ] {
        assert_close(found, &of[name], 1e-13);
    }
    for check in expected["logpost_checks"].as_array().unwrap() {
        let at = |name: &str| check[name].as_f64().unwrap();
        assert_close(model.log_density(at("alpha"), at("sigma")), &check["value"], 1e-11);
    }
}

#[test]
fn the_plain_grid_gives_the_reference_to_its_last_digits() {
    let (expected, model) = (expected(), model());
    let (alpha, sigma) = on_plain_grid(&model, &SlopePosterior::new(&model).unwrap()).unwrap();
    for (marginal, name) in [(&alpha, "alpha"), (&sigma, "sigma")] {
        let of = &expected[name];
        // Thirteen digits are printed.
        assert_close(marginal.mean, &of["mean"], 1e-11);
        assert_close(marginal.sd, &of["sd"], 1e-11);
        for (p, name) in [(0.1, "q10"), (0.5, "q50"), (0.9, "q90")] {
            assert_close(marginal.quantile(p), &of[name], 1e-11);
        }
    }
}

/// The reference is a grid of equal steps in a box; its quantiles lie on straight lines between its nodes, which
/// moves them by 3e-5, its coarse steps move the mean of σ by 1e-6, and the tails beyond the box add 3e-6 to the SD
/// of α.
#[test]
fn means_and_quantiles_are_those_of_the_reference() {
    let (expected, posterior) = (expected(), SlopePosterior::new(&model()).unwrap());
    for (marginal, name) in [(&posterior.alpha, "alpha"), (&posterior.sigma, "sigma")] {
        let of = &expected[name];
        assert_close(marginal.mean, &of["mean"], 1.2e-6);
        assert_close(marginal.sd, &of["sd"], 4e-6);
        for (p, name) in [(0.1, "q10"), (0.5, "q50"), (0.9, "q90")] {
            assert_close(marginal.quantile(p), &of[name], 4e-5);
            assert!((marginal.cdf(marginal.quantile(p)) - p).abs() < 1e-12);
        }
    }
}

/// Wherever the plain grid is used it says what the quadrature says, up to its straight lines.
#[test]
fn the_plain_grid_is_used_only_where_it_is_right() {
    let mut num_used = 0;
    for (seed, num_clusters) in (0..30).zip([3, 6, 10].into_iter().cycle()) {
        let wide = f64::from(u8::from(seed % 3 == 0));
        let population = ClusterPopulation {
            num_clusters,
            slope: 0.4 + 2.0 * wide,
            dispersion: 0.1,
            range: (0.3, 1.5),
            se: (0.05, 0.05),
        };
        let (clusters, _) = population.simulate(seed);
        let prior = SlopePrior::of(&clusters).unwrap();
        let model = SlopeModel::new(clusters, prior);
        let posterior = SlopePosterior::new(&model).unwrap();
        let Some((alpha, sigma)) = on_plain_grid(&model, &posterior) else { continue };
        num_used += 1;
        for (grid, exact) in [(&alpha, &posterior.alpha), (&sigma, &posterior.sigma)] {
            assert!((grid.mean - exact.mean).abs() < 1e-3 * exact.sd, "{seed}");
            for p in [0.1, 0.5, 0.9] {
                assert!((grid.quantile(p) - exact.quantile(p)).abs() < 1e-2 * exact.sd, "{seed} {p}");
            }
        }
    }
    assert!((10..30).contains(&num_used), "{num_used}");
}

/// Stan's chains diverge where σ is near 0, so that its numbers are a little off: 0.005 in all.
#[test]
fn effects_of_clusters_are_those_of_stan() {
    let posterior = SlopePosterior::new(&model()).unwrap();
    let rows = rows(include_str!("reference/mrlocus/expected_stan_slope.csv"));
    let of = |name: String| {
        let row = rows.iter().find(|row| row[0] == name).unwrap();
        (row[1].parse::<f64>().unwrap(), row[3].parse::<f64>().unwrap())
    };
    for (j, effect) in posterior.effects.iter().enumerate() {
        // A name with an index is quoted but has no comma.
        for (found, expected) in
            [(effect.a, of(format!("beta_a[{}]", j + 1))), (effect.b, of(format!("beta_b[{}]", j + 1)))]
        {
            assert!(
                (found.0 - expected.0).abs() < 0.005 && (found.1 - expected.1).abs() < 0.005,
                "{j}: {found:?} {expected:?}"
            );
        }
    }
}

/// Means and SDs by plain sums over a very fine grid of equal steps.
fn plain(model: &SlopeModel, alpha: (f64, f64), most: f64) -> [f64; 4] {
    const STEPS: i32 = 2000;
    let posterior = SlopePosterior::new(model).unwrap();
    let mut sums = [0.0; 5];
    for i in 0..=STEPS {
        let a = alpha.0 + (alpha.1 - alpha.0) * f64::from(i) / f64::from(STEPS);
        for k in 0..STEPS {
            // The midpoint rule.
            let s = most * (f64::from(k) + 0.5) / f64::from(STEPS);
            let density = (model.log_density(a, s) - posterior.log_peak).exp();
            let terms = [1.0, a, a * a, s, s * s];
            sums.iter_mut().zip(terms).for_each(|(sum, term)| *sum += density * term);
        }
    }
    let [mass, a, aa, s, ss] = sums;
    let (a, s) = (a / mass, s / mass);
    [a, (aa / mass - a * a).sqrt(), s, (ss / mass - s * s).sqrt()]
}

#[test]
fn the_six_clusters_have_the_moments_of_a_plain_grid() {
    let posterior = SlopePosterior::new(&model()).unwrap();
    let found = [posterior.alpha.mean, posterior.alpha.sd, posterior.sigma.mean, posterior.sigma.sd];
    // The midpoint rule with a step of 0.0015 where the density of σ rises from 0: 3e-7.
    for (found, expected) in found.iter().zip(plain(&model(), (-2.5, 3.5), 3.0)) {
        assert!((found - expected).abs() < 1e-6, "{found} {expected}");
    }
}

#[test]
fn other_clusters_have_the_moments_of_a_plain_grid() {
    let population = |num_clusters, slope, dispersion, se| ClusterPopulation {
        num_clusters,
        slope,
        dispersion,
        range: (0.2, 1.2),
        se: (se, se),
    };
    for (population, alpha, most) in [
        (population(2, 0.5, 0.1, 0.1), (-6.0, 6.0), 4.0),
        (population(3, -0.3, 0.02, 0.02), (-2.0, 1.5), 1.5),
        (population(10, 0.5, 0.5, 0.05), (-4.0, 5.0), 3.0),
        (population(10, 0.1, 0.0, 0.3), (-1.5, 1.5), 2.0),
    ] {
        let (clusters, _) = population.simulate(3);
        let prior = SlopePrior::of(&clusters).unwrap();
        let model = SlopeModel::new(clusters, prior);
        let posterior = SlopePosterior::new(&model).unwrap();
        let moments = |marginal: &SlopeMarginal| [marginal.mean, marginal.sd];
        let found = [moments(&posterior.alpha), moments(&posterior.sigma)].concat();
        for (found, expected) in found.iter().zip(plain(&model, alpha, most)) {
            // The plain grid is cut off where priors have fallen to 1e-6 or less.
            assert!((found - expected).abs() < 2e-5, "{population:?}: {found} {expected}");
        }
    }
}
