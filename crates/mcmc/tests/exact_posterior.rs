//! NUTS and exact draws against a posterior known in closed form.

use mcmc::{
    Draws, ExactChain, Init, NutsChain, NutsSettings, Sampler, chain_stream, diagnose, mcse_mean,
    variable_names,
};
use models::{RegionModel, RegionPosterior, RegionScales};
use serde::Deserialize;

const SIZES: [usize; 4] = [10; 4];
const SCALES: RegionScales = RegionScales { noise_var: 1.0, school_var: 1.0, region_var: 25.0 };
const NUM_CHAINS: usize = 4;

#[derive(Deserialize)]
struct Expected {
    y: Vec<f64>,
    theta_mean: Vec<f64>,
    theta_sd: Vec<f64>,
    mu_mean: Vec<f64>,
    mu_sd: Vec<f64>,
    cov_theta1_mu1: f64,
    cov_mu1_mu2: f64,
}

fn expected() -> Expected {
    serde_json::from_str(include_str!("reference/model1/expected.json")).expect("the file holds these fields")
}

fn run<S: Sampler>(mut start: impl FnMut(u64) -> S, num_draws: usize) -> (Draws, Vec<mcmc::Transition>) {
    let mut draws = Draws::new(variable_names(&[("theta", 4), ("mu", 40)]), NUM_CHAINS, num_draws);
    let mut transitions = Vec::new();
    for c in 0..NUM_CHAINS {
        let mut chain = start(c as u64);
        for _ in 0..chain.num_warmup() {
            assert!(chain.step().warmup);
        }
        for _ in 0..num_draws {
            let transition = chain.step();
            assert!(!transition.warmup);
            transitions.push(transition);
            draws.push(c, chain.draw());
        }
    }
    (draws, transitions)
}

/// All 44 means and SDs and two covariances within 4 Monte Carlo standard errors: 90
/// comparisons at 6e-5 each, a false alarm for about one seed in 175.
fn assert_has_the_exact_moments(draws: &Draws, expected: &Expected) {
    let means = [&expected.theta_mean[..], &expected.mu_mean].concat();
    let sds = [&expected.theta_sd[..], &expected.mu_sd].concat();
    let diagnostics = diagnose(draws);
    for k in 0..44 {
        let d = &diagnostics[k];
        assert!((d.mean - means[k]).abs() < 4.0 * d.mcse_mean, "mean of {}: {}", draws.names()[k], d.mean);
        assert!(d.rhat < 1.01, "R-hat of {}: {}", draws.names()[k], d.rhat);
    }
    let mut products: Vec<(usize, usize, f64)> = (0..44).map(|k| (k, k, sds[k] * sds[k])).collect();
    products.extend([(0, 4, expected.cov_theta1_mu1), (4, 5, expected.cov_mu1_mu2)]);
    for (a, b, covariance) in products {
        let series: Vec<Vec<f64>> = (0..NUM_CHAINS)
            .map(|c| {
                let pairs = draws.variable(c, a).iter().zip(draws.variable(c, b));
                pairs.map(|(x, y)| (x - means[a]) * (y - means[b])).collect()
            })
            .collect();
        let chains: Vec<&[f64]> = series.iter().map(Vec::as_slice).collect();
        let average = series.iter().flatten().sum::<f64>() / series.iter().flatten().count() as f64;
        let error = (average - covariance).abs();
        assert!(error < 4.0 * mcse_mean(&chains), "covariance of {a} and {b}: {average}, not {covariance}");
    }
}

#[test]
fn nuts_has_the_exact_moments() {
    let expected = expected();
    let model = RegionModel::new(&expected.y, &SIZES, SCALES).unwrap();
    let settings = NutsSettings::default();
    let start = |c| NutsChain::new(&model, settings, chain_stream(1, c), Init::Uniform).unwrap();
    let (draws, transitions) = run(start, 4000);
    assert_has_the_exact_moments(&draws, &expected);
    assert!(transitions.iter().all(|t| !t.divergent));
}

#[test]
fn adaptation_meets_the_target_acceptance() {
    let expected = expected();
    let model = RegionModel::new(&expected.y, &SIZES, SCALES).unwrap();
    for target_accept in [0.6, 0.8, 0.95] {
        let settings = NutsSettings { target_accept, ..NutsSettings::default() };
        let mut in_window = 0.0;
        let mut in_draws = 0.0;
        for c in 0..NUM_CHAINS {
            let start = chain_stream(1, c as u64);
            let mut chain = NutsChain::new(&model, settings, start, Init::Uniform).unwrap();
            let accept: Vec<f64> = (0..2000).map(|_| chain.step().accept_stat).collect();
            in_window += accept[550..950].iter().sum::<f64>() / 400.0 / NUM_CHAINS as f64;
            in_draws += accept[1000..].iter().sum::<f64>() / 1000.0 / NUM_CHAINS as f64;
        }
        // Dual averaging steers the mean to its target up to its own pull, γ (log_target − log ε) / √t
        // = 0.006 over 400 iterations.
        assert!((in_window - target_accept).abs() < 0.02, "{in_window}, not {target_accept}");
        // The averaged step size is short of the mark: acceptance is concave in log ε, so by Jensen it is
        // higher at the mean of log ε than the mean acceptance that was steered to its target.
        assert!((target_accept - 0.01..target_accept + 0.2).contains(&in_draws), "{in_draws}");
    }
}

#[test]
fn exact_draws_have_the_exact_moments() {
    let expected = expected();
    let posterior = RegionPosterior::new(&expected.y, &SIZES, SCALES).unwrap();
    let (draws, _) = run(|c| ExactChain::new(&posterior, chain_stream(1, c)), 4000);
    assert_has_the_exact_moments(&draws, &expected);
    let diagnostics = diagnose(&draws);
    assert!(diagnostics.iter().all(|d| d.ess_bulk > 13_000.0), "draws are independent");
}
