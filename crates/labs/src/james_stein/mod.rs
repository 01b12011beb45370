//! James–Stein: A is not known to the estimator, which reads it off the data.
//!
//! Box plots of the error over repeats as on the slide, running means on their
//! way to the exact risks, and the chance to win on one data set.

mod contenders;
mod panels;
mod programs;
pub(crate) mod words;

use estimators::{EstimateError, ShrinkageRule};
use models::{NormalMeans, normal_means::NormalMeansData};
use plots::Role;

use crate::control::{Control, DefaultValue, Group, Kind, Notice, Values};
use crate::lab::{Compute, Extras, Lab, LabName, Legend, Meta, Panel, Run, Settings};
use crate::one_prior::{PRIOR_VARIANCE, SEED, SHOW_TRUTH};
use contenders::CONTENDERS;

/// The lab.
#[derive(Debug)]
pub(crate) struct JamesStein;

const NOISE_VAR: f64 = 1.0;

pub(crate) const NAME: LabName =
    LabName { slug: "james-stein", title: words::TITLE, summary: words::SUMMARY, is_in_menu: true };

static META: Meta = Meta {
    name: NAME,
    formulas: &[
        r"y_i \sim \mathrm{N}(\mu_i, 1),\quad \mu_i \sim \mathrm{N}(0, A)",
        r"\hat\mu_i = \left(1 - \frac{1}{Z}\right) y_i",
        r"Z = \frac{1}{n-2}\sum_i y_i^2 \approx A + 1",
    ],
    legend: &[
        Legend { role: Role::Truth, label: words::TRUTH_MU },
        Legend { role: Role::Mle, label: words::MLE_Y },
        Legend { role: Role::JamesStein, label: words::JAMES_STEIN },
        Legend { role: Role::Bayes, label: words::BAYES_A_KNOWN },
        Legend { role: Role::Zero, label: words::NAIVE_0 },
    ],
    sources: words::SOURCES,
    presets: &[],
};

/// Control of the number of repeats; 100 as on the slide.
const REPEATS: Control = Control {
    key: "repeats",
    label: words::DATA_SETS,
    help: |_| words::REPEATS_HELP,
    group: Group::open(words::REPEATS),
    kind: Kind::Repeats { buttons: &[1, 10, 100, 1000], max: 20_000 },
    default: DefaultValue::Number(100.0),
    ..Control::BLANK
};

static CONTROLS: [Control; 5] = [
    PRIOR_VARIANCE,
    Control {
        key: "n",
        label: words::MEASUREMENTS,
        symbol: "n",
        kind: Kind::Linear { min: 2.0, max: 200.0, step: 1.0, most: 200.0, presets: &[] },
        default: DefaultValue::Number(50.0),
        ..Control::BLANK
    },
    REPEATS,
    SHOW_TRUTH,
    SEED,
];

impl Settings for JamesStein {
    fn controls(&self) -> &'static [Control] {
        &CONTROLS
    }
}

impl Lab for JamesStein {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn heading(&self, values: &Values) -> (String, String) {
        words::heading(values.whole("n"))
    }

    fn notices(&self, values: &Values) -> Vec<Notice> {
        words::few_measurements(values.whole("n"))
            .map(|message| Notice::new("n", message))
            .into_iter()
            .collect()
    }
}

impl Compute for JamesStein {
    fn start(&self, values: &Values) -> Box<dyn Run> {
        Box::new(JamesSteinRun::new(values))
    }
}

struct JamesSteinRun {
    n: usize,
    a: f64,
    seed: u64,
    num_repeats: u32,
    data: NormalMeansData,
    rules: [Result<ShrinkageRule, EstimateError>; CONTENDERS.len()],
    /// Exact expected total squared errors.
    risks: [Option<f64>; CONTENDERS.len()],
    /// Total squared error of each rule in each repeat; empty where it is not defined.
    losses: [Vec<f64>; CONTENDERS.len()],
    normals: NormalMeans,
    repeated: NormalMeansData,
}

impl JamesSteinRun {
    fn new(values: &Values) -> Self {
        let (n, a, seed) = (values.whole("n"), values.number("a"), values.whole("seed") as u64);
        let data = NormalMeans::random(seed, 0, n).realize(a);
        let rules = CONTENDERS.each_ref().map(|contender| (contender.rule)(&data.y, a));
        let risks = CONTENDERS.each_ref().map(|contender| (contender.expected)(n, a).ok());
        Self {
            n,
            a,
            seed,
            num_repeats: values.whole("repeats").try_into().expect("bounded by the control"),
            data,
            rules,
            risks,
            losses: std::array::from_fn(|_| Vec::new()),
            normals: NormalMeans::default(),
            repeated: NormalMeansData::default(),
        }
    }
}

impl Run for JamesSteinRun {
    fn num_repeats(&self) -> u32 {
        self.num_repeats
    }

    fn repeat(&mut self, index: u32) {
        // Data set 0 is the one on screen. The normals do not depend on A: curves over A are smooth.
        self.normals.random_into(self.seed, u64::from(index) + 1, self.n);
        self.normals.realize_into(self.a, &mut self.repeated);
        for (contender, losses) in CONTENDERS.iter().zip(&mut self.losses) {
            if let Ok(rule) = (contender.rule)(&self.repeated.y, self.a) {
                losses.push(rule.squared_error(&self.repeated.y, &self.repeated.mu));
            }
        }
    }

    fn panels(&self, values: &Values, extras: &Extras) -> Vec<Panel> {
        let is_shown = values.choice("truth") == "shown";
        vec![
            self.box_plots(extras.repeats_done, is_shown),
            self.running_means(extras.repeats_done),
            self.this_data_set(is_shown),
            self.chances(extras.repeats_done, is_shown),
            self.slopegraph(is_shown),
        ]
    }
}
