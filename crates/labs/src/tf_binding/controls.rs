//! What a person can set.

use super::words;
use crate::control::{Control, DefaultValue, Group, Kind, Values};
use crate::one_prior::{SEED, SHOW_TRUTH};
use crate::own::Form;

/// Most controls speak of the data.
const BLANK: Control = Control { group: Group::open(words::control::DATA), ..Control::BLANK };

const fn linear(min: f64, max: f64, step: f64) -> Kind {
    Kind::Linear { min, max, step, most: max, presets: &[] }
}

/// Whether experiments are simulated.
pub(super) fn is_simulated(values: &Values) -> bool {
    values.choice("set") == "simulated"
}

pub(super) static CONTROLS: [Control; 13] = [
    Control {
        key: "pooling",
        label: words::control::POOLING,
        help: |values| match values.choice("pooling") {
            "none" => words::control::HELP_NONE,
            "complete" => words::control::HELP_COMPLETE,
            "likely" => words::control::HELP_LIKELY,
            _ => words::control::HELP_PARTIAL,
        },
        group: Group::MODEL,
        kind: Kind::Choice {
            options: &[
                ("bayes", words::control::PARTIAL),
                ("likely", words::control::LIKELIEST),
                ("none", words::control::NONE),
                ("complete", words::control::COMPLETE),
            ],
        },
        ..BLANK
    },
    Control {
        key: "set",
        label: words::control::DATA,
        kind: Kind::Choice {
            options: &[("simulated", words::control::SIMULATED), ("own", words::control::YOUR_OWN)],
        },
        ..BLANK
    },
    Control {
        key: "own",
        label: words::control::OWN,
        help: |_| words::control::HELP_OWN,
        kind: Kind::Table(Form::Coefficients),
        default: DefaultValue::Nothing,
        applies: |values| !is_simulated(values),
        ..BLANK
    },
    Control {
        key: "features",
        label: words::control::FEATURES,
        symbol: "J",
        kind: linear(4.0, 12.0, 1.0),
        default: DefaultValue::Number(8.0),
        applies: is_simulated,
        ..BLANK
    },
    Control {
        key: "types",
        label: words::control::CELL_TYPES,
        symbol: "C",
        kind: linear(2.0, 5.0, 1.0),
        default: DefaultValue::Number(3.0),
        applies: is_simulated,
        ..BLANK
    },
    Control {
        key: "reps",
        label: words::control::EXPERIMENTS,
        kind: Kind::Counts { max: 4 },
        default: DefaultValue::Sizes(&[1, 2, 1]),
        applies: is_simulated,
        ..BLANK
    },
    Control {
        key: "sites",
        label: words::control::SITES,
        kind: linear(30.0, 1000.0, 10.0),
        default: DefaultValue::Number(60.0),
        applies: is_simulated,
        ..BLANK
    },
    Control {
        key: "sd_all",
        label: words::control::SD_ALL,
        symbol: r"\sigma_\lambda",
        kind: linear(0.1, 1.5, 0.05),
        default: DefaultValue::Number(0.5),
        applies: is_simulated,
        ..BLANK
    },
    Control {
        key: "sd_type",
        label: words::control::SD_TYPE,
        symbol: r"\sigma_\nu",
        kind: linear(0.0, 1.0, 0.05),
        default: DefaultValue::Number(0.15),
        applies: is_simulated,
        ..BLANK
    },
    Control {
        key: "sd_deviant",
        label: words::control::SD_DEVIANT,
        help: |_| words::control::HELP_DEVIANT,
        kind: linear(0.0, 1.5, 0.05),
        default: DefaultValue::Number(0.5),
        applies: is_simulated,
        ..BLANK
    },
    Control {
        key: "sd_exp",
        label: words::control::SD_EXPERIMENT,
        symbol: r"\sigma_\beta",
        kind: linear(0.0, 0.5, 0.02),
        default: DefaultValue::Number(0.1),
        applies: is_simulated,
        ..BLANK
    },
    Control { applies: is_simulated, ..SHOW_TRUTH },
    Control { applies: is_simulated, ..SEED },
];
