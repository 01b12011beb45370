//! Scales drawn from their lattice, for draws from the exact posterior.
//!
//! The proposal is the lattice density with straight lines (over two scales: bilinear
//! patches) between its points, so close to the posterior that an independence Metropolis
//! step accepts more than 97 %; theta and mu then follow exactly
//! ([`Hierarchy::draw_given_scales`]). Such draws are "collapsed": theta and mu are
//! integrated out of the step.

use rand::Rng;
use stats::uniform;

use crate::scale_grid::{Axis, ScaleGrid};
use crate::{Hierarchy, ScalePosterior};

/// A proposal for the learned scales that is almost their posterior.
#[derive(Clone, Debug)]
pub struct ScaleProposal {
    hierarchy: Hierarchy,
    grid: ScaleGrid,
    /// Row and column of every lattice point.
    cells: Vec<(i32, i32)>,
    alias: Vec<Alias>,
    /// Log of the weights' sum times the area of a cell.
    log_total: f64,
}

/// One column of an alias table (Walker 1977, ACM TOMS 3:253–256).
#[derive(Clone, Copy, Debug)]
struct Alias {
    /// Probability of keeping the column's own cell.
    keep: f64,
    other: usize,
}

impl ScaleProposal {
    /// The proposal for this posterior.
    #[must_use]
    pub fn new(posterior: &ScalePosterior) -> Self {
        let hierarchy = posterior.hierarchy().clone();
        let grid = posterior.grid().finer(&hierarchy, REFINEMENT, CUTOFF);
        let mut cells = Vec::new();
        let mut weights = Vec::new();
        for row in grid.rows() {
            cells.extend((row.first_col..).zip(grid.weights(row)).map(|(col, _)| (row.index, col)));
            weights.extend_from_slice(grid.weights(row));
        }
        let log_total = libm::log(grid.total * grid.school.step * grid.region.step);
        Self { hierarchy, cells, alias: alias_table(&weights), log_total, grid }
    }

    /// The model and data.
    #[must_use]
    pub fn hierarchy(&self) -> &Hierarchy {
        &self.hierarchy
    }

    /// Draws (school_sd, region_sd, log_q): sigma_mu, sigma_theta and the log density of the
    /// proposal there, per unit of each learned SD. A known scale comes back as it is.
    ///
    /// The proposal ends where the posterior density has fallen below 10⁻¹¹ of its highest.
    pub fn propose(&self, rng: &mut impl Rng) -> (f64, f64, f64) {
        let [row, col] = self.draw_coordinates(rng);
        let (school_sd, school_log, school_slope) = self.grid.school.sd_at(self.grid.school.coordinate(row));
        let (region_sd, region_log, region_slope) = self.grid.region.sd_at(self.grid.region.coordinate(col));
        let density = self.interpolate(row, col) / (school_slope * region_slope);
        (school_sd, region_sd, libm::log(density) - self.log_total - school_log - region_log)
    }

    /// Log density of the proposal at these SDs, per unit of each learned SD; −∞ where it never goes.
    #[must_use]
    pub fn log_density(&self, school_sd: f64, region_sd: f64) -> f64 {
        let place = |axis: &Axis, learned: bool, sd: f64| {
            let origin = axis.coordinate(0.0);
            let u = if learned { axis.coordinate_of(sd) } else { origin };
            let (_, log_sd, slope) = axis.sd_at(u);
            ((u - origin) / axis.step, log_sd, slope)
        };
        let (row, school_log, school_slope) =
            place(&self.grid.school, self.hierarchy.school_sd().is_learned(), school_sd);
        let (col, region_log, region_slope) =
            place(&self.grid.region, self.hierarchy.region_sd().is_learned(), region_sd);
        let density = self.interpolate(row, col) / (school_slope * region_slope);
        libm::log(density) - self.log_total - school_log - region_log
    }

    /// Log of the density to draw from, up to a constant, in the measure of
    /// [`propose`](Self::propose): [`Hierarchy::log_scale_density`].
    #[must_use]
    pub fn log_target(&self, school_sd: f64, region_sd: f64) -> f64 {
        self.hierarchy.log_scale_density(school_sd, region_sd)
    }

    /// A place on the lattice, in steps: a lattice point, and a triangle's variate along each learned scale.
    fn draw_coordinates(&self, rng: &mut impl Rng) -> [f64; 2] {
        let place = uniform(rng) * self.alias.len() as f64;
        #[expect(clippy::cast_possible_truncation, reason = "the whole part of a number below a length")]
        let column = place as usize;
        let alias = self.alias[column];
        let cell = if uniform(rng) < alias.keep { column } else { alias.other };
        let (row, col) = self.cells[cell];
        let mut offset = |learned: bool| if learned { uniform(rng) - uniform(rng) } else { 0.0 };
        [
            f64::from(row) + offset(self.hierarchy.school_sd().is_learned()),
            f64::from(col) + offset(self.hierarchy.region_sd().is_learned()),
        ]
    }

    /// The weights between lattice points, 0 beyond the lattice.
    fn interpolate(&self, row: f64, col: f64) -> f64 {
        let (row_floor, col_floor) = (row.floor(), col.floor());
        let (row_part, col_part) = (row - row_floor, col - col_floor);
        #[expect(clippy::cast_possible_truncation, reason = "saturates, and there is no lattice out there")]
        let (row, col) = (row_floor as i32, col_floor as i32);
        let along = |row: i32| {
            let left = self.grid.weight(row, col);
            let right = if col_part == 0.0 { 0.0 } else { self.grid.weight(row, col + 1) };
            left * (1.0 - col_part) + right * col_part
        };
        let above = if row_part == 0.0 { 0.0 } else { along(row + 1) };
        along(row) * (1.0 - row_part) + above * row_part
    }
}

/// By how much the steps along the two scales are finer than those of the quadrature.
const REFINEMENT: [f64; 2] = [3.0, 3.0];
const CUTOFF: f64 = 1e-11;

/// Walker's alias table in the linear construction of Vose 1991, IEEE Trans. Softw. Eng. 17:972–975.
fn alias_table(weights: &[f64]) -> Vec<Alias> {
    let scale = weights.len() as f64 / weights.iter().sum::<f64>();
    let mut table: Vec<Alias> =
        weights.iter().enumerate().map(|(other, w)| Alias { keep: w * scale, other }).collect();
    let (mut small, mut large): (Vec<usize>, Vec<usize>) =
        (0..table.len()).partition(|i| table[*i].keep < 1.0);
    while let (Some(low), Some(high)) = (small.pop(), large.last().copied()) {
        table[low].other = high;
        table[high].keep -= 1.0 - table[low].keep;
        if table[high].keep < 1.0 {
            large.pop();
            small.push(high);
        }
    }
    // What remains is 1 up to rounding.
    for i in small.into_iter().chain(large) {
        table[i].keep = 1.0;
    }
    table
}

#[cfg(test)]
mod tests {
    use stats::stream;

    use super::*;

    #[test]
    fn an_alias_table_has_the_probabilities_of_its_weights() {
        let weights = [0.5, 3.0, 0.0, 1.0, 0.25, 7.0];
        let table = alias_table(&weights);
        let mut shares = [0.0; 6];
        for (i, alias) in table.iter().enumerate() {
            shares[i] += alias.keep / 6.0;
            shares[alias.other] += (1.0 - alias.keep) / 6.0;
        }
        for (share, weight) in shares.iter().zip(weights) {
            assert!((share - weight / 11.75).abs() < 1e-15, "{share} {weight}");
        }
    }

    #[test]
    fn coordinates_follow_the_lines_between_lattice_points() {
        let proposal = ScaleProposal::new(&ScalePosterior::new(&Hierarchy::eight_schools()));
        let (mut rng, num_draws) = (stream(7, "test", 0), 400_000);
        let first = proposal.grid.rows().iter().map(|row| row.index).min().unwrap() - 1;
        let num_bins = 2 * (proposal.grid.rows().len() + 1);
        let mut counts = vec![0.0; num_bins];
        for _ in 0..num_draws {
            let [row, col] = proposal.draw_coordinates(&mut rng);
            assert_eq!(col, 0.0);
            #[expect(clippy::cast_possible_truncation, reason = "a bin's number is a whole part")]
            let bin = (2.0 * (row - f64::from(first))) as usize;
            counts[bin] += 1.0;
        }
        let (mut chi_square, mut df): (f64, f64) = (0.0, -1.0);
        for (bin, count) in counts.iter().enumerate() {
            // Over half a step the density is a straight line: its middle gives the mass.
            let middle = f64::from(first) + 0.5 * (bin as f64 + 0.5);
            let expected =
                f64::from(num_draws) * 0.5 * proposal.interpolate(middle, 0.0) / proposal.grid.total;
            if expected > 50.0 {
                chi_square += (count - expected) * (count - expected) / expected;
                df += 1.0;
            }
        }
        // 4 SDs of a chi-square: a false alarm for one seed in 10,000.
        assert!(df > 40.0 && chi_square < df + 4.0 * (2.0 * df).sqrt(), "{chi_square} on {df} df");
    }
}
