//! What a person can set.

use super::variables::{OF_CURVES, OF_MAP};
use crate::control::{Control, DefaultValue, Group, Kind, Value, Values};
use crate::number;

/// What is on screen.
const VIEWS: &[(&str, &str)] =
    &[("map", "map"), ("race", "race"), ("curves", "curves"), ("coverage", "coverage")];

/// Estimators that the map compares, by the slugs of the contenders.
const FIRST: &[(&str, &str)] = &[
    ("bayes", "full Bayes"),
    ("limited", "Bayes, limited"),
    ("learned", "Bayes, SDs learned"),
    ("known", "known factor"),
    ("pooled", "pooled empirical Bayes"),
    ("js", "James–Stein in region"),
    ("js-plus", "James–Stein, positive part"),
    ("js-ignoring", "James–Stein, no regions"),
    ("bayes-ignoring", "Bayes, no regions"),
    ("region-mean", "region mean"),
    ("zero", "naive zero"),
    ("mle", "MLE"),
];
const SECOND: &[(&str, &str)] = &[
    ("js", "James–Stein in region"),
    ("js-plus", "James–Stein, positive part"),
    ("mle", "MLE"),
    ("region-mean", "region mean"),
    ("pooled", "pooled empirical Bayes"),
    ("known", "known factor"),
    ("js-ignoring", "James–Stein, no regions"),
    ("bayes-ignoring", "Bayes, no regions"),
    ("bayes", "full Bayes"),
    ("limited", "Bayes, limited"),
    ("learned", "Bayes, SDs learned"),
    ("zero", "naive zero"),
];

const MAP: Group = Group::open("The map");
const DESIGN: Group = Group::open("Schools and regions");
const TRUTH: Group = Group::open("The truth");
const BELIEF: Group = Group::open("What Bayes believes");
const DATA: Group = Group::open("Data sets");

fn of_view(values: &Values, view: &str) -> bool {
    values.choice("view") == view
}

fn has_own_belief(values: &Values) -> bool {
    values.choice("belief") == "own"
}

/// The SD that belongs to a variance.
fn sd(value: &Value) -> String {
    match value {
        Value::Number(var) => format!("SD {}", number::short(var.sqrt())),
        Value::Sizes(_) | Value::Choice(_) | Value::Table(_) => String::new(),
    }
}

const fn choice(
    key: &'static str,
    label: &'static str,
    options: &'static [(&'static str, &'static str)],
    group: Group,
) -> Control {
    Control {
        key,
        label,
        group,
        kind: Kind::Choice { options },
        is_list: options.len() > 5,
        ..Control::BLANK
    }
}

const fn linear(
    key: &'static str,
    label: &'static str,
    symbol: &'static str,
    (min, max, step): (f64, f64, f64),
    default: f64,
) -> Control {
    Control {
        key,
        label,
        symbol,
        kind: Kind::Linear { min, max, step, most: max, presets: &[] },
        default: DefaultValue::Number(default),
        ..Control::BLANK
    }
}

const fn variance(
    key: &'static str,
    label: &'static str,
    symbol: &'static str,
    default: f64,
    group: Group,
) -> Control {
    Control {
        key,
        label,
        symbol,
        group,
        kind: Kind::Log { min: 0.001, max: 100.0, presets: &[] },
        default: DefaultValue::Number(default),
        reading: sd,
        ..Control::BLANK
    }
}

/// The controls. The lecture's schools are the defaults: four regions of ten, V_θ = 25, V_μ = V_y = 1.
pub(super) static CONTROLS: [Control; 29] = [
    Control { default: DefaultValue::Choice(0), ..choice("view", "Show", VIEWS, Group::MODEL) },
    Control { applies: |values| of_view(values, "map"), ..choice("a", "Risk of", FIRST, MAP) },
    Control { applies: |values| of_view(values, "map"), ..choice("b", "over", SECOND, MAP) },
    Control { applies: |values| of_view(values, "map"), ..choice("x", "Across", OF_MAP, MAP) },
    Control {
        default: DefaultValue::Choice(2),
        applies: |values| of_view(values, "map"),
        ..choice("y", "Up", OF_MAP, MAP)
    },
    Control {
        help: |_| "Formulas are exact; data sets show that they are right.",
        applies: |values| of_view(values, "map"),
        ..choice("from", "Computed from", &[("formulas", "formulas"), ("data", "data sets")], MAP)
    },
    Control {
        default: DefaultValue::Choice(2),
        applies: |values| of_view(values, "map"),
        ..choice("grid", "Cells in a row", &[("10", "10"), ("20", "20"), ("40", "40")], MAP)
    },
    Control {
        applies: |values| of_view(values, "curves"),
        ..choice("over", "Risk against", OF_CURVES, Group::open("The curves"))
    },
    Control {
        applies: |values| of_view(values, "curves"),
        ..choice("who", "Lines of", &[("main", "the main ones"), ("all", "all")], Group::open("The curves"))
    },
    Control {
        group: Group::open("The intervals"),
        applies: |values| of_view(values, "coverage"),
        ..linear("level", "Level in per cent", "", (50.0, 99.0, 1.0), 95.0)
    },
    Control { group: DESIGN, ..linear("k", "Regions", "K", (1.0, 40.0, 1.0), 4.0) },
    Control { group: DESIGN, ..linear("size", "Schools in a region", r"\bar n_k", (2.0, 60.0, 1.0), 10.0) },
    Control {
        key: "imbalance",
        label: "Largest over smallest region",
        group: DESIGN,
        kind: Kind::Log { min: 1.0, max: 20.0, presets: &[] },
        default: DefaultValue::Number(1.0),
        ..Control::BLANK
    },
    Control {
        group: DESIGN,
        help: |_| "Noise variance V_y = 1/m.",
        ..linear("m", "Observations of a school", "m", (1.0, 40.0, 1.0), 1.0)
    },
    variance("v_mu", "School variance", r"V_\mu", 1.0, TRUTH),
    variance("v_theta", "Region variance", r"V_\theta", 25.0, TRUTH),
    Control { group: TRUTH, ..linear("mean", "Mean of all", "", (-5.0, 5.0, 0.1), 0.0) },
    choice(
        "shape",
        "Schools are",
        &[("normal", "normal"), ("t3", "heavy-tailed"), ("clusters", "two clusters")],
        TRUTH,
    ),
    choice(
        "outlying",
        "Who lies off",
        &[("none", "nobody"), ("school", "a school"), ("region", "a region")],
        TRUTH,
    ),
    Control {
        group: TRUTH,
        help: |_| "In noise SDs.",
        applies: |values| values.choice("outlying") != "none",
        ..linear("distance", "How far", "", (0.0, 10.0, 0.1), 4.6)
    },
    choice("belief", "Variances and mean", &[("right", "as in truth"), ("own", "its own")], BELIEF),
    Control { applies: has_own_belief, ..variance("a_mu", "Assumed", r"V'_\mu", 0.25, BELIEF) },
    Control { applies: has_own_belief, ..variance("a_theta", "Assumed", r"V'_\theta", 25.0, BELIEF) },
    Control {
        group: BELIEF,
        applies: has_own_belief,
        ..linear("a_mean", "Assumed mean of all", "", (-5.0, 5.0, 0.1), 0.0)
    },
    Control {
        group: BELIEF,
        help: |_| "No estimate moves further, in noise SDs.",
        ..linear("limit", "Limit", "D", (0.0, 3.0, 0.05), 1.0)
    },
    Control {
        key: "repeats",
        label: "New data sets",
        help: |values| match values.choice("view") {
            "curves" | "coverage" => "The same schools, measured again.",
            _ => "Drawn the same way, every estimator’s error counted each time.",
        },
        group: DATA,
        kind: Kind::Repeats { buttons: &[1, 10, 100, 1000, 10_000], max: 20_000 },
        default: DefaultValue::Number(1000.0),
        ..Control::BLANK
    },
    Control {
        key: "cell_repeats",
        label: "Data sets in each cell or dot",
        group: DATA,
        kind: Kind::Repeats { buttons: &[50, 200], max: 2000 },
        default: DefaultValue::Number(200.0),
        applies: |values| {
            of_view(values, "curves") || of_view(values, "map") && values.choice("from") == "data"
        },
        ..Control::BLANK
    },
    Control {
        applies: |values| !of_view(values, "coverage"),
        ..choice("learned", "Bayes, SDs learned", &[("left", "left out"), ("raced", "races (slow)")], DATA)
    },
    Control {
        key: "seed",
        label: "Seed",
        group: DATA,
        kind: Kind::Seed { max: 999_999, button: "New schools", named: &[(4, "the lecture’s own data")] },
        default: DefaultValue::Number(4.0),
        ..Control::BLANK
    },
];
