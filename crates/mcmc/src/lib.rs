//! Draws, samplers, their adaptation, and the diagnostics of what they drew.

pub mod chain_error;
pub mod diagnostics;
pub mod draws;
pub mod draws_csv;
pub mod samplers;
pub mod transition;

pub use chain_error::ChainError;
pub use diagnostics::{
    Summary, VariableDiagnostics, diagnose, diagnose_variable, e_bfmi, ess_bulk, ess_mean, ess_quantile,
    ess_tail, mcse_mean, mcse_quantile, rank_counts, rhat, summarise, summarise_draws,
};
pub use draws::{Draws, variable_names};
pub use draws_csv::{draws_csv, draws_csv_header, draws_csv_lines};
pub use samplers::collapsed::CollapsedChain;
pub use samplers::exact::ExactChain;
pub use samplers::gibbs::{GibbsChain, GibbsError};
pub use samplers::metropolis::{MetropolisChain, MetropolisSettings};
pub use samplers::nuts::{Init, NutsChain, NutsSettings};
pub use samplers::trajectory::{DIVERGENCE_THRESHOLD, Step};
pub use transition::{SAMPLER_COLUMNS, Sampler, Transition};

/// The random stream of one chain.
#[must_use]
pub fn chain_stream(seed: u64, chain: u64) -> stats::SimRng {
    stats::stream(seed, "chain", chain)
}
