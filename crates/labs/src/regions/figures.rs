//! The pictures.

use models::RegionData;
use plots::{
    Axis, Curves, Figure, Forest, ForestGroup, ForestRow, Histogram, Histograms, LabelAt, Line, Ranking,
    RankingRow, Role, Scatter, ScatterSeries, SlopeRow, Slopegraph,
};
use stats::histogram::equal_width;
use stats::special::{normal_pdf, normal_quantile};

use super::race::Name;
use super::samples::{LEAST_DRAWS, Sampled, draws_mean, total};
use super::words::forest::Source;
use super::{RegionsRun, Setting, Shown, words};
use crate::lab::{Body, Extras, Needs, Panel, Place, Span};
use crate::one_prior::{hidden, ranking_row, truth_mark};
use crate::{axis, number};

impl RegionsRun {
    /// The axis of all values; −4 to 8 for the lecture's data.
    fn axis(&self, title: &str) -> Axis {
        let intervals = self
            .exact
            .mu_mean()
            .iter()
            .zip(self.exact.mu_sd())
            .flat_map(|(mean, sd)| [mean - 1.7 * sd, mean + 1.7 * sd]);
        let values = self.data.y.iter().chain(&self.data.mu).copied();
        let (min, max) = axis::around_zero(values.chain(intervals), 2.0);
        Axis::linear(min, max, title)
    }

    pub(super) fn num_regions(&self) -> usize {
        self.setting.sizes.len()
    }

    pub(super) fn forest(&self, extras: &Extras, shown: &Shown, is_shown: bool) -> Panel {
        let draws = extras.draws.filter(|draws| total(draws) >= LEAST_DRAWS);
        let sampled = draws.map(|draws| Sampled::of(draws, self.num_regions(), shown, extras.summaries));
        let z = normal_quantile(0.95);
        let groups = (0..self.num_regions())
            .map(|k| {
                let (center, sd) = (self.exact.theta_mean()[k], self.exact.theta_sd()[k]);
                let row = |i: &usize| self.forest_row(*i, sampled.as_ref(), (z, is_shown), extras);
                let drawn = shown.of_region(k);
                let is_rest = |i: &&usize| !shown.is_whole() && !drawn.contains(i);
                ForestGroup {
                    label: words::forest::region(k),
                    short_label: words::forest::short_region(k),
                    band: (center - z * sd, center + z * sd),
                    center,
                    rows: drawn.iter().filter_map(row).collect(),
                    rest: self.order[k].iter().filter(is_rest).filter_map(row).collect(),
                }
            })
            .collect();
        let source = match draws {
            Some(draws) => Source::Draws(total(draws)),
            None if self.setting.is_learned() => Source::Moments,
            None => Source::Exact,
        };
        let has_newest = !extras.newest.iter().all(Vec::is_empty);
        Panel {
            id: "forest".to_owned(),
            title: words::forest::TITLE.to_owned(),
            subtitle: words::forest::subtitle(&shown.of_schools(), &source, has_newest),
            place: Place::Main,
            is_lead: true,
            needs: Needs::Draws,
            body: Body::Figure(Figure::Forest(Forest { x: self.axis(""), groups })),
            remark: Vec::new(),
        }
    }

    /// `None` for a school whose interval is not yet known.
    fn forest_row(
        &self,
        i: usize,
        sampled: Option<&Sampled>,
        (z, is_shown): (f64, bool),
        extras: &Extras,
    ) -> Option<ForestRow> {
        let (mean, sd) = (self.exact.mu_mean()[i], self.exact.mu_sd()[i]);
        let exact = (mean, (mean - z * sd, mean + z * sd));
        let (estimate, interval) = sampled.map_or(Some(exact), |sampled| sampled.schools[i])?;
        let newest =
            extras.newest.iter().filter_map(|draw| draw.get(self.num_regions() + i).copied()).collect();
        Some(ForestRow {
            unit: u32::try_from(i).expect("a few thousand schools"),
            measured: self.data.y[i],
            estimate,
            interval,
            truth: self.data.mu.get(i).copied().filter(|_| is_shown),
            newest,
        })
    }

    pub(super) fn race_panel(&self, repeats: u32, is_shown: bool) -> Panel {
        let title = words::WHO_CAME_CLOSEST.to_owned();
        if !is_shown {
            return hidden("race", title, Place::Main);
        }
        // The guess 0 may be far off: its numbers are shown, the picture is not stretched for it.
        let losses = &self.race.losses;
        let modest = || losses.iter().filter(|losses_of| losses_of.contender.role != Role::Zero);
        let tails = modest().filter_map(|losses_of| stats::summary::quantile(&losses_of.repeats, 0.99).ok());
        let marks = modest().flat_map(|losses_of| [losses_of.here, losses_of.expected]).flatten();
        let (min, max) = axis::from_zero(tails.chain(marks));
        let ridges: Vec<Vec<(f64, f64)>> =
            losses.iter().map(|losses_of| ridge(&losses_of.repeats, max)).collect();
        let tallest =
            ridges.iter().flatten().map(|corner| corner.1).fold(0.0, f64::max).max(f64::MIN_POSITIVE);
        let rows = losses
            .iter()
            .zip(ridges)
            .map(|(losses_of, ridge)| {
                let contender = losses_of.contender;
                let mut row =
                    ranking_row(contender.label, contender.role, losses_of.here, losses_of.expected);
                if contender.name == Name::LearnedBayes && !losses_of.repeats.is_empty() {
                    // No closed form: the average of the repeats stands in, and says so.
                    let mean = stats::summary::mean(&losses_of.repeats);
                    row.expected_text = format!("≈ {}", number::loss(mean));
                }
                RankingRow {
                    ridge: ridge.into_iter().map(|(x, height)| (x, height / tallest)).collect(),
                    missing: losses_of.missing.to_owned(),
                    ..row
                }
            })
            .collect();
        let figure = Ranking {
            x: Axis::linear(min, max, words::TOTAL_SQUARED_ERROR),
            rows,
            note: words::race::HERE_AND_EXACT.to_owned(),
        };
        Panel {
            id: "race".to_owned(),
            title,
            subtitle: words::race::subtitle(self.data.y.len(), repeats),
            place: Place::Main,
            is_lead: false,
            needs: Needs::Repeats,
            body: Body::Figure(Figure::Ranking(figure)),
            remark: self.race_remark(repeats),
        }
    }

    fn race_remark(&self, repeats: u32) -> Vec<Span> {
        let (hero, beats) = if self.setting.is_learned() {
            (Name::LearnedBayes, words::race::LEARNED_BAYES_BEATS)
        } else {
            (Name::FullBayes, words::race::FULL_BAYES_BEATS)
        };
        let rivals = [
            (Name::FullBayes, words::race::THE_ONE_THAT_KNOWS),
            (Name::Mle, words::race::THE_MLE),
            (Name::RegionMean, words::race::THE_REGION_MEAN),
            (Name::JamesStein, words::race::JAMES_STEIN_IN_EACH),
            (Name::PooledEmpiricalBayes, words::race::POOLED_WITHIN),
        ];
        let beaten = rivals.into_iter().filter(|(rival, _)| repeats > 0 && hero != *rival);
        let beaten = beaten.filter_map(|(rival, name)| {
            let share = self.race.wins(hero, rival)? as f64 / f64::from(repeats);
            Some((name, self.race.of(rival)?.contender.role, share))
        });
        let mut remark = words::race::wins(beats, &beaten.collect::<Vec<_>>(), repeats);
        remark.extend(self.cost_of_learning());
        remark
    }

    /// What it costs not to know the SDs, where they are learned.
    fn cost_of_learning(&self) -> Vec<Span> {
        let (Some(learned), Some(known)) = (self.race.of(Name::LearnedBayes), self.race.of(Name::FullBayes))
        else {
            return Vec::new();
        };
        if learned.repeats.is_empty() {
            return Vec::new();
        }
        let cost = stats::summary::mean(&learned.repeats) - stats::summary::mean(&known.repeats);
        let here = learned.here.zip(known.here).map(|(learned, known)| learned - known);
        words::race::cost_of_learning(cost, here)
    }

    pub(super) fn close_up(&self, i: usize, extras: &Extras, is_shown: bool) -> Panel {
        const CORNERS: usize = 241;
        let k = self.setting.region_of(i);
        let (y, mean, sd) = (self.data.y[i], self.exact.mu_mean()[i], self.exact.mu_sd()[i]);
        let noise_sd = self.setting.noise_var[i].sqrt();
        let x = self.axis("");
        let step = (x.max - x.min) / (CORNERS - 1) as f64;
        let at: Vec<f64> = (0..CORNERS).map(|j| x.min + step * j as f64).collect();
        let posterior = self.exact.school_density(i, &at);
        let own: Vec<f64> = at.iter().map(|at| normal_pdf((at - y) / noise_sd) / noise_sd).collect();
        let others = others(&posterior, &own, step);
        let tallest = posterior.iter().chain(&own).chain(&others).copied().fold(0.0, f64::max);
        let (_, top) = axis::from_zero([1.08 * tallest]);
        let lines = [
            (words::close_up::FROM_THE_OTHERS, Role::RegionMean, others),
            (words::close_up::ITS_OWN, Role::Mle, own),
            (words::close_up::POSTERIOR, Role::Bayes, posterior),
        ];
        let lines = lines.map(|(label, role, density)| Line {
            label: label.to_owned(),
            label_at: LabelAt::Peak,
            role,
            points: at.iter().copied().zip(density).collect(),
            filled: role == Role::Bayes,
            dashed: false,
        });
        let drawn = extras.draws.filter(|draws| total(draws) >= LEAST_DRAWS);
        let drawn = drawn.map(|draws| draws_mean(draws, self.num_regions() + i));
        let truth = self.data.mu.get(i).copied().filter(|_| is_shown);
        let figure = Curves {
            lines: lines.into(),
            x,
            y: Axis::linear(0.0, top, ""),
            y_labels: false,
            points: truth.map(truth_mark).into_iter().collect(),
            rules: Vec::new(),
            dots: Vec::new(),
        };
        Panel {
            id: "close-up".to_owned(),
            title: words::close_up::title(i, k),
            subtitle: words::close_up::subtitle(y, (mean, sd), drawn, truth),
            place: Place::Side,
            is_lead: false,
            needs: Needs::Draws,
            body: Body::Figure(Figure::Curves(figure)),
            remark: Vec::new(),
        }
    }

    pub(super) fn scatter(&self, shown: &Shown, is_shown: bool) -> Panel {
        let title = words::scatter::TITLE.to_owned();
        if !is_shown {
            return hidden("scatter", title, Place::Below);
        }
        let RegionData { mu, y, .. } = &self.data;
        let axis = |title: &str| {
            let (min, max) = axis::around_zero(y.iter().chain(mu).copied(), 1.0);
            Axis::linear(min, max, title)
        };
        let figure = Scatter {
            x: axis(words::TRUTH_MU),
            y: axis(words::ESTIMATE),
            xs: mu.clone(),
            units: (0..).take(mu.len()).collect(),
            drawn: shown.points.clone(),
            series: vec![
                ScatterSeries { label: words::MLE.to_owned(), role: Role::Mle, ys: y.clone() },
                ScatterSeries {
                    label: words::BAYES.to_owned(),
                    role: Role::Bayes,
                    ys: self.exact.mu_mean().to_vec(),
                },
            ],
            identity: true,
        };
        let closer = estimators::num_closer(self.exact.mu_mean(), y, mu);
        Panel {
            id: "scatter".to_owned(),
            title,
            subtitle: words::scatter::subtitle(closer, mu.len(), &shown.of_points()),
            place: Place::Below,
            is_lead: false,
            needs: Needs::Nothing,
            body: Body::Figure(Figure::Scatter(figure)),
            remark: Vec::new(),
        }
    }

    pub(super) fn error_histograms(&self, extras: &Extras, is_shown: bool) -> Panel {
        let title = words::errors::TITLE.to_owned();
        if !is_shown {
            return hidden("errors", title, Place::Below);
        }
        let mu = &self.data.mu;
        let mut panels = vec![
            (words::MLE, Role::Mle, self.data.y.clone()),
            (words::errors::BAYES_EXACT, Role::Bayes, self.exact.mu_mean().to_vec()),
        ];
        // Always three panels: the picture holds still while draws arrive.
        let drawn = extras.draws.filter(|draws| total(draws) >= LEAST_DRAWS);
        let first = self.num_regions();
        let means = match (drawn, extras.summaries) {
            (Some(_), Some(summaries)) => {
                summaries[first..].iter().take(mu.len()).map(|summary| summary.mean).collect()
            }
            (Some(draws), None) => (0..mu.len()).map(|i| draws_mean(draws, first + i)).collect(),
            (None, _) => Vec::new(),
        };
        panels.push((words::errors::BAYES_FROM_DRAWS, Role::Bayes, means));
        let errors: Vec<Vec<f64>> =
            panels.iter().map(|(_, _, estimates)| absolute_errors(estimates, mu)).collect();
        let largest = errors.iter().flatten().copied().fold(0.0, f64::max);
        // Six bins: of 0.5 up to 3 as on the slide, twice as wide when an error would leave the frame.
        let mut bin_width = 0.5;
        while 6.0 * bin_width < largest {
            bin_width *= 2.0;
        }
        let histograms: Vec<Histogram> = panels
            .iter()
            .zip(&errors)
            .map(|((label, role, _), errors)| Histogram {
                label: (*label).to_owned(),
                role: *role,
                bin_start: 0.0,
                bin_width,
                counts: counts(errors, 6.0 * bin_width, 6),
                mean: (!errors.is_empty()).then(|| stats::summary::mean(errors)),
            })
            .collect();
        let most = histograms.iter().flat_map(|histogram| &histogram.counts).copied().max().unwrap_or(1);
        let (_, max_count) = axis::from_zero([1.1 * f64::from(most)]);
        Panel {
            id: "errors".to_owned(),
            title,
            subtitle: words::errors::subtitle(mu.len()),
            place: Place::Below,
            is_lead: false,
            needs: Needs::Draws,
            body: Body::Figure(Figure::Histograms(Histograms {
                x: Axis::linear(0.0, 6.0 * bin_width, words::errors::ABSOLUTE_ERROR),
                max_count,
                panels: histograms,
            })),
            remark: Vec::new(),
        }
    }

    pub(super) fn slopegraph(&self, shown: &Shown, is_shown: bool) -> Panel {
        let Setting { sizes, .. } = &self.setting;
        let groups = (0..).zip(sizes).flat_map(|(k, size)| std::iter::repeat_n(k, *size)).collect();
        let mut rows = vec![
            SlopeRow { label: words::MLE_Y.to_owned(), role: Role::Mle, values: self.data.y.clone() },
            SlopeRow {
                label: words::BAYES.to_owned(),
                role: Role::Bayes,
                values: self.exact.mu_mean().to_vec(),
            },
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
            title: words::SCHOOL_BY_SCHOOL.to_owned(),
            subtitle: words::slopes::subtitle(&shown.of_points()),
            place: Place::Below,
            is_lead: false,
            needs: Needs::Nothing,
            body: Body::Figure(Figure::Slopegraph(Slopegraph {
                x: self.axis(""),
                rows,
                groups,
                drawn: shown.points.clone(),
            })),
            remark: Vec::new(),
        }
    }
}

/// The density of a truth given all other schools: the posterior divided by the school's own likelihood,
/// of area 1 over even steps. 0 where both vanish.
fn others(posterior: &[f64], own: &[f64], step: f64) -> Vec<f64> {
    let ratio = |(posterior, own): (&f64, &f64)| if *own > 1e-290 { posterior / own } else { 0.0 };
    let ratios: Vec<f64> = posterior.iter().zip(own).map(ratio).collect();
    let area: f64 = step * ratios.iter().sum::<f64>();
    if area > 0.0 { ratios.into_iter().map(|ratio| ratio / area).collect() } else { ratios }
}

/// Density of the losses up to `max`, as corners of a line.
pub(crate) fn ridge(losses: &[f64], max: f64) -> Vec<(f64, f64)> {
    const BINS: usize = 60;
    if losses.is_empty() {
        return Vec::new();
    }
    let Ok(histogram) = equal_width(losses, 0.0, max, BINS) else { return Vec::new() };
    let width = max / BINS as f64;
    // A moving average over three bins: the eye compares places, not bins.
    let count = |i: usize| histogram.counts.get(i).copied().unwrap_or(0) as f64;
    let smooth = |i: usize| {
        let before = if i == 0 { 0.0 } else { count(i - 1) };
        (before + 2.0 * count(i) + count(i + 1)) / (4.0 * losses.len() as f64 * width)
    };
    (0..BINS).map(|i| ((i as f64 + 0.5) * width, smooth(i))).collect()
}

/// Absolute errors; none where there are no estimates yet.
fn absolute_errors(estimates: &[f64], truth: &[f64]) -> Vec<f64> {
    if estimates.is_empty() { Vec::new() } else { estimators::absolute_errors(estimates, truth) }
}

fn counts(errors: &[f64], max: f64, bins: usize) -> Vec<u32> {
    if errors.is_empty() {
        return vec![0; bins];
    }
    equal_width(errors, 0.0, max, bins)
        .map(|histogram| {
            histogram.counts.iter().map(|count| u32::try_from(*count).expect("few schools")).collect()
        })
        .unwrap_or_default()
}
