//! Risks of James–Stein and pooled empirical Bayes where schools are random about centers of their own:
//! one school or one region lies off.
//!
//! Model: y_i ~ N(mu_i, V_y), mu_i ~ N(a_i + theta_k, V_mu) with fixed a_i. Within a region
//! Σ(y − ȳ)² is (V_y + V_mu) times a noncentral chi-square number, and Stein's identity needs nothing
//! else. How far the theta_k lie apart does not matter.

use stats::poisson::{PoissonWeights, expected_inverse_noncentral_chi_square};
use stats::special::{chi_square_cdf, chi_square_survival};
use stats::summary::{mean, sum_sq_about};

use crate::Truncation;
use crate::error::{EstimateError, check_length, check_not_negative, check_positive};
use crate::regions::{check_pooled_units, check_sizes, slices};

/// Risk of James–Stein toward the mean in each region; regions of fewer than four schools keep y.
///
/// n V_y − (n_k−3)² V_y²/t E\[1/χ²_{n_k−1}(λ_k)\] in region k, t = V_y + V_mu, λ_k = Σ(a_i − ā)²/t, for the plain form.
///
/// - `centers`: a_i of each school.
///
/// # Errors
/// [`EstimateError`] if the design or a variance is impossible.
///
/// # Source
/// Stein's unbiased estimate of risk (Stein 1981, Ann. Stat. 9:1135–1151), averaged; derived here.
pub fn james_stein_by_region(
    centers: &[f64],
    sizes: &[usize],
    noise_var: f64,
    school_var: f64,
    truncation: Truncation,
) -> Result<f64, EstimateError> {
    check(centers, sizes, noise_var, school_var)?;
    let ratio = (noise_var + school_var) / noise_var;
    let of_region = |region: &[f64]| match region.len() {
        size @ ..4 => size as f64,
        size => 1.0 + toward_center(size - 1, ratio, within(region) / (noise_var + school_var), truncation),
    };
    Ok(noise_var * slices(centers, sizes).map(of_region).sum::<f64>())
}

/// Risk of empirical Bayes with one factor for all regions.
///
/// - `centers`: a_i of each school.
///
/// # Errors
/// As [`james_stein_by_region`]; [`EstimateError::TooFewUnits`] unless n ≥ K + 3.
///
/// # Source
/// As [`james_stein_by_region`], in the n−K dimensions within regions.
pub fn pooled_empirical_bayes(
    centers: &[f64],
    sizes: &[usize],
    noise_var: f64,
    school_var: f64,
    truncation: Truncation,
) -> Result<f64, EstimateError> {
    check(centers, sizes, noise_var, school_var)?;
    check_pooled_units(centers.len(), sizes.len())?;
    let unit_var = noise_var + school_var;
    let noncentrality = slices(centers, sizes).map(within).sum::<f64>() / unit_var;
    let num_within = centers.len() - sizes.len();
    let within = toward_center(num_within, unit_var / noise_var, noncentrality, truncation);
    Ok(noise_var * (sizes.len() as f64 + within))
}

/// Risk, in units of the noise variance, of James–Stein in p ≥ 3 dimensions where S = r χ²_p(λ).
///
/// p − (p−2)²/r E\[1/(p−2+2J)\]; the positive part, with t = (p−2)/r and ν = p + 2J:
///
/// ```text
/// E_J[ p Q(t; ν) − (p−2) t Q(t; ν−2)/(ν−2) + r ν P(t; ν+2) − p P(t; ν) ]
/// ```
fn toward_center(num_units: usize, ratio: f64, noncentrality: f64, truncation: Truncation) -> f64 {
    let p = num_units as f64;
    let c = p - 2.0;
    match truncation {
        Truncation::Plain => p - c * c / ratio * expected_inverse_noncentral_chi_square(p, noncentrality),
        Truncation::PositivePart => {
            let t = c / ratio;
            PoissonWeights::new(0.5 * noncentrality).expect(|j| {
                let nu = p + 2.0 * j;
                p * chi_square_survival(t, nu) - c * t * chi_square_survival(t, nu - 2.0) / (nu - 2.0)
                    + ratio * nu * chi_square_cdf(t, nu + 2.0)
                    - p * chi_square_cdf(t, nu)
            })
        }
    }
}

fn within(region: &[f64]) -> f64 {
    sum_sq_about(region, mean(region))
}

fn check(centers: &[f64], sizes: &[usize], noise_var: f64, school_var: f64) -> Result<(), EstimateError> {
    check_sizes(sizes)?;
    check_length("centers, one for each school,", sizes.iter().sum(), centers.len())?;
    check_positive("noise variance", noise_var)?;
    check_not_negative("variance between schools", school_var)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::risk::regions::{average, given_truth};
    use models::RegionScales;

    const SIZES: [usize; 3] = [3, 5, 6];
    const TRUNCATIONS: [Truncation; 2] = [Truncation::Plain, Truncation::PositivePart];

    fn close(a: Result<f64, EstimateError>, b: Result<f64, EstimateError>) {
        let (a, b) = (a.unwrap(), b.unwrap());
        assert!((a - b).abs() < 1e-9, "{a} {b}");
    }

    #[test]
    fn equal_centers_give_the_risks_averaged_over_the_prior() {
        let scales = RegionScales { noise_var: 0.5, school_var: 0.8, region_var: 3.0 };
        for truncation in TRUNCATIONS {
            let by_region = james_stein_by_region(&[2.0; 14], &SIZES, 0.5, 0.8, truncation);
            close(by_region, average::james_stein_by_region(&SIZES, scales, truncation));
            let pooled = pooled_empirical_bayes(&[2.0; 14], &SIZES, 0.5, 0.8, truncation);
            close(pooled, average::pooled_empirical_bayes(&SIZES, scales, truncation));
        }
    }

    #[test]
    fn without_variance_about_them_the_centers_are_the_truth() {
        let truth: Vec<f64> = (0..14).map(|i| 2.0 * (f64::from(i) * 1.7).sin()).collect();
        for truncation in TRUNCATIONS {
            let by_region = james_stein_by_region(&truth, &SIZES, 0.5, 0.0, truncation);
            close(by_region, given_truth::james_stein_by_region(&truth, &SIZES, 0.5, truncation));
            let pooled = pooled_empirical_bayes(&truth, &SIZES, 0.5, 0.0, truncation);
            close(pooled, given_truth::pooled_empirical_bayes(&truth, &SIZES, 0.5, truncation));
        }
    }

    #[test]
    fn impossible_cases_are_refused() {
        for truncation in TRUNCATIONS {
            assert!(james_stein_by_region(&[0.0; 3], &[4], 1.0, 1.0, truncation).is_err());
            assert!(james_stein_by_region(&[0.0; 4], &[4], 0.0, 1.0, truncation).is_err());
            assert!(pooled_empirical_bayes(&[0.0; 4], &[2, 2], 1.0, 1.0, truncation).is_err());
        }
    }
}
