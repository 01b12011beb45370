//! A lattice over the learned scales, on which sums are integrals.
//!
//! A scale sd has the coordinate u with log sd = log c + u − exp(−u). To the left the
//! density of u falls doubly exponentially whatever the density of sd is at 0; to the
//! right u is a logarithm. The trapezoid rule converges exponentially for such integrands
//! (Takahasi & Mori 1974, Publ. RIMS 9:721–741); c puts the bulk of the posterior where
//! the map is smooth, and the step is taken from the curvature at the mode.

use crate::Hierarchy;
use crate::noise_groups::{LogProduct, NoiseGroups};
use crate::{Scale, ScalePrior};

/// How fine and how wide a lattice is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fineness {
    /// Step over the SD of the normal curve that has the posterior's curvature at its mode.
    pub(crate) step_per_width: f64,
    /// The largest step in u.
    pub(crate) max_step: f64,
    /// Points below this share of the highest are left out.
    pub(crate) cutoff: f64,
    /// Whether tails are followed until second moments of the scales have converged too.
    pub(crate) moments: bool,
}

/// For posterior summaries: errors of about 10⁻⁹ relative for regular posteriors.
pub(crate) const FINE: Fineness =
    Fineness { step_per_width: 0.5, max_step: 0.25, cutoff: 1e-13, moments: true };
/// For posterior means over many repeats: errors of about 10⁻⁴ posterior SDs, a few
/// 10⁻³ where every region has one school and the two scales can hardly be told apart.
pub(crate) const COARSE: Fineness =
    Fineness { step_per_width: 1.2, max_step: 0.4, cutoff: 1e-6, moments: false };

/// u at the mode as a rule: right of 0, where exp(−u) no longer bends the map much.
const MODE_COORDINATE: f64 = 1.0;

/// One scale's coordinate, as lattice points made when they are first asked for.
#[derive(Clone, Debug)]
pub(crate) struct Axis {
    scale: Scale,
    log_center: f64,
    log_mode: f64,
    /// u of lattice point 0, at the mode.
    origin: f64,
    pub(crate) step: f64,
    /// Power of the scale that must have vanished where the lattice ends.
    tail_power: i32,
    /// Points 0, 1, 2, …
    right: Vec<AxisPoint>,
    /// Points −1, −2, …
    left: Vec<AxisPoint>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct AxisPoint {
    pub(crate) sd: f64,
    /// sd².
    pub(crate) var: f64,
    /// log of the prior density at sd times dsd/du; 0 for a known scale.
    pub(crate) log_weight: f64,
    /// How much more a point counts where the lattice is to end.
    tail: f64,
}

impl Axis {
    fn new(scale: Scale, mode: Mode, fineness: Fineness, heavy_tail: bool) -> Self {
        let mut axis = Self {
            scale,
            log_center: 0.0,
            log_mode: 0.0,
            origin: MODE_COORDINATE,
            step: 1.0,
            tail_power: 0,
            right: Vec::new(),
            left: Vec::new(),
        };
        axis.reset(scale, mode, fineness, heavy_tail);
        axis
    }

    fn reset(&mut self, scale: Scale, mode: Mode, fineness: Fineness, heavy_tail: bool) {
        self.right.clear();
        self.left.clear();
        self.scale = scale;
        self.step = 1.0;
        if let Scale::Learned(prior) = scale {
            self.log_mode = mode.log_sd;
            self.log_center = mode.log_sd - MODE_COORDINATE + libm::exp(-MODE_COORDINATE);
            self.origin = MODE_COORDINATE;
            if let ScalePrior::HalfCauchy { scale } = prior
                && libm::log(scale) < self.log_center
            {
                // The prior's own bend must not lie where the map squeezes.
                self.log_center = libm::log(scale);
                self.origin = self.coordinate_of(libm::exp(mode.log_sd));
            }
            let slope = 1.0 + libm::exp(-self.origin);
            self.step = (fineness.step_per_width * mode.width / slope).min(fineness.max_step);
            self.tail_power = match (fineness.moments, heavy_tail) {
                (false, _) => 0,
                (true, true) => 1,
                (true, false) => 2,
            };
        }
    }

    /// The coordinate of lattice point `index`.
    pub(crate) fn coordinate(&self, index: f64) -> f64 {
        self.origin + index * self.step
    }

    /// The point with coordinate `u`, on the lattice or not.
    pub(crate) fn at(&self, u: f64) -> AxisPoint {
        match self.scale {
            Scale::Known(sd) => AxisPoint { sd, var: sd * sd, log_weight: 0.0, tail: 1.0 },
            Scale::Learned(prior) => {
                let squeeze = libm::exp(-u);
                let log_sd = self.log_center + u - squeeze;
                let sd = libm::exp(log_sd);
                let log_weight = prior.log_density(sd) + log_sd + libm::log1p(squeeze);
                let beyond = libm::exp(log_sd - self.log_mode).max(1.0);
                let tail = match self.tail_power {
                    0 => 1.0,
                    1 => beyond,
                    _ => beyond * beyond,
                };
                AxisPoint { sd, var: sd * sd, log_weight, tail }
            }
        }
    }

    /// The coordinate of `sd` > 0.
    pub(crate) fn coordinate_of(&self, sd: f64) -> f64 {
        let x = libm::log(sd) - self.log_center;
        // u − exp(−u) is concave and rising: from the left of the root Newton's steps rise to it.
        let mut u = if x > -1.0 { x } else { -libm::log(-x) };
        for _ in 0..50 {
            let squeeze = libm::exp(-u);
            let step = (x - u + squeeze) / (1.0 + squeeze);
            u += step;
            if step.abs() < 1e-13 * u.abs().max(1.0) {
                break;
            }
        }
        u
    }

    /// The SD with coordinate `u`, its logarithm, and dlog sd/du; (sd, 0, 1) for a known scale.
    pub(crate) fn sd_at(&self, u: f64) -> (f64, f64, f64) {
        match self.scale {
            Scale::Known(sd) => (sd, 0.0, 1.0),
            Scale::Learned(_) => {
                let squeeze = libm::exp(-u);
                let log_sd = self.log_center + u - squeeze;
                (libm::exp(log_sd), log_sd, 1.0 + squeeze)
            }
        }
    }

    /// Lattice point `index`; a known scale has only 0.
    pub(crate) fn point(&mut self, index: i32) -> Option<AxisPoint> {
        if index.abs() > self.last_index() {
            return None;
        }
        let place = (if index >= 0 { index } else { -1 - index }) as usize;
        loop {
            let side = if index >= 0 { &self.right } else { &self.left };
            if let Some(point) = side.get(place) {
                return Some(*point);
            }
            let next = side.len() as f64;
            let new = self.at(self.coordinate(if index >= 0 { next } else { -1.0 - next }));
            if index >= 0 { self.right.push(new) } else { self.left.push(new) }
        }
    }

    /// A lattice point that has been asked for before.
    pub(crate) fn known_point(&self, index: i32) -> AxisPoint {
        if index >= 0 { self.right[index as usize] } else { self.left[(-1 - index) as usize] }
    }

    fn last_index(&self) -> i32 {
        if self.scale.is_learned() { MAX_POINTS } else { 0 }
    }
}

/// Points of one scale on either side of its mode, at most: a guard against endless tails.
const MAX_POINTS: i32 = 2000;

/// Σ log(1 + V_theta P_k) and Σ P_k M_k²/(1 + V_theta P_k) over the regions of a class need these.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct ClassTerms {
    count: f64,
    pub(crate) prec: f64,
    /// Σ P_k M_k².
    square: f64,
}

/// Fills `classes`, and returns what of log L at `school_var` does not depend on V_theta.
pub(crate) fn row_terms(groups: &NoiseGroups, school_var: f64, classes: &mut [ClassTerms]) -> f64 {
    classes.fill(ClassTerms::default());
    let mut product = LogProduct::default();
    let mut sum = groups.within_terms(school_var, &mut product);
    for region in groups.regions() {
        let evidence = region.evidence(school_var);
        let class = &mut classes[region.class];
        class.count += 1.0;
        class.prec = evidence.prec;
        class.square += evidence.prec * evidence.mean * evidence.mean;
        sum += evidence.between;
    }
    -0.5 * (sum + product.logarithm())
}

/// What of log L depends on V_theta. One copy: it is called in many places, and takes longer than a call.
#[inline(never)]
pub(crate) fn region_terms(classes: &[ClassTerms], region_var: f64) -> f64 {
    let mut product = LogProduct::default();
    let mut sum = 0.0;
    for class in classes {
        let ratio = 1.0 + region_var * class.prec;
        sum += class.square / ratio;
        if class.count == 1.0 {
            product.multiply(ratio);
        } else {
            sum += class.count * libm::log(ratio);
        }
    }
    -0.5 * (sum + product.logarithm())
}

/// Lattice points of one value of sigma_mu.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row {
    pub(crate) index: i32,
    pub(crate) point: AxisPoint,
    /// Log posterior density in u, but for what depends on V_theta.
    pub(crate) base: f64,
    /// Index on the region axis of the first point.
    pub(crate) first_col: i32,
    /// Place of its weight.
    start: usize,
    num_cols: usize,
    /// Σ of the weights.
    pub(crate) sum: f64,
}

/// The posterior of the scales on a lattice: rows over sigma_mu, columns over sigma_theta.
#[derive(Clone, Debug)]
pub(crate) struct ScaleGrid {
    pub(crate) school: Axis,
    pub(crate) region: Axis,
    /// Row 0, 1, 2, …, then −1, −2, …
    rows: Vec<Row>,
    /// How many rows have an index ≥ 0.
    num_upper: usize,
    /// Posterior density over its value near the mode, row by row.
    weights: Vec<f64>,
    /// Rows × classes.
    classes: Vec<ClassTerms>,
    num_classes: usize,
    /// Log density at weight 1.
    reference: f64,
    /// Σ of the weights.
    pub(crate) total: f64,
    falling: Vec<f64>,
}

impl ScaleGrid {
    /// The lattice for this posterior, refined until halving the step no longer matters.
    pub(crate) fn new(hierarchy: &Hierarchy, fineness: Fineness) -> Self {
        let mut grid = Self::unfilled(hierarchy, fineness);
        grid.fill(hierarchy, fineness.cutoff);
        for _ in 0..MAX_REFINEMENTS {
            let [school_error, region_error] = grid.errors_at_double_step();
            if school_error.max(region_error) < DOUBLE_STEP_TOLERANCE {
                break;
            }
            let halve = |axis: &mut Axis, error: f64| {
                if error >= DOUBLE_STEP_TOLERANCE {
                    axis.step *= 0.5;
                }
            };
            halve(&mut grid.school, school_error);
            halve(&mut grid.region, region_error);
            grid.fill(hierarchy, fineness.cutoff);
        }
        grid
    }

    fn unfilled(hierarchy: &Hierarchy, fineness: Fineness) -> Self {
        let modes = find_modes(hierarchy);
        let [school, region] = heavy_tails(hierarchy);
        Self {
            school: Axis::new(hierarchy.school_sd(), modes[0], fineness, school),
            region: Axis::new(hierarchy.region_sd(), modes[1], fineness, region),
            rows: Vec::new(),
            num_upper: 0,
            weights: Vec::new(),
            classes: Vec::new(),
            num_classes: 0,
            reference: 0.0,
            total: 0.0,
            falling: Vec::new(),
        }
    }

    /// An unchecked lattice for other data, in place: allocates only what has never been as large.
    pub(crate) fn rebuild(&mut self, hierarchy: &Hierarchy, fineness: Fineness) {
        let modes = find_modes(hierarchy);
        let [school, region] = heavy_tails(hierarchy);
        self.school.reset(hierarchy.school_sd(), modes[0], fineness, school);
        self.region.reset(hierarchy.region_sd(), modes[1], fineness, region);
        self.fill(hierarchy, fineness.cutoff);
    }

    /// The same posterior on a lattice with steps divided by `divisors`.
    pub(crate) fn finer(&self, hierarchy: &Hierarchy, divisors: [f64; 2], cutoff: f64) -> Self {
        let mut grid = self.clone();
        for (axis, divisor) in [&mut grid.school, &mut grid.region].into_iter().zip(divisors) {
            if axis.scale.is_learned() {
                axis.step /= divisor;
            }
            axis.tail_power = 0;
        }
        grid.fill(hierarchy, cutoff);
        grid
    }

    fn fill(&mut self, hierarchy: &Hierarchy, cutoff: f64) {
        self.num_classes = hierarchy.groups().num_classes();
        self.rows.clear();
        self.weights.clear();
        self.classes.clear();
        for axis in [&mut self.school, &mut self.region] {
            axis.left.clear();
            axis.right.clear();
        }
        self.total = 0.0;
        self.push_side(hierarchy, cutoff, 1);
        self.num_upper = self.rows.len();
        self.push_side(hierarchy, cutoff, -1);
    }

    /// Rows 0, 1, … or −1, −2, …, until one no longer counts.
    fn push_side(&mut self, hierarchy: &Hierarchy, cutoff: f64, direction: i32) {
        let mut index = direction.min(0);
        let mut highest_col = 0;
        while let Some(point) = self.school.point(index) {
            let highest;
            (highest, highest_col) = self.push_row(hierarchy, cutoff, index, point, highest_col);
            if highest * point.tail < cutoff && index != 0 {
                break;
            }
            index += direction;
        }
    }

    /// Appends one row; its highest weight and where that is, the search starting at `col`.
    fn push_row(
        &mut self,
        hierarchy: &Hierarchy,
        cutoff: f64,
        index: i32,
        point: AxisPoint,
        mut col: i32,
    ) -> (f64, i32) {
        let first_class = self.classes.len();
        self.classes.resize(first_class + self.num_classes, ClassTerms::default());
        let classes = &mut self.classes[first_class..];
        let base = row_terms(hierarchy.groups(), point.var, classes) + point.log_weight;
        let region_axis = &mut self.region;
        let mut log_density = |col: i32| {
            region_axis
                .point(col)
                .map(|point| (base + point.log_weight + region_terms(classes, point.var), point.tail))
        };
        if index == 0
            && let Some((log, _)) = log_density(0)
        {
            self.reference = log;
        }
        let reference = self.reference;
        let mut weight = |col: i32| {
            log_density(col)
                .map(|(log, tail)| (libm::exp(log - reference), tail))
                .filter(|(w, _)| !w.is_nan())
        };

        // Uphill from the neighboring row's highest point, then down on both sides.
        let (mut highest, highest_tail) = weight(col).unwrap_or((0.0, 1.0));
        let mut top_tail = highest_tail;
        for direction in [1, -1] {
            while let Some((next, tail)) = weight(col + direction).filter(|(next, _)| *next > highest) {
                (highest, top_tail) = (next, tail);
                col += direction;
            }
        }
        let mut walk = |direction: i32, out: &mut Vec<f64>| {
            let mut at = col + direction;
            while let Some((weight, tail)) = weight(at) {
                out.push(weight);
                if weight * tail * point.tail < cutoff {
                    break;
                }
                at += direction;
            }
        };
        self.falling.clear();
        walk(-1, &mut self.falling);
        let start = self.weights.len();
        self.weights.extend(self.falling.iter().rev());
        self.weights.push(highest);
        if highest * top_tail * point.tail > 0.0 {
            walk(1, &mut self.weights);
        }
        let num_cols = self.weights.len() - start;
        let first_col = col - i32::try_from(self.falling.len()).unwrap_or(0);
        let sum = self.weights[start..].iter().sum();
        self.total += sum;
        self.rows.push(Row { index, point, base, first_col, start, num_cols, sum });
        (highest, col)
    }

    /// Relative change of the total when every second row, or column, is left out.
    fn errors_at_double_step(&self) -> [f64; 2] {
        let even_rows: f64 = self.rows.iter().filter(|row| row.index % 2 == 0).map(|row| row.sum).sum();
        let mut even_cols = 0.0;
        for row in &self.rows {
            let first = usize::from(row.first_col % 2 != 0);
            even_cols += self.weights(row).iter().skip(first).step_by(2).sum::<f64>();
        }
        let error = |axis: &Axis, even: f64| {
            if axis.scale.is_learned() { (2.0 * even / self.total - 1.0).abs() } else { 0.0 }
        };
        [error(&self.school, even_rows), error(&self.region, even_cols)]
    }

    pub(crate) fn rows(&self) -> &[Row] {
        &self.rows
    }

    pub(crate) fn weights(&self, row: &Row) -> &[f64] {
        &self.weights[row.start..row.start + row.num_cols]
    }

    /// The terms of every class of regions in row number `place` of [`rows`](Self::rows).
    pub(crate) fn classes(&self, place: usize) -> &[ClassTerms] {
        &self.classes[place * self.num_classes..][..self.num_classes]
    }

    pub(crate) fn num_classes(&self) -> usize {
        self.num_classes
    }

    /// The points of a row on the region axis, with their weights.
    pub(crate) fn cells<'a>(&'a self, row: &'a Row) -> impl Iterator<Item = (AxisPoint, f64)> + 'a {
        (row.first_col..).zip(self.weights(row)).map(|(col, weight)| (self.region.known_point(col), *weight))
    }

    /// Place of the row with this index.
    pub(crate) fn row_place(&self, index: i32) -> Option<usize> {
        let place = if index >= 0 { index } else { -1 - index } as usize;
        if index >= 0 {
            (place < self.num_upper).then_some(place)
        } else {
            let place = self.num_upper + place;
            (place < self.rows.len()).then_some(place)
        }
    }

    /// The weight at a lattice point, 0 beyond the lattice.
    pub(crate) fn weight(&self, row: i32, col: i32) -> f64 {
        let Some(place) = self.row_place(row) else { return 0.0 };
        let row = &self.rows[place];
        usize::try_from(col - row.first_col)
            .ok()
            .and_then(|i| self.weights(row).get(i))
            .copied()
            .unwrap_or(0.0)
    }

    /// First and last column of any row.
    pub(crate) fn cols(&self) -> (i32, i32) {
        self.rows.iter().fold((0, 0), |(first, last), row| {
            let end = row.first_col + i32::try_from(row.num_cols).unwrap_or(i32::MAX) - 1;
            (first.min(row.first_col), last.max(end))
        })
    }

    /// log of the integral of the posterior density: of p(y).
    pub(crate) fn log_integral(&self) -> f64 {
        self.reference + libm::log(self.total * self.school.step * self.region.step)
    }
}

/// Where the trapezoid rule with twice the step is this good, the step itself gives the square of
/// it, about 10⁻¹⁰ (the error is exp(−2πd/step), d the distance of a singularity), or better.
const DOUBLE_STEP_TOLERANCE: f64 = 2e-5;
const MAX_REFINEMENTS: usize = 4;

/// Whether a learned scale has no posterior variance: a half-Cauchy prior, and a likelihood
/// that falls like 1/sd because only one effect has this SD.
pub(crate) fn heavy_tails(hierarchy: &Hierarchy) -> [bool; 2] {
    let heavy = |scale: Scale, num_effects: usize| {
        matches!(scale, Scale::Learned(ScalePrior::HalfCauchy { .. })) && num_effects == 1
    };
    [
        heavy(hierarchy.school_sd(), hierarchy.num_schools()),
        heavy(hierarchy.region_sd(), hierarchy.num_regions()),
    ]
}

/// Where the density of log sd is highest, the other scale held, and how wide it is there.
#[derive(Clone, Copy, Debug)]
struct Mode {
    log_sd: f64,
    /// 1/√(−curvature).
    width: f64,
}

/// The mode of the joint density of the log scales, to a small part of its widths.
fn find_modes(hierarchy: &Hierarchy) -> [Mode; 2] {
    let scales = [hierarchy.school_sd(), hierarchy.region_sd()];
    let [school_range, region_range] = search_ranges(hierarchy);
    let ranges = [school_range, region_range];
    let mut log_sds = [0, 1].map(|i| match scales[i] {
        Scale::Known(_) => f64::NEG_INFINITY,
        Scale::Learned(_) => 0.5 * (ranges[i].0 + ranges[i].1),
    });
    if scales[1].is_learned() {
        log_sds[1] = 0.5 * libm::log(mean_square_of_centers(hierarchy));
        log_sds[1] = log_sds[1].clamp(ranges[1].0, ranges[1].1);
    }
    let log_density = |log_sds: [f64; 2]| {
        let sd = |i: usize| scales[i].known().unwrap_or_else(|| libm::exp(log_sds[i]));
        let jacobian: f64 = log_sds.iter().filter(|x| x.is_finite()).sum();
        hierarchy.log_scale_density(sd(0), sd(1)) + jacobian
    };
    let mut widths = [1.0; 2];
    for i in 0..2 {
        if scales[i].is_learned() {
            log_sds[i] = scan(ranges[i], |x| log_density(with(log_sds, i, x)));
        }
    }
    for _ in 0..MODE_SWEEPS {
        for i in 0..2 {
            if scales[i].is_learned() {
                (log_sds[i], widths[i]) = climb(log_sds[i], |x| log_density(with(log_sds, i, x)));
            }
        }
        if hierarchy.num_learned() == 1 {
            break;
        }
    }
    [0, 1].map(|i| Mode { log_sd: log_sds[i], width: widths[i] })
}

/// Sweeps over both scales; they hardly depend on each other, and a near miss only costs points.
const MODE_SWEEPS: usize = 2;

fn with(mut pair: [f64; 2], i: usize, value: f64) -> [f64; 2] {
    pair[i] = value;
    pair
}

fn mean_square_of_centers(hierarchy: &Hierarchy) -> f64 {
    let sum: f64 = hierarchy.groups().regions().map(|region| region.center * region.center).sum();
    sum / hierarchy.num_regions() as f64
}

/// Ranges of log sigma_mu and log sigma_theta that hold the mode: from where the likelihood
/// is flat to where prior and data have long ended.
fn search_ranges(hierarchy: &Hierarchy) -> [(f64, f64); 2] {
    let prior_scale = |scale: Scale| scale.prior().map_or(1.0, ScalePrior::scale);
    let groups = hierarchy.groups();
    let noise_min = groups.groups().iter().map(|group| group.noise_var).fold(f64::INFINITY, f64::min);
    let prec_max = groups.regions().map(|region| region.evidence(0.0).prec).fold(0.0, f64::max);
    let range = |scale: f64, flat_sd: f64, data_sd: f64| {
        let low = SEARCH_MARGIN.recip() * scale.min(flat_sd);
        (libm::log(low), libm::log(SEARCH_MARGIN * scale.max(flat_sd).max(data_sd)))
    };
    [
        range(prior_scale(hierarchy.school_sd()), noise_min.sqrt(), groups.largest_deviation_bound()),
        range(
            prior_scale(hierarchy.region_sd()),
            1.0 / prec_max.sqrt(),
            (mean_square_of_centers(hierarchy) * hierarchy.num_regions() as f64).sqrt(),
        ),
    ]
}

const SEARCH_MARGIN: f64 = 8.0;

/// The best of points a factor of 2 to 3 apart.
fn scan((low, high): (f64, f64), f: impl Fn(f64) -> f64) -> f64 {
    const STEPS: u32 = 16;
    let mut best = (low, f64::NEG_INFINITY);
    for i in 0..=STEPS {
        let x = low + (high - low) * f64::from(i) / f64::from(STEPS);
        let value = f(x);
        if value > best.1 {
            best = (x, value);
        }
    }
    best.0
}

/// Newton's method with differences, steps of at most 1 and never downhill; the maximum and
/// 1/√(−curvature) there, at most 1.
fn climb(mut x: f64, f: impl Fn(f64) -> f64) -> (f64, f64) {
    const DIFFERENCE: f64 = 1e-3; // in log sd: curvatures then keep 9 digits
    const MAX_STEPS: usize = 12;
    let mut width = 1.0;
    let mut value = f(x);
    for _ in 0..MAX_STEPS {
        let (below, above) = (f(x - DIFFERENCE), f(x + DIFFERENCE));
        let slope = (above - below) / (2.0 * DIFFERENCE);
        let curvature = (above - 2.0 * value + below) / (DIFFERENCE * DIFFERENCE);
        width = if curvature < -1.0 { 1.0 / (-curvature).sqrt() } else { 1.0 };
        let mut step = if curvature < 0.0 { (-slope / curvature).clamp(-1.0, 1.0) } else { slope.signum() };
        if step.abs() < 0.1 * width {
            break;
        }
        let mut next = f(x + step);
        while next < value && step.abs() > 0.1 * width {
            step *= 0.5;
            next = f(x + step);
        }
        if next < value || next.is_nan() {
            break;
        }
        (x, value) = (x + step, next);
    }
    (x, width)
}

#[cfg(test)]
mod tests {
    use stats::{stream, uniform};

    use super::*;

    /// A model with sizes, noise, truths and priors over many powers of ten.
    #[expect(clippy::cast_possible_truncation, reason = "sizes are whole parts of small numbers")]
    fn random_hierarchy(index: u64) -> Hierarchy {
        let mut rng = stream(11, "test", index);
        let mut power = |low: f64, high: f64| 10.0_f64.powf(low + (high - low) * uniform(&mut rng));
        let sizes: Vec<usize> = (0..power(0.0, 1.2) as usize).map(|_| power(0.0, 1.8) as usize).collect();
        let num_schools = sizes.iter().sum();
        let noise_power = power(-0.3, 0.3);
        let noise_var: Vec<f64> = (0..num_schools)
            .map(|_| if index.is_multiple_of(2) { noise_power } else { power(-1.0, 1.0) })
            .collect();
        let [school, region] = [power(-2.0, 1.0), power(-2.0, 1.5)].map(Scale::Known);
        let mut prior = |i: u64| match (index / i) % 3 {
            0 => Scale::Learned(ScalePrior::HalfNormal { scale: power(-2.0, 2.0) }),
            1 => Scale::Learned(ScalePrior::HalfCauchy { scale: power(-2.0, 2.0) }),
            _ => Scale::Known(power(-2.0, 1.0)),
        };
        let (school_sd, region_sd) = (prior(1), prior(3));
        let zeros = vec![0.0; num_schools];
        let known = Hierarchy::new(&zeros, &noise_var, &sizes, school, region).unwrap();
        let data = known.simulate_prior(&mut stream(12, "test", index));
        Hierarchy::new(&data.y, &noise_var, &sizes, school_sd, region_sd).unwrap()
    }

    #[test]
    fn half_the_step_gives_the_same_integral() {
        for index in 0..300 {
            let hierarchy = random_hierarchy(index);
            let grid = ScaleGrid::new(&hierarchy, FINE);
            let finer = grid.finer(&hierarchy, [2.0; 2], 1e-15);
            let (ours, finer) = (grid.log_integral(), finer.log_integral());
            assert!((ours - finer).abs() < 1e-8, "model {index}: {ours} {finer} {hierarchy:?}");
            // A single school under two half-Cauchy priors, with their tails, takes the most.
            assert!(grid.weights.len() < 100_000, "model {index}: {} points", grid.weights.len());
        }
    }
}
