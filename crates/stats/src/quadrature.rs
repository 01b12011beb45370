//! Numerical integration of smooth functions of one variable.

use std::f64::consts::{FRAC_PI_2, PI};

/// The Gauss–Legendre rule of a given order, exact for polynomials of degree 2·order − 1.
#[derive(Clone, Debug)]
pub struct GaussLegendre {
    /// Nodes in (−1, 1), rising, each with its weight.
    rule: Vec<(f64, f64)>,
}

impl GaussLegendre {
    /// The rule of `order` ≥ 1 nodes, by Newton's method on the Legendre polynomial.
    ///
    /// # Panics
    /// If `order` is 0.
    ///
    /// # Source
    /// Abramowitz & Stegun 1964, 25.4.29; starting points as in Press et al.,
    /// Numerical Recipes, 3rd ed., § 4.6.
    #[must_use]
    pub fn new(order: usize) -> Self {
        assert!(order > 0, "a quadrature rule needs a node");
        let n = order as f64;
        let node = |i: usize| {
            let mut x = -libm::cos(PI * (i as f64 + 0.75) / (n + 0.5));
            let mut slope = 1.0;
            for _ in 0..NEWTON_STEPS {
                let value;
                (value, slope) = legendre(order, x);
                x -= value / slope;
            }
            (x, 2.0 / ((1.0 - x * x) * slope * slope))
        };
        Self { rule: (0..order).map(node).collect() }
    }

    /// ∫ f over [`low`, `high`].
    pub fn integrate(&self, low: f64, high: f64, mut f: impl FnMut(f64) -> f64) -> f64 {
        self.nodes(low, high).map(|(x, weight)| weight * f(x)).sum()
    }

    /// Nodes and weights carried over to [`low`, `high`], in rising order.
    pub fn nodes(&self, low: f64, high: f64) -> impl Iterator<Item = (f64, f64)> + '_ {
        let (middle, half) = (0.5 * (low + high), 0.5 * (high - low));
        self.rule.iter().map(move |&(x, weight)| (middle + half * x, half * weight))
    }
}

// Quadratic convergence from a start within 1/n²: five steps reach rounding error at any order.
const NEWTON_STEPS: usize = 6;

/// P_n(x) and its derivative, by the three-term recurrence.
fn legendre(n: usize, x: f64) -> (f64, f64) {
    let (mut before, mut value) = (1.0, x);
    for k in 2..=n {
        let k = k as f64;
        (before, value) = (value, ((2.0 * k - 1.0) * x * value - (k - 1.0) * before) / k);
    }
    (value, n as f64 * (x * value - before) / (x * x - 1.0))
}

/// ∫₀^∞ f(x) dx for a smooth `f` that falls like a power of x or faster, to about 10⁻¹² relative.
///
/// - `scale` > 0: where the mass of the integral lies, within a few powers of ten.
///
/// The integrand at 0 must be finite or have an integrable singularity.
///
/// # Source
/// Takahasi & Mori 1974, Publ. RIMS 9:721–741, the rule x = exp(π/2 sinh t),
/// with the step halved until two answers agree.
pub fn integrate_half_line(scale: f64, mut f: impl FnMut(f64) -> f64) -> f64 {
    let mut term = |t: f64| {
        let x = scale * libm::exp(FRAC_PI_2 * libm::sinh(t));
        let value = f(x) * x * libm::cosh(t);
        // Where x or 1/x leaves the range of f64 the integrand has vanished.
        if value.is_finite() { value } else { 0.0 }
    };
    let mut step = 0.5;
    let mut sum: f64 = (-HALF_STEPS..=HALF_STEPS).map(|i| term(f64::from(i) * step)).sum();
    let mut integral = sum * step;
    for level in 1..MAX_LEVELS {
        let num_new = HALF_STEPS << level;
        step *= 0.5;
        sum += (-num_new..num_new).filter(|i| i % 2 != 0).map(|i| term(f64::from(i) * step)).sum::<f64>();
        let finer = sum * step;
        let has_converged = (finer - integral).abs() <= HALVING_TOLERANCE * finer.abs();
        integral = finer;
        if has_converged {
            break;
        }
    }
    integral * FRAC_PI_2
}

// t runs over ±4.5, where x is 10^±31 of `scale`: x^(−1/2) has fallen to 10⁻¹⁵ there.
const HALF_STEPS: i32 = 9;
const MAX_LEVELS: u32 = 9;
// The error of each level is about the square of the one before.
const HALVING_TOLERANCE: f64 = 1e-8;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gauss_legendre_is_exact_for_polynomials() {
        for order in [1, 2, 5, 20, 64] {
            let rule = GaussLegendre::new(order);
            let degree = (2 * order - 1) as f64;
            let integral = rule.integrate(0.0, 1.0, |x| libm::pow(x, degree));
            assert!((integral * (degree + 1.0) - 1.0).abs() < 1e-12, "order {order}: {integral}");
            assert!((rule.integrate(-3.0, 5.0, |_| 1.0) - 8.0).abs() < 1e-12);
        }
        let next = GaussLegendre::new(3).integrate(0.0, 1.0, |x| libm::pow(x, 6.0));
        assert!((next * 7.0 - 1.0).abs() > 1e-4, "degree 6 is beyond three nodes");
    }

    #[test]
    fn half_line_integrals_have_their_closed_forms() {
        for scale in [0.01, 1.0, 30.0] {
            let exponential = integrate_half_line(scale, |x| libm::exp(-x));
            assert!((exponential - 1.0).abs() < 1e-11, "scale {scale}: {exponential}");
            for power in [1.5, 2.0, 20.0] {
                let integral = integrate_half_line(scale, |x| libm::pow(1.0 + x, -power));
                assert!(
                    (integral * (power - 1.0) - 1.0).abs() < 1e-11,
                    "scale {scale}, power {power}: {integral}"
                );
            }
        }
    }
}
