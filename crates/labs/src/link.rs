//! Links: `#/regions?sizes=10,3,25&sd_theta=2&seed=7`.
//!
//! The path names the lab, the query the controls that differ from their
//! defaults. Version 1 of the format is written without a number; a later one
//! will say `v=2`, and readers of it will go on reading this one.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use crate::control::{Notice, Value};
use crate::number;
use crate::registry;
use crate::scenario::Scenario;

/// Version of the format that [`write()`] writes and [`parse`] reads.
pub const LINK_VERSION: u32 = 1;

/// Longest link that is read; anything longer is not one of ours.
const MAX_LENGTH: usize = 4096;

/// Longest field that is written, in characters: a link should fit into a mail. Data that are longer stay
/// out of it.
pub const MAX_FIELD: usize = 1500;

/// What a link does not carry as it is; a space becomes a plus.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b',')
    .remove(b';')
    .remove(b'.')
    .remove(b'-')
    .remove(b'_')
    .remove(b'*')
    .remove(b' ');

/// A link as it was understood.
#[derive(Clone, Debug, PartialEq)]
pub struct Parsed {
    /// What it names, defaults in place of what could not be understood.
    pub scenario: Scenario,
    /// What could not be understood, and what is used instead.
    pub notices: Vec<Notice>,
}

/// The scenario that `link` names. Never fails: what is wrong gives a notice and a default.
///
/// - `link`: the part from `#` on, as the browser gives it, percent-encoding included.
#[must_use]
pub fn parse(link: &str) -> Parsed {
    let mut notices = Vec::new();
    if link.len() > MAX_LENGTH {
        notices
            .push(Notice::new("", "This link is too long to be one of this page; the start page is shown."));
        return Parsed { scenario: Scenario::default(), notices };
    }
    let link = link.trim_start_matches('#').trim_start_matches('/');
    let (path, query) = link.split_once('?').unwrap_or((link, ""));
    let slug = path.trim_end_matches('/');
    let Some(lab) = lab_of(slug, &mut notices) else {
        return Parsed { scenario: Scenario::default(), notices };
    };
    let mut scenario = Scenario::of_lab(lab);
    for (key, text) in form_urlencoded::parse(query.as_bytes()) {
        read_field(&mut scenario, &key, &text, &mut notices);
    }
    Parsed { scenario, notices }
}

fn lab_of(slug: &str, notices: &mut Vec<Notice>) -> Option<usize> {
    if slug.is_empty() {
        return Some(registry::start());
    }
    let found = registry::find(slug);
    if found.is_none() {
        let shown: String = percent_decode_str(slug).decode_utf8_lossy().chars().take(40).collect();
        let title = Scenario::default().lab().meta().title;
        let message = format!("There is no lab “{shown}” here; “{title}” is shown instead.");
        notices.push(Notice::new("", message));
    }
    found
}

fn read_field(scenario: &mut Scenario, key: &str, text: &str, notices: &mut Vec<Notice>) {
    if key == "v" {
        let message = match text.parse::<u32>() {
            Ok(version) if version <= LINK_VERSION => return,
            Ok(_) => {
                "This link was made by a newer version of the page; what it says in ways not known here is left out."
            }
            Err(_) => "The version that this link names is not understood; it is read as version 1.",
        };
        notices.push(Notice::new("", message));
        return;
    }
    // Unknown fields are left for other versions to understand.
    if let Some(index) = scenario.find_control(|control| control.key == key) {
        let control = &scenario.lab().controls()[index];
        let (value, notice) = control.read(text, &control.default_value());
        notices.extend(notice);
        notices.extend(scenario.set(index, value));
    }
}

/// `text` as it stands in a link.
pub(crate) fn encoded(text: &str) -> String {
    utf8_percent_encode(text, ENCODED).to_string().replace(' ', "+")
}

/// The link that names `scenario`; [`parse`] gives it back exactly, unless it holds more data than a link
/// should carry: [`Own::fits_in_link`](crate::Own::fits_in_link) tells.
#[must_use]
pub fn write(scenario: &Scenario) -> String {
    let lab = scenario.lab();
    let fields: Vec<String> = lab
        .controls()
        .iter()
        .enumerate()
        .filter(|(index, control)| *scenario.value(*index) != control.default_value())
        .filter(|(index, _)| !matches!(scenario.value(*index), Value::Table(own) if !own.fits_in_link()))
        .map(|(index, control)| format!("{}={}", control.key, encoded(&control.write(scenario.value(index)))))
        .collect();
    let query = if fields.is_empty() { String::new() } else { format!("?{}", fields.join("&")) };
    format!("#/{}{query}", lab.meta().slug)
}

/// A file name for something of `scenario`, such as `regions_seed-7`.
#[must_use]
pub fn file_stem(scenario: &Scenario) -> String {
    let slug = scenario.lab().meta().slug;
    match scenario.seed_control().map(|index| scenario.value(index)) {
        Some(Value::Number(seed)) => format!("{slug}_seed-{}", number::plain(*seed)),
        _ => slug.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_of_two_equal_fields_counts() {
        let read = parse("#/regions?seed=7&seed=8");
        assert_eq!((write(&read.scenario).as_str(), read.notices.len()), ("#/regions?seed=8", 0));
    }

    #[test]
    fn defaults_that_are_written_out_are_left_out_again() {
        let read = parse("#/regions?sizes=10,10,10,10&sd_theta=5&seed=4&pace=fast");
        assert_eq!((write(&read.scenario).as_str(), read.notices.len()), ("#/regions", 0));
    }

    #[test]
    fn a_link_of_the_greatest_length_is_still_read() {
        let link = format!("#/regions?seed=7&junk={}", "x".repeat(MAX_LENGTH - 22));
        assert_eq!(link.len(), MAX_LENGTH);
        assert_eq!(write(&parse(&link).scenario), "#/regions?seed=7");
        assert_eq!(parse(&format!("{link}x")).notices.len(), 1);
    }
}
