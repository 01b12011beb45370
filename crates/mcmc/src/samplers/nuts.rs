//! The no-U-turn sampler with Stan's adaptation of step size and diagonal metric.

use models::LogDensity;
use serde::{Deserialize, Serialize};
use stats::{SimRng, uniform};

use crate::samplers::step_size::DualAveraging;
use crate::samplers::trajectory::{Step, Trajectory};
use crate::samplers::warmup::{Phase, Variances, Windows};
use crate::{ChainError, Sampler, Transition};

/// Trials at finding a starting point, as in Stan.
const MAX_INIT_TRIES: u32 = 100;
/// Starting points are uniform on (−2, 2), as in Stan.
const INIT_RADIUS: f64 = 2.0;
/// Acceptance that the first step size should about have, as in Stan.
const FIRST_ACCEPT: f64 = 0.8;
/// The first step size is sought within these limits.
const STEP_SIZE_RANGE: std::ops::RangeInclusive<f64> = 1e-12..=1e7;
/// A deeper tree would have more leapfrog steps than a reader would wait for.
const DEEPEST_TREE: u32 = 20;

/// How a NUTS chain runs. `Default` gives Stan's defaults.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct NutsSettings {
    /// Iterations of adaptation.
    pub num_warmup: usize,
    /// Iterations after them; for the caller that runs the chain, which itself never ends.
    pub num_draws: usize,
    /// Mean acceptance statistic that the step size aims at, within (0, 1).
    pub target_accept: f64,
    /// Largest number of doublings, 1 to 20.
    pub max_tree_depth: u32,
}

impl Default for NutsSettings {
    fn default() -> Self {
        Self { num_warmup: 1000, num_draws: 1000, target_accept: 0.8, max_tree_depth: 10 }
    }
}

/// Where a chain starts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Init<'a> {
    /// Each coordinate uniform on (−2, 2), from the chain's own stream, as in Stan.
    Uniform,
    /// At this position.
    At(&'a [f64]),
}

/// One chain of the no-U-turn sampler.
///
/// The first `num_warmup` calls of [`step`](Sampler::step) adapt step size and
/// metric; all further ones leave them alone.
///
/// ```
/// use mcmc::{Init, NutsChain, NutsSettings, Sampler, chain_stream};
///
/// struct StandardNormal;
/// impl models::LogDensity for StandardNormal {
///     fn dim(&self) -> usize {
///         1
///     }
///     fn log_density_and_grad(&self, position: &[f64], grad: &mut [f64]) -> f64 {
///         grad[0] = -position[0];
///         -0.5 * position[0] * position[0]
///     }
/// }
///
/// let settings = NutsSettings { num_warmup: 200, ..NutsSettings::default() };
/// let mut chain = NutsChain::new(StandardNormal, settings, chain_stream(1, 0), Init::Uniform)?;
/// while chain.step().warmup {}
/// assert!(chain.step_size() > 0.1);
/// # Ok::<(), mcmc::ChainError>(())
/// ```
pub struct NutsChain<'a> {
    model: Box<dyn LogDensity + 'a>,
    /// The model's type.
    code: &'static str,
    settings: NutsSettings,
    rng: SimRng,
    trajectory: Trajectory,
    /// √(inverse metric), padded with zeros.
    scale: Vec<f64>,
    step_size: f64,
    iteration: usize,
    averaging: DualAveraging,
    windows: Windows,
    variances: Variances,
    /// What the current position stands for.
    draw: Vec<f64>,
}

impl<'a> NutsChain<'a> {
    /// A chain at its starting point, its first step size found.
    ///
    /// - `rng`: see [`chain_stream`](crate::chain_stream).
    ///
    /// # Errors
    /// Any [`ChainError`].
    pub fn new<M: LogDensity + 'a>(
        model: M,
        settings: NutsSettings,
        rng: SimRng,
        init: Init<'_>,
    ) -> Result<Self, ChainError> {
        Self::start(Box::new(model), std::any::type_name::<M>(), settings, rng, init)
    }

    /// Compiled once, and here: what is generic is compiled where it is named, by crates that are kept small.
    fn start(
        model: Box<dyn LogDensity + 'a>,
        code: &'static str,
        settings: NutsSettings,
        rng: SimRng,
        init: Init<'_>,
    ) -> Result<Self, ChainError> {
        let dim = model.dim();
        let value = settings.target_accept;
        if !(value > 0.0 && value < 1.0) {
            return Err(ChainError::TargetAcceptOutOfRange { value });
        }
        let value = settings.max_tree_depth;
        if !(1..=DEEPEST_TREE).contains(&value) {
            return Err(ChainError::MaxTreeDepthOutOfRange { value });
        }
        if dim == 0 {
            return Err(ChainError::NoParameter);
        }
        let trajectory = Trajectory::new(dim, settings.max_tree_depth);
        let mut scale = vec![0.0; trajectory.current().position.len()];
        scale[..dim].fill(1.0);
        let mut chain = Self {
            model,
            code,
            settings,
            rng,
            trajectory,
            scale,
            step_size: 1.0,
            iteration: 0,
            averaging: DualAveraging::new(settings.target_accept, 1.0),
            windows: Windows::new(settings.num_warmup),
            variances: Variances::new(dim),
            draw: Vec::new(),
        };
        chain.find_start(init)?;
        chain.draw.resize(chain.model.num_variables(), 0.0);
        chain.report_draw();
        chain.find_step_size();
        Ok(chain)
    }

    /// The step size of the next iteration.
    #[must_use]
    pub fn step_size(&self) -> f64 {
        self.step_size
    }

    /// Takes `step_size` (> 0) from now on; a warmup iteration adapts it further.
    pub fn set_step_size(&mut self, step_size: f64) {
        self.step_size = step_size;
        self.averaging.restart(step_size);
    }

    /// Keeps the steps of each transition, for [`trajectory`](Self::trajectory). Costs an allocation a step.
    pub fn record_trajectories(&mut self) {
        self.trajectory.record();
    }

    /// The leapfrog steps of the last transition in the order in which they were made; empty unless
    /// [recorded](Self::record_trajectories).
    #[must_use]
    pub fn trajectory(&self) -> &[Step] {
        self.trajectory.recorded()
    }

    /// The diagonal of the inverse metric in use, length dim.
    #[must_use]
    pub fn inv_metric(&self) -> Vec<f64> {
        self.scale[..self.model.dim()].iter().map(|scale| scale * scale).collect()
    }

    /// The settings.
    #[must_use]
    pub fn settings(&self) -> NutsSettings {
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
            let state = self.trajectory.current_mut();
            match init {
                Init::Uniform => {
                    state.position[..dim].fill_with(|| INIT_RADIUS * (2.0 * uniform(&mut self.rng) - 1.0))
                }
                Init::At(position) => state.position[..dim].copy_from_slice(position),
            }
            state.log_density =
                self.model.log_density_and_grad(&state.position[..dim], &mut state.grad[..dim]);
            if state.log_density.is_finite() && state.grad.iter().all(|g| g.is_finite()) {
                return Ok(());
            }
        }
        Err(ChainError::InitNotFinite { num_tries })
    }

    /// Doubles or halves the step size until the acceptance of one step crosses 0.8
    /// (Hoffman & Gelman 2014, algorithm 4, with Stan's threshold), then restarts the
    /// averaging from it.
    fn find_step_size(&mut self) {
        let grows = self.trial_accepts();
        let factor = if grows { 2.0 } else { 0.5 };
        while self.trial_accepts() == grows {
            let next = self.step_size * factor;
            if !STEP_SIZE_RANGE.contains(&next) {
                break;
            }
            self.step_size = next;
        }
        self.averaging.restart(self.step_size);
    }

    fn report_draw(&mut self) {
        let position = &self.trajectory.current().position[..self.model.dim()];
        self.model.constrain(position, &mut self.draw);
    }

    fn trial_accepts(&mut self) -> bool {
        let Self { trajectory, model, scale, step_size, rng, .. } = self;
        trajectory.trial_energy_loss(&**model, scale, *step_size, rng) > libm::log(FIRST_ACCEPT)
    }

    fn adapt(&mut self, accept_stat: f64) {
        self.step_size = self.averaging.learn(accept_stat);
        let dim = self.model.dim();
        let phase = self.windows.next();
        if phase != Phase::StepSizeOnly {
            self.variances.add(&self.trajectory.current().position[..dim]);
        }
        if phase == Phase::WindowEnd {
            self.variances.take_scale(&mut self.scale[..dim]);
            self.find_step_size();
        }
        if self.iteration + 1 == self.settings.num_warmup {
            self.step_size = self.averaging.final_step_size();
        }
    }
}

impl Sampler for NutsChain<'_> {
    fn step(&mut self) -> Transition {
        let step_size = self.step_size;
        let outcome = self.trajectory.transition(
            &*self.model,
            &self.scale,
            step_size,
            self.settings.max_tree_depth,
            &mut self.rng,
        );
        let state = self.trajectory.current();
        let transition = Transition {
            accept_stat: outcome.accept_stat,
            step_size,
            tree_depth: outcome.tree_depth,
            num_leapfrog: outcome.num_leapfrog,
            divergent: outcome.divergent,
            energy: state.energy,
            log_density: state.log_density,
            warmup: self.iteration < self.settings.num_warmup,
        };
        if transition.warmup {
            self.adapt(transition.accept_stat);
        }
        self.iteration += 1;
        self.report_draw();
        transition
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
