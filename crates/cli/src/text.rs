//! Panels as text for a terminal.

use labs::{Body, Notice, Panel, Scenario, Span, link};

/// Letters in a line.
const WIDTH: usize = 100;
/// Before every line of a panel's content.
const INDENT: &str = "    ";

/// The lab, its heading, what a person should know about the settings, and the link.
///
/// - `of_data`: what the run says of its data.
pub(crate) fn heading(scenario: &Scenario, of_data: &[Notice]) -> String {
    let (lab, values) = (scenario.lab(), scenario.values());
    let (heading, lead) = lab.heading(&values);
    let mut text = format!("{} · {heading}\n{}\n", lab.meta().name.title, link::write(scenario));
    wrap(&lead, "", &mut text);
    for notice in lab.notices(&values).iter().chain(of_data) {
        wrap(&format!("Note: {}", notice.message), "", &mut text);
    }
    text
}

/// The panel's name and title, then all that it says and shows.
pub(crate) fn panel(panel: &Panel) -> String {
    let mut text = format!("[{}] {}\n", panel.id, panel.title);
    wrap(&joined(&panel.subtitle), INDENT, &mut text);
    match &panel.body {
        Body::Figure(figure) => wrap(&plots::describe(figure), INDENT, &mut text),
        Body::Sampler(report) => {
            for stat in &report.stats {
                let remark = if stat.warning { " (out of bounds)" } else { "" };
                text += &format!("{INDENT}{}: {}{remark}\n", stat.label, stat.value);
            }
            wrap(&report.verdict, INDENT, &mut text);
        }
        Body::Text | Body::Table(_) => {}
    }
    wrap(&joined(&panel.remark), INDENT, &mut text);
    text
}

fn joined(spans: &[Span]) -> String {
    spans.iter().map(|span| span.text.as_str()).collect()
}

/// Appends `words` in lines of at most [`WIDTH`] letters, each after `indent`; a longer word has its own line.
fn wrap(words: &str, indent: &str, text: &mut String) {
    let mut line = String::new();
    for word in words.split_whitespace() {
        let needed = indent.chars().count() + line.chars().count() + 1 + word.chars().count();
        if !line.is_empty() && needed > WIDTH {
            *text += &format!("{indent}{line}\n");
            line.clear();
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line += word;
    }
    if !line.is_empty() {
        *text += &format!("{indent}{line}\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_hold_as_many_words_as_fit() {
        let wrapped = |words: &str| {
            let mut text = String::new();
            wrap(words, INDENT, &mut text);
            text
        };
        assert_eq!(wrapped(""), "");
        assert_eq!(wrapped(" one  two "), "    one two\n");
        // 4 + 95 + 1 letters would be 100 with an empty word; each μ is one letter, though two bytes.
        let long = "μ".repeat(94);
        assert_eq!(wrapped(&format!("{long} a")), format!("    {long} a\n"));
        assert_eq!(wrapped(&format!("{long}μ a")), format!("    {long}μ\n    a\n"));
    }
}
