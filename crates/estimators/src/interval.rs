//! Interval estimates for normal means, and how often they cover.

use stats::special::{normal_cdf, normal_quantile};
use stats::summary::{mean, sum_sq_about};

use crate::Truncation;
use crate::error::{EstimateError, check_positive, check_units};

/// An interval about an estimate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// Lower end, in the unit of y.
    pub lower: f64,
    /// Upper end, in the unit of y.
    pub upper: f64,
}

impl Interval {
    /// Whether `value` lies between the ends or on one.
    #[must_use]
    pub fn covers(&self, value: f64) -> bool {
        self.lower <= value && value <= self.upper
    }

    /// Upper less lower end.
    #[must_use]
    pub fn width(&self) -> f64 {
        self.upper - self.lower
    }
}

/// The z of a two-sided interval: 1.96 for `level` 0.95; NaN outside [0, 1].
#[must_use]
pub fn two_sided_z(level: f64) -> f64 {
    normal_quantile(0.5 + 0.5 * level)
}

/// Chance that the Bayes interval (1−B)y ± z√(1−B) covers a fixed `mu`, V_y = 1, B = 1/(A+1).
///
/// Φ((z√(1−B) + B mu)/(1−B)) − Φ((−z√(1−B) + B mu)/(1−B)); over the prior it
/// averages to `level`. At A = 0 the interval is the point 0.
///
/// # Source
/// The distribution of (1−B)y; derived here.
#[must_use]
pub fn bayes_coverage_at(mu: f64, prior_ratio: f64, level: f64) -> f64 {
    let kept = prior_ratio / (prior_ratio + 1.0);
    if kept == 0.0 {
        return if mu == 0.0 { 1.0 } else { 0.0 };
    }
    let half_width = two_sided_z(level) * kept.sqrt();
    let bias = (1.0 - kept) * mu;
    normal_cdf((half_width + bias) / kept) - normal_cdf((bias - half_width) / kept)
}

/// Coverage, averaged over mu ~ N(0, A), of the Bayes interval that assumes A', V_y = 1.
///
/// 2Φ(z√(1−B')/√((1−B')² + B'² A)) − 1.
///
/// # Source
/// The error of the centre is N(0, (1−B')² + B'² A); derived here.
#[must_use]
pub fn bayes_coverage_with_assumed(prior_ratio: f64, assumed_ratio: f64, level: f64) -> f64 {
    let kept = assumed_ratio / (assumed_ratio + 1.0);
    let removed = 1.0 / (assumed_ratio + 1.0);
    let error_sd = (kept * kept + removed * removed * prior_ratio).sqrt();
    2.0 * normal_cdf(two_sided_z(level) * kept.sqrt() / error_sd) - 1.0
}

/// Where Morris's intervals draw the estimates to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Target {
    /// A mean known beforehand.
    Known(f64),
    /// The mean of the data.
    GrandMean,
}

impl Target {
    /// r: how many parameters of the prior's mean are estimated.
    pub(crate) fn num_estimated(self) -> usize {
        usize::from(self == Self::GrandMean)
    }
}

/// Empirical Bayes intervals that allow for the estimated prior variance.
///
/// With k = n, S = Σ (y − target)², Â = max(0, S/(k−r) − V):
///
/// ```text
/// B̂ = (k−r−2)/(k−r) · V/(V+Â)
/// center (1−B̂) y + B̂ target,   variance V(1 − (k−r)/k B̂) + 2/(k−r−2) B̂² (y − target)²
/// ```
///
/// # Errors
/// [`EstimateError::TooFewUnits`] if k < r + 3; [`EstimateError::VarianceNotPositive`].
///
/// # Source
/// Morris 1983, JASA 78:47–65.
pub fn morris(y: &[f64], noise_var: f64, target: Target, level: f64) -> Result<Vec<Interval>, EstimateError> {
    let num_estimated = target.num_estimated();
    check_units("Morris's interval", num_estimated + 3, y.len())?;
    check_positive("noise variance", noise_var)?;
    let center = match target {
        Target::Known(center) => center,
        Target::GrandMean => mean(y),
    };
    let num_units = y.len() as f64;
    let df = num_units - num_estimated as f64;
    let prior_var = (sum_sq_about(y, center) / df - noise_var).max(0.0);
    let shrinkage = (df - 2.0) / df * noise_var / (noise_var + prior_var);
    let common_var = noise_var * (1.0 - df / num_units * shrinkage);
    let z = two_sided_z(level);
    let interval = |&y: &f64| {
        let deviation = y - center;
        let estimate = y - shrinkage * deviation;
        let half_width = z * (common_var + 2.0 / (df - 2.0) * (shrinkage * deviation).powi(2)).sqrt();
        Interval { lower: estimate - half_width, upper: estimate + half_width }
    };
    Ok(y.iter().map(interval).collect())
}

/// Plug-in empirical Bayes intervals: the Bayes interval with the positive-part James–Stein factor as if known.
///
/// (1−B̂) y + B̂ target ± z √(V(1−B̂)). They cover too seldom: the error of B̂ is left out, and where B̂ = 1
/// they are points. [`crate::risk::coverage::plug_in`] says how seldom.
///
/// # Errors
/// As [`morris`].
///
/// # Source
/// Morris 1983, JASA 78:47–65, on what they lack.
pub fn plug_in(
    y: &[f64],
    noise_var: f64,
    target: Target,
    level: f64,
) -> Result<Vec<Interval>, EstimateError> {
    let num_estimated = target.num_estimated();
    check_units("The plug-in interval", num_estimated + 3, y.len())?;
    check_positive("noise variance", noise_var)?;
    let center = match target {
        Target::Known(center) => center,
        Target::GrandMean => mean(y),
    };
    let multiple = (y.len() - num_estimated - 2) as f64 * noise_var;
    let shrinkage = Truncation::PositivePart.shrinkage(multiple, sum_sq_about(y, center));
    let half_width = two_sided_z(level) * (noise_var * (1.0 - shrinkage)).sqrt();
    let interval = |y: &f64| {
        let estimate = y - shrinkage * (y - center);
        Interval { lower: estimate - half_width, upper: estimate + half_width }
    };
    Ok(y.iter().map(interval).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::printed::assert_printed;

    #[test]
    fn coverage_at_a_fixed_mean() {
        for (mu, printed) in [(0.0, ".9944"), (1.0, ".9617"), (3.0, ".4097"), (5.0, ".0129")] {
            assert_printed(bayes_coverage_at(mu, 1.0, 0.95), printed);
            assert!((bayes_coverage_at(-mu, 1.0, 0.95) - bayes_coverage_at(mu, 1.0, 0.95)).abs() < 1e-12);
        }
        assert_printed(bayes_coverage_at(6.0, 9.0, 0.95), ".9160");
        assert_eq!((bayes_coverage_at(0.0, 0.0, 0.95), bayes_coverage_at(0.1, 0.0, 0.95)), (1.0, 0.0));
    }

    #[test]
    fn coverage_with_an_assumed_variance() {
        for (truth, assumed, printed) in [(4.0, 1.0, ".785"), (9.0, 1.0, ".619"), (1.0, 9.0, ".960")] {
            assert_printed(bayes_coverage_with_assumed(truth, assumed, 0.95), printed);
        }
        assert!((bayes_coverage_with_assumed(3.0, 3.0, 0.9) - 0.9).abs() < 1e-12);
    }

    #[test]
    fn coverage_averages_to_the_level_over_the_prior() {
        let rule = stats::quadrature::GaussLegendre::new(200);
        for a in [0.1, 1.0, 9.0_f64] {
            let sd = a.sqrt();
            let average = rule.integrate(-9.0 * sd, 9.0 * sd, |mu| {
                stats::special::normal_pdf(mu / sd) / sd * bayes_coverage_at(mu, a, 0.95)
            });
            assert!((average - 0.95).abs() < 1e-9, "A {a}: {average}");
        }
    }

    #[test]
    fn plug_in_by_hand() {
        // S = 20 about 0, B^ = 2/20.
        let intervals = plug_in(&[1.0, -3.0, 3.0, -1.0], 1.0, Target::Known(0.0), 0.95).unwrap();
        let half_width = 1.959_963_984_540_054 * 0.9_f64.sqrt();
        assert!((intervals[1].lower - (-2.7 - half_width)).abs() < 1e-12);
        assert!((intervals[1].width() - 2.0 * half_width).abs() < 1e-12);
        let points = plug_in(&[0.1, 0.2, 0.1, 0.2], 1.0, Target::GrandMean, 0.95).unwrap();
        assert!(points.iter().all(|point| point.width() == 0.0 && (point.lower - 0.15).abs() < 1e-12));
        assert!(plug_in(&[1.0; 3], 1.0, Target::GrandMean, 0.95).is_err());
    }

    #[test]
    fn morris_by_hand() {
        // S = 20 about 0, df 4, A^ = 4, B^ = 1/10; common variance 0.9.
        let intervals = morris(&[1.0, -3.0, 3.0, -1.0], 1.0, Target::Known(0.0), 0.95).unwrap();
        let half_width = 1.959_963_984_540_054 * (0.9_f64 + 0.01 * 9.0).sqrt();
        assert!((intervals[1].lower - (-2.7 - half_width)).abs() < 1e-12);
        assert!((intervals[1].width() - 2.0 * half_width).abs() < 1e-12);
        assert!(intervals[1].covers(-2.7) && !intervals[1].covers(0.0));
        assert!(morris(&[1.0; 3], 1.0, Target::GrandMean, 0.95).is_err());
        assert!(morris(&[1.0; 3], 1.0, Target::Known(1.0), 0.95).is_ok());
    }
}
