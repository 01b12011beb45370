//! What a person can set.

use super::words;
use crate::control::{Control, DefaultValue, Effect, Group, Kind, Values};
use crate::one_prior::{SEED, SHOW_TRUTH};
use crate::own::Form;

/// Most controls speak of the data.
const BLANK: Control = Control { group: Group::open(words::control::DATA), ..Control::BLANK };

/// Whether genes are simulated.
pub(super) fn is_simulated(values: &Values) -> bool {
    values.choice("set") == "simulated"
}

pub(super) static CONTROLS: [Control; 13] = [
    Control {
        key: "prior",
        label: words::control::PRIOR,
        help: |_| words::control::HELP_PRIOR,
        group: Group::MODEL,
        kind: Kind::Choice {
            options: &[("learned", words::control::LEARNED), ("hand", words::control::BY_HAND)],
        },
        ..BLANK
    },
    Control {
        key: "hand_d0",
        label: words::control::HAND,
        symbol: "d_0",
        group: Group::MODEL,
        kind: Kind::Log { min: 0.1, max: 1000.0, presets: &[] },
        default: DefaultValue::Number(4.0),
        applies: |values| values.choice("prior") == "hand",
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
        kind: Kind::Table(Form::Expression),
        default: DefaultValue::Nothing,
        applies: |values| !is_simulated(values),
        ..BLANK
    },
    Control {
        key: "genes",
        label: words::control::GENES,
        symbol: "G",
        kind: Kind::Linear { min: 50.0, max: 5000.0, step: 50.0, most: 5000.0, presets: &[] },
        default: DefaultValue::Number(2000.0),
        applies: is_simulated,
        ..BLANK
    },
    Control {
        key: "replicates",
        label: words::control::REPLICATES,
        symbol: "n",
        kind: Kind::Linear { min: 2.0, max: 10.0, step: 1.0, most: 10.0, presets: &[] },
        default: DefaultValue::Number(3.0),
        applies: is_simulated,
        ..BLANK
    },
    Control {
        key: "variances",
        label: words::control::VARIANCES,
        kind: Kind::Choice {
            options: &[("differ", words::control::DIFFER), ("equal", words::control::ALL_EQUAL)],
        },
        applies: is_simulated,
        ..BLANK
    },
    Control {
        key: "d0",
        label: words::control::TRUE_DF,
        symbol: "d_0",
        help: |_| words::control::HELP_TRUE_DF,
        kind: Kind::Log { min: 1.0, max: 100.0, presets: &[] },
        default: DefaultValue::Number(5.0),
        applies: |values| is_simulated(values) && values.choice("variances") == "differ",
        ..BLANK
    },
    Control {
        key: "changed",
        label: words::control::CHANGED,
        symbol: r"\pi_1",
        kind: Kind::Linear { min: 0.0, max: 0.5, step: 0.01, most: 0.5, presets: &[] },
        default: DefaultValue::Number(0.1),
        applies: is_simulated,
        ..BLANK
    },
    Control {
        key: "effect",
        label: words::control::EFFECT,
        kind: Kind::Linear { min: 0.0, max: 5.0, step: 0.1, most: 5.0, presets: &[] },
        default: DefaultValue::Number(2.0),
        applies: is_simulated,
        ..BLANK
    },
    Control {
        key: "list",
        label: words::control::LIST,
        help: |_| words::control::HELP_LIST,
        kind: Kind::Linear { min: 5.0, max: 500.0, step: 5.0, most: 500.0, presets: &[] },
        default: DefaultValue::Number(100.0),
        effect: Effect::Redraw,
        ..BLANK
    },
    Control { applies: is_simulated, ..SHOW_TRUTH },
    Control { applies: is_simulated, ..SEED },
];
