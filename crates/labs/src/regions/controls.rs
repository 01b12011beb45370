//! What a person can set.

use super::{trajectory, words};
use crate::control::{Control, DefaultValue, Effect, Group, Kind, SizeLimits, Value, Values};
use crate::one_prior::SHOW_TRUTH;

/// Most regions of a design.
pub(super) const MAX_REGIONS: usize = 100;
/// Most schools of a design: what samplers and pictures get through while someone waits.
pub(crate) const MAX_SCHOOLS: usize = 2000;
/// Most regions that have handles of their own.
const MAX_HANDLES: usize = 12;

/// Where the observations come from.
const DATA: &[(&str, &str)] = &[("simulated", words::option::SIMULATED), ("eight", words::option::EIGHT)];
/// What the model knows of an SD.
const KNOWLEDGE: &[(&str, &str)] = &[
    ("known", words::option::KNOWN),
    ("half-normal", words::option::HALF_NORMAL),
    ("half-cauchy", words::option::HALF_CAUCHY),
];

/// Their names in links, as in `th=normal`.
const SHORT_KNOWLEDGE: &[(&str, &str)] = &[("half-normal", "normal"), ("half-cauchy", "cauchy")];

const LEARNING: Group = Group::open(words::group::LEARNING);
const SAMPLER: Group = Group::open(words::group::SAMPLER);
const PATH: Group = Group::open(words::group::PATH);
const SETTINGS: Group = Group::folded(words::group::SETTINGS);

/// The variance that belongs to an SD.
fn variance(value: &Value) -> String {
    match value {
        Value::Number(sd) => words::variance_of(*sd),
        Value::Sizes(_) | Value::Choice(_) | Value::Table(_) | Value::Moves(_) => String::new(),
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
        label: words::control::SIZES,
        symbol: "n_k",
        kind: Kind::Sizes {
            max_groups: MAX_HANDLES,
            max_size: 60,
            limits: SizeLimits { groups: MAX_REGIONS, size: 200, total: MAX_SCHOOLS },
            groups: (words::control::GROUPS, "K"),
            group: words::control::GROUP,
        },
        default: DefaultValue::Sizes(&[10, 10, 10, 10]),
        applies: is_simulated,
        ..Control::BLANK
    },
    Control {
        help: |values| {
            if is_simulated(values) { words::help::REGION_SD } else { words::help::REGION_SD_OF_EIGHT }
        },
        applies: |values| is_simulated(values) || !is_learned(values, "scale_theta"),
        ..sd("sd_theta", words::control::REGION_SD, r"\sqrt{V_\theta}", (0.1, 10.0), 5.0)
    },
    Control {
        applies: |values| is_simulated(values) || !is_learned(values, "scale_mu"),
        ..sd("sd_mu", words::control::SCHOOL_SD, r"\sqrt{V_\mu}", (0.1, 5.0), 1.0)
    },
    Control { applies: is_simulated, ..sd("sigma", words::control::NOISE_SD, r"\sigma", (0.1, 5.0), 1.0) },
    Control {
        key: "m",
        label: words::control::M,
        symbol: "m",
        help: |_| words::help::M,
        kind: Kind::Counts { max: 50 },
        default: DefaultValue::Sizes(&[1]),
        applies: is_simulated,
        ..Control::BLANK
    },
    Control {
        help: |_| words::help::LEARNING,
        symbol: r"\sigma_\theta",
        short_key: "th",
        short_options: SHORT_KNOWLEDGE,
        ..choice("scale_theta", words::control::REGION_SD, KNOWLEDGE, LEARNING)
    },
    Control {
        applies: |values| is_learned(values, "scale_theta"),
        ..prior_scale("prior_theta", words::control::PRIOR_SCALE, 5.0)
    },
    Control {
        symbol: r"\sigma_\mu",
        short_key: "mu",
        short_options: SHORT_KNOWLEDGE,
        ..choice("scale_mu", words::control::SCHOOL_SD, KNOWLEDGE, LEARNING)
    },
    Control {
        applies: |values| is_learned(values, "scale_mu"),
        ..prior_scale("prior_mu", words::control::PRIOR_SCALE, 2.5)
    },
    choice("data", words::DATA, DATA, Group::open(words::DATA)),
    Control {
        key: "seed",
        label: words::SEED,
        group: Group::open(words::DATA),
        kind: Kind::Seed { max: 999_999, button: words::NEW_SCHOOLS, named: &[(4, words::LECTURE_DATA)] },
        default: DefaultValue::Number(4.0),
        applies: is_simulated,
        ..Control::BLANK
    },
    Control { applies: is_simulated, ..SHOW_TRUTH },
    Control {
        key: "repeats",
        label: words::control::REPEATS,
        help: |_| words::DRAWN_THE_SAME_WAY,
        group: Group::open(words::REPEATS),
        kind: Kind::Repeats { buttons: &[1, 10, 100, 1000], max: 20_000 },
        default: DefaultValue::Number(1000.0),
        applies: is_simulated,
        ..Control::BLANK
    },
    Control {
        effect: Effect::Sample,
        ..choice(
            "sampler",
            words::control::SAMPLER,
            &[
                ("nuts", words::sampler::NUTS),
                ("nuts-nc", words::sampler::NON_CENTERED),
                ("nuts-nc-schools", words::sampler::NON_CENTERED_SCHOOLS),
                ("gibbs", words::sampler::GIBBS),
                ("metropolis", words::sampler::METROPOLIS),
                ("exact", words::sampler::EXACT),
            ],
            SAMPLER,
        )
    },
    Control {
        effect: Effect::Redraw,
        ..choice(
            "pace",
            words::control::PACE,
            &[("fast", words::option::FAST), ("live", words::option::LIVE)],
            SAMPLER,
        )
    },
    Control {
        group: SAMPLER,
        kind: Kind::Log { min: 5.0, max: 5000.0, presets: &[] },
        applies: |values| values.choice("pace") == "live",
        ..count("speed", words::control::SPEED, (5.0, 5000.0, 1.0), 200.0, Effect::Redraw)
    },
    Control {
        effect: Effect::Redraw,
        ..choice(
            "details",
            words::control::DETAILS,
            &[
                ("line", words::option::ONE_LINE),
                ("all", words::option::ALL),
                ("trajectory", words::option::TRAJECTORY),
            ],
            SAMPLER,
        )
    },
    Control {
        applies: |values| values.choice("sampler") != "exact",
        ..count("warmup", words::control::WARMUP, (20.0, 2000.0, 10.0), 1000.0, Effect::Sample)
    },
    count("draws", words::control::DRAWS, (50.0, 4000.0, 50.0), 1000.0, Effect::Sample),
    Control {
        help: |_| words::help::ACCEPT,
        kind: Kind::Linear { min: 0.5, max: 0.99, step: 0.01, most: 0.99, presets: &[] },
        applies: |values| values.choice("sampler").starts_with("nuts"),
        ..count("accept", words::control::ACCEPT, (0.5, 0.99, 0.01), 0.8, Effect::Sample)
    },
    Control {
        effect: Effect::Redraw,
        applies: |values| {
            shows_trace(values) && (is_learned(values, "scale_mu") || is_learned(values, "scale_theta"))
        },
        ..choice(
            "traced",
            words::control::TRACED,
            &[
                ("theta", words::option::THETA),
                ("sd-mu", words::option::SCHOOL_SD),
                ("sd-theta", words::option::REGION_SD),
            ],
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
        ..count("trace", words::control::TRACE, (1.0, 12.0, 1.0), 1.0, Effect::Redraw)
    },
    Control {
        group: PATH,
        applies: shows_trajectory,
        ..count(
            "transition",
            words::control::TRANSITION,
            (1.0, trajectory::MAX_TRANSITIONS as f64, 1.0),
            1.0,
            Effect::Redraw,
        )
    },
    Control {
        key: "eps",
        label: words::control::EPS,
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
        label: words::control::LEAP,
        group: PATH,
        kind: Kind::Play { max: trajectory::MAX_STEPS },
        default: DefaultValue::Number(trajectory::MAX_STEPS as f64),
        effect: Effect::Redraw,
        applies: shows_trajectory,
        ..Control::BLANK
    },
];
