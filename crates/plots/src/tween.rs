//! Figures between two figures, for short movements.

use crate::{
    Axis, BoxPlot, BoxPlots, Curves, Figure, Forest, ForestGroup, ForestRow, Histogram, Histograms, Line,
    Point, Ranking, RankingRow, Ranks, Ridge, Ridges, Rule, Scatter, ScatterSeries, SlopeRow, Slopegraph,
    Step, Steps, Traces,
};

/// The figure a share `t` of the way from `from` to `to`.
///
/// If both are of one kind and shape (the same roles, units and numbers of
/// rows and points), every number is interpolated linearly and every text is
/// `to`'s; otherwise, and from `t = 1` on, there is none between.
pub fn tween(from: &Figure, to: &Figure, t: f64) -> Option<Figure> {
    if t.is_nan() || t >= 1.0 {
        return None;
    }
    let mut figure = to.clone();
    figure.set_between(from, t.max(0.0)).then_some(figure)
}

/// Linear interpolation in place.
pub(crate) trait Between {
    /// Becomes what lies a share `t` of the way from `from` to it. Whether the two are of one shape; if not,
    /// part of it may have changed.
    fn set_between(&mut self, from: &Self, t: f64) -> bool;
}

impl Between for Figure {
    fn set_between(&mut self, from: &Self, t: f64) -> bool {
        match (self, from) {
            (Self::Slopegraph(to), Self::Slopegraph(from)) => to.set_between(from, t),
            (Self::Curves(to), Self::Curves(from)) => to.set_between(from, t),
            (Self::Ranking(to), Self::Ranking(from)) => to.set_between(from, t),
            (Self::BoxPlots(to), Self::BoxPlots(from)) => to.set_between(from, t),
            (Self::Forest(to), Self::Forest(from)) => to.set_between(from, t),
            (Self::Ridges(to), Self::Ridges(from)) => to.set_between(from, t),
            (Self::Scatter(to), Self::Scatter(from)) => to.set_between(from, t),
            (Self::Histograms(to), Self::Histograms(from)) => to.set_between(from, t),
            (Self::Traces(to), Self::Traces(from)) => to.set_between(from, t),
            (Self::Ranks(to), Self::Ranks(from)) => to.set_between(from, t),
            (Self::Steps(to), Self::Steps(from)) => to.set_between(from, t),
            (Self::Cloud(to), Self::Cloud(from)) => to.set_between(from, t),
            (Self::NodeGrid(to), Self::NodeGrid(from)) => to.set_between(from, t),
            // A trajectory grows step by step, and contours have no corners that belong together.
            _ => false,
        }
    }
}

impl Between for f64 {
    fn set_between(&mut self, from: &Self, t: f64) -> bool {
        let value = (1.0 - t) * from + t * *self;
        if value.is_finite() {
            *self = value;
        }
        true
    }
}

impl Between for f32 {
    #[expect(clippy::cast_possible_truncation, reason = "between two f32")]
    fn set_between(&mut self, from: &Self, t: f64) -> bool {
        let mut value = f64::from(*self);
        value.set_between(&f64::from(*from), t);
        *self = value as Self;
        true
    }
}

impl Between for u32 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between two u32")]
    fn set_between(&mut self, from: &Self, t: f64) -> bool {
        let mut value = f64::from(*self);
        value.set_between(&f64::from(*from), t);
        *self = value.round() as Self;
        true
    }
}

impl<T: Between> Between for (T, T) {
    fn set_between(&mut self, from: &Self, t: f64) -> bool {
        self.0.set_between(&from.0, t) && self.1.set_between(&from.1, t)
    }
}

impl<T: Between> Between for (T, T, T) {
    fn set_between(&mut self, from: &Self, t: f64) -> bool {
        self.0.set_between(&from.0, t) && self.1.set_between(&from.1, t) && self.2.set_between(&from.2, t)
    }
}

impl<T: Between> Between for [T] {
    fn set_between(&mut self, from: &Self, t: f64) -> bool {
        self.len() == from.len() && self.iter_mut().zip(from).all(|(to, from)| to.set_between(from, t))
    }
}

impl<T: Between> Between for Vec<T> {
    fn set_between(&mut self, from: &Self, t: f64) -> bool {
        self.as_mut_slice().set_between(from, t)
    }
}

/// What appears or disappears does so at once.
impl<T: Between> Between for Option<T> {
    fn set_between(&mut self, from: &Self, t: f64) -> bool {
        match (self, from) {
            (Some(to), Some(from)) => to.set_between(from, t),
            _ => true,
        }
    }
}

/// [`Between::set_between`] for lists that come and go: others appear at once.
pub(crate) fn set_or_leave<T: Between + Clone>(to: &mut Vec<T>, from: &Vec<T>, t: f64) {
    let end = to.clone();
    if !to.set_between(from, t) {
        *to = end;
    }
}

/// For what may change in number: other numbers appear at once.
fn set_if_as_many(to: &mut [f64], from: &[f64], t: f64) -> bool {
    to.len() != from.len() || to.set_between(from, t)
}

impl Between for Axis {
    fn set_between(&mut self, from: &Self, t: f64) -> bool {
        self.scale == from.scale && self.min.set_between(&from.min, t) && self.max.set_between(&from.max, t)
    }
}

impl Between for Slopegraph {
    fn set_between(&mut self, from: &Self, t: f64) -> bool {
        self.x.set_between(&from.x, t) && self.rows.set_between(&from.rows, t)
    }
}

impl Between for SlopeRow {
    fn set_between(&mut self, from: &Self, t: f64) -> bool {
        self.role == from.role && self.values.set_between(&from.values, t)
    }
}

impl Between for Curves {
    fn set_between(&mut self, from: &Self, t: f64) -> bool {
        self.x.set_between(&from.x, t)
            && self.y.set_between(&from.y, t)
            && self.lines.set_between(&from.lines, t)
            && self.points.set_between(&from.points, t)
            && self.rules.set_between(&from.rules, t)
    }
}

impl Between for Line {
    fn set_between(&mut self, from: &Self, t: f64) -> bool {
        self.role == from.role && self.points.set_between(&from.points, t)
    }
}

impl Between for Point {
    fn set_between(&mut self, from: &Self, t: f64) -> bool {
        self.role == from.role && self.x.set_between(&from.x, t) && self.y.set_between(&from.y, t)
    }
}

impl Between for Rule {
    fn set_between(&mut self, from: &Self, t: f64) -> bool {
        self.role == from.role && self.direction == from.direction && self.at.set_between(&from.at, t)
    }
}

impl Between for Ranking {
    fn set_between(&mut self, from: &Self, t: f64) -> bool {
        self.x.set_between(&from.x, t) && self.rows.set_between(&from.rows, t)
    }
}

impl Between for RankingRow {
    fn set_between(&mut self, from: &Self, t: f64) -> bool {
        // Rows in another order are another picture.
        self.role == from.role
            && self.label == from.label
            && self.here.set_between(&from.here, t)
            && self.expected.set_between(&from.expected, t)
            && self.ridge.set_between(&from.ridge, t)
    }
}

impl Between for BoxPlots {
    fn set_between(&mut self, from: &Self, t: f64) -> bool {
        self.y.set_between(&from.y, t)
            && self.boxes.set_between(&from.boxes, t)
            && self.rules.set_between(&from.rules, t)
    }
}

impl Between for BoxPlot {
    fn set_between(&mut self, from: &Self, t: f64) -> bool {
        self.role == from.role
            && self.five.set_between(&from.five, t)
            && set_if_as_many(&mut self.outliers, &from.outliers, t)
            && self.here.set_between(&from.here, t)
            && self.expected.set_between(&from.expected, t)
    }
}

impl Between for Forest {
    fn set_between(&mut self, from: &Self, t: f64) -> bool {
        self.x.set_between(&from.x, t) && self.groups.set_between(&from.groups, t)
    }
}

impl Between for ForestGroup {
    fn set_between(&mut self, from: &Self, t: f64) -> bool {
        self.band.set_between(&from.band, t)
            && self.center.set_between(&from.center, t)
            && self.rows.set_between(&from.rows, t)
    }
}

impl Between for ForestRow {
    fn set_between(&mut self, from: &Self, t: f64) -> bool {
        self.unit == from.unit
            && self.measured.set_between(&from.measured, t)
            && self.estimate.set_between(&from.estimate, t)
            && self.interval.set_between(&from.interval, t)
            && self.truth.set_between(&from.truth, t)
            && set_if_as_many(&mut self.newest, &from.newest, t)
    }
}

impl Between for Ridges {
    fn set_between(&mut self, from: &Self, t: f64) -> bool {
        self.x.set_between(&from.x, t) && self.rows.set_between(&from.rows, t)
    }
}

impl Between for Ridge {
    fn set_between(&mut self, from: &Self, t: f64) -> bool {
        self.bin_start.set_between(&from.bin_start, t)
            && self.bin_width.set_between(&from.bin_width, t)
            && self.bins.set_between(&from.bins, t)
            && self.curve.set_between(&from.curve, t)
            && self.truth.set_between(&from.truth, t)
            && self.inner.set_between(&from.inner, t)
            && self.outer.set_between(&from.outer, t)
            && self.median.set_between(&from.median, t)
    }
}

impl Between for Scatter {
    fn set_between(&mut self, from: &Self, t: f64) -> bool {
        self.units == from.units
            && self.x.set_between(&from.x, t)
            && self.y.set_between(&from.y, t)
            && self.xs.set_between(&from.xs, t)
            && self.series.set_between(&from.series, t)
    }
}

impl Between for ScatterSeries {
    fn set_between(&mut self, from: &Self, t: f64) -> bool {
        self.role == from.role && self.ys.set_between(&from.ys, t)
    }
}

impl Between for Histograms {
    fn set_between(&mut self, from: &Self, t: f64) -> bool {
        self.x.set_between(&from.x, t)
            && self.max_count.set_between(&from.max_count, t)
            && self.panels.set_between(&from.panels, t)
    }
}

impl Between for Histogram {
    fn set_between(&mut self, from: &Self, t: f64) -> bool {
        self.role == from.role
            && self.bin_start.set_between(&from.bin_start, t)
            && self.bin_width.set_between(&from.bin_width, t)
            && self.counts.set_between(&from.counts, t)
            && self.mean.set_between(&from.mean, t)
    }
}

impl Between for Traces {
    fn set_between(&mut self, from: &Self, t: f64) -> bool {
        self.x.set_between(&from.x, t)
            && self.y.set_between(&from.y, t)
            && self.chains.set_between(&from.chains, t)
            && self.warmup_end.set_between(&from.warmup_end, t)
    }
}

impl Between for Ranks {
    fn set_between(&mut self, from: &Self, t: f64) -> bool {
        self.x.set_between(&from.x, t)
            && self.max_count.set_between(&from.max_count, t)
            && self.counts.set_between(&from.counts, t)
            && self.expected.set_between(&from.expected, t)
            && self.band.set_between(&from.band, t)
    }
}

impl Between for Steps {
    fn set_between(&mut self, from: &Self, t: f64) -> bool {
        self.x.set_between(&from.x, t) && self.rows.set_between(&from.rows, t)
    }
}

impl Between for Step {
    fn set_between(&mut self, from: &Self, t: f64) -> bool {
        self.role == from.role && self.label == from.label && self.value.set_between(&from.value, t)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Role;

    fn slopegraph(values: Vec<f64>) -> Figure {
        Figure::Slopegraph(Slopegraph {
            x: Axis::linear(0.0, values.len() as f64, "x"),
            rows: vec![SlopeRow { label: "y".into(), role: Role::Mle, values }],
            groups: vec![],
            drawn: vec![],
        })
    }

    #[test]
    fn numbers_move_in_a_straight_line() {
        let (from, to) = (slopegraph(vec![0.0, 4.0]), slopegraph(vec![1.0, 8.0]));
        assert_eq!(tween(&from, &to, 0.25), Some(slopegraph(vec![0.25, 5.0])));
        assert_eq!(tween(&from, &to, 0.0), Some(from.clone()));
        assert_eq!(tween(&from, &to, -1.0), Some(from.clone()));
        assert_eq!(tween(&from, &to, 1.5), None);
        assert_eq!(tween(&from, &to, f64::NAN), None);
    }

    #[test]
    fn another_shape_appears_at_once() {
        let (from, to) = (slopegraph(vec![0.0, 4.0]), slopegraph(vec![1.0, 8.0, 3.0]));
        assert_eq!(tween(&from, &to, 0.5), None);
        let ridges = Figure::Ridges(Ridges { x: Axis::linear(0.0, 1.0, ""), rows: vec![], drawn: vec![] });
        assert_eq!(tween(&from, &ridges, 0.5), None);
    }

    #[test]
    fn what_is_not_finite_is_taken_from_the_end() {
        let to = slopegraph(vec![1.0, 2.0]);
        assert_eq!(tween(&slopegraph(vec![f64::NAN, f64::INFINITY]), &to, 0.5), Some(to));
    }
}
