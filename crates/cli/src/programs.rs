//! `cli fit --model`: the numbers of a published program, of a table, as JSON.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow, bail};
use labs::own::{Form, Header, Own, Reading, Role, read_as};
use labs::reports::{self, LimmaGene, MarginalReport, NodeReport, SlopeReport};
use serde::Serialize;

use crate::fit::Options;

/// A published program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Program {
    Limma,
    MrLocus,
    TfBinding,
}

impl Program {
    /// The program called `name`.
    ///
    /// # Errors
    /// A sentence with the names that there are.
    pub(crate) fn named(name: &str) -> Result<Self> {
        match name {
            "limma" => Ok(Self::Limma),
            "mrlocus" => Ok(Self::MrLocus),
            "tf-binding" => Ok(Self::TfBinding),
            _ => bail!("there is no model `{name}`, only limma, mrlocus and tf-binding"),
        }
    }

    fn form(self) -> Form {
        match self {
            Self::Limma => Form::Expression,
            Self::MrLocus => Form::Effects,
            Self::TfBinding => Form::Coefficients,
        }
    }
}

/// The numbers of the two groups from an option such as `3,3`.
///
/// # Errors
/// A sentence with an example.
pub(crate) fn groups(text: &str) -> Result<[usize; 2]> {
    let sizes: Option<Vec<usize>> = text.split(',').map(|size| size.trim().parse().ok()).collect();
    match sizes.as_deref() {
        Some([first, second]) if *first > 0 && *second > 0 && first + second > 2 => Ok([*first, *second]),
        _ => bail!(
            "--groups takes the numbers of samples in two groups, three at least in all, such as 3,3; not `{text}`"
        ),
    }
}

/// Fits `program` to the file of `options` and returns its numbers as JSON.
///
/// # Errors
/// What is wrong with the options or, by row and column, with the file.
pub(crate) fn run(program: Program, options: &Options) -> Result<String> {
    let path = options.data.as_deref().context("--model needs --data FILE")?;
    if options.groups.is_some() && program != Program::Limma {
        bail!("--groups is for --model limma");
    }
    let own =
        read(program, path, options.groups).with_context(|| format!("cannot use {}", path.display()))?;
    let text = match program {
        Program::Limma => serde_json::to_string(&limma(&own)?)?,
        Program::MrLocus => serde_json::to_string(&mrlocus(&own)?)?,
        Program::TfBinding => serde_json::to_string(&tf_binding(&own)?)?,
    };
    Ok(text + "\n")
}

fn read(program: Program, path: &Path, groups: Option<[usize; 2]>) -> Result<Own> {
    let bytes = fs::read(path)?;
    let text = labs::own::decode(&bytes)?;
    let form = program.form();
    let mut chosen = Vec::new();
    if let Some(groups) = groups {
        let columns = read_as(form, &text, &[], Header::Present).columns;
        chosen = samples(&columns, groups)?.into_iter().map(Some).collect();
    }
    let Reading { own, problems, .. } = read_as(form, &text, &chosen, Header::Present);
    if let Some(problem) = problems.into_iter().next() {
        return Err(anyhow!(problem));
    }
    if own.is_empty() {
        bail!("there is no row below the names of the columns");
    }
    Ok(own)
}

/// What the columns are: the first one names if there is one more than samples, then one group after the other.
fn samples(columns: &[String], [first, second]: [usize; 2]) -> Result<Vec<Role>> {
    let num_names = columns.len().checked_sub(first + second).filter(|names| *names <= 1);
    let Some(num_names) = num_names else {
        bail!(
            "{} columns are not {first} + {second} samples, with or without a first column of names",
            columns.len()
        );
    };
    let roles = [(Role::Name, num_names), (Role::First, first), (Role::Second, second)];
    Ok(roles.into_iter().flat_map(|(role, count)| std::iter::repeat_n(role, count)).collect())
}

/// The fields carry the names of limma's `topTable` and `eBayes`.
#[derive(Serialize)]
struct Limma {
    #[serde(rename = "df.prior")]
    prior_df: Df,
    #[serde(rename = "s2.prior")]
    prior_var: f64,
    rows: Vec<LimmaRow>,
}

/// Degrees of freedom, which may be infinite: JSON has no such number, R writes `Inf`.
#[derive(Serialize)]
#[serde(untagged)]
enum Df {
    Finite(f64),
    Infinite(&'static str),
}

#[derive(Serialize)]
struct LimmaRow {
    gene: String,
    #[serde(rename = "logFC")]
    log_fold_change: f64,
    #[serde(rename = "AveExpr")]
    average: f64,
    s2: f64,
    #[serde(rename = "s2.post")]
    posterior_var: f64,
    t: f64,
    #[serde(rename = "P.Value")]
    p_value: f64,
    #[serde(rename = "adj.P.Val")]
    adjusted_p: f64,
    #[serde(rename = "B")]
    log_odds: f64,
}

fn limma(own: &Own) -> Result<Limma> {
    let report = reports::limma(own)?;
    let row = |gene: LimmaGene| LimmaRow {
        gene: gene.name,
        log_fold_change: gene.log_fold_change,
        average: gene.average,
        s2: gene.residual_var,
        posterior_var: gene.posterior_var,
        t: gene.t,
        p_value: gene.p_value,
        adjusted_p: gene.adjusted_p,
        log_odds: gene.log_odds,
    };
    let prior_df =
        if report.prior_df.is_finite() { Df::Finite(report.prior_df) } else { Df::Infinite("Inf") };
    Ok(Limma { prior_df, prior_var: report.prior_var, rows: report.genes.into_iter().map(row).collect() })
}

#[derive(Serialize)]
struct Slope {
    alpha: Marginal,
    sigma: Marginal,
}

#[derive(Serialize)]
struct Marginal {
    mean: f64,
    sd: f64,
    q10: f64,
    q50: f64,
    q90: f64,
}

fn mrlocus(own: &Own) -> Result<Slope> {
    let SlopeReport { alpha, sigma } = reports::mrlocus(own)?;
    let marginal = |report: MarginalReport| {
        let [q10, q50, q90] = report.quantiles;
        Marginal { mean: report.mean, sd: report.sd, q10, q50, q90 }
    };
    Ok(Slope { alpha: marginal(alpha), sigma: marginal(sigma) })
}

#[derive(Serialize)]
struct Tree {
    scales: Vec<TreeScale>,
    rows: Vec<TreeNode>,
}

#[derive(Serialize)]
struct TreeScale {
    name: String,
    mean: f64,
    sd: f64,
}

#[derive(Serialize)]
struct TreeNode {
    feature: String,
    level: &'static str,
    name: String,
    mean: f64,
    sd: f64,
}

fn tf_binding(own: &Own) -> Result<Tree> {
    let report = reports::tf_binding(own)?;
    let node = |NodeReport { feature, level, name, mean, sd }| TreeNode { feature, level, name, mean, sd };
    Ok(Tree {
        scales: report.scales.into_iter().map(|(name, mean, sd)| TreeScale { name, mean, sd }).collect(),
        rows: report.nodes.into_iter().map(node).collect(),
    })
}
