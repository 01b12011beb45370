//! One prior: y_i ~ N(μ_i, 1), μ_i ~ N(0, A), A known.
//!
//! Every measurement is pulled toward 0 by the same share B = 1/(A+1). The
//! slopegraph shows all of them, the close-up shows why (prior × likelihood),
//! and the parabola shows what any other share would have cost.

mod marks;
mod panels;
pub(crate) mod programs;
mod words;

use estimators::{ShrinkageRule, bayes_factor, james_stein_factor};
use models::{NormalMeans, normal_means::NormalMeansData};
use plots::Role;

use crate::control::{Control, DefaultValue, Effect, Group, Kind, Notice, Value, Values};
use crate::lab::{Compute, Extras, Lab, LabName, Legend, Meta, Panel, Run, Settings};
pub(crate) use marks::*;

/// The lab.
#[derive(Debug)]
pub(crate) struct OnePrior;

/// Variance of the noise of every measurement.
const NOISE_VAR: f64 = 1.0;
/// Index of the measurement that is shown close up before one is chosen.
const FIRST_UNIT: usize = 16;

pub(crate) const NAME: LabName =
    LabName { slug: "one-prior", title: words::TITLE, summary: words::SUMMARY, is_in_menu: true };

static META: Meta = Meta {
    name: NAME,
    formulas: &[
        r"y_i \sim \mathrm{N}(\mu_i, 1)",
        r"\mu_i \sim \mathrm{N}(0, A)",
        r"\hat\mu_i = \left(1 - \frac{1}{A+1}\right) y_i",
    ],
    legend: &[
        Legend { role: Role::Truth, label: words::TRUTH_MU },
        Legend { role: Role::Mle, label: words::MLE_Y },
        Legend { role: Role::Bayes, label: words::BAYES },
        Legend { role: Role::JamesStein, label: words::JAMES_STEIN },
        Legend { role: Role::Zero, label: words::NAIVE_0 },
    ],
    sources: words::SOURCES,
    presets: &[],
};

/// Control of the prior variance, shared with the James–Stein lab.
pub(crate) const PRIOR_VARIANCE: Control = Control {
    key: "a",
    label: words::PRIOR_VARIANCE,
    symbol: "A",
    kind: Kind::Log { min: 0.01, max: 100.0, presets: &[0.1, 1.0, 9.0] },
    default: DefaultValue::Number(1.0),
    reading: |value| match value {
        Value::Number(a) => words::sd_of(*a),
        Value::Sizes(_) | Value::Choice(_) | Value::Table(_) | Value::Moves(_) => String::new(),
    },
    ..Control::BLANK
};

/// Control of the seed.
pub(crate) const SEED: Control = Control {
    key: "seed",
    label: words::SEED,
    group: Group::open(words::DATA),
    kind: Kind::Seed { max: 999_999, button: words::NEW_DATA, named: &[] },
    default: DefaultValue::Number(1973.0),
    ..Control::BLANK
};

/// Whether the truth is in the pictures.
pub(crate) const SHOW_TRUTH: Control = Control {
    key: "truth",
    label: words::SHOW_TRUTH,
    group: Group::open(words::DATA),
    kind: Kind::Choice { options: &[("shown", words::SHOWN), ("hidden", words::HIDDEN)] },
    effect: Effect::Redraw,
    ..Control::BLANK
};

static CONTROLS: [Control; 4] = [
    PRIOR_VARIANCE,
    Control {
        key: "n",
        label: words::MEASUREMENTS,
        symbol: "n",
        kind: Kind::Linear { min: 3.0, max: 200.0, step: 1.0, most: 200.0, presets: &[] },
        default: DefaultValue::Number(50.0),
        ..Control::BLANK
    },
    SHOW_TRUTH,
    SEED,
];

impl Settings for OnePrior {
    fn controls(&self) -> &'static [Control] {
        &CONTROLS
    }
}

impl Lab for OnePrior {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn heading(&self, values: &Values) -> (String, String) {
        words::heading(values.whole("n"))
    }

    fn notices(&self, _: &Values) -> Vec<Notice> {
        Vec::new()
    }
}

impl Compute for OnePrior {
    fn start(&self, values: &Values) -> Box<dyn Run> {
        Box::new(OnePriorRun::new(values))
    }
}

struct OnePriorRun {
    prior_var: f64,
    data: NormalMeansData,
    bayes: ShrinkageRule,
    james_stein: ShrinkageRule,
}

impl OnePriorRun {
    fn new(values: &Values) -> Self {
        let prior_var = values.number("a");
        let data = NormalMeans::random(values.whole("seed") as u64, 0, values.whole("n")).realize(prior_var);
        let bayes = bayes_factor(NOISE_VAR, prior_var)
            .unwrap_or_else(|_| unreachable!("the slider keeps A positive"));
        let james_stein = james_stein_factor(&data.y, NOISE_VAR)
            .unwrap_or_else(|_| unreachable!("the slider keeps n at 3 or more"));
        Self { prior_var, data, bayes, james_stein }
    }
}

impl Run for OnePriorRun {
    fn panels(&self, values: &Values, extras: &Extras) -> Vec<Panel> {
        let is_shown = values.choice("truth") == "shown";
        let unit = extras.focus.map_or(FIRST_UNIT, |unit| unit as usize).min(self.data.y.len() - 1);
        vec![
            self.slopegraph(is_shown),
            self.close_up(unit, is_shown),
            self.parabola(is_shown),
            self.losses(is_shown),
        ]
    }
}
