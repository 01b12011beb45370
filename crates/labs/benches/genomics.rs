//! The genomics labs from a scenario to its panels: medians of several runs, a line each: `native <what> <number>`.

use std::hint::black_box;
use std::time::Instant;

use labs::{Extras, NUM_CHAINS, Scenario, link};
use mcmc::Draws;

const NUM_RUNS: usize = 21;

fn main() {
    report("limma_ms", 1e3 * pictures("#/limma?genes=5000&d0=4"));
    report("mrlocus_ms", 1e3 * pictures("#/mrlocus?moves=3_0.1_0.2"));
    report("mrlocus_ten_ms", 1e3 * pictures("#/mrlocus?clusters=10&moves=3_0.1_0.2"));
    let scenario = scenario("#/tf-binding?features=12&types=5&reps=4");
    let mut draws = Vec::new();
    report("tf_ms", 1e3 * median_seconds(|| draws.push(sampled(&scenario))));
    let draws = draws.pop();
    let run = scenario.start();
    let extras = Extras { draws: draws.as_ref(), ..Extras::default() };
    report(
        "tf_pictures_ms",
        1e3 * median_seconds(|| {
            black_box(run.panels(&scenario.values(), &extras));
        }),
    );
}

fn scenario(text: &str) -> Scenario {
    let parsed = link::parse(text);
    assert_eq!(parsed.notices, [], "{text}");
    parsed.scenario
}

/// From a scenario to its panels.
fn pictures(text: &str) -> f64 {
    let scenario = scenario(text);
    median_seconds(|| {
        let run = black_box(&scenario).start();
        black_box(run.panels(&scenario.values(), &Extras::default()));
    })
}

/// All chains, one after the other, warmup and all.
fn sampled(scenario: &Scenario) -> Draws {
    let sampling = scenario.open().sampling().expect("the lab samples");
    let mut draws = Draws::new(scenario.open().variables(), NUM_CHAINS, sampling.num_draws);
    for chain in 0..NUM_CHAINS {
        let mut sampler = scenario.open().sampler(chain).expect("the lab samples");
        for _ in 0..sampling.num_warmup + sampling.num_draws {
            if !sampler.step().warmup {
                draws.push(chain, sampler.draw());
            }
        }
    }
    draws
}

fn median_seconds(mut work: impl FnMut()) -> f64 {
    work();
    let mut seconds: Vec<f64> = (0..NUM_RUNS)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed().as_secs_f64()
        })
        .collect();
    seconds.sort_unstable_by(f64::total_cmp);
    seconds[NUM_RUNS / 2]
}

fn report(what: &str, number: f64) {
    println!("native {what} {number}");
}
