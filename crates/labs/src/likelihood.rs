//! What is a likelihood? y_i ~ N(μ, 1): one normal curve in μ for each datum, and their product.
//!
//! Whoever moves μ sees what each datum has to say about it, and that the product is highest at the mean.

use plots::{Axis, Curves, Direction, Figure, LabelAt, Line, Point, Role, Rule, Side};
use stats::r_random::RRandom;
use stats::special::normal_pdf;
use stats::summary::mean;

use crate::control::{ALWAYS, Control, DefaultValue, Effect, Group, Kind, Notice, Values};
use crate::lab::{Body, Compute, Extras, Lab, Legend, Meta, Needs, Panel, Place, Preset, Run, Span};
use crate::number;
use crate::one_prior::{SHOW_TRUTH, truth_mark};

/// The lab.
#[derive(Debug)]
pub(crate) struct Likelihood;

/// The mean that the data are drawn around.
pub(crate) const TRUE_MEAN: f64 = 4.0;

/// Range of μ in the pictures: the data of all seeds lie well within.
pub(crate) const RANGE: (f64, f64) = (-1.0, 9.0);

static META: Meta = Meta {
    slug: "likelihood",
    title: "Likelihood",
    summary: "One curve for each datum, and their product: what the data say about a mean.",
    formulas: &[r"y_i \sim \mathrm{N}(\mu, 1)", r"L(\mu) = \prod_{i=1}^{n} \mathrm{N}(y_i \mid \mu, 1)"],
    legend: &[
        Legend { role: Role::Truth, label: "true mean" },
        Legend { role: Role::Mle, label: "data, likelihood, MLE" },
        Legend { role: Role::Neutral, label: "your μ" },
    ],
    sources: &["Fisher 1922, Phil. Trans. A 222:309–368 (the likelihood)"],
    presets: &[
        Preset { label: "The lecture’s five data", link: "#/likelihood" },
        Preset { label: "One datum", link: "#/likelihood?n=1" },
        Preset { label: "Fifty data", link: "#/likelihood?n=50" },
    ],
};

/// Control of the number of data, shared with the lab that adds a prior.
pub(crate) const NUM_DATA: Control = Control {
    key: "n",
    label: "Data",
    symbol: "n",
    help: |_| "",
    group: Group::MODEL,
    kind: Kind::Linear { min: 1.0, max: 50.0, step: 1.0, most: 50.0, presets: &[] },
    default: DefaultValue::Number(5.0),
    effect: Effect::Run,
    reading: |_| String::new(),
    applies: ALWAYS,
    is_list: false,
};

/// Control of the seed, shared with the lab that adds a prior: R's own.
pub(crate) const R_SEED: Control = Control {
    key: "seed",
    label: "Seed",
    symbol: "",
    help: |_| "R gives the same data: set.seed(seed); rnorm(n, 4).",
    group: Group::open("Data"),
    kind: Kind::Seed { max: 999_999, button: "New data", named: &[(1, "the lecture’s own data")] },
    default: DefaultValue::Number(1.0),
    effect: Effect::Run,
    reading: |_| String::new(),
    applies: ALWAYS,
    is_list: false,
};

static CONTROLS: [Control; 4] = [
    Control {
        key: "mu",
        label: "Your guess",
        symbol: r"\mu",
        help: |_| "Move it: each curve says how well this μ explains its datum.",
        group: Group::MODEL,
        kind: Kind::Linear { min: 0.0, max: 8.0, step: 0.05, most: 8.0, presets: &[] },
        default: DefaultValue::Number(3.0),
        effect: Effect::Redraw,
        reading: |_| String::new(),
        applies: ALWAYS,
        is_list: false,
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

impl Lab for Likelihood {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn is_in_menu(&self) -> bool {
        false
    }

    fn controls(&self) -> &'static [Control] {
        &CONTROLS
    }

    fn heading(&self, values: &Values) -> (String, String) {
        let n = values.whole("n");
        let plural = if n == 1 { "datum, one curve" } else { "data, as many curves, one product" };
        (
            number::capitalized(&format!("{} {plural}", number::words(n))),
            "Every datum rates each possible mean; the ratings multiply. Drag μ to where the product is highest."
                .to_owned(),
        )
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
        Box::new(LikelihoodRun { y: data(values.whole("seed"), values.whole("n")) })
    }
}

struct LikelihoodRun {
    y: Vec<f64>,
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
            x: Axis::linear(RANGE.0, RANGE.1, "mean μ"),
            y: Axis::linear(0.0, 0.5, "density of one datum"),
            y_labels: true,
            lines: lines.collect(),
            points,
            rules: vec![guess(mu)],
            dots: Vec::new(),
        };
        let mut subtitle = vec![Span::plain(
            "Each curve is one datum’s own likelihood, a normal curve around it. Circles: what each says of your μ.",
        )];
        if is_shown {
            subtitle.extend([
                Span::plain(" The true mean is "),
                Span::of(Role::Truth, number::plain(TRUE_MEAN)),
                Span::plain("."),
            ]);
        }
        panel("curves", "One curve for each datum", (Place::Main, true), subtitle, Figure::Curves(figure))
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
                label: format!("MLE {}", number::fixed(best, 4)),
                label_side: Side::Right,
            },
            plain_point(mu, relative(mu), Role::Neutral),
        ];
        points.extend(is_shown.then(|| truth_mark(TRUE_MEAN)));
        let figure = Curves {
            x: Axis::linear(RANGE.0, RANGE.1, "mean μ"),
            y: Axis::linear(0.0, 1.2, "relative to the highest"),
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
        let subtitle = vec![
            Span::plain(
                "All of them multiplied, in units of the highest value. It is highest at the mean of the data, ",
            ),
            Span::of(Role::Mle, number::fixed(best, 4)),
            Span::plain("; at your μ it is "),
            Span::strong(number::percent(relative(mu))),
            Span::plain(" of that."),
        ];
        panel(
            "product",
            "Their product: the likelihood",
            (Place::Main, false),
            subtitle,
            Figure::Curves(figure),
        )
    }

    fn log_likelihood(&self, mu: f64, is_shown: bool) -> Panel {
        let top = self.log_density(mean(&self.y));
        let low = self.log_density(RANGE.0).min(self.log_density(RANGE.1));
        let mut points = vec![plain_point(mu, self.log_density(mu), Role::Neutral)];
        points.extend(is_shown.then(|| Point { y: low + 0.04 * (top - low), ..truth_mark(TRUE_MEAN) }));
        let figure = Curves {
            x: Axis::linear(RANGE.0, RANGE.1, "mean μ"),
            y: Axis::linear(low, top + 0.12 * (top - low), "log likelihood"),
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
        let subtitle = vec![
            Span::plain("Logarithms turn the product into a sum: a parabola. At your μ it is "),
            Span::strong(number::fixed(self.log_density(mu), 2)),
            Span::plain(", at its top "),
            Span::of(Role::Mle, number::fixed(top, 2)),
            Span::plain("."),
        ];
        panel(
            "log",
            "The same as a sum of logarithms",
            (Place::Side, false),
            subtitle,
            Figure::Curves(figure),
        )
    }

    /// The product written out.
    fn factors(&self, mu: f64) -> Panel {
        const MOST_WRITTEN: usize = 5;
        let written: Vec<String> =
            self.densities(mu).take(MOST_WRITTEN).map(|density| number::fixed(density, 3)).collect();
        let rest = if self.y.len() > MOST_WRITTEN { " × …" } else { "" };
        let product = libm::exp(self.log_density(mu));
        let data: Vec<String> = self.y.iter().take(MOST_WRITTEN).map(|y| number::fixed(*y, 4)).collect();
        let more = if self.y.len() > MOST_WRITTEN { ", …" } else { "" };
        let mut panel = panel("factors", "In numbers", (Place::Side, false), Vec::new(), Body::Text);
        panel.remark = vec![
            Span::plain("The data are "),
            Span::of(Role::Mle, format!("{}{more}", data.join(", "))),
            Span::plain(format!(". At μ = {} they have the densities ", number::plain(mu))),
            Span::of(Role::Mle, format!("{}{rest}", written.join(" × "))),
            Span::plain(", a product of "),
            Span::strong(format!("{product:.2e}").replace('-', "−")),
            Span::plain("."),
        ];
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
    Rule {
        direction: Direction::Vertical,
        at: mu,
        role: Role::Neutral,
        label: format!("your μ = {}", number::plain(mu)),
    }
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
