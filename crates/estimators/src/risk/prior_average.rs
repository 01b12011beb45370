//! Risks averaged over the prior mu_i ~ N(0, A), in units of the noise variance.
//!
//! Model: y_i ~ N(mu_i, 1), i = 1…n; `prior_ratio` is A = V_mu/V_y ≥ 0. A risk
//! is the expected total squared error over truth and noise.

use stats::special::{chi_square_cdf, chi_square_survival, normal_pdf, normal_survival};

use crate::Truncation;
use crate::error::{EstimateError, check_not_negative, check_units};

/// Risk n of y itself.
#[must_use]
pub fn mle(num_units: usize) -> f64 {
    num_units as f64
}

/// Risk nA of estimating 0, whatever the data.
#[must_use]
pub fn zero(num_units: usize, prior_ratio: f64) -> f64 {
    num_units as f64 * prior_ratio
}

/// Risk nA/(A+1) of the Bayes rule with the right A, the least there is.
///
/// # Source
/// Efron & Morris 1973, JASA 68:117–130.
#[must_use]
pub fn bayes(num_units: usize, prior_ratio: f64) -> f64 {
    num_units as f64 * prior_ratio / (prior_ratio + 1.0)
}

/// Risk n(A'² + A)/(A'+1)² of the Bayes rule that assumes A' where A is true.
///
/// It holds for any prior with variance A. Above n, that of y, if and only if A > 2A' + 1.
///
/// # Source
/// Second moments of a linear rule; derived here.
#[must_use]
pub fn bayes_with_assumed(num_units: usize, prior_ratio: f64, assumed_ratio: f64) -> f64 {
    let kept = assumed_ratio / (assumed_ratio + 1.0);
    let removed = 1.0 / (assumed_ratio + 1.0);
    num_units as f64 * (kept * kept + prior_ratio * removed * removed)
}

/// What assuming A' costs above the right A: n(A − A')²/((A+1)(A'+1)²).
///
/// # Source
/// As [`bayes_with_assumed`].
#[must_use]
pub fn wrong_prior_excess(num_units: usize, prior_ratio: f64, assumed_ratio: f64) -> f64 {
    let relative = (prior_ratio - assumed_ratio) / (assumed_ratio + 1.0);
    num_units as f64 * relative * relative / (prior_ratio + 1.0)
}

/// The true A above which the Bayes rule that assumes A' loses to y: 2A' + 1.
///
/// Given the truth, the same threshold holds for the mean of (mu_i − prior mean)².
///
/// # Source
/// [`bayes_with_assumed`] against n; derived here.
#[must_use]
pub fn bayes_loses_above(assumed_ratio: f64) -> f64 {
    2.0 * assumed_ratio + 1.0
}

/// The A below which estimating 0 beats James–Stein: √(2/n) for the plain form, less for the positive part.
///
/// # Errors
/// [`EstimateError::TooFewUnits`] if n < 3.
///
/// # Source
/// nA < (nA + 2)/(A + 1); for the positive part by bisection of [`james_stein_positive`]; derived here.
pub fn zero_beats_james_stein_below(num_units: usize, truncation: Truncation) -> Result<f64, EstimateError> {
    check_units("James–Stein toward 0", 3, num_units)?;
    let (mut low, mut high) = (0.0, (2.0 / num_units as f64).sqrt());
    if truncation == Truncation::Plain {
        return Ok(high);
    }
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        if zero(num_units, middle) < james_stein_positive(num_units, middle)? {
            low = middle;
        } else {
            high = middle;
        }
    }
    Ok(0.5 * (low + high))
}

/// Risk of the Bayes rule with the right A whose estimates move no further than `max_move` noise SDs.
///
/// n[1 − B + B L(D √(A+1))], L(s) = 2[(1 + s²)Φ(−s) − s φ(s)], the share of the saving that the limit costs.
///
/// # Source
/// Efron & Morris 1971, JASA 66:807–815.
#[must_use]
pub fn limited_bayes(num_units: usize, prior_ratio: f64, max_move: f64) -> f64 {
    let b = 1.0 / (prior_ratio + 1.0);
    let s = max_move * (prior_ratio + 1.0).sqrt();
    let lost = 2.0 * ((1.0 + s * s) * normal_survival(s) - s * normal_pdf(s));
    num_units as f64 * (1.0 - b + b * lost)
}

/// Risk (nA + 2)/(A+1) of James–Stein toward 0.
///
/// # Errors
/// [`EstimateError::TooFewUnits`] if n < 3.
///
/// # Source
/// Efron & Morris 1973, JASA 68:117–130.
pub fn james_stein(num_units: usize, prior_ratio: f64) -> Result<f64, EstimateError> {
    check_units("James–Stein toward 0", 3, num_units)?;
    Ok((num_units as f64 * prior_ratio + 2.0) / (prior_ratio + 1.0))
}

/// Risk (nA + 3)/(A+1) of James–Stein toward the grand mean.
///
/// # Errors
/// [`EstimateError::TooFewUnits`] if n < 4.
///
/// # Source
/// Efron & Morris 1973, JASA 68:117–130.
pub fn james_stein_grand_mean(num_units: usize, prior_ratio: f64) -> Result<f64, EstimateError> {
    check_units("James–Stein toward the mean", 4, num_units)?;
    Ok((num_units as f64 * prior_ratio + 3.0) / (prior_ratio + 1.0))
}

/// Risk of the positive part of James–Stein toward 0.
///
/// With t = (n−2)/(A+1) and P, Q the chi-square distribution function and its complement:
///
/// ```text
/// n Q(t; n) − (n−2)/(A+1) Q(t; n−2) + (A+1) n P(t; n+2) − n P(t; n)
/// ```
///
/// # Errors
/// [`EstimateError::TooFewUnits`] if n < 3; [`EstimateError::VarianceNegative`].
///
/// # Source
/// As [`super::fixed_truth::james_stein_positive`], with S/(A+1) chi-square; derived here.
pub fn james_stein_positive(num_units: usize, prior_ratio: f64) -> Result<f64, EstimateError> {
    check_units("James–Stein toward 0", 3, num_units)?;
    check_not_negative("prior variance", prior_ratio)?;
    let n = num_units as f64;
    let total_var = prior_ratio + 1.0;
    let t = (n - 2.0) / total_var;
    Ok(n * chi_square_survival(t, n) - t * chi_square_survival(t, n - 2.0)
        + total_var * n * chi_square_cdf(t, n + 2.0)
        - n * chi_square_cdf(t, n))
}

/// Risk of the positive part of James–Stein toward the grand mean: 1 and that of n−1 dimensions.
///
/// # Errors
/// [`EstimateError::TooFewUnits`] if n < 4; [`EstimateError::VarianceNegative`].
///
/// # Source
/// As [`james_stein_positive`].
pub fn james_stein_grand_mean_positive(num_units: usize, prior_ratio: f64) -> Result<f64, EstimateError> {
    check_units("James–Stein toward the mean", 4, num_units)?;
    Ok(1.0 + james_stein_positive(num_units - 1, prior_ratio)?)
}

/// The share of the possible saving that a risk misses: 0 for Bayes, 1 for y, above 1 for worse.
///
/// NaN if there is nothing to save.
///
/// # Source
/// Efron & Morris 1973, JASA 68:117–130, "relative savings loss".
#[must_use]
pub fn relative_savings_loss(risk: f64, bayes_risk: f64, mle_risk: f64) -> f64 {
    (risk - bayes_risk) / (mle_risk - bayes_risk)
}

/// Risk Σ V_i V_mu/(V_i + V_mu) of the Bayes rule for unequal noise variances, in their unit.
///
/// # Source
/// Efron & Morris 1975, JASA 70:311–319, on unequal variances.
#[must_use]
pub fn bayes_unequal_noise(noise_vars: &[f64], prior_var: f64) -> f64 {
    noise_vars.iter().map(|v| v * prior_var / (v + prior_var)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::printed::assert_printed;
    use crate::risk::fixed_truth;

    #[test]
    fn thresholds_are_where_risks_cross() {
        assert_eq!(bayes_loses_above(1.0), 3.0);
        assert!((bayes_with_assumed(7, 3.0, 1.0) - 7.0).abs() < 1e-12);
        for n in [3, 10, 50] {
            let plain = zero_beats_james_stein_below(n, Truncation::Plain).unwrap();
            assert!((n as f64 * plain * plain - 2.0).abs() < 1e-12);
            assert!((zero(n, plain) - james_stein(n, plain).unwrap()).abs() < 1e-12);
            let positive = zero_beats_james_stein_below(n, Truncation::PositivePart).unwrap();
            assert!(positive < plain);
            assert!((zero(n, positive) - james_stein_positive(n, positive).unwrap()).abs() < 1e-9);
        }
        assert!(zero_beats_james_stein_below(2, Truncation::Plain).is_err());
    }

    #[test]
    fn limits_cost_what_the_school_by_school_formula_says() {
        use crate::risk::regions::{LinearRule, linear_errors};
        for (a, limit) in [(0.1, 0.5), (1.0, 1.0), (9.0, 0.2)] {
            let rule = LinearRule::FullBayes { school_var: a, region_var: 0.0, prior_mean: 0.0 };
            let scales = models::RegionScales { noise_var: 1.0, school_var: a, region_var: 0.0 };
            let error = linear_errors(&[0.0], &[1], scales, rule).unwrap()[0];
            assert!((limited_bayes(1, a, limit) - error.limited_risk(limit)).abs() < 1e-12);
        }
        assert!((limited_bayes(5, 1.0, 0.0) - 5.0).abs() < 1e-12);
        assert!((limited_bayes(5, 1.0, 50.0) - bayes(5, 1.0)).abs() < 1e-12);
    }

    #[test]
    fn risks_of_known_cases() {
        // (n, A): Bayes, JS, JS+, grand mean, its JS+.
        let cases = [
            (10, 1.0, ["5", "6", "5.84972", "6.5", "6.33528"]),
            (10, 9.0, ["9", "9.2", "9.19980", "9.3", ""]),
            (5, 0.2, [".83333", "2.5", "2.01414", "", ""]),
            (40, 1.0, ["20", "21", "20.99317", "21.5", ""]),
            (20, 0.0, ["0", "2", "1.17482", "", ""]),
        ];
        for (n, a, printed) in cases {
            let risks = [
                bayes(n, a),
                james_stein(n, a).unwrap(),
                james_stein_positive(n, a).unwrap(),
                james_stein_grand_mean(n, a).unwrap(),
                james_stein_grand_mean_positive(n, a).unwrap(),
            ];
            for (risk, printed) in risks.into_iter().zip(printed).filter(|(_, printed)| !printed.is_empty()) {
                assert_printed(risk, printed);
            }
        }
    }

    #[test]
    fn lectures_box_plots_have_these_means() {
        // n = 50, per unit: JS, Bayes, zero, and JS+ at A = 0.1.
        let cases =
            [(1.0, [".5200", ".5", "1"]), (9.0, [".9040", ".9", "9"]), (0.1, [".12727", ".09091", ".1000"])];
        for (a, printed) in cases {
            let risks = [james_stein(50, a).unwrap(), bayes(50, a), zero(50, a)];
            risks.into_iter().zip(printed).for_each(|(risk, printed)| assert_printed(risk / 50.0, printed));
        }
        assert_printed(james_stein_positive(50, 0.1).unwrap() / 50.0, ".11340");
    }

    #[test]
    fn savings_lost_are_two_and_three_units() {
        for (n, a) in [(5, 0.3), (40, 4.0)] {
            let lost = |risk| relative_savings_loss(risk, bayes(n, a), mle(n));
            assert!((lost(james_stein(n, a).unwrap()) - 2.0 / n as f64).abs() < 1e-12);
            assert!((lost(james_stein_grand_mean(n, a).unwrap()) - 3.0 / n as f64).abs() < 1e-12);
        }
    }

    /// E over λ/A ~ chi-square(n) of a risk for fixed truth, by quadrature.
    fn averaged(n: usize, a: f64, risk: impl Fn(f64) -> f64) -> f64 {
        let half = 0.5 * n as f64;
        stats::quadrature::integrate_half_line(n as f64, |x| {
            let log_density =
                (half - 1.0) * x.ln() - 0.5 * x - half * 2.0_f64.ln() - stats::special::ln_gamma(half);
            if log_density < -60.0 { 0.0 } else { log_density.exp() * risk(a * x) }
        })
    }

    #[test]
    fn averages_of_the_fixed_risks_are_these() {
        for (n, a) in [(3, 1.0), (10, 0.2), (10, 9.0), (50, 1.0)] {
            let plain = averaged(n, a, |lambda| fixed_truth::james_stein(n, lambda).unwrap());
            assert!((plain - james_stein(n, a).unwrap()).abs() < 1e-9, "n {n}, A {a}: {plain}");
            let positive = averaged(n, a, |lambda| fixed_truth::james_stein_positive(n, lambda).unwrap());
            assert!(
                (positive - james_stein_positive(n, a).unwrap()).abs() < 1e-9,
                "n {n}, A {a}: {positive}"
            );
        }
    }

    #[test]
    fn a_wrong_prior_costs_its_excess() {
        for (truth, assumed) in [(4.0, 1.0), (20.0, 1.0), (0.3, 9.0), (0.0, 0.0)] {
            let excess = bayes_with_assumed(7, truth, assumed) - bayes(7, truth);
            assert!((excess - wrong_prior_excess(7, truth, assumed)).abs() < 1e-12);
        }
        assert_printed(wrong_prior_excess(1, 4.0, 1.0), ".45");
        assert_printed(wrong_prior_excess(1, 20.0, 1.0), "4.30");
        // The threshold against y is A = 2A' + 1.
        assert!((bayes_with_assumed(6, 3.0, 1.0) - mle(6)).abs() < 1e-12);
        assert!(bayes_with_assumed(6, 3.1, 1.0) > mle(6));
    }

    #[test]
    fn equal_noise_is_the_special_case_of_unequal_noise() {
        assert!((bayes_unequal_noise(&[2.0; 5], 3.0) - 2.0 * bayes(5, 1.5)).abs() < 1e-12);
        assert!((bayes_unequal_noise(&[1.0, 4.0], 4.0) - 2.8).abs() < 1e-12);
    }

    #[test]
    fn impossible_cases_are_refused() {
        assert!(james_stein(2, 1.0).is_err() && james_stein_grand_mean(3, 1.0).is_err());
        assert!(
            james_stein_positive(5, -0.1).is_err() && james_stein_grand_mean_positive(5, f64::NAN).is_err()
        );
    }
}
