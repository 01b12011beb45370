//! Figure data and functions that draw them on any `plotters` backend.
//!
//! A [`Figure`] is plain data, already binned, smoothed and thinned, with its
//! axis ranges and labels. [`draw`] chooses no range and computes no
//! statistic, and the same figure gives the same picture on every backend.
//! [`describe`] and [`table`] say the same in words and numbers. Only
//! [`contours`] computes: it makes level lines for who fills a figure.
//!
//! # The drawing grid
//! Backends of `plotters` take whole numbers, too coarse at one to a CSS
//! pixel. All coordinates, radii, stroke widths and font sizes that a backend
//! receives are therefore in units of 1/[`UNITS_PER_PX`] CSS pixel: a picture
//! of 600 × 400 CSS pixels is a backend of size 4800 × 3200, a stroke of 1.5
//! pixels has width 12, and type of 12 pixels has size 96. A canvas backend
//! scales its context by `device_pixel_ratio / UNITS_PER_PX`; [`Svg`] has a
//! `viewBox`. [`Lettering`] says how text is to be set.
//!
//! ```
//! use plots::{Axis, Figure, Scatter, Theme, View, natural_height, svg};
//! let figure = Figure::Scatter(Scatter {
//!     x: Axis::linear(-3.0, 3.0, "truth μ"),
//!     y: Axis::linear(-3.0, 3.0, "estimate"),
//!     xs: vec![1.0],
//!     units: vec![0],
//!     drawn: vec![],
//!     series: vec![],
//!     identity: true,
//! });
//! let view = View { theme: Theme::DARK, highlight: None };
//! let height = natural_height(&figure, 360.0, view.theme.scale);
//! assert!(svg(&figure, &view, 360.0, height, "Estimates").contains("estimate"));
//! ```

mod axes;
mod box_plots;
mod cloud;
mod contours;
mod curves;
mod figure;
mod fixed_metrics;
mod forest;
mod heat_map;
mod histograms;
mod labels;
mod node_grid;
mod numbers;
mod pen;
mod ranking;
mod ranks;
mod ridges;
mod scatter;
mod sheet;
mod slopegraph;
mod steps;
mod svg;
mod theme;
mod traces;
mod trajectory;
mod tween;
mod words;

pub use cloud::{Band, Cloud, CloudUnit};
pub use contours::{Grid, Polyline, contours, mass_contours, mass_levels};
pub use figure::*;
pub use fixed_metrics::{ASCENT, CAP_HEIGHT, DESCENT, FixedMetrics, Lettering, Weight, text_width};
pub use node_grid::{NodeCell, NodeColumn, NodeGrid, NodeRow};
pub use sheet::{Caption, draw_sheet, sheet_height, svg_sheet};
pub use svg::{Svg, svg};
pub use theme::{Color, FONT_FAMILY, Mark, Theme};
pub use tween::tween;
pub use words::{Table, describe, table};

use pen::Pen;
use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, DrawingAreaErrorKind};
use plotters::prelude::DrawingBackend;

/// Units of the drawing grid in one CSS pixel.
pub const UNITS_PER_PX: i32 = 8;

/// What a drawing depends on besides the figure and its size.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct View {
    /// Colors and sizes.
    pub theme: Theme,
    /// Index of the unit that is drawn strongly, the others faded; `None`: all alike.
    pub highlight: Option<u32>,
}

/// Where a unit is drawn: pointing within `radius` of it points at the unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HotSpot {
    /// Index of the unit in the data, the same in all figures.
    pub unit: u32,
    /// CSS pixels from the left edge of the figure.
    pub x: f64,
    /// CSS pixels from the top edge of the figure.
    pub y: f64,
    /// Reach, in CSS pixels. Of several spots in reach the nearest counts.
    pub radius: f64,
    /// What dragging the unit a CSS pixel to the right and one down adds to its place, in the units of the
    /// axes; `None` if it cannot be dragged.
    pub grip: Option<(f64, f64)>,
}

impl HotSpot {
    /// How far the unit is moved, in the units of the axes, by a hand that moves so many CSS pixels to the right
    /// and down; `None` if it cannot be dragged.
    #[must_use]
    pub fn moved(&self, (right, down): (f64, f64)) -> Option<(f64, f64)> {
        self.grip.map(|(across, up)| (across * right, up * down))
    }
}

/// The spot by which a hand at (`x`, `y`), in CSS pixels within the figure, takes hold of a unit that can be
/// dragged: the nearest within its reach and `slack` pixels more, for a finger is broader than a pointer.
pub fn grip_at(spots: &[HotSpot], x: f64, y: f64, slack: f64) -> Option<HotSpot> {
    let distance = |spot: &HotSpot| (spot.x - x).hypot(spot.y - y);
    let in_reach = |spot: &&HotSpot| spot.grip.is_some() && distance(spot) <= spot.radius + slack;
    spots.iter().filter(in_reach).min_by(|a, b| distance(a).total_cmp(&distance(b))).copied()
}

/// The unit within whose reach (`x`, `y`) lies, in CSS pixels within the
/// figure: the nearest, and of equally near ones the one in front.
pub fn unit_at(spots: &[HotSpot], x: f64, y: f64) -> Option<u32> {
    let distance = |spot: &HotSpot| (spot.x - x).hypot(spot.y - y);
    spots
        .iter()
        .filter(|spot| distance(spot) <= spot.radius)
        .reduce(|best, spot| if distance(spot) <= distance(best) { spot } else { best })
        .map(|spot| spot.unit)
}

/// Draws the figure over all of `area` and returns where its units are, from
/// back to front. Same input, same picture, on every backend.
///
/// `area` is in units ([`UNITS_PER_PX`] to a CSS pixel) and decides the layout:
/// a narrow area gets fewer ticks and short labels. The background is left as
/// it is ([`Theme::card`] is what the colors are made for). What is not finite
/// or lies beyond an axis is left out or cut at the frame.
///
/// # Errors
/// Those of the backend; after the first one nothing more is drawn.
pub fn draw<DB: DrawingBackend>(
    figure: &Figure,
    view: &View,
    area: &DrawingArea<DB, Shift>,
) -> Result<Vec<HotSpot>, DrawingAreaErrorKind<DB::ErrorType>> {
    pen::on(area, view, |pen| draw_figure(figure, pen)).map(|(_, spots)| spots)
}

/// As [`draw`], for the kinds of figures that a page is likely to begin with; `None` for all others, and nothing is
/// drawn. A program that draws these alone is a good deal smaller.
///
/// # Errors
/// As [`draw`].
pub fn draw_common<DB: DrawingBackend>(
    figure: &Figure,
    view: &View,
    area: &DrawingArea<DB, Shift>,
) -> Result<Option<Vec<HotSpot>>, DrawingAreaErrorKind<DB::ErrorType>> {
    let (is_drawn, spots) = pen::on(area, view, |pen| draw_if_common(figure, pen))?;
    Ok(is_drawn.then_some(spots))
}

fn draw_if_common(figure: &Figure, pen: &mut Pen<'_>) -> bool {
    match figure {
        Figure::Curves(figure) => curves::draw(figure, pen),
        Figure::Forest(figure) => forest::draw(figure, pen),
        Figure::Ranking(figure) => ranking::draw(figure, pen),
        Figure::Ridges(figure) => ridges::draw(figure, pen),
        _ => return false,
    }
    true
}

fn draw_figure(figure: &Figure, pen: &mut Pen<'_>) {
    match figure {
        Figure::Slopegraph(figure) => slopegraph::draw(figure, pen),
        Figure::Curves(figure) => curves::draw(figure, pen),
        Figure::Ranking(figure) => ranking::draw(figure, pen),
        Figure::BoxPlots(figure) => box_plots::draw(figure, pen),
        Figure::Forest(figure) => forest::draw(figure, pen),
        Figure::Ridges(figure) => ridges::draw(figure, pen),
        Figure::Scatter(figure) => scatter::draw(figure, pen),
        Figure::Histograms(figure) => histograms::draw(figure, pen),
        Figure::Traces(figure) => traces::draw(figure, pen),
        Figure::Ranks(figure) => ranks::draw(figure, pen),
        Figure::Trajectory(figure) => trajectory::draw(figure, pen),
        Figure::HeatMap(figure) => heat_map::draw(figure, pen),
        Figure::Steps(figure) => steps::draw(figure, pen),
        Figure::Cloud(figure) => cloud::draw(figure, pen),
        Figure::NodeGrid(figure) => node_grid::draw(figure, pen),
    }
}

/// Draws the mark of `role` in the middle of `area`, for a legend beside figures.
///
/// # Errors
/// Those of the backend.
pub fn draw_mark<DB: DrawingBackend>(
    role: Role,
    theme: &Theme,
    area: &DrawingArea<DB, Shift>,
) -> Result<(), DrawingAreaErrorKind<DB::ErrorType>> {
    let view = View { theme: *theme, highlight: None };
    let mark = |pen: &mut Pen<'_>| {
        let center = (pen.width / 2.0, pen.height / 2.0);
        pen.mark(role, center, (0.36 * pen.height).min(1.3 * theme.mark_radius()), 1.0);
    };
    pen::on(area, &view, mark).map(drop)
}

/// Height in CSS pixels at which the figure looks best when it is `width` CSS
/// pixels wide and its theme has this `scale`. Any other height works too.
pub fn natural_height(figure: &Figure, width: f64, scale: f64) -> f64 {
    let height = match figure {
        Figure::Slopegraph(figure) => slopegraph::natural_height(figure, scale),
        Figure::Curves(figure) => curves::natural_height(figure, width, scale),
        Figure::Ranking(figure) => ranking::natural_height(figure, width, scale),
        Figure::BoxPlots(_) => box_plots::natural_height(width, scale),
        Figure::Forest(figure) => forest::natural_height(figure, scale),
        Figure::Ridges(figure) => ridges::natural_height(figure, scale),
        Figure::Scatter(_) => scatter::natural_height(width, scale),
        Figure::Histograms(figure) => histograms::natural_height(figure, scale),
        Figure::Traces(figure) => traces::natural_height(figure, width, scale),
        Figure::Ranks(figure) => ranks::natural_height(figure, width, scale),
        Figure::Trajectory(_) => trajectory::natural_height(width, scale),
        Figure::HeatMap(figure) => heat_map::natural_height(figure, width, scale),
        Figure::Steps(figure) => steps::natural_height(figure, width, scale),
        Figure::Cloud(_) => cloud::natural_height(width, scale),
        Figure::NodeGrid(figure) => node_grid::natural_height(figure, width, scale),
    };
    height.round()
}
