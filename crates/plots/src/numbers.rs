//! Numbers as a reader sees them.

/// `value` with a minus sign, thousands separators from 10,000 and no "−0".
pub(crate) fn grouped(value: f64, decimals: usize) -> String {
    let plain = format!("{:.decimals$}", value.abs());
    let (whole, fraction) = plain.split_once('.').map_or((plain.as_str(), None), |(w, f)| (w, Some(f)));
    let mut text = String::new();
    if value < 0.0 && plain.bytes().any(|b| (b'1'..=b'9').contains(&b)) {
        text.push('−');
    }
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && whole.len() > 4 && (whole.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if let Some(fraction) = fraction {
        text.push('.');
        text.push_str(fraction);
    }
    text
}

/// `value` as "2.5e−7".
pub(crate) fn scientific(value: f64) -> String {
    let digits = format!("{value:.2e}");
    let Some((mantissa, exponent)) = digits.split_once('e') else { return digits };
    format!("{}e{exponent}", mantissa.trim_end_matches('0').trim_end_matches('.')).replace('-', "−")
}

/// Decimals that tell values on an axis of length `span` apart: a 250th of it or finer.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 9")]
pub(crate) fn decimals_for(span: f64) -> usize {
    if span.is_finite() && span > 0.0 { (2.4 - span.log10()).ceil().clamp(0.0, 9.0) as usize } else { 3 }
}

/// `value` for a sentence.
pub(crate) fn worded(value: f64, decimals: usize) -> String {
    if value.is_nan() {
        "undefined".to_owned()
    } else if value.is_infinite() {
        if value > 0.0 { "infinite" } else { "−infinite" }.to_owned()
    } else if value.abs() >= 1e7 {
        scientific(value)
    } else {
        grouped(value, decimals)
    }
}

/// `value` for a table: plain digits and a hyphen, which programs read; empty if not finite.
pub(crate) fn tabular(value: f64, decimals: usize) -> String {
    if !value.is_finite() {
        return String::new();
    }
    if value.abs() >= 1e15 {
        return format!("{value:e}");
    }
    let text = format!("{value:.decimals$}");
    let is_zero = !text.bytes().any(|b| (b'1'..=b'9').contains(&b));
    if is_zero { text.trim_start_matches('-').to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_well() {
        assert_eq!(grouped(-1234.5, 1), "−1234.5");
        assert_eq!(grouped(12345.0, 0), "12,345");
        assert_eq!(grouped(-0.001, 1), "0.0");
        assert_eq!(grouped(1_234_567.0, 0), "1,234,567");
        assert_eq!(scientific(-2.5e-7), "−2.5e−7");
        assert_eq!([scientific(0.0), scientific(9.999e9), scientific(f64::INFINITY)], ["0e0", "1e10", "inf"]);
        assert_eq!(tabular(-0.004, 2), "0.00");
        assert_eq!(tabular(-2.71449, 2), "-2.71");
        assert_eq!(tabular(f64::NAN, 2), "");
        assert_eq!((decimals_for(14.0), decimals_for(80.0), decimals_for(4000.0)), (2, 1, 0));
    }
}
