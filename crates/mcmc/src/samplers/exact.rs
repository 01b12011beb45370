//! Independent draws from a posterior known in closed form, as a sampler.

use models::ExactPosterior;
use stats::SimRng;

use crate::{Sampler, Transition};

/// A "chain" of independent draws, with no warmup.
pub struct ExactChain<'a> {
    posterior: Box<dyn ExactPosterior + 'a>,
    rng: SimRng,
    draw: Vec<f64>,
}

impl<'a> ExactChain<'a> {
    /// A chain whose draw is 0 until the first step.
    pub fn new(posterior: impl ExactPosterior + 'a, rng: SimRng) -> Self {
        let draw = vec![0.0; posterior.dim()];
        Self { posterior: Box::new(posterior), rng, draw }
    }
}

impl Sampler for ExactChain<'_> {
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
