//! What a person can set.

use crate::control::{Control, Default, Effect, Group, Kind, Value};
use crate::number;
use crate::one_prior::SHOW_TRUTH;

/// Most regions of a design.
pub(super) const MAX_REGIONS: usize = 12;

/// The variance that belongs to an SD.
fn variance(value: &Value) -> String {
    match value {
        Value::Number(sd) => format!("variance {}", number::short(sd * sd)),
        Value::Sizes(_) | Value::Choice(_) => String::new(),
    }
}

const fn sd(
    key: &'static str,
    label: &'static str,
    symbol: &'static str,
    range: (f64, f64),
    default: f64,
) -> Control {
    Control {
        key,
        label,
        symbol,
        help: "",
        group: Group::MODEL,
        kind: Kind::Linear { min: range.0, max: range.1, step: 0.1, presets: &[] },
        default: Default::Number(default),
        effect: Effect::Run,
        reading: variance,
    }
}

const fn choice(
    key: &'static str,
    label: &'static str,
    options: &'static [(&'static str, &'static str)],
    effect: Effect,
) -> Control {
    Control {
        key,
        label,
        symbol: "",
        help: "",
        group: Group::open("Sampler"),
        kind: Kind::Choice { options },
        default: Default::Choice(0),
        effect,
        reading: |_| String::new(),
    }
}

const fn count(
    key: &'static str,
    label: &'static str,
    range: (f64, f64, f64),
    default: f64,
    effect: Effect,
) -> Control {
    Control {
        key,
        label,
        symbol: "",
        help: "",
        group: Group::folded("Sampler settings"),
        kind: Kind::Linear { min: range.0, max: range.1, step: range.2, presets: &[] },
        default: Default::Number(default),
        effect,
        reading: |_| String::new(),
    }
}

/// The controls. The lecture's own settings are the defaults: four regions of
/// ten, region **SD** 5, school and noise SD 1, one observation a school.
pub(super) static CONTROLS: [Control; 14] = [
    Control {
        key: "sizes",
        label: "Schools in each",
        symbol: "n_k",
        help: "",
        group: Group::MODEL,
        kind: Kind::Sizes {
            max_groups: MAX_REGIONS,
            max_size: 60,
            groups: ("Regions", "K"),
            group: "region",
        },
        default: Default::Sizes(&[10, 10, 10, 10]),
        effect: Effect::Run,
        reading: |_| String::new(),
    },
    Control {
        help: "The lecture’s N(0, 5) means SD 5 here, though its A in N(0, A) was a variance.",
        ..sd("sd_theta", "Region SD", r"\sqrt{V_\theta}", (0.1, 10.0), 5.0)
    },
    sd("sd_mu", "School SD", r"\sqrt{V_\mu}", (0.1, 5.0), 1.0),
    sd("sigma", "Noise SD", r"\sigma", (0.1, 5.0), 1.0),
    Control {
        key: "m",
        label: "Observations per school",
        symbol: "m",
        help: "",
        group: Group::MODEL,
        kind: Kind::Linear { min: 1.0, max: 50.0, step: 1.0, presets: &[] },
        default: Default::Number(1.0),
        effect: Effect::Run,
        reading: |_| String::new(),
    },
    Control {
        key: "seed",
        label: "Seed",
        symbol: "",
        help: "",
        group: Group::open("Data"),
        kind: Kind::Seed { max: 999_999, button: "New schools", named: &[(4, "the lecture’s own data")] },
        default: Default::Number(4.0),
        effect: Effect::Run,
        reading: |_| String::new(),
    },
    SHOW_TRUTH,
    Control {
        key: "repeats",
        label: "New classes of schools",
        symbol: "",
        help: "Drawn the same way, every estimator’s error counted each time.",
        group: Group::open("Repeats"),
        kind: Kind::Repeats { buttons: &[1, 10, 100, 1000], max: 20_000 },
        default: Default::Number(1000.0),
        effect: Effect::Run,
        reading: |_| String::new(),
    },
    choice("sampler", "Sampler", &[("nuts", "NUTS"), ("exact", "exact")], Effect::Run),
    choice("pace", "Pace", &[("fast", "fast"), ("live", "watch it")], Effect::Redraw),
    Control {
        group: Group::open("Sampler"),
        kind: Kind::Log { min: 5.0, max: 5000.0, presets: &[] },
        ..count("speed", "Iterations a second", (5.0, 5000.0, 1.0), 200.0, Effect::Redraw)
    },
    count("warmup", "Warmup iterations", (20.0, 2000.0, 10.0), 1000.0, Effect::Run),
    count("draws", "Draws in each chain", (50.0, 4000.0, 50.0), 1000.0, Effect::Run),
    Control { symbol: r"\theta", ..count("trace", "Trace of region", (1.0, 12.0, 1.0), 1.0, Effect::Redraw) },
];
