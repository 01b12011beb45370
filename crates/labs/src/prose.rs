//! Panels of words: the model in four lines, what to try, and what was left out.

use crate::control::{Notice, Values};
use crate::lab::{Body, Needs, Panel, Place, SamplerReport, Span};
use crate::number;
use crate::words::prose as words;

/// A panel with a heading and nothing else yet.
pub(crate) fn panel(id: &str, title: impl Into<String>, place: Place, body: Body) -> Panel {
    Panel {
        id: id.to_owned(),
        title: title.into(),
        subtitle: Vec::new(),
        place,
        is_lead: false,
        needs: Needs::Nothing,
        body,
        remark: Vec::new(),
    }
}

/// How the sampler fared; the engine fills it in.
pub(crate) fn sampler_card() -> Panel {
    panel("sampler", words::SAMPLER, Place::Side, Body::Sampler(SamplerReport::default()))
}

/// The skeleton of every hierarchical model in four lines: data given the unit, unit given what all share, how
/// that is learned, and what one unit's estimate becomes.
pub(crate) fn four_lines(lines: [&str; 4]) -> Panel {
    let mut remark = Vec::new();
    for (i, (head, line)) in words::FOUR_LINES.into_iter().zip(lines).enumerate() {
        remark.push(Span::strong(format!("{}{head}: ", if i == 0 { "" } else { "\n" })));
        remark.push(Span::plain(line));
    }
    Panel { remark, ..panel("model", words::MODEL, Place::Side, Body::Text) }
}

/// Questions to answer with the sliders, a line each.
pub(crate) fn questions(lines: &[&str]) -> Panel {
    Panel {
        remark: vec![Span::plain(lines.join("\n\n"))],
        ..panel("questions", words::QUESTIONS, Place::Side, Body::Text)
    }
}

/// What the lab leaves out of the published method.
pub(crate) fn left_out(text: &str) -> Panel {
    Panel { remark: vec![Span::plain(text)], ..panel("left-out", words::LEFT_OUT, Place::Below, Body::Text) }
}

/// What to do where there are too few data of the reader's own: `text` where there are none.
pub(crate) fn invitation(text: &str, num_rows: usize, least: usize) -> Panel {
    let text = match num_rows {
        0 => text.to_owned(),
        _ => words::too_few_rows(num_rows, least),
    };
    Panel {
        is_lead: true,
        subtitle: vec![Span::plain(text)],
        ..panel("invitation", words::OWN_DATA, Place::Main, Body::Text)
    }
}

/// What is wrong with the reader's own data, beside their field; nothing as long as there are none.
pub(crate) fn problem(problem: Option<&str>, values: &Values) -> Vec<Notice> {
    let is_given = !values.table("own").is_empty();
    let message = problem.filter(|_| is_given).map(|text| format!("{}.", number::capitalized(text)));
    message.map(|message| Notice::new("own", message)).into_iter().collect()
}
