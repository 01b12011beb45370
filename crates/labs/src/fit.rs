//! A posterior and its rivals as numbers, without a picture: for who fits data of their own.

use estimators::regions::{
    RegionEstimates, full_bayes, james_stein_by_region, pool_in_region, pooled_empirical_bayes,
    shrink_to_region_mean,
};
use estimators::{EstimateError, Truncation};
use mcmc::{ChainError, GibbsError, Sampler, Summary};
use models::{Hierarchy, PosteriorMeans, RegionData, RegionError, ScalePosterior};
use stats::special::normal_quantile;

use crate::lab::Sampling;
use crate::regions::Setting;
use crate::scenario::Scenario;

/// Slug of the lab that fits a hierarchy.
const LAB: &str = "regions";
/// The quantiles of a [`Summary`], with the median between.
const PROBS: [f64; 3] = [0.05, 0.5, 0.95];

/// Why there is no fit.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum FitError {
    /// The lab has no posterior that is sampled.
    #[error("the lab “{title}” samples nothing, so there is nothing to fit; “#/{LAB}” does")]
    NothingSampled {
        /// Title of the lab.
        title: &'static str,
    },
    /// The model cannot take the data.
    #[error(transparent)]
    Model(#[from] RegionError),
    /// NUTS or Metropolis finds no place to start.
    #[error(transparent)]
    Chain(#[from] ChainError),
    /// Gibbs finds no place to start.
    #[error(transparent)]
    Gibbs(#[from] GibbsError),
}

/// Schools that someone has measured, region by region.
#[derive(Clone, Debug, PartialEq)]
pub struct Measured {
    /// Measurements, length n.
    pub y: Vec<f64>,
    /// Number of schools of each region, sum n.
    pub sizes: Vec<usize>,
    /// Variances of the measurements in their squared unit, length n; `None` for those of the link,
    /// σ²/m.
    pub noise_var: Option<Vec<f64>>,
    /// What was measured, length n, where it is known.
    pub truth: Option<Vec<f64>>,
}

/// What an estimator makes of the data.
#[derive(Clone, Debug, PartialEq)]
pub struct Estimate {
    /// Its name for programs, such as `james_stein`.
    pub name: &'static str,
    /// One estimate for each school; `None` if it is not defined for such data.
    pub values: Option<Vec<f64>>,
}

impl Estimate {
    /// Its total squared error against the `truth`, one for each school; `None` if it is not defined.
    #[must_use]
    pub fn total_squared_error(&self, truth: &[f64]) -> Option<f64> {
        self.values.as_deref().map(|values| estimators::squared_error(values, truth))
    }
}

/// A model of schools in regions with its data: those of a link, or measured ones.
#[derive(Clone, Debug)]
pub struct Fit {
    scenario: Scenario,
    setting: Setting,
    hierarchy: Hierarchy,
    truth: Option<Vec<f64>>,
}

impl Fit {
    /// The model that `scenario` names, with its own data or with `measured` in place of them.
    ///
    /// Of measured data there may be more than the page's sliders allow.
    ///
    /// # Errors
    /// [`FitError::NothingSampled`] for all labs but one, [`FitError::Model`] if lengths do not match, a
    /// measurement is not finite or a variance not positive and finite.
    pub fn new(scenario: &Scenario, measured: Option<Measured>) -> Result<Self, FitError> {
        let meta = scenario.lab().meta();
        if meta.name.slug != LAB {
            return Err(FitError::NothingSampled { title: meta.name.title });
        }
        let values = scenario.values();
        let (setting, y, truth) = match measured {
            Some(Measured { y, sizes, noise_var, truth }) => {
                (Setting::of_measured(&values, &sizes, noise_var), y, truth)
            }
            None => {
                let setting = Setting::of(&values);
                let RegionData { mu, y, .. } = setting.data();
                let truth = setting.is_simulated.then_some(mu);
                (setting, y, truth)
            }
        };
        let Setting { noise_var, sizes, school_sd, region_sd, .. } = &setting;
        let hierarchy = Hierarchy::new(&y, noise_var, sizes, *school_sd, *region_sd)?;
        let num_schools = y.len();
        if let Some(num_obs) = truth.as_ref().map(Vec::len).filter(|len| *len != num_schools) {
            return Err(RegionError::LengthMismatch { num_schools, num_obs }.into());
        }
        Ok(Self { scenario: scenario.clone(), setting, hierarchy, truth })
    }

    /// Data and model.
    #[must_use]
    pub fn hierarchy(&self) -> &Hierarchy {
        &self.hierarchy
    }

    /// What was measured, length n, where it is known.
    #[must_use]
    pub fn truth(&self) -> Option<&[f64]> {
        self.truth.as_deref()
    }

    /// Seed of the chains.
    #[must_use]
    pub fn seed(&self) -> u64 {
        self.setting.seed
    }

    /// How the posterior is sampled.
    #[must_use]
    pub fn sampling(&self) -> Sampling {
        self.scenario.open().sampling().expect("the lab samples: checked when made")
    }

    /// Chain `chain`: on the data of the link the very one of [`Scenario::sampler`].
    ///
    /// # Errors
    /// That of the sampler, on data so far out that their density cannot be computed.
    pub fn sampler(&self, chain: usize) -> Result<Box<dyn Sampler>, FitError> {
        self.setting.sampler_of(&self.hierarchy, &self.scenario.values(), chain)
    }

    /// The estimates of those who race on the page, in its order.
    ///
    /// `bayes` takes the SDs of the sliders as known, whatever the model does. `bayes_learned` is defined
    /// only if the model learns an SD; as in the race it comes from [`PosteriorMeans`], coarser than
    /// [`exact`](Self::exact).
    #[must_use]
    pub fn estimates(&self) -> Vec<Estimate> {
        let (y, sizes) = (self.hierarchy.y(), self.hierarchy.sizes());
        let (school_var, region_var) = (self.setting.school_var, self.setting.region_var);
        let mut estimates = vec![Estimate { name: "mle", values: Some(y.to_vec()) }];
        let mut add = |name, values| estimates.push(Estimate { name, values });
        if let Some(scales) = self.setting.equal_scales() {
            let plain = Truncation::Plain;
            let of = |found: Result<RegionEstimates, EstimateError>| found.ok().map(|found| found.estimates);
            let james_stein = james_stein_by_region(y, sizes, scales.noise_var, plain)
                .ok()
                .filter(|found| found.rules.iter().all(Result::is_ok));
            add("region_mean", of(pool_in_region(y, sizes)));
            add("james_stein", james_stein.map(|found| found.estimates));
            add("pooled_empirical_bayes", of(pooled_empirical_bayes(y, sizes, scales.noise_var, plain)));
            add("known_factor", of(shrink_to_region_mean(y, sizes, scales)));
            add("bayes", of(full_bayes(y, sizes, scales)));
        } else {
            let posterior_mean = |school_var, region_var| {
                Some(self.setting.posterior_with_known(y, school_var, region_var).mu_mean)
            };
            add("region_mean", posterior_mean(0.0, f64::INFINITY));
            add("james_stein", None);
            add("pooled_empirical_bayes", None);
            add("known_factor", posterior_mean(school_var, f64::INFINITY));
            add("bayes", posterior_mean(school_var, region_var));
        }
        add("bayes_learned", self.setting.is_learned().then(|| self.learned_means()));
        add("zero", Some(vec![0.0; y.len()]));
        estimates
    }

    /// Posterior means of the schools, SDs learned, from the quadrature of the race.
    fn learned_means(&self) -> Vec<f64> {
        let num_regions = self.hierarchy.num_regions();
        let mut means = vec![0.0; num_regions + self.hierarchy.num_schools()];
        PosteriorMeans::new(&self.hierarchy).means_into(&self.hierarchy, &mut means);
        means.split_off(num_regions)
    }

    /// The exact posterior, a row for each variable of a draw.
    ///
    /// `rhat`, `ess_bulk` and `ess_tail` are NaN, as nothing was drawn; so is `mad` where the SDs are
    /// learned and the posterior is a mixture. An SD is ∞ where a half-Cauchy prior learns from a single
    /// region or school.
    #[must_use]
    pub fn exact(&self) -> Vec<Summary> {
        if self.setting.is_learned() {
            return mixture_rows(&ScalePosterior::new(&self.hierarchy));
        }
        let posterior = self.setting.known_posterior(self.hierarchy.y());
        let means = posterior.theta_mean.iter().chain(&posterior.mu_mean);
        let sds = posterior.theta_sd.iter().chain(&posterior.mu_sd);
        let moments = means.zip(sds).map(|(mean, sd)| (*mean, *sd));
        let row = |(variable, (mean, sd)): (String, (f64, f64))| {
            let [q5, median, q95] = PROBS.map(|p| mean + sd * normal_quantile(p));
            // The factor of a MAD makes it the SD of a normal.
            exact_row(variable, (mean, sd), sd, [q5, median, q95])
        };
        self.hierarchy.variable_names().into_iter().zip(moments).map(row).collect()
    }
}

/// The rows of a posterior whose SDs are learned.
fn mixture_rows(posterior: &ScalePosterior) -> Vec<Summary> {
    let hierarchy = posterior.hierarchy();
    let means = posterior.theta_mean.iter().chain(&posterior.mu_mean);
    let sds = posterior.theta_sd.iter().chain(&posterior.mu_sd);
    let mut moments: Vec<(f64, f64)> = means.zip(sds).map(|(mean, sd)| (*mean, *sd)).collect();
    let scales = [
        (hierarchy.school_sd(), (posterior.school_sd_mean, posterior.school_sd_sd)),
        (hierarchy.region_sd(), (posterior.region_sd_mean, posterior.region_sd_sd)),
    ];
    moments.extend(scales.iter().filter(|(scale, _)| scale.is_learned()).map(|(_, moments)| *moments));
    let rows = hierarchy.variable_names().into_iter().zip(moments).enumerate();
    rows.map(|(k, (variable, moments))| {
        let mut quantiles = PROBS;
        quantiles.copy_from_slice(&posterior.quantiles(k, &PROBS));
        exact_row(variable, moments, f64::NAN, quantiles)
    })
    .collect()
}

fn exact_row(variable: String, (mean, sd): (f64, f64), mad: f64, [q5, median, q95]: [f64; 3]) -> Summary {
    let nan = f64::NAN;
    Summary { variable, mean, median, sd, mad, q5, q95, rhat: nan, ess_bulk: nan, ess_tail: nan }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Body, Extras, link};
    use plots::Figure;

    fn scenario(link: &str) -> Scenario {
        let read = link::parse(link);
        assert!(read.notices.is_empty(), "{link}: {:?}", read.notices);
        read.scenario
    }

    fn fit(link: &str) -> Fit {
        Fit::new(&scenario(link), None).unwrap()
    }

    fn losses(fit: &Fit) -> Vec<(&'static str, Option<f64>)> {
        let truth = fit.truth().unwrap();
        let loss = |estimate: &Estimate| (estimate.name, estimate.total_squared_error(truth));
        fit.estimates().iter().map(loss).collect()
    }

    /// Losses on the page's picture, from the top.
    fn race(link: &str) -> Vec<(String, Option<f64>)> {
        let scenario = scenario(link);
        let panels = scenario.start().panels(&scenario.values(), &Extras::default());
        let race = panels.into_iter().find(|panel| panel.id == "race").unwrap();
        let Body::Figure(Figure::Ranking(figure)) = race.body else { panic!("the race is a ranking") };
        figure.rows.into_iter().map(|row| (row.label, row.here)).collect()
    }

    #[test]
    fn estimates_lose_what_the_race_says() {
        let labels = [
            ("mle", "MLE"),
            ("region_mean", "Region mean"),
            ("james_stein", "James–Stein in region"),
            ("pooled_empirical_bayes", "Pooled empirical Bayes"),
            ("known_factor", "Known factor"),
            ("bayes", "Full Bayes"),
            ("bayes_learned", "Bayes, SDs learned"),
            ("zero", "Naive zero"),
        ];
        for link in [
            "#/regions",
            "#/regions?sizes=3,8,5&seed=7",
            "#/regions?sizes=1&seed=7",
            "#/regions?m=1,2,3,4&seed=9",
            "#/regions?scale_mu=half-normal&scale_theta=half-cauchy&seed=11",
            "#/regions?scale_mu=half-cauchy&sizes=4,1,9&m=2,1,7&seed=5",
        ] {
            let race = race(link);
            let losses = losses(&fit(link));
            assert_eq!(losses.len(), labels.len());
            let mut num_compared = 0;
            for ((name, loss), (expected_name, label)) in losses.into_iter().zip(labels) {
                assert_eq!(name, expected_name);
                let Some((_, here)) = race.iter().find(|row| row.0 == label) else {
                    assert_eq!((name, loss), ("bayes_learned", None), "{link}");
                    continue;
                };
                num_compared += 1;
                // The race adds region by region: rounding.
                match (loss, here) {
                    (Some(loss), Some(here)) => assert!((loss / here - 1.0).abs() < 1e-12, "{link}, {name}"),
                    (loss, here) => assert_eq!(loss, *here, "{link}, {name}"),
                }
            }
            assert_eq!(num_compared, race.len());
        }
    }

    #[test]
    fn chains_are_those_of_the_page_bit_for_bit() {
        for sampler in ["nuts", "nuts-nc", "nuts-nc-schools", "gibbs", "metropolis", "exact"] {
            for scales in ["", "&scale_mu=half-normal", "&m=1,2", "&data=eight&scale_mu=half-cauchy"] {
                let link = format!("#/regions?sizes=3,4&seed=7&warmup=20&draws=50&sampler={sampler}{scales}");
                let (scenario, fit) = (scenario(&link), fit(&link));
                let (mut ours, mut pages) = (fit.sampler(2).unwrap(), scenario.open().sampler(2).unwrap());
                for _ in 0..25 {
                    ours.step();
                    pages.step();
                    let bits = |draw: &[f64]| draw.iter().map(|x| x.to_bits()).collect::<Vec<_>>();
                    assert_eq!(bits(ours.draw()), bits(pages.draw()), "{link}");
                }
                assert_eq!(fit.hierarchy().variable_names(), scenario.open().variables());
            }
        }
    }

    #[test]
    fn the_exact_posterior_of_known_sds_is_normal() {
        let rows = fit("#/regions").exact();
        assert_eq!(rows.len(), 44);
        // θ_1 of the lecture, as in crates/estimators/tests/lecture_data.rs; precision 1/25 + 10/2.
        let (first, sd) = (&rows[0], 1.0 / 5.04_f64.sqrt());
        assert_eq!(first.variable, "theta[1]");
        for (found, expected) in [
            (first.mean, 1.2199),
            (first.median, 1.2199),
            (first.sd, sd),
            (first.mad, sd),
            (first.q5, 1.2199 - 1.6449 * sd),
            (first.q95, 1.2199 + 1.6449 * sd),
        ] {
            assert!((found - expected).abs() < 1e-4, "{found}, not {expected}");
        }
        assert!(first.rhat.is_nan() && first.ess_bulk.is_nan() && first.ess_tail.is_nan());
    }

    #[test]
    fn the_exact_posterior_of_the_eight_schools_is_the_published_one() {
        let fit = fit("#/regions?data=eight&scale_mu=half-cauchy&prior_mu=5");
        assert_eq!(fit.truth(), None);
        let rows = fit.exact();
        let last = rows.last().unwrap();
        // As in crates/models/src/lib.rs.
        assert_eq!((rows.len(), last.variable.as_str()), (10, "sigma_mu"));
        assert!((last.mean - 3.5977).abs() < 1e-4 && (last.median - 2.7487).abs() < 1e-4);
        assert!((rows[1].mean - 6.2119).abs() < 1e-4);
        assert!(rows.iter().all(|row| row.q5 < row.median && row.median < row.q95 && row.mad.is_nan()));
    }

    #[test]
    fn measured_schools_are_fitted_with_the_models_of_the_link() {
        let link = "#/regions?sizes=2,3&sd_theta=2&sigma=3&m=4,9&seed=7&draws=50&warmup=20";
        let own = fit(link);
        let measured = Measured {
            y: own.hierarchy().y().to_vec(),
            sizes: vec![2, 3],
            noise_var: None,
            truth: own.truth().map(<[f64]>::to_vec),
        };
        let again = Fit::new(&scenario(link), Some(measured.clone())).unwrap();
        assert_eq!(again.hierarchy(), own.hierarchy());
        assert_eq!(losses(&again), losses(&own));
        let step = |fit: &Fit| {
            let mut chain = fit.sampler(0).unwrap();
            chain.step();
            chain.draw().to_vec()
        };
        assert_eq!(step(&again), step(&own));
        // Other noise, other posterior; the link's design no longer counts.
        let noise_var = Some(vec![1.0; 5]);
        let other = Measured { sizes: vec![1; 5], noise_var, truth: None, ..measured };
        let other = Fit::new(&scenario(link), Some(other)).unwrap();
        assert_eq!((other.hierarchy().num_regions(), other.exact().len()), (5, 10));
        assert_ne!(step(&other)[..5], step(&own)[..5]);
    }

    #[test]
    fn what_cannot_be_fitted_is_refused() {
        let error = Fit::new(&scenario("#/one-prior"), None).unwrap_err();
        assert!(error.to_string().contains("“One prior” samples nothing"), "{error}");
        let refused = |measured| Fit::new(&scenario("#/regions"), Some(measured)).unwrap_err();
        let good = Measured { y: vec![1.0, 2.0], sizes: vec![2], noise_var: None, truth: None };
        let bad = [
            Measured { y: vec![1.0, f64::NAN], ..good.clone() },
            Measured { sizes: vec![1], ..good.clone() },
            Measured { sizes: vec![], y: vec![], ..good.clone() },
            Measured { noise_var: Some(vec![1.0, 0.0]), ..good.clone() },
            Measured { truth: Some(vec![1.0]), ..good },
        ];
        for measured in bad {
            assert!(matches!(refused(measured.clone()), FitError::Model(_)), "{measured:?}");
        }
    }

    #[test]
    fn data_too_far_out_stop_no_chain_with_a_panic() {
        for sampler in ["nuts", "nuts-nc", "nuts-nc-schools", "gibbs", "metropolis", "exact"] {
            for learned in ["", "&scale_mu=half-cauchy"] {
                let link = format!("#/regions?sampler={sampler}{learned}");
                let measured =
                    Measured { y: vec![1e200, -1e200], sizes: vec![2], noise_var: None, truth: None };
                let fit = Fit::new(&scenario(&link), Some(measured)).unwrap();
                if let Ok(mut chain) = fit.sampler(0) {
                    chain.step();
                }
                let _ = (fit.estimates(), fit.exact());
            }
        }
    }
}
