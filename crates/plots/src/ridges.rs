//! Ridges: posterior densities one above another.

use crate::axes::{Mapping, axis_height, draw_x_axis, x_axis_height};
use crate::pen::{Frame, Pen, fit, stroke};
use crate::{Ridge, Ridges, Role};
use plotters::style::Color as _;

pub(crate) fn natural_height(figure: &Ridges, scale: f64) -> f64 {
    let num_rows = figure.drawn_rows().len().max(1) as f64;
    let row = (300.0 / num_rows).clamp(40.0, 62.0);
    (num_rows * row + 8.0) * scale + axis_height(scale, &figure.x)
}

pub(crate) fn draw(figure: &Ridges, pen: &mut Pen<'_>) {
    let scale = pen.theme.scale;
    let how = pen.label();
    let rows = figure.drawn_rows();
    let label_width = rows.iter().map(|row| how.width(&row.label)).fold(0.0, f64::max).min(0.35 * pen.width);
    let frame = Frame {
        left: label_width + 14.0 * scale,
        top: 0.0,
        right: pen.width - 10.0 * scale,
        bottom: pen.height - x_axis_height(pen, &figure.x),
    };
    draw_x_axis(pen, &figure.x, frame);
    let x = Mapping::new(&figure.x, frame.left, frame.right);
    let top = 4.0 * scale;
    let pitch = (frame.bottom - top - 2.0 * scale) / rows.len().max(1) as f64;
    // A label needs its own height; with lower rows only every second or third is set.
    let every = (1.1 * how.size / pitch).ceil().max(1.0);
    for (i, row) in rows.into_iter().enumerate() {
        let row_top = top + pitch * i as f64;
        let below = (0.22 * pitch).min(10.0 * scale);
        let base = (row_top + pitch - below).floor() + 0.5;
        pen.clip(Frame { top: row_top, bottom: row_top + pitch, ..frame });
        pen.line(
            (frame.left, base),
            (frame.right, base),
            stroke(pen.theme.base_line, 1.0, pen.theme.grid_width()),
        );
        draw_ridge(row, pen, &x, (row_top + 0.03 * pitch, base, below));
        pen.unclip();
        if (i as f64) % every == 0.0 {
            let text = fit(&row.label, how.size, how.weight, label_width + 1.0);
            pen.text_mid(0.0, 0.5 * (row_top + base) + 0.16 * pitch, &text, how);
        }
    }
}

fn draw_ridge(row: &Ridge, pen: &mut Pen<'_>, x: &Mapping, (top, base, below): (f64, f64, f64)) {
    let theme = *pen.theme;
    let scale = theme.scale;
    let y = |height: f64| base - height * (base - top);
    let bin = |i: usize| x.at(row.bin_start + row.bin_width * i as f64);
    // A hair of card between bars that are wide enough for it.
    let gap = if bin(1) - bin(0) > 1.8 { 0.2 } else { 0.0 };
    for (i, height) in row.bins.iter().enumerate().filter(|(_, height)| **height > 0.0) {
        let bar = Frame { left: bin(i) + gap, top: y(*height), right: bin(i + 1) - gap, bottom: base };
        pen.rect(bar, theme.bayes.mix(2.0 * theme.fill_alpha));
    }
    let curve: Vec<(f64, f64)> = row.curve.iter().map(|(value, height)| (x.at(*value), y(*height))).collect();
    if row.bins.is_empty()
        && let (Some(first), Some(last)) = (curve.first(), curve.last())
    {
        let mut outline = curve.clone();
        outline.push((last.0, base));
        outline.push((first.0, base));
        pen.polygon(&outline, theme.bayes.mix(0.4 * theme.fill_alpha));
    }
    pen.polyline(&curve, stroke(theme.bayes, 1.0, theme.curve_width()));
    let strip = base + 0.55 * below;
    pen.line((x.at(row.outer.0), strip), (x.at(row.outer.1), strip), stroke(theme.bayes, 0.75, 1.1 * scale));
    pen.line((x.at(row.inner.0), strip), (x.at(row.inner.1), strip), stroke(theme.bayes, 0.75, 3.0 * scale));
    pen.dot((x.at(row.median), strip), (0.42 * below).min(2.8 * scale), theme.bayes.to_rgba());
    if let Some(truth) = row.truth {
        let at = x.at(truth);
        let height = (0.3 * (base - top)).clamp(3.0 * scale, 12.0 * scale);
        pen.line(
            (at, base - height),
            (at, base + 0.15 * below),
            stroke(theme.color(Role::Truth), 1.0, 2.0 * scale),
        );
    }
}
