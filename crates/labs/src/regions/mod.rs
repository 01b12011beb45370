//! Schools in regions: y_i ~ N(μ_i, σ²/m), μ_i ~ N(θ_k, V_μ), θ_k ~ N(0, V_θ).
//!
//! Every school borrows from its region, and every region from the others. The
//! scales are known here, so the posterior is Gaussian: NUTS runs beside its
//! exact answer, and the race has an exact expected loss for every estimator.

mod controls;
mod figures;
mod race;

use mcmc::{ExactChain, Init, NutsChain, NutsSettings, Sampler, variable_names};
use models::{RegionData, RegionModel, RegionNormals, RegionPosterior, RegionScales, realize};
use plots::Role;

use crate::control::{Control, Notice, Values};
use crate::lab::{Extras, Lab, Legend, Meta, Pace, Panel, Run, Sampling};
use crate::number;
use race::{Losses, Race};

/// The lab.
#[derive(Debug)]
pub(crate) struct Regions;

/// The seed that stands for the lecture's own data: R's generator with `set.seed(4)`.
const LECTURE_SEED: u64 = 4;

static META: Meta = Meta {
    slug: "regions",
    title: "Schools in regions",
    summary: "Schools that borrow from their region, sampled by NUTS before your eyes.",
    formulas: &[
        r"y_i \sim \mathrm{N}\left(\mu_i, \tfrac{\sigma^2}{m}\right)",
        r"\mu_i \sim \mathrm{N}(\theta_{k(i)}, V_\mu)",
        r"\theta_k \sim \mathrm{N}(0, V_\theta)",
    ],
    legend: &[
        Legend { role: Role::Truth, label: "truth μ" },
        Legend { role: Role::Mle, label: "MLE y" },
        Legend { role: Role::Bayes, label: "Bayes" },
        Legend { role: Role::JamesStein, label: "James–Stein" },
        Legend { role: Role::RegionMean, label: "region mean" },
        Legend { role: Role::Zero, label: "naive 0" },
    ],
    sources: &[
        "Love 2019, Bayesian Hierarchical Modeling of Cell-Type-Specific Gene Regulation (lecture)",
        "Hoffman & Gelman 2014, JMLR 15:1593–1623; Betancourt 2017, arXiv:1701.02434 (NUTS)",
        "Vehtari et al. 2021, Bayesian Analysis 16:667–718 (diagnostics)",
    ],
};

impl Lab for Regions {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn controls(&self) -> &'static [Control] {
        &controls::CONTROLS
    }

    fn heading(&self, values: &Values) -> (String, String) {
        let sizes = values.sizes("sizes");
        let (n, k, m) = (sizes.iter().sum::<usize>(), sizes.len(), values.whole("m"));
        let plural = |count: usize, word: &str| {
            format!("{} {word}{}", number::words(count), if count == 1 { "" } else { "s" })
        };
        let measured =
            if n == 1 { plural(m, "measurement") } else { format!("{} each", plural(m, "measurement")) };
        (
            number::capitalized(&format!("{}, {}, {measured}", plural(n, "school"), plural(k, "region"))),
            "Every school borrows from its region, and every region from the others. Drag a slider: the whole posterior is sampled again while you move.".to_owned(),
        )
    }

    fn notices(&self, values: &Values) -> Vec<Notice> {
        let sizes = values.sizes("sizes");
        let small: Vec<String> =
            (1..).zip(sizes).filter(|(_, size)| **size < 4).map(|(k, _)| k.to_string()).collect();
        let mut notices = Vec::new();
        if !small.is_empty() {
            let message = format!(
                "James–Stein inside a region is not defined for fewer than 4 schools ({} {}); it is left out of the race.",
                if small.len() == 1 { "region" } else { "regions" },
                small.join(", ")
            );
            notices.push(Notice::new("sizes", message));
        }
        if small.is_empty() && sizes.iter().any(|size| *size < 6) {
            // E[1/S²] is infinite for n_k − 1 ≤ 4 degrees of freedom.
            let message = "With 4 or 5 schools in a region, plain James–Stein has losses of infinite variance: its average over repeats settles slowly.";
            notices.push(Notice::new("sizes", message));
        }
        let (n, k) = (sizes.iter().sum::<usize>(), sizes.len());
        if n < k + 3 {
            let message = format!(
                "Pooled empirical Bayes needs at least 3 schools more than regions, here at least {} schools; it is left out.",
                k + 3
            );
            notices.push(Notice::new("sizes", message));
        }
        notices
    }

    fn start(&self, values: &Values) -> Box<dyn Run> {
        let setting = Setting::of(values);
        let data = realize(&setting.normals(0), &setting.sizes, setting.scales);
        let posterior = setting.posterior(&data);
        let order = setting.order();
        let race = Race::new(&setting, &data);
        let num_repeats = values.whole("repeats").try_into().expect("bounded by the control");
        Box::new(RegionsRun {
            setting,
            data,
            posterior,
            order,
            race,
            num_repeats,
            scratch: RegionData::default(),
            normals: RegionNormals::default(),
        })
    }

    fn sampling(&self, values: &Values) -> Option<Sampling> {
        let is_exact = values.choice("sampler") == "exact";
        let pace = match values.choice("pace") {
            "live" => Pace::Live { per_second: values.number("speed") },
            _ => Pace::Fast,
        };
        Some(Sampling {
            num_warmup: if is_exact { 0 } else { values.whole("warmup") },
            num_draws: values.whole("draws"),
            pace,
            traced: values.whole("trace").min(values.sizes("sizes").len()) - 1,
        })
    }

    fn variables(&self, values: &Values) -> Vec<String> {
        let sizes = values.sizes("sizes");
        variable_names(&[("theta", sizes.len()), ("mu", sizes.iter().sum())])
    }

    fn sampler(&self, values: &Values, chain: usize) -> Option<Box<dyn Sampler>> {
        let setting = Setting::of(values);
        let data = realize(&setting.normals(0), &setting.sizes, setting.scales);
        let rng = mcmc::chain_stream(setting.seed, chain as u64);
        if values.choice("sampler") == "exact" {
            return Some(Box::new(ExactChain::new(setting.posterior(&data), rng)));
        }
        let model = RegionModel::new(&data.y, &setting.sizes, setting.scales)
            .expect("the sliders keep the variances positive");
        let settings = NutsSettings {
            num_warmup: values.whole("warmup"),
            num_draws: values.whole("draws"),
            ..NutsSettings::default()
        };
        let chain = NutsChain::new(model, settings, rng, Init::Uniform)
            .expect("a Gaussian density is finite everywhere");
        Some(Box::new(chain))
    }
}

/// The values as the models take them.
#[derive(Clone, Debug)]
pub(crate) struct Setting {
    pub(crate) seed: u64,
    pub(crate) sizes: Vec<usize>,
    /// `noise_var` is that of a school's mean, σ²/m.
    pub(crate) scales: RegionScales,
}

impl Setting {
    fn of(values: &Values) -> Self {
        let square = |key| values.number(key) * values.number(key);
        Self {
            seed: values.whole("seed") as u64,
            sizes: values.sizes("sizes").to_vec(),
            scales: RegionScales {
                noise_var: square("sigma") / values.number("m"),
                school_var: square("sd_mu"),
                region_var: square("sd_theta"),
            },
        }
    }

    /// Standard normals of data set `replicate`; 0 is the one on screen.
    fn normals(&self, replicate: u64) -> RegionNormals {
        if self.seed == LECTURE_SEED && replicate == 0 {
            RegionNormals::lecture(&self.sizes)
        } else {
            RegionNormals::random(self.seed, replicate, &self.sizes)
        }
    }

    fn posterior(&self, data: &RegionData) -> RegionPosterior {
        RegionPosterior::new(&data.y, &self.sizes, self.scales)
            .expect("the controls keep sizes and variances in range")
    }

    /// Schools of each region in the order in which they are drawn: by their measurement at
    /// equal scales, so that no slider ever changes the order.
    fn order(&self) -> Vec<Vec<usize>> {
        let normals = self.normals(0);
        let mut next = 0;
        let mut of_region = |size: usize| {
            let mut schools: Vec<usize> = (next..next + size).collect();
            next += size;
            schools.sort_by(|a, b| {
                (normals.mu[*a] + normals.noise[*a]).total_cmp(&(normals.mu[*b] + normals.noise[*b]))
            });
            schools
        };
        self.sizes.iter().map(|size| of_region(*size)).collect()
    }

    /// Region of school `i`.
    fn region_of(&self, school: usize) -> usize {
        let mut last = 0;
        self.sizes
            .iter()
            .take_while(|size| {
                last += **size;
                last <= school
            })
            .count()
    }
}

struct RegionsRun {
    setting: Setting,
    data: RegionData,
    posterior: RegionPosterior,
    order: Vec<Vec<usize>>,
    race: Race,
    num_repeats: u32,
    scratch: RegionData,
    normals: RegionNormals,
}

impl Run for RegionsRun {
    fn num_repeats(&self) -> u32 {
        self.num_repeats
    }

    fn repeat(&mut self, index: u32) {
        self.normals.random_into(self.setting.seed, u64::from(index) + 1, &self.setting.sizes);
        models::realize_into(&self.normals, &self.setting.sizes, self.setting.scales, &mut self.scratch);
        self.race.add(&self.setting, &self.scratch);
    }

    fn exact_moments(&self, k: usize) -> Option<(f64, f64)> {
        let num_regions = self.setting.sizes.len();
        let (means, sds, k) = if k < num_regions {
            (&self.posterior.theta_mean, &self.posterior.theta_sd, k)
        } else {
            (&self.posterior.mu_mean, &self.posterior.mu_sd, k - num_regions)
        };
        Some((*means.get(k)?, *sds.get(k)?))
    }

    fn panels(&self, values: &Values, extras: &Extras) -> Vec<Panel> {
        let is_shown = values.choice("truth") == "shown";
        let unit = extras.focus.map_or(0, |unit| unit as usize).min(self.data.y.len() - 1);
        vec![
            self.forest(extras, is_shown),
            self.race_panel(extras.repeats_done, is_shown),
            self.region_means(extras, is_shown),
            figures::sampler_card(),
            self.traces(values, extras),
            self.close_up(unit, extras, is_shown),
            self.scatter(is_shown),
            self.error_histograms(extras, is_shown),
            self.slopegraph(is_shown),
        ]
    }
}

/// Which rows of the race are shown where the truth may be seen.
impl RegionsRun {
    fn losses(&self) -> &[Losses] {
        &self.race.losses
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Scenario;

    fn setting(sizes: &[usize], seed: u64) -> Setting {
        let scales = RegionScales { noise_var: 1.0, school_var: 1.0, region_var: 25.0 };
        Setting { seed, sizes: sizes.to_vec(), scales }
    }

    #[test]
    fn schools_know_their_region() {
        let setting = setting(&[2, 1, 3], 7);
        let regions: Vec<usize> = (0..6).map(|school| setting.region_of(school)).collect();
        assert_eq!(regions, [0, 0, 1, 2, 2, 2]);
    }

    #[test]
    fn schools_are_listed_by_region_in_rising_order_at_equal_scales() {
        let setting = setting(&[4, 1, 7], 7);
        let order = setting.order();
        assert_eq!(order.iter().map(Vec::len).collect::<Vec<_>>(), [4, 1, 7]);
        let mut all = order.concat();
        all.sort_unstable();
        assert_eq!(all, (0..12).collect::<Vec<_>>());
        let normals = setting.normals(0);
        for schools in order {
            let sums: Vec<f64> = schools.iter().map(|i| normals.mu[*i] + normals.noise[*i]).collect();
            assert!(sums.is_sorted());
        }
    }

    #[test]
    fn the_lectures_seed_gives_its_data_and_repeats_are_fresh() {
        let lecture = setting(&[10; 4], LECTURE_SEED);
        assert_eq!(lecture.normals(0), RegionNormals::lecture(&[10; 4]));
        assert_eq!(lecture.normals(1), RegionNormals::random(LECTURE_SEED, 1, &[10; 4]));
        assert_ne!(setting(&[10; 4], 5).normals(0), lecture.normals(0));
    }

    #[test]
    fn the_noise_of_a_school_falls_with_its_observations() {
        let mut scenario = Scenario::default();
        for (key, value) in [("sigma", 2.0), ("m", 16.0), ("sd_mu", 3.0), ("sd_theta", 0.5)] {
            let index = scenario.find_control(|control| control.key == key).unwrap();
            scenario.set(index, crate::Value::Number(value));
        }
        let scales = Setting::of(&scenario.values()).scales;
        assert_eq!((scales.noise_var, scales.school_var, scales.region_var), (0.25, 9.0, 0.25));
    }

    #[test]
    fn headings_count_in_words() {
        let heading = |link: &str| {
            let scenario = crate::link::parse(link).scenario;
            Regions.heading(&scenario.values()).0
        };
        assert_eq!(heading("#/regions"), "Forty schools, four regions, one measurement each");
        assert_eq!(heading("#/regions?sizes=1&m=2"), "One school, one region, two measurements");
        assert_eq!(heading("#/regions?sizes=60,60"), "120 schools, two regions, one measurement each");
    }
}
