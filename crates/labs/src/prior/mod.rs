//! Prior times likelihood: y_i ~ N(μ, 1) and μ ~ N(m, s²), both of one's choice.
//!
//! The posterior lies between what was believed and what was measured, nearer to the surer one.

mod programs;
mod words;

use plots::{Axis, Curves, Direction, Figure, LabelAt, Line, Point, Ridge, Ridges, Role, Rule, Scale, Side};
use stats::special::{normal_pdf, normal_quantile};
use stats::summary::mean;

use crate::control::{Control, DefaultValue, Effect, Kind, Notice, Value, Values};
use crate::lab::{
    Body, Compute, Extras, Lab, LabName, Legend, Meta, Panel, Place, Preset, Run, Settings, Span,
};
use crate::likelihood::{NUM_DATA, R_SEED, RANGE, TRUE_MEAN, data, panel};
use crate::one_prior::{SHOW_TRUTH, density_lines, truth_mark};
use crate::{axis, number};

/// The lab.
#[derive(Debug)]
pub(crate) struct Prior;

pub(crate) const NAME: LabName =
    LabName { slug: "prior", title: words::TITLE, summary: words::SUMMARY, is_in_menu: false };

static META: Meta = Meta {
    name: NAME,
    formulas: &[
        r"\mu \sim \mathrm{N}(m, s^2),\quad y_i \sim \mathrm{N}(\mu, 1)",
        r"\mathrm{E}[\mu \mid y] = \frac{m / s^2 + n\,\bar y}{1/s^2 + n}",
        r"\mathrm{sd}[\mu \mid y] = \frac{1}{\sqrt{1/s^2 + n}}",
    ],
    legend: &[
        Legend { role: Role::Truth, label: words::TRUE_MEAN },
        Legend { role: Role::Mle, label: words::LIKELIHOOD },
        Legend { role: Role::Neutral, label: words::PRIOR },
        Legend { role: Role::Bayes, label: words::POSTERIOR },
    ],
    sources: words::SOURCES,
    presets: &[
        Preset { label: words::preset::AROUND_2, link: "#/prior" },
        Preset { label: words::preset::AROUND_6, link: "#/prior?prior_mean=6&prior_sd=1" },
        Preset { label: words::preset::WRONG, link: "#/prior?prior_mean=0&prior_sd=0.2" },
    ],
};

static CONTROLS: [Control; 5] = [
    Control {
        key: "prior_mean",
        label: words::control::PRIOR_MEAN,
        symbol: "m",
        kind: Kind::Linear { min: 0.0, max: 8.0, step: 0.1, most: 8.0, presets: &[] },
        default: DefaultValue::Number(2.0),
        effect: Effect::Redraw,
        ..Control::BLANK
    },
    Control {
        key: "prior_sd",
        label: words::control::PRIOR_SD,
        symbol: "s",
        help: |_| words::control::PRIOR_SD_HELP,
        kind: Kind::Log { min: 0.1, max: 10.0, presets: &[] },
        default: DefaultValue::Number(2.0),
        effect: Effect::Redraw,
        reading: |value| match value {
            Value::Number(sd) => words::control::variance_of(*sd),
            Value::Sizes(_) | Value::Choice(_) | Value::Table(_) | Value::Moves(_) => String::new(),
        },
        ..Control::BLANK
    },
    NUM_DATA,
    SHOW_TRUTH,
    R_SEED,
];

impl Settings for Prior {
    fn controls(&self) -> &'static [Control] {
        &CONTROLS
    }
}

impl Lab for Prior {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn heading(&self, values: &Values) -> (String, String) {
        words::heading(values.whole("n"))
    }

    fn notices(&self, _: &Values) -> Vec<Notice> {
        Vec::new()
    }

    fn legend(&self, values: &Values) -> Vec<Legend> {
        let is_shown = values.choice("truth") == "shown";
        META.legend.iter().filter(|entry| is_shown || entry.role != Role::Truth).copied().collect()
    }
}

impl Compute for Prior {
    fn start(&self, values: &Values) -> Box<dyn Run> {
        Box::new(PriorRun::new(values))
    }
}

struct PriorRun {
    y: Vec<f64>,
}

/// A normal distribution.
#[derive(Clone, Copy, Debug)]
struct Normal {
    mean: f64,
    sd: f64,
}

impl Normal {
    fn quantile(self, p: f64) -> f64 {
        self.mean + self.sd * normal_quantile(p)
    }

    fn central(self, mass: f64) -> (f64, f64) {
        (self.quantile(0.5 - 0.5 * mass), self.quantile(0.5 + 0.5 * mass))
    }

    fn peak(self) -> f64 {
        normal_pdf(0.0) / self.sd
    }
}

/// The posterior of the mean of `n` data of SD 1 with mean `ybar`.
///
/// Source: Gelman et al. 2013, equation 2.12.
fn posterior(prior: Normal, ybar: f64, n: usize) -> Normal {
    let (prior_prec, data_prec) = (1.0 / (prior.sd * prior.sd), n as f64);
    let total = prior_prec + data_prec;
    Normal { mean: (prior_prec * prior.mean + data_prec * ybar) / total, sd: 1.0 / total.sqrt() }
}

impl PriorRun {
    fn new(values: &Values) -> Self {
        Self { y: data(values.whole("seed"), values.whole("n")) }
    }
}

impl Run for PriorRun {
    fn panels(&self, values: &Values, _: &Extras) -> Vec<Panel> {
        let prior = Normal { mean: values.number("prior_mean"), sd: values.number("prior_sd") };
        let is_shown = values.choice("truth") == "shown";
        vec![
            self.together(prior, is_shown),
            self.stacked(prior, is_shown),
            self.strengths(prior, is_shown),
            self.numbers(prior),
        ]
    }
}

impl PriorRun {
    fn likelihood(&self) -> Normal {
        Normal { mean: mean(&self.y), sd: 1.0 / (self.y.len() as f64).sqrt() }
    }

    fn posterior(&self, prior: Normal) -> Normal {
        posterior(prior, mean(&self.y), self.y.len())
    }

    fn together(&self, prior: Normal, is_shown: bool) -> Panel {
        let (likelihood, posterior) = (self.likelihood(), self.posterior(prior));
        let x = Axis::linear(RANGE.0, RANGE.1, words::MEAN);
        let densities = [
            (words::PRIOR, Role::Neutral, prior.mean, prior.sd),
            (words::LIKELIHOOD, Role::Mle, likelihood.mean, likelihood.sd),
            (words::POSTERIOR, Role::Bayes, posterior.mean, posterior.sd),
        ];
        let tallest = [prior, likelihood, posterior].map(Normal::peak).into_iter().fold(0.0, f64::max);
        let (min, max) = axis::from_zero([1.1 * tallest]);
        let figure = Curves {
            lines: density_lines(&x, &densities),
            x,
            y: Axis::linear(min, max, ""),
            y_labels: false,
            points: if is_shown { vec![truth_mark(TRUE_MEAN)] } else { Vec::new() },
            rules: Vec::new(),
            dots: Vec::new(),
        };
        let truth = is_shown.then_some(TRUE_MEAN);
        let subtitle = words::together::subtitle((posterior.mean, posterior.sd), truth);
        panel("together", words::together::TITLE, (Place::Main, true), subtitle, Figure::Curves(figure))
    }

    /// The slide's three panels, one above another.
    fn stacked(&self, prior: Normal, is_shown: bool) -> Panel {
        let rows = [
            (words::LIKELIHOOD, self.likelihood()),
            (words::PRIOR, prior),
            (words::POSTERIOR, self.posterior(prior)),
        ];
        let tallest = rows.iter().map(|(_, normal)| normal.peak()).fold(0.0, f64::max);
        let rows = rows.map(|(label, normal)| Ridge {
            label: label.to_owned(),
            bin_start: 0.0,
            bin_width: 1.0,
            bins: Vec::new(),
            curve: crate::one_prior::normal_curve(normal.mean, normal.sd, RANGE)
                .into_iter()
                .map(|(x, height)| (x, height / tallest))
                .collect(),
            truth: is_shown.then_some(TRUE_MEAN),
            inner: normal.central(0.8),
            outer: normal.central(0.95),
            median: normal.mean,
        });
        panel(
            "three",
            words::three::TITLE,
            (Place::Main, false),
            vec![Span::plain(words::three::SUBTITLE)],
            Figure::Ridges(Ridges {
                x: Axis::linear(RANGE.0, RANGE.1, words::MEAN),
                rows: rows.into(),
                drawn: Vec::new(),
            }),
        )
    }

    /// Where the posterior mean goes as the prior gets surer.
    fn strengths(&self, prior: Normal, is_shown: bool) -> Panel {
        let sds = number::log_values(0.1, 10.0);
        let at = |sd: f64| self.posterior(Normal { sd, ..prior });
        let line = |label: &str, role, dashed, value: &dyn Fn(f64) -> f64| Line {
            label: label.to_owned(),
            label_at: if label.is_empty() { LabelAt::Nowhere } else { LabelAt::End },
            role,
            points: sds.iter().map(|sd| (*sd, value(*sd))).collect(),
            filled: false,
            dashed,
        };
        let ybar = mean(&self.y);
        let lines = vec![
            line(words::strengths::DATA_MEAN, Role::Mle, true, &|_| ybar),
            line(words::strengths::PRIOR_MEAN, Role::Neutral, true, &|_| prior.mean),
            line("", Role::Bayes, false, &|sd| at(sd).mean),
        ];
        let now = self.posterior(prior);
        let mut points = vec![Point {
            x: prior.sd,
            y: now.mean,
            role: Role::Bayes,
            label: number::fixed(now.mean, 2),
            label_side: Side::Above,
        }];
        points.extend(is_shown.then(|| Point { x: 0.1, y: TRUE_MEAN, ..truth_mark(TRUE_MEAN) }));
        let figure = Curves {
            x: Axis { min: 0.1, max: 10.0, title: words::strengths::PRIOR_SD.to_owned(), scale: Scale::Log },
            y: Axis::linear(RANGE.0, RANGE.1, words::strengths::POSTERIOR_MEAN),
            y_labels: true,
            lines,
            points,
            rules: vec![Rule {
                direction: Direction::Vertical,
                at: prior.sd,
                role: Role::Neutral,
                label: String::new(),
            }],
            dots: Vec::new(),
        };
        panel(
            "strengths",
            words::strengths::TITLE,
            (Place::Side, false),
            vec![Span::plain(words::strengths::SUBTITLE)],
            Figure::Curves(figure),
        )
    }

    fn numbers(&self, prior: Normal) -> Panel {
        let (ybar, n) = (mean(&self.y), self.y.len() as f64);
        let prior_prec = 1.0 / (prior.sd * prior.sd);
        let mut panel = panel("numbers", words::weights::TITLE, (Place::Side, false), Vec::new(), Body::Text);
        panel.remark = words::weights::remark(n, (prior.mean, prior_prec), ybar);
        panel
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The slide's priors and data; the values by the conjugate formula, to four digits.
    #[test]
    fn the_slides_posteriors_come_out() {
        let run = PriorRun { y: data(1, 5) };
        for ((mean, sd), expected) in [((2.0, 2.0), (4.0279, 0.4364)), ((6.0, 1.0), (4.4411, 0.4082))] {
            let posterior = run.posterior(Normal { mean, sd });
            assert!((posterior.mean - expected.0).abs() < 6e-5, "{posterior:?}");
            assert!((posterior.sd - expected.1).abs() < 6e-5, "{posterior:?}");
        }
    }

    /// The product of prior and likelihood, normalized on a grid, has the posterior's mean and SD.
    #[test]
    fn the_posterior_is_the_product() {
        let run = PriorRun { y: data(3, 7) };
        let prior = Normal { mean: 1.5, sd: 0.8 };
        let (mut mass, mut first, mut second) = (0.0, 0.0, 0.0);
        for i in 0..4000 {
            let mu = -2.0 + 0.003 * f64::from(i);
            let weight = run.y.iter().map(|y| normal_pdf(y - mu)).product::<f64>()
                * normal_pdf((mu - prior.mean) / prior.sd);
            (mass, first, second) = (mass + weight, first + weight * mu, second + weight * mu * mu);
        }
        let (mean, posterior) = (first / mass, run.posterior(prior));
        assert!((mean - posterior.mean).abs() < 1e-6);
        assert!(((second / mass - mean * mean).sqrt() - posterior.sd).abs() < 1e-6);
    }
}
