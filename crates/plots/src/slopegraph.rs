//! Slopegraph: every unit a line from row to row.

use crate::axes::{Mapping, axis_height, draw_x_axis, x_axis_height};
use crate::fixed_metrics::DESCENT;
use crate::pen::{Frame, Pen, Stroke, stroke};
use crate::{Role, Slopegraph};
use plotters::style::Color as _;

const TOP: f64 = 28.0; // CSS pixels above the first row: its label and half a mark
const BELOW: f64 = 14.0; // CSS pixels below the last row

pub(crate) fn natural_height(figure: &Slopegraph, scale: f64) -> f64 {
    let gaps = figure.rows.len().saturating_sub(1).clamp(1, 8) as f64;
    (TOP + BELOW) * scale + gaps * 96.0 * scale.sqrt() + axis_height(scale, &figure.x)
}

pub(crate) fn draw(figure: &Slopegraph, pen: &mut Pen<'_>) {
    let scale = pen.theme.scale;
    let frame = Frame {
        left: 12.0 * scale,
        top: 8.0 * scale,
        right: pen.width - 12.0 * scale,
        bottom: pen.height - x_axis_height(pen, &figure.x),
    };
    draw_x_axis(pen, &figure.x, frame);
    let x = Mapping::new(&figure.x, frame.left, frame.right);
    let first = TOP * scale;
    let step = (frame.bottom - BELOW * scale - first) / (figure.rows.len().max(2) - 1) as f64;
    let row_y = |row: usize| first + step * row as f64;
    let num_units = figure.rows.iter().map(|row| row.values.len()).max().unwrap_or(0);
    let num_groups = figure.groups.iter().max().map_or(1, |group| group + 1);
    let num_drawn = if figure.drawn.is_empty() { num_units } else { figure.drawn.len() };
    // Dense lines are fainter, so that their density shows; 640 pixels hold 24 with ease.
    let crowd = (24.0 / num_drawn.max(1) as f64 * pen.width / (640.0 * scale)).clamp(0.1, 1.0);
    let alpha = (0.75 * crowd.sqrt()).clamp(0.25, 0.75);
    let width = (0.8 + 0.7 * crowd) * scale;
    let radius = pen.theme.mark_radius() * (0.75 + 0.25 * crowd);

    pen.clip(Frame { top: 0.0, ..frame });
    let color = |pen: &Pen<'_>, unit: usize, role: Role| match figure.groups.get(unit) {
        Some(group) if num_groups > 1 => pen.theme.group_color(*group),
        _ => pen.theme.color(role),
    };
    let draw_lines = |pen: &mut Pen<'_>, unit: usize, alpha: f64, width: f64| {
        for (row, pair) in figure.rows.windows(2).enumerate() {
            if let (Some(from), Some(to)) = (pair[0].values.get(unit), pair[1].values.get(unit)) {
                let how: Stroke = stroke(color(pen, unit, pair[0].role), alpha, width);
                pen.line((x.at(*from), row_y(row)), (x.at(*to), row_y(row + 1)), how);
            }
        }
    };
    let highlighted =
        pen.highlight.and_then(|unit| usize::try_from(unit).ok()).filter(|unit| *unit < num_units);
    let is_drawn = |unit: u32| figure.drawn.is_empty() || figure.drawn.binary_search(&unit).is_ok();
    for (unit, index) in (0..num_units).zip(0_u32..).filter(|(_, index)| is_drawn(*index)) {
        let presence = pen.presence(index);
        draw_lines(pen, unit, alpha * presence, width);
    }
    for (row, data) in figure.rows.iter().enumerate() {
        for (value, unit) in data.values.iter().zip(0_u32..).filter(|(_, unit)| is_drawn(*unit)) {
            let at = (x.at(*value), row_y(row));
            let presence = pen.presence(unit);
            if !pen.is_highlighted(unit) {
                pen.mark(data.role, at, radius, presence);
            }
            pen.hot_spot(unit, at.0, at.1, radius + 6.0);
        }
    }
    if let Some(unit) = highlighted {
        draw_lines(pen, unit, 1.0, 2.4 * scale);
        for (row, data) in figure.rows.iter().enumerate() {
            if let Some(value) = data.values.get(unit) {
                pen.mark(data.role, (x.at(*value), row_y(row)), 1.35 * pen.theme.mark_radius(), 1.0);
            }
        }
    }
    pen.unclip();
    for (row, data) in figure.rows.iter().enumerate() {
        let how = pen.label();
        let base = row_y(row) - radius - 7.0 * scale;
        if row > 0 {
            // Lines pass behind the labels of all rows but the first.
            let behind = Frame {
                left: 0.0,
                top: base - 0.85 * how.size,
                right: how.width(&data.label) + 5.0 * scale,
                bottom: base + DESCENT * how.size,
            };
            pen.rounded(behind, 3.0 * scale, pen.theme.card.mix(0.85));
        }
        pen.text(0.0, base, &data.label, how);
    }
}
