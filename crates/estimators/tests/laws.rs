//! Laws that hold for every data set, on random ones.

use estimators::regions::{self, RegionEstimates};
use estimators::{
    EstimateError, Shrunken, Truncation, james_stein, james_stein_grand_mean,
    james_stein_grand_mean_positive, james_stein_positive,
};
use models::RegionScales;
use stats::{fill_standard_normal, stream, uniform};

const SIZES: [usize; 4] = [4, 9, 1, 6];
type Estimator = fn(&[f64], f64) -> Result<Shrunken, EstimateError>;
const ESTIMATORS: [Estimator; 4] =
    [james_stein, james_stein_positive, james_stein_grand_mean, james_stein_grand_mean_positive];

/// (data, variances), of all sizes from far below to far above the noise.
fn data_sets() -> impl Iterator<Item = (Vec<f64>, RegionScales)> {
    (0..200).map(|index| {
        let mut rng = stream(30, "laws", index);
        let mut ratio = || 10.0_f64.powf(4.0 * uniform(&mut rng) - 2.0);
        let (scale, school_var, region_var) = (ratio(), ratio(), ratio());
        let mut y = vec![0.0; 20];
        fill_standard_normal(&mut rng, &mut y);
        y.iter_mut().for_each(|y| *y *= scale);
        (y, RegionScales { noise_var: 1.0, school_var, region_var })
    })
}

#[track_caller]
fn assert_all_close(a: &[f64], b: impl IntoIterator<Item = f64>) {
    for (a, b) in a.iter().zip(b) {
        assert!((a - b).abs() <= 1e-9 * (1.0 + a.abs()), "{a} {b}");
    }
}

#[test]
fn positive_parts_lie_between_y_and_the_center() {
    for (y, _) in data_sets() {
        for estimate in [james_stein_positive, james_stein_grand_mean_positive] {
            let shrunken = estimate(&y, 1.0).unwrap();
            for (estimate, y) in shrunken.estimates.iter().zip(&y) {
                let (low, high) = (y.min(shrunken.center), y.max(shrunken.center));
                assert!(
                    (low - 1e-12..=high + 1e-12).contains(estimate),
                    "{estimate} is outside {low} to {high}"
                );
            }
        }
    }
}

#[test]
fn the_unit_of_measurement_does_not_matter() {
    for (y, _) in data_sets() {
        let in_cents: Vec<f64> = y.iter().map(|y| 100.0 * y).collect();
        for estimate in ESTIMATORS {
            let estimates = estimate(&y, 1.0).unwrap().estimates;
            assert_all_close(
                &estimate(&in_cents, 1e4).unwrap().estimates,
                estimates.iter().map(|e| 100.0 * e),
            );
        }
    }
}

#[test]
fn only_the_grand_mean_moves_with_the_data() {
    for (y, _) in data_sets() {
        let moved: Vec<f64> = y.iter().map(|y| y + 3.0).collect();
        for estimate in [james_stein_grand_mean, james_stein_grand_mean_positive] {
            let estimates = estimate(&y, 1.0).unwrap().estimates;
            assert_all_close(&estimate(&moved, 1.0).unwrap().estimates, estimates.iter().map(|e| e + 3.0));
        }
    }
}

#[test]
fn full_bayes_has_its_limits() {
    for (y, scales) in data_sets() {
        let bayes = |scales| regions::full_bayes(&y, &SIZES, scales).unwrap().estimates;
        let far_regions = bayes(RegionScales { region_var: 1e14, ..scales });
        assert_all_close(&far_regions, regions::shrink_to_region_mean(&y, &SIZES, scales).unwrap().estimates);
        let one_level = bayes(RegionScales { region_var: 0.0, ..scales });
        assert_all_close(&one_level, estimators::bayes(&y, 1.0, scales.school_var).unwrap().estimates);
        let no_noise = bayes(RegionScales { noise_var: 1e-14, ..scales });
        assert_all_close(&no_noise, y.iter().copied());
    }
}

#[test]
fn posterior_means_are_those_of_the_model() {
    for (y, scales) in data_sets() {
        let posterior = models::RegionPosterior::new(&y, &SIZES, scales).unwrap();
        let RegionEstimates { estimates, rules } = regions::full_bayes(&y, &SIZES, scales).unwrap();
        assert_all_close(&posterior.mu_mean, estimates);
        assert_all_close(&posterior.theta_mean, rules.iter().map(|rule| rule.center));
        let risk: f64 = posterior.mu_sd.iter().map(|sd| sd * sd).sum();
        assert_all_close(&[estimators::risk::regions::average::full_bayes(&SIZES, scales).unwrap()], [risk]);
    }
}

#[test]
fn rules_give_the_estimates_of_their_estimators() {
    for (y, scales) in data_sets() {
        let mut rules = [estimators::ShrinkageRule::UNPOOLED; 4];
        let mut estimates = vec![0.0; 20];
        let mut check = |rules: &[_], expected: RegionEstimates| {
            regions::estimate_into(&y, &SIZES, rules, &mut estimates).unwrap();
            assert_eq!((rules, &estimates), (&*expected.rules, &expected.estimates));
        };
        regions::pool_in_region_rules(&y, &SIZES, &mut rules).unwrap();
        check(&rules, regions::pool_in_region(&y, &SIZES).unwrap());
        regions::shrink_to_region_mean_rules(&y, &SIZES, scales, &mut rules).unwrap();
        check(&rules, regions::shrink_to_region_mean(&y, &SIZES, scales).unwrap());
        regions::full_bayes_rules(&y, &SIZES, scales, &mut rules).unwrap();
        check(&rules, regions::full_bayes(&y, &SIZES, scales).unwrap());
        regions::pooled_empirical_bayes_rules(&y, &SIZES, 1.0, Truncation::PositivePart, &mut rules).unwrap();
        check(&rules, regions::pooled_empirical_bayes(&y, &SIZES, 1.0, Truncation::PositivePart).unwrap());
    }
}
