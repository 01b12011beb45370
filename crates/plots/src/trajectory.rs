//! One trajectory of a sampler over the contours of a density of two parameters.

use crate::axes::{Mapping, draw_x_axis, draw_y_axis, x_axis_height, y_axis_width, y_ticks, y_title_height};
use crate::labels::{Labels, around};
use crate::pen::{Frame, Pen, clip_segment, stroke};
use crate::{Contour, Role, Side, Trajectory};
use plotters::style::Color as _;

pub(crate) fn natural_height(width: f64, scale: f64) -> f64 {
    (0.85 * width).clamp(250.0 * scale, 480.0 * scale)
}

pub(crate) fn draw(figure: &Trajectory, pen: &mut Pen<'_>) {
    let scale = pen.theme.scale;
    let top = y_title_height(pen, &figure.y) + 8.0 * scale;
    let bottom = pen.height - x_axis_height(pen, &figure.x);
    let ticks = y_ticks(pen, &figure.y, bottom - top);
    let frame = Frame { left: y_axis_width(pen, &ticks), top, right: pen.width - 10.0 * scale, bottom };
    draw_x_axis(pen, &figure.x, frame);
    draw_y_axis(pen, &figure.y, &ticks, frame);
    let x = Mapping::new(&figure.x, frame.left, frame.right);
    let y = Mapping::new(&figure.y, frame.bottom, frame.top);
    let place = |p: (f64, f64)| (x.at(p.0), y.at(p.1));
    let mut labels = Labels::new(Frame {
        left: frame.left + 2.0 * scale,
        top: frame.top + 2.0 * scale,
        right: frame.right - 2.0 * scale,
        bottom: frame.bottom - 2.0 * scale,
    });

    pen.clip(frame);
    for contour in &figure.contours {
        draw_contour(contour, pen, frame, place);
    }
    let crowd = (150.0 / figure.draws.len().max(1) as f64).sqrt().clamp(0.55, 1.0);
    for draw in &figure.draws {
        pen.dot(place(*draw), 1.7 * crowd * scale, pen.theme.muted.mix(0.55 * crowd));
    }
    if let Some(truth) = figure.truth {
        pen.mark(Role::Truth, place(truth), 1.5 * pen.theme.mark_radius(), 1.0);
    }
    let radius = pen.theme.mark_radius();
    let start = place(figure.start);
    draw_steps(figure, pen, frame, (start, &mut labels), place);
    pen.dot(start, 1.3 * radius, pen.theme.card.to_rgba());
    pen.ring(start, 1.3 * radius, pen.theme.ink.to_rgba(), 1.5 * pen.theme.thin_width());
    let chosen = figure.chosen.map(place);
    if let Some(chosen) = chosen {
        pen.dot(chosen, 1.9 * radius, pen.theme.card.to_rgba());
        pen.ring(chosen, 1.9 * radius, pen.theme.ink.to_rgba(), 1.25 * pen.theme.thin_width());
        pen.dot(chosen, 1.15 * radius, pen.theme.ink.to_rgba());
    }
    pen.unclip();

    let how = pen.small_in(Role::Truth);
    let named = [
        ("next draw", chosen, 1.9 * radius),
        ("start", Some(start), 1.3 * radius),
        ("truth", figure.truth.map(place), 1.5 * radius),
    ];
    let visible = || {
        named.iter().filter_map(|(name, at, radius)| {
            at.filter(|at| frame.contains(at.0, at.1)).map(|at| (*name, at, *radius))
        })
    };
    for (_, at, radius) in visible() {
        labels.take_mark(at, radius);
    }
    for (name, at, radius) in visible() {
        labels.set_if_free(pen, name, how, around(at, radius + 4.0 * scale, Side::Above, name, how));
    }
}

fn draw_contour(
    contour: &Contour,
    pen: &mut Pen<'_>,
    frame: Frame,
    place: impl Fn((f64, f64)) -> (f64, f64),
) {
    let lines: Vec<Vec<(f64, f64)>> =
        contour.lines.iter().map(|line| line.iter().map(|p| place(*p)).collect()).collect();
    pen.polygon(&inside(&lines, frame), pen.theme.muted.mix(0.4 * pen.theme.fill_alpha));
    for line in &lines {
        pen.polyline(line, stroke(pen.theme.muted, 0.6, pen.theme.grid_width()));
    }
}

/// Outline of what lies at the left of all lines (in data, where y points up), in one polygon:
/// open lines are joined along the frame, and rings through their first corners, forth and
/// back, which encloses nothing.
fn inside(lines: &[Vec<(f64, f64)>], frame: Frame) -> Vec<(f64, f64)> {
    let is_drawable =
        |line: &&Vec<(f64, f64)>| line.len() > 1 && line.iter().all(|p| p.0.is_finite() && p.1.is_finite());
    let (mut rings, mut open): (Vec<_>, Vec<_>) =
        lines.iter().filter(is_drawable).cloned().partition(|line| line.first() == line.last());
    while let Some(mut ring) = open.pop() {
        loop {
            let end = along(ring[ring.len() - 1], frame);
            let way_to = |line: &Vec<(f64, f64)>| (along(line[0], frame) - end).rem_euclid(4.0);
            let own = way_to(&ring);
            let nearest = (0..open.len()).min_by(|a, b| way_to(&open[*a]).total_cmp(&way_to(&open[*b])));
            let next = nearest.filter(|i| way_to(&open[*i]) < own);
            ring.extend(corners_between(end, next.map_or(own, |i| way_to(&open[i])), frame));
            match next {
                Some(i) => ring.extend(open.swap_remove(i)),
                None => break,
            }
        }
        ring.push(ring[0]);
        rings.push(ring);
    }
    // Where rings only cut holes, the frame is the outline.
    if rings.iter().map(|ring| area(ring)).sum::<f64>() < 0.0 {
        let mut outline = corners(frame).to_vec();
        outline.push(outline[0]);
        rings.insert(0, outline);
    }
    let anchor = rings.first().map(|ring| ring[0]);
    rings.into_iter().flat_map(|ring| ring.into_iter().chain(anchor)).collect()
}

/// Way along the frame from its lower left corner, anticlockwise, a side being 1: of a point on it
/// or, for one that is not, of the nearest that is.
fn along(p: (f64, f64), frame: Frame) -> f64 {
    let right = ((p.0 - frame.left) / frame.width()).clamp(0.0, 1.0);
    let up = ((frame.bottom - p.1) / frame.height()).clamp(0.0, 1.0);
    let sides = [(up, right), (1.0 - right, 1.0 + up), (1.0 - up, 3.0 - right), (right, 4.0 - up)];
    sides
        .into_iter()
        .reduce(|best, side| if side.0 < best.0 { side } else { best })
        .map_or(0.0, |side| side.1)
}

/// Corners of the frame passed on a way of length `way` along it.
fn corners_between(from: f64, way: f64, frame: Frame) -> impl Iterator<Item = (f64, f64)> {
    let at = (1..8_u8).map(f64::from);
    let passed = at.zip(corners(frame).into_iter().cycle());
    passed.filter(move |(at, _)| *at > from && *at < from + way).map(|(_, corner)| corner)
}

/// The corners of the frame, anticlockwise, the lower right one first.
fn corners(frame: Frame) -> [(f64, f64); 4] {
    let Frame { left, top, right, bottom } = frame;
    [(right, bottom), (right, top), (left, top), (left, bottom)]
}

/// Twice the area within a ring, positive if its inside is at its left in data, where y points up.
fn area(ring: &[(f64, f64)]) -> f64 {
    ring.windows(2).map(|pair| pair[1].0 * pair[0].1 - pair[0].0 * pair[1].1).sum()
}

/// Lines from the end that each step extends, then dots and crosses over all of them.
fn draw_steps(
    figure: &Trajectory,
    pen: &mut Pen<'_>,
    frame: Frame,
    (start, labels): ((f64, f64), &mut Labels),
    place: impl Fn((f64, f64)) -> (f64, f64),
) {
    let scale = pen.theme.scale;
    let crowd = (40.0 / figure.steps.len().max(1) as f64).sqrt().clamp(0.5, 1.0);
    let (mut front, mut back) = (start, start);
    let mut crosses = Vec::new();
    for step in &figure.steps {
        let to = place(step.at);
        let end = if step.forward { &mut front } else { &mut back };
        let from = std::mem::replace(end, to);
        let color = pen.theme.doubling_color(step.doubling);
        let how = stroke(color, 0.9, 1.2 * crowd * pen.theme.thin_width());
        pen.line(from, to, if step.diverged { how.dashed(3.0 * scale, 3.0 * scale) } else { how });
        let visible = clip_segment(from, to, &frame);
        if let Some((from, to)) = visible {
            labels.take_line(&[from, to]);
        }
        if step.diverged {
            // A step out of the frame is marked where it leaves it, one to nowhere where it began.
            crosses.push(visible.map_or(from, |ends| ends.1));
        }
    }
    for step in figure.steps.iter().filter(|step| !step.diverged) {
        let color = pen.theme.doubling_color(step.doubling);
        pen.dot(place(step.at), 2.6 * crowd * scale, color.to_rgba());
    }
    let r = 1.3 * pen.theme.mark_radius();
    for (x, y) in crosses.into_iter().filter(|at| frame.contains(at.0, at.1)) {
        // Whole, also on the frame.
        let (x, y) = (x.min(frame.right - r).max(frame.left + r), y.min(frame.bottom - r).max(frame.top + r));
        let how = stroke(pen.theme.warning, 1.0, 1.8 * pen.theme.thin_width());
        pen.line((x - r, y - r), (x + r, y + r), how);
        pen.line((x - r, y + r), (x + r, y - r), how);
        labels.take_mark((x, y), r);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAME: Frame = Frame { left: 0.0, top: 0.0, right: 10.0, bottom: 10.0 };

    /// A square ring, anticlockwise where y points up, and the other way round.
    fn square(center: (f64, f64), r: f64) -> Vec<(f64, f64)> {
        let (x, y) = center;
        vec![(x - r, y + r), (x + r, y + r), (x + r, y - r), (x - r, y - r), (x - r, y + r)]
    }

    fn reversed(mut line: Vec<(f64, f64)>) -> Vec<(f64, f64)> {
        line.reverse();
        line
    }

    fn assert_area(lines: &[Vec<(f64, f64)>], expected: f64) {
        let found = 0.5 * area(&inside(lines, FRAME));
        assert!((found - expected).abs() < 1e-9, "{found}, not {expected}");
    }

    #[test]
    fn rings_and_holes_enclose_what_is_between() {
        assert_area(&[], 0.0);
        assert_area(&[square((4.0, 4.0), 2.0)], 16.0);
        assert_area(&[square((3.0, 3.0), 2.0), square((8.0, 8.0), 1.0)], 20.0);
        assert_area(&[square((4.0, 4.0), 2.0), reversed(square((4.0, 4.0), 1.0))], 12.0);
        assert_area(&[reversed(square((4.0, 4.0), 1.0))], 96.0);
    }

    #[test]
    fn open_lines_are_closed_along_the_frame() {
        let up_at = |x: f64| vec![(x, 10.0), (x, 0.0)];
        assert_area(&[up_at(3.0)], 30.0);
        assert_area(&[reversed(up_at(3.0))], 70.0);
        assert_area(&[up_at(7.0), reversed(up_at(3.0))], 40.0);
        assert_area(&[up_at(3.0), reversed(up_at(7.0))], 60.0);
        assert_area(&[up_at(7.0), reversed(up_at(3.0)), reversed(square((5.0, 5.0), 1.0))], 36.0);
        let over_the_corner = vec![(4.0, 10.0), (0.0, 6.0)];
        assert_area(std::slice::from_ref(&over_the_corner), 8.0);
        assert_area(&[reversed(over_the_corner)], 92.0);
    }
}
