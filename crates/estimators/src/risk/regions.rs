//! Risks for schools in regions, in the squared unit of the data.
//!
//! Model and estimators as in [`crate::regions`]: y_i ~ N(mu_i, V_y),
//! mu_i ~ N(theta_k, V_mu), theta_k ~ N(0, V_theta); n schools, K regions,
//! B = V_y/(V_y + V_mu). [`average`] is over all three levels, [`given_truth`]
//! over new noise for one drawn mu, [`unequal_noise`] for schools with noise variances of their own,
//! [`off_center`] where a school or a region lies off. [`linear_error`] has the risk of each school.

pub mod average;
pub mod given_truth;
pub mod linear_error;
pub mod off_center;
pub mod unequal_noise;

pub use linear_error::{LinearError, linear_errors};

use models::RegionScales;

use crate::error::{EstimateError, check_not_negative};
use crate::regions::noise_share;

/// A rule that is linear in y: shrinks schools to the region mean, and the region mean to a prior mean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum LinearRule {
    /// y itself.
    Unpooled,
    /// Each region's mean.
    PoolInRegion,
    /// Toward the region's own mean with the B of an assumed V_mu.
    ToRegionMean {
        /// The V_mu that is assumed, right or wrong.
        school_var: f64,
    },
    /// The posterior mean under assumed variances.
    FullBayes {
        /// The V_mu that is assumed, right or wrong.
        school_var: f64,
        /// The V_theta that is assumed, right or wrong.
        region_var: f64,
        /// The mean of the theta_k that is assumed.
        prior_mean: f64,
    },
}

/// Shares removed in a region: schools toward their mean, the mean toward the prior mean.
#[derive(Clone, Copy)]
struct Shares {
    school: f64,
    region: f64,
}

/// What the risk of a linear rule needs of a region's truth.
struct RegionTruth {
    size: f64,
    /// Σ (mu_i − region mean of mu)².
    within: f64,
    /// (region mean of mu − prior mean)².
    offset_sq: f64,
}

impl LinearRule {
    fn check(self) -> Result<(), EstimateError> {
        let (school_var, region_var) = match self {
            Self::Unpooled | Self::PoolInRegion => return Ok(()),
            Self::ToRegionMean { school_var } => (school_var, 0.0),
            Self::FullBayes { school_var, region_var, .. } => (school_var, region_var),
        };
        check_not_negative("variance between schools", school_var)?;
        check_not_negative("variance between regions", region_var)
    }

    fn prior_mean(self) -> f64 {
        if let Self::FullBayes { prior_mean, .. } = self { prior_mean } else { 0.0 }
    }

    fn shares(self, size: f64, noise_var: f64) -> Shares {
        match self {
            Self::Unpooled => Shares { school: 0.0, region: 0.0 },
            Self::PoolInRegion => Shares { school: 1.0, region: 0.0 },
            Self::ToRegionMean { school_var } => Shares {
                school: noise_share(RegionScales { noise_var, school_var, region_var: 0.0 }),
                region: 0.0,
            },
            Self::FullBayes { school_var, region_var, .. } => {
                let mean_var = (noise_var + school_var) / size;
                Shares {
                    school: noise_share(RegionScales { noise_var, school_var, region_var }),
                    region: mean_var / (mean_var + region_var),
                }
            }
        }
    }

    /// (n_k−1)(1−B')² V_y + B'² S_k + (1−g)² V_y + n_k g² offset², g = B'c'.
    fn risk(self, noise_var: f64, truth: &RegionTruth) -> f64 {
        let Shares { school, region } = self.shares(truth.size, noise_var);
        let kept = 1.0 - school;
        let pull = school * region;
        (truth.size - 1.0) * kept * kept * noise_var
            + school * school * truth.within
            + (1.0 - pull) * (1.0 - pull) * noise_var
            + truth.size * pull * pull * truth.offset_sq
    }
}
