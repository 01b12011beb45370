//! What a person can set.

use super::trajectory;
use crate::control::{Control, DefaultValue, Effect, Group, Kind, SizeLimits, Value, Values};
use crate::number;
use crate::one_prior::SHOW_TRUTH;

/// Most regions of a design.
pub(super) const MAX_REGIONS: usize = 100;
/// Most schools of a design: what samplers and pictures get through while someone waits.
pub(crate) const MAX_SCHOOLS: usize = 2000;
/// Most regions that have handles of their own.
const MAX_HANDLES: usize = 12;

/// Where the observations come from.
const DATA: &[(&str, &str)] = &[("simulated", "simulated"), ("eight", "eight schools, 1981")];
/// What the model knows of an SD.
const KNOWLEDGE: &[(&str, &str)] =
    &[("known", "known"), ("half-normal", "half-normal"), ("half-cauchy", "half-Cauchy")];

const LEARNING: Group = Group::open("What the model knows");
const SAMPLER: Group = Group::open("Sampler");
const PATH: Group = Group::open("One trajectory");
const SETTINGS: Group = Group::folded("Sampler settings");

/// The variance that belongs to an SD.
fn variance(value: &Value) -> String {
    match value {
        Value::Number(sd) => format!("variance {}", number::short(sd * sd)),
        Value::Sizes(_) | Value::Choice(_) | Value::Table(_) => String::new(),
    }
}

fn is_simulated(values: &Values) -> bool {
    values.choice("data") == "simulated"
}

fn is_learned(values: &Values, key: &str) -> bool {
    values.choice(key) != "known"
}

fn shows_trace(values: &Values) -> bool {
    values.choice("details") == "all" || values.choice("pace") == "live"
}

fn shows_trajectory(values: &Values) -> bool {
    values.choice("details") == "trajectory"
}

const fn sd(
    key: &'static str,
    label: &'static str,
    symbol: &'static str,
    (min, max): (f64, f64),
    default: f64,
) -> Control {
    Control {
        key,
        label,
        symbol,
        kind: Kind::Linear { min, max, step: 0.1, most: max, presets: &[] },
        default: DefaultValue::Number(default),
        reading: variance,
        ..Control::BLANK
    }
}

const fn choice(
    key: &'static str,
    label: &'static str,
    options: &'static [(&'static str, &'static str)],
    group: Group,
) -> Control {
    Control { key, label, group, kind: Kind::Choice { options }, ..Control::BLANK }
}

const fn count(
    key: &'static str,
    label: &'static str,
    (min, max, step): (f64, f64, f64),
    default: f64,
    effect: Effect,
) -> Control {
    Control {
        key,
        label,
        group: SETTINGS,
        kind: Kind::Linear { min, max, step, most: max, presets: &[] },
        default: DefaultValue::Number(default),
        effect,
        ..Control::BLANK
    }
}

const fn prior_scale(key: &'static str, label: &'static str, default: f64) -> Control {
    Control {
        key,
        label,
        group: LEARNING,
        kind: Kind::Log { min: 0.1, max: 100.0, presets: &[] },
        default: DefaultValue::Number(default),
        ..Control::BLANK
    }
}

/// The controls. The lecture's own settings are the defaults: four regions of
/// ten, region **SD** 5, school and noise SD 1, one observation a school, all known.
pub(super) static CONTROLS: [Control; 25] = [
    Control {
        key: "sizes",
        label: "Schools in each",
        symbol: "n_k",
        kind: Kind::Sizes {
            max_groups: MAX_HANDLES,
            max_size: 60,
            limits: SizeLimits { groups: MAX_REGIONS, size: 200, total: MAX_SCHOOLS },
            groups: ("Regions", "K"),
            group: "region",
        },
        default: DefaultValue::Sizes(&[10, 10, 10, 10]),
        applies: is_simulated,
        ..Control::BLANK
    },
    Control {
        help: |values| {
            if is_simulated(values) {
                "The lecture’s N(0, 5) means SD 5 here, though its A in N(0, A) was a variance."
            } else {
                "One region: here the prior SD, around 0, of the mean that the eight schools share."
            }
        },
        applies: |values| is_simulated(values) || !is_learned(values, "scale_theta"),
        ..sd("sd_theta", "Region SD", r"\sqrt{V_\theta}", (0.1, 10.0), 5.0)
    },
    Control {
        applies: |values| is_simulated(values) || !is_learned(values, "scale_mu"),
        ..sd("sd_mu", "School SD", r"\sqrt{V_\mu}", (0.1, 5.0), 1.0)
    },
    Control { applies: is_simulated, ..sd("sigma", "Noise SD", r"\sigma", (0.1, 5.0), 1.0) },
    Control {
        key: "m",
        label: "Observations per school",
        symbol: "m",
        help: |_| "One number for all, one for each region, or one for each school: 1,1,20,5.",
        kind: Kind::Counts { max: 50 },
        default: DefaultValue::Sizes(&[1]),
        applies: is_simulated,
        ..Control::BLANK
    },
    Control {
        help: |_| "Known: the sliders say. Learned: from the data and a prior, so that regions share what they show.",
        symbol: r"\sigma_\theta",
        ..choice("scale_theta", "Region SD", KNOWLEDGE, LEARNING)
    },
    Control {
        applies: |values| is_learned(values, "scale_theta"),
        ..prior_scale("prior_theta", "Scale of its prior", 5.0)
    },
    Control { symbol: r"\sigma_\mu", ..choice("scale_mu", "School SD", KNOWLEDGE, LEARNING) },
    Control {
        applies: |values| is_learned(values, "scale_mu"),
        ..prior_scale("prior_mu", "Scale of its prior", 2.5)
    },
    choice("data", "Data", DATA, Group::open("Data")),
    Control {
        key: "seed",
        label: "Seed",
        group: Group::open("Data"),
        kind: Kind::Seed { max: 999_999, button: "New schools", named: &[(4, "the lecture’s own data")] },
        default: DefaultValue::Number(4.0),
        applies: is_simulated,
        ..Control::BLANK
    },
    Control { applies: is_simulated, ..SHOW_TRUTH },
    Control {
        key: "repeats",
        label: "New classes of schools",
        help: |_| "Drawn the same way, every estimator’s error counted each time.",
        group: Group::open("Repeats"),
        kind: Kind::Repeats { buttons: &[1, 10, 100, 1000], max: 20_000 },
        default: DefaultValue::Number(1000.0),
        applies: is_simulated,
        ..Control::BLANK
    },
    Control {
        effect: Effect::Sample,
        ..choice(
            "sampler",
            "Sampler",
            &[
                ("nuts", "NUTS"),
                ("nuts-nc", "NUTS, non-centered"),
                ("nuts-nc-schools", "NUTS, non-centered schools"),
                ("gibbs", "Gibbs"),
                ("metropolis", "Metropolis"),
                ("exact", "exact"),
            ],
            SAMPLER,
        )
    },
    Control {
        effect: Effect::Redraw,
        ..choice("pace", "Pace", &[("fast", "fast"), ("live", "watch it")], SAMPLER)
    },
    Control {
        group: SAMPLER,
        kind: Kind::Log { min: 5.0, max: 5000.0, presets: &[] },
        applies: |values| values.choice("pace") == "live",
        ..count("speed", "Iterations a second", (5.0, 5000.0, 1.0), 200.0, Effect::Redraw)
    },
    Control {
        effect: Effect::Redraw,
        ..choice(
            "details",
            "Diagnostics",
            &[("line", "one line"), ("all", "all"), ("trajectory", "one trajectory")],
            SAMPLER,
        )
    },
    Control {
        applies: |values| values.choice("sampler") != "exact",
        ..count("warmup", "Warmup iterations", (20.0, 2000.0, 10.0), 1000.0, Effect::Sample)
    },
    count("draws", "Draws in each chain", (50.0, 4000.0, 50.0), 1000.0, Effect::Sample),
    Control {
        help: |_| "Nearer to 1: smaller steps, fewer divergences.",
        kind: Kind::Linear { min: 0.5, max: 0.99, step: 0.01, most: 0.99, presets: &[] },
        applies: |values| values.choice("sampler").starts_with("nuts"),
        ..count("accept", "Target acceptance", (0.5, 0.99, 0.01), 0.8, Effect::Sample)
    },
    Control {
        effect: Effect::Redraw,
        applies: |values| {
            shows_trace(values) && (is_learned(values, "scale_mu") || is_learned(values, "scale_theta"))
        },
        ..choice(
            "traced",
            "Trace and ranks of",
            &[("theta", "a region mean"), ("sd-mu", "the school SD"), ("sd-theta", "the region SD")],
            SETTINGS,
        )
    },
    Control {
        symbol: r"\theta",
        kind: Kind::Linear {
            min: 1.0,
            max: MAX_HANDLES as f64,
            step: 1.0,
            most: MAX_REGIONS as f64,
            presets: &[],
        },
        applies: |values| shows_trace(values) && values.choice("traced") == "theta",
        ..count("trace", "Trace of region", (1.0, 12.0, 1.0), 1.0, Effect::Redraw)
    },
    Control {
        group: PATH,
        applies: shows_trajectory,
        ..count(
            "transition",
            "Transition",
            (1.0, trajectory::MAX_TRANSITIONS as f64, 1.0),
            1.0,
            Effect::Redraw,
        )
    },
    Control {
        key: "eps",
        label: "Step size",
        symbol: r"\varepsilon",
        group: PATH,
        kind: Kind::Log { min: 0.02, max: 5.0, presets: &[] },
        default: DefaultValue::Number(0.5),
        effect: Effect::Redraw,
        applies: shows_trajectory,
        ..Control::BLANK
    },
    Control {
        key: "leap",
        label: "Leapfrog steps shown",
        group: PATH,
        kind: Kind::Play { max: trajectory::MAX_STEPS },
        default: DefaultValue::Number(trajectory::MAX_STEPS as f64),
        effect: Effect::Redraw,
        applies: shows_trajectory,
        ..Control::BLANK
    },
];
