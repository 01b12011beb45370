//! Risks for one drawn truth mu, over new noise.

use stats::summary::{mean, sum_sq_about};

use super::{LinearRule, RegionTruth};
use crate::Truncation;
use crate::error::{EstimateError, check_positive};
use crate::regions::{check_design, check_pooled_units, slices, within_sum_sq};
use crate::risk::fixed_truth;

/// Risk of a linear rule, given mu.
///
/// With B' the share removed from schools, c'_k from region means and g_k = B'c'_k:
///
/// ```text
/// Σ_k (n_k−1)(1−B')² V_y + B'² S_k + (1−g_k)² V_y + n_k g_k² (mean of mu in k − prior mean)²
/// ```
///
/// # Errors
/// [`EstimateError`] if the design, `noise_var` or an assumed variance is impossible.
///
/// # Source
/// Bias and variance of each part; derived here.
pub fn linear(
    truth: &[f64],
    sizes: &[usize],
    noise_var: f64,
    rule: LinearRule,
) -> Result<f64, EstimateError> {
    check_design(truth, sizes)?;
    check_positive("noise variance", noise_var)?;
    rule.check()?;
    let of_region = |region: &[f64]| {
        let center = mean(region);
        let offset = center - rule.prior_mean();
        let truth = RegionTruth {
            size: region.len() as f64,
            within: sum_sq_about(region, center),
            offset_sq: offset * offset,
        };
        rule.risk(noise_var, &truth)
    };
    Ok(slices(truth, sizes).map(of_region).sum())
}

/// Risk of James–Stein toward the mean in each region, given mu; regions of fewer than four schools keep y.
///
/// # Errors
/// [`EstimateError`] if the design or `noise_var` is impossible.
///
/// # Source
/// [`fixed_truth::james_stein_grand_mean`] and its positive part, in each region.
pub fn james_stein_by_region(
    truth: &[f64],
    sizes: &[usize],
    noise_var: f64,
    truncation: Truncation,
) -> Result<f64, EstimateError> {
    check_design(truth, sizes)?;
    check_positive("noise variance", noise_var)?;
    let mut total = 0.0;
    for region in slices(truth, sizes) {
        let noncentrality = fixed_truth::noncentrality_about_mean(region, noise_var);
        total += match (region.len(), truncation) {
            (size @ ..4, _) => size as f64,
            (size, Truncation::Plain) => fixed_truth::james_stein_grand_mean(size, noncentrality)?,
            (size, Truncation::PositivePart) => {
                fixed_truth::james_stein_grand_mean_positive(size, noncentrality)?
            }
        };
    }
    Ok(total * noise_var)
}

/// Risk of empirical Bayes with one factor for all regions, given mu.
///
/// V_y[n − (n−K−2)² E[1/(n−K−2+2J)]], J ~ Poisson(Σ S_k/(2V_y)), for the plain form.
///
/// # Errors
/// [`EstimateError`] if the design or `noise_var` is impossible, or n < K + 3.
///
/// # Source
/// [`fixed_truth::james_stein`] in the n−K dimensions within regions.
pub fn pooled_empirical_bayes(
    truth: &[f64],
    sizes: &[usize],
    noise_var: f64,
    truncation: Truncation,
) -> Result<f64, EstimateError> {
    let noncentrality = within_sum_sq(truth, sizes)? / noise_var;
    check_positive("noise variance", noise_var)?;
    check_pooled_units(truth.len(), sizes.len())?;
    let num_within = truth.len() - sizes.len();
    let within = match truncation {
        Truncation::Plain => fixed_truth::james_stein(num_within, noncentrality)?,
        Truncation::PositivePart => fixed_truth::james_stein_positive(num_within, noncentrality)?,
    };
    Ok(noise_var * (sizes.len() as f64 + within))
}
