//! Finds places for direct labels.

use crate::fixed_metrics::{ASCENT, DESCENT};
use crate::pen::{Frame, Pen, Type};
use plotters::prelude::DrawingBackend;
use plotters::style::text_anchor::HPos;

/// What is taken already: labels and marks, and the lines that a label should not cross.
pub(crate) struct Labels {
    taken: Vec<Frame>,
    crossings: Vec<(f64, f64)>,
    bounds: Frame,
}

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
    pub(crate) fn set<DB: DrawingBackend>(
        &mut self,
        pen: &mut Pen<'_, DB>,
        text: &str,
        how: Type,
        places: impl IntoIterator<Item = Place>,
    ) {
        if text.is_empty() {
            return;
        }
        let width = how.width(text);
        let how = how.aligned(HPos::Left);
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
        if let Some((_, frame)) = best {
            self.taken.push(frame);
            pen.text(frame.left, frame.bottom - DESCENT * how.size, text, how);
        }
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
