//! Nearly independent draws of the schools in regions: scales first, theta and mu given the scales.
//!
//! theta and mu are integrated out exactly ([`Hierarchy::log_marginal`](models::Hierarchy::log_marginal)),
//! so that the one or two learned SDs are all that is left for a Markov chain (Gelman et al., Bayesian
//! Data Analysis, 3rd ed., § 5.4, draws them from a grid instead).

use std::sync::Arc;

use models::ScaleProposal;
use stats::{SimRng, uniform};

use crate::{Sampler, Transition};

/// Steps of the scales before the first draw. Each leaves a share of the start's error no larger than the
/// share of rejected proposals, some hundredths: nothing is left of it.
const NUM_SETTLING: usize = 12;

/// A chain for a [`Hierarchy`](models::Hierarchy) whose draws are almost independent, with no warmup.
///
/// The learned SDs move by independence Metropolis (Tierney 1994, § 2.3.3) from a proposal that is almost
/// their posterior; then theta and mu are drawn exactly given them. `accept_stat` is the acceptance of
/// the scales, above 0.97. Right for known scales too, where all draws are independent.
///
/// A draw holds theta (K), mu (n), then sigma_mu and sigma_theta if they are learned.
///
/// ```
/// use mcmc::{CollapsedChain, Sampler, chain_stream};
/// use models::{Hierarchy, ScalePosterior, ScaleProposal};
///
/// let proposal = ScaleProposal::new(&ScalePosterior::new(&Hierarchy::eight_schools()));
/// let mut chain = CollapsedChain::new(proposal, chain_stream(1, 0));
/// chain.step();
/// let [theta, mu @ .., sigma_mu] = chain.draw() else { panic!("a draw of ten variables") };
/// assert!(theta.is_finite() && mu.len() == 8 && *sigma_mu > 0.0);
/// ```
#[derive(Clone, Debug)]
pub struct CollapsedChain {
    proposal: Arc<ScaleProposal>,
    rng: SimRng,
    school_sd: f64,
    region_sd: f64,
    /// Log of posterior density over proposal density at the current scales.
    log_weight: f64,
    draw: Vec<f64>,
}

impl CollapsedChain {
    /// A chain whose draw is 0 until the first step.
    ///
    /// - `proposal`: of any model; making one costs a few milliseconds, so that chains may share it.
    /// - `rng`: see [`chain_stream`](crate::chain_stream).
    #[must_use]
    pub fn new(proposal: impl Into<Arc<ScaleProposal>>, rng: SimRng) -> Self {
        Self::start(proposal.into(), rng)
    }

    fn start(proposal: Arc<ScaleProposal>, mut rng: SimRng) -> Self {
        let draw = vec![0.0; proposal.hierarchy().num_variables()];
        let (school_sd, region_sd, log_weight) = weighted_proposal(&proposal, &mut rng);
        let mut chain = Self { proposal, rng, school_sd, region_sd, log_weight, draw };
        for _ in 0..NUM_SETTLING {
            chain.move_scales();
        }
        chain
    }

    /// The probability with which the proposed scales were accepted.
    fn move_scales(&mut self) -> f64 {
        let (school_sd, region_sd, log_weight) = weighted_proposal(&self.proposal, &mut self.rng);
        let accept_stat = libm::exp((log_weight - self.log_weight).min(0.0));
        if uniform(&mut self.rng) < accept_stat {
            (self.school_sd, self.region_sd, self.log_weight) = (school_sd, region_sd, log_weight);
        }
        accept_stat
    }
}

fn weighted_proposal(proposal: &ScaleProposal, rng: &mut SimRng) -> (f64, f64, f64) {
    let (school_sd, region_sd, log_q) = proposal.propose(rng);
    (school_sd, region_sd, proposal.log_target(school_sd, region_sd) - log_q)
}

impl Sampler for CollapsedChain {
    fn step(&mut self) -> Transition {
        let accept_stat = self.move_scales();
        let hierarchy = self.proposal.hierarchy();
        let num_effects = hierarchy.num_regions() + hierarchy.num_schools();
        let (effects, learned) = self.draw.split_at_mut(num_effects);
        let (school_sd, region_sd) = (self.school_sd, self.region_sd);
        hierarchy.draw_given_scales(school_sd * school_sd, region_sd * region_sd, &mut self.rng, effects);
        let scales = [(hierarchy.school_sd(), school_sd), (hierarchy.region_sd(), region_sd)];
        let sds = scales.iter().filter(|(scale, _)| scale.is_learned()).map(|(_, sd)| *sd);
        learned.iter_mut().zip(sds).for_each(|(slot, sd)| *slot = sd);
        Transition { accept_stat, ..Transition::ACCEPTED }
    }

    fn draw(&self) -> &[f64] {
        &self.draw
    }

    fn num_warmup(&self) -> usize {
        0
    }
}
