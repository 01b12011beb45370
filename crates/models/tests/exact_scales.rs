//! The posterior of learned scales against independent quadratures and published values.

#![allow(clippy::unwrap_used, reason = "everything in this file is a test")]

use std::collections::BTreeMap;

use models::{
    Hierarchy, Level, PosteriorMeans, RegionNormals, RegionPosterior, RegionScales, Scale, ScalePosterior,
    ScalePrior, ScaleProposal, realize,
};
use serde::Deserialize;
use stats::quadrature::{GaussLegendre, integrate_half_line};
use stats::special::normal_cdf;
use stats::{stream, uniform};

#[derive(Deserialize)]
struct Scalar {
    mean: f64,
    sd: f64,
    q: BTreeMap<String, f64>,
}

#[derive(Deserialize)]
struct Model2 {
    logml: f64,
    sigma_mu: Scalar,
    sigma_theta: Scalar,
    theta_mean: Vec<f64>,
    theta_sd: Vec<f64>,
    mu_mean: Vec<f64>,
    mu_sd: Vec<f64>,
    y: Vec<f64>,
}

#[derive(Deserialize)]
struct EightSchools {
    logml: f64,
    mu: Scalar,
    tau: Scalar,
    theta: Vec<Scalar>,
    y: Vec<f64>,
    sigma: Vec<f64>,
}

fn assert_close(ours: f64, expected: f64, tolerance: f64, what: &str) {
    assert!((ours - expected).abs() <= tolerance * expected.abs().max(1.0), "{what}: {ours} {expected}");
}

fn assert_quantiles(
    posterior: &ScalePosterior,
    variable: usize,
    expected: &BTreeMap<String, f64>,
    tolerance: f64,
) {
    for (p, expected) in expected {
        let ours = posterior.quantiles(variable, &[p.parse().unwrap()])[0];
        assert_close(ours, *expected, tolerance, &format!("quantile {p} of {variable}"));
    }
}

fn half_normal(scale: f64) -> Scale {
    Scale::Learned(ScalePrior::HalfNormal { scale })
}

fn half_cauchy(scale: f64) -> Scale {
    Scale::Learned(ScalePrior::HalfCauchy { scale })
}

fn model2() -> (Model2, Hierarchy) {
    let expected: Model2 = serde_json::from_str(include_str!("reference/model2-small-exact.json")).unwrap();
    let hierarchy =
        Hierarchy::new(&expected.y, &[1.0; 40], &[10; 4], half_normal(2.5), half_normal(5.0)).unwrap();
    (expected, hierarchy)
}

#[test]
fn two_learned_scales_are_those_of_an_independent_quadrature() {
    let (expected, hierarchy) = model2();
    let posterior = ScalePosterior::new(&hierarchy);
    let tolerance = 5e-10; // the file's own
    assert_close(posterior.log_marginal_likelihood, expected.logml, tolerance, "log marginal");
    assert_close(posterior.school_sd_mean, expected.sigma_mu.mean, tolerance, "sigma_mu");
    assert_close(posterior.school_sd_sd, expected.sigma_mu.sd, tolerance, "sigma_mu sd");
    assert_close(posterior.region_sd_mean, expected.sigma_theta.mean, tolerance, "sigma_theta");
    assert_close(posterior.region_sd_sd, expected.sigma_theta.sd, tolerance, "sigma_theta sd");
    for k in 0..4 {
        assert_close(posterior.theta_mean[k], expected.theta_mean[k], tolerance, "theta");
        assert_close(posterior.theta_sd[k], expected.theta_sd[k], tolerance, "theta sd");
    }
    for i in 0..40 {
        assert_close(posterior.mu_mean[i], expected.mu_mean[i], tolerance, "mu");
        assert_close(posterior.mu_sd[i], expected.mu_sd[i], tolerance, "mu sd");
    }
    // The file interpolates its distribution functions; what lies beyond the quantiles is
    // integrated below.
    assert_quantiles(&posterior, 44, &expected.sigma_mu.q, 2e-3);
    assert_quantiles(&posterior, 45, &expected.sigma_theta.q, 2e-3);
}

#[test]
fn eight_schools_are_those_of_an_independent_quadrature() {
    let expected: EightSchools =
        serde_json::from_str(include_str!("reference/eight-schools-exact.json")).unwrap();
    let hierarchy = Hierarchy::eight_schools();
    assert_eq!(hierarchy.y(), expected.y);
    let noise_var: Vec<f64> = expected.sigma.iter().map(|se| se * se).collect();
    assert_eq!(hierarchy.noise_var(), noise_var);
    let posterior = ScalePosterior::new(&hierarchy);
    // The file's own accuracy is 4e-12; rounding comes on top.
    let tolerance = 2e-11;
    assert_close(posterior.log_marginal_likelihood, expected.logml, tolerance, "log marginal");
    assert_close(posterior.theta_mean[0], expected.mu.mean, tolerance, "mu");
    assert_close(posterior.theta_sd[0], expected.mu.sd, tolerance, "mu sd");
    assert_close(posterior.school_sd_mean, expected.tau.mean, tolerance, "tau");
    assert_close(posterior.school_sd_sd, expected.tau.sd, tolerance, "tau sd");
    for (i, school) in expected.theta.iter().enumerate() {
        assert_close(posterior.mu_mean[i], school.mean, tolerance, "theta");
        assert_close(posterior.mu_sd[i], school.sd, tolerance, "theta sd");
        assert_quantiles(&posterior, 1 + i, &school.q, 1e-8);
    }
    assert_quantiles(&posterior, 0, &expected.mu.q, 1e-8);
    // Interpolated in the file.
    assert_quantiles(&posterior, 9, &expected.tau.q, 1e-6);
    assert_eq!((posterior.region_sd_mean, posterior.region_sd_sd), (5.0, 0.0));
}

#[test]
fn the_lectures_data_with_an_unknown_school_sd() {
    let sizes = [10; 4];
    let scales = RegionScales { noise_var: 1.0, school_var: 1.0, region_var: 25.0 };
    let data = realize(&RegionNormals::lecture(&sizes), &sizes, scales);
    let hierarchy = Hierarchy::new(&data.y, &[1.0; 40], &sizes, half_normal(1.0), Scale::Known(5.0)).unwrap();
    let posterior = ScalePosterior::new(&hierarchy);
    let sse: f64 = posterior.mu_mean.iter().zip(&data.mu).map(|(m, mu)| (m - mu) * (m - mu)).sum();
    // Digits as printed.
    assert!((posterior.school_sd_mean - 0.6440).abs() < 5.1e-5);
    assert!((posterior.school_sd_sd - 0.2746).abs() < 5.1e-5);
    assert!((sse - 21.81).abs() < 5.1e-3);
}

/// Posteriors of many shapes: narrow, at 0, with heavy tails, with few and many schools.
fn hierarchies() -> Vec<Hierarchy> {
    let mut hierarchies = vec![Hierarchy::eight_schools(), model2().1];
    let mut add = |sizes: &[usize], noise: &[f64], truth: [f64; 2], school_sd: Scale, region_sd: Scale| {
        let noise_var: Vec<f64> = noise.iter().copied().cycle().take(sizes.iter().sum()).collect();
        let zeros = vec![0.0; noise_var.len()];
        let [school, region] = truth.map(Scale::Known);
        let known = Hierarchy::new(&zeros, &noise_var, sizes, school, region).unwrap();
        let data = known.simulate_prior(&mut stream(9, "test data", hierarchies.len() as u64));
        hierarchies.push(Hierarchy::new(&data.y, &noise_var, sizes, school_sd, region_sd).unwrap());
    };
    let (normal, cauchy, known) = (half_normal(2.5), half_cauchy(1.0), Scale::Known(1.0));
    add(&[10, 5, 1], &[1.0], [0.0, 3.0], normal, half_normal(5.0));
    add(&[10, 5, 1], &[1.0, 0.2], [1.0, 0.0], half_cauchy(2.5), half_cauchy(5.0));
    add(&[8], &[1.0], [1.0, 3.0], normal, cauchy);
    add(&[8], &[1.0], [1.0, 3.0], known, cauchy);
    add(&[3, 4], &[0.5, 2.0], [1.0, 3.0], cauchy, cauchy);
    add(&[1], &[1.0], [1.0, 1.0], cauchy, half_normal(1.0));
    add(&[1; 12], &[1.0], [2.0, 2.0], normal, normal);
    add(&[60; 12], &[1.0], [1.0, 5.0], normal, half_normal(5.0));
    add(&[60; 12], &[25.0], [1.0, 0.5], half_cauchy(0.1), half_normal(30.0));
    add(&[4, 6, 10, 20], &[1.0, 9.0, 0.04], [0.1, 5.0], half_normal(0.2), Scale::Known(5.0));
    add(&[30, 30], &[1e4], [10.0, 1.0], half_normal(100.0), half_cauchy(0.01));
    hierarchies
}

#[test]
fn marginal_likelihood_and_moments_are_those_of_another_rule() {
    for (case, hierarchy) in hierarchies().iter().enumerate() {
        if hierarchy.num_learned() != 1 {
            continue;
        }
        let posterior = ScalePosterior::new(hierarchy);
        let school = hierarchy.school_sd().is_learned();
        let (center, sd) = if school {
            (posterior.school_sd_mean, posterior.school_sd_sd)
        } else {
            (posterior.region_sd_mean, posterior.region_sd_sd)
        };
        let log_density = |sd: f64| {
            let log_density = if school {
                hierarchy.log_scale_density(sd, hierarchy.region_sd().known().unwrap())
            } else {
                hierarchy.log_scale_density(hierarchy.school_sd().known().unwrap(), sd)
            };
            log_density - posterior.log_marginal_likelihood
        };
        let moment = |g: &dyn Fn(f64) -> f64| integrate_half_line(center, |sd| g(sd) * log_density(sd).exp());
        assert_close(moment(&|_| 1.0), 1.0, 1e-9, &format!("mass of case {case}"));
        assert_close(moment(&|sd| sd) / center, 1.0, 1e-6, &format!("mean of case {case}"));
        if sd.is_finite() {
            let second = moment(&|x| (x - center) * (x - center));
            assert_close(second.sqrt() / sd, 1.0, 1e-6, &format!("SD of case {case}"));
        }
    }
}

#[test]
fn two_scales_have_the_marginal_likelihood_of_a_nested_rule() {
    for (case, hierarchy) in hierarchies().iter().enumerate() {
        if hierarchy.num_learned() != 2 || hierarchy.num_schools() > 100 {
            continue;
        }
        let posterior = ScalePosterior::new(hierarchy);
        let mass = integrate_half_line(posterior.school_sd_mean, |school_sd| {
            integrate_half_line(posterior.region_sd_mean, |region_sd| {
                (hierarchy.log_scale_density(school_sd, region_sd) - posterior.log_marginal_likelihood).exp()
            })
        });
        assert!((mass - 1.0).abs() < 1e-8, "case {case}: {mass}");
    }
}

/// ∫₀^∞ f by panels about a narrow bulk, which the rule for half lines might step over, else by that rule.
fn integrate(mean: f64, sd: f64, f: impl Fn(f64) -> f64) -> f64 {
    if sd > 0.1 * mean {
        return integrate_half_line(mean, f);
    }
    let rule = GaussLegendre::new(20);
    (-15..15).map(|i| rule.integrate(mean + f64::from(i) * sd, mean + f64::from(i + 1) * sd, &f)).sum()
}

#[test]
fn scale_densities_have_the_moments_and_quantiles() {
    for (case, hierarchy) in hierarchies().iter().enumerate() {
        let posterior = ScalePosterior::new(hierarchy);
        let levels = [
            (Level::School, hierarchy.school_sd(), posterior.school_sd_mean, posterior.school_sd_sd),
            (Level::Region, hierarchy.region_sd(), posterior.region_sd_mean, posterior.region_sd_sd),
        ];
        for (level, scale, mean, sd) in levels {
            if !scale.is_learned() {
                assert_eq!(posterior.scale_quantiles(level, &[0.3]), [scale.known().unwrap()]);
                assert!(posterior.scale_curve(level, 5).is_empty());
                continue;
            }
            let what = format!("{level:?} of case {case}");
            let density = |x: f64| posterior.scale_density(level, x);
            assert_close(integrate(mean, sd, density), 1.0, 1e-8, &what);
            let first = integrate(mean, sd, |x| x * density(x));
            assert_close(first / mean, 1.0, 1e-6, &what);
            if sd.is_finite() {
                let second = integrate(mean, sd, |x| (x - mean) * (x - mean) * density(x));
                assert_close(second.sqrt() / sd, 1.0, 1e-6, &what);
            }
            let probs = [0.025, 0.5, 0.975];
            for (p, quantile) in probs.iter().zip(posterior.scale_quantiles(level, &probs)) {
                let above = integrate_half_line(sd.min(mean), |x| density(quantile + x));
                assert!((above - (1.0 - p)).abs() < 1e-8, "{what}: {above} beyond quantile {p}");
            }
            let curve = posterior.scale_curve(level, 101);
            let step = curve[1].0;
            let sum: f64 = curve.windows(2).map(|pair| 0.5 * step * (pair[0].1 + pair[1].1)).sum();
            // A curve with a spike at 0 narrower than its steps has another sum.
            let has_spike = curve[0].1 * step > 0.02;
            assert!(has_spike || (sum - 0.999).abs() < 0.01, "{what}: {sum}");
        }
    }
}

#[test]
fn effects_are_mixtures_over_the_scales() {
    for (case, hierarchy) in hierarchies().iter().enumerate() {
        if hierarchy.num_learned() != 1 {
            continue;
        }
        let posterior = ScalePosterior::new(hierarchy);
        let school = hierarchy.school_sd().is_learned();
        let center = if school { posterior.school_sd_mean } else { posterior.region_sd_mean };
        let given = |sd: f64| {
            let (school_sd, region_sd) = if school {
                (sd, hierarchy.region_sd().known().unwrap())
            } else {
                (hierarchy.school_sd().known().unwrap(), sd)
            };
            let weight =
                hierarchy.log_scale_density(school_sd, region_sd) - posterior.log_marginal_likelihood;
            let (school_var, region_var) = (school_sd * school_sd, region_sd * region_sd);
            let (y, noise_var, sizes) = (hierarchy.y(), hierarchy.noise_var(), hierarchy.sizes());
            RegionPosterior::with_noise(y, noise_var, sizes, school_var, region_var)
                .map_or((0.0, None), |given| (weight.exp(), Some(given)))
        };
        let expect = |g: &dyn Fn(&RegionPosterior) -> f64| {
            integrate_half_line(center, |sd| {
                let (weight, given) = given(sd);
                given.map_or(0.0, |given| weight * g(&given))
            })
        };
        let num_regions = hierarchy.num_regions();
        let last = hierarchy.num_schools() - 1;
        let theta = expect(&|given| given.theta_mean[0]);
        assert_close(posterior.theta_mean[0], theta, 1e-7, &format!("theta of case {case}"));
        let mean = expect(&|given| given.mu_mean[last]);
        assert_close(posterior.mu_mean[last], mean, 1e-7, &format!("mu of case {case}"));
        let var = expect(&|given| {
            given.mu_sd[last] * given.mu_sd[last]
                + (given.mu_mean[last] - mean) * (given.mu_mean[last] - mean)
        });
        assert_close(posterior.mu_sd[last], var.sqrt(), 1e-7, &format!("SD of mu of case {case}"));
        let shrinkage = expect(&|given| given.shrinkage[last]);
        assert_close(posterior.shrinkage[last], shrinkage, 1e-8, &format!("B of case {case}"));
        for p in [0.025, 0.4, 0.975] {
            let x = posterior.quantiles(0, &[p])[0];
            let below = expect(&|given| normal_cdf((x - given.theta_mean[0]) / given.theta_sd[0]));
            assert!((below - p).abs() < 1e-7, "case {case}: {below} below quantile {p} of theta");
            let x = posterior.quantiles(num_regions + last, &[p])[0];
            let below = expect(&|given| normal_cdf((x - given.mu_mean[last]) / given.mu_sd[last]));
            assert!((below - p).abs() < 1e-7, "case {case}: {below} below quantile {p} of mu");
            let h = 1e-4 * posterior.mu_sd[last];
            let near = posterior.density(num_regions + last, &[x - h, x, x + h]);
            let slope = expect(&|given| {
                let cdf = |x: f64| normal_cdf((x - given.mu_mean[last]) / given.mu_sd[last]);
                (cdf(x + h) - cdf(x - h)) / (2.0 * h)
            });
            assert!((near[1] - slope).abs() < 1e-5 * slope, "case {case}: density {near:?} {slope}");
        }
    }
}

#[test]
fn known_scales_give_the_posterior_of_regions() {
    let (y, sizes) = ([0.3, -1.0, 2.0, 4.0], [1, 3]);
    let hierarchy = Hierarchy::new(&y, &[0.7; 4], &sizes, Scale::Known(1.4), Scale::Known(0.0)).unwrap();
    let ours = ScalePosterior::new(&hierarchy);
    let scales = RegionScales { noise_var: 0.7, school_var: 1.4 * 1.4, region_var: 0.0 };
    let expected = RegionPosterior::new(&y, &sizes, scales).unwrap();
    assert_close(ours.log_marginal_likelihood, expected.log_marginal_likelihood, 1e-14, "log marginal");
    assert_eq!((ours.school_sd_mean, ours.school_sd_sd, ours.region_sd_mean), (1.4, 0.0, 0.0));
    for i in 0..4 {
        assert_close(ours.mu_mean[i], expected.mu_mean[i], 1e-14, "mu");
        assert_close(ours.mu_sd[i], expected.mu_sd[i], 1e-14, "mu sd");
        assert_close(ours.shrinkage[i], expected.shrinkage[i], 1e-14, "B");
    }
    assert_eq!(ours.quantiles(0, &[0.3, 0.9]), [0.0, 0.0]);
}

#[test]
fn means_for_repeats_are_the_exact_ones() {
    for (case, hierarchy) in hierarchies().iter().enumerate() {
        let exact = ScalePosterior::new(hierarchy);
        let mut means = PosteriorMeans::new(&Hierarchy::eight_schools());
        let num_regions = hierarchy.num_regions();
        let mut out = vec![0.0; num_regions + hierarchy.num_schools()];
        means.means_into(hierarchy, &mut out);
        let pairs = out[..num_regions].iter().zip(&exact.theta_mean).zip(&exact.theta_sd);
        for ((ours, exact), sd) in
            pairs.chain(out[num_regions..].iter().zip(&exact.mu_mean).zip(&exact.mu_sd))
        {
            assert!((ours - exact).abs() < 3e-3 * sd, "case {case}: {ours} {exact} sd {sd}");
        }
    }
}

#[test]
fn proposals_are_almost_the_posterior() {
    for (case, hierarchy) in hierarchies().iter().enumerate() {
        let posterior = ScalePosterior::new(hierarchy);
        let proposal = ScaleProposal::new(&posterior);
        let mut rng = stream(5, "test", case as u64);
        let num_draws = 10_000;
        let (mut last, mut num_accepted) = (f64::NEG_INFINITY, 0);
        let (mut ratios, mut squares) = (0.0, 0.0);
        let mut below = [0.0; 2];
        let medians = [Level::School, Level::Region].map(|level| posterior.scale_quantiles(level, &[0.5])[0]);
        let mut state = (0.0, 0.0);
        for _ in 0..num_draws {
            let (school_sd, region_sd, log_q) = proposal.propose(&mut rng);
            let again = proposal.log_density(school_sd, region_sd);
            assert!((again - log_q).abs() < 1e-7, "case {case}: {again} {log_q}");
            let log_ratio = proposal.log_target(school_sd, region_sd) - log_q;
            if uniform(&mut rng) < (log_ratio - last).exp() {
                (last, state) = (log_ratio, (school_sd, region_sd));
                num_accepted += 1;
            }
            below[0] += f64::from(state.0 < medians[0]);
            below[1] += f64::from(state.1 < medians[1]);
            let ratio = (log_ratio - posterior.log_marginal_likelihood).exp();
            ratios += ratio;
            squares += ratio * ratio;
        }
        let n = f64::from(num_draws);
        assert!(f64::from(num_accepted) > 0.97 * n, "case {case}: {num_accepted} accepted");
        // Ratios have the mean 1 under the proposal. 4.5 standard errors; 15 cases, a false alarm for
        // one seed in 10,000. The 10⁻⁹ is for known scales.
        let mean = ratios / n;
        let se = ((squares / n - mean * mean).max(0.0) / n).sqrt();
        assert!((mean - 1.0).abs() < 4.5 * se + 1e-9, "case {case}: {mean} se {se}");
        for (below, scale) in below.iter().zip([hierarchy.school_sd(), hierarchy.region_sd()]) {
            // 4.5 SDs of a binomial, widened by 2 % for the few repeated draws.
            let is_off = (below - 0.5 * n).abs() > 1.02 * 4.5 * 0.5 * n.sqrt();
            assert!(!(scale.is_learned() && is_off), "case {case}: {below} below the median");
        }
    }
}

/// Spikes, heavy tails and one region among them: a sketch strays by no more than 1 % of the peak, but at
/// the very tip of a spike at 0.
#[test]
fn sketches_look_like_the_posterior() {
    let half_normal = |scale| Scale::Learned(ScalePrior::HalfNormal { scale });
    let half_cauchy = |scale| Scale::Learned(ScalePrior::HalfCauchy { scale });
    let y = [0.3, -1.0, 2.0, 4.0, 3.5, 5.0, 2.5, 3.0];
    let noise_var = [0.7, 2.0, 0.1, 1.0, 3.0, 1.0, 3.0, 0.4];
    for (sizes, school_sd, region_sd) in [
        (&[1, 2, 5][..], half_normal(2.5), half_normal(5.0)),
        (&[8], half_cauchy(1.0), half_cauchy(5.0)),
        (&[4, 4], Scale::Known(0.5), half_cauchy(5.0)),
        (&[1; 8], half_normal(1.0), half_cauchy(1.0)),
    ] {
        let hierarchy = Hierarchy::new(&y, &noise_var, sizes, school_sd, region_sd).unwrap();
        let posterior = ScalePosterior::new(&hierarchy);
        for variable in 0..hierarchy.num_regions() + hierarchy.num_schools() {
            let sketch = posterior.sketch(variable);
            let at: Vec<f64> = (-160..=200).map(|i| 0.05 * f64::from(i) + 0.025).collect();
            let exact = posterior.density(variable, &at);
            let peak = exact.iter().copied().fold(0.0, f64::max);
            for (x, density) in at.iter().zip(&exact) {
                let error = (sketch.density(*x) - density).abs();
                assert!(error < 0.01 * peak, "{sizes:?} variable {variable} at {x}: {error} of {peak}");
            }
        }
    }
}
