//! The table of a posterior: one row per variable, as R's `posterior::summarise_draws` prints it.

use serde::{Deserialize, Serialize};
use stats::summary::{mean, quantile, quantile_of_sorted, sd};

use crate::Draws;
use crate::diagnostics::Workspace;

/// Makes the median absolute deviation of normal draws their SD: 1/Φ⁻¹(¾), to the digits R uses.
const MAD_CONSTANT: f64 = 1.4826;

/// One variable of a posterior, in the names, order and definitions of the columns of
/// `summarise_draws` of the R package posterior.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// Name of the variable, such as `theta[1]`.
    pub variable: String,
    /// Mean of all draws.
    pub mean: f64,
    /// Median of all draws.
    pub median: f64,
    /// SD of all draws, divisor n − 1.
    pub sd: f64,
    /// 1.4826 times the median absolute deviation from the median.
    pub mad: f64,
    /// 5 % quantile, by linear interpolation of order statistics (type 7).
    pub q5: f64,
    /// 95 % quantile, likewise.
    pub q95: f64,
    /// [`rhat`](crate::rhat).
    pub rhat: f64,
    /// [`ess_bulk`](crate::ess_bulk).
    pub ess_bulk: f64,
    /// [`ess_tail`](crate::ess_tail).
    pub ess_tail: f64,
}

/// A row for every variable, in the order of the draws; chains are cut to the length of the shortest.
///
/// What is undefined is NaN: all but `mean` and `sd` where a draw is not finite, and the last
/// three where the diagnostics say nothing (see [`diagnostics`](crate::diagnostics)).
///
/// # Source
/// Bürkner, Gabry, Kay & Vehtari, posterior: tools for working with posterior distributions,
/// default summary functions and `default_convergence_measures`.
#[must_use]
pub fn summarise_draws(draws: &Draws) -> Vec<Summary> {
    let mut workspace = Workspace::default();
    let rows = draws.names().iter().enumerate();
    rows.map(|(k, variable)| summary(&mut workspace, variable, &draws.chains(k))).collect()
}

/// The row of one variable; see [`summarise_draws`].
///
/// - `chains`: its draws, one slice per chain, all of one length.
#[must_use]
pub fn summarise(variable: &str, chains: &[&[f64]]) -> Summary {
    summary(&mut Workspace::default(), variable, chains)
}

fn summary(workspace: &mut Workspace, variable: &str, chains: &[&[f64]]) -> Summary {
    let mut all = chains.concat();
    let (mean, sd) = (mean(&all), sd(&all));
    let mut row = Summary {
        variable: variable.to_owned(),
        mean,
        median: f64::NAN,
        sd,
        mad: f64::NAN,
        q5: f64::NAN,
        q95: f64::NAN,
        rhat: f64::NAN,
        ess_bulk: f64::NAN,
        ess_tail: f64::NAN,
    };
    if let Some(mut loaded) = workspace.load(chains) {
        (row.rhat, row.ess_bulk) = loaded.rhat_and_ess_bulk();
        row.ess_tail = loaded.ess_tail();
    }
    if all.iter().all(|x| x.is_finite()) {
        stats::order::sort(&mut all);
        let at = |prob| quantile_of_sorted(&all, prob).unwrap_or(f64::NAN);
        (row.q5, row.median, row.q95) = (at(0.05), at(0.5), at(0.95));
        let distances: Vec<f64> = all.iter().map(|x| (x - row.median).abs()).collect();
        row.mad = quantile(&distances, 0.5).map_or(f64::NAN, |mad| MAD_CONSTANT * mad);
    }
    row
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::variable_names;

    fn draws_of(chains: &[&[f64]]) -> Draws {
        let mut draws = Draws::new(variable_names(&[("mu", 1)]), chains.len(), 10);
        for (chain, values) in chains.iter().enumerate() {
            values.iter().for_each(|x| draws.push(chain, &[*x]));
        }
        draws
    }

    #[test]
    fn a_row_is_what_a_hand_computes() {
        // Sorted 1 2 3 4 5 6 8 20: median 4.5, distances .5 .5 1.5 1.5 2.5 3.5 3.5 15.5, their
        // median 2; the 5 % quantile lies at place 0.35, the 95 % at 6.65 of 0 to 7.
        let rows = summarise_draws(&draws_of(&[&[3.0, 8.0, 1.0, 5.0], &[20.0, 2.0, 4.0, 6.0]]));
        let [row] = &rows[..] else { panic!("one variable") };
        assert_eq!(row.variable, "mu[1]");
        assert_eq!((row.mean, row.median), (6.125, 4.5));
        for (found, wanted) in [(row.mad, 2.0 * 1.4826), (row.q5, 1.35), (row.q95, 8.0 + 0.65 * 12.0)] {
            assert!((found - wanted).abs() < 1e-12, "{found}, not {wanted}");
        }
    }

    #[test]
    fn what_is_undefined_is_nan() {
        let [row] = &summarise_draws(&draws_of(&[&[2.0; 10], &[2.0; 10]]))[..] else {
            panic!("one variable")
        };
        assert_eq!([row.mean, row.median, row.sd, row.mad, row.q5, row.q95], [2.0, 2.0, 0.0, 0.0, 2.0, 2.0]);
        assert!(row.rhat.is_nan() && row.ess_bulk.is_nan() && row.ess_tail.is_nan());
        let rows = summarise_draws(&draws_of(&[&[1.0, f64::NAN, 3.0, 4.0]]));
        assert!(rows[0].median.is_nan() && rows[0].mad.is_nan() && rows[0].rhat.is_nan());
        assert!(summarise_draws(&draws_of(&[&[]]))[0].q5.is_nan());
    }
}
