//! Errors of estimates against the truth. All panic if the lengths differ.

/// Total squared error, in the squared unit of the estimates.
///
/// # Panics
/// If the lengths differ.
#[must_use]
pub fn squared_error(estimates: &[f64], truth: &[f64]) -> f64 {
    errors(estimates, truth).map(|error| error * error).sum()
}

/// Root of the mean squared error; NaN for no estimates.
///
/// # Panics
/// If the lengths differ.
#[must_use]
pub fn rmse(estimates: &[f64], truth: &[f64]) -> f64 {
    (squared_error(estimates, truth) / truth.len() as f64).sqrt()
}

/// |estimate − truth| for each unit.
///
/// # Panics
/// If the lengths differ.
#[must_use]
pub fn absolute_errors(estimates: &[f64], truth: &[f64]) -> Vec<f64> {
    errors(estimates, truth).map(f64::abs).collect()
}

/// Mean of |estimate − truth|; NaN for no estimates.
///
/// # Panics
/// If the lengths differ.
#[must_use]
pub fn mean_absolute_error(estimates: &[f64], truth: &[f64]) -> f64 {
    errors(estimates, truth).map(f64::abs).sum::<f64>() / truth.len() as f64
}

/// For how many units `estimates` are strictly closer to the truth than `others`.
///
/// # Panics
/// If the lengths differ.
#[must_use]
pub fn num_closer(estimates: &[f64], others: &[f64], truth: &[f64]) -> usize {
    errors(estimates, truth).zip(errors(others, truth)).filter(|(a, b)| a.abs() < b.abs()).count()
}

fn errors(estimates: &[f64], truth: &[f64]) -> impl Iterator<Item = f64> {
    assert_eq!(estimates.len(), truth.len(), "one true value for each estimate");
    estimates.iter().zip(truth).map(|(estimate, truth)| estimate - truth)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn losses_of_three_errors() {
        let (estimates, truth) = ([1.0, 2.0, 6.0], [0.0, 4.0, 4.0]);
        assert_eq!(squared_error(&estimates, &truth), 9.0);
        assert_eq!(rmse(&estimates, &truth), 3.0_f64.sqrt());
        assert_eq!(absolute_errors(&estimates, &truth), [1.0, 2.0, 2.0]);
        assert_eq!(mean_absolute_error(&estimates, &truth), 5.0 / 3.0);
        assert_eq!(num_closer(&estimates, &[1.0, 1.0, 9.0], &truth), 2);
    }

    #[test]
    #[should_panic(expected = "one true value for each estimate")]
    fn lengths_must_agree() {
        let _ = squared_error(&[1.0], &[1.0, 2.0]);
    }
}
