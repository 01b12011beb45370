//! Probability models: simulate data, log density and its gradient, exact
//! posteriors, the map between constrained and unconstrained parameters.

pub mod log_density;
pub mod region_scales;

pub use log_density::LogDensity;
pub use region_scales::RegionScales;
