//! Random-walk Metropolis: its adaptation, its edges, and the numbers it must never change.

use mcmc::{ChainError, Init, MetropolisChain, MetropolisSettings, Sampler, Transition, chain_stream};
use models::{LogDensity, RegionModel, RegionScales};

/// Independent normals with these SDs.
struct Normals(Vec<f64>);

impl LogDensity for Normals {
    fn dim(&self) -> usize {
        self.0.len()
    }

    fn log_density_and_grad(&self, position: &[f64], grad: &mut [f64]) -> f64 {
        let mut log_density = 0.0;
        for ((grad, x), sd) in grad.iter_mut().zip(position).zip(&self.0) {
            *grad = -x / (sd * sd);
            log_density += 0.5 * x * *grad;
        }
        log_density
    }
}

/// An exponential variate, told as its logarithm: `constrain` is not the identity.
struct LogExponential;

impl LogDensity for LogExponential {
    fn dim(&self) -> usize {
        1
    }

    fn log_density_and_grad(&self, position: &[f64], grad: &mut [f64]) -> f64 {
        let x = libm::exp(position[0]);
        grad[0] = 1.0 - x;
        position[0] - x
    }

    fn constrain(&self, position: &[f64], out: &mut [f64]) {
        out[0] = libm::exp(position[0]);
    }
}

fn settings(num_warmup: usize) -> MetropolisSettings {
    MetropolisSettings { num_warmup, ..MetropolisSettings::default() }
}

fn mean_accept(transitions: &[Transition]) -> f64 {
    transitions.iter().map(|t| t.accept_stat).sum::<f64>() / transitions.len() as f64
}

#[test]
fn draws_never_change() {
    let scales = RegionScales { noise_var: 1.0, school_var: 1.0, region_var: 25.0 };
    let model = RegionModel::new(&[1.0, 3.0, -2.0], &[2, 1], scales).unwrap();
    let start = || MetropolisChain::new(&model, settings(100), chain_stream(1973, 0), Init::Uniform).unwrap();
    let (mut chain, mut again) = (start(), start());
    for _ in 0..150 {
        chain.step();
        again.step();
    }
    assert_eq!(chain.draw(), again.draw());
    let found = (chain.draw()[0].to_bits(), chain.draw()[4].to_bits(), chain.step_size().to_bits());
    assert_eq!(found, PINNED);
}

const PINNED: (u64, u64, u64) =
    (4_612_896_048_913_720_873, 13_831_520_329_011_643_971, 4_611_411_894_708_771_081);

#[test]
fn adaptation_finds_the_scales_and_the_acceptance() {
    let sds = [0.1, 0.3, 1.0, 3.0, 20.0];
    let model = Normals(sds.to_vec());
    for target_accept in [0.234, 0.44] {
        let settings = MetropolisSettings { num_warmup: 5000, target_accept, ..Default::default() };
        let mut chain = MetropolisChain::new(&model, settings, chain_stream(41, 0), Init::Uniform).unwrap();
        while chain.step().warmup {}
        for (scale, sd) in chain.scale().iter().zip(sds) {
            // The last window's 2500 draws are worth about 100 independent ones: an SD to 7 %.
            assert!((scale / sd - 1.0).abs() < 0.3, "{scale} for SD {sd}");
        }
        let step_size = chain.step_size();
        let transitions: Vec<_> = (0..20_000).map(|_| chain.step()).collect();
        let accept = mean_accept(&transitions);
        // The last 50 iterations, which know the final scales, steer the mean acceptance to about
        // its SD over √50: 0.35 / 7 = 0.05.
        assert!((accept - target_accept).abs() < 0.15, "{accept}, not {target_accept}");
        assert!(transitions.iter().all(|t| t.step_size == step_size && !t.warmup && t.energy.is_nan()));
    }
}

#[test]
fn reports_the_density_of_where_it_is_and_the_variables_on_their_own_scale() {
    let mut chain =
        MetropolisChain::new(LogExponential, settings(500), chain_stream(42, 0), Init::At(&[0.5])).unwrap();
    assert_eq!(chain.draw(), [libm::exp(0.5)]);
    while chain.step().warmup {}
    let (mut sum, mut num_moves, mut before, num_draws) = (0.0, 0, chain.draw()[0], 200_000);
    for _ in 0..num_draws {
        let transition = chain.step();
        let x = chain.draw()[0];
        assert!((transition.log_density - (libm::log(x) - x)).abs() < 1e-9);
        sum += x;
        num_moves += u32::from(x != before);
        before = x;
    }
    // An autocorrelation time below 25 gives 8000 independent draws, and a mean to 0.011.
    assert!((sum / f64::from(num_draws) - 1.0).abs() < 0.045, "{}", sum / f64::from(num_draws));
    let moved = f64::from(num_moves) / f64::from(num_draws);
    assert!((0.1..0.4).contains(&moved), "{moved}");
}

#[test]
fn nan_is_never_accepted() {
    struct HalfLine;
    impl LogDensity for HalfLine {
        fn dim(&self) -> usize {
            1
        }
        fn log_density_and_grad(&self, position: &[f64], grad: &mut [f64]) -> f64 {
            grad[0] = f64::NAN;
            if position[0] < 0.0 { f64::NAN } else { -position[0] }
        }
    }
    let mut chain =
        MetropolisChain::new(HalfLine, settings(200), chain_stream(43, 0), Init::At(&[1.0])).unwrap();
    for _ in 0..5000 {
        assert!(chain.step().accept_stat.is_finite() && chain.draw()[0] >= 0.0);
    }
}

#[test]
fn impossible_settings_are_refused() {
    let start = |sds: &[f64], settings, init| {
        MetropolisChain::new(Normals(sds.to_vec()), settings, chain_stream(1, 0), init).err()
    };
    let default = MetropolisSettings::default();
    assert_eq!(start(&[], default, Init::Uniform), Some(ChainError::NoParameter));
    assert_eq!(
        start(&[1.0], MetropolisSettings { target_accept: 0.0, ..default }, Init::Uniform),
        Some(ChainError::TargetAcceptOutOfRange { value: 0.0 })
    );
    assert_eq!(
        start(&[1.0; 2], default, Init::At(&[1.0])),
        Some(ChainError::InitLengthMismatch { dim: 2, len: 1 })
    );
    assert_eq!(
        start(&[1.0], default, Init::At(&[f64::NAN])),
        Some(ChainError::InitNotFinite { num_tries: 1 })
    );
    assert_eq!(
        start(&[f64::NAN], default, Init::Uniform),
        Some(ChainError::InitNotFinite { num_tries: 100 })
    );
}
