//! Risks averaged over regions, schools and noise.

use models::RegionScales;
use stats::quadrature::integrate_half_line;

use super::{LinearRule, RegionTruth};
use crate::Truncation;
use crate::error::{EstimateError, check_units};
use crate::regions::{check_pooled_units, check_scales, check_sizes, noise_share};
use crate::risk::prior_average;

/// Risk n V_y of y itself.
///
/// # Errors
/// [`EstimateError`] if `sizes` or `scales` are impossible, as in every function here.
pub fn mle(sizes: &[usize], scales: RegionScales) -> Result<f64, EstimateError> {
    check(sizes, scales)?;
    Ok(num_schools(sizes) * scales.noise_var)
}

/// Risk n(V_mu + V_theta) of estimating 0.
///
/// # Errors
/// As [`mle`].
pub fn zero(sizes: &[usize], scales: RegionScales) -> Result<f64, EstimateError> {
    check(sizes, scales)?;
    Ok(num_schools(sizes) * (scales.school_var + scales.region_var))
}

/// Risk n V_y (1 − B) of the Bayes rule that is told the true theta: the least that can be hoped for.
///
/// # Errors
/// As [`mle`].
pub fn ideal(sizes: &[usize], scales: RegionScales) -> Result<f64, EstimateError> {
    check(sizes, scales)?;
    Ok(num_schools(sizes) * scales.noise_var * (1.0 - noise_share(scales)))
}

/// Risk Σ n_k [V_mu(1 − 1/n_k) + V_y/n_k] of complete pooling in each region.
///
/// Below that of y if and only if V_mu < V_y (with at least two schools in a region).
///
/// # Errors
/// As [`mle`].
///
/// # Source
/// Second moments; derived here.
pub fn pool_in_region(sizes: &[usize], scales: RegionScales) -> Result<f64, EstimateError> {
    check(sizes, scales)?;
    let of_region = |&size: &usize| (size - 1) as f64 * scales.school_var + scales.noise_var;
    Ok(sizes.iter().map(of_region).sum())
}

/// Risk V_y[n(1 − B) + K B] of shrinking to the region mean with B known.
///
/// # Errors
/// As [`mle`].
///
/// # Source
/// Efron & Morris 1973, JASA 68:117–130, in each region.
pub fn shrink_to_region_mean(sizes: &[usize], scales: RegionScales) -> Result<f64, EstimateError> {
    let ideal = ideal(sizes, scales)?;
    Ok(ideal + sizes.len() as f64 * noise_share(scales) * scales.noise_var)
}

/// Risk of James–Stein toward the mean in each region: Σ V_y[n_k − B(n_k − 3)] for the plain form.
///
/// Regions of fewer than four schools keep y, as in [`crate::regions::james_stein_by_region`].
///
/// # Errors
/// As [`mle`].
///
/// # Source
/// [`prior_average::james_stein_grand_mean`] and its positive part, in each region.
pub fn james_stein_by_region(
    sizes: &[usize],
    scales: RegionScales,
    truncation: Truncation,
) -> Result<f64, EstimateError> {
    check(sizes, scales)?;
    let ratio = scales.school_var / scales.noise_var;
    let mut total = 0.0;
    for &size in sizes {
        total += match (size, truncation) {
            (..4, _) => size as f64,
            (_, Truncation::Plain) => prior_average::james_stein_grand_mean(size, ratio)?,
            (_, Truncation::PositivePart) => prior_average::james_stein_grand_mean_positive(size, ratio)?,
        };
    }
    Ok(total * scales.noise_var)
}

/// Risk V_y[n − (n−K−2) B] of empirical Bayes with one factor for all regions, and its positive part.
///
/// # Errors
/// As [`mle`]; [`EstimateError::TooFewUnits`] unless n ≥ K + 3.
///
/// # Source
/// Efron & Morris 1973, JASA 68:117–130: James–Stein in the n−K dimensions within regions.
pub fn pooled_empirical_bayes(
    sizes: &[usize],
    scales: RegionScales,
    truncation: Truncation,
) -> Result<f64, EstimateError> {
    check(sizes, scales)?;
    let (num_schools, num_regions) = (sizes.iter().sum::<usize>(), sizes.len());
    check_pooled_units(num_schools, num_regions)?;
    let ratio = scales.school_var / scales.noise_var;
    let within = match truncation {
        Truncation::Plain => prior_average::james_stein(num_schools - num_regions, ratio)?,
        Truncation::PositivePart => prior_average::james_stein_positive(num_schools - num_regions, ratio)?,
    };
    Ok(scales.noise_var * (num_regions as f64 + within))
}

/// Risk Σ n_k [V_y(1 − B) + B² v_k] of the exact posterior mean, v_k = 1/(1/V_theta + 1/tau_k).
///
/// # Errors
/// As [`mle`].
///
/// # Source
/// The posterior variances; Lindley & Smith 1972, JRSS B 34:1–41.
pub fn full_bayes(sizes: &[usize], scales: RegionScales) -> Result<f64, EstimateError> {
    let ideal = ideal(sizes, scales)?;
    let b = noise_share(scales);
    let of_region = |&size: &usize| {
        let mean_var = mean_var(size, scales);
        size as f64 * b * b * mean_var * scales.region_var / (mean_var + scales.region_var)
    };
    Ok(ideal + sizes.iter().map(of_region).sum::<f64>())
}

/// Risk of a linear rule under any assumed variances where `scales` and `region_mean` are true.
///
/// - `region_mean`: the true mean of the theta_k, 0 in the model.
///
/// # Errors
/// As [`mle`], also for the assumed variances.
///
/// # Source
/// [`super::given_truth::linear`] averaged over the truth; derived here.
pub fn linear(
    sizes: &[usize],
    scales: RegionScales,
    region_mean: f64,
    rule: LinearRule,
) -> Result<f64, EstimateError> {
    check(sizes, scales)?;
    rule.check()?;
    let mean_offset = region_mean - rule.prior_mean();
    let of_region = |&size: &usize| {
        let size = size as f64;
        let truth = RegionTruth {
            size,
            within: (size - 1.0) * scales.school_var,
            offset_sq: scales.region_var + scales.school_var / size + mean_offset * mean_offset,
        };
        rule.risk(scales.noise_var, &truth)
    };
    Ok(sizes.iter().map(of_region).sum())
}

/// Risk n V_y − (n−2)² V_y² E[1/S] of James–Stein toward 0, regions ignored, S = Σ y².
///
/// With t = V_y + V_mu and d_k = t + n_k V_theta,
///
/// ```text
/// E[1/S] = ∫₀^∞ (1 + 2ts)^(−(n−K)/2) Π_k (1 + 2 d_k s)^(−1/2) ds
/// ```
///
/// # Errors
/// As [`mle`]; [`EstimateError::TooFewUnits`] if n < 3.
///
/// # Source
/// Stein's identity; 1/S = ∫ exp(−sS) ds and the Gaussian integral; derived here.
pub fn james_stein(sizes: &[usize], scales: RegionScales) -> Result<f64, EstimateError> {
    check(sizes, scales)?;
    check_units("James–Stein toward 0", 3, sizes.iter().sum())?;
    let n = num_schools(sizes);
    let expected_inverse = expected_inverse_sum_sq(sizes, scales, |_| 1.0);
    Ok(n * scales.noise_var - ((n - 2.0) * scales.noise_var).powi(2) * expected_inverse)
}

/// Risk n V_y − (n−3)² V_y² E[1/S] of James–Stein toward the grand mean, regions ignored, S = Σ (y − ȳ)².
///
/// The integrand of [`james_stein`] is divided by √(Σ_k (n_k/n)/(1 + 2 d_k s));
/// with equal n_k this removes one factor of the product.
///
/// # Errors
/// As [`mle`]; [`EstimateError::TooFewUnits`] if n < 4.
///
/// # Source
/// As [`james_stein`], with the determinant of a rank-one change; derived here.
pub fn james_stein_grand_mean(sizes: &[usize], scales: RegionScales) -> Result<f64, EstimateError> {
    check(sizes, scales)?;
    check_units("James–Stein toward the mean", 4, sizes.iter().sum())?;
    let n = num_schools(sizes);
    let total_var = scales.noise_var + scales.school_var;
    let without_mean = |s: f64| {
        let share = |&size: &usize| {
            let size = size as f64;
            size / n / (1.0 + 2.0 * (total_var + size * scales.region_var) * s)
        };
        1.0 / sizes.iter().map(share).sum::<f64>().sqrt()
    };
    let expected_inverse = expected_inverse_sum_sq(sizes, scales, without_mean);
    Ok(n * scales.noise_var - ((n - 3.0) * scales.noise_var).powi(2) * expected_inverse)
}

/// Risk n V_y (V_mu + V_theta)/(V_y + V_mu + V_theta) of the Bayes rule that ignores the regions.
///
/// # Errors
/// As [`mle`].
///
/// # Source
/// [`prior_average::bayes`] with the sum of the two variances.
pub fn bayes_ignoring_regions(sizes: &[usize], scales: RegionScales) -> Result<f64, EstimateError> {
    check(sizes, scales)?;
    let ratio = (scales.school_var + scales.region_var) / scales.noise_var;
    Ok(scales.noise_var * prior_average::bayes(sizes.iter().sum(), ratio))
}

/// What each step from James–Stein in each region to full Bayes saves, as total risk.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StepValues {
    /// Knowing B instead of estimating it in each region: 2K B V_y.
    pub knowing_shrinkage: f64,
    /// One estimate of B for all regions instead of one in each: 2(K−1) B V_y, a part of the above.
    pub pooling_variance: f64,
    /// Shrinking the region means too: Σ n_k B² tau_k²/(tau_k + V_theta).
    pub sharing_region_means: f64,
}

/// The value of each step; for the plain form of James–Stein and regions of at least four schools.
///
/// # Errors
/// As [`mle`]; [`EstimateError::TooFewUnits`] for a region of fewer than four schools.
///
/// # Source
/// Differences of the risks above; derived here.
pub fn step_values(sizes: &[usize], scales: RegionScales) -> Result<StepValues, EstimateError> {
    check(sizes, scales)?;
    let smallest = sizes.iter().copied().min().unwrap_or(0);
    check_units("James–Stein toward the mean", 4, smallest)?;
    let b = noise_share(scales);
    let num_regions = sizes.len() as f64;
    let shared = |&size: &usize| {
        let mean_var = mean_var(size, scales);
        size as f64 * b * b * mean_var * mean_var / (mean_var + scales.region_var)
    };
    Ok(StepValues {
        knowing_shrinkage: 2.0 * num_regions * b * scales.noise_var,
        pooling_variance: 2.0 * (num_regions - 1.0) * b * scales.noise_var,
        sharing_region_means: sizes.iter().map(shared).sum(),
    })
}

/// The V_mu/V_y above which James–Stein in each region beats the region mean, for equal regions: √(2/(n_k−1)).
///
/// # Errors
/// [`EstimateError::TooFewUnits`] if n_k < 4.
///
/// # Source
/// Equating the two risks; derived here.
pub fn james_stein_beats_pooling_above(region_size: usize) -> Result<f64, EstimateError> {
    check_units("James–Stein toward the mean", 4, region_size)?;
    Ok((2.0 / (region_size - 1) as f64).sqrt())
}

/// The V_mu/V_y above which pooled empirical Bayes beats the region mean: √(2/(n−K)).
///
/// # Errors
/// [`EstimateError::TooFewUnits`] unless n ≥ K + 3; [`EstimateError::EmptyRegion`].
///
/// # Source
/// Equating the two risks; derived here.
pub fn empirical_bayes_beats_pooling_above(sizes: &[usize]) -> Result<f64, EstimateError> {
    check_sizes(sizes)?;
    let num_schools = sizes.iter().sum::<usize>();
    check_pooled_units(num_schools, sizes.len())?;
    Ok((2.0 / (num_schools - sizes.len()) as f64).sqrt())
}

fn check(sizes: &[usize], scales: RegionScales) -> Result<(), EstimateError> {
    check_sizes(sizes)?;
    check_scales(scales)
}

fn num_schools(sizes: &[usize]) -> f64 {
    sizes.iter().sum::<usize>() as f64
}

/// tau_k, the variance of a region's mean about theta_k.
fn mean_var(size: usize, scales: RegionScales) -> f64 {
    (scales.school_var + scales.noise_var) / size as f64
}

/// ∫₀^∞ factor(s) E[exp(−sS)] ds for S = Σ y².
fn expected_inverse_sum_sq(sizes: &[usize], scales: RegionScales, factor: impl Fn(f64) -> f64) -> f64 {
    let total_var = scales.noise_var + scales.school_var;
    let (n, num_within) = (num_schools(sizes), num_schools(sizes) - sizes.len() as f64);
    integrate_half_line(1.0 / (n * (total_var + scales.region_var)), |s| {
        let between: f64 =
            sizes.iter().map(|&size| 1.0 + 2.0 * (total_var + size as f64 * scales.region_var) * s).product();
        libm::pow(1.0 + 2.0 * total_var * s, -0.5 * num_within) / between.sqrt() * factor(s)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::printed::assert_printed;

    const LECTURE: [usize; 4] = [10; 4];

    fn scales(noise_var: f64, school_var: f64, region_var: f64) -> RegionScales {
        RegionScales { noise_var, school_var, region_var }
    }

    #[test]
    fn lectures_design_has_these_risks() {
        for (region_var, zero_risk, bayes, js, grand_mean, ignoring) in [
            (25.0, "1040", "21.9841", "37.8394", "37.0371", "38.5185"),
            (5.0, "240", "21.9231", "33.3264", "32.1120", "34.2857"),
            (0.25, "50", "21.1111", "23.0272", "23.0521", "22.2222"),
        ] {
            let scales = scales(1.0, 1.0, region_var);
            assert_printed(zero(&LECTURE, scales).unwrap(), zero_risk);
            assert_printed(full_bayes(&LECTURE, scales).unwrap(), bayes);
            assert_printed(james_stein(&LECTURE, scales).unwrap(), js);
            assert_printed(james_stein_grand_mean(&LECTURE, scales).unwrap(), grand_mean);
            assert_printed(bayes_ignoring_regions(&LECTURE, scales).unwrap(), ignoring);
            assert_printed(mle(&LECTURE, scales).unwrap(), "40");
            assert_printed(pool_in_region(&LECTURE, scales).unwrap(), "40");
            assert_printed(shrink_to_region_mean(&LECTURE, scales).unwrap(), "22");
            assert_printed(james_stein_by_region(&LECTURE, scales, Truncation::Plain).unwrap(), "26");
            assert_printed(
                james_stein_by_region(&LECTURE, scales, Truncation::PositivePart).unwrap(),
                "25.3411",
            );
            assert_printed(pooled_empirical_bayes(&LECTURE, scales, Truncation::Plain).unwrap(), "23");
            assert_printed(
                pooled_empirical_bayes(&LECTURE, scales, Truncation::PositivePart).unwrap(),
                "22.9897",
            );
        }
    }

    #[test]
    fn other_designs_have_these_risks() {
        let (unequal, equal) = (&[4, 6, 10, 20], scales(1.0, 1.0, 1.0));
        assert_printed(full_bayes(unequal, equal).unwrap(), "21.5795");
        assert_printed(shrink_to_region_mean(unequal, equal).unwrap(), "22");
        assert_printed(james_stein_by_region(unequal, equal, Truncation::Plain).unwrap(), "26");
        assert_printed(pooled_empirical_bayes(unequal, equal, Truncation::Plain).unwrap(), "23");
        assert_printed(james_stein(unequal, equal).unwrap(), "26.6392");

        let (many, noisy) = (&[5; 8], scales(1.0, 0.25, 0.5));
        assert_printed(pool_in_region(many, noisy).unwrap(), "16");
        assert_printed(shrink_to_region_mean(many, noisy).unwrap(), "14.4");
        assert_printed(james_stein_by_region(many, noisy, Truncation::Plain).unwrap(), "27.2");
        assert_printed(pooled_empirical_bayes(many, noisy, Truncation::Plain).unwrap(), "16");
        assert_printed(full_bayes(many, noisy).unwrap(), "12.2667");
        assert_printed(james_stein(many, noisy).unwrap(), "17.9596");
        assert_printed(zero(many, noisy).unwrap(), "30");

        let (small, alike) = (&[5; 4], scales(1.0, 4.0, 0.1));
        assert_printed(full_bayes(small, alike).unwrap(), "16.0727");
        assert_printed(james_stein(small, alike).unwrap(), "16.4701");
        assert_printed(james_stein_by_region(small, alike, Truncation::Plain).unwrap(), "18.4");
        assert_printed(pooled_empirical_bayes(small, alike, Truncation::Plain).unwrap(), "17.2");
    }

    /// Designs and scales for identities; the noise variance is not 1.
    fn cases() -> impl Iterator<Item = (&'static [usize], RegionScales)> {
        let designs: [&[usize]; 3] = [&LECTURE, &[4, 6, 10, 20], &[5; 8]];
        designs.into_iter().flat_map(|sizes| {
            [scales(2.0, 1.0, 25.0), scales(0.3, 0.1, 0.02), scales(1.5, 4.0, 0.0)]
                .map(|scales| (sizes, scales))
        })
    }

    #[track_caller]
    fn assert_same(a: Result<f64, EstimateError>, b: f64) {
        let a = a.unwrap();
        assert!((a - b).abs() < 1e-9 * b.abs().max(1.0), "{a} {b}");
    }

    #[test]
    fn linear_rules_with_the_right_variances_are_the_named_ones() {
        for (sizes, scales) in cases() {
            let RegionScales { school_var, region_var, .. } = scales;
            let risk = |rule| linear(sizes, scales, 0.0, rule).unwrap();
            assert_same(mle(sizes, scales), risk(LinearRule::Unpooled));
            assert_same(pool_in_region(sizes, scales), risk(LinearRule::PoolInRegion));
            assert_same(shrink_to_region_mean(sizes, scales), risk(LinearRule::ToRegionMean { school_var }));
            let bayes = risk(LinearRule::FullBayes { school_var, region_var, prior_mean: 0.0 });
            assert_same(full_bayes(sizes, scales), bayes);
            for wrong in [0.5, 0.9, 1.1, 3.0] {
                let other =
                    LinearRule::FullBayes { school_var: wrong * school_var, region_var, prior_mean: 0.0 };
                assert!(risk(other) > bayes, "the right variance is best");
                let other = LinearRule::FullBayes { school_var, region_var, prior_mean: wrong };
                assert!(risk(other) > bayes, "the right mean is best");
            }
        }
    }

    #[test]
    fn steps_lead_from_james_stein_to_full_bayes() {
        for (sizes, scales) in cases() {
            let steps = step_values(sizes, scales).unwrap();
            let by_region = james_stein_by_region(sizes, scales, Truncation::Plain).unwrap();
            let pooled = pooled_empirical_bayes(sizes, scales, Truncation::Plain).unwrap();
            let known = shrink_to_region_mean(sizes, scales).unwrap();
            assert_same(Ok(steps.knowing_shrinkage), by_region - known);
            assert_same(Ok(steps.pooling_variance), by_region - pooled);
            assert_same(full_bayes(sizes, scales), known - steps.sharing_region_means);
        }
    }

    #[test]
    fn without_region_variance_the_regions_do_not_matter() {
        for (sizes, scales) in cases().filter(|(_, scales)| scales.region_var == 0.0) {
            let (n, ratio) = (sizes.iter().sum(), scales.school_var / scales.noise_var);
            let js = prior_average::james_stein(n, ratio).unwrap() * scales.noise_var;
            assert_same(james_stein(sizes, scales), js);
            let grand_mean = prior_average::james_stein_grand_mean(n, ratio).unwrap() * scales.noise_var;
            assert_same(james_stein_grand_mean(sizes, scales), grand_mean);
        }
    }

    #[test]
    fn extreme_variances_keep_the_integrals_exact() {
        // One school in each region: the variances add up and the closed form holds.
        for region_var in [1e-6, 1.0, 1e6] {
            for n in [4, 50] {
                let (sizes, scales) = (vec![1; n], scales(1.0, 1.0, region_var));
                let saved = |risk: f64| n as f64 - risk;
                let exact = saved(prior_average::james_stein(n, 1.0 + region_var).unwrap());
                assert!((saved(james_stein(&sizes, scales).unwrap()) / exact - 1.0).abs() < 1e-6);
                let exact = saved(prior_average::james_stein_grand_mean(n, 1.0 + region_var).unwrap());
                assert!((saved(james_stein_grand_mean(&sizes, scales).unwrap()) / exact - 1.0).abs() < 1e-6);
            }
        }
    }

    #[test]
    fn thresholds_are_where_the_risks_cross() {
        for (size, printed) in [(5, ".707"), (10, ".471"), (20, ".324")] {
            let ratio = james_stein_beats_pooling_above(size).unwrap();
            assert_printed(ratio, printed);
            let (sizes, scales) = ([size; 3], scales(2.0, 2.0 * ratio, 1.0));
            let js = james_stein_by_region(&sizes, scales, Truncation::Plain);
            assert_same(js, pool_in_region(&sizes, scales).unwrap());
        }
        let ratio = empirical_bayes_beats_pooling_above(&[3, 7, 8]).unwrap();
        let scales = scales(2.0, 2.0 * ratio, 1.0);
        let pooled = pool_in_region(&[3, 7, 8], scales).unwrap();
        assert_same(pooled_empirical_bayes(&[3, 7, 8], scales, Truncation::Plain), pooled);
    }

    #[test]
    fn impossible_cases_are_refused() {
        assert!(mle(&[3, 0], scales(1.0, 1.0, 1.0)).is_err() && mle(&[], scales(1.0, 1.0, 1.0)).is_err());
        assert!(full_bayes(&[3], scales(0.0, 1.0, 1.0)).is_err());
        assert!(pooled_empirical_bayes(&[2, 2], scales(1.0, 1.0, 1.0), Truncation::Plain).is_err());
        assert!(james_stein(&[1, 1], scales(1.0, 1.0, 1.0)).is_err());
        assert!(step_values(&[10, 3], scales(1.0, 1.0, 1.0)).is_err());
        let negative = LinearRule::ToRegionMean { school_var: -1.0 };
        assert!(linear(&[3], scales(1.0, 1.0, 1.0), 0.0, negative).is_err());
        let fallback = james_stein_by_region(&[3, 2], scales(2.0, 1.0, 1.0), Truncation::Plain);
        assert_same(fallback, 10.0);
    }
}
