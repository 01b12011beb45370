//! A tree of levels, node by node: a column a feature, a row a node, each an estimate with its interval.

use std::fmt::Write;

use crate::axes::{Mapping, axis_height, draw_x_axis, x_axis_height};
use crate::pen::{Frame, Pen, fit, stroke};
use crate::theme::Color;
use crate::tween::Between;
use crate::words::{Digits, Written, axis_words, counted};
use crate::{Axis, Role, Table};
use plotters::style::Color as _;
use serde::{Deserialize, Serialize};

/// Estimates of the nodes of a tree for several features on one common axis.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NodeGrid {
    /// The axis of every column.
    pub x: Axis,
    /// The nodes from top to bottom.
    pub rows: Vec<NodeRow>,
    /// Features from left to right; each has a cell for every row.
    pub columns: Vec<NodeColumn>,
}

/// A row of a [`NodeGrid`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NodeRow {
    /// Name of the node.
    pub label: String,
    /// How far from the leaves: 0 for a leaf, which is drawn smaller and named in lighter ink.
    pub level: u32,
}

/// A feature of a [`NodeGrid`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NodeColumn {
    /// Name of the feature.
    pub label: String,
    /// One cell a row; `None` where there is nothing to show.
    pub cells: Vec<Option<NodeCell>>,
}

/// The estimate of one node for one feature.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct NodeCell {
    /// The estimate: blue above 0, orange below.
    pub estimate: f64,
    /// Its interval.
    pub interval: (f64, f64),
    /// How sure its sign is, 0 to 1; the ink is paler the less.
    pub certainty: f64,
    /// The measurement, an open circle; `None` for none.
    pub measured: Option<f64>,
    /// The truth; `None` if hidden or unknown.
    pub truth: Option<f64>,
}

/// Height of a row, at scale 1.
const PITCH: f64 = 17.0;
/// Height of a feature's name, at scale 1.
const HEAD: f64 = 20.0;
/// Space between blocks of columns, at scale 1.
const BLOCK_GAP: f64 = 8.0;
/// Narrowest column, at scale 1.
const MIN_COLUMN: f64 = 96.0;
/// Width kept for the names of rows, as a share at most and in CSS pixels at scale 1.
const LABEL: (f64, f64) = (0.3, 96.0);

/// Columns side by side, and how many such blocks there are.
fn blocks(figure: &NodeGrid, width: f64, scale: f64) -> (usize, usize) {
    let num_columns = figure.columns.len().max(1);
    let room = width - (LABEL.0 * width).min(LABEL.1 * scale);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few columns")]
    let most = (room / (MIN_COLUMN * scale)).floor().clamp(1.0, 6.0) as usize;
    let num_blocks = num_columns.div_ceil(most);
    // As even as possible.
    (num_columns.div_ceil(num_blocks), num_blocks)
}

pub(crate) fn natural_height(figure: &NodeGrid, width: f64, scale: f64) -> f64 {
    let (_, num_blocks) = blocks(figure, width, scale);
    let rows = PITCH * figure.rows.len().max(1) as f64;
    let axis = axis_height(1.0, &figure.x);
    (num_blocks as f64 * (HEAD + rows + axis + BLOCK_GAP) - BLOCK_GAP) * scale
}

pub(crate) fn draw(figure: &NodeGrid, pen: &mut Pen<'_>) {
    let scale = pen.theme.scale;
    let (per_block, num_blocks) = blocks(figure, pen.width, scale);
    let how = pen.small();
    let widest = figure.rows.iter().map(|row| how.width(&row.label)).fold(0.0, f64::max);
    let left = (widest + 10.0 * scale).min(LABEL.0 * pen.width);
    let column_width = (pen.width - left) / per_block as f64;
    let block_height = (pen.height + BLOCK_GAP * scale) / num_blocks as f64;
    for (block, columns) in figure.columns.chunks(per_block).enumerate() {
        let top = block_height * block as f64 + HEAD * scale;
        let bottom = block_height * (block + 1) as f64 - BLOCK_GAP * scale - x_axis_height(pen, &figure.x);
        let pitch = (bottom - top) / figure.rows.len().max(1) as f64;
        for (k, row) in figure.rows.iter().enumerate() {
            let ink = if row.level == 0 { pen.theme.muted } else { pen.theme.ink };
            let how = crate::pen::Type { ink: ink.to_rgba(), ..how };
            let text = fit(&row.label, how.size, how.weight, left - 6.0 * scale).into_owned();
            pen.text_mid(0.0, top + pitch * (k as f64 + 0.5), &text, how);
        }
        for (i, column) in columns.iter().enumerate() {
            let start = left + column_width * i as f64;
            let frame =
                Frame { left: start + 5.0 * scale, top, right: start + column_width - 7.0 * scale, bottom };
            draw_column(figure, column, pen, (frame, pitch));
        }
    }
}

fn draw_column(figure: &NodeGrid, column: &NodeColumn, pen: &mut Pen<'_>, (frame, pitch): (Frame, f64)) {
    let scale = pen.theme.scale;
    let x = Mapping::new(&figure.x, frame.left, frame.right);
    draw_x_axis(pen, &figure.x, frame);
    let label = pen.label();
    let text = fit(&column.label, label.size, label.weight, frame.width()).into_owned();
    pen.text(frame.left, frame.top - 6.0 * scale, &text, label);
    pen.clip(frame);
    let zero = x.at(0.0).floor() + 0.5;
    pen.line((zero, frame.top), (zero, frame.bottom), stroke(pen.theme.muted, 0.7, pen.theme.grid_width()));
    for (k, (row, cell)) in figure.rows.iter().zip(&column.cells).enumerate() {
        let Some(cell) = cell else { continue };
        let y = frame.top + pitch * (k as f64 + 0.5);
        let color = ink(cell.estimate, pen);
        let alpha = 0.35 + 0.65 * cell.certainty.clamp(0.0, 1.0);
        let (radius, width) = if row.level == 0 { (2.3, 1.1) } else { (3.4, 2.0) };
        let radius = (radius * scale).min(0.42 * pitch);
        let how = stroke(color, 0.85 * alpha, width * scale);
        pen.line((x.at(cell.interval.0), y), (x.at(cell.interval.1), y), how);
        if let Some(measured) = cell.measured {
            pen.mark(Role::Mle, (x.at(measured), y), 0.8 * radius, 0.8);
        }
        // Card behind, so that a pale mark does not let its own bar shine through.
        pen.dot((x.at(cell.estimate), y), radius, pen.theme.card.to_rgba());
        pen.dot((x.at(cell.estimate), y), radius, color.mix(alpha));
        if let Some(truth) = cell.truth {
            pen.mark(Role::Truth, (x.at(truth), y), (0.3 * pitch).min(3.6 * scale), 1.0);
        }
    }
    pen.unclip();
}

fn ink(estimate: f64, pen: &Pen<'_>) -> Color {
    if estimate < 0.0 { pen.theme.mle } else { pen.theme.bayes }
}

impl Between for NodeGrid {
    fn set_between(&mut self, from: &Self, t: f64) -> bool {
        self.rows == from.rows && self.x.set_between(&from.x, t) && self.columns.set_between(&from.columns, t)
    }
}

impl Between for NodeColumn {
    fn set_between(&mut self, from: &Self, t: f64) -> bool {
        self.cells.set_between(&from.cells, t)
    }
}

impl Between for NodeCell {
    fn set_between(&mut self, from: &Self, t: f64) -> bool {
        self.estimate.set_between(&from.estimate, t)
            && self.interval.set_between(&from.interval, t)
            && self.certainty.set_between(&from.certainty, t)
            && self.measured.set_between(&from.measured, t)
            && self.truth.set_between(&from.truth, t)
    }
}

pub(crate) fn words(figure: &NodeGrid, text: &mut String) -> Written {
    if figure.columns.is_empty() || figure.rows.is_empty() {
        return write!(text, "A tree without nodes.");
    }
    let digits = Digits::of(&figure.x);
    write!(
        text,
        "Forest plot: {} for each of {}.",
        counted(figure.rows.len(), "node", "nodes"),
        counted(figure.columns.len(), "feature", "features")
    )?;
    for column in &figure.columns {
        write!(text, " {}:", column.label)?;
        let upper = figure.rows.iter().zip(&column.cells).filter(|(row, _)| row.level > 0);
        let told: Vec<String> = upper
            .filter_map(|(row, cell)| {
                let NodeCell { estimate, interval: (low, high), .. } = (*cell)?;
                Some(format!(
                    " {} {} ({} to {})",
                    row.label,
                    digits.say(estimate),
                    digits.say(low),
                    digits.say(high)
                ))
            })
            .collect();
        write!(text, "{}.", told.join(","))?;
    }
    axis_words("horizontal", &figure.x, text)
}

pub(crate) fn table(figure: &NodeGrid) -> Table {
    let digits = Digits::of(&figure.x);
    let names = ["feature", "node", "estimate", "lower", "upper", "measured", "truth"];
    let mut rows = Vec::new();
    for column in &figure.columns {
        for (row, cell) in figure.rows.iter().zip(&column.cells) {
            let Some(cell) = cell else { continue };
            rows.push(vec![
                column.label.clone(),
                row.label.clone(),
                digits.cell(cell.estimate),
                digits.cell(cell.interval.0),
                digits.cell(cell.interval.1),
                digits.cell_or_empty(cell.measured),
                digits.cell_or_empty(cell.truth),
            ]);
        }
    }
    Table { columns: names.map(str::to_owned).into(), rows }
}
