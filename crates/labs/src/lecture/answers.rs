//! How the questions are answered: each function reads a number off the panels of a run.

use plots::{
    BoxPlots, Cloud, Curves, Figure, Histograms, Line, Ranking, Ridges, Role, Scatter, Slopegraph, Steps,
};

use crate::james_stein::words as james_stein;
use crate::lab::{Body, Panel};
use crate::number;
use crate::regions::words::race as race_words;
use crate::words;

fn figure<'a>(panels: &[&'a Panel], id: &str) -> Option<&'a Figure> {
    match &panels.iter().find(|panel| panel.id == id)?.body {
        Body::Figure(figure) => Some(figure),
        Body::Sampler(_) | Body::Table(_) | Body::Text => None,
    }
}

fn slopes<'a>(panels: &[&'a Panel]) -> Option<&'a Slopegraph> {
    match figure(panels, "slopes")? {
        Figure::Slopegraph(slopes) => Some(slopes),
        _ => None,
    }
}

fn race<'a>(panels: &[&'a Panel]) -> Option<&'a Ranking> {
    match figure(panels, "race")? {
        Figure::Ranking(race) => Some(race),
        _ => None,
    }
}

/// Whose loss is where in the race.
enum Loss {
    Here,
    Expected,
}

fn loss(race: &Ranking, label: &str, which: &Loss) -> Option<f64> {
    let row = race.rows.iter().find(|row| row.label == label)?;
    match which {
        Loss::Here => row.here,
        Loss::Expected => row.expected,
    }
}

fn values(slopes: &Slopegraph, role: Role) -> Option<&[f64]> {
    slopes.rows.iter().find(|row| row.role == role).map(|row| &row.values[..])
}

/// Share of a measurement that an estimator takes away, in per cent, by the slope of its estimates over y.
fn share_removed(panels: &[&Panel], role: Role) -> Option<f64> {
    let slopes = slopes(panels)?;
    let (y, estimates) = (values(slopes, Role::Mle)?, values(slopes, role)?);
    let slope = y.iter().zip(estimates).map(|(y, estimate)| y * estimate).sum::<f64>()
        / y.iter().map(|y| y * y).sum::<f64>();
    Some(100.0 * (1.0 - slope))
}

/// Share of each measurement that Bayes takes away, in per cent.
pub(super) fn removed_by_bayes(panels: &[&Panel]) -> Option<f64> {
    share_removed(panels, Role::Bayes)
}

/// Share of each measurement that James–Stein takes away, in per cent.
pub(super) fn removed_by_james_stein(panels: &[&Panel]) -> Option<f64> {
    share_removed(panels, Role::JamesStein)
}

/// James–Stein's median RMSE over the repeats, in per cent of the MLE's.
pub(super) fn error_of_james_stein(panels: &[&Panel]) -> Option<f64> {
    let Figure::BoxPlots(BoxPlots { boxes, .. }) = figure(panels, "boxes")? else { return None };
    let median = |label: &str| boxes.iter().find(|b| b.label == label).map(|b| b.five[2]);
    Some(100.0 * median(james_stein::short::JAMES_STEIN)? / median(words::MLE)?)
}

/// Who has the least loss on these data: 0 the MLE, 1 the region mean, 2 James–Stein in each region, 3 full
/// Bayes; those that are not defined are left out.
pub(super) fn winner(panels: &[&Panel]) -> Option<f64> {
    let race = race(panels)?;
    let contenders = [words::MLE, race_words::REGION_MEAN, race_words::JAMES_STEIN, race_words::FULL_BAYES];
    let losses = (0..).zip(contenders).filter_map(|(i, label)| Some((i, loss(race, label, &Loss::Here)?)));
    let best = losses.min_by(|(_, a), (_, b)| a.total_cmp(b));
    best.map(|(i, _): (i32, f64)| f64::from(i))
}

/// The least bulk ESS of all variables, as the sampler reports it.
pub(super) fn bulk_ess(panels: &[&Panel]) -> Option<f64> {
    let panel = panels.iter().find(|panel| panel.id == "sampler")?;
    let Body::Sampler(report) = &panel.body else { return None };
    let stat = report.stats.iter().find(|stat| stat.label == words::BULK_ESS)?;
    number::read(&stat.value.replace(',', ""))
}

fn region_means<'a>(panels: &[&'a Panel]) -> Option<&'a Ridges> {
    match figure(panels, "theta")? {
        Figure::Ridges(ridges) => Some(ridges),
        _ => None,
    }
}

/// Width of the 95 % interval of the first region mean.
pub(super) fn width_of_interval(panels: &[&Panel]) -> Option<f64> {
    region_means(panels)?.rows.first().map(|row| row.outer.1 - row.outer.0)
}

/// Regions whose true mean lies in its 95 % interval: those whose bar crosses the diagonal.
pub(super) fn truths_inside(panels: &[&Panel]) -> Option<f64> {
    let Figure::Curves(Curves { lines, .. }) = figure(panels, "theta-truth")? else { return None };
    let bars = lines.iter().filter(|line| line.role == Role::Bayes);
    let holds = |line: &&Line| match line.points[..] {
        [(truth, low), (_, high)] => low <= truth && truth <= high,
        _ => false,
    };
    Some(bars.filter(holds).count() as f64)
}

/// SD of the Bayes estimates within regions, in per cent of that of the measurements.
pub(super) fn sd_kept(panels: &[&Panel]) -> Option<f64> {
    let slopes = slopes(panels)?;
    let within = |values: &[f64]| -> f64 {
        let num_groups = slopes.groups.iter().max().map_or(0, |group| group + 1);
        (0..num_groups)
            .map(|k| {
                let of_group: Vec<f64> = slopes
                    .groups
                    .iter()
                    .zip(values)
                    .filter(|(group, _)| **group == k)
                    .map(|(_, value)| *value)
                    .collect();
                let mean = stats::summary::mean(&of_group);
                of_group.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>()
            })
            .sum()
    };
    let share = within(values(slopes, Role::Bayes)?) / within(values(slopes, Role::Mle)?);
    Some(100.0 * share.sqrt()).filter(|share| share.is_finite())
}

/// Schools for which Bayes lies closer to the truth than the MLE.
pub(super) fn closer(panels: &[&Panel]) -> Option<f64> {
    let Figure::Scatter(Scatter { xs, series, .. }) = figure(panels, "scatter")? else { return None };
    let of = |role: Role| series.iter().find(|series| series.role == role).map(|series| &series.ys);
    let (mle, bayes) = (of(Role::Mle)?, of(Role::Bayes)?);
    let is_closer = |((truth, mle), bayes): ((&f64, &f64), &f64)| (bayes - truth).abs() < (mle - truth).abs();
    Some(xs.iter().zip(mle).zip(bayes).filter(|unit| is_closer(*unit)).count() as f64)
}

/// Share of the MLE's total squared error that full Bayes saves on these data, in per cent.
pub(super) fn saved_here(panels: &[&Panel]) -> Option<f64> {
    let race = race(panels)?;
    Some(
        100.0
            * (1.0 - loss(race, race_words::FULL_BAYES, &Loss::Here)? / loss(race, words::MLE, &Loss::Here)?),
    )
    // The picture of the errors speaks of the same schools.
    .filter(|_| matches!(figure(panels, "errors"), Some(Figure::Histograms(Histograms { .. }))))
}

/// Share of the expected total squared error of James–Stein in each region that full Bayes saves, in per cent.
pub(super) fn saved_over_james_stein(panels: &[&Panel]) -> Option<f64> {
    let race = race(panels)?;
    let of = |label: &str| loss(race, label, &Loss::Expected);
    Some(100.0 * (1.0 - of(race_words::FULL_BAYES)? / of(race_words::JAMES_STEIN)?))
}

/// Which step beyond James–Stein in each region gains most: 0 the variance from all regions, 1 knowing it,
/// 2 sharing the region means.
pub(super) fn largest_step(panels: &[&Panel]) -> Option<f64> {
    let Figure::Steps(Steps { rows, .. }) = figure(panels, "gain")? else { return None };
    let [_, steps @ ..] = &rows[..] else { return None };
    let gains = (0..).zip(steps.windows(2)).map(|(i, pair)| (i, pair[0].value - pair[1].value));
    gains.max_by(|(_, a), (_, b)| a.total_cmp(b)).map(|(i, _): (i32, f64)| f64::from(i))
}

fn cloud<'a>(panels: &[&'a Panel], id: &str) -> Option<&'a Cloud> {
    match figure(panels, id)? {
        Figure::Cloud(cloud) => Some(cloud),
        _ => None,
    }
}

/// Share of the genes on the list by the moderated t that have not changed, in per cent.
pub(super) fn false_on_list(panels: &[&Panel]) -> Option<f64> {
    let Figure::Curves(Curves { lines, rules, .. }) = figure(panels, "discoveries")? else { return None };
    let (line, list) = (lines.iter().find(|line| line.role == Role::Bayes)?, rules.first()?.at);
    let distance = |point: &(f64, f64)| (point.0 - list).abs();
    let nearest = line.points.iter().min_by(|a, b| distance(a).total_cmp(&distance(b)))?;
    Some(100.0 * nearest.1)
}

/// Posterior mean of the dispersion about the line.
pub(super) fn dispersion(panels: &[&Panel]) -> Option<f64> {
    let mean = cloud(panels, "contours")?.units.iter().find(|unit| unit.role == Role::Bayes)?;
    Some(mean.at.1)
}

/// Width of the 80 % interval of the slope: that of the two dashed lines of the posterior.
pub(super) fn width_of_slopes(panels: &[&Panel]) -> Option<f64> {
    let lines = &cloud(panels, "line")?.lines;
    let slope = |line: &Line| match line.points[..] {
        [from, to] => Some((to.1 - from.1) / (to.0 - from.0)),
        _ => None,
    };
    let ends: Vec<f64> =
        lines.iter().filter(|line| line.role == Role::Bayes && line.dashed).filter_map(slope).collect();
    match ends[..] {
        [low, high] => Some(high - low),
        _ => None,
    }
}

/// Share of the total squared error of no pooling that partial pooling saves, in per cent.
pub(super) fn saved_by_pooling(panels: &[&Panel]) -> Option<f64> {
    let Figure::Ranking(ranking) = figure(panels, "errors")? else { return None };
    let error = |role: Role| ranking.rows.iter().find(|row| row.role == role)?.here;
    Some(100.0 * (1.0 - error(Role::Bayes)? / error(Role::Mle)?))
}
