//! Curves: lines, areas, marked points and rules on two axes.

use crate::axes::{
    Mapping, axis_height, draw_x_axis, draw_y_axis, draw_y_title, x_axis_height, y_axis_width, y_ticks,
    y_title_height,
};
use crate::labels::{Labels, Place, around};
use crate::pen::{Frame, Pen, Type, stroke};
use crate::{Curves, Direction, LabelAt, Rule};
use plotters::style::Color as _;

pub(crate) fn natural_height(figure: &Curves, width: f64, scale: f64) -> f64 {
    // Densities are read by their place, curves with numbers also by their height.
    let (share, least, most) = if figure.y_labels { (0.5, 150.0, 230.0) } else { (0.28, 120.0, 190.0) };
    (share * width).clamp(least * scale, most * scale) + axis_height(scale, &figure.x)
}

pub(crate) fn draw(figure: &Curves, pen: &mut Pen<'_>) {
    let scale = pen.theme.scale;
    let bottom = pen.height - x_axis_height(pen, &figure.x);
    let has_top_label =
        figure.rules.iter().any(|rule| rule.direction == Direction::Vertical && !rule.label.is_empty());
    let head =
        if has_top_label || figure.lines.iter().any(|line| !line.label.is_empty()) { 16.0 } else { 8.0 };
    let top = y_title_height(pen, &figure.y) + head * scale;
    let ticks = if figure.y_labels { y_ticks(pen, &figure.y, bottom - top) } else { Vec::new() };
    let left = if ticks.is_empty() { 10.0 * scale } else { y_axis_width(pen, &ticks).max(10.0 * scale) };
    let frame = Frame { left, top, right: pen.width - 10.0 * scale, bottom };
    draw_x_axis(pen, &figure.x, frame);
    if ticks.is_empty() {
        draw_y_title(pen, &figure.y, frame);
        let base = stroke(pen.theme.base_line, 1.0, pen.theme.grid_width());
        let y = frame.bottom.floor() + 0.5;
        pen.line((frame.left, y), (frame.right, y), base);
    } else {
        draw_y_axis(pen, &figure.y, &ticks, frame);
    }
    let x = Mapping::new(&figure.x, frame.left, frame.right);
    let y = Mapping::new(&figure.y, frame.bottom, frame.top);
    let bounds =
        Frame { left: 0.0, top: frame.top - head * scale, right: pen.width, bottom: frame.bottom - 1.0 };
    let mut labels = Labels::new(bounds);

    pen.clip(frame);
    for rule in &figure.rules {
        draw_rule(rule, pen, frame, (&x, &y));
        labels.take_line(&rule_ends(rule, frame, (&x, &y)));
    }
    let mut lines = Vec::with_capacity(figure.lines.len());
    for line in &figure.lines {
        let points: Vec<(f64, f64)> = line.points.iter().map(|p| (x.at(p.0), y.at(p.1))).collect();
        if line.filled
            && let (Some(first), Some(last)) = (points.first(), points.last())
        {
            let mut outline = points.clone();
            outline.push((last.0, frame.bottom));
            outline.push((first.0, frame.bottom));
            outline.retain(|p| p.0.is_finite() && p.1.is_finite());
            pen.polygon(&outline, pen.theme.color(line.role).mix(pen.theme.fill_alpha));
        }
        lines.push(points);
    }
    for (line, points) in figure.lines.iter().zip(&lines) {
        let how = stroke(pen.theme.color(line.role), 1.0, pen.theme.curve_width());
        let how = if line.dashed {
            crate::pen::Stroke { width: pen.theme.thin_width(), ..how }.dashed(4.0 * scale, 3.0 * scale)
        } else {
            how
        };
        pen.polyline(points, how);
        labels.take_line(points);
    }
    let radius = 1.2 * pen.theme.mark_radius();
    for point in &figure.points {
        let at = (x.at(point.x), y.at(point.y));
        pen.mark(point.role, at, radius, 1.0);
        if frame.contains(at.0, at.1) {
            labels.take_mark(at, radius);
        }
    }
    for dots in &figure.dots {
        for dot in &dots.dots {
            let (at_x, at_y) = (x.at(dot.x), y.at(dot.y));
            let how = stroke(pen.theme.color(dots.role), 0.9, pen.theme.thin_width());
            // On a logarithmic axis the lower end may not exist: the bar then runs out of the frame.
            let end = |value: f64| Some(y.at(value)).filter(|y| y.is_finite());
            let low = end(dot.y - 2.0 * dot.error).unwrap_or(frame.bottom + 1.0);
            pen.line((at_x, low), (at_x, end(dot.y + 2.0 * dot.error).unwrap_or(at_y)), how);
            pen.mark(dots.role, (at_x, at_y), 0.8 * pen.theme.mark_radius(), 1.0);
        }
    }
    pen.unclip();

    for rule in &figure.rules {
        label_rule(rule, pen, &mut labels, frame, (&x, &y));
    }
    for point in &figure.points {
        let at = (x.at(point.x), y.at(point.y));
        if frame.contains(at.0, at.1) {
            let how = pen.small_in(point.role);
            let places = around(at, radius + 4.0 * scale, point.label_side, &point.label, how);
            labels.set(pen, &point.label, how, places);
        }
    }
    for (line, points) in figure.lines.iter().zip(&lines) {
        let how = pen.small_in(line.role);
        if line.label_at == LabelAt::Nowhere {
            continue;
        }
        let places = line_places(points, line.label_at, frame, how.width(&line.label), how);
        if line.label_at == LabelAt::Along {
            labels.set_over(pen, &line.label, how, places);
        } else {
            labels.set(pen, &line.label, how, places);
        }
    }
}

pub(crate) fn draw_rule(rule: &Rule, pen: &mut Pen<'_>, frame: Frame, (x, y): (&Mapping, &Mapping)) {
    let scale = pen.theme.scale;
    let how =
        stroke(pen.theme.color(rule.role), 0.8, pen.theme.thin_width()).dashed(3.0 * scale, 3.0 * scale);
    pen.polyline(&rule_ends(rule, frame, (x, y)), how);
}

fn rule_ends(rule: &Rule, frame: Frame, (x, y): (&Mapping, &Mapping)) -> [(f64, f64); 2] {
    match rule.direction {
        Direction::Vertical => [(x.at(rule.at), frame.top), (x.at(rule.at), frame.bottom)],
        Direction::Horizontal => [(frame.left, y.at(rule.at)), (frame.right, y.at(rule.at))],
    }
}

pub(crate) fn label_rule(
    rule: &Rule,
    pen: &mut Pen<'_>,
    labels: &mut Labels,
    frame: Frame,
    (x, y): (&Mapping, &Mapping),
) {
    let how = pen.small_in(rule.role);
    let width = how.width(&rule.label);
    let (at, end) = match rule.direction {
        Direction::Vertical => (x.at(rule.at), frame.top),
        Direction::Horizontal => (frame.right, y.at(rule.at)),
    };
    if !frame.contains(at, end) {
        return;
    }
    let gap = 4.0 * pen.theme.scale;
    match rule.direction {
        Direction::Vertical => {
            let below = end + how.size;
            labels.set(
                pen,
                &rule.label,
                how,
                [
                    (at - width / 2.0, end - gap),
                    (at + gap, below),
                    (at - gap - width, below),
                    (at + gap, below + 1.3 * how.size),
                    (at - gap - width, below + 1.3 * how.size),
                ],
            );
        }
        Direction::Horizontal => {
            labels.set(
                pen,
                &rule.label,
                how,
                [
                    (at - width, end - gap),
                    (at - width, end + gap + how.size * 0.75),
                    (frame.left + gap, end - gap),
                    (frame.left + gap, end + gap + how.size * 0.75),
                ],
            );
        }
    }
}

pub(crate) fn line_places(
    points: &[(f64, f64)],
    at: LabelAt,
    frame: Frame,
    width: f64,
    how: Type,
) -> Vec<Place> {
    let visible =
        || points.iter().copied().filter(|p| p.0 >= frame.left && p.0 <= frame.right && p.1.is_finite());
    let Some(peak) = visible().reduce(|best, p| if p.1 < best.1 { p } else { best }) else {
        return Vec::new();
    };
    let peak = (peak.0, peak.1.max(frame.top));
    let Some(end) = visible().next_back() else {
        return Vec::new();
    };
    let gap = 0.45 * how.size;
    let centered = peak.0 - width / 2.0;
    // Down the flanks: where the line stands at these shares of its height.
    let flanks = |is_right: bool| {
        let height = frame.bottom - peak.1;
        [0.85, 0.7, 0.55, 0.4, 0.25].into_iter().filter_map(move |share| {
            let level = frame.bottom - share * height;
            // Beside the label's lower edge, where the flank is furthest out.
            let foot = (level + 0.6 * how.size).min(frame.bottom);
            let crossing = if is_right {
                visible().rfind(|p| p.0 >= peak.0 && p.1 <= foot)
            } else {
                visible().find(|p| p.0 <= peak.0 && p.1 <= foot)
            }?;
            let x = if is_right { crossing.0 + 1.4 * gap } else { crossing.0 - 1.4 * gap - width };
            Some((x, level + how.half_cap()))
        })
    };
    let above_peak = [(centered, peak.1 - gap), (centered, peak.1 - gap - 1.2 * how.size)];
    match at {
        LabelAt::Nowhere => Vec::new(),
        LabelAt::Peak => above_peak.into_iter().chain(flanks(true)).chain(flanks(false)).collect(),
        LabelAt::PeakLeft => {
            flanks(false).chain([(peak.0 - 0.9 * width, peak.1 - gap)]).chain(above_peak).collect()
        }
        LabelAt::PeakRight => {
            flanks(true).chain([(peak.0 - 0.1 * width, peak.1 - gap)]).chain(above_peak).collect()
        }
        LabelAt::Along => {
            let mut places = Vec::new();
            for share in [0.98, 0.86, 0.74, 0.62, 0.5, 0.38, 0.26, 0.14, 0.02] {
                let x = frame.left + share * (frame.width() - width);
                let under = || visible().filter(|p| p.0 >= x && p.0 <= x + width).map(|p| p.1);
                let (top, bottom) =
                    under().fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), y| (a.min(y), b.max(y)));
                if top >= frame.top && bottom <= frame.bottom {
                    places.push((x, top - gap));
                    places.push((x, bottom + gap + 0.73 * how.size));
                }
            }
            places
        }
        LabelAt::End => {
            let x = end.0 - width;
            let highest_below = visible().filter(|p| p.0 >= x).map(|p| p.1).fold(f64::INFINITY, f64::min);
            let lowest = visible().filter(|p| p.0 >= x).map(|p| p.1).fold(f64::NEG_INFINITY, f64::max);
            let mut places = Vec::new();
            for lift in [0.0, 0.6, 1.2, 2.4] {
                places.push((x, highest_below - gap - lift * how.size));
                places.push((x, lowest + gap + (0.73 + lift) * how.size));
            }
            places
        }
    }
}
