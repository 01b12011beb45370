//! Cells as text and as numbers.

use crate::{Problem, Table, number};

/// Longest piece of a cell that a sentence repeats, in characters.
const SHOWN: usize = 40;

impl Table {
    /// What stands in a cell; rows and columns are counted from 0.
    ///
    /// # Errors
    /// That the cell is not there, or is empty.
    ///
    /// # Panics
    /// If there is no such row or column.
    pub fn text(&self, row: usize, column: usize) -> Result<&str, Problem> {
        match self.rows[row].get(column) {
            None => Err(self.problem(row, column, "there is no such cell")),
            Some("") => Err(self.problem(row, column, "the cell is empty")),
            Some(text) => Ok(text),
        }
    }

    /// The finite number in a cell; rows and columns are counted from 0.
    ///
    /// # Errors
    /// As [`text`](Self::text), or that it is not a number or not finite.
    ///
    /// # Panics
    /// If there is no such row or column.
    pub fn number(&self, row: usize, column: usize) -> Result<f64, Problem> {
        let text = self.text(row, column)?;
        match parse(text, self.decimal_comma) {
            Some(number) if number.is_finite() => Ok(number),
            Some(_) => Err(self.problem(row, column, &format!("“{}” is not a finite number", shown(text)))),
            None if !self.decimal_comma && parse(text, true).is_some() => {
                let what = format!("“{}” has a comma where other numbers have a point", shown(text));
                Err(self.problem(row, column, &what))
            }
            None => Err(self.problem(row, column, &format!("“{}” is not a number", shown(text)))),
        }
    }

    /// A fault of the cell at `row` and `column`, both counted from 0.
    ///
    /// # Panics
    /// If there is no such column.
    #[must_use]
    pub fn problem(&self, row: usize, column: usize, what: &str) -> Problem {
        Problem { row: row + 1, column: Some(shown(&self.names[column])), what: what.to_owned() }
    }
}

/// The number that `text` is; may be infinite. A true minus sign is a minus sign.
pub(crate) fn parse(text: &str, decimal_comma: bool) -> Option<f64> {
    let text = text.trim();
    if let Some(number) = number(text) {
        return Some(number);
    }
    let mut plain = text.replace('\u{2212}', "-");
    if decimal_comma {
        plain = plain.replace(',', ".");
    }
    number(&plain)
}

/// The beginning of a cell, on one line.
pub(crate) fn shown(text: &str) -> String {
    let mut shown: String = on_one_line(text).chars().take(SHOWN).collect();
    if text.chars().nth(SHOWN).is_some() {
        shown.push('…');
    }
    shown
}

/// A text without ends of lines and other characters that control.
pub(crate) fn on_one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
