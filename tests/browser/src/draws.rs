//! What the page's draws must be.

use labs::{NUM_CHAINS, link};
use mcmc::{Draws, SAMPLER_COLUMNS, draws_csv};

/// The file of all draws that the page must give for `link`, made by the same code natively.
///
/// # Panics
/// If the link's lab samples nothing.
#[must_use]
pub fn native_draws(link: &str) -> String {
    let scenario = link::parse(link).scenario;
    let sampling = scenario.open().sampling().expect("a lab that samples");
    let mut draws = Draws::new(scenario.open().variables(), NUM_CHAINS, sampling.num_draws);
    let mut columns = Draws::new(SAMPLER_COLUMNS.map(str::to_owned).into(), NUM_CHAINS, sampling.num_draws);
    for chain in 0..NUM_CHAINS {
        let mut sampler = scenario.open().sampler(chain).expect("a lab that samples");
        for iteration in 0..sampling.num_warmup + sampling.num_draws {
            let transition = sampler.step();
            if iteration >= sampling.num_warmup {
                draws.push(chain, sampler.draw());
                columns.push(chain, &transition.columns());
            }
        }
    }
    draws_csv(&draws, &columns)
}
