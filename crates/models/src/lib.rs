//! Probability models: simulate data, log density and its gradient, exact
//! posteriors, the map between constrained and unconstrained parameters.
//!
//! ```
//! use models::{RegionNormals, RegionPosterior, RegionScales, realize};
//!
//! let sizes = [10, 10, 10, 10];
//! let scales = RegionScales { noise_var: 1.0, school_var: 1.0, region_var: 25.0 };
//! let data = realize(&RegionNormals::random(7, 0, &sizes), &sizes, scales);
//! let posterior = RegionPosterior::new(&data.y, &sizes, scales)?;
//! assert!((posterior.mu_sd[0] - 0.74135).abs() < 1e-5);
//! # Ok::<(), models::RegionError>(())
//! ```
//!
//! Scales may be learned and schools may differ in their noise; the posterior stays exact:
//!
//! ```
//! use models::{Hierarchy, Level, ScalePosterior};
//!
//! let posterior = ScalePosterior::new(&Hierarchy::eight_schools());
//! assert!((posterior.school_sd_mean - 3.5977).abs() < 1e-4);
//! assert!((posterior.mu_mean[0] - 6.2119).abs() < 1e-4);
//! let median = posterior.scale_quantiles(Level::School, &[0.5])[0];
//! assert!((median - 2.7487).abs() < 1e-4);
//! ```

pub mod binding_counts;
pub mod binding_tree;
pub mod expression;
pub mod hierarchy;
pub mod hierarchy_density;
pub mod log_density;
pub mod mr_slope;
pub mod mr_slope_grid;
pub mod mr_slope_posterior;
mod noise_groups;
pub mod normal_means;
pub mod region_hierarchical;
pub mod region_scales;
mod scale_grid;
pub mod scale_posterior;
pub mod scale_prior;
pub mod scale_proposal;
pub mod truth_shape;
pub mod two_parameters;

pub use hierarchy::{Hierarchy, HierarchyData};
pub use hierarchy_density::{HierarchyDensity, Parameterization};
pub use log_density::{ExactPosterior, LogDensity};
pub use normal_means::{NormalMeans, NormalMeansData};
pub use region_hierarchical::{
    RegionData, RegionError, RegionModel, RegionNormals, RegionPosterior, log_marginal_likelihood, realize,
    realize_into, realize_with_noise,
};
pub use region_scales::RegionScales;
pub use scale_posterior::{Level, PosteriorMeans, ScalePosterior, Sketch};
pub use scale_prior::{Scale, ScalePrior};
pub use scale_proposal::ScaleProposal;
pub use truth_shape::TruthShape;
pub use two_parameters::TwoParameters;
