//! Stepped bars: how a total falls or rises from one stage to the next.

use std::fmt::Write;

use crate::axes::{Mapping, axis_height, draw_x_axis, x_axis_height};
use crate::fixed_metrics::Weight;
use crate::pen::{Frame, Pen, Type, fit, stroke};
use crate::words::{Digits, Written, axis_words, counted};
use crate::{Steps, Table};
use plotters::style::Color as _;

/// Height of a row without and with its label above it, at scale 1.
const ROW: (f64, f64) = (27.0, 45.0);

pub(crate) fn natural_height(figure: &Steps, width: f64, scale: f64) -> f64 {
    let row = if is_stacked(width, scale) { ROW.1 } else { ROW.0 };
    (row * figure.rows.len().max(1) as f64 + 8.0) * scale + axis_height(scale, &figure.x)
}

/// Whether labels stand above their bars for want of width.
fn is_stacked(width: f64, scale: f64) -> bool {
    width < 460.0 * scale
}

pub(crate) fn draw(figure: &Steps, pen: &mut Pen<'_>) {
    let scale = pen.theme.scale;
    let stacked = is_stacked(pen.width, scale);
    let (label, small) = (pen.label(), pen.small());
    let bold = Type { weight: Weight::Semibold, ink: pen.theme.ink.to_rgba(), ..small };
    let label_width =
        figure.rows.iter().map(|row| label.width(&row.label)).fold(0.0, f64::max).min(0.42 * pen.width);
    let numbers = |row: &crate::Step| bold.width(&row.text) + small.width(&row.change_text) + 6.0 * scale;
    let room = figure.rows.iter().map(numbers).fold(0.0, f64::max);
    let frame = Frame {
        left: if stacked { 8.0 * scale } else { label_width + 14.0 * scale },
        top: 4.0 * scale,
        right: pen.width - room - 12.0 * scale,
        bottom: pen.height - x_axis_height(pen, &figure.x),
    };
    draw_x_axis(pen, &figure.x, frame);
    let x = Mapping::new(&figure.x, frame.left, frame.right);
    let pitch = (frame.height() - 2.0 * scale) / figure.rows.len().max(1) as f64;
    let text_line = if stacked { (18.0 * scale).min(0.45 * pitch) } else { 0.0 };
    let half = (0.3 * (pitch - text_line)).clamp(2.0, 9.0 * scale);
    let mut before: Option<(f64, f64)> = None;
    for (i, row) in figure.rows.iter().enumerate() {
        let top = frame.top + pitch * i as f64;
        let middle = top + text_line + 0.5 * (pitch - text_line);
        let color = pen.theme.color(row.role);
        let end = x.at(row.value).min(frame.right).max(frame.left);
        pen.clip(frame);
        let bar = Frame { left: frame.left, top: middle - half, right: end, bottom: middle + half };
        pen.rect(bar, color.mix(1.8 * pen.theme.fill_alpha));
        if let Some((last, from)) = before {
            // What this step has won, or lost beyond the bar before it.
            let part = Frame { left: last.min(end), right: last.max(end), ..bar };
            let ink = if end > last { pen.theme.warning.mix(0.5) } else { pen.theme.muted.mix(0.14) };
            pen.rect(part, ink);
            let how = stroke(pen.theme.muted, 0.7, pen.theme.grid_width()).dashed(2.0 * scale, 2.0 * scale);
            pen.line((last, from), (last, middle + half), how);
        }
        pen.line((end, middle - half - 2.0), (end, middle + half + 2.0), stroke(color, 1.0, 2.2 * scale));
        pen.unclip();
        let (text_y, room_for_label) =
            if stacked { (top + 0.5 * text_line, pen.width) } else { (middle, label_width + 2.0) };
        pen.text_mid(0.0, text_y, &fit(&row.label, label.size, label.weight, room_for_label), label);
        let text_x = before.map_or(end, |(last, _)| last.max(end)) + 7.0 * scale;
        pen.text_mid(text_x, middle, &row.text, bold);
        pen.text_mid(text_x + bold.width(&row.text) + 6.0 * scale, middle, &row.change_text, small);
        before = Some((end, middle + half));
    }
}

pub(crate) fn words(figure: &Steps, text: &mut String) -> Written {
    if figure.rows.is_empty() {
        return write!(text, "Stepped bars without steps.");
    }
    write!(text, "Stepped bars: {}.", counted(figure.rows.len(), "stage", "stages"))?;
    for row in &figure.rows {
        write!(text, " {}: {}", row.label, row.text)?;
        if !row.change_text.is_empty() {
            write!(text, " ({})", row.change_text)?;
        }
        text.push('.');
    }
    axis_words("horizontal", &figure.x, text)
}

pub(crate) fn table(figure: &Steps) -> Table {
    let digits = Digits::of(&figure.x);
    let mut before = None;
    let rows = figure
        .rows
        .iter()
        .map(|row| {
            let change = before.map(|before| row.value - before);
            before = Some(row.value);
            vec![row.label.clone(), digits.cell(row.value), digits.cell_or_empty(change)]
        })
        .collect();
    Table { columns: ["stage", "value", "change"].map(str::to_owned).into(), rows }
}
