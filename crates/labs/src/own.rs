//! Data of the reader's own: guessed columns, checked rows, and a form short enough for a link.

use serde::{Deserialize, Serialize};
pub use tables::{Header, Problem, decode};
use tables::{Options, Separator, Table};

use crate::link::{MAX_FIELD, encoded};

/// What a column means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The measurement.
    Value,
    /// Its standard error.
    Se,
    /// How many observations it is the mean of.
    N,
    /// What each unit is drawn toward the others of.
    Group,
    /// What was measured, where it is known.
    Truth,
    /// What the unit is called.
    Name,
    /// Nothing here.
    Unused,
}

impl Role {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 7] =
        [Self::Value, Self::Se, Self::N, Self::Group, Self::Truth, Self::Name, Self::Unused];

    /// Its name in a link and for a program.
    #[must_use]
    pub fn slug(self) -> &'static str {
        match self {
            Self::Value => "value",
            Self::Se => "se",
            Self::N => "n",
            Self::Group => "group",
            Self::Truth => "truth",
            Self::Name => "name",
            Self::Unused => "unused",
        }
    }

    /// Its name for the reader.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Value => "value",
            Self::Se => "standard error",
            Self::N => "n, sample size",
            Self::Group => "group",
            Self::Truth => "truth",
            Self::Name => "name",
            Self::Unused => "not used",
        }
    }

    /// Other words that tables use.
    fn words(self) -> &'static [&'static str] {
        match self {
            Self::Value => {
                &["value", "y", "x", "effect", "estimate", "mean", "rate", "score", "average", "wert"]
            }
            Self::Se => {
                &["se", "s.e.", "std.error", "stderr", "std error", "standard error", "sigma", "std_error"]
            }
            Self::N => &["n", "count", "size", "trials", "at bats", "ab", "num_obs", "sample size", "total"],
            Self::Group => &["group", "region", "class", "cluster", "gruppe"],
            Self::Truth => &["truth", "true", "theta", "mu"],
            Self::Name => &["name", "unit", "id", "school", "player", "city", "county", "label"],
            Self::Unused => &[],
        }
    }
}

/// Measurements with what is known of them. A column that was not given is empty; all others have one
/// entry for each unit.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Own {
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
}

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

/// The data in `text`, as a file or the clipboard of a spreadsheet gives it.
///
/// - `chosen`: what the reader says of each column; `None`, or a column beyond its end, is guessed.
/// - `header`: whether the first line holds names.
#[must_use]
pub fn read(text: &str, chosen: &[Option<Role>], header: Header) -> Reading {
    of_table(&tables::read(text, Options { separator: None, header }), chosen)
}

fn of_table(table: &Table, chosen: &[Option<Role>]) -> Reading {
    let roles = roles(table, chosen);
    let (own, mut problems) = rows(table, &roles);
    problems.sort_by_key(|problem| problem.row);
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
fn roles(table: &Table, chosen: &[Option<Role>]) -> Vec<Role> {
    let mut roles: Vec<Option<Role>> =
        (0..table.names.len()).map(|k| chosen.get(k).copied().flatten()).collect();
    for role in [Role::Value, Role::Se, Role::N, Role::Group, Role::Truth, Role::Name] {
        if roles.contains(&Some(role)) {
            continue;
        }
        let by_word = role.words().iter().find_map(|word| {
            (0..roles.len()).find(|k| roles[*k].is_none() && table.names[*k].to_lowercase() == *word)
        });
        if let Some(k) = by_word {
            roles[k] = Some(role);
        }
    }
    let looked_at = table.num_rows().min(50);
    let is_numeric =
        |k: usize| (0..looked_at).filter(|row| table.number(*row, k).is_ok()).count() * 2 > looked_at;
    let distinct = |k: usize| {
        let cells: std::collections::BTreeSet<&str> =
            (0..looked_at).filter_map(|row| table.text(row, k).ok()).collect();
        cells.len()
    };
    for k in 0..roles.len() {
        if roles[k].is_some() {
            continue;
        }
        let is_free = |role: Role| !roles.contains(&Some(role));
        roles[k] = Some(match is_numeric(k) {
            true if is_free(Role::Value) => Role::Value,
            // A table without names has its columns in the usual order.
            true if !table.has_header && is_free(Role::Se) => Role::Se,
            false if is_free(Role::Name) && distinct(k) == looked_at => Role::Name,
            false if is_free(Role::Group) && distinct(k) < looked_at => Role::Group,
            _ => Role::Unused,
        });
    }
    roles.into_iter().map(|role| role.unwrap_or(Role::Unused)).collect()
}

/// The rows without fault, and all faults.
fn rows(table: &Table, roles: &[Role]) -> (Own, Vec<Problem>) {
    let column = |role: Role| roles.iter().position(|found| *found == role);
    let mut problems: Vec<Problem> = table
        .problems
        .iter()
        .filter(|problem| problem.column.is_none() || problem.row == 0)
        .cloned()
        .collect();
    let Some(value) = column(Role::Value) else {
        let what = "no column holds the values; choose one".to_owned();
        problems.push(Problem { row: 0, column: None, what });
        return (Own::default(), problems);
    };
    let positive = |row: usize, k: usize, name: &str| {
        let number = table.number(row, k)?;
        let square = number * number;
        if number > 0.0 && square > 0.0 && square.is_finite() {
            return Ok(number);
        }
        let what = format!("{name} must be above 0 and not out of range, but this is {number}");
        Err(table.problem(row, k, &what))
    };
    let mut own = Own::default();
    for row in 0..table.num_rows() {
        let positive = |role: Role, name: &str| column(role).map(|k| positive(row, k, name));
        let read = [
            Some(table.number(row, value)),
            positive(Role::Se, "a standard error"),
            positive(Role::N, "a sample size"),
            column(Role::Truth).map(|k| table.number(row, k)),
        ];
        let group = column(Role::Group).map(|k| table.text(row, k));
        let before = problems.len();
        problems.extend(read.iter().flatten().filter_map(|cell| cell.clone().err()));
        problems.extend(group.iter().filter_map(|cell| cell.clone().err()));
        if problems.len() > before {
            continue;
        }
        let columns = [&mut own.value, &mut own.se, &mut own.n, &mut own.truth];
        for (column, cell) in columns.into_iter().zip(read) {
            // No negative zero: it would be written as such.
            column.extend(cell.and_then(Result::ok).map(|number| number + 0.0));
        }
        own.groups.extend(group.and_then(Result::ok).map(clean));
        if let Some(k) = column(Role::Name) {
            own.names.push(table.text(row, k).map_or_else(|_| format!("row {}", row + 1), clean));
        }
    }
    (own, problems)
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
        self.value.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.value.is_empty()
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
        let roles = [Role::Name, Role::Group, Role::Value, Role::Se, Role::N, Role::Truth];
        let used: Vec<Role> = roles.into_iter().filter(|role| self.has(*role)).collect();
        let mut text = used.iter().map(|role| role.slug()).collect::<Vec<_>>().join(",");
        for i in 0..self.len() {
            let cells: Vec<String> = used.iter().map(|role| self.cell(*role, i)).collect();
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

    /// The data in a link, and the first thing that is wrong with it.
    #[must_use]
    pub fn from_link(text: &str) -> (Self, Option<Problem>) {
        if text.is_empty() {
            return (Self::default(), None);
        }
        let lines = text.replace(';', "\n");
        let options = Options { separator: Some(Separator::Comma), header: Header::Guess };
        let table = tables::read(&lines, options);
        let known: Vec<Option<Role>> =
            table.names.iter().map(|name| Role::ALL.into_iter().find(|role| role.slug() == name)).collect();
        let Reading { own, problems, .. } = of_table(&table, &known);
        (own, problems.into_iter().next())
    }

    /// Why the data cannot be trusted; `None` if they can. Those that were read always can, those of a
    /// message may not.
    pub(crate) fn fault(&self) -> Option<String> {
        let lengths = [self.names.len(), self.groups.len(), self.se.len(), self.n.len(), self.truth.len()];
        if lengths.iter().any(|len| *len != 0 && *len != self.len()) {
            return Some("columns have different lengths".to_owned());
        }
        if self.len() > tables::MAX_ROWS {
            return Some(format!("there are more than {} rows", tables::MAX_ROWS));
        }
        let is_good = |column: &[f64]| column.iter().all(|number| number.is_finite());
        let is_positive =
            |column: &[f64]| column.iter().all(|x| *x > 0.0 && x * x > 0.0 && (x * x).is_finite());
        let names = self.names.iter().chain(&self.groups);
        let is_clean = names.clone().all(|name| clean(name) == *name);
        (!(is_good(&self.value)
            && is_good(&self.truth)
            && is_positive(&self.se)
            && is_positive(&self.n)
            && is_clean))
            .then(|| "a number or a name is out of range".to_owned())
    }

    fn has(&self, role: Role) -> bool {
        let len = match role {
            Role::Value => self.value.len(),
            Role::Se => self.se.len(),
            Role::N => self.n.len(),
            Role::Group => self.groups.len(),
            Role::Truth => self.truth.len(),
            Role::Name => self.names.len(),
            Role::Unused => 0,
        };
        len > 0
    }

    fn cell(&self, role: Role, i: usize) -> String {
        match role {
            Role::Value => self.value[i].to_string(),
            Role::Se => self.se[i].to_string(),
            Role::N => self.n[i].to_string(),
            Role::Group => self.groups[i].clone(),
            Role::Truth => self.truth[i].to_string(),
            Role::Name => self.names[i].clone(),
            Role::Unused => String::new(),
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

    proptest! {
        #[test]
        fn what_is_read_rides_in_a_link(text in "[a-cx0-9.,;\t\"\n é+-]{0,60}") {
            let own = guessed(&text).own;
            prop_assert_eq!(own.fault(), None);
            prop_assert_eq!(Own::from_link(&own.to_link()), (own, None));
        }
    }
}
