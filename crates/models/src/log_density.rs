//! What a gradient-based sampler asks of a model.

/// A log density on all of R^`dim`, known up to a constant, with its gradient.
pub trait LogDensity {
    /// Number of unconstrained parameters.
    fn dim(&self) -> usize;

    /// Log density at `position`; its gradient is written into `grad`.
    ///
    /// Both slices have length [`dim`](Self::dim). Outside the support, or where
    /// the arithmetic fails, the answer is −∞ or NaN, never a panic; a sampler
    /// then counts a divergence. Must not allocate: it is called millions of times.
    fn log_density_and_grad(&self, position: &[f64], grad: &mut [f64]) -> f64;
}

impl<M: LogDensity + ?Sized> LogDensity for &M {
    fn dim(&self) -> usize {
        (**self).dim()
    }

    fn log_density_and_grad(&self, position: &[f64], grad: &mut [f64]) -> f64 {
        (**self).log_density_and_grad(position, grad)
    }
}
