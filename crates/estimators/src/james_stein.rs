//! James–Stein estimators of normal means with one known variance.
//!
//! Model: y_i ~ N(mu_i, `noise_var`), independent, i = 1…n. The functions ending
//! in `_factor` give the rule without allocating.

use stats::summary::{mean, sum_sq_about};

use crate::error::{EstimateError, check_positive, check_units};
use crate::{ShrinkageRule, Shrunken, Truncation};

/// Estimates (1 − (n−2) V/S) y with S = Σ y², for n ≥ 3.
///
/// # Errors
/// [`EstimateError::TooFewUnits`] if n < 3; [`EstimateError::VarianceNotPositive`].
///
/// # Source
/// James & Stein 1961, Proc. 4th Berkeley Symp. 1:361–379.
pub fn james_stein(y: &[f64], noise_var: f64) -> Result<Shrunken, EstimateError> {
    Ok(james_stein_factor(y, noise_var)?.shrink(y))
}

/// Estimates (1 − (n−2) V/S)₊ y with S = Σ y², for n ≥ 3.
///
/// # Errors
/// As [`james_stein`].
///
/// # Source
/// Baranchik 1964, Stanford Technical Report 51; Efron & Morris 1973, JASA 68:117–130.
pub fn james_stein_positive(y: &[f64], noise_var: f64) -> Result<Shrunken, EstimateError> {
    Ok(james_stein_positive_factor(y, noise_var)?.shrink(y))
}

/// Estimates ȳ + (1 − (n−3) V/S) (y − ȳ) with S = Σ (y − ȳ)², for n ≥ 4.
///
/// # Errors
/// [`EstimateError::TooFewUnits`] if n < 4; [`EstimateError::VarianceNotPositive`].
///
/// # Source
/// Lindley 1962, discussion of Stein, JRSS B 24:285–287; Efron & Morris 1973, JASA 68:117–130.
pub fn james_stein_grand_mean(y: &[f64], noise_var: f64) -> Result<Shrunken, EstimateError> {
    Ok(james_stein_grand_mean_factor(y, noise_var)?.shrink(y))
}

/// Estimates ȳ + (1 − (n−3) V/S)₊ (y − ȳ) with S = Σ (y − ȳ)², for n ≥ 4.
///
/// # Errors
/// As [`james_stein_grand_mean`].
///
/// # Source
/// As [`james_stein_grand_mean`], with the positive part of [`james_stein_positive`].
pub fn james_stein_grand_mean_positive(y: &[f64], noise_var: f64) -> Result<Shrunken, EstimateError> {
    Ok(james_stein_grand_mean_positive_factor(y, noise_var)?.shrink(y))
}

/// The rule of [`james_stein`].
///
/// # Errors
/// As [`james_stein`].
pub fn james_stein_factor(y: &[f64], noise_var: f64) -> Result<ShrinkageRule, EstimateError> {
    toward_zero(y, noise_var, Truncation::Plain)
}

/// The rule of [`james_stein_positive`].
///
/// # Errors
/// As [`james_stein`].
pub fn james_stein_positive_factor(y: &[f64], noise_var: f64) -> Result<ShrinkageRule, EstimateError> {
    toward_zero(y, noise_var, Truncation::PositivePart)
}

/// The rule of [`james_stein_grand_mean`].
///
/// # Errors
/// As [`james_stein_grand_mean`].
pub fn james_stein_grand_mean_factor(y: &[f64], noise_var: f64) -> Result<ShrinkageRule, EstimateError> {
    toward_mean(y, noise_var, Truncation::Plain)
}

/// The rule of [`james_stein_grand_mean_positive`].
///
/// # Errors
/// As [`james_stein_grand_mean`].
pub fn james_stein_grand_mean_positive_factor(
    y: &[f64],
    noise_var: f64,
) -> Result<ShrinkageRule, EstimateError> {
    toward_mean(y, noise_var, Truncation::PositivePart)
}

fn toward_zero(y: &[f64], noise_var: f64, truncation: Truncation) -> Result<ShrinkageRule, EstimateError> {
    check_units("James–Stein toward 0", 3, y.len())?;
    check_positive("noise variance", noise_var)?;
    let multiple = (y.len() - 2) as f64 * noise_var;
    Ok(ShrinkageRule { shrinkage: truncation.shrinkage(multiple, sum_sq_about(y, 0.0)), center: 0.0 })
}

/// Also the estimator within one region.
pub(crate) fn toward_mean(
    y: &[f64],
    noise_var: f64,
    truncation: Truncation,
) -> Result<ShrinkageRule, EstimateError> {
    check_units("James–Stein toward the mean", 4, y.len())?;
    check_positive("noise variance", noise_var)?;
    let center = mean(y);
    let multiple = (y.len() - 3) as f64 * noise_var;
    Ok(ShrinkageRule { shrinkage: truncation.shrinkage(multiple, sum_sq_about(y, center)), center })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn factors_by_hand() {
        let y = [1.0, 2.0, 3.0, 4.0]; // S = 30, about the mean 5
        assert_eq!(james_stein_factor(&y, 3.0).unwrap(), ShrinkageRule { shrinkage: 0.2, center: 0.0 });
        assert_eq!(
            james_stein_grand_mean_factor(&y, 2.0).unwrap(),
            ShrinkageRule { shrinkage: 0.4, center: 2.5 }
        );
        assert_eq!(james_stein(&y, 3.0).unwrap().estimates, [0.8, 1.6, 3.0 * 0.8, 3.2]);
        let shrunken = james_stein_grand_mean(&y, 2.0).unwrap();
        for (estimate, by_hand) in shrunken.estimates.iter().zip([1.6, 2.2, 2.8, 3.4]) {
            assert!((estimate - by_hand).abs() < 1e-14);
        }
    }

    #[test]
    fn positive_part_stops_at_the_center() {
        let y = [0.1, -0.1, 0.1, 0.3];
        assert!(james_stein_factor(&y, 1.0).unwrap().shrinkage > 1.0);
        assert_eq!(james_stein_positive(&y, 1.0).unwrap().estimates, [0.0; 4]);
        let at_mean = james_stein_grand_mean_positive(&y, 1.0).unwrap();
        assert!(at_mean.estimates.iter().all(|estimate| (estimate - 0.1).abs() < 1e-15));
    }

    #[test]
    fn data_at_the_center_stay_there() {
        assert_eq!(james_stein(&[0.0; 5], 1.0).unwrap().estimates, [0.0; 5]);
        let shrunken = james_stein_grand_mean(&[2.0; 5], 1.0).unwrap();
        assert_eq!((shrunken.shrinkage, shrunken.estimates), (1.0, vec![2.0; 5]));
    }

    #[test]
    fn too_few_units_are_refused() {
        let refused = james_stein(&[1.0, 2.0], 1.0).unwrap_err();
        assert_eq!(refused.to_string(), "James–Stein toward 0 needs at least 3 units, but there are 2");
        let refused = james_stein_grand_mean_positive(&[1.0, 2.0, 3.0], 1.0);
        assert!(matches!(refused, Err(EstimateError::TooFewUnits { needed: 4, found: 3, .. })));
        assert!(matches!(james_stein(&[1.0; 3], 0.0), Err(EstimateError::VarianceNotPositive { .. })));
    }
}
