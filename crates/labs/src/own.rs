//! Data of the reader's own: guessed columns, checked rows, and a form short enough for a link.

mod form;
mod words;

use std::collections::{BTreeMap, BTreeSet};

pub use form::{Form, Role};
use serde::{Deserialize, Serialize};
pub use tables::{Header, Problem, decode};
use tables::{Options, Separator, Table};

use crate::glossary::is_letter;
use crate::link::{MAX_FIELD, encoded};

/// Rows of one form with what is known of them. A column that was not given is empty; all others have one
/// entry for each unit. What each is called for the reader depends on the form ([`Form::label`]).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Own {
    /// What the rows are; measurements if there are none.
    pub form: Form,
    /// What each unit is called.
    pub names: Vec<String>,
    /// Group of each unit.
    pub groups: Vec<String>,
    /// Measurements, finite.
    pub value: Vec<f64>,
    /// Their standard errors, in the same unit, > 0.
    pub se: Vec<f64>,
    /// Observations behind each, > 0.
    pub n: Vec<f64>,
    /// What was measured, in the same unit.
    pub truth: Vec<f64>,
    /// Second measurements, finite.
    pub other_value: Vec<f64>,
    /// Their standard errors, > 0.
    pub other_se: Vec<f64>,
    /// Experiment of each unit.
    pub experiments: Vec<String>,
    /// Expression of each gene, finite: samples of the first group, then of the second.
    pub samples: Vec<Vec<f64>>,
    /// Samples of the first group.
    pub num_first: usize,
}

/// What reads tables from links and writes them there. A program that shows no lab with tables has nothing of it
/// (`labs::library`), and neither has a worker.
#[derive(Debug)]
pub(crate) struct InLinks {
    pub(crate) read: fn(Form, &str) -> (Own, Option<Problem>),
    pub(crate) write: fn(&Own) -> String,
    pub(crate) fits: fn(&Own) -> bool,
}

pub(crate) static IN_LINKS: InLinks =
    InLinks { read: Own::from_link_as, write: Own::to_link, fits: Own::fits_in_link };

/// A text as it was understood.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// Names of the columns.
    pub columns: Vec<String>,
    /// What each column was taken for.
    pub roles: Vec<Role>,
    /// The first rows, as they stand there.
    pub first_rows: Vec<Vec<String>>,
    /// Rows below the names.
    pub num_rows: usize,
    /// Whether the first line holds names.
    pub has_header: bool,
    /// The rows that can be used.
    pub own: Own,
    /// What is wrong, row by row; rows with a fault are left out.
    pub problems: Vec<Problem>,
}

/// Rows of a text that are shown.
const NUM_FIRST_ROWS: usize = 4;
/// Longest name of a unit or a group, in characters.
const MAX_NAME: usize = 40;

/// Least number of units: with fewer, the SD between them cannot be learned from the data alone.
pub const LEAST_UNITS: usize = 4;

/// Measurements in `text`, as a file or the clipboard of a spreadsheet gives them.
///
/// - `chosen`: what the reader says of each column; `None`, or a column beyond its end, is guessed.
/// - `header`: whether the first line holds names.
#[must_use]
pub fn read(text: &str, chosen: &[Option<Role>], header: Header) -> Reading {
    read_as(Form::Measurements, text, chosen, header)
}

/// Rows of `form` in `text`; as [`read`].
#[must_use]
pub fn read_as(form: Form, text: &str, chosen: &[Option<Role>], header: Header) -> Reading {
    of_table(form, &tables::read(text, Options { separator: None, header }), chosen)
}

fn of_table(form: Form, table: &Table, chosen: &[Option<Role>]) -> Reading {
    let roles = roles(form, table, chosen);
    let (own, mut problems) = rows(form, table, &roles);
    Problem::sort(&mut problems);
    Reading {
        columns: table.names.clone(),
        roles,
        first_rows: (0..table.num_rows().min(NUM_FIRST_ROWS))
            .map(|row| table.row(row).map(str::to_owned).collect())
            .collect(),
        num_rows: table.num_rows(),
        has_header: table.has_header,
        own,
        problems,
    }
}

/// What each column means: as chosen, else by its name, else by what stands in it.
fn roles(form: Form, table: &Table, chosen: &[Option<Role>]) -> Vec<Role> {
    let mut roles: Vec<Option<Role>> =
        (0..table.names.len()).map(|k| chosen.get(k).copied().flatten()).collect();
    let mut taken: Vec<Role> = Vec::new();
    for role in &mut roles {
        // Of two columns chosen for the same the first one counts.
        match *role {
            Some(Role::Unused) | None => {}
            Some(again) if taken.contains(&again) && !again.is_repeated() => *role = Some(Role::Unused),
            Some(first) => taken.push(first),
        }
    }
    for role in form.roles().iter().copied().filter(|role| !role.is_repeated()) {
        if roles.contains(&Some(role)) {
            continue;
        }
        let by_word = form.words(role).iter().find_map(|word| {
            (0..roles.len()).find(|k| roles[*k].is_none() && table.names[*k].eq_ignore_ascii_case(word))
        });
        if let Some(k) = by_word {
            roles[k] = Some(role);
        }
    }
    let looked_at = table.num_rows().min(50);
    let is_numeric =
        |k: usize| (0..looked_at).filter(|row| table.number(*row, k).is_ok()).count() * 2 > looked_at;
    if form == Form::Expression {
        // One number is enough: what is missing is to be named, not to be left out in silence.
        return samples(table, roles, |k| (0..looked_at).any(|row| table.number(row, k).is_ok()));
    }
    let distinct = |k: usize| {
        let mut cells = Vec::new();
        for cell in (0..looked_at).filter_map(|row| table.text(row, k).ok()) {
            if !cells.contains(&cell) {
                cells.push(cell);
            }
        }
        cells.len()
    };
    for k in 0..roles.len() {
        if roles[k].is_some() {
            continue;
        }
        let is_free = |role: Role| form.roles().contains(&role) && !roles.contains(&Some(role));
        // A table without names has its columns in the usual order.
        let usual = [Role::Value, Role::OtherValue, Role::Se, Role::OtherSe];
        let next = usual.into_iter().find(|role| is_free(*role));
        roles[k] = Some(match (is_numeric(k), next) {
            (true, Some(role)) if role == Role::Value || !table.has_header => role,
            (false, _) if is_free(Role::Name) && distinct(k) == looked_at => Role::Name,
            (false, _) if is_free(Role::Group) && distinct(k) < looked_at => Role::Group,
            _ => Role::Unused,
        });
    }
    roles.into_iter().map(|role| role.unwrap_or(Role::Unused)).collect()
}

/// Columns of expression: two kinds of names (A1, A2, B1, B2) are two groups, else each half is one.
fn samples(table: &Table, mut roles: Vec<Option<Role>>, is_numeric: impl Fn(usize) -> bool) -> Vec<Role> {
    let first_text = (0..roles.len()).find(|k| roles[*k].is_none() && !is_numeric(*k));
    if let (Some(k), false) = (first_text, roles.contains(&Some(Role::Name))) {
        roles[k] = Some(Role::Name);
    }
    let open: Vec<usize> = (0..roles.len()).filter(|k| roles[*k].is_none() && is_numeric(*k)).collect();
    let stem = |k: usize| table.names[k].trim_end_matches(|c: char| !is_letter(c));
    let mut stems: Vec<&str> = open.iter().map(|k| stem(*k)).collect();
    stems.dedup();
    let is_second = |position: usize, k: usize| match stems[..] {
        [_, second] if table.has_header => stem(k) == second,
        _ => 2 * position >= open.len(),
    };
    for (position, k) in open.iter().copied().enumerate() {
        roles[k] = Some(if is_second(position, k) { Role::Second } else { Role::First });
    }
    roles.into_iter().map(|role| role.unwrap_or(Role::Unused)).collect()
}

/// The rows without fault, and all faults.
fn rows(form: Form, table: &Table, roles: &[Role]) -> (Own, Vec<Problem>) {
    let columns = |role: Role| (0..roles.len()).filter(move |k| roles[*k] == role);
    let mut problems: Vec<Problem> = table
        .problems
        .iter()
        .filter(|problem| problem.column.is_none() || problem.row == 0)
        .cloned()
        .collect();
    let missing = form.needed().iter().find(|role| columns(**role).next().is_none());
    let num_samples = columns(Role::First).chain(columns(Role::Second)).count();
    let is_short = form == Form::Expression && num_samples < LEAST_SAMPLES;
    if missing.is_some() || is_short {
        let what = match missing {
            Some(Role::Value) if form == Form::Measurements => words::NO_VALUES.to_owned(),
            Some(role) => words::no_column(form.label(*role)),
            None => words::too_few_samples(LEAST_SAMPLES),
        };
        problems.push(Problem { row: 0, column: None, what });
        return (Own::default(), problems);
    }
    let mut own = Own { form, num_first: columns(Role::First).count(), ..Own::default() };
    let mut coefficients = Coefficients::default();
    for row in 0..table.num_rows() {
        let before = problems.len();
        let numbers: Vec<(Role, f64)> = NUMBERS
            .iter()
            .flat_map(|role| columns(*role).map(move |k| (*role, k)))
            .filter_map(|(role, k)| match number(table, row, k, role) {
                Ok(number) => Some((role, number)),
                Err(problem) => {
                    problems.push(problem);
                    None
                }
            })
            .collect();
        let mut texts = Vec::new();
        for (role, k) in TEXTS.iter().filter_map(|role| Some((*role, columns(*role).next()?))) {
            match table.text(row, k) {
                Ok(text) => texts.push((role, clean(text))),
                // A unit may go without a name where it is no more than one.
                Err(_) if role == Role::Name && form != Form::Coefficients => {
                    texts.push((role, words::row(row + 1)));
                }
                Err(problem) => problems.push(problem),
            }
        }
        if problems.len() == before
            && form == Form::Coefficients
            && let Err((role, what)) = coefficients.admit(&texts)
        {
            let k = columns(role).next().unwrap_or_default();
            problems.push(table.problem(row, k, &what));
        }
        if problems.len() == before {
            own.push(&numbers, texts);
        }
    }
    if own.is_empty() { (Own::default(), problems) } else { (own, problems) }
}

/// Least samples in two groups together: with two there is no variance within.
const LEAST_SAMPLES: usize = 3;
/// Columns of numbers in the order in which they are read.
const NUMBERS: [Role; 8] =
    [Role::Value, Role::Se, Role::OtherValue, Role::OtherSe, Role::N, Role::Truth, Role::First, Role::Second];
/// Columns of texts in the order in which they are read.
const TEXTS: [Role; 3] = [Role::Group, Role::Experiment, Role::Name];

/// The number in a cell, positive where it must be.
fn number(table: &Table, row: usize, k: usize, role: Role) -> Result<f64, Problem> {
    let number = table.number(row, k)?;
    let Some(name) = role.positive() else {
        // No negative zero: it would be written as such.
        return Ok(number + 0.0);
    };
    let square = number * number;
    if number > 0.0 && square > 0.0 && square.is_finite() {
        return Ok(number);
    }
    let what = words::not_positive(name, number);
    Err(table.problem(row, k, &what))
}

/// The coefficients read so far: the cell type of each experiment, and which features it has.
#[derive(Default)]
struct Coefficients {
    groups: BTreeMap<String, String>,
    features: BTreeSet<(String, String)>,
}

impl Coefficients {
    /// Takes in a row, or says what in it cannot be, given the rows before.
    fn admit(&mut self, texts: &[(Role, String)]) -> Result<(), (Role, String)> {
        let of = |role: Role| texts.iter().find(|(found, _)| *found == role).map(|(_, text)| text.clone());
        let (Some(feature), Some(experiment), Some(group)) =
            (of(Role::Name), of(Role::Experiment), of(Role::Group))
        else {
            return Ok(());
        };
        if let Some(before) = self.groups.get(&experiment).filter(|before| **before != group) {
            return Err((Role::Group, words::other_cell_type(&experiment, before)));
        }
        if !self.features.insert((experiment.clone(), feature.clone())) {
            let what = words::already(&feature, &experiment);
            return Err((Role::Name, what));
        }
        self.groups.insert(experiment, group);
        Ok(())
    }
}

/// A name without the characters that separate names in a link.
fn clean(text: &str) -> String {
    let plain = |c: char| if matches!(c, ',' | ';' | '"' | '+') || c.is_control() { ' ' } else { c };
    let short: String = text.chars().map(plain).take(MAX_NAME).collect();
    let words: Vec<&str> = short.split_whitespace().collect();
    if words.is_empty() { "–".to_owned() } else { words.join(" ") }
}

impl Own {
    /// Number of units.
    #[must_use]
    pub fn len(&self) -> usize {
        match self.form {
            Form::Expression => self.samples.len(),
            Form::Measurements | Form::Effects | Form::Coefficients => self.value.len(),
        }
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Takes in one row.
    fn push(&mut self, numbers: &[(Role, f64)], texts: Vec<(Role, String)>) {
        for (role, number) in numbers {
            match role {
                Role::Value => self.value.push(*number),
                Role::Se => self.se.push(*number),
                Role::OtherValue => self.other_value.push(*number),
                Role::OtherSe => self.other_se.push(*number),
                Role::N => self.n.push(*number),
                Role::Truth => self.truth.push(*number),
                _ => {}
            }
        }
        if self.form == Form::Expression {
            self.samples.push(numbers.iter().map(|(_, number)| *number).collect());
        }
        for (role, text) in texts {
            match role {
                Role::Group => self.groups.push(text),
                Role::Experiment => self.experiments.push(text),
                _ => self.names.push(text),
            }
        }
    }

    /// Whether the values are shares of `n`: all lie between 0 and 1 and there is no standard error.
    #[must_use]
    pub fn is_proportion(&self) -> bool {
        self.se.is_empty() && !self.n.is_empty() && self.value.iter().all(|y| (0.0..=1.0).contains(y))
    }

    /// Whether the SD of one observation is needed: there is neither a standard error nor a share.
    #[must_use]
    pub fn needs_sd(&self) -> bool {
        !self.is_empty() && self.se.is_empty() && !self.is_proportion()
    }

    /// The data as they stand in a link: rows between semicolons, the first one with the names of the columns.
    #[must_use]
    pub fn to_link(&self) -> String {
        if self.is_empty() {
            return String::new();
        }
        let used: Vec<Role> =
            self.form.written().iter().copied().filter(|role| !self.cells(*role, 0).is_empty()).collect();
        let heads = used.iter().flat_map(|role| {
            let slug = self.form.slug(*role);
            let num_columns = self.cells(*role, 0).len();
            (1..=num_columns).map(move |number| match role {
                Role::First | Role::Second => format!("{slug}{number}"),
                _ => slug.to_owned(),
            })
        });
        let mut text = heads.collect::<Vec<_>>().join(",");
        for i in 0..self.len() {
            let cells: Vec<String> = used.iter().flat_map(|role| self.cells(*role, i)).collect();
            text.push(';');
            text.push_str(&cells.join(","));
        }
        text
    }

    /// Whether a link carries the data.
    #[must_use]
    pub fn fits_in_link(&self) -> bool {
        // A row has a separator and a digit at least: much data need not be written to know.
        2 * self.len() <= MAX_FIELD && encoded(&self.to_link()).len() <= MAX_FIELD
    }

    /// Measurements in a link, and the first thing that is wrong with them.
    #[must_use]
    pub fn from_link(text: &str) -> (Self, Option<Problem>) {
        Self::from_link_as(Form::Measurements, text)
    }

    /// Rows of `form` in a link, and the first thing that is wrong with them.
    #[must_use]
    pub fn from_link_as(form: Form, text: &str) -> (Self, Option<Problem>) {
        if text.is_empty() {
            return (Self::default(), None);
        }
        let lines = text.replace(';', "\n");
        let options = Options { separator: Some(Separator::Comma), header: Header::Guess };
        let table = tables::read(&lines, options);
        let known: Vec<Option<Role>> = table
            .names
            .iter()
            .map(|name| form.written().iter().copied().find(|role| form.slug(*role) == name))
            .collect();
        let Reading { own, problems, .. } = of_table(form, &table, &known);
        (own, problems.into_iter().next())
    }

    /// Why the data cannot be trusted; `None` if they can. Those that were read always can, those of a
    /// message may not.
    pub(crate) fn fault(&self) -> Option<String> {
        let lengths = [
            self.names.len(),
            self.groups.len(),
            self.value.len(),
            self.se.len(),
            self.n.len(),
            self.truth.len(),
            self.other_value.len(),
            self.other_se.len(),
            self.experiments.len(),
            self.samples.len(),
        ];
        if lengths.iter().any(|len| *len != 0 && *len != self.len()) {
            return Some(words::UNEVEN.to_owned());
        }
        let is_there = |role: &Role| self.is_empty() || !self.cells(*role, 0).is_empty();
        if !self.form.needed().iter().all(is_there) {
            return Some(words::MISSING.to_owned());
        }
        let num_samples = self.samples.first().map_or(LEAST_SAMPLES, Vec::len);
        if num_samples < LEAST_SAMPLES || self.samples.iter().any(|row| row.len() != num_samples) {
            return Some(words::SAMPLES.to_owned());
        }
        if self.len() > tables::MAX_ROWS {
            return Some(words::too_many_rows(tables::MAX_ROWS));
        }
        let is_good = |column: &[f64]| column.iter().all(|number| number.is_finite());
        let is_positive =
            |column: &[f64]| column.iter().all(|x| *x > 0.0 && x * x > 0.0 && (x * x).is_finite());
        let names = self.names.iter().chain(&self.groups).chain(&self.experiments);
        let is_clean = names.clone().all(|name| clean(name) == *name);
        (!(is_good(&self.value)
            && is_good(&self.truth)
            && is_good(&self.other_value)
            && self.samples.iter().all(|row| is_good(row))
            && is_positive(&self.other_se)
            && is_positive(&self.se)
            && is_positive(&self.n)
            && is_clean))
            .then(|| words::OUT_OF_RANGE.to_owned())
    }

    /// What stands in the columns of `role` in row `i`; nothing if there are none.
    fn cells(&self, role: Role, i: usize) -> Vec<String> {
        let number = |column: &[f64]| column.get(i).map(f64::to_string).into_iter().collect();
        let text = |column: &[String]| column.get(i).cloned().into_iter().collect();
        let samples = |range: std::ops::Range<usize>| {
            let row = self.samples.get(i).and_then(|row| row.get(range));
            row.unwrap_or_default().iter().map(f64::to_string).collect()
        };
        match role {
            Role::Value => number(&self.value),
            Role::Se => number(&self.se),
            Role::N => number(&self.n),
            Role::Truth => number(&self.truth),
            Role::OtherValue => number(&self.other_value),
            Role::OtherSe => number(&self.other_se),
            Role::Group => text(&self.groups),
            Role::Name => text(&self.names),
            Role::Experiment => text(&self.experiments),
            Role::First => samples(0..self.num_first),
            Role::Second => samples(self.num_first..self.samples.get(i).map_or(self.num_first, Vec::len)),
            Role::Unused => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn guessed(text: &str) -> Reading {
        read(text, &[], Header::Guess)
    }

    fn told(reading: &Reading) -> Vec<String> {
        reading.problems.iter().map(Problem::to_string).collect()
    }

    #[test]
    fn columns_are_guessed_by_name_and_by_what_stands_in_them() {
        let of = |text: &str| guessed(text).roles;
        assert_eq!(of("School\tEffect\tSE\nA\t28\t15\nB\t8\t10\n"), [Role::Name, Role::Value, Role::Se]);
        assert_eq!(of("28,15\n8,10\n"), [Role::Value, Role::Se]);
        assert_eq!(
            of("town;part;y;n\na;N;1,5;4\nb;N;2;5\n"),
            [Role::Name, Role::Group, Role::Value, Role::N]
        );
        assert_eq!(of("year,rate\n1970,3\n1971,4\n"), [Role::Unused, Role::Value]);
        let chosen = read("a,b\n1,2\n3,4\n", &[Some(Role::Truth), Some(Role::Value)], Header::Guess);
        assert_eq!((chosen.own.truth, chosen.own.value), (vec![1.0, 3.0], vec![2.0, 4.0]));
        let twice = read("a,b\n1,2\n3,4\n", &[Some(Role::Value), Some(Role::Value)], Header::Guess);
        assert_eq!((twice.roles, twice.own.value), (vec![Role::Value, Role::Unused], vec![1.0, 3.0]));
    }

    #[test]
    fn good_rows_are_kept_and_bad_ones_named() {
        let reading = guessed("name,value,se\na,1,2\nb,x,0\nc,3\nd,4,5\n");
        assert_eq!(reading.own.names, ["a", "d"]);
        assert_eq!((&reading.own.value, &reading.own.se), (&vec![1.0, 4.0], &vec![2.0, 5.0]));
        assert_eq!(
            told(&reading),
            [
                "row 2, column value: “x” is not a number",
                "row 2, column se: a standard error must be above 0 and not out of range, but this is 0",
                "row 3, column se: there is no such cell",
            ]
        );
        assert_eq!((reading.num_rows, reading.first_rows.len()), (4, 4));
        assert_eq!(told(&guessed("a,b\nx,y\n")), ["no column holds the values; choose one"]);
    }

    #[test]
    fn a_link_holds_a_small_table() {
        let own = guessed("value,se\n28,15\n8,10\n").own;
        assert_eq!(own.to_link(), "value,se;28,15;8,10");
        assert_eq!(Own::from_link("value,se;28,15;8,10"), (own, None));
        assert_eq!(Own::from_link("28,15;8,10").0.se, [15.0, 10.0]);
        let (own, problem) = Own::from_link("value,se;28,15;8,x");
        assert_eq!(
            (own.len(), problem.unwrap().to_string().as_str()),
            (1, "row 2, column se: “x” is not a number")
        );
        assert!(Own::from_link("").0.is_empty());
    }

    #[test]
    fn shares_are_told_from_means() {
        assert!(guessed("value,n\n0.3,10\n0.5,20\n").own.is_proportion());
        assert!(guessed("value,n\n1.3,10\n0.5,20\n").own.needs_sd());
        assert!(!guessed("value,se\n1,1\n").own.needs_sd());
    }

    #[test]
    fn what_a_message_may_bring_is_checked() {
        let good = guessed("value,se\n28,15\n8,10\n").own;
        assert_eq!(good.fault(), None);
        assert!(Own { se: vec![1.0], ..good.clone() }.fault().is_some());
        assert!(Own { se: vec![1.0, 0.0], ..good.clone() }.fault().is_some());
        assert!(Own { value: vec![f64::NAN, 0.0], ..good.clone() }.fault().is_some());
        assert!(Own { names: vec!["a;b".into(), "c".into()], ..good }.fault().is_some());
    }

    #[test]
    fn samples_are_told_apart_by_name_or_by_halves() {
        let read = |text: &str| read_as(Form::Expression, text, &[], Header::Guess);
        let own = read("gene,A1,A2,B1\ng1,1,2,3\ng2,4,5,6\n").own;
        assert_eq!((own.num_first, &own.samples), (2, &vec![vec![1.0, 2.0, 3.0], vec![4.0, 5.0, 6.0]]));
        assert_eq!(own.names, ["g1", "g2"]);
        assert_eq!(own.to_link(), "name,a1,a2,b1;g1,1,2,3;g2,4,5,6");
        assert_eq!(Own::from_link_as(Form::Expression, &own.to_link()), (own, None));
        let halves = read("x,y,z,w\n1,2,3,4\n").own;
        assert_eq!((halves.num_first, halves.names.len()), (2, 0));
        let reading = read("gene,A1,A2,B1\ng1,1,NA,3\ng2,4,5,6\n");
        assert_eq!(
            (told(&reading), reading.own.len()),
            (vec!["row 1, column A2: “NA” is not a number".to_owned()], 1)
        );
        assert_eq!(told(&read("gene,A1,B1\ng1,1,2\n")), ["at least 3 samples are needed for a variance"]);
        assert_eq!(told(&read("gene\ng1\n")), ["no column holds the sample of the first group; choose one"]);
    }

    #[test]
    fn effects_need_both_studies() {
        let read = |text: &str| read_as(Form::Effects, text, &[], Header::Guess);
        let own = read("se_a,se_b,beta_hat_b,beta_hat_a\n0.1,0.2,0.3,0.4\n").own;
        assert_eq!([&own.value, &own.other_value, &own.se, &own.other_se], [&[0.4], &[0.3], &[0.1], &[0.2]]);
        assert_eq!(Own::from_link_as(Form::Effects, &own.to_link()), (own, None));
        assert_eq!(read("1,2,0.1,0.2\n").own.other_se, [0.2]);
        assert_eq!(
            told(&read("beta_hat_a,se_a\n1,2\n")),
            ["no column holds the effect on the trait (GWAS); choose one"]
        );
        let faulty = read("beta_hat_a,beta_hat_b,se_a,se_b\n1,2,0,0.1\n");
        assert_eq!(
            told(&faulty),
            ["row 1, column se_a: a standard error must be above 0 and not out of range, but this is 0"]
        );
    }

    #[test]
    fn coefficients_do_not_contradict_each_other() {
        let read = |rows: &str| {
            let text = format!("feature,experiment,celltype,beta_hat,se\n{rows}");
            read_as(Form::Coefficients, &text, &[], Header::Guess)
        };
        let own = read("x,1,A,0.5,0.1\ny,1,A,0.4,0.1\nx,2,B,0.3,0.1\n").own;
        assert_eq!((own.len(), &own.experiments[2], &own.groups[2]), (3, &"2".to_owned(), &"B".to_owned()));
        assert_eq!(Own::from_link_as(Form::Coefficients, &own.to_link()), (own, None));
        assert_eq!(
            told(&read("x,1,A,0.5,0.1\ny,1,B,0.4,0.1\nx,1,A,0.3,0.1\n,1,A,1,1\n")),
            [
                "row 2, column celltype: experiment 1 was of cell type A above",
                "row 3, column feature: x has a coefficient in experiment 1 already",
                "row 4, column feature: the cell is empty",
            ]
        );
    }

    proptest! {
        #[test]
        fn what_is_read_rides_in_a_link(text in "[a-cx0-9.,;\t\"\n é+-]{0,60}") {
            for form in [Form::Measurements, Form::Expression, Form::Effects, Form::Coefficients] {
                let own = read_as(form, &text, &[], Header::Guess).own;
                prop_assert_eq!(own.fault(), None);
                prop_assert_eq!(Own::from_link_as(form, &own.to_link()), (own, None));
            }
        }
    }
}
