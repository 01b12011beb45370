//! What published programs report, of data of the reader's own: the numbers behind `cli fit --model`.

use estimators::EstimateError;
use estimators::moderated_variance::{PROPORTION, TwoGroups, VariancePrior, moderate};

use models::mr_slope::{SlopeError, SlopeModel, SlopePrior};
use models::mr_slope_posterior::{SlopeMarginal, SlopePosterior};

use crate::own::{Form, Own};

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

/// The posterior of slope and dispersion of the clusters of `own`, by quadrature: right to 1e-7 or better in
/// units of their SDs.
///
/// # Errors
/// That there are no rows of [`Form::Effects`], or any [`SlopeError`].
pub fn mrlocus(own: &Own) -> Result<SlopeReport, ReportError> {
    check(own, Form::Effects)?;
    let clusters = crate::mrlocus::of_own(own);
    let prior = SlopePrior::of(&clusters)?;
    let posterior = SlopePosterior::new(&SlopeModel::new(clusters, prior))?;
    let report = |marginal: &SlopeMarginal| MarginalReport {
        mean: marginal.mean,
        sd: marginal.sd,
        quantiles: [0.1, 0.5, 0.9].map(|p| marginal.quantile(p)),
    };
    Ok(SlopeReport { alpha: report(&posterior.alpha), sigma: report(&posterior.sigma) })
}

fn check(own: &Own, form: Form) -> Result<(), ReportError> {
    match own.form {
        _ if own.is_empty() => Err(ReportError::NoRows),
        found if found == form => Ok(()),
        _ => Err(ReportError::OtherForm),
    }
}
