//! Programs to take away: the model and the data on screen in Stan, R and Python.
//!
//! A run answers [`Run::code`](crate::Run::code) with programs of its own, or with those of a
//! [`NormalModel`], which all labs of normal means share. Each program ends by printing numbers beside those
//! that the page shows.

mod closed;
mod normal;
mod one_mean;
mod scripts;
mod stan;
pub(crate) mod words;

pub(crate) use one_mean::OneMean;
pub(crate) use scripts::{InBoth, Scripts};
pub(crate) use stan::real;

pub use normal::{Center, Check, Extra, Form, Knowledge, NormalModel, SamplerSettings};

use plots::Table;
use serde::{Deserialize, Serialize};

/// Programs, and the data that they read where those are many.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Code {
    /// The programs, in the order of their tabs.
    pub programs: Vec<Program>,
    /// The data on screen.
    pub data: Table,
    /// Name of the file in which the programs look for the data, such as `data_seed-7_data.csv`.
    pub data_file: String,
    /// Whether the programs read that file; else the data stand in them.
    pub reads_file: bool,
}

/// One program in one file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Program {
    /// What the tab says.
    pub title: String,
    /// What it needs and does, in a sentence.
    pub about: String,
    /// Name of the file.
    pub file: String,
    /// The program, without the heading that names its source.
    pub body: String,
    /// The Stan program within, if there is one.
    pub stan: Option<String>,
}

impl Program {
    /// The file's text: a heading in comments, then the program.
    ///
    /// - `heading`: what is computed.
    /// - `address`: where the numbers on screen are to be seen again.
    #[must_use]
    pub fn text(&self, heading: &str, address: &str) -> String {
        format!("# {heading}\n# {address}\n# {}\n\n{}", self.about, self.body)
    }
}

/// `template` with each `{{name}}` replaced by its text.
pub(crate) fn filled(template: &str, parts: &[(&str, impl AsRef<str>)]) -> String {
    let mut text = template.to_owned();
    for (name, part) in parts {
        text = text.replace(&format!("{{{{{name}}}}}"), part.as_ref());
    }
    debug_assert!(!text.contains("{{"), "a place is left empty: {text}");
    text
}

/// Greatest width of a line of numbers, in characters.
const LINE_WIDTH: usize = 96;

/// `open` and the items, separated by commas and broken into lines, then `close`.
pub(crate) fn listed(open: &str, items: impl Iterator<Item = String>, close: &str) -> String {
    let items: Vec<String> = items.collect();
    let in_one_line = format!("{open}{}{close}", items.join(", "));
    if in_one_line.chars().count() <= LINE_WIDTH {
        return in_one_line;
    }
    let mut text = open.to_owned();
    let mut width = LINE_WIDTH;
    for (i, item) in items.iter().enumerate() {
        let comma = if i + 1 < items.len() { "," } else { "" };
        if width + item.len() + 2 > LINE_WIDTH {
            text.push_str("\n  ");
            width = 2;
        } else {
            text.push(' ');
            width += 1;
        }
        text.push_str(item);
        text.push_str(comma);
        width += item.len() + comma.len();
    }
    format!("{text}\n{close}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lists_are_broken_and_keep_every_item() {
        assert_eq!(listed("c(", ["1", "2"].map(str::to_owned).into_iter(), ")"), "c(1, 2)");
        let text = listed("[", (0..100).map(|i| i.to_string()), "]");
        assert!(text.lines().all(|line| line.len() <= LINE_WIDTH));
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        assert_eq!(digits, (0..100).map(|i| i.to_string()).collect::<String>());
        assert_eq!(text.matches(',').count(), 99);
    }

    #[test]
    fn a_program_says_what_it_computes_and_where_it_is_from() {
        let program = Program {
            title: "Python".to_owned(),
            about: "Needs Python 3.".to_owned(),
            file: "x.py".to_owned(),
            body: "print(1)\n".to_owned(),
            stan: None,
        };
        assert_eq!(
            program.text("Forty schools", "https://a.b/#/regions"),
            "# Forty schools\n# https://a.b/#/regions\n# Needs Python 3.\n\nprint(1)\n"
        );
    }
}
