//! Gamma and Poisson variates, from which chi-square and negative binomial ones are made.

use rand::Rng;

use crate::{standard_normal, uniform};

/// One variate of the gamma distribution with mean and variance `shape` > 0.
///
/// Half of a chi-square variate with 2 `shape` degrees of freedom.
///
/// # Source
/// Marsaglia & Tsang 2000, ACM Trans. Math. Softw. 26:363–372; below a shape of 1 by their § 6.
pub fn standard_gamma(rng: &mut impl Rng, shape: f64) -> f64 {
    if shape < 1.0 {
        let boost = libm::pow(1.0 - uniform(rng), 1.0 / shape);
        return boost * standard_gamma(rng, shape + 1.0);
    }
    let d = shape - 1.0 / 3.0;
    let c = 1.0 / (9.0 * d).sqrt();
    loop {
        let x = standard_normal(rng);
        let root = 1.0 + c * x;
        if root <= 0.0 {
            continue;
        }
        let v = root * root * root;
        let log_u = libm::log(1.0 - uniform(rng));
        if log_u < 0.5 * x * x + d * (1.0 - v + libm::log(v)) {
            return d * v;
        }
    }
}

/// One variate of the Poisson distribution with this `mean` ≥ 0. Takes as long as it is large.
///
/// # Source
/// Arrivals in a time of `mean` at unit rate (Devroye 1986, Non-Uniform Random Variate Generation, § X.3).
pub fn poisson(rng: &mut impl Rng, mean: f64) -> f64 {
    let (mut time, mut count) = (0.0, 0.0);
    loop {
        time -= libm::log(1.0 - uniform(rng));
        if time > mean {
            return count;
        }
        count += 1.0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::special::chi_square_cdf;
    use crate::stream;

    /// Kolmogorov–Smirnov on 20,000 variates at a false-alarm rate of 1e-6 each: 2.69 / √n.
    #[test]
    fn variates_follow_the_gamma_distribution() {
        const NUM: usize = 20_000;
        for shape in [0.3, 0.5, 1.0, 2.5, 50.0] {
            let mut rng = stream(1, "gamma-test", 0);
            let mut cdf: Vec<f64> = (0..NUM)
                .map(|_| chi_square_cdf(2.0 * standard_gamma(&mut rng, shape), 2.0 * shape))
                .collect();
            cdf.sort_unstable_by(f64::total_cmp);
            let distance =
                cdf.iter().enumerate().map(|(i, p)| (p - i as f64 / NUM as f64).abs()).fold(0.0, f64::max);
            assert!(distance < 2.69 / (NUM as f64).sqrt() + 1.0 / NUM as f64, "{shape}: {distance}");
        }
    }

    /// Means and variances within five standard errors.
    #[test]
    fn counts_have_the_moments_of_the_poisson_distribution() {
        const NUM: usize = 20_000;
        for mean in [0.0, 0.2, 3.0, 40.0_f64] {
            let mut rng = stream(2, "poisson-test", 0);
            let counts: Vec<f64> = (0..NUM).map(|_| poisson(&mut rng, mean)).collect();
            let (found, var) = (crate::summary::mean(&counts), crate::summary::variance(&counts));
            let n = NUM as f64;
            assert!((found - mean).abs() <= 5.0 * (mean / n).sqrt());
            assert!((var - mean).abs() <= 5.0 * ((mean + 2.0 * mean * mean) / n).sqrt());
        }
    }

    #[test]
    fn variates_never_change() {
        let mut rng = stream(7, "gamma-test", 0);
        let found = [standard_gamma(&mut rng, 0.5), standard_gamma(&mut rng, 2.5), poisson(&mut rng, 30.0)];
        assert_eq!(found.map(f64::to_bits), PINNED);
    }

    const PINNED: [u64; 3] = [4577692352858842756, 4611733892081626708, 4626604192193052672];
}
