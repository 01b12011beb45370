//! Slope and dispersion on the plain grid of the published values: equal steps in a fixed box.
//!
//! ```text
//! α = −1, −0.9975, …, 2     σ = 0, 0.002, …, 2.5
//! ```
//!
//! Sums over the nodes stand for integrals; those at σ = 0, where the density ends, count half. A quantile is read
//! off straight lines between the nodes, at each of which the distribution function is the mass of the nodes before
//! it and half its own. [`SlopePosterior`] is finer and knows no box;
//! quantiles of the two differ by up to 4e-5. This grid is for who compares digits.

use crate::mr_slope::SlopeModel;
use crate::mr_slope_posterior::SlopePosterior;

/// First node, step and number of steps of α.
const ALPHA: (f64, f64, u32) = (-1.0, 0.0025, 1200);
/// The same of σ.
const SIGMA: (f64, f64, u32) = (0.0, 0.002, 1250);
/// Most mass outside the box: it moves the means by less than straight lines between the nodes do the quantiles.
const MOST_OUTSIDE: f64 = 1e-5;
/// Steps that an SD must have for straight lines between the nodes to be good enough.
const LEAST_STEPS: f64 = 5.0;

/// One parameter on its nodes.
#[derive(Clone, Debug, PartialEq)]
pub struct GridMarginal {
    /// Posterior mean.
    pub mean: f64,
    /// Posterior SD.
    pub sd: f64,
    /// Nodes, and the mass of each.
    nodes: Vec<(f64, f64)>,
}

/// Slope α and dispersion σ on the grid; `None` if their posterior reaches out of the box or is too narrow for it.
///
/// - `posterior`: of the same model.
#[must_use]
pub fn on_plain_grid(model: &SlopeModel, posterior: &SlopePosterior) -> Option<(GridMarginal, GridMarginal)> {
    if !fits(posterior) {
        return None;
    }
    let node = |(first, step, _): (f64, f64, u32), i: u32| first + step * f64::from(i);
    let mut of_alpha = vec![0.0; ALPHA.2 as usize + 1];
    let mut of_sigma = vec![0.0; SIGMA.2 as usize + 1];
    for (i, sum) in (0..).zip(&mut of_alpha) {
        for (k, column) in (0..).zip(&mut of_sigma) {
            let log_density = model.log_density(node(ALPHA, i), node(SIGMA, k));
            let density = libm::exp(log_density - posterior.log_peak) * if k == 0 { 0.5 } else { 1.0 };
            *sum += density;
            *column += density;
        }
    }
    let marginal = |range: (f64, f64, u32), mass: Vec<f64>| {
        GridMarginal::new((0..=range.2).map(|i| node(range, i)).zip(mass).collect())
    };
    let (alpha, sigma) = (marginal(ALPHA, of_alpha), marginal(SIGMA, of_sigma));
    Some((alpha, sigma))
}

/// Whether nearly all of `posterior` lies in the box, and is not too narrow for its steps.
fn fits(posterior: &SlopePosterior) -> bool {
    let (alpha, sigma) = (&posterior.alpha, &posterior.sigma);
    let end = |(first, step, num): (f64, f64, u32)| first + step * f64::from(num);
    let outside = alpha.cdf(ALPHA.0) + 1.0 - alpha.cdf(end(ALPHA)) + 1.0 - sigma.cdf(end(SIGMA));
    outside <= MOST_OUTSIDE && alpha.sd >= LEAST_STEPS * ALPHA.1 && sigma.sd >= LEAST_STEPS * SIGMA.1
}

impl GridMarginal {
    /// - `nodes`: rising, each with its mass, in any unit.
    fn new(mut nodes: Vec<(f64, f64)>) -> Self {
        let total: f64 = nodes.iter().map(|node| node.1).sum();
        nodes.iter_mut().for_each(|node| node.1 /= total);
        let mean: f64 = nodes.iter().map(|(value, mass)| value * mass).sum();
        let var: f64 = nodes.iter().map(|(value, mass)| mass * (value - mean) * (value - mean)).sum();
        Self { mean, sd: var.sqrt(), nodes }
    }

    /// The value below which a share `p` of the posterior lies.
    #[must_use]
    pub fn quantile(&self, p: f64) -> f64 {
        let (mut below, mut last) = (0.0, None);
        for (value, mass) in &self.nodes {
            let at = below + 0.5 * mass;
            if at >= p {
                return last.map_or(*value, |(before, low): (f64, f64)| {
                    before + (value - before) * (p - low) / (at - low)
                });
            }
            last = Some((*value, at));
            below += mass;
        }
        last.map_or(f64::NAN, |last| last.0)
    }
}
