//! Gibbs sampling: its edges, its slowness, and the numbers it must never change.

#![allow(clippy::unwrap_used, reason = "everything in this file is a test")]

use mcmc::{GibbsChain, GibbsError, Init, Sampler, chain_stream, ess_bulk};
use models::{Hierarchy, Scale, ScalePrior};

const Y: [f64; 3] = [1.0, 3.0, -2.0];
const NOISE_VAR: [f64; 3] = [1.0, 0.5, 2.0];

fn hierarchy(school_sd: Scale, region_sd: Scale) -> Hierarchy {
    Hierarchy::new(&Y, &NOISE_VAR, &[2, 1], school_sd, region_sd).unwrap()
}

fn both_learned() -> Hierarchy {
    let school_sd = Scale::Learned(ScalePrior::HalfNormal { scale: 1.0 });
    hierarchy(school_sd, Scale::Learned(ScalePrior::HalfCauchy { scale: 2.0 }))
}

#[test]
fn draws_never_change() {
    let start = || GibbsChain::new(&both_learned(), 10, chain_stream(1973, 0), Init::Uniform).unwrap();
    let (mut chain, mut again) = (start(), start());
    for iteration in 0..50 {
        assert_eq!(chain.step().warmup, iteration < 10);
        again.step();
    }
    assert_eq!(chain.draw(), again.draw());
    let found: Vec<u64> = chain.draw().iter().map(|x| x.to_bits()).collect();
    assert_eq!(found, PINNED);
}

const PINNED: [u64; 7] = [
    4_605_870_171_431_948_225,
    4_596_179_923_313_269_224,
    4_599_299_839_530_022_784,
    4_612_409_031_398_373_708,
    4_607_304_849_513_718_808,
    4_606_896_352_062_594_982,
    4_623_100_067_720_263_247,
];

#[test]
fn starts_where_it_is_told() {
    let start = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7];
    let chain = GibbsChain::new(&both_learned(), 0, chain_stream(1, 0), Init::At(&start)).unwrap();
    assert_eq!(chain.draw(), start);
    let chain = GibbsChain::new(&both_learned(), 0, chain_stream(1, 0), Init::Uniform).unwrap();
    assert!(chain.draw()[2..5].iter().all(|mu| mu.abs() < 2.0));
    assert!(chain.draw()[5..].iter().all(|sd| libm::log(*sd).abs() < 2.0));
}

#[test]
fn a_known_region_sd_of_0_keeps_theta_at_0() {
    let mut chain = GibbsChain::new(
        &hierarchy(Scale::Known(1.0), Scale::Known(0.0)),
        0,
        chain_stream(1, 0),
        Init::Uniform,
    )
    .unwrap();
    for _ in 0..100 {
        chain.step();
        assert_eq!(chain.draw()[..2], [0.0, 0.0]);
        assert!(chain.draw()[2..].iter().all(|mu| mu.is_finite() && *mu != 0.0));
    }
}

#[test]
fn creeps_where_schools_are_nearly_equal() {
    // sigma_mu a twentieth of the noise SD: theta and mu of a region hold each other in place, and
    // their common level moves by about sigma_mu / √n_k a step.
    let ess_of = |sigma_mu: f64| {
        let hierarchy =
            Hierarchy::new(&[0.0; 10], &[1.0; 10], &[10], Scale::Known(sigma_mu), Scale::Known(5.0)).unwrap();
        let mut chain = GibbsChain::new(&hierarchy, 1000, chain_stream(2, 0), Init::Uniform).unwrap();
        while chain.step().warmup {}
        let theta: Vec<f64> = (0..10_000)
            .map(|_| {
                chain.step();
                chain.draw()[0]
            })
            .collect();
        ess_bulk(&[&theta])
    };
    // The lag-one autocorrelation of theta is about V/(V + sigma_mu²): 0.9975 and 0.5.
    assert!(ess_of(0.05) < 100.0 && ess_of(1.0) > 2000.0, "{} {}", ess_of(0.05), ess_of(1.0));
}

#[test]
fn impossible_starts_are_refused() {
    let start = |hierarchy: &Hierarchy, init| GibbsChain::new(hierarchy, 0, chain_stream(1, 0), init).err();
    let degenerate = hierarchy(Scale::Known(0.0), Scale::Known(1.0));
    assert_eq!(start(&degenerate, Init::Uniform), Some(GibbsError::SchoolSdIsZero));
    let learned = both_learned();
    assert_eq!(
        start(&learned, Init::At(&[0.0; 5])),
        Some(GibbsError::InitLengthMismatch { num_variables: 7, len: 5 })
    );
    assert_eq!(
        start(&learned, Init::At(&[0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0])),
        Some(GibbsError::InitOutOfRange { index: 6, value: 0.0 })
    );
    assert_eq!(
        start(&learned, Init::At(&[0.0, f64::INFINITY, 0.0, 0.0, 0.0, 1.0, 1.0])),
        Some(GibbsError::InitOutOfRange { index: 1, value: f64::INFINITY })
    );
}
