//! Collapsed draws: what they report, and the numbers they must never change.

#![allow(clippy::unwrap_used, reason = "everything in this file is a test")]

use std::sync::Arc;

use mcmc::{CollapsedChain, Sampler, chain_stream};
use models::{Hierarchy, RegionPosterior, RegionScales, Scale, ScalePosterior, ScalePrior, ScaleProposal};

const Y: [f64; 3] = [1.0, 3.0, -2.0];
const NOISE_VAR: [f64; 3] = [1.0, 0.5, 2.0];

fn proposal(noise_var: [f64; 3], school_sd: Scale, region_sd: Scale) -> ScaleProposal {
    let hierarchy = Hierarchy::new(&Y, &noise_var, &[2, 1], school_sd, region_sd).unwrap();
    ScaleProposal::new(&ScalePosterior::new(&hierarchy))
}

const LEARNED: Scale = Scale::Learned(ScalePrior::HalfNormal { scale: 1.0 });

#[test]
fn draws_never_change() {
    let proposal =
        Arc::new(proposal(NOISE_VAR, LEARNED, Scale::Learned(ScalePrior::HalfCauchy { scale: 2.0 })));
    let start = || CollapsedChain::new(Arc::clone(&proposal), chain_stream(1973, 0));
    let (mut chain, mut again) = (start(), start());
    for _ in 0..10 {
        assert!(!chain.step().warmup);
        again.step();
    }
    assert_eq!(chain.draw(), again.draw());
    let found: Vec<u64> = chain.draw().iter().map(|x| x.to_bits()).collect();
    assert_eq!(found, PINNED);
}

const PINNED: [u64; 7] = [
    4_607_300_892_137_006_100,
    13_835_736_376_162_402_380,
    4_598_081_679_437_834_668,
    4_611_313_572_167_886_942,
    13_836_485_714_980_425_915,
    4_604_166_718_339_647_442,
    4_610_304_615_835_723_410,
];

#[test]
fn proposed_scales_are_rejected_as_often_as_they_should_be() {
    let proposal = ScaleProposal::new(&ScalePosterior::new(&Hierarchy::eight_schools()));
    let mut chain = CollapsedChain::new(proposal, chain_stream(3, 0));
    let (mut num_stays, mut expected, mut var, mut before) = (0.0, 0.0, 0.0, f64::NAN);
    for _ in 0..200_000 {
        let reject = 1.0 - chain.step().accept_stat;
        expected += reject;
        var += reject * (1.0 - reject);
        num_stays += f64::from(u8::from(chain.draw()[9] == before));
        before = chain.draw()[9];
    }
    assert!(expected > 50.0 && expected < 0.03 * 200_000.0, "{expected}");
    // Normal to a good approximation: false alarm for one seed in 16,000.
    assert!((num_stays - expected).abs() < 4.0 * var.sqrt(), "{num_stays}, not {expected}");
}

#[test]
fn reports_only_the_scale_that_is_learned() {
    for (school_sd, region_sd) in [(LEARNED, Scale::Known(7.0)), (Scale::Known(7.0), LEARNED)] {
        let mut chain = CollapsedChain::new(proposal(NOISE_VAR, school_sd, region_sd), chain_stream(1, 0));
        assert_eq!(chain.num_variables(), 6);
        for _ in 0..100 {
            chain.step();
            let sd = chain.draw()[5];
            assert!(sd > 0.0 && sd < 6.0, "{sd}"); // a half-normal prior with scale 1
        }
    }
}

#[test]
fn known_scales_give_independent_draws_of_the_exact_posterior() {
    let proposal = proposal([1.0; 3], Scale::Known(1.0), Scale::Known(5.0));
    let scales = RegionScales { noise_var: 1.0, school_var: 1.0, region_var: 25.0 };
    let exact = RegionPosterior::new(&Y, &[2, 1], scales).unwrap();
    let mut chain = CollapsedChain::new(proposal, chain_stream(2, 0));
    let (mut sums, num_draws) = ([0.0; 5], 40_000);
    for _ in 0..num_draws {
        assert_eq!(chain.step().accept_stat, 1.0);
        sums.iter_mut().zip(chain.draw()).for_each(|(sum, x)| *sum += x);
    }
    let means = exact.theta_mean.iter().chain(&exact.mu_mean);
    let sds = exact.theta_sd.iter().chain(&exact.mu_sd);
    for ((sum, mean), sd) in sums.iter().zip(means).zip(sds) {
        let z = (sum / f64::from(num_draws) - mean) / (sd / f64::from(num_draws).sqrt());
        assert!(z.abs() < 4.0, "{z}"); // five of them: false alarm for one seed in 3000
    }
}
