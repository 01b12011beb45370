//! MRLocus, second step: do eQTL effects of a gene move a trait in proportion, and how closely?
//!
//! ```text
//! a_j ~ N(β_Aj, se_Aj²),  b_j ~ N(β_Bj, se_Bj²),  β_Aj ~ N(0, S²),  β_Bj ~ N(α β_Aj, σ²)
//! α ~ N(μ_α, s_α²),  σ ~ half-normal(s_σ)
//! ```
//!
//! # Source
//! Zhu et al. 2021, PLoS Genet. 17:e1009455, doi:10.1371/journal.pgen.1009455; priors as the package MRLocus
//! sets them.

use stats::summary::sd;
use stats::{standard_normal, stream, uniform};

/// What is wrong with clusters.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum SlopeError {
    /// Too few clusters for the priors.
    #[error("a slope needs at least 2 clusters, but there are {found}")]
    TooFew {
        /// How many there are.
        found: usize,
    },
    /// Columns differ in length.
    #[error("effects and standard errors differ in number")]
    LengthMismatch,
    /// The priors have no width.
    #[error(
        "all effects on expression or all on the trait are 0, or the slope through the origin is: the priors, which are set from them, have no width"
    )]
    NoWidth,
    /// Numbers too large or too small to compute with.
    #[error("effects or standard errors are out of range")]
    OutOfRange,
}

/// Effects of clusters of SNPs on expression (a) and on a trait (b), each J long.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Clusters {
    /// Estimated effects on expression.
    pub a: Vec<f64>,
    /// Their standard errors, ≥ 0; 0 takes an effect as known.
    pub se_a: Vec<f64>,
    /// Estimated effects on the trait.
    pub b: Vec<f64>,
    /// Their standard errors, > 0.
    pub se_b: Vec<f64>,
}

/// Priors, set from the clusters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SlopePrior {
    /// S, SD of a true effect on expression.
    pub effect_sd: f64,
    /// μ_α: least squares through the origin.
    pub slope_mean: f64,
    /// s_α.
    pub slope_sd: f64,
    /// s_σ: SD of the normal whose upper half is the prior of σ.
    pub dispersion_sd: f64,
}

impl Clusters {
    /// Number of clusters.
    #[must_use]
    pub fn len(&self) -> usize {
        self.a.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.a.is_empty()
    }

    /// Slope of the least-squares line through the origin, which takes a as free of error.
    #[must_use]
    pub fn least_squares(&self) -> f64 {
        let products: f64 = self.a.iter().zip(&self.b).map(|(a, b)| a * b).sum();
        products / self.a.iter().map(|a| a * a).sum::<f64>()
    }
}

impl SlopePrior {
    /// The priors that MRLocus sets: S = 2 max |a|; μ_α by least squares, s_α = 2 |μ_α|; s_σ the larger of
    /// 2 SD(b) and max |b|.
    ///
    /// # Errors
    /// Any [`SlopeError`].
    pub fn of(clusters: &Clusters) -> Result<Self, SlopeError> {
        let found = clusters.len();
        if found < 2 {
            return Err(SlopeError::TooFew { found });
        }
        if [clusters.se_a.len(), clusters.b.len(), clusters.se_b.len()] != [found; 3] {
            return Err(SlopeError::LengthMismatch);
        }
        let largest = |values: &[f64]| values.iter().map(|value| value.abs()).fold(0.0, f64::max);
        let slope_mean = clusters.least_squares();
        let prior = Self {
            effect_sd: 2.0 * largest(&clusters.a),
            slope_mean,
            slope_sd: 2.0 * slope_mean.abs(),
            dispersion_sd: (2.0 * sd(&clusters.b)).max(largest(&clusters.b)),
        };
        // Their squares are computed with.
        let widths = [prior.effect_sd, prior.slope_sd, prior.dispersion_sd].map(|width| width * width);
        if widths.iter().any(|width| !width.is_finite()) {
            return Err(if prior.effect_sd == 0.0 { SlopeError::NoWidth } else { SlopeError::OutOfRange });
        }
        if widths.iter().any(|width| *width <= 0.0) {
            return Err(SlopeError::NoWidth);
        }
        Ok(prior)
    }
}

/// Clusters with priors: the density of (α, σ), both effects of every cluster integrated out.
#[derive(Clone, Debug, PartialEq)]
pub struct SlopeModel {
    clusters: Clusters,
    prior: SlopePrior,
    /// For each cluster S² + se_A², se_A², se_B², a, b.
    terms: Vec<[f64; 5]>,
}

/// Mean and SD of the true effects of a cluster.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ClusterEffect {
    /// Of β_A: mean and SD.
    pub a: (f64, f64),
    /// Of β_B: mean and SD.
    pub b: (f64, f64),
}

impl SlopeModel {
    /// The model of `clusters` with these priors.
    #[must_use]
    pub fn new(clusters: Clusters, prior: SlopePrior) -> Self {
        let effect_var = prior.effect_sd * prior.effect_sd;
        let term = |j: usize| {
            let (a_var, b_var) = (clusters.se_a[j].powi(2), clusters.se_b[j].powi(2));
            [effect_var + a_var, a_var, b_var, clusters.a[j], clusters.b[j]]
        };
        Self { terms: (0..clusters.len()).map(term).collect(), clusters, prior }
    }

    /// The clusters.
    #[must_use]
    pub fn clusters(&self) -> &Clusters {
        &self.clusters
    }

    /// The priors.
    #[must_use]
    pub fn prior(&self) -> SlopePrior {
        self.prior
    }

    /// Log posterior density of α and σ ≥ 0, without its constants.
    ///
    /// (a_j, b_j) is bivariate normal about 0 with variances S² + se_A² and α²S² + σ² + se_B² and covariance
    /// αS².
    #[must_use]
    pub fn log_density(&self, alpha: f64, sigma: f64) -> f64 {
        // As many determinants as are multiplied before a logarithm is taken: far from over- and underflow.
        const AT_ONCE: usize = 6;
        let effect_var = self.prior.effect_sd * self.prior.effect_sd;
        let (line_var, sigma_var) = (alpha * alpha * effect_var, sigma * sigma);
        let covariance = alpha * effect_var;
        let (mut quadratic, mut log_det) = (0.0, 0.0);
        for terms in self.terms.chunks(AT_ONCE) {
            let mut product = 1.0;
            for [first_var, a_var, b_var, a, b] in terms {
                let rest = sigma_var + b_var;
                // (S² + se_A²)(α²S² + rest) − α²S⁴ without its cancellation.
                let det = first_var * rest + line_var * a_var;
                product *= det;
                quadratic += ((line_var + rest) * a * a - 2.0 * covariance * a * b + first_var * b * b) / det;
            }
            log_det += libm::log(product);
        }
        let slope = (alpha - self.prior.slope_mean) / self.prior.slope_sd;
        let dispersion = sigma / self.prior.dispersion_sd;
        -0.5 * (log_det + quadratic + slope * slope + dispersion * dispersion)
    }

    /// Mean and SD of β_A and β_B of cluster `j`, given α and σ.
    #[must_use]
    pub fn effect(&self, j: usize, alpha: f64, sigma: f64) -> ClusterEffect {
        let [_, a_var, b_var, a, b] = self.terms[j];
        let (sigma_var, effect_var) = (sigma * sigma, self.prior.effect_sd * self.prior.effect_sd);
        let rest = sigma_var + b_var;
        // β_A is seen twice: in a, and through the line in b. Multiplied by se_A², which may be 0.
        let scaled = 1.0 + a_var * (1.0 / effect_var + alpha * alpha / rest);
        let mean = (a + a_var * alpha * b / rest) / scaled;
        let var = a_var / scaled;
        let kept = sigma_var / rest;
        let on_line = alpha * mean;
        let line_share = alpha * (1.0 - kept);
        ClusterEffect {
            a: (mean, var.sqrt()),
            b: (on_line + kept * (b - on_line), (kept * b_var + line_share * line_share * var).sqrt()),
        }
    }
}

/// What clusters are drawn from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ClusterPopulation {
    /// J.
    pub num_clusters: usize,
    /// α.
    pub slope: f64,
    /// σ.
    pub dispersion: f64,
    /// True effects on expression are uniform between these two.
    pub range: (f64, f64),
    /// Standard error of an effect on expression, and of one on the trait.
    pub se: (f64, f64),
}

impl ClusterPopulation {
    /// The clusters of `seed`, and their true effects (β_A, β_B). Each cluster has random numbers of its own.
    #[must_use]
    pub fn simulate(&self, seed: u64) -> (Clusters, Vec<(f64, f64)>) {
        let (mut clusters, mut truth) = (Clusters::default(), Vec::new());
        for j in 0..self.num_clusters {
            let mut rng = stream(seed, "cluster", j as u64);
            // One in each part of the range, so that few clusters fill it too.
            let share = (j as f64 + uniform(&mut rng)) / self.num_clusters as f64;
            let (low, high) = self.range;
            let a = low + (high - low) * share;
            let b = self.slope * a + self.dispersion * standard_normal(&mut rng);
            truth.push((a, b));
            clusters.a.push(a + self.se.0 * standard_normal(&mut rng));
            clusters.b.push(b + self.se.1 * standard_normal(&mut rng));
            clusters.se_a.push(self.se.0);
            clusters.se_b.push(self.se.1);
        }
        (clusters, truth)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clusters() -> Clusters {
        Clusters {
            a: vec![0.3526, 0.5192, 0.701],
            se_a: vec![0.08, 0.07, 0.09],
            b: vec![0.0933, 0.1485, 0.2212],
            se_b: vec![0.05, 0.06, 0.05],
        }
    }

    #[test]
    fn effects_lie_where_their_joint_density_is_highest() {
        let prior = SlopePrior::of(&clusters()).unwrap();
        let model = SlopeModel::new(clusters(), prior);
        let (alpha, sigma) = (0.4, 0.1);
        let effect = model.effect(1, alpha, sigma);
        let log_joint = |a: f64, b: f64| {
            let z = [(0.5192 - a) / 0.07, (0.1485 - b) / 0.06, a / prior.effect_sd, (b - alpha * a) / sigma];
            -0.5 * z.iter().map(|z| z * z).sum::<f64>()
        };
        let h = 1e-4;
        let at = |da: f64, db: f64| log_joint(effect.a.0 + da * h, effect.b.0 + db * h);
        assert!((at(1.0, 0.0) - at(-1.0, 0.0)).abs() / (2.0 * h) < 1e-7);
        assert!((at(0.0, 1.0) - at(0.0, -1.0)).abs() / (2.0 * h) < 1e-7);
        // The inverse of the matrix of second derivatives is the covariance.
        let h_aa = (at(1.0, 0.0) - 2.0 * at(0.0, 0.0) + at(-1.0, 0.0)) / (h * h);
        let h_bb = (at(0.0, 1.0) - 2.0 * at(0.0, 0.0) + at(0.0, -1.0)) / (h * h);
        let h_ab = (at(1.0, 1.0) - at(1.0, -1.0) - at(-1.0, 1.0) + at(-1.0, -1.0)) / (4.0 * h * h);
        let det = h_aa * h_bb - h_ab * h_ab;
        assert!((effect.a.1 - (-h_bb / det).sqrt()).abs() < 1e-5);
        assert!((effect.b.1 - (-h_aa / det).sqrt()).abs() < 1e-5);
    }

    #[test]
    fn effects_without_error_stay_and_without_dispersion_lie_on_the_line() {
        let known = Clusters { se_a: vec![0.0; 3], ..clusters() };
        let model = SlopeModel::new(known.clone(), SlopePrior::of(&known).unwrap());
        assert_eq!(model.effect(2, 0.4, 0.1).a, (0.701, 0.0));
        let effect = model.effect(2, 0.4, 0.0);
        assert!((effect.b.0 - 0.4 * 0.701).abs() < 1e-15 && effect.b.1 == 0.0);
        assert!(model.log_density(0.4, 0.0).is_finite());
    }

    #[test]
    fn what_has_no_prior_is_refused() {
        let one = Clusters { a: vec![1.0], b: vec![1.0], se_a: vec![1.0], se_b: vec![1.0] };
        assert_eq!(SlopePrior::of(&one), Err(SlopeError::TooFew { found: 1 }));
        let flat = Clusters { b: vec![0.0; 3], ..clusters() };
        assert_eq!(SlopePrior::of(&flat), Err(SlopeError::NoWidth));
        let flat = Clusters { a: vec![0.0; 3], ..clusters() };
        assert_eq!(SlopePrior::of(&flat), Err(SlopeError::NoWidth));
        let huge = Clusters { a: vec![1e160; 3], ..clusters() };
        assert_eq!(SlopePrior::of(&huge), Err(SlopeError::OutOfRange));
        let short = Clusters { se_a: vec![0.1], ..clusters() };
        assert_eq!(SlopePrior::of(&short), Err(SlopeError::LengthMismatch));
    }
}
