//! limma's moderated t: thousands of variances, each from a few samples, drawn toward a common one.
//!
//! ```text
//! s_g² | σ_g² ~ σ_g² χ²_d / d,     1/σ_g² ~ χ²_{d₀} / (d₀ s₀²)
//! E[1/σ_g² | s_g²]⁻¹ = (d₀ s₀² + d s_g²) / (d₀ + d)
//! ```
//!
//! # Source
//! Smyth 2004, Stat. Appl. Genet. Mol. Biol. 3(1):3 (equations as numbered there); what it leaves open (floors,
//! limits, the most degrees of freedom) is as in limma 3.54.1.

use stats::order::ranking;
use stats::special::{digamma, ln_gamma, t_two_sided, t_two_sided_quantile, trigamma, trigamma_inverse};
use stats::summary::{mean, order_statistics, variance};

use crate::EstimateError;
use crate::error::{check_length, check_units};

/// Share of genes that change, as limma takes it for the log odds unless told otherwise.
pub const PROPORTION: f64 = 0.01;
/// SD of a true log fold change, least and most, within which its estimate is kept (limma's `stdev.coef.lim`).
const CHANGE_SD_RANGE: [f64; 2] = [0.1, 4.0];
/// Beyond this many prior degrees of freedom the variances count as equal (limma's bound).
const MANY_DF: f64 = 1e6;
/// Variances below this share of their median are raised to it before their logarithms are taken.
const LEAST_SHARE: f64 = 1e-5;

/// Genes measured in two groups of samples: what a linear model says of each.
#[derive(Clone, Debug, PartialEq)]
pub struct TwoGroups {
    /// Mean of the second group less that of the first, length G.
    pub log_fold_change: Vec<f64>,
    /// Mean over all samples, length G.
    pub average: Vec<f64>,
    /// s_g², pooled variance within the groups, length G.
    pub residual_var: Vec<f64>,
    /// d = n₁ + n₂ − 2.
    pub residual_df: f64,
    /// v = 1/n₁ + 1/n₂: variance of a log fold change in units of σ_g².
    pub unscaled_var: f64,
}

impl TwoGroups {
    /// Fits every gene of `y`, G × (n₁ + n₂) with samples running fastest, the first group's first.
    ///
    /// # Errors
    /// [`EstimateError::TooFewUnits`] for an empty group or fewer than three samples,
    /// [`EstimateError::LengthMismatch`] if `y` holds no whole number of genes.
    pub fn new(y: &[f64], sizes: [usize; 2]) -> Result<Self, EstimateError> {
        let num_samples = sizes[0] + sizes[1];
        check_units("each group", 1, sizes[0].min(sizes[1]))?;
        check_units("a variance within two groups", 3, num_samples)?;
        let num_genes = y.len() / num_samples;
        check_length("measurements", num_genes * num_samples, y.len())?;
        let residual_df = (num_samples - 2) as f64;
        let mut fit = Self {
            log_fold_change: Vec::with_capacity(num_genes),
            average: Vec::with_capacity(num_genes),
            residual_var: Vec::with_capacity(num_genes),
            residual_df,
            unscaled_var: 1.0 / sizes[0] as f64 + 1.0 / sizes[1] as f64,
        };
        for gene in y.chunks_exact(num_samples) {
            let (first, second) = gene.split_at(sizes[0]);
            let means = [mean(first), mean(second)];
            let about =
                |group: &[f64], center: f64| group.iter().map(|y| (y - center) * (y - center)).sum::<f64>();
            fit.log_fold_change.push(means[1] - means[0]);
            fit.average.push(mean(gene));
            fit.residual_var.push((about(first, means[0]) + about(second, means[1])) / residual_df);
        }
        Ok(fit)
    }

    /// Number of genes.
    #[must_use]
    pub fn num_genes(&self) -> usize {
        self.residual_var.len()
    }
}

/// How the true variances differ: 1/σ_g² ~ χ²_{d₀} / (d₀ s₀²).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct VariancePrior {
    /// d₀, as many samples' worth of knowledge of a variance as the other genes give; 0 for none, ∞ if all
    /// variances are equal.
    pub prior_df: f64,
    /// s₀², what the variances are drawn toward.
    pub prior_var: f64,
}

impl VariancePrior {
    /// d₀ and s₀² by the moments of log s²: what is left of their variance once that of sampling is taken
    /// off is ψ′(d₀/2). Where nothing is left, d₀ is ∞ and s₀² the mean. A single gene has only itself: d₀ is 0.
    ///
    /// - `residual_var`: s_g² ≥ 0, length G ≥ 1; `residual_df`: d > 0.
    ///
    /// # Errors
    /// [`EstimateError::TooFewUnits`] without a gene.
    ///
    /// # Source
    /// Smyth 2004, § 6.2; limma's `fitFDist`.
    pub fn estimate(residual_var: &[f64], residual_df: f64) -> Result<Self, EstimateError> {
        check_units("a prior of variances", 1, residual_var.len())?;
        if let [only] = residual_var {
            return Ok(Self { prior_df: 0.0, prior_var: *only });
        }
        let kept = raised(residual_var);
        let logs: Vec<f64> = kept.iter().map(|var| libm::log(*var)).collect();
        // Variance of log s² beyond that of sampling: variance among the log σ², if positive.
        let spread = variance(&logs) - trigamma(0.5 * residual_df);
        let prior_df = if spread > 0.0 { 2.0 * trigamma_inverse(spread) } else { f64::INFINITY };
        Ok(Self::of_logs(&kept, &logs, residual_df, prior_df))
    }

    /// s₀² for a given d₀ > 0, which may be ∞.
    ///
    /// - `residual_var`: s_g² ≥ 0, at least one; `residual_df`: d > 0.
    #[must_use]
    pub fn with_df(residual_var: &[f64], residual_df: f64, prior_df: f64) -> Self {
        let kept = raised(residual_var);
        let logs: Vec<f64> = kept.iter().map(|var| libm::log(*var)).collect();
        Self::of_logs(&kept, &logs, residual_df, prior_df)
    }

    fn of_logs(kept: &[f64], logs: &[f64], residual_df: f64, prior_df: f64) -> Self {
        let prior_var = if prior_df.is_infinite() {
            mean(kept)
        } else {
            libm::exp(mean(logs) - log_bias(residual_df) + log_bias(prior_df))
        };
        Self { prior_df, prior_var }
    }

    /// d₀ / (d₀ + d): the share of a variance that is the common one.
    #[must_use]
    pub fn shrinkage(&self, residual_df: f64) -> f64 {
        if self.prior_df.is_infinite() { 1.0 } else { self.prior_df / (self.prior_df + residual_df) }
    }

    /// Density of log s² where s² has `residual_df` degrees of freedom: s²/s₀² ~ F(d, d₀), for an infinite d₀
    /// χ²_d / d.
    #[must_use]
    pub fn log_var_density(&self, residual_var: f64, residual_df: f64) -> f64 {
        let (ratio, half, half_prior) =
            (residual_var / self.prior_var, 0.5 * residual_df, 0.5 * self.prior_df);
        let log_density = if self.prior_df.is_infinite() {
            half * libm::log(half * ratio) - half * ratio - ln_gamma(half)
        } else {
            // With r = d w / d₀: r^(d/2) (1 + r)^−(d + d₀)/2 / B(d/2, d₀/2).
            let r = half * ratio / half_prior;
            half * libm::log(r) - (half + half_prior) * libm::log1p(r) + ln_gamma(half + half_prior)
                - ln_gamma(half)
                - ln_gamma(half_prior)
        };
        libm::exp(log_density)
    }

    /// (d₀ s₀² + d s²) / (d₀ + d).
    #[must_use]
    pub fn posterior_var(&self, residual_var: f64, residual_df: f64) -> f64 {
        if self.prior_df.is_infinite() {
            return self.prior_var;
        }
        (self.prior_df * self.prior_var + residual_df * residual_var) / (self.prior_df + residual_df)
    }
}

/// E[log(χ²_d / d)].
fn log_bias(df: f64) -> f64 {
    digamma(0.5 * df) - libm::log(0.5 * df)
}

/// Variances with the smallest raised to where a logarithm makes sense.
fn raised(residual_var: &[f64]) -> Vec<f64> {
    let last = residual_var.len().saturating_sub(1);
    let middle = order_statistics(residual_var, [last / 2, last.div_ceil(2)]).unwrap_or_default();
    let median = 0.5 * (middle[0] + middle[1]);
    let least = LEAST_SHARE * if median > 0.0 { median } else { 1.0 };
    residual_var.iter().map(|var| var.max(least)).collect()
}

/// What limma reports of every gene, in the order of the data.
#[derive(Clone, Debug, PartialEq)]
pub struct Moderated {
    /// How the true variances differ.
    pub prior: VariancePrior,
    /// s̃_g², length G.
    pub posterior_var: Vec<f64>,
    /// Log fold change over s̃_g √v, length G.
    pub t: Vec<f64>,
    /// Degrees of freedom of t where nothing has changed: d₀ + d, at most those of all genes together.
    pub total_df: f64,
    /// Two-sided, length G.
    pub p_value: Vec<f64>,
    /// By the rule of Benjamini and Hochberg, length G.
    pub adjusted_p: Vec<f64>,
    /// v₀, variance of a true log fold change in units of σ_g².
    pub change_var: f64,
    /// B, log odds that a gene has changed, length G.
    pub log_odds: Vec<f64>,
}

/// Moderated t, p-values and log odds of every gene with this prior of the variances.
///
/// - `proportion`: share of genes thought to have changed, within (0, 1); only the log odds depend on it.
///
/// A variance of 0 with a d₀ of 0 makes t infinite or, without a fold change, NaN.
#[must_use]
pub fn moderate(fit: &TwoGroups, prior: VariancePrior, proportion: f64) -> Moderated {
    let (df, num_genes) = (fit.residual_df, fit.num_genes());
    let posterior_var: Vec<f64> = fit.residual_var.iter().map(|var| prior.posterior_var(*var, df)).collect();
    let t: Vec<f64> = fit
        .log_fold_change
        .iter()
        .zip(&posterior_var)
        .map(|(change, var)| change / (var * fit.unscaled_var).sqrt())
        .collect();
    let total_df = (prior.prior_df + df).min(df * num_genes as f64);
    let p_value: Vec<f64> = t.iter().map(|t| t_two_sided(*t, total_df)).collect();
    let adjusted_p = benjamini_hochberg(&p_value);
    let limits = CHANGE_SD_RANGE.map(|sd| sd * sd / prior.prior_var);
    let change_var = change_var(&t, total_df, fit.unscaled_var, proportion, limits);
    let ratio = (fit.unscaled_var + change_var) / fit.unscaled_var;
    let prior_log_odds = libm::log(proportion / (1.0 - proportion)) - 0.5 * libm::log(ratio);
    // Smyth 2004, eq. 10.
    let log_odds = |t: &f64| {
        let square = t * t;
        let kernel = if prior.prior_df > MANY_DF {
            0.5 * square * (1.0 - 1.0 / ratio)
        } else {
            0.5 * (1.0 + total_df) * libm::log((square + total_df) / (square / ratio + total_df))
        };
        prior_log_odds + kernel
    };
    let log_odds = t.iter().map(log_odds).collect();
    Moderated { prior, posterior_var, t, total_df, p_value, adjusted_p, change_var, log_odds }
}

/// v₀ from the largest |t|: each is compared with the quantile that a share `proportion` of changed genes would
/// give it, and the answers are averaged.
///
/// # Source
/// Smyth 2004, § 6.3; limma's `tmixture.vector`.
fn change_var(t: &[f64], df: f64, unscaled_var: f64, proportion: f64, limits: [f64; 2]) -> f64 {
    let num_genes = t.len() as f64;
    let num_top = (0.5 * proportion * num_genes).ceil().max(1.0);
    let mut largest: Vec<f64> = t.iter().map(|t| t.abs()).collect();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of the genes")]
    let num_kept = (num_top as usize).min(largest.len());
    // The rest need no order.
    if num_kept < largest.len() {
        let least = order_statistics(&largest, [largest.len() - num_kept]).map_or(0.0, |[least]| least);
        largest.retain(|t| t.total_cmp(&least).is_ge());
    }
    stats::order::sort(&mut largest);
    largest.reverse();
    largest.truncate(num_kept);
    let share = (num_top / num_genes).max(proportion);
    let mut sum = 0.0;
    for (rank, t) in (1..).map(f64::from).zip(&largest).take_while(|(rank, _)| *rank <= num_top) {
        let null_p = t_two_sided(*t, df);
        let target = ((rank - 0.5) / num_genes - (1.0 - share) * null_p) / share;
        let found = if target > null_p {
            let ratio = t / t_two_sided_quantile(target, df);
            unscaled_var * (ratio * ratio - 1.0)
        } else {
            0.0
        };
        sum += found.max(limits[0]).min(limits[1]);
    }
    sum / num_top
}

/// P-values adjusted so that a list cut at q has an expected share of false discoveries of at most q.
///
/// # Source
/// Benjamini & Hochberg 1995, J. R. Stat. Soc. B 57:289–300; R's `p.adjust(method = "BH")`.
#[must_use]
pub fn benjamini_hochberg(p_value: &[f64]) -> Vec<f64> {
    let mut adjusted = vec![f64::NAN; p_value.len()];
    let num_genes = p_value.len() as f64;
    let mut least: f64 = 1.0;
    for (above, i) in ranking(p_value).into_iter().rev().enumerate() {
        least = least.min(p_value[i] * num_genes / (num_genes - above as f64));
        adjusted[i] = least;
    }
    adjusted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_groups_are_means_and_a_pooled_variance() {
        let fit = TwoGroups::new(&[1.0, 3.0, 5.0, 5.0, 8.0, 2.0, 2.0, 2.0, 4.0, 4.0], [2, 3]).unwrap();
        assert_eq!(fit.log_fold_change, [4.0, 10.0 / 3.0 - 2.0]);
        assert_eq!(fit.average, [4.4, 2.8]);
        assert_eq!((fit.residual_df, fit.unscaled_var), (3.0, 0.5 + 1.0 / 3.0));
        assert!((fit.residual_var[0] - (2.0 + 6.0) / 3.0).abs() < 1e-15);
    }

    #[test]
    fn what_cannot_be_fitted_is_refused() {
        assert!(matches!(TwoGroups::new(&[], [0, 3]), Err(EstimateError::TooFewUnits { .. })));
        assert!(matches!(TwoGroups::new(&[], [1, 1]), Err(EstimateError::TooFewUnits { .. })));
        assert!(matches!(TwoGroups::new(&[1.0; 7], [1, 2]), Err(EstimateError::LengthMismatch { .. })));
        assert!(matches!(VariancePrior::estimate(&[], 2.0), Err(EstimateError::TooFewUnits { .. })));
    }

    #[test]
    fn the_posterior_variance_lies_between_its_own_and_the_common_one() {
        for prior_df in [0.0, 0.3, 4.0, 200.0, f64::INFINITY] {
            let prior = VariancePrior { prior_df, prior_var: 2.0 };
            for var in [0.0, 0.5, 2.0, 7.0_f64] {
                let posterior = prior.posterior_var(var, 4.0);
                assert!(posterior >= var.min(2.0) && posterior <= var.max(2.0));
                let weighted = (1.0 - prior.shrinkage(4.0)) * var + prior.shrinkage(4.0) * 2.0;
                assert!((posterior - weighted).abs() < 1e-14);
            }
        }
    }

    #[test]
    fn densities_of_log_variances_have_their_mass_and_mean() {
        for (prior_df, df) in [(3.0, 4.0), (12.3, 2.0), (f64::INFINITY, 4.0)] {
            let prior = VariancePrior { prior_df, prior_var: 0.2 };
            let at = |i: i32| -40.0 + 0.01 * f64::from(i);
            let (mut mass, mut mean) = (0.0, 0.0);
            for i in 0..6000 {
                let density = 0.01 * prior.log_var_density(libm::exp(at(i)), df);
                mass += density;
                mean += density * at(i);
            }
            let bias = log_bias(df) - if prior_df.is_finite() { log_bias(prior_df) } else { 0.0 };
            assert!((mass - 1.0).abs() < 1e-9 && (mean - libm::log(0.2) - bias).abs() < 1e-7);
        }
    }

    #[test]
    fn equal_variances_have_an_infinite_prior_df_and_one_gene_none() {
        let prior = VariancePrior::estimate(&[2.0, 2.0, 2.0], 4.0).unwrap();
        assert_eq!(prior, VariancePrior { prior_df: f64::INFINITY, prior_var: 2.0 });
        let prior = VariancePrior::estimate(&[3.0], 4.0).unwrap();
        assert_eq!((prior.prior_df, prior.posterior_var(3.0, 4.0)), (0.0, 3.0));
        let zeros = VariancePrior::estimate(&[0.0, 0.0, 0.0, 1.0], 4.0).unwrap();
        assert!(zeros.prior_df > 0.0 && zeros.prior_var > 0.0);
    }

    /// R 4.2.2: p.adjust(c(.01, .02, .03, .5, .02), "BH").
    #[test]
    fn adjusted_p_values_are_those_of_r() {
        let adjusted = benjamini_hochberg(&[0.01, 0.02, 0.03, 0.5, 0.02]);
        for (found, expected) in adjusted.into_iter().zip([1.0 / 30.0, 1.0 / 30.0, 0.0375, 0.5, 1.0 / 30.0]) {
            assert!((found - expected).abs() < 1e-15);
        }
    }
}
