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

#[cfg(test)]
mod tests {
    use super::*;

    const TRUTH: [f64; 9] = [1.0, 2.0, 0.5, 3.0, -1.0, -2.5, -2.0, 0.0, 4.0];
    const SIZES: [usize; 2] = [5, 4];

    #[test]
    fn linear_rules_by_hand() {
        let risk = |rule| linear(&TRUTH, &SIZES, 2.0, rule).unwrap();
        assert!((risk(LinearRule::Unpooled) - 18.0).abs() < 1e-12);
        // Two noisy means of variance 2/n_k for n_k schools, and the sums of squares within.
        let within = within_sum_sq(&TRUTH, &SIZES).unwrap();
        assert!((risk(LinearRule::PoolInRegion) - (4.0 + within)).abs() < 1e-12);
        assert!(
            (risk(LinearRule::ToRegionMean { school_var: 2.0 }) - (4.0 + 3.5 + 0.25 * within)).abs() < 1e-12
        );
        // No variance assumed at all: everything goes to the prior mean.
        let all = LinearRule::FullBayes { school_var: 0.0, region_var: 0.0, prior_mean: 1.0 };
        assert!((risk(all) - sum_sq_about(&TRUTH, 1.0)).abs() < 1e-12);
    }

    #[test]
    fn far_apart_truths_leave_nothing_to_save() {
        let far = TRUTH.map(|mu| 1e6 * mu);
        for truncation in [Truncation::Plain, Truncation::PositivePart] {
            assert!((james_stein_by_region(&far, &SIZES, 2.0, truncation).unwrap() - 18.0).abs() < 1e-9);
            assert!((pooled_empirical_bayes(&far, &SIZES, 2.0, truncation).unwrap() - 18.0).abs() < 1e-9);
        }
    }

    #[test]
    fn equal_truths_within_regions_cost_the_least() {
        let (truth, sizes) = ([5.0, 5.0, 5.0, 5.0, 5.0, -1.0, -1.0, -1.0], [5, 3]);
        // 3 V_y in the first region; the second keeps y.
        let by_region = james_stein_by_region(&truth, &sizes, 2.0, Truncation::Plain).unwrap();
        assert!((by_region - 12.0).abs() < 1e-12);
        let pooled = pooled_empirical_bayes(&truth, &sizes, 2.0, Truncation::Plain).unwrap();
        assert!((pooled - 2.0 * (2.0 + 2.0)).abs() < 1e-12);
        assert!(pooled_empirical_bayes(&truth, &sizes, 2.0, Truncation::PositivePart).unwrap() < pooled);
    }

    #[test]
    fn impossible_cases_are_refused() {
        assert!(linear(&TRUTH, &[5], 1.0, LinearRule::Unpooled).is_err());
        assert!(linear(&TRUTH, &SIZES, 0.0, LinearRule::Unpooled).is_err());
        assert!(pooled_empirical_bayes(&TRUTH, &[1; 9], 1.0, Truncation::Plain).is_err());
    }
}
