//! Axis ranges that hold still: each end stands on a ladder (2, 3, 4, 6, 8, 12, …),
//! and moves up a rung only when data would leave the frame.
//!
//! The range depends on the data alone, so a link gives the same picture again.

/// The smallest rung `unit`·2^j or 1.5 `unit`·2^j, or 0, that leaves `value` inside.
fn rung(value: f64, unit: f64) -> f64 {
    if value <= 0.0 {
        return 0.0;
    }
    let mut rung = unit;
    while rung < value && rung < f64::MAX / 4.0 {
        if 1.5 * rung >= value {
            return 1.5 * rung;
        }
        rung *= 2.0;
    }
    rung
}

/// Range −r to r that holds all `values`, r a rung of the ladder.
#[must_use]
pub fn symmetric(values: impl IntoIterator<Item = f64>, unit: f64) -> (f64, f64) {
    let largest = values.into_iter().map(f64::abs).filter(|v| v.is_finite()).fold(0.0, f64::max);
    let end = rung(largest, unit).max(unit);
    (-end, end)
}

/// Range that holds 0 and all `values`, each end on a rung of its own.
#[must_use]
pub fn around_zero(values: impl IntoIterator<Item = f64>, unit: f64) -> (f64, f64) {
    let (low, high) = values
        .into_iter()
        .filter(|v| v.is_finite())
        .fold((0.0_f64, 0.0_f64), |(low, high), value| (low.min(value), high.max(value)));
    (-rung(-low, unit).max(unit), rung(high, unit).max(unit))
}

/// Range from 0 that holds all `values`: 1, 2 or 5 times a power of ten.
#[must_use]
pub fn from_zero(values: impl IntoIterator<Item = f64>) -> (f64, f64) {
    let largest = values.into_iter().filter(|v| v.is_finite()).fold(0.0, f64::max);
    let mut decade = 1e-6;
    loop {
        for factor in [1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0] {
            if decade * factor >= largest || decade > 1e300 {
                return (0.0, decade * factor);
            }
        }
        decade *= 10.0;
    }
}

/// Range of a logarithmic axis that holds all positive `values` with some room: ends at 1, 2 or 5 times a power of ten.
#[must_use]
pub fn log_range(values: impl IntoIterator<Item = f64>) -> (f64, f64) {
    let (low, high) = values
        .into_iter()
        .filter(|v| v.is_finite() && *v > 0.0)
        .fold((1.0_f64, 1.0_f64), |(low, high), value| (low.min(value), high.max(value)));
    let rungs = || (-12..=12).flat_map(|exponent| [1.0, 2.0, 5.0].map(|digit| digit * 10_f64.powi(exponent)));
    let min = rungs().take_while(|rung| *rung <= 0.8 * low).last().unwrap_or(1e-12);
    let max = rungs().find(|rung| *rung >= 1.4 * high).unwrap_or(1e12);
    (min, max)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lectures_axes_come_out() {
        assert_eq!(symmetric([3.2, -2.9], 4.0), (-4.0, 4.0));
        assert_eq!(symmetric([7.1, -2.9], 4.0), (-8.0, 8.0));
        assert_eq!(around_zero([-3.1402, 6.2550], 2.0), (-4.0, 8.0));
        assert_eq!(from_zero([40.0, 17.0]), (0.0, 40.0));
    }

    #[test]
    fn strange_values_give_a_range_all_the_same() {
        assert_eq!(symmetric([f64::NAN, f64::INFINITY], 4.0), (-4.0, 4.0));
        assert!(from_zero([0.0]).1 > 0.0);
    }

    proptest::proptest! {
        #![proptest_config(proptest::test_runner::Config { failure_persistence: None, ..Default::default() })]

        #[test]
        fn ranges_hold_their_values_with_little_to_spare(
            values in proptest::collection::vec(-1e6..1e6_f64, 1..20),
            unit in 0.1..10.0_f64,
        ) {
            let largest = values.iter().map(|value| value.abs()).fold(0.0, f64::max);
            for (low, high) in [symmetric(values.iter().copied(), unit), around_zero(values.iter().copied(), unit)] {
                proptest::prop_assert!(low < 0.0 && high > 0.0);
                proptest::prop_assert!(values.iter().all(|value| low <= *value && *value <= high));
                proptest::prop_assert!(high <= unit.max(1.5 * largest) && -low <= unit.max(1.5 * largest));
            }
            let (low, high) = from_zero([largest]);
            proptest::prop_assert!(low == 0.0 && largest <= high && high <= 1.6 * largest.max(1e-6));
        }
    }

    #[test]
    fn ranges_hold_still_while_data_grow_a_little() {
        let ends = (0..700).map(|step| symmetric([4.0 * 1.01_f64.powi(step)], 4.0).1);
        let mut distinct: Vec<f64> = ends.collect();
        assert!(distinct.is_sorted());
        distinct.dedup();
        // A thousandfold growth: two rungs for each doubling.
        assert!((20..=22).contains(&distinct.len()), "{distinct:?}");
    }
}
