//! NUTS where it gets difficult, and the numbers it must never change.

use std::cell::Cell;

use mcmc::{ChainError, ExactChain, Init, NutsChain, NutsSettings, Sampler, chain_stream};
use models::{
    Hierarchy, HierarchyDensity, LogDensity, Parameterization, RegionModel, RegionPosterior, RegionScales,
    Scale, ScalePrior,
};
use stats::special::chi_square_survival;

struct Density<F> {
    dim: usize,
    /// Log density at the first slice; the gradient goes into the second.
    log_density_and_grad: F,
}

impl<F: Fn(&[f64], &mut [f64]) -> f64> LogDensity for Density<F> {
    fn dim(&self) -> usize {
        self.dim
    }

    fn log_density_and_grad(&self, position: &[f64], grad: &mut [f64]) -> f64 {
        (self.log_density_and_grad)(position, grad)
    }
}

/// Neal's funnel in `dim` dimensions: v ~ N(0, 3²), x_i ~ N(0, exp(v)).
fn funnel(dim: usize) -> impl LogDensity {
    Density {
        dim,
        log_density_and_grad: move |q: &[f64], grad: &mut [f64]| {
            let (v, x) = (q[0], &q[1..]);
            let prec = libm::exp(-v);
            let sum: f64 = x.iter().map(|x| x * x).sum();
            grad[0] = -v / 9.0 - 0.5 * x.len() as f64 + 0.5 * prec * sum;
            for (grad, x) in grad[1..].iter_mut().zip(x) {
                *grad = -prec * x;
            }
            -v * v / 18.0 - 0.5 * x.len() as f64 * v - 0.5 * prec * sum
        },
    }
}

fn settings(num_warmup: usize) -> NutsSettings {
    NutsSettings { num_warmup, ..NutsSettings::default() }
}

#[test]
fn draws_never_change() {
    let y = [1.0, 3.0, -2.0];
    let scales = RegionScales { noise_var: 1.0, school_var: 1.0, region_var: 25.0 };
    let model = RegionModel::new(&y, &[2, 1], scales).unwrap();
    let mut nuts = NutsChain::new(&model, settings(100), chain_stream(1973, 0), Init::Uniform).unwrap();
    while nuts.step().warmup {}
    let posterior = RegionPosterior::new(&y, &[2, 1], scales).unwrap();
    let mut exact = ExactChain::new(&posterior, chain_stream(1973, 0));
    exact.step();
    let bits = |position: &[f64]| position.iter().map(|x| x.to_bits()).collect::<Vec<_>>();
    let found = (bits(nuts.draw()), nuts.step_size().to_bits(), bits(exact.draw()));
    let pinned = (PINNED_NUTS.to_vec(), PINNED_STEP_SIZE, PINNED_EXACT.to_vec());
    assert_eq!(found, pinned);
}

const PINNED_NUTS: [u64; 5] = [
    4_611_734_045_781_646_779,
    13_838_029_153_305_792_076,
    4_608_879_076_297_912_570,
    4_614_105_746_248_276_217,
    13_828_991_515_817_356_490,
];
const PINNED_STEP_SIZE: u64 = 4_602_396_242_238_017_189;
const PINNED_EXACT: [u64; 5] = [
    4_612_149_193_067_356_335,
    13_835_886_732_599_098_104,
    4_603_104_321_889_885_682,
    4_612_345_360_102_471_377,
    13_836_436_160_945_170_741,
];

#[test]
fn draws_of_learned_scales_never_change() {
    let half_normal = |scale| Scale::Learned(ScalePrior::HalfNormal { scale });
    for (noise_var, pinned) in [([1.0; 3], PINNED_EQUAL), ([1.0, 2.0, 0.5], PINNED_UNEQUAL)] {
        let y = [1.0, 3.0, -2.0];
        let hierarchy = Hierarchy::new(&y, &noise_var, &[2, 1], half_normal(2.5), half_normal(5.0)).unwrap();
        let found =
            [Parameterization::Centered, Parameterization::NonCentered, Parameterization::NonCenteredSchools]
                .map(|parameterization| {
                    let model = HierarchyDensity::new(&hierarchy, parameterization).unwrap();
                    let mut chain =
                        NutsChain::new(model, settings(100), chain_stream(1973, 0), Init::Uniform).unwrap();
                    while chain.step().warmup {}
                    let [.., school_sd, region_sd] = chain.draw() else { unreachable!() };
                    [school_sd.to_bits(), region_sd.to_bits()]
                });
        assert_eq!(found, pinned);
    }
}

/// sigma_mu and sigma_theta of each parameterization.
const PINNED_EQUAL: [[u64; 2]; 3] = [
    [4_604_293_378_945_591_965, 4_616_891_701_722_831_070],
    [4_606_809_678_062_983_418, 4_611_187_501_769_134_465],
    [4_601_980_903_149_020_273, 4_617_698_225_346_222_740],
];
const PINNED_UNEQUAL: [[u64; 2]; 3] = [
    [4_605_788_914_098_184_662, 4_611_375_814_880_359_634],
    [4_610_150_429_056_366_232, 4_614_757_342_329_790_910],
    [4_602_198_224_022_028_068, 4_613_314_713_126_023_222],
];

#[test]
fn a_funnel_gives_divergences() {
    let model = funnel(10);
    let mut chain = NutsChain::new(&model, settings(500), chain_stream(2, 0), Init::Uniform).unwrap();
    let transitions: Vec<_> = (0..2500).map(|_| chain.step()).collect();
    let num_divergent = transitions.iter().filter(|t| t.divergent && !t.warmup).count();
    assert!((1..1000).contains(&num_divergent), "{num_divergent}");
    assert!(transitions.iter().all(|t| t.accept_stat.is_finite() && t.energy.is_finite()));
}

#[test]
fn funnel_is_right_where_step_size_allows() {
    // With acceptance 0.99 and dimension 2, P(v > 0) = ½ to within the Monte Carlo error
    // of a slow chain; a wrong sampler is far off.
    let model = funnel(2);
    let settings = NutsSettings { num_warmup: 1000, target_accept: 0.99, ..NutsSettings::default() };
    let mut chain = NutsChain::new(&model, settings, chain_stream(3, 0), Init::Uniform).unwrap();
    while chain.step().warmup {}
    let above: Vec<f64> = (0..20_000)
        .map(|_| {
            chain.step();
            f64::from(u8::from(chain.draw()[0] > 0.0))
        })
        .collect();
    let mean = above.iter().sum::<f64>() / above.len() as f64;
    let mcse = mcmc::mcse_mean(&[&above]);
    assert!(mcse < 0.03 && (mean - 0.5).abs() < 4.0 * mcse, "{mean} +- {mcse}");
}

#[test]
fn coarse_steps_still_give_the_exact_distribution() {
    // Logarithms of exponential variates: a skew density whose cdf is 1 − exp(−eᵠ). With
    // steps so long that half the proposals fail, only right weights, directions and
    // joins can make up for the integrator's error.
    let model = Density {
        dim: 3,
        log_density_and_grad: |q: &[f64], grad: &mut [f64]| {
            let mut log_density = 0.0;
            for (grad, q) in grad.iter_mut().zip(q) {
                let x = libm::exp(*q);
                *grad = 1.0 - x;
                log_density += q - x;
            }
            log_density
        },
    };
    let settings = NutsSettings { num_warmup: 500, target_accept: 0.5, ..NutsSettings::default() };
    let mut chain = NutsChain::new(&model, settings, chain_stream(10, 0), Init::Uniform).unwrap();
    while chain.step().warmup {}
    let (num_draws, thin) = (20_000, 10); // every tenth draw: as good as independent
    let mut counts = [[0.0; 20]; 3];
    for _ in 0..num_draws {
        for _ in 0..thin {
            chain.step();
        }
        for (counts, q) in counts.iter_mut().zip(chain.draw()) {
            let cdf = 1.0 - libm::exp(-libm::exp(*q));
            let bin = (1..20).take_while(|bin| cdf >= f64::from(*bin) / 20.0).count();
            counts[bin] += 1.0;
        }
    }
    let expected = f64::from(num_draws) / 20.0;
    for counts in counts {
        let chi_square = counts.iter().map(|c| (c - expected) * (c - expected) / expected).sum::<f64>();
        let p_value = chi_square_survival(chi_square, 19.0);
        assert!(p_value > 1e-4, "{p_value}"); // false alarm for one seed in 3000
    }
}

#[test]
fn nan_is_a_divergence_and_the_chain_stays() {
    // A half-line: log density NaN below zero.
    let model = Density {
        dim: 1,
        log_density_and_grad: |q: &[f64], grad: &mut [f64]| {
            if q[0] < 0.0 {
                grad[0] = f64::NAN;
                return f64::NAN;
            }
            grad[0] = -1.0;
            -q[0]
        },
    };
    let mut chain = NutsChain::new(&model, settings(200), chain_stream(5, 0), Init::At(&[1.0])).unwrap();
    let mut num_divergent = 0;
    for _ in 0..2000 {
        num_divergent += u32::from(chain.step().divergent);
        assert!(chain.draw()[0] >= 0.0);
    }
    assert!(num_divergent > 100, "{num_divergent}");
}

#[test]
fn a_density_that_turns_nan_everywhere_does_not_panic() {
    let calls = Cell::new(0);
    let model = Density {
        dim: 3,
        log_density_and_grad: |q: &[f64], grad: &mut [f64]| {
            calls.set(calls.get() + 1);
            if calls.get() > 500 {
                grad.fill(f64::NAN);
                return f64::NAN;
            }
            for (grad, q) in grad.iter_mut().zip(q) {
                *grad = -q;
            }
            -0.5 * q.iter().map(|q| q * q).sum::<f64>()
        },
    };
    let mut chain = NutsChain::new(&model, settings(300), chain_stream(6, 0), Init::Uniform).unwrap();
    let last = (0..600).map(|_| chain.step()).last().unwrap();
    assert!(last.divergent && last.num_leapfrog == 1 && last.accept_stat == 0.0);
    assert!(chain.draw().iter().all(|q| q.is_finite()));
}

#[test]
fn a_start_far_out_in_the_tail_is_survived() {
    // From 10⁴ SDs away H₀ − H exceeds what exp can hold.
    let model = Density {
        dim: 2,
        log_density_and_grad: |q: &[f64], grad: &mut [f64]| {
            grad[0] = -q[0];
            grad[1] = -q[1];
            -0.5 * (q[0] * q[0] + q[1] * q[1])
        },
    };
    let mut chain =
        NutsChain::new(&model, settings(1000), chain_stream(7, 0), Init::At(&[1e4, -1e4])).unwrap();
    while chain.step().warmup {}
    assert!(chain.draw().iter().all(|q| q.abs() < 6.0));
}

#[test]
fn a_flat_density_stops_at_the_maximal_tree_depth() {
    let model = Density {
        dim: 1,
        log_density_and_grad: |_: &[f64], grad: &mut [f64]| {
            grad[0] = 0.0;
            0.0
        },
    };
    let settings = NutsSettings { num_warmup: 0, max_tree_depth: 10, ..NutsSettings::default() };
    let mut chain = NutsChain::new(&model, settings, chain_stream(8, 0), Init::Uniform).unwrap();
    let transition = chain.step();
    assert_eq!((transition.tree_depth, transition.num_leapfrog), (10, 1023));
    assert_eq!(transition.accept_stat, 1.0);
}

#[test]
fn adaptation_finds_the_variances() {
    let sds = [0.01, 1.0, 100.0];
    let model = Density {
        dim: 3,
        log_density_and_grad: move |q: &[f64], grad: &mut [f64]| {
            let mut log_density = 0.0;
            for ((grad, q), sd) in grad.iter_mut().zip(q).zip(sds) {
                *grad = -q / (sd * sd);
                log_density += 0.5 * q * *grad;
            }
            log_density
        },
    };
    let mut chain = NutsChain::new(&model, settings(1000), chain_stream(9, 0), Init::Uniform).unwrap();
    while chain.step().warmup {}
    for (inv_metric, sd) in chain.inv_metric().iter().zip(sds) {
        // The last window's 500 autocorrelated draws give a variance to about 10 %.
        assert!((inv_metric / (sd * sd) - 1.0).abs() < 0.4, "{inv_metric} for SD {sd}");
    }
}

#[test]
fn impossible_settings_are_refused() {
    let model = funnel(2);
    let start = |settings, init| NutsChain::new(&model, settings, chain_stream(1, 0), init).err();
    let default = NutsSettings::default();
    assert_eq!(
        start(NutsSettings { target_accept: 1.0, ..default }, Init::Uniform),
        Some(ChainError::TargetAcceptOutOfRange { value: 1.0 })
    );
    assert_eq!(
        start(NutsSettings { max_tree_depth: 0, ..default }, Init::Uniform),
        Some(ChainError::MaxTreeDepthOutOfRange { value: 0 })
    );
    assert_eq!(start(default, Init::At(&[1.0])), Some(ChainError::InitLengthMismatch { dim: 2, len: 1 }));
    let not_a_number = Init::At(&[f64::NAN, 0.0]);
    assert_eq!(start(default, not_a_number), Some(ChainError::InitNotFinite { num_tries: 1 }));
    let nowhere = Density { dim: 1, log_density_and_grad: |_: &[f64], _: &mut [f64]| f64::NEG_INFINITY };
    let error = NutsChain::new(&nowhere, default, chain_stream(1, 0), Init::Uniform).err();
    assert_eq!(error, Some(ChainError::InitNotFinite { num_tries: 100 }));
}

/// A recorded trajectory is the one that the chain takes: as many steps, neighbours one leapfrog step
/// apart in time, and the next draw among them (or the start).
#[test]
fn a_recorded_trajectory_is_the_one_taken() {
    let settings = NutsSettings { num_warmup: 0, ..NutsSettings::default() };
    let chain = || {
        let mut chain = NutsChain::new(Normal, settings, chain_stream(5, 0), Init::At(&[0.5, -0.5])).unwrap();
        chain.set_step_size(0.3);
        chain
    };
    let (mut plain, mut recorded) = (chain(), chain());
    recorded.record_trajectories();
    assert!(recorded.trajectory().is_empty());
    for _ in 0..50 {
        let start = recorded.draw().to_vec();
        let (a, b) = (plain.step(), recorded.step());
        assert_eq!((plain.draw(), a.num_leapfrog, a.step_size), (recorded.draw(), b.num_leapfrog, 0.3));
        let steps = recorded.trajectory();
        assert_eq!(steps.len(), b.num_leapfrog as usize);
        let is_draw = |position: &[f64]| position == recorded.draw();
        assert!(is_draw(&start) || steps.iter().any(|step| is_draw(&step.position)));
        for doubling in 0..b.tree_depth {
            let of_doubling: Vec<_> = steps.iter().filter(|step| step.doubling == doubling).collect();
            assert_eq!(of_doubling.len(), 1 << doubling);
            assert!(of_doubling.iter().all(|step| step.forward == of_doubling[0].forward && !step.diverged));
        }
        assert!(plain.trajectory().is_empty());
    }
}

/// Two independent standard normals.
struct Normal;

impl LogDensity for Normal {
    fn dim(&self) -> usize {
        2
    }

    fn log_density_and_grad(&self, position: &[f64], grad: &mut [f64]) -> f64 {
        grad.iter_mut().zip(position).for_each(|(grad, x)| *grad = -x);
        -0.5 * position.iter().map(|x| x * x).sum::<f64>()
    }
}
