//! Box plots side by side, with this data set's value and the exact expectation.

use crate::axes::{Mapping, draw_y_axis, y_axis_width, y_ticks, y_title_height};
use crate::fixed_metrics::Weight;
use crate::labels::Labels;
use crate::pen::{Frame, Pen, fit, stroke};
use crate::{BoxPlot, BoxPlots, Direction};
use plotters::style::Color as _;
use plotters::style::text_anchor::HPos;

pub(crate) fn natural_height(width: f64, scale: f64) -> f64 {
    (0.55 * width).clamp(230.0 * scale, 330.0 * scale)
}

pub(crate) fn draw(figure: &BoxPlots, pen: &mut Pen<'_>) {
    let scale = pen.theme.scale;
    let top = y_title_height(pen, &figure.y) + 8.0 * scale;
    let ticks = y_ticks(pen, &figure.y, pen.height - top - 40.0 * scale);
    let left = y_axis_width(pen, &ticks);
    let right = pen.width - 6.0 * scale;
    let slot = (right - left) / figure.boxes.len().max(1) as f64;
    let how = crate::pen::Type { size: pen.theme.small_size(), ..pen.label().aligned(HPos::Center) };
    let wrapped: Vec<Vec<String>> =
        figure.boxes.iter().map(|b| wrap(&b.label, slot - 6.0 * scale, how.size)).collect();
    let num_lines = wrapped.iter().map(Vec::len).max().unwrap_or(0) as f64;
    let line = 1.2 * how.size;
    let frame = Frame { left, top, right, bottom: pen.height - 10.0 * scale - line * num_lines };
    draw_y_axis(pen, &figure.y, &ticks, frame);
    let y = Mapping::new(&figure.y, frame.bottom, frame.top);
    pen.clip(frame);
    let mut labels = Labels::new(Frame { top: frame.top - 8.0 * scale, ..frame });
    for rule in figure.rules.iter().filter(|rule| rule.direction == Direction::Horizontal) {
        let how =
            stroke(pen.theme.color(rule.role), 0.8, pen.theme.thin_width()).dashed(3.0 * scale, 3.0 * scale);
        pen.line((frame.left, y.at(rule.at)), (frame.right, y.at(rule.at)), how);
    }
    for (i, data) in figure.boxes.iter().enumerate() {
        let center = left + slot * (i as f64 + 0.5);
        let half = (0.3 * slot).min(26.0 * scale);
        draw_box(data, pen, &y, center, half);
        let height = (y.at(data.five[4]), y.at(data.five[0]));
        for level in [height.0, height.1, y.at(data.five[3]), y.at(data.five[1]), y.at(data.five[2])] {
            labels.take_mark((center - 0.6 * half, level), 0.5 * half);
            labels.take_mark((center + 0.6 * half, level), 0.5 * half);
        }
    }
    pen.unclip();
    for rule in figure.rules.iter().filter(|rule| rule.direction == Direction::Horizontal) {
        let at = y.at(rule.at);
        if frame.contains(frame.right, at) {
            let how = pen.small_in(rule.role);
            let width = how.width(&rule.label);
            let (above, below) = (at - 4.0 * scale, at + 4.0 * scale + 0.73 * how.size);
            // Beside the boxes: at the ends, then in the gaps between them.
            let ends = [(frame.right - width, above), (frame.left, above), (frame.right - width, below)];
            let gaps = (1..figure.boxes.len()).rev().map(|i| (left + slot * i as f64 - width / 2.0, above));
            labels.set(pen, &rule.label, how, ends.into_iter().chain(gaps));
        }
    }
    for (i, lines) in wrapped.iter().enumerate() {
        let center = left + slot * (i as f64 + 0.5);
        for (j, text) in lines.iter().enumerate() {
            pen.text(center, frame.bottom + 5.0 * scale + line * (j as f64 + 0.85), text, how);
        }
    }
}

fn draw_box(data: &BoxPlot, pen: &mut Pen<'_>, y: &Mapping, center: f64, half: f64) {
    let scale = pen.theme.scale;
    let color = pen.theme.color(data.role);
    let [low, q1, median, q3, high] = data.five.map(|value| y.at(value));
    if [low, q1, median, q3, high].iter().all(|v| v.is_finite()) {
        let thin = stroke(color, 0.9, pen.theme.thin_width());
        pen.line((center, q3), (center, high), thin);
        pen.line((center, q1), (center, low), thin);
        for end in [low, high] {
            pen.line((center - 0.45 * half, end), (center + 0.45 * half, end), thin);
        }
        let body = Frame { left: center - half, top: q3, right: center + half, bottom: q1 };
        pen.rect(body, pen.theme.card.to_rgba());
        pen.rect(body, color.mix(1.5 * pen.theme.fill_alpha));
        let corners = [
            (body.left, body.top),
            (body.right, body.top),
            (body.right, body.bottom),
            (body.left, body.bottom),
            (body.left, body.top),
        ];
        pen.polyline(&corners, thin);
        pen.line((body.left, median), (body.right, median), stroke(color, 1.0, 2.2 * scale));
    }
    // Many outliers overlie each other: fainter, so that their density shows.
    let alpha = (12.0 / data.outliers.len().max(1) as f64).clamp(0.25, 0.7);
    for value in &data.outliers {
        pen.ring((center, y.at(*value)), 2.0 * scale, color.mix(alpha), 0.9 * scale);
    }
    if let Some(expected) = data.expected {
        let at = y.at(expected);
        let how = stroke(pen.theme.ink, 1.0, 1.5 * scale).dashed(3.0 * scale, 2.0 * scale);
        pen.line((center - 1.3 * half, at), (center + 1.3 * half, at), how);
    }
    if let Some(here) = data.here {
        let at = (center, y.at(here));
        let radius = 1.2 * pen.theme.mark_radius();
        pen.dot(at, radius + 1.4 * scale, pen.theme.card.to_rgba());
        pen.mark(data.role, at, radius, 1.0);
    }
}

/// At most three lines, broken between words and after dashes.
fn wrap(label: &str, width: f64, size: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for part in label.split_inclusive([' ', '-', '–', '/']) {
        match lines.last_mut() {
            Some(line)
                if crate::text_width(&format!("{line}{}", part.trim_end()), size, Weight::Semibold)
                    <= width =>
            {
                line.push_str(part);
            }
            _ => lines.push(part.to_owned()),
        }
    }
    lines.truncate(3);
    lines
        .iter()
        .map(|line| fit(line.trim_end(), size, Weight::Semibold, width.max(size)).into_owned())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_break_between_words() {
        assert_eq!(wrap("James–Stein in region", 75.0, 11.5), ["James–Stein", "in region"]);
        assert_eq!(wrap("James–Stein in region", 50.0, 11.5), ["James–", "Stein in", "region"]);
        assert_eq!(wrap("MLE", 70.0, 11.5), ["MLE"]);
        assert!(wrap("", 70.0, 11.5).is_empty());
    }
}
