//! What a person can set.

use super::variables::{OF_CURVES, OF_MAP};
use super::words::{self, estimator};
use crate::control::{Control, DefaultValue, Group, Kind, Value, Values};

/// What is on screen.
const VIEWS: &[(&str, &str)] = &[
    ("map", words::option::MAP),
    ("race", words::option::RACE),
    ("curves", words::option::CURVES),
    ("coverage", words::option::COVERAGE),
];

/// Estimators that the map compares, by the slugs of the contenders.
const FIRST: &[(&str, &str)] = &[
    ("bayes", estimator::FULL_BAYES.option),
    ("limited", estimator::LIMITED.option),
    ("learned", estimator::LEARNED.option),
    ("known", estimator::KNOWN_FACTOR.option),
    ("pooled", estimator::POOLED.option),
    ("js", estimator::JAMES_STEIN.option),
    ("js-plus", estimator::POSITIVE_PART.option),
    ("js-ignoring", estimator::JAMES_STEIN_IGNORING.option),
    ("bayes-ignoring", estimator::BAYES_IGNORING.option),
    ("region-mean", estimator::REGION_MEAN.option),
    ("zero", estimator::ZERO.option),
    ("mle", estimator::MLE.option),
];
const SECOND: &[(&str, &str)] = &[
    ("js", estimator::JAMES_STEIN.option),
    ("js-plus", estimator::POSITIVE_PART.option),
    ("mle", estimator::MLE.option),
    ("region-mean", estimator::REGION_MEAN.option),
    ("pooled", estimator::POOLED.option),
    ("known", estimator::KNOWN_FACTOR.option),
    ("js-ignoring", estimator::JAMES_STEIN_IGNORING.option),
    ("bayes-ignoring", estimator::BAYES_IGNORING.option),
    ("bayes", estimator::FULL_BAYES.option),
    ("limited", estimator::LIMITED.option),
    ("learned", estimator::LEARNED.option),
    ("zero", estimator::ZERO.option),
];

const MAP: Group = Group::open(words::group::MAP);
const DESIGN: Group = Group::open(words::group::DESIGN);
const TRUTH: Group = Group::open(words::group::TRUTH);
const BELIEF: Group = Group::open(words::group::BELIEF);
const DATA: Group = Group::open(words::group::DATA);

fn of_view(values: &Values, view: &str) -> bool {
    values.choice("view") == view
}

fn has_own_belief(values: &Values) -> bool {
    values.choice("belief") == "own"
}

/// The SD that belongs to a variance.
fn sd(value: &Value) -> String {
    match value {
        Value::Number(var) => words::sd_of(*var),
        Value::Sizes(_) | Value::Choice(_) | Value::Table(_) | Value::Moves(_) => String::new(),
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
    Control { default: DefaultValue::Choice(0), ..choice("view", words::control::VIEW, VIEWS, Group::MODEL) },
    Control { applies: |values| of_view(values, "map"), ..choice("a", words::control::A, FIRST, MAP) },
    Control { applies: |values| of_view(values, "map"), ..choice("b", words::control::B, SECOND, MAP) },
    Control { applies: |values| of_view(values, "map"), ..choice("x", words::control::X, OF_MAP, MAP) },
    Control {
        default: DefaultValue::Choice(2),
        applies: |values| of_view(values, "map"),
        ..choice("y", words::control::Y, OF_MAP, MAP)
    },
    Control {
        help: |_| words::help::FROM,
        applies: |values| of_view(values, "map"),
        ..choice(
            "from",
            words::control::FROM,
            &[("formulas", words::option::FORMULAS), ("data", words::option::DATA_SETS)],
            MAP,
        )
    },
    Control {
        default: DefaultValue::Choice(2),
        applies: |values| of_view(values, "map"),
        ..choice("grid", words::control::GRID, &[("10", "10"), ("20", "20"), ("40", "40")], MAP)
    },
    Control {
        applies: |values| of_view(values, "curves"),
        ..choice("over", words::control::OVER, OF_CURVES, Group::open(words::group::CURVES))
    },
    Control {
        applies: |values| of_view(values, "curves"),
        ..choice(
            "who",
            words::control::WHO,
            &[("main", words::option::MAIN), ("all", words::option::ALL)],
            Group::open(words::group::CURVES),
        )
    },
    Control {
        group: Group::open(words::group::INTERVALS),
        applies: |values| of_view(values, "coverage"),
        ..linear("level", words::control::LEVEL, "", (50.0, 99.0, 1.0), 95.0)
    },
    Control { group: DESIGN, ..linear("k", words::control::K, "K", (1.0, 40.0, 1.0), 4.0) },
    Control { group: DESIGN, ..linear("size", words::control::SIZE, r"\bar n_k", (2.0, 60.0, 1.0), 10.0) },
    Control {
        key: "imbalance",
        label: words::control::IMBALANCE,
        group: DESIGN,
        kind: Kind::Log { min: 1.0, max: 20.0, presets: &[] },
        default: DefaultValue::Number(1.0),
        ..Control::BLANK
    },
    Control {
        group: DESIGN,
        help: |_| words::help::M,
        ..linear("m", words::control::M, "m", (1.0, 40.0, 1.0), 1.0)
    },
    variance("v_mu", words::control::V_MU, r"V_\mu", 1.0, TRUTH),
    variance("v_theta", words::control::V_THETA, r"V_\theta", 25.0, TRUTH),
    Control { group: TRUTH, ..linear("mean", words::control::MEAN, "", (-5.0, 5.0, 0.1), 0.0) },
    choice(
        "shape",
        words::control::SHAPE,
        &[
            ("normal", words::option::NORMAL),
            ("t3", words::option::HEAVY_TAILED),
            ("clusters", words::option::TWO_CLUSTERS),
        ],
        TRUTH,
    ),
    Control {
        short_key: "out",
        ..choice(
            "outlying",
            words::control::OUTLYING,
            &[
                ("none", words::option::NOBODY),
                ("school", words::option::A_SCHOOL),
                ("region", words::option::A_REGION),
            ],
            TRUTH,
        )
    },
    Control {
        group: TRUTH,
        help: |_| words::help::DISTANCE,
        applies: |values| values.choice("outlying") != "none",
        ..linear("distance", words::control::DISTANCE, "", (0.0, 10.0, 0.1), 4.6)
    },
    Control {
        short_key: "prior",
        ..choice(
            "belief",
            words::control::BELIEF,
            &[("right", words::option::AS_IN_TRUTH), ("own", words::option::ITS_OWN)],
            BELIEF,
        )
    },
    Control { applies: has_own_belief, ..variance("a_mu", words::control::ASSUMED, r"V'_\mu", 0.25, BELIEF) },
    Control {
        applies: has_own_belief,
        ..variance("a_theta", words::control::ASSUMED, r"V'_\theta", 25.0, BELIEF)
    },
    Control {
        group: BELIEF,
        applies: has_own_belief,
        ..linear("a_mean", words::control::A_MEAN, "", (-5.0, 5.0, 0.1), 0.0)
    },
    Control {
        group: BELIEF,
        help: |_| words::help::LIMIT,
        ..linear("limit", words::control::LIMIT, "D", (0.0, 3.0, 0.05), 1.0)
    },
    Control {
        key: "repeats",
        label: words::control::REPEATS,
        help: |values| match values.choice("view") {
            "curves" | "coverage" => words::help::MEASURED_AGAIN,
            _ => words::DRAWN_THE_SAME_WAY,
        },
        group: DATA,
        kind: Kind::Repeats { buttons: &[1, 10, 100, 1000, 10_000], max: 20_000 },
        default: DefaultValue::Number(1000.0),
        ..Control::BLANK
    },
    Control {
        key: "cell_repeats",
        label: words::control::CELL_REPEATS,
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
        ..choice(
            "learned",
            words::control::LEARNED,
            &[("left", words::option::LEFT_OUT), ("raced", words::option::RACES)],
            DATA,
        )
    },
    Control {
        key: "seed",
        label: words::SEED,
        group: DATA,
        kind: Kind::Seed { max: 999_999, button: words::NEW_SCHOOLS, named: &[(4, words::LECTURE_DATA)] },
        default: DefaultValue::Number(4.0),
        ..Control::BLANK
    },
];
