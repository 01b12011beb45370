//! Forest plot: every unit of every group from measurement to estimate.

use crate::axes::{Mapping, axis_height, draw_x_axis, x_axis_height};
use crate::pen::{Frame, Pen, stroke};
use crate::{Forest, ForestGroup, ForestRow, Role};
use plotters::style::Color as _;

const MIN_PITCH: f64 = 3.0; // CSS pixels a row
const TOP: f64 = 6.0; // CSS pixels above the first group

/// How much height rows, gaps and labels take.
struct Rows {
    pitch: f64,
    gap: f64,
    /// A group is no lower than its label.
    min_group: f64,
}

impl Rows {
    fn with_pitch(pitch: f64, scale: f64) -> Self {
        Self { pitch, gap: (0.9 * pitch).clamp(8.0 * scale, 13.0 * scale), min_group: 13.0 * scale }
    }

    fn group_height(&self, group: &ForestGroup) -> f64 {
        (group.rows.len() as f64 * self.pitch).max(self.min_group)
    }

    fn total(&self, groups: &[&ForestGroup]) -> f64 {
        let gaps = groups.len().saturating_sub(1) as f64 * self.gap;
        groups.iter().map(|group| self.group_height(group)).sum::<f64>() + gaps
    }

    /// The largest rows with which all groups fit in `height`.
    fn filling(height: f64, groups: &[&ForestGroup], scale: f64) -> Self {
        let (mut low, mut high) = (0.0, 24.0 * scale);
        for _ in 0..40 {
            let middle = 0.5 * (low + high);
            if Self::with_pitch(middle, scale).total(groups) <= height { low = middle } else { high = middle }
        }
        let rows = Self::with_pitch(low, scale);
        let total = rows.total(groups);
        if total <= height {
            return rows;
        }
        // Too low even for the labels: everything shrinks alike.
        let shrink = (height / total).max(0.0);
        Self { pitch: rows.pitch * shrink, gap: rows.gap * shrink, min_group: rows.min_group * shrink }
    }
}

/// The groups that have room in the picture.
fn drawn(figure: &Forest) -> Vec<&ForestGroup> {
    figure.groups.iter().filter(|group| !group.rows.is_empty()).collect()
}

pub(crate) fn natural_height(figure: &Forest, scale: f64) -> f64 {
    let groups = drawn(figure);
    let num_rows = groups.iter().map(|group| group.rows.len()).sum::<usize>().max(1) as f64;
    let pitch = (350.0 / num_rows).clamp(MIN_PITCH, 18.0) * scale;
    // A few pixels more, so that rows do not come out a hair below the pitch.
    Rows::with_pitch(pitch, scale).total(&groups) + 2.0 * TOP * scale + axis_height(scale, &figure.x)
}

pub(crate) fn draw(figure: &Forest, pen: &mut Pen<'_>) {
    let scale = pen.theme.scale;
    let is_narrow = pen.is_narrow();
    let how = pen.label();
    let label = |group: &ForestGroup| {
        if is_narrow { group.short_label.clone() } else { group.label.clone() }
    };
    let groups = drawn(figure);
    let label_width = groups.iter().map(|g| how.width(&label(g))).fold(0.0, f64::max).min(0.35 * pen.width);
    let left = if label_width > 0.0 { label_width + 14.0 * scale } else { 12.0 * scale };
    let frame = Frame {
        left,
        top: 0.0,
        right: pen.width - 12.0 * scale,
        bottom: pen.height - x_axis_height(pen, &figure.x),
    };
    draw_x_axis(pen, &figure.x, frame);
    let x = Mapping::new(&figure.x, frame.left, frame.right);
    let rows = Rows::filling(frame.height() - 2.0 * TOP * scale, &groups, scale);
    let mut top = TOP * scale;
    let mut strong = None;
    for group in groups {
        let height = rows.group_height(group);
        let content = group.rows.len() as f64 * rows.pitch;
        draw_group(group, pen, &x, frame, (top, top + height));
        pen.clip(frame);
        let first = top + (height - content) / 2.0 + rows.pitch / 2.0;
        for (i, row) in group.rows.iter().enumerate() {
            let y = first + rows.pitch * i as f64;
            if pen.is_highlighted(row.unit) {
                strong = Some((row, y));
            } else {
                draw_row(row, pen, &x, (y, rows.pitch));
            }
            add_hot_spots(row, pen, &x, (y, rows.pitch));
        }
        pen.unclip();
        let text = crate::pen::fit(&label(group), how.size, how.weight, label_width + 1.0).into_owned();
        pen.text_mid(0.0, top + height / 2.0, &text, how);
        top += height + rows.gap;
    }
    if let Some((row, y)) = strong {
        pen.clip(frame);
        let band = Frame {
            left: frame.left,
            top: y - (0.6 * rows.pitch).max(7.0 * scale),
            right: frame.right,
            bottom: y + (0.6 * rows.pitch).max(7.0 * scale),
        };
        pen.rounded(band, 3.0 * scale, pen.theme.card.mix(0.8));
        pen.rounded(band, 3.0 * scale, pen.theme.bayes.mix(0.07));
        draw_row(row, pen, &x, (y, rows.pitch.max(13.0 * scale)));
        pen.unclip();
    }
}

fn draw_group(group: &ForestGroup, pen: &mut Pen<'_>, x: &Mapping, frame: Frame, (top, bottom): (f64, f64)) {
    let scale = pen.theme.scale;
    pen.clip(frame);
    let band = Frame {
        left: x.at(group.band.0),
        top: top - 1.5 * scale,
        right: x.at(group.band.1),
        bottom: bottom + 1.5 * scale,
    };
    if band.left.is_finite() && band.right.is_finite() {
        pen.rounded(band, 4.0 * scale, pen.theme.bayes.mix(0.7 * pen.theme.fill_alpha));
    }
    let center = x.at(group.center);
    let how = stroke(pen.theme.bayes, 0.75, pen.theme.thin_width()).dashed(3.0 * scale, 3.0 * scale);
    pen.line((center, band.top), (center, band.bottom), how);
    pen.unclip();
}

fn draw_row(row: &ForestRow, pen: &mut Pen<'_>, x: &Mapping, (y, pitch): (f64, f64)) {
    let theme = *pen.theme;
    let scale = theme.scale;
    let presence = pen.presence(row.unit);
    let radius = (0.42 * pitch).clamp(1.0, 1.15 * theme.mark_radius());
    let thickness = (0.22 * pitch).clamp(0.6, 2.2 * scale);
    let (measured, estimate) = (x.at(row.measured), x.at(row.estimate));
    let (low, high) = (x.at(row.interval.0), x.at(row.interval.1));
    pen.line((low, y), (high, y), stroke(theme.bayes, theme.interval_alpha * presence, thickness));
    let arrow = stroke(theme.mle, 0.9 * presence, (0.16 * pitch).clamp(0.5, 1.5 * scale));
    let direction = (estimate - measured).signum();
    let tip = estimate - direction * (radius + 0.5 * scale);
    let head = (0.75 * radius).min(3.2 * scale);
    // The head only where the shaft stays longer than it.
    if (tip - measured) * direction > radius + 2.5 * head && pitch >= 6.0 {
        pen.line((measured, y), (tip - direction * head, y), arrow);
        let back = tip - 1.6 * direction * head;
        pen.polygon(&[(tip, y), (back, y - 0.8 * head), (back, y + 0.8 * head)], arrow.ink);
    } else {
        pen.line((measured, y), (estimate, y), arrow);
    }
    pen.mark(Role::Mle, (measured, y), radius, presence);
    pen.mark(Role::Bayes, (estimate, y), radius, presence);
    for draw in &row.newest {
        pen.dot((x.at(*draw), y), 0.55 * radius, theme.bayes.mix(0.45 * presence));
    }
    if let Some(truth) = row.truth {
        // Tick marks are 2.7 radii high; neighbors must not touch.
        let radius = (0.36 * pitch).clamp(0.8, 1.2 * theme.mark_radius());
        pen.mark(Role::Truth, (x.at(truth), y), radius, presence);
    }
}

fn add_hot_spots(row: &ForestRow, pen: &mut Pen<'_>, x: &Mapping, (y, pitch): (f64, f64)) {
    let radius = pitch.clamp(6.0, 14.0);
    let (measured, estimate) = (x.at(row.measured), x.at(row.estimate));
    let truth = row.truth.map(|truth| x.at(truth));
    for at in [measured, 0.5 * (measured + estimate), estimate].into_iter().chain(truth) {
        pen.hot_spot(row.unit, at, y, radius);
    }
}
