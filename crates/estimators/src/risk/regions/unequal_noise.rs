//! Risks averaged over regions, schools and noise, where schools differ in their noise.
//!
//! V_i = σ²/m_i is the noise variance of school i, w_i = 1/V_i, B_i = V_i/(V_i + V_mu). With equal
//! noise every function gives what its namesake in [`average`](super::average) gives. James–Stein
//! and its kin have no guarantee here (Efron & Morris 1975, JASA 70:311–319, § 3).

use models::RegionPosterior;

use crate::error::EstimateError;

/// Risk Σ V_i of y itself.
#[must_use]
pub fn mle(noise_var: &[f64]) -> f64 {
    noise_var.iter().sum()
}

/// Risk of each region's precision-weighted mean: Σ_i [V_mu (1 − 2p_i + Σ_j p_j²)] + n_k/Σ_j w_j, with
/// p_i = w_i/Σ_j w_j, over the schools of region k, summed over the regions.
///
/// # Errors
/// [`EstimateError::LengthMismatch`] unless there is a variance for each school.
///
/// # Source
/// Second moments; derived here.
pub fn pool_in_region(sizes: &[usize], noise_var: &[f64], school_var: f64) -> Result<f64, EstimateError> {
    check(sizes, noise_var)?;
    let mut rest = noise_var;
    let of_region = |size: &usize| {
        let here;
        (here, rest) = rest.split_at(*size);
        let total: f64 = here.iter().map(|var| 1.0 / var).sum();
        let squares: f64 = here.iter().map(|var| (1.0 / (var * total)).powi(2)).sum();
        // Σ_i p_i = 1, so Σ_i (1 − 2p_i + Σ_j p_j²) = n_k − 2 + n_k Σ_j p_j².
        let size = *size as f64;
        school_var * (size - 2.0 + size * squares) + size / total
    };
    Ok(sizes.iter().map(of_region).sum())
}

/// Risk of the posterior mean under the variances that made the data: Σ_i [V_i (1−B_i) + B_i² v_k].
///
/// - `region_var`: V_theta; infinite for the rule that shrinks to the region's own mean.
///
/// # Errors
/// [`EstimateError::LengthMismatch`] unless there is a variance for each school;
/// [`EstimateError::VarianceNotPositive`] if one is impossible.
///
/// # Source
/// The posterior variance does not depend on y; statistics of Gaussian conditioning.
pub fn full_bayes(
    sizes: &[usize],
    noise_var: &[f64],
    school_var: f64,
    region_var: f64,
) -> Result<f64, EstimateError> {
    check(sizes, noise_var)?;
    let y = vec![0.0; noise_var.len()];
    let posterior = RegionPosterior::with_noise(&y, noise_var, sizes, school_var, region_var)
        .map_err(|_| EstimateError::VarianceNotPositive { what: "variances", value: school_var })?;
    Ok(posterior.mu_sd.iter().map(|sd| sd * sd).sum())
}

fn check(sizes: &[usize], noise_var: &[f64]) -> Result<(), EstimateError> {
    let expected = sizes.iter().sum();
    let found = noise_var.len();
    if expected == found {
        Ok(())
    } else {
        Err(EstimateError::LengthMismatch { what: "noise variances", expected, found })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::risk::regions::average;
    use models::{RegionData, RegionNormals, RegionScales, realize_with_noise};

    const SIZES: [usize; 3] = [1, 4, 6];

    fn close(a: f64, b: f64) {
        assert!((a - b).abs() < 1e-12 * b.abs().max(1.0), "{a} {b}");
    }

    #[test]
    fn with_equal_noise_they_are_the_known_formulas() {
        let scales = RegionScales { noise_var: 0.7, school_var: 1.3, region_var: 2.0 };
        let noise_var = [0.7; 11];
        close(mle(&noise_var), average::mle(&SIZES, scales).unwrap());
        let pooled = pool_in_region(&SIZES, &noise_var, 1.3).unwrap();
        close(pooled, average::pool_in_region(&SIZES, scales).unwrap());
        let bayes = full_bayes(&SIZES, &noise_var, 1.3, 2.0).unwrap();
        close(bayes, average::full_bayes(&SIZES, scales).unwrap());
        let known_factor = full_bayes(&SIZES, &noise_var, 1.3, f64::INFINITY).unwrap();
        close(known_factor, average::shrink_to_region_mean(&SIZES, scales).unwrap());
    }

    /// 20,000 data sets, 4 standard errors: a false alarm for one seed in about 5000.
    #[test]
    fn simulated_averages_agree() {
        let noise_var: Vec<f64> = (0..11).map(|i| 0.2 + 0.4 * f64::from(i % 4)).collect();
        let (school_var, region_var) = (0.8, 1.5);
        let mut data = RegionData::default();
        let rules = [(0.0, f64::INFINITY), (school_var, f64::INFINITY), (school_var, region_var)];
        let expected = [
            pool_in_region(&SIZES, &noise_var, school_var).unwrap(),
            full_bayes(&SIZES, &noise_var, school_var, f64::INFINITY).unwrap(),
            full_bayes(&SIZES, &noise_var, school_var, region_var).unwrap(),
        ];
        let count = 20_000;
        let (mut sums, mut squares) = ([0.0; 3], [0.0; 3]);
        for replicate in 0..count {
            let normals = RegionNormals::random(5, replicate, &SIZES);
            realize_with_noise(&normals, &SIZES, &noise_var, school_var, region_var, &mut data);
            for (k, (school_var, region_var)) in rules.iter().enumerate() {
                let posterior =
                    RegionPosterior::with_noise(&data.y, &noise_var, &SIZES, *school_var, *region_var)
                        .unwrap();
                let loss: f64 = posterior.mu_mean.iter().zip(&data.mu).map(|(a, b)| (a - b) * (a - b)).sum();
                sums[k] += loss;
                squares[k] += loss * loss;
            }
        }
        for k in 0..3 {
            let mean = sums[k] / count as f64;
            let se = ((squares[k] / count as f64 - mean * mean) / count as f64).sqrt();
            assert!((mean - expected[k]).abs() < 4.0 * se, "{k}: {mean} {} {se}", expected[k]);
        }
    }

    #[test]
    fn a_missing_variance_is_refused() {
        assert!(
            pool_in_region(&SIZES, &[1.0], 1.0).is_err() && full_bayes(&SIZES, &[1.0], 1.0, 1.0).is_err()
        );
    }
}
