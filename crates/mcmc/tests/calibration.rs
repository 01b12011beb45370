//! Simulation-based calibration of every sampler: the rank of a truth drawn from the prior among
//! posterior draws given its data is uniform (Talts, Betancourt, Simpson, Vehtari & Gelman 2018).
//!
//! Each right sampler is followed by one with a mistake, which the same test finds out.

#![allow(clippy::unwrap_used, reason = "everything in this file is a test")]

use mcmc::{
    CollapsedChain, ExactChain, GibbsChain, Init, MetropolisChain, MetropolisSettings, NutsChain,
    NutsSettings, Sampler, Transition, chain_stream,
};
use models::{
    Hierarchy, HierarchyDensity, LogDensity, Parameterization, RegionModel, RegionPosterior, RegionScales,
    Scale, ScalePosterior, ScalePrior, ScaleProposal,
};
use stats::special::chi_square_survival;
use stats::{SimRng, standard_normal, stream, uniform};

const NUM_DATA_SETS: usize = 480;
const NUM_BINS: usize = 16;
/// Draws per data set: one less than a multiple of the bins, so that ranks 0 to 63 fill them evenly.
const NUM_DRAWS: usize = 63;
/// Per variable; a right sampler of a model with 10 variables fails for one seed in 1000, and one of the
/// 24 pairs of right sampler and model below for one in 40. The seeds were not chosen.
const FALSE_ALARM: f64 = 1e-4;

/// The kinds of model that the pages offer, small enough to simulate often.
#[derive(Clone, Copy, Debug)]
enum Model {
    /// Three regions, all scales known, equal noise.
    KnownScales,
    /// Three regions, both scales learned, equal noise.
    LearnedScales,
    /// Two regions, both scales learned, a noise variance for every school.
    UnequalNoise,
    /// One region with a known scale, unequal noise, and sigma_mu with a half-Cauchy prior.
    EightSchools,
}

const MODELS: [Model; 4] =
    [Model::KnownScales, Model::LearnedScales, Model::UnequalNoise, Model::EightSchools];

impl Model {
    /// The model with data that stand for themselves until simulated ones replace them.
    fn hierarchy(self) -> Hierarchy {
        let half_normal = |scale| Scale::Learned(ScalePrior::HalfNormal { scale });
        let (noise_var, sizes, school_sd, region_sd) = match self {
            Self::KnownScales => {
                (vec![1.0; 8], vec![1, 2, 5], Scale::Known(0.5_f64.sqrt()), Scale::Known(2.0_f64.sqrt()))
            }
            Self::LearnedScales => (vec![1.0; 8], vec![1, 3, 4], half_normal(1.5), half_normal(2.0)),
            Self::UnequalNoise => {
                (vec![0.2, 1.0, 4.0, 0.5, 0.5, 2.0], vec![4, 2], half_normal(1.0), half_normal(3.0))
            }
            Self::EightSchools => return Hierarchy::eight_schools(),
        };
        Hierarchy::new(&vec![0.0; noise_var.len()], &noise_var, &sizes, school_sd, region_sd).unwrap()
    }
}

/// Smallest p-value, over the variables, of the chi-square test that ranks are uniform.
fn smallest_p_value<S: Sampler>(model: Model, thin: usize, start: impl Fn(&Hierarchy, SimRng) -> S) -> f64 {
    let mut hierarchy = model.hierarchy();
    let mut counts = vec![[0_u32; NUM_BINS]; hierarchy.num_variables()];
    for data_set in 0..NUM_DATA_SETS as u64 {
        let data = hierarchy.simulate_prior(&mut stream(11, "calibration", data_set));
        let mut truth = [&data.theta[..], &data.mu].concat();
        let scales = [(hierarchy.school_sd(), data.school_sd), (hierarchy.region_sd(), data.region_sd)];
        truth.extend(scales.iter().filter(|(scale, _)| scale.is_learned()).map(|(_, sd)| sd));
        hierarchy.set_y(&data.y).unwrap();
        let mut chain = start(&hierarchy, chain_stream(12, data_set));
        for _ in 0..chain.num_warmup() {
            chain.step();
        }
        let mut ranks = vec![0; truth.len()];
        for _ in 0..NUM_DRAWS {
            for _ in 0..thin {
                chain.step();
            }
            for ((rank, draw), truth) in ranks.iter_mut().zip(chain.draw()).zip(&truth) {
                *rank += usize::from(draw < truth);
            }
        }
        for (counts, rank) in counts.iter_mut().zip(ranks) {
            counts[rank * NUM_BINS / (NUM_DRAWS + 1)] += 1;
        }
    }
    let expected = NUM_DATA_SETS as f64 / NUM_BINS as f64;
    let p_value = |counts: &[u32; NUM_BINS]| {
        let chi_square: f64 = counts.iter().map(|&c| (f64::from(c) - expected).powi(2) / expected).sum();
        chi_square_survival(chi_square, (NUM_BINS - 1) as f64)
    };
    counts.iter().map(p_value).fold(1.0, f64::min)
}

fn assert_calibrated<S: Sampler>(model: Model, thin: usize, start: impl Fn(&Hierarchy, SimRng) -> S) {
    let p_value = smallest_p_value(model, thin, start);
    assert!(p_value > FALSE_ALARM, "{model:?}: {p_value}");
}

fn assert_found_out<S: Sampler>(model: Model, thin: usize, start: impl Fn(&Hierarchy, SimRng) -> S) {
    let p_value = smallest_p_value(model, thin, start);
    assert!(p_value < FALSE_ALARM, "{model:?}: {p_value}");
}

// Every so many draws are kept: autocorrelated ranks would not be uniform.
const THIN_NUTS: usize = 6;
const THIN_METROPOLIS: usize = 60;
const THIN_GIBBS: usize = 40;

fn density(hierarchy: &Hierarchy, parameterization: Parameterization) -> HierarchyDensity {
    HierarchyDensity::new(hierarchy, parameterization).unwrap()
}

fn nuts(model: impl LogDensity + 'static, rng: SimRng) -> NutsChain<'static> {
    let settings = NutsSettings { num_warmup: 200, target_accept: 0.9, ..NutsSettings::default() };
    NutsChain::new(model, settings, rng, Init::Uniform).unwrap()
}

fn metropolis(model: impl LogDensity + 'static, rng: SimRng) -> MetropolisChain<'static> {
    let settings = MetropolisSettings { num_warmup: 2000, ..MetropolisSettings::default() };
    MetropolisChain::new(model, settings, rng, Init::Uniform).unwrap()
}

fn gibbs(hierarchy: &Hierarchy, rng: SimRng) -> GibbsChain {
    GibbsChain::new(hierarchy, 500, rng, Init::Uniform).unwrap()
}

#[test]
fn nuts_non_centered_is_calibrated() {
    for model in MODELS {
        assert_calibrated(model, THIN_NUTS, |h, rng| nuts(density(h, Parameterization::NonCentered), rng));
    }
}

/// Where sigma_theta is known, this is the density above with other units of theta.
#[test]
fn nuts_with_non_centered_schools_is_calibrated() {
    for model in [Model::LearnedScales, Model::UnequalNoise] {
        assert_calibrated(model, THIN_NUTS, |h, rng| {
            nuts(density(h, Parameterization::NonCenteredSchools), rng)
        });
    }
}

/// Where the scales are known the centered density is a normal one and NUTS reaches all of it; where they
/// are learned it has a funnel, which no step size fits.
#[test]
fn nuts_centered_is_calibrated_where_it_can_be() {
    let model = Model::KnownScales;
    assert_calibrated(model, THIN_NUTS, |h, rng| nuts(density(h, Parameterization::Centered), rng));
    assert_calibrated(model, THIN_NUTS, |h, rng| {
        let scales = RegionScales { noise_var: 1.0, school_var: 0.5, region_var: 2.0 };
        nuts(RegionModel::new(h.y(), h.sizes(), scales).unwrap(), rng)
    });
}

#[test]
fn metropolis_is_calibrated() {
    for model in MODELS {
        assert_calibrated(model, THIN_METROPOLIS, |h, rng| {
            metropolis(density(h, Parameterization::NonCentered), rng)
        });
    }
}

#[test]
fn gibbs_is_calibrated() {
    for model in MODELS {
        assert_calibrated(model, THIN_GIBBS, gibbs);
    }
}

#[test]
fn collapsed_draws_are_calibrated() {
    for model in MODELS {
        assert_calibrated(model, 1, |h, rng| {
            CollapsedChain::new(ScaleProposal::new(&ScalePosterior::new(h)), rng)
        });
    }
}

#[test]
fn exact_draws_are_calibrated() {
    assert_calibrated(Model::KnownScales, 1, exact_with_region_var(2.0));
}

fn exact_with_region_var(region_var: f64) -> impl Fn(&Hierarchy, SimRng) -> ExactChain<'static> {
    move |h, rng| {
        let scales = RegionScales { noise_var: 1.0, school_var: 0.5, region_var };
        ExactChain::new(RegionPosterior::new(h.y(), h.sizes(), scales).unwrap(), rng)
    }
}

#[test]
fn a_wrong_prior_is_found_out() {
    assert_found_out(Model::KnownScales, 1, exact_with_region_var(1.0));
}

/// A density that forgets the Jacobian of its last coordinate, the logarithm of an SD. (A wrong
/// gradient alone would not do: it makes NUTS slow, not wrong, since its weights use the density.)
struct NoJacobian(HierarchyDensity);

impl LogDensity for NoJacobian {
    fn dim(&self) -> usize {
        self.0.dim()
    }

    fn log_density_and_grad(&self, position: &[f64], grad: &mut [f64]) -> f64 {
        let last = self.dim() - 1;
        let log_density = self.0.log_density_and_grad(position, grad);
        grad[last] -= 1.0;
        log_density - position[last]
    }

    fn num_variables(&self) -> usize {
        self.0.num_variables()
    }

    fn constrain(&self, position: &[f64], out: &mut [f64]) {
        self.0.constrain(position, out);
    }
}

#[test]
fn a_forgotten_jacobian_is_found_out() {
    let model = Model::LearnedScales;
    let start = |h: &Hierarchy, parameterization| NoJacobian(density(h, parameterization));
    for parameterization in [Parameterization::NonCentered, Parameterization::NonCenteredSchools] {
        assert_found_out(model, THIN_NUTS, |h, rng| nuts(start(h, parameterization), rng));
    }
    assert_found_out(model, THIN_METROPOLIS, |h, rng| {
        metropolis(start(h, Parameterization::NonCentered), rng)
    });
}

/// Hamiltonian Monte Carlo by hand, with or without weighing the error of the integrator.
struct HandHmc {
    model: HierarchyDensity,
    rng: SimRng,
    position: Vec<f64>,
    draw: Vec<f64>,
    weighs_error: bool,
}

impl HandHmc {
    fn new(hierarchy: &Hierarchy, rng: SimRng, weighs_error: bool) -> Self {
        let model = density(hierarchy, Parameterization::Centered);
        let (position, draw) = (vec![0.0; model.dim()], vec![0.0; model.num_variables()]);
        Self { model, rng, position, draw, weighs_error }
    }
}

impl Sampler for HandHmc {
    fn step(&mut self) -> Transition {
        const STEP_SIZE: f64 = 0.5;
        let mut q = self.position.clone();
        let mut grad = vec![0.0; q.len()];
        let mut momentum: Vec<f64> = q.iter().map(|_| standard_normal(&mut self.rng)).collect();
        let kinetic = |p: &[f64]| 0.5 * p.iter().map(|p| p * p).sum::<f64>();
        let before = self.model.log_density_and_grad(&q, &mut grad) - kinetic(&momentum);
        let mut after = before;
        let num_leapfrog = if uniform(&mut self.rng) < 0.5 { 2 } else { 3 };
        for _ in 0..num_leapfrog {
            momentum.iter_mut().zip(&grad).for_each(|(p, g)| *p += 0.5 * STEP_SIZE * g);
            q.iter_mut().zip(&momentum).for_each(|(q, p)| *q += STEP_SIZE * p);
            after = self.model.log_density_and_grad(&q, &mut grad);
            momentum.iter_mut().zip(&grad).for_each(|(p, g)| *p += 0.5 * STEP_SIZE * g);
            after -= kinetic(&momentum);
        }
        let accept_stat = libm::exp((after - before).min(0.0));
        if !self.weighs_error || uniform(&mut self.rng) < accept_stat {
            self.position = q;
        }
        self.model.constrain(&self.position, &mut self.draw);
        transition(accept_stat)
    }

    fn draw(&self) -> &[f64] {
        &self.draw
    }

    fn num_warmup(&self) -> usize {
        200
    }
}

fn transition(accept_stat: f64) -> Transition {
    Transition { accept_stat, ..Transition::ACCEPTED }
}

#[test]
fn hamiltonian_draws_without_their_weights_are_found_out() {
    let model = Model::KnownScales;
    assert_calibrated(model, 10, |h, rng| HandHmc::new(h, rng, true));
    assert_found_out(model, 10, |h, rng| HandHmc::new(h, rng, false));
}

/// Gibbs sampling by hand, its SDs of mu too large by a factor.
struct HandGibbs {
    hierarchy: Hierarchy,
    rng: SimRng,
    draw: Vec<f64>,
    sd_factor: f64,
}

impl Sampler for HandGibbs {
    fn step(&mut self) -> Transition {
        let known_prec = |scale: Scale| scale.known().unwrap().powi(-2);
        let (school_prec, region_prec) =
            (known_prec(self.hierarchy.school_sd()), known_prec(self.hierarchy.region_sd()));
        let (theta, mut mu) = self.draw.split_at_mut(self.hierarchy.num_regions());
        let mut data = self.hierarchy.y().iter().zip(self.hierarchy.noise_var());
        for (theta, &size) in theta.iter_mut().zip(self.hierarchy.sizes()) {
            let here;
            (here, mu) = mu.split_at_mut(size);
            let prec = region_prec + size as f64 * school_prec;
            let mean = school_prec * here.iter().sum::<f64>() / prec;
            *theta = mean + standard_normal(&mut self.rng) / prec.sqrt();
            for (mu, (y, var)) in here.iter_mut().zip(data.by_ref()) {
                let prec = school_prec + 1.0 / var;
                let mean = (school_prec * *theta + y / var) / prec;
                *mu = mean + self.sd_factor * standard_normal(&mut self.rng) / prec.sqrt();
            }
        }
        transition(1.0)
    }

    fn draw(&self) -> &[f64] {
        &self.draw
    }

    fn num_warmup(&self) -> usize {
        50
    }
}

#[test]
fn a_wrong_conditional_variance_is_found_out() {
    let start = |sd_factor: f64| {
        move |h: &Hierarchy, rng| HandGibbs {
            hierarchy: h.clone(),
            rng,
            draw: vec![0.0; h.num_variables()],
            sd_factor,
        }
    };
    assert_calibrated(Model::KnownScales, 20, start(1.0));
    assert_found_out(Model::KnownScales, 20, start(1.2));
}

/// Collapsed draws by hand: scales from their priors, accepted by the ratio of marginal likelihoods that
/// `log_marginal` gives; then theta and mu given the scales.
struct HandCollapsed<F> {
    hierarchy: Hierarchy,
    rng: SimRng,
    log_marginal: F,
    scales: [f64; 2],
    draw: Vec<f64>,
}

impl<F: Fn(&Hierarchy, [f64; 2]) -> f64> Sampler for HandCollapsed<F> {
    fn step(&mut self) -> Transition {
        let Self { hierarchy, rng, .. } = self;
        let proposal = [hierarchy.school_sd().sample(rng), hierarchy.region_sd().sample(rng)];
        let log_ratio =
            (self.log_marginal)(hierarchy, proposal) - (self.log_marginal)(hierarchy, self.scales);
        if uniform(rng) < libm::exp(log_ratio) {
            self.scales = proposal;
        }
        let num_effects = hierarchy.num_regions() + hierarchy.num_schools();
        let [school_sd, region_sd] = self.scales;
        let effects = &mut self.draw[..num_effects];
        hierarchy.draw_given_scales(school_sd * school_sd, region_sd * region_sd, rng, effects);
        self.draw[num_effects..].copy_from_slice(&self.scales);
        transition(libm::exp(log_ratio.min(0.0)))
    }

    fn draw(&self) -> &[f64] {
        &self.draw
    }

    fn num_warmup(&self) -> usize {
        200
    }
}

#[test]
fn a_wrong_marginal_likelihood_is_found_out() {
    fn start<F>(log_marginal: F) -> impl Fn(&Hierarchy, SimRng) -> HandCollapsed<F>
    where
        F: Fn(&Hierarchy, [f64; 2]) -> f64 + Copy,
    {
        move |h, rng| HandCollapsed {
            hierarchy: h.clone(),
            rng,
            log_marginal,
            scales: [1.0, 1.0],
            draw: vec![0.0; h.num_variables()],
        }
    }
    let model = Model::LearnedScales;
    assert_calibrated(model, 20, start(|h, [a, b]| h.log_marginal(a * a, b * b)));
    // An SD where a variance belongs; a variance forgotten; the data used twice. (Scales drawn from
    // their priors, without any data, would not be found out: SBC cannot see that.)
    assert_found_out(model, 20, start(|h, [a, b]| h.log_marginal(a, b * b)));
    assert_found_out(model, 20, start(|h, [a, _]| h.log_marginal(a * a, 0.0)));
    assert_found_out(model, 20, start(|h, [a, b]| 2.0 * h.log_marginal(a * a, b * b)));
}
