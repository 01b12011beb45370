//! Exact risks: expected total squared error of each estimator.
//!
//! [`fixed_truth`] and [`prior_average`] count in units of the noise variance,
//! so that a risk depends on the number of units and one ratio; multiply by V_y
//! for the unit of the data, as does [`coverage`]. [`regions`] takes and gives variances as they are.

pub mod coverage;
pub mod fixed_truth;
pub mod prior_average;
pub mod race;
pub mod regions;
