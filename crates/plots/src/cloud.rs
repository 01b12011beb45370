//! A cloud of units on two axes: each with its errors both ways and an arrow to its estimate, over bands,
//! lines and rules.

use std::fmt::Write;

use crate::axes::{Mapping, draw_x_axis, draw_y_axis, x_axis_height, y_axis_width, y_ticks, y_title_height};
use crate::curves::{draw_rule, label_rule, line_places};
use crate::labels::Labels;
use crate::pen::{Frame, Pen, stroke};
use crate::scatter::{draw_legend, legend_lines};
use crate::tween::{Between, set_or_leave};
use crate::words::{Digits, Written, axis_words, counted, titled};
use crate::{Axis, LabelAt, Line, Role, Rule, Table};
use plotters::style::Color as _;
use serde::{Deserialize, Serialize};

/// Units on two axes, each with its errors and the way to its estimate.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cloud {
    /// Horizontal axis.
    pub x: Axis,
    /// Vertical axis.
    pub y: Axis,
    /// Areas behind everything.
    pub bands: Vec<Band>,
    /// Lines over the bands, drawn in this order.
    pub lines: Vec<Line>,
    /// Rules across the whole frame.
    pub rules: Vec<Rule>,
    /// The units, from back to front.
    pub units: Vec<CloudUnit>,
    /// What marks stand for, above the frame.
    pub legend: Vec<(Role, String)>,
}

/// An area between two lines of a [`Cloud`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Band {
    /// What it is, in words.
    pub label: String,
    /// Whose it is.
    pub role: Role,
    /// Edges as (x, low, high), from left to right.
    pub edges: Vec<(f64, f64, f64)>,
}

/// One unit of a [`Cloud`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CloudUnit {
    /// Index of the unit in the data, the same in all figures.
    pub unit: u32,
    /// What it is called.
    pub name: String,
    /// Whose mark it has.
    pub role: Role,
    /// Where it was measured.
    pub at: (f64, f64),
    /// Standard errors across and up, a bar of each to both sides; 0 for none.
    pub error: (f64, f64),
    /// Where its estimate is, joined to where it was measured; `None` for none.
    pub estimate: Option<(f64, f64)>,
    /// Whether its name stands beside it.
    pub is_named: bool,
    /// Whether it can be dragged to another place; both axes are then linear.
    pub is_movable: bool,
}

pub(crate) fn natural_height(width: f64, scale: f64) -> f64 {
    (0.66 * width).clamp(240.0 * scale, 400.0 * scale)
}

pub(crate) fn draw(figure: &Cloud, pen: &mut Pen<'_>) {
    let scale = pen.theme.scale;
    let entries: Vec<(Role, &str)> =
        figure.legend.iter().map(|(role, label)| (*role, label.as_str())).collect();
    let legend = legend_lines(&entries, pen);
    let top = 18.0 * scale * legend.len() as f64 + y_title_height(pen, &figure.y) + 8.0 * scale;
    let bottom = pen.height - x_axis_height(pen, &figure.x);
    let ticks = y_ticks(pen, &figure.y, bottom - top);
    let frame = Frame { left: y_axis_width(pen, &ticks), top, right: pen.width - 10.0 * scale, bottom };
    draw_x_axis(pen, &figure.x, frame);
    draw_y_axis(pen, &figure.y, &ticks, frame);
    draw_legend(&entries, pen, &legend);
    let (x, y) =
        (Mapping::new(&figure.x, frame.left, frame.right), Mapping::new(&figure.y, frame.bottom, frame.top));
    let mut labels = Labels::new(frame);
    pen.clip(frame);
    for band in &figure.bands {
        let lower = band.edges.iter().map(|edge| (x.at(edge.0), y.at(edge.1)));
        let upper = band.edges.iter().rev().map(|edge| (x.at(edge.0), y.at(edge.2)));
        let outline: Vec<(f64, f64)> =
            lower.chain(upper).filter(|p| p.0.is_finite() && p.1.is_finite()).collect();
        pen.polygon(&outline, pen.theme.color(band.role).mix(0.8 * pen.theme.fill_alpha));
    }
    for rule in &figure.rules {
        draw_rule(rule, pen, frame, (&x, &y));
    }
    for line in &figure.lines {
        let points: Vec<(f64, f64)> = line.points.iter().map(|p| (x.at(p.0), y.at(p.1))).collect();
        let width = if line.dashed { pen.theme.thin_width() } else { pen.theme.curve_width() };
        let how = stroke(pen.theme.color(line.role), 1.0, width);
        pen.polyline(&points, if line.dashed { how.dashed(4.0 * scale, 3.0 * scale) } else { how });
        labels.take_line(&points);
    }
    let crowd = (60.0 / figure.units.len().max(1) as f64).clamp(0.1, 1.0);
    let radius = pen.theme.mark_radius() * (0.6 + 0.4 * crowd);
    let highlight = pen.highlight;
    let is_strong = |unit: &CloudUnit| highlight == Some(unit.unit);
    for unit in figure.units.iter().filter(|unit| !is_strong(unit)) {
        let presence = pen.presence(unit.unit);
        draw_unit(unit, pen, (&x, &y), (radius, presence * (0.55 + 0.45 * crowd)));
    }
    for unit in figure.units.iter().filter(|unit| is_strong(unit)) {
        draw_unit(unit, pen, (&x, &y), (1.4 * pen.theme.mark_radius(), 1.0));
    }
    for unit in &figure.units {
        if let Some(at) = unit.estimate {
            pen.hot_spot(unit.unit, x.at(at.0), y.at(at.1), radius + 6.0);
        }
        let at = (x.at(unit.at.0), y.at(unit.at.1));
        match x.per_pixel().zip(y.per_pixel()).filter(|_| unit.is_movable) {
            Some(grip) => pen.grip(unit.unit, at, radius + 6.0, grip),
            None => pen.hot_spot(unit.unit, at.0, at.1, radius + 6.0),
        }
    }
    pen.unclip();
    for unit in figure.units.iter().filter(|unit| unit.is_named || is_strong(unit)) {
        let at = (x.at(unit.at.0), y.at(unit.at.1));
        labels.take_mark(at, radius);
        if let Some(to) = unit.estimate {
            let to = (x.at(to.0), y.at(to.1));
            labels.take_mark(to, radius);
            labels.take_line(&[at, to]);
        }
        let (across, up) = unit.error;
        labels.take_line(&[(x.at(unit.at.0 - across), at.1), (x.at(unit.at.0 + across), at.1)]);
        labels.take_line(&[(at.0, y.at(unit.at.1 - up)), (at.0, y.at(unit.at.1 + up))]);
    }
    for rule in &figure.rules {
        label_rule(rule, pen, &mut labels, frame, (&x, &y));
    }
    for line in figure.lines.iter().filter(|line| line.label_at != LabelAt::Nowhere) {
        let points: Vec<(f64, f64)> = line.points.iter().map(|p| (x.at(p.0), y.at(p.1))).collect();
        let how = pen.small_in(line.role);
        let places = line_places(&points, line.label_at, frame, how.width(&line.label), how);
        labels.set(pen, &line.label, how, places);
    }
    for unit in figure.units.iter().filter(|unit| unit.is_named || is_strong(unit)) {
        let at = (x.at(unit.at.0), y.at(unit.at.1));
        if frame.contains(at.0, at.1) {
            let how = pen.small();
            let places = crate::labels::around(at, radius + 4.0 * scale, crate::Side::Right, &unit.name, how);
            // Bars of errors run to the sides: a name stands between them.
            let has_bars = unit.error.0 > 0.0 || unit.error.1 > 0.0;
            let (sides, corners): (Vec<_>, Vec<_>) = places.into_iter().partition(|(x, y)| {
                let is_beside = (y - how.half_cap() - at.1).abs() < 0.5;
                has_bars && (is_beside || (x + how.width(&unit.name) / 2.0 - at.0).abs() < 0.5)
            });
            let places = corners.into_iter().chain(sides);
            labels.set(pen, &unit.name, how, places);
        }
    }
}

fn draw_unit(unit: &CloudUnit, pen: &mut Pen<'_>, (x, y): (&Mapping, &Mapping), (radius, alpha): (f64, f64)) {
    let at = (x.at(unit.at.0), y.at(unit.at.1));
    let bar = stroke(pen.theme.color(unit.role), 0.75 * alpha, pen.theme.thin_width());
    let (across, up) = unit.error;
    if across > 0.0 {
        pen.line((x.at(unit.at.0 - across), at.1), (x.at(unit.at.0 + across), at.1), bar);
    }
    if up > 0.0 {
        pen.line((at.0, y.at(unit.at.1 - up)), (at.0, y.at(unit.at.1 + up)), bar);
    }
    if let Some(estimate) = unit.estimate {
        let to = (x.at(estimate.0), y.at(estimate.1));
        pen.line(at, to, stroke(pen.theme.muted, 0.6 * alpha, 0.9 * pen.theme.scale));
        pen.mark(unit.role, at, radius, alpha);
        pen.mark(Role::Bayes, to, radius, alpha);
    } else {
        pen.mark(unit.role, at, radius, alpha);
    }
}

impl Between for Cloud {
    fn set_between(&mut self, from: &Self, t: f64) -> bool {
        set_or_leave(&mut self.bands, &from.bands, t);
        set_or_leave(&mut self.lines, &from.lines, t);
        set_or_leave(&mut self.rules, &from.rules, t);
        self.x.set_between(&from.x, t)
            && self.y.set_between(&from.y, t)
            && self.units.set_between(&from.units, t)
    }
}

impl Between for Band {
    fn set_between(&mut self, from: &Self, t: f64) -> bool {
        self.role == from.role && self.edges.set_between(&from.edges, t)
    }
}

impl Between for CloudUnit {
    fn set_between(&mut self, from: &Self, t: f64) -> bool {
        self.unit == from.unit
            && self.role == from.role
            && self.at.set_between(&from.at, t)
            && self.error.set_between(&from.error, t)
            && self.estimate.set_between(&from.estimate, t)
    }
}

pub(crate) fn words(figure: &Cloud, text: &mut String) -> Written {
    if figure.units.is_empty() && figure.lines.is_empty() {
        return write!(text, "A cloud without units.");
    }
    let (x, y) = (Digits::of(&figure.x), Digits::of(&figure.y));
    write!(
        text,
        "{}: {} across, {} up.",
        counted(figure.units.len(), "unit", "units"),
        titled(&figure.x.title, "x"),
        titled(&figure.y.title, "y")
    )?;
    for (role, label) in &figure.legend {
        let count = figure.units.iter().filter(|unit| unit.role == *role).count();
        if count > 0 {
            write!(text, " {label}: {count}.")?;
        }
    }
    for line in figure.lines.iter().filter(|line| !line.label.is_empty()) {
        if let (Some(from), Some(to)) = (line.points.first(), line.points.last()) {
            let ends = [x.say(from.0), y.say(from.1), x.say(to.0), y.say(to.1)];
            write!(text, " {}: from ({}, {}) to ({}, {}).", line.label, ends[0], ends[1], ends[2], ends[3])?;
        }
    }
    crate::words::rules_words(&figure.rules, &figure.x, &figure.y, text)?;
    let moved: Vec<(&CloudUnit, (f64, f64))> =
        figure.units.iter().filter_map(|unit| unit.estimate.map(|estimate| (unit, estimate))).collect();
    // A few are told one by one.
    if moved.len() <= 12 {
        for (unit, estimate) in moved {
            let ends = [x.say(unit.at.0), y.say(unit.at.1), x.say(estimate.0), y.say(estimate.1)];
            write!(text, " {}: ({}, {}) to ({}, {}).", unit.name, ends[0], ends[1], ends[2], ends[3])?;
        }
    }
    axis_words("horizontal", &figure.x, text)?;
    axis_words("vertical", &figure.y, text)
}

pub(crate) fn table(figure: &Cloud) -> Table {
    let (x, y) = (Digits::of(&figure.x), Digits::of(&figure.y));
    let (across, up) = (titled(&figure.x.title, "x"), titled(&figure.y.title, "y"));
    let kind = |role: Role| {
        figure.legend.iter().find(|entry| entry.0 == role).map_or(String::new(), |entry| entry.1.clone())
    };
    let error = |digits: Digits, error: f64| digits.cell_or_empty(Some(error).filter(|error| *error > 0.0));
    let rows = figure.units.iter().map(|unit| {
        vec![
            unit.name.clone(),
            kind(unit.role),
            x.cell(unit.at.0),
            y.cell(unit.at.1),
            error(x, unit.error.0),
            error(y, unit.error.1),
            x.cell_or_empty(unit.estimate.map(|at| at.0)),
            y.cell_or_empty(unit.estimate.map(|at| at.1)),
        ]
    });
    let columns = vec![
        "unit".to_owned(),
        "kind".to_owned(),
        across.clone(),
        up.clone(),
        format!("SE of {across}"),
        format!("SE of {up}"),
        format!("estimate of {across}"),
        format!("estimate of {up}"),
    ];
    Table { columns, rows: rows.collect() }
}
