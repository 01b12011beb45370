//! The panels.

use estimators::ShrinkageRule;
use estimators::risk::prior_average;
use plots::{
    Axis, Curves, Direction, Figure, LabelAt, Line, Point, Ranking, RankingRow, Role, Rule, Side, SlopeRow,
    Slopegraph,
};
use stats::special::normal_pdf;

use super::marks::{density_lines, hidden, ranking_row, truth_mark};
use super::{NOISE_VAR, OnePriorRun, words};
use crate::axis;
use crate::lab::{Body, Needs, Panel, Place, Span};

impl OnePriorRun {
    fn num_units(&self) -> usize {
        self.data.y.len()
    }

    /// The axis of all values: −4 to 4 and −8 to 8 on the slides.
    fn axis(&self, title: &str) -> Axis {
        let (min, max) = axis::symmetric(self.data.y.iter().chain(&self.data.mu).copied(), 4.0);
        Axis::linear(min, max, title)
    }

    pub(super) fn slopegraph(&self, is_shown: bool) -> Panel {
        let estimates = self.data.y.iter().map(|y| self.bayes.estimate(*y)).collect();
        let mut rows = vec![
            SlopeRow { label: words::MEASURED_Y.to_owned(), role: Role::Mle, values: self.data.y.clone() },
            SlopeRow { label: words::BAYES.to_owned(), role: Role::Bayes, values: estimates },
        ];
        if is_shown {
            rows.push(SlopeRow {
                label: words::TRUTH_MU.to_owned(),
                role: Role::Truth,
                values: self.data.mu.clone(),
            });
        }
        Panel {
            id: "slopes".to_owned(),
            title: words::FROM_MEASUREMENT.to_owned(),
            subtitle: words::slopes::subtitle(self.num_units(), is_shown),
            place: Place::Main,
            is_lead: true,
            needs: Needs::Nothing,
            body: Body::Figure(Figure::Slopegraph(Slopegraph {
                x: self.axis(""),
                rows,
                groups: Vec::new(),
                drawn: Vec::new(),
            })),
            remark: Vec::new(),
        }
    }

    pub(super) fn close_up(&self, unit: usize, is_shown: bool) -> Panel {
        let (y, truth) = (self.data.y[unit], self.data.mu[unit]);
        let posterior = (self.bayes.estimate(y), (NOISE_VAR * (1.0 - self.bayes.shrinkage)).sqrt());
        let x = self.axis("");
        let densities = [
            (words::close_up::PRIOR, Role::Neutral, 0.0, self.prior_var.sqrt()),
            (words::close_up::LIKELIHOOD, Role::Mle, y, NOISE_VAR.sqrt()),
            (words::close_up::POSTERIOR, Role::Bayes, posterior.0, posterior.1),
        ];
        let lines = density_lines(&x, &densities);
        let tallest = densities.iter().map(|density| normal_pdf(0.0) / density.3).fold(0.0, f64::max);
        let (min, max) = axis::from_zero([1.08 * tallest]);
        let points = if is_shown { vec![truth_mark(truth)] } else { Vec::new() };
        let figure = Curves {
            x,
            y: Axis::linear(min, max, ""),
            y_labels: false,
            lines,
            points,
            rules: Vec::new(),
            dots: Vec::new(),
        };
        Panel {
            id: "close-up".to_owned(),
            title: words::close_up::title(unit),
            subtitle: words::close_up::subtitle(y, posterior, is_shown.then_some(truth)),
            place: Place::Main,
            is_lead: false,
            needs: Needs::Nothing,
            body: Body::Figure(Figure::Curves(figure)),
            remark: Vec::new(),
        }
    }

    /// Total squared error of (1 − B) y: Σy²·B² − 2B Σy(y−μ) + Σ(y−μ)².
    pub(super) fn error_at(&self, shrinkage: f64) -> f64 {
        ShrinkageRule { shrinkage, center: 0.0 }.squared_error(&self.data.y, &self.data.mu)
    }

    /// The B with the smallest error on these data, Σy(y−μ)/Σy²: known only to who knows the truth.
    fn oracle(&self) -> f64 {
        let products = self.data.y.iter().zip(&self.data.mu).map(|(y, mu)| y * (y - mu)).sum::<f64>();
        products / self.data.y.iter().map(|y| y * y).sum::<f64>()
    }

    pub(super) fn parabola(&self, is_shown: bool) -> Panel {
        let title = words::parabola::TITLE.to_owned();
        let place = Place::Side;
        if !is_shown {
            return hidden("parabola", title, place);
        }
        let (oracle, james_stein) = (self.oracle(), self.james_stein.shrinkage);
        let (_, max) = axis::from_zero([1.0, oracle.min(2.0), james_stein.min(2.0)]);
        let min = if oracle < 0.0 { -0.5 } else { 0.0 };
        let points = (0..=60)
            .map(|i| min + (max - min) * f64::from(i) / 60.0)
            .map(|b| (b, self.error_at(b)))
            .collect();
        let (_, top) = axis::from_zero([self.error_at(0.0), self.error_at(1.0)]);
        let mark = |role, label: &str, at: f64, label_side| Point {
            x: at,
            y: self.error_at(at),
            role,
            label: label.to_owned(),
            label_side,
        };
        let best = Line {
            label: String::new(),
            label_at: LabelAt::End,
            role: Role::Neutral,
            points,
            filled: false,
            dashed: false,
        };
        let figure = Curves {
            x: Axis::linear(min, max, words::SHARE_REMOVED),
            y: Axis::linear(0.0, top, words::TOTAL_SQUARED_ERROR),
            y_labels: true,
            lines: vec![best],
            points: vec![
                mark(Role::Oracle, words::parabola::ORACLE, oracle, Side::Below),
                mark(Role::Mle, words::MLE, 0.0, Side::Right),
                mark(Role::Zero, words::parabola::ZERO, 1.0, Side::Above),
                mark(Role::JamesStein, words::JAMES_STEIN, james_stein, Side::Below),
                mark(Role::Bayes, words::BAYES, self.bayes.shrinkage, Side::Above),
            ],
            rules: vec![Rule {
                direction: Direction::Vertical,
                at: oracle,
                role: Role::Neutral,
                label: String::new(),
            }],
            dots: Vec::new(),
        };
        Panel {
            id: "parabola".to_owned(),
            title,
            subtitle: vec![Span::plain(words::parabola::SUBTITLE)],
            place,
            is_lead: false,
            needs: Needs::Nothing,
            body: Body::Figure(Figure::Curves(figure)),
            remark: words::parabola::remark(james_stein, self.bayes.shrinkage, oracle),
        }
    }

    pub(super) fn losses(&self, is_shown: bool) -> Panel {
        let title = words::HERE_AND_ON_AVERAGE.to_owned();
        if !is_shown {
            return hidden("losses", title, Place::Side);
        }
        let (n, a) = (self.num_units(), self.prior_var);
        let rows = [
            (words::MLE, Role::Mle, 0.0, Some(prior_average::mle(n))),
            (words::ZERO, Role::Zero, 1.0, Some(prior_average::zero(n, a))),
            (
                words::JAMES_STEIN,
                Role::JamesStein,
                self.james_stein.shrinkage,
                prior_average::james_stein(n, a).ok(),
            ),
            (words::BAYES, Role::Bayes, self.bayes.shrinkage, Some(prior_average::bayes(n, a))),
        ];
        let rows: Vec<RankingRow> = rows
            .into_iter()
            .map(|(label, role, shrinkage, expected)| {
                ranking_row(label, role, Some(self.error_at(shrinkage)), expected)
            })
            .collect();
        let (min, max) = axis::from_zero(rows.iter().flat_map(|row| [row.here, row.expected]).flatten());
        let figure = Ranking {
            x: Axis::linear(min, max, words::TOTAL_SQUARED_ERROR),
            rows,
            note: words::HERE_AND_EXACT.to_owned(),
        };
        Panel {
            id: "losses".to_owned(),
            title,
            subtitle: Vec::new(),
            place: Place::Side,
            is_lead: false,
            needs: Needs::Nothing,
            body: Body::Figure(Figure::Ranking(figure)),
            remark: Vec::new(),
        }
    }
}
