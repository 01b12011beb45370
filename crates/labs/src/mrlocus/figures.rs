//! The pictures and tables.

use models::mr_slope_posterior::SlopeMarginal;
use plots::{
    Axis, Band, Cloud, CloudUnit, Curves, Direction, Figure, Grid, LabelAt, Line, Point, Role, Rule, Side,
    Table, mass_contours,
};
use stats::special::normal_pdf;

use super::{MrLocusRun, words};
use crate::lab::{Body, Panel, Place, Span};
use crate::prose::panel;
use crate::{axis, number};

/// z with 80 % of a normal within ± z.
const Z_80: f64 = 1.281_551_565_544_6;
/// Shares of the posterior within the contours.
const MASSES: [f64; 3] = [0.95, 0.8, 0.5];
/// Nodes along each side of the grid behind the contours.
const GRID: usize = 61;
/// Corners of a density.
const NUM_CORNERS: u16 = 120;
/// Most clusters that are named in the picture.
const MAX_NAMED: usize = 12;

fn line(label: &str, label_at: LabelAt, role: Role, points: Vec<(f64, f64)>) -> Line {
    Line { label: label.to_owned(), label_at, role, points, filled: false, dashed: false }
}

impl MrLocusRun {
    fn name(&self, j: usize) -> String {
        self.names.get(j).cloned().unwrap_or_else(|| (j + 1).to_string())
    }

    /// The clusters, where they are drawn, and the line.
    pub(super) fn line(&self, true_slope: Option<f64>, has_prior: bool) -> Panel {
        let (data, posterior, prior) = (&self.clusters, &self.posterior, self.model.prior());
        // Where the clusters were before they were moved counts too: the axes hold still under a hand that drags.
        let (a, b): (Vec<f64>, Vec<f64>) = self.unmoved.iter().copied().unzip();
        let ends = |values: [&[f64]; 2], errors: &[f64]| -> Vec<f64> {
            let of = |values: &[f64]| -> Vec<f64> {
                values.iter().zip(errors).flat_map(|(value, se)| [value - se, value + se]).collect()
            };
            values.map(of).concat()
        };
        let (low, high) = axis::around_zero(ends([&a, &data.a], &data.se_a), 0.2);
        // All effects have one sign, as a rule: the other side of 0 is then of no interest.
        let low = if a.iter().chain(&data.a).all(|a| *a > 0.0) { -0.05 * high } else { low };
        let (bottom, top) = axis::around_zero(ends([&b, &data.b], &data.se_b), 0.1);
        let at = |slope: f64| vec![(low, slope * low), (high, slope * high)];
        let dashed = |line: Line| Line { dashed: true, ..line };
        let mut lines = Vec::new();
        if has_prior {
            let slopes = [-Z_80, 0.0, Z_80].map(|z| prior.slope_mean + z * prior.slope_sd);
            lines.extend(
                slopes.map(|slope| {
                    dashed(line(words::line::PRIOR, LabelAt::Nowhere, Role::Neutral, at(slope)))
                }),
            );
        }
        let quantiles = [posterior.alpha.quantile(0.1), posterior.alpha.quantile(0.9)];
        lines.extend(quantiles.map(|slope| dashed(line("", LabelAt::Nowhere, Role::Bayes, at(slope)))));
        lines.push(dashed(line(
            words::line::LEAST_SQUARES,
            LabelAt::Nowhere,
            Role::Mle,
            at(data.least_squares()),
        )));
        if let Some(slope) = true_slope {
            lines.push(dashed(line(words::line::TRUTH, LabelAt::Nowhere, Role::Truth, at(slope))));
        }
        lines.push(line("", LabelAt::Nowhere, Role::Bayes, at(posterior.alpha.mean)));
        let spread = Z_80 * posterior.sigma.mean;
        let edge = |x: f64| {
            let y = posterior.alpha.mean * x;
            (x, y - spread, y + spread)
        };
        let ignored = self.model.clusters().se_a.iter().all(|se| *se == 0.0);
        let units = (0..data.len())
            .map(|j| CloudUnit {
                unit: u32::try_from(j).expect("some hundred clusters"),
                name: self.name(j),
                role: Role::Mle,
                at: (data.a[j], data.b[j]),
                error: (if ignored { 0.0 } else { data.se_a[j] }, data.se_b[j]),
                estimate: Some((posterior.effects[j].a.0, posterior.effects[j].b.0)),
                is_named: data.len() <= MAX_NAMED,
                is_movable: true,
            })
            .collect();
        let mut legend = vec![
            (Role::Mle, words::line::LEGEND_MEASURED.to_owned()),
            (Role::Bayes, words::line::LEGEND_POSTERIOR.to_owned()),
        ];
        if true_slope.is_some() {
            legend.push((Role::Truth, words::line::LEGEND_TRUTH.to_owned()));
        }
        let figure = Cloud {
            x: Axis::linear(low, high, words::line::X),
            y: Axis::linear(bottom, top, words::line::Y),
            bands: vec![Band {
                label: words::line::BAND.to_owned(),
                role: Role::Bayes,
                edges: vec![edge(low), edge(high)],
            }],
            lines,
            rules: vec![Rule {
                direction: Direction::Horizontal,
                at: 0.0,
                role: Role::Neutral,
                label: String::new(),
            }],
            units,
            legend,
        };
        let subtitle = words::line::SUBTITLE;
        let told =
            |marginal: &SlopeMarginal| (marginal.mean, [marginal.quantile(0.1), marginal.quantile(0.9)]);
        let remark = words::line::remark(
            told(&posterior.alpha),
            told(&posterior.sigma),
            data.least_squares(),
            true_slope,
        );
        Panel {
            is_lead: true,
            subtitle: vec![Span::plain(subtitle)],
            remark,
            ..panel(super::DRAGGED, words::line::TITLE, Place::Main, Body::Figure(Figure::Cloud(figure)))
        }
    }

    /// Ranges of α and σ that hold what is worth seeing, and the truth.
    fn ranges(&self, truth: Option<(f64, f64)>) -> ((f64, f64), (f64, f64)) {
        let (alpha, sigma) = (&self.posterior.alpha, &self.posterior.sigma);
        let (low, high) = (alpha.quantile(0.005), alpha.quantile(0.995));
        let least = self.clusters.least_squares();
        let known = truth.map_or(least, |truth| truth.0);
        let (low, high) = (low.min(least).min(known), high.max(least).max(known));
        let room = 0.04 * (high - low);
        let top = sigma.quantile(0.99).max(truth.map_or(0.0, |truth| truth.1));
        ((low - room, high + room), (0.0, axis::from_zero([top]).1))
    }

    /// The posterior in two dimensions.
    pub(super) fn contours(&self, truth: Option<(f64, f64)>) -> Panel {
        let ((low, high), (_, top)) = self.ranges(truth);
        let x = Axis::linear(low, high, words::SLOPE);
        let y = Axis::linear(0.0, top, words::DISPERSION);
        let grid = Grid::of(&x, &y, (GRID, GRID), |alpha, sigma| {
            self.model.log_density(alpha, sigma) - self.posterior.log_peak
        });
        let lines = mass_contours(&grid, &MASSES)
            .into_iter()
            .flat_map(|contour| contour.lines)
            .map(|points| line("", LabelAt::Nowhere, Role::Bayes, points))
            .collect();
        let unit = |unit: u32, name: &str, role: Role, at: (f64, f64)| CloudUnit {
            unit,
            name: name.to_owned(),
            role,
            at,
            error: (0.0, 0.0),
            estimate: None,
            is_named: true,
            is_movable: false,
        };
        // Numbered beyond all clusters: pointing at one here lights up none there.
        let beyond = u32::try_from(self.clusters.len()).expect("some hundred clusters");
        let means = (self.posterior.alpha.mean, self.posterior.sigma.mean);
        let mut units = vec![unit(beyond, words::contours::MEANS, Role::Bayes, means)];
        units.push(unit(
            beyond + 1,
            words::line::LEAST_SQUARES,
            Role::Mle,
            (self.clusters.least_squares(), 0.0),
        ));
        if let Some(truth) = truth {
            units.push(unit(beyond + 2, words::line::TRUTH, Role::Truth, truth));
        }
        let figure = Cloud { x, y, bands: Vec::new(), lines, rules: Vec::new(), units, legend: Vec::new() };
        let subtitle = words::contours::SUBTITLE;
        Panel {
            subtitle: vec![Span::plain(subtitle)],
            ..panel("contours", words::contours::TITLE, Place::Main, Body::Figure(Figure::Cloud(figure)))
        }
    }

    pub(super) fn slope(&self, truth: Option<f64>) -> Panel {
        let ((low, high), _) = self.ranges(truth.map(|slope| (slope, 0.0)));
        let prior = self.model.prior();
        let density = |alpha: f64| normal_pdf((alpha - prior.slope_mean) / prior.slope_sd) / prior.slope_sd;
        let figure = densities(&self.posterior.alpha, density, (low, high, words::SLOPE), truth);
        let remark = words::ratio(self.posterior.alpha.sd, prior.slope_sd);
        Panel {
            remark,
            ..panel("slope", words::densities::SLOPE, Place::Side, Body::Figure(Figure::Curves(figure)))
        }
    }

    pub(super) fn dispersion(&self, truth: Option<f64>) -> Panel {
        let (_, (_, top)) = self.ranges(truth.map(|dispersion| (self.posterior.alpha.mean, dispersion)));
        let scale = self.model.prior().dispersion_sd;
        let density = |sigma: f64| 2.0 * normal_pdf(sigma / scale) / scale;
        let figure = densities(&self.posterior.sigma, density, (0.0, top, words::DISPERSION), truth);
        // SD of a half-normal variate.
        let remark =
            words::ratio(self.posterior.sigma.sd, scale * (1.0 - std::f64::consts::FRAC_2_PI).sqrt());
        Panel {
            remark,
            ..panel(
                "dispersion",
                words::densities::DISPERSION,
                Place::Side,
                Body::Figure(Figure::Curves(figure)),
            )
        }
    }

    pub(super) fn table(&self, is_shown: bool) -> Panel {
        let mut columns: Vec<String> = words::table::COLUMNS.map(str::to_owned).into();
        let truth = self.truth.as_ref().filter(|_| is_shown);
        if truth.is_some() {
            columns.extend(words::table::TRUE_COLUMNS.map(str::to_owned));
        }
        let rows = (0..self.clusters.len()).map(|j| {
            let (data, effect) = (&self.clusters, self.posterior.effects[j]);
            let numbers = [data.a[j], data.b[j], effect.a.0, effect.a.1, effect.b.0, effect.b.1];
            let mut cells = vec![self.name(j)];
            cells.extend(numbers.map(|number| number::fixed(number, 3)));
            if let Some(truth) = truth {
                cells.extend([truth[j].0, truth[j].1].map(|number| number::fixed(number, 3)));
            }
            cells
        });
        let table = Table { columns, rows: rows.collect() };
        let subtitle = words::table::SUBTITLE;
        Panel {
            subtitle: vec![Span::plain(subtitle)],
            ..panel("clusters", words::table::TITLE, Place::Main, Body::Table(table))
        }
    }
}

/// Prior and posterior of one parameter.
fn densities(
    marginal: &SlopeMarginal,
    prior: impl Fn(f64) -> f64,
    (low, high, title): (f64, f64, &str),
    truth: Option<f64>,
) -> Curves {
    let at = |i: u16| low + (high - low) * f64::from(i) / f64::from(NUM_CORNERS);
    let of = |density: &dyn Fn(f64) -> f64| -> Vec<(f64, f64)> {
        (0..=NUM_CORNERS).map(|i| (at(i), density(at(i)))).collect()
    };
    let posterior = of(&|value| marginal.density(value));
    let top = posterior.iter().map(|point| point.1).fold(0.0, f64::max);
    let filled = Line {
        filled: true,
        ..line(words::line::LEGEND_POSTERIOR, LabelAt::PeakRight, Role::Bayes, posterior)
    };
    let points = truth.map(|truth| Point {
        x: truth,
        y: 0.0,
        role: Role::Truth,
        label: words::line::TRUTH.to_owned(),
        label_side: Side::Above,
    });
    Curves {
        x: Axis::linear(low, high, title),
        y: Axis::linear(0.0, axis::from_zero([1.08 * top]).1, ""),
        y_labels: false,
        lines: vec![line(words::line::PRIOR, LabelAt::End, Role::Neutral, of(&prior)), filled],
        points: points.into_iter().collect(),
        rules: Vec::new(),
        dots: Vec::new(),
    }
}
