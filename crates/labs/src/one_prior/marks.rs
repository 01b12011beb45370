//! Pieces of pictures that other labs have too.

use plots::{Axis, LabelAt, Line, Point, RankingRow, Role, Side};
use stats::special::normal_pdf;

use super::words;
use crate::lab::{Body, Needs, Panel, Place, Span};
use crate::number;

/// A row without a ridge: the loss here and the exact expected loss.
pub(crate) fn ranking_row(label: &str, role: Role, here: Option<f64>, expected: Option<f64>) -> RankingRow {
    RankingRow {
        label: label.to_owned(),
        role,
        here,
        expected,
        ridge: Vec::new(),
        here_text: words::or_dash(here.map(number::loss)),
        expected_text: words::or_dash(expected.map(number::loss)),
        missing: String::new(),
    }
}

/// The truth on the base line of a density.
pub(crate) fn truth_mark(truth: f64) -> Point {
    Point { x: truth, y: 0.0, role: Role::Truth, label: words::TRUTH.to_owned(), label_side: Side::Above }
}

/// Normal densities (label, whose, mean, SD) over an axis; the last one is filled.
pub(crate) fn density_lines(x: &Axis, densities: &[(&str, Role, f64, f64)]) -> Vec<Line> {
    let mut lines: Vec<Line> = densities
        .iter()
        .map(|&(label, role, mean, sd)| Line {
            label: label.to_owned(),
            label_at: LabelAt::Peak,
            role,
            points: normal_curve(mean, sd, (x.min, x.max)),
            filled: false,
            dashed: false,
        })
        .collect();
    if let Some(last) = lines.last_mut() {
        last.filled = true;
    }
    lines
}

/// Corners of the density of N(mean, sd²) within `range`, close together where it bends.
pub(crate) fn normal_curve(mean: f64, sd: f64, range: (f64, f64)) -> Vec<(f64, f64)> {
    const REACH: f64 = 4.0;
    const STEPS: i32 = 64;
    let density = |x: f64| (x, normal_pdf((x - mean) / sd) / sd);
    let inner = (0..=STEPS).map(|i| mean + sd * REACH * (2.0 * f64::from(i) / f64::from(STEPS) - 1.0));
    let mut points = vec![density(range.0)];
    points.extend(inner.filter(|x| *x > range.0 && *x < range.1).map(density));
    points.push(density(range.1));
    points
}

/// A panel that would give the truth away.
pub(crate) fn hidden(id: &str, title: String, place: Place) -> Panel {
    Panel {
        id: id.to_owned(),
        title,
        subtitle: Vec::new(),
        place,
        is_lead: false,
        needs: Needs::Nothing,
        body: Body::Text,
        remark: vec![Span::plain(words::NEEDS_THE_TRUTH)],
    }
}
