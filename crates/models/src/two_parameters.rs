//! Two parameters of a [`Hierarchy`], everything else integrated out: a density that fits on paper.
//!
//! One is the truth of a school, the other the SD of schools if it is learned (the funnel), else
//! the mean of the school's region (an ellipse).

use std::f64::consts::TAU;

use crate::hierarchy::{SchoolConditional, conditional_var};
use crate::{Hierarchy, LogDensity, Parameterization};

/// Step of the difference quotients of the gradient, in units of log SD: errors of about 10⁻⁹.
const DIFFERENCE: f64 = 1e-5;

/// log p(school, log sigma_mu | y) or log p(school, theta | y), up to a constant.
///
/// The first coordinate is mu_i or, non-centered, z_i = (mu_i − theta_k)/sigma_mu; the second is
/// log sigma_mu where that is learned, else theta_k. A learned sigma_theta is held at a given value.
///
/// Given the scales, mu_i and theta_k are jointly normal (Gelman et al., Bayesian Data Analysis,
/// 3rd ed., § 5.4), so that only sums over one region are needed. The gradient is a central difference.
#[derive(Clone, Debug)]
pub struct TwoParameters {
    hierarchy: Hierarchy,
    school: usize,
    region: std::ops::Range<usize>,
    region_sd: f64,
    parameterization: Parameterization,
}

impl TwoParameters {
    /// The density of school `school` (from 0) and its companion.
    ///
    /// - `region_sd`: sigma_theta, known or held.
    ///
    /// # Panics
    /// If there is no such school.
    #[must_use]
    pub fn new(
        hierarchy: &Hierarchy,
        school: usize,
        region_sd: f64,
        parameterization: Parameterization,
    ) -> Self {
        assert!(school < hierarchy.num_schools(), "there is no school {school}");
        let mut region = 0..0;
        for size in hierarchy.sizes() {
            region = region.end..region.end + size;
            if region.contains(&school) {
                break;
            }
        }
        Self { hierarchy: hierarchy.clone(), school, region, region_sd, parameterization }
    }

    /// Log density at a point, up to a constant.
    #[must_use]
    pub fn log_density(&self, first: f64, second: f64) -> f64 {
        let Some(school_sd) = self.hierarchy.school_sd().known() else {
            let school_sd = libm::exp(second);
            let (mean, var) = self.school_given(school_sd);
            let scale = self.hierarchy.log_scale_density(school_sd, self.region_sd);
            // The Jacobian of the logarithm is sigma_mu itself.
            return scale + second + log_normal(first, mean, var);
        };
        let conditional = self.conditional(school_sd);
        let (theta_mean, theta_var) = self.theta_given(school_sd);
        let (mean, var) = match self.parameterization {
            Parameterization::Centered => {
                (conditional.keep * self.y() + conditional.shrinkage * second, conditional.var)
            }
            Parameterization::NonCentered | Parameterization::NonCenteredSchools => {
                let keep = conditional.keep / school_sd;
                (keep * (self.y() - second), conditional.var / (school_sd * school_sd))
            }
        };
        log_normal(second, theta_mean, theta_var) + log_normal(first, mean, var)
    }

    /// Mean and variance of the first coordinate at this sigma_mu, theta integrated out.
    #[must_use]
    pub fn school_given(&self, school_sd: f64) -> (f64, f64) {
        let conditional = self.conditional(school_sd);
        let (theta_mean, theta_var) = self.theta_given(school_sd);
        let SchoolConditional { keep, shrinkage, var, .. } = conditional;
        match self.parameterization {
            Parameterization::Centered => {
                (keep * self.y() + shrinkage * theta_mean, var + shrinkage * shrinkage * theta_var)
            }
            Parameterization::NonCentered | Parameterization::NonCenteredSchools => {
                let scale = 1.0 / school_sd;
                let mean = scale * keep * (self.y() - theta_mean);
                (mean, scale * scale * (var + keep * keep * theta_var))
            }
        }
    }

    /// Mean and variance of theta of the school's region at this sigma_mu.
    #[must_use]
    pub fn theta_given(&self, school_sd: f64) -> (f64, f64) {
        let school_var = school_sd * school_sd;
        let (mut prec, mut weighted) = (0.0, 0.0);
        for i in self.region.clone() {
            let weight = 1.0 / (self.hierarchy.noise_var()[i] + school_var);
            prec += weight;
            weighted += weight * self.hierarchy.y()[i];
        }
        let var = conditional_var(self.region_sd * self.region_sd, prec);
        (var * weighted, var)
    }

    fn conditional(&self, school_sd: f64) -> SchoolConditional {
        SchoolConditional::new(self.hierarchy.noise_var()[self.school], school_sd * school_sd)
    }

    fn y(&self) -> f64 {
        self.hierarchy.y()[self.school]
    }
}

impl LogDensity for TwoParameters {
    fn dim(&self) -> usize {
        2
    }

    fn log_density_and_grad(&self, position: &[f64], grad: &mut [f64]) -> f64 {
        let &[first, second] = position else { return f64::NAN };
        let difference = |above: f64, below: f64| (above - below) / (2.0 * DIFFERENCE);
        grad[0] = difference(
            self.log_density(first + DIFFERENCE, second),
            self.log_density(first - DIFFERENCE, second),
        );
        grad[1] = difference(
            self.log_density(first, second + DIFFERENCE),
            self.log_density(first, second - DIFFERENCE),
        );
        self.log_density(first, second)
    }
}

fn log_normal(x: f64, mean: f64, var: f64) -> f64 {
    -0.5 * (libm::log(TAU * var) + (x - mean) * (x - mean) / var)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Level, RegionPosterior, Scale, ScalePosterior, ScalePrior};

    const Y: [f64; 5] = [1.0, 3.0, -2.0, 0.5, 4.0];
    const NOISE_VAR: [f64; 5] = [0.5, 1.0, 2.0, 1.0, 0.7];

    /// Sum over a lattice of exp(log density) × `value`, over that sum without `value`.
    fn expectation(density: &TwoParameters, center: [f64; 2], value: impl Fn(f64, f64) -> f64) -> f64 {
        let (mut sum, mut mass) = (0.0, 0.0);
        let peak = density.log_density(center[0], center[1]);
        for i in -300..=300 {
            for j in -300..=300 {
                let (x, y) = (center[0] + 0.03 * f64::from(i), center[1] + 0.03 * f64::from(j));
                let weight = libm::exp(density.log_density(x, y) - peak);
                mass += weight;
                sum += weight * value(x, y);
            }
        }
        sum / mass
    }

    #[test]
    fn its_margins_are_those_of_the_whole_posterior_where_an_sd_is_learned() {
        let school_sd = Scale::Learned(ScalePrior::HalfNormal { scale: 2.0 });
        let hierarchy = Hierarchy::new(&Y, &NOISE_VAR, &[3, 2], school_sd, Scale::Known(2.0)).unwrap();
        let exact = ScalePosterior::new(&hierarchy);
        for parameterization in [Parameterization::Centered, Parameterization::NonCentered] {
            let density = TwoParameters::new(&hierarchy, 1, 2.0, parameterization);
            let sd = expectation(&density, [1.0, 0.0], |_, log_sd| libm::exp(log_sd));
            assert!((sd - exact.school_sd_mean).abs() < 1e-3 * exact.school_sd_mean, "{sd}");
            if parameterization == Parameterization::Centered {
                let mu = expectation(&density, [1.0, 0.0], |mu, _| mu);
                assert!((mu - exact.mu_mean[1]).abs() < 1e-4, "{mu}");
            }
        }
        assert!(exact.scale_density(Level::School, 1.0) > 0.0);
    }

    #[test]
    fn its_margins_are_those_of_the_whole_posterior_where_sds_are_known() {
        let hierarchy =
            Hierarchy::new(&Y, &NOISE_VAR, &[3, 2], Scale::Known(1.5), Scale::Known(2.0)).unwrap();
        let exact = RegionPosterior::with_noise(&Y, &NOISE_VAR, &[3, 2], 2.25, 4.0).unwrap();
        let centered = TwoParameters::new(&hierarchy, 4, 2.0, Parameterization::Centered);
        let center = [exact.mu_mean[4], exact.theta_mean[1]];
        for (found, expected) in [
            (expectation(&centered, center, |mu, _| mu), exact.mu_mean[4]),
            (expectation(&centered, center, |_, theta| theta), exact.theta_mean[1]),
            (expectation(&centered, center, |mu, _| (mu - center[0]).powi(2)), exact.mu_sd[4].powi(2)),
            (
                expectation(&centered, center, |mu, theta| (mu - center[0]) * (theta - center[1])),
                exact.theta_mu_cov[4],
            ),
        ] {
            assert!((found - expected).abs() < 1e-4, "{found} {expected}");
        }
        let other = TwoParameters::new(&hierarchy, 4, 2.0, Parameterization::NonCentered);
        let mu = expectation(&other, [0.0, center[1]], |z, theta| theta + 1.5 * z);
        assert!((mu - exact.mu_mean[4]).abs() < 1e-3, "{mu}");
    }

    #[test]
    fn the_gradient_points_where_the_density_rises() {
        let density = TwoParameters::new(&Hierarchy::eight_schools(), 0, 5.0, Parameterization::Centered);
        let mut grad = [0.0; 2];
        for point in [[5.0, 1.0], [-3.0, -2.0], [20.0, 2.5]] {
            let here = density.log_density_and_grad(&point, &mut grad);
            // A quotient with another step, exact to its square.
            let far = 1e-3;
            let slope = (density.log_density(point[0], point[1] + far)
                - density.log_density(point[0], point[1] - far))
                / (2.0 * far);
            assert!(here.is_finite() && (slope - grad[1]).abs() < 1e-4 * slope.abs().max(1.0), "{point:?}");
            let (mean, var) = density.school_given(libm::exp(point[1]));
            let expected = (mean - point[0]) / var;
            assert!((grad[0] - expected).abs() < 1e-5 * expected.abs().max(1.0), "{point:?}");
        }
    }
}
