//! Risks averaged over the prior mu_i ~ N(0, A), in units of the noise variance.
//!
//! Model: y_i ~ N(mu_i, 1), i = 1…n; `prior_ratio` is A = V_mu/V_y ≥ 0. A risk
//! is the expected total squared error over truth and noise.

use stats::special::{chi_square_cdf, chi_square_survival};

use crate::error::{EstimateError, check_not_negative, check_units};

/// Risk n of y itself.
#[must_use]
pub fn mle(num_units: usize) -> f64 {
    num_units as f64
}

/// Risk nA of estimating 0, whatever the data.
#[must_use]
pub fn zero(num_units: usize, prior_ratio: f64) -> f64 {
    num_units as f64 * prior_ratio
}

/// Risk nA/(A+1) of the Bayes rule with the right A, the least there is.
///
/// # Source
/// Efron & Morris 1973, JASA 68:117–130.
#[must_use]
pub fn bayes(num_units: usize, prior_ratio: f64) -> f64 {
    num_units as f64 * prior_ratio / (prior_ratio + 1.0)
}

/// Risk n(A'² + A)/(A'+1)² of the Bayes rule that assumes A' where A is true.
///
/// It holds for any prior with variance A. Above n, that of y, if and only if A > 2A' + 1.
///
/// # Source
/// Second moments of a linear rule; derived here.
#[must_use]
pub fn bayes_with_assumed(num_units: usize, prior_ratio: f64, assumed_ratio: f64) -> f64 {
    let kept = assumed_ratio / (assumed_ratio + 1.0);
    let removed = 1.0 / (assumed_ratio + 1.0);
    num_units as f64 * (kept * kept + prior_ratio * removed * removed)
}

/// What assuming A' costs above the right A: n(A − A')²/((A+1)(A'+1)²).
///
/// # Source
/// As [`bayes_with_assumed`].
#[must_use]
pub fn wrong_prior_excess(num_units: usize, prior_ratio: f64, assumed_ratio: f64) -> f64 {
    let relative = (prior_ratio - assumed_ratio) / (assumed_ratio + 1.0);
    num_units as f64 * relative * relative / (prior_ratio + 1.0)
}

/// Risk (nA + 2)/(A+1) of James–Stein toward 0.
///
/// # Errors
/// [`EstimateError::TooFewUnits`] if n < 3.
///
/// # Source
/// Efron & Morris 1973, JASA 68:117–130.
pub fn james_stein(num_units: usize, prior_ratio: f64) -> Result<f64, EstimateError> {
    check_units("James–Stein toward 0", 3, num_units)?;
    Ok((num_units as f64 * prior_ratio + 2.0) / (prior_ratio + 1.0))
}

/// Risk (nA + 3)/(A+1) of James–Stein toward the grand mean.
///
/// # Errors
/// [`EstimateError::TooFewUnits`] if n < 4.
///
/// # Source
/// Efron & Morris 1973, JASA 68:117–130.
pub fn james_stein_grand_mean(num_units: usize, prior_ratio: f64) -> Result<f64, EstimateError> {
    check_units("James–Stein toward the mean", 4, num_units)?;
    Ok((num_units as f64 * prior_ratio + 3.0) / (prior_ratio + 1.0))
}

/// Risk of the positive part of James–Stein toward 0.
///
/// With t = (n−2)/(A+1) and P, Q the chi-square distribution function and its complement:
///
/// ```text
/// n Q(t; n) − (n−2)/(A+1) Q(t; n−2) + (A+1) n P(t; n+2) − n P(t; n)
/// ```
///
/// # Errors
/// [`EstimateError::TooFewUnits`] if n < 3; [`EstimateError::VarianceNegative`].
///
/// # Source
/// As [`super::fixed_truth::james_stein_positive`], with S/(A+1) chi-square; derived here.
pub fn james_stein_positive(num_units: usize, prior_ratio: f64) -> Result<f64, EstimateError> {
    check_units("James–Stein toward 0", 3, num_units)?;
    check_not_negative("prior variance", prior_ratio)?;
    let n = num_units as f64;
    let total_var = prior_ratio + 1.0;
    let t = (n - 2.0) / total_var;
    Ok(n * chi_square_survival(t, n) - t * chi_square_survival(t, n - 2.0)
        + total_var * n * chi_square_cdf(t, n + 2.0)
        - n * chi_square_cdf(t, n))
}

/// Risk of the positive part of James–Stein toward the grand mean: 1 and that of n−1 dimensions.
///
/// # Errors
/// [`EstimateError::TooFewUnits`] if n < 4; [`EstimateError::VarianceNegative`].
///
/// # Source
/// As [`james_stein_positive`].
pub fn james_stein_grand_mean_positive(num_units: usize, prior_ratio: f64) -> Result<f64, EstimateError> {
    check_units("James–Stein toward the mean", 4, num_units)?;
    Ok(1.0 + james_stein_positive(num_units - 1, prior_ratio)?)
}

/// The share of the possible saving that a risk misses: 0 for Bayes, 1 for y, above 1 for worse.
///
/// NaN if there is nothing to save.
///
/// # Source
/// Efron & Morris 1973, JASA 68:117–130, "relative savings loss".
#[must_use]
pub fn relative_savings_loss(risk: f64, bayes_risk: f64, mle_risk: f64) -> f64 {
    (risk - bayes_risk) / (mle_risk - bayes_risk)
}

/// Risk Σ V_i V_mu/(V_i + V_mu) of the Bayes rule for unequal noise variances, in their unit.
///
/// # Source
/// Efron & Morris 1975, JASA 70:311–319, § 3 on unequal variances.
#[must_use]
pub fn bayes_unequal_noise(noise_vars: &[f64], prior_var: f64) -> f64 {
    noise_vars.iter().map(|v| v * prior_var / (v + prior_var)).sum()
}
