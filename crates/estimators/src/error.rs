/// What an estimator or a risk refuses, with the offending value.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum EstimateError {
    /// The estimator is not defined for so few units.
    #[error("{what} needs at least {needed} units, but there are {found}")]
    TooFewUnits {
        /// The estimator, as a noun for the start of a sentence.
        what: &'static str,
        /// The smallest number it is defined for.
        needed: usize,
        /// The number given.
        found: usize,
    },
    /// A variance that must be positive and finite is not.
    #[error("the {what} must be positive and finite, but is {value}")]
    VarianceNotPositive {
        /// Which variance.
        what: &'static str,
        /// The offender.
        value: f64,
    },
    /// A variance that may be 0 is negative or not finite.
    #[error("the {what} must be finite and not negative, but is {value}")]
    VarianceNegative {
        /// Which variance.
        what: &'static str,
        /// The offender.
        value: f64,
    },
    /// Slices that must go together differ in length.
    #[error("there are {found} {what}, but {expected} are needed")]
    LengthMismatch {
        /// What the shorter or longer slice holds, in the plural.
        what: &'static str,
        /// The length that would fit.
        expected: usize,
        /// The length given.
        found: usize,
    },
    /// A region without schools.
    #[error("region number {region} (counted from 0) has no schools")]
    EmptyRegion {
        /// Its position.
        region: usize,
    },
}

/// Refuses a variance that is not positive and finite.
pub(crate) fn check_positive(what: &'static str, value: f64) -> Result<(), EstimateError> {
    if value > 0.0 && value.is_finite() {
        Ok(())
    } else {
        Err(EstimateError::VarianceNotPositive { what, value })
    }
}

/// Refuses a variance that is negative or not finite.
pub(crate) fn check_not_negative(what: &'static str, value: f64) -> Result<(), EstimateError> {
    if value >= 0.0 && value.is_finite() {
        Ok(())
    } else {
        Err(EstimateError::VarianceNegative { what, value })
    }
}

/// Refuses fewer than `needed` units.
pub(crate) fn check_units(what: &'static str, needed: usize, found: usize) -> Result<(), EstimateError> {
    if found >= needed { Ok(()) } else { Err(EstimateError::TooFewUnits { what, needed, found }) }
}

/// Refuses a length other than `expected`.
pub(crate) fn check_length(what: &'static str, expected: usize, found: usize) -> Result<(), EstimateError> {
    if found == expected { Ok(()) } else { Err(EstimateError::LengthMismatch { what, expected, found }) }
}
