//! The panels.

use estimators::risk::race::chance_bayes_beats_mle;
use plots::{
    Axis, BoxPlot, BoxPlots, Curves, Direction, Figure, LabelAt, Line, Ranking, Role, Rule, Scale, SlopeRow,
    Slopegraph,
};
use stats::summary::box_plot;

use super::contenders::{BAYES, CONTENDERS, MLE, PLAIN, ZERO};
use super::words::chances::Chances;
use super::{JamesSteinRun, words};
use crate::axis;
use crate::lab::{Body, Needs, Panel, Place, Span};
use crate::one_prior::{hidden, ranking_row};

impl JamesSteinRun {
    pub(super) fn loss_here(&self, contender: usize) -> Option<f64> {
        self.rules[contender].ok().map(|rule| rule.squared_error(&self.data.y, &self.data.mu))
    }

    /// Root of the mean squared error per measurement.
    fn rmse(&self, total: f64) -> f64 {
        (total / self.n as f64).sqrt()
    }

    pub(super) fn box_plots(&self, repeats: u32, is_shown: bool) -> Panel {
        let boxes: Vec<BoxPlot> = CONTENDERS
            .iter()
            .enumerate()
            .filter_map(|(i, contender)| {
                let errors: Vec<f64> = self.losses[i].iter().map(|loss| self.rmse(*loss)).collect();
                let tukey = box_plot(&errors).ok()?;
                Some(BoxPlot {
                    label: contender.short.to_owned(),
                    role: contender.role,
                    five: [
                        tukey.lower_whisker,
                        tukey.lower_quartile,
                        tukey.median,
                        tukey.upper_quartile,
                        tukey.upper_whisker,
                    ],
                    outliers: tukey.outliers,
                    here: self.loss_here(i).filter(|_| is_shown).map(|loss| self.rmse(loss)),
                    expected: self.risks[i].map(|risk| self.rmse(risk)),
                })
            })
            .collect();
        let whiskers =
            boxes.iter().filter(|b| b.role != Role::Zero).map(|b| b.five[4].max(b.expected.unwrap_or(0.0)));
        let naive = self.a.sqrt();
        let (min, max) = axis::from_zero(whiskers.chain([if naive < 2.0 { naive } else { 0.0 }, 0.5]));
        let rule = Rule {
            direction: Direction::Horizontal,
            at: naive,
            role: Role::Zero,
            label: words::boxes::naive(naive),
        };
        let figure = BoxPlots {
            y: Axis::linear(min, max, words::boxes::RMSE),
            boxes,
            rules: if naive <= max { vec![rule] } else { vec![] },
        };
        Panel {
            id: "boxes".to_owned(),
            title: words::boxes::TITLE.to_owned(),
            subtitle: words::boxes::subtitle(repeats, (naive > max).then_some(naive)),
            place: Place::Main,
            is_lead: true,
            needs: Needs::Repeats,
            body: Body::Figure(Figure::BoxPlots(figure)),
            remark: Vec::new(),
        }
    }

    pub(super) fn running_means(&self, repeats: u32) -> Panel {
        let mut lines = Vec::new();
        let mut seen = Vec::new();
        let end = f64::from(repeats.max(2));
        for (i, contender) in CONTENDERS.iter().enumerate() {
            let (Some(risk), false) = (self.risks[i], self.losses[i].is_empty()) else { continue };
            let exact = risk / self.n as f64;
            seen.push(exact);
            let line = |label, label_at, points, dashed| Line {
                label,
                label_at,
                role: contender.role,
                points,
                filled: false,
                dashed,
            };
            // The variants of James–Stein lie close together: one label speaks for them, the table for each.
            let is_variant = contender.role == Role::JamesStein && i != PLAIN;
            let label_at = if is_variant { LabelAt::Nowhere } else { LabelAt::End };
            let label = words::running::line(contender.short, exact);
            lines.push(line(
                words::running::exact_line(contender.short),
                LabelAt::Nowhere,
                vec![(1.0, exact), (end, exact)],
                true,
            ));
            lines.push(line(label, label_at, running_mean(&self.losses[i], self.n), false));
        }
        let (min, max) = axis::log_range(seen);
        let figure = Curves {
            x: Axis::linear(1.0, end, words::DATA_SETS_SO_FAR),
            y: Axis { min, max, title: words::running::MEAN_SQUARED_ERROR.to_owned(), scale: Scale::Log },
            y_labels: true,
            lines,
            points: Vec::new(),
            rules: Vec::new(),
            dots: Vec::new(),
        };
        Panel {
            id: "running".to_owned(),
            title: words::running::TITLE.to_owned(),
            subtitle: words::running::subtitle(self.a),
            place: Place::Main,
            is_lead: false,
            needs: Needs::Repeats,
            body: Body::Figure(Figure::Curves(figure)),
            remark: Vec::new(),
        }
    }

    pub(super) fn this_data_set(&self, is_shown: bool) -> Panel {
        let title = words::HERE_AND_ON_AVERAGE.to_owned();
        if !is_shown {
            return hidden("losses", title, Place::Side);
        }
        let rows: Vec<_> = CONTENDERS
            .iter()
            .enumerate()
            .map(|(i, contender)| {
                let mut row = ranking_row(contender.label, contender.role, self.loss_here(i), self.risks[i]);
                if self.rules[i].is_err() {
                    row.missing = words::NOT_DEFINED.to_owned();
                }
                row
            })
            .collect();
        let modest = rows.iter().filter(|row| row.role != Role::Zero || self.a <= 2.0);
        let (min, max) = axis::from_zero(modest.flat_map(|row| [row.here, row.expected]).flatten());
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

    /// Repeats in which rule `i` had the smaller loss than rule `j`.
    fn wins(&self, i: usize, j: usize) -> usize {
        self.losses[i].iter().zip(&self.losses[j]).filter(|(a, b)| a < b).count()
    }

    pub(super) fn chances(&self, repeats: u32, is_shown: bool) -> Panel {
        let chance = |n: usize| {
            chance_bayes_beats_mle(n, self.a)
                .unwrap_or_else(|_| unreachable!("the sliders keep n and A in range"))
        };
        let losses_here = self.loss_here(BAYES).zip(self.loss_here(MLE)).filter(|_| is_shown);
        let chances = Chances {
            repeats,
            bayes: chance(self.n),
            bayes_of_one: chance(1),
            bayes_wins: self.wins(BAYES, MLE),
            james_stein: self.rules[PLAIN].is_ok().then(|| (self.wins(PLAIN, MLE), self.wins(ZERO, PLAIN))),
            wins_here: losses_here.map(|(bayes, mle)| bayes < mle),
        };
        Panel {
            id: "chances".to_owned(),
            title: words::chances::TITLE.to_owned(),
            subtitle: Vec::new(),
            place: Place::Side,
            is_lead: false,
            needs: Needs::Repeats,
            body: Body::Text,
            remark: words::chances::text(&chances),
        }
    }

    pub(super) fn slopegraph(&self, is_shown: bool) -> Panel {
        let (min, max) = axis::symmetric(self.data.y.iter().chain(&self.data.mu).copied(), 4.0);
        let estimates = |contender: usize| -> Option<Vec<f64>> {
            let rule = self.rules[contender].ok()?;
            Some(self.data.y.iter().map(|y| rule.estimate(*y)).collect())
        };
        let mut rows = vec![SlopeRow {
            label: words::MEASURED_Y.to_owned(),
            role: Role::Mle,
            values: self.data.y.clone(),
        }];
        if let Some(values) = estimates(PLAIN) {
            rows.push(SlopeRow { label: words::JAMES_STEIN.to_owned(), role: Role::JamesStein, values });
        }
        if is_shown {
            rows.push(SlopeRow {
                label: words::TRUTH_MU.to_owned(),
                role: Role::Truth,
                values: self.data.mu.clone(),
            });
        }
        let subtitle = match self.rules[PLAIN] {
            Ok(rule) => words::slopes::subtitle(rule.shrinkage, self.a),
            Err(error) => vec![Span::plain(format!("{error}."))],
        };
        Panel {
            id: "slopes".to_owned(),
            title: words::slopes::TITLE.to_owned(),
            subtitle,
            place: Place::Below,
            is_lead: false,
            needs: Needs::Nothing,
            body: Body::Figure(Figure::Slopegraph(Slopegraph {
                x: Axis::linear(min, max, ""),
                rows,
                groups: Vec::new(),
                drawn: Vec::new(),
            })),
            remark: Vec::new(),
        }
    }
}

/// Mean of the first 1, 2, … losses per unit, thinned to what a picture can show.
fn running_mean(losses: &[f64], num_units: usize) -> Vec<(f64, f64)> {
    const CORNERS: usize = 160;
    let every = losses.len().div_ceil(CORNERS).max(1);
    let mut mean = stats::summary::RunningMean::default();
    let mut points = Vec::with_capacity(CORNERS + 2);
    for (i, loss) in losses.iter().enumerate() {
        mean.push(loss / num_units as f64);
        if i % every == 0 || i + 1 == losses.len() || i < 8 {
            points.push(((i + 1) as f64, mean.mean()));
        }
    }
    points
}
