//! Scatter plot: truth against estimates, the marks of one unit joined.

use crate::axes::{Mapping, draw_x_axis, draw_y_axis, x_axis_height, y_axis_width, y_ticks, y_title_height};
use crate::pen::{Frame, Pen, stroke};
use crate::{Role, Scatter};
use plotters::style::text_anchor::HPos;

pub(crate) fn natural_height(width: f64, scale: f64) -> f64 {
    (0.85 * width).clamp(240.0 * scale, 420.0 * scale)
}

pub(crate) fn draw(figure: &Scatter, pen: &mut Pen<'_>) {
    let scale = pen.theme.scale;
    let entries: Vec<(Role, &str)> =
        figure.series.iter().map(|series| (series.role, series.label.as_str())).collect();
    let legend = legend_lines(&entries, pen);
    let legend_height = 18.0 * scale * legend.len() as f64;
    let top = legend_height + y_title_height(pen, &figure.y) + 8.0 * scale;
    let bottom = pen.height - x_axis_height(pen, &figure.x);
    let ticks = y_ticks(pen, &figure.y, bottom - top);
    let frame = Frame { left: y_axis_width(pen, &ticks), top, right: pen.width - 10.0 * scale, bottom };
    draw_x_axis(pen, &figure.x, frame);
    draw_y_axis(pen, &figure.y, &ticks, frame);
    draw_legend(&entries, pen, &legend);
    let x = Mapping::new(&figure.x, frame.left, frame.right);
    let y = Mapping::new(&figure.y, frame.bottom, frame.top);
    pen.clip(frame);
    if figure.identity {
        let (low, high) = (figure.x.min.max(figure.y.min), figure.x.max.min(figure.y.max));
        let how = stroke(pen.theme.muted, 0.8, pen.theme.thin_width()).dashed(4.0 * scale, 3.0 * scale);
        pen.line((x.at(low), y.at(low)), (x.at(high), y.at(high)), how);
    }
    let num_drawn = if figure.drawn.is_empty() { figure.xs.len() } else { figure.drawn.len() };
    let crowd = (60.0 / num_drawn.max(1) as f64).clamp(0.1, 1.0);
    let radius = pen.theme.mark_radius() * (0.6 + 0.4 * crowd);
    let unit = |i: usize| figure.units.get(i).copied();
    let highlighted = (0..figure.xs.len()).find(|i| unit(*i).is_some_and(|unit| pen.is_highlighted(unit)));
    let is_drawn = |i: usize| {
        figure.drawn.is_empty() || unit(i).is_some_and(|unit| figure.drawn.binary_search(&unit).is_ok())
    };
    let others = (0..figure.xs.len()).filter(|i| Some(*i) != highlighted && is_drawn(*i));
    for i in others.clone() {
        let presence = unit(i).map_or(1.0, |unit| pen.presence(unit));
        join(figure, i, pen, (&x, &y), (0.45 * presence, 0.9 * scale));
    }
    for series in &figure.series {
        for i in others.clone() {
            if let Some(value) = series.ys.get(i) {
                let presence = unit(i).map_or(1.0, |unit| pen.presence(unit));
                let alpha = presence * (0.55 + 0.45 * crowd);
                pen.mark(series.role, (x.at(figure.xs[i]), y.at(*value)), radius, alpha);
            }
        }
    }
    if let Some(i) = highlighted {
        join(figure, i, pen, (&x, &y), (1.0, 2.0 * scale));
        for series in &figure.series {
            if let Some(value) = series.ys.get(i) {
                let at = (x.at(figure.xs[i]), y.at(*value));
                pen.mark(series.role, at, 1.4 * pen.theme.mark_radius(), 1.0);
            }
        }
    }
    for series in &figure.series {
        for (i, value) in series.ys.iter().enumerate().filter(|(i, _)| is_drawn(*i)) {
            if let (Some(unit), Some(at)) = (unit(i), figure.xs.get(i)) {
                pen.hot_spot(unit, x.at(*at), y.at(*value), radius + 6.0);
            }
        }
    }
    pen.unclip();
}

fn join(
    figure: &Scatter,
    i: usize,
    pen: &mut Pen<'_>,
    (x, y): (&Mapping, &Mapping),
    (alpha, width): (f64, f64),
) {
    let at = x.at(figure.xs[i]);
    let how = stroke(pen.theme.muted, alpha, width);
    for pair in figure.series.windows(2) {
        if let (Some(from), Some(to)) = (pair[0].ys.get(i), pair[1].ys.get(i)) {
            pen.line((at, y.at(*from)), (at, y.at(*to)), how);
        }
    }
}

/// Entries with their left ends, broken into lines that fit the width; those without words are left out.
pub(crate) fn legend_lines(entries: &[(Role, &str)], pen: &Pen<'_>) -> Vec<Vec<(usize, f64)>> {
    let how = pen.small();
    let scale = pen.theme.scale;
    let mut lines: Vec<Vec<(usize, f64)>> = Vec::new();
    let mut left = 0.0;
    for (i, (_, label)) in entries.iter().enumerate().filter(|(_, (_, label))| !label.is_empty()) {
        let width = 15.0 * scale + how.width(label);
        match lines.last_mut() {
            Some(line) if left + width <= pen.width => line.push((i, left)),
            _ => {
                left = 0.0;
                lines.push(vec![(i, left)]);
            }
        }
        left += width + 16.0 * scale;
    }
    lines
}

/// Marks and words above a frame, as [`legend_lines`] has laid them out.
pub(crate) fn draw_legend(entries: &[(Role, &str)], pen: &mut Pen<'_>, lines: &[Vec<(usize, f64)>]) {
    let scale = pen.theme.scale;
    for (row, line) in lines.iter().enumerate() {
        let y = (18.0 * row as f64 + 8.0) * scale;
        for (i, left) in line {
            let (role, label) = entries[*i];
            pen.mark(role, (left + 5.0 * scale, y), pen.theme.mark_radius(), 1.0);
            let how = pen.small_in(if role == Role::Truth { Role::Neutral } else { role });
            pen.text_mid(left + 15.0 * scale, y, label, how.aligned(HPos::Left));
        }
    }
}
