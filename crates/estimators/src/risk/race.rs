//! The chance that one estimator beats another on a single data set.

use stats::special::f_survival;

use crate::error::{EstimateError, check_not_negative, check_units};

/// P(total squared error of Bayes < that of y), for mu_i ~ N(0, A) with A known, V_y = 1.
///
/// P(F_{n,n} > (s − B)/(s + B)) with B = 1/(A+1) and s = √(4B − 3B²): the
/// difference of the losses is a quadratic form with n equal positive and n
/// equal negative eigenvalues. At n = 1 it is also the expected share of units
/// that Bayes brings closer.
///
/// # Errors
/// [`EstimateError::TooFewUnits`] if there is no unit; [`EstimateError::VarianceNegative`].
///
/// # Source
/// Derived here.
pub fn chance_bayes_beats_mle(num_units: usize, prior_ratio: f64) -> Result<f64, EstimateError> {
    check_units("A comparison", 1, num_units)?;
    check_not_negative("prior variance", prior_ratio)?;
    let b = 1.0 / (prior_ratio + 1.0);
    let s = (4.0 * b - 3.0 * b * b).sqrt();
    let n = num_units as f64;
    Ok(f_survival((s - b) / (s + b), n, n))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::printed::assert_printed;

    #[test]
    fn chances_of_known_cases() {
        let cases = [
            (1, 1.0, ".64758"),
            (5, 1.0, ".84281"),
            (10, 1.0, ".92754"),
            (40, 1.0, ".99851"),
            (10, 9.0, ".69517"),
            (40, 9.0, ".85092"),
        ];
        for (n, a, printed) in cases {
            assert_printed(chance_bayes_beats_mle(n, a).unwrap(), printed);
        }
        assert_printed(chance_bayes_beats_mle(1, 9.0).unwrap(), ".5526");
    }

    #[test]
    fn chances_go_from_certain_to_even() {
        assert_eq!(chance_bayes_beats_mle(10, 0.0), Ok(1.0));
        assert!((chance_bayes_beats_mle(10, 1e12).unwrap() - 0.5).abs() < 1e-4);
        // At A = 1 the ratio is 1/golden ratio², and P(F_{1,1} > x) = 1 − (2/π) atan √x.
        let golden = 0.5 * (1.0 + 5.0_f64.sqrt());
        let exact = 1.0 - std::f64::consts::FRAC_2_PI * (1.0 / golden).atan();
        assert!((chance_bayes_beats_mle(1, 1.0).unwrap() - exact).abs() < 1e-12);
        assert!(chance_bayes_beats_mle(0, 1.0).is_err() && chance_bayes_beats_mle(1, -1.0).is_err());
    }
}
