//! Ranking of estimators by loss: a bar or a ridge of losses, this data set's
//! loss as the estimator's mark, the expected loss as a dashed tick.

use crate::axes::{Mapping, axis_height, draw_x_axis, x_axis_height};
use crate::fixed_metrics::{Weight, text_width};
use crate::pen::{Frame, Pen, fit, stroke};
use crate::{Ranking, RankingRow, Theme};
use plotters::style::Color as _;
use plotters::style::text_anchor::HPos;

pub(crate) fn natural_height(figure: &Ranking, width: f64, scale: f64) -> f64 {
    let text_line = if is_stacked(width, scale) { 18.0 } else { 0.0 };
    let row = if has_ridges(figure) { 38.0 } else { 29.0 } + text_line;
    let note = if figure.note.is_empty() { 0.0 } else { 18.0 };
    (row * figure.rows.len().max(1) as f64 + note + 6.0) * scale + axis_height(scale, &figure.x)
}

/// Whether labels stand above their rows for want of width.
fn is_stacked(width: f64, scale: f64) -> bool {
    width < 400.0 * scale
}

fn has_ridges(figure: &Ranking) -> bool {
    figure.rows.iter().any(|row| !row.ridge.is_empty())
}

/// "12.3 · 14.0" in two weights.
fn numbers_width(row: &RankingRow, theme: &Theme) -> f64 {
    let size = theme.small_size();
    let between = if row.here_text.is_empty() || row.expected_text.is_empty() { "" } else { " · " };
    text_width(&row.here_text, size, Weight::Semibold)
        + text_width(between, size, Weight::Regular)
        + text_width(&row.expected_text, size, Weight::Regular)
}

pub(crate) fn draw(figure: &Ranking, pen: &mut Pen<'_>) {
    let scale = pen.theme.scale;
    let stacked = is_stacked(pen.width, scale);
    let label = pen.label();
    let widest = |widths: &mut dyn Iterator<Item = f64>| widths.fold(0.0, f64::max);
    let label_width =
        widest(&mut figure.rows.iter().map(|row| label.width(&row.label))).min(0.42 * pen.width);
    let numbers = widest(&mut figure.rows.iter().map(|row| numbers_width(row, pen.theme)));
    let note = if figure.note.is_empty() { 0.0 } else { 18.0 * scale };
    let frame = Frame {
        left: if stacked { 8.0 * scale } else { label_width + 14.0 * scale },
        top: 4.0 * scale,
        right: if stacked || numbers == 0.0 {
            pen.width - 10.0 * scale
        } else {
            pen.width - numbers - 16.0 * scale
        },
        bottom: pen.height - x_axis_height(pen, &figure.x) - note,
    };
    draw_x_axis(pen, &figure.x, frame);
    let x = Mapping::new(&figure.x, frame.left, frame.right);
    let pitch = (frame.height() - 2.0 * scale) / figure.rows.len().max(1) as f64;
    let text_line = if stacked { (18.0 * scale).min(0.45 * pitch) } else { 0.0 };
    let radius = pen.theme.mark_radius().min(0.3 * pitch);
    for (i, row) in figure.rows.iter().enumerate() {
        let top = frame.top + pitch * i as f64 + text_line;
        let height = pitch - text_line;
        let is_ridge = !row.ridge.is_empty();
        let middle = if is_ridge { top + 0.6 * height } else { top + 0.5 * height };
        if is_ridge {
            draw_ridge(row, pen, &x, frame, (top + 0.04 * height, top + 0.86 * height, radius));
        } else {
            draw_bar(row, pen, &x, frame, (middle, height, radius));
        }
        let (text_y, missing_x) =
            if stacked { (top - 0.45 * text_line, frame.left) } else { (middle, frame.left + 6.0 * scale) };
        let room = if stacked { pen.width - numbers - 10.0 * scale } else { label_width + 2.0 };
        pen.text_mid(0.0, text_y, &fit(&row.label, label.size, label.weight, room), label);
        if row.missing.is_empty() {
            draw_numbers(row, pen, text_y);
        } else {
            let how = pen.small();
            let room = pen.width - missing_x;
            pen.text_mid(missing_x, middle, &fit(&row.missing, how.size, how.weight, room), how);
        }
    }
    if note > 0.0 {
        let how = pen.small().aligned(HPos::Right);
        pen.text(pen.width, pen.height - 4.0 * scale, &figure.note, how);
    }
}

fn draw_numbers(row: &RankingRow, pen: &mut Pen<'_>, y: f64) {
    let small = pen.small();
    let bold = crate::pen::Type { weight: Weight::Semibold, ink: pen.theme.ink.to_rgba(), ..small };
    let mut left = pen.width - numbers_width(row, pen.theme);
    pen.text_mid(left, y, &row.here_text, bold);
    left += bold.width(&row.here_text);
    if !row.here_text.is_empty() && !row.expected_text.is_empty() {
        // Spaces at the ends are set by position: SVG would drop them.
        pen.text_mid(left + small.width(" "), y, "·", small);
        left += small.width(" · ");
    }
    pen.text_mid(left, y, &row.expected_text, small);
}

fn draw_ridge(
    row: &RankingRow,
    pen: &mut Pen<'_>,
    x: &Mapping,
    frame: Frame,
    (top, base, radius): (f64, f64, f64),
) {
    let color = pen.theme.color(row.role);
    let y = base.floor() + 0.5;
    pen.line((frame.left, y), (frame.right, y), stroke(pen.theme.base_line, 1.0, pen.theme.grid_width()));
    if !row.missing.is_empty() {
        return;
    }
    pen.clip(Frame { top: top - 1.0, bottom: pen.height, ..frame });
    let ridge: Vec<(f64, f64)> = row
        .ridge
        .iter()
        .map(|(loss, height)| (x.at(*loss), y - height.clamp(0.0, 1.0) * (y - top)))
        .filter(|p| p.0.is_finite() && p.1.is_finite())
        .collect();
    if let (Some(first), Some(last)) = (ridge.first(), ridge.last()) {
        let mut outline = ridge.clone();
        outline.push((last.0, y));
        outline.push((first.0, y));
        pen.polygon(&outline, color.mix(1.6 * pen.theme.fill_alpha));
        pen.polyline(&ridge, stroke(color, 0.55, 0.8 * pen.theme.thin_width()));
    }
    draw_expected(row, pen, x, (top + 0.12 * (y - top), y));
    if let Some(here) = row.here {
        pen.mark(row.role, (x.at(here), y), radius, 1.0);
    }
    pen.unclip();
}

fn draw_bar(
    row: &RankingRow,
    pen: &mut Pen<'_>,
    x: &Mapping,
    frame: Frame,
    (middle, height, radius): (f64, f64, f64),
) {
    if !row.missing.is_empty() {
        return;
    }
    let scale = pen.theme.scale;
    let color = pen.theme.color(row.role);
    pen.clip(frame);
    let half = (0.17 * height).clamp(2.0 * scale, 6.0 * scale);
    // Without a loss on this data set the bar shows the expected one.
    if let Some(end) = row.here.or(row.expected) {
        let bar = Frame { left: frame.left, top: middle - half, right: x.at(end), bottom: middle + half };
        if bar.right.is_finite() && bar.right > bar.left {
            pen.rounded(bar, 2.0 * scale, color.mix(1.8 * pen.theme.fill_alpha));
        }
    }
    let reach = (half + 4.0 * scale).min(0.48 * height);
    draw_expected(row, pen, x, (middle - reach, middle + reach));
    if let Some(here) = row.here {
        pen.mark(row.role, (x.at(here), middle), radius, 1.0);
    }
    pen.unclip();
}

fn draw_expected(row: &RankingRow, pen: &mut Pen<'_>, x: &Mapping, (top, bottom): (f64, f64)) {
    if let Some(expected) = row.expected {
        let scale = pen.theme.scale;
        let how = stroke(pen.theme.color(row.role), 1.0, 1.7 * scale).dashed(2.6 * scale, 2.0 * scale);
        pen.line((x.at(expected), top), (x.at(expected), bottom), how);
    }
}
