//! What published programs report, of data of the reader's own: the numbers behind `cli fit --model`.

use estimators::EstimateError;
use estimators::moderated_variance::{PROPORTION, TwoGroups, VariancePrior, moderate};

use mcmc::ChainError;
use models::binding_tree::{TreeError, TreeScales};
use models::mr_slope::{SlopeError, SlopeModel, SlopePrior};
use models::mr_slope_grid::{GridMarginal, on_plain_grid};
use models::mr_slope_posterior::{SlopeMarginal, SlopePosterior};

use crate::lab::NUM_CHAINS;
use crate::own::{Form, Own};
use crate::tf_binding::{NUM_DRAWS, NUM_WARMUP, Tree};

/// Why there is nothing to report.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ReportError {
    /// There is no row.
    #[error("there is no row that can be used")]
    NoRows,
    /// The rows are of another form.
    #[error("the table is of another kind")]
    OtherForm,
    /// The data are too few, say.
    #[error(transparent)]
    Estimate(#[from] EstimateError),
    /// Clusters that have no slope.
    #[error(transparent)]
    Slope(#[from] SlopeError),
    /// Coefficients that are no tree.
    #[error(transparent)]
    Tree(#[from] TreeError),
    /// Coefficients so far out that chains find no place to start.
    #[error(transparent)]
    Chain(#[from] ChainError),
}

/// What limma reports of two groups of samples.
#[derive(Clone, Debug, PartialEq)]
pub struct LimmaReport {
    /// d₀, which may be ∞.
    pub prior_df: f64,
    /// s₀².
    pub prior_var: f64,
    /// The genes in the order of the table.
    pub genes: Vec<LimmaGene>,
}

/// A row of limma's `topTable`, and the variances behind it.
#[derive(Clone, Debug, PartialEq)]
pub struct LimmaGene {
    /// Its name.
    pub name: String,
    /// Mean of the second group less that of the first.
    pub log_fold_change: f64,
    /// Mean over all samples.
    pub average: f64,
    /// Its own variance.
    pub residual_var: f64,
    /// The moderated variance.
    pub posterior_var: f64,
    /// Moderated t.
    pub t: f64,
    /// Its two-sided p-value.
    pub p_value: f64,
    /// Adjusted by the rule of Benjamini and Hochberg.
    pub adjusted_p: f64,
    /// Log odds that the gene has changed.
    pub log_odds: f64,
}

/// `eBayes(lmFit(y, design))` for the two groups of `own`.
///
/// # Errors
/// That there are no rows of [`Form::Expression`], or too few samples.
pub fn limma(own: &Own) -> Result<LimmaReport, ReportError> {
    check(own, Form::Expression)?;
    let num_samples = own.samples.first().map_or(0, Vec::len);
    let fit =
        TwoGroups::new(&own.samples.concat(), [own.num_first, num_samples.saturating_sub(own.num_first)])?;
    let prior = VariancePrior::estimate(&fit.residual_var, fit.residual_df)?;
    let moderated = moderate(&fit, prior, PROPORTION);
    let gene = |i: usize| LimmaGene {
        name: own.names.get(i).cloned().unwrap_or_else(|| (i + 1).to_string()),
        log_fold_change: fit.log_fold_change[i],
        average: fit.average[i],
        residual_var: fit.residual_var[i],
        posterior_var: moderated.posterior_var[i],
        t: moderated.t[i],
        p_value: moderated.p_value[i],
        adjusted_p: moderated.adjusted_p[i],
        log_odds: moderated.log_odds[i],
    };
    let genes = (0..fit.num_genes()).map(gene).collect();
    Ok(LimmaReport { prior_df: prior.prior_df, prior_var: prior.prior_var, genes })
}

/// What MRLocus reports of a slope.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SlopeReport {
    /// The slope α.
    pub alpha: MarginalReport,
    /// The dispersion σ.
    pub sigma: MarginalReport,
}

/// Moments and quantiles of one parameter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MarginalReport {
    /// Posterior mean.
    pub mean: f64,
    /// Posterior SD.
    pub sd: f64,
    /// The 10, 50 and 90 % quantiles.
    pub quantiles: [f64; 3],
}

/// What quantiles are reported.
const SHARES: [f64; 3] = [0.1, 0.5, 0.9];

/// The posterior of slope and dispersion of the clusters of `own`: on the plain grid of the published values
/// where the posterior lies in its box, so that digits agree, else by quadrature. The two differ by up to 4e-5.
///
/// # Errors
/// That there are no rows of [`Form::Effects`], or any [`SlopeError`].
pub fn mrlocus(own: &Own) -> Result<SlopeReport, ReportError> {
    check(own, Form::Effects)?;
    let clusters = crate::mrlocus::of_own(own);
    let prior = SlopePrior::of(&clusters)?;
    let model = SlopeModel::new(clusters, prior);
    let posterior = SlopePosterior::new(&model)?;
    if let Some(grid) = on_plain_grid(&model, &posterior) {
        let report = |marginal: GridMarginal| MarginalReport {
            mean: marginal.mean,
            sd: marginal.sd,
            quantiles: SHARES.map(|p| marginal.quantile(p)),
        };
        return Ok(SlopeReport { alpha: report(grid.0), sigma: report(grid.1) });
    }
    let report = |marginal: &SlopeMarginal| MarginalReport {
        mean: marginal.mean,
        sd: marginal.sd,
        quantiles: SHARES.map(|p| marginal.quantile(p)),
    };
    Ok(SlopeReport { alpha: report(&posterior.alpha), sigma: report(&posterior.sigma) })
}

/// What the tree of TF binding reports.
#[derive(Clone, Debug, PartialEq)]
pub struct TreeReport {
    /// The SDs: name, posterior mean and SD.
    pub scales: Vec<(String, f64, f64)>,
    /// The nodes, feature by feature, from all down to the experiments.
    pub nodes: Vec<NodeReport>,
}

/// One node of one feature.
#[derive(Clone, Debug, PartialEq)]
pub struct NodeReport {
    /// Feature.
    pub feature: String,
    /// `all`, `celltype` or `experiment`.
    pub level: &'static str,
    /// Name of the cell type or the experiment; `all`.
    pub name: String,
    /// Posterior mean.
    pub mean: f64,
    /// Posterior SD.
    pub sd: f64,
}

/// Seed of the chains of a report.
const SEED: u64 = 2017;

/// The posterior of every node of the tree of `own`: four chains of NUTS on the SDs, the nodes exact given each
/// draw of them and averaged over all.
///
/// # Errors
/// That there are no rows of [`Form::Coefficients`], or that they are no tree.
pub fn tf_binding(own: &Own) -> Result<TreeReport, ReportError> {
    check(own, Form::Coefficients)?;
    let tree = Tree::own(own)?;
    let mut draws = Vec::with_capacity(NUM_CHAINS * NUM_DRAWS);
    for chain in 0..NUM_CHAINS {
        let mut sampler = tree.sampler(SEED, chain)?;
        for iteration in 0..NUM_WARMUP + NUM_DRAWS {
            sampler.step();
            if iteration >= NUM_WARMUP {
                draws.push(sampler.draw().to_vec());
            }
        }
    }
    let scales = tree.variables().into_iter().enumerate().map(|(k, name)| {
        let values: Vec<f64> = draws.iter().map(|draw| draw[k]).collect();
        (name, stats::summary::mean(&values), stats::summary::sd(&values))
    });
    let scales = scales.collect();
    let draws: Vec<TreeScales> = draws.iter().map(|draw| TreeScales::of_draw(draw)).collect();
    let mut nodes = Vec::new();
    for (j, feature) in tree.features.iter().enumerate() {
        let found = tree.coefficients.averaged_nodes(j, draws.iter());
        let mut add = |level: &'static str, name: &str, (mean, var): (f64, f64)| {
            let (feature, name) = (feature.clone(), name.to_owned());
            nodes.push(NodeReport { feature, level, name, mean, sd: var.sqrt() });
        };
        add("all", "all", found.all);
        tree.cell_types.iter().zip(found.cell_types).for_each(|(name, node)| add("celltype", name, node));
        tree.experiments.iter().zip(found.experiments).for_each(|(name, node)| add("experiment", name, node));
    }
    Ok(TreeReport { scales, nodes })
}

fn check(own: &Own, form: Form) -> Result<(), ReportError> {
    match own.form {
        _ if own.is_empty() => Err(ReportError::NoRows),
        found if found == form => Ok(()),
        _ => Err(ReportError::OtherForm),
    }
}
