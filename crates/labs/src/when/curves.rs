//! Risks against one variable: formulas as lines, data sets as dots.

use estimators::risk::fixed_truth::james_stein_grand_mean_components;
use estimators::risk::regions::{LinearError, linear_errors};
use models::{RegionData, RegionNormals, RegionScales};
use plots::{Axis, Curves, Direction, ErrorDot, ErrorDots, Figure, LabelAt, Line, Point, Role, Rule, Side};
use stats::order::ranking;

use super::contenders::{CONTENDERS, Contender, Learning, NUM_CONTENDERS, Name};
use super::map::{Room, simulate};
use super::moments::Moments;
use super::setting::{Belief, Inputs, Setting};
use super::variables::Variable;
use super::words::{self, estimator, threshold::Loses};
use crate::axis;
use crate::lab::{Body, Needs, Panel, Place, Span};

/// Corners of an exact curve.
const CORNERS: usize = 49;
/// Simulated values along it.
const DOTS: usize = 13;
/// School-losses that a piece of work may cost.
const PIECE: usize = 2000;

/// The curves so far.
pub(crate) struct RiskCurves {
    variable: Variable,
    base: Inputs,
    per_dot: u32,
    learning: Learning,
    /// Exact risks per school at each corner.
    exact: Vec<(f64, [Option<f64>; NUM_CONTENDERS])>,
    dots: Vec<Dot>,
    /// Dot and range of data sets of each piece of work.
    tasks: Vec<(usize, u32, u32)>,
    done: usize,
}

struct Dot {
    at: f64,
    setting: Setting,
    moments: Moments,
    room: Option<Room>,
}

impl RiskCurves {
    pub(crate) fn new(variable: Variable, base: Inputs, per_dot: u32, learning: Learning) -> Self {
        let at = |value: f64| {
            let mut inputs = base.clone();
            variable.apply(&mut inputs, value);
            inputs.setting()
        };
        let exact = variable.curve_values(CORNERS).into_iter().map(|value| {
            let setting = at(value);
            let n = setting.num_schools() as f64;
            (value, CONTENDERS.each_ref().map(|contender| contender.expected(&setting).map(|risk| risk / n)))
        });
        let exact = exact.collect();
        let dots: Vec<Dot> = variable
            .curve_values(DOTS)
            .into_iter()
            .map(|value| Dot { at: value, setting: at(value), moments: Moments::default(), room: None })
            .collect();
        let mut by_dot = Vec::new();
        for (index, dot) in dots.iter().enumerate() {
            let piece = u32::try_from((PIECE / dot.setting.num_schools()).clamp(1, 50)).expect("at most 50");
            let starts = (0..per_dot).step_by(piece as usize);
            by_dot.extend(starts.map(|from| (index, from, per_dot.min(from + piece))));
        }
        // A little of every dot first: the whole curve appears and then settles.
        let starts: Vec<f64> = by_dot.iter().map(|task: &(usize, u32, u32)| f64::from(task.1)).collect();
        let tasks = ranking(&starts).into_iter().map(|index| by_dot[index]).collect();
        Self { variable, base, per_dot, learning, exact, dots, tasks, done: 0 }
    }

    pub(crate) fn num_tasks(&self) -> usize {
        self.tasks.len()
    }

    pub(crate) fn step(&mut self) {
        let Some((index, from, to)) = self.tasks.get(self.done).copied() else { return };
        self.done += 1;
        let dot = &mut self.dots[index];
        let room = dot.room.get_or_insert_with(|| Room::new(&dot.setting, self.learning));
        simulate(&dot.setting, from..to, (0, 0), room, &mut dot.moments);
        if to >= self.per_dot {
            dot.room = None;
        }
    }

    fn shown(&self, who: Who) -> impl Iterator<Item = &'static Contender> {
        let learning = self.learning;
        CONTENDERS.iter().filter(move |contender| {
            (who == Who::All || contender.is_main)
                && (contender.name != Name::LearnedBayes || learning == Learning::Raced)
                || contender.name == Name::LimitedBayes && who == Who::WithLimit
        })
    }

    /// The risks of the estimators.
    pub(crate) fn panel(&self, who: Who) -> Panel {
        let who = if matches!(self.variable, Variable::Limit | Variable::Distance) && who == Who::Main {
            Who::WithLimit
        } else {
            who
        };
        let mut lines = Vec::new();
        let mut dots = Vec::new();
        let mle = self.exact.iter().filter_map(|(_, risks)| risks[Name::Mle as usize]).fold(0.0, f64::max);
        for contender in self.shown(who) {
            let points: Vec<(f64, f64)> = self
                .exact
                .iter()
                .filter_map(|(value, risks)| Some((*value, risks[contender.index()]?)))
                .collect();
            let simulated: Vec<ErrorDot> = self
                .dots
                .iter()
                .filter_map(|dot| {
                    let n = dot.setting.num_schools() as f64;
                    let mean = dot.moments.mean(contender.index())?;
                    Some(ErrorDot { x: dot.at, y: mean.mean / n, error: mean.error / n })
                })
                .collect();
            let is_labeled = contender.is_main || who == Who::WithLimit;
            let is_seen = points.iter().any(|p| p.1 <= 1.4 * mle);
            if !points.is_empty() {
                lines.push(Line {
                    label: contender.short.to_owned(),
                    label_at: if is_labeled && is_seen { LabelAt::Along } else { LabelAt::Nowhere },
                    role: contender.role,
                    points,
                    filled: false,
                    dashed: !contender.is_main,
                });
            }
            dots.push(ErrorDots {
                label: words::simulated(contender.label),
                role: contender.role,
                dots: simulated,
            });
        }
        let (_, top) = axis::from_zero([1.5 * mle]);
        let here = self.variable.of(&self.base);
        let axis = self.variable.curve_axis();
        let rules = if here >= axis.min && here <= axis.max {
            vec![Rule {
                direction: Direction::Vertical,
                at: here,
                role: Role::Neutral,
                label: words::here(here),
            }]
        } else {
            Vec::new()
        };
        let done = self.dots.iter().map(|dot| dot.moments.count()).min().unwrap_or(0);
        Panel {
            id: "curves".to_owned(),
            title: words::curves::title(self.variable.title()),
            subtitle: words::curves::subtitle(done),
            place: Place::Main,
            is_lead: true,
            needs: Needs::Repeats,
            body: Body::Figure(Figure::Curves(Curves {
                x: axis,
                y: Axis::linear(0.0, top, words::RISK_PER_SCHOOL),
                y_labels: true,
                lines,
                points: Vec::new(),
                rules,
                dots,
            })),
            remark: Vec::new(),
        }
    }

    /// The risk of the school that fares worst, given the truth on screen.
    pub(crate) fn worst(&self) -> Panel {
        let mut worst: Vec<(f64, [f64; 4])> = Vec::with_capacity(DOTS);
        let (mut normals, mut data) = (RegionNormals::default(), RegionData::default());
        for value in self.variable.curve_values(2 * DOTS) {
            let mut inputs = self.base.clone();
            self.variable.apply(&mut inputs, value);
            let setting = inputs.setting();
            setting.data_into(0, &mut normals, &mut data);
            worst.push((value, worst_risks(&setting, &data.mu)));
        }
        let who = [
            (words::MLE, Role::Mle, false),
            (estimator::FULL_BAYES.short, Role::Bayes, false),
            (estimator::JAMES_STEIN.short, Role::JamesStein, false),
            (estimator::LIMITED.short, Role::Bayes, true),
        ];
        let lines: Vec<Line> = who
            .iter()
            .enumerate()
            .map(|(i, (label, role, dashed))| Line {
                label: (*label).to_owned(),
                label_at: LabelAt::Along,
                role: *role,
                points: worst.iter().map(|(value, risks)| (*value, risks[i])).collect(),
                filled: false,
                dashed: *dashed,
            })
            .collect();
        let (min, max) = axis::log_range(worst.iter().flat_map(|(_, risks)| *risks));
        Panel {
            id: "worst".to_owned(),
            title: words::worst::TITLE.to_owned(),
            subtitle: vec![Span::plain(words::worst::SUBTITLE)],
            place: Place::Main,
            is_lead: false,
            needs: Needs::Nothing,
            body: Body::Figure(Figure::Curves(Curves {
                x: self.variable.curve_axis(),
                y: Axis { min, max, title: words::worst::RISK.to_owned(), scale: plots::Scale::Log },
                y_labels: true,
                lines,
                points: Vec::new(),
                rules: Vec::new(),
                dots: Vec::new(),
            })),
            remark: Vec::new(),
        }
    }
}

/// Which estimators the curves show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Who {
    Main,
    All,
    /// The main ones, and Bayes with limited translation.
    WithLimit,
}

/// Largest risk of a school given its truth: MLE, full Bayes, James–Stein in each region, limited Bayes.
fn worst_risks(setting: &Setting, truth: &[f64]) -> [f64; 4] {
    let largest = |risks: &mut dyn Iterator<Item = f64>| risks.fold(0.0, f64::max);
    let errors = school_errors(setting, truth);
    [
        setting.scales.noise_var,
        largest(&mut errors.iter().map(LinearError::risk)),
        largest(&mut james_stein_risks(setting, truth).into_iter()),
        largest(&mut errors.iter().map(|error| error.limited_risk(setting.max_move))),
    ]
}

/// Errors of full Bayes at each school, given the truth.
pub(crate) fn school_errors(setting: &Setting, truth: &[f64]) -> Vec<LinearError> {
    let fixed = RegionScales { school_var: 0.0, region_var: 0.0, ..setting.scales };
    linear_errors(truth, &setting.sizes, fixed, setting.bayes_rule())
        .unwrap_or_else(|_| unreachable!("the controls keep sizes and variances in range"))
}

/// Risk of each school under James–Stein in each region, given the truth; V_y in regions too small for it.
pub(crate) fn james_stein_risks(setting: &Setting, truth: &[f64]) -> Vec<f64> {
    let noise_var = setting.scales.noise_var;
    let mut rest = truth;
    let mut risks = Vec::with_capacity(truth.len());
    for size in &setting.sizes {
        let region;
        (region, rest) = rest.split_at(*size);
        match james_stein_grand_mean_components(region, noise_var) {
            Ok(of_region) => risks.extend(of_region.into_iter().map(|risk| risk * noise_var)),
            Err(_) => risks.extend(std::iter::repeat_n(noise_var, *size)),
        }
    }
    risks
}

/// What a fixed belief costs as the truth moves: the threshold at which Bayes loses to the MLE.
pub(crate) fn threshold(base: &Inputs) -> Panel {
    let setting = base.setting();
    let n = setting.num_schools() as f64;
    let noise_var = setting.scales.noise_var;
    let fixed = Inputs {
        belief: Belief::Own {
            school_var: setting.believed.school_var,
            region_var: setting.believed.region_var,
            mean: setting.believed_mean,
        },
        ..base.clone()
    };
    let risk = |inputs: &Inputs, name: Name, ratio: f64| {
        let mut inputs = inputs.clone();
        Variable::Ratio.apply(&mut inputs, ratio);
        CONTENDERS[name as usize].expected(&inputs.setting()).map(|risk| risk / n)
    };
    // The risk is a straight line in V_μ.
    let bayes = |ratio: f64| risk(&fixed, Name::FullBayes, ratio).unwrap_or(f64::NAN);
    let (at_zero, at_one) = (bayes(0.0), bayes(1.0));
    let even = (noise_var - at_zero) / (at_one - at_zero);
    let right = Inputs { belief: Belief::Right, ..base.clone() };
    let ratios = Variable::Ratio.curve_values(CORNERS);
    let line = |label: &str, role, dashed, inputs: &Inputs, name| Line {
        label: label.to_owned(),
        label_at: LabelAt::End,
        role,
        points: ratios.iter().filter_map(|ratio| Some((*ratio, risk(inputs, name, *ratio)?))).collect(),
        filled: false,
        dashed,
    };
    let axis = Variable::Ratio.curve_axis();
    let here = Variable::Ratio.of(base).clamp(axis.min, axis.max);
    let rules = if even > axis.min && even < axis.max {
        vec![Rule {
            direction: Direction::Vertical,
            at: even,
            role: Role::Mle,
            label: words::threshold::rule(even),
        }]
    } else {
        Vec::new()
    };
    let loses = if even <= axis.min {
        Loses::Always
    } else if even >= axis.max {
        Loses::OnlyFrom(even)
    } else {
        Loses::From(even)
    };
    let (_, top) = axis::from_zero([2.0 * noise_var]);
    Panel {
        id: "threshold".to_owned(),
        title: words::threshold::TITLE.to_owned(),
        subtitle: vec![Span::plain(words::threshold::SUBTITLE)],
        place: Place::Side,
        is_lead: false,
        needs: Needs::Nothing,
        body: Body::Figure(Figure::Curves(Curves {
            x: axis,
            y: Axis::linear(0.0, top, words::RISK_PER_SCHOOL),
            y_labels: true,
            lines: vec![
                line(words::MLE, Role::Mle, false, base, Name::Mle),
                line(words::BAYES, Role::Bayes, false, &fixed, Name::FullBayes),
                line(words::threshold::V_MU_KNOWN, Role::Bayes, true, &right, Name::FullBayes),
            ],
            points: vec![Point {
                x: here,
                y: bayes(here),
                role: Role::Bayes,
                label: words::HERE.to_owned(),
                label_side: Side::Above,
            }],
            rules,
            dots: Vec::new(),
        })),
        remark: words::threshold::remark(&loses),
    }
}
