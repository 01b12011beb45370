//! Means, variances, quantiles and box plots.

use crate::StatsError;

/// Arithmetic mean; NaN for an empty slice.
#[must_use]
pub fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// Sample variance, divisor n − 1; NaN for fewer than two values.
#[must_use]
pub fn variance(values: &[f64]) -> f64 {
    if values.len() < 2 {
        return f64::NAN;
    }
    sum_sq_about(values, mean(values)) / (values.len() - 1) as f64
}

/// Sample standard deviation, divisor n − 1; NaN for fewer than two values.
#[must_use]
pub fn sd(values: &[f64]) -> f64 {
    variance(values).sqrt()
}

/// Σ (value − `center`)².
#[must_use]
pub fn sum_sq_about(values: &[f64], center: f64) -> f64 {
    values.iter().map(|v| (v - center) * (v - center)).sum()
}

/// The `p` quantile of `values` in any order, by linear interpolation of order statistics.
///
/// # Errors
/// [`StatsError::Empty`], [`StatsError::NotFinite`], [`StatsError::NotProbability`].
///
/// # Source
/// Hyndman & Fan 1996, Am. Stat. 50:361–365, definition 7 (R's default).
pub fn quantile(values: &[f64], p: f64) -> Result<f64, StatsError> {
    quantile_of_sorted(&sorted(values)?, p)
}

/// [`quantile`] of values already in rising order, without a copy.
///
/// # Errors
/// [`StatsError::Empty`], [`StatsError::NotProbability`].
pub fn quantile_of_sorted(sorted: &[f64], p: f64) -> Result<f64, StatsError> {
    if !(0.0..=1.0).contains(&p) {
        return Err(StatsError::NotProbability { value: p });
    }
    let last = sorted.len().checked_sub(1).ok_or(StatsError::Empty)?;
    let position = p * last as f64;
    #[expect(clippy::cast_possible_truncation, reason = "rounding down is meant; 0 ≤ position ≤ last")]
    let below = position.floor() as usize;
    let fraction = position - below as f64;
    let above = (below + 1).min(last);
    Ok(sorted[below] + fraction * (sorted[above] - sorted[below]))
}

/// What a box plot shows.
#[derive(Clone, Debug, PartialEq)]
pub struct BoxPlot {
    /// The lowest value within 1.5 interquartile ranges of the box.
    pub lower_whisker: f64,
    /// First quartile.
    pub lower_quartile: f64,
    /// Median.
    pub median: f64,
    /// Third quartile.
    pub upper_quartile: f64,
    /// The highest value within 1.5 interquartile ranges of the box.
    pub upper_whisker: f64,
    /// Values beyond the whiskers, in rising order.
    pub outliers: Vec<f64>,
}

/// Tukey's box plot of `values` in any order, with quartiles as in [`quantile`].
///
/// # Errors
/// [`StatsError::Empty`], [`StatsError::NotFinite`].
///
/// # Source
/// Tukey 1977, Exploratory Data Analysis; quartiles of definition 7 instead of
/// hinges, as ggplot2 draws them.
pub fn box_plot(values: &[f64]) -> Result<BoxPlot, StatsError> {
    const FENCE: f64 = 1.5; // interquartile ranges, Tukey's inner fence
    let sorted = sorted(values)?;
    let lower_quartile = quantile_of_sorted(&sorted, 0.25)?;
    let upper_quartile = quantile_of_sorted(&sorted, 0.75)?;
    let reach = FENCE * (upper_quartile - lower_quartile);
    let is_inside = |v: &f64| *v >= lower_quartile - reach && *v <= upper_quartile + reach;
    // A quartile may lie between two values of which the outer one is beyond the fence.
    let lower_whisker = sorted.iter().copied().find(is_inside).unwrap_or(lower_quartile);
    let upper_whisker = sorted.iter().rev().copied().find(is_inside).unwrap_or(upper_quartile);
    Ok(BoxPlot {
        lower_whisker: lower_whisker.min(lower_quartile),
        lower_quartile,
        median: quantile_of_sorted(&sorted, 0.5)?,
        upper_quartile,
        upper_whisker: upper_whisker.max(upper_quartile),
        outliers: sorted.iter().copied().filter(|v| !is_inside(v)).collect(),
    })
}

/// Mean and variance of a stream of numbers, without keeping them.
///
/// # Source
/// Welford 1962, Technometrics 4:419–420.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct RunningMean {
    count: u64,
    mean: f64,
    sum_sq: f64,
}

impl RunningMean {
    /// No values yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes in one more value.
    pub fn push(&mut self, value: f64) {
        self.count += 1;
        let change = value - self.mean;
        self.mean += change / self.count as f64;
        self.sum_sq += change * (value - self.mean);
    }

    /// How many values were taken in.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.count
    }

    /// Mean so far; NaN before the first value.
    #[must_use]
    pub fn mean(&self) -> f64 {
        if self.count == 0 { f64::NAN } else { self.mean }
    }

    /// Sample variance so far, divisor n − 1; NaN before the second value.
    #[must_use]
    pub fn variance(&self) -> f64 {
        if self.count < 2 { f64::NAN } else { self.sum_sq / (self.count - 1) as f64 }
    }

    /// Standard error of the mean for independent values; NaN before the second.
    #[must_use]
    pub fn standard_error(&self) -> f64 {
        (self.variance() / self.count as f64).sqrt()
    }
}

/// A rising copy, all finite and at least one.
fn sorted(values: &[f64]) -> Result<Vec<f64>, StatsError> {
    if values.is_empty() {
        return Err(StatsError::Empty);
    }
    if let Some((index, &value)) = values.iter().enumerate().find(|(_, v)| !v.is_finite()) {
        return Err(StatsError::NotFinite { index, value });
    }
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    Ok(sorted)
}

#[cfg(test)]
mod tests {
    use super::*;

    const VALUES: [f64; 8] = [2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0];

    #[test]
    fn moments_of_eight_numbers() {
        assert_eq!(mean(&VALUES), 5.0);
        assert_eq!(variance(&VALUES), 32.0 / 7.0);
        assert_eq!(sd(&VALUES), (32.0_f64 / 7.0).sqrt());
        assert!(mean(&[]).is_nan() && variance(&[1.0]).is_nan());
    }

    #[test]
    fn quantiles_are_those_of_definition_7() {
        // By hand from the definition: position p (n − 1) among the order statistics.
        let values = [40.0, 10.0, 20.0, 30.0];
        for (p, expected) in [(0.0, 10.0), (0.25, 17.5), (0.5, 25.0), (0.9, 37.0), (1.0, 40.0)] {
            assert!((quantile(&values, p).unwrap() - expected).abs() < 1e-13);
        }
        assert_eq!(quantile(&[3.0], 0.7), Ok(3.0));
        assert_eq!(quantile(&[], 0.5), Err(StatsError::Empty));
        assert_eq!(quantile(&[1.0], 1.5), Err(StatsError::NotProbability { value: 1.5 }));
        assert!(matches!(quantile(&[1.0, f64::NAN], 0.5), Err(StatsError::NotFinite { index: 1, .. })));
    }

    #[test]
    fn box_plot_sets_outliers_apart() {
        let plot = box_plot(&[5.0, 1.0, 2.0, 100.0, 3.0, 4.0, 6.0, -50.0, 7.0]).unwrap();
        assert_eq!((plot.lower_quartile, plot.median, plot.upper_quartile), (2.0, 4.0, 6.0));
        assert_eq!((plot.lower_whisker, plot.upper_whisker), (1.0, 7.0));
        assert_eq!(plot.outliers, [-50.0, 100.0]);
    }

    #[test]
    fn whiskers_never_end_inside_the_box() {
        let plot = box_plot(&[0.0, 0.0, 0.0, 100.0]).unwrap();
        assert!(plot.upper_whisker >= plot.upper_quartile && plot.lower_whisker <= plot.lower_quartile);
        assert_eq!(plot.outliers, [100.0]);
    }

    #[test]
    fn running_mean_agrees_with_the_whole() {
        let mut running = RunningMean::new();
        assert!(running.mean().is_nan());
        VALUES.iter().for_each(|v| running.push(1e6 + v));
        assert_eq!(running.count(), 8);
        assert!((running.mean() - 1_000_005.0).abs() < 1e-9);
        assert!((running.variance() - 32.0 / 7.0).abs() < 1e-9);
        assert!((running.standard_error() - (4.0_f64 / 7.0).sqrt()).abs() < 1e-9);
    }
}
