//! The genes: simulated or the reader's own, and what three ways of testing make of them.

use estimators::EstimateError;
use estimators::moderated_variance::{Moderated, PROPORTION, TwoGroups, VariancePrior, moderate};
use models::expression::GenePopulation;
use stats::order::ranking;

use super::controls::is_simulated;
use super::words;
use crate::control::Values;
use crate::own::Own;

/// Typical variance of a simulated gene, in squared log₂ units.
pub(super) const TRUE_VAR: f64 = 0.09;
/// Fewest genes from which a prior of variances is learned.
pub(super) const LEAST_GENES: usize = 3;

/// A way of ranking genes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Test {
    /// Each gene's own variance: no pooling.
    Ordinary,
    /// Partial pooling.
    Moderated,
    /// One variance for all: complete pooling.
    Pooled,
}

pub(super) const TESTS: [Test; 3] = [Test::Ordinary, Test::Moderated, Test::Pooled];

/// Genes with all that is said of them.
pub(super) struct Genes {
    names: Vec<String>,
    pub(super) fit: TwoGroups,
    /// The prior that the genes teach, whatever is used.
    pub(super) learned: VariancePrior,
    pub(super) moderated: Moderated,
    /// Log fold change over s √v.
    pub(super) ordinary_t: Vec<f64>,
    /// Whether each has changed, where it is known.
    pub(super) is_changed: Option<Vec<bool>>,
    /// d₀ in truth, where it is known.
    pub(super) true_df: Option<f64>,
    /// Genes from the most to the least significant, one order a test.
    orders: [Vec<usize>; 3],
    /// Place of each gene in these orders, from 0.
    ranks: [Vec<usize>; 3],
}

impl Genes {
    /// The genes that `values` name; `None` if there are too few.
    pub(super) fn of(values: &Values) -> Option<Self> {
        if !is_simulated(values) {
            return Self::own(values.table("own"), values).ok();
        }
        let population = population(values);
        let data = population.simulate(values.whole("seed") as u64);
        let mut genes = Self::tested(&data.y, [population.per_group; 2], values).ok()?;
        genes.is_changed = Some(data.change.iter().map(|change| *change != 0.0).collect());
        genes.true_df = Some(population.prior_df);
        Some(genes)
    }

    fn own(own: &Own, values: &Values) -> Result<Self, EstimateError> {
        let num_samples = own.samples.first().map_or(0, Vec::len);
        let sizes = [own.num_first, num_samples - own.num_first.min(num_samples)];
        let mut genes = Self::tested(&own.samples.concat(), sizes, values)?;
        genes.names.clone_from(&own.names);
        Ok(genes)
    }

    fn tested(y: &[f64], sizes: [usize; 2], values: &Values) -> Result<Self, EstimateError> {
        let fit = TwoGroups::new(y, sizes)?;
        let (found, needed) = (fit.num_genes(), LEAST_GENES);
        if found < needed {
            return Err(EstimateError::TooFewUnits { what: words::PRIOR_OF_VARIANCES, needed, found });
        }
        let learned = VariancePrior::estimate(&fit.residual_var, fit.residual_df)?;
        let prior = match values.choice("prior") {
            "hand" => VariancePrior::with_df(&fit.residual_var, fit.residual_df, values.number("hand_d0")),
            _ => learned,
        };
        let moderated = moderate(&fit, prior, PROPORTION);
        // A variance of 0 would make t infinite: it is taken as one that cannot be seen beside the others.
        let least = 1e-12 * prior.prior_var;
        let ordinary_t: Vec<f64> = fit
            .log_fold_change
            .iter()
            .zip(&fit.residual_var)
            .map(|(change, var)| change / (var.max(least) * fit.unscaled_var).sqrt())
            .collect();
        let orders = [&ordinary_t, &moderated.t, &fit.log_fold_change].map(|statistic| order(statistic));
        let ranks = [0, 1, 2].map(|test: usize| {
            let mut ranks = vec![0; found];
            orders[test].iter().enumerate().for_each(|(rank, gene)| ranks[*gene] = rank);
            ranks
        });
        Ok(Self {
            names: Vec::new(),
            fit,
            learned,
            moderated,
            ordinary_t,
            is_changed: None,
            true_df: None,
            orders,
            ranks,
        })
    }

    pub(super) fn len(&self) -> usize {
        self.fit.num_genes()
    }

    pub(super) fn name(&self, gene: usize) -> String {
        self.names.get(gene).cloned().unwrap_or_else(|| words::gene(gene))
    }

    /// Genes from the most to the least significant.
    pub(super) fn order(&self, test: Test) -> &[usize] {
        &self.orders[test as usize]
    }

    /// Place of `gene` in that order, from 0.
    pub(super) fn rank(&self, test: Test, gene: usize) -> usize {
        self.ranks[test as usize][gene]
    }

    /// How many of the first `len` genes have not changed, for each length from 1.
    pub(super) fn false_discoveries(&self, test: Test, len: usize) -> Option<Vec<usize>> {
        let is_changed = self.is_changed.as_ref()?;
        let mut count = 0;
        let counts = self.order(test).iter().take(len).map(|gene| {
            count += usize::from(!is_changed[*gene]);
            count
        });
        Some(counts.collect())
    }
}

/// The genes that are simulated.
fn population(values: &Values) -> GenePopulation {
    let prior_df = match values.choice("variances") {
        "equal" => f64::INFINITY,
        _ => values.number("d0"),
    };
    GenePopulation {
        num_genes: values.whole("genes"),
        per_group: values.whole("replicates"),
        prior_df,
        prior_var: TRUE_VAR,
        share_changed: values.number("changed"),
        change_sd: values.number("effect"),
    }
}

/// The measurements that `values` name, G × samples with samples running fastest, and the sizes of the groups.
pub(super) fn measured(values: &Values) -> (Vec<f64>, [usize; 2]) {
    if is_simulated(values) {
        let population = population(values);
        return (population.simulate(values.whole("seed") as u64).y, [population.per_group; 2]);
    }
    let own = values.table("own");
    let num_samples = own.samples.first().map_or(0, Vec::len);
    (own.samples.concat(), [own.num_first, num_samples.saturating_sub(own.num_first)])
}

/// Genes by falling size of `statistic`, equal ones in the order of the data.
fn order(statistic: &[f64]) -> Vec<usize> {
    let falling: Vec<f64> = statistic.iter().map(|value| -value.abs()).collect();
    ranking(&falling)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link;

    fn genes(link: &str) -> Genes {
        let parsed = link::parse(link);
        assert_eq!(parsed.notices, []);
        Genes::of(&parsed.scenario.values()).unwrap()
    }

    fn share(genes: &Genes, test: Test, len: usize) -> f64 {
        genes.false_discoveries(test, len).unwrap()[len - 1] as f64 / len as f64
    }

    /// A run elsewhere: nulls among the top 200 of 4,000 genes, changes of SD 2 σ in 10 %, by three tests. Its
    /// shares have an SD of 0.035, ours are of ten data sets; 0.1 is nearly three of both. The moderated t is as
    /// good as whichever extreme is right.
    #[test]
    fn partial_pooling_matches_whichever_extreme_is_right() {
        const NUM_SEEDS: usize = 10;
        let table = [
            (2, 2.0, [0.60, 0.56, 0.70]),
            (3, 5.0, [0.49, 0.35, 0.41]),
            (5, 50.0, [0.29, 0.19, 0.20]),
            (10, 2.0, [0.11, 0.10, 0.44]),
        ];
        for (replicates, d0, expected) in table {
            let (mut found, mut log_df) = ([0.0; 3], 0.0);
            for seed in 0..NUM_SEEDS {
                let genes = genes(&format!("#/limma?genes=4000&replicates={replicates}&d0={d0}&seed={seed}"));
                let shares = TESTS.map(|test| share(&genes, test, 200));
                found.iter_mut().zip(shares).for_each(|(sum, share)| *sum += share / NUM_SEEDS as f64);
                log_df += (genes.learned.prior_df.min(1000.0) / d0).ln() / NUM_SEEDS as f64;
            }
            for (found, expected) in found.into_iter().zip(expected) {
                assert!((found - expected).abs() < 0.1, "{replicates} {d0}: {found} {expected}");
            }
            assert!(found[1] <= found[0] && found[1] <= found[2] + 0.01, "{found:?}");
            assert!(log_df.abs() < 0.3, "{d0}: {log_df}");
        }
    }

    #[test]
    fn the_ends_of_the_slider_are_the_two_extremes() {
        let none = genes("#/limma?prior=hand&hand_d0=0.1&replicates=10");
        let same = |test: Test| {
            none.order(test).iter().zip(none.order(Test::Moderated)).take(50).filter(|(a, b)| a == b).count()
        };
        assert!(same(Test::Ordinary) > 40 && same(Test::Pooled) < 10);
        let all = genes("#/limma?prior=hand&hand_d0=1000&replicates=2");
        let both =
            all.order(Test::Moderated)[..100].iter().filter(|gene| all.rank(Test::Pooled, **gene) < 100);
        assert!(both.count() > 95);
    }

    #[test]
    fn own_genes_give_what_the_estimator_gives() {
        let genes = genes("#/limma?set=own&own=name,a1,a2,b1,b2;x,1,2,3,4;y,5,7,6,9;z,1,1.5,4,4;w,2,2,1,0");
        assert_eq!((genes.len(), genes.name(1).as_str(), genes.fit.residual_df), (4, "y", 2.0));
        assert_eq!(genes.fit.log_fold_change, [2.0, 1.5, 2.75, -1.5]);
        assert!(genes.is_changed.is_none() && genes.false_discoveries(Test::Ordinary, 2).is_none());
        let parsed = link::parse("#/limma?set=own&own=a1,a2,b1;1,2,3");
        assert!(Genes::of(&parsed.scenario.values()).is_none());
    }
}
