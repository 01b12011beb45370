//! Counts in bins.

use crate::StatsError;

/// Counts of values in the bins between successive edges.
///
/// A bin holds its lower edge and not its upper one; the last bin holds both.
#[derive(Clone, Debug, PartialEq)]
pub struct Histogram {
    /// Bin edges in rising order, one more than there are bins.
    pub edges: Vec<f64>,
    /// Number of values in each bin.
    pub counts: Vec<usize>,
    /// Values below the first edge.
    pub num_below: usize,
    /// Values above the last edge.
    pub num_above: usize,
}

impl Histogram {
    /// Counts scaled to area 1 over the values inside the edges; zeros if there are none.
    #[must_use]
    pub fn density(&self) -> Vec<f64> {
        let inside = self.counts.iter().sum::<usize>().max(1) as f64;
        let widths = self.edges.windows(2).map(|edge| edge[1] - edge[0]);
        self.counts.iter().zip(widths).map(|(&count, width)| count as f64 / (inside * width)).collect()
    }
}

/// Counts `values` between given `edges`.
///
/// # Errors
/// [`StatsError::EdgesNotRising`]; [`StatsError::NotFinite`] if a value is NaN or infinite.
pub fn with_edges(values: &[f64], edges: &[f64]) -> Result<Histogram, StatsError> {
    let is_rising =
        edges.windows(2).all(|edge| edge[0] < edge[1]) && edges.iter().all(|edge| edge.is_finite());
    if edges.len() < 2 || !is_rising {
        return Err(StatsError::EdgesNotRising);
    }
    let num_bins = edges.len() - 1;
    let mut counts = vec![0; num_bins];
    let (mut num_below, mut num_above) = (0, 0);
    for (index, &value) in values.iter().enumerate() {
        if !value.is_finite() {
            return Err(StatsError::NotFinite { index, value });
        }
        match edges.partition_point(|&edge| edge <= value) {
            0 => num_below += 1,
            above if above <= num_bins => counts[above - 1] += 1,
            _ if value == edges[num_bins] => counts[num_bins - 1] += 1,
            _ => num_above += 1,
        }
    }
    Ok(Histogram { edges: edges.to_vec(), counts, num_below, num_above })
}

/// Counts `values` in `num_bins` bins of equal width from `low` to `high`.
///
/// # Errors
/// [`StatsError::EdgesNotRising`] if `num_bins` is 0 or `low` is not below
/// `high`; [`StatsError::NotFinite`] if a value is NaN or infinite.
pub fn equal_width(values: &[f64], low: f64, high: f64, num_bins: usize) -> Result<Histogram, StatsError> {
    let edge =
        |i: usize| if i == num_bins { high } else { low + (high - low) * (i as f64 / num_bins as f64) };
    let edges: Vec<f64> = if num_bins == 0 { Vec::new() } else { (0..=num_bins).map(edge).collect() };
    with_edges(values, &edges)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edges_belong_to_the_upper_bin_but_for_the_last() {
        let histogram = with_edges(&[-0.1, 0.0, 0.9, 1.0, 2.5, 3.0, 3.1], &[0.0, 1.0, 3.0]).unwrap();
        assert_eq!(histogram.counts, [2, 3]);
        assert_eq!((histogram.num_below, histogram.num_above), (1, 1));
        assert_eq!(histogram.density(), [0.4, 0.3]);
    }

    #[test]
    fn equal_bins_count_every_value_once() {
        let values: Vec<f64> = (0..1000).map(|i| f64::from(i) * 0.001).collect();
        let histogram = equal_width(&values, 0.0, 1.0, 8).unwrap();
        assert_eq!(histogram.counts, [125; 8]);
        assert_eq!(histogram.edges.len(), 9);
    }

    #[test]
    fn useless_edges_are_refused() {
        assert_eq!(with_edges(&[], &[1.0]), Err(StatsError::EdgesNotRising));
        assert_eq!(with_edges(&[], &[1.0, 1.0]), Err(StatsError::EdgesNotRising));
        assert_eq!(equal_width(&[], 0.0, 1.0, 0), Err(StatsError::EdgesNotRising));
        assert!(matches!(with_edges(&[f64::NAN], &[0.0, 1.0]), Err(StatsError::NotFinite { index: 0, .. })));
    }
}
