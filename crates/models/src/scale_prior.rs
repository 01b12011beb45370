//! What is known of a standard deviation: its value, or a prior.
//!
//! Half-normal and half-Cauchy are the weak priors for a hierarchical SD that
//! Gelman 2006 (Bayesian Analysis 1:515–533) and Stan's prior guide advise.

use std::f64::consts::{FRAC_2_PI, FRAC_PI_2, PI};

use rand::Rng;
use serde::{Deserialize, Serialize};
use stats::special::normal_quantile;
use stats::{standard_normal, uniform};

/// A prior of a standard deviation, on [0, ∞), largest at 0.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum ScalePrior {
    /// |X|, X ~ N(0, scale²).
    HalfNormal {
        /// In the unit of the SD, > 0; the SD is below it with probability 0.683.
        scale: f64,
    },
    /// |X|, X ~ Cauchy(0, scale).
    HalfCauchy {
        /// In the unit of the SD, > 0; the median.
        scale: f64,
    },
}

impl ScalePrior {
    /// The prior's scale, in the unit of the SD.
    #[must_use]
    pub fn scale(self) -> f64 {
        match self {
            Self::HalfNormal { scale } | Self::HalfCauchy { scale } => scale,
        }
    }

    /// Log of the density at `sd`, constants included; −∞ below 0.
    #[must_use]
    pub fn log_density(self, sd: f64) -> f64 {
        self.log_density_at_zero() + self.log_ratio_to_zero(sd)
    }

    /// Density at `sd`; 0 below 0.
    #[must_use]
    pub fn density(self, sd: f64) -> f64 {
        libm::exp(self.log_density(sd))
    }

    /// Derivative of [`log_density`](Self::log_density) by `sd`, for `sd` ≥ 0.
    #[must_use]
    pub fn log_density_slope(self, sd: f64) -> f64 {
        match self {
            Self::HalfNormal { scale } => -sd / (scale * scale),
            Self::HalfCauchy { scale } => -2.0 * sd / (scale * scale + sd * sd),
        }
    }

    /// The SD below which lies the probability `p`: ∞ at 1, NaN outside [0, 1].
    #[must_use]
    pub fn quantile(self, p: f64) -> f64 {
        if !(0.0..=1.0).contains(&p) {
            return f64::NAN;
        }
        match self {
            // From the upper tail, where (1 + p)/2 would lose digits.
            Self::HalfNormal { scale } => -scale * normal_quantile(0.5 * (1.0 - p)),
            Self::HalfCauchy { scale } if p < 1.0 => scale * libm::tan(FRAC_PI_2 * p),
            Self::HalfCauchy { .. } => f64::INFINITY,
        }
    }

    /// One variate.
    pub fn sample(self, rng: &mut impl Rng) -> f64 {
        match self {
            Self::HalfNormal { scale } => scale * standard_normal(rng).abs(),
            Self::HalfCauchy { .. } => self.quantile(uniform(rng)),
        }
    }

    /// Log of the density at 0.
    pub(crate) fn log_density_at_zero(self) -> f64 {
        match self {
            Self::HalfNormal { scale } => 0.5 * libm::log(2.0 / PI) - libm::log(scale),
            Self::HalfCauchy { scale } => libm::log(FRAC_2_PI / scale),
        }
    }

    /// Log of the density at `sd` over that at 0.
    pub(crate) fn log_ratio_to_zero(self, sd: f64) -> f64 {
        if sd < 0.0 {
            return f64::NEG_INFINITY;
        }
        let z = sd / self.scale();
        match self {
            Self::HalfNormal { .. } => -0.5 * z * z,
            Self::HalfCauchy { .. } => -libm::log1p(z * z),
        }
    }

    /// Log of the density at `sd` ≥ 0 over that at 0, and its derivative by log `sd`.
    ///
    /// What a sampler asks at every step: one division, and log where log1p would cost twice as much for
    /// digits that are lost in the sum of all terms.
    #[inline]
    pub(crate) fn log_ratio_and_log_slope(self, sd: f64) -> (f64, f64) {
        let z = sd / self.scale();
        let square = z * z;
        match self {
            Self::HalfNormal { .. } => (-0.5 * square, -square),
            Self::HalfCauchy { .. } => (-libm::log(1.0 + square), -2.0 * square / (1.0 + square)),
        }
    }
}

/// A standard deviation of the model: known, or learned from the data.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Scale {
    /// The SD itself, finite and ≥ 0.
    Known(f64),
    /// Unknown, with this prior.
    Learned(ScalePrior),
}

impl Scale {
    /// Whether the SD is a parameter.
    #[must_use]
    pub fn is_learned(self) -> bool {
        matches!(self, Self::Learned(_))
    }

    /// The prior of a learned SD.
    #[must_use]
    pub fn prior(self) -> Option<ScalePrior> {
        match self {
            Self::Known(_) => None,
            Self::Learned(prior) => Some(prior),
        }
    }

    /// The SD, if known.
    #[must_use]
    pub fn known(self) -> Option<f64> {
        match self {
            Self::Known(sd) => Some(sd),
            Self::Learned(_) => None,
        }
    }

    /// The known SD, or a variate of the prior.
    pub fn sample(self, rng: &mut impl Rng) -> f64 {
        match self {
            Self::Known(sd) => sd,
            Self::Learned(prior) => prior.sample(rng),
        }
    }

    /// Log prior density at `sd`; 0 for a known SD, of which nothing is asked.
    #[must_use]
    pub fn log_density(self, sd: f64) -> f64 {
        self.prior().map_or(0.0, |prior| prior.log_density(sd))
    }
}

#[cfg(test)]
mod tests {
    use stats::quadrature::integrate_half_line;
    use stats::stream;

    use super::*;

    const PRIORS: [ScalePrior; 4] = [
        ScalePrior::HalfNormal { scale: 0.3 },
        ScalePrior::HalfNormal { scale: 5.0 },
        ScalePrior::HalfCauchy { scale: 0.3 },
        ScalePrior::HalfCauchy { scale: 5.0 },
    ];

    #[test]
    fn densities_integrate_to_one() {
        for prior in PRIORS {
            let integral = integrate_half_line(prior.scale(), |sd| prior.density(sd));
            assert!((integral - 1.0).abs() < 1e-11, "{prior:?}: {integral}");
            assert_eq!(prior.density(-0.1), 0.0);
        }
    }

    #[test]
    fn densities_have_their_known_values() {
        // log(√(2/π)/2.5) − 1/(2·2.5²) and log(2/(5π)) − log(1 + (3/5)²), computed in Python 3.
        let half_normal = ScalePrior::HalfNormal { scale: 2.5 }.log_density(1.0);
        assert!((half_normal - -1.222_082_084_518_882_7).abs() < 1e-14, "{half_normal}");
        let half_cauchy = ScalePrior::HalfCauchy { scale: 5.0 }.log_density(3.0);
        assert!((half_cauchy - -2.368_505_317_471_515_6).abs() < 1e-14, "{half_cauchy}");
    }

    #[test]
    fn slope_is_that_of_central_differences() {
        for prior in PRIORS {
            for sd in [0.01, 0.4, 3.0, 20.0] {
                let h = 1e-5 * sd;
                let difference = (prior.log_density(sd + h) - prior.log_density(sd - h)) / (2.0 * h);
                let slope = prior.log_density_slope(sd);
                // Third-derivative error h² and rounding 10⁻¹⁶/h, both below 10⁻⁸ of the slope's scale.
                assert!((difference - slope).abs() < 1e-7 * (1.0 + slope.abs()), "{prior:?} at {sd}");
            }
        }
    }

    #[test]
    fn quantiles_invert_the_integral_of_the_density() {
        for prior in PRIORS {
            for p in [0.025, 0.5, 0.9, 0.999] {
                let above = prior.quantile(p);
                // The mass beyond the quantile, in the coordinate sd − quantile.
                let mass = integrate_half_line(prior.scale(), |x| prior.density(above + x));
                assert!((mass - (1.0 - p)).abs() < 1e-11, "{prior:?} {p}: {mass}");
            }
            assert_eq!((prior.quantile(0.0), prior.quantile(1.0)), (0.0, f64::INFINITY));
            assert!(prior.quantile(1.1).is_nan());
        }
    }

    #[test]
    fn samples_fall_below_the_quantiles_as_often_as_they_should() {
        for prior in PRIORS {
            let (mut rng, num_draws) = (stream(2, "test", 0), 40_000);
            let draws: Vec<f64> = (0..num_draws).map(|_| prior.sample(&mut rng)).collect();
            for p in [0.1, 0.5, 0.95] {
                let below = draws.iter().filter(|sd| **sd < prior.quantile(p)).count() as f64;
                let se = (f64::from(num_draws) * p * (1.0 - p)).sqrt();
                // 12 comparisons at 4 standard errors: a false alarm for one seed in 1300.
                assert!((below - f64::from(num_draws) * p).abs() < 4.0 * se, "{prior:?} {p}: {below}");
            }
        }
    }
}
