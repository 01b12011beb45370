//! The loops a reader waits for: samplers on the models of performance's table, and the
//! diagnostics of their draws. Prints medians of several runs, a line each:
//! `native <what> <number>`, as `cargo xtask bench` reads them.

use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

use mcmc::{
    CollapsedChain, Draws, ExactChain, Init, NutsChain, NutsSettings, Sampler, chain_stream, diagnose,
    variable_names,
};
use models::{
    Hierarchy, HierarchyDensity, LogDensity, Parameterization, RegionModel, RegionNormals, RegionPosterior,
    RegionScales, Scale, ScalePosterior, ScalePrior, ScaleProposal, realize,
};

const NUM_CHAINS: usize = 4;
const NUM_RUNS: usize = 21;
/// Runs of NUTS on 2000 schools, which take seconds.
const NUM_LONG_RUNS: usize = 3;
/// The seed of the page's first view.
const SEED: u64 = 4;

/// V_y, V_mu and V_theta of the data, and of the models that know them.
const SCALES: RegionScales = RegionScales { noise_var: 1.0, school_var: 1.0, region_var: 25.0 };

fn main() {
    let sizes = [10; 4];
    let y = realize(&RegionNormals::lecture(&sizes), &sizes, SCALES).y;
    let draws = known_scales("", &y, &sizes, NUM_RUNS);
    let diagnostics = median_seconds(NUM_RUNS, || {
        black_box(diagnose(&draws));
    });
    report("diagnostics_ms", diagnostics * 1e3);
    learned_scales("model2_", &with_learned_scales(&y, &sizes), NUM_RUNS);
    learned_scales("eight_", &Hierarchy::eight_schools(), NUM_RUNS);

    let sizes = large_sizes();
    let y = realize(&RegionNormals::random(SEED, 0, &sizes), &sizes, SCALES).y;
    known_scales("large1_", &y, &sizes, NUM_LONG_RUNS);
    learned_scales("large2_", &with_learned_scales(&y, &sizes), NUM_LONG_RUNS);
}

/// 100 regions of 1 to 177 schools, 2000 in all: half of them of one school, as small places are many.
fn large_sizes() -> Vec<usize> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "1 to 177")]
    let size = |k: i32| 1 + (176.0 * libm::pow(f64::from(k) / 99.0, 8.615)).round() as usize;
    let sizes: Vec<usize> = (0..100).map(size).collect();
    assert_eq!((sizes[0], sizes[99], sizes.iter().sum::<usize>()), (1, 177, 2000));
    sizes
}

/// Model 2: sigma_mu ~ half-normal(0, 2.5), sigma_theta ~ half-normal(0, 5).
fn with_learned_scales(y: &[f64], sizes: &[usize]) -> Hierarchy {
    let noise_var = vec![SCALES.noise_var; y.len()];
    let [school_sd, region_sd] = [2.5, 5.0].map(|scale| Scale::Learned(ScalePrior::HalfNormal { scale }));
    Hierarchy::new(y, &noise_var, sizes, school_sd, region_sd).expect("a valid design")
}

/// Model 1, all scales known: NUTS, then exact draws, which are returned.
fn known_scales(name: &str, y: &[f64], sizes: &[usize], num_nuts_runs: usize) -> Draws {
    let model = RegionModel::new(y, sizes, SCALES).expect("a valid design");
    let names = variable_names(&[("theta", sizes.len()), ("mu", y.len())]);
    nuts(name, &model, names.clone(), num_nuts_runs);
    let posterior = RegionPosterior::new(y, sizes, SCALES).expect("a valid design");
    let mut draws = Draws::new(names, NUM_CHAINS, NutsSettings::default().num_draws);
    let seconds = median_seconds(NUM_RUNS, || {
        draws.clear();
        for c in 0..NUM_CHAINS {
            keep_draws(ExactChain::new(&posterior, chain_stream(SEED, c as u64)), c, &mut draws);
        }
    });
    report_rates(&format!("{name}exact"), &draws, seconds);
    draws
}

/// Scales learned: NUTS non-centered and, where that is another density, with schools alone non-centered;
/// then collapsed draws, the making of their proposal included.
fn learned_scales(name: &str, hierarchy: &Hierarchy, num_nuts_runs: usize) {
    let density =
        |parameterization| HierarchyDensity::new(hierarchy, parameterization).expect("no known SD is 0");
    nuts(name, &density(Parameterization::NonCentered), hierarchy.variable_names(), num_nuts_runs);
    if hierarchy.region_sd().is_learned() {
        let model = density(Parameterization::NonCenteredSchools);
        nuts(&format!("{name}schools_"), &model, hierarchy.variable_names(), num_nuts_runs);
    }
    let proposal = || ScaleProposal::new(&ScalePosterior::new(hierarchy));
    let seconds = median_seconds(NUM_RUNS, || {
        black_box(proposal());
    });
    report(&format!("{name}proposal_ms"), seconds * 1e3);
    let num_draws = NutsSettings::default().num_draws;
    let mut draws = Draws::new(hierarchy.variable_names(), NUM_CHAINS, num_draws);
    let seconds = median_seconds(NUM_RUNS, || {
        draws.clear();
        let proposal = Arc::new(proposal());
        for c in 0..NUM_CHAINS {
            keep_draws(
                CollapsedChain::new(Arc::clone(&proposal), chain_stream(SEED, c as u64)),
                c,
                &mut draws,
            );
        }
    });
    report_rates(&format!("{name}exact"), &draws, seconds);
}

/// Gradient and NUTS with Stan's defaults.
fn nuts(name: &str, model: &impl LogDensity, variables: Vec<String>, num_runs: usize) {
    let position = vec![0.5; model.dim()];
    let mut grad = position.clone();
    let times = 4_000_000 / model.dim();
    let gradient = median_seconds(NUM_RUNS, || {
        for _ in 0..times {
            black_box(model.log_density_and_grad(black_box(&position), black_box(&mut grad)));
        }
    });
    report(&format!("{name}gradient_ns"), gradient / times as f64 * 1e9);

    let settings = NutsSettings::default();
    let mut draws = Draws::new(variables, NUM_CHAINS, settings.num_draws);
    let mut num_leapfrog = 0;
    let seconds = median_seconds(num_runs, || {
        draws.clear();
        num_leapfrog = 0;
        for c in 0..NUM_CHAINS {
            let rng = chain_stream(SEED, c as u64);
            let chain = NutsChain::new(model, settings, rng, Init::Uniform).expect("a start");
            num_leapfrog += keep_draws(chain, c, &mut draws);
        }
    });
    report(&format!("{name}nuts_num_leapfrog"), num_leapfrog as f64);
    report(&format!("{name}nuts_ns_per_leapfrog"), seconds / num_leapfrog as f64 * 1e9);
    report_rates(&format!("{name}nuts"), &draws, seconds);
}

/// Runs `chain` until all draws of chain `c` are kept; the answer is how many leapfrog steps it took.
fn keep_draws(mut chain: impl Sampler, c: usize, draws: &mut Draws) -> u64 {
    let mut num_leapfrog = 0;
    for _ in 0..chain.num_warmup() + NutsSettings::default().num_draws {
        let transition = chain.step();
        num_leapfrog += u64::from(transition.num_leapfrog);
        if !transition.warmup {
            draws.push(c, chain.draw());
        }
    }
    num_leapfrog
}

/// Time of four chains, draws per second, and the smallest bulk ESS, capped at the number of draws, per second.
fn report_rates(sampler: &str, draws: &Draws, seconds: f64) {
    let smallest = diagnose(draws).iter().map(|d| d.ess_bulk).fold(f64::INFINITY, f64::min);
    let num_draws = (0..draws.num_chains()).map(|c| draws.num_draws(c)).sum::<usize>() as f64;
    report(&format!("{sampler}_ms"), seconds * 1e3);
    report(&format!("{sampler}_draws_per_second"), num_draws / seconds);
    report(&format!("{sampler}_ess"), smallest.min(num_draws));
    report(&format!("{sampler}_ess_per_second"), smallest.min(num_draws) / seconds);
}

fn report(what: &str, number: f64) {
    println!("native {what} {number}");
}

fn median_seconds(num_runs: usize, mut run: impl FnMut()) -> f64 {
    let mut seconds: Vec<f64> = (0..num_runs)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed().as_secs_f64()
        })
        .collect();
    seconds.sort_by(f64::total_cmp);
    seconds[num_runs / 2]
}
