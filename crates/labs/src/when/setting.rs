//! The values of the controls as the models take them: what is true, what is believed.

use estimators::risk::regions::LinearRule;
use models::{RegionData, RegionNormals, RegionScales, TruthShape, realize_into};

use crate::control::Values;

/// The seed whose first data set is the lecture's own.
const LECTURE_SEED: u64 = 4;

/// Variance σ² of one observation; all other variances count in its unit.
const OBSERVATION_VAR: f64 = 1.0;

/// Everything that a map or a curve may change, before it is made a design.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Inputs {
    pub(crate) seed: u64,
    pub(crate) num_regions: usize,
    /// Mean number of schools in a region.
    pub(crate) region_size: usize,
    /// Largest over smallest region, before they are rounded.
    pub(crate) imbalance: f64,
    /// m, observations of each school.
    pub(crate) num_obs: usize,
    pub(crate) school_var: f64,
    pub(crate) region_var: f64,
    /// Mean of the theta_k.
    pub(crate) mean: f64,
    pub(crate) shape: TruthShape,
    pub(crate) outlying: Outlying,
    /// How far the outlying one is off, in noise SDs √V_y.
    pub(crate) distance: f64,
    pub(crate) belief: Belief,
    /// D of limited translation, in noise SDs √V_y.
    pub(crate) limit: f64,
}

/// Who lies off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outlying {
    Nobody,
    /// The first school of the first region.
    School,
    /// The first region.
    Region,
}

/// What Bayes takes for the variances and the mean of the region means.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Belief {
    /// What is true.
    Right,
    /// Something else.
    Own { school_var: f64, region_var: f64, mean: f64 },
}

impl Inputs {
    pub(crate) fn of(values: &Values) -> Self {
        let belief = match values.choice("belief") {
            "own" => Belief::Own {
                school_var: values.number("a_mu"),
                region_var: values.number("a_theta"),
                mean: values.number("a_mean"),
            },
            _ => Belief::Right,
        };
        Self {
            seed: values.whole("seed") as u64,
            num_regions: values.whole("k"),
            region_size: values.whole("size"),
            imbalance: values.number("imbalance"),
            num_obs: values.whole("m"),
            school_var: values.number("v_mu"),
            region_var: values.number("v_theta"),
            mean: values.number("mean"),
            shape: match values.choice("shape") {
                "t3" => TruthShape::StudentT3,
                "clusters" => TruthShape::TwoPoint,
                _ => TruthShape::Normal,
            },
            outlying: match values.choice("outlying") {
                "school" => Outlying::School,
                "region" => Outlying::Region,
                _ => Outlying::Nobody,
            },
            distance: values.number("distance"),
            belief,
            limit: values.number("limit"),
        }
    }

    /// V_y = σ²/m.
    pub(crate) fn noise_var(&self) -> f64 {
        OBSERVATION_VAR / self.num_obs as f64
    }

    pub(crate) fn setting(&self) -> Setting {
        let sizes = sizes(self.num_regions, self.region_size, self.imbalance);
        let scales = RegionScales {
            noise_var: self.noise_var(),
            school_var: self.school_var,
            region_var: self.region_var,
        };
        let (believed, believed_mean) = match self.belief {
            Belief::Right => (scales, self.mean),
            Belief::Own { school_var, region_var, mean } => {
                (RegionScales { school_var, region_var, ..scales }, mean)
            }
        };
        let noise_sd = scales.noise_var.sqrt();
        let mut centers = vec![self.mean; sizes.iter().sum()];
        let off = match self.outlying {
            Outlying::Nobody => 0,
            Outlying::School => 1,
            Outlying::Region => sizes[0],
        };
        centers[..off].iter_mut().for_each(|center| *center += self.distance * noise_sd);
        Setting {
            seed: self.seed,
            sizes,
            scales,
            shape: self.shape,
            centers,
            believed,
            believed_mean,
            max_move: self.limit * noise_sd,
        }
    }
}

/// Design, truth and belief of one experiment.
#[derive(Clone, Debug)]
pub(crate) struct Setting {
    pub(crate) seed: u64,
    pub(crate) sizes: Vec<usize>,
    /// The variances that make the data.
    pub(crate) scales: RegionScales,
    pub(crate) shape: TruthShape,
    /// What is fixed of each school's truth, length n.
    pub(crate) centers: Vec<f64>,
    /// The variances that Bayes takes for true; V_y is always right.
    pub(crate) believed: RegionScales,
    pub(crate) believed_mean: f64,
    /// D √V_y.
    pub(crate) max_move: f64,
}

impl Setting {
    pub(crate) fn num_schools(&self) -> usize {
        self.centers.len()
    }

    /// The posterior mean under what is believed.
    pub(crate) fn bayes_rule(&self) -> LinearRule {
        LinearRule::FullBayes {
            school_var: self.believed.school_var,
            region_var: self.believed.region_var,
            prior_mean: self.believed_mean,
        }
    }

    /// Whether all schools have one center.
    pub(crate) fn is_even(&self) -> bool {
        self.centers.iter().all(|center| *center == self.centers[0])
    }

    /// Writes data set `replicate`; 0 is the one on screen.
    pub(crate) fn data_into(&self, replicate: u64, normals: &mut RegionNormals, data: &mut RegionData) {
        if self.seed == LECTURE_SEED && replicate == 0 {
            *normals = RegionNormals::lecture(&self.sizes);
        } else {
            normals.random_into(self.seed, replicate, &self.sizes);
        }
        self.shape.shape(normals, self.seed, replicate);
        realize_into(normals, &self.sizes, self.scales, data);
        if self.centers.iter().any(|center| *center != 0.0) {
            for ((mu, y), center) in data.mu.iter_mut().zip(&mut data.y).zip(&self.centers) {
                *mu += center;
                *y += center;
            }
        }
    }

    /// Writes new noise about the truths of `data`: the same schools, measured again.
    pub(crate) fn measure_again(&self, replicate: u64, normals: &mut RegionNormals, data: &mut RegionData) {
        normals.random_into(self.seed, replicate, &self.sizes);
        let noise_sd = self.scales.noise_var.sqrt();
        for ((y, mu), noise) in data.y.iter_mut().zip(&data.mu).zip(&normals.noise) {
            *y = mu + noise_sd * noise;
        }
    }
}

/// Sizes of `num_regions` regions, `mean_size` on average, in a geometric row from the smallest to the
/// `imbalance` times as large, each at least 1; largest remainders are rounded up.
pub(crate) fn sizes(num_regions: usize, mean_size: usize, imbalance: f64) -> Vec<usize> {
    if imbalance == 1.0 || num_regions == 1 {
        return vec![mean_size; num_regions];
    }
    let last = (num_regions - 1) as f64;
    let weights: Vec<f64> = (0..num_regions).map(|k| libm::pow(imbalance, k as f64 / last)).collect();
    let total = num_regions * mean_size;
    let share = total as f64 / weights.iter().sum::<f64>();
    let wanted: Vec<f64> = weights.iter().map(|weight| weight * share).collect();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "sizes are small")]
    let mut sizes: Vec<usize> = wanted.iter().map(|size| (size.floor() as usize).max(1)).collect();
    // One at a time where it is missed most, or exceeded most where the floor of 1 has given too much.
    while sizes.iter().sum::<usize>() != total {
        let is_short = sizes.iter().sum::<usize>() < total;
        let gap = |k: usize| if is_short { wanted[k] - sizes[k] as f64 } else { sizes[k] as f64 - wanted[k] };
        let candidates = (0..num_regions).filter(|k| is_short || sizes[*k] > 1);
        let Some(k) = candidates.reduce(|a, b| if gap(b) > gap(a) { b } else { a }) else { break };
        sizes[k] = if is_short { sizes[k] + 1 } else { sizes[k] - 1 };
    }
    sizes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_keep_their_sum_and_rise() {
        assert_eq!(sizes(4, 10, 1.0), [10; 4]);
        assert_eq!(sizes(1, 7, 20.0), [7]);
        for num_regions in [2, 3, 4, 12, 40] {
            for mean_size in [2, 5, 10, 41] {
                for imbalance in [1.3, 2.0, 5.0, 20.0] {
                    let sizes = sizes(num_regions, mean_size, imbalance);
                    assert_eq!(sizes.iter().sum::<usize>(), num_regions * mean_size);
                    assert!(sizes.is_sorted() && sizes[0] >= 1, "{sizes:?}");
                    if mean_size == 41 && num_regions < 12 {
                        let ratio = sizes[num_regions - 1] as f64 / sizes[0] as f64;
                        assert!((ratio / imbalance - 1.0).abs() < 0.2, "{sizes:?}");
                    }
                }
            }
        }
    }
}
