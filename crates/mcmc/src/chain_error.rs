//! Why a chain cannot be started.

use thiserror::Error;

/// Why a chain on a [`LogDensity`](models::LogDensity), NUTS or Metropolis, cannot be started.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum ChainError {
    /// The model has no parameter.
    #[error("the model has no parameter")]
    NoParameter,
    /// `target_accept` outside (0, 1).
    #[error("target acceptance must lie between 0 and 1, but is {value}")]
    TargetAcceptOutOfRange {
        /// What was asked for.
        value: f64,
    },
    /// `max_tree_depth` of NUTS outside 1 to 20.
    #[error("maximal tree depth must be from 1 to 20, but is {value}")]
    MaxTreeDepthOutOfRange {
        /// What was asked for.
        value: u32,
    },
    /// The initial position has another length than the model.
    #[error("the model has {dim} parameters, but the initial position {len}")]
    InitLengthMismatch {
        /// Number of parameters.
        dim: usize,
        /// Length of the position.
        len: usize,
    },
    /// No starting point with a finite log density and, where it is followed, gradient.
    #[error("no starting point with a finite log density in {num_tries} tries")]
    InitNotFinite {
        /// Positions tried.
        num_tries: u32,
    },
}
