//! What the draws show: region means, learned SDs, traces.

use mcmc::Draws;
use models::Level;
use plots::{Axis, Figure, Ranks, Ridge, Ridges, Table, Traces};
use stats::summary::{self, order_statistics};

use super::exact::{Marginal, levels};
use super::{RegionsRun, Setting, Shown, words};
use crate::control::Values;
use crate::draws_summary::DrawsSummary;
use crate::lab::{Body, Extras, NUM_CHAINS, Needs, Panel, Place, SamplerReport, Span};
use crate::{axis, number};

/// Draws of all chains below which their quantiles are not worth showing.
pub(super) const LEAST_DRAWS: usize = 200;
/// Numbers that one picture may sort: more draws than that are taken at regular intervals.
const SORT_BUDGET: usize = 200_000;

/// Index of the variable whose trace is asked for; a region mean where the SD that is asked for is known.
pub(super) fn traced(setting: &Setting, values: &Values) -> usize {
    let num_effects = setting.sizes.len() + setting.noise_var.len();
    let region = values.whole("trace").min(setting.sizes.len()) - 1;
    match values.choice("traced") {
        "sd-mu" if setting.school_sd.is_learned() => num_effects,
        "sd-theta" if setting.region_sd.is_learned() => {
            num_effects + usize::from(setting.school_sd.is_learned())
        }
        _ => region,
    }
}

impl RegionsRun {
    pub(super) fn region_means(&self, extras: &Extras, shown: &Shown, is_shown: bool) -> Panel {
        let ends = self.theta.iter().enumerate().flat_map(|(k, theta)| {
            let reach = 3.2 * theta.sd;
            let truth = self.data.theta.get(k).copied().unwrap_or(theta.mean);
            [theta.mean - reach, theta.mean + reach, truth]
        });
        let (min, max) = axis::around_zero(ends, 2.0);
        let tallest = self.theta.iter().map(Marginal::peak).fold(f64::MIN_POSITIVE, f64::max);
        let rows = (0..self.num_regions())
            .map(|k| {
                let truth = self.data.theta.get(k).copied().filter(|_| is_shown);
                let is_drawn = shown.regions.binary_search(&k).is_ok();
                let draws = extras.draws.filter(|_| is_drawn).map(|draws| (draws, k));
                let mut ridge = ridge_of(self.symbol(k), &self.theta[k], tallest, truth, draws);
                if let (false, Some(summaries)) = (is_drawn, extras.summaries) {
                    let of_draws = summaries[k];
                    (ridge.inner, ridge.outer, ridge.median) =
                        (of_draws.inner, of_draws.outer, of_draws.median);
                }
                if !is_drawn {
                    ridge.curve.clear();
                }
                ridge
            })
            .collect();
        let drawn = if shown.regions.len() < self.num_regions() { &shown.regions[..] } else { &[] };
        let drawn = drawn.iter().map(|k| u32::try_from(*k).expect("few regions")).collect();
        let subtitle = words::theta::subtitle(extras.draws.map_or(0, total), &shown.of_regions());
        Panel {
            id: "theta".to_owned(),
            title: words::theta::TITLE.to_owned(),
            subtitle,
            place: Place::Side,
            is_lead: false,
            needs: Needs::Draws,
            body: Body::Figure(Figure::Ridges(Ridges { x: Axis::linear(min, max, ""), rows, drawn })),
            remark: Vec::new(),
        }
    }

    /// Whether every chain visits every part of the posterior equally often.
    pub(super) fn ranks(&self, values: &Values, extras: &Extras) -> Panel {
        const BINS: u32 = 20;
        let k = traced(&self.setting, values);
        let chains = extras.draws.map_or_else(Vec::new, |draws| draws.chains(k));
        let num_draws = chains.first().map_or(0, |chain| chain.len());
        let counts = mcmc::rank_counts(&chains, BINS as usize).unwrap_or_default();
        let expected = num_draws as f64 / f64::from(BINS);
        // Binomial; of all ranks together each bin holds the same number, which takes a chain's share off.
        let share = 1.0 / f64::from(BINS);
        let sd = (num_draws as f64 * share * (1.0 - share) * (1.0 - 1.0 / NUM_CHAINS as f64)).sqrt();
        let band = (expected - 1.96 * sd, expected + 1.96 * sd);
        let most = counts.iter().flatten().copied().max().map_or(1.0, f64::from);
        let (_, max_count) = axis::from_zero([most.max(1.6 * expected)]);
        let end = (num_draws * NUM_CHAINS).max(1) as f64;
        Panel {
            id: "ranks".to_owned(),
            title: words::chains::ranks(&self.symbol(k)),
            subtitle: vec![Span::plain(words::chains::RANKS_SUBTITLE)],
            place: Place::Side,
            is_lead: false,
            needs: Needs::Draws,
            body: Body::Figure(Figure::Ranks(Ranks {
                x: Axis::linear(0.0, end, words::chains::RANK),
                max_count,
                counts,
                expected,
                band,
            })),
            remark: Vec::new(),
        }
    }

    /// Posteriors of the SDs that are learned.
    pub(super) fn scale_posteriors(&self, extras: &Extras, is_shown: bool) -> Panel {
        let first = self.num_regions() + self.data.y.len();
        let truths: Vec<f64> = levels(self.setting.school_sd, self.setting.region_sd)
            .map(|level| match level {
                Level::School => self.setting.school_var.sqrt(),
                Level::Region => self.setting.region_var.sqrt(),
            })
            .collect();
        let tallest = self.scales.iter().map(Marginal::peak).fold(f64::MIN_POSITIVE, f64::max);
        let ends = self.scales.iter().flat_map(|scale| scale.curve.last()).map(|point| point.0);
        let (_, max) = axis::from_zero(ends.chain(truths.iter().copied().filter(|_| is_shown)));
        let rows = self
            .scales
            .iter()
            .zip(&truths)
            .enumerate()
            .map(|(i, (scale, truth))| {
                let draws = extras.draws.map(|draws| (draws, first + i));
                ridge_of(self.symbol(first + i), scale, tallest, is_shown.then_some(*truth), draws)
            })
            .collect();
        let subtitle =
            if extras.draws.map_or(0, total) > 0 { words::scales::WITH_DRAWS } else { words::scales::EXACT };
        Panel {
            id: "scales".to_owned(),
            title: words::scales::TITLE.to_owned(),
            subtitle: vec![Span::plain(subtitle)],
            place: Place::Main,
            is_lead: false,
            needs: Needs::Draws,
            body: Body::Figure(Figure::Ridges(Ridges {
                x: Axis::linear(0.0, max, ""),
                rows,
                drawn: Vec::new(),
            })),
            remark: Vec::new(),
        }
    }

    /// Variable `k` of a draw, as the formulas write it.
    fn symbol(&self, k: usize) -> String {
        let num_regions = self.num_regions();
        let num_effects = num_regions + self.data.y.len();
        if k < num_regions {
            format!("θ{}", number::subscript(k + 1))
        } else if k < num_effects {
            format!("μ{}", number::subscript(k - num_regions + 1))
        } else if k == num_effects && self.setting.school_sd.is_learned() {
            "σμ".to_owned()
        } else {
            "σθ".to_owned()
        }
    }

    /// Where variable `k` lies, for the frame of its trace.
    fn mean_and_sd(&self, k: usize) -> (f64, f64) {
        let (mean, sd) = self.exact.moments(k).unwrap_or((0.0, 1.0));
        if sd.is_finite() { (mean, sd) } else { (mean, mean.abs().max(1.0)) }
    }

    pub(super) fn traces(&self, values: &Values, extras: &Extras) -> Panel {
        let k = traced(&self.setting, values);
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
        let (mean, sd) = self.mean_and_sd(k);
        let settled = chains
            .iter()
            .flatten()
            .filter(|point| point.0 >= 0.2 * num_warmup as f32)
            .map(|point| f64::from(point.1));
        let reach = settled.map(|value| (value - mean).abs()).fold(4.0 * sd, f64::max).min(40.0 * sd);
        // A rung of a ladder, so that the frame holds still from draw to draw.
        let mut rung = 4.0 * sd;
        while rung < reach {
            rung *= 2.0;
        }
        Panel {
            id: "trace".to_owned(),
            title: words::chains::trace(&self.symbol(k)),
            subtitle: vec![Span::plain(words::chains::TRACE_SUBTITLE)],
            place: Place::Side,
            is_lead: false,
            needs: Needs::Draws,
            body: Body::Figure(Figure::Traces(Traces {
                x: Axis::linear(0.0, end as f64, words::chains::ITERATION),
                y: Axis::linear(mean - rung, mean + rung, ""),
                chains,
                warmup_end: num_warmup as f64,
            })),
            remark: Vec::new(),
        }
    }
}

/// The table that the engine fills in.
pub(super) fn variables_table() -> Panel {
    Panel {
        id: "variables".to_owned(),
        title: words::chains::VARIABLES.to_owned(),
        subtitle: vec![Span::plain(words::chains::VARIABLES_SUBTITLE)],
        place: Place::Main,
        is_lead: false,
        needs: Needs::Draws,
        body: Body::Table(Table::default()),
        remark: Vec::new(),
    }
}

/// The card that the engine fills in.
pub(super) fn sampler_card() -> Panel {
    Panel {
        id: "sampler".to_owned(),
        title: words::chains::SAMPLER.to_owned(),
        subtitle: Vec::new(),
        place: Place::Side,
        is_lead: false,
        needs: Needs::Nothing,
        body: Body::Sampler(SamplerReport::default()),
        remark: Vec::new(),
    }
}

/// Draws of all chains.
pub(super) fn total(draws: &Draws) -> usize {
    (0..draws.num_chains()).map(|chain| draws.num_draws(chain)).sum()
}

pub(crate) fn draws_mean(draws: &Draws, k: usize) -> f64 {
    let sums = (0..draws.num_chains()).map(|chain| summary::sum(draws.variable(chain, k)));
    sums.sum::<f64>() / total(draws) as f64
}

/// Posterior means and central 90 % intervals of schools, from draws.
pub(super) struct Sampled {
    /// Of every school; `None` where they are not known yet.
    pub(super) schools: Vec<Option<(f64, (f64, f64))>>,
}

impl Sampled {
    /// Of all schools where `summaries` say so, else of those that are `shown`.
    ///
    /// - `first`: place of the first school among the variables.
    pub(super) fn of(draws: &Draws, first: usize, shown: &Shown, summaries: Option<&[DrawsSummary]>) -> Self {
        if let Some(summaries) = summaries {
            let of_school = |summary: &DrawsSummary| Some((summary.mean, summary.middle));
            let schools = summaries[first..].iter().take(shown.num_schools).map(of_school).collect();
            return Self { schools };
        }
        let num_shown: usize = shown.schools.iter().map(Vec::len).sum();
        let every = (num_shown * total(draws)).div_ceil(SORT_BUDGET).max(1);
        let mut values = Vec::with_capacity(total(draws) / every + NUM_CHAINS);
        let mut schools = vec![None; shown.num_schools];
        for i in shown.schools.iter().flatten() {
            let k = first + i;
            values.clear();
            for chain in 0..draws.num_chains() {
                let series = draws.variable(chain, k);
                if every == 1 {
                    values.extend_from_slice(series);
                } else {
                    values.extend(series.iter().step_by(every));
                }
            }
            let interval = order_statistics(&values, central_ranks(values.len(), 0.9));
            let [low, high] = interval.unwrap_or([f64::NAN; 2]);
            schools[*i] = Some((draws_mean(draws, k), (low, high)));
        }
        Self { schools }
    }
}

/// The ranks of the two among `count` values, at least one, that hold `level` of them between them.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "ranks within a slice")]
pub(crate) fn central_ranks(count: usize, level: f64) -> [usize; 2] {
    let last = count - 1;
    let low = ((1.0 - level) / 2.0 * last as f64).floor() as usize;
    [low, last - low]
}

/// One posterior: draws as a histogram of density, the exact curve, intervals. Heights are in units of `tallest`.
fn ridge_of(
    label: String,
    exact: &Marginal,
    tallest: f64,
    truth: Option<f64>,
    draws: Option<(&Draws, usize)>,
) -> Ridge {
    const BINS: usize = 32;
    let ends = [exact.curve.first(), exact.curve.last()].map(|point| point.map_or(0.0, |point| point.0));
    let (low, bin_width) = (ends[0], (ends[1] - ends[0]) / BINS as f64);
    let [outer_low, inner_low, median, inner_high, outer_high] = exact.quantiles;
    let mut ridge = Ridge {
        label,
        bin_start: low,
        bin_width,
        bins: Vec::new(),
        curve: exact.curve.iter().map(|(x, density)| (*x, density / tallest)).collect(),
        truth,
        inner: (inner_low, inner_high),
        outer: (outer_low, outer_high),
        median,
    };
    let Some((draws, k)) = draws.filter(|(draws, _)| total(draws) > 0) else { return ridge };
    let series: Vec<&[f64]> = (0..draws.num_chains()).map(|chain| draws.variable(chain, k)).collect();
    let values = series.concat();
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
        let [inner, outer, middle] = [0.8, 0.95, 0.0].map(|level| central_ranks(values.len(), level));
        let ranks = [outer[0], inner[0], middle[0], inner[1], outer[1]];
        if let Ok([outer_low, inner_low, median, inner_high, outer_high]) = order_statistics(&values, ranks) {
            ridge.inner = (inner_low, inner_high);
            ridge.outer = (outer_low, outer_high);
            ridge.median = median;
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_of_any_number_of_draws_hold_what_they_say() {
        for count in 1..60 {
            let last = count - 1;
            let [median, same] = central_ranks(count, 0.0);
            assert_eq!([median, same], [last / 2, last - last / 2], "{count} draws");
            let [low, high] = central_ranks(count, 0.8);
            assert_eq!(low, last - high, "{count} draws");
            assert!((low as f64 - 0.1 * last as f64).abs() <= 1.0, "{count} draws: {low}");
        }
    }
}
