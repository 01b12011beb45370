//! James–Stein: A is not known to the estimator, which reads it off the data.
//!
//! Box plots of the error over repeats as on the slide, running means on their
//! way to the exact risks, and the chance to win on one data set.

use estimators::risk::prior_average;
use estimators::risk::race::chance_bayes_beats_mle;
use estimators::{
    EstimateError, ShrinkageRule, bayes_factor, james_stein_factor, james_stein_grand_mean_factor,
    james_stein_grand_mean_positive_factor, james_stein_positive_factor,
};
use models::{NormalMeans, normal_means::NormalMeansData};
use plots::{
    Axis, BoxPlot, BoxPlots, Curves, Direction, Figure, LabelAt, Line, Ranking, Role, Rule, Scale, SlopeRow,
    Slopegraph,
};
use stats::summary::box_plot;

use crate::control::{Control, DefaultValue, Group, Kind, Notice, Values};
use crate::lab::{Body, Extras, Lab, Legend, Meta, Needs, Panel, Place, Run, Span};
use crate::one_prior::{PRIOR_VARIANCE, SEED, SHOW_TRUTH, hidden, ranking_row};
use crate::{axis, number};

/// The lab.
#[derive(Debug)]
pub(crate) struct JamesStein;

const NOISE_VAR: f64 = 1.0;

static META: Meta = Meta {
    slug: "james-stein",
    title: "James–Stein",
    summary: "Shrinking without knowing the prior variance, and how seldom it loses.",
    formulas: &[
        r"y_i \sim \mathrm{N}(\mu_i, 1),\quad \mu_i \sim \mathrm{N}(0, A)",
        r"\hat\mu_i = \left(1 - \frac{1}{Z}\right) y_i",
        r"Z = \frac{1}{n-2}\sum_i y_i^2 \approx A + 1",
    ],
    legend: &[
        Legend { role: Role::Truth, label: "truth μ" },
        Legend { role: Role::Mle, label: "MLE y" },
        Legend { role: Role::JamesStein, label: "James–Stein" },
        Legend { role: Role::Bayes, label: "Bayes, A known" },
        Legend { role: Role::Zero, label: "naive 0" },
    ],
    sources: &[
        "James & Stein 1961, Berkeley Symposium 4(1):361–379",
        "Efron & Morris 1973, JASA 68:117–130",
        "Lindley 1962, JRSS B 24:285–287",
    ],
    presets: &[],
};

/// Control of the number of repeats; 100 as on the slide.
const REPEATS: Control = Control {
    key: "repeats",
    label: "Data sets",
    help: |_| "New data from the same A, each rule’s error counted every time.",
    group: Group::open("Repeats"),
    kind: Kind::Repeats { buttons: &[1, 10, 100, 1000], max: 20_000 },
    default: DefaultValue::Number(100.0),
    ..Control::BLANK
};

static CONTROLS: [Control; 5] = [
    PRIOR_VARIANCE,
    Control {
        key: "n",
        label: "Measurements",
        symbol: "n",
        kind: Kind::Linear { min: 2.0, max: 200.0, step: 1.0, most: 200.0, presets: &[] },
        default: DefaultValue::Number(50.0),
        ..Control::BLANK
    },
    REPEATS,
    SHOW_TRUTH,
    SEED,
];

/// A rule of the race: its name, how it is drawn, how it is made and what it costs on average.
struct Contender {
    label: &'static str,
    /// For narrow pictures and line ends.
    short: &'static str,
    role: Role,
    rule: fn(&[f64], f64) -> Result<ShrinkageRule, EstimateError>,
    expected: fn(usize, f64) -> Result<f64, EstimateError>,
}

const MLE: usize = 0;
const PLAIN: usize = 2;
const BAYES: usize = 6;

static CONTENDERS: [Contender; 7] = [
    Contender {
        label: "MLE",
        short: "MLE",
        role: Role::Mle,
        rule: |_, _| Ok(ShrinkageRule::UNPOOLED),
        expected: |n, _| Ok(prior_average::mle(n)),
    },
    Contender {
        label: "Naive zero",
        short: "zero",
        role: Role::Zero,
        rule: |_, _| Ok(ShrinkageRule { shrinkage: 1.0, center: 0.0 }),
        expected: |n, a| Ok(prior_average::zero(n, a)),
    },
    Contender {
        label: "James–Stein",
        short: "JS",
        role: Role::JamesStein,
        rule: |y, _| james_stein_factor(y, NOISE_VAR),
        expected: prior_average::james_stein,
    },
    Contender {
        label: "James–Stein, positive part",
        short: "JS+",
        role: Role::JamesStein,
        rule: |y, _| james_stein_positive_factor(y, NOISE_VAR),
        expected: prior_average::james_stein_positive,
    },
    Contender {
        label: "To the grand mean",
        short: "to mean",
        role: Role::JamesStein,
        rule: |y, _| james_stein_grand_mean_factor(y, NOISE_VAR),
        expected: prior_average::james_stein_grand_mean,
    },
    Contender {
        label: "To the grand mean, positive part",
        short: "to mean+",
        role: Role::JamesStein,
        rule: |y, _| james_stein_grand_mean_positive_factor(y, NOISE_VAR),
        expected: prior_average::james_stein_grand_mean_positive,
    },
    Contender {
        label: "Bayes, A known",
        short: "Bayes",
        role: Role::Bayes,
        rule: |_, a| bayes_factor(NOISE_VAR, a),
        expected: |n, a| Ok(prior_average::bayes(n, a)),
    },
];

impl Lab for JamesStein {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn controls(&self) -> &'static [Control] {
        &CONTROLS
    }

    fn heading(&self, values: &Values) -> (String, String) {
        let count = number::capitalized(&number::words(values.whole("n")));
        (
            format!("{count} measurements, and nobody knows A"),
            "James and Stein read A + 1 off the mean square of the y, and shrink by what they read. Drag A down and see when even the guess 0 does better.".to_owned(),
        )
    }

    fn notices(&self, values: &Values) -> Vec<Notice> {
        let message = match values.whole("n") {
            0..3 => {
                "James–Stein is not defined for fewer than 3 measurements, nor toward the grand mean for fewer than 4; those rules are left out."
            }
            3 => {
                "James–Stein toward the grand mean is not defined for fewer than 4 measurements; it is left out. With 3 the plain rule toward 0 has losses of infinite variance: its average settles slowly."
            }
            4 => {
                "With 4 measurements the plain rules have losses of infinite variance: their averages settle slowly. The positive parts do not."
            }
            5 => {
                "With 5 measurements the plain rule toward the grand mean has losses of infinite variance: its average settles slowly. The positive part does not."
            }
            _ => return Vec::new(),
        };
        vec![Notice::new("n", message)]
    }

    fn start(&self, values: &Values) -> Box<dyn Run> {
        let (n, a, seed) = (values.whole("n"), values.number("a"), values.whole("seed") as u64);
        let data = NormalMeans::random(seed, 0, n).realize(a);
        let rules = CONTENDERS.each_ref().map(|contender| (contender.rule)(&data.y, a));
        let risks = CONTENDERS.each_ref().map(|contender| (contender.expected)(n, a).ok());
        Box::new(JamesSteinRun {
            n,
            a,
            seed,
            num_repeats: values.whole("repeats").try_into().expect("bounded by the control"),
            data,
            rules,
            risks,
            losses: std::array::from_fn(|_| Vec::new()),
            normals: NormalMeans::default(),
            repeated: NormalMeansData::default(),
        })
    }
}

struct JamesSteinRun {
    n: usize,
    a: f64,
    seed: u64,
    num_repeats: u32,
    data: NormalMeansData,
    rules: [Result<ShrinkageRule, EstimateError>; CONTENDERS.len()],
    /// Exact expected total squared errors.
    risks: [Option<f64>; CONTENDERS.len()],
    /// Total squared error of each rule in each repeat; empty where it is not defined.
    losses: [Vec<f64>; CONTENDERS.len()],
    normals: NormalMeans,
    repeated: NormalMeansData,
}

impl Run for JamesSteinRun {
    fn num_repeats(&self) -> u32 {
        self.num_repeats
    }

    fn repeat(&mut self, index: u32) {
        // Data set 0 is the one on screen. The normals do not depend on A: curves over A are smooth.
        self.normals.random_into(self.seed, u64::from(index) + 1, self.n);
        self.normals.realize_into(self.a, &mut self.repeated);
        for (contender, losses) in CONTENDERS.iter().zip(&mut self.losses) {
            if let Ok(rule) = (contender.rule)(&self.repeated.y, self.a) {
                losses.push(rule.squared_error(&self.repeated.y, &self.repeated.mu));
            }
        }
    }

    fn panels(&self, values: &Values, extras: &Extras) -> Vec<Panel> {
        let is_shown = values.choice("truth") == "shown";
        vec![
            self.box_plots(extras.repeats_done, is_shown),
            self.running_means(extras.repeats_done),
            self.this_data_set(is_shown),
            self.chances(extras.repeats_done, is_shown),
            self.slopegraph(is_shown),
        ]
    }
}

impl JamesSteinRun {
    fn loss_here(&self, contender: usize) -> Option<f64> {
        self.rules[contender].ok().map(|rule| rule.squared_error(&self.data.y, &self.data.mu))
    }

    /// Root of the mean squared error per measurement.
    fn rmse(&self, total: f64) -> f64 {
        (total / self.n as f64).sqrt()
    }

    fn box_plots(&self, repeats: u32, is_shown: bool) -> Panel {
        let boxes: Vec<BoxPlot> = CONTENDERS
            .iter()
            .enumerate()
            .filter_map(|(i, contender)| {
                let errors: Vec<f64> = self.losses[i].iter().map(|loss| self.rmse(*loss)).collect();
                let tukey = box_plot(&errors).ok()?;
                Some(BoxPlot {
                    label: contender.short.to_owned(),
                    role: contender.role,
                    five: [
                        tukey.lower_whisker,
                        tukey.lower_quartile,
                        tukey.median,
                        tukey.upper_quartile,
                        tukey.upper_whisker,
                    ],
                    outliers: tukey.outliers,
                    here: self.loss_here(i).filter(|_| is_shown).map(|loss| self.rmse(loss)),
                    expected: self.risks[i].map(|risk| self.rmse(risk)),
                })
            })
            .collect();
        let whiskers =
            boxes.iter().filter(|b| b.role != Role::Zero).map(|b| b.five[4].max(b.expected.unwrap_or(0.0)));
        let naive = self.a.sqrt();
        let (min, max) = axis::from_zero(whiskers.chain([if naive < 2.0 { naive } else { 0.0 }, 0.5]));
        let rule = Rule {
            direction: Direction::Horizontal,
            at: naive,
            role: Role::Zero,
            label: format!("√A = {}", number::short(naive)),
        };
        let figure = BoxPlots {
            y: Axis::linear(min, max, "RMSE"),
            boxes,
            rules: if naive <= max { vec![rule] } else { vec![] },
        };
        let mut subtitle = vec![Span::plain(format!(
            "Root mean squared error in {}; dashes: the root of the exact expected squared error; mark: the data set on screen.",
            data_sets(repeats)
        ))];
        if naive > max {
            subtitle.push(Span::plain(format!(
                " The naive guess 0 lies off the picture, near √A = {}.",
                number::short(naive)
            )));
        }
        if repeats == 0 {
            subtitle =
                vec![Span::plain("No repeats yet: press + 100 to draw a hundred data sets from the same A.")];
        }
        Panel {
            id: "boxes".to_owned(),
            title: "Who is close, over and over again?".to_owned(),
            subtitle,
            place: Place::Main,
            is_lead: true,
            needs: Needs::Repeats,
            body: Body::Figure(Figure::BoxPlots(figure)),
            remark: Vec::new(),
        }
    }

    fn running_means(&self, repeats: u32) -> Panel {
        let mut lines = Vec::new();
        let mut seen = Vec::new();
        let end = f64::from(repeats.max(2));
        for (i, contender) in CONTENDERS.iter().enumerate() {
            let (Some(risk), false) = (self.risks[i], self.losses[i].is_empty()) else { continue };
            let exact = risk / self.n as f64;
            seen.push(exact);
            let line = |label, label_at, points, dashed| Line {
                label,
                label_at,
                role: contender.role,
                points,
                filled: false,
                dashed,
            };
            // The variants of James–Stein lie close together: one label speaks for them, the table for each.
            let is_variant = contender.role == Role::JamesStein && i != PLAIN;
            let label_at = if is_variant { LabelAt::Nowhere } else { LabelAt::End };
            let label = format!("{} {}", contender.short, number::fixed(exact, 3));
            lines.push(line(
                format!("{} exact", contender.short),
                LabelAt::Nowhere,
                vec![(1.0, exact), (end, exact)],
                true,
            ));
            lines.push(line(label, label_at, running_mean(&self.losses[i], self.n), false));
        }
        let (min, max) = axis::log_range(seen);
        let subtitle = format!(
            "Squared error per measurement, averaged over the data sets so far, on a logarithmic axis; dashed: exact. A = {}.",
            number::plain(self.a)
        );
        let figure = Curves {
            x: Axis::linear(1.0, end, "data sets so far"),
            y: Axis { min, max, title: "mean squared error".to_owned(), scale: Scale::Log },
            y_labels: true,
            lines,
            points: Vec::new(),
            rules: Vec::new(),
            dots: Vec::new(),
        };
        Panel {
            id: "running".to_owned(),
            title: "Averages settle on the exact risk".to_owned(),
            subtitle: vec![Span::plain(subtitle)],
            place: Place::Main,
            is_lead: false,
            needs: Needs::Repeats,
            body: Body::Figure(Figure::Curves(figure)),
            remark: Vec::new(),
        }
    }

    fn this_data_set(&self, is_shown: bool) -> Panel {
        let title = "In this data set, and on average".to_owned();
        if !is_shown {
            return hidden("losses", title, Place::Side);
        }
        let rows: Vec<_> = CONTENDERS
            .iter()
            .enumerate()
            .map(|(i, contender)| {
                let mut row = ranking_row(contender.label, contender.role, self.loss_here(i), self.risks[i]);
                if self.rules[i].is_err() {
                    row.missing = "not defined for so few".to_owned();
                }
                row
            })
            .collect();
        let modest = rows.iter().filter(|row| row.role != Role::Zero || self.a <= 2.0);
        let (min, max) = axis::from_zero(modest.flat_map(|row| [row.here, row.expected]).flatten());
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

    /// Repeats in which rule `i` had the smaller loss than rule `j`.
    fn wins(&self, i: usize, j: usize) -> usize {
        self.losses[i].iter().zip(&self.losses[j]).filter(|(a, b)| a < b).count()
    }

    fn chances(&self, repeats: u32, is_shown: bool) -> Panel {
        let exact = chance_bayes_beats_mle(self.n, self.a).expect("the sliders keep n and A in range");
        let single = chance_bayes_beats_mle(1, self.a).expect("the slider keeps A in range");
        let mut text = vec![
            Span::plain("Knowing A, Bayes comes closer than the MLE in "),
            Span::of(Role::Bayes, number::percent(exact)),
            Span::plain(" of all data sets (exact)"),
        ];
        let counted = |wins: usize| {
            format!("{} of {}", number::grouped(wins as u64), number::grouped(u64::from(repeats)))
        };
        if repeats > 0 {
            text.extend([Span::plain(", here in "), Span::of(Role::Bayes, counted(self.wins(BAYES, MLE)))]);
        }
        text.push(Span::plain(format!(
            "; of single measurements it moves {} the right way. ",
            number::percent(single)
        )));
        if repeats > 0 && self.rules[PLAIN].is_ok() {
            text.extend([
                Span::plain("James–Stein beat the MLE in "),
                Span::of(Role::JamesStein, counted(self.wins(PLAIN, MLE))),
                Span::plain(", and the guess 0 beat James–Stein in "),
                Span::of(Role::Zero, counted(self.wins(1, PLAIN))),
                Span::plain("."),
            ]);
        }
        if is_shown && let (Some(bayes), Some(mle)) = (self.loss_here(BAYES), self.loss_here(MLE)) {
            let verdict = if bayes < mle {
                " On the data set on screen Bayes wins."
            } else {
                " On the data set on screen Bayes loses: it happens."
            };
            text.push(Span::plain(verdict));
        }
        Panel {
            id: "chances".to_owned(),
            title: "The chance to win".to_owned(),
            subtitle: Vec::new(),
            place: Place::Side,
            is_lead: false,
            needs: Needs::Repeats,
            body: Body::Text,
            remark: text,
        }
    }

    fn slopegraph(&self, is_shown: bool) -> Panel {
        let (min, max) = axis::symmetric(self.data.y.iter().chain(&self.data.mu).copied(), 4.0);
        let estimates = |contender: usize| -> Option<Vec<f64>> {
            let rule = self.rules[contender].ok()?;
            Some(self.data.y.iter().map(|y| rule.estimate(*y)).collect())
        };
        let mut rows =
            vec![SlopeRow { label: "measured y".to_owned(), role: Role::Mle, values: self.data.y.clone() }];
        if let Some(values) = estimates(PLAIN) {
            rows.push(SlopeRow { label: "James–Stein".to_owned(), role: Role::JamesStein, values });
        }
        if is_shown {
            rows.push(SlopeRow {
                label: "truth μ".to_owned(),
                role: Role::Truth,
                values: self.data.mu.clone(),
            });
        }
        let subtitle = match self.rules[PLAIN] {
            Ok(rule) => vec![
                Span::plain("The data say Z = "),
                Span::of(Role::JamesStein, number::fixed(1.0 / rule.shrinkage, 2)),
                Span::plain(format!(
                    " where A + 1 = {}; so James–Stein removes ",
                    number::plain(self.a + 1.0)
                )),
                Span::of(Role::JamesStein, number::fixed(rule.shrinkage, 2)),
                Span::plain(" of every y, and Bayes "),
                Span::of(Role::Bayes, number::fixed(1.0 / (self.a + 1.0), 2)),
                Span::plain("."),
            ],
            Err(error) => vec![Span::plain(format!("{error}."))],
        };
        Panel {
            id: "slopes".to_owned(),
            title: "What James–Stein did with these data".to_owned(),
            subtitle,
            place: Place::Below,
            is_lead: false,
            needs: Needs::Nothing,
            body: Body::Figure(Figure::Slopegraph(Slopegraph {
                x: Axis::linear(min, max, ""),
                rows,
                groups: Vec::new(),
                drawn: Vec::new(),
            })),
            remark: Vec::new(),
        }
    }
}

/// "100 data sets".
pub(crate) fn data_sets(repeats: u32) -> String {
    match repeats {
        1 => "1 data set".to_owned(),
        many => format!("{} data sets", number::grouped(u64::from(many))),
    }
}

/// Mean of the first 1, 2, … losses per unit, thinned to what a picture can show.
fn running_mean(losses: &[f64], num_units: usize) -> Vec<(f64, f64)> {
    const CORNERS: usize = 160;
    let every = losses.len().div_ceil(CORNERS).max(1);
    let mut mean = stats::summary::RunningMean::default();
    let mut points = Vec::with_capacity(CORNERS + 2);
    for (i, loss) in losses.iter().enumerate() {
        mean.push(loss / num_units as f64);
        if i % every == 0 || i + 1 == losses.len() || i < 8 {
            points.push(((i + 1) as f64, mean.mean()));
        }
    }
    points
}
