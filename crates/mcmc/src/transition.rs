//! What every sampler does: one step, and what to tell about it.

use serde::{Deserialize, Serialize};

/// What happened in one iteration of a sampler, in Stan's terms.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Transition {
    /// Mean Metropolis acceptance probability over the trajectory, in [0, 1].
    pub accept_stat: f64,
    /// Leapfrog step size used in this iteration; 0 for samplers without one.
    pub step_size: f64,
    /// Number of completed doublings.
    pub tree_depth: u32,
    /// Number of leapfrog steps, each one gradient.
    pub num_leapfrog: u32,
    /// Whether the energy error passed [`DIVERGENCE_THRESHOLD`](crate::DIVERGENCE_THRESHOLD).
    pub divergent: bool,
    /// Total energy at the new position; NaN for samplers without momentum.
    pub energy: f64,
    /// Log density at the new position; NaN for samplers that do not compute it.
    pub log_density: f64,
    /// Whether the iteration belonged to the adaptation phase: then the draw is not kept.
    pub warmup: bool,
}

/// Names of the sampler's own columns, as Stan writes them.
pub const SAMPLER_COLUMNS: [&str; 7] =
    ["lp__", "accept_stat__", "stepsize__", "treedepth__", "n_leapfrog__", "divergent__", "energy__"];

impl Transition {
    /// A kept iteration of a sampler without trajectories: accepted, and nothing more to tell.
    pub const ACCEPTED: Self = Self {
        accept_stat: 1.0,
        step_size: 0.0,
        tree_depth: 0,
        num_leapfrog: 0,
        divergent: false,
        energy: f64::NAN,
        log_density: f64::NAN,
        warmup: false,
    };

    /// The numbers of [`SAMPLER_COLUMNS`]; NaN where the sampler has no such number.
    #[must_use]
    pub fn columns(&self) -> [f64; 7] {
        [
            self.log_density,
            self.accept_stat,
            self.step_size,
            f64::from(self.tree_depth),
            f64::from(self.num_leapfrog),
            f64::from(u8::from(self.divergent)),
            self.energy,
        ]
    }
}

/// A Markov chain (or a sequence of independent draws) that its caller advances,
/// pauses and stops at will.
pub trait Sampler {
    /// Runs one iteration. Allocates nothing.
    fn step(&mut self) -> Transition;

    /// The draw of the last iteration: the model's variables on their own scale,
    /// length [`num_variables`](Self::num_variables).
    fn draw(&self) -> &[f64];

    /// Number of variables.
    fn num_variables(&self) -> usize {
        self.draw().len()
    }

    /// Number of iterations before draws should be kept.
    fn num_warmup(&self) -> usize;

    /// Names the code that runs: samplers of equal code are compiled together, and tell nothing else by it.
    fn code(&self) -> &'static str {
        std::any::type_name::<Self>()
    }
}
