//! The Bayes rule for normal means with a known prior variance.

use crate::error::{EstimateError, check_not_negative, check_positive};
use crate::{ShrinkageRule, Shrunken};

/// Posterior means (1 − B) y with B = V/(V + A) for y_i ~ N(mu_i, V), mu_i ~ N(0, A).
///
/// - `noise_var`: V > 0; `prior_var`: A ≥ 0, where 0 gives zeros.
///
/// # Errors
/// [`EstimateError::VarianceNotPositive`], [`EstimateError::VarianceNegative`].
///
/// # Source
/// Efron & Morris 1973, JASA 68:117–130.
pub fn bayes(y: &[f64], noise_var: f64, prior_var: f64) -> Result<Shrunken, EstimateError> {
    Ok(bayes_factor(noise_var, prior_var)?.shrink(y))
}

/// The rule of [`bayes`], which does not depend on the data.
///
/// # Errors
/// As [`bayes`].
pub fn bayes_factor(noise_var: f64, prior_var: f64) -> Result<ShrinkageRule, EstimateError> {
    check_positive("noise variance", noise_var)?;
    check_not_negative("prior variance", prior_var)?;
    Ok(ShrinkageRule { shrinkage: noise_var / (noise_var + prior_var), center: 0.0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shrinkage_is_the_share_of_noise() {
        assert_eq!(bayes(&[4.0, -8.0], 1.0, 3.0).unwrap().estimates, [3.0, -6.0]);
        assert_eq!(bayes_factor(2.0, 0.0).unwrap().shrinkage, 1.0);
        assert!(bayes_factor(0.0, 1.0).is_err() && bayes_factor(1.0, -1.0).is_err());
    }
}
