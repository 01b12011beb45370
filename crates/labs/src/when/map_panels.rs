//! The map as a picture, and the numbers of the place that is pointed at.

use plots::{Axis, Figure, Grid, HeatLevel, HeatMap, Point, Ranking, Role, Scale, Side, contours};

use super::contenders::{CONTENDERS, Name};
use super::map::{Cell, Map};
use super::race::Race;
use super::setting::Inputs;
use super::variables::Variable;
use super::words::{self, map::Source};
use crate::lab::{Body, Extras, Needs, Panel, Place};
use crate::one_prior::ranking_row;
use crate::{axis, number};

/// Ratios along which lines are drawn.
const LEVELS: [f64; 15] = [0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0, 1.05, 1.1, 1.25, 1.5, 2.0];

/// Where the colors are strongest: the smallest of these that most cells stay within.
const REACHES: [f64; 6] = [1.25, 1.5, 2.0, 3.0, 5.0, 10.0];

/// The picture.
pub(crate) fn panel(map: &Map, base: &Inputs) -> Panel {
    let plan = &map.plan;
    let (a, b) = (&CONTENDERS[plan.pair.0], &CONTENDERS[plan.pair.1]);
    let (x, y) = (plan.x.cell_axis(plan.grid), plan.y.cell_axis(plan.grid));
    let here = (plan.x.of(base), plan.y.of(base));
    let is_inside = |axis: &Axis, value: f64| value > axis.min && value < axis.max;
    let marks = if is_inside(&x, here.0) && is_inside(&y, here.1) {
        let point =
            |label: String| Point { x: here.0, y: here.1, role: Role::Truth, label, label_side: Side::Right };
        let ratio = nearest(map, here).and_then(|cell| cell.ratio);
        vec![point(ratio.map_or_else(|| words::HERE.to_owned(), words::here))]
    } else {
        Vec::new()
    };
    let cells = map.shown().to_vec();
    let largest_error = cells.iter().filter_map(|cell| cell.error).reduce(f64::max);
    let source = match (largest_error, cells.iter().any(|cell| cell.value.is_some())) {
        (Some(error), _) => Source::DataSets(plan.per_cell, error),
        (None, true) => Source::Formulas,
        (None, false) => Source::Nothing,
    };
    let figure = HeatMap {
        title: words::map::ratio(a.phrase, b.phrase),
        num_x: u32::try_from(plan.grid).expect("at most 40"),
        num_y: u32::try_from(plan.grid).expect("at most 40"),
        center: 1.0,
        reach: reach(map),
        low_label: words::map::better(a.short),
        high_label: words::map::better(b.short),
        levels: levels(map),
        marks,
        cells,
        x,
        y,
    };
    Panel {
        id: "map".to_owned(),
        title: words::map::title(a.phrase, b.phrase),
        subtitle: words::map::subtitle(&source),
        place: Place::Main,
        is_lead: true,
        needs: Needs::Repeats,
        body: Body::Figure(Figure::HeatMap(figure)),
        remark: Vec::new(),
    }
}

/// The cell whose values are nearest to a place.
fn nearest(map: &Map, (x, y): (f64, f64)) -> Option<&Cell> {
    let plan = &map.plan;
    let index = |axis: &Axis, value: f64| {
        let share = match axis.scale {
            Scale::Linear => (value - axis.min) / (axis.max - axis.min),
            Scale::Log => (value / axis.min).ln() / (axis.max / axis.min).ln(),
        };
        (0..plan.grid).take_while(|i| *i as f64 <= share * plan.grid as f64).last()
    };
    let (i, j) = (index(&plan.x.cell_axis(plan.grid), x)?, index(&plan.y.cell_axis(plan.grid), y)?);
    map.cell(j * plan.grid + i)
}

fn reach(map: &Map) -> f64 {
    let mut distances: Vec<f64> =
        map.shown().iter().filter_map(|cell| cell.value).map(|ratio| ratio.ln().abs()).collect();
    stats::order::sort(&mut distances);
    let most = distances.get(distances.len() * 9 / 10).copied().unwrap_or(0.0);
    let last = REACHES[REACHES.len() - 1];
    REACHES.into_iter().find(|reach| reach.ln() >= most).unwrap_or(last)
}

/// Level lines through the cells that have numbers of their own.
fn levels(map: &Map) -> Vec<HeatLevel> {
    let Some(stride) = map.stride() else { return Vec::new() };
    let plan = &map.plan;
    let count = plan.grid / stride;
    if count < 2 {
        return Vec::new();
    }
    let inner = |axis: Axis| {
        let share = |i: f64| (i + 0.5) / plan.grid as f64;
        let last = ((count - 1) * stride) as f64;
        let at = |share: f64| match axis.scale {
            Scale::Linear => axis.min + share * (axis.max - axis.min),
            Scale::Log => axis.min * libm::pow(axis.max / axis.min, share),
        };
        Axis { min: at(share(0.0)), max: at(share(last)), ..axis }
    };
    let mut nodes = (0..count).flat_map(|j| (0..count).map(move |i| j * stride * plan.grid + i * stride));
    let mut next = || nodes.next().and_then(|cell| map.cell(cell)?.ratio).unwrap_or(f64::NAN);
    let (x, y) = (inner(plan.x.cell_axis(plan.grid)), inner(plan.y.cell_axis(plan.grid)));
    let grid = Grid::of(&x, &y, (count, count), |_, _| next());
    LEVELS
        .into_iter()
        .zip(contours(&grid, &LEVELS))
        .filter(|(_, lines)| !lines.is_empty())
        .map(|(value, lines)| HeatLevel { value, label: number::plain(value), lines })
        .collect()
}

/// The risks of all estimators at the cell that is pointed at, or here.
pub(crate) fn place(map: &Map, base: &Inputs, race: &Race, extras: &Extras) -> Panel {
    let plan = &map.plan;
    let pointed = extras.focus.map(|unit| unit as usize).filter(|cell| *cell < plan.grid * plan.grid);
    let inputs = pointed.map_or_else(|| base.clone(), |cell| map.inputs(cell));
    let setting = inputs.setting();
    let n = setting.num_schools() as f64;
    let rows: Vec<_> = CONTENDERS
        .iter()
        .filter(|contender| contender.name != Name::LearnedBayes || pointed.is_none())
        .filter_map(|contender| {
            let (risk, is_exact) = match (contender.expected(&setting), pointed) {
                (Some(exact), _) => (exact, true),
                (None, None) => race.mean(contender).map(|(mean, _)| (mean, false))?,
                (None, Some(_)) => return None,
            };
            let mut row = ranking_row(contender.label, contender.role, None, Some(risk / n));
            row.here_text = String::new();
            row.expected_text = format!("{}{}", if is_exact { "" } else { "≈ " }, number::fixed(risk / n, 3));
            Some(row)
        })
        .collect();
    let mle = setting.scales.noise_var;
    let (min, max) = axis::from_zero([1.6 * mle]);
    let at = |variable: Variable| (variable.title(), variable.of(&inputs));
    let cell = pointed.and_then(|cell| map.cell(cell));
    let remark = cell.and_then(|cell| {
        let risks = cell.risks.0.zip(cell.risks.1);
        Some(words::place::remark(cell.ratio?, cell.error, risks, setting.num_schools()))
    });
    Panel {
        id: "place".to_owned(),
        title: if pointed.is_some() { words::place::AT_THIS_CELL } else { words::place::HERE }.to_owned(),
        subtitle: words::place::subtitle(at(plan.x), at(plan.y)),
        place: Place::Side,
        is_lead: false,
        needs: Needs::Repeats,
        body: Body::Figure(Figure::Ranking(Ranking {
            x: Axis::linear(min, max, words::RISK_PER_SCHOOL),
            rows,
            note: String::new(),
        })),
        remark: remark.unwrap_or_default(),
    }
}
