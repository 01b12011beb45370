//! The lecture's 40 schools in four regions, rebuilt from R's seed 4, and every estimate of them.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod printed;

use estimators::regions::{self, RegionEstimates};
use estimators::risk::regions::{LinearRule, given_truth};
use estimators::{
    Truncation, absolute_errors, james_stein, james_stein_grand_mean, mean_absolute_error, num_closer,
    squared_error,
};
use models::RegionScales;
use printed::assert_printed;

const SIZES: [usize; 4] = [10; 4];
const SCALES: RegionScales = RegionScales { noise_var: 1.0, school_var: 1.0, region_var: 25.0 };

/// (y, mu), as `theta = 5 * rnorm(4)`, then 40 normals for mu, then 40 for y.
fn lecture() -> (Vec<f64>, Vec<f64>) {
    let mut random = stats::r_random::RRandom::set_seed(4);
    let theta: Vec<f64> = random.rnorm(4).iter().map(|z| 5.0 * z).collect();
    let mu: Vec<f64> = random.rnorm(40).iter().enumerate().map(|(i, z)| theta[i / 10] + z).collect();
    let y = random.rnorm(40).iter().zip(&mu).map(|(z, mu)| mu + z).collect();
    (y, mu)
}

fn assert_all_printed(values: impl IntoIterator<Item = f64>, printed: [&str; 4]) {
    values.into_iter().zip(printed).for_each(|(value, printed)| assert_printed(value, printed));
}

#[test]
fn region_means_and_sums_of_squares() {
    let (y, _) = lecture();
    assert_all_printed(regions::region_means(&y, &SIZES).unwrap(), ["1.2297", "-1.8425", "4.5955", "2.9091"]);
    let within = y.chunks(10).map(|region| regions::within_sum_sq(region, &[10]).unwrap());
    assert_all_printed(within, ["9.716", "11.606", "10.920", "22.610"]);
    assert_printed(regions::within_sum_sq(&y, &SIZES).unwrap(), "54.853");
}

#[test]
fn total_squared_errors() {
    let (y, mu) = lecture();
    let error = |estimates: RegionEstimates| squared_error(&estimates.estimates, &mu);
    assert_printed(squared_error(&y, &mu), "30.009");
    assert_printed(error(regions::pool_in_region(&y, &SIZES).unwrap()), "34.255");
    assert_printed(error(regions::shrink_to_region_mean(&y, &SIZES, SCALES).unwrap()), "18.419");
    assert_printed(error(regions::full_bayes(&y, &SIZES, SCALES).unwrap()), "18.571");
    // "sigma = 5" read as a variance of the region means.
    let smaller = RegionScales { region_var: 5.0, ..SCALES };
    assert_printed(error(regions::full_bayes(&y, &SIZES, smaller).unwrap()), "19.255");
    assert_printed(squared_error(&james_stein(&y, 1.0).unwrap().estimates, &mu), "32.312");
    assert_printed(squared_error(&james_stein_grand_mean(&y, 1.0).unwrap().estimates, &mu), "31.813");
    for truncation in [Truncation::Plain, Truncation::PositivePart] {
        let pooled = regions::pooled_empirical_bayes(&y, &SIZES, 1.0, truncation).unwrap();
        assert_printed(pooled.rules[0].shrinkage, ".620");
        assert_printed(error(pooled), "19.716");
        let by_region = regions::james_stein_by_region(&y, &SIZES, 1.0, truncation).unwrap();
        assert_all_printed(
            by_region.rules.iter().map(|rule| rule.unwrap().shrinkage),
            [".720", ".603", ".641", ".310"],
        );
        assert_printed(squared_error(&by_region.estimates, &mu), "20.346");
    }
}

#[test]
fn exact_bayes_moves_most_schools_closer() {
    let (y, mu) = lecture();
    let bayes = regions::full_bayes(&y, &SIZES, SCALES).unwrap();
    assert_all_printed(bayes.rules.iter().map(|rule| rule.center), ["1.2199", "-1.8278", "4.5591", "2.8860"]);
    assert_eq!(num_closer(&bayes.estimates, &y, &mu), 25);
    assert_printed(mean_absolute_error(&y, &mu), ".696");
    assert_printed(mean_absolute_error(&bayes.estimates, &mu), ".530");
    let bins = |estimates: &[f64]| {
        let errors = absolute_errors(estimates, &mu);
        stats::histogram::equal_width(&errors, 0.0, 3.0, 6).unwrap().counts
    };
    assert_eq!(bins(&y), [16, 15, 6, 2, 1, 0]);
    assert_eq!(bins(&bayes.estimates), [20, 16, 3, 1, 0, 0]);
}

#[test]
fn expected_totals_for_this_truth() {
    let (_, mu) = lecture();
    let risk = |rule| given_truth::linear(&mu, &SIZES, 1.0, rule).unwrap();
    assert_printed(risk(LinearRule::Unpooled), "40");
    let bayes = LinearRule::FullBayes { school_var: 1.0, region_var: 25.0, prior_mean: 0.0 };
    assert_printed(risk(bayes), "20.753");
}
