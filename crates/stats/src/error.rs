/// What a function of this crate refuses, with the offending value.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum StatsError {
    /// Nothing to summarise.
    #[error("there are no values to summarise")]
    Empty,
    /// A value is NaN or infinite.
    #[error("value number {index} (counted from 0) is {value}, which is not finite")]
    NotFinite {
        /// Position of the first offender.
        index: usize,
        /// The offender.
        value: f64,
    },
    /// A probability outside [0, 1].
    #[error("a probability must be between 0 and 1, but is {value}")]
    NotProbability {
        /// The offender.
        value: f64,
    },
    /// Histogram edges that do not rise strictly, or fewer than two of them.
    #[error("bin edges must be at least two finite, strictly rising numbers")]
    EdgesNotRising,
}
