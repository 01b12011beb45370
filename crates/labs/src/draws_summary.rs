//! A variable's draws in a few numbers, made once for all pictures.

use mcmc::Draws;
use stats::summary::order_statistics;

use crate::regions::{central_ranks, draws_mean};

/// Mean and quantiles of the draws of one variable, all chains together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DrawsSummary {
    /// Mean.
    pub mean: f64,
    /// Median.
    pub median: f64,
    /// Ends of the central 80 %.
    pub inner: (f64, f64),
    /// Ends of the central 90 %.
    pub middle: (f64, f64),
    /// Ends of the central 95 %.
    pub outer: (f64, f64),
}

impl DrawsSummary {
    /// The summary of variable `k`, of which there must be a draw.
    ///
    /// - `values`: room for its draws, overwritten.
    #[must_use]
    pub fn of(draws: &Draws, k: usize, values: &mut Vec<f64>) -> Self {
        values.clear();
        for chain in 0..draws.num_chains() {
            values.extend_from_slice(draws.variable(chain, k));
        }
        let [outer, middle, inner, median] =
            [0.95, 0.9, 0.8, 0.0].map(|level| central_ranks(values.len(), level));
        let [a, b, c] = [outer, middle, inner];
        let ranks = [a[0], b[0], c[0], median[0], c[1], b[1], a[1]];
        let [a, b, c, median, d, e, f] = order_statistics(values, ranks).unwrap_or([f64::NAN; 7]);
        Self { mean: draws_mean(draws, k), median, inner: (c, d), middle: (b, e), outer: (a, f) }
    }
}
