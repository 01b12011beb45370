//! Estimators for schools in regions.
//!
//! Model: y_i ~ N(mu_i, V_y), mu_i ~ N(theta_k, V_mu), theta_k ~ N(0, V_theta),
//! with the design as `sizes`, the number of schools in each region, and `y`
//! region by region. Each estimator is one [`ShrinkageRule`] for each region;
//! the functions ending in `_rules` fill a slice of them without allocating,
//! for [`squared_error`] and [`estimate_into`] to use.
//!
//! To ignore the regions, use [`crate::james_stein`] and its kin, or
//! [`bayes_ignoring_regions`].

use models::RegionScales;
use stats::summary::{mean, sum_sq_about};

use crate::error::{EstimateError, check_length, check_not_negative, check_positive, check_units};
use crate::james_stein::toward_mean;
use crate::{ShrinkageRule, Shrunken, Truncation};

/// Estimates and the rule of each region that gave them.
#[derive(Clone, Debug, PartialEq)]
pub struct RegionEstimates {
    /// One estimate for each school, in the order of `y`.
    pub estimates: Vec<f64>,
    /// One rule for each region.
    pub rules: Vec<ShrinkageRule>,
}

/// Estimates of an estimator that small regions do not have.
#[derive(Clone, Debug, PartialEq)]
pub struct PartialRegionEstimates {
    /// One estimate for each school; where the region's rule is an error, y itself.
    pub estimates: Vec<f64>,
    /// One rule for each region, or why it has none.
    pub rules: Vec<Result<ShrinkageRule, EstimateError>>,
}

/// Mean of each region, in the unit of `y`.
///
/// # Errors
/// [`EstimateError::EmptyRegion`], [`EstimateError::LengthMismatch`].
pub fn region_means(y: &[f64], sizes: &[usize]) -> Result<Vec<f64>, EstimateError> {
    check_design(y, sizes)?;
    Ok(slices(y, sizes).map(mean).collect())
}

/// Writes the mean of each region.
///
/// # Errors
/// As [`region_means`], also if `means` is not as long as `sizes`.
pub fn region_means_into(y: &[f64], sizes: &[usize], means: &mut [f64]) -> Result<(), EstimateError> {
    check_design(y, sizes)?;
    check_length("region means", sizes.len(), means.len())?;
    means.iter_mut().zip(slices(y, sizes)).for_each(|(out, region)| *out = mean(region));
    Ok(())
}

/// W, the sum of squares of schools about their own region's mean.
///
/// # Errors
/// As [`region_means`].
pub fn within_sum_sq(y: &[f64], sizes: &[usize]) -> Result<f64, EstimateError> {
    check_design(y, sizes)?;
    Ok(slices(y, sizes).map(|region| sum_sq_about(region, mean(region))).sum())
}

/// Complete pooling: each school's estimate is its region's mean.
///
/// # Errors
/// As [`region_means`].
pub fn pool_in_region(y: &[f64], sizes: &[usize]) -> Result<RegionEstimates, EstimateError> {
    estimates(y, sizes, |rules| pool_in_region_rules(y, sizes, rules))
}

/// The rules of [`pool_in_region`].
///
/// # Errors
/// As [`region_means_into`].
pub fn pool_in_region_rules(
    y: &[f64],
    sizes: &[usize],
    rules: &mut [ShrinkageRule],
) -> Result<(), EstimateError> {
    fill_rules(y, sizes, rules, |region| ShrinkageRule { shrinkage: 1.0, center: mean(region) })
}

/// Estimates ȳ_k + (1 − B)(y_i − ȳ_k) with the known B = V_y/(V_y + V_mu); V_theta is not used.
///
/// # Errors
/// As [`region_means`]; [`EstimateError::VarianceNotPositive`], [`EstimateError::VarianceNegative`].
///
/// # Source
/// Efron & Morris 1973, JASA 68:117–130, in each region.
pub fn shrink_to_region_mean(
    y: &[f64],
    sizes: &[usize],
    scales: RegionScales,
) -> Result<RegionEstimates, EstimateError> {
    estimates(y, sizes, |rules| shrink_to_region_mean_rules(y, sizes, scales, rules))
}

/// The rules of [`shrink_to_region_mean`].
///
/// # Errors
/// As [`shrink_to_region_mean`] and [`region_means_into`].
pub fn shrink_to_region_mean_rules(
    y: &[f64],
    sizes: &[usize],
    scales: RegionScales,
    rules: &mut [ShrinkageRule],
) -> Result<(), EstimateError> {
    check_scales(scales)?;
    let shrinkage = noise_share(scales);
    fill_rules(y, sizes, rules, |region| ShrinkageRule { shrinkage, center: mean(region) })
}

/// James–Stein toward the mean in each region, with factor (n_k − 3) V_y/W_k.
///
/// Not defined in regions of fewer than four schools: their rule is
/// [`EstimateError::TooFewUnits`] and their estimates are y.
///
/// # Errors
/// As [`region_means`]; [`EstimateError::VarianceNotPositive`].
///
/// # Source
/// Lindley 1962, discussion of Stein, JRSS B 24:285–287, in each region.
pub fn james_stein_by_region(
    y: &[f64],
    sizes: &[usize],
    noise_var: f64,
    truncation: Truncation,
) -> Result<PartialRegionEstimates, EstimateError> {
    let mut rules = vec![Ok(ShrinkageRule::UNPOOLED); sizes.len()];
    james_stein_by_region_rules(y, sizes, noise_var, truncation, &mut rules)?;
    let defined: Vec<_> = rules.iter().map(|rule| rule.unwrap_or(ShrinkageRule::UNPOOLED)).collect();
    let mut estimates = vec![0.0; y.len()];
    estimate_into(y, sizes, &defined, &mut estimates)?;
    Ok(PartialRegionEstimates { estimates, rules })
}

/// The rules of [`james_stein_by_region`], an error where a region has none.
///
/// # Errors
/// As [`james_stein_by_region`] and [`region_means_into`].
pub fn james_stein_by_region_rules(
    y: &[f64],
    sizes: &[usize],
    noise_var: f64,
    truncation: Truncation,
    rules: &mut [Result<ShrinkageRule, EstimateError>],
) -> Result<(), EstimateError> {
    check_positive("noise variance", noise_var)?;
    fill_rules(y, sizes, rules, |region| toward_mean(region, noise_var, truncation))
}

/// Empirical Bayes with one factor (n − K − 2) V_y/W for all K regions, toward each region's mean.
///
/// # Errors
/// As [`region_means`]; [`EstimateError::TooFewUnits`] unless n ≥ K + 3;
/// [`EstimateError::VarianceNotPositive`].
///
/// # Source
/// Efron & Morris 1973, JASA 68:117–130; the factor is unbiased for B, since
/// W/(V_y + V_mu) is chi-square with n − K degrees of freedom.
pub fn pooled_empirical_bayes(
    y: &[f64],
    sizes: &[usize],
    noise_var: f64,
    truncation: Truncation,
) -> Result<RegionEstimates, EstimateError> {
    estimates(y, sizes, |rules| pooled_empirical_bayes_rules(y, sizes, noise_var, truncation, rules))
}

/// The rules of [`pooled_empirical_bayes`].
///
/// # Errors
/// As [`pooled_empirical_bayes`] and [`region_means_into`].
pub fn pooled_empirical_bayes_rules(
    y: &[f64],
    sizes: &[usize],
    noise_var: f64,
    truncation: Truncation,
    rules: &mut [ShrinkageRule],
) -> Result<(), EstimateError> {
    check_positive("noise variance", noise_var)?;
    check_pooled_units(y.len(), sizes.len())?;
    fill_rules(y, sizes, rules, |region| ShrinkageRule { shrinkage: 0.0, center: mean(region) })?;
    let within: f64 =
        slices(y, sizes).zip(&*rules).map(|(region, rule)| sum_sq_about(region, rule.center)).sum();
    let multiple = (y.len() - sizes.len() - 2) as f64 * noise_var;
    let shrinkage = truncation.shrinkage(multiple, within);
    rules.iter_mut().for_each(|rule| rule.shrinkage = shrinkage);
    Ok(())
}

/// Posterior means (1 − B) y_i + B m_k with all variances known, m_k = E[theta_k | y].
///
/// With tau_k = (V_mu + V_y)/n_k, m_k = ȳ_k V_theta/(V_theta + tau_k).
///
/// # Errors
/// As [`shrink_to_region_mean`].
///
/// # Source
/// Lindley & Smith 1972, JRSS B 34:1–41; Gelman et al., Bayesian Data Analysis, 3rd ed., § 5.4.
pub fn full_bayes(
    y: &[f64],
    sizes: &[usize],
    scales: RegionScales,
) -> Result<RegionEstimates, EstimateError> {
    estimates(y, sizes, |rules| full_bayes_rules(y, sizes, scales, rules))
}

/// The rules of [`full_bayes`]; each centre is the posterior mean m_k of the region.
///
/// # Errors
/// As [`shrink_to_region_mean`] and [`region_means_into`].
pub fn full_bayes_rules(
    y: &[f64],
    sizes: &[usize],
    scales: RegionScales,
    rules: &mut [ShrinkageRule],
) -> Result<(), EstimateError> {
    full_bayes_about_rules(y, sizes, scales, 0.0, rules)
}

/// The rules of [`full_bayes`] for region means theta_k ~ N(`prior_mean`, V_theta).
///
/// # Errors
/// As [`full_bayes_rules`].
pub fn full_bayes_about_rules(
    y: &[f64],
    sizes: &[usize],
    scales: RegionScales,
    prior_mean: f64,
    rules: &mut [ShrinkageRule],
) -> Result<(), EstimateError> {
    check_scales(scales)?;
    let shrinkage = noise_share(scales);
    fill_rules(y, sizes, rules, |region| {
        let mean_var = (scales.school_var + scales.noise_var) / region.len() as f64;
        let offset = mean(region) - prior_mean;
        let center = prior_mean + offset * scales.region_var / (scales.region_var + mean_var);
        ShrinkageRule { shrinkage, center }
    })
}

/// The Bayes rule that knows V_mu + V_theta but not who is in which region: toward 0, for all schools.
///
/// # Errors
/// [`EstimateError::VarianceNotPositive`], [`EstimateError::VarianceNegative`].
pub fn bayes_ignoring_regions(y: &[f64], scales: RegionScales) -> Result<Shrunken, EstimateError> {
    check_scales(scales)?;
    crate::bayes(y, scales.noise_var, scales.school_var + scales.region_var)
}

/// Writes the estimates that one rule for each region gives.
///
/// # Errors
/// As [`region_means`], also if a slice has another length.
pub fn estimate_into(
    y: &[f64],
    sizes: &[usize],
    rules: &[ShrinkageRule],
    estimates: &mut [f64],
) -> Result<(), EstimateError> {
    check_design(y, sizes)?;
    check_length("rules", sizes.len(), rules.len())?;
    check_length("estimates", y.len(), estimates.len())?;
    let mut rest = estimates;
    for (region, rule) in slices(y, sizes).zip(rules) {
        let (head, tail) = rest.split_at_mut(region.len());
        rule.estimate_into(region, head);
        rest = tail;
    }
    Ok(())
}

/// Total squared error of the estimates that one rule for each region gives, without storing them.
///
/// # Errors
/// As [`region_means`], also if a slice has another length.
pub fn squared_error(
    y: &[f64],
    truth: &[f64],
    sizes: &[usize],
    rules: &[ShrinkageRule],
) -> Result<f64, EstimateError> {
    check_design(y, sizes)?;
    check_length("true means", y.len(), truth.len())?;
    check_length("rules", sizes.len(), rules.len())?;
    let regions = slices(y, sizes).zip(slices(truth, sizes)).zip(rules);
    Ok(regions.map(|((y, truth), rule)| rule.squared_error(y, truth)).sum())
}

/// [`squared_error`] where no estimate moves further than `max_move` from y: limited translation.
///
/// # Errors
/// As [`squared_error`].
///
/// # Source
/// [`ShrinkageRule::limited_estimate`].
pub fn limited_squared_error(
    y: &[f64],
    truth: &[f64],
    sizes: &[usize],
    rules: &[ShrinkageRule],
    max_move: f64,
) -> Result<f64, EstimateError> {
    check_design(y, sizes)?;
    check_length("true means", y.len(), truth.len())?;
    check_length("rules", sizes.len(), rules.len())?;
    let regions = slices(y, sizes).zip(slices(truth, sizes)).zip(rules);
    Ok(regions.map(|((y, truth), rule)| rule.limited_squared_error(y, truth, max_move)).sum())
}

/// B = V_y/(V_y + V_mu).
pub(crate) fn noise_share(scales: RegionScales) -> f64 {
    scales.noise_var / (scales.noise_var + scales.school_var)
}

/// Refuses scales that the model does not have.
pub(crate) fn check_scales(scales: RegionScales) -> Result<(), EstimateError> {
    check_positive("noise variance", scales.noise_var)?;
    check_not_negative("variance between schools", scales.school_var)?;
    check_not_negative("variance between regions", scales.region_var)
}

/// Refuses empty regions, and values that are not one for each school.
pub(crate) fn check_design(y: &[f64], sizes: &[usize]) -> Result<(), EstimateError> {
    check_sizes(sizes)?;
    check_length("values, one for each school,", sizes.iter().sum(), y.len())
}

/// Refuses empty regions and an empty design.
pub(crate) fn check_sizes(sizes: &[usize]) -> Result<(), EstimateError> {
    check_units("A design of regions", 1, sizes.len())?;
    match sizes.iter().position(|&size| size == 0) {
        Some(region) => Err(EstimateError::EmptyRegion { region }),
        None => Ok(()),
    }
}

/// Refuses designs without three degrees of freedom within regions.
pub(crate) fn check_pooled_units(num_schools: usize, num_regions: usize) -> Result<(), EstimateError> {
    check_units("Empirical Bayes with one factor for all regions", num_regions + 3, num_schools)
}

/// The schools of each region in turn.
pub(crate) fn slices<'a>(values: &'a [f64], sizes: &'a [usize]) -> impl Iterator<Item = &'a [f64]> {
    let mut rest = values;
    sizes.iter().map(move |&size| {
        let (region, tail) = rest.split_at(size);
        rest = tail;
        region
    })
}

fn fill_rules<Rule>(
    y: &[f64],
    sizes: &[usize],
    rules: &mut [Rule],
    mut rule_of: impl FnMut(&[f64]) -> Rule,
) -> Result<(), EstimateError> {
    check_design(y, sizes)?;
    check_length("rules", sizes.len(), rules.len())?;
    rules.iter_mut().zip(slices(y, sizes)).for_each(|(rule, region)| *rule = rule_of(region));
    Ok(())
}

fn estimates(
    y: &[f64],
    sizes: &[usize],
    fill: impl FnOnce(&mut [ShrinkageRule]) -> Result<(), EstimateError>,
) -> Result<RegionEstimates, EstimateError> {
    let mut rules = vec![ShrinkageRule::UNPOOLED; sizes.len()];
    fill(&mut rules)?;
    let mut estimates = vec![0.0; y.len()];
    estimate_into(y, sizes, &rules, &mut estimates)?;
    Ok(RegionEstimates { estimates, rules })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCALES: RegionScales = RegionScales { noise_var: 1.0, school_var: 3.0, region_var: 2.0 };
    const SIZES: [usize; 3] = [4, 1, 2];
    const Y: [f64; 7] = [1.0, 2.0, 3.0, 6.0, 10.0, -4.0, -2.0];

    #[test]
    fn region_means_by_hand() {
        assert_eq!(region_means(&Y, &SIZES).unwrap(), [3.0, 10.0, -3.0]);
        let mut means = [0.0; 3];
        region_means_into(&Y, &SIZES, &mut means).unwrap();
        assert_eq!(means, [3.0, 10.0, -3.0]);
        assert_eq!(within_sum_sq(&Y, &SIZES).unwrap(), 16.0);
        assert_eq!(pool_in_region(&Y, &SIZES).unwrap().estimates, [3.0, 3.0, 3.0, 3.0, 10.0, -3.0, -3.0]);
    }

    #[test]
    fn factors_by_hand() {
        assert_eq!(shrink_to_region_mean(&Y, &SIZES, SCALES).unwrap().estimates[..2], [1.5, 2.25]);
        // W = 16, n − K − 2 = 2.
        let pooled = pooled_empirical_bayes(&Y, &SIZES, 4.0, Truncation::Plain).unwrap();
        assert!(pooled.rules.iter().all(|rule| rule.shrinkage == 0.5));
        assert_eq!(pooled.estimates, [2.0, 2.5, 3.0, 4.5, 10.0, -3.5, -2.5]);
        // tau = 1, 4, 2 against V_theta = 2, B = 1/4.
        let bayes = full_bayes(&Y, &SIZES, SCALES).unwrap();
        let centers: Vec<f64> = bayes.rules.iter().map(|rule| rule.center).collect();
        for (center, by_hand) in centers.iter().zip([2.0, 10.0 / 3.0, -1.5]) {
            assert!((center - by_hand).abs() < 1e-15);
        }
        assert_eq!(bayes.estimates[0], 1.25);
        assert_eq!(bayes_ignoring_regions(&Y, SCALES).unwrap().shrinkage, 1.0 / 6.0);
        // About another mean: shifted, estimated, shifted back.
        let mut rules = [ShrinkageRule::UNPOOLED; 3];
        full_bayes_about_rules(&Y.map(|y| y + 7.0), &SIZES, SCALES, 7.0, &mut rules).unwrap();
        for (rule, about_zero) in rules.iter().zip(&bayes.rules) {
            assert!((rule.center - 7.0 - about_zero.center).abs() < 1e-12);
        }
    }

    #[test]
    fn small_regions_say_why_they_are_not_shrunk() {
        let result = james_stein_by_region(&Y, &SIZES, 7.0, Truncation::Plain).unwrap();
        assert_eq!(result.rules[0], Ok(ShrinkageRule { shrinkage: 0.5, center: 3.0 })); // W_1 = 14
        assert!(matches!(result.rules[1], Err(EstimateError::TooFewUnits { needed: 4, found: 1, .. })));
        assert_eq!(result.estimates, [2.0, 2.5, 3.0, 4.5, 10.0, -4.0, -2.0]);
    }

    #[test]
    fn impossible_designs_are_refused() {
        assert!(matches!(region_means(&Y, &[7, 0]), Err(EstimateError::EmptyRegion { region: 1 })));
        assert!(matches!(
            region_means(&Y, &[3, 3]),
            Err(EstimateError::LengthMismatch { expected: 6, found: 7, .. })
        ));
        assert!(region_means(&[], &[]).is_err());
        let few = pooled_empirical_bayes(&Y[..5], &SIZES[..2], 1.0, Truncation::Plain);
        assert!(few.is_ok());
        let few = pooled_empirical_bayes(&Y[..6], &[2, 2, 1, 1], 1.0, Truncation::Plain);
        assert!(matches!(few, Err(EstimateError::TooFewUnits { needed: 7, found: 6, .. })));
        let negative = RegionScales { school_var: -1.0, ..SCALES };
        assert!(matches!(full_bayes(&Y, &SIZES, negative), Err(EstimateError::VarianceNegative { .. })));
    }

    #[test]
    fn losses_need_no_stored_estimates() {
        let truth = [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0];
        let RegionEstimates { estimates, rules } = full_bayes(&Y, &SIZES, SCALES).unwrap();
        let stored = crate::squared_error(&estimates, &truth);
        assert!((squared_error(&Y, &truth, &SIZES, &rules).unwrap() - stored).abs() < 1e-12);
        let limited = |limit| limited_squared_error(&Y, &truth, &SIZES, &rules, limit).unwrap();
        assert!((limited(1e6) - stored).abs() < 1e-12);
        assert!((limited(0.0) - crate::squared_error(&Y, &truth)).abs() < 1e-12);
    }

    #[test]
    fn no_variance_between_schools_or_regions_pools_completely() {
        let scales = RegionScales { school_var: 0.0, region_var: 0.0, ..SCALES };
        assert_eq!(full_bayes(&Y, &SIZES, scales).unwrap().estimates, [0.0; 7]);
        let pooled = pool_in_region(&Y, &SIZES).unwrap().estimates;
        assert_eq!(shrink_to_region_mean(&Y, &SIZES, scales).unwrap().estimates, pooled);
    }
}
