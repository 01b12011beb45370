//! What is said of a value that a control does not take, and of what is used instead.

use crate::number;

/// What is wrong with a table of rows that the lab cannot use.
pub(super) const ANOTHER_KIND: &str = "it is of another kind";

/// - `fault`: of the reader's table.
pub(super) fn table_at_fault(label: &str, fault: &str) -> String {
    format!("{label}: {fault}; nothing is used.")
}

/// - `problem`: of the table in a link.
pub(super) fn table_with_problem(label: &str, problem: &impl std::fmt::Display) -> String {
    format!("{label}: {problem}; such rows are left out.")
}

pub(super) fn wrong_kind(label: &str) -> String {
    format!("{label} does not take such a value; the default is used.")
}

/// What is wrong with a number.
pub(super) enum WrongNumber {
    NotANumber,
    OutOfRange { min: f64, max: f64, given: f64 },
    NotWhole { given: f64 },
}

pub(super) fn number(label: &str, wrong: &WrongNumber, used: f64) -> String {
    let wrong = match wrong {
        WrongNumber::NotANumber => "is not a number".to_owned(),
        WrongNumber::OutOfRange { min, max, given } => format!(
            "must lie between {} and {}, but {} was given",
            number::plain(*min),
            number::plain(*max),
            number::exact(*given)
        ),
        WrongNumber::NotWhole { given } => {
            format!("must be a whole number, but {} was given", number::exact(*given))
        }
    };
    format!("{label} {wrong}; {} is used.", number::plain(used))
}

/// What is wrong with a list of sizes, one clause each.
pub(super) mod wrong_sizes {
    /// - `clauses`: at least one.
    pub(crate) fn sentence(label: &str, clauses: &[String]) -> String {
        format!("{label}: {}.", clauses.join("; "))
    }

    pub(crate) fn none() -> String {
        "there must be at least one region; one school in one region is used".to_owned()
    }

    pub(crate) fn too_many(given: usize, most: usize) -> String {
        format!("{given} regions were given; the first {most} are used")
    }

    /// - `k`: counted from 0.
    pub(crate) fn empty(k: usize) -> String {
        format!("region {} is empty; 1 school is used", k + 1)
    }

    /// - `k`: counted from 0.
    pub(crate) fn too_large(k: usize, size: usize, most: usize) -> String {
        format!("region {} has {size} schools; {most}, the most, is used", k + 1)
    }

    /// - `count`: regions that are mended besides those named.
    pub(crate) fn more(count: usize) -> String {
        format!("so it is with {count} regions more")
    }

    pub(crate) fn too_many_in_all(given: usize, most: usize, num_regions: usize) -> String {
        format!("{given} schools in all are too many; the first {most} are used, in {num_regions} regions")
    }
}

/// - `most`: largest count, and the most of them.
/// - `used`: as text.
pub(super) fn counts(label: &str, (max, most): (usize, usize), used: &str) -> String {
    format!("{label} must be whole numbers from 1 to {max}, at most {most} of them; {used} is used.")
}

/// - `most`: farthest in either direction.
/// - `most_units`: that can be moved.
pub(super) fn moves(label: &str, most: f64, most_units: usize) -> String {
    format!(
        "{label}: at most {most_units} units move, each by no more than {} in either direction; farther is cut short.",
        number::plain(most)
    )
}

// What can be read.
pub(super) const SIZES_EXPECTED: &str = "whole numbers with commas between them, such as 10,3,25 or 20x5";
pub(super) const COUNTS_EXPECTED: &str = "one whole number, or several with commas between them";
pub(super) const MOVES_EXPECTED: &str =
    "a unit’s number and how far it goes right and up, such as 3_0.1_-0.4, with commas between units";
pub(super) const NUMBER_EXPECTED: &str = "a number";

/// - `shown`: the text, or its beginning.
/// - `used`: as text.
pub(super) fn not_understood(label: &str, shown: &str, expected: &str, used: &str) -> String {
    format!("{label}: “{shown}” is not understood (expected: {expected}); {used} is used.")
}

/// - `group`: what one group is called.
/// - `used`: as text.
pub(super) fn no_group(label: &str, group: &str, used: &str) -> String {
    format!("{label}: there must be at least one {group}; {used} is used.")
}
