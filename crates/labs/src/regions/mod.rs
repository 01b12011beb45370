//! Schools in regions: y_i ~ N(μ_i, σ²/m_i), μ_i ~ N(θ_k, V_μ), θ_k ~ N(0, V_θ).
//!
//! Every school borrows from its region, and every region from the others. Where the SDs are
//! known the posterior is Gaussian; where they are learned it is a mixture of Gaussians, found by
//! quadrature: every sampler runs beside its exact answer. The eight schools of Rubin (1981) are
//! one region of this model.

mod controls;
mod exact;
mod figures;
mod means;
mod programs;
mod race;
mod samples;
mod setting;
mod shown;
mod trajectory;
pub(crate) mod words;

use mcmc::Sampler;
use models::{RegionData, RegionNormals, ScalePosterior};
use plots::Role;

use crate::control::{Control, Notice, Values};
use crate::lab::{Compute, Extras, Lab, LabName, Legend, Meta, Pace, Panel, Preset, Run, Sampling, Settings};
use exact::{Exact, Marginal, levels};
pub(crate) use figures::ridge;
use race::Race;
pub(crate) use samples::{central_ranks, draws_mean};
pub(crate) use setting::Setting;
use shown::Shown;
use trajectory::KeptContours;

/// The lab.
#[derive(Debug)]
pub(crate) struct Regions;

/// The seed that stands for the lecture's own data: R's generator with `set.seed(4)`.
const LECTURE_SEED: u64 = 4;

pub(crate) const NAME: LabName =
    LabName { slug: "regions", title: words::TITLE, summary: words::SUMMARY, is_in_menu: true };

static META: Meta = Meta {
    name: NAME,
    formulas: &[
        r"y_i \sim \mathrm{N}\left(\mu_i, \tfrac{\sigma^2}{m_i}\right)",
        r"\mu_i \sim \mathrm{N}(\theta_{k(i)}, V_\mu)",
        r"\theta_k \sim \mathrm{N}(0, V_\theta)",
    ],
    legend: &[
        Legend { role: Role::Truth, label: words::TRUTH_MU },
        Legend { role: Role::Mle, label: words::MLE_Y },
        Legend { role: Role::Bayes, label: words::BAYES },
        Legend { role: Role::JamesStein, label: words::JAMES_STEIN },
        Legend { role: Role::RegionMean, label: words::REGION_MEAN },
        Legend { role: Role::Zero, label: words::NAIVE_0 },
    ],
    sources: words::SOURCES,
    presets: &[
        Preset { label: words::preset::LECTURE, link: "#/regions" },
        Preset { label: words::preset::UNEQUAL, link: "#/regions?sizes=25,10,4,3,2&sd_theta=2&seed=11" },
        Preset { label: words::preset::NOISY, link: "#/regions?sd_theta=2&sigma=3&m=9,9,9,1&seed=8" },
        Preset { label: words::preset::ALONE, link: "#/regions?sizes=12,12,12,1&sd_theta=2&seed=3" },
        Preset { label: words::preset::LEARNED, link: "#/regions?th=normal&mu=normal&sampler=nuts-nc" },
        Preset {
            label: words::preset::EIGHT,
            link: "#/regions?mu=cauchy&prior_mu=5&data=eight&sampler=nuts-nc",
        },
        Preset {
            label: words::preset::LARGE,
            link: "#/regions?sizes=44x1,51x21,5x177&th=normal&mu=normal&sampler=exact",
        },
        Preset {
            label: words::preset::FUNNEL,
            link: "#/regions?mu=cauchy&prior_mu=5&data=eight&details=trajectory",
        },
    ],
};

impl Settings for Regions {
    fn controls(&self) -> &'static [Control] {
        &controls::CONTROLS
    }

    fn pace(&self, values: &Values) -> Pace {
        match values.choice("pace") {
            "live" => Pace::Live { per_second: values.number("speed") },
            _ => Pace::Fast,
        }
    }
}

impl Lab for Regions {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn heading(&self, values: &Values) -> (String, String) {
        if values.choice("data") == "eight" {
            return words::heading_of_eight();
        }
        let (sizes, m) = (values.sizes("sizes"), values.sizes("m"));
        let num_obs = m.first().copied().filter(|first| m.iter().all(|count| count == first));
        words::heading(sizes.iter().sum(), sizes.len(), num_obs)
    }

    fn notices(&self, values: &Values) -> Vec<Notice> {
        if values.choice("data") == "eight" {
            return Vec::new();
        }
        let sizes = values.sizes("sizes");
        let small: Vec<usize> = (1..).zip(sizes).filter(|(_, size)| **size < 4).map(|(k, _)| k).collect();
        let mut notices = Vec::new();
        let (counts, num_schools) = (values.sizes("m"), sizes.iter().sum::<usize>());
        if ![1, sizes.len(), num_schools].contains(&counts.len()) {
            let message = words::notice::counts(counts.len(), sizes.len(), num_schools);
            notices.push(Notice::new("m", message));
        }
        let noise_var = setting::noise_vars(values, sizes);
        if noise_var.iter().any(|var| *var != noise_var[0]) {
            notices.push(Notice::new("m", words::notice::UNEQUAL_NOISE));
            return notices;
        }
        if !small.is_empty() {
            notices.push(Notice::new("sizes", words::notice::small_regions(&small, sizes.len())));
        }
        if small.is_empty() && sizes.iter().any(|size| *size < 6) {
            notices.push(Notice::new("sizes", words::notice::INFINITE_VARIANCE));
        }
        let (n, k) = (sizes.iter().sum::<usize>(), sizes.len());
        if n < k + 3 {
            notices.push(Notice::new("sizes", words::notice::too_few_to_pool(k + 3)));
        }
        notices
    }

    /// Where the truth is not known or hidden nobody races.
    fn legend(&self, values: &Values) -> Vec<Legend> {
        let has_race = values.choice("data") == "simulated" && values.choice("truth") == "shown";
        let always = [Role::Mle, Role::Bayes, Role::RegionMean];
        META.legend.iter().filter(|entry| has_race || always.contains(&entry.role)).copied().collect()
    }
}

impl Compute for Regions {
    fn start(&self, values: &Values) -> Box<dyn Run> {
        Box::new(RegionsRun::new(values))
    }

    fn sampling(&self, values: &Values) -> Option<Sampling> {
        let is_exact = values.choice("sampler") == "exact";
        Some(Sampling {
            num_warmup: if is_exact { 0 } else { values.whole("warmup") },
            num_draws: values.whole("draws"),
            pace: self.pace(values),
            traced: samples::traced(&Setting::of(values), values),
            has_table: values.choice("details") == "all",
            name: setting::sampler_name(values),
            cure: match values.choice("sampler") {
                "nuts" => words::sampler::CURE_OF_CENTERED,
                _ => words::sampler::CURE,
            },
        })
    }

    fn variables(&self, values: &Values) -> Vec<String> {
        let setting = Setting::of(values);
        setting.hierarchy(&setting.data()).variable_names()
    }

    fn sampler(&self, values: &Values, chain: usize) -> Option<Box<dyn Sampler>> {
        Some(Setting::of(values).sampler(values, chain))
    }
}

struct RegionsRun {
    setting: Setting,
    data: RegionData,
    exact: Exact,
    /// Posteriors of the region means.
    theta: Vec<Marginal>,
    /// Posteriors of the learned SDs, in the order of a draw.
    scales: Vec<Marginal>,
    order: Vec<Vec<usize>>,
    race: Race,
    num_repeats: u32,
    scratch: RegionData,
    normals: RegionNormals,
    /// What lies behind one trajectory, kept from picture to picture.
    contours: KeptContours,
}

impl RegionsRun {
    fn new(values: &Values) -> Self {
        let setting = Setting::of(values);
        let data = setting.data();
        let exact = if setting.is_learned() {
            Exact::Learned(Box::new(ScalePosterior::new(&setting.hierarchy(&data))))
        } else {
            Exact::Known(Box::new(setting.known_posterior(&data.y)))
        };
        let num_regions = setting.sizes.len();
        let num_effects = num_regions + data.y.len();
        let num_learned = levels(setting.school_sd, setting.region_sd).count();
        let theta = (0..num_regions).map(|k| exact.marginal(k)).collect();
        let scales = (num_effects..num_effects + num_learned).map(|k| exact.marginal(k)).collect();
        let order = setting.order(&data);
        let race = Race::new(&setting, &data);
        let num_repeats = if setting.is_simulated { values.whole("repeats") } else { 0 };
        Self {
            setting,
            data,
            exact,
            theta,
            scales,
            order,
            race,
            num_repeats: u32::try_from(num_repeats).expect("bounded by the control"),
            scratch: RegionData::default(),
            normals: RegionNormals::default(),
            contours: KeptContours::default(),
        }
    }
}

impl Run for RegionsRun {
    fn num_repeats(&self) -> u32 {
        self.num_repeats
    }

    fn repeat(&mut self, index: u32) {
        self.normals.random_into(self.setting.seed, u64::from(index) + 1, &self.setting.sizes);
        self.setting.realize_into(&self.normals, &mut self.scratch);
        self.race.add(&self.setting, &self.scratch);
    }

    fn exact_moments(&self, k: usize) -> Option<(f64, f64)> {
        self.exact.moments(k).filter(|(mean, _)| mean.is_finite())
    }

    fn panels(&self, values: &Values, extras: &Extras) -> Vec<Panel> {
        let is_shown = self.setting.is_simulated && values.choice("truth") == "shown";
        let unit = extras.focus.map_or(0, |unit| unit as usize).min(self.data.y.len() - 1);
        let is_live = values.choice("pace") == "live";
        let has_details = values.choice("details") == "all";
        let shown = Shown::of(self, extras.focus);
        let mut panels = vec![self.forest(extras, &shown, is_shown)];
        if self.setting.is_simulated {
            panels.push(self.race_panel(extras.repeats_done, is_shown));
        }
        if !self.scales.is_empty() {
            panels.push(self.scale_posteriors(extras, is_shown));
        }
        panels.extend([self.region_means(extras, &shown, is_shown), samples::sampler_card()]);
        if is_live || has_details {
            panels.push(self.traces(values, extras));
        }
        if has_details {
            panels.extend([self.ranks(values, extras), samples::variables_table()]);
        }
        panels.push(self.close_up(unit, extras, is_shown));
        if values.choice("details") == "trajectory" {
            panels.insert(1, self.trajectory(unit, values, is_shown));
        }
        if self.setting.is_simulated {
            panels.extend([
                self.scatter(&shown, is_shown),
                self.error_histograms(extras, is_shown),
                self.means_against_truth(is_shown),
            ]);
        }
        panels.push(self.slopegraph(&shown, is_shown));
        panels
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn setting(sizes: &[usize], seed: u64) -> Setting {
        let sizes: Vec<String> = sizes.iter().map(usize::to_string).collect();
        let link = format!("#/regions?sizes={}&seed={seed}", sizes.join(","));
        Setting::of(&crate::link::parse(&link).scenario.values())
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
        let order = setting.order(&setting.data());
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
        let noise = |link: &str| Setting::of(&crate::link::parse(link).scenario.values()).noise_var;
        assert_eq!(noise("#/regions?sizes=1,2&sigma=2&m=16"), [0.25; 3]);
        assert_eq!(noise("#/regions?sizes=1,2&sigma=2&m=16,4"), [0.25, 1.0, 1.0]);
        assert_eq!(noise("#/regions?sizes=1,2&sigma=2&m=16,4,1"), [0.25, 1.0, 4.0]);
        assert_eq!(noise("#/regions?sizes=2,2&sigma=2&m=16,4,1"), [0.25, 1.0, 4.0, 4.0]);
    }

    #[test]
    fn headings_count_in_words() {
        let heading = |link: &str| {
            let scenario = crate::link::parse(link).scenario;
            Regions.heading(&scenario.values()).0
        };
        assert_eq!(heading("#/regions"), "Forty schools, four regions, one measurement each");
        assert!(heading("#/regions?m=1,2").ends_with("unequally measured"));
        assert_eq!(heading("#/regions?sizes=1&m=2"), "One school, one region, two measurements");
        assert_eq!(heading("#/regions?sizes=60,60"), "120 schools, two regions, one measurement each");
    }
}
