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
/// `to`'s; otherwise, and from `t = 1` on, it is `to`.
pub fn tween(from: &Figure, to: &Figure, t: f64) -> Figure {
    if t.is_nan() || t >= 1.0 {
        return to.clone();
    }
    let t = t.max(0.0);
    let between = match (from, to) {
        (Figure::Slopegraph(a), Figure::Slopegraph(b)) => a.between(b, t).map(Figure::Slopegraph),
        (Figure::Curves(a), Figure::Curves(b)) => a.between(b, t).map(Figure::Curves),
        (Figure::Ranking(a), Figure::Ranking(b)) => a.between(b, t).map(Figure::Ranking),
        (Figure::BoxPlots(a), Figure::BoxPlots(b)) => a.between(b, t).map(Figure::BoxPlots),
        (Figure::Forest(a), Figure::Forest(b)) => a.between(b, t).map(Figure::Forest),
        (Figure::Ridges(a), Figure::Ridges(b)) => a.between(b, t).map(Figure::Ridges),
        (Figure::Scatter(a), Figure::Scatter(b)) => a.between(b, t).map(Figure::Scatter),
        (Figure::Histograms(a), Figure::Histograms(b)) => a.between(b, t).map(Figure::Histograms),
        (Figure::Traces(a), Figure::Traces(b)) => a.between(b, t).map(Figure::Traces),
        (Figure::Ranks(a), Figure::Ranks(b)) => a.between(b, t).map(Figure::Ranks),
        // A trajectory grows step by step, and contours have no corners that belong together.
        (Figure::Trajectory(_), Figure::Trajectory(_)) => None,
        (Figure::Steps(a), Figure::Steps(b)) => a.between(b, t).map(Figure::Steps),
        (Figure::Cloud(a), Figure::Cloud(b)) => a.between(b, t).map(Figure::Cloud),
        (Figure::NodeGrid(a), Figure::NodeGrid(b)) => a.between(b, t).map(Figure::NodeGrid),
        _ => None,
    };
    between.unwrap_or_else(|| to.clone())
}

/// Linear interpolation; `None` where the shapes differ.
pub(crate) trait Between: Sized {
    fn between(&self, to: &Self, t: f64) -> Option<Self>;
}

impl Between for f64 {
    fn between(&self, to: &f64, t: f64) -> Option<f64> {
        let value = (1.0 - t) * self + t * to;
        Some(if value.is_finite() { value } else { *to })
    }
}

impl Between for f32 {
    #[expect(clippy::cast_possible_truncation, reason = "between two f32")]
    fn between(&self, to: &f32, t: f64) -> Option<f32> {
        f64::from(*self).between(&f64::from(*to), t).map(|value| value as f32)
    }
}

impl Between for u32 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between two u32")]
    fn between(&self, to: &u32, t: f64) -> Option<u32> {
        f64::from(*self).between(&f64::from(*to), t).map(|value| value.round() as u32)
    }
}

impl<T: Between> Between for (T, T) {
    fn between(&self, to: &Self, t: f64) -> Option<Self> {
        Some((self.0.between(&to.0, t)?, self.1.between(&to.1, t)?))
    }
}

impl Between for [f64; 5] {
    fn between(&self, to: &Self, t: f64) -> Option<Self> {
        let mut between = *to;
        for (value, from) in between.iter_mut().zip(self) {
            *value = from.between(value, t)?;
        }
        Some(between)
    }
}

impl<T: Between> Between for Vec<T> {
    fn between(&self, to: &Self, t: f64) -> Option<Self> {
        if self.len() != to.len() {
            return None;
        }
        self.iter().zip(to).map(|(a, b)| a.between(b, t)).collect()
    }
}

/// What appears or disappears does so at once.
impl Between for Option<f64> {
    fn between(&self, to: &Self, t: f64) -> Option<Self> {
        match (self, to) {
            (Some(a), Some(b)) => a.between(b, t).map(Some),
            _ => Some(*to),
        }
    }
}

/// The values between if there are as many, else `to`'s: for what may change in number.
fn between_or_to(from: &Vec<f64>, to: &Vec<f64>, t: f64) -> Vec<f64> {
    from.between(to, t).unwrap_or_else(|| to.clone())
}

impl Between for Axis {
    fn between(&self, to: &Self, t: f64) -> Option<Self> {
        if self.scale != to.scale {
            return None;
        }
        Some(Self {
            min: self.min.between(&to.min, t)?,
            max: self.max.between(&to.max, t)?,
            title: to.title.clone(),
            scale: to.scale,
        })
    }
}

impl Between for Slopegraph {
    fn between(&self, to: &Self, t: f64) -> Option<Self> {
        Some(Self {
            x: self.x.between(&to.x, t)?,
            rows: self.rows.between(&to.rows, t)?,
            groups: to.groups.clone(),
            drawn: to.drawn.clone(),
        })
    }
}

impl Between for SlopeRow {
    fn between(&self, to: &Self, t: f64) -> Option<Self> {
        if self.role != to.role {
            return None;
        }
        Some(Self { label: to.label.clone(), role: to.role, values: self.values.between(&to.values, t)? })
    }
}

impl Between for Curves {
    fn between(&self, to: &Self, t: f64) -> Option<Self> {
        Some(Self {
            x: self.x.between(&to.x, t)?,
            y: self.y.between(&to.y, t)?,
            y_labels: to.y_labels,
            lines: self.lines.between(&to.lines, t)?,
            points: self.points.between(&to.points, t)?,
            rules: self.rules.between(&to.rules, t)?,
            dots: to.dots.clone(),
        })
    }
}

impl Between for Line {
    fn between(&self, to: &Self, t: f64) -> Option<Self> {
        if self.role != to.role {
            return None;
        }
        Some(Self {
            label: to.label.clone(),
            label_at: to.label_at,
            role: to.role,
            points: self.points.between(&to.points, t)?,
            filled: to.filled,
            dashed: to.dashed,
        })
    }
}

impl Between for Point {
    fn between(&self, to: &Self, t: f64) -> Option<Self> {
        if self.role != to.role {
            return None;
        }
        Some(Self {
            x: self.x.between(&to.x, t)?,
            y: self.y.between(&to.y, t)?,
            role: to.role,
            label: to.label.clone(),
            label_side: to.label_side,
        })
    }
}

impl Between for Rule {
    fn between(&self, to: &Self, t: f64) -> Option<Self> {
        if self.role != to.role || self.direction != to.direction {
            return None;
        }
        Some(Self {
            direction: to.direction,
            at: self.at.between(&to.at, t)?,
            role: to.role,
            label: to.label.clone(),
        })
    }
}

impl Between for Ranking {
    fn between(&self, to: &Self, t: f64) -> Option<Self> {
        Some(Self {
            x: self.x.between(&to.x, t)?,
            rows: self.rows.between(&to.rows, t)?,
            note: to.note.clone(),
        })
    }
}

impl Between for RankingRow {
    fn between(&self, to: &Self, t: f64) -> Option<Self> {
        // Rows in another order are another picture.
        if self.role != to.role || self.label != to.label {
            return None;
        }
        Some(Self {
            label: to.label.clone(),
            role: to.role,
            here: self.here.between(&to.here, t)?,
            expected: self.expected.between(&to.expected, t)?,
            ridge: self.ridge.between(&to.ridge, t)?,
            here_text: to.here_text.clone(),
            expected_text: to.expected_text.clone(),
            missing: to.missing.clone(),
        })
    }
}

impl Between for BoxPlots {
    fn between(&self, to: &Self, t: f64) -> Option<Self> {
        Some(Self {
            y: self.y.between(&to.y, t)?,
            boxes: self.boxes.between(&to.boxes, t)?,
            rules: self.rules.between(&to.rules, t)?,
        })
    }
}

impl Between for BoxPlot {
    fn between(&self, to: &Self, t: f64) -> Option<Self> {
        if self.role != to.role {
            return None;
        }
        Some(Self {
            label: to.label.clone(),
            role: to.role,
            five: self.five.between(&to.five, t)?,
            outliers: between_or_to(&self.outliers, &to.outliers, t),
            here: self.here.between(&to.here, t)?,
            expected: self.expected.between(&to.expected, t)?,
        })
    }
}

impl Between for Forest {
    fn between(&self, to: &Self, t: f64) -> Option<Self> {
        Some(Self { x: self.x.between(&to.x, t)?, groups: self.groups.between(&to.groups, t)? })
    }
}

impl Between for ForestGroup {
    fn between(&self, to: &Self, t: f64) -> Option<Self> {
        Some(Self {
            label: to.label.clone(),
            short_label: to.short_label.clone(),
            band: self.band.between(&to.band, t)?,
            center: self.center.between(&to.center, t)?,
            rows: self.rows.between(&to.rows, t)?,
            rest: to.rest.clone(),
        })
    }
}

impl Between for ForestRow {
    fn between(&self, to: &Self, t: f64) -> Option<Self> {
        if self.unit != to.unit {
            return None;
        }
        Some(Self {
            unit: to.unit,
            measured: self.measured.between(&to.measured, t)?,
            estimate: self.estimate.between(&to.estimate, t)?,
            interval: self.interval.between(&to.interval, t)?,
            truth: self.truth.between(&to.truth, t)?,
            newest: between_or_to(&self.newest, &to.newest, t),
        })
    }
}

impl Between for Ridges {
    fn between(&self, to: &Self, t: f64) -> Option<Self> {
        Some(Self {
            x: self.x.between(&to.x, t)?,
            rows: self.rows.between(&to.rows, t)?,
            drawn: to.drawn.clone(),
        })
    }
}

impl Between for Ridge {
    fn between(&self, to: &Self, t: f64) -> Option<Self> {
        Some(Self {
            label: to.label.clone(),
            bin_start: self.bin_start.between(&to.bin_start, t)?,
            bin_width: self.bin_width.between(&to.bin_width, t)?,
            bins: self.bins.between(&to.bins, t)?,
            curve: self.curve.between(&to.curve, t)?,
            truth: self.truth.between(&to.truth, t)?,
            inner: self.inner.between(&to.inner, t)?,
            outer: self.outer.between(&to.outer, t)?,
            median: self.median.between(&to.median, t)?,
        })
    }
}

impl Between for Scatter {
    fn between(&self, to: &Self, t: f64) -> Option<Self> {
        if self.units != to.units {
            return None;
        }
        Some(Self {
            x: self.x.between(&to.x, t)?,
            y: self.y.between(&to.y, t)?,
            xs: self.xs.between(&to.xs, t)?,
            units: to.units.clone(),
            drawn: to.drawn.clone(),
            series: self.series.between(&to.series, t)?,
            identity: to.identity,
        })
    }
}

impl Between for ScatterSeries {
    fn between(&self, to: &Self, t: f64) -> Option<Self> {
        if self.role != to.role {
            return None;
        }
        Some(Self { label: to.label.clone(), role: to.role, ys: self.ys.between(&to.ys, t)? })
    }
}

impl Between for Histograms {
    fn between(&self, to: &Self, t: f64) -> Option<Self> {
        Some(Self {
            x: self.x.between(&to.x, t)?,
            max_count: self.max_count.between(&to.max_count, t)?,
            panels: self.panels.between(&to.panels, t)?,
        })
    }
}

impl Between for Histogram {
    fn between(&self, to: &Self, t: f64) -> Option<Self> {
        if self.role != to.role {
            return None;
        }
        Some(Self {
            label: to.label.clone(),
            role: to.role,
            bin_start: self.bin_start.between(&to.bin_start, t)?,
            bin_width: self.bin_width.between(&to.bin_width, t)?,
            counts: self.counts.between(&to.counts, t)?,
            mean: self.mean.between(&to.mean, t)?,
        })
    }
}

impl Between for Traces {
    fn between(&self, to: &Self, t: f64) -> Option<Self> {
        Some(Self {
            x: self.x.between(&to.x, t)?,
            y: self.y.between(&to.y, t)?,
            chains: self.chains.between(&to.chains, t)?,
            warmup_end: self.warmup_end.between(&to.warmup_end, t)?,
        })
    }
}

impl Between for Ranks {
    fn between(&self, to: &Self, t: f64) -> Option<Self> {
        Some(Self {
            x: self.x.between(&to.x, t)?,
            max_count: self.max_count.between(&to.max_count, t)?,
            counts: self.counts.between(&to.counts, t)?,
            expected: self.expected.between(&to.expected, t)?,
            band: self.band.between(&to.band, t)?,
        })
    }
}

impl Between for Steps {
    fn between(&self, to: &Self, t: f64) -> Option<Self> {
        Some(Self { x: self.x.between(&to.x, t)?, rows: self.rows.between(&to.rows, t)? })
    }
}

impl Between for Step {
    fn between(&self, to: &Self, t: f64) -> Option<Self> {
        if self.role != to.role || self.label != to.label {
            return None;
        }
        Some(Self { value: self.value.between(&to.value, t)?, ..to.clone() })
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
        assert_eq!(tween(&from, &to, 0.25), slopegraph(vec![0.25, 5.0]));
        assert_eq!(tween(&from, &to, 0.0), from);
        assert_eq!(tween(&from, &to, -1.0), from);
        assert_eq!(tween(&from, &to, 1.5), to);
        assert_eq!(tween(&from, &to, f64::NAN), to);
    }

    #[test]
    fn another_shape_appears_at_once() {
        let (from, to) = (slopegraph(vec![0.0, 4.0]), slopegraph(vec![1.0, 8.0, 3.0]));
        assert_eq!(tween(&from, &to, 0.5), to);
        let ridges = Figure::Ridges(Ridges { x: Axis::linear(0.0, 1.0, ""), rows: vec![], drawn: vec![] });
        assert_eq!(tween(&from, &ridges, 0.5), ridges);
    }

    #[test]
    fn what_is_not_finite_is_taken_from_the_end() {
        let to = slopegraph(vec![1.0, 2.0]);
        assert_eq!(tween(&slopegraph(vec![f64::NAN, f64::INFINITY]), &to, 0.5), to);
    }
}
