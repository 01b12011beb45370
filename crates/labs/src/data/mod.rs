//! Real data: the classics with their published numbers, and the reader's own.
//!
//! y_i ~ N(μ_i, V_i) with known standard errors, μ_i ~ N(θ, A): the unit is drawn toward its group's mean,
//! the grand mean or 0. Full Bayes learns √A by quadrature; beside it stand James–Stein, empirical Bayes by
//! marginal likelihood, complete pooling and the measurement itself.

mod classics;
mod figures;
mod fit;
mod programs;
mod published;
mod sets;
mod words;

use plots::Role;

use self::fit::{Fit, Target};
use self::published::Published;
use self::sets::Set;
use crate::control::{Control, DefaultValue, Group, Kind, Notice, Values};
use crate::lab::{Compute, Extras, Lab, LabName, Legend, Meta, Panel, Preset, Run, Settings};
use crate::one_prior::{SEED, SHOW_TRUTH};
use crate::own::{Form, LEAST_UNITS};

/// The lab.
#[derive(Debug)]
pub(crate) struct Data;

pub(crate) const NAME: LabName =
    LabName { slug: "data", title: words::TITLE, summary: words::SUMMARY, is_in_menu: true };

static META: Meta = Meta {
    name: NAME,
    formulas: &[
        r"y_i \sim \mathrm{N}(\mu_i, V_i)",
        r"\mu_i \sim \mathrm{N}(\theta, A)",
        r"\hat\mu_i = (1 - B_i)\, y_i + B_i\, \theta,\quad B_i = \frac{V_i}{V_i + A}",
    ],
    legend: &[
        Legend { role: Role::Truth, label: words::TRUTH_MU },
        Legend { role: Role::Mle, label: words::MEASURED_Y },
        Legend { role: Role::Bayes, label: words::legend::FULL_BAYES },
        Legend { role: Role::JamesStein, label: words::legend::JAMES_STEIN },
        Legend { role: Role::RegionMean, label: words::legend::MEAN },
        Legend { role: Role::Zero, label: words::NAIVE_0 },
    ],
    sources: words::SOURCES,
    presets: &[
        Preset { label: words::preset::BASEBALL, link: "#/data" },
        Preset { label: words::preset::ARCSINE, link: "#/data?scale=arcsine" },
        Preset { label: words::preset::EIGHT, link: "#/data?set=eight" },
        Preset { label: words::preset::LECTURE, link: "#/data?set=lecture" },
        Preset { label: words::preset::RATS, link: "#/data?set=rats" },
        Preset { label: words::preset::TOXO, link: "#/data?set=toxo&target=zero" },
        Preset { label: words::preset::COUNTIES, link: "#/data?set=counties" },
        Preset { label: words::preset::OWN, link: "#/data?set=own" },
    ],
};

static CONTROLS: [Control; 8] = [
    Control {
        key: "set",
        label: words::DATA,
        group: Group::open(words::DATA),
        kind: Kind::Choice {
            options: &[
                ("baseball", words::option::BASEBALL),
                ("eight", words::option::EIGHT),
                ("lecture", words::option::LECTURE),
                ("rats", words::option::RATS),
                ("toxo", words::option::TOXO),
                ("counties", words::option::COUNTIES),
                ("own", words::option::OWN),
            ],
        },
        is_list: true,
        ..Control::BLANK
    },
    Control {
        key: "own",
        label: words::control::OWN,
        help: |_| words::help::OWN,
        group: Group::open(words::DATA),
        kind: Kind::Table(Form::Measurements),
        default: DefaultValue::Nothing,
        applies: |values| values.choice("set") == "own",
        ..Control::BLANK
    },
    Control {
        key: "scale",
        label: words::control::SCALE,
        group: Group::open(words::DATA),
        kind: Kind::Choice {
            options: &[("proportion", words::option::SHARE), ("arcsine", words::option::ARCSINE)],
        },
        applies: |values| matches!(values.choice("set"), "baseball" | "rats"),
        ..Control::BLANK
    },
    Control {
        key: "obs_sd",
        label: words::control::OBS_SD,
        symbol: r"\sigma",
        help: |_| words::help::OBS_SD,
        group: Group::open(words::DATA),
        kind: Kind::Log { min: 0.001, max: 1000.0, presets: &[] },
        default: DefaultValue::Number(1.0),
        applies: |values| values.choice("set") == "own" && values.table("own").needs_sd(),
        ..Control::BLANK
    },
    Control { applies: |values| values.choice("set") == "counties", ..SEED },
    Control {
        key: "target",
        label: words::control::TARGET,
        symbol: r"\theta",
        group: Group::open(words::THE_MODEL),
        kind: Kind::Choice {
            options: &[
                ("group", words::option::GROUP),
                ("mean", words::option::GRAND_MEAN),
                ("zero", words::option::ZERO),
            ],
        },
        ..Control::BLANK
    },
    Control {
        key: "level",
        label: words::control::LEVEL,
        help: |_| words::help::LEVEL,
        group: Group::open(words::THE_MODEL),
        kind: Kind::Linear { min: 0.5, max: 0.99, most: 0.99, step: 0.01, presets: &[] },
        default: DefaultValue::Number(0.95),
        ..Control::BLANK
    },
    Control {
        group: Group::open(words::THE_MODEL),
        applies: |values| match values.choice("set") {
            "own" => !values.table("own").truth.is_empty(),
            set => matches!(set, "baseball" | "lecture" | "counties"),
        },
        ..SHOW_TRUTH
    },
];

/// Fewest units that are analyzed: with no center to estimate three would do, but one rule is easier to keep.
fn is_enough(set: &Set) -> bool {
    set.len() >= LEAST_UNITS
}

/// What the units are drawn toward; groups too small to tell their units apart fall back on the grand mean.
fn target(values: &Values, set: &Set) -> Target {
    match values.choice("target") {
        "zero" => Target::Zero,
        "group" if set.len() >= set.sizes.len() + LEAST_UNITS - 1 => Target::Group,
        _ => Target::GrandMean,
    }
}

impl Settings for Data {
    fn controls(&self) -> &'static [Control] {
        &CONTROLS
    }
}

impl Lab for Data {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn heading(&self, values: &Values) -> (String, String) {
        let [heading, lead] = match values.choice("set") {
            "eight" => words::heading::EIGHT,
            "lecture" => words::heading::LECTURE,
            "rats" => words::heading::RATS,
            "toxo" => words::heading::TOXO,
            "counties" => words::heading::COUNTIES,
            "own" => return words::heading::own(values.table("own").len()),
            _ => words::heading::BASEBALL,
        };
        (heading.to_owned(), lead.to_owned())
    }

    fn notices(&self, values: &Values) -> Vec<Notice> {
        if values.choice("set") != "own" {
            return Vec::new();
        }
        let own = values.table("own");
        let mut notices = Vec::new();
        if !own.is_empty() && own.len() < LEAST_UNITS {
            notices.push(Notice::new("own", words::notice::too_few_rows(LEAST_UNITS)));
        }
        if values.choice("target") == "group" && !own.groups.is_empty() && own.len() >= LEAST_UNITS {
            let mut groups = std::collections::BTreeSet::new();
            groups.extend(&own.groups);
            if own.len() < groups.len() + LEAST_UNITS - 1 {
                notices.push(Notice::new("target", words::notice::GROUPS_TOO_SMALL));
            }
        }
        notices
    }
}

impl Compute for Data {
    fn start(&self, values: &Values) -> Box<dyn Run> {
        match DataRun::of(values) {
            Some(run) => Box::new(run),
            None => Box::new(NoData),
        }
    }
}

/// A set and what the estimators make of it.
struct DataRun {
    set: Set,
    fit: Fit,
    level: f64,
    published: Vec<Published>,
}

impl DataRun {
    /// `None` if the reader's table has too few rows.
    fn of(values: &Values) -> Option<Self> {
        let set = Set::of(values);
        if !is_enough(&set) {
            return None;
        }
        let level = values.number("level");
        let fit = Fit::new(&set, target(values, &set), level);
        let slug = values.choice("set");
        let published = match slug {
            "own" | "counties" => Vec::new(),
            // As the papers did it, whatever the controls say.
            _ => {
                let reference = Fit::new(&set, Target::Group, 0.95);
                published::numbers(slug, values.choice("scale") == "arcsine", &set, &reference)
            }
        };
        Some(Self { set, fit, level, published })
    }
}

impl Run for DataRun {
    fn panels(&self, values: &Values, _: &Extras) -> Vec<Panel> {
        let is_shown = self.set.truth.is_some() && values.choice("truth") == "shown";
        vec![
            self.slopes(is_shown),
            self.forest(is_shown),
            self.against_raw(),
            self.race(is_shown),
            self.sd(),
            self.by_precision(),
            self.in_print(),
            self.units(is_shown),
        ]
    }
}

/// Nothing to analyze yet.
struct NoData;

impl Run for NoData {
    fn panels(&self, values: &Values, _: &Extras) -> Vec<Panel> {
        vec![figures::invitation(values.table("own").len())]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link;

    fn run(link: &str) -> (Set, Fit, Vec<Published>) {
        let parsed = link::parse(link);
        assert_eq!(parsed.notices, []);
        let values = parsed.scenario.values();
        let set = Set::of(&values);
        let fit = Fit::new(&set, target(&values, &set), values.number("level"));
        let published =
            published::numbers(values.choice("set"), values.choice("scale") == "arcsine", &set, &fit);
        (set, fit, published)
    }

    /// Gelman et al., Bayesian Data Analysis, § 5.5, flat priors; computed on a grid to an SD of 200.
    #[test]
    fn eight_schools_with_flat_priors() {
        let (_, fit, _) = run("#/data?set=eight");
        let means = [11.40, 7.90, 6.13, 7.65, 5.13, 6.14, 10.67, 8.46];
        let sds = [8.34, 6.27, 7.77, 6.55, 6.36, 6.71, 6.79, 7.89];
        for (i, (mean, sd)) in means.into_iter().zip(sds).enumerate() {
            assert!((fit.bayes()[i] - mean).abs() < 6e-3, "{i}: {}", fit.bayes()[i]);
            assert!((fit.bayes_sd[i] - sd).abs() < 6e-3, "{i}: {}", fit.bayes_sd[i]);
        }
        assert!((fit.sd_summary(0.95)[0] - 5.24).abs() < 6e-3);
        assert_eq!(fit.empirical.prior_var, 0.0);
        assert!(fit.contenders[fit::JAMES_STEIN].estimates.is_none());
    }

    /// Efron & Morris 1975: totals on both scales, computed from the unrounded averages.
    #[test]
    fn ball_players_on_both_scales() {
        let (set, fit, _) = run("#/data");
        assert!((fit.loss_of_mle(&set) - 0.075_317).abs() < 1e-6);
        assert!((fit.loss_of_james_stein(&set) - 0.021_307).abs() < 1e-6);
        assert_eq!(fit.num_closer(&set, fit::JAMES_STEIN), Some(16));
        let (set, fit, _) = run("#/data?scale=arcsine");
        assert!((fit.loss_of_mle(&set) - 17.570_681).abs() < 1e-6);
        assert!((fit.loss_of_james_stein(&set) - 4.998_899).abs() < 1e-6);
        assert!((fit.james_stein_shrinkage() - 0.791_026).abs() < 1e-6);
        assert_eq!(fit.num_closer(&set, fit::JAMES_STEIN), Some(15));
    }

    #[test]
    fn printed_numbers_come_out() {
        let differing = |link: &str| {
            let (_, _, published) = run(link);
            assert!(published.len() >= 2, "{link}");
            published.iter().filter(|published| !published.agrees()).count()
        };
        for (link, expected) in
            [("#/data?set=rats", 0), ("#/data?set=rats&scale=arcsine", 0), ("#/data?set=toxo&target=zero", 0)]
        {
            assert_eq!(differing(link), expected, "{link}");
        }
    }

    /// The lecture's data: known totals of rules that do not learn the SD.
    #[test]
    fn the_lectures_schools_have_their_totals() {
        let (set, fit, _) = run("#/data?set=lecture");
        assert!((fit.loss_of_mle(&set) - 30.009).abs() < 5e-4);
        assert!((fit.loss(&set, 1).unwrap() - 34.255).abs() < 5e-4);
        assert!((fit.loss_of_james_stein(&set) - 20.346).abs() < 5e-4);
    }

    #[test]
    fn counties_of_few_people_move_most() {
        let (set, fit, _) = run("#/data?set=counties");
        assert_eq!(set.len(), 1000);
        let smallest = (0..1000).max_by(|a, b| set.noise_var[*a].total_cmp(&set.noise_var[*b])).unwrap();
        let largest = (0..1000).min_by(|a, b| set.noise_var[*a].total_cmp(&set.noise_var[*b])).unwrap();
        assert!(fit.shrinkage[smallest] > 0.9 && fit.shrinkage[largest] < 0.2);
        // The SD of the true rates is 10 √(e^0.04 (e^0.04 − 1)) = 2.06; a thousand counties tell it within a tenth.
        assert!((fit.sd_summary(0.95)[0] - 2.06).abs() < 0.3);
        let loss = |contender| fit.loss(&set, contender).unwrap();
        assert!(loss(fit::BAYES) < 0.6 * loss(0) && loss(fit::BAYES) < loss(1));
    }

    #[test]
    fn own_rows_give_what_the_same_set_gives() {
        let own = "own=value,se;28,15;8,10;-3,16;7,11;-1,9;1,11;18,10;12,18";
        let (_, ours, _) = run(&format!("#/data?set=own&{own}"));
        let (_, eight, _) = run("#/data?set=eight");
        assert_eq!(ours.bayes(), eight.bayes());
        assert_eq!(ours.intervals, eight.intervals);
    }

    #[test]
    fn own_groups_are_gathered_and_shares_have_their_errors() {
        let own = "own=group,value,n;b,0.5,10;a,0.2,10;b,0.3,40;a,0.4,40;b,0.4,100";
        let (set, fit, _) = run(&format!("#/data?set=own&{own}"));
        assert_eq!((set.groups.join(""), set.sizes), ("ba".to_owned(), vec![3, 2]));
        assert_eq!(set.y, [0.5, 0.3, 0.4, 0.2, 0.4]);
        assert_eq!(set.names, ["row 1", "row 3", "row 5", "row 2", "row 4"]);
        assert!((set.noise_var[0] / set.noise_var[2] - 10.0).abs() < 1e-12);
        assert_eq!(fit.sizes, [3, 2]);
        let (set, fit, _) = run("#/data?set=own&own=group,value;a,1;b,2;c,4;d,3&obs_sd=2");
        assert_eq!((set.noise_var, fit.sizes), (vec![4.0; 4], vec![4]));
    }
}
