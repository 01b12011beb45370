//! Rank plot: counts of each chain's draws in bins of the ranks of all draws, as step lines.

use crate::axes::{
    Mapping, axis_height, draw_x_axis, draw_y_axis, x_axis_height, y_axis_width, y_ticks, y_title_height,
};
use crate::pen::{Frame, Pen, stroke};
use crate::{Axis, Ranks};
use plotters::style::Color as _;

pub(crate) fn natural_height(figure: &Ranks, width: f64, scale: f64) -> f64 {
    (0.26 * width).clamp(124.0 * scale, 190.0 * scale) + axis_height(scale, &figure.x)
}

pub(crate) fn draw(figure: &Ranks, pen: &mut Pen<'_>) {
    let scale = pen.theme.scale;
    let y_axis = Axis::linear(0.0, figure.max_count, "count");
    let top = y_title_height(pen, &y_axis) + 8.0 * scale;
    let bottom = pen.height - x_axis_height(pen, &figure.x);
    let ticks = y_ticks(pen, &y_axis, bottom - top);
    let frame = Frame { left: y_axis_width(pen, &ticks), top, right: pen.width - 10.0 * scale, bottom };
    let x = Mapping::new(&figure.x, frame.left, frame.right);
    let y = Mapping::new(&y_axis, frame.bottom, frame.top);
    pen.clip(frame);
    let band = Frame { top: y.at(figure.band.1), bottom: y.at(figure.band.0), ..frame };
    pen.rect(band, pen.theme.muted.mix(0.85 * pen.theme.fill_alpha));
    pen.unclip();
    draw_x_axis(pen, &figure.x, frame);
    draw_y_axis(pen, &y_axis, &ticks, frame);
    pen.clip(frame);
    let expected = y.at(figure.expected);
    pen.line(
        (frame.left, expected),
        (frame.right, expected),
        stroke(pen.theme.muted, 1.0, pen.theme.grid_width()),
    );
    let lines: Vec<Vec<(f64, f64)>> =
        figure.counts.iter().map(|counts| steps(counts, &x, &y, figure)).collect();
    for (chain, line) in lines.iter().enumerate() {
        let color = pen.theme.chains[chain % pen.theme.chains.len()];
        pen.polyline(line, stroke(color, 0.9, pen.theme.thin_width()));
    }
    // What is beyond the band stands out by its width, over all lines.
    for (chain, (counts, line)) in figure.counts.iter().zip(&lines).enumerate() {
        let color = pen.theme.chains[chain % pen.theme.chains.len()];
        for (count, ends) in counts.iter().zip(line.chunks_exact(2)) {
            if !(figure.band.0..=figure.band.1).contains(&f64::from(*count)) {
                pen.line(ends[0], ends[1], stroke(color, 1.0, 2.4 * pen.theme.thin_width()));
            }
        }
    }
    pen.unclip();
}

/// Left and right end of each bin's count, in CSS pixels.
fn steps(counts: &[u32], x: &Mapping, y: &Mapping, figure: &Ranks) -> Vec<(f64, f64)> {
    let width = (figure.x.max - figure.x.min) / counts.len().max(1) as f64;
    let edge = |i: usize| x.at(figure.x.min + width * i as f64);
    let ends = |(i, count): (usize, &u32)| {
        let level = y.at(f64::from(*count));
        [(edge(i), level), (edge(i + 1), level)]
    };
    counts.iter().enumerate().flat_map(ends).collect()
}
