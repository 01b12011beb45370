//! What samplers ask of a model.

use stats::SimRng;

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

    /// Number of variables that a draw reports.
    fn num_variables(&self) -> usize {
        self.dim()
    }

    /// Writes the variables that `position` stands for, on their own scale and in the
    /// order of their names, into `out` (length [`num_variables`](Self::num_variables)).
    /// Must not allocate.
    fn constrain(&self, position: &[f64], out: &mut [f64]) {
        out.copy_from_slice(position);
    }
}

impl<M: LogDensity + ?Sized> LogDensity for &M {
    fn dim(&self) -> usize {
        (**self).dim()
    }

    fn log_density_and_grad(&self, position: &[f64], grad: &mut [f64]) -> f64 {
        (**self).log_density_and_grad(position, grad)
    }

    fn num_variables(&self) -> usize {
        (**self).num_variables()
    }

    fn constrain(&self, position: &[f64], out: &mut [f64]) {
        (**self).constrain(position, out);
    }
}

/// A posterior that can be drawn from directly, each draw independent of the last.
pub trait ExactPosterior {
    /// Number of variables of one draw.
    fn dim(&self) -> usize;

    /// Writes one draw into `out`, which has length [`dim`](Self::dim). Must not allocate.
    fn exact_draw(&self, rng: &mut SimRng, out: &mut [f64]);
}

impl<P: ExactPosterior + ?Sized> ExactPosterior for &P {
    fn dim(&self) -> usize {
        (**self).dim()
    }

    fn exact_draw(&self, rng: &mut SimRng, out: &mut [f64]) {
        (**self).exact_draw(rng, out);
    }
}
