//! The pictures.

use mcmc::Draws;
use models::{RegionData, RegionPosterior};
use plots::{
    Axis, Curves, Figure, Forest, ForestGroup, ForestRow, Histogram, Histograms, Ranking, RankingRow, Ridge,
    Ridges, Role, Scatter, ScatterSeries, SlopeRow, Slopegraph, Traces,
};
use stats::histogram::equal_width;
use stats::special::{normal_pdf, normal_quantile};

use super::race::{CONTENDERS, FULL_BAYES};
use super::{RegionsRun, Setting};
use crate::control::Values;
use crate::james_stein::data_sets;
use crate::lab::{Body, Extras, NUM_CHAINS, Needs, Panel, Place, SamplerReport, Span};
use crate::one_prior::{density_lines, hidden, normal_curve, ranking_row, truth_mark};
use crate::{axis, number};

/// Draws of all chains below which their quantiles are not worth showing.
const LEAST_DRAWS: usize = 200;
/// Numbers that one picture may sort: more draws than that are taken at regular intervals.
const SORT_BUDGET: usize = 200_000;

impl RegionsRun {
    /// The axis of all values; −4 to 8 for the lecture's data.
    fn axis(&self, title: &str) -> Axis {
        let (min, max) = axis::around_zero(self.data.y.iter().chain(&self.data.mu).copied(), 2.0);
        Axis::linear(min, max, title)
    }

    fn num_regions(&self) -> usize {
        self.setting.sizes.len()
    }

    pub(super) fn forest(&self, extras: &Extras, is_shown: bool) -> Panel {
        let draws = extras.draws.filter(|draws| total(draws) >= LEAST_DRAWS);
        let sampled = draws.map(|draws| Sampled::of(draws, self.num_regions(), 0.9));
        let z = normal_quantile(0.95);
        let groups = (0..self.num_regions())
            .map(|k| {
                let (center, sd) = (self.posterior.theta_mean[k], self.posterior.theta_sd[k]);
                let rows =
                    self.order[k].iter().map(|i| self.forest_row(*i, sampled.as_ref(), z, extras)).collect();
                ForestGroup {
                    label: format!("Region {}", k + 1),
                    short_label: format!("R{}", k + 1),
                    band: (center - z * sd, center + z * sd),
                    center,
                    rows,
                }
            })
            .collect();
        let source = match draws {
            Some(draws) => format!("from {} draws", number::grouped(total(draws) as u64)),
            None => "exact, until there are draws".to_owned(),
        };
        let mut subtitle = format!(
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
            body: Body::Figure(Figure::Forest(Forest { x: self.axis(""), groups, show_truth: is_shown })),
            remark: Vec::new(),
        }
    }

    fn forest_row(&self, i: usize, sampled: Option<&Sampled>, z: f64, extras: &Extras) -> ForestRow {
        let (mean, sd) = (self.posterior.mu_mean[i], self.posterior.mu_sd[i]);
        let exact = (mean, (mean - z * sd, mean + z * sd));
        let (estimate, interval) = sampled.map_or(exact, |sampled| sampled.schools[i]);
        let newest =
            extras.newest.iter().filter_map(|draw| draw.get(self.num_regions() + i).copied()).collect();
        ForestRow {
            unit: u32::try_from(i).expect("at most 720 schools"),
            measured: self.data.y[i],
            estimate,
            interval,
            truth: self.data.mu[i],
            newest,
        }
    }

    pub(super) fn race_panel(&self, repeats: u32, is_shown: bool) -> Panel {
        let title = "Who came closest?".to_owned();
        if !is_shown {
            return hidden("race", title, Place::Main);
        }
        // The guess 0 may be far off: its numbers are shown, the picture is not stretched for it.
        let modest =
            || CONTENDERS.iter().zip(self.losses()).filter(|(contender, _)| contender.role != Role::Zero);
        let tails = modest().filter_map(|(_, losses)| stats::summary::quantile(&losses.repeats, 0.99).ok());
        let marks = modest().flat_map(|(_, losses)| [losses.here, losses.expected]).flatten();
        let (min, max) = axis::from_zero(tails.chain(marks));
        let ridges: Vec<Vec<(f64, f64)>> =
            self.losses().iter().map(|losses| ridge(&losses.repeats, max)).collect();
        let tallest =
            ridges.iter().flatten().map(|corner| corner.1).fold(0.0, f64::max).max(f64::MIN_POSITIVE);
        let rows = CONTENDERS
            .iter()
            .zip(self.losses())
            .zip(ridges)
            .map(|((contender, losses), ridge)| {
                let row = ranking_row(contender.label, contender.role, losses.here, losses.expected);
                let missing = if losses.here.is_none() { "not defined for regions so small" } else { "" };
                RankingRow {
                    ridge: ridge.into_iter().map(|(x, height)| (x, height / tallest)).collect(),
                    missing: missing.to_owned(),
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
        let mut remark = Vec::new();
        for (rival, name) in [
            (0, "the MLE"),
            (1, "the region mean"),
            (2, "James–Stein in each region"),
            (3, "pooled empirical Bayes"),
        ] {
            let Some(wins) = self.race.wins(FULL_BAYES, rival).filter(|_| repeats > 0) else { continue };
            let start = if remark.is_empty() { "Full Bayes beats " } else { ", " };
            remark.push(Span::plain(format!("{start}{name} in ")));
            remark.push(Span::of(CONTENDERS[rival].role, number::percent(wins as f64 / f64::from(repeats))));
        }
        if !remark.is_empty() {
            remark.push(Span::plain(format!(" of {}.", data_sets(repeats))));
        }
        remark
    }

    pub(super) fn region_means(&self, extras: &Extras, is_shown: bool) -> Panel {
        let RegionPosterior { theta_mean, theta_sd, .. } = &self.posterior;
        let narrowest = theta_sd.iter().copied().fold(f64::INFINITY, f64::min);
        let ends = (0..self.num_regions()).flat_map(|k| {
            let reach = 3.2 * theta_sd[k];
            [theta_mean[k] - reach, theta_mean[k] + reach, self.data.theta[k]]
        });
        let (min, max) = axis::around_zero(ends, 2.0);
        let rows = (0..self.num_regions())
            .map(|k| {
                let exact = (theta_mean[k], theta_sd[k]);
                let truth = is_shown.then_some(self.data.theta[k]);
                ridge_of(k, exact, narrowest, (min, max), truth, extras.draws)
            })
            .collect();
        let count = extras.draws.map_or(0, total);
        let subtitle = if count > 0 {
            format!(
                "{} draws from {NUM_CHAINS} chains, the exact posterior over them; bars: 80 % and 95 %.",
                number::grouped(count as u64)
            )
        } else {
            "The exact posterior; draws will fill it.".to_owned()
        };
        Panel {
            id: "theta".to_owned(),
            title: "Region means θ".to_owned(),
            subtitle: vec![Span::plain(subtitle)],
            place: Place::Side,
            is_lead: false,
            needs: Needs::Draws,
            body: Body::Figure(Figure::Ridges(Ridges { x: Axis::linear(min, max, ""), rows })),
            remark: Vec::new(),
        }
    }

    pub(super) fn traces(&self, values: &Values, extras: &Extras) -> Panel {
        let k = values.whole("trace").min(self.num_regions()) - 1;
        let warmup = extras.warmup.filter(|warmup| total(warmup) > 0);
        let num_warmup = warmup.map_or(0, |warmup| warmup.capacity());
        let chains: Vec<Vec<(f32, f32)>> = (0..NUM_CHAINS)
            .map(|chain| {
                let early = warmup.map_or(&[][..], |warmup| warmup.variable(chain, k));
                let kept = extras.draws.map_or(&[][..], |draws| draws.variable(chain, k));
                let mut line = thinned(early, 0);
                line.extend(thinned(kept, num_warmup));
                line
            })
            .collect();
        let end = num_warmup + extras.draws.map_or(values.whole("draws"), Draws::capacity);
        let (mean, sd) = (self.posterior.theta_mean[k], self.posterior.theta_sd[k]);
        let settled = chains
            .iter()
            .flatten()
            .filter(|point| point.0 >= 0.2 * num_warmup as f32)
            .map(|point| f64::from(point.1));
        let reach = settled.map(|value| (value - mean).abs()).fold(4.0 * sd, f64::max).min(40.0 * sd);
        // A rung of a ladder, so that the frame holds still from draw to draw.
        let reach = 4.0 * sd * (reach / (4.0 * sd)).log2().ceil().exp2();
        Panel {
            id: "trace".to_owned(),
            title: format!("Trace of θ{}", number::subscript(k + 1)),
            subtitle: vec![Span::plain("One line a chain: they should look alike and wander nowhere.")],
            place: Place::Side,
            is_lead: false,
            needs: Needs::Draws,
            body: Body::Figure(Figure::Traces(Traces {
                x: Axis::linear(0.0, end as f64, "iteration"),
                y: Axis::linear(mean - reach, mean + reach, ""),
                chains,
                warmup_end: num_warmup as f64,
            })),
            remark: Vec::new(),
        }
    }

    pub(super) fn close_up(&self, i: usize, extras: &Extras, is_shown: bool) -> Panel {
        let k = self.setting.region_of(i);
        let (y, mean, sd) = (self.data.y[i], self.posterior.mu_mean[i], self.posterior.mu_sd[i]);
        let others = self.without(i);
        let noise_sd = self.setting.scales.noise_var.sqrt();
        let x = self.axis("");
        let densities = [
            ("from the others", Role::RegionMean, others.0, others.1),
            ("its own y", Role::Mle, y, noise_sd),
            ("posterior", Role::Bayes, mean, sd),
        ];
        let tallest = densities.iter().map(|density| normal_pdf(0.0) / density.3).fold(0.0, f64::max);
        let (_, top) = axis::from_zero([1.08 * tallest]);
        let mut subtitle = vec![
            Span::plain("What the rest of the region says, times its own measurement: y = "),
            Span::of(Role::Mle, number::fixed(y, 2)),
            Span::plain(" → "),
            Span::of(Role::Bayes, number::fixed(mean, 2)),
            Span::plain(format!(", SD {}", number::fixed(sd, 2))),
        ];
        if let Some(draws) = extras.draws.filter(|draws| total(draws) >= LEAST_DRAWS) {
            let chains = draws.chains(self.num_regions() + i);
            let count = chains.iter().map(|chain| chain.len()).sum::<usize>();
            let drawn = chains.iter().flat_map(|chain| chain.iter()).sum::<f64>() / count as f64;
            subtitle.push(Span::plain(format!(" (mean of the draws {})", number::fixed(drawn, 2))));
        }
        if is_shown {
            subtitle
                .extend([Span::plain("; truth "), Span::of(Role::Truth, number::fixed(self.data.mu[i], 2))]);
        }
        subtitle.push(Span::plain("."));
        let figure = Curves {
            lines: density_lines(&x, &densities),
            x,
            y: Axis::linear(0.0, top, ""),
            y_labels: false,
            points: if is_shown { vec![truth_mark(self.data.mu[i])] } else { Vec::new() },
            rules: Vec::new(),
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

    /// Mean and SD of the truth of school `i` given all other schools.
    fn without(&self, i: usize) -> (f64, f64) {
        let k = self.setting.region_of(i);
        let scales = self.setting.scales;
        let first: usize = self.setting.sizes[..k].iter().sum();
        let others: Vec<f64> =
            (first..first + self.setting.sizes[k]).filter(|j| *j != i).map(|j| self.data.y[j]).collect();
        // A region of one school has no others: its mean is known by the prior alone.
        let region = RegionPosterior::new(&others, &[others.len()], scales)
            .map_or((0.0, scales.region_var), |posterior| {
                (posterior.theta_mean[0], posterior.theta_sd[0].powi(2))
            });
        (region.0, (region.1 + scales.school_var).sqrt())
    }

    pub(super) fn scatter(&self, is_shown: bool) -> Panel {
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
            series: vec![
                ScatterSeries { label: "MLE".to_owned(), role: Role::Mle, ys: y.clone() },
                ScatterSeries {
                    label: "Bayes".to_owned(),
                    role: Role::Bayes,
                    ys: self.posterior.mu_mean.clone(),
                },
            ],
            identity: true,
        };
        let closer = estimators::num_closer(&self.posterior.mu_mean, y, mu);
        Panel {
            id: "scatter".to_owned(),
            title,
            subtitle: vec![
                Span::plain("Bayes is the closer one for "),
                Span::of(Role::Bayes, format!("{closer} of {}", mu.len())),
                Span::plain(" schools; on the line an estimate is right."),
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
            ("Bayes, exact", Role::Bayes, self.posterior.mu_mean.clone()),
        ];
        // Always three panels: the picture holds still while draws arrive.
        let drawn = extras.draws.filter(|draws| total(draws) >= LEAST_DRAWS);
        let means = drawn.map_or_else(Vec::new, |draws| {
            (0..mu.len()).map(|i| draws_mean(draws, self.num_regions() + i)).collect()
        });
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

    pub(super) fn slopegraph(&self, is_shown: bool) -> Panel {
        let Setting { sizes, .. } = &self.setting;
        let groups = (0..).zip(sizes).flat_map(|(k, size)| std::iter::repeat_n(k, *size)).collect();
        let mut rows = vec![
            SlopeRow { label: "MLE y".to_owned(), role: Role::Mle, values: self.data.y.clone() },
            SlopeRow { label: "Bayes".to_owned(), role: Role::Bayes, values: self.posterior.mu_mean.clone() },
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
            subtitle: vec![Span::plain(
                "From the MLE to Bayes, lines colored by region: each region draws its own schools together.",
            )],
            place: Place::Below,
            is_lead: false,
            needs: Needs::Nothing,
            body: Body::Figure(Figure::Slopegraph(Slopegraph { x: self.axis(""), rows, groups })),
            remark: Vec::new(),
        }
    }
}

/// The card that the engine fills in.
pub(super) fn sampler_card() -> Panel {
    Panel {
        id: "sampler".to_owned(),
        title: "The sampler".to_owned(),
        subtitle: Vec::new(),
        place: Place::Side,
        is_lead: false,
        needs: Needs::Nothing,
        body: Body::Sampler(SamplerReport::default()),
        remark: Vec::new(),
    }
}

/// Draws of all chains.
fn total(draws: &Draws) -> usize {
    (0..draws.num_chains()).map(|chain| draws.num_draws(chain)).sum()
}

fn draws_mean(draws: &Draws, k: usize) -> f64 {
    let sum: f64 = (0..draws.num_chains()).map(|chain| draws.variable(chain, k).iter().sum::<f64>()).sum();
    sum / total(draws) as f64
}

/// Posterior means and central intervals of all schools, from draws.
struct Sampled {
    schools: Vec<(f64, (f64, f64))>,
}

impl Sampled {
    fn of(draws: &Draws, first: usize, level: f64) -> Self {
        let num_schools = draws.num_variables() - first;
        let every = (num_schools * total(draws)).div_ceil(SORT_BUDGET).max(1);
        let mut values = Vec::with_capacity(total(draws) / every + NUM_CHAINS);
        let schools = (first..draws.num_variables())
            .map(|k| {
                values.clear();
                for chain in 0..draws.num_chains() {
                    values.extend(draws.variable(chain, k).iter().step_by(every));
                }
                (draws_mean(draws, k), central_interval(&mut values, level))
            })
            .collect();
        Self { schools }
    }
}

/// The two order statistics that hold `level` of the values between them. Reorders `values`.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "ranks within a slice")]
fn central_interval(values: &mut [f64], level: f64) -> (f64, f64) {
    let last = values.len() - 1;
    let low = ((1.0 - level) / 2.0 * last as f64).floor() as usize;
    let (_, lower, above) = values.select_nth_unstable_by(low, f64::total_cmp);
    let lower = *lower;
    let Some(rank_above) = (last - low).checked_sub(low + 1) else { return (lower, lower) };
    (lower, *above.select_nth_unstable_by(rank_above, f64::total_cmp).1)
}

/// One region's posterior: draws as a histogram of density, the exact curve, intervals.
fn ridge_of(
    k: usize,
    exact: (f64, f64),
    narrowest_sd: f64,
    range: (f64, f64),
    truth: Option<f64>,
    draws: Option<&Draws>,
) -> Ridge {
    const BINS: usize = 32;
    let (mean, sd) = exact;
    let tallest = normal_pdf(0.0) / narrowest_sd;
    let (low, high) = (mean - 4.0 * sd, mean + 4.0 * sd);
    let bin_width = (high - low) / BINS as f64;
    let quantile = |p: f64| mean + sd * normal_quantile(p);
    let mut ridge = Ridge {
        label: format!("θ{}", number::subscript(k + 1)),
        bin_start: low,
        bin_width,
        bins: Vec::new(),
        curve: normal_curve(mean, sd, range).into_iter().map(|(x, density)| (x, density / tallest)).collect(),
        truth,
        inner: (quantile(0.1), quantile(0.9)),
        outer: (quantile(0.025), quantile(0.975)),
        median: mean,
    };
    let Some(draws) = draws.filter(|draws| total(draws) > 0) else { return ridge };
    let mut values: Vec<f64> =
        (0..draws.num_chains()).flat_map(|chain| draws.variable(chain, k)).copied().collect();
    let mut heights = vec![0.0; BINS];
    for value in &values {
        let bin = (value - low) / bin_width;
        if bin >= 0.0 && bin < BINS as f64 {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within the bins")]
            let bin = bin as usize;
            heights[bin] += 1.0;
        }
    }
    let one = 1.0 / (values.len() as f64 * bin_width * tallest);
    ridge.bins = heights.into_iter().map(|count| count * one).collect();
    if values.len() >= LEAST_DRAWS {
        ridge.inner = central_interval(&mut values, 0.8);
        ridge.outer = central_interval(&mut values, 0.95);
        ridge.median = central_interval(&mut values, 0.0).0;
    }
    ridge
}

/// A trace with at most some 240 corners: the least and the greatest value of each stretch.
fn thinned(values: &[f64], first: usize) -> Vec<(f32, f32)> {
    const STRETCHES: usize = 120;
    #[expect(clippy::cast_possible_truncation, reason = "a picture's precision")]
    let corner = |i: usize| ((first + i) as f32, values[i] as f32);
    if values.len() <= 2 * STRETCHES {
        return (0..values.len()).map(corner).collect();
    }
    let length = values.len().div_ceil(STRETCHES);
    let mut line = Vec::with_capacity(2 * STRETCHES);
    for start in (0..values.len()).step_by(length) {
        let stretch = start..(start + length).min(values.len());
        let least = stretch.clone().min_by(|a, b| values[*a].total_cmp(&values[*b])).unwrap_or(start);
        let most = stretch.max_by(|a, b| values[*a].total_cmp(&values[*b])).unwrap_or(start);
        line.push(corner(least.min(most)));
        if least != most {
            line.push(corner(least.max(most)));
        }
    }
    line
}

/// Density of the losses up to `max`, as corners of a line.
fn ridge(losses: &[f64], max: f64) -> Vec<(f64, f64)> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_of_any_number_of_draws_are_order_statistics() {
        for count in 1..60 {
            let mut values: Vec<f64> = (0..count).rev().map(f64::from).collect();
            let last = f64::from(count - 1);
            let (median, same) = central_interval(&mut values, 0.0);
            assert!((median - last / 2.0).abs() <= 0.5 && same - median <= 1.0, "{count} draws: {median}");
            let (low, high) = central_interval(&mut values, 0.8);
            assert_eq!(low, last - high, "{count} draws");
            assert!((low - 0.1 * last).abs() <= 1.0, "{count} draws: {low}");
        }
    }
}
