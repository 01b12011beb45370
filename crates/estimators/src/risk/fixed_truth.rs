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
