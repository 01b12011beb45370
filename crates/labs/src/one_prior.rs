//! One prior: y_i ~ N(μ_i, 1), μ_i ~ N(0, A), A known.
//!
//! Every measurement is pulled toward 0 by the same share B = 1/(A+1). The
//! slopegraph shows all of them, the close-up shows why (prior × likelihood),
//! and the parabola shows what any other share would have cost.

use estimators::risk::prior_average;
use estimators::{ShrinkageRule, bayes_factor, james_stein_factor};
use models::{NormalMeans, normal_means::NormalMeansData};
use plots::{
    Axis, Curves, Direction, Figure, LabelAt, Line, Point, Ranking, RankingRow, Role, Rule, Side, SlopeRow,
    Slopegraph,
};
use stats::special::normal_pdf;

use crate::control::{Control, DefaultValue, Effect, Group, Kind, Notice, Value, Values};
use crate::lab::{Body, Extras, Lab, Legend, Meta, Needs, Panel, Place, Run, Span};
use crate::{axis, number};

/// The lab.
#[derive(Debug)]
pub(crate) struct OnePrior;

/// Variance of the noise of every measurement.
const NOISE_VAR: f64 = 1.0;

static META: Meta = Meta {
    slug: "one-prior",
    title: "One prior",
    summary: "Measurements pulled toward a prior of known variance: the simplest shrinkage.",
    formulas: &[
        r"y_i \sim \mathrm{N}(\mu_i, 1)",
        r"\mu_i \sim \mathrm{N}(0, A)",
        r"\hat\mu_i = \left(1 - \frac{1}{A+1}\right) y_i",
    ],
    legend: &[
        Legend { role: Role::Truth, label: "truth μ" },
        Legend { role: Role::Mle, label: "MLE y" },
        Legend { role: Role::Bayes, label: "Bayes" },
        Legend { role: Role::JamesStein, label: "James–Stein" },
        Legend { role: Role::Zero, label: "naive 0" },
    ],
    sources: &["Efron & Morris 1973, JASA 68:117–130", "James & Stein 1961, Berkeley Symposium 4(1):361–379"],
    presets: &[],
};

/// Control of the prior variance, shared with the James–Stein lab.
pub(crate) const PRIOR_VARIANCE: Control = Control {
    key: "a",
    label: "Prior variance",
    symbol: "A",
    kind: Kind::Log { min: 0.01, max: 100.0, presets: &[0.1, 1.0, 9.0] },
    default: DefaultValue::Number(1.0),
    reading: |value| match value {
        Value::Number(a) => format!("SD {}", number::short(a.sqrt())),
        Value::Sizes(_) | Value::Choice(_) | Value::Table(_) => String::new(),
    },
    ..Control::BLANK
};

/// Control of the seed.
pub(crate) const SEED: Control = Control {
    key: "seed",
    label: "Seed",
    group: Group::open("Data"),
    kind: Kind::Seed { max: 999_999, button: "New data", named: &[] },
    default: DefaultValue::Number(1973.0),
    ..Control::BLANK
};

/// Whether the truth is in the pictures.
pub(crate) const SHOW_TRUTH: Control = Control {
    key: "truth",
    label: "Show the truth",
    group: Group::open("Data"),
    kind: Kind::Choice { options: &[("shown", "shown"), ("hidden", "hidden")] },
    effect: Effect::Redraw,
    ..Control::BLANK
};

static CONTROLS: [Control; 4] = [
    PRIOR_VARIANCE,
    Control {
        key: "n",
        label: "Measurements",
        symbol: "n",
        kind: Kind::Linear { min: 3.0, max: 200.0, step: 1.0, most: 200.0, presets: &[] },
        default: DefaultValue::Number(50.0),
        ..Control::BLANK
    },
    SHOW_TRUTH,
    SEED,
];

impl Lab for OnePrior {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn controls(&self) -> &'static [Control] {
        &CONTROLS
    }

    fn heading(&self, values: &Values) -> (String, String) {
        let count = number::capitalized(&number::words(values.whole("n")));
        (
            format!("{count} measurements, pulled toward what is plausible"),
            "Each true value comes from N(0, variance A); each measurement adds noise of variance 1. Knowing A, the best guess keeps A/(A+1) of what was measured. Drag A.".to_owned(),
        )
    }

    fn notices(&self, _: &Values) -> Vec<Notice> {
        Vec::new()
    }

    fn start(&self, values: &Values) -> Box<dyn Run> {
        let prior_var = values.number("a");
        let data = NormalMeans::random(values.whole("seed") as u64, 0, values.whole("n")).realize(prior_var);
        let bayes = bayes_factor(NOISE_VAR, prior_var).expect("the slider keeps A positive");
        let james_stein = james_stein_factor(&data.y, NOISE_VAR).expect("the slider keeps n at 3 or more");
        Box::new(OnePriorRun { prior_var, data, bayes, james_stein })
    }
}

struct OnePriorRun {
    prior_var: f64,
    data: NormalMeansData,
    bayes: ShrinkageRule,
    james_stein: ShrinkageRule,
}

impl Run for OnePriorRun {
    fn panels(&self, values: &Values, extras: &Extras) -> Vec<Panel> {
        let is_shown = values.choice("truth") == "shown";
        let unit = extras.focus.map_or(16, |unit| unit as usize).min(self.data.y.len() - 1);
        vec![
            self.slopegraph(is_shown),
            self.close_up(unit, is_shown),
            self.parabola(is_shown),
            self.losses(is_shown),
        ]
    }
}

impl OnePriorRun {
    fn num_units(&self) -> usize {
        self.data.y.len()
    }

    /// The axis of all values: −4 to 4 and −8 to 8 on the slides.
    fn axis(&self, title: &str) -> Axis {
        let (min, max) = axis::symmetric(self.data.y.iter().chain(&self.data.mu).copied(), 4.0);
        Axis::linear(min, max, title)
    }

    fn slopegraph(&self, is_shown: bool) -> Panel {
        let estimates = self.data.y.iter().map(|y| self.bayes.estimate(*y)).collect();
        let mut rows = vec![
            SlopeRow { label: "measured y".to_owned(), role: Role::Mle, values: self.data.y.clone() },
            SlopeRow { label: "Bayes".to_owned(), role: Role::Bayes, values: estimates },
        ];
        let mut subtitle =
            format!("Every line is one of the {}. Top: what was measured. Then: Bayes.", self.num_units());
        if is_shown {
            rows.push(SlopeRow {
                label: "truth μ".to_owned(),
                role: Role::Truth,
                values: self.data.mu.clone(),
            });
            subtitle = format!(
                "Every line is one of the {}. Top: what was measured. Middle: Bayes. Bottom: the truth.",
                self.num_units()
            );
        }
        Panel {
            id: "slopes".to_owned(),
            title: "From the measurement to the estimate".to_owned(),
            subtitle: vec![Span::plain(subtitle)],
            place: Place::Main,
            is_lead: true,
            needs: Needs::Nothing,
            body: Body::Figure(Figure::Slopegraph(Slopegraph {
                x: self.axis(""),
                rows,
                groups: Vec::new(),
                drawn: Vec::new(),
            })),
            remark: Vec::new(),
        }
    }

    fn close_up(&self, unit: usize, is_shown: bool) -> Panel {
        let (y, truth) = (self.data.y[unit], self.data.mu[unit]);
        let posterior = (self.bayes.estimate(y), (NOISE_VAR * (1.0 - self.bayes.shrinkage)).sqrt());
        let x = self.axis("");
        let densities = [
            ("prior N(0, A)", Role::Neutral, 0.0, self.prior_var.sqrt()),
            ("likelihood of y", Role::Mle, y, NOISE_VAR.sqrt()),
            ("posterior", Role::Bayes, posterior.0, posterior.1),
        ];
        let lines = density_lines(&x, &densities);
        let tallest = densities.iter().map(|density| normal_pdf(0.0) / density.3).fold(0.0, f64::max);
        let (min, max) = axis::from_zero([1.08 * tallest]);
        let points = if is_shown { vec![truth_mark(truth)] } else { Vec::new() };
        let mut subtitle = vec![
            Span::plain("Prior times likelihood is the posterior: y = "),
            Span::of(Role::Mle, number::fixed(y, 2)),
            Span::plain(" → "),
            Span::of(Role::Bayes, number::fixed(posterior.0, 2)),
            Span::plain(format!(", SD {}", number::fixed(posterior.1, 2))),
        ];
        if is_shown {
            subtitle.extend([Span::plain("; truth "), Span::of(Role::Truth, number::fixed(truth, 2))]);
        }
        subtitle.push(Span::plain("."));
        let figure = Curves {
            x,
            y: Axis::linear(min, max, ""),
            y_labels: false,
            lines,
            points,
            rules: Vec::new(),
            dots: Vec::new(),
        };
        Panel {
            id: "close-up".to_owned(),
            title: format!("Number {}, up close", unit + 1),
            subtitle,
            place: Place::Main,
            is_lead: false,
            needs: Needs::Nothing,
            body: Body::Figure(Figure::Curves(figure)),
            remark: Vec::new(),
        }
    }

    /// Total squared error of (1 − B) y: Σy²·B² − 2B Σy(y−μ) + Σ(y−μ)².
    fn error_at(&self, shrinkage: f64) -> f64 {
        ShrinkageRule { shrinkage, center: 0.0 }.squared_error(&self.data.y, &self.data.mu)
    }

    /// The B with the smallest error on these data, Σy(y−μ)/Σy²: known only to who knows the truth.
    fn oracle(&self) -> f64 {
        let products = self.data.y.iter().zip(&self.data.mu).map(|(y, mu)| y * (y - mu)).sum::<f64>();
        products / self.data.y.iter().map(|y| y * y).sum::<f64>()
    }

    fn parabola(&self, is_shown: bool) -> Panel {
        let title = "How much to shrink?".to_owned();
        let place = Place::Side;
        if !is_shown {
            return hidden("parabola", title, place);
        }
        let (oracle, james_stein) = (self.oracle(), self.james_stein.shrinkage);
        let (_, max) = axis::from_zero([1.0, oracle.min(2.0), james_stein.min(2.0)]);
        let min = if oracle < 0.0 { -0.5 } else { 0.0 };
        let points = (0..=60)
            .map(|i| min + (max - min) * f64::from(i) / 60.0)
            .map(|b| (b, self.error_at(b)))
            .collect();
        let (_, top) = axis::from_zero([self.error_at(0.0), self.error_at(1.0)]);
        let mark = |role, label: &str, at: f64, label_side| Point {
            x: at,
            y: self.error_at(at),
            role,
            label: label.to_owned(),
            label_side,
        };
        let best = Line {
            label: String::new(),
            label_at: LabelAt::End,
            role: Role::Neutral,
            points,
            filled: false,
            dashed: false,
        };
        let figure = Curves {
            x: Axis::linear(min, max, "share removed, B"),
            y: Axis::linear(0.0, top, "total squared error"),
            y_labels: true,
            lines: vec![best],
            points: vec![
                mark(Role::Oracle, "oracle", oracle, Side::Below),
                mark(Role::Mle, "MLE", 0.0, Side::Right),
                mark(Role::Zero, "zero", 1.0, Side::Above),
                mark(Role::JamesStein, "James–Stein", james_stein, Side::Below),
                mark(Role::Bayes, "Bayes", self.bayes.shrinkage, Side::Above),
            ],
            rules: vec![Rule {
                direction: Direction::Vertical,
                at: oracle,
                role: Role::Neutral,
                label: String::new(),
            }],
            dots: Vec::new(),
        };
        Panel {
            id: "parabola".to_owned(),
            title,
            subtitle: vec![Span::plain("Total squared error if every y is multiplied by 1 − B.")],
            place,
            is_lead: false,
            needs: Needs::Nothing,
            body: Body::Figure(Figure::Curves(figure)),
            remark: self.parabola_remark(james_stein, oracle),
        }
    }

    fn parabola_remark(&self, james_stein: f64, oracle: f64) -> Vec<Span> {
        let mut remark = vec![
            Span::plain("James–Stein never saw the truth: it reads B = "),
            Span::of(Role::JamesStein, number::fixed(james_stein, 2)),
            Span::plain(" off the variance of the y. Bayes is told A and removes "),
            Span::of(Role::Bayes, number::fixed(self.bayes.shrinkage, 2)),
            Span::plain("; on these data "),
            Span::of(Role::Oracle, number::fixed(oracle, 2)),
            Span::plain(" would have been best."),
        ];
        if james_stein > 1.0 {
            remark.push(Span::plain(" Above 1 James–Stein turns every sign around; its positive part, in the next lab, stops at 1."));
        }
        remark
    }

    fn losses(&self, is_shown: bool) -> Panel {
        let title = "In this data set, and on average".to_owned();
        if !is_shown {
            return hidden("losses", title, Place::Side);
        }
        let (n, a) = (self.num_units(), self.prior_var);
        let rows = [
            ("MLE", Role::Mle, 0.0, Some(prior_average::mle(n))),
            ("Zero", Role::Zero, 1.0, Some(prior_average::zero(n, a))),
            (
                "James–Stein",
                Role::JamesStein,
                self.james_stein.shrinkage,
                prior_average::james_stein(n, a).ok(),
            ),
            ("Bayes", Role::Bayes, self.bayes.shrinkage, Some(prior_average::bayes(n, a))),
        ];
        let rows: Vec<RankingRow> = rows
            .into_iter()
            .map(|(label, role, shrinkage, expected)| {
                ranking_row(label, role, Some(self.error_at(shrinkage)), expected)
            })
            .collect();
        let (min, max) = axis::from_zero(rows.iter().flat_map(|row| [row.here, row.expected]).flatten());
        let figure = Ranking {
            x: Axis::linear(min, max, "total squared error"),
            rows,
            note: "this data · exact average".to_owned(),
        };
        Panel {
            id: "losses".to_owned(),
            title,
            subtitle: Vec::new(),
            place: Place::Side,
            is_lead: false,
            needs: Needs::Nothing,
            body: Body::Figure(Figure::Ranking(figure)),
            remark: Vec::new(),
        }
    }
}

/// A row without a ridge: the loss here and the exact expected loss.
pub(crate) fn ranking_row(label: &str, role: Role, here: Option<f64>, expected: Option<f64>) -> RankingRow {
    RankingRow {
        label: label.to_owned(),
        role,
        here,
        expected,
        ridge: Vec::new(),
        here_text: here.map_or_else(|| "–".to_owned(), number::loss),
        expected_text: expected.map_or_else(|| "–".to_owned(), number::loss),
        missing: String::new(),
    }
}

/// The truth on the base line of a density.
pub(crate) fn truth_mark(truth: f64) -> Point {
    Point { x: truth, y: 0.0, role: Role::Truth, label: "truth".to_owned(), label_side: Side::Above }
}

/// Normal densities (label, whose, mean, SD) over an axis; the last one is filled.
pub(crate) fn density_lines(x: &Axis, densities: &[(&str, Role, f64, f64)]) -> Vec<Line> {
    let mut lines: Vec<Line> = densities
        .iter()
        .map(|&(label, role, mean, sd)| Line {
            label: label.to_owned(),
            label_at: LabelAt::Peak,
            role,
            points: normal_curve(mean, sd, (x.min, x.max)),
            filled: false,
            dashed: false,
        })
        .collect();
    if let Some(last) = lines.last_mut() {
        last.filled = true;
    }
    lines
}

/// Corners of the density of N(mean, sd²) within `range`, close together where it bends.
pub(crate) fn normal_curve(mean: f64, sd: f64, range: (f64, f64)) -> Vec<(f64, f64)> {
    const REACH: f64 = 4.0;
    const STEPS: i32 = 64;
    let density = |x: f64| (x, normal_pdf((x - mean) / sd) / sd);
    let inner = (0..=STEPS).map(|i| mean + sd * REACH * (2.0 * f64::from(i) / f64::from(STEPS) - 1.0));
    let mut points = vec![density(range.0)];
    points.extend(inner.filter(|x| *x > range.0 && *x < range.1).map(density));
    points.push(density(range.1));
    points
}

/// A panel that would give the truth away.
pub(crate) fn hidden(id: &str, title: String, place: Place) -> Panel {
    Panel {
        id: id.to_owned(),
        title,
        subtitle: Vec::new(),
        place,
        is_lead: false,
        needs: Needs::Nothing,
        body: Body::Text,
        remark: vec![Span::plain("Errors can be counted only by who knows the truth. Show it to see them.")],
    }
}
