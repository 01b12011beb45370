//! Heat map: a ratio over two variables in colored cells, level lines, and what the colors mean.

use std::fmt::Write;

use crate::axes::{Mapping, draw_x_axis, draw_y_axis, x_axis_height, y_axis_width, y_ticks, y_title_height};
use crate::labels::{Labels, around};
use crate::numbers::{grouped, tabular};
use crate::pen::{Frame, Pen, stroke};
use crate::words::{Digits, Written, axis_words, counted, titled};
use crate::{Axis, HeatLevel, HeatMap, Role, Scale, Side, Table};
use plotters::style::Color as _;
use plotters::style::text_anchor::HPos;

/// Shades from the neutral color to the strongest: finer ones the eye does not tell apart.
const NUM_SHADES: f64 = 24.0;

pub(crate) fn natural_height(figure: &HeatMap, width: f64, scale: f64) -> f64 {
    (0.56 * width).clamp(230.0 * scale, 400.0 * scale)
        + crate::axes::axis_height(scale, &figure.x)
        + legend_height(scale)
}

fn legend_height(scale: f64) -> f64 {
    38.0 * scale
}

pub(crate) fn draw(figure: &HeatMap, pen: &mut Pen<'_>) {
    let scale = pen.theme.scale;
    let top = y_title_height(pen, &figure.y) + 8.0 * scale;
    let bottom = pen.height - x_axis_height(pen, &figure.x) - legend_height(scale);
    let ticks = y_ticks(pen, &figure.y, bottom - top);
    let how = pen.small();
    let level_width = figure.levels.iter().map(|level| how.width(&level.label)).fold(0.0, f64::max);
    let right = pen.width - (level_width + 7.0 * scale).max(10.0 * scale);
    let frame = Frame { left: y_axis_width(pen, &ticks), top, right, bottom };
    draw_x_axis(pen, &figure.x, frame);
    draw_y_axis(pen, &figure.y, &ticks, frame);
    let x = Mapping::new(&figure.x, frame.left, frame.right);
    let y = Mapping::new(&figure.y, frame.bottom, frame.top);

    pen.clip(frame);
    draw_cells(figure, pen, frame);
    for level in &figure.levels {
        let is_even = level.value == figure.center;
        let width = if is_even { 1.6 } else { 0.7 } * pen.theme.thin_width();
        let how = stroke(pen.theme.ink, if is_even { 0.95 } else { 0.5 }, width);
        let how = if is_even { how.dashed(6.0 * scale, 3.0 * scale) } else { how };
        for line in &level.lines {
            let points: Vec<(f64, f64)> = line.iter().map(|p| (x.at(p.0), y.at(p.1))).collect();
            pen.polyline(&points, how);
        }
    }
    let radius = 1.6 * pen.theme.mark_radius();
    for mark in &figure.marks {
        let at = (x.at(mark.x), y.at(mark.y));
        pen.ring(at, radius, pen.theme.card.to_rgba(), 3.4 * scale);
        pen.ring(at, radius, pen.theme.ink.to_rgba(), 1.6 * scale);
    }
    pen.unclip();
    label_levels(figure, pen, frame, (&x, &y));
    label_marks(figure, pen, frame, (&x, &y), radius);
    draw_pointed(figure, pen, frame);
    draw_legend(figure, pen, frame);
}

/// Left, top, right and bottom of cell `i`, `j`; all cells are equally large on the axes as they are divided.
fn cell_frame(figure: &HeatMap, frame: Frame, i: u32, j: u32) -> Frame {
    let across = frame.width() / f64::from(figure.num_x.max(1));
    let up = frame.height() / f64::from(figure.num_y.max(1));
    Frame {
        left: frame.left + across * f64::from(i),
        right: frame.left + across * f64::from(i + 1),
        top: frame.bottom - up * f64::from(j + 1),
        bottom: frame.bottom - up * f64::from(j),
    }
}

fn value(figure: &HeatMap, i: u32, j: u32) -> Option<f64> {
    figure.cells.get((j * figure.num_x + i) as usize).and_then(|cell| cell.value)
}

/// How strong the color of a value is: −1 to 1, in whole shades; 0 is neutral.
fn strength(figure: &HeatMap, value: f64) -> f64 {
    let reach = figure.reach.max(1.0 + 1e-9).ln();
    let share = ((value / figure.center).ln() / reach).clamp(-1.0, 1.0);
    if share.is_nan() { 0.0 } else { (share * NUM_SHADES).round() / NUM_SHADES }
}

fn draw_cells(figure: &HeatMap, pen: &mut Pen<'_>, frame: Frame) {
    let spot = cell_frame(figure, frame, 0, 0);
    let radius = 0.5 * spot.width().hypot(spot.height()) + 0.5;
    for j in 0..figure.num_y {
        let mut i = 0;
        while i < figure.num_x {
            // Neighbors of one color are one rectangle.
            let color = |i: u32| value(figure, i, j).map(|value| strength(figure, value));
            let here = color(i);
            let mut last = i;
            while last + 1 < figure.num_x && color(last + 1) == here {
                last += 1;
            }
            if let Some(strength) = here {
                let (from, to) = (cell_frame(figure, frame, i, j), cell_frame(figure, frame, last, j));
                // A hair more than the cell: no seams between neighbors.
                let cell = Frame { right: to.right + 0.25, bottom: from.bottom + 0.25, ..from };
                pen.rect(cell, pen.theme.diverging_color(strength).to_rgba());
            }
            i = last + 1;
        }
    }
    for j in 0..figure.num_y {
        for i in 0..figure.num_x {
            let cell = cell_frame(figure, frame, i, j);
            let center = (0.5 * (cell.left + cell.right), 0.5 * (cell.top + cell.bottom));
            pen.hot_spot(j * figure.num_x + i, center.0, center.1, radius);
        }
    }
}

/// At the right end of each line, where they do not meet.
fn label_levels(figure: &HeatMap, pen: &mut Pen<'_>, frame: Frame, (x, y): (&Mapping, &Mapping)) {
    let how = pen.small();
    let mut taken: Vec<f64> = Vec::new();
    let is_center = |level: &&HeatLevel| level.value == figure.center;
    // The break-even line first: it gets its place.
    let others = figure.levels.iter().filter(|level| !is_center(level));
    for level in figure.levels.iter().filter(is_center).chain(others) {
        let ends = level.lines.iter().flat_map(|line| [line.first(), line.last()]).flatten();
        let end = ends.map(|p| (x.at(p.0), y.at(p.1))).filter(|p| p.0 > frame.right - 0.04 * frame.width());
        let Some(end) = end.reduce(|a, b| if b.0 > a.0 { b } else { a }) else { continue };
        let at = end.1.min(frame.bottom - how.size / 2.0).max(frame.top + how.size / 2.0);
        if taken.iter().all(|other| (other - at).abs() > 1.25 * how.size) {
            pen.text_mid(frame.right + 5.0 * pen.theme.scale, at, &level.label, how);
            taken.push(at);
        }
    }
}

fn label_marks(figure: &HeatMap, pen: &mut Pen<'_>, frame: Frame, (x, y): (&Mapping, &Mapping), radius: f64) {
    if pen.highlight.is_some() {
        return;
    }
    let how = pen.small_in(Role::Truth);
    let mut labels = Labels::new(frame);
    for mark in &figure.marks {
        let at = (x.at(mark.x), y.at(mark.y));
        if frame.contains(at.0, at.1) {
            let gap = radius + 4.0 * pen.theme.scale;
            labels.set_if_free(pen, &mark.label, how, around(at, gap, mark.label_side, &mark.label, how));
        }
    }
}

/// A frame around the cell that is pointed at, and its value beside it.
fn draw_pointed(figure: &HeatMap, pen: &mut Pen<'_>, frame: Frame) {
    let Some(unit) = pen.highlight.filter(|unit| *unit < figure.num_x * figure.num_y) else { return };
    let (i, j) = (unit % figure.num_x, unit / figure.num_x);
    let cell = cell_frame(figure, frame, i, j);
    let how = stroke(pen.theme.ink, 1.0, 1.6 * pen.theme.scale);
    let corners = [
        (cell.left, cell.top),
        (cell.right, cell.top),
        (cell.right, cell.bottom),
        (cell.left, cell.bottom),
        (cell.left, cell.top),
    ];
    pen.polyline(&corners, how);
    let text = cell_text(figure, unit);
    let how = pen.small_in(Role::Truth);
    let at = (0.5 * (cell.left + cell.right), 0.5 * (cell.top + cell.bottom));
    let gap = 0.5 * cell.height().max(cell.width()) + 6.0 * pen.theme.scale;
    Labels::new(frame).set_if_free(pen, &text, how, around(at, gap, Side::Above, &text, how));
}

/// "0.85", "0.85 ± 0.01".
fn cell_text(figure: &HeatMap, unit: u32) -> String {
    let Some(cell) = figure.cells.get(unit as usize) else { return String::new() };
    match (cell.value, cell.error) {
        (None, _) => "not yet known".to_owned(),
        (Some(value), None) => grouped(value, 3),
        (Some(value), Some(error)) => format!("{} ± {}", grouped(value, 3), grouped(error, 3)),
    }
}

fn draw_legend(figure: &HeatMap, pen: &mut Pen<'_>, frame: Frame) {
    let scale = pen.theme.scale;
    let how = pen.small();
    let top = pen.height - legend_height(scale) + 8.0 * scale;
    let words = how.width(&figure.low_label) + how.width(&figure.high_label) + 32.0 * scale;
    let is_narrow = words + 110.0 * scale > pen.width;
    let width = if is_narrow { pen.width - 40.0 * scale } else { (pen.width - words).min(260.0 * scale) };
    let middle = if is_narrow { pen.width / 2.0 } else { 0.5 * (frame.left + frame.right) };
    let left = if is_narrow {
        middle - width / 2.0
    } else {
        (middle - width / 2.0)
            .max(how.width(&figure.low_label) + 12.0 * scale)
            .min(pen.width - width - how.width(&figure.high_label) - 12.0 * scale)
    };
    let bar = Frame { left, top, right: left + width, bottom: top + 9.0 * scale };
    let step = bar.width() / (2.0 * NUM_SHADES + 1.0);
    let mut shade = -NUM_SHADES;
    while shade <= NUM_SHADES {
        let from = bar.left + (shade + NUM_SHADES) * step;
        let part = Frame { left: from, right: from + step + 0.25, ..bar };
        pen.rect(part, pen.theme.diverging_color(shade / NUM_SHADES).to_rgba());
        shade += 1.0;
    }
    let below = bar.bottom + 14.0 * scale;
    let centered = how.aligned(HPos::Center);
    for (share, number) in
        [(0.0, figure.center / figure.reach), (0.5, figure.center), (1.0, figure.center * figure.reach)]
    {
        let x = bar.left + share * bar.width();
        pen.line(
            (x, bar.top),
            (x, bar.bottom + 3.0 * scale),
            stroke(pen.theme.muted, 1.0, pen.theme.grid_width()),
        );
        let text = match share {
            0.0 => format!("≤ {}", grouped(number, 2)),
            1.0 => format!("≥ {}", grouped(number, 2)),
            _ => grouped(number, 0),
        };
        if is_narrow && share != 0.5 {
            continue;
        }
        pen.text(x, below, &text, centered);
    }
    let (low, high) = (&figure.low_label, &figure.high_label);
    if is_narrow {
        let room = 0.42 * pen.width;
        let cut = |text: &str| crate::pen::fit(text, how.size, how.weight, room).into_owned();
        pen.text(0.0, below, &cut(low), how);
        pen.text(pen.width, below, &cut(high), how.aligned(HPos::Right));
    } else {
        let y = 0.5 * (bar.top + bar.bottom);
        pen.text_mid(bar.left - 8.0 * scale, y, low, how.aligned(HPos::Right));
        pen.text_mid(bar.right + 8.0 * scale, y, high, how);
    }
}

/// The middle of cell `i` of `count` on an axis.
fn middle(axis: &Axis, i: u32, count: u32) -> f64 {
    let share = (f64::from(i) + 0.5) / f64::from(count.max(1));
    match axis.scale {
        Scale::Linear => axis.min + share * (axis.max - axis.min),
        Scale::Log => axis.min * libm::pow(axis.max / axis.min, share),
    }
}

pub(crate) fn words(figure: &HeatMap, text: &mut String) -> Written {
    let known: Vec<(u32, f64)> =
        (0..).zip(&figure.cells).filter_map(|(unit, cell)| Some((unit, cell.value?))).collect();
    let title = titled(&figure.title, "value");
    if known.is_empty() {
        return write!(text, "Heat map of {title}: nothing is known yet.");
    }
    write!(
        text,
        "Heat map of {title} in {} by {} cells, {} of them known.",
        figure.num_x,
        figure.num_y,
        known.len()
    )?;
    let (x, y) = (Digits::of(&figure.x), Digits::of(&figure.y));
    let place = |unit: u32| {
        format!(
            "{} across, {} up",
            x.say(middle(&figure.x, unit % figure.num_x, figure.num_x)),
            y.say(middle(&figure.y, unit / figure.num_x, figure.num_y))
        )
    };
    let least = known.iter().copied().reduce(|a, b| if b.1 < a.1 { b } else { a });
    let most = known.iter().copied().reduce(|a, b| if b.1 > a.1 { b } else { a });
    for (name, extreme) in [("Lowest", least), ("Highest", most)] {
        if let Some((unit, value)) = extreme {
            write!(text, " {name}: {} at {}.", grouped(value, 3), place(unit))?;
        }
    }
    let below = known.iter().filter(|(_, value)| *value < figure.center).count();
    write!(
        text,
        " {} in {} of {}; {} in the others.",
        figure.low_label,
        below,
        counted(known.len(), "cell", "cells"),
        figure.high_label
    )?;
    let largest = figure.cells.iter().filter_map(|cell| cell.error).reduce(f64::max);
    match largest {
        Some(error) => write!(text, " Simulated, with Monte Carlo errors up to {}.", grouped(error, 3))?,
        None => write!(text, " All exact.")?,
    }
    for mark in &figure.marks {
        write!(text, " {} is at {} across, {} up.", mark.label, x.say(mark.x), y.say(mark.y))?;
    }
    axis_words("horizontal", &figure.x, text)?;
    axis_words("vertical", &figure.y, text)
}

pub(crate) fn table(figure: &HeatMap) -> Table {
    let (x, y) = (Digits::of(&figure.x), Digits::of(&figure.y));
    let rows = (0..)
        .zip(&figure.cells)
        .map(|(unit, cell): (u32, _)| {
            let number = |value: Option<f64>| value.map_or_else(String::new, |value| tabular(value, 6));
            vec![
                x.cell(middle(&figure.x, unit % figure.num_x.max(1), figure.num_x)),
                y.cell(middle(&figure.y, unit / figure.num_x.max(1), figure.num_y)),
                number(cell.value),
                number(cell.error),
            ]
        })
        .collect();
    let columns = vec![
        titled(&figure.x.title, "x"),
        titled(&figure.y.title, "y"),
        titled(&figure.title, "value"),
        "Monte Carlo error".to_owned(),
    ];
    Table { columns, rows }
}
