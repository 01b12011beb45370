//! The three variances of the model of schools in regions.

use serde::{Deserialize, Serialize};

/// Variances of y_i ~ N(mu_i, V_y), mu_i ~ N(theta_k, V_mu), theta_k ~ N(0, V_theta);
/// all in the squared unit of `y`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct RegionScales {
    /// V_y, the variance of one observed school mean around its school's truth.
    pub noise_var: f64,
    /// V_mu, the variance of the schools of one region around their region's mean.
    pub school_var: f64,
    /// V_theta, the variance of the region means around 0.
    pub region_var: f64,
}
