//! Numbers in order. Compiled once, however many callers: a sort is a kilobyte or ten of every download.

/// Sorts `values` upward, by [`f64::total_cmp`].
#[inline(never)]
pub fn sort(values: &mut [f64]) {
    values.sort_unstable_by(f64::total_cmp);
}

/// Sorts `counts` upward.
#[inline(never)]
pub fn sort_counts(counts: &mut [usize]) {
    counts.sort_unstable();
}

/// Indices of `values` from the least to the greatest value, equal values in the order of their indices.
///
/// ```
/// assert_eq!(stats::order::ranking(&[2.0, 1.0, 2.0, 0.5]), [3, 1, 0, 2]);
/// ```
#[inline(never)]
#[must_use]
pub fn ranking(values: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_unstable_by(|i, j| values[*i].total_cmp(&values[*j]).then(i.cmp(j)));
    order
}
