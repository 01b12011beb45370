//! TF binding across cell types: experiments in cell types in all, the lecture's schools in regions in genomics.
//!
//! In two stages: each experiment is summed up by a regression, β̂ with standard errors, and these are pooled
//! in a tree of normals whose SDs all features share.

mod controls;
mod figures;
mod programs;
mod tree;
mod words;

use mcmc::{Draws, Sampler};
use models::binding_tree::{TreeError, TreeNodes, TreeScales, type_two_maximum};
use plots::Role;

use self::controls::CONTROLS;
pub(crate) use self::tree::{NUM_DRAWS, NUM_WARMUP, Tree};
use crate::control::{Control, Notice, Values};
use crate::lab::{Compute, Extras, Lab, LabName, Legend, Meta, Pace, Panel, Preset, Run, Sampling, Settings};
use crate::prose;

/// The lab.
#[derive(Debug)]
pub(crate) struct TfBinding;

/// Draws that the nodes are averaged over while one watches, evenly spaced in the chains.
const NUM_AVERAGED: usize = 400;

pub(crate) const NAME: LabName =
    LabName { slug: "tf-binding", title: words::TITLE, summary: words::SUMMARY, is_in_menu: true };

static META: Meta = Meta {
    name: NAME,
    formulas: &[
        r"\hat\beta_{jk} \sim \mathrm{N}(\beta_{jk}, s_{jk}^2)",
        r"\beta_{jk} \sim \mathrm{N}(\nu_{j,c(k)}, \sigma_\beta^2)",
        r"\nu_{jc} \sim \mathrm{N}(\lambda_j, \sigma_{\nu,c}^2)",
        r"\lambda_j \sim \mathrm{N}(0, \sigma_\lambda^2)",
    ],
    legend: &[
        Legend { role: Role::Mle, label: words::legend::ONE_EXPERIMENT },
        Legend { role: Role::Bayes, label: words::legend::PARTIAL },
        Legend { role: Role::JamesStein, label: words::legend::LIKELIEST },
        Legend { role: Role::RegionMean, label: words::legend::COMPLETE },
        Legend { role: Role::Truth, label: words::legend::TRUTH },
    ],
    sources: words::SOURCES,
    presets: &[
        Preset { label: words::preset::THREE_TYPES, link: "#/tf-binding" },
        Preset { label: words::preset::NO_POOLING, link: "#/tf-binding?pooling=none" },
        Preset { label: words::preset::AT_ZERO, link: "#/tf-binding?pooling=likely&sd_type=0.05" },
        Preset { label: words::preset::MANY_SITES, link: "#/tf-binding?sites=400" },
        Preset { label: words::preset::TWENTY, link: "#/tf-binding?features=12&types=5&reps=4" },
        Preset { label: words::preset::OWN, link: "#/tf-binding?set=own" },
    ],
};

impl Settings for TfBinding {
    fn controls(&self) -> &'static [Control] {
        &CONTROLS
    }
}

impl Lab for TfBinding {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn heading(&self, values: &Values) -> (String, String) {
        let lead = words::heading::LEAD;
        let heading = if controls::is_simulated(values) {
            words::heading::simulated(values.whole("types"), values.whole("features"))
        } else {
            words::heading::OWN.to_owned()
        };
        (heading, lead.to_owned())
    }

    fn notices(&self, _: &Values) -> Vec<Notice> {
        Vec::new()
    }
}

impl Compute for TfBinding {
    fn start(&self, values: &Values) -> Box<dyn Run> {
        match TreeRun::of(values) {
            Ok(run) => Box::new(run),
            Err(error) => Box::new(NoData { problem: error.to_string() }),
        }
    }

    fn sampling(&self, values: &Values) -> Option<Sampling> {
        if values.choice("pooling") != "bayes" {
            return None;
        }
        // A chain that finds no place to start would never end.
        Tree::of(values).ok()?.sampler(0, 0).ok()?;
        Some(Sampling {
            num_warmup: NUM_WARMUP,
            num_draws: NUM_DRAWS,
            pace: Pace::Fast,
            traced: 0,
            has_table: false,
            name: words::sampler::NAME,
            cure: words::sampler::CURE,
        })
    }

    fn variables(&self, values: &Values) -> Vec<String> {
        match self.sampling(values) {
            Some(_) => Tree::of(values).map_or_else(|_| Vec::new(), |tree| tree.variables()),
            None => Vec::new(),
        }
    }

    fn sampler(&self, values: &Values, chain: usize) -> Option<Box<dyn Sampler>> {
        if values.choice("pooling") != "bayes" {
            return None;
        }
        Tree::of(values).ok()?.sampler(values.whole("seed") as u64, chain).ok()
    }
}

struct TreeRun {
    tree: Tree,
    /// The SDs that make the coefficients most likely.
    likely: TreeScales,
}

impl TreeRun {
    fn of(values: &Values) -> Result<Self, TreeError> {
        let tree = Tree::of(values)?;
        let (likely, _) = type_two_maximum(&tree.coefficients);
        Ok(Self { tree, likely })
    }
}

/// Up to `max` draws of the SDs, evenly spaced in their chains.
fn scales_of(draws: &Draws, max: usize) -> Vec<TreeScales> {
    let total: usize = (0..draws.num_chains()).map(|chain| draws.num_draws(chain)).sum();
    let step = total.div_ceil(max).max(1);
    let mut scales = Vec::new();
    for chain in 0..draws.num_chains() {
        for s in (0..draws.num_draws(chain)).step_by(step) {
            let draw: Vec<f64> = (0..draws.num_variables()).map(|k| draws.variable(chain, k)[s]).collect();
            scales.push(TreeScales::of_draw(&draw));
        }
    }
    scales
}

impl TreeRun {
    /// Nodes of every feature, J long, by this way of pooling.
    fn nodes(&self, pooling: &str, draws: Option<&Draws>) -> Vec<TreeNodes> {
        let coefficients = &self.tree.coefficients;
        let features = 0..coefficients.num_features();
        if pooling == "none" {
            return features.map(|j| self.unpooled(j)).collect();
        }
        let sampled = draws.map(|draws| scales_of(draws, NUM_AVERAGED)).filter(|scales| !scales.is_empty());
        let scales = match pooling {
            "complete" => {
                // As good as infinite beside any coefficient.
                let (all_sd, cell_type_sd) = (1e5, vec![0.0; coefficients.num_cell_types()]);
                vec![TreeScales { all_sd, cell_type_sd, experiment_sd: 0.0 }]
            }
            "bayes" => sampled.unwrap_or_else(|| vec![self.likely.clone()]),
            _ => vec![self.likely.clone()],
        };
        match &scales[..] {
            [only] => features.map(|j| coefficients.nodes(j, only)).collect(),
            all => features.map(|j| coefficients.averaged_nodes(j, all.iter())).collect(),
        }
    }
}

impl TreeRun {
    /// Every experiment of feature `j` as measured; a cell type is the plain mean of its experiments, all that
    /// of the cell types. The variance is infinite where nothing was measured.
    fn unpooled(&self, j: usize) -> TreeNodes {
        let num = self.tree.experiments.len();
        let row = j * num..(j + 1) * num;
        let measured = self.tree.beta[row.clone()].iter().zip(&self.tree.se[row]);
        let experiments: Vec<(f64, f64)> = measured.map(|(beta, se)| (*beta, se * se)).collect();
        let mean = |nodes: &mut dyn Iterator<Item = (f64, f64)>| {
            let (mut count, mut sum, mut var) = (0.0, 0.0, 0.0);
            for node in nodes.filter(|node| node.1.is_finite()) {
                (count, sum, var) = (count + 1.0, sum + node.0, var + node.1);
            }
            if count > 0.0 { (sum / count, var / (count * count)) } else { (0.0, f64::INFINITY) }
        };
        let of_type = self.tree.coefficients.cell_type();
        let cell_types: Vec<(f64, f64)> = (0..self.tree.cell_types.len())
            .map(|c| {
                mean(&mut experiments.iter().zip(of_type).filter(|(_, of)| **of == c).map(|(node, _)| *node))
            })
            .collect();
        TreeNodes { all: mean(&mut cell_types.iter().copied()), cell_types, experiments }
    }
}

impl Run for TreeRun {
    fn panels(&self, values: &Values, extras: &Extras) -> Vec<Panel> {
        let pooling = values.choice("pooling");
        let is_shown = self.tree.truth.is_some() && values.choice(words::legend::TRUTH) == "shown";
        let nodes = self.nodes(pooling, extras.draws);
        let mut panels =
            vec![self.forest(pooling, &nodes, is_shown), self.scales(pooling, extras.draws, is_shown)];
        panels.push(self.errors(extras.draws, pooling, is_shown));
        if pooling == "bayes" {
            panels.push(prose::sampler_card());
        }
        panels.push(self.table(pooling, &nodes, is_shown));
        panels.extend(text());
        panels
    }
}

/// Nothing to analyze yet.
struct NoData {
    /// Why what was given cannot be analyzed.
    problem: String,
}

impl Run for NoData {
    fn notices(&self, values: &Values) -> Vec<Notice> {
        prose::problem(Some(&self.problem), values)
    }

    fn panels(&self, values: &Values, _: &Extras) -> Vec<Panel> {
        let mut panels = vec![prose::invitation(words::INVITATION, values.table("own").len(), 1)];
        panels.extend(text());
        panels
    }
}

fn text() -> [Panel; 3] {
    [prose::four_lines(words::MODEL), prose::questions(words::QUESTIONS), prose::left_out(words::LEFT_OUT)]
}

#[cfg(test)]
mod tests {
    use mcmc::Draws;

    use super::*;
    use crate::link;

    fn run(link: &str) -> TreeRun {
        let parsed = link::parse(link);
        assert_eq!(parsed.notices, []);
        let tree = Tree::of(&parsed.scenario.values()).unwrap();
        let (likely, _) = type_two_maximum(&tree.coefficients);
        TreeRun { tree, likely }
    }

    fn draws(link: &str) -> Draws {
        let scenario = link::parse(link).scenario;
        let mut draws = Draws::new(scenario.open().variables(), 1, NUM_DRAWS);
        let mut sampler = scenario.open().sampler(0).unwrap();
        for _ in 0..NUM_WARMUP + NUM_DRAWS {
            if !sampler.step().warmup {
                draws.push(0, sampler.draw());
            }
        }
        draws
    }

    #[test]
    fn the_ends_of_pooling_are_the_data_and_their_mean() {
        let run = run("#/tf-binding");
        let (num, none) = (run.tree.experiments.len(), run.nodes("none", None));
        let complete = run.nodes("complete", None);
        for (j, (none, complete)) in none.iter().zip(&complete).enumerate() {
            let row = j * num..(j + 1) * num;
            let weights: Vec<f64> = run.tree.se[row.clone()].iter().map(|se| 1.0 / (se * se)).collect();
            let sum: f64 =
                run.tree.beta[row.clone()].iter().zip(&weights).map(|(beta, weight)| beta * weight).sum();
            let mean = sum / weights.iter().sum::<f64>();
            for k in 0..num {
                assert!((none.experiments[k].0 - run.tree.beta[row.start + k]).abs() < 1e-6);
                assert!((complete.experiments[k].0 - mean).abs() < 1e-6);
            }
            // Two experiments of the second cell type: their plain mean.
            let (first, second) = (run.tree.beta[row.start + 1], run.tree.beta[row.start + 2]);
            assert!((none.cell_types[1].0 - 0.5 * (first + second)).abs() < 1e-6);
        }
    }

    #[test]
    fn partial_pooling_comes_closer_than_either_end_on_average() {
        let mut sums = [0.0; 3];
        for seed in 0..6 {
            let link = format!("#/tf-binding?seed={seed}");
            let (run, draws) = (run(&link), draws(&link));
            let (data, _) = run.tree.truth.as_ref().unwrap();
            let num = run.tree.experiments.len();
            for (sum, pooling) in sums.iter_mut().zip(["none", "bayes", "complete"]) {
                for (j, nodes) in run.nodes(pooling, Some(&draws)).iter().enumerate() {
                    let truth = &data.experiments[j * num..(j + 1) * num];
                    *sum += nodes
                        .experiments
                        .iter()
                        .zip(truth)
                        .map(|((mean, _), truth)| (mean - truth).powi(2))
                        .sum::<f64>();
                }
            }
        }
        assert!(sums[1] < 0.9 * sums[0] && sums[1] < 0.5 * sums[2], "{sums:?}");
    }

    #[test]
    fn own_coefficients_are_gathered_by_cell_type() {
        let own = "own=feature,experiment,celltype,beta_hat,se;x,1,A,0.5,0.1;x,2,B,-1,0.2;x,3,A,0.4,0.1;y,3,A,2,0.5";
        let run = run(&format!("#/tf-binding?set=own&{own}"));
        assert_eq!(
            (run.tree.features.join(""), run.tree.cell_types.join("")),
            ("xy".to_owned(), "AB".to_owned())
        );
        assert_eq!(
            (run.tree.experiments.join(""), run.tree.coefficients.cell_type()),
            ("132".to_owned(), &[0, 0, 1][..])
        );
        assert_eq!(run.tree.beta[..3], [0.5, 0.4, -1.0]);
        assert_eq!(run.tree.se[3..], [f64::INFINITY, 0.5, f64::INFINITY]);
    }
}
