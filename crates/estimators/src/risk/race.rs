//! The chance that one estimator beats another on a single data set.

use stats::special::f_survival;

use crate::error::{EstimateError, check_not_negative, check_units};

/// P(total squared error of Bayes < that of y), for mu_i ~ N(0, A) with A known, V_y = 1.
///
/// P(F_{n,n} > (s − B)/(s + B)) with B = 1/(A+1) and s = √(4B − 3B²): the
/// difference of the losses is a quadratic form with n equal positive and n
/// equal negative eigenvalues. At n = 1 it is also the expected share of units
/// that Bayes brings closer.
///
/// # Errors
/// [`EstimateError::TooFewUnits`] if there is no unit; [`EstimateError::VarianceNegative`].
///
/// # Source
/// Derived here.
pub fn chance_bayes_beats_mle(num_units: usize, prior_ratio: f64) -> Result<f64, EstimateError> {
    check_units("A comparison", 1, num_units)?;
    check_not_negative("prior variance", prior_ratio)?;
    let b = 1.0 / (prior_ratio + 1.0);
    let s = (4.0 * b - 3.0 * b * b).sqrt();
    let n = num_units as f64;
    Ok(f_survival((s - b) / (s + b), n, n))
}
