//! What a person can set.

use crate::control::{Control, DefaultValue, Effect, Group, Kind, Values};
use crate::one_prior::{SEED, SHOW_TRUTH};
use crate::own::Form;

/// Most controls speak of the data.
const BLANK: Control = Control { group: Group::open("Data"), ..Control::BLANK };

/// Whether genes are simulated.
pub(super) fn is_simulated(values: &Values) -> bool {
    values.choice("set") == "simulated"
}

pub(super) static CONTROLS: [Control; 13] = [
    Control {
        key: "prior",
        label: "Prior degrees of freedom",
        help: |_| "Learned from all genes, or set by hand: 0 trusts each gene alone, ∞ pools all.",
        group: Group::MODEL,
        kind: Kind::Choice { options: &[("learned", "learned"), ("hand", "by hand")] },
        ..BLANK
    },
    Control {
        key: "hand_d0",
        label: "Set by hand",
        symbol: "d_0",
        group: Group::MODEL,
        kind: Kind::Log { min: 0.1, max: 1000.0, presets: &[] },
        default: DefaultValue::Number(4.0),
        applies: |values| values.choice("prior") == "hand",
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
        label: "Your genes",
        help: |_| "A gene a row, log expression in the samples of two groups. Your data never leave this browser: nothing is sent anywhere.",
        kind: Kind::Table(Form::Expression),
        default: DefaultValue::Nothing,
        applies: |values| !is_simulated(values),
        ..BLANK
    },
    Control {
        key: "genes",
        label: "Genes",
        symbol: "G",
        kind: Kind::Linear { min: 50.0, max: 5000.0, step: 50.0, most: 5000.0, presets: &[] },
        default: DefaultValue::Number(2000.0),
        applies: is_simulated,
        ..BLANK
    },
    Control {
        key: "replicates",
        label: "Samples in each group",
        symbol: "n",
        kind: Kind::Linear { min: 2.0, max: 10.0, step: 1.0, most: 10.0, presets: &[] },
        default: DefaultValue::Number(3.0),
        applies: is_simulated,
        ..BLANK
    },
    Control {
        key: "variances",
        label: "True variances",
        kind: Kind::Choice { options: &[("differ", "differ"), ("equal", "all equal")] },
        applies: is_simulated,
        ..BLANK
    },
    Control {
        key: "d0",
        label: "In truth",
        symbol: "d_0",
        help: |_| "How alike the true variances are: the more, the more alike.",
        kind: Kind::Log { min: 1.0, max: 100.0, presets: &[] },
        default: DefaultValue::Number(5.0),
        applies: |values| is_simulated(values) && values.choice("variances") == "differ",
        ..BLANK
    },
    Control {
        key: "changed",
        label: "Share that changes",
        symbol: r"\pi_1",
        kind: Kind::Linear { min: 0.0, max: 0.5, step: 0.01, most: 0.5, presets: &[] },
        default: DefaultValue::Number(0.1),
        applies: is_simulated,
        ..BLANK
    },
    Control {
        key: "effect",
        label: "SD of their changes, in σ",
        kind: Kind::Linear { min: 0.0, max: 5.0, step: 0.1, most: 5.0, presets: &[] },
        default: DefaultValue::Number(2.0),
        applies: is_simulated,
        ..BLANK
    },
    Control {
        key: "list",
        label: "Length of the list",
        help: |_| "How many genes one would follow up.",
        kind: Kind::Linear { min: 5.0, max: 500.0, step: 5.0, most: 500.0, presets: &[] },
        default: DefaultValue::Number(100.0),
        effect: Effect::Redraw,
        ..BLANK
    },
    Control { applies: is_simulated, ..SHOW_TRUTH },
    Control { applies: is_simulated, ..SEED },
];
