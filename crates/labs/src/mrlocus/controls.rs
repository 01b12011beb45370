//! What a person can set.

use super::words;
use crate::control::{Control, DefaultValue, Effect, Group, Kind, Values};
use crate::one_prior::{SEED, SHOW_TRUTH};
use crate::own::Form;

/// Most controls speak of the data.
const BLANK: Control = Control { group: Group::open(words::control::DATA), ..Control::BLANK };

/// Farthest that a cluster is dragged in either direction.
const MOST_MOVED: f64 = 10.0;

const fn linear(min: f64, max: f64, step: f64) -> Kind {
    Kind::Linear { min, max, step, most: max, presets: &[] }
}

/// Whether clusters are simulated.
pub(super) fn is_simulated(values: &Values) -> bool {
    values.choice("set") == "simulated"
}

pub(super) static CONTROLS: [Control; 17] = [
    Control {
        key: "errors",
        label: words::control::ERRORS,
        help: |_| words::control::HELP_ERRORS,
        group: Group::MODEL,
        kind: Kind::Choice {
            options: &[("used", words::control::USED), ("ignored", words::control::IGNORED)],
        },
        ..BLANK
    },
    Control {
        key: "prior_lines",
        label: words::control::PRIOR,
        help: |_| words::control::HELP_PRIOR,
        group: Group::MODEL,
        kind: Kind::Choice {
            options: &[("hidden", words::control::HIDDEN), ("shown", words::control::SHOWN)],
        },
        effect: Effect::Redraw,
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
        kind: Kind::Table(Form::Effects),
        default: DefaultValue::Nothing,
        applies: |values| !is_simulated(values),
        ..BLANK
    },
    Control {
        key: "clusters",
        label: words::control::CLUSTERS,
        symbol: "J",
        kind: linear(2.0, 10.0, 1.0),
        default: DefaultValue::Number(6.0),
        applies: is_simulated,
        ..BLANK
    },
    Control {
        key: "slope",
        label: words::control::SLOPE,
        symbol: r"\alpha",
        kind: linear(-1.0, 1.0, 0.05),
        default: DefaultValue::Number(0.5),
        applies: is_simulated,
        ..BLANK
    },
    Control {
        key: "dispersion",
        label: words::control::DISPERSION,
        symbol: r"\sigma",
        kind: linear(0.0, 0.5, 0.01),
        default: DefaultValue::Number(0.12),
        applies: is_simulated,
        ..BLANK
    },
    Control {
        key: "least",
        label: words::control::LEAST,
        kind: linear(0.1, 4.0, 0.05),
        default: DefaultValue::Number(0.3),
        applies: is_simulated,
        ..BLANK
    },
    Control {
        key: "largest",
        label: words::control::LARGEST,
        kind: linear(0.1, 4.0, 0.05),
        default: DefaultValue::Number(1.2),
        applies: is_simulated,
        ..BLANK
    },
    Control {
        key: "se_a",
        label: words::control::SE_A,
        symbol: r"\mathrm{se}^A",
        kind: Kind::Log { min: 0.01, max: 1.0, presets: &[] },
        default: DefaultValue::Number(0.08),
        applies: is_simulated,
        ..BLANK
    },
    Control {
        key: "se_b",
        label: words::control::SE_B,
        symbol: r"\mathrm{se}^B",
        kind: Kind::Log { min: 0.01, max: 1.0, presets: &[] },
        default: DefaultValue::Number(0.06),
        applies: is_simulated,
        ..BLANK
    },
    Control { applies: is_simulated, ..SHOW_TRUTH },
    Control { applies: is_simulated, ..SEED },
    Control {
        key: "moves",
        label: words::control::DRAGGED,
        help: |_| words::control::HELP_DRAGGED,
        group: Group::open(words::control::MOVE),
        kind: Kind::Moves { most: MOST_MOVED },
        default: DefaultValue::Unmoved,
        ..BLANK
    },
    Control {
        key: "moved",
        label: words::control::MOVED,
        group: Group::open(words::control::MOVE),
        kind: linear(1.0, 10.0, 1.0),
        default: DefaultValue::Number(1.0),
        ..BLANK
    },
    Control {
        key: "across",
        label: words::control::ACROSS,
        group: Group::open(words::control::MOVE),
        kind: linear(-1.0, 1.0, 0.02),
        default: DefaultValue::Number(0.0),
        ..BLANK
    },
    Control {
        key: "up",
        label: words::control::UP,
        group: Group::open(words::control::MOVE),
        kind: linear(-1.0, 1.0, 0.02),
        default: DefaultValue::Number(0.0),
        ..BLANK
    },
];
