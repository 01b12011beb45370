//! Expectations over a Poisson number, and the noncentral chi-square moments they give.

/// The probabilities of J ~ Poisson(mean) over the window that holds all but about 10⁻¹⁶ of them.
///
/// Weights run by their ratio from the mode outwards and are then normalised,
/// so no factorial or exponential can overflow. Length grows as 17 √mean.
#[derive(Clone, Debug)]
pub struct PoissonWeights {
    first: f64,
    weights: Vec<f64>,
}

/// Weights below this share of the mode's are left out.
const NEGLIGIBLE: f64 = 1e-18;

impl PoissonWeights {
    /// The window for a finite `mean` ≥ 0.
    ///
    /// # Panics
    /// If `mean` is negative or not finite.
    #[must_use]
    pub fn new(mean: f64) -> Self {
        assert!(
            mean >= 0.0 && mean.is_finite(),
            "a Poisson mean must be finite and not negative, but is {mean}"
        );
        let mode = mean.floor();
        let mut weights = Vec::new();
        let (mut j, mut weight) = (mode, 1.0);
        while weight > NEGLIGIBLE {
            weights.push(weight);
            if j == 0.0 {
                break;
            }
            weight *= j / mean;
            j -= 1.0;
        }
        weights.reverse();
        let first = mode + 1.0 - weights.len() as f64;
        (j, weight) = (mode + 1.0, mean / (mode + 1.0));
        while weight > NEGLIGIBLE {
            weights.push(weight);
            j += 1.0;
            weight *= mean / j;
        }
        let total: f64 = weights.iter().sum();
        weights.iter_mut().for_each(|w| *w /= total);
        Self { first, weights }
    }

    /// Pairs (j, P(J = j)) in rising order of j; j is a whole number.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (f64, f64)> + '_ {
        self.weights.iter().enumerate().map(|(i, &w)| (self.first + i as f64, w))
    }

    /// E[f(J)], for an `f` that does not grow faster than a power of J.
    pub fn expect(&self, mut f: impl FnMut(f64) -> f64) -> f64 {
        self.iter().map(|(j, w)| w * f(j)).sum()
    }
}

/// E[1/(shift + J)] with J ~ Poisson(`mean`), for `shift` > 0 and a finite `mean` ≥ 0.
///
/// For a mean far above `shift` by the alternating series
/// 1/m − (a−1)/m² + (a−1)(a−2)/m³ − …, which comes from integrating
/// ∫₀¹ u^(a−1) e^(−m(1−u)) du by parts; otherwise by the sum over [`PoissonWeights`].
#[must_use]
pub fn expected_inverse_shifted(shift: f64, mean: f64) -> f64 {
    if mean > SERIES_MEAN && mean > SERIES_RATIO * shift {
        let mut term = 1.0 / mean;
        let mut sum = term;
        for i in 1..SERIES_TERMS {
            term *= (f64::from(i) - shift) / mean;
            sum += term;
        }
        return sum;
    }
    PoissonWeights::new(mean).expect(|j| 1.0 / (shift + j))
}

// With a ratio of at most 1/50 per term, 12 terms reach 10⁻²⁰ of the first.
const SERIES_MEAN: f64 = 5000.0;
const SERIES_RATIO: f64 = 50.0;
const SERIES_TERMS: i32 = 12;

/// E[1/X] for X noncentral chi-square with `df` > 2 degrees of freedom and noncentrality `lambda` ≥ 0.
///
/// E[1/X] = E_J[1/(df − 2 + 2J)], J ~ Poisson(lambda/2).
///
/// # Source
/// James & Stein 1961, Proc. 4th Berkeley Symp. 1:361–379.
#[must_use]
pub fn expected_inverse_noncentral_chi_square(df: f64, lambda: f64) -> f64 {
    0.5 * expected_inverse_shifted(0.5 * df - 1.0, 0.5 * lambda)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_have_the_moments_of_the_poisson_distribution() {
        for mean in [0.0, 1e-9, 0.3, 1.0, 17.5, 4000.0, 1e6] {
            let weights = PoissonWeights::new(mean);
            let tolerance = 1e-13 * (1.0 + mean);
            assert!((weights.expect(|_| 1.0) - 1.0).abs() < 1e-13);
            assert!((weights.expect(|j| j) - mean).abs() < tolerance, "mean {mean}");
            assert!(
                (weights.expect(|j| (j - mean) * (j - mean)) - mean).abs() < 2.0 * tolerance,
                "variance {mean}"
            );
        }
    }

    #[test]
    fn inverse_moments_have_their_closed_forms() {
        for m in [1e-3, 0.4, 3.0, 50.0, 4999.0, 5001.0, 1e5, 1e12] {
            // a = 1: (1 − e^−m)/m; a = 2: (1 − a=1)/m, by parts.
            let one = -libm::expm1(-m) / m;
            assert!((expected_inverse_shifted(1.0, m) / one - 1.0).abs() < 1e-12, "m {m}");
            let two = if m < 0.1 { 0.5 - m / 6.0 + m * m / 24.0 } else { (1.0 - one) / m };
            let tolerance = if m < 0.1 { 1e-9 } else { 1e-12 };
            assert!((expected_inverse_shifted(2.0, m) / two - 1.0).abs() < tolerance, "m {m}");
        }
        assert_eq!(expected_inverse_noncentral_chi_square(10.0, 0.0), 1.0 / 8.0);
    }

    #[test]
    fn series_and_sum_agree_where_they_meet() {
        for shift in [0.5, 7.0, 99.0] {
            let m = 5001.0;
            let sum = PoissonWeights::new(m).expect(|j| 1.0 / (shift + j));
            assert!((expected_inverse_shifted(shift, m) / sum - 1.0).abs() < 1e-13);
        }
    }
}
