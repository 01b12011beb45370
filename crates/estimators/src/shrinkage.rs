/// Estimates of the form `(1 − shrinkage) y + shrinkage center`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ShrinkageRule {
    /// Share of the deviation from the centre that is removed: 0 keeps y, 1
    /// gives the centre; above 1 only in estimators without positive part.
    pub shrinkage: f64,
    /// What the estimates are drawn toward, in the unit of y.
    pub center: f64,
}

impl ShrinkageRule {
    /// Keeps every y.
    pub const UNPOOLED: Self = Self { shrinkage: 0.0, center: 0.0 };

    /// The estimate for one observation.
    #[must_use]
    pub fn estimate(&self, y: f64) -> f64 {
        (1.0 - self.shrinkage) * y + self.shrinkage * self.center
    }

    /// Writes the estimates for all of `y`.
    ///
    /// # Panics
    /// If the lengths differ.
    pub fn estimate_into(&self, y: &[f64], estimates: &mut [f64]) {
        assert_eq!(y.len(), estimates.len(), "one estimate for each observation");
        for (estimate, &y) in estimates.iter_mut().zip(y) {
            *estimate = self.estimate(y);
        }
    }

    /// Total squared error of the estimates, without storing them.
    ///
    /// # Panics
    /// If the lengths differ.
    #[must_use]
    pub fn squared_error(&self, y: &[f64], truth: &[f64]) -> f64 {
        assert_eq!(y.len(), truth.len(), "one true value for each observation");
        y.iter().zip(truth).map(|(&y, &truth)| (self.estimate(y) - truth) * (self.estimate(y) - truth)).sum()
    }

    /// The estimate for one observation, moved no further than `max_move` from it.
    ///
    /// # Source
    /// Limited translation: Efron & Morris 1971, JASA 66:807–815, and 1972, JASA 67:130–139.
    #[must_use]
    pub fn limited_estimate(&self, y: f64, max_move: f64) -> f64 {
        y - (y - self.estimate(y)).clamp(-max_move, max_move)
    }

    /// Total squared error of the limited estimates, without storing them.
    ///
    /// # Panics
    /// If the lengths differ.
    #[must_use]
    pub fn limited_squared_error(&self, y: &[f64], truth: &[f64], max_move: f64) -> f64 {
        assert_eq!(y.len(), truth.len(), "one true value for each observation");
        let error = |(&y, &truth): (&f64, &f64)| self.limited_estimate(y, max_move) - truth;
        y.iter().zip(truth).map(error).map(|error| error * error).sum()
    }

    pub(crate) fn shrink(self, y: &[f64]) -> Shrunken {
        let estimates = y.iter().map(|&y| self.estimate(y)).collect();
        Shrunken { estimates, shrinkage: self.shrinkage, center: self.center }
    }
}

/// Estimates and the rule that gave them.
#[derive(Clone, Debug, PartialEq)]
pub struct Shrunken {
    /// One estimate for each observation, in its unit and order.
    pub estimates: Vec<f64>,
    /// As in [`ShrinkageRule`].
    pub shrinkage: f64,
    /// As in [`ShrinkageRule`].
    pub center: f64,
}

/// Whether an estimated shrinkage may pass beyond the centre.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Truncation {
    /// The factor as James and Stein wrote it: small data sets may be turned around.
    Plain,
    /// Shrinkage is cut off at 1, which never has a larger risk (Baranchik 1964).
    #[default]
    PositivePart,
}

impl Truncation {
    /// `multiple / sum_sq` with the cut applied.
    ///
    /// A sum of squares of 0 means that every y is at the centre already; then
    /// the rule is not defined, any shrinkage gives the same estimates, and 1 is returned.
    pub(crate) fn shrinkage(self, multiple: f64, sum_sq: f64) -> f64 {
        if sum_sq == 0.0 {
            return 1.0;
        }
        match self {
            Self::Plain => multiple / sum_sq,
            Self::PositivePart => (multiple / sum_sq).min(1.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limited_estimates_stop_on_their_way() {
        let rule = ShrinkageRule { shrinkage: 0.5, center: 1.0 };
        assert_eq!(rule.limited_estimate(3.0, 2.0), 2.0);
        assert_eq!((rule.limited_estimate(9.0, 2.0), rule.limited_estimate(-9.0, 2.0)), (7.0, -7.0));
        assert_eq!(rule.limited_squared_error(&[3.0, 9.0], &[2.0, 8.0], 2.0), 1.0);
    }
}
