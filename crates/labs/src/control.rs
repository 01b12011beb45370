//! Controls as data: what a person can set, its range, and how a wrong value is answered.

mod moves;
mod words;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use moves::moved;

use crate::library::library;
use crate::number;
use crate::own::{Form, Own};
use words::{WrongNumber, wrong_sizes};

/// One thing that a person can set, and one field of the link.
#[derive(Debug)]
pub struct Control {
    /// Name of the field in the link; never changes once published.
    pub key: &'static str,
    /// A second, shorter name of the field, with which links are written; empty if they use `key`. Both are
    /// read, for ever.
    pub short_key: &'static str,
    /// Options of a choice that have a second, shorter name: the option's own, then the one that links are
    /// written with.
    pub short_options: &'static [(&'static str, &'static str)],
    /// What it is, in words.
    pub label: &'static str,
    /// Its symbol in the formulas, as LaTeX; may be empty.
    pub symbol: &'static str,
    /// One sentence below it, which may depend on the other values; may be empty.
    pub help: fn(&Values) -> &'static str,
    /// Under which heading it stands.
    pub group: Group,
    /// Which widget, which values.
    pub kind: Kind,
    /// Value at the start.
    pub default: DefaultValue,
    /// Whether a change means a new run or a new picture of the same run.
    pub effect: Effect,
    /// A second reading of the value, such as the variance beside an SD.
    pub reading: fn(&Value) -> String,
    /// Whether it does anything beside these other values; where it does not, it is not shown.
    pub applies: fn(&Values) -> bool,
    /// Whether the options of a choice stand in a list that opens; else they stand side by side, one click away.
    pub is_list: bool,
}

/// For a control that always does something.
pub const ALWAYS: fn(&Values) -> bool = |_| true;

/// Controls that stand together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Group {
    /// Its heading; empty for the model itself.
    pub title: &'static str,
    /// Whether it is closed until someone asks.
    pub is_folded: bool,
}

impl Group {
    /// The model: what a lab is about, right under its formulas.
    pub const MODEL: Self = Self::open("");

    /// A group that is open.
    #[must_use]
    pub const fn open(title: &'static str) -> Self {
        Self { title, is_folded: false }
    }

    /// A group that is closed until someone asks.
    #[must_use]
    pub const fn folded(title: &'static str) -> Self {
        Self { title, is_folded: true }
    }
}

/// A default that can stand in a constant.
#[derive(Clone, Copy, Debug)]
pub enum DefaultValue {
    /// For sliders and seeds.
    Number(f64),
    /// For [`Kind::Sizes`].
    Sizes(&'static [usize]),
    /// For [`Kind::Choice`]: index of the option.
    Choice(usize),
    /// For [`Kind::Table`]: no data.
    Nothing,
    /// For [`Kind::Moves`]: every unit where it was.
    Unmoved,
}

/// What a change of the control asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// The data or the estimates change.
    Run,
    /// Only the draws change: another sampler, or another length, on the same posterior.
    Sample,
    /// Only the pictures change.
    Redraw,
}

/// The widget and the values it takes.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// A number from `min` to `max` in equal steps.
    Linear {
        /// Smallest value.
        min: f64,
        /// Largest value.
        max: f64,
        /// Step of the slider; typed values may lie between steps unless the step is a whole number.
        step: f64,
        /// Largest value that may be typed or stand in a link: `max`, or beyond the slider.
        most: f64,
        /// Values with a button of their own.
        presets: &'static [f64],
    },
    /// A positive number from `min` to `max` on a logarithmic scale of round numbers.
    Log {
        /// Smallest value.
        min: f64,
        /// Largest value.
        max: f64,
        /// Values with a button of their own.
        presets: &'static [f64],
    },
    /// Number of units in each group: one handle and one number field each, and a field for a list of all.
    Sizes {
        /// Most groups that have handles of their own.
        max_groups: usize,
        /// Most units in a group that a handle reaches.
        max_size: usize,
        /// What may be typed or stand in a link, beyond the handles.
        limits: SizeLimits,
        /// What the groups are, in words, and the symbol of their number.
        groups: (&'static str, &'static str),
        /// What one group is called before its number.
        group: &'static str,
    },
    /// A count for all, for each group, or for each unit: as many numbers as are given.
    Counts {
        /// Largest count.
        max: usize,
    },
    /// A whole number from 0 to `max` that counts up when it is played.
    Play {
        /// Largest number.
        max: u32,
    },
    /// One of a few.
    Choice {
        /// Name in the link, and words on the button.
        options: &'static [(&'static str, &'static str)],
    },
    /// How often the experiment is repeated; buttons add to it.
    Repeats {
        /// How many each button adds.
        buttons: &'static [u32],
        /// Most repeats.
        max: u32,
    },
    /// The seed of all random numbers, with a button for a fresh one.
    Seed {
        /// Largest seed.
        max: u32,
        /// What the button for a fresh seed says.
        button: &'static str,
        /// Seeds that bring back data with a name.
        named: &'static [(u32, &'static str)],
    },
    /// Data of the reader's own in this form: pasted, dropped or from a file.
    Table(Form),
    /// How far units of a picture were dragged; a button puts them back.
    Moves {
        /// Farthest in either direction, in the unit of the axis.
        most: f64,
    },
}

/// Largest designs that a [`Kind::Sizes`] takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SizeLimits {
    /// Most groups.
    pub groups: usize,
    /// Most units in one group.
    pub size: usize,
    /// Most units in all groups together; no less than `groups`.
    pub total: usize,
}

/// The value of one control.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Value {
    /// Of a slider, a repeat counter or a seed.
    Number(f64),
    /// Units in each group.
    Sizes(Vec<usize>),
    /// Index of the chosen option.
    Choice(usize),
    /// The reader's own data.
    Table(Arc<Own>),
    /// Units that were moved, in rising order.
    Moves(Vec<Move>),
}

/// How far one unit was moved.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Move {
    /// Its index in the data, from 0.
    pub unit: u32,
    /// To the right and up, in the units of the axes.
    pub by: (f64, f64),
}

/// Something that a person should know about a value, shown beside its control.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// Key of the control it stands beside; empty: the page as a whole.
    pub key: String,
    /// One or two sentences: what was wrong, and what was used instead.
    pub message: String,
}

impl Notice {
    /// A notice beside the control `key`.
    #[must_use]
    pub fn new(key: &str, message: impl Into<String>) -> Self {
        Self { key: key.to_owned(), message: message.into() }
    }
}

impl Control {
    /// What most controls have in common: no symbol, no sentence below, no second reading, shown always, and a
    /// change means a new run. For `..Control::BLANK`; key, label, kind and default are to be given.
    pub const BLANK: Self = Self {
        key: "",
        short_key: "",
        short_options: &[],
        label: "",
        symbol: "",
        help: |_| "",
        group: Group::MODEL,
        kind: Kind::Choice { options: &[] },
        default: DefaultValue::Choice(0),
        effect: Effect::Run,
        reading: |_| String::new(),
        applies: ALWAYS,
        is_list: false,
    };

    /// The value at the start.
    #[must_use]
    pub fn default_value(&self) -> Value {
        match self.default {
            DefaultValue::Number(number) => Value::Number(number),
            DefaultValue::Sizes(sizes) => Value::Sizes(sizes.to_vec()),
            DefaultValue::Choice(index) => Value::Choice(index),
            DefaultValue::Nothing => Value::Table(Arc::default()),
            DefaultValue::Unmoved => Value::Moves(Vec::new()),
        }
    }

    /// The value nearest to `value` that the control takes, and what was wrong with `value` if it is another.
    #[must_use]
    pub fn admit(&self, value: Value) -> (Value, Option<Notice>) {
        match (&self.kind, value) {
            (Kind::Sizes { limits, .. }, Value::Sizes(sizes)) => self.admit_sizes(*limits, sizes),
            (Kind::Counts { max }, Value::Sizes(counts)) => self.admit_counts(*max, counts),
            (Kind::Choice { options }, Value::Choice(index)) if index < options.len() => {
                (Value::Choice(index), None)
            }
            (Kind::Table(form), Value::Table(own)) => match own.fault() {
                None if own.is_empty() || own.form == *form => (Value::Table(own), None),
                None => {
                    let message = words::table_at_fault(self.label, words::ANOTHER_KIND);
                    (Value::Table(Arc::default()), Some(Notice::new(self.key, message)))
                }
                Some(fault) => {
                    let message = words::table_at_fault(self.label, &fault);
                    (Value::Table(Arc::default()), Some(Notice::new(self.key, message)))
                }
            },
            (Kind::Moves { most }, Value::Moves(moves)) => {
                let (moves, is_mended) = moves::admit(*most, moves);
                let notice = is_mended
                    .then(|| Notice::new(self.key, words::moves(self.label, *most, moves::MAX_MOVES)));
                (Value::Moves(moves), notice)
            }
            (_, Value::Number(number)) if self.range().is_some() => self.admit_number(number),
            _ => (self.default_value(), Some(Notice::new(self.key, words::wrong_kind(self.label)))),
        }
    }

    /// Smallest value, largest value, and whether only whole numbers count; `None` if not a number.
    #[must_use]
    pub fn range(&self) -> Option<(f64, f64, bool)> {
        match self.kind {
            Kind::Linear { min, most, step, .. } => Some((min, most, step.fract() == 0.0)),
            Kind::Log { min, max, .. } => Some((min, max, false)),
            Kind::Repeats { max, .. } | Kind::Seed { max, .. } | Kind::Play { max } => {
                Some((0.0, f64::from(max), true))
            }
            Kind::Sizes { .. }
            | Kind::Counts { .. }
            | Kind::Choice { .. }
            | Kind::Table(_)
            | Kind::Moves { .. } => None,
        }
    }

    fn admit_number(&self, number: f64) -> (Value, Option<Notice>) {
        let (min, max, whole) = self.range().expect("only called for numbers");
        let (used, wrong) = if number.is_nan() {
            let DefaultValue::Number(default) = self.default else {
                unreachable!("numbers have number defaults")
            };
            (default, Some(WrongNumber::NotANumber))
        } else if number < min || number > max {
            (number.max(min).min(max), Some(WrongNumber::OutOfRange { min, max, given: number }))
        } else if whole && number.fract() != 0.0 {
            (number.round(), Some(WrongNumber::NotWhole { given: number }))
        } else {
            (number + 0.0, None) // No negative zero: it would be written as such.
        };
        let notice = wrong.map(|wrong| Notice::new(self.key, words::number(self.label, &wrong, used)));
        (Value::Number(used), notice)
    }

    fn admit_sizes(&self, limits: SizeLimits, sizes: Vec<usize>) -> (Value, Option<Notice>) {
        let given = sizes.len();
        let mut wrong = Vec::new();
        let mut used: Vec<usize> = sizes.into_iter().take(limits.groups).collect();
        if given == 0 {
            used.push(1);
            wrong.push(wrong_sizes::none());
        }
        if given > limits.groups {
            wrong.push(wrong_sizes::too_many(given, limits.groups));
        }
        let mut num_mended = 0;
        for (k, size) in used.iter_mut().enumerate() {
            let admitted = (*size).clamp(1, limits.size);
            num_mended += usize::from(*size != admitted);
            if num_mended <= MAX_NAMED {
                if *size == 0 {
                    wrong.push(wrong_sizes::empty(k));
                } else if *size > limits.size {
                    wrong.push(wrong_sizes::too_large(k, *size, limits.size));
                }
            }
            *size = admitted;
        }
        if num_mended > MAX_NAMED {
            wrong.push(wrong_sizes::more(num_mended - MAX_NAMED));
        }
        if let Some(cut) = cut_to_total(&mut used, limits.total) {
            wrong.push(cut);
        }
        let notice =
            (!wrong.is_empty()).then(|| Notice::new(self.key, wrong_sizes::sentence(self.label, &wrong)));
        (Value::Sizes(used), notice)
    }

    fn admit_counts(&self, max: usize, counts: Vec<usize>) -> (Value, Option<Notice>) {
        let used: Vec<usize> = match counts.len() {
            0 => vec![1],
            _ => counts.iter().take(MAX_COUNTS).map(|count| (*count).clamp(1, max)).collect(),
        };
        let notice = (used != counts)
            .then(|| Notice::new(self.key, words::counts(self.label, (max, MAX_COUNTS), &abridged(&used))));
        (Value::Sizes(used), notice)
    }

    /// Whether a link carries the value: data that are too long stay out of it.
    #[must_use]
    pub fn fits_in_link(&self, value: &Value) -> bool {
        match value {
            Value::Table(own) => library().tables.is_some_and(|tables| (tables.fits)(own)),
            _ => true,
        }
    }

    /// Name of the field in a link that is written.
    #[must_use]
    pub fn written_key(&self) -> &'static str {
        if self.short_key.is_empty() { self.key } else { self.short_key }
    }

    /// Whether `key` names the field in a link.
    #[must_use]
    pub fn is_called(&self, key: &str) -> bool {
        self.key == key || (!self.short_key.is_empty() && self.short_key == key)
    }

    /// Reads a value as it stands in a link or a number field.
    ///
    /// Never fails: what cannot be read gives `otherwise` and a notice.
    #[must_use]
    pub fn read(&self, text: &str, otherwise: &Value) -> (Value, Option<Notice>) {
        let text = text.trim();
        if let Kind::Table(form) = self.kind {
            let tables = library().tables.expect("a lab with tables comes with what reads them");
            let (own, problem) = (tables.read)(form, text);
            let notice =
                problem.map(|problem| Notice::new(self.key, words::table_with_problem(self.label, &problem)));
            return (Value::Table(Arc::new(own)), notice);
        }
        let parsed = match &self.kind {
            Kind::Sizes { .. } => read_sizes(text).map(Value::Sizes),
            Kind::Counts { .. } => {
                let counts: Option<Vec<usize>> =
                    text.split(',').map(|count| read_size(count.trim())).collect();
                counts.map(Value::Sizes)
            }
            Kind::Choice { options } => {
                let short = self.short_options.iter().find(|(_, short)| *short == text);
                let wanted = short.map_or(text, |(slug, _)| slug);
                options.iter().position(|(slug, _)| *slug == wanted).map(Value::Choice)
            }
            Kind::Moves { .. } => moves::read(text).map(Value::Moves),
            _ => number::read(text).filter(|number| !number.is_nan()).map(Value::Number),
        };
        match parsed {
            Some(value) => self.admit(value),
            None => (otherwise.clone(), Some(Notice::new(self.key, self.unreadable(text, otherwise)))),
        }
    }

    fn unreadable(&self, text: &str, used: &Value) -> String {
        let shown = crate::link::shown(text);
        let expected = match self.kind {
            Kind::Sizes { .. } => words::SIZES_EXPECTED.to_owned(),
            Kind::Counts { .. } => words::COUNTS_EXPECTED.to_owned(),
            Kind::Moves { .. } => words::MOVES_EXPECTED.to_owned(),
            Kind::Choice { options } => options.iter().map(|(slug, _)| *slug).collect::<Vec<_>>().join(", "),
            _ => words::NUMBER_EXPECTED.to_owned(),
        };
        let used = match (used, self.kind) {
            (Value::Choice(index), Kind::Choice { options }) => options[*index].0.to_owned(),
            _ => self.write(used),
        };
        if let (Kind::Sizes { group, .. }, true) = (self.kind, text.is_empty()) {
            return words::no_group(self.label, group, &used);
        }
        words::not_understood(self.label, &shown, &expected, &used)
    }

    /// The value as it stands in a link; [`Control::read`] gives it back exactly.
    #[must_use]
    pub fn write(&self, value: &Value) -> String {
        match (value, &self.kind) {
            (Value::Number(number), _) => number.to_string(),
            (Value::Sizes(sizes), Kind::Sizes { max_groups, .. }) if sizes.len() > *max_groups => {
                written_in_runs(sizes)
            }
            (Value::Sizes(sizes), _) => sizes.iter().map(usize::to_string).collect::<Vec<_>>().join(","),
            (Value::Choice(index), Kind::Choice { options }) => {
                let slug = options[*index].0;
                let short = self.short_options.iter().find(|(long, _)| *long == slug);
                short.map_or(slug, |(_, short)| short).to_owned()
            }
            (Value::Choice(index), _) => index.to_string(),
            (Value::Table(own), _) => library().tables.map(|tables| (tables.write)(own)).unwrap_or_default(),
            (Value::Moves(moves), _) => moves::write(moves),
        }
    }
}

/// Regions whose sizes a notice speaks of one by one.
const MAX_NAMED: usize = 3;

/// Keeps the first `total` units; the sentence says so where there were more.
fn cut_to_total(sizes: &mut Vec<usize>, total: usize) -> Option<String> {
    let given: usize = sizes.iter().sum();
    if given <= total {
        return None;
    }
    let mut left = total;
    for size in sizes.iter_mut() {
        *size = left.min(*size);
        left -= *size;
    }
    sizes.retain(|size| *size > 0);
    Some(wrong_sizes::too_many_in_all(given, total, sizes.len()))
}

/// Most numbers of one control.
const MAX_COUNTS: usize = 1000;

/// Numbers with commas between them, a long list cut short.
fn abridged(numbers: &[usize]) -> String {
    let shown: Vec<String> = numbers.iter().take(12).map(usize::to_string).collect();
    format!("{}{}", shown.join(","), if numbers.len() > 12 { ",…" } else { "" })
}

/// Sizes with commas between them; `51x1` stands for 51 groups of 1. `None` for anything else.
fn read_sizes(text: &str) -> Option<Vec<usize>> {
    let mut sizes = Vec::new();
    for item in text.split(',') {
        let (times, size) = match item.split_once(['x', '×']) {
            Some((times, size)) => (read_size(times.trim())?, size),
            None => (1, item),
        };
        if times == 0 || times > MAX_READ - sizes.len() {
            return None;
        }
        sizes.extend(std::iter::repeat_n(read_size(size.trim())?, times));
    }
    Some(sizes)
}

/// Sizes as [`read_sizes`] reads them, equal ones that stand side by side as one.
fn written_in_runs(sizes: &[usize]) -> String {
    let runs = sizes.chunk_by(|a, b| a == b).flat_map(|run| match run {
        [size, ..] if run.len() > 2 => vec![format!("{}x{size}", run.len())],
        _ => run.iter().map(usize::to_string).collect(),
    });
    runs.collect::<Vec<_>>().join(",")
}

/// Most groups that are read at all: far more than any design takes, so that a notice can count them.
const MAX_READ: usize = 9999;

/// A size that a person could have meant; a size beyond all bounds reads as the largest number.
fn read_size(text: &str) -> Option<usize> {
    match text.parse::<usize>() {
        Err(error) if *error.kind() == std::num::IntErrorKind::PosOverflow => Some(usize::MAX),
        other => other.ok(),
    }
}

/// One value for each control of a lab, in the order of its controls.
#[derive(Clone, Copy, Debug)]
pub struct Values<'a> {
    /// The controls.
    pub controls: &'static [Control],
    /// Their values.
    pub values: &'a [Value],
}

impl Values<'_> {
    fn get(&self, key: &str) -> &Value {
        let index = self.controls.iter().position(|control| control.key == key);
        &self.values[index.unwrap_or_else(|| panic!("the lab has no control {key}"))]
    }

    /// The number of control `key`.
    ///
    /// # Panics
    /// If the lab has no such control, or it is no number: a bug that the test of all labs finds.
    #[must_use]
    pub fn number(&self, key: &str) -> f64 {
        match self.get(key) {
            Value::Number(number) => *number,
            _ => panic!("control {key} is not a number"),
        }
    }

    /// The number of control `key` as a whole number.
    ///
    /// # Panics
    /// As [`Values::number`].
    #[must_use]
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "bounded by the control's range"
    )]
    pub fn whole(&self, key: &str) -> usize {
        self.number(key) as usize
    }

    /// The reader's own data in control `key`.
    ///
    /// # Panics
    /// If the lab has no such control, or it holds no table.
    #[must_use]
    pub fn table(&self, key: &str) -> &Own {
        match self.get(key) {
            Value::Table(own) => own,
            _ => panic!("control {key} holds no table"),
        }
    }

    /// How far units were moved in control `key`.
    ///
    /// # Panics
    /// If the lab has no such control, or it holds no moves.
    #[must_use]
    pub fn moves(&self, key: &str) -> &[Move] {
        match self.get(key) {
            Value::Moves(moves) => moves,
            _ => panic!("control {key} holds no moves"),
        }
    }

    /// The sizes of control `key`.
    ///
    /// # Panics
    /// If the lab has no such control, or it holds no sizes.
    #[must_use]
    pub fn sizes(&self, key: &str) -> &[usize] {
        match self.get(key) {
            Value::Sizes(sizes) => sizes,
            _ => panic!("control {key} holds no sizes"),
        }
    }

    /// The link name of the chosen option of control `key`.
    ///
    /// # Panics
    /// If the lab has no such control, or it is no choice.
    #[must_use]
    pub fn choice(&self, key: &str) -> &'static str {
        let control = self.controls.iter().find(|control| control.key == key);
        match (self.get(key), control.map(|control| control.kind)) {
            (Value::Choice(index), Some(Kind::Choice { options })) => options[*index].0,
            _ => panic!("control {key} is no choice"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn control(kind: Kind, default: DefaultValue) -> Control {
        Control { key: "key", label: "Label", kind, default, ..Control::BLANK }
    }

    fn linear(step: f64) -> Control {
        let kind = Kind::Linear { min: 0.5, max: 10.0, step, most: 10.0, presets: &[] };
        control(kind, DefaultValue::Number(2.0))
    }

    fn sizes() -> Control {
        let kind = Kind::Sizes {
            max_groups: 2,
            max_size: 30,
            limits: SizeLimits { groups: 5, size: 60, total: 100 },
            groups: ("Regions", "K"),
            group: "region",
        };
        control(kind, DefaultValue::Sizes(&[5, 6]))
    }

    #[test]
    fn numbers_are_moved_into_range_with_a_sentence() {
        let cases = [
            (1.25, 1.25, ""),
            (0.5, 0.5, ""),
            (10.0, 10.0, ""),
            (10.5, 10.0, "Label must lie between 0.5 and 10, but 10.5 was given; 10 is used."),
            (-3.0, 0.5, "Label must lie between 0.5 and 10, but −3 was given; 0.5 is used."),
            (f64::INFINITY, 10.0, "Label must lie between 0.5 and 10, but ∞ was given; 10 is used."),
            (f64::NAN, 2.0, "Label is not a number; 2 is used."),
        ];
        for (given, used, sentence) in cases {
            let (value, notice) = linear(0.1).admit(Value::Number(given));
            assert_eq!(value, Value::Number(used));
            assert_eq!(notice.map(|notice| notice.message).unwrap_or_default(), sentence);
        }
        let (value, notice) = linear(1.0).admit(Value::Number(3.4));
        assert_eq!(value, Value::Number(3.0));
        assert!(notice.unwrap().message.contains("must be a whole number, but 3.4 was given; 3 is used."));
    }

    #[test]
    fn a_value_just_out_of_range_is_not_called_the_end_of_it() {
        for given in [10.000_01, 10.0 + 1e-9, 0.499_999_9] {
            let message = linear(0.1).admit(Value::Number(given)).1.unwrap().message;
            assert!(
                !message.contains("but 10 was given") && !message.contains("but 0.5 was given"),
                "{message}"
            );
        }
    }

    #[test]
    fn no_value_is_a_negative_zero() {
        let seed = control(Kind::Seed { max: 9, button: "", named: &[] }, DefaultValue::Number(1.0));
        let (value, notice) = seed.read("-0", &Value::Number(1.0));
        assert_eq!((seed.write(&value), notice), ("0".to_owned(), None));
    }

    #[test]
    fn sizes_are_mended_one_by_one() {
        let cases: [(&[usize], &[usize], &str); 9] = [
            (&[1, 60, 30], &[1, 60, 30], ""),
            (&[20, 20, 20, 20, 20], &[20, 20, 20, 20, 20], ""),
            (
                &[60, 30, 40, 1],
                &[60, 30, 10],
                "131 schools in all are too many; the first 100 are used, in 3 regions",
            ),
            (
                &[0, 0, 0, 0, 61],
                &[1, 1, 1, 1, 60],
                "region 3 is empty; 1 school is used; so it is with 2 regions more",
            ),
            (&[], &[1], "at least one region"),
            (&[0, 4], &[1, 4], "region 1 is empty; 1 school is used"),
            (&[61, 4], &[60, 4], "region 1 has 61 schools; 60, the most, is used"),
            (&[1, 2, 3, 4, 5, 6], &[1, 2, 3, 4, 5], "6 regions were given; the first 5 are used"),
            (
                &[0, 99, 3, 4, 5, 6],
                &[1, 60, 3, 4, 5],
                "the first 5 are used; region 1 is empty; 1 school is used; region 2 has 99",
            ),
        ];
        for (given, used, words) in cases {
            let (value, notice) = sizes().admit(Value::Sizes(given.to_vec()));
            assert_eq!(value, Value::Sizes(used.to_vec()));
            assert_eq!(notice.is_none(), words.is_empty());
            assert!(notice.is_none_or(|notice| notice.message.contains(words)));
        }
    }

    #[test]
    fn a_value_of_another_kind_gives_the_default() {
        let choice = control(Kind::Choice { options: &[("a", "A"), ("b", "B")] }, DefaultValue::Choice(1));
        for (control, value) in [
            (&choice, Value::Choice(2)),
            (&choice, Value::Number(0.0)),
            (&linear(1.0), Value::Choice(0)),
            (&linear(1.0), Value::Sizes(vec![1])),
            (&sizes(), Value::Number(1.0)),
        ] {
            let (used, notice) = control.admit(value);
            assert_eq!(used, control.default_value());
            assert!(notice.unwrap().message.contains("the default is used"));
        }
    }

    #[test]
    fn text_is_read_as_it_is_meant_or_not_at_all() {
        let old = Value::Number(3.0);
        for (text, number) in [("2.5", 2.5), (" 4 ", 4.0), ("1e0", 1.0), ("+7", 7.0), (".75", 0.75)] {
            assert_eq!(linear(0.1).read(text, &old), (Value::Number(number), None), "{text}");
        }
        for text in ["", "NaN", "-nan", "2,5", "0x10", "1_000", "two", "2 3"] {
            let (value, notice) = linear(0.1).read(text, &old);
            assert_eq!(value, old, "{text}");
            assert!(notice.unwrap().message.ends_with("is not understood (expected: a number); 3 is used."));
        }
        assert_eq!(sizes().read("3, 4", &old).0, Value::Sizes(vec![3, 4]));
        let (kept, notice) = sizes().read("", &Value::Sizes(vec![2]));
        assert_eq!(kept, Value::Sizes(vec![2]));
        assert!(notice.unwrap().message.ends_with("there must be at least one region; 2 is used."));
        // More groups than have handles are written in runs; all that is written is read.
        let long = Value::Sizes(vec![7, 7, 7, 1, 1]);
        assert_eq!(sizes().write(&long), "3x7,1,1");
        assert_eq!(sizes().write(&Value::Sizes(vec![7, 7])), "7,7");
        for text in ["3x7,1,1", "3x7,2x1", " 3 × 7 , 1,1"] {
            assert_eq!(sizes().read(text, &old), (long.clone(), None), "{text}");
        }
        for text in ["0x7", "x7", "7x", "2x3x4", "9999x1,1", "99999999999999999999x1"] {
            let (value, notice) = sizes().read(text, &Value::Sizes(vec![2]));
            assert_eq!(value, Value::Sizes(vec![2]), "{text}");
            assert!(notice.unwrap().message.contains("is not understood"), "{text}");
        }
        assert!(sizes().read("9999x1", &old).1.unwrap().message.contains("9999 regions were given"));
        assert_eq!(sizes().read("3;4", &Value::Sizes(vec![2])).0, Value::Sizes(vec![2]));
    }
}
