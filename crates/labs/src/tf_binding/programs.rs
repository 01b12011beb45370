//! The programs to take away: the tree in Stan, and its nodes given the SDs.

use mcmc::Draws;
use plots::Table;

use super::tree::PRIOR_SD;
use super::{NUM_DRAWS, NUM_WARMUP, TfBinding, TreeRun, controls};
use crate::code::{Check, Code, InBoth, SamplerSettings, Scripts, filled, listed, real, words};
use crate::control::Values;
use crate::lab::NUM_CHAINS;
use crate::lab::Programs;

/// Most coefficients that stand in the programs themselves.
const MAX_WRITTEN: usize = 200;

/// One coefficient: feature, experiment and cell type from 1, estimate and standard error.
type Row = (usize, usize, usize, f64, f64);

impl Programs for TfBinding {
    fn programs(&self, values: &Values) -> Option<Code> {
        Some(TreeRun::of(values).ok()?.programs(values))
    }
}

impl TreeRun {
    /// Model and coefficients on screen.
    fn programs(&self, values: &Values) -> Code {
        let is_simulated = controls::is_simulated(values);
        // The seed of the page's own chains also where the data are the reader's.
        let seed = values.whole("seed") as u64;
        let stem = if is_simulated { format!("tf-binding_seed-{seed}") } else { "tf-binding_own".to_owned() };
        let rows = self.coefficients();
        let reads_file = rows.len() > MAX_WRITTEN;
        let likely = &self.likely;
        let sds =
            |open: &str, close: &str| listed(open, likely.cell_type_sd.iter().map(f64::to_string), close);
        let parts = |list: String| {
            [
                ("all_sd", likely.all_sd.to_string()),
                ("experiment_sd", likely.experiment_sd.to_string()),
                ("cell_type_sd", list),
            ]
        };
        let names = ["N", "J", "K", "C", "feature", "experiment", "cell_type", "beta_hat", "se"];
        let list = InBoth {
            python: names.map(|name| format!("\"{name}\": {name}")).join(", "),
            r: names
                .map(|name| match name {
                    "N" | "J" | "K" | "C" => format!("{name} = {name}"),
                    _ => format!("{name} = as.array({name})"),
                })
                .join(", "),
        };
        let stan = filled(include_str!("tree.stan"), &[("scale", real(PRIOR_SD))]);
        let scripts = Scripts {
            table: Table {
                columns: ["feature", "experiment", "cell_type", "beta_hat", "se"].map(str::to_owned).into(),
                rows: rows
                    .iter()
                    .map(|(j, k, c, beta, se)| {
                        vec![j.to_string(), k.to_string(), c.to_string(), beta.to_string(), se.to_string()]
                    })
                    .collect(),
            },
            data: self.data(&rows, reads_file.then(|| Scripts::data_file(&stem))),
            stem,
            reads_file,
            stan: Some((stan, list)),
            sampler: SamplerSettings { target_accept: 0.95, ..SamplerSettings::of_seed(seed.max(1)) },
            about: words::TREE,
            closed: InBoth {
                python: filled(include_str!("tree.py"), &parts(sds("[", "]"))),
                r: filled(include_str!("tree.R"), &parts(sds("c(", ")"))),
            },
            checks: self.checks(seed),
        };
        scripts.code()
    }

    /// The coefficients that there are, feature by feature.
    fn coefficients(&self) -> Vec<Row> {
        let num = self.tree.experiments.len();
        let of_type = self.tree.coefficients.cell_type();
        let cells = self.tree.beta.iter().zip(&self.tree.se).enumerate();
        cells
            .filter(|(_, (_, se))| se.is_finite())
            .map(|(i, (beta, se))| (i / num + 1, i % num + 1, of_type[i % num] + 1, *beta, *se))
            .collect()
    }

    /// Lines that name the data, or read them from `file`.
    fn data(&self, rows: &[Row], file: Option<String>) -> InBoth {
        let (python, r) = match file {
            Some(file) => (
                format!(
                    "import csv

with open(\"{file}\", newline=\"\", encoding=\"utf-8\") as file:
    rows = list(csv.DictReader(file))
feature = [int(row[\"feature\"]) for row in rows]
experiment = [int(row[\"experiment\"]) for row in rows]
beta_hat = [float(row[\"beta_hat\"]) for row in rows]
se = [float(row[\"se\"]) for row in rows]
"
                ),
                format!(
                    "rows <- read.csv(\"{file}\")
feature <- rows$feature
experiment <- rows$experiment
beta_hat <- rows$beta_hat
se <- rows$se
"
                ),
            ),
            None => {
                let columns: [(&str, Vec<String>); 4] = [
                    ("feature", rows.iter().map(|row| row.0.to_string()).collect()),
                    ("experiment", rows.iter().map(|row| row.1.to_string()).collect()),
                    ("beta_hat", rows.iter().map(|row| row.3.to_string()).collect()),
                    ("se", rows.iter().map(|row| row.4.to_string()).collect()),
                ];
                let line = |equal: &str, open: &str, close: &str| -> String {
                    let column = |(name, cells): &(&str, Vec<String>)| {
                        format!("{name} {equal} {}\n", listed(open, cells.iter().cloned(), close))
                    };
                    columns.iter().map(column).collect()
                };
                (line("=", "[", "]"), line("<-", "c(", ")"))
            }
        };
        let tree = &self.tree;
        let of_type = || tree.coefficients.cell_type().iter().map(|c| (c + 1).to_string());
        let (num_features, num_types) = (tree.features.len(), tree.cell_types.len());
        let named = |names: &[String]| {
            names.iter().zip(1..).map(|(name, i)| format!("{i} {name}")).collect::<Vec<_>>().join(", ")
        };
        let about =
            format!("# Features: {}.\n# Cell types: {}.\n", named(&tree.features), named(&tree.cell_types));
        InBoth {
            python: format!(
                "{about}{python}cell_type = {}  # of each experiment\nN, J, K, C = len(beta_hat), {num_features}, len(cell_type), {num_types}\n",
                listed("[", of_type(), "]")
            ),
            r: format!(
                "{about}{r}cell_type <- {}  # of each experiment\nN <- length(beta_hat)\nJ <- {num_features}\nK <- length(cell_type)\nC <- {num_types}\n",
                listed("c(", of_type(), ")")
            ),
        }
    }

    /// Numbers of the page: by its own chains for Stan, by the likeliest SDs for the closed forms.
    fn checks(&self, seed: u64) -> Vec<Check> {
        let likely = self.nodes("likely", None);
        let mut checks = Vec::new();
        let last = likely.len() - 1;
        let given = [("first", "first_types", 0), ("last", "last_types", last)];
        for (all, types, j) in given {
            let (lambda, nu) = (likely[j].all.0, likely[j].cell_types[0].0);
            let what = words::given_likeliest(&format!("lambda[{}]", j + 1));
            checks.push(Check::expression(&what, all, lambda, 4));
            let what = words::given_likeliest(&format!("nu[{}, 1]", j + 1));
            let check = Check::element(types, 0, nu, 4);
            checks.push(Check { what, stan: None, ..check });
        }
        // The chains of the page: the same seed, the same draws.
        let mut draws = Draws::new(self.tree.variables(), NUM_CHAINS, NUM_DRAWS);
        for chain in 0..NUM_CHAINS {
            let Ok(mut sampler) = self.tree.sampler(seed, chain) else { return checks };
            for _ in 0..NUM_WARMUP + NUM_DRAWS {
                if !sampler.step().warmup {
                    draws.push(chain, sampler.draw());
                }
            }
        }
        let sampled = self.nodes("bayes", Some(&draws));
        for j in [0, last] {
            let name = format!("lambda[{}]", j + 1);
            checks.push(Check::sampled(&name, sampled[j].all.0, 2));
        }
        checks
    }
}
