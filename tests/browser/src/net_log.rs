//! Chromium's own record of all that goes over the network, and who wanted it.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value;

/// The addresses that pages and workers of `origin` asked for, by whatever means. What the browser asks for by
/// itself is not among them.
///
/// - `log`: the file of a [`Page::open_logged`](crate::Page::open_logged), after the page is closed.
///
/// # Errors
/// If the file is none.
pub fn asked_by(origin: &str, log: &Path) -> Result<BTreeSet<String>> {
    let text = std::fs::read_to_string(log).with_context(|| format!("no record at {}", log.display()))?;
    // An event is a line; a browser that is ended leaves the last one unfinished.
    let events =
        text.lines().filter_map(|line| serde_json::from_str::<Value>(line.trim_end_matches(',')).ok());
    let wanted = events.filter_map(|event| {
        let request = &event["params"];
        (request["initiator"] == origin).then(|| request["url"].as_str().map(str::to_owned))?
    });
    Ok(wanted.collect())
}
