//! Histograms one above another, counts written on the bars.

use crate::axes::{Mapping, axis_height, draw_x_axis, x_axis_height};
use crate::labels::Labels;
use crate::numbers::{decimals_for, grouped};
use crate::pen::{Frame, Pen, stroke};
use crate::{Histogram, Histograms};
use plotters::style::Color as _;
use plotters::style::text_anchor::HPos;

pub(crate) fn natural_height(figure: &Histograms, scale: f64) -> f64 {
    let num_panels = figure.panels.len().max(1) as f64;
    let panel = (330.0 / num_panels).clamp(86.0, 150.0);
    num_panels * panel * scale + axis_height(scale, &figure.x)
}

pub(crate) fn draw(figure: &Histograms, pen: &mut Pen<'_>) {
    let scale = pen.theme.scale;
    let frame = Frame {
        left: 10.0 * scale,
        top: 2.0 * scale,
        right: pen.width - 10.0 * scale,
        bottom: pen.height - x_axis_height(pen, &figure.x),
    };
    draw_x_axis(pen, &figure.x, frame);
    let x = Mapping::new(&figure.x, frame.left, frame.right);
    let pitch = frame.height() / figure.panels.len().max(1) as f64;
    let digits = decimals_for(figure.x.max - figure.x.min);
    for (i, panel) in figure.panels.iter().enumerate() {
        let top = frame.top + pitch * i as f64;
        let head = (19.0 * scale).min(0.3 * pitch);
        // Room for the count on the highest bar.
        let inner = Frame {
            top: top + head + 12.0 * scale,
            bottom: (top + pitch - 3.0 * scale).floor() + 0.5,
            ..frame
        };
        draw_panel(panel, pen, &x, inner, (figure.max_count, top + head, digits));
    }
}

fn draw_panel(
    panel: &Histogram,
    pen: &mut Pen<'_>,
    x: &Mapping,
    frame: Frame,
    (max_count, head_bottom, digits): (f64, f64, usize),
) {
    let scale = pen.theme.scale;
    let color = pen.theme.color(panel.role);
    let max_count = if max_count.is_finite() && max_count > 0.0 { max_count } else { 1.0 };
    let y = |count: f64| frame.bottom - count / max_count * frame.height();
    pen.clip(frame);
    pen.line(
        (frame.left, frame.bottom),
        (frame.right, frame.bottom),
        stroke(pen.theme.base_line, 1.0, pen.theme.grid_width()),
    );
    let edge = |i: usize| x.at(panel.bin_start + panel.bin_width * i as f64);
    let bin_width = edge(1) - edge(0);
    let gap = if bin_width > 6.0 { 0.75 } else { 0.0 };
    for (i, count) in panel.counts.iter().enumerate().filter(|(_, count)| **count > 0) {
        let bar = Frame {
            left: edge(i) + gap,
            top: y(f64::from(*count)),
            right: edge(i + 1) - gap,
            bottom: frame.bottom,
        };
        pen.rect(bar, color.mix(2.2 * pen.theme.fill_alpha));
        let outline = [(bar.left, bar.top), (bar.right, bar.top)];
        pen.polyline(&outline, stroke(color, 0.9, pen.theme.thin_width()));
    }
    let mut labels = Labels::new(Frame { top: head_bottom - 19.0 * scale, ..frame });
    if let Some(mean) = panel.mean {
        let at = x.at(mean);
        pen.clip(Frame { top: head_bottom, ..frame });
        let how = stroke(color, 1.0, 1.4 * scale).dashed(3.5 * scale, 2.5 * scale);
        pen.line((at, head_bottom), (at, frame.bottom), how);
    }
    pen.unclip();
    let how = pen.label();
    let base = head_bottom - 5.0 * scale;
    labels.set(pen, &panel.label, how, [(frame.left, base)]);
    if let Some(mean) = panel.mean.filter(|mean| frame.contains(x.at(*mean), frame.bottom)) {
        let text = format!("mean {}", grouped(mean, digits));
        let how = pen.small_in(panel.role);
        let (at, width) = (x.at(mean), how.width(&text));
        labels.set(
            pen,
            &text,
            how,
            [(at - width / 2.0, base), (at + 5.0 * scale, base), (frame.right - width, base)],
        );
    }
    let small = pen.small();
    let small = small.aligned(HPos::Center);
    let widest = panel.counts.iter().map(|count| small.width(&count.to_string())).fold(0.0, f64::max);
    // Counts stand on all bars or on none.
    if widest + 2.0 * scale <= bin_width {
        for (i, count) in panel.counts.iter().enumerate().filter(|(_, count)| **count > 0) {
            let (center, top) = (0.5 * (edge(i) + edge(i + 1)), y(f64::from(*count)));
            if frame.contains(center, top) {
                let width = small.width(&count.to_string()) + 2.0 * scale;
                let is_crossed = panel.mean.is_some_and(|mean| (x.at(mean) - center).abs() < width / 2.0);
                if is_crossed {
                    let behind = Frame {
                        left: center - width / 2.0,
                        top: top - 4.0 * scale - 0.75 * small.size,
                        right: center + width / 2.0,
                        bottom: top - 1.0 * scale,
                    };
                    pen.rect(behind, pen.theme.card.to_rgba());
                }
                pen.text(center, top - 3.0 * scale, &count.to_string(), small);
            }
        }
    }
}
