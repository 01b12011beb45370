//! What is a likelihood? y_i ~ N(μ, 1): one normal curve in μ for each datum, and their product.
//!
//! Whoever moves μ sees what each datum has to say about it, and that the product is highest at the mean.

mod programs;
mod words;

use plots::{Axis, Curves, Direction, Figure, LabelAt, Line, Point, Role, Rule, Side};
use stats::r_random::RRandom;
use stats::special::normal_pdf;
use stats::summary::mean;

use crate::control::{Control, DefaultValue, Effect, Group, Kind, Notice, Values};
use crate::lab::{
    Body, Compute, Extras, Lab, LabName, Legend, Meta, Needs, Panel, Place, Preset, Run, Settings, Span,
};
use crate::number;
use crate::one_prior::{SHOW_TRUTH, truth_mark};

/// The lab.
#[derive(Debug)]
pub(crate) struct Likelihood;

/// The mean that the data are drawn around.
pub(crate) const TRUE_MEAN: f64 = 4.0;

/// Range of μ in the pictures: the data of all seeds lie well within.
pub(crate) const RANGE: (f64, f64) = (-1.0, 9.0);

pub(crate) const NAME: LabName =
    LabName { slug: "likelihood", title: words::TITLE, summary: words::SUMMARY, is_in_menu: false };

static META: Meta = Meta {
    name: NAME,
    formulas: &[r"y_i \sim \mathrm{N}(\mu, 1)", r"L(\mu) = \prod_{i=1}^{n} \mathrm{N}(y_i \mid \mu, 1)"],
    legend: &[
        Legend { role: Role::Truth, label: words::legend::TRUE_MEAN },
        Legend { role: Role::Mle, label: words::legend::DATA },
        Legend { role: Role::Neutral, label: words::legend::YOURS },
    ],
    sources: words::SOURCES,
    presets: &[
        Preset { label: words::preset::LECTURE, link: "#/likelihood" },
        Preset { label: words::preset::ONE, link: "#/likelihood?n=1" },
        Preset { label: words::preset::FIFTY, link: "#/likelihood?n=50" },
    ],
};

/// Control of the number of data, shared with the lab that adds a prior.
pub(crate) const NUM_DATA: Control = Control {
    key: "n",
    label: words::DATA,
    symbol: "n",
    kind: Kind::Linear { min: 1.0, max: 50.0, step: 1.0, most: 50.0, presets: &[] },
    default: DefaultValue::Number(5.0),
    ..Control::BLANK
};

/// Control of the seed, shared with the lab that adds a prior: R's own.
pub(crate) const R_SEED: Control = Control {
    key: "seed",
    label: words::SEED,
    help: |_| words::control::SEED_HELP,
    group: Group::open(words::DATA),
    kind: Kind::Seed { max: 999_999, button: words::NEW_DATA, named: &[(1, words::LECTURE_DATA)] },
    default: DefaultValue::Number(1.0),
    ..Control::BLANK
};

static CONTROLS: [Control; 4] = [
    Control {
        key: "mu",
        label: words::control::GUESS,
        symbol: r"\mu",
        help: |_| words::control::GUESS_HELP,
        kind: Kind::Linear { min: 0.0, max: 8.0, step: 0.05, most: 8.0, presets: &[] },
        default: DefaultValue::Number(3.0),
        effect: Effect::Redraw,
        ..Control::BLANK
    },
    NUM_DATA,
    SHOW_TRUTH,
    R_SEED,
];

/// The data of `seed`: R's `rnorm(n, 4)`; the first ones are the same whatever `n` is.
pub(crate) fn data(seed: usize, n: usize) -> Vec<f64> {
    let mut random = RRandom::set_seed(u32::try_from(seed).expect("bounded by the control"));
    (0..n).map(|_| TRUE_MEAN + random.norm_rand()).collect()
}

impl Settings for Likelihood {
    fn controls(&self) -> &'static [Control] {
        &CONTROLS
    }
}

impl Lab for Likelihood {
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

impl Compute for Likelihood {
    fn start(&self, values: &Values) -> Box<dyn Run> {
        Box::new(LikelihoodRun::new(values))
    }
}

struct LikelihoodRun {
    y: Vec<f64>,
}

impl LikelihoodRun {
    fn new(values: &Values) -> Self {
        Self { y: data(values.whole("seed"), values.whole("n")) }
    }
}

impl Run for LikelihoodRun {
    fn panels(&self, values: &Values, _: &Extras) -> Vec<Panel> {
        let (mu, is_shown) = (values.number("mu"), values.choice("truth") == "shown");
        vec![
            self.curves(mu, is_shown),
            self.product(mu, is_shown),
            self.log_likelihood(mu, is_shown),
            self.factors(mu),
        ]
    }
}

impl LikelihoodRun {
    /// N(y_i | μ, 1) for each datum.
    fn densities(&self, mu: f64) -> impl Iterator<Item = f64> + '_ {
        self.y.iter().map(move |y| normal_pdf(y - mu))
    }

    fn log_density(&self, mu: f64) -> f64 {
        self.y.iter().map(|y| -0.5 * (y - mu) * (y - mu)).sum::<f64>()
            - 0.5 * self.y.len() as f64 * libm::log(2.0 * std::f64::consts::PI)
    }

    fn curves(&self, mu: f64, is_shown: bool) -> Panel {
        const MOST_LABELED: usize = 8;
        let lines = (1..).zip(&self.y).map(|(i, y)| Line {
            label: format!("y{}", number::subscript(i)),
            label_at: if self.y.len() <= MOST_LABELED { LabelAt::Peak } else { LabelAt::Nowhere },
            role: Role::Mle,
            points: grid(|at| normal_pdf(y - at)),
            filled: false,
            dashed: false,
        });
        let heights = self.y.iter().zip(self.densities(mu));
        let mut points: Vec<Point> = heights.map(|(_, height)| plain_point(mu, height, Role::Mle)).collect();
        points.extend(is_shown.then(|| truth_mark(TRUE_MEAN)));
        let figure = Curves {
            x: Axis::linear(RANGE.0, RANGE.1, words::MEAN),
            y: Axis::linear(0.0, 0.5, words::curves::HEIGHT),
            y_labels: true,
            lines: lines.collect(),
            points,
            rules: vec![guess(mu)],
            dots: Vec::new(),
        };
        let subtitle = words::curves::subtitle(is_shown.then_some(TRUE_MEAN));
        panel("curves", words::curves::TITLE, (Place::Main, true), subtitle, Figure::Curves(figure))
    }

    fn product(&self, mu: f64, is_shown: bool) -> Panel {
        let (best, n) = (mean(&self.y), self.y.len() as f64);
        // Relative to its highest value: the product itself soon has more zeros than a number can hold.
        let relative = |at: f64| libm::exp(-0.5 * n * (at - best) * (at - best));
        let mut points = vec![
            Point {
                x: best,
                y: 1.0,
                role: Role::Mle,
                label: words::product::best(best),
                label_side: Side::Right,
            },
            plain_point(mu, relative(mu), Role::Neutral),
        ];
        points.extend(is_shown.then(|| truth_mark(TRUE_MEAN)));
        let figure = Curves {
            x: Axis::linear(RANGE.0, RANGE.1, words::MEAN),
            y: Axis::linear(0.0, 1.2, words::product::HEIGHT),
            y_labels: true,
            lines: vec![Line {
                label: String::new(),
                label_at: LabelAt::Nowhere,
                role: Role::Mle,
                points: grid(relative),
                filled: true,
                dashed: false,
            }],
            points,
            rules: vec![guess(mu)],
            dots: Vec::new(),
        };
        let subtitle = words::product::subtitle(best, relative(mu));
        panel("product", words::product::TITLE, (Place::Main, false), subtitle, Figure::Curves(figure))
    }

    fn log_likelihood(&self, mu: f64, is_shown: bool) -> Panel {
        let top = self.log_density(mean(&self.y));
        let low = self.log_density(RANGE.0).min(self.log_density(RANGE.1));
        let mut points = vec![plain_point(mu, self.log_density(mu), Role::Neutral)];
        points.extend(is_shown.then(|| Point { y: low + 0.04 * (top - low), ..truth_mark(TRUE_MEAN) }));
        let figure = Curves {
            x: Axis::linear(RANGE.0, RANGE.1, words::MEAN),
            y: Axis::linear(low, top + 0.12 * (top - low), words::log::HEIGHT),
            y_labels: true,
            lines: vec![Line {
                label: String::new(),
                label_at: LabelAt::Nowhere,
                role: Role::Mle,
                points: grid(|at| self.log_density(at)),
                filled: false,
                dashed: false,
            }],
            points,
            rules: vec![guess(mu)],
            dots: Vec::new(),
        };
        let subtitle = words::log::subtitle(self.log_density(mu), top);
        panel("log", words::log::TITLE, (Place::Side, false), subtitle, Figure::Curves(figure))
    }

    /// The product written out.
    fn factors(&self, mu: f64) -> Panel {
        const MOST_WRITTEN: usize = 5;
        let densities: Vec<f64> = self.densities(mu).take(MOST_WRITTEN).collect();
        let data = &self.y[..densities.len()];
        let is_all = data.len() == self.y.len();
        let product = libm::exp(self.log_density(mu));
        let mut panel = panel("factors", words::factors::TITLE, (Place::Side, false), Vec::new(), Body::Text);
        panel.remark = words::factors::remark(mu, (data, &densities), is_all, product);
        panel
    }
}

impl From<Figure> for Body {
    fn from(figure: Figure) -> Self {
        Self::Figure(figure)
    }
}

/// A panel that needs nothing but the data.
///
/// - `place`: where it stands, and whether it leads.
pub(crate) fn panel(
    id: &str,
    title: &str,
    (place, is_lead): (Place, bool),
    subtitle: Vec<Span>,
    body: impl Into<Body>,
) -> Panel {
    Panel {
        id: id.to_owned(),
        title: title.to_owned(),
        subtitle,
        place,
        is_lead,
        needs: Needs::Nothing,
        body: body.into(),
        remark: Vec::new(),
    }
}

/// Corners of a curve over [`RANGE`].
fn grid(height: impl Fn(f64) -> f64) -> Vec<(f64, f64)> {
    const STEPS: i32 = 200;
    let at = |i: i32| RANGE.0 + (RANGE.1 - RANGE.0) * f64::from(i) / f64::from(STEPS);
    (0..=STEPS).map(|i| (at(i), height(at(i)))).collect()
}

fn plain_point(x: f64, y: f64, role: Role) -> Point {
    Point { x, y, role, label: String::new(), label_side: Side::Above }
}

/// The rule at the mean that the reader tries.
fn guess(mu: f64) -> Rule {
    Rule { direction: Direction::Vertical, at: mu, role: Role::Neutral, label: words::guess(mu) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// R 4.5: `set.seed(1); rnorm(5, 4)`.
    #[test]
    fn the_slides_data_come_out() {
        let expected = [3.3735, 4.1836, 3.1644, 5.5953, 4.3295];
        for (y, expected) in data(1, 5).iter().zip(expected) {
            assert!((y - expected).abs() < 5e-5, "{y} {expected}");
        }
        assert_eq!(data(7, 3), data(7, 50)[..3]);
    }

    #[test]
    fn the_logarithm_is_that_of_the_product() {
        let run = LikelihoodRun { y: data(1, 5) };
        for mu in [0.0, 3.0, 4.1, 8.0] {
            let product: f64 = run.densities(mu).product();
            assert!((run.log_density(mu) - product.ln()).abs() < 1e-9, "{mu}");
        }
        let best = mean(&run.y);
        assert!((best - 4.129_26).abs() < 1e-4);
        assert!(run.log_density(best) > run.log_density(best + 0.01).max(run.log_density(best - 0.01)));
    }
}
