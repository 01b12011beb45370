//! What is wrong, and where.

use std::fmt;

/// One thing that is wrong with a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Row, counted from 1 below the names of the columns; 0 for the names themselves.
    pub row: usize,
    /// Name of the column; `None` where it is not a matter of one.
    pub column: Option<String>,
    /// The fault, without a full stop.
    pub what: String,
}

impl Problem {
    /// Puts `problems` in the order of their rows. Compiled once, as a sort is some kilobytes of every download.
    #[inline(never)]
    pub fn sort(problems: &mut [Self]) {
        problems.sort_by_key(|problem| problem.row);
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.row, &self.column) {
            (0, _) => write!(f, "{}", self.what),
            (row, Some(column)) => write!(f, "row {row}, column {column}: {}", self.what),
            (row, None) => write!(f, "row {row}: {}", self.what),
        }
    }
}

impl std::error::Error for Problem {}
