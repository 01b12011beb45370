//! Region means against their truth: the lecture's tenth slide.

use plots::{Axis, Curves, Figure, LabelAt, Line, Point, Role, Side};

use super::RegionsRun;
use super::words::means as words;
use crate::axis;
use crate::lab::{Body, Needs, Panel, Place};
use crate::one_prior::hidden;

/// Most regions that have their names beside them.
const MOST_NAMED: usize = 12;

impl RegionsRun {
    pub(super) fn means_against_truth(&self, is_shown: bool) -> Panel {
        let title = words::TITLE.to_owned();
        if !is_shown {
            return hidden("theta-truth", title, Place::Below);
        }
        let truth = &self.data.theta;
        let intervals: Vec<(f64, f64)> =
            self.theta.iter().map(|theta| (theta.quantiles[0], theta.quantiles[4])).collect();
        let ends = intervals.iter().flat_map(|(low, high)| [*low, *high]);
        let (min, max) = axis::around_zero(ends.chain(truth.iter().copied()), 2.0);
        let line = |label: String, role, points, dashed| Line {
            label,
            label_at: LabelAt::Nowhere,
            role,
            points,
            filled: false,
            dashed,
        };
        let diagonal = line(words::DIAGONAL.to_owned(), Role::Neutral, vec![(min, min), (max, max)], true);
        let bars = truth.iter().zip(&intervals).enumerate().map(|(k, (truth, (low, high)))| {
            line(words::interval(k), Role::Bayes, vec![(*truth, *low), (*truth, *high)], false)
        });
        let points = truth.iter().zip(&self.theta).enumerate().map(|(k, (truth, theta))| Point {
            x: *truth,
            y: theta.mean,
            role: Role::Bayes,
            label: if self.theta.len() <= MOST_NAMED { words::name(k) } else { String::new() },
            label_side: Side::Left,
        });
        let is_held = |(truth, (low, high)): &(&f64, &(f64, f64))| *low <= **truth && **truth <= *high;
        let num_held = truth.iter().zip(&intervals).filter(is_held).count();
        let figure = Curves {
            x: Axis::linear(min, max, words::TRUTH),
            y: Axis::linear(min, max, words::MEAN),
            y_labels: true,
            lines: std::iter::once(diagonal).chain(bars).collect(),
            points: points.collect(),
            rules: Vec::new(),
            dots: Vec::new(),
        };
        Panel {
            id: "theta-truth".to_owned(),
            title,
            subtitle: words::subtitle(num_held, truth.len()),
            place: Place::Below,
            is_lead: false,
            needs: Needs::Nothing,
            body: Body::Figure(Figure::Curves(figure)),
            remark: Vec::new(),
        }
    }
}
