//! The pictures and tables.

use mcmc::Draws;
use models::binding_tree::{TreeNodes, TreeScales};
use plots::{
    Axis, Figure, NodeCell, NodeColumn, NodeGrid, NodeRow, Ranking, RankingRow, Ridge, Ridges, Role, Table,
};
use stats::histogram::equal_width;
use stats::special::normal_cdf;

use super::{TreeRun, words};
use crate::draws_summary::DrawsSummary;
use crate::lab::{Body, Needs, Panel, Place, Span};
use crate::one_prior::ranking_row;
use crate::prose::panel;
use crate::{axis, number};

/// z with 90 % of a normal within ± z.
const Z_90: f64 = 1.644_853_626_951_472;
/// Bars of the histogram of an SD.
const NUM_BINS: usize = 40;
/// Draws of all chains below which an SD has no histogram.
const LEAST_DRAWS: usize = 200;
/// Most features that the picture shows.
const MAX_FEATURES: usize = 48;

impl TreeRun {
    fn needs(pooling: &str) -> Needs {
        if pooling == "bayes" { Needs::Draws } else { Needs::Nothing }
    }

    /// Rows of the forest: level and place of each node.
    fn rows(&self) -> Vec<(NodeRow, Node)> {
        let row = |label: &str, level: u32| NodeRow { label: label.to_owned(), level };
        let mut rows = vec![(row(words::nodes::ALL, 2), Node::All)];
        for (c, name) in self.tree.cell_types.iter().enumerate() {
            rows.push((row(name, 1), Node::CellType(c)));
            for (k, experiment) in self.tree.experiments.iter().enumerate() {
                if self.tree.coefficients.cell_type()[k] == c {
                    rows.push((row(experiment, 0), Node::Experiment(k)));
                }
            }
        }
        rows
    }

    /// The slide's picture.
    pub(super) fn forest(&self, pooling: &str, nodes: &[TreeNodes], is_shown: bool) -> Panel {
        let tree = &self.tree;
        let num_shown = tree.features.len().min(MAX_FEATURES);
        let (num_types, num_experiments) = (tree.cell_types.len(), tree.experiments.len());
        let truth = tree.truth.as_ref().filter(|_| is_shown).map(|truth| &truth.0);
        let places = self.rows();
        let cell = |j: usize, place: Node| {
            let (mean, var) = place.of(&nodes[j]);
            let sd = var.sqrt();
            let measured = match place {
                Node::Experiment(k) => {
                    let cell = j * num_experiments + k;
                    Some(tree.beta[cell]).filter(|_| tree.se[cell].is_finite())
                }
                _ => None,
            };
            let truth = truth.map(|truth| match place {
                Node::All => truth.all[j],
                Node::CellType(c) => truth.cell_types[j * num_types + c],
                Node::Experiment(k) => truth.experiments[j * num_experiments + k],
            });
            // Without pooling, nothing is known of an experiment that found no coefficient.
            let is_known = sd < 1e4;
            is_known.then(|| NodeCell {
                estimate: mean,
                interval: (mean - Z_90 * sd, mean + Z_90 * sd),
                certainty: if sd > 0.0 { 2.0 * normal_cdf(mean.abs() / sd) - 1.0 } else { 1.0 },
                measured,
                truth,
            })
        };
        let columns: Vec<NodeColumn> = (0..num_shown)
            .map(|j| NodeColumn {
                label: tree.features[j].clone(),
                cells: places.iter().map(|(_, place)| cell(j, *place)).collect(),
            })
            .collect();
        // By what was measured, so that the axis holds still from one pooling to the other.
        let measured = tree.beta.iter().zip(&tree.se).filter(|(_, se)| se.is_finite()).map(|(beta, _)| *beta);
        let truths = truth.into_iter().flat_map(|truth| truth.experiments.iter().copied());
        let (low, high) = axis::around_zero(measured.chain(truths), 0.25);
        let figure = NodeGrid {
            x: Axis::linear(low, high, ""),
            rows: places.into_iter().map(|(row, _)| row).collect(),
            columns,
        };
        let subtitle = words::forest::subtitle(pooling, tree.features.len() - num_shown);
        Panel {
            is_lead: true,
            needs: Self::needs(pooling),
            subtitle: vec![Span::plain(subtitle)],
            remark: self.scales_in_words(is_shown),
            ..panel("forest", words::forest::TITLE, Place::Main, Body::Figure(Figure::NodeGrid(figure)))
        }
    }

    /// Every node of every feature, which the picture may have no room for.
    pub(super) fn table(&self, pooling: &str, nodes: &[TreeNodes], is_shown: bool) -> Panel {
        let tree = &self.tree;
        let (num_types, num_experiments) = (tree.cell_types.len(), tree.experiments.len());
        let truth = tree.truth.as_ref().filter(|_| is_shown).map(|truth| &truth.0);
        let mut columns: Vec<String> = words::nodes::COLUMNS.map(str::to_owned).into();
        if truth.is_some() {
            columns.push(words::nodes::TRUTH.to_owned());
        }
        let number = |value: f64| if value.abs() < 1e4 { number::fixed(value, 3) } else { String::new() };
        let row = |j: usize, place: Node| {
            let (mean, var) = place.of(&nodes[j]);
            let cell = j * num_experiments + if let Node::Experiment(k) = place { k } else { 0 };
            let is_measured = matches!(place, Node::Experiment(_)) && tree.se[cell].is_finite();
            let measured = |column: &[f64]| if is_measured { number(column[cell]) } else { String::new() };
            // Without pooling, nothing is known of what found no coefficient.
            let is_known = var.sqrt() < 1e4;
            let known = |value: f64| if is_known { number(value) } else { String::new() };
            let (level, name, true_value) = match place {
                Node::All => (words::nodes::ALL, words::nodes::ALL, truth.map(|truth| truth.all[j])),
                Node::CellType(c) => (
                    words::nodes::CELL_TYPE,
                    tree.cell_types[c].as_str(),
                    truth.map(|truth| truth.cell_types[j * num_types + c]),
                ),
                Node::Experiment(k) => (
                    words::nodes::EXPERIMENT,
                    tree.experiments[k].as_str(),
                    truth.map(|truth| truth.experiments[cell]),
                ),
            };
            let mut cells = vec![tree.features[j].clone(), level.to_owned(), name.to_owned()];
            cells.extend([measured(&tree.beta), measured(&tree.se), known(mean), known(var.sqrt())]);
            cells.extend(true_value.map(number));
            cells
        };
        let places = self.rows();
        let rows = (0..tree.features.len())
            .flat_map(|j| places.iter().map(move |(_, place)| (j, *place)))
            .map(|(j, place)| row(j, place));
        let table = Table { columns, rows: rows.collect() };
        Panel {
            needs: Self::needs(pooling),
            subtitle: vec![Span::plain(words::nodes::SUBTITLE)],
            ..panel("nodes", words::nodes::TITLE, Place::Main, Body::Table(table))
        }
    }

    fn scales_in_words(&self, is_shown: bool) -> Vec<Span> {
        let Some((data, _)) = self.tree.truth.as_ref().filter(|_| is_shown) else { return Vec::new() };
        let num_types = self.tree.cell_types.len();
        let last = &self.tree.cell_types[num_types - 1];
        // The feature whose true effect in the last cell type differs most from all.
        let gap = |j: usize| (data.cell_types[j * num_types + num_types - 1] - data.all[j]).abs();
        let Some(j) = (0..data.all.len()).max_by(|a, b| gap(*a).total_cmp(&gap(*b))) else {
            return Vec::new();
        };
        let of_last = data.cell_types[j * num_types + num_types - 1];
        words::forest::strays(last, &self.tree.features[j], of_last, data.all[j])
    }

    /// Posteriors of the SDs beside those that make the data most likely.
    pub(super) fn scales(&self, pooling: &str, draws: Option<&Draws>, is_shown: bool) -> Panel {
        let flat = |scales: &TreeScales| -> Vec<f64> {
            let ends = (scales.all_sd, scales.experiment_sd);
            std::iter::once(ends.0).chain(scales.cell_type_sd.iter().copied()).chain([ends.1]).collect()
        };
        let likely = flat(&self.likely);
        let truth = self.tree.truth.as_ref().filter(|_| is_shown).map(|(_, scales)| flat(scales));
        let mut labels = vec![words::scales::ALL.to_owned()];
        labels.extend(self.tree.cell_types.iter().map(|name| words::scales::cell_type(name)));
        labels.push(words::scales::EXPERIMENTS.to_owned());
        let total =
            |draws: &Draws| (0..draws.num_chains()).map(|chain| draws.num_draws(chain)).sum::<usize>();
        let draws = draws.filter(|draws| {
            pooling == "bayes" && total(draws) >= LEAST_DRAWS && draws.num_variables() == likely.len()
        });
        let mut room = Vec::new();
        let summaries: Option<Vec<DrawsSummary>> =
            draws.map(|draws| (0..likely.len()).map(|k| DrawsSummary::of(draws, k, &mut room)).collect());
        let ends = summaries.iter().flatten().map(|summary| summary.outer.1);
        let (_, top) = axis::from_zero(
            ends.chain(likely.iter().copied()).chain(truth.iter().flatten().copied()).chain([0.1]),
        );
        let bins: Option<Vec<Vec<f64>>> = draws.map(|draws| {
            (0..likely.len())
                .map(|k| {
                    let values: Vec<f64> =
                        (0..draws.num_chains()).flat_map(|chain| draws.variable(chain, k).to_vec()).collect();
                    equal_width(&values, 0.0, top, NUM_BINS)
                        .map_or_else(|_| Vec::new(), |histogram| histogram.density())
                })
                .collect()
        });
        let tallest = bins.iter().flatten().flatten().copied().fold(f64::MIN_POSITIVE, f64::max);
        let rows = labels
            .into_iter()
            .enumerate()
            .map(|(k, label)| {
                let summary = summaries.as_ref().map(|summaries| summaries[k]);
                let at = (likely[k], likely[k]);
                Ridge {
                    label,
                    bin_start: 0.0,
                    bin_width: top / NUM_BINS as f64,
                    bins: bins
                        .as_ref()
                        .map_or_else(Vec::new, |bins| bins[k].iter().map(|bar| bar / tallest).collect()),
                    curve: Vec::new(),
                    truth: truth.as_ref().map(|truth| truth[k]),
                    inner: summary.map_or(at, |summary| summary.inner),
                    outer: summary.map_or(at, |summary| summary.outer),
                    median: summary.map_or(likely[k], |summary| summary.median),
                }
            })
            .collect();
        let subtitle = match pooling {
            "bayes" => words::scales::DRAWS,
            _ => words::scales::LIKELIEST_ONLY,
        };
        let mut remark = vec![Span::plain(words::scales::LIKELIEST)];
        remark.push(Span::of(
            Role::JamesStein,
            likely.iter().map(|sd| number::fixed(*sd, 2)).collect::<Vec<_>>().join(", "),
        ));
        let at_zero: Vec<&str> = self
            .tree
            .cell_types
            .iter()
            .zip(&self.likely.cell_type_sd)
            .filter(|(_, sd)| **sd < 0.005)
            .map(|(name, _)| name.as_str())
            .collect();
        remark.push(Span::plain(words::scales::at_zero(&at_zero)));
        let figure = Ridges { x: Axis::linear(0.0, top, ""), rows, drawn: Vec::new() };
        Panel {
            needs: Self::needs(pooling),
            subtitle: vec![Span::plain(subtitle)],
            remark,
            ..panel("scales", words::scales::TITLE, Place::Side, Body::Figure(Figure::Ridges(figure)))
        }
    }

    /// Who comes closest to the coefficients of the experiments.
    pub(super) fn errors(&self, draws: Option<&Draws>, pooling: &str, is_shown: bool) -> Panel {
        let title = words::errors::TITLE;
        let Some((data, _)) = self.tree.truth.as_ref().filter(|_| is_shown) else {
            return Panel {
                remark: vec![Span::plain(words::errors::NEEDS_TRUTH)],
                ..panel("errors", title, Place::Main, Body::Text)
            };
        };
        let num = self.tree.experiments.len();
        let error = |pooling: &str| {
            let nodes = self.nodes(pooling, draws);
            let squares = nodes.iter().enumerate().flat_map(|(j, nodes)| {
                nodes.experiments.iter().enumerate().filter_map(move |(k, (mean, _))| {
                    let cell = j * num + k;
                    // Where there is no estimate, none is compared.
                    self.tree.se[cell].is_finite().then(|| (mean - data.experiments[cell]).powi(2))
                })
            });
            squares.sum::<f64>()
        };
        let mut contenders = vec![
            (words::errors::NONE, Role::Mle, "none"),
            (words::errors::COMPLETE, Role::RegionMean, "complete"),
        ];
        contenders.push((words::errors::LIKELIEST, Role::JamesStein, "likely"));
        if pooling == "bayes" {
            contenders.push((words::errors::PARTIAL, Role::Bayes, "bayes"));
        }
        let rows: Vec<_> = contenders
            .into_iter()
            .map(|(label, role, pooling)| RankingRow {
                expected_text: String::new(),
                ..ranking_row(label, role, Some(error(pooling)), None)
            })
            .collect();
        let (min, max) = axis::from_zero(rows.iter().filter_map(|row| row.here));
        let figure = Ranking { x: Axis::linear(min, max, words::errors::AXIS), rows, note: String::new() };
        Panel {
            needs: Self::needs(pooling),
            subtitle: vec![Span::plain(words::errors::SUBTITLE)],
            ..panel("errors", title, Place::Main, Body::Figure(Figure::Ranking(figure)))
        }
    }
}

/// A node of the tree.
#[derive(Clone, Copy)]
enum Node {
    All,
    CellType(usize),
    Experiment(usize),
}

impl Node {
    /// Its mean and variance.
    fn of(self, nodes: &TreeNodes) -> (f64, f64) {
        match self {
            Self::All => nodes.all,
            Self::CellType(c) => nodes.cell_types[c],
            Self::Experiment(k) => nodes.experiments[k],
        }
    }
}
