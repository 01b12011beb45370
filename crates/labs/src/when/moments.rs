//! Running sums of the losses of all estimators on the same data sets.

use super::contenders::{Losses, NUM_CONTENDERS};

/// Sums over data sets; losses of who is not defined are NaN all through.
#[derive(Clone, Debug)]
pub(crate) struct Moments {
    count: u32,
    sums: Losses,
    squares: Losses,
    /// Σ of the product of the two estimators that are compared.
    cross: f64,
}

/// A simulated mean and its Monte Carlo error.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Simulated {
    pub(crate) mean: f64,
    pub(crate) error: f64,
}

impl Default for Moments {
    fn default() -> Self {
        Self { count: 0, sums: [0.0; NUM_CONTENDERS], squares: [0.0; NUM_CONTENDERS], cross: 0.0 }
    }
}

impl Moments {
    /// Adds the losses on one data set; `pair` are the two that are compared.
    pub(crate) fn push(&mut self, losses: &Losses, pair: (usize, usize)) {
        self.count += 1;
        for ((sum, square), loss) in self.sums.iter_mut().zip(&mut self.squares).zip(losses) {
            *sum += loss;
            *square += loss * loss;
        }
        self.cross += losses[pair.0] * losses[pair.1];
    }

    pub(crate) fn count(&self) -> u32 {
        self.count
    }

    /// Mean loss of one estimator; `None` where it is not defined or too little is known.
    pub(crate) fn mean(&self, contender: usize) -> Option<Simulated> {
        let n = f64::from(self.count);
        let mean = self.sums[contender] / n;
        let var = (self.squares[contender] - n * mean * mean) / (n - 1.0);
        (self.count > 1 && mean.is_finite()).then(|| Simulated { mean, error: (var.max(0.0) / n).sqrt() })
    }

    /// Ratio of the mean losses of the pair, its error by the delta method: the same data sets for both
    /// make it much smaller than two separate errors would be.
    pub(crate) fn ratio(&self, pair: (usize, usize)) -> Option<Simulated> {
        let (a, b) = (self.mean(pair.0)?, self.mean(pair.1)?);
        let n = f64::from(self.count);
        let covariance = (self.cross - n * a.mean * b.mean) / (n - 1.0) / n;
        let ratio = a.mean / b.mean;
        let var = a.error * a.error - 2.0 * ratio * covariance + ratio * ratio * b.error * b.error;
        let error = var.max(0.0).sqrt() / b.mean;
        (ratio.is_finite() && error.is_finite()).then_some(Simulated { mean: ratio, error })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_by_hand() {
        let mut moments = Moments::default();
        for (a, b) in [(1.0, 2.0), (3.0, 6.0), (2.0, 1.0)] {
            let mut losses = [f64::NAN; NUM_CONTENDERS];
            (losses[0], losses[1]) = (a, b);
            moments.push(&losses, (0, 1));
        }
        let mean = moments.mean(0).unwrap();
        assert!((mean.mean - 2.0).abs() < 1e-12 && (mean.error - (1.0 / 3.0_f64).sqrt()).abs() < 1e-12);
        assert_eq!(moments.mean(2), None);
        // Means 2 and 3; variances 1 and 7, covariance 2; all over 3 data sets.
        let ratio = moments.ratio((0, 1)).unwrap();
        let var: f64 = (1.0 - 2.0 * (2.0 / 3.0) * 2.0 + 4.0 / 9.0 * 7.0) / 3.0;
        assert!((ratio.mean - 2.0 / 3.0).abs() < 1e-12 && (ratio.error - var.sqrt() / 3.0).abs() < 1e-12);
    }
}
