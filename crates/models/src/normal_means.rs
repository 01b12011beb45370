//! Normal means: mu_i ~ N(0, A), y_i ~ N(mu_i, 1), the setting of James & Stein (1961).

use stats::{fill_standard_normal, stream};

/// The standard normals behind one data set of n units.
///
/// A unit's pair comes from its own place in the stream, so that growing n
/// keeps the earlier units, and a change of A moves them without redrawing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NormalMeans {
    /// Behind mu, length n.
    pub mu: Vec<f64>,
    /// Behind the noise of y, length n.
    pub noise: Vec<f64>,
}

impl NormalMeans {
    /// Normals of data set `replicate` under `seed`, for `num_units` units.
    #[must_use]
    pub fn random(seed: u64, replicate: u64, num_units: usize) -> Self {
        let mut normals = Self::default();
        normals.random_into(seed, replicate, num_units);
        normals
    }

    /// [`random`](Self::random) in place: allocates only when `num_units` grows.
    pub fn random_into(&mut self, seed: u64, replicate: u64, num_units: usize) {
        let mut rng = stream(seed, "normal means", replicate);
        self.mu.resize(num_units, 0.0);
        self.noise.resize(num_units, 0.0);
        for (mu, noise) in self.mu.iter_mut().zip(&mut self.noise) {
            let mut pair = [0.0; 2];
            fill_standard_normal(&mut rng, &mut pair);
            [*mu, *noise] = pair;
        }
    }

    /// Truths mu_i = √A z_i and data y_i = mu_i + e_i, for the prior variance `prior_var` = A.
    #[must_use]
    pub fn realize(&self, prior_var: f64) -> NormalMeansData {
        let mut data = NormalMeansData::default();
        self.realize_into(prior_var, &mut data);
        data
    }

    /// [`realize`](Self::realize) in place: allocates only when the number of units grows.
    pub fn realize_into(&self, prior_var: f64, data: &mut NormalMeansData) {
        let prior_sd = prior_var.sqrt();
        data.mu.clear();
        data.mu.extend(self.mu.iter().map(|z| prior_sd * z));
        data.y.clear();
        data.y.extend(data.mu.iter().zip(&self.noise).map(|(mu, e)| mu + e));
    }
}

/// Truths and data of the normal means problem, in units of the noise SD.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NormalMeansData {
    /// The truths, length n.
    pub mu: Vec<f64>,
    /// The data, length n.
    pub y: Vec<f64>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn growing_n_keeps_the_earlier_units() {
        let few = NormalMeans::random(5, 2, 7);
        let many = NormalMeans::random(5, 2, 50);
        assert_eq!(few.mu[..], many.mu[..7]);
        assert_eq!(few.noise[..], many.noise[..7]);
        assert_ne!(NormalMeans::random(5, 3, 7), few);
    }

    #[test]
    fn a_refill_gives_the_same_numbers() {
        let mut normals = NormalMeans::random(5, 9, 50);
        normals.random_into(5, 2, 7);
        assert_eq!(normals, NormalMeans::random(5, 2, 7));
    }

    #[test]
    fn prior_variance_scales_the_truths_and_leaves_the_noise() {
        let normals = NormalMeans::random(1, 0, 20_000);
        let data = normals.realize(9.0);
        let mean_square = data.mu.iter().map(|mu| mu * mu).sum::<f64>() / 20_000.0;
        // SD of the mean square is 9 √(2 / 20000) = 0.09; 4 of them.
        assert!((mean_square - 9.0).abs() < 0.36, "{mean_square}");
        for ((mu, y), noise) in data.mu.iter().zip(&data.y).zip(&normals.noise) {
            assert_eq!(mu + noise, *y);
        }
    }
}
