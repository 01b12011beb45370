//! Panels of words: the model in four lines, what to try, and what was left out.

use crate::control::{Notice, Values};
use crate::lab::{Body, Needs, Panel, Place, SamplerReport, Span};
use crate::number;

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
    panel("sampler", "The sampler", Place::Side, Body::Sampler(SamplerReport::default()))
}

/// The skeleton of every hierarchical model in four lines: data given the unit, unit given what all share, how
/// that is learned, and what one unit's estimate becomes.
pub(crate) fn four_lines(lines: [&str; 4]) -> Panel {
    let heads = [
        "Data, given the unit",
        "Unit, given what all units share",
        "How that is learned",
        "What one unit’s estimate becomes",
    ];
    let mut remark = Vec::new();
    for (i, (head, line)) in heads.into_iter().zip(lines).enumerate() {
        remark.push(Span::strong(format!("{}{head}: ", if i == 0 { "" } else { "\n" })));
        remark.push(Span::plain(line));
    }
    Panel { remark, ..panel("model", "The model in four lines", Place::Side, Body::Text) }
}

/// Questions to answer with the sliders, a line each.
pub(crate) fn questions(lines: &[&str]) -> Panel {
    Panel {
        remark: vec![Span::plain(lines.join("\n\n"))],
        ..panel("questions", "Predict, then try", Place::Side, Body::Text)
    }
}

/// What the lab leaves out of the published method.
pub(crate) fn left_out(text: &str) -> Panel {
    Panel {
        remark: vec![Span::plain(text)],
        ..panel("left-out", "What is simpler here", Place::Below, Body::Text)
    }
}

/// What to do where there are too few data of the reader's own: `text` where there are none.
pub(crate) fn invitation(text: &str, num_rows: usize, least: usize) -> Panel {
    let text = match num_rows {
        0 => text.to_owned(),
        _ => format!(
            "{num_rows} of at least {least} rows: more are needed before there is anything to learn from them."
        ),
    };
    Panel {
        is_lead: true,
        subtitle: vec![Span::plain(text)],
        ..panel("invitation", "Your own data", Place::Main, Body::Text)
    }
}

/// What is wrong with the reader's own data, beside their field; nothing as long as there are none.
pub(crate) fn problem(problem: Option<&str>, values: &Values) -> Vec<Notice> {
    let is_given = !values.table("own").is_empty();
    let message = problem.filter(|_| is_given).map(|text| format!("{}.", number::capitalized(text)));
    message.map(|message| Notice::new("own", message)).into_iter().collect()
}
