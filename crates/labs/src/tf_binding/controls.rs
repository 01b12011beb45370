//! What a person can set.

use crate::control::{Control, DefaultValue, Group, Kind, Values};
use crate::one_prior::{SEED, SHOW_TRUTH};
use crate::own::Form;

/// Most controls speak of the data.
const BLANK: Control = Control { group: Group::open("Data"), ..Control::BLANK };

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
        label: "Pooling",
        help: |values| match values.choice("pooling") {
            "none" => "Each experiment speaks for itself.",
            "complete" => "All experiments measure one thing.",
            "likely" => "Partial, with the SDs that make the data most likely: one may end at 0.",
            _ => "Partial, averaged over all SDs that the data allow.",
        },
        group: Group::MODEL,
        kind: Kind::Choice {
            options: &[
                ("bayes", "partial"),
                ("likely", "likeliest"),
                ("none", "none"),
                ("complete", "complete"),
            ],
        },
        ..BLANK
    },
    Control {
        key: "set",
        label: "Data",
        kind: Kind::Choice { options: &[("simulated", "simulated"), ("own", "your own")] },
        ..BLANK
    },
    Control {
        key: "own",
        label: "Your coefficients",
        help: |_| "Feature, experiment, cell type, coefficient and standard error, a row each. Your data never leave this browser: nothing is sent anywhere.",
        kind: Kind::Table(Form::Coefficients),
        default: DefaultValue::Nothing,
        applies: |values| !is_simulated(values),
        ..BLANK
    },
    Control {
        key: "features",
        label: "Features",
        symbol: "J",
        kind: linear(4.0, 12.0, 1.0),
        default: DefaultValue::Number(8.0),
        applies: is_simulated,
        ..BLANK
    },
    Control {
        key: "types",
        label: "Cell types",
        symbol: "C",
        kind: linear(2.0, 5.0, 1.0),
        default: DefaultValue::Number(3.0),
        applies: is_simulated,
        ..BLANK
    },
    Control {
        key: "reps",
        label: "Experiments of each",
        kind: Kind::Counts { max: 4 },
        default: DefaultValue::Sizes(&[1, 2, 1]),
        applies: is_simulated,
        ..BLANK
    },
    Control {
        key: "sites",
        label: "Sites in each experiment",
        kind: linear(30.0, 600.0, 10.0),
        default: DefaultValue::Number(60.0),
        applies: is_simulated,
        ..BLANK
    },
    Control {
        key: "sd_all",
        label: "SD of features about 0",
        symbol: r"\sigma_\lambda",
        kind: linear(0.1, 1.5, 0.05),
        default: DefaultValue::Number(0.5),
        applies: is_simulated,
        ..BLANK
    },
    Control {
        key: "sd_type",
        label: "SD of cell types about all",
        symbol: r"\sigma_\nu",
        kind: linear(0.0, 1.0, 0.05),
        default: DefaultValue::Number(0.15),
        applies: is_simulated,
        ..BLANK
    },
    Control {
        key: "sd_deviant",
        label: "SD of the last cell type",
        help: |_| "How far one deviant cell type strays from all.",
        kind: linear(0.0, 1.5, 0.05),
        default: DefaultValue::Number(0.5),
        applies: is_simulated,
        ..BLANK
    },
    Control {
        key: "sd_exp",
        label: "SD of experiments",
        symbol: r"\sigma_\beta",
        kind: linear(0.0, 0.5, 0.02),
        default: DefaultValue::Number(0.1),
        applies: is_simulated,
        ..BLANK
    },
    Control { applies: is_simulated, ..SHOW_TRUTH },
    Control { applies: is_simulated, ..SEED },
];
