//! Four chains to the end, each on a thread of its own.

use std::thread;
use std::time::Instant;

use labs::{Fit, FitError, NUM_CHAINS};
use mcmc::{Draws, SAMPLER_COLUMNS};

/// What the chains drew, and how.
pub(crate) struct Chains {
    /// The variables.
    pub(crate) draws: Draws,
    /// What the sampler told of the same iterations: [`SAMPLER_COLUMNS`].
    pub(crate) sampler: Draws,
    /// In all iterations, warmup included.
    pub(crate) num_leapfrog: u64,
    /// Kept draws at the end of a divergent trajectory.
    pub(crate) num_divergent: u64,
    /// From the start of the first chain to the end of the last.
    pub(crate) seconds: f64,
}

/// One chain, iteration after iteration.
#[derive(Default)]
struct Chain {
    draws: Vec<f64>,
    columns: Vec<[f64; SAMPLER_COLUMNS.len()]>,
    num_leapfrog: u64,
    num_divergent: u64,
}

/// Runs the chains of `fit`. They share nothing, so that their draws do not depend on how threads run.
///
/// # Errors
/// That of the sampler, if it finds no place to start.
pub(crate) fn run(fit: &Fit) -> Result<Chains, FitError> {
    let start = Instant::now();
    let names = fit.hierarchy().variable_names();
    let (num_variables, num_draws) = (names.len(), fit.sampling().num_draws);
    let mut all = Chains {
        draws: Draws::new(names, NUM_CHAINS, num_draws),
        sampler: Draws::new(SAMPLER_COLUMNS.map(str::to_owned).to_vec(), NUM_CHAINS, num_draws),
        num_leapfrog: 0,
        num_divergent: 0,
        seconds: 0.0,
    };
    let chains = thread::scope(|scope| {
        let threads: Vec<_> = (0..NUM_CHAINS).map(|chain| scope.spawn(move || run_one(fit, chain))).collect();
        let joined = threads.into_iter().map(|thread| thread.join().expect("a chain does not panic"));
        joined.collect::<Result<Vec<_>, _>>()
    })?;
    for (index, chain) in chains.iter().enumerate() {
        chain.draws.chunks_exact(num_variables).for_each(|draw| all.draws.push(index, draw));
        chain.columns.iter().for_each(|columns| all.sampler.push(index, columns));
        all.num_leapfrog += chain.num_leapfrog;
        all.num_divergent += chain.num_divergent;
    }
    all.seconds = start.elapsed().as_secs_f64();
    Ok(all)
}

fn run_one(fit: &Fit, index: usize) -> Result<Chain, FitError> {
    let sampling = fit.sampling();
    let mut sampler = fit.sampler(index)?;
    let mut chain = Chain::default();
    for iteration in 0..sampling.num_warmup + sampling.num_draws {
        let transition = sampler.step();
        chain.num_leapfrog += u64::from(transition.num_leapfrog);
        if iteration >= sampling.num_warmup {
            chain.num_divergent += u64::from(transition.divergent);
            chain.columns.push(transition.columns());
            chain.draws.extend_from_slice(sampler.draw());
        }
    }
    Ok(chain)
}
