//! Links: `#/regions?sizes=10,3,25&sd_theta=2&seed=7`.
//!
//! The path names the lab, the query the controls that differ from their
//! defaults. `#/lecture/7?sd_theta=2` names a chapter of the lecture and the controls that differ from its
//! settings. A field may have a second, shorter name, which is the one written, so that the link of every preset
//! fits a QR code of large modules; the first name is read for ever. Beside them stand the fields of a [`Frame`]. Version 1 of the format is written without a number; a later one
//! will say `v=2`, and readers of it will go on reading this one.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use crate::control::{Notice, Value};
use crate::frame::Frame;
use crate::lecture::NUM_CHAPTERS;
use crate::library::{Library, library};
use crate::number;
use crate::registry;
use crate::scenario::Scenario;
use crate::words::link as words;

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
    /// What stands around it.
    pub frame: Frame,
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
        notices.push(Notice::new("", words::TOO_LONG));
        return Parsed { scenario: Scenario::default(), frame: Frame::default(), notices };
    }
    let (slug, query) = parts(link);
    let chapter = chapter_of(slug, &mut notices);
    let mut frame = Frame { chapter, ..Frame::default() };
    let Some(base) =
        chapter.map(chapter_scenario).or_else(|| lab_of(slug, &mut notices).map(Scenario::of_lab))
    else {
        return Parsed { scenario: Scenario::default(), frame, notices };
    };
    let mut scenario = base.clone();
    for (key, text) in form_urlencoded::parse(query.as_bytes()) {
        if !frame.read(&key, &text) {
            read_field(&mut scenario, &base, &key, &text, &mut notices);
        }
    }
    Parsed { scenario, frame, notices }
}

/// Whether `link` names a lab or a chapter that is not in the [`library`](crate::library) yet: then it cannot be read.
#[must_use]
pub fn awaits(link: &str) -> bool {
    is_missing(link, library())
}

fn is_missing(link: &str, library: &Library) -> bool {
    let (slug, _) = parts(link);
    let no_lab = || registry::find(slug).is_some_and(|lab| library.lab(lab).is_none());
    let no_chapter = || library.chapter(0).is_none() && chapter_of(slug, &mut Vec::new()).is_some();
    link.len() <= MAX_LENGTH && (no_lab() || no_chapter())
}

/// Path and query of a link.
fn parts(link: &str) -> (&str, &str) {
    let link = link.trim_start_matches('#').trim_start_matches('/');
    let (path, query) = link.split_once('?').unwrap_or((link, ""));
    (path.trim_end_matches('/'), query)
}

/// Path of the lecture's chapters, with the number of one after it.
const LECTURE: &str = "lecture";

/// The chapter that a path names; the first for the lecture without a number, the nearest for a wrong one.
fn chapter_of(path: &str, notices: &mut Vec<Notice>) -> Option<usize> {
    let rest = path.strip_prefix(LECTURE)?;
    let number = match rest.strip_prefix('/') {
        Some(number) => number,
        None if rest.is_empty() => return Some(0),
        None => return None,
    };
    let last = NUM_CHAPTERS;
    match number.parse::<usize>() {
        Ok(number) if (1..=last).contains(&number) => Some(number - 1),
        _ => {
            let message = words::no_chapter(last, &shown(&percent_decode_str(number).decode_utf8_lossy()));
            notices.push(Notice::new("", message));
            Some(0)
        }
    }
}

/// The settings that chapter `index` begins with.
///
/// # Panics
/// If there is no such chapter in the [`library`](crate::library).
#[must_use]
pub fn chapter_scenario(index: usize) -> Scenario {
    let chapter = library().chapter(index).unwrap_or_else(|| panic!("chapter {index} is not in the library"));
    parse(chapter.link).scenario
}

fn lab_of(slug: &str, notices: &mut Vec<Notice>) -> Option<usize> {
    if slug.is_empty() {
        return Some(registry::START);
    }
    let found = registry::find(slug);
    if found.is_none() {
        let title = Scenario::default().lab().meta().name.title;
        let message = words::no_lab(&shown(&percent_decode_str(slug).decode_utf8_lossy()), title);
        notices.push(Notice::new("", message));
    }
    found
}

/// The beginning of what stands in a link, for a sentence: nothing in it ends the line or controls anything.
pub(crate) fn shown(text: &str) -> String {
    text.chars().take(40).map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}

/// Takes one field of a link; what it does not say well is as in `base`.
fn read_field(scenario: &mut Scenario, base: &Scenario, key: &str, text: &str, notices: &mut Vec<Notice>) {
    if key == "v" {
        let message = match text.parse::<u32>() {
            Ok(version) if version <= LINK_VERSION => return,
            Ok(_) => words::NEWER,
            Err(_) => words::STRANGE_VERSION,
        };
        notices.push(Notice::new("", message));
        return;
    }
    // Unknown fields are left for other versions to understand.
    if let Some(index) = scenario.find_control(|control| control.is_called(key)) {
        let control = &scenario.lab().controls()[index];
        let (value, notice) = control.read(text, base.value(index));
        notices.extend(notice);
        notices.extend(scenario.set(index, value));
    }
}

/// `text` as it stands in a link.
pub(crate) fn encoded(text: &str) -> String {
    utf8_percent_encode(text, ENCODED).to_string().replace(' ', "+")
}

/// The link that names `scenario` on a page by itself; [`parse`] gives it back exactly, unless it holds more
/// data than a link should carry: [`Own::fits_in_link`](crate::Own::fits_in_link) tells.
#[must_use]
pub fn write(scenario: &Scenario) -> String {
    write_framed(scenario, &Frame::default())
}

/// The link that names `scenario` in `frame`, as [`write()`] does. A chapter that begins with another lab is
/// left: the link then names the lab.
#[must_use]
pub fn write_framed(scenario: &Scenario, frame: &Frame) -> String {
    let lab = scenario.lab();
    let chapter = frame.chapter.map(|index| (index, chapter_scenario(index)));
    let (path, base) = match chapter {
        Some((index, base)) if base.lab_index() == scenario.lab_index() => {
            (format!("{LECTURE}/{}", index + 1), base)
        }
        _ => (lab.meta().name.slug.to_owned(), Scenario::of_lab(scenario.lab_index())),
    };
    let frame = frame.fields().into_iter().map(|(key, text)| format!("{key}={text}"));
    let fields: Vec<String> = lab
        .controls()
        .iter()
        .enumerate()
        .filter(|(index, _)| scenario.value(*index) != base.value(*index))
        .filter(|(index, control)| control.fits_in_link(scenario.value(*index)))
        .map(|(index, control)| {
            format!("{}={}", control.written_key(), encoded(&control.write(scenario.value(index))))
        })
        .chain(frame)
        .collect();
    let query = if fields.is_empty() { String::new() } else { format!("?{}", fields.join("&")) };
    format!("#/{path}{query}")
}

/// A file name for something of `scenario`, such as `regions_seed-7`.
#[must_use]
pub fn file_stem(scenario: &Scenario) -> String {
    let slug = scenario.lab().meta().name.slug;
    match scenario.seed_control().map(|index| scenario.value(index)) {
        Some(Value::Number(seed)) => format!("{slug}_seed-{}", number::plain(*seed)),
        _ => slug.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::START_PAGE;

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
    fn the_start_page_reads_what_leads_to_it_and_awaits_the_rest() {
        for read in ["", "#", "#/", "#/regions", "#/regions/?seed=7&present=2", "#/no-such-lab", "#/lectures"]
        {
            assert!(!is_missing(read, &START_PAGE), "{read}");
        }
        for awaited in ["#/one-prior", "#/data?set=rats", "#/lecture", "#/lecture/3/", "#/lecture/99"] {
            assert!(is_missing(awaited, &START_PAGE) && !awaits(awaited), "{awaited}");
        }
        // What is not read at all needs nothing.
        assert!(!is_missing(&format!("#/data?{}", "x".repeat(MAX_LENGTH)), &START_PAGE));
    }

    #[test]
    fn a_chapter_and_its_frame_go_through_the_link() {
        for (link, written) in [
            ("#/lecture", "#/lecture/1"),
            ("#/lecture/2/", "#/lecture/2"),
            ("#/lecture/3?a=9&seed=7", "#/lecture/3?a=9&seed=7"),
            ("#/lecture/3?present&questions=off", "#/lecture/3?present=1&questions=off"),
            ("#/regions?embed=on&keys=off&sd_theta=2", "#/regions?sd_theta=2&embed=on&keys=off"),
            ("#/regions?present=0&embed=off", "#/regions"),
        ] {
            let read = parse(link);
            assert_eq!(
                (write_framed(&read.scenario, &read.frame).as_str(), read.notices),
                (written, Vec::new())
            );
        }
        for link in ["#/lecture/0", "#/lecture/1000", "#/lecture/-1", "#/lecture/x"] {
            let read = parse(link);
            assert_eq!((read.frame.chapter, read.notices.len()), (Some(0), 1), "{link}");
        }
        assert_eq!(parse("#/lectures").frame, Frame::default());
    }

    #[test]
    fn no_control_has_the_key_of_a_frame() {
        for control in registry::LABS.iter().flat_map(|lab| lab.controls()) {
            assert!(!crate::frame::KEYS.contains(&control.key) && control.key != "v", "{}", control.key);
        }
    }

    #[test]
    fn a_link_of_the_greatest_length_is_still_read() {
        let link = format!("#/regions?seed=7&junk={}", "x".repeat(MAX_LENGTH - 22));
        assert_eq!(link.len(), MAX_LENGTH);
        assert_eq!(write(&parse(&link).scenario), "#/regions?seed=7");
        assert_eq!(parse(&format!("{link}x")).notices.len(), 1);
    }
}
