//! Truths that are not normal: heavy tails and two clusters, of the same mean and variance.

use stats::{standard_normal, stream};

use crate::RegionNormals;

/// Distribution of the schools' truths about their region's mean; all have mean 0 and variance V_mu.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TruthShape {
    /// N(0, V_mu), as the models assume.
    #[default]
    Normal,
    /// Student's t with 3 degrees of freedom, scaled to variance V_mu: few schools far out.
    StudentT3,
    /// Two points, −√V_mu and √V_mu, equally likely: two clusters.
    TwoPoint,
}

impl TruthShape {
    /// Gives the numbers behind the schools' truths this distribution, with mean 0 and variance 1.
    ///
    /// The sign of every number stays, so that a change of shape moves truths and does not shuffle them. A
    /// t variate is the normal one divided by √(χ²_3/3), from a stream of its own.
    pub fn shape(self, normals: &mut RegionNormals, seed: u64, replicate: u64) {
        match self {
            Self::Normal => {}
            Self::TwoPoint => normals.mu.iter_mut().for_each(|mu| *mu = 1.0_f64.copysign(*mu)),
            Self::StudentT3 => {
                let mut rng = stream(seed, "t3 truths", replicate);
                for mu in &mut normals.mu {
                    let sum_sq: f64 =
                        (0..3).map(|_| standard_normal(&mut rng)).map(|normal| normal * normal).sum();
                    // t/√3, as the variance of t with 3 degrees of freedom is 3.
                    *mu /= sum_sq.max(f64::MIN_POSITIVE).sqrt();
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shaped(shape: TruthShape, replicate: u64) -> Vec<f64> {
        let mut normals = RegionNormals::random(7, replicate, &[500; 40]);
        shape.shape(&mut normals, 7, replicate);
        normals.mu
    }

    #[test]
    fn signs_stay_and_normals_are_left_alone() {
        let normal = RegionNormals::random(7, 0, &[500; 40]).mu;
        assert_eq!(shaped(TruthShape::Normal, 0), normal);
        for shape in [TruthShape::StudentT3, TruthShape::TwoPoint] {
            let same_sign = |(a, b): (&f64, &f64)| a.signum() == b.signum();
            assert!(shaped(shape, 0).iter().zip(&normal).all(same_sign));
        }
        assert!(shaped(TruthShape::TwoPoint, 0).iter().all(|mu| mu.abs() == 1.0));
    }

    /// t/√3 of 3 degrees of freedom has P(|x| > 1) = P(|t| > √3) = 0.18169, and quartiles at 0.76489/√3.
    /// 20,000 numbers, 4 standard errors.
    #[test]
    fn heavy_tails_have_the_quantiles_of_t3() {
        let mu = shaped(TruthShape::StudentT3, 3);
        let share = |limit: f64| mu.iter().filter(|mu| mu.abs() > limit).count() as f64 / mu.len() as f64;
        for (limit, expected) in [(1.0, 0.181_69), (0.764_892 / 3.0_f64.sqrt(), 0.5)] {
            let error = (expected * (1.0 - expected) / mu.len() as f64).sqrt();
            assert!((share(limit) - expected).abs() < 4.0 * error, "{limit}: {}", share(limit));
        }
    }
}
