//! Numbers in order. Compiled once, however many callers: a sort is a kilobyte or ten of every download.

/// Sorts `values` upward, by [`f64::total_cmp`].
#[inline(never)]
pub fn sort(values: &mut [f64]) {
    values.sort_unstable_by(f64::total_cmp);
}

/// Sorts `counts` upward.
pub fn sort_counts(counts: &mut [usize]) {
    let mut keys: Vec<u128> = counts.iter().map(|count| *count as u128).collect();
    sort_keys(&mut keys);
    counts.iter_mut().zip(keys).for_each(|(count, key)| *count = key as usize);
}

/// Sorts `keys` upward.
#[inline(never)]
pub fn sort_keys(keys: &mut [u128]) {
    keys.sort_unstable();
}

/// A key that is ordered as the numbers are ([`f64::total_cmp`]), and among equal ones as their indices; its lower
/// 32 bits are the index.
#[must_use]
pub fn key(value: f64, index: u32) -> u128 {
    let bits = value.to_bits();
    let ascending = if bits >> 63 == 0 { bits | 1 << 63 } else { !bits };
    u128::from(ascending) << 32 | u128::from(index)
}

/// The index in a [`key`].
#[must_use]
pub fn index_of(key: u128) -> u32 {
    #[expect(clippy::cast_possible_truncation, reason = "the index is the lower 32 bits")]
    let index = key as u32;
    index
}

/// Indices of `values` from the least to the greatest value, equal values in the order of their indices. Their
/// number must fit in 32 bits.
///
/// ```
/// assert_eq!(stats::order::ranking(&[2.0, 1.0, -2.0, 2.0, -0.0, 0.0]), [2, 4, 5, 1, 0, 3]);
/// ```
#[must_use]
pub fn ranking(values: &[f64]) -> Vec<usize> {
    let mut keys: Vec<u128> = (0..).zip(values).map(|(index, value)| key(*value, index)).collect();
    sort_keys(&mut keys);
    keys.into_iter().map(|key| index_of(key) as usize).collect()
}
