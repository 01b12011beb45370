//! Did the chains mix, and how precise are their averages?
//!
//! All after Vehtari, Gelman, Simpson, Carpenter & Bürkner (2021), Rank-normalization,
//! folding, and localization: an improved R-hat, Bayesian Analysis 16:667–718.
//!
//! Functions of one variable take `chains`: one slice of draws per chain, all of one
//! length ([`Draws::chains`] makes them), and panic if the lengths differ. They give NaN
//! where the answer is undefined: fewer than [`MIN_DRAWS`] draws per chain, a draw that
//! is not finite, or draws that are all the same.

mod ess;
mod rank;
mod rank_counts;
mod rhat;
mod summarise;

use serde::{Deserialize, Serialize};
use stats::special::beta_quantile;

use crate::Draws;
use crate::diagnostics::ess::EssWorkspace;
use crate::diagnostics::rank::{Ranked, quantile_of_sorted};
use crate::diagnostics::rhat::rhat_of;

pub use rank_counts::rank_counts;
pub use summarise::{Summary, summarise, summarise_draws};

/// Fewest draws per chain for which anything can be said.
pub const MIN_DRAWS: usize = 4;

/// The quantiles whose effective sample sizes make the tail ESS.
const TAIL_PROBS: [f64; 2] = [0.05, 0.95];

/// Summary and diagnostics of one variable.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct VariableDiagnostics {
    /// Mean of all draws.
    pub mean: f64,
    /// SD of all draws.
    pub sd: f64,
    /// Larger of the rank-normalized and the folded split R-hat.
    pub rhat: f64,
    /// Effective sample size of the rank-normalized draws.
    pub ess_bulk: f64,
    /// Smaller of the effective sample sizes for the 5 % and 95 % quantiles.
    pub ess_tail: f64,
    /// Monte Carlo standard error of `mean`.
    pub mcse_mean: f64,
}

/// Diagnostics of every variable; chains are cut to the length of the shortest.
#[must_use]
pub fn diagnose(draws: &Draws) -> Vec<VariableDiagnostics> {
    let mut workspace = Workspace::default();
    (0..draws.num_variables()).map(|k| workspace.diagnose(&draws.chains(k))).collect()
}

/// Summary and all diagnostics of one variable at once: each sorts the draws, here it is done once.
#[must_use]
pub fn diagnose_variable(chains: &[&[f64]]) -> VariableDiagnostics {
    Workspace::default().diagnose(chains)
}

/// Larger of the rank-normalized split R-hat (location) and that of the draws folded
/// around their median (scale). Above 1.01 the chains have not mixed.
#[must_use]
pub fn rhat(chains: &[&[f64]]) -> f64 {
    Workspace::default().load(chains).map_or(f64::NAN, |mut loaded| loaded.rhat_and_ess_bulk().0)
}

/// Effective sample size of the rank-normalized split chains: how well the bulk of the
/// distribution is explored.
#[must_use]
pub fn ess_bulk(chains: &[&[f64]]) -> f64 {
    Workspace::default().load(chains).map_or(f64::NAN, |mut loaded| loaded.rhat_and_ess_bulk().1)
}

/// Smaller of the effective sample sizes for the 5 % and the 95 % quantile.
#[must_use]
pub fn ess_tail(chains: &[&[f64]]) -> f64 {
    Workspace::default().load(chains).map_or(f64::NAN, |mut loaded| loaded.ess_tail())
}

/// Effective sample size for the mean.
#[must_use]
pub fn ess_mean(chains: &[&[f64]]) -> f64 {
    Workspace::default().load(chains).map_or(f64::NAN, |mut loaded| loaded.ess_mean())
}

/// Effective sample size for the quantile at `prob`, within (0, 1).
#[must_use]
pub fn ess_quantile(chains: &[&[f64]], prob: f64) -> f64 {
    Workspace::default().load(chains).map_or(f64::NAN, |mut loaded| loaded.ess_quantile(prob))
}

/// Monte Carlo standard error of the mean.
#[must_use]
pub fn mcse_mean(chains: &[&[f64]]) -> f64 {
    Workspace::default().diagnose(chains).mcse_mean
}

/// Monte Carlo standard error of the quantile at `prob`, within (0, 1).
///
/// Half the distance between the order statistics one standard error up and down,
/// which follow a beta distribution: § 4.3 of Vehtari et al. (2021).
#[must_use]
pub fn mcse_quantile(chains: &[&[f64]], prob: f64) -> f64 {
    let mut workspace = Workspace::default();
    let Some(mut loaded) = workspace.load(chains) else { return f64::NAN };
    let ess = loaded.ess_quantile(prob);
    if !ess.is_finite() {
        return f64::NAN;
    }
    let sorted = &workspace.all_sorted;
    let last = (sorted.len() - 1) as f64;
    let place =
        |p: f64| beta_quantile(p, ess * prob + 1.0, ess * (1.0 - prob) + 1.0) * sorted.len() as f64 - 1.0;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped to the indices of the draws"
    )]
    let at = |place: f64| sorted[place.clamp(0.0, last) as usize];
    // Φ(−1) and Φ(1), to the digits of the reference code.
    0.5 * (at(place(0.841_344_7).ceil()) - at(place(0.158_655_3).floor()))
}

/// Energy Bayesian fraction of missing information of one chain: mean squared change of
/// energy over its variance. Below 0.3, momentum draws do not reach the energies needed.
///
/// # Source
/// Betancourt (2016), Diagnosing suboptimal cotangent disintegrations in Hamiltonian Monte Carlo.
#[must_use]
pub fn e_bfmi(energy: &[f64]) -> f64 {
    let n = energy.len() as f64;
    let mean = energy.iter().sum::<f64>() / n;
    let squares: f64 = energy.iter().map(|e| (e - mean) * (e - mean)).sum();
    let changes: f64 = energy.windows(2).map(|pair| (pair[1] - pair[0]) * (pair[1] - pair[0])).sum();
    changes / squares
}

/// Buffers of one variable's diagnostics, kept from variable to variable.
#[derive(Default)]
struct Workspace {
    /// Halves of chains, one after the other; an odd chain loses its middle draw.
    split: Vec<f64>,
    /// All draws, sorted.
    all_sorted: Vec<f64>,
    ranked: Ranked,
    scores: Vec<f64>,
    ess: EssWorkspace,
}

/// A workspace with usable draws in it.
struct Loaded<'a> {
    workspace: &'a mut Workspace,
    /// Draws per half chain.
    half: usize,
}

impl Workspace {
    fn load(&mut self, chains: &[&[f64]]) -> Option<Loaded<'_>> {
        let num_draws = chains.first()?.len();
        assert!(chains.iter().all(|chain| chain.len() == num_draws), "chains differ in length");
        if num_draws < MIN_DRAWS || chains.iter().any(|chain| chain.iter().any(|x| !x.is_finite())) {
            return None;
        }
        let half = num_draws / 2;
        self.split.clear();
        for chain in chains {
            self.split.extend_from_slice(&chain[..half]);
            self.split.extend_from_slice(&chain[num_draws - half..]);
        }
        self.ranked.sort(&self.split);
        self.all_sorted.clear();
        self.all_sorted.extend_from_slice(&self.ranked.sorted);
        if num_draws % 2 == 1 {
            self.all_sorted.extend(chains.iter().map(|chain| chain[half]));
            stats::order::sort(&mut self.all_sorted);
        }
        if self.all_sorted.first() == self.all_sorted.last() {
            return None;
        }
        Some(Loaded { workspace: self, half })
    }

    fn diagnose(&mut self, chains: &[&[f64]]) -> VariableDiagnostics {
        let count = chains.iter().map(|chain| chain.len()).sum::<usize>() as f64;
        let all = || chains.iter().flat_map(|chain| chain.iter());
        let mean = all().sum::<f64>() / count;
        let sd = (all().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (count - 1.0)).sqrt();
        let Some(mut loaded) = self.load(chains) else {
            let nan = f64::NAN;
            return VariableDiagnostics { mean, sd, rhat: nan, ess_bulk: nan, ess_tail: nan, mcse_mean: nan };
        };
        let (rhat, ess_bulk) = loaded.rhat_and_ess_bulk();
        let mcse_mean = sd / loaded.ess_mean().sqrt();
        VariableDiagnostics { mean, sd, rhat, ess_bulk, ess_tail: loaded.ess_tail(), mcse_mean }
    }
}

impl Loaded<'_> {
    fn rhat_and_ess_bulk(&mut self) -> (f64, f64) {
        let Workspace { ranked, scores, ess, .. } = &mut *self.workspace;
        ranked.normal_scores(scores);
        let location = rhat_of(scores, self.half);
        let ess_bulk = ess.ess(scores, self.half);
        ranked.folded_scores(scores);
        (location.max(rhat_of(scores, self.half)), ess_bulk)
    }

    fn ess_mean(&mut self) -> f64 {
        self.workspace.ess.ess(&self.workspace.split, self.half)
    }

    fn ess_tail(&mut self) -> f64 {
        let [low, high] = TAIL_PROBS.map(|prob| self.ess_quantile(prob));
        low.min(high)
    }

    fn ess_quantile(&mut self, prob: f64) -> f64 {
        let Workspace { split, all_sorted, scores, ess, .. } = &mut *self.workspace;
        let quantile = quantile_of_sorted(all_sorted, prob);
        scores.clear();
        scores.extend(split.iter().map(|x| f64::from(u8::from(*x <= quantile))));
        ess.ess(scores, self.half)
    }
}
