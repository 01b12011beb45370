//! Empirical Bayes for measurements of unequal precision.
//!
//! Model: y_i ~ N(mu_i, V_i), mu_i ~ N(center, A). A maximizes the marginal likelihood; a center that is
//! estimated is integrated out first (restricted likelihood).

use crate::EstimateError;
use crate::error::{check_length, check_positive};

/// The estimated prior variance, and what it makes of the data.
#[derive(Clone, Debug, PartialEq)]
pub struct MarginalLikelihood {
    /// Â, in the squared unit of y.
    pub prior_var: f64,
    /// Its standard error, from the Fisher information Σ 1/(2(V_i+A)²).
    pub prior_var_se: f64,
    /// What each unit is drawn toward, length n.
    pub centers: Vec<f64>,
    /// V_i/(V_i + Â), length n.
    pub shrinkage: Vec<f64>,
    /// (1 − B_i) y_i + B_i center, length n.
    pub estimates: Vec<f64>,
}

/// What the units are drawn toward.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Center {
    /// A mean known beforehand.
    Known(f64),
    /// The mean of each group, weighted by 1/(V_i + A).
    GroupMeans,
}

/// Empirical Bayes estimates with A by marginal likelihood.
///
/// - `y`: measurements, group by group, length n.
/// - `noise_var`: V_i, their variances, all > 0, length n.
/// - `sizes`: units of each group, all > 0, sum n.
///
/// # Errors
/// [`EstimateError::LengthMismatch`], [`EstimateError::VarianceNotPositive`].
///
/// # Source
/// Efron & Morris 1975, JASA 70:311–319, § 3; Morris 1983, JASA 78:47–65.
pub fn marginal_likelihood(
    y: &[f64],
    noise_var: &[f64],
    sizes: &[usize],
    center: Center,
) -> Result<MarginalLikelihood, EstimateError> {
    check_length("noise variances", y.len(), noise_var.len())?;
    check_length("groups", y.len(), sizes.iter().sum())?;
    noise_var.iter().try_for_each(|var| check_positive("noise variance", *var))?;
    let log_likelihood = |a: f64| log_likelihood(a, y, noise_var, sizes, center);
    let prior_var = maximize(log_likelihood, scale(y, noise_var));
    let information: f64 = noise_var.iter().map(|var| 0.5 / ((var + prior_var) * (var + prior_var))).sum();
    let mut centers = Vec::with_capacity(y.len());
    let mut first = 0;
    for size in sizes {
        let units = first..first + size;
        let mean = center_of(prior_var, &y[units.clone()], &noise_var[units.clone()], center).0;
        centers.resize(units.end, mean);
        first = units.end;
    }
    let shrinkage: Vec<f64> = noise_var.iter().map(|var| var / (var + prior_var)).collect();
    let estimates = y.iter().zip(&shrinkage).zip(&centers);
    let estimates = estimates.map(|((y, b), center)| (1.0 - b) * y + b * center).collect();
    Ok(MarginalLikelihood {
        prior_var,
        prior_var_se: information.sqrt().recip(),
        centers,
        shrinkage,
        estimates,
    })
}

/// The center at this A, and the weight behind it; no weight for a known one.
fn center_of(a: f64, y: &[f64], noise_var: &[f64], center: Center) -> (f64, Option<f64>) {
    match center {
        Center::Known(mean) => (mean, None),
        Center::GroupMeans => {
            let weights = noise_var.iter().map(|var| 1.0 / (var + a));
            let (sum, total) =
                weights.zip(y).fold((0.0, 0.0), |(sum, total), (w, y)| (sum + w * y, total + w));
            (sum / total, Some(total))
        }
    }
}

fn log_likelihood(a: f64, y: &[f64], noise_var: &[f64], sizes: &[usize], center: Center) -> f64 {
    let (mut sum, mut first) = (0.0, 0);
    for size in sizes {
        let units = first..first + size;
        first = units.end;
        let (y, noise_var) = (&y[units.clone()], &noise_var[units]);
        let (mean, weight) = center_of(a, y, noise_var, center);
        sum += weight.map_or(0.0, libm::log);
        for (y, var) in y.iter().zip(noise_var) {
            let total = var + a;
            sum += libm::log(total) + (y - mean) * (y - mean) / total;
        }
    }
    -0.5 * sum
}

/// Smallest variance, and one beyond which the likelihood falls.
fn scale(y: &[f64], noise_var: &[f64]) -> (f64, f64) {
    let least = noise_var.iter().copied().fold(f64::INFINITY, f64::min);
    let largest = noise_var.iter().copied().fold(0.0, f64::max);
    let (low, high) = y.iter().fold((0.0_f64, 0.0_f64), |(low, high), y| (low.min(*y), high.max(*y)));
    (1e-4 * least, (high - low) * (high - low) + largest)
}

/// Where `f` is largest on [0, ∞): the best point of a geometric ladder, then golden sections between its
/// neighbors. The likelihood may have several peaks; the highest is found if a rung lies on its hill.
fn maximize(f: impl Fn(f64) -> f64, (least, largest): (f64, f64)) -> f64 {
    const RUNGS: i32 = 60;
    const SECTIONS: usize = 50;
    const GOLDEN: f64 = 0.618_033_988_749_894_9;
    let step = libm::log(largest / least).max(1.0) / f64::from(RUNGS);
    let mut rungs = vec![0.0];
    rungs.extend((0..=RUNGS).map(|i| least * libm::exp(f64::from(i) * step)));
    let heights: Vec<f64> = rungs.iter().map(|a| f(*a)).collect();
    let best = (0..rungs.len()).max_by(|a, b| heights[*a].total_cmp(&heights[*b])).unwrap_or(0);
    let (mut low, mut high) = (rungs[best.saturating_sub(1)], rungs[(best + 1).min(rungs.len() - 1)]);
    let (mut left, mut right) = (high - GOLDEN * (high - low), low + GOLDEN * (high - low));
    let (mut at_left, mut at_right) = (f(left), f(right));
    for _ in 0..SECTIONS {
        if at_left >= at_right {
            (high, right, at_right) = (right, left, at_left);
            left = high - GOLDEN * (high - low);
            at_left = f(left);
        } else {
            (low, left, at_left) = (left, right, at_right);
            right = low + GOLDEN * (high - low);
            at_right = f(right);
        }
    }
    let found = 0.5 * (low + high);
    if f(0.0) >= f(found) { 0.0 } else { found }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_variances_have_a_closed_form() {
        // S about the mean 3.5 is 17.5; restricted: A + V = S/(n−1) = 3.5.
        let y = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0];
        let found = marginal_likelihood(&y, &[1.0; 6], &[6], Center::GroupMeans).unwrap();
        // A golden section finds a flat top to the root of the rounding error.
        assert!((found.prior_var - 2.5).abs() < 1e-6, "{found:?}");
        assert!((found.centers[0] - 3.5).abs() < 1e-12);
        // About 0: A + V = S/n = 91/6.
        let found = marginal_likelihood(&y, &[1.0; 6], &[6], Center::Known(0.0)).unwrap();
        assert!((found.prior_var - 85.0 / 6.0).abs() < 1e-5, "{found:?}");
        assert!((found.estimates[5] - 6.0 * (1.0 - 6.0 / 91.0)).abs() < 1e-6);
    }

    #[test]
    fn the_eight_schools_have_no_variance_of_their_own() {
        let y = [28.0, 8.0, -3.0, 7.0, -1.0, 1.0, 18.0, 12.0];
        let var = [15.0, 10.0, 16.0, 11.0, 9.0, 11.0, 10.0, 18.0_f64].map(|se| se * se);
        let found = marginal_likelihood(&y, &var, &[8], Center::GroupMeans).unwrap();
        assert_eq!(found.prior_var, 0.0);
        // Gelman et al., Bayesian Data Analysis, § 5.5: pooled estimate 7.7.
        assert!(found.estimates.iter().all(|estimate| (estimate - 7.686).abs() < 5e-4));
    }

    #[test]
    fn groups_have_means_of_their_own() {
        let (y, var) = ([0.0, 2.0, 4.0, 100.0, 102.0, 104.0], [1.0, 4.0, 1.0, 2.0, 2.0, 2.0]);
        let found = marginal_likelihood(&y, &var, &[3, 3], Center::GroupMeans).unwrap();
        assert!((found.centers[0] - 2.0).abs() < 1e-9 && (found.centers[5] - 102.0).abs() < 1e-9);
        let moved: Vec<f64> = y.iter().map(|y| 2.0 * y + 7.0).collect();
        let wide = var.map(|var| 4.0 * var);
        let again = marginal_likelihood(&moved, &wide, &[3, 3], Center::GroupMeans).unwrap();
        assert!(
            (again.prior_var - 4.0 * found.prior_var).abs() < 1e-5 * again.prior_var,
            "unit and origin do not matter"
        );
        assert!(marginal_likelihood(&y, &var[..5], &[6], Center::GroupMeans).is_err());
        assert!(marginal_likelihood(&y, &[0.0; 6], &[6], Center::GroupMeans).is_err());
    }
}
