//! The pictures and tables.

use plots::{
    Axis, Curves, Direction, Figure, Forest, ForestGroup, ForestRow, LabelAt, Line, Ranking, Role, Rule,
    Scatter, ScatterSeries, SlopeRow, Slopegraph, Table,
};
use stats::order::{ranking, sort_counts};

use super::fit::{BAYES, JAMES_STEIN};
use super::words::estimator;
use super::{DataRun, published, words};
use crate::lab::{Body, Needs, Panel, Place, Span};
use crate::number;
use crate::one_prior::{hidden, ranking_row};
use crate::own::LEAST_UNITS;

/// Most units that pictures show; more are thinned evenly by rank.
const MAX_SHOWN: usize = 300;
/// Most rows of the picture of intervals.
const MAX_ROWS: usize = 80;

fn panel(id: &str, title: &str, place: Place, body: Body) -> Panel {
    Panel {
        id: id.to_owned(),
        title: title.to_owned(),
        subtitle: Vec::new(),
        place,
        is_lead: false,
        needs: Needs::Nothing,
        body,
        remark: Vec::new(),
    }
}

/// What to do where there is nothing to analyze.
pub(super) fn invitation(num_rows: usize) -> Panel {
    Panel {
        is_lead: true,
        subtitle: words::invitation::subtitle(num_rows, LEAST_UNITS),
        ..panel("invitation", words::invitation::TITLE, Place::Main, Body::Text)
    }
}

/// `max` of the numbers below `len`, evenly spaced; all of them if there are no more.
fn thinned(len: usize, max: usize) -> Vec<usize> {
    if len <= max {
        return (0..len).collect();
    }
    (0..max).map(|i| i * (len - 1) / (max - 1)).collect()
}

/// A range about all values with ends that are round in a tenth of their span.
fn range(values: impl IntoIterator<Item = f64>) -> (f64, f64) {
    let (low, high) = values
        .into_iter()
        .filter(|value| value.is_finite())
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)));
    let span = if high > low { high - low } else { high.abs().max(1.0) };
    let mut step = 1e-300_f64;
    let decade = libm::floor(libm::log10(span / 10.0));
    step = step.max(libm::pow(10.0, decade));
    let step = [1.0, 2.0, 5.0, 10.0].into_iter().map(|digit| digit * step).find(|step| 10.0 * step >= span);
    let step = step.unwrap_or(span);
    ((low / step - 0.2).floor() * step, (high / step + 0.2).ceil() * step)
}

impl DataRun {
    /// The units that pictures show, in the order of the data.
    fn shown(&self) -> Vec<usize> {
        let mut ranked: Vec<usize> = (0..self.set.len()).collect();
        if ranked.len() > MAX_SHOWN {
            ranked = ranking(&self.set.y);
            ranked = thinned(ranked.len(), MAX_SHOWN).into_iter().map(|rank| ranked[rank]).collect();
            sort_counts(&mut ranked);
        }
        ranked
    }

    /// Says so where pictures leave units out.
    fn thinning(&self, shown: usize) -> String {
        if shown == self.set.len() {
            return String::new();
        }
        words::thinning(shown, self.set.len(), self.set.unit.1)
    }

    fn truth(&self, i: usize) -> f64 {
        self.set.truth.as_ref().map_or(self.set.y[i], |truth| truth[i])
    }

    fn axis(&self, shown: &[usize], title: &str) -> Axis {
        let values = shown.iter().flat_map(|i| [self.set.y[*i], self.fit.bayes()[*i], self.truth(*i)]);
        let (min, max) = range(values);
        Axis::linear(min, max, title)
    }

    pub(super) fn slopes(&self, is_shown: bool) -> Panel {
        let shown = self.shown();
        let of = |values: &[f64]| shown.iter().map(|i| values[*i]).collect::<Vec<_>>();
        let row = |label: &str, role, values| SlopeRow { label: label.to_owned(), role, values };
        let mut rows = vec![
            row(words::MEASURED_Y, Role::Mle, of(&self.set.y)),
            row(words::legend::FULL_BAYES, Role::Bayes, of(self.fit.bayes())),
        ];
        if let Some(truth) = self.set.truth.as_deref().filter(|_| is_shown) {
            rows.push(row(words::TRUTH_MU, Role::Truth, of(truth)));
        }
        let groups = if self.fit.sizes.len() > 1 {
            let group = (0_u32..).zip(&self.fit.sizes).flat_map(|(k, size)| std::iter::repeat_n(k, *size));
            let group: Vec<u32> = group.collect();
            shown.iter().map(|i| group[*i]).collect()
        } else {
            Vec::new()
        };
        let x = self.axis(&shown, self.set.quantity);
        Panel {
            is_lead: true,
            subtitle: words::slopes::subtitle(self.set.unit.0, is_shown, &self.thinning(shown.len())),
            remark: vec![Span::plain(self.set.source)],
            ..panel(
                "slopes",
                words::FROM_MEASUREMENT,
                Place::Main,
                Body::Figure(Figure::Slopegraph(Slopegraph { x, rows, groups, drawn: Vec::new() })),
            )
        }
    }

    pub(super) fn forest(&self, is_shown: bool) -> Panel {
        let shown = self.shown();
        let places = thinned(shown.len(), MAX_ROWS);
        let (mut groups, mut first) = (Vec::new(), 0);
        for (k, size) in self.fit.sizes.iter().enumerate() {
            let rows: Vec<(usize, usize)> = places
                .iter()
                .map(|place| (*place, shown[*place]))
                .filter(|(_, i)| (first..first + size).contains(i))
                .collect();
            first += size;
            let order = ranking(&rows.iter().map(|row| self.set.y[row.1]).collect::<Vec<_>>());
            let rows: Vec<(usize, usize)> = order.into_iter().map(|index| rows[index]).collect();
            if rows.is_empty() {
                continue;
            }
            let (center, band) = self.fit.centers[k];
            let row = |(place, i): (usize, usize)| ForestRow {
                unit: u32::try_from(place).expect("at most 300 units are shown"),
                measured: self.set.y[i],
                estimate: self.fit.bayes()[i],
                interval: self.fit.intervals[i],
                truth: self.set.truth.as_ref().filter(|_| is_shown).map(|truth| truth[i]),
                newest: Vec::new(),
            };
            groups.push(ForestGroup {
                label: self.fit.labels[k].clone(),
                short_label: words::unit::short(&self.fit.labels[k]),
                band,
                center,
                rows: rows.into_iter().map(row).collect(),
                rest: Vec::new(),
            });
        }
        let values = groups.iter().flat_map(|group| &group.rows);
        let values = values.flat_map(|row| {
            [row.measured, row.estimate, row.interval.0, row.interval.1, row.truth.unwrap_or(row.measured)]
        });
        let (min, max) = range(values);
        let how = if self.fit.is_exact { words::forest::QUANTILES } else { words::forest::MOMENTS };
        let omitted = self.thinning(places.len());
        let figure = Forest { x: Axis::linear(min, max, self.set.quantity), groups };
        Panel {
            subtitle: words::forest::subtitle(self.level, how, &omitted),
            ..panel("forest", words::forest::TITLE, Place::Main, Body::Figure(Figure::Forest(figure)))
        }
    }

    pub(super) fn against_raw(&self) -> Panel {
        let shown = self.shown();
        let series = [JAMES_STEIN, BAYES - 1, BAYES].into_iter().filter_map(|k| {
            let contender = &self.fit.contenders[k];
            let estimates = contender.estimates.as_ref()?;
            // Two estimators share a color and a mark: one of them is enough.
            if k == BAYES - 1 && self.fit.contenders[JAMES_STEIN].estimates.is_some() {
                return None;
            }
            let ys = shown.iter().map(|i| estimates[*i]).collect();
            Some(ScatterSeries { label: contender.label.to_owned(), role: contender.role, ys })
        });
        let series: Vec<ScatterSeries> = series.collect();
        // One range for both axes: how flat the cloud lies is how much is shrunk.
        let estimates = series.iter().flat_map(|series| series.ys.iter().copied());
        let (min, max) = range(shown.iter().map(|i| self.set.y[*i]).chain(estimates));
        let figure = Scatter {
            x: Axis::linear(min, max, words::against_raw::measured(self.set.quantity)),
            y: Axis::linear(min, max, words::ESTIMATE),
            xs: shown.iter().map(|i| self.set.y[*i]).collect(),
            units: (0..).take(shown.len()).collect(),
            drawn: Vec::new(),
            series,
            identity: true,
        };
        Panel {
            subtitle: words::against_raw::subtitle(&self.thinning(shown.len())),
            ..panel(
                "against-raw",
                words::against_raw::TITLE,
                Place::Side,
                Body::Figure(Figure::Scatter(figure)),
            )
        }
    }

    pub(super) fn by_precision(&self) -> Panel {
        let shown = self.shown();
        let se: Vec<f64> = shown.iter().map(|i| self.set.noise_var[*i].sqrt()).collect();
        let (_, max) = range(se.iter().copied());
        let of = |shrinkage: &[f64]| shown.iter().map(|i| shrinkage[*i]).collect::<Vec<_>>();
        let series = vec![
            ScatterSeries {
                label: estimator::EMPIRICAL_BAYES.to_owned(),
                role: Role::JamesStein,
                ys: of(&self.fit.empirical.shrinkage),
            },
            ScatterSeries {
                label: estimator::FULL_BAYES.to_owned(),
                role: Role::Bayes,
                ys: of(&self.fit.shrinkage),
            },
        ];
        let figure = Scatter {
            x: Axis::linear(0.0, max, words::by_precision::STANDARD_ERROR),
            y: Axis::linear(0.0, 1.0, words::SHARE_REMOVED),
            xs: se,
            units: (0..).take(shown.len()).collect(),
            drawn: Vec::new(),
            series,
            identity: false,
        };
        let least = self.fit.shrinkage.iter().copied().fold(1.0, f64::min);
        let most = self.fit.shrinkage.iter().copied().fold(0.0, f64::max);
        let are_equal = most - least < 1e-9;
        let remark = if are_equal {
            words::by_precision::equal(most)
        } else {
            words::by_precision::unequal(least, most)
        };
        let title = words::by_precision::TITLE;
        // A picture of one point would say less than the sentence.
        let body = if are_equal { Body::Text } else { Body::Figure(Figure::Scatter(figure)) };
        Panel { remark, ..panel("by-precision", title, Place::Main, body) }
    }

    pub(super) fn sd(&self) -> Panel {
        let points = self.fit.sd_curve();
        let (end, top) =
            points.iter().fold((0.0_f64, 0.0_f64), |(end, top), point| (end.max(point.0), top.max(point.1)));
        let [median, low, high] = self.fit.sd_summary(self.level);
        let empirical = self.fit.empirical.prior_var.sqrt();
        let line = Line {
            label: String::new(),
            label_at: LabelAt::Nowhere,
            role: Role::Bayes,
            points,
            filled: true,
            dashed: false,
        };
        let rule = |at: f64, role, label: &str| Rule {
            direction: Direction::Vertical,
            at,
            role,
            label: label.to_owned(),
        };
        let figure = Curves {
            x: Axis::linear(0.0, range([0.0, end, empirical]).1, words::sd::axis(self.set.quantity)),
            y: Axis::linear(0.0, 1.1 * top, ""),
            y_labels: false,
            lines: vec![line],
            points: Vec::new(),
            dots: Vec::new(),
            rules: vec![rule(empirical, Role::JamesStein, words::sd::EMPIRICAL_BAYES)],
        };
        Panel {
            subtitle: vec![Span::plain(words::sd::SUBTITLE)],
            remark: words::sd::remark(median, self.level, (low, high), empirical),
            ..panel("sd", words::sd::TITLE, Place::Side, Body::Figure(Figure::Curves(figure)))
        }
    }

    pub(super) fn race(&self, is_shown: bool) -> Panel {
        let title = words::race::TITLE;
        if self.set.truth.is_none() {
            let text = words::race::NOBODY_KNOWS;
            return Panel {
                remark: vec![Span::plain(text)],
                ..panel("race", title, Place::Side, Body::Text)
            };
        }
        if !is_shown {
            return hidden("race", title.to_owned(), Place::Side);
        }
        let row = |k: usize| {
            let contender = &self.fit.contenders[k];
            let loss = self.fit.loss(&self.set, k);
            let mut row = ranking_row(contender.label, contender.role, loss, None);
            row.here_text = words::or_dash(loss.map(number::short));
            row.expected_text = String::new();
            row.missing = contender.missing.to_owned();
            row
        };
        let rows: Vec<_> = (0..self.fit.contenders.len()).map(row).collect();
        let (_, max) = range(rows.iter().filter_map(|row| row.here).chain([0.0]));
        let closer = self.fit.num_closer(&self.set, BAYES).unwrap_or(0);
        let figure =
            Ranking { x: Axis::linear(0.0, max, words::TOTAL_SQUARED_ERROR), rows, note: String::new() };
        let subtitle = words::race::subtitle(closer, self.set.len(), self.set.unit.1);
        Panel { subtitle, ..panel("race", title, Place::Side, Body::Figure(Figure::Ranking(figure))) }
    }

    pub(super) fn in_print(&self) -> Panel {
        let title = words::published::TITLE;
        if self.published.is_empty() {
            let text = words::published::NOTHING;
            return Panel {
                remark: vec![Span::plain(text)],
                ..panel("published", title, Place::Below, Body::Text)
            };
        }
        let num_agreeing = self.published.iter().filter(|published| published.agrees()).count();
        let subtitle = words::published::subtitle(num_agreeing, self.published.len());
        let body = Body::Table(published::table(&self.published));
        Panel { subtitle, ..panel("published", title, Place::Below, body) }
    }

    pub(super) fn units(&self, is_shown: bool) -> Panel {
        let mut columns: Vec<String> = words::units::FIRST_COLUMNS.map(str::to_owned).to_vec();
        columns.extend(self.fit.contenders[1..].iter().map(|contender| contender.label.to_owned()));
        columns.extend(words::units::columns_of_bayes(self.level));
        let truth = self.set.truth.as_deref().filter(|_| is_shown);
        columns.extend(truth.map(|_| words::units::TRUTH.to_owned()));
        let mut rows = Vec::with_capacity(self.set.len());
        let mut i = 0;
        for (group, size) in self.set.groups.iter().zip(&self.set.sizes) {
            for _ in 0..*size {
                let mut row = vec![self.set.names[i].clone(), group.clone()];
                row.extend([self.set.y[i], self.set.noise_var[i].sqrt()].map(cell));
                row.extend(self.fit.contenders[1..].iter().map(|contender| {
                    contender.estimates.as_ref().map_or_else(String::new, |estimates| cell(estimates[i]))
                }));
                let (low, high) = self.fit.intervals[i];
                row.extend([self.fit.bayes_sd[i], low, high, self.fit.shrinkage[i]].map(cell));
                row.extend(truth.map(|truth| cell(truth[i])));
                rows.push(row);
                i += 1;
            }
        }
        Panel {
            subtitle: words::units::subtitle(self.set.unit.0),
            ..panel("units", words::units::TITLE, Place::Below, Body::Table(Table { columns, rows }))
        }
    }
}

/// A number with six digits, as a program reads it.
fn cell(value: f64) -> String {
    if value == 0.0 || !value.is_finite() {
        return if value == 0.0 { "0".to_owned() } else { String::new() };
    }
    number::significant(value, 6).to_string()
}
