//! Level lines of a function on a grid: marching squares (Lorensen and Cline 1987, in two dimensions).
//!
//! Own code, since the crate `contour` closes its rings along the frame, where no level is crossed,
//! and brings geometry types that nothing else here needs.

use crate::{Axis, Contour, Scale};

/// Values at the nodes of a regular grid over the ranges of two axes, the first
/// and last nodes on their ends; steps are equal on a logarithmic axis if it is one.
#[derive(Clone, Debug, PartialEq)]
pub struct Grid {
    x: Axis,
    y: Axis,
    num_x: usize,
    num_y: usize,
    /// Row by row from the lower end of `y`, `x` fastest.
    values: Vec<f64>,
}

/// Corners of a line in data units. A closed line ends with its first corner.
pub type Polyline = Vec<(f64, f64)>;

impl Grid {
    /// The grid of `value(x, y)`, such as a log density in data units, at
    /// `num_x` × `num_y` nodes (at least 2 × 2 are used). About 100 × 100 give lines that look smooth.
    pub fn of(
        x: &Axis,
        y: &Axis,
        (num_x, num_y): (usize, usize),
        mut value: impl FnMut(f64, f64) -> f64,
    ) -> Self {
        let (num_x, num_y) = (num_x.max(2), num_y.max(2));
        let mut values = Vec::with_capacity(num_x * num_y);
        for j in 0..num_y {
            for i in 0..num_x {
                values.push(value(node(x, i, num_x), node(y, j, num_y)));
            }
        }
        Self { x: x.clone(), y: y.clone(), num_x, num_y, values }
    }
}

/// Position of node `i` of `count`: exactly the axis' end for the first and the last one.
fn node(axis: &Axis, i: usize, count: usize) -> f64 {
    if i + 1 >= count {
        return axis.max;
    }
    between(axis, axis.min, axis.max, i as f64 / (count as f64 - 1.0))
}

/// The value a share `t` of the way from `from` to `to` on the axis.
fn between(axis: &Axis, from: f64, to: f64, t: f64) -> f64 {
    match axis.scale {
        _ if t == 0.0 => from,
        _ if t == 1.0 => to,
        Scale::Linear => from + t * (to - from),
        Scale::Log => from * libm::pow(to / from, t),
    }
}

/// The contours inside which the given shares of the grid's probability lie:
/// [`contours`] at the [`mass_levels`] of a grid of log densities.
///
/// ```
/// use plots::{Axis, Grid, mass_contours};
/// let (x, y) = (Axis::linear(-4.0, 4.0, "θ₁"), Axis::linear(-4.0, 4.0, "θ₂"));
/// let log_density = Grid::of(&x, &y, (81, 81), |x, y| -0.5 * (x * x + y * y));
/// let outermost_first = mass_contours(&log_density, &[0.95, 0.8, 0.5]);
/// let radius = outermost_first[0].lines[0][0].0.hypot(outermost_first[0].lines[0][0].1);
/// assert!((radius - 2.448).abs() < 0.01); // √(−2 ln 0.05)
/// ```
pub fn mass_contours(log_density: &Grid, masses: &[f64]) -> Vec<Contour> {
    let levels = mass_levels(log_density, masses);
    let lines = contours(log_density, &levels);
    masses.iter().zip(lines).map(|(mass, lines)| Contour { mass: *mass, lines }).collect()
}

/// Log densities above which the given shares of the grid's mass lie (highest density
/// regions; Hyndman 1996).
///
/// Density is the exponential of the value, per unit of area as the axes are divided: on a
/// logarithmic axis per unit of the logarithm. Mass beyond the grid does not count, nor do nodes
/// that are not finite. Values between nodes are interpolated, so that levels move smoothly
/// with the density. If no node is finite, all levels are NaN.
pub fn mass_levels(log_density: &Grid, masses: &[f64]) -> Vec<f64> {
    let mut values = samples(log_density);
    let highest = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if values.is_empty() {
        return vec![f64::NAN; masses.len()];
    }
    values.retain(|value| *value > highest - NEGLIGIBLE);
    // In the same way as everyone else: one sort is enough for a program (`stats::order`).
    values.sort_unstable_by(f64::total_cmp);
    values.reverse();
    // Mass above each sample, half of its own included.
    let mut total = 0.0;
    let above: Vec<f64> = values
        .iter()
        .map(|value| {
            let weight = (value - highest).exp();
            total += weight;
            total - 0.5 * weight
        })
        .collect();
    let level = |mass: f64| {
        let wanted = mass * total;
        let after = above.partition_point(|above| *above < wanted);
        if after == 0 {
            return highest;
        }
        let (Some(to), Some(to_value)) = (above.get(after), values.get(after)) else {
            return values[values.len() - 1];
        };
        let (from, from_value) = (above[after - 1], values[after - 1]);
        from_value + (wanted - from) / (to - from) * (to_value - from_value)
    };
    masses.iter().map(|mass| level(*mass)).collect()
}

/// Log densities this far below the highest have no mass worth counting.
const NEGLIGIBLE: f64 = 25.0;

/// Values between the nodes of each cell, as many for every cell, each for the same area. With the
/// nodes alone a level would jump by whole rings of them.
fn samples(grid: &Grid) -> Vec<f64> {
    const SHARES: [f64; 3] = [1.0 / 6.0, 0.5, 5.0 / 6.0];
    let mut samples = Vec::with_capacity(9 * grid.values.len());
    for j in 0..grid.num_y - 1 {
        for i in 0..grid.num_x - 1 {
            let [a, b, c, d] = cell(grid, i, j).map(|n| grid.values[n]);
            if (a + b + c + d).is_finite() {
                for v in SHARES {
                    let (left, right) = (a + v * (d - a), b + v * (c - b));
                    samples.extend(SHARES.map(|u| left + u * (right - left)));
                }
            } else {
                // Two of nine for each finite corner: nearly its quarter.
                let finite = [a, b, c, d].into_iter().filter(|value| value.is_finite());
                samples.extend(finite.flat_map(|value| [value, value]));
            }
        }
    }
    samples
}

/// The nodes of a cell: lower left, lower right, upper right, upper left.
fn cell(grid: &Grid, i: usize, j: usize) -> [usize; 4] {
    let a = j * grid.num_x + i;
    [a, a + 1, a + grid.num_x + 1, a + grid.num_x]
}

/// Lines along which the grid's values cross each of `levels`.
///
/// The higher side is at the left of a line as one follows it. A line is closed
/// (it ends with its first corner) or runs from frame to frame. A node on the level counts as
/// above it, one that is NaN as below every level; where a neighbour is not finite the
/// line runs midway. Across a saddle it follows the mean of the four corners.
///
/// Returns for each level its lines in data units; none where the level is not crossed.
pub fn contours(grid: &Grid, levels: &[f64]) -> Vec<Vec<Polyline>> {
    levels.iter().map(|level| Level { grid, level: *level }.lines()).collect()
}

struct Level<'a> {
    grid: &'a Grid,
    level: f64,
}

/// An edge between two neighbouring nodes: the one that starts at node `n`
/// is `2n` if it runs along x and `2n + 1` if along y.
type Edge = usize;

impl Level<'_> {
    fn lines(&self) -> Vec<Polyline> {
        // Every line crosses an edge at most once, so a list of successors holds all of them.
        let num_edges = 2 * self.grid.values.len();
        let mut next: Vec<Option<Edge>> = vec![None; num_edges];
        let mut is_entered = vec![false; num_edges];
        for j in 0..self.grid.num_y - 1 {
            for i in 0..self.grid.num_x - 1 {
                for (from, to) in self.crossings(i, j).into_iter().flatten() {
                    next[from] = Some(to);
                    is_entered[to] = true;
                }
            }
        }
        let open = (0..num_edges).filter(|edge| !is_entered[*edge]);
        let mut lines = Vec::new();
        for first in open.chain(0..num_edges) {
            let mut line: Polyline = Vec::new();
            let mut edge = Some(first);
            while let Some(here) = edge {
                let following = next[here].take();
                if following.is_none() && line.is_empty() {
                    break;
                }
                let corner = self.crossing(here);
                if line.last() != Some(&corner) {
                    line.push(corner);
                }
                edge = following;
            }
            // What touches the level in one node only is no line.
            if line.len() > 1 {
                lines.push(line);
            }
        }
        lines
    }

    /// The parts of lines within a cell, from edge to edge, the higher side at the left.
    fn crossings(&self, i: usize, j: usize) -> [Option<(Edge, Edge)>; 2] {
        let grid = self.grid;
        let [a, b, c, d] = cell(grid, i, j);
        let is_above = |n: usize| grid.values[n] >= self.level;
        let (bottom, right, top, left) = (2 * a, 2 * b + 1, 2 * d, 2 * a + 1);
        let center = || [a, b, c, d].iter().map(|n| 0.25 * grid.values[*n]).sum::<f64>() >= self.level;
        let corners = [a, b, c, d].map(is_above);
        match corners {
            [false, false, false, false] | [true, true, true, true] => [None, None],
            [true, false, false, false] => [Some((bottom, left)), None],
            [false, true, false, false] => [Some((right, bottom)), None],
            [false, false, true, false] => [Some((top, right)), None],
            [false, false, false, true] => [Some((left, top)), None],
            [false, true, true, true] => [Some((left, bottom)), None],
            [true, false, true, true] => [Some((bottom, right)), None],
            [true, true, false, true] => [Some((right, top)), None],
            [true, true, true, false] => [Some((top, left)), None],
            [true, true, false, false] => [Some((right, left)), None],
            [false, false, true, true] => [Some((left, right)), None],
            [false, true, true, false] => [Some((top, bottom)), None],
            [true, false, false, true] => [Some((bottom, top)), None],
            [true, false, true, false] if center() => [Some((bottom, right)), Some((top, left))],
            [true, false, true, false] => [Some((bottom, left)), Some((top, right))],
            [false, true, false, true] if center() => [Some((right, top)), Some((left, bottom))],
            [false, true, false, true] => [Some((right, bottom)), Some((left, top))],
        }
    }

    /// Where the level crosses an edge, in data units.
    fn crossing(&self, edge: Edge) -> (f64, f64) {
        let Grid { x, y, num_x, num_y, values } = self.grid;
        let from = edge / 2;
        let (i, j) = (from % num_x, from / num_x);
        let is_along_x = edge.is_multiple_of(2);
        let to = if is_along_x { from + 1 } else { from + num_x };
        let share = if values[from].is_finite() && values[to].is_finite() {
            (self.level - values[from]) / (values[to] - values[from])
        } else {
            0.5
        };
        if is_along_x {
            (between(x, node(x, i, *num_x), node(x, i + 1, *num_x), share), node(y, j, *num_y))
        } else {
            (node(x, i, *num_x), between(y, node(y, j, *num_y), node(y, j + 1, *num_y), share))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid<const N: usize>(values: &[&[f64; N]]) -> Grid {
        let axis = |count: usize| Axis::linear(0.0, count as f64 - 1.0, "");
        let (x, y) = (axis(N), axis(values.len()));
        Grid {
            num_x: N,
            num_y: values.len(),
            values: values.iter().copied().flatten().copied().collect(),
            x,
            y,
        }
    }

    fn normal(num_nodes: usize) -> Grid {
        let axis = Axis::linear(-5.0, 5.0, "");
        Grid::of(&axis, &axis, (num_nodes, num_nodes), |x, y| -0.5 * (x * x + y * y))
    }

    fn is_closed(line: &Polyline) -> bool {
        line.first() == line.last()
    }

    fn is_on_frame(p: (f64, f64), grid: &Grid) -> bool {
        p.0 == grid.x.min || p.0 == grid.x.max || p.1 == grid.y.min || p.1 == grid.y.max
    }

    fn assert_sound(lines: &[Polyline], grid: &Grid) {
        for line in lines {
            let ends = [line[0], line[line.len() - 1]];
            assert!(is_closed(line) || ends.iter().all(|p| is_on_frame(*p, grid)), "{line:?}");
            assert!(line.iter().all(|p| p.0.is_finite() && p.1.is_finite()), "{line:?}");
            assert!(line.windows(2).all(|pair| pair[0] != pair[1]), "{line:?}");
        }
    }

    /// A standard normal holds mass p within the radius √(−2 ln(1 − p)).
    #[test]
    fn contours_of_a_normal_are_circles() {
        for (num_nodes, tolerance) in [(41, 0.03), (121, 0.006)] {
            let grid = normal(num_nodes);
            for contour in mass_contours(&grid, &[0.95, 0.8, 0.5, 0.1]) {
                let expected = (-2.0 * (1.0 - contour.mass).ln()).sqrt();
                assert_eq!(contour.lines.len(), 1);
                assert_sound(&contour.lines, &grid);
                let line = &contour.lines[0];
                assert!(is_closed(line) && line.len() > num_nodes / 8);
                for (x, y) in line {
                    assert!((x.hypot(*y) - expected).abs() < tolerance, "{num_nodes} {x} {y} {expected}");
                }
                // Anticlockwise: the higher side, inside, is at the left.
                let area: f64 = line.windows(2).map(|p| p[0].0 * p[1].1 - p[1].0 * p[0].1).sum();
                assert!(area > 0.0);
            }
        }
    }

    #[test]
    fn levels_hold_their_mass() {
        let grid = normal(81);
        let masses = [0.99, 0.5, 0.2, 0.05];
        let total: f64 = grid.values.iter().map(|v| v.exp()).sum();
        for (mass, level) in masses.iter().zip(mass_levels(&grid, &masses)) {
            let above: f64 = grid.values.iter().filter(|v| **v >= level).map(|v| v.exp()).sum();
            assert!((above / total - mass).abs() < 0.02, "{mass} {}", above / total);
        }
        let shifted = Grid { values: grid.values.iter().map(|v| v - 5000.0).collect(), ..grid.clone() };
        for (a, b) in mass_levels(&grid, &masses).iter().zip(mass_levels(&shifted, &masses)) {
            assert!((a - 5000.0 - b).abs() < 1e-6, "a constant changes nothing");
        }
    }

    #[test]
    fn lines_end_at_the_frame() {
        let axis = Axis::linear(-1.0, 1.0, "");
        let slope = Grid::of(&axis, &axis, (5, 7), |x, _| x);
        let lines = &contours(&slope, &[0.25])[0];
        assert_eq!(lines.len(), 1);
        assert!(lines[0].iter().all(|p| (p.0 - 0.25).abs() < 1e-12));
        // Higher at the right: to have it at the left, the line runs down.
        assert_eq!((lines[0][0].1, lines[0][lines[0].len() - 1].1), (1.0, -1.0));
        let corner = Grid::of(&axis, &axis, (9, 9), |x, y| x * y);
        let lines = &contours(&corner, &[0.3])[0];
        assert_eq!(lines.len(), 2);
        assert_sound(lines, &corner);
    }

    #[test]
    fn a_logarithmic_axis_has_nodes_in_equal_ratios() {
        let x = Axis { scale: Scale::Log, ..Axis::linear(0.01, 100.0, "") };
        let y = Axis::linear(0.0, 1.0, "");
        let grid = Grid::of(&x, &y, (9, 3), |x, _| x.log10());
        assert!(grid.values.iter().take(9).zip(-4..).all(|(v, i)| (v - 0.5 * f64::from(i)).abs() < 1e-12));
        let lines = &contours(&grid, &[0.2])[0];
        assert!(lines[0].iter().all(|p| (p.0 - 10_f64.powf(0.2)).abs() < 1e-9));
    }

    #[test]
    fn ties_and_plateaus_give_sound_lines() {
        let flat = grid(&[&[2.0; 4]; 3]);
        let levels = mass_levels(&flat, &[0.5, 0.95]);
        assert_eq!(levels, [2.0, 2.0]);
        assert!(contours(&flat, &[1.0, 2.0, 3.0, f64::NAN]).iter().all(Vec::is_empty));
        let peak = grid(&[&[0.0, 0.0, 0.0], &[0.0, 1.0, 0.0], &[0.0, 0.0, 0.0]]);
        assert!(contours(&peak, &[1.0])[0].is_empty(), "a single node is no line");
        let lines = &contours(&peak, &[0.5])[0];
        assert_eq!(*lines, [vec![(1.0, 0.5), (1.5, 1.0), (1.0, 1.5), (0.5, 1.0), (1.0, 0.5)]]);
        let mesa = grid(&[&[0.0; 5], &[0.0, 1.0, 1.0, 1.0, 0.0], &[0.0, 1.0, 1.0, 1.0, 0.0], &[0.0; 5]]);
        let lines = &contours(&mesa, &[1.0])[0];
        assert_eq!(lines.len(), 1);
        assert_sound(lines, &mesa);
        assert!(lines[0].iter().all(|p| (1.0..=3.0).contains(&p.0) && (1.0..=2.0).contains(&p.1)));
    }

    #[test]
    fn saddles_follow_the_mean() {
        let (joined, parted) = (grid(&[&[1.0, 0.4], &[0.4, 1.0]]), grid(&[&[1.0, -1.0], &[-1.0, 1.0]]));
        for (saddle, level, is_joined) in [(joined, 0.6, true), (parted, 0.5, false)] {
            let lines = &contours(&saddle, &[level])[0];
            assert_eq!(lines.len(), 2);
            assert_sound(lines, &saddle);
            // Lines of joined heights cut off the low corners, (1, 0) and (0, 1).
            let around_low = lines.iter().all(|line| {
                let (x, y) = (0.5 * (line[0].0 + line[1].0), 0.5 * (line[0].1 + line[1].1));
                (x > 0.5) != (y > 0.5)
            });
            assert_eq!(around_low, is_joined);
        }
    }

    #[test]
    fn what_is_not_finite_lies_below() {
        let axis = Axis::linear(-3.0, 3.0, "");
        for nowhere in [f64::NAN, f64::NEG_INFINITY] {
            let half =
                Grid::of(
                    &axis,
                    &axis,
                    (31, 31),
                    |x, y| if x < 0.0 { nowhere } else { -0.5 * (x * x + y * y) },
                );
            let levels = mass_levels(&half, &[0.5, 0.9]);
            assert!(levels.iter().all(|level| level.is_finite()));
            for lines in contours(&half, &levels) {
                assert_eq!(lines.len(), 1);
                assert_sound(&lines, &half);
                assert!(lines[0].iter().all(|p| p.0 > -0.11), "half a step beyond the last finite node");
            }
            let empty = grid(&[&[nowhere; 3]; 3]);
            assert!(mass_levels(&empty, &[0.5])[0].is_nan());
            assert!(mass_contours(&empty, &[0.5, 0.9]).iter().all(|contour| contour.lines.is_empty()));
        }
    }

    #[test]
    fn two_hills_have_two_lines() {
        let (x, y) = (Axis::linear(-6.0, 6.0, ""), Axis::linear(-3.0, 3.0, ""));
        let hills = Grid::of(&x, &y, (81, 41), |x, y| {
            let hill = |center: f64| (-0.5 * ((x - center) * (x - center) + y * y)).exp();
            (hill(-3.0) + hill(3.0)).ln()
        });
        let found = mass_contours(&hills, &[0.5]);
        assert_eq!(found[0].lines.len(), 2);
        assert_sound(&found[0].lines, &hills);
    }
}
