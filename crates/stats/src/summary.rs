//! Means, variances, quantiles and box plots.

use crate::StatsError;

/// Sum, in eight partial sums: quicker than one after the other, and closer to the truth.
#[must_use]
pub fn sum(values: &[f64]) -> f64 {
    let (rows, rest) = values.as_chunks::<8>();
    let mut partial = [0.0; 8];
    for row in rows {
        for (partial, value) in partial.iter_mut().zip(row) {
            *partial += value;
        }
    }
    let [a, b, c, d, e, f, g, h] = partial;
    ((a + b) + (c + d)) + ((e + f) + (g + h)) + rest.iter().sum::<f64>()
}

/// Arithmetic mean; NaN for an empty slice.
#[must_use]
pub fn mean(values: &[f64]) -> f64 {
    sum(values) / values.len() as f64
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

/// The order statistics of the given ranks, 0 the least: `sorted[rank]` without sorting.
///
/// A sample says between which two values each one lies, but for a chance of one in thousands; one read
/// of all values counts those below and keeps those between, some tenth, of which the right one is
/// selected. Where the sample misled, it is selected from all.
///
/// # Errors
/// [`StatsError::Empty`], [`StatsError::NotFinite`].
///
/// # Panics
/// If a rank is not below the number of values.
///
/// # Source
/// Floyd & Rivest 1975, Commun. ACM 18:165–172, with a sample at regular intervals and a single round.
pub fn order_statistics<const N: usize>(values: &[f64], ranks: [usize; N]) -> Result<[f64; N], StatsError> {
    const SAMPLE: usize = 128;
    if values.is_empty() {
        return Err(StatsError::Empty);
    }
    if let Some((index, &value)) = values.iter().enumerate().find(|(_, value)| !value.is_finite()) {
        return Err(StatsError::NotFinite { index, value });
    }
    let mut sample: Vec<f64> = values.iter().copied().step_by(values.len().div_ceil(SAMPLE)).collect();
    crate::order::sort(&mut sample);
    let mut kept = vec![0.0; values.len() + 1];
    Ok(ranks.map(|rank| {
        assert!(rank < values.len(), "rank {rank} of {} values", values.len());
        let (low, high) = around(&sample, rank as f64 / values.len() as f64);
        let (mut num_below, mut num_kept) = (0, 0);
        for &value in values {
            // Written always and counted at need: no branch that the processor could guess wrongly.
            kept[num_kept] = value;
            num_kept += usize::from((value >= low) & (value <= high));
            num_below += usize::from(value < low);
        }
        match rank.checked_sub(num_below).filter(|rank| *rank < num_kept) {
            Some(rank) => select(&mut kept[..num_kept], rank),
            None => select(&mut values.to_vec(), rank),
        }
    }))
}

/// The value of rank `rank` among `values`, all finite, which are left in any order. A third of the library's code.
///
/// # Source
/// Hoare 1961, Algorithm 65 (FIND), Commun. ACM 4:321–322.
fn select(values: &mut [f64], mut rank: usize) -> f64 {
    const FEW: usize = 24;
    let mut rest = values;
    while rest.len() > FEW {
        let [a, b, c] = [rest[0], rest[rest.len() / 2], rest[rest.len() - 1]];
        let pivot = a.min(b).max(a.max(b).min(c));
        // Of those below the pivot there may be none, but of those equal to it there is one.
        let num_below = bring_forward(rest, |value| value < pivot);
        let num_first = if num_below > 0 { num_below } else { bring_forward(rest, |value| value == pivot) };
        if rank >= num_first {
            rest = &mut rest[num_first..];
            rank -= num_first;
        } else if num_below > 0 {
            rest = &mut rest[..num_below];
        } else {
            return pivot;
        }
    }
    crate::order::sort(rest);
    rest[rank]
}

/// Moves those of `values` that `is_first` names before the others; how many they are.
fn bring_forward(values: &mut [f64], is_first: impl Fn(f64) -> bool) -> usize {
    let mut count = 0;
    for i in 0..values.len() {
        // Exchanged always and counted at need, as below.
        let value = values[i];
        values.swap(i, count);
        count += usize::from(is_first(value));
    }
    count
}

/// Two values that hold the `p` quantile of what `sample` was taken from between them, almost surely.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "places in the sample")]
fn around(sample: &[f64], p: f64) -> (f64, f64) {
    const SDS: f64 = 3.5; // of a binomial count
    let center = p * sample.len() as f64;
    let reach = SDS * (center * (1.0 - p)).sqrt() + 1.0;
    let low = center - reach;
    let high = (center + reach).ceil() as usize;
    (
        if low < 0.0 { f64::NEG_INFINITY } else { sample[low as usize] },
        sample.get(high).copied().unwrap_or(f64::INFINITY),
    )
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
    crate::order::sort(&mut sorted);
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
        let many: Vec<f64> = (1..=1003).map(f64::from).collect();
        assert_eq!(sum(&many), 1003.0 * 1004.0 / 2.0);
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
    fn order_statistics_are_those_of_the_sorted_values() {
        let mut random = crate::rng::stream(7, "order", 0);
        let mut normal = vec![0.0; 999];
        crate::rng::fill_standard_normal(&mut random, &mut normal);
        let heavy: Vec<f64> = normal.iter().map(|z| (20.0 * z).exp()).collect();
        let widest = vec![f64::MAX, f64::MIN, 0.0, 1.0];
        // The sample sees every tenth value: the zeros alone.
        let misleading: Vec<f64> = (0..1280).map(|i| f64::from(i % 10) * f64::from(i)).collect();
        let even = vec![3.0; 500];
        for values in [normal, heavy, widest, misleading, even, vec![5e-324, 0.0, -0.0], vec![2.0]] {
            let last = values.len() - 1;
            let ranks = [0, last / 20, last / 2, last - last / 20, last];
            let sorted = sorted(&values).unwrap();
            let found = order_statistics(&values, ranks).unwrap();
            assert_eq!(found, ranks.map(|rank| sorted[rank]), "{} values", values.len());
        }
        assert_eq!(order_statistics(&[], [0]), Err(StatsError::Empty));
        let infinite = order_statistics(&[1.0, f64::INFINITY], [0]);
        assert_eq!(infinite, Err(StatsError::NotFinite { index: 1, value: f64::INFINITY }));
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
