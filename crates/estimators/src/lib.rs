//! Point and interval estimates, empirical Bayes shrinkage and their exact
//! risks, each a pure function.
//!
//! Every shrinkage estimate here is `(1 − shrinkage) y + shrinkage center`, so
//! each estimator comes twice: as a [`ShrinkageRule`] (two numbers, no
//! allocation, for thousands of simulated data sets) and as estimates.
//!
//! ```
//! let y = [3.3735, 4.1836, 3.1644, 5.5953, 4.3295];
//! let shrunken = estimators::james_stein_grand_mean(&y, 1.0)?;
//! assert!((shrunken.center - 4.12926).abs() < 1e-9);
//! # Ok::<(), estimators::EstimateError>(())
//! ```

mod bayes;
mod error;
pub mod interval;
mod james_stein;
mod loss;
pub mod marginal_likelihood;
pub mod moderated_variance;
#[cfg(test)]
#[path = "../tests/printed/mod.rs"]
mod printed;
pub mod regions;
pub mod risk;
mod shrinkage;

pub use bayes::{bayes, bayes_factor};
pub use error::EstimateError;
pub use james_stein::{
    james_stein, james_stein_factor, james_stein_grand_mean, james_stein_grand_mean_factor,
    james_stein_grand_mean_positive, james_stein_grand_mean_positive_factor, james_stein_positive,
    james_stein_positive_factor,
};
pub use loss::{absolute_errors, mean_absolute_error, num_closer, rmse, squared_error};
pub use shrinkage::{ShrinkageRule, Shrunken, Truncation};
