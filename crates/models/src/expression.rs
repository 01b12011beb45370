//! Expression of many genes in two groups of samples, each gene with a variance of its own.
//!
//! ```text
//! σ_g² = d₀ s₀² / χ²_{d₀},   y_gi = μ_g + δ_g [i in the second group] + σ_g ε_gi,   δ_g ~ N(0, c² σ_g²) or 0
//! ```
//!
//! # Source
//! The hierarchical model of Smyth 2004, Stat. Appl. Genet. Mol. Biol. 3(1):3, § 3.

use stats::variates::standard_gamma;
use stats::{standard_normal, stream, uniform};

/// Mean of the average log expression of a gene, and its SD over genes: as of a microarray, in log₂ units.
const AVERAGE: (f64, f64) = (8.0, 1.5);

/// What genes are drawn from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GenePopulation {
    /// Number of genes G.
    pub num_genes: usize,
    /// Samples in each of the two groups.
    pub per_group: usize,
    /// d₀ > 0; ∞ if all variances are equal.
    pub prior_df: f64,
    /// s₀² > 0.
    pub prior_var: f64,
    /// Share of genes that change.
    pub share_changed: f64,
    /// SD c of a true log fold change among these, in units of σ_g.
    pub change_sd: f64,
}

/// Simulated genes and what they were made of.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Genes {
    /// Log expression, G × 2 `per_group` with samples running fastest, the first group's first.
    pub y: Vec<f64>,
    /// σ_g², length G.
    pub var: Vec<f64>,
    /// δ_g, length G; 0 for a gene that has not changed.
    pub change: Vec<f64>,
}

impl GenePopulation {
    /// The genes of `seed`. Each has random numbers of its own, so that it stays what it is while there are
    /// more genes or samples.
    #[must_use]
    pub fn simulate(&self, seed: u64) -> Genes {
        let num_samples = 2 * self.per_group;
        let mut genes = Genes { y: vec![0.0; self.num_genes * num_samples], ..Genes::default() };
        for (y, gene) in genes.y.chunks_exact_mut(num_samples).zip(0..) {
            let var = self.var(seed, gene);
            let sd = var.sqrt();
            let mut rng = stream(seed, "gene", gene);
            let average = AVERAGE.0 + AVERAGE.1 * standard_normal(&mut rng);
            let is_changed = uniform(&mut rng) < self.share_changed;
            let change = self.change_sd * sd * standard_normal(&mut rng);
            let change = if is_changed { change } else { 0.0 };
            for i in 0..self.per_group {
                y[i] = average + sd * standard_normal(&mut rng);
                y[self.per_group + i] = average + change + sd * standard_normal(&mut rng);
            }
            genes.var.push(var);
            genes.change.push(change);
        }
        genes
    }

    fn var(&self, seed: u64, gene: u64) -> f64 {
        if self.prior_df.is_infinite() {
            return self.prior_var;
        }
        let half_chi_square = standard_gamma(&mut stream(seed, "gene-variance", gene), 0.5 * self.prior_df);
        // A chi-square of few degrees of freedom can be as good as 0; the variance stays finite.
        0.5 * self.prior_df * self.prior_var / half_chi_square.max(1e-12)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use stats::special::chi_square_cdf;

    const POPULATION: GenePopulation = GenePopulation {
        num_genes: 20_000,
        per_group: 3,
        prior_df: 5.0,
        prior_var: 0.09,
        share_changed: 0.1,
        change_sd: 2.0,
    };

    #[test]
    fn variances_and_changes_are_as_the_model_says() {
        let genes = POPULATION.simulate(1);
        let n = genes.var.len() as f64;
        // Kolmogorov–Smirnov at a false-alarm rate of 1e-6.
        let mut cdf: Vec<f64> = genes.var.iter().map(|var| chi_square_cdf(5.0 * 0.09 / var, 5.0)).collect();
        cdf.sort_unstable_by(f64::total_cmp);
        let distance = cdf.iter().enumerate().map(|(i, p)| (p - i as f64 / n).abs()).fold(0.0, f64::max);
        assert!(distance < 2.7 / n.sqrt());
        let changed: Vec<f64> = genes
            .change
            .iter()
            .zip(&genes.var)
            .filter(|(change, _)| **change != 0.0)
            .map(|(change, var)| change * change / (4.0 * var))
            .collect();
        // Within five standard errors.
        assert!((changed.len() as f64 - 0.1 * n).abs() < 5.0 * (0.09 * n).sqrt());
        let mean = changed.iter().sum::<f64>() / changed.len() as f64;
        assert!((mean - 1.0).abs() < 5.0 * (2.0 / changed.len() as f64).sqrt());
        // Noise in units of its SD, about the mean of the first group.
        let residuals = genes.y.chunks_exact(6).zip(&genes.var).map(|(y, var)| {
            let mean = (y[0] + y[1] + y[2]) / 3.0;
            y[..3].iter().map(|y| (y - mean) * (y - mean)).sum::<f64>() / var
        });
        assert!((residuals.sum::<f64>() / n - 2.0).abs() < 5.0 * (4.0 / n).sqrt());
    }

    #[test]
    fn a_gene_stays_what_it_is_among_more_genes_and_samples() {
        let few = GenePopulation { num_genes: 4, ..POPULATION }.simulate(7);
        let many = GenePopulation { num_genes: 9, per_group: 5, ..POPULATION }.simulate(7);
        for i in 0..4 {
            assert_eq!((few.var[i], few.change[i]), (many.var[i], many.change[i]));
            assert_eq!(few.y[6 * i..6 * i + 3], many.y[10 * i..10 * i + 3]);
            assert_eq!(few.y[6 * i + 3..6 * i + 6], many.y[10 * i + 5..10 * i + 8]);
        }
        let equal = GenePopulation { prior_df: f64::INFINITY, num_genes: 3, ..POPULATION }.simulate(7);
        assert_eq!(equal.var, [0.09; 3]);
    }
}
