//! Numbers as text, read without the tables of powers of ten that the standard library brings: they are a
//! thirtieth of the page.

use lexical_parse_float::FromLexical;

/// The number that `text` is: exactly what `text.parse::<f64>()` gives, to the last bit.
///
/// ```
/// assert_eq!(tables::number("-2.5e-3"), Some(-0.0025));
/// assert_eq!(tables::number("inf"), Some(f64::INFINITY));
/// assert_eq!(tables::number("2,5"), None);
/// ```
#[must_use]
pub fn number(text: &str) -> Option<f64> {
    f64::from_lexical(text.as_bytes()).ok()
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
