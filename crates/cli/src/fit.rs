//! `cli fit`: a model of schools in regions fitted to the data of a link or of a file, as numbers.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use labs::{Estimate, Fit, Measured, NUM_CHAINS, Scenario, link, number};
use mcmc::{Summary, draws_csv, summarise_draws};
use serde::{Serialize, Serializer};

use crate::chains::{self, Chains};
use crate::measurements::{self, Measurements};
use crate::programs::Program;

/// How the numbers are written.
#[derive(Clone, Copy, Default)]
pub(crate) enum Format {
    #[default]
    Json,
    Text,
}

impl Format {
    /// The format called `name`.
    ///
    /// # Errors
    /// A sentence with the names that there are.
    pub(crate) fn named(name: &str) -> Result<Self> {
        match name {
            "json" => Ok(Self::Json),
            "text" => Ok(Self::Text),
            _ => bail!("there is no format `{name}`, only json and text"),
        }
    }
}

/// What to fit, and where to put it.
#[derive(Default)]
pub(crate) struct Options {
    pub(crate) format: Format,
    /// A file with data that stand in for those of the link.
    pub(crate) data: Option<PathBuf>,
    /// A file for the draws.
    pub(crate) draws: Option<PathBuf>,
    /// A published program, in place of the model of a link.
    pub(crate) model: Option<Program>,
    /// Samples in each of its two groups.
    pub(crate) groups: Option<[usize; 2]>,
}

/// Fits what `scenario` names and returns the report; the draws go to their file.
///
/// # Errors
/// That there is nothing to fit, what is wrong with the data, or that a file cannot be written.
pub(crate) fn run(scenario: &Scenario, options: &Options) -> Result<String> {
    let file = options.data.as_deref().map(measurements::read).transpose()?;
    let (fit, groups, rows) = match file {
        Some(Measurements { y, sizes, noise_var, truth, labels, rows }) => {
            let measured = Measured { y, sizes, noise_var, truth };
            (Fit::new(scenario, Some(measured))?, Groups::Labels(labels), Some(rows))
        }
        None => {
            let fit = Fit::new(scenario, None)?;
            let groups = Groups::Numbers(numbers(fit.hierarchy().sizes()));
            (fit, groups, None)
        }
    };
    // Before the chains run: who waits for them should not be told afterwards that it was in vain.
    let draws_file =
        options.draws.as_deref().map(|path| create(path, options.data.as_deref())).transpose()?;
    let chains = chains::run(&fit)?;
    if let Some((path, mut file)) = options.draws.as_deref().zip(draws_file) {
        let csv = draws_csv(&chains.draws, &chains.sampler);
        file.write_all(csv.as_bytes()).with_context(|| format!("cannot write {}", path.display()))?;
    }
    let report = Report::new(scenario, &fit, Schools { groups, rows }, &chains);
    match options.format {
        Format::Json => Ok(serde_json::to_string(&report)? + "\n"),
        Format::Text => Ok(report.text()),
    }
}

/// Region of each school, counted from 1.
fn numbers(sizes: &[usize]) -> Vec<usize> {
    (1..).zip(sizes).flat_map(|(number, size)| std::iter::repeat_n(number, *size)).collect()
}

/// A new file at `path`, which must not be the one that was read.
fn create(path: &Path, read: Option<&Path>) -> Result<File> {
    let is_read = |read: &Path| {
        fs::canonicalize(read).ok().is_some_and(|read| fs::canonicalize(path).ok() == Some(read))
    };
    if read.is_some_and(is_read) {
        bail!("{} holds the data; the draws need a file of their own", path.display());
    }
    File::create(path).with_context(|| format!("cannot write {}", path.display()))
}

/// Which region each school belongs to: as the file calls it, or numbered as in `theta[1]`.
#[derive(Serialize)]
#[serde(untagged)]
enum Groups {
    Numbers(Vec<usize>),
    Labels(Vec<String>),
}

struct Schools {
    groups: Groups,
    rows: Option<Vec<usize>>,
}

/// All that a fit has to say; its fields are the keys of the JSON.
#[derive(Serialize)]
struct Report<'a> {
    link: String,
    data: Data<'a>,
    estimates: Named<Option<Vec<f64>>>,
    /// Of each estimator, where the truth is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    total_squared_error: Option<Named<Option<f64>>>,
    summary: Vec<Summary>,
    exact: Vec<Summary>,
    sampler: Sampler,
}

/// The schools, region by region.
#[derive(Serialize)]
struct Data<'a> {
    y: &'a [f64],
    group: Groups,
    /// SD of the noise.
    se: Vec<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    truth: Option<&'a [f64]>,
    /// Row of the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    row: Option<Vec<usize>>,
}

#[derive(Serialize)]
struct Sampler {
    name: &'static str,
    seed: u64,
    chains: usize,
    /// Iterations of each chain.
    warmup: usize,
    /// Of each chain.
    draws: usize,
    seconds: f64,
    leapfrog_steps: u64,
    divergences: u64,
}

/// Values by name, in their order.
struct Named<T>(Vec<(&'static str, T)>);

impl<T: Serialize> Serialize for Named<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

impl<'a> Report<'a> {
    fn new(scenario: &Scenario, fit: &'a Fit, schools: Schools, chains: &Chains) -> Self {
        let (hierarchy, sampling) = (fit.hierarchy(), fit.sampling());
        let estimates = fit.estimates();
        let total_squared_error = fit.truth().map(|truth| {
            let loss = |estimate: &Estimate| (estimate.name, estimate.total_squared_error(truth));
            Named(estimates.iter().map(loss).collect())
        });
        Self {
            link: link::write(scenario),
            data: Data {
                y: hierarchy.y(),
                group: schools.groups,
                se: hierarchy.noise_var().iter().map(|var| var.sqrt()).collect(),
                truth: fit.truth(),
                row: schools.rows,
            },
            estimates: Named(
                estimates.into_iter().map(|estimate| (estimate.name, estimate.values)).collect(),
            ),
            total_squared_error,
            summary: summarise_draws(&chains.draws),
            exact: fit.exact(),
            sampler: Sampler {
                name: sampling.name,
                seed: fit.seed(),
                chains: NUM_CHAINS,
                warmup: sampling.num_warmup,
                draws: sampling.num_draws,
                seconds: chains.seconds,
                leapfrog_steps: chains.num_leapfrog,
                divergences: chains.num_divergent,
            },
        }
    }

    /// Tables for a terminal, with about three digits a number.
    fn text(&self) -> String {
        let Sampler { name, chains, warmup, draws, seconds, leapfrog_steps, divergences, .. } = &self.sampler;
        let mut text = format!(
            "{}\n{name}: {chains} chains of {draws} draws after {warmup} of warmup, {} s, {} leapfrog steps, divergences: {divergences}\n\n",
            self.link,
            number::fixed(*seconds, 2),
            number::grouped(*leapfrog_steps),
        );
        if let Some(losses) = &self.total_squared_error {
            text += &format!("{:<24}{}\n", "estimator", "total squared error");
            for (name, loss) in &losses.0 {
                text += &format!("{name:<24}{:>19}\n", loss.map_or("not defined".to_owned(), number::loss));
            }
            text.push('\n');
        }
        let columns = [
            "variable",
            "mean",
            "median",
            "sd",
            "q5",
            "q95",
            "rhat",
            "ess_bulk",
            "ess_tail",
            "exact mean",
            "exact sd",
        ];
        text += &line(&columns.map(str::to_owned));
        for (row, exact) in self.summary.iter().zip(&self.exact) {
            let [mean, median, sd, q5, q95] =
                [row.mean, row.median, row.sd, row.q5, row.q95].map(number::short);
            let [bulk, tail] = [row.ess_bulk, row.ess_tail].map(|ess| number::fixed(ess, 0));
            let (rhat, variable) = (number::fixed(row.rhat, 3), row.variable.clone());
            let [exact_mean, exact_sd] = [exact.mean, exact.sd].map(number::short);
            text += &line(&[variable, mean, median, sd, q5, q95, rhat, bulk, tail, exact_mean, exact_sd]);
        }
        text
    }
}

/// Cells below each other: the first from the left, numbers from the right.
fn line(cells: &[String; 11]) -> String {
    let [first, rest @ ..] = cells;
    let rest: String = rest.iter().map(|cell| format!("{cell:>11}")).collect();
    format!("{first:<12}{rest}\n")
}
