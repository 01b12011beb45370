//! The loops a reader waits for: samplers on four regions of ten schools, and the
//! diagnostics of their draws, on the lecture's data. Prints medians of several
//! runs, a line each: `native <what> <number>`, as `cargo xtask bench` reads them.

use std::hint::black_box;
use std::time::Instant;

use mcmc::{
    Draws, ExactChain, Init, NutsChain, NutsSettings, Sampler, chain_stream, diagnose, variable_names,
};
use models::{LogDensity, RegionModel, RegionNormals, RegionPosterior, RegionScales, realize};

const NUM_CHAINS: usize = 4;
const NUM_RUNS: usize = 21;
/// The seed of the page's first view.
const SEED: u64 = 4;

fn main() {
    let sizes = [10; 4];
    let scales = RegionScales { noise_var: 1.0, school_var: 1.0, region_var: 25.0 };
    let data = realize(&RegionNormals::lecture(&sizes), &sizes, scales);
    let model = RegionModel::new(&data.y, &sizes, scales).expect("a valid design");
    let posterior = RegionPosterior::new(&data.y, &sizes, scales).expect("a valid design");

    let mut grad = vec![0.0; model.dim()];
    let position = vec![0.5; model.dim()];
    let gradient = median_seconds(|| {
        for _ in 0..100_000 {
            black_box(model.log_density_and_grad(black_box(&position), black_box(&mut grad)));
        }
    });
    report("gradient_ns", gradient / 1e5 * 1e9);

    let settings = NutsSettings::default();
    let mut num_leapfrog = 0;
    let names = || variable_names(&[("theta", 4), ("mu", 40)]);
    let mut draws = Draws::new(names(), NUM_CHAINS, settings.num_draws);
    let nuts = median_seconds(|| {
        draws.clear();
        num_leapfrog = 0;
        for c in 0..NUM_CHAINS {
            let mut chain = NutsChain::new(&model, settings, chain_stream(SEED, c as u64), Init::Uniform)
                .expect("a start");
            for _ in 0..settings.num_warmup + settings.num_draws {
                let transition = chain.step();
                num_leapfrog += transition.num_leapfrog;
                if !transition.warmup {
                    draws.push(c, chain.draw());
                }
            }
        }
    });
    report("nuts_num_leapfrog", f64::from(num_leapfrog));
    report("nuts_ns_per_leapfrog", nuts / f64::from(num_leapfrog) * 1e9);
    report_rates("nuts", &draws, nuts);

    let mut draws = Draws::new(names(), NUM_CHAINS, settings.num_draws);
    let exact = median_seconds(|| {
        draws.clear();
        for c in 0..NUM_CHAINS {
            let mut chain = ExactChain::new(&posterior, chain_stream(SEED, c as u64));
            for _ in 0..settings.num_draws {
                chain.step();
                draws.push(c, chain.draw());
            }
        }
    });
    report_rates("exact", &draws, exact);
    let diagnostics = median_seconds(|| {
        black_box(diagnose(&draws));
    });
    report("diagnostics_ms", diagnostics * 1e3);
}

/// Time of four chains, draws per second, and the smallest bulk ESS, capped at the number of draws, per second.
fn report_rates(sampler: &str, draws: &Draws, seconds: f64) {
    let smallest = diagnose(draws).iter().map(|d| d.ess_bulk).fold(f64::INFINITY, f64::min);
    let num_draws = (0..draws.num_chains()).map(|c| draws.num_draws(c)).sum::<usize>() as f64;
    report(&format!("{sampler}_ms"), seconds * 1e3);
    report(&format!("{sampler}_draws_per_second"), num_draws / seconds);
    report(&format!("{sampler}_ess_per_second"), smallest.min(num_draws) / seconds);
}

fn report(what: &str, number: f64) {
    println!("native {what} {number}");
}

fn median_seconds(mut run: impl FnMut()) -> f64 {
    let mut seconds: Vec<f64> = (0..NUM_RUNS)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed().as_secs_f64()
        })
        .collect();
    seconds.sort_by(f64::total_cmp);
    seconds[NUM_RUNS / 2]
}
