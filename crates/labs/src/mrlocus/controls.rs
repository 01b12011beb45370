//! What a person can set.

use crate::control::{Control, DefaultValue, Effect, Group, Kind, Values};
use crate::one_prior::{SEED, SHOW_TRUTH};
use crate::own::Form;

/// Most controls speak of the data.
const BLANK: Control = Control { group: Group::open("Data"), ..Control::BLANK };

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
        label: "Errors of the effects on expression",
        help: |_| "Ignored, what they scatter counts as dispersion σ.",
        group: Group::MODEL,
        kind: Kind::Choice { options: &[("used", "taken into account"), ("ignored", "ignored")] },
        ..BLANK
    },
    Control {
        key: "prior_lines",
        label: "What the prior expects",
        help: |_| "The prior’s 80 % of slopes, behind the points.",
        group: Group::MODEL,
        kind: Kind::Choice { options: &[("hidden", "hidden"), ("shown", "shown")] },
        effect: Effect::Redraw,
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
        label: "Your clusters",
        help: |_| "Effects on expression and on the trait with their standard errors, a cluster a row. Your data never leave this browser: nothing is sent anywhere.",
        kind: Kind::Table(Form::Effects),
        default: DefaultValue::Nothing,
        applies: |values| !is_simulated(values),
        ..BLANK
    },
    Control {
        key: "clusters",
        label: "Clusters",
        symbol: "J",
        kind: linear(2.0, 10.0, 1.0),
        default: DefaultValue::Number(6.0),
        applies: is_simulated,
        ..BLANK
    },
    Control {
        key: "slope",
        label: "True slope",
        symbol: r"\alpha",
        kind: linear(-1.0, 1.0, 0.05),
        default: DefaultValue::Number(0.5),
        applies: is_simulated,
        ..BLANK
    },
    Control {
        key: "dispersion",
        label: "True dispersion",
        symbol: r"\sigma",
        kind: linear(0.0, 0.5, 0.01),
        default: DefaultValue::Number(0.12),
        applies: is_simulated,
        ..BLANK
    },
    Control {
        key: "least",
        label: "Least effect on expression",
        kind: linear(0.1, 4.0, 0.05),
        default: DefaultValue::Number(0.3),
        applies: is_simulated,
        ..BLANK
    },
    Control {
        key: "largest",
        label: "Largest effect on expression",
        kind: linear(0.1, 4.0, 0.05),
        default: DefaultValue::Number(1.2),
        applies: is_simulated,
        ..BLANK
    },
    Control {
        key: "se_a",
        label: "SE, expression",
        symbol: r"\mathrm{se}^A",
        kind: Kind::Log { min: 0.01, max: 1.0, presets: &[] },
        default: DefaultValue::Number(0.08),
        applies: is_simulated,
        ..BLANK
    },
    Control {
        key: "se_b",
        label: "SE, trait",
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
        label: "Clusters that were dragged",
        help: |_| "Drag a cluster in the picture, or choose it with the arrow keys and move it with Shift and an arrow.",
        group: Group::open("Move a cluster"),
        kind: Kind::Moves { most: MOST_MOVED },
        default: DefaultValue::Unmoved,
        ..BLANK
    },
    Control {
        key: "moved",
        label: "Cluster to move",
        group: Group::open("Move a cluster"),
        kind: linear(1.0, 10.0, 1.0),
        default: DefaultValue::Number(1.0),
        ..BLANK
    },
    Control {
        key: "across",
        label: "Across: effect on expression",
        group: Group::open("Move a cluster"),
        kind: linear(-1.0, 1.0, 0.02),
        default: DefaultValue::Number(0.0),
        ..BLANK
    },
    Control {
        key: "up",
        label: "Up: effect on the trait",
        group: Group::open("Move a cluster"),
        kind: linear(-1.0, 1.0, 0.02),
        default: DefaultValue::Number(0.0),
        ..BLANK
    },
];
