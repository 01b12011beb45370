//! What a figure shows, in words and as a table.

use crate::numbers::{decimals_for, tabular, worded};
use crate::{Axis, Direction, Figure, Role, Rule, Scale};
use serde::{Deserialize, Serialize};
use std::fmt::Write;

/// The values of a figure, for reading and for a CSV file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// Names of the columns.
    pub columns: Vec<String>,
    /// Rows with one cell a column. Numbers are plain (`-1234.5`, no
    /// separators); what is missing or not finite is an empty cell.
    pub rows: Vec<Vec<String>>,
}

impl Table {
    fn without_empty_columns(self) -> Self {
        let is_kept: Vec<bool> = (0..self.columns.len())
            .map(|k| self.rows.is_empty() || self.rows.iter().any(|row| !row[k].is_empty()))
            .collect();
        let kept = |cells: Vec<String>| -> Vec<String> {
            cells.into_iter().zip(&is_kept).filter(|(_, is_kept)| **is_kept).map(|(cell, _)| cell).collect()
        };
        Self { columns: kept(self.columns), rows: self.rows.into_iter().map(kept).collect() }
    }

    /// The table as CSV with a line of column names (RFC 4180, lines end in CR LF).
    pub fn csv(&self) -> String {
        let mut text = String::new();
        for cells in std::iter::once(&self.columns).chain(&self.rows) {
            for (i, cell) in cells.iter().enumerate() {
                if i > 0 {
                    text.push(',');
                }
                if cell.contains(['"', ',', '\n', '\r']) {
                    text.push('"');
                    text.push_str(&cell.replace('"', "\"\""));
                    text.push('"');
                } else {
                    text.push_str(cell);
                }
            }
            text.push_str("\r\n");
        }
        text
    }
}

/// The text alternative: plain sentences that state what the figure shows, in numbers.
pub fn describe(figure: &Figure) -> String {
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = match figure {
        Figure::Slopegraph(figure) => slopegraph_words(figure, &mut text),
        Figure::Curves(figure) => curves_words(figure, &mut text),
        Figure::Ranking(figure) => ranking_words(figure, &mut text),
        Figure::BoxPlots(figure) => box_plots_words(figure, &mut text),
        Figure::Forest(figure) => forest_words(figure, &mut text),
        Figure::Ridges(figure) => ridges_words(figure, &mut text),
        Figure::Scatter(figure) => scatter_words(figure, &mut text),
        Figure::Histograms(figure) => histograms_words(figure, &mut text),
        Figure::Traces(figure) => traces_words(figure, &mut text),
        Figure::Ranks(figure) => ranks_words(figure, &mut text),
        Figure::Trajectory(figure) => trajectory_words(figure, &mut text),
        Figure::HeatMap(figure) => crate::heat_map::words(figure, &mut text),
        Figure::Steps(figure) => crate::steps::words(figure, &mut text),
        Figure::Cloud(figure) => crate::cloud::words(figure, &mut text),
        Figure::NodeGrid(figure) => crate::node_grid::words(figure, &mut text),
    };
    text
}

/// The plotted values, one row for each unit, estimator, bin or point. Units
/// are numbered from 1, as a reader counts them. A column that has nothing to say,
/// such as a truth that is hidden, is left out.
pub fn table(figure: &Figure) -> Table {
    let table = match figure {
        Figure::Slopegraph(figure) => slopegraph_table(figure),
        Figure::Curves(figure) => curves_table(figure),
        Figure::Ranking(figure) => ranking_table(figure),
        Figure::BoxPlots(figure) => box_plots_table(figure),
        Figure::Forest(figure) => forest_table(figure),
        Figure::Ridges(figure) => ridges_table(figure),
        Figure::Scatter(figure) => scatter_table(figure),
        Figure::Histograms(figure) => histograms_table(figure),
        Figure::Traces(figure) => traces_table(figure),
        Figure::Ranks(figure) => ranks_table(figure),
        Figure::Trajectory(figure) => trajectory_table(figure),
        Figure::HeatMap(figure) => crate::heat_map::table(figure),
        Figure::Steps(figure) => crate::steps::table(figure),
        Figure::Cloud(figure) => crate::cloud::table(figure),
        Figure::NodeGrid(figure) => crate::node_grid::table(figure),
    };
    table.without_empty_columns()
}

pub(crate) type Written = Result<(), std::fmt::Error>;

/// Writes the numbers of one axis with digits that suit its range.
#[derive(Clone, Copy)]
pub(crate) struct Digits {
    sentence: usize,
    cell: usize,
}

impl Digits {
    pub(crate) fn of(axis: &Axis) -> Self {
        let span = match axis.scale {
            Scale::Linear => axis.max - axis.min,
            // The small end needs its digits too.
            Scale::Log => 10.0 * axis.min,
        };
        let cell = decimals_for(span);
        // A file is read by programs: a thousandth of what the eye can tell apart.
        Self { sentence: cell, cell: cell + 3 }
    }

    pub(crate) fn say(self, value: f64) -> String {
        worded(value, self.sentence)
    }

    pub(crate) fn cell(self, value: f64) -> String {
        tabular(value, self.cell)
    }

    pub(crate) fn cell_or_empty(self, value: Option<f64>) -> String {
        value.map_or_else(String::new, |value| self.cell(value))
    }

    fn range(self, (low, high): (f64, f64)) -> String {
        format!("{} to {}", self.say(low), self.say(high))
    }
}

fn extent(values: impl IntoIterator<Item = f64>) -> Option<(f64, f64)> {
    values.into_iter().filter(|value| value.is_finite()).fold(None, |extent, value| {
        let (low, high) = extent.unwrap_or((value, value));
        Some((value.min(low), value.max(high)))
    })
}

pub(crate) fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

pub(crate) fn axis_words(name: &str, axis: &Axis, text: &mut String) -> Written {
    let digits = Digits::of(axis);
    let scale = if axis.scale == Scale::Log { ", logarithmic" } else { "" };
    let title = if axis.title.is_empty() { String::new() } else { format!(", {},", axis.title) };
    write!(
        text,
        " The {name} axis{title} runs from {} to {}{scale}.",
        digits.say(axis.min),
        digits.say(axis.max)
    )
}

pub(crate) fn titled(title: &str, otherwise: &str) -> String {
    if title.is_empty() { otherwise.to_owned() } else { title.to_owned() }
}

fn columns(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn role_name(role: Role) -> &'static str {
    match role {
        Role::Truth => "truth",
        Role::Mle => "MLE",
        Role::Bayes => "Bayes",
        Role::JamesStein => "James–Stein",
        Role::RegionMean => "region mean",
        Role::Zero => "zero",
        Role::Neutral => "curve",
        Role::Oracle => "oracle",
    }
}

pub(crate) fn rules_words(rules: &[Rule], x: &Axis, y: &Axis, text: &mut String) -> Written {
    for rule in rules {
        let axis = if rule.direction == Direction::Vertical { x } else { y };
        let direction = if rule.direction == Direction::Vertical { "vertical" } else { "horizontal" };
        write!(
            text,
            " A {direction} line marks {} at {}.",
            titled(&rule.label, role_name(rule.role)),
            Digits::of(axis).say(rule.at)
        )?;
    }
    Ok(())
}

fn slopegraph_words(figure: &crate::Slopegraph, text: &mut String) -> Written {
    let num_units = figure.rows.first().map_or(0, |row| row.values.len());
    if num_units == 0 {
        return write!(text, "Slopegraph without values.");
    }
    write!(text, "Slopegraph: {} joined from row to row.", counted(num_units, "unit", "units"))?;
    let digits = Digits::of(&figure.x);
    for row in &figure.rows {
        if let Some(range) = extent(row.values.iter().copied()) {
            write!(text, " {}: {}.", row.label, digits.range(range))?;
        }
    }
    axis_words("horizontal", &figure.x, text)
}

fn slopegraph_table(figure: &crate::Slopegraph) -> Table {
    let digits = Digits::of(&figure.x);
    let mut names = columns(&["unit"]);
    let has_groups = !figure.groups.is_empty();
    if has_groups {
        names.push("group".to_owned());
    }
    names.extend(figure.rows.iter().map(|row| row.label.clone()));
    let num_units = figure.rows.iter().map(|row| row.values.len()).max().unwrap_or(0);
    let rows = (0..num_units)
        .map(|i| {
            let mut cells = vec![(i + 1).to_string()];
            if has_groups {
                cells.push(figure.groups.get(i).map_or_else(String::new, |group| (group + 1).to_string()));
            }
            cells.extend(figure.rows.iter().map(|row| digits.cell_or_empty(row.values.get(i).copied())));
            cells
        })
        .collect();
    Table { columns: names, rows }
}

fn curves_words(figure: &crate::Curves, text: &mut String) -> Written {
    if figure.lines.is_empty() && figure.points.is_empty() && figure.dots.is_empty() {
        return write!(text, "Curves: nothing to show yet.");
    }
    let (x, y) = (Digits::of(&figure.x), Digits::of(&figure.y));
    write!(text, "{}.", counted(figure.lines.len(), "curve", "curves"))?;
    for line in &figure.lines {
        let highest =
            line.points.iter().filter(|p| p.1.is_finite()).reduce(|a, b| if b.1 > a.1 { b } else { a });
        let lowest =
            line.points.iter().filter(|p| p.1.is_finite()).reduce(|a, b| if b.1 < a.1 { b } else { a });
        let (Some(highest), Some(lowest)) = (highest, lowest) else { continue };
        write!(text, " {}: ", titled(&line.label, role_name(line.role)))?;
        if figure.y_labels {
            write!(
                text,
                "lowest {} at {}, highest {} at {}",
                y.say(lowest.1),
                x.say(lowest.0),
                y.say(highest.1),
                x.say(highest.0)
            )?;
            if let Some(last) = line.points.last() {
                write!(text, ", ends at {}", y.say(last.1))?;
            }
            text.push('.');
        } else {
            write!(text, "highest at {}.", x.say(highest.0))?;
        }
    }
    for point in &figure.points {
        write!(text, " {} at {}", titled(&point.label, role_name(point.role)), x.say(point.x))?;
        if figure.y_labels {
            write!(text, ", {}", y.say(point.y))?;
        }
        text.push('.');
    }
    for dots in &figure.dots {
        let largest = dots.dots.iter().map(|dot| dot.error).fold(0.0, f64::max);
        if !dots.dots.is_empty() {
            write!(
                text,
                " {}: {} with errors up to {}.",
                dots.label,
                counted(dots.dots.len(), "simulated value", "simulated values"),
                y.say(largest)
            )?;
        }
    }
    rules_words(&figure.rules, &figure.x, &figure.y, text)?;
    axis_words("horizontal", &figure.x, text)?;
    if figure.y_labels { axis_words("vertical", &figure.y, text) } else { Ok(()) }
}

fn curves_table(figure: &crate::Curves) -> Table {
    let (x, y) = (Digits::of(&figure.x), Digits::of(&figure.y));
    let mut rows = Vec::new();
    for point in &figure.points {
        rows.push(vec![titled(&point.label, role_name(point.role)), x.cell(point.x), y.cell(point.y)]);
    }
    for rule in &figure.rules {
        let name = titled(&rule.label, role_name(rule.role));
        rows.push(match rule.direction {
            Direction::Vertical => vec![name, x.cell(rule.at), String::new()],
            Direction::Horizontal => vec![name, String::new(), y.cell(rule.at)],
        });
    }
    for line in &figure.lines {
        let name = titled(&line.label, role_name(line.role));
        rows.extend(line.points.iter().map(|p| vec![name.clone(), x.cell(p.0), y.cell(p.1)]));
    }
    rows.iter_mut().for_each(|row| row.push(String::new()));
    for dots in &figure.dots {
        let cells =
            |dot: &crate::ErrorDot| vec![dots.label.clone(), x.cell(dot.x), y.cell(dot.y), y.cell(dot.error)];
        rows.extend(dots.dots.iter().map(cells));
    }
    Table {
        columns: vec![
            "series".to_owned(),
            titled(&figure.x.title, "x"),
            titled(&figure.y.title, "y"),
            "error".to_owned(),
        ],
        rows,
    }
}

fn ranking_words(figure: &crate::Ranking, text: &mut String) -> Written {
    if figure.rows.is_empty() {
        return write!(text, "Ranking without estimators.");
    }
    write!(
        text,
        "Ranking of {} by {}.",
        counted(figure.rows.len(), "estimator", "estimators"),
        titled(&figure.x.title, "loss")
    )?;
    for row in &figure.rows {
        write!(text, " {}: ", row.label)?;
        if !row.missing.is_empty() {
            write!(text, "{}.", row.missing)?;
            continue;
        }
        match (row.here, row.expected) {
            (Some(_), Some(_)) => {
                write!(text, "{} in this data set, {} expected.", row.here_text, row.expected_text)?;
            }
            (Some(_), None) => write!(text, "{} in this data set.", row.here_text)?,
            (None, Some(_)) => write!(text, "{} expected.", row.expected_text)?,
            (None, None) => write!(text, "no value.")?,
        }
    }
    let defined = figure.rows.iter().filter(|row| row.missing.is_empty());
    let best = |value: fn(&crate::RankingRow) -> Option<f64>| {
        defined
            .clone()
            .filter_map(|row| value(row).filter(|v| v.is_finite()).map(|v| (v, row)))
            .reduce(|a, b| if b.0 < a.0 { b } else { a })
            .map(|(_, row)| row.label.as_str())
    };
    if let Some(label) = best(|row| row.here) {
        write!(text, " Lowest in this data set: {label}.")?;
    }
    if let Some(label) = best(|row| row.expected) {
        write!(text, " Lowest expected: {label}.")?;
    }
    Ok(())
}

fn ranking_table(figure: &crate::Ranking) -> Table {
    let digits = Digits::of(&figure.x);
    let rows = figure.rows.iter().map(|row| {
        vec![
            row.label.clone(),
            digits.cell_or_empty(row.here),
            digits.cell_or_empty(row.expected),
            row.missing.clone(),
        ]
    });
    Table { columns: columns(&["estimator", "this data set", "expected", "remark"]), rows: rows.collect() }
}

fn box_plots_words(figure: &crate::BoxPlots, text: &mut String) -> Written {
    if figure.boxes.is_empty() {
        return write!(text, "Box plots without boxes.");
    }
    let digits = Digits::of(&figure.y);
    write!(
        text,
        "{} of {}.",
        counted(figure.boxes.len(), "box plot", "box plots"),
        titled(&figure.y.title, "values")
    )?;
    for data in &figure.boxes {
        let [low, q1, median, q3, high] = data.five;
        write!(
            text,
            " {}: median {}, middle half {}, whiskers {}, {}",
            data.label,
            digits.say(median),
            digits.range((q1, q3)),
            digits.range((low, high)),
            counted(data.outliers.len(), "outlier", "outliers")
        )?;
        if let Some(expected) = data.expected {
            write!(text, ", expected {}", digits.say(expected))?;
        }
        if let Some(here) = data.here {
            write!(text, ", this data set {}", digits.say(here))?;
        }
        text.push('.');
    }
    rules_words(&figure.rules, &figure.y, &figure.y, text)
}

fn box_plots_table(figure: &crate::BoxPlots) -> Table {
    let digits = Digits::of(&figure.y);
    let rows = figure.boxes.iter().map(|data| {
        let mut cells = vec![data.label.clone()];
        cells.extend(data.five.iter().map(|value| digits.cell(*value)));
        cells.push(data.outliers.len().to_string());
        cells.push(digits.cell_or_empty(data.here));
        cells.push(digits.cell_or_empty(data.expected));
        cells
    });
    let names = [
        "estimator",
        "lower whisker",
        "lower quartile",
        "median",
        "upper quartile",
        "upper whisker",
        "outliers",
        "this data set",
        "expected",
    ];
    Table { columns: columns(&names), rows: rows.collect() }
}

fn forest_words(figure: &crate::Forest, text: &mut String) -> Written {
    let rows = || figure.groups.iter().flat_map(|group| group.rows.iter().chain(&group.rest));
    let num_rows = rows().count();
    if num_rows == 0 {
        return write!(text, "Forest plot without units.");
    }
    let digits = Digits::of(&figure.x);
    let num_groups =
        figure.groups.iter().filter(|group| !group.rows.is_empty() || !group.rest.is_empty()).count();
    write!(
        text,
        "Forest plot: {} in {}, each from its measurement to its estimate.",
        counted(num_rows, "unit", "units"),
        counted(num_groups, "group", "groups")
    )?;
    if let (Some(measured), Some(estimates)) =
        (extent(rows().map(|row| row.measured)), extent(rows().map(|row| row.estimate)))
    {
        write!(text, " Measurements {}, estimates {}.", digits.range(measured), digits.range(estimates))?;
    }
    let drawn = || figure.groups.iter().filter(|group| !group.rows.is_empty());
    let num_drawn: usize = drawn().map(|group| group.rows.len()).sum();
    if num_drawn < num_rows {
        let groups = counted(drawn().count(), "group", "groups");
        write!(text, " Drawn: {} in {groups}.", counted(num_drawn, "unit", "units"))?;
    }
    for group in drawn() {
        write!(
            text,
            " {} ({}): mean {}, interval {}",
            group.label,
            group.rows.len() + group.rest.len(),
            digits.say(group.center),
            digits.range(group.band)
        )?;
        if let Some(estimates) = extent(group.rows.iter().chain(&group.rest).map(|row| row.estimate)) {
            write!(text, ", estimates {}", digits.range(estimates))?;
        }
        text.push('.');
    }
    let truths = rows().filter_map(|row| row.truth.map(|truth| (row.interval, truth)));
    let (covered, known) = truths.fold((0, 0), |(covered, known), ((low, high), truth)| {
        (covered + usize::from(low <= truth && truth <= high), known + 1)
    });
    if known > 0 {
        write!(text, " {covered} of {known} intervals contain the truth.")?;
    }
    Ok(())
}

fn forest_table(figure: &crate::Forest) -> Table {
    let digits = Digits::of(&figure.x);
    let mut names = columns(&["group", "unit", "measured", "estimate", "lower", "upper"]);
    let has_truth = figure.groups.iter().flat_map(|group| &group.rows).any(|row| row.truth.is_some());
    if has_truth {
        names.push("truth".to_owned());
    }
    let of_group = |group| forest_rows(group).into_iter().map(move |row| (group, row));
    let rows = figure.groups.iter().flat_map(of_group);
    let rows = rows.map(|(group, row)| {
        let mut cells = vec![
            group.label.clone(),
            (row.unit + 1).to_string(),
            digits.cell(row.measured),
            digits.cell(row.estimate),
            digits.cell(row.interval.0),
            digits.cell(row.interval.1),
        ];
        if has_truth {
            cells.push(digits.cell_or_empty(row.truth));
        }
        cells
    });
    Table { columns: names, rows: rows.collect() }
}

/// All units of a group: as they are drawn, or where some are not in the order of the data.
fn forest_rows(group: &crate::ForestGroup) -> Vec<&crate::ForestRow> {
    let mut rows: Vec<&crate::ForestRow> = group.rows.iter().chain(&group.rest).collect();
    if !group.rest.is_empty() {
        rows.sort_unstable_by_key(|row| row.unit);
    }
    rows
}

fn ridges_words(figure: &crate::Ridges, text: &mut String) -> Written {
    if figure.rows.is_empty() {
        return write!(text, "Posterior densities: none yet.");
    }
    let digits = Digits::of(&figure.x);
    let (drawn, num_rows) = (figure.drawn_rows(), figure.rows.len());
    write!(text, "{}.", counted(num_rows, "posterior density", "posterior densities"))?;
    if drawn.len() < num_rows {
        write!(text, " Drawn: {} of them.", drawn.len())?;
    }
    for row in drawn {
        write!(
            text,
            " {}: median {}, inner interval {}, outer interval {}",
            row.label,
            digits.say(row.median),
            digits.range(row.inner),
            digits.range(row.outer)
        )?;
        if let Some(truth) = row.truth {
            write!(text, ", truth {}", digits.say(truth))?;
        }
        text.push('.');
    }
    axis_words("horizontal", &figure.x, text)
}

fn ridges_table(figure: &crate::Ridges) -> Table {
    let digits = Digits::of(&figure.x);
    let rows = figure.rows.iter().map(|row| {
        vec![
            row.label.clone(),
            digits.cell(row.median),
            digits.cell(row.inner.0),
            digits.cell(row.inner.1),
            digits.cell(row.outer.0),
            digits.cell(row.outer.1),
            digits.cell_or_empty(row.truth),
        ]
    });
    let names = ["parameter", "median", "inner lower", "inner upper", "outer lower", "outer upper", "truth"];
    Table { columns: columns(&names), rows: rows.collect() }
}

fn scatter_words(figure: &crate::Scatter, text: &mut String) -> Written {
    if figure.xs.is_empty() {
        return write!(text, "Scatter plot without units.");
    }
    let (x, y) = (Digits::of(&figure.x), Digits::of(&figure.y));
    write!(
        text,
        "Scatter plot of {}: {} across, {} up.",
        counted(figure.xs.len(), "unit", "units"),
        titled(&figure.x.title, "x"),
        titled(&figure.y.title, "y")
    )?;
    if let Some(range) = extent(figure.xs.iter().copied()) {
        write!(text, " Across: {}.", x.range(range))?;
    }
    for series in &figure.series {
        if let Some(range) = extent(series.ys.iter().copied()) {
            write!(text, " {}: {}.", series.label, y.range(range))?;
        }
    }
    if figure.identity {
        text.push_str(" A dashed line marks where both are equal.");
    }
    Ok(())
}

fn scatter_table(figure: &crate::Scatter) -> Table {
    let (x, y) = (Digits::of(&figure.x), Digits::of(&figure.y));
    let mut names = vec!["unit".to_owned(), titled(&figure.x.title, "x")];
    names.extend(figure.series.iter().map(|series| series.label.clone()));
    let rows = figure.xs.iter().enumerate().map(|(i, value)| {
        let mut cells =
            vec![figure.units.get(i).map_or_else(String::new, |unit| (unit + 1).to_string()), x.cell(*value)];
        cells.extend(figure.series.iter().map(|series| y.cell_or_empty(series.ys.get(i).copied())));
        cells
    });
    Table { columns: names, rows: rows.collect() }
}

fn histograms_words(figure: &crate::Histograms, text: &mut String) -> Written {
    if figure.panels.is_empty() {
        return write!(text, "Histograms: none yet.");
    }
    let digits = Digits::of(&figure.x);
    write!(
        text,
        "{} of {}.",
        counted(figure.panels.len(), "histogram", "histograms"),
        titled(&figure.x.title, "values")
    )?;
    for panel in &figure.panels {
        let total: u64 = panel.counts.iter().map(|count| u64::from(*count)).sum();
        write!(text, " {}: {total} in all", panel.label)?;
        let edge = |i: usize| panel.bin_start + panel.bin_width * i as f64;
        let filled = |i: &usize| panel.counts[*i] > 0;
        let bins = 0..panel.counts.len();
        if let (Some(first), Some(last)) = (bins.clone().find(filled), bins.clone().rfind(filled)) {
            write!(text, ", from {}", digits.range((edge(first), edge(last + 1))))?;
        }
        if let Some(mode) =
            bins.filter(filled).reduce(|a, b| if panel.counts[b] > panel.counts[a] { b } else { a })
        {
            write!(
                text,
                ", most ({}) from {}",
                panel.counts[mode],
                digits.range((edge(mode), edge(mode + 1)))
            )?;
        }
        if let Some(mean) = panel.mean {
            write!(text, ", mean {}", digits.say(mean))?;
        }
        text.push('.');
    }
    Ok(())
}

fn histograms_table(figure: &crate::Histograms) -> Table {
    let digits = Digits::of(&figure.x);
    let mut rows = Vec::new();
    for panel in &figure.panels {
        let edge = |i: usize| digits.cell(panel.bin_start + panel.bin_width * i as f64);
        rows.extend(
            panel
                .counts
                .iter()
                .enumerate()
                .map(|(i, count)| vec![panel.label.clone(), edge(i), edge(i + 1), count.to_string()]),
        );
    }
    Table { columns: columns(&["histogram", "from", "to", "count"]), rows }
}

fn traces_words(figure: &crate::Traces, text: &mut String) -> Written {
    if figure.chains.iter().all(Vec::is_empty) {
        return write!(text, "Traces: no draws yet.");
    }
    let digits = Digits::of(&figure.y);
    write!(
        text,
        "Traces of {} over {} to {} iterations.",
        counted(figure.chains.len(), "chain", "chains"),
        worded(figure.x.min, 0),
        worded(figure.x.max, 0)
    )?;
    if figure.warmup_end > 0.0 {
        write!(text, " Warmup ends at iteration {}.", worded(figure.warmup_end, 0))?;
    }
    for (chain, points) in figure.chains.iter().enumerate() {
        if let Some(range) = extent(points.iter().map(|p| f64::from(p.1))) {
            write!(text, " Chain {}: {}.", chain + 1, digits.range(range))?;
        }
    }
    Ok(())
}

fn traces_table(figure: &crate::Traces) -> Table {
    let digits = Digits::of(&figure.y);
    let rows = figure.chains.iter().enumerate().flat_map(|(chain, points)| {
        points.iter().map(move |p| {
            vec![(chain + 1).to_string(), tabular(f64::from(p.0), 0), digits.cell(f64::from(p.1))]
        })
    });
    Table {
        columns: vec!["chain".to_owned(), "iteration".to_owned(), titled(&figure.y.title, "value")],
        rows: rows.collect(),
    }
}

fn ranks_words(figure: &crate::Ranks, text: &mut String) -> Written {
    if figure.counts.iter().all(Vec::is_empty) {
        return write!(text, "Rank plot: no draws yet.");
    }
    let say = |count: f64| worded(count, usize::from(count.fract() != 0.0));
    write!(
        text,
        "Rank plot of {} in {}. If the chains agree, {} draws a bin are expected and 95 % of the counts lie from {} to {}.",
        counted(figure.counts.len(), "chain", "chains"),
        counted(figure.counts.iter().map(Vec::len).max().unwrap_or(0), "bin", "bins"),
        say(figure.expected),
        say(figure.band.0),
        say(figure.band.1)
    )?;
    for (chain, counts) in figure.counts.iter().enumerate() {
        let (Some(least), Some(most)) = (counts.iter().min(), counts.iter().max()) else { continue };
        let is_below = |count: &u32| f64::from(*count) < figure.band.0;
        let is_above = |count: &u32| f64::from(*count) > figure.band.1;
        let side = |count: &u32| match (is_below(count), is_above(count)) {
            (true, _) => ", below the band",
            (_, true) => ", above the band",
            _ => "",
        };
        let num_outside = counts.iter().filter(|count| is_below(count) || is_above(count)).count();
        write!(
            text,
            " Chain {}: smallest count {least}{}; largest {most}{}; {num_outside} of {} outside the band.",
            chain + 1,
            side(least),
            side(most),
            counts.len()
        )?;
    }
    axis_words("horizontal", &figure.x, text)
}

fn ranks_table(figure: &crate::Ranks) -> Table {
    let digits = Digits::of(&figure.x);
    let mut rows = Vec::new();
    for (chain, counts) in figure.counts.iter().enumerate() {
        let width = (figure.x.max - figure.x.min) / counts.len().max(1) as f64;
        let edge = |i: usize| digits.cell(figure.x.min + width * i as f64);
        rows.extend(
            counts
                .iter()
                .enumerate()
                .map(|(i, count)| vec![(chain + 1).to_string(), edge(i), edge(i + 1), count.to_string()]),
        );
    }
    Table { columns: columns(&["chain", "bin from", "bin to", "count"]), rows }
}

fn trajectory_words(figure: &crate::Trajectory, text: &mut String) -> Written {
    let (x, y) = (Digits::of(&figure.x), Digits::of(&figure.y));
    let place = |p: (f64, f64)| format!("{} across, {} up", x.say(p.0), y.say(p.1));
    write!(
        text,
        "A trajectory over two parameters: {} across, {} up. It starts at {}.",
        titled(&figure.x.title, "x"),
        titled(&figure.y.title, "y"),
        place(figure.start)
    )?;
    if figure.steps.is_empty() {
        text.push_str(" No steps yet.");
    } else {
        let num_doublings =
            figure.steps.iter().map(|step| step.doubling.saturating_add(1)).max().unwrap_or(0);
        let num_forward = figure.steps.iter().filter(|step| step.forward).count();
        write!(
            text,
            " {} in {num_doublings} {}: {num_forward} forward, {} backward.",
            counted(figure.steps.len(), "step", "steps"),
            if num_doublings == 1 { "doubling" } else { "doublings" },
            figure.steps.len() - num_forward
        )?;
        let mut diverged = figure.steps.iter().enumerate().filter(|(_, step)| step.diverged).peekable();
        if diverged.peek().is_none() {
            text.push_str(" None diverged.");
        }
        for (i, step) in diverged {
            write!(text, " Step {} diverged, at {}.", i + 1, place(step.at))?;
        }
    }
    if let Some(chosen) = figure.chosen {
        let (dx, dy) = (chosen.0 - figure.start.0, chosen.1 - figure.start.1);
        write!(
            text,
            " The next draw is at {}: {} to the {} of the start and {} {} it.",
            place(chosen),
            x.say(dx.abs()),
            if dx < 0.0 { "left" } else { "right" },
            y.say(dy.abs()),
            if dy < 0.0 { "below" } else { "above" }
        )?;
    }
    if !figure.draws.is_empty() {
        write!(text, " {}.", counted(figure.draws.len(), "earlier draw", "earlier draws"))?;
    }
    if let Some(truth) = figure.truth {
        write!(text, " The truth is at {}.", place(truth))?;
    }
    let mut masses = figure.contours.iter().map(|contour| worded(100.0 * contour.mass, 0)).peekable();
    if masses.peek().is_some() {
        write!(text, " Contours hold {} % of the probability.", masses.collect::<Vec<_>>().join(", "))?;
    }
    axis_words("horizontal", &figure.x, text)?;
    axis_words("vertical", &figure.y, text)
}

fn trajectory_table(figure: &crate::Trajectory) -> Table {
    let (x, y) = (Digits::of(&figure.x), Digits::of(&figure.y));
    let row = |step: String, doubling: String, direction: &str, at: (f64, f64), diverged: &str| {
        vec![step, doubling, direction.to_owned(), x.cell(at.0), y.cell(at.1), diverged.to_owned()]
    };
    let mut rows = vec![row("0".to_owned(), String::new(), "start", figure.start, "")];
    rows.extend(figure.steps.iter().enumerate().map(|(i, step)| {
        row(
            (i + 1).to_string(),
            step.doubling.saturating_add(1).to_string(),
            if step.forward { "forward" } else { "backward" },
            step.at,
            if step.diverged { "yes" } else { "no" },
        )
    }));
    rows.extend(figure.chosen.map(|chosen| row(String::new(), String::new(), "next draw", chosen, "")));
    let (x_title, y_title) = (titled(&figure.x.title, "x"), titled(&figure.y.title, "y"));
    Table { columns: columns(&["step", "doubling", "direction", &x_title, &y_title, "diverged"]), rows }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_without_a_value_are_left_out() {
        let row = |cells: &[&str]| columns(cells);
        let table = Table {
            columns: columns(&["school", "y", "truth"]),
            rows: vec![row(&["1", "0.5", ""]), row(&["2", "", ""])],
        };
        let kept = table.without_empty_columns();
        assert_eq!(kept.columns, ["school", "y"]);
        assert_eq!(kept.rows, [["1", "0.5"], ["2", ""]]);
        let nothing_yet = Table { columns: columns(&["school"]), rows: Vec::new() };
        assert_eq!(nothing_yet.clone().without_empty_columns(), nothing_yet);
    }

    #[test]
    fn csv_quotes_what_needs_it() {
        let table = Table {
            columns: columns(&["estimator", "loss"]),
            rows: vec![columns(&["\"Stein\", positive part", "1.5"]), columns(&["MLE", ""])],
        };
        assert_eq!(table.csv(), "estimator,loss\r\n\"\"\"Stein\"\", positive part\",1.5\r\nMLE,\r\n");
    }
}
