//! Risks for one fixed truth mu, over new noise.
//!
//! Model: y_i ~ N(mu_i, 1), i = 1…n. A risk is the expected total squared error
//! in units of the noise variance; it depends on mu only through the
//! `noncentrality` λ = Σ (mu_i − center)²/V_y.

use stats::poisson::{PoissonWeights, expected_inverse_noncentral_chi_square, expected_inverse_shifted};
use stats::special::ln_gamma;
use stats::summary::{mean, sum_sq_about};

use crate::error::{EstimateError, check_positive, check_units};

/// λ = Σ (mu_i − `center`)²/V_y, what the risks toward a fixed centre depend on.
#[must_use]
pub fn noncentrality(truth: &[f64], center: f64, noise_var: f64) -> f64 {
    sum_sq_about(truth, center) / noise_var
}

/// λ_c = Σ (mu_i − mean of mu)²/V_y, what the risks toward the grand mean depend on.
#[must_use]
pub fn noncentrality_about_mean(truth: &[f64], noise_var: f64) -> f64 {
    noncentrality(truth, mean(truth), noise_var)
}

/// Risk n of y itself.
#[must_use]
pub fn mle(num_units: usize) -> f64 {
    num_units as f64
}

/// Risk λ of the centre itself, whatever the data.
#[must_use]
pub fn zero(noncentrality: f64) -> f64 {
    noncentrality
}

/// Risk n(1−b)² + b² λ of removing the fixed share b of each deviation.
#[must_use]
pub fn linear(num_units: usize, noncentrality: f64, shrinkage: f64) -> f64 {
    let kept = 1.0 - shrinkage;
    num_units as f64 * kept * kept + shrinkage * shrinkage * noncentrality
}

/// Risk nλ/(n + λ) of the best fixed share, b = n/(n + λ), which only an oracle knows.
#[must_use]
pub fn best_linear(num_units: usize, noncentrality: f64) -> f64 {
    let n = num_units as f64;
    n * noncentrality / (n + noncentrality)
}

/// Risk n − (n−2)² E[1/(n−2+2J)], J ~ Poisson(λ/2), of James–Stein toward a fixed centre.
///
/// # Errors
/// [`EstimateError::TooFewUnits`] if n < 3.
///
/// # Source
/// James & Stein 1961, Proc. 4th Berkeley Symp. 1:361–379; Efron & Morris 1973,
/// JASA 68:117–130; Lehmann & Casella, Theory of Point Estimation, 2nd ed., ch. 5.
pub fn james_stein(num_units: usize, noncentrality: f64) -> Result<f64, EstimateError> {
    check_units("James–Stein toward 0", 3, num_units)?;
    let n = num_units as f64;
    let c = n - 2.0;
    Ok(n - c * c * expected_inverse_noncentral_chi_square(n, noncentrality))
}

/// The bound n − (n−2)²/(n−2+λ) that [`james_stein`] never exceeds, by Jensen's inequality.
///
/// # Errors
/// As [`james_stein`].
pub fn james_stein_bound(num_units: usize, noncentrality: f64) -> Result<f64, EstimateError> {
    check_units("James–Stein toward 0", 3, num_units)?;
    let n = num_units as f64;
    let c = n - 2.0;
    Ok(n - c * c / (c + noncentrality))
}

/// Risk of the positive part of James–Stein toward a fixed centre.
///
/// With c = n−2, ν = n+2J and P, Q the chi-square distribution function and its complement:
///
/// ```text
/// E_J[ n Q(c; ν) − c² Q(c; ν−2)/(ν−2) + ν P(c; ν+2) − n P(c; ν) ]
/// ```
///
/// # Errors
/// As [`james_stein`].
///
/// # Source
/// Stein's unbiased estimate of risk (Stein 1981, Ann. Stat. 9:1135–1151)
/// averaged over the Poisson mixture; derived here.
pub fn james_stein_positive(num_units: usize, noncentrality: f64) -> Result<f64, EstimateError> {
    let plain = james_stein(num_units, noncentrality)?;
    let n = num_units as f64;
    let c = n - 2.0;
    // With Q = 1 − P the formula is the plain risk and terms in P, which vanish as ν passes c.
    let below = chi_square_cdfs(c, n - 2.0);
    let poisson_mean = 0.5 * noncentrality;
    if poisson_mean - 10.0 * poisson_mean.sqrt() > below.len() as f64 {
        return Ok(plain);
    }
    let weights = PoissonWeights::new(poisson_mean);
    let difference: f64 = weights
        .iter()
        .map_while(|(j, weight)| {
            #[expect(clippy::cast_possible_truncation, reason = "j is a whole number")]
            let i = j as usize;
            let p = |index: usize| below.get(index).copied().unwrap_or(0.0);
            let nu = n + 2.0 * j;
            let term = c * c / (nu - 2.0) * p(i) - 2.0 * n * p(i + 1) + nu * p(i + 2);
            (i < below.len()).then_some(weight * term)
        })
        .sum();
    Ok(plain + difference)
}

/// P(X ≤ x) for chi-square X with df, df + 2, df + 4, …, as far as that exceeds about 10⁻²⁰.
///
/// P(x; ν) − P(x; ν+2) = (x/2)^(ν/2) e^(−x/2)/Γ(ν/2 + 1), summed from the far
/// end so that nothing cancels; needs x ≤ df, where the terms fall.
fn chi_square_cdfs(x: f64, df: f64) -> Vec<f64> {
    const NEGLIGIBLE: f64 = 1e-22;
    let (half_x, half_df) = (0.5 * x, 0.5 * df);
    let mut term = libm::exp(half_df * libm::log(half_x) - half_x - ln_gamma(half_df + 1.0));
    let mut cdfs = Vec::new();
    while term > NEGLIGIBLE {
        cdfs.push(term);
        term *= half_x / (half_df + cdfs.len() as f64);
    }
    let mut sum = 0.0;
    for cdf in cdfs.iter_mut().rev() {
        sum += *cdf;
        *cdf = sum;
    }
    cdfs
}

/// Risk n − (n−3)² E[1/(n−3+2J)], J ~ Poisson(λ_c/2), of James–Stein toward the grand mean.
///
/// - `noncentrality`: λ_c of [`noncentrality_about_mean`].
///
/// # Errors
/// [`EstimateError::TooFewUnits`] if n < 4.
///
/// # Source
/// Lindley 1962, discussion of Stein, JRSS B 24:285–287; Efron & Morris 1973, JASA 68:117–130.
pub fn james_stein_grand_mean(num_units: usize, noncentrality: f64) -> Result<f64, EstimateError> {
    check_units("James–Stein toward the mean", 4, num_units)?;
    Ok(1.0 + james_stein(num_units - 1, noncentrality)?)
}

/// Risk of the positive part of James–Stein toward the grand mean: 1 for the
/// mean and that of n−1 dimensions for the deviations from it.
///
/// # Errors
/// As [`james_stein_grand_mean`].
///
/// # Source
/// As [`james_stein_positive`], after rotating the mean out; derived here.
pub fn james_stein_grand_mean_positive(num_units: usize, noncentrality: f64) -> Result<f64, EstimateError> {
    check_units("James–Stein toward the mean", 4, num_units)?;
    Ok(1.0 + james_stein_positive(num_units - 1, noncentrality)?)
}

/// Risk of each unit under James–Stein toward 0, in units of the noise variance; they sum to [`james_stein`].
///
/// With p_i = mu_i²/λ and c = n−2:
///
/// ```text
/// 1 − 2c E[1/(n−2+2J)] + c(c+4) E[(1 + 2 p_i J)/((n+2J)(n−2+2J))]
/// ```
///
/// # Errors
/// [`EstimateError::TooFewUnits`] if n < 3; [`EstimateError::VarianceNotPositive`].
///
/// # Source
/// Derived here; the maximum over mu is that of Efron & Morris 1972, JASA 67:130–139.
pub fn james_stein_components(truth: &[f64], noise_var: f64) -> Result<Vec<f64>, EstimateError> {
    check_positive("noise variance", noise_var)?;
    check_units("James–Stein toward 0", 3, truth.len())?;
    let component = components(truth.len(), noncentrality(truth, 0.0, noise_var));
    Ok(truth.iter().map(|mu| component(mu * mu / noise_var)).collect())
}

/// Risk of each unit under James–Stein toward the grand mean, in units of the
/// noise variance; they sum to [`james_stein_grand_mean`].
///
/// 1/n + (1 − 1/n) times the component of [`james_stein_components`] in n−1
/// dimensions with p = (mu_i − mean)²/((1 − 1/n) λ_c).
///
/// # Errors
/// [`EstimateError::TooFewUnits`] if n < 4; [`EstimateError::VarianceNotPositive`].
///
/// # Source
/// Derived here.
pub fn james_stein_grand_mean_components(truth: &[f64], noise_var: f64) -> Result<Vec<f64>, EstimateError> {
    check_positive("noise variance", noise_var)?;
    check_units("James–Stein toward the mean", 4, truth.len())?;
    let center = mean(truth);
    let own_share = 1.0 / truth.len() as f64;
    let component = components(truth.len() - 1, noncentrality(truth, center, noise_var));
    let risk = |mu: &f64| {
        let squared_offset = (mu - center) * (mu - center) / noise_var;
        own_share + (1.0 - own_share) * component(squared_offset / (1.0 - own_share))
    };
    Ok(truth.iter().map(risk).collect())
}

/// The risk of a unit as a function of its (mu_i − center)²/V_y.
fn components(num_units: usize, noncentrality: f64) -> impl Fn(f64) -> f64 {
    let c = num_units as f64 - 2.0;
    let a = 0.5 * c;
    let poisson_mean = 0.5 * noncentrality;
    let inverse = expected_inverse_shifted(a, poisson_mean); // E[1/(a+J)]
    let next_inverse = expected_inverse_shifted(a + 1.0, poisson_mean);
    move |squared_offset| {
        let share = if noncentrality > 0.0 { squared_offset / noncentrality } else { 0.0 };
        // Partial fractions of (1 + 2pJ)/((a+J)(a+1+J)).
        let product = (1.0 - 2.0 * share * a) * inverse + (2.0 * share * (a + 1.0) - 1.0) * next_inverse;
        1.0 - c * inverse + 0.25 * c * (c + 4.0) * product
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::printed::assert_printed;

    /// (truth, JS, JS+, grand mean, its JS+); simulation agreed within two standard errors.
    fn assert_risks(truth: &[f64], printed: [&str; 4]) {
        let (n, lambda) = (truth.len(), noncentrality(truth, 0.0, 1.0));
        let centered = noncentrality_about_mean(truth, 1.0);
        let risks = [
            james_stein(n, lambda),
            james_stein_positive(n, lambda),
            james_stein_grand_mean(n.max(4), centered),
            james_stein_grand_mean_positive(n.max(4), centered),
        ];
        for (risk, printed) in risks.into_iter().zip(printed) {
            if !printed.is_empty() {
                assert_printed(risk.unwrap(), printed);
            }
        }
    }

    #[test]
    fn james_stein_has_the_risks_of_known_cases() {
        assert_risks(&[0.0; 3], ["2.0000", "1.60250", "", ""]);
        assert_risks(&[0.0; 4], ["2", "1.47152", "3", "2.60250"]);
        assert_risks(
            &[5.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0],
            ["7.96396", "7.96262", "8.24466", ""],
        );
        let evenly: Vec<f64> = (0..10).map(|i| -1.0 + 2.0 * f64::from(i) / 9.0).collect();
        assert_risks(&evenly, ["4.40811", "4.01782", "5.28267", "4.91920"]);
        assert_risks(&[2.0; 20], ["16.63710", "", "3.0000", "2.17974"]);
        assert_risks(&[3.0; 5], ["4.80455", "", "", ""]);
    }

    fn one_outlier(num_units: usize, outlier: f64, other: f64) -> Vec<f64> {
        let mut truth = vec![other; num_units];
        truth[0] = outlier;
        truth
    }

    #[test]
    fn components_of_one_outlier() {
        let components = james_stein_components(&one_outlier(10, 3.0, 0.3), 1.0).unwrap();
        assert_printed(components[0], "2.66553");
        assert_printed(components[1], "0.38922");
        // The noise variance is only a unit.
        let components = james_stein_components(&one_outlier(18, 8.0, 0.6), 4.0).unwrap();
        assert_printed(components[0], "4.46948");
        assert_printed(components[17], "0.33233");
    }

    #[test]
    fn worst_component_is_that_of_efron_and_morris() {
        // Exact maxima over mu = (m, 0, …); n/4 is only their limit.
        let maxima =
            [(3, "1.238"), (5, "1.7115"), (10, "2.927"), (18, "4.906"), (20, "5.4035"), (40, "10.39")];
        for (num_units, printed) in maxima.into_iter().chain([(100, "25.38")]) {
            let risk = |m: i32| {
                james_stein_components(&one_outlier(num_units, f64::from(m) * 0.01, 0.0), 1.0).unwrap()[0]
            };
            assert_printed((1..2000).map(risk).fold(0.0, f64::max), printed);
        }
    }

    #[test]
    fn components_sum_to_the_whole() {
        for num_units in [4, 9, 50] {
            for scale in [0.0, 0.1, 3.0, 40.0, 1000.0] {
                let truth: Vec<f64> = (0..num_units).map(|i| scale * (i as f64 * 1.7).sin()).collect();
                let sum: f64 = james_stein_components(&truth, 1.0).unwrap().iter().sum();
                let risk = james_stein(num_units, noncentrality(&truth, 0.0, 1.0)).unwrap();
                assert!((sum - risk).abs() < 1e-9, "{sum} {risk}");
                let sum: f64 = james_stein_grand_mean_components(&truth, 1.0).unwrap().iter().sum();
                let risk = james_stein_grand_mean(num_units, noncentrality_about_mean(&truth, 1.0)).unwrap();
                assert!((sum - risk).abs() < 1e-9, "{sum} {risk}");
            }
        }
    }

    #[test]
    fn james_stein_beats_y_and_its_positive_part_beats_it() {
        for num_units in [3, 4, 10, 200, 1000] {
            for lambda in [0.0, 1e-6, 0.5, 7.0, 300.0, 2e4, 1e7, 1e12] {
                let plain = james_stein(num_units, lambda).unwrap();
                let positive = james_stein_positive(num_units, lambda).unwrap();
                assert!(positive <= plain && plain < mle(num_units) + 1e-9, "n {num_units}, lambda {lambda}");
                assert!(plain <= james_stein_bound(num_units, lambda).unwrap() + 1e-9);
                assert!(positive >= best_linear(num_units, lambda) - 1e-9, "no rule beats the oracle");
            }
        }
    }

    #[test]
    fn positive_part_is_the_formula_with_library_functions() {
        use stats::special::{chi_square_cdf, chi_square_survival};
        for (num_units, lambda) in [(3, 0.7), (10, 12.0), (60, 3.0), (200, 500.0), (200, 20_000.0)] {
            let n = num_units as f64;
            let c = n - 2.0;
            let slow = PoissonWeights::new(0.5 * lambda).expect(|j| {
                let nu = n + 2.0 * j;
                n * chi_square_survival(c, nu) - c * c * chi_square_survival(c, nu - 2.0) / (nu - 2.0)
                    + nu * chi_square_cdf(c, nu + 2.0)
                    - n * chi_square_cdf(c, nu)
            });
            let risk = james_stein_positive(num_units, lambda).unwrap();
            assert!((risk - slow).abs() < 1e-9, "n {num_units}: {risk} {slow}");
        }
    }

    #[test]
    fn best_linear_is_the_least_linear_risk() {
        let (n, lambda) = (10, 6.0);
        let best = best_linear(n, lambda);
        assert!((linear(n, lambda, 10.0 / 16.0) - best).abs() < 1e-12);
        assert!((0..=100).all(|b| linear(n, lambda, f64::from(b) / 100.0) >= best));
        assert_eq!((linear(n, lambda, 0.0), linear(n, lambda, 1.0)), (mle(n), zero(lambda)));
    }

    #[test]
    fn too_few_units_are_refused() {
        assert!(james_stein(2, 1.0).is_err() && james_stein_positive(2, 1.0).is_err());
        assert!(james_stein_grand_mean(3, 1.0).is_err() && james_stein_grand_mean_positive(3, 1.0).is_err());
        assert!(james_stein_components(&[1.0; 2], 1.0).is_err());
        assert!(james_stein_components(&[1.0; 3], 0.0).is_err());
    }
}
