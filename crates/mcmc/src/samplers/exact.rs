//! Independent draws from a posterior known in closed form, as a sampler.

use models::ExactPosterior;
use stats::SimRng;

use crate::{Sampler, Transition};

/// A "chain" of independent draws, with no warmup.
#[derive(Clone, Debug)]
pub struct ExactChain<P> {
    posterior: P,
    rng: SimRng,
    draw: Vec<f64>,
}

impl<P: ExactPosterior> ExactChain<P> {
    /// A chain whose draw is 0 until the first step.
    pub fn new(posterior: P, rng: SimRng) -> Self {
        let draw = vec![0.0; posterior.dim()];
        Self { posterior, rng, draw }
    }
}

impl<P: ExactPosterior> Sampler for ExactChain<P> {
    fn step(&mut self) -> Transition {
        self.posterior.exact_draw(&mut self.rng, &mut self.draw);
        Transition::ACCEPTED
    }

    fn draw(&self) -> &[f64] {
        &self.draw
    }

    fn num_warmup(&self) -> usize {
        0
    }
}
