//! Traces of one parameter, one thin line a chain.

use crate::Traces;
use crate::axes::{
    Mapping, axis_height, draw_x_axis, draw_y_axis, x_axis_height, y_axis_width, y_ticks, y_title_height,
};
use crate::pen::{Frame, Pen, stroke};
use plotters::style::Color as _;

pub(crate) fn natural_height(figure: &Traces, width: f64, scale: f64) -> f64 {
    (0.26 * width).clamp(116.0 * scale, 180.0 * scale) + axis_height(scale, &figure.x)
}

pub(crate) fn draw(figure: &Traces, pen: &mut Pen<'_>) {
    let scale = pen.theme.scale;
    let top = y_title_height(pen, &figure.y) + 8.0 * scale;
    let bottom = pen.height - x_axis_height(pen, &figure.x);
    let ticks = y_ticks(pen, &figure.y, bottom - top);
    let frame = Frame { left: y_axis_width(pen, &ticks), top, right: pen.width - 10.0 * scale, bottom };
    let x = Mapping::new(&figure.x, frame.left, frame.right);
    let y = Mapping::new(&figure.y, frame.bottom, frame.top);
    let has_warmup = figure.warmup_end > figure.x.min;
    let warmup_end = x.at(figure.warmup_end).min(frame.right);
    if has_warmup {
        pen.rect(Frame { right: warmup_end, ..frame }, pen.theme.muted.mix(0.1));
    }
    draw_x_axis(pen, &figure.x, frame);
    draw_y_axis(pen, &figure.y, &ticks, frame);
    pen.clip(frame);
    let mut line = Vec::new();
    for (chain, points) in figure.chains.iter().enumerate() {
        line.clear();
        line.extend(points.iter().map(|(i, value)| (x.at(f64::from(*i)), y.at(f64::from(*value)))));
        let color = pen.theme.chains[chain % pen.theme.chains.len()];
        // One device pixel on a dense screen, and thin enough to see through elsewhere.
        pen.polyline(&line, stroke(color, 0.75, 0.9 * scale.min(1.2)));
    }
    if has_warmup {
        let how = stroke(pen.theme.muted, 0.9, pen.theme.thin_width()).dashed(3.0 * scale, 3.0 * scale);
        pen.line((warmup_end, frame.top), (warmup_end, frame.bottom), how);
    }
    pen.unclip();
    let how = pen.small();
    let label = "warmup";
    if has_warmup && warmup_end - frame.left > how.width(label) + 10.0 * scale {
        let (left, base) = (frame.left + 5.0 * scale, frame.top + 1.15 * how.size);
        let behind = Frame {
            left: left - 2.0 * scale,
            top: base - 0.9 * how.size,
            right: left + how.width(label) + 2.0 * scale,
            bottom: base + 0.25 * how.size,
        };
        pen.rounded(behind, 2.0 * scale, pen.theme.card.mix(0.85));
        pen.text(left, base, label, how);
    }
}
