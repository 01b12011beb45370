//! The error of a linear rule at each school: its risk, its risk when no estimate may move far, and
//! how often an interval about it covers.
//!
//! A linear rule moves y_i by u_i = B'(y_i − ȳ_k) + B'c'_k(ȳ_k − prior mean). Move and noise are jointly
//! normal, so three numbers a school say everything.

use models::RegionScales;
use stats::special::{normal_cdf, normal_pdf};

use super::LinearRule;
use crate::error::{EstimateError, check_length, check_not_negative, check_positive};
use crate::regions::{check_sizes, slices};

/// Noise e and move u of one school's estimate, whose error is e − u.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LinearError {
    /// Variance of the noise e, in the squared unit of the data; its mean is 0.
    pub noise_var: f64,
    /// Mean of the move u.
    pub move_mean: f64,
    /// Variance of the move u.
    pub move_var: f64,
    /// Covariance of noise and move.
    pub covariance: f64,
}

/// The error of a linear rule at each school, over noise and what of the truth is random.
///
/// - `centers`: what is fixed of each school's truth: 0 in the model; the schools' mu for risks given
///   the truth; a shift for a school or region that lies off.
/// - `scales`: V_y, and the V_mu and V_theta of what is random about the centers; 0 and 0 for risks given
///   the truth.
///
/// # Errors
/// [`EstimateError`] if the design, a variance or an assumed variance is impossible.
///
/// # Source
/// First and second moments of the linear rule; derived here.
pub fn linear_errors(
    centers: &[f64],
    sizes: &[usize],
    scales: RegionScales,
    rule: LinearRule,
) -> Result<Vec<LinearError>, EstimateError> {
    check_sizes(sizes)?;
    check_length("centers, one for each school,", sizes.iter().sum(), centers.len())?;
    check_positive("noise variance", scales.noise_var)?;
    check_not_negative("variance between schools", scales.school_var)?;
    check_not_negative("variance between regions", scales.region_var)?;
    rule.check()?;
    let mut errors = Vec::with_capacity(centers.len());
    for region in slices(centers, sizes) {
        let size = region.len() as f64;
        let shares = rule.shares(size, scales.noise_var);
        let pull = shares.school * shares.region;
        let center = region.iter().sum::<f64>() / size;
        let unit_var = scales.noise_var + scales.school_var;
        let move_var = shares.school * shares.school * unit_var * (1.0 - 1.0 / size)
            + pull * pull * (unit_var / size + scales.region_var);
        let covariance = scales.noise_var * (shares.school * (1.0 - 1.0 / size) + pull / size);
        let offset = pull * (center - rule.prior_mean());
        errors.extend(region.iter().map(|school| LinearError {
            noise_var: scales.noise_var,
            move_mean: shares.school * (school - center) + offset,
            move_var,
            covariance,
        }));
    }
    Ok(errors)
}

impl LinearError {
    /// Risk V_y − 2 Cov(e, u) + E\[u²\] of the school.
    #[must_use]
    pub fn risk(&self) -> f64 {
        self.noise_var - 2.0 * self.covariance + self.move_var + self.move_mean * self.move_mean
    }

    /// Risk of the school where no estimate is moved further than `max_move`: limited translation.
    ///
    /// V_y − 2 Cov(e, u) P(|u| < D) + E\[min(|u|, D)²\].
    ///
    /// # Source
    /// The rule: Efron & Morris 1971, JASA 66:807–815, and 1972, JASA 67:130–139. The covariance of e and
    /// the clipped u is Stein's lemma; derived here.
    #[must_use]
    pub fn limited_risk(&self, max_move: f64) -> f64 {
        let sd = self.move_var.sqrt();
        if sd == 0.0 {
            let moved = self.move_mean.clamp(-max_move, max_move);
            return self.noise_var + moved * moved;
        }
        let (low, high) = ((-max_move - self.move_mean) / sd, (max_move - self.move_mean) / sd);
        let (below, above) = (normal_cdf(low), normal_cdf(-high));
        let inside = 1.0 - below - above;
        // E[u²; low < (u − mean)/SD < high].
        let (at_low, at_high) = (normal_pdf(low), normal_pdf(high));
        let ends = |z: f64, density: f64| if density > 0.0 { z * density } else { 0.0 };
        let squared = (self.move_mean * self.move_mean + self.move_var) * inside
            + 2.0 * self.move_mean * sd * (at_low - at_high)
            + self.move_var * (ends(low, at_low) - ends(high, at_high));
        self.noise_var - 2.0 * self.covariance * inside + squared + max_move * max_move * (below + above)
    }

    /// Chance that the estimate lies within `half_width` of the truth.
    ///
    /// # Source
    /// The error is normal; derived here.
    #[must_use]
    pub fn coverage(&self, half_width: f64) -> f64 {
        let sd = (self.noise_var - 2.0 * self.covariance + self.move_var).sqrt();
        if sd == 0.0 {
            return if self.move_mean.abs() <= half_width { 1.0 } else { 0.0 };
        }
        let bias = self.move_mean.abs();
        normal_cdf((half_width - bias) / sd) - normal_cdf((-half_width - bias) / sd)
    }
}

impl LinearRule {
    /// Variance that the rule believes its estimates to have about the truth, for a school in a region of `size`.
    ///
    /// V_y(1−B') + B'² v'_k; V_y for y itself, and V_y/n_k for the region mean, which takes all schools for equal.
    #[must_use]
    pub fn believed_var(self, size: usize, noise_var: f64) -> f64 {
        let size = size as f64;
        let shares = self.shares(size, noise_var);
        let mean_var = match self {
            Self::Unpooled => return noise_var,
            Self::PoolInRegion => return noise_var / size,
            Self::ToRegionMean { school_var } | Self::FullBayes { school_var, .. } => {
                (noise_var + school_var) / size
            }
        };
        // v_k = tau_k V_theta/(tau_k + V_theta) = tau_k (1 − c_k).
        noise_var * (1.0 - shares.school) + shares.school * shares.school * mean_var * (1.0 - shares.region)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::printed::assert_printed;
    use crate::risk::regions::{average, given_truth};

    const SIZES: [usize; 3] = [1, 4, 6];
    const BAYES: LinearRule = LinearRule::FullBayes { school_var: 0.6, region_var: 2.5, prior_mean: 0.4 };
    const RULES: [LinearRule; 4] =
        [LinearRule::Unpooled, LinearRule::PoolInRegion, LinearRule::ToRegionMean { school_var: 0.3 }, BAYES];

    fn scales(noise_var: f64, school_var: f64, region_var: f64) -> RegionScales {
        RegionScales { noise_var, school_var, region_var }
    }

    fn total(errors: &[LinearError]) -> f64 {
        errors.iter().map(LinearError::risk).sum()
    }

    #[test]
    fn schools_sum_to_the_totals() {
        let truth: Vec<f64> = (0..11).map(|i| 3.0 * (f64::from(i) * 1.7).sin()).collect();
        for rule in RULES {
            let averaged = linear_errors(&[0.7; 11], &SIZES, scales(0.5, 1.5, 2.0), rule).unwrap();
            let known = average::linear(&SIZES, scales(0.5, 1.5, 2.0), 0.7, rule).unwrap();
            assert!((total(&averaged) - known).abs() < 1e-12, "{rule:?}");
            let given = linear_errors(&truth, &SIZES, scales(0.5, 0.0, 0.0), rule).unwrap();
            let known = given_truth::linear(&truth, &SIZES, 0.5, rule).unwrap();
            assert!((total(&given) - known).abs() < 1e-12, "{rule:?}");
        }
    }

    #[test]
    fn a_wide_limit_is_none_and_a_limit_of_zero_is_y() {
        let truth: Vec<f64> = (0..11).map(f64::from).collect();
        for error in linear_errors(&truth, &SIZES, scales(0.5, 0.0, 0.0), BAYES).unwrap() {
            assert!((error.limited_risk(1e6) - error.risk()).abs() < 1e-9);
            assert!((error.limited_risk(0.0) - 0.5).abs() < 1e-12);
        }
    }

    /// Worst unit risk about V_y + D² for a unit far out.
    #[test]
    fn limited_translation_bounds_the_worst_school() {
        let mut truth = [0.0; 10];
        truth[0] = 1e3;
        let rule = LinearRule::FullBayes { school_var: 1.0, region_var: 0.0, prior_mean: 0.0 };
        let error = linear_errors(&truth, &[10], scales(1.0, 0.0, 0.0), rule).unwrap()[0];
        assert!((error.limited_risk(1.0) - 2.0).abs() < 1e-9, "{}", error.limited_risk(1.0));
        assert!(error.risk() > 1e4);
    }

    /// One region with a known mean is the simple model: (1−B)y, its risks and the coverage printed there.
    #[test]
    fn one_level_is_the_simple_model() {
        let rule = LinearRule::FullBayes { school_var: 1.0, region_var: 0.0, prior_mean: 0.0 };
        for (mu, printed) in [(0.0, ".9944"), (1.0, ".9617"), (3.0, ".4097"), (5.0, ".0129")] {
            let error = linear_errors(&[mu], &[1], scales(1.0, 0.0, 0.0), rule).unwrap()[0];
            let half_width = 1.959_963_984_540_054 * rule.believed_var(1, 1.0).sqrt();
            assert_printed(error.coverage(half_width), printed);
            assert!((error.risk() - (0.25 + 0.25 * mu * mu)).abs() < 1e-12);
        }
        // Assumed 1 where 4 is true.
        let error = linear_errors(&[0.0], &[1], scales(1.0, 4.0, 0.0), rule).unwrap()[0];
        assert_printed(error.coverage(1.959_963_984_540_054 * 0.5_f64.sqrt()), ".785");
    }

    #[test]
    fn a_right_belief_is_the_risk() {
        let right = LinearRule::FullBayes { school_var: 1.5, region_var: 2.0, prior_mean: 0.0 };
        let errors = linear_errors(&[0.0; 11], &SIZES, scales(0.5, 1.5, 2.0), right).unwrap();
        for (error, size) in errors.iter().zip([1, 4, 4, 4, 4, 6, 6]) {
            assert!((error.risk() - right.believed_var(size, 0.5)).abs() < 1e-12);
            let half_width = 1.959_963_984_540_054 * error.risk().sqrt();
            assert!((error.coverage(half_width) - 0.95).abs() < 1e-12);
        }
    }

    #[test]
    fn impossible_cases_are_refused() {
        assert!(linear_errors(&[0.0; 3], &[2], scales(1.0, 0.0, 0.0), BAYES).is_err());
        assert!(linear_errors(&[0.0; 2], &[2], scales(0.0, 0.0, 0.0), BAYES).is_err());
        assert!(linear_errors(&[0.0; 2], &[2], scales(1.0, -1.0, 0.0), BAYES).is_err());
    }
}
