//! Numbers as text, the same on every platform.

pub use stats::decimal::significant;

/// Round numbers of one decade of a logarithmic slider: about 2.5 to 5 % apart, with all that the lecture names.
pub const DECADE: [f64; 41] = [
    1.0, 1.05, 1.1, 1.15, 1.2, 1.25, 1.3, 1.4, 1.5, 1.6, 1.7, 1.8, 1.9, 2.0, 2.1, 2.2, 2.4, 2.5, 2.6, 2.8,
    3.0, 3.2, 3.4, 3.6, 3.8, 4.0, 4.2, 4.5, 4.8, 5.0, 5.3, 5.6, 6.0, 6.3, 6.7, 7.0, 7.5, 8.0, 8.5, 9.0, 9.5,
];

/// The values of a logarithmic slider from `min` to `max`, both positive, in rising order.
#[must_use]
pub fn log_values(min: f64, max: f64) -> Vec<f64> {
    let decade = |value: f64| value.log10().floor();
    #[expect(clippy::cast_possible_truncation, reason = "decimal exponents of f64 are below 400")]
    let (first, last) = (decade(min) as i32, decade(max) as i32);
    (first..=last)
        .flat_map(|exponent| DECADE.iter().map(move |mantissa| scaled(*mantissa, exponent)))
        .filter(|value| *value >= min && *value <= max)
        .collect()
}

/// `mantissa`, of at most two decimals, × 10^`exponent`, rounded as the decimal number that a person would type.
fn scaled(mantissa: f64, exponent: i32) -> f64 {
    #[expect(clippy::cast_possible_truncation, reason = "a number below 1000")]
    let hundredths = (100.0 * mantissa).round() as i64;
    stats::decimal::scientific(hundredths, exponent - 2)
}

/// The number that `text` is, as a person or a program writes it; a true minus sign is one too.
#[must_use]
pub fn read(text: &str) -> Option<f64> {
    tables::number(&text.replace('−', "-"))
}

/// A number with as many digits as it needs, at most four after the point, and a true minus sign.
#[must_use]
pub fn plain(value: f64) -> String {
    if value.is_infinite() {
        return if value > 0.0 { "∞".to_owned() } else { "−∞".to_owned() };
    }
    let rounded = (value * 1e4).round() / 1e4;
    minus(&(rounded + 0.0).to_string())
}

/// A number with all its digits, in scientific notation where they are many, and a true minus sign.
#[must_use]
pub fn exact(value: f64) -> String {
    match value.abs() {
        f64::INFINITY => plain(value),
        large if large >= 1e15 => minus(&format!("{value:e}")),
        _ => minus(&value.to_string()),
    }
}

/// A number with `decimals` digits after the point and a true minus sign.
#[must_use]
pub fn fixed(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    let is_zero = text.chars().all(|c| matches!(c, '0' | '.' | '-'));
    if is_zero { text.replace('-', "") } else { minus(&text) }
}

/// A number with about three significant digits.
#[must_use]
pub fn short(value: f64) -> String {
    let magnitude = value.abs();
    let decimals = match magnitude {
        m if m >= 100.0 => 0,
        m if m >= 10.0 => 1,
        m if m >= 1.0 || m == 0.0 => 2,
        m if m >= 0.01 => 3,
        _ => 4,
    };
    fixed(value, decimals)
}

/// A total squared error: two digits after the point where they matter.
#[must_use]
pub fn loss(value: f64) -> String {
    fixed(value, if value.abs() < 99.995 { 2 } else { 1 })
}

/// A share as whole per cent, or with a digit where whole per cent would say 0 or 100; never
/// 0 or 100 unless it is.
#[must_use]
pub fn percent(share: f64) -> String {
    let percent = 100.0 * share;
    if share < 1.0 && percent >= 99.95 {
        return "over 99.9 %".to_owned();
    }
    if share > 0.0 && percent < 0.05 {
        return "under 0.1 %".to_owned();
    }
    let decimals = if (1.0..=99.0).contains(&percent) || percent == 0.0 || percent == 100.0 { 0 } else { 1 };
    format!("{} %", fixed(percent, decimals))
}

/// A whole number with commas between thousands.
#[must_use]
pub fn grouped(value: u64) -> String {
    let digits = value.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A whole number in words up to one hundred, in digits beyond.
#[must_use]
pub fn words(value: usize) -> String {
    const SMALL: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 10] =
        ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    match value {
        0..20 => SMALL[value].to_owned(),
        20..100 if value.is_multiple_of(10) => TENS[value / 10].to_owned(),
        20..100 => format!("{}-{}", TENS[value / 10], SMALL[value % 10]),
        100 => "one hundred".to_owned(),
        _ => grouped(value as u64),
    }
}

/// `text` with its first letter in upper case.
#[must_use]
pub fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        std::iter::once(first.to_ascii_uppercase()).chain(letters).collect()
    })
}

/// Subscript digits of a number, as in θ₁₂.
#[must_use]
pub fn subscript(value: usize) -> String {
    value.to_string().chars().filter_map(|c| char::from_u32(0x2080 + c as u32 - '0' as u32)).collect()
}

fn minus(text: &str) -> String {
    text.replace('-', "−")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_a_person_would_write_them() {
        let cases = [
            (plain(0.1 + 0.2), "0.3"),
            (plain(-2.0), "−2"),
            (fixed(-0.001, 2), "0.00"),
            (short(18.571), "18.6"),
        ];
        for (text, expected) in cases.iter().chain(&[
            (percent(0.998), "99.8 %"),
            (percent(0.5), "50 %"),
            (percent(0.99999), "over 99.9 %"),
            (percent(0.9995), "over 99.9 %"),
            (percent(0.9994), "99.9 %"),
            (percent(0.0004), "under 0.1 %"),
            (percent(0.0), "0 %"),
            (percent(1.0), "100 %"),
            (exact(-1.5e-7), "−0.00000015"),
            (exact(-1.5e300), "−1.5e300"),
            (grouped(4000), "4,000"),
            (words(42), "forty-two"),
            (subscript(12), "₁₂"),
        ]) {
            assert_eq!(text, expected);
        }
    }

    #[test]
    fn the_lectures_variances_are_on_the_logarithmic_slider() {
        let values = log_values(0.01, 100.0);
        assert!([0.01, 0.1, 1.0, 9.0, 100.0].iter().all(|a| values.contains(a)));
        assert!(values.windows(2).all(|pair| pair[0] < pair[1]));
    }
}
