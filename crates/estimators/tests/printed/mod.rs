//! Comparison with numbers as a source prints them.

/// Fails unless `value` rounds to `printed`, to the digits printed.
#[track_caller]
pub(crate) fn assert_printed(value: f64, printed: &str) {
    let number: f64 = printed.parse().unwrap();
    let num_decimals = printed.split('.').nth(1).map_or(0, str::len);
    let half_digit = 0.5 * 0.1_f64.powi(i32::try_from(num_decimals).unwrap());
    assert!((value - number).abs() <= half_digit * (1.0 + 1e-9), "{value} is not printed as {printed}");
}
