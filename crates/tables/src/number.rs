//! Numbers as text, read without the tables of powers of ten that the standard library brings: they are a
//! thirtieth of the page.

use std::cmp::Ordering;

/// Digits that can decide between two neighbors among the numbers of `f64`; of the others only counts whether one
/// is not 0 (Goldberg 1991, and the longest such number, of 767 digits).
const DECIDING_DIGITS: usize = 770;

/// The number that `text` is: exactly what `text.parse::<f64>()` gives, to the last bit.
///
/// ```
/// assert_eq!(tables::number("-2.5e-3"), Some(-0.0025));
/// assert_eq!(tables::number("inf"), Some(f64::INFINITY));
/// assert_eq!(tables::number("2,5"), None);
/// ```
#[must_use]
pub fn number(text: &str) -> Option<f64> {
    let (is_negative, text) = signed(text);
    let is = |word: &str| text.eq_ignore_ascii_case(word);
    let size = if is("inf") || is("infinity") {
        f64::INFINITY
    } else if is("nan") {
        f64::NAN
    } else {
        Decimal::read(text)?.value()
    };
    Some(if is_negative { -size } else { size })
}

/// Whether a minus sign leads, and what follows the sign.
fn signed(text: &str) -> (bool, &str) {
    match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    }
}

/// `digits` × 10^`exponent`.
struct Decimal {
    /// From 0 to 9, the first of them not 0; none if the number is 0.
    digits: Vec<u8>,
    exponent: i64,
}

impl Decimal {
    /// The number without sign in `text`.
    fn read(text: &str) -> Option<Self> {
        let (mantissa, exponent) = match text.find(['e', 'E']) {
            Some(at) => (&text[..at], read_exponent(&text[at + 1..])?),
            None => (text, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all = || whole.bytes().chain(fraction.bytes());
        if all().next().is_none() || !all().all(|digit| digit.is_ascii_digit()) {
            return None;
        }
        let mut digits: Vec<u8> = all().map(|digit| digit - b'0').skip_while(|digit| *digit == 0).collect();
        let mut exponent = exponent - i64::try_from(fraction.len()).ok()?;
        if digits.len() > DECIDING_DIGITS {
            let is_more = digits[DECIDING_DIGITS..].iter().any(|digit| *digit > 0);
            exponent += i64::try_from(digits.len() - DECIDING_DIGITS - 1).ok()?;
            digits.truncate(DECIDING_DIGITS);
            digits.push(u8::from(is_more));
        }
        Some(Self { digits, exponent })
    }

    /// The nearest `f64`, of two equally near ones the even.
    fn value(&self) -> f64 {
        match self.exponent.saturating_add_unsigned(self.digits.len() as u64) {
            _ if self.digits.is_empty() => 0.0,
            ..-330 => 0.0,
            330.. => f64::INFINITY,
            _ if self.digits.len() <= 15 && self.exponent.abs() <= 22 => self.by_one_rounding(),
            _ => self.by_division(),
        }
    }

    /// The digits and the power of ten are numbers of `f64`; what is between them rounds once.
    fn by_one_rounding(&self) -> f64 {
        let whole = self.digits.iter().fold(0.0, |whole, digit| 10.0 * whole + f64::from(*digit));
        let power = (0..self.exponent.abs()).fold(1.0, |power, _| 10.0 * power);
        if self.exponent < 0 { whole / power } else { whole * power }
    }

    /// Long division of whole numbers, bit by bit.
    fn by_division(&self) -> f64 {
        let mut above = Whole(Vec::new());
        for digit in &self.digits {
            above.scale_and_add(10, *digit);
        }
        let mut below = Whole(vec![1]);
        for _ in 0..self.exponent.abs() {
            if self.exponent < 0 { &mut below } else { &mut above }.scale_and_add(10, 0);
        }
        // The quotient lies from 2^power to below 2^(power + 1).
        let mut power = 0_i64;
        while above.cmp(&below).is_ge() {
            below.scale_and_add(2, 0);
            power += 1;
        }
        while above.cmp(&below).is_lt() {
            above.scale_and_add(2, 0);
            power -= 1;
        }
        // Numbers below 2^-1022 have fewer bits.
        let last = power.max(-1022) - 52;
        if power < last - 1 {
            return 0.0;
        }
        let mut bits = 0_u64;
        for _ in last..=power {
            bits = 2 * bits + u64::from(above.take(&below));
            above.scale_and_add(2, 0);
        }
        let is_up = match above.cmp(&below) {
            Ordering::Less => false,
            Ordering::Equal => bits % 2 == 1,
            Ordering::Greater => true,
        };
        // The first of 53 bits is not written; it, or what rounds up to it, counts the exponent up by one.
        let exponent = (last + 1074).unsigned_abs();
        if exponent > 2045 {
            f64::INFINITY
        } else {
            f64::from_bits((exponent << 52) + bits + u64::from(is_up))
        }
    }
}

/// What follows the letter e; one that is too large for any number is only large.
fn read_exponent(text: &str) -> Option<i64> {
    let (is_negative, digits) = signed(text);
    if digits.is_empty() || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let size = digits
        .bytes()
        .fold(0, |size: i64, digit| (10 * size + i64::from(digit - b'0')).min(1_000_000_000_000));
    Some(if is_negative { -size } else { size })
}

/// A whole number of any size, its lowest 32 bits first, the last not 0.
struct Whole(Vec<u32>);

impl Whole {
    /// Becomes `factor` times itself, and `digit` more.
    fn scale_and_add(&mut self, factor: u32, digit: u8) {
        let mut carry = u64::from(digit);
        for part in &mut self.0 {
            carry += u64::from(*part) * u64::from(factor);
            #[expect(clippy::cast_possible_truncation, reason = "the rest is carried")]
            let low = carry as u32;
            *part = low;
            carry >>= 32;
        }
        if carry > 0 {
            self.0.extend(u32::try_from(carry));
        }
    }

    fn cmp(&self, other: &Self) -> Ordering {
        self.0.len().cmp(&other.0.len()).then_with(|| self.0.iter().rev().cmp(other.0.iter().rev()))
    }

    /// Gives `other` away if it has as much; whether it did.
    fn take(&mut self, other: &Self) -> bool {
        if self.cmp(other).is_lt() {
            return false;
        }
        let mut is_borrowed = false;
        for (i, part) in self.0.iter_mut().enumerate() {
            let (rest, is_first) = part.overflowing_sub(other.0.get(i).copied().unwrap_or(0));
            let (rest, is_second) = rest.overflowing_sub(u32::from(is_borrowed));
            (*part, is_borrowed) = (rest, is_first || is_second);
        }
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// As the standard library reads it, bit for bit.
    fn is_as_parsed(text: &str) -> bool {
        number(text).map(f64::to_bits) == text.parse::<f64>().ok().map(f64::to_bits)
    }

    #[test]
    fn what_is_no_number_is_none() {
        for text in [
            "", "+", "-", ".", "e5", ".e5", "1e", "1e+", "1e5.0", "1.2.3", "0x10", "1_0", " 1", "1 ", "--1",
            "+-1", "1f", "infin", "−1", "½",
        ] {
            assert!(number(text).is_none() && is_as_parsed(text), "{text}");
        }
    }

    #[test]
    fn the_edges_are_read_to_the_last_bit() {
        for text in [
            "0",
            "-0",
            "00.00",
            ".5",
            "5.",
            "+7",
            "1E5",
            "1e+05",
            "inf",
            "-Infinity",
            "iNf",
            "1.7976931348623157e308",
            "1.7976931348623158e308",
            "1.797693134862315807e308",
            "1.7976931348623159e308",
            "1e309",
            "4.9406564584124654e-324",
            "2.4703282292062327e-324",
            "2.4703282292062328e-324",
            "1e-400",
            "2.2250738585072011e-308",
            "2.2250738585072012e-308",
            "2.2250738585072014e-308",
            "2.225073858507201136e-308",
            "9007199254740993",
            "9007199254740992.99999999999999999999",
            "9007199254740993.00000000000000000001",
            "1e22",
            "1e23",
            "8.5e22",
            "123456789012345e22",
            "0.1",
            "0.3",
            "6.8e-10",
            "1e999999999999999999999",
            "1e-999999999999999999999",
            "0e999999999999999999999",
        ] {
            assert!(is_as_parsed(text), "{text}: {:?}", number(text));
        }
        assert!(number("nan").is_some_and(f64::is_nan) && number("NaN").is_some_and(f64::is_nan));
        // Halfway between two numbers up to its last digit, the 767th, and beyond.
        let half = format!("{:.1074}", f64::from_bits(1) / 1.0) + "5";
        for more in ["", "0", "1", &"0".repeat(500), &("0".repeat(500) + "1")] {
            assert!(is_as_parsed(&format!("{half}{more}")));
        }
        assert!(is_as_parsed(&format!("1{}e-4000", "0".repeat(4000))));
        assert!(is_as_parsed(&format!("0.{}1e4001", "0".repeat(4000))));
    }

    proptest! {
        #[test]
        fn any_number_is_read_back(bits: u64) {
            let value = f64::from_bits(bits);
            prop_assume!(!value.is_nan());
            prop_assert_eq!(number(&value.to_string()).map(f64::to_bits), Some(bits));
            prop_assert_eq!(number(&format!("{value:e}")).map(f64::to_bits), Some(bits));
        }

        #[test]
        fn halfway_and_beside_it_rounds_as_in_the_standard_library(bits in 0..f64::MAX.to_bits(), tail in "[0-9]{0,9}") {
            // A number with one bit more than half a million of `f64` has a `5` after the digits of its half.
            let half = format!("{:.1080}", f64::from_bits(bits) / 2.0) + &tail;
            prop_assert!(is_as_parsed(&half), "{}", half);
        }

        #[test]
        fn digits_with_point_and_exponent_are_read_as_in_the_standard_library(text in "[+-]?[0-9]{0,25}\\.?[0-9]{0,25}([eE][+-]?[0-9]{0,3})?") {
            prop_assert!(is_as_parsed(&text), "{}", text);
        }

        #[test]
        fn any_text_is_read_as_in_the_standard_library(text in "[-+.eE0-9infaty]{0,12}") {
            prop_assert!(is_as_parsed(&text) || text.parse::<f64>().is_ok_and(f64::is_nan), "{}", text);
        }
    }
}
