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
use super::{RegionsRun, Setting, Shown};
use crate::lab::{Body, Extras, Needs, Panel, Place, Span};
use crate::one_prior::{hidden, ranking_row, truth_mark};
use crate::words::data_sets;
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
                    label: format!("Region {}", k + 1),
                    short_label: format!("R{}", k + 1),
                    band: (center - z * sd, center + z * sd),
                    center,
                    rows: drawn.iter().filter_map(row).collect(),
                    rest: self.order[k].iter().filter(is_rest).filter_map(row).collect(),
                }
            })
            .collect();
        let source = match draws {
            Some(draws) => format!("from {} draws", number::grouped(total(draws) as u64)),
            None if self.setting.is_learned() => "mean ± 1.64 SD, until there are draws".to_owned(),
            None => "exact, until there are draws".to_owned(),
        };
        let mut subtitle = shown.of_schools();
        subtitle += &format!(
            "Lines run from the measurement to the posterior mean; bars are 90 % intervals ({source}); bands: the region means."
        );
        if !extras.newest.iter().all(Vec::is_empty) {
            subtitle.push_str(" Faint dots: the newest draw of each chain.");
        }
        Panel {
            id: "forest".to_owned(),
            title: "Where each school ends up".to_owned(),
            subtitle: vec![Span::plain(subtitle)],
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
        let title = "Who came closest?".to_owned();
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
        let n = self.data.y.len();
        let schools = if n == 1 { "the school".to_owned() } else { format!("the {n} schools") };
        let over = if repeats > 0 {
            format!(" and in {} drawn the same way", data_sets(repeats))
        } else {
            String::new()
        };
        let figure = Ranking {
            x: Axis::linear(min, max, "total squared error"),
            rows,
            note: "these schools · exact average".to_owned(),
        };
        Panel {
            id: "race".to_owned(),
            title,
            subtitle: vec![Span::plain(format!(
                "Total squared error over {schools}: on these data{over}; dashes: the exact average."
            ))],
            place: Place::Main,
            is_lead: false,
            needs: Needs::Repeats,
            body: Body::Figure(Figure::Ranking(figure)),
            remark: self.race_remark(repeats),
        }
    }

    fn race_remark(&self, repeats: u32) -> Vec<Span> {
        let (hero, start) = if self.setting.is_learned() {
            (Name::LearnedBayes, "Bayes with learned SDs beats ")
        } else {
            (Name::FullBayes, "Full Bayes beats ")
        };
        let mut remark = Vec::new();
        for (rival, name) in [
            (Name::FullBayes, "Bayes that knows them"),
            (Name::Mle, "the MLE"),
            (Name::RegionMean, "the region mean"),
            (Name::JamesStein, "James–Stein in each region"),
            (Name::PooledEmpiricalBayes, "pooled empirical Bayes"),
        ] {
            let Some(wins) = self.race.wins(hero, rival).filter(|_| repeats > 0 && hero != rival) else {
                continue;
            };
            let Some(losses_of) = self.race.of(rival) else { continue };
            let start = if remark.is_empty() { start } else { ", " };
            remark.push(Span::plain(format!("{start}{name} in ")));
            remark
                .push(Span::of(losses_of.contender.role, number::percent(wins as f64 / f64::from(repeats))));
        }
        if !remark.is_empty() {
            remark.push(Span::plain(format!(" of {}.", data_sets(repeats))));
        }
        if let (true, Some(learned), Some(known)) =
            (self.setting.is_learned(), self.race.of(Name::LearnedBayes), self.race.of(Name::FullBayes))
            && !learned.repeats.is_empty()
        {
            let cost = stats::summary::mean(&learned.repeats) - stats::summary::mean(&known.repeats);
            remark.push(Span::plain(" Not knowing the SDs costs "));
            remark.push(Span::strong(number::loss(cost)));
            remark.push(Span::plain(" on average"));
            if let (Some(learned), Some(known)) = (learned.here, known.here) {
                let here = learned - known;
                remark.push(Span::plain(if here < 0.0 {
                    "; on these data it gained "
                } else {
                    "; on these data "
                }));
                remark.push(Span::strong(number::loss(here.abs())));
            }
            remark.push(Span::plain("."));
        }
        remark
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
            ("from the others", Role::RegionMean, others),
            ("its own y", Role::Mle, own),
            ("posterior", Role::Bayes, posterior),
        ];
        let lines = lines.map(|(label, role, density)| Line {
            label: label.to_owned(),
            label_at: LabelAt::Peak,
            role,
            points: at.iter().copied().zip(density).collect(),
            filled: role == Role::Bayes,
            dashed: false,
        });
        let mut subtitle = vec![
            Span::plain("What the rest of the region says, times its own measurement: y = "),
            Span::of(Role::Mle, number::fixed(y, 2)),
            Span::plain(" → "),
            Span::of(Role::Bayes, number::fixed(mean, 2)),
            Span::plain(format!(", SD {}", number::fixed(sd, 2))),
        ];
        if let Some(draws) = extras.draws.filter(|draws| total(draws) >= LEAST_DRAWS) {
            let drawn = draws_mean(draws, self.num_regions() + i);
            subtitle.push(Span::plain(format!(" (mean of the draws {})", number::fixed(drawn, 2))));
        }
        if is_shown {
            subtitle
                .extend([Span::plain("; truth "), Span::of(Role::Truth, number::fixed(self.data.mu[i], 2))]);
        }
        subtitle.push(Span::plain("."));
        let figure = Curves {
            lines: lines.into(),
            x,
            y: Axis::linear(0.0, top, ""),
            y_labels: false,
            points: if is_shown { vec![truth_mark(self.data.mu[i])] } else { Vec::new() },
            rules: Vec::new(),
            dots: Vec::new(),
        };
        Panel {
            id: "close-up".to_owned(),
            title: format!("School {} (region {}), up close", i + 1, k + 1),
            subtitle,
            place: Place::Side,
            is_lead: false,
            needs: Needs::Draws,
            body: Body::Figure(Figure::Curves(figure)),
            remark: Vec::new(),
        }
    }

    pub(super) fn scatter(&self, shown: &Shown, is_shown: bool) -> Panel {
        let title = "Compared to the truth".to_owned();
        if !is_shown {
            return hidden("scatter", title, Place::Below);
        }
        let RegionData { mu, y, .. } = &self.data;
        let axis = |title: &str| {
            let (min, max) = axis::around_zero(y.iter().chain(mu).copied(), 1.0);
            Axis::linear(min, max, title)
        };
        let figure = Scatter {
            x: axis("truth μ"),
            y: axis("estimate"),
            xs: mu.clone(),
            units: (0..).take(mu.len()).collect(),
            drawn: shown.points.clone(),
            series: vec![
                ScatterSeries { label: "MLE".to_owned(), role: Role::Mle, ys: y.clone() },
                ScatterSeries {
                    label: "Bayes".to_owned(),
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
            subtitle: vec![
                Span::plain("Bayes is the closer one for "),
                Span::of(Role::Bayes, format!("{closer} of {}", mu.len())),
                Span::plain(format!(" schools; on the line an estimate is right.{}", shown.of_points())),
            ],
            place: Place::Below,
            is_lead: false,
            needs: Needs::Nothing,
            body: Body::Figure(Figure::Scatter(figure)),
            remark: Vec::new(),
        }
    }

    pub(super) fn error_histograms(&self, extras: &Extras, is_shown: bool) -> Panel {
        let title = "Did we do better than the MLE?".to_owned();
        if !is_shown {
            return hidden("errors", title, Place::Below);
        }
        let mu = &self.data.mu;
        let mut panels = vec![
            ("MLE", Role::Mle, self.data.y.clone()),
            ("Bayes, exact", Role::Bayes, self.exact.mu_mean().to_vec()),
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
        panels.push(("Bayes, from the draws", Role::Bayes, means));
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
        let subtitle = format!(
            "Absolute errors of the {} schools; dashed: their mean. A school near the edge of a bin may change sides by Monte Carlo error.",
            mu.len()
        );
        Panel {
            id: "errors".to_owned(),
            title,
            subtitle: vec![Span::plain(subtitle)],
            place: Place::Below,
            is_lead: false,
            needs: Needs::Draws,
            body: Body::Figure(Figure::Histograms(Histograms {
                x: Axis::linear(0.0, 6.0 * bin_width, "absolute error"),
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
            SlopeRow { label: "MLE y".to_owned(), role: Role::Mle, values: self.data.y.clone() },
            SlopeRow { label: "Bayes".to_owned(), role: Role::Bayes, values: self.exact.mu_mean().to_vec() },
        ];
        if is_shown {
            rows.push(SlopeRow {
                label: "truth μ".to_owned(),
                role: Role::Truth,
                values: self.data.mu.clone(),
            });
        }
        Panel {
            id: "slopes".to_owned(),
            title: "School by school".to_owned(),
            subtitle: vec![Span::plain(format!(
                "From the MLE to Bayes, lines colored by region: each region draws its own schools together.{}",
                shown.of_points()
            ))],
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
