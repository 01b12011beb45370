//! Random-walk Metropolis with an adapted diagonal scale.
//!
//! The oldest Markov chain of all (Metropolis et al. 1953), for comparison with [NUTS](crate::NutsChain):
//! it looks at no gradient, so its moves must be short, and the number of iterations per independent
//! draw grows in proportion to the number of parameters (Roberts, Gelman & Gilks 1997).

use models::LogDensity;
use serde::{Deserialize, Serialize};
use stats::{SimRng, standard_normal, uniform};

use crate::samplers::nuts::Init;
use crate::samplers::warmup::{Phase, Variances, Windows};
use crate::{ChainError, Sampler, Transition};

/// Trials at finding a starting point, as in Stan.
const MAX_INIT_TRIES: u32 = 100;
/// Starting points are uniform on (−2, 2), as in Stan.
const INIT_RADIUS: f64 = 2.0;
/// √dim times the best step size once the scales are the posterior SDs (Gelman, Roberts & Gilks 1996).
const BEST_STEP_SIZE: f64 = 2.38;
/// Gain of the stochastic approximation: −1 / (slope of the acceptance in the log step size at the best
/// one), which is 2.38 φ(1.19) = 0.468 in high dimension.
const GAIN: f64 = 2.0;
/// Decay of the gain; between ½ and 1, so that the iterates may be averaged (Polyak & Juditsky 1992).
const GAIN_DECAY: f64 = 0.6;

/// How a random-walk Metropolis chain runs.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct MetropolisSettings {
    /// Iterations of adaptation.
    pub num_warmup: usize,
    /// Iterations after them; for the caller that runs the chain, which itself never ends.
    pub num_draws: usize,
    /// Mean acceptance that the step size aims at, within (0, 1). The default, 0.234, is
    /// best for many parameters (Roberts, Gelman & Gilks 1997); 0.44 is for one.
    pub target_accept: f64,
}

impl Default for MetropolisSettings {
    fn default() -> Self {
        Self { num_warmup: 1000, num_draws: 1000, target_accept: 0.234 }
    }
}

/// One chain of random-walk Metropolis on the unconstrained parameters.
///
/// Proposals are normal around the current position, with SDs `step_size × scale`, one scale per
/// parameter. During warmup the scales become the posterior SDs, estimated in
/// [Stan's windows](crate::NutsChain), and the step size is steered to `target_accept` by stochastic
/// approximation (Andrieu & Thoms 2008, § 5.1). Afterwards both are left alone, so that the kept draws
/// come from one Markov chain whose stationary distribution is the model's.
///
/// ```
/// use mcmc::{Init, MetropolisChain, MetropolisSettings, Sampler, chain_stream};
/// use models::{RegionModel, RegionScales};
///
/// let scales = RegionScales { noise_var: 1.0, school_var: 1.0, region_var: 25.0 };
/// let model = RegionModel::new(&[1.0, 3.0, -2.0], &[2, 1], scales)?;
/// let settings = MetropolisSettings::default();
/// let mut chain = MetropolisChain::new(model, settings, chain_stream(1, 0), Init::Uniform)?;
/// while chain.step().warmup {}
/// assert_eq!(chain.draw().len(), 5);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct MetropolisChain<'a> {
    model: Box<dyn LogDensity + 'a>,
    /// The model's type.
    code: &'static str,
    settings: MetropolisSettings,
    rng: SimRng,
    position: Vec<f64>,
    log_density: f64,
    proposal: Vec<f64>,
    /// The model computes a gradient with the density; nobody looks at it here.
    grad: Vec<f64>,
    /// Proposal SDs at step size 1, length dim.
    scale: Vec<f64>,
    step_size: f64,
    iteration: usize,
    steering: Steering,
    windows: Windows,
    variances: Variances,
    /// What the current position stands for.
    draw: Vec<f64>,
}

impl<'a> MetropolisChain<'a> {
    /// A chain at its starting point, a position of unconstrained parameters.
    ///
    /// - `rng`: see [`chain_stream`](crate::chain_stream).
    ///
    /// # Errors
    /// Any [`ChainError`].
    pub fn new<M: LogDensity + 'a>(
        model: M,
        settings: MetropolisSettings,
        rng: SimRng,
        init: Init<'_>,
    ) -> Result<Self, ChainError> {
        Self::start(Box::new(model), std::any::type_name::<M>(), settings, rng, init)
    }

    /// As that of [NUTS](crate::NutsChain).
    fn start(
        model: Box<dyn LogDensity + 'a>,
        code: &'static str,
        settings: MetropolisSettings,
        rng: SimRng,
        init: Init<'_>,
    ) -> Result<Self, ChainError> {
        let dim = model.dim();
        let value = settings.target_accept;
        if !(value > 0.0 && value < 1.0) {
            return Err(ChainError::TargetAcceptOutOfRange { value });
        }
        if dim == 0 {
            return Err(ChainError::NoParameter);
        }
        let step_size = BEST_STEP_SIZE / (dim as f64).sqrt();
        let mut chain = Self {
            draw: vec![0.0; model.num_variables()],
            model,
            code,
            settings,
            rng,
            position: vec![0.0; dim],
            log_density: f64::NAN,
            proposal: vec![0.0; dim],
            grad: vec![0.0; dim],
            scale: vec![1.0; dim],
            step_size,
            iteration: 0,
            steering: Steering::new(settings.target_accept, step_size),
            windows: Windows::new(settings.num_warmup),
            variances: Variances::new(dim),
        };
        chain.find_start(init)?;
        chain.model.constrain(&chain.position, &mut chain.draw);
        Ok(chain)
    }

    /// The step size of the next iteration.
    #[must_use]
    pub fn step_size(&self) -> f64 {
        self.step_size
    }

    /// SDs of the proposals at step size 1, in the units of the parameters, length dim.
    #[must_use]
    pub fn scale(&self) -> &[f64] {
        &self.scale
    }

    /// The settings.
    #[must_use]
    pub fn settings(&self) -> MetropolisSettings {
        self.settings
    }

    fn find_start(&mut self, init: Init<'_>) -> Result<(), ChainError> {
        let dim = self.model.dim();
        let num_tries = match init {
            Init::Uniform => MAX_INIT_TRIES,
            Init::At(position) if position.len() != dim => {
                return Err(ChainError::InitLengthMismatch { dim, len: position.len() });
            }
            Init::At(_) => 1,
        };
        for _ in 0..num_tries {
            match init {
                Init::Uniform => {
                    self.position.fill_with(|| INIT_RADIUS * (2.0 * uniform(&mut self.rng) - 1.0));
                }
                Init::At(position) => self.position.copy_from_slice(position),
            }
            self.log_density = self.model.log_density_and_grad(&self.position, &mut self.grad);
            if self.log_density.is_finite() {
                return Ok(());
            }
        }
        Err(ChainError::InitNotFinite { num_tries })
    }

    /// Proposes and decides; the probability with which the proposal was accepted.
    fn transition(&mut self) -> f64 {
        for ((proposal, x), scale) in self.proposal.iter_mut().zip(&self.position).zip(&self.scale) {
            *proposal = x + self.step_size * scale * standard_normal(&mut self.rng);
        }
        let log_density = self.model.log_density_and_grad(&self.proposal, &mut self.grad);
        let log_ratio = log_density - self.log_density;
        // A proposal outside the support (−∞ or NaN) is never accepted.
        let accept_stat = if log_ratio.is_nan() { 0.0 } else { libm::exp(log_ratio.min(0.0)) };
        if uniform(&mut self.rng) < accept_stat {
            std::mem::swap(&mut self.position, &mut self.proposal);
            self.log_density = log_density;
            self.model.constrain(&self.position, &mut self.draw);
        }
        accept_stat
    }

    fn adapt(&mut self, accept_stat: f64) {
        self.step_size = self.steering.learn(accept_stat);
        let phase = self.windows.next();
        if phase != Phase::StepSizeOnly {
            self.variances.add(&self.position);
        }
        if phase == Phase::WindowEnd {
            self.variances.take_scale(&mut self.scale);
            self.step_size = BEST_STEP_SIZE / (self.model.dim() as f64).sqrt();
            self.steering.restart(self.step_size);
        }
        if self.iteration + 1 == self.settings.num_warmup {
            self.step_size = self.steering.final_step_size();
        }
    }
}

impl Sampler for MetropolisChain<'_> {
    fn step(&mut self) -> Transition {
        let step_size = self.step_size;
        let accept_stat = self.transition();
        let warmup = self.iteration < self.settings.num_warmup;
        if warmup {
            self.adapt(accept_stat);
        }
        self.iteration += 1;
        Transition { accept_stat, step_size, log_density: self.log_density, warmup, ..Transition::ACCEPTED }
    }

    fn draw(&self) -> &[f64] {
        &self.draw
    }

    fn num_warmup(&self) -> usize {
        self.settings.num_warmup
    }

    fn code(&self) -> &'static str {
        self.code
    }
}

/// Stochastic approximation of the step size with a wanted acceptance (Robbins & Monro 1951), and the
/// average of its iterates.
///
/// Not the dual averaging of NUTS, which starts at ten times the step size: there long steps are cheap to
/// try, here they are all rejected.
#[derive(Clone, Debug)]
struct Steering {
    target_accept: f64,
    log_step_size: f64,
    count: f64,
    mean_log_step_size: f64,
}

impl Steering {
    fn new(target_accept: f64, step_size: f64) -> Self {
        let mut steering = Self { target_accept, log_step_size: 0.0, count: 0.0, mean_log_step_size: 0.0 };
        steering.restart(step_size);
        steering
    }

    fn restart(&mut self, step_size: f64) {
        self.log_step_size = libm::log(step_size);
        self.count = 0.0;
        self.mean_log_step_size = self.log_step_size;
    }

    /// The step size for the next iteration, after one with this acceptance.
    fn learn(&mut self, accept_stat: f64) -> f64 {
        self.count += 1.0;
        let gain = GAIN * libm::pow(self.count, -GAIN_DECAY);
        self.log_step_size += gain * (accept_stat - self.target_accept);
        self.mean_log_step_size += (self.log_step_size - self.mean_log_step_size) / self.count;
        libm::exp(self.log_step_size)
    }

    /// The averaged step size, for use once warmup is over.
    fn final_step_size(&self) -> f64 {
        libm::exp(self.mean_log_step_size)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steering_finds_the_step_size_whose_acceptance_is_the_target() {
        // An acceptance curve 1/(1 + ε²) passes 0.2 at ε = 2 and 0.5 at 1.
        for (target, wanted) in [(0.2, 2.0), (0.5, 1.0)] {
            let mut steering = Steering::new(target, 0.1);
            let mut step_size: f64 = 0.1;
            for iteration in 0..2000 {
                if iteration == 1000 {
                    steering.restart(step_size);
                }
                step_size = steering.learn(1.0 / (1.0 + step_size * step_size));
            }
            assert!((steering.final_step_size() / wanted - 1.0).abs() < 1e-3);
        }
    }

    #[test]
    fn first_step_follows_the_formula() {
        let mut steering = Steering::new(0.234, 0.5);
        let step_size = steering.learn(1.0);
        assert!((step_size / (0.5 * libm::exp(2.0 * 0.766)) - 1.0).abs() < 1e-14);
        assert!((steering.final_step_size() / step_size - 1.0).abs() < 1e-14);
    }
}
