//! The diagnostics and summaries against ArviZ's and NumPy's, on draws of many kinds.

use std::collections::BTreeMap;

use mcmc::{
    Draws, Summary, chain_stream, e_bfmi, ess_bulk, ess_mean, ess_quantile, ess_tail, mcse_mean,
    mcse_quantile, rhat, summarise_draws, variable_names,
};
use serde::Deserialize;

#[derive(Deserialize)]
struct Expected {
    values: BTreeMap<String, BTreeMap<String, f64>>,
}

/// Both sides compute in double precision, from normal quantiles good to about 1e-12.
const TOLERANCE: f64 = 1e-8;

#[test]
fn diagnostics_agree_with_arviz() {
    let inputs: BTreeMap<String, Vec<Vec<f64>>> =
        serde_json::from_str(include_str!("reference/arviz/input.json")).unwrap();
    let expected: Expected = serde_json::from_str(include_str!("reference/arviz/expected.json")).unwrap();
    assert_eq!(expected.values.len(), 11);
    for (input, values) in &expected.values {
        let chains: Vec<&[f64]> = inputs[input].iter().map(Vec::as_slice).collect();
        let row = summary(&chains);
        assert_eq!([row.rhat, row.ess_bulk, row.ess_tail], [rhat, ess_bulk, ess_tail].map(|f| f(&chains)));
        for (diagnostic, &value) in values {
            let ours = match diagnostic.as_str() {
                "rhat" => row.rhat,
                "ess_bulk" => row.ess_bulk,
                "ess_tail" => row.ess_tail,
                "mean" => row.mean,
                "median" => row.median,
                "sd" => row.sd,
                "mad" => row.mad,
                "q5" => row.q5,
                "q95" => row.q95,
                "ess_mean" => ess_mean(&chains),
                "ess_quantile_0.25" => ess_quantile(&chains, 0.25),
                "mcse_mean" => mcse_mean(&chains),
                "mcse_quantile_0.25" => mcse_quantile(&chains, 0.25),
                "mcse_quantile_0.95" => mcse_quantile(&chains, 0.95),
                "e_bfmi" => e_bfmi(chains[0]),
                other => panic!("no diagnostic {other}"),
            };
            assert!(
                (ours - value).abs() <= TOLERANCE * value.abs(),
                "{input}, {diagnostic}: {ours}, ArviZ {value}"
            );
        }
    }
}

fn summary(chains: &[&[f64]]) -> Summary {
    let mut draws = Draws::new(variable_names(&[("mu", 1)]), chains.len(), chains[0].len());
    for (chain, values) in chains.iter().enumerate() {
        values.iter().for_each(|x| draws.push(chain, &[*x]));
    }
    summarise_draws(&draws).remove(0)
}

#[test]
fn order_of_chains_and_units_do_not_matter() {
    let inputs: BTreeMap<String, Vec<Vec<f64>>> =
        serde_json::from_str(include_str!("reference/arviz/input.json")).unwrap();
    let chains: Vec<&[f64]> = inputs["autocorrelated"].iter().map(Vec::as_slice).collect();
    let swapped = [chains[2], chains[0], chains[3], chains[1]];
    let scaled: Vec<Vec<f64>> = chains.iter().map(|c| c.iter().map(|x| 3.0 * x - 7.0).collect()).collect();
    let scaled: Vec<&[f64]> = scaled.iter().map(Vec::as_slice).collect();
    for diagnostic in [rhat, ess_bulk, ess_tail, ess_mean] {
        let value = diagnostic(&chains);
        assert!((diagnostic(&swapped) / value - 1.0).abs() < 1e-10);
        assert!((diagnostic(&scaled) / value - 1.0).abs() < 1e-10);
    }
}

#[test]
fn e_bfmi_is_twice_the_share_of_energy_that_is_new() {
    // Energies with lag-one autocorrelation ρ have E(ΔE²)/Var(E) = 2 (1 − ρ). Momenta drawn afresh explain
    // all of the energy's variance at ρ = 0; 0.3, Stan's threshold, is ρ = 0.85.
    let mut rng = chain_stream(51, 0);
    for rho in [0.0, 0.5, 0.85, 0.98] {
        let mut energy = vec![0.0_f64; 40_000];
        for s in 1..energy.len() {
            energy[s] = rho * energy[s - 1] + (1.0_f64 - rho * rho).sqrt() * stats::standard_normal(&mut rng);
        }
        // ρ is estimated with SD √((1 − ρ²)/n) (Bartlett 1946).
        let tolerance = 4.0 * 2.0 * ((1.0 - rho * rho) / 40_000.0).sqrt() + 1e-3;
        assert!((e_bfmi(&energy) - 2.0 * (1.0 - rho)).abs() < tolerance, "{rho}: {}", e_bfmi(&energy));
    }
}

#[test]
fn what_is_undefined_is_nan() {
    let constant: &[f64] = &[2.0; 10];
    let short: &[f64] = &[1.0, 2.0, 3.0];
    let infinite: &[f64] = &[1.0, 2.0, f64::INFINITY, 4.0, 5.0];
    for chains in [vec![constant; 4], vec![short; 4], vec![infinite; 4], vec![]] {
        for diagnostic in [rhat, ess_bulk, ess_tail, ess_mean, mcse_mean] {
            assert!(diagnostic(&chains).is_nan(), "{chains:?}");
        }
        assert!(mcse_quantile(&chains, 0.5).is_nan());
    }
}
