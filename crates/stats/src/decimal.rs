//! Decimal numbers without a parser of text: that is ten kilobytes of tables in every download.

/// The largest power of ten that is a float itself, with all below it.
const EXACT_POWER: i32 = 22;

/// `digits` × 10^`exponent`: the float nearest to it if `digits` is below 2^53 and `exponent` from −22 to 22, else
/// within a few units in the last place.
///
/// ```
/// assert_eq!(stats::decimal::scientific(-105, -2), -1.05);
/// ```
#[must_use]
pub fn scientific(digits: i64, exponent: i32) -> f64 {
    let mut value = digits as f64;
    let mut left = exponent.unsigned_abs();
    while left > 0 && value != 0.0 && value.is_finite() {
        let step = left.min(EXACT_POWER.unsigned_abs());
        let power = (0..step).fold(1.0, |power, _| power * 10.0);
        value = if exponent < 0 { value / power } else { value * power };
        left -= step;
    }
    value
}

/// `value` rounded to `digits` significant digits (1 to 15): the float that a person means who types them.
///
/// ```
/// assert_eq!(stats::decimal::significant(0.123456, 3), 0.123);
/// assert_eq!(stats::decimal::significant(98_765.0, 2), 99_000.0);
/// ```
#[must_use]
pub fn significant(value: f64, digits: usize) -> f64 {
    let decimals = digits.clamp(1, 15) - 1;
    let text = format!("{value:.decimals$e}");
    let Some((mantissa, exponent)) = text.split_once('e') else { return value };
    let figures = mantissa.bytes().filter(u8::is_ascii_digit);
    let whole = figures.fold(0, |whole, figure| 10 * whole + i64::from(figure - b'0'));
    let Ok(exponent) = exponent.parse::<i32>() else { return value };
    #[expect(clippy::cast_possible_truncation, clippy::cast_possible_wrap, reason = "at most 14")]
    let rounded = scientific(whole, exponent - decimals as i32);
    rounded.copysign(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The standard library reads decimals exactly.
    #[test]
    fn decimals_are_the_floats_that_a_parser_finds() {
        for exponent in -22..=22 {
            for digits in [1, 3, 105, 123_456_789, 999_999_999_999_999] {
                let read: f64 = format!("{digits}e{exponent}").parse().unwrap();
                assert_eq!(scientific(digits, exponent), read, "{digits}e{exponent}");
            }
        }
        for value in [0.1 + 0.2, 2.0 / 3.0, -1.005, 123_456.789, 1e-12 / 7.0, 9.996, 0.0, 5e5] {
            for digits in 1..=9 {
                let read: f64 = format!("{value:.*e}", digits - 1).parse().unwrap();
                assert_eq!(significant(value, digits), read, "{value} to {digits} digits");
            }
        }
    }

    #[test]
    fn what_is_no_decimal_stays_and_far_exponents_end() {
        assert!(significant(f64::NAN, 3).is_nan());
        assert_eq!(significant(f64::NEG_INFINITY, 3), f64::NEG_INFINITY);
        assert!((scientific(123, 300) / 1.23e302 - 1.0).abs() < 1e-14);
        assert!((scientific(123, -300) / 1.23e-298 - 1.0).abs() < 1e-14);
        assert_eq!((scientific(1, i32::MAX), scientific(1, i32::MIN)), (f64::INFINITY, 0.0));
    }
}
