//! Finds places for direct labels.

use crate::Side;
use crate::fixed_metrics::{ASCENT, DESCENT};
use crate::pen::{Frame, Pen, Type};
use plotters::style::Color as _;
use plotters::style::text_anchor::HPos;

/// What is taken already: labels and marks, and the lines that a label should not cross.
pub(crate) struct Labels {
    taken: Vec<Frame>,
    crossings: Vec<(f64, f64)>,
    bounds: Frame,
}

/// What a label on a plate may cost ([`Labels::cost`]): a line or two may cross it.
const FREE_COST: f64 = 48.0;

/// A place for a label: left end and base line.
pub(crate) type Place = (f64, f64);

impl Labels {
    /// Labels stay within `bounds`.
    pub(crate) fn new(bounds: Frame) -> Self {
        Self { taken: Vec::new(), crossings: Vec::new(), bounds }
    }

    pub(crate) fn take_mark(&mut self, center: (f64, f64), radius: f64) {
        let (x, y) = center;
        self.taken.push(Frame { left: x - radius, top: y - radius, right: x + radius, bottom: y + radius });
    }

    /// Adds a line in pixels, sampled every few pixels.
    pub(crate) fn take_line(&mut self, points: &[(f64, f64)]) {
        for pair in points.windows(2) {
            let ((x0, y0), (x1, y1)) = (pair[0], pair[1]);
            let steps = ((x1 - x0).hypot(y1 - y0) / 4.0).ceil().clamp(1.0, 400.0);
            if !steps.is_finite() {
                continue;
            }
            let mut i = 0.0;
            while i < steps {
                let t = i / steps;
                self.crossings.push((x0 + t * (x1 - x0), y0 + t * (y1 - y0)));
                i += 1.0;
            }
        }
    }

    /// Sets the label at the best of the places, the earlier the better.
    pub(crate) fn set(
        &mut self,
        pen: &mut Pen<'_>,
        text: &str,
        how: Type,
        places: impl IntoIterator<Item = Place>,
    ) {
        if let Some((_, frame)) = self.best(text, how, places) {
            self.set_at(pen, text, how, frame);
        }
    }

    /// Sets the label at the best of the places, on a plate that mutes what is below it; leaves it
    /// out where it would cover a mark or run along a line.
    pub(crate) fn set_if_free(
        &mut self,
        pen: &mut Pen<'_>,
        text: &str,
        how: Type,
        places: impl IntoIterator<Item = Place>,
    ) {
        let best = self.best(text, how, places).map(|(_, frame)| frame);
        if let Some(frame) = best.filter(|frame| self.cost(frame) <= FREE_COST) {
            draw_plate(pen, &frame, how, 0.7);
            self.set_at(pen, text, how, frame);
        }
    }

    /// Sets the label at the best of the places; where it crosses something, on a plate that mutes that.
    pub(crate) fn set_over(
        &mut self,
        pen: &mut Pen<'_>,
        text: &str,
        how: Type,
        places: impl IntoIterator<Item = Place>,
    ) {
        if let Some((_, frame)) = self.best(text, how, places) {
            if self.cost(&frame) > 0.0 {
                draw_plate(pen, &frame, how, 0.85);
            }
            self.set_at(pen, text, how, frame);
        }
    }

    fn set_at(&mut self, pen: &mut Pen<'_>, text: &str, how: Type, frame: Frame) {
        self.taken.push(frame);
        pen.text(frame.left, frame.bottom - DESCENT * how.size, text, how.aligned(HPos::Left));
    }

    /// Cost and frame of the best of the places, if there is one.
    fn best(&self, text: &str, how: Type, places: impl IntoIterator<Item = Place>) -> Option<(f64, Frame)> {
        if text.is_empty() {
            return None;
        }
        let width = how.width(text);
        let mut best: Option<(f64, Frame)> = None;
        for (rank, (x, y)) in places.into_iter().enumerate() {
            if !(x.is_finite() && y.is_finite()) {
                continue;
            }
            let frame = self.moved_inside(Frame {
                left: x,
                top: y - ASCENT * how.size,
                right: x + width,
                bottom: y + DESCENT * how.size,
            });
            let shift = (frame.left - x).abs() + (frame.bottom - DESCENT * how.size - y).abs();
            let cost = self.cost(&frame) + rank as f64 * 6.0 + shift;
            if best.as_ref().is_none_or(|(least, _)| cost < *least) {
                best = Some((cost, frame));
            }
        }
        best
    }

    fn moved_inside(&self, frame: Frame) -> Frame {
        let bounds = &self.bounds;
        let dx = (bounds.right - frame.right).min(0.0);
        let dx = dx.max(bounds.left - frame.left);
        let dy = (bounds.bottom - frame.bottom).min(0.0);
        let dy = dy.max(bounds.top - frame.top);
        Frame {
            left: frame.left + dx,
            right: frame.right + dx,
            top: frame.top + dy,
            bottom: frame.bottom + dy,
        }
    }

    /// One crossing costs as much as a small overlap; overlaps cost most.
    fn cost(&self, frame: &Frame) -> f64 {
        let near = Frame {
            left: frame.left - 2.0,
            top: frame.top - 1.0,
            right: frame.right + 2.0,
            bottom: frame.bottom + 1.0,
        };
        let overlaps: f64 = self.taken.iter().map(|other| near.overlap(other)).sum();
        let crossings = self
            .crossings
            .iter()
            .filter(|(x, y)| *x > near.left && *x < near.right && *y > near.top && *y < near.bottom)
            .count();
        4.0 * overlaps + 8.0 * crossings as f64
    }
}

/// Mutes what is below a label: `share` of the card's color over it.
fn draw_plate(pen: &mut Pen<'_>, frame: &Frame, how: Type, share: f64) {
    let scale = pen.theme.scale;
    let plate = Frame {
        left: frame.left - 2.0 * scale,
        top: frame.bottom - DESCENT * how.size - 0.9 * how.size,
        right: frame.right + 2.0 * scale,
        bottom: frame.bottom,
    };
    pen.rounded(plate, 2.0 * scale, pen.theme.card.mix(share));
}

/// Places around a mark, the wished side first, then further out.
pub(crate) fn around(at: (f64, f64), gap: f64, side: Side, label: &str, how: Type) -> Vec<Place> {
    let width = how.width(label);
    let mut sides = vec![side];
    sides.extend([Side::Above, Side::Right, Side::Left, Side::Below].into_iter().filter(|s| *s != side));
    let mut places = Vec::with_capacity(16);
    for gap in [gap, gap + 1.25 * how.size, gap + 2.5 * how.size] {
        for side in &sides {
            places.push(match side {
                Side::Above => (at.0 - width / 2.0, at.1 - gap),
                Side::Below => (at.0 - width / 2.0, at.1 + gap + 0.73 * how.size),
                Side::Left => (at.0 - gap - width, at.1 + how.half_cap()),
                Side::Right => (at.0 + gap, at.1 + how.half_cap()),
            });
        }
        for (dx, dy) in [(1.0, -1.0), (-1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)] {
            let x = if dx > 0.0 { at.0 + 0.8 * gap } else { at.0 - 0.8 * gap - width };
            let y = if dy > 0.0 { at.1 + 0.6 * gap + 0.73 * how.size } else { at.1 - 0.6 * gap };
            places.push((x, y));
        }
    }
    places
}
