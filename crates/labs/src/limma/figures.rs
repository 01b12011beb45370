//! The pictures and tables.

use plots::{Axis, Cloud, CloudUnit, Curves, Direction, Figure, LabelAt, Line, Role, Rule, Scale, Table};
use stats::order::ranking;

use super::genes::{TESTS, Test};
use super::{LimmaRun, words};
use crate::lab::{Body, Panel, Place, Span};
use crate::prose::panel;
use crate::{axis, number};

/// Most genes that a picture shows; more are thinned evenly by rank.
const MAX_SHOWN: usize = 300;
/// Bars of the histogram.
const NUM_BINS: u16 = 48;
/// Corners of a curve.
const NUM_CORNERS: u16 = 160;
/// Rows of a table of examples.
const NUM_EXAMPLES: usize = 8;
/// Rows of the table of the list.
const MAX_ROWS: usize = 100;

impl Test {
    fn role(self) -> Role {
        match self {
            Self::Ordinary => Role::Mle,
            Self::Moderated => Role::Bayes,
            Self::Pooled => Role::RegionMean,
        }
    }

    fn label(self) -> &'static str {
        match self {
            Self::Ordinary => words::test::ORDINARY,
            Self::Moderated => words::test::MODERATED,
            Self::Pooled => words::test::POOLED,
        }
    }
}

/// `max` of `genes`, evenly spaced; all of them if there are no more.
fn thinned(genes: &[usize], max: usize) -> Vec<usize> {
    if genes.len() <= max {
        return genes.to_vec();
    }
    (0..max).map(|i| genes[i * (genes.len() - 1) / (max - 1)]).collect()
}

/// A logarithmic axis that holds all positive `values`, its ends at 1, 2 or 5 times a power of ten.
fn log_axis(values: impl IntoIterator<Item = f64>, title: &str) -> Axis {
    let (low, high) = values
        .into_iter()
        .filter(|value| value.is_finite() && *value > 0.0)
        .fold((f64::INFINITY, 0.0_f64), |(low, high), value| (low.min(value), high.max(value)));
    let (low, high) = if low <= high { (low, high) } else { (1.0, 1.0) };
    let decade = |value: f64| libm::pow(10.0, libm::floor(libm::log10(value)));
    let rungs = |value: f64| [0.5, 1.0, 2.0, 5.0, 10.0, 20.0].map(|digit| digit * decade(value));
    let min = rungs(low).into_iter().rfind(|rung| *rung <= 0.85 * low).unwrap_or(0.1 * low);
    let max = rungs(high).into_iter().find(|rung| *rung >= 1.15 * high).unwrap_or(10.0 * high);
    Axis { scale: Scale::Log, ..Axis::linear(min, max, title) }
}

impl LimmaRun {
    fn thinning(&self, num_shown: usize) -> String {
        let num_genes = self.genes.len();
        if num_shown >= num_genes {
            return String::new();
        }
        words::shown(num_shown, num_genes)
    }

    fn unit(&self, gene: usize, role: Role, at: (f64, f64)) -> CloudUnit {
        CloudUnit {
            unit: u32::try_from(gene).expect("some thousand genes"),
            name: self.genes.name(gene),
            role,
            at,
            error: (0.0, 0.0),
            estimate: None,
            is_named: false,
            is_movable: false,
        }
    }

    /// s² against what becomes of it.
    pub(super) fn variances(&self, focus: Option<usize>, is_shown: bool) -> Panel {
        let (fit, moderated) = (&self.genes.fit, &self.genes.moderated);
        let prior = moderated.prior;
        let mut by_var = ranking(&fit.residual_var);
        by_var.retain(|gene| fit.residual_var[*gene] > 0.0);
        let mut shown = thinned(&by_var, MAX_SHOWN);
        shown.extend(focus.filter(|gene| fit.residual_var[*gene] > 0.0 && !shown.contains(gene)));
        let values =
            || shown.iter().flat_map(|gene| [fit.residual_var[*gene], moderated.posterior_var[*gene]]);
        let title = words::variances::Y;
        let y = log_axis(values().chain([prior.prior_var]), title);
        let x = Axis {
            title: words::variances::X.to_owned(),
            ..log_axis(shown.iter().map(|gene| fit.residual_var[*gene]), "")
        };
        let units = shown
            .iter()
            .map(|gene| {
                let var = fit.residual_var[*gene];
                let estimate = Some((var, moderated.posterior_var[*gene]));
                CloudUnit { estimate, ..self.unit(*gene, Role::Mle, (var, var)) }
            })
            .collect();
        let rule = Rule {
            direction: Direction::Horizontal,
            at: prior.prior_var,
            role: Role::RegionMean,
            label: words::variances::common(prior.prior_var),
        };
        let figure = Cloud {
            x,
            y,
            bands: Vec::new(),
            lines: Vec::new(),
            rules: vec![rule],
            units,
            legend: vec![
                (Role::Mle, words::variances::OWN.to_owned()),
                (Role::Bayes, words::variances::MODERATED.to_owned()),
            ],
        };
        let subtitle = words::variances::subtitle(&self.thinning(shown.len()));
        Panel {
            is_lead: true,
            subtitle: vec![Span::plain(subtitle)],
            remark: self.weights(is_shown),
            ..panel("variances", words::variances::TITLE, Place::Main, Body::Figure(Figure::Cloud(figure)))
        }
    }

    fn weights(&self, is_shown: bool) -> Vec<Span> {
        let (genes, prior) = (&self.genes, self.genes.moderated.prior);
        let df = genes.fit.residual_df;
        let mut remark = words::variances::weights(prior.prior_df, df, 1.0 - prior.shrinkage(df));
        if prior != genes.learned {
            remark.push(words::variances::learned(genes.learned.prior_df));
        }
        if let (true, Some(truth)) = (is_shown, genes.true_df) {
            remark.extend(words::variances::in_truth(truth));
        }
        if genes.learned.prior_df.is_infinite() {
            remark.push(Span::plain(words::variances::NO_DIFFERENCE));
        }
        remark
    }

    /// Histogram of s² on a logarithmic axis, and the density that the prior gives it.
    pub(super) fn distribution(&self) -> Panel {
        let (fit, prior) = (&self.genes.fit, self.genes.moderated.prior);
        let positive = || fit.residual_var.iter().copied().filter(|var| *var > 0.0);
        let x = log_axis(positive().chain([prior.prior_var]), words::distribution::AXIS);
        let (low, span) = (libm::log(x.min), libm::log(x.max / x.min));
        let at = |share: f64| libm::exp(low + span * share);
        let mut counts = vec![0.0; usize::from(NUM_BINS)];
        for var in positive() {
            let bin = libm::log(var / x.min) / span * f64::from(NUM_BINS);
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within the axis")]
            let bin = (bin.max(0.0) as usize).min(counts.len() - 1);
            counts[bin] += 1.0;
        }
        let height = |count: f64| count / self.genes.len() as f64 / (span / f64::from(NUM_BINS));
        let edge = |bin: u16| at(f64::from(bin) / f64::from(NUM_BINS));
        let mut bars = vec![(x.min, 0.0)];
        for (bin, count) in (0..NUM_BINS).zip(&counts) {
            bars.extend([(edge(bin), height(*count)), (edge(bin + 1), height(*count))]);
        }
        bars.push((x.max, 0.0));
        let curve: Vec<(f64, f64)> = (0..=NUM_CORNERS)
            .map(|i| at(f64::from(i) / f64::from(NUM_CORNERS)))
            .map(|var| (var, prior.log_var_density(var, fit.residual_df)))
            .collect();
        let top = bars.iter().chain(&curve).map(|point| point.1).fold(0.0, f64::max);
        let line = |label: &str, role, points, filled, label_at| Line {
            label: label.to_owned(),
            label_at,
            role,
            points,
            filled,
            dashed: false,
        };
        let figure = Curves {
            x,
            y: Axis::linear(0.0, axis::from_zero([1.08 * top]).1, ""),
            y_labels: false,
            lines: vec![
                line(words::distribution::OWN, Role::Mle, bars, true, LabelAt::PeakLeft),
                line(words::distribution::PRIOR, Role::Bayes, curve, false, LabelAt::PeakRight),
            ],
            points: Vec::new(),
            rules: vec![Rule {
                direction: Direction::Vertical,
                at: prior.prior_var,
                role: Role::RegionMean,
                label: "s₀²".to_owned(),
            }],
            dots: Vec::new(),
        };
        let subtitle = words::distribution::SUBTITLE;
        Panel {
            subtitle: vec![Span::plain(subtitle)],
            ..panel(
                "distribution",
                words::distribution::TITLE,
                Place::Side,
                Body::Figure(Figure::Curves(figure)),
            )
        }
    }

    /// Ordinary against moderated |t|.
    pub(super) fn statistics(&self, focus: Option<usize>, is_shown: bool) -> Panel {
        let genes = &self.genes;
        let is_changed = |gene: &usize| is_shown && genes.is_changed.as_ref().is_some_and(|is| is[*gene]);
        let mut shown = thinned(genes.order(Test::Moderated), 2 * MAX_SHOWN);
        shown.extend(focus.filter(|gene| !shown.contains(gene)));
        let at = |gene: usize| (genes.ordinary_t[gene].abs(), genes.moderated.t[gene].abs());
        // Below this nobody looks, and a logarithm of 0 is nowhere.
        let least = 0.1_f64;
        let seen: Vec<usize> =
            shown.into_iter().filter(|gene| at(*gene).0.min(at(*gene).1) >= least).collect();
        let x = log_axis(seen.iter().map(|gene| at(*gene).0).chain([1.0]), words::statistics::ORDINARY);
        let y = log_axis(seen.iter().map(|gene| at(*gene).1).chain([1.0]), words::statistics::MODERATED);
        let role = |gene: &usize| if is_changed(gene) { Role::Oracle } else { Role::Neutral };
        let units: Vec<CloudUnit> = seen.iter().map(|gene| self.unit(*gene, role(gene), at(*gene))).collect();
        let (low, high) = (x.min.max(y.min), x.max.min(y.max));
        let lines = if low < high {
            vec![Line {
                label: "equal".to_owned(),
                label_at: LabelAt::Nowhere,
                role: Role::Neutral,
                points: vec![(low, low), (high, high)],
                filled: false,
                dashed: true,
            }]
        } else {
            Vec::new()
        };
        let legend = if is_shown {
            vec![
                (Role::Oracle, words::CHANGED.to_owned()),
                (Role::Neutral, words::statistics::NOT_CHANGED.to_owned()),
            ]
        } else {
            Vec::new()
        };
        let subtitle = words::statistics::subtitle(&self.thinning(units.len()));
        let figure = Cloud { x, y, bands: Vec::new(), lines, rules: Vec::new(), units, legend };
        Panel {
            subtitle: vec![Span::plain(subtitle)],
            ..panel("statistics", words::statistics::TITLE, Place::Main, Body::Figure(Figure::Cloud(figure)))
        }
    }

    /// Share of false discoveries by the length of the list.
    pub(super) fn discoveries(&self, list: usize, is_shown: bool) -> Panel {
        let title = words::discoveries::TITLE;
        let Some((len, counts)) = self.counts(list).filter(|_| is_shown) else {
            return Panel {
                remark: vec![Span::plain(words::discoveries::NEEDS_TRUTH)],
                ..panel("discoveries", title, Place::Main, Body::Text)
            };
        };
        let share = |count: usize, len: usize| count as f64 / len as f64;
        let figure = by_length((len, list), &counts, share, words::discoveries::Y);
        let mut remark = vec![words::discoveries::of_first(list)];
        for (i, (test, counts)) in TESTS.iter().zip(&counts).enumerate() {
            remark.push(Span::of(test.role(), counts[list - 1].to_string()));
            let by = match test {
                Test::Pooled => words::discoveries::POOLED,
                other => other.label(),
            };
            remark.push(words::discoveries::by(by, i + 1 == TESTS.len()));
        }
        let subtitle = words::discoveries::SUBTITLE;
        Panel {
            subtitle: vec![Span::plain(subtitle)],
            remark,
            ..panel("discoveries", title, Place::Main, Body::Figure(Figure::Curves(figure)))
        }
    }

    /// Share of the changed genes that are found, by the length of the list.
    pub(super) fn found(&self, list: usize, is_shown: bool) -> Panel {
        let text = |remark: &str| Panel {
            remark: vec![Span::plain(remark)],
            ..panel("found", words::found::TITLE, Place::Main, Body::Text)
        };
        let is_changed = self.genes.is_changed.as_ref().filter(|_| is_shown);
        let Some((is_changed, (len, counts))) = is_changed.zip(self.counts(list)) else {
            return text(words::found::NEEDS_TRUTH);
        };
        let num_changed = is_changed.iter().filter(|is| **is).count();
        if num_changed == 0 {
            return text(words::found::NONE);
        }
        let share = |count: usize, len: usize| (len - count) as f64 / num_changed as f64;
        let figure = by_length((len, list), &counts, share, words::found::Y);
        let shares: Vec<(&str, Role, f64)> = TESTS
            .iter()
            .zip(&counts)
            .map(|(test, counts)| (test.label(), test.role(), share(counts[list - 1], list)))
            .collect();
        Panel {
            subtitle: vec![Span::plain(words::found::SUBTITLE)],
            remark: words::found::remark(num_changed, list, &shares),
            ..panel("found", words::found::TITLE, Place::Main, Body::Figure(Figure::Curves(figure)))
        }
    }

    /// Length of the longest list that is looked at, and for each test how many of the first genes have not
    /// changed, for each length from 1; `None` where nobody knows.
    fn counts(&self, list: usize) -> Option<(usize, Vec<Vec<usize>>)> {
        let len = (2 * list).min(self.genes.len());
        let counts: Option<_> = TESTS.iter().map(|test| self.genes.false_discoveries(*test, len)).collect();
        Some((len, counts?))
    }

    /// The genes of the ordinary list that fall furthest.
    pub(super) fn losers(&self, list: usize, is_shown: bool) -> Panel {
        let genes = &self.genes;
        let (ordinary, moderated) = (Test::Ordinary, Test::Moderated);
        let fall = |gene: usize| genes.rank(moderated, gene).saturating_sub(genes.rank(ordinary, gene));
        let listed = &genes.order(ordinary)[..list];
        let falls: Vec<f64> = listed.iter().map(|gene| -(fall(*gene) as f64)).collect();
        let mut fallen: Vec<usize> = ranking(&falls).into_iter().map(|place| listed[place]).collect();
        fallen.retain(|gene| fall(*gene) > 0);
        fallen.truncate(NUM_EXAMPLES);
        let mut columns: Vec<String> = words::losers::COLUMNS.map(str::to_owned).into();
        if is_shown {
            columns.push(words::CHANGED.to_owned());
        }
        let row = |gene: &usize| {
            let mut cells = vec![
                genes.name(*gene),
                number::short(genes.fit.residual_var[*gene].sqrt()),
                (genes.rank(ordinary, *gene) + 1).to_string(),
                (genes.rank(moderated, *gene) + 1).to_string(),
            ];
            if is_shown {
                let is_changed = genes.is_changed.as_ref().is_some_and(|is| is[*gene]);
                cells.push(words::yes_or_no(is_changed).to_owned());
            }
            cells
        };
        let table = Table { columns, rows: fallen.iter().map(row).collect() };
        let subtitle = words::losers::subtitle(list);
        Panel {
            subtitle: vec![Span::plain(subtitle)],
            ..panel("losers", words::losers::TITLE, Place::Side, Body::Table(table))
        }
    }

    /// The list, as limma prints it.
    pub(super) fn top(&self, list: usize, is_shown: bool) -> Panel {
        let genes = &self.genes;
        let mut columns: Vec<String> = words::top::COLUMNS.map(str::to_owned).into();
        if is_shown {
            columns.push(words::CHANGED.to_owned());
        }
        let row = |gene: &usize| {
            let (gene, moderated) = (*gene, &genes.moderated);
            let mut cells = vec![
                genes.name(gene),
                number::fixed(genes.fit.log_fold_change[gene], 3),
                number::fixed(genes.fit.average[gene], 2),
                number::fixed(moderated.t[gene], 2),
                probability(moderated.p_value[gene]),
                probability(moderated.adjusted_p[gene]),
                number::fixed(moderated.log_odds[gene], 2),
            ];
            if is_shown {
                let is_changed = genes.is_changed.as_ref().is_some_and(|is| is[gene]);
                cells.push(words::yes_or_no(is_changed).to_owned());
            }
            cells
        };
        let rows = genes.order(Test::Moderated).iter().take(list.min(MAX_ROWS)).map(row).collect();
        let num_at_five = genes.moderated.adjusted_p.iter().filter(|p| **p < 0.05).count();
        let subtitle = words::top::subtitle(num_at_five);
        Panel {
            subtitle: vec![Span::plain(subtitle)],
            ..panel("top", words::top::TITLE, Place::Main, Body::Table(Table { columns, rows }))
        }
    }
}

/// A curve for each test over the length of the list.
///
/// - `share`: of how many among so many have not changed, and how many these are.
fn by_length(
    (len, list): (usize, usize),
    counts: &[Vec<usize>],
    share: impl Fn(usize, usize) -> f64,
    title: &str,
) -> Curves {
    let step = (len / usize::from(NUM_CORNERS)).max(1);
    let line = |(test, counts): (&Test, &Vec<usize>)| Line {
        label: test.label().to_owned(),
        label_at: LabelAt::Along,
        role: test.role(),
        points: (1..=len).step_by(step).map(|len| (len as f64, share(counts[len - 1], len))).collect(),
        filled: false,
        dashed: false,
    };
    let lines: Vec<Line> = TESTS.iter().zip(counts).map(line).collect();
    let top = lines.iter().flat_map(|line| &line.points).map(|point| point.1).fold(0.0, f64::max);
    Curves {
        x: Axis::linear(0.0, len.max(2) as f64, words::discoveries::X),
        y: Axis::linear(0.0, axis::from_zero([top.max(0.1)]).1.min(1.0), title),
        y_labels: true,
        lines,
        points: Vec::new(),
        rules: vec![Rule {
            direction: Direction::Vertical,
            at: list as f64,
            role: Role::Neutral,
            label: words::discoveries::list(list),
        }],
        dots: Vec::new(),
    }
}

/// A p-value with two significant digits.
fn probability(p: f64) -> String {
    if p >= 0.001 { number::fixed(p, 4) } else { format!("{p:.1e}").replace('-', "−") }
}
