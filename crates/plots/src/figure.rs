//! The figures: what each shows, as plain data.

use serde::{Deserialize, Serialize};

/// Who a mark stands for. Each has one color and one mark, in every picture,
/// so that neither carries the meaning alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Role {
    /// The true value that made the data: vertical tick.
    Truth,
    /// Maximum likelihood, no pooling: open circle.
    Mle,
    /// Posterior mean, partial pooling: filled circle.
    Bayes,
    /// James–Stein and other empirical Bayes rules: triangle.
    JamesStein,
    /// Region mean, complete pooling: square.
    RegionMean,
    /// The naive estimate 0: cross.
    Zero,
    /// A prior, an axis, a remark: muted ink, no mark of its own.
    Neutral,
    /// The best possible choice, known only to who knows the truth: diamond.
    Oracle,
}

/// An axis: its range is fixed here, never by the drawing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Axis {
    /// Lower end, in data units.
    pub min: f64,
    /// Upper end, in data units; more than `min`.
    pub max: f64,
    /// Title with the field's symbol and the unit; may be empty.
    pub title: String,
    /// Equal steps in the value or in its logarithm.
    pub scale: Scale,
}

/// How an axis is divided.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Scale {
    /// Equal distances for equal differences.
    #[default]
    Linear,
    /// Equal distances for equal ratios; the range is positive.
    Log,
}

impl Axis {
    /// A linear axis from `min` to `max`.
    pub fn linear(min: f64, max: f64, title: impl Into<String>) -> Self {
        Self { min, max, title: title.into(), scale: Scale::Linear }
    }
}

/// Every unit on rows, a line joining its values from row to row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Slopegraph {
    /// The common horizontal axis.
    pub x: Axis,
    /// Rows from top to bottom, all with the same number of values.
    pub rows: Vec<SlopeRow>,
    /// Group of each unit (0, 1, …), for the color of its line; empty: one group.
    pub groups: Vec<u32>,
    /// Indices of the units that there is room to draw, rising; empty: all. A highlighted one is always drawn.
    pub drawn: Vec<u32>,
}

/// One row of a [`Slopegraph`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SlopeRow {
    /// Name of the row.
    pub label: String,
    /// Whose values they are.
    pub role: Role,
    /// Value of unit `i`.
    pub values: Vec<f64>,
}

/// Lines, areas, marked points and rules on two axes: densities, a parabola of
/// errors, running means.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Curves {
    /// Horizontal axis.
    pub x: Axis,
    /// Vertical axis.
    pub y: Axis,
    /// Whether the vertical axis has numbers (densities need none).
    pub y_labels: bool,
    /// Lines, drawn in this order.
    pub lines: Vec<Line>,
    /// Marked points, drawn over the lines.
    pub points: Vec<Point>,
    /// Rules across the whole frame, below the lines.
    pub rules: Vec<Rule>,
    /// Values with errors, such as simulated ones beside exact lines; drawn over the lines.
    pub dots: Vec<ErrorDots>,
}

/// Values with errors of one estimator in [`Curves`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ErrorDots {
    /// Name in words and table; not in the picture.
    pub label: String,
    /// Whose values they are.
    pub role: Role,
    /// The values, from left to right.
    pub dots: Vec<ErrorDot>,
}

/// One value with its error.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ErrorDot {
    /// Position in data units.
    pub x: f64,
    /// Position in data units.
    pub y: f64,
    /// Standard error of `y`; its bar reaches two of them up and down.
    pub error: f64,
}

/// One line of [`Curves`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// Direct label, set near the line's highest point or its right end; may be empty.
    pub label: String,
    /// Where the label stands.
    pub label_at: LabelAt,
    /// Whose line it is.
    pub role: Role,
    /// Corners in data units, from left to right.
    pub points: Vec<(f64, f64)>,
    /// Whether the area down to the axis is filled.
    pub filled: bool,
    /// Whether the line is dashed.
    pub dashed: bool,
}

/// Where a line's direct label stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LabelAt {
    /// Above its highest point.
    Peak,
    /// At its right end, above the line.
    End,
    /// Wherever it crosses least, from the right end to the left: for lines that run together.
    Along,
    /// Beside the highest point, to the left.
    PeakLeft,
    /// Beside the highest point, to the right.
    PeakRight,
    /// Not in the picture: only in its words and its table.
    Nowhere,
}

/// A marked point.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// Position in data units.
    pub x: f64,
    /// Position in data units.
    pub y: f64,
    /// Whose point it is; gives mark and color.
    pub role: Role,
    /// Direct label; may be empty.
    pub label: String,
    /// Where the label stands seen from the point.
    pub label_side: Side,
}

/// A side of a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Side {
    /// Above.
    Above,
    /// Below.
    Below,
    /// To the left.
    Left,
    /// To the right.
    Right,
}

/// A straight rule across the frame.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rule {
    /// Vertical or horizontal.
    pub direction: Direction,
    /// Where, in data units.
    pub at: f64,
    /// Whose rule it is.
    pub role: Role,
    /// Label at its end; may be empty.
    pub label: String,
}

/// Direction of a [`Rule`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Direction {
    /// A constant x.
    Vertical,
    /// A constant y.
    Horizontal,
}

/// One row an estimator: its loss on this data set, its expected loss, and if
/// there were repeats the distribution of losses.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ranking {
    /// Axis of the losses.
    pub x: Axis,
    /// Rows from top to bottom.
    pub rows: Vec<RankingRow>,
    /// Explains the two numbers at the right, such as "this data · exact average".
    pub note: String,
}

/// One estimator in a [`Ranking`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RankingRow {
    /// Name of the estimator.
    pub label: String,
    /// Its color and mark.
    pub role: Role,
    /// Its loss on this data set; `None` where it is not defined.
    pub here: Option<f64>,
    /// Its expected loss; `None` where there is no closed form.
    pub expected: Option<f64>,
    /// Density of the losses over repeats as (loss, height), heights relative
    /// to 1; drawn as a ridge. Empty: a bar up to `here` is drawn instead.
    pub ridge: Vec<(f64, f64)>,
    /// First number at the right, bold.
    pub here_text: String,
    /// Second number at the right, muted.
    pub expected_text: String,
    /// Shown in place of everything where the estimator is not defined.
    pub missing: String,
}

/// Box plots side by side, with outliers, a reference rule, and exact values.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BoxPlots {
    /// Vertical axis.
    pub y: Axis,
    /// Boxes from left to right.
    pub boxes: Vec<BoxPlot>,
    /// Horizontal rules, such as the naive estimate's expected error.
    pub rules: Vec<Rule>,
}

/// One box: quartiles, whiskers to the last value within 1.5 box lengths, the rest as points (Tukey 1977).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BoxPlot {
    /// Name below the box.
    pub label: String,
    /// Color.
    pub role: Role,
    /// Lower whisker, lower quartile, median, upper quartile, upper whisker.
    pub five: [f64; 5],
    /// Values beyond the whiskers.
    pub outliers: Vec<f64>,
    /// This data set's value, drawn as the estimator's mark; `None` if not defined.
    pub here: Option<f64>,
    /// Exact expected value, drawn as a short dashed line; `None` if unknown.
    pub expected: Option<f64>,
}

/// Every unit of every group from measurement to estimate, with interval and truth.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Forest {
    /// The common horizontal axis.
    pub x: Axis,
    /// Groups from top to bottom.
    pub groups: Vec<ForestGroup>,
}

/// A group of rows in a [`Forest`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ForestGroup {
    /// Name for wide pictures ("Region 1").
    pub label: String,
    /// Name for narrow pictures ("R1").
    pub short_label: String,
    /// Interval of the group's mean, drawn as a band behind its rows.
    pub band: (f64, f64),
    /// The group's posterior mean, drawn as a dashed line in the band.
    pub center: f64,
    /// Rows from top to bottom; a group without rows is not drawn.
    pub rows: Vec<ForestRow>,
    /// Units that there is no room to draw; table and words have them.
    pub rest: Vec<ForestRow>,
}

/// One unit in a [`Forest`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ForestRow {
    /// Index of the unit in the data, the same in all figures.
    pub unit: u32,
    /// The measurement.
    pub measured: f64,
    /// The estimate; an arrow runs to it from the measurement.
    pub estimate: f64,
    /// Interval of the estimate.
    pub interval: (f64, f64),
    /// The truth; `None` if hidden or unknown.
    pub truth: Option<f64>,
    /// The newest draw of each chain while a sampler runs, drawn as faint dots.
    pub newest: Vec<f64>,
}

/// Posterior densities one above another: draws as a filled histogram, the
/// exact curve over it, and the truth.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ridges {
    /// The common horizontal axis.
    pub x: Axis,
    /// Rows from top to bottom. All heights are on one scale, 1 the tallest of the exact curves.
    pub rows: Vec<Ridge>,
    /// Indices of the rows that there is room to draw, rising; empty: all. The table has all of them.
    pub drawn: Vec<u32>,
}

impl Ridges {
    /// The rows that are drawn, from top to bottom.
    pub(crate) fn drawn_rows(&self) -> Vec<&Ridge> {
        match &self.drawn[..] {
            [] => self.rows.iter().collect(),
            drawn => drawn.iter().filter_map(|index| self.rows.get(*index as usize)).collect(),
        }
    }
}

/// One posterior in [`Ridges`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ridge {
    /// Name, such as "θ₁".
    pub label: String,
    /// Left edge of the first bin.
    pub bin_start: f64,
    /// Width of a bin.
    pub bin_width: f64,
    /// Heights of the bins, on the scale of `curve`; empty: no draws yet.
    pub bins: Vec<f64>,
    /// Exact density as (value, height).
    pub curve: Vec<(f64, f64)>,
    /// The truth; `None` if hidden.
    pub truth: Option<f64>,
    /// Inner interval (80 % on the slide), drawn thick under the base line.
    pub inner: (f64, f64),
    /// Outer interval (95 % on the slide), drawn thin.
    pub outer: (f64, f64),
    /// Median, drawn as a dot on the intervals.
    pub median: f64,
}

/// Truth on x, estimates on y; the marks of one unit joined; the identity line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scatter {
    /// Horizontal axis.
    pub x: Axis,
    /// Vertical axis.
    pub y: Axis,
    /// Each series has one y for each of `xs`.
    pub xs: Vec<f64>,
    /// Index of the unit that point `i` shows, the same in all figures.
    pub units: Vec<u32>,
    /// Those of `units` that there is room to draw, rising; empty: all. A highlighted one is always drawn.
    pub drawn: Vec<u32>,
    /// Series, drawn in this order; marks of the same unit are joined by a thin line.
    pub series: Vec<ScatterSeries>,
    /// Whether the line y = x is drawn.
    pub identity: bool,
}

/// One series of a [`Scatter`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ScatterSeries {
    /// Name.
    pub label: String,
    /// Color and mark.
    pub role: Role,
    /// One value for each of the figure's `xs`.
    pub ys: Vec<f64>,
}

/// Histograms of equal bins, one above another, counts written on the bars.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Histograms {
    /// Horizontal axis; its range is a whole number of bins.
    pub x: Axis,
    /// Highest count that fits in a panel.
    pub max_count: f64,
    /// Panels from top to bottom.
    pub panels: Vec<Histogram>,
}

/// One panel of [`Histograms`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Histogram {
    /// Name.
    pub label: String,
    /// Color.
    pub role: Role,
    /// Left edge of the first bin.
    pub bin_start: f64,
    /// Width of a bin.
    pub bin_width: f64,
    /// Counts, one a bin.
    pub counts: Vec<u32>,
    /// Mean, drawn as a dashed rule with its value; `None` for none.
    pub mean: Option<f64>,
}

/// Traces of one parameter, one line a chain.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Traces {
    /// Iterations.
    pub x: Axis,
    /// Values.
    pub y: Axis,
    /// One thinned line a chain as (iteration, value).
    pub chains: Vec<Vec<(f32, f32)>>,
    /// Iteration at which warmup ends, drawn as a rule with the region before it shaded; 0 for none.
    pub warmup_end: f64,
}

/// Rank plot of one variable: how often each chain's draws fall into each bin of
/// the ranks of all draws; step lines, one a chain (Vehtari et al. 2021).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ranks {
    /// Ranks among the draws of all chains; every chain's equal bins fill its range.
    pub x: Axis,
    /// Upper end of the vertical axis, which starts at 0: the highest count that fits.
    pub max_count: f64,
    /// Count of each bin from left to right, one row a chain.
    pub counts: Vec<Vec<u32>>,
    /// Count of a bin if the chains agree, drawn as a thin rule.
    pub expected: f64,
    /// Where 95 % of the counts lie if the chains agree, drawn as a band; counts beyond it are drawn thick.
    pub band: (f64, f64),
}

/// Contours of a density of two parameters, and over them one trajectory of a
/// sampler from the draw before to the next one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Trajectory {
    /// First parameter.
    pub x: Axis,
    /// Second parameter.
    pub y: Axis,
    /// Contours, the outermost first; each is filled faintly over those before.
    pub contours: Vec<Contour>,
    /// The draw before, where the trajectory starts: open ring.
    pub start: (f64, f64),
    /// Steps in the order in which they were made.
    pub steps: Vec<TrajectoryStep>,
    /// The next draw: filled mark with a ring; `None` while the trajectory grows.
    pub chosen: Option<(f64, f64)>,
    /// Earlier draws, as faint dots.
    pub draws: Vec<(f64, f64)>,
    /// The true values; `None` if hidden.
    pub truth: Option<(f64, f64)>,
}

/// A contour of a [`Trajectory`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Contour {
    /// Share of the probability inside, 0 to 1.
    pub mass: f64,
    /// Lines in data units, with the inside at their left as one follows them; each
    /// is closed (its last corner is its first) or runs from frame to frame.
    pub lines: Vec<Vec<(f64, f64)>>,
}

/// One step of a [`Trajectory`].
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct TrajectoryStep {
    /// Where it leads, in data units.
    pub at: (f64, f64),
    /// Doubling that it belongs to (0, 1, …); gives its shade.
    pub doubling: u32,
    /// Whether it extends the trajectory at its forward end, else at its backward end.
    pub forward: bool,
    /// Whether its energy error is past the limit: drawn as a cross.
    pub diverged: bool,
}

/// A ratio over two variables in colored cells: below the center one is better, above it the other.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HeatMap {
    /// What the colors show, in words.
    pub title: String,
    /// Horizontal axis, from the left edge of the first cell to the right edge of the last.
    pub x: Axis,
    /// Vertical axis, from the lower edge of the lowest cell to the upper edge of the highest.
    pub y: Axis,
    /// Cells in a row, equally wide on the axis as it is divided.
    pub num_x: u32,
    /// Rows of cells.
    pub num_y: u32,
    /// Row by row from the lower end of `y`, `x` fastest; the index is the unit that is pointed at.
    pub cells: Vec<HeatCell>,
    /// The ratio of the neutral color: break-even.
    pub center: f64,
    /// Colors are strongest from `center`·`reach` and `center`/`reach` on; more than 1.
    pub reach: f64,
    /// What a ratio below the center means.
    pub low_label: String,
    /// What a ratio above the center means.
    pub high_label: String,
    /// Level lines; the one at the center is drawn strongly.
    pub levels: Vec<HeatLevel>,
    /// Marked places, such as the current settings: rings.
    pub marks: Vec<Point>,
}

/// One cell of a [`HeatMap`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct HeatCell {
    /// The ratio; `None` where it is not defined or not yet known.
    pub value: Option<f64>,
    /// Its standard error; `None` where it is exact.
    pub error: Option<f64>,
}

/// A level of a [`HeatMap`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HeatLevel {
    /// The ratio along the lines.
    pub value: f64,
    /// Set at the right end of a line.
    pub label: String,
    /// Lines in data units.
    pub lines: Vec<Vec<(f64, f64)>>,
}

/// How a total changes from stage to stage: a bar each, what a stage has changed beside it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Steps {
    /// Axis of the totals, from 0.
    pub x: Axis,
    /// Stages from top to bottom.
    pub rows: Vec<Step>,
}

/// One stage of [`Steps`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// Name of the stage.
    pub label: String,
    /// Whose total it is.
    pub role: Role,
    /// The total.
    pub value: f64,
    /// The total as text.
    pub text: String,
    /// What changed from the stage before, as text; empty for the first.
    pub change_text: String,
}

/// Any figure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each variant is documented at its type")]
pub enum Figure {
    Slopegraph(Slopegraph),
    Curves(Curves),
    Ranking(Ranking),
    BoxPlots(BoxPlots),
    Forest(Forest),
    Ridges(Ridges),
    Scatter(Scatter),
    Histograms(Histograms),
    Traces(Traces),
    Ranks(Ranks),
    Trajectory(Trajectory),
    HeatMap(HeatMap),
    Steps(Steps),
    Cloud(crate::Cloud),
    NodeGrid(crate::NodeGrid),
}
