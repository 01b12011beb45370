//! Any text after the address of the page.

use labs::link::{Parsed, parse, write_framed};
use labs::{Scenario, Value};

/// Longest sentence that says what is wrong, in bytes: some lines of text beside a control.
const LONGEST_NOTICE: usize = 1000;

/// Reads `bytes` as a link, writes what was understood, and reads that.
///
/// # Panics
/// If the scenario is not valid, a notice is no sentence, or the link that is written does not give back
/// the same scenario and frame without a notice.
pub fn link(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let Parsed { scenario, frame, notices } = parse(&text);
    assert!(scenario.is_valid(), "{scenario:?}");
    for notice in &notices {
        assert!(notice.message.ends_with('.') && notice.message.len() < LONGEST_NOTICE, "{notice:?}");
        assert!(!notice.message.contains(|c: char| c.is_control()), "{notice:?}");
    }
    let written = write_framed(&scenario, &frame);
    assert!(written.is_ascii() && !written.contains([' ', '"', '<', '>']), "{written}");
    let again = parse(&written);
    assert_eq!(again.notices, [], "{written}");
    assert_eq!(again.frame, frame, "{written}");
    assert_eq!(write_framed(&again.scenario, &again.frame), written);
    if is_carried_whole(&scenario) {
        assert_eq!(again.scenario, scenario, "{written}");
    }
}

/// Whether a link holds all data of the scenario: long tables are left out.
fn is_carried_whole(scenario: &Scenario) -> bool {
    let values = (0..scenario.lab().controls().len()).map(|index| scenario.value(index));
    values.into_iter().all(|value| !matches!(value, Value::Table(own) if !own.fits_in_link()))
}
