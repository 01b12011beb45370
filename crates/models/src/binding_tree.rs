//! Coefficients of features in experiments, experiments in cell types, cell types in all: a Gaussian tree.
//!
//! ```text
//! β̂_jk ~ N(β_jk, s_jk²),  β_jk ~ N(ν_{j,c(k)}, σ_β²),  ν_jc ~ N(λ_j, σ_{ν,c}²),  λ_j ~ N(0, σ_λ²)
//! ```
//!
//! Feature j, experiment k, its cell type c(k); every cell type has an SD of its own, and all features share
//! the SDs. With the SDs known everything is normal, and one pass up the tree and one down give it all.
//!
//! # Source
//! Love et al. 2017, Nucleic Acids Res. 45:1805–1819, doi:10.1093/nar/gkw1163 (the graph of the model); the
//! normal summary of each experiment and the half-normal(1) priors of the SDs are ours.

use crate::log_density::LogDensity;

/// What is wrong with coefficients.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TreeError {
    /// There is nothing.
    #[error("there are no coefficients")]
    Empty,
    /// Slices do not go together.
    #[error("coefficients, standard errors and experiments differ in number")]
    LengthMismatch,
    /// A cell type has no experiment.
    #[error("cell type {cell_type} has no experiment")]
    NoExperiment {
        /// Its index.
        cell_type: usize,
    },
    /// A number that is not finite, or a standard error that is not positive.
    #[error("a coefficient is not finite, or its standard error not positive")]
    OutOfRange,
}

/// Estimated coefficients of J features in K experiments of C cell types.
#[derive(Clone, Debug, PartialEq)]
pub struct Coefficients {
    /// Cell type of each experiment, 0 to C − 1, length K.
    cell_type: Vec<usize>,
    num_cell_types: usize,
    /// (β̂, 1/s²), J × K with experiments running fastest; a precision of 0 where there is no estimate.
    cells: Vec<(f64, f64)>,
}

/// The SDs that all features share.
#[derive(Clone, Debug, PartialEq)]
pub struct TreeScales {
    /// σ_λ: of features about 0.
    pub all_sd: f64,
    /// σ_ν: of each cell type about all, length C.
    pub cell_type_sd: Vec<f64>,
    /// σ_β: of experiments about their cell type.
    pub experiment_sd: f64,
}

/// Mean and variance of every node of one feature.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TreeNodes {
    /// λ.
    pub all: (f64, f64),
    /// ν of each cell type, length C.
    pub cell_types: Vec<(f64, f64)>,
    /// β of each experiment, length K.
    pub experiments: Vec<(f64, f64)>,
}

/// Room for the sums of one feature.
#[derive(Clone, Debug)]
struct Scratch {
    types: Vec<TypeScratch>,
    /// Precision of each coefficient about its cell type.
    weights: Vec<f64>,
}

/// What one pass up the tree leaves for a cell type, and the pass down makes of it.
#[derive(Clone, Copy, Debug, Default)]
struct TypeScratch {
    mean: f64,
    /// Of the mean about ν.
    precision: f64,
    /// Of the mean about λ.
    through: f64,
    /// Of ν given all data.
    var: f64,
}

impl Scratch {
    fn of(coefficients: &Coefficients) -> Self {
        Self {
            types: vec![TypeScratch::default(); coefficients.num_cell_types],
            weights: vec![0.0; coefficients.cell_type.len()],
        }
    }
}

/// A mean and its precision.
#[derive(Clone, Copy, Debug, Default)]
struct Summary {
    mean: f64,
    precision: f64,
}

impl Summary {
    /// Takes in a value with this precision.
    fn add(&mut self, value: f64, precision: f64) {
        self.precision += precision;
        if precision > 0.0 {
            self.mean += (value - self.mean) * (precision / self.precision);
        }
    }
}

/// Precision of a value with sampling precision `precision` about a mean that it scatters about with `sd`.
fn through(precision: f64, sd: f64) -> f64 {
    precision / (1.0 + precision * sd * sd)
}

impl Coefficients {
    /// Coefficients `beta` with standard errors `se`, J × K with experiments running fastest.
    ///
    /// - `cell_type`: of each experiment, numbered from 0, length K.
    /// - `se`: > 0; ∞ where an experiment has no estimate.
    ///
    /// # Errors
    /// Any [`TreeError`].
    pub fn new(beta: &[f64], se: &[f64], cell_type: &[usize]) -> Result<Self, TreeError> {
        if beta.is_empty() || cell_type.is_empty() {
            return Err(TreeError::Empty);
        }
        if beta.len() != se.len() || !beta.len().is_multiple_of(cell_type.len()) {
            return Err(TreeError::LengthMismatch);
        }
        let num_cell_types = cell_type.iter().max().map_or(0, |last| last + 1);
        if let Some(cell_type) = (0..num_cell_types).find(|c| !cell_type.contains(c)) {
            return Err(TreeError::NoExperiment { cell_type });
        }
        let mut cells = Vec::with_capacity(beta.len());
        for (beta, se) in beta.iter().zip(se) {
            let precision = 1.0 / (se * se);
            let is_missing = *se == f64::INFINITY;
            if !(beta.is_finite() && *se > 0.0 && precision.is_finite() && (precision > 0.0 || is_missing)) {
                return Err(TreeError::OutOfRange);
            }
            cells.push((*beta, precision));
        }
        Ok(Self { cell_type: cell_type.to_vec(), num_cell_types, cells })
    }

    /// J.
    #[must_use]
    pub fn num_features(&self) -> usize {
        self.cells.len() / self.cell_type.len()
    }

    /// K.
    #[must_use]
    pub fn num_experiments(&self) -> usize {
        self.cell_type.len()
    }

    /// C.
    #[must_use]
    pub fn num_cell_types(&self) -> usize {
        self.num_cell_types
    }

    /// Cell type of each experiment, length K.
    #[must_use]
    pub fn cell_type(&self) -> &[usize] {
        &self.cell_type
    }

    /// Log density of all coefficients given the SDs, every node integrated out.
    #[must_use]
    pub fn log_marginal_likelihood(&self, scales: &TreeScales) -> f64 {
        let (mut scratch, mut grad) = (Scratch::of(self), vec![0.0; self.num_cell_types + 2]);
        (0..self.num_features()).map(|j| self.feature(j, scales, &mut scratch, &mut grad)).sum()
    }

    fn row(&self, feature: usize) -> &[(f64, f64)] {
        let num = self.cell_type.len();
        &self.cells[feature * num..(feature + 1) * num]
    }

    /// Log marginal likelihood of one feature. `grad` receives for each SD (all, then cell types, then experiments)
    /// what this feature adds to the derivative in its logarithm.
    fn feature(&self, feature: usize, scales: &TreeScales, scratch: &mut Scratch, grad: &mut [f64]) -> f64 {
        const LOG_2_PI: f64 = 1.837_877_066_409_345_5; // ln 2π
        let row = self.row(feature);
        let experiment_var = scales.experiment_sd * scales.experiment_sd;
        let all_var = scales.all_sd * scales.all_sd;
        let Scratch { types, weights } = scratch;
        types.fill(TypeScratch::default());
        // Up: values that scatter about a node become one value; what that leaves is their scatter about it.
        let mut log_density = 0.0;
        let mut product = 1.0;
        let mut count = 0.0;
        for ((&(beta, precision), c), weight) in row.iter().zip(&self.cell_type).zip(weights.iter_mut()) {
            // The one division for each coefficient.
            *weight = precision / (1.0 + precision * experiment_var);
            let of_type = &mut types[*c];
            of_type.precision += *weight;
            of_type.mean += *weight * beta;
            if precision > 0.0 {
                product *= *weight;
                count += 1.0;
                // Out of reach of over- and underflow.
                if !(1e-100..1e100).contains(&product) {
                    log_density += 0.5 * libm::log(product);
                    product = 1.0;
                }
            }
        }
        let mut all = Summary::default();
        for (of_type, sd) in types.iter_mut().zip(&scales.cell_type_sd) {
            if of_type.precision > 0.0 {
                of_type.mean /= of_type.precision;
                of_type.through = through(of_type.precision, *sd);
                all.add(of_type.mean, of_type.through);
                // N(m | ν, 1/P) is integrated to N(m | λ, 1/P + σ²): the ratio of their heights.
                product *= of_type.through / of_type.precision;
            }
        }
        let mut squares = 0.0;
        for ((&(beta, _), c), weight) in row.iter().zip(&self.cell_type).zip(weights.iter()) {
            let residual = beta - types[*c].mean;
            squares += weight * residual * residual;
        }
        for of_type in types.iter() {
            let residual = of_type.mean - all.mean;
            squares += of_type.through * residual * residual;
        }
        if all.precision > 0.0 {
            let precision = through(all.precision, scales.all_sd);
            product *= precision / all.precision;
            squares += precision * all.mean * all.mean;
        }
        log_density += 0.5 * (libm::log(product) - squares - count * LOG_2_PI);
        // Down: E[d²]/σ² − 1 for every edge, d the difference of its ends given the data.
        let all_through = through(all.precision, scales.all_sd);
        let kept = all_through * all_var;
        let (mean, var) = (kept * all.mean, all_var / (1.0 + all.precision * all_var));
        let (of_experiments, above) = grad.split_last_mut().expect("an SD for each level");
        above[0] += edge(all.mean, all_through, all_var, (0.0, 0.0));
        for ((of_type, sd), slope) in types.iter_mut().zip(&scales.cell_type_sd).zip(&mut above[1..]) {
            let type_var = sd * sd;
            *slope += edge(of_type.mean, of_type.through, type_var, (mean, var));
            let Summary { mean, precision: var } =
                node(Summary { mean: of_type.mean, precision: of_type.precision }, type_var, (mean, var));
            (of_type.mean, of_type.var) = (mean, var);
        }
        let mut slope = 0.0;
        for ((&(beta, _), c), weight) in row.iter().zip(&self.cell_type).zip(weights.iter()) {
            slope += edge(beta, *weight, experiment_var, (types[*c].mean, types[*c].var));
        }
        *of_experiments += slope;
        log_density
    }

    /// Means and variances of all nodes of feature `feature`, given the SDs.
    #[must_use]
    pub fn nodes(&self, feature: usize, scales: &TreeScales) -> TreeNodes {
        let row = self.row(feature);
        let mut of_type = vec![Summary::default(); self.num_cell_types];
        for (&(beta, precision), c) in row.iter().zip(&self.cell_type) {
            of_type[*c].add(beta, through(precision, scales.experiment_sd));
        }
        let mut all = Summary::default();
        for (summary, sd) in of_type.iter().zip(&scales.cell_type_sd) {
            all.add(summary.mean, through(summary.precision, *sd));
        }
        let pair = |summary: Summary| (summary.mean, summary.precision);
        let all = pair(node(all, scales.all_sd * scales.all_sd, (0.0, 0.0)));
        let cell_types: Vec<(f64, f64)> = of_type
            .iter()
            .zip(&scales.cell_type_sd)
            .map(|(summary, sd)| pair(node(*summary, sd * sd, all)))
            .collect();
        let experiment_var = scales.experiment_sd * scales.experiment_sd;
        let experiments = row
            .iter()
            .zip(&self.cell_type)
            .map(|(&(mean, precision), c)| {
                pair(node(Summary { mean, precision }, experiment_var, cell_types[*c]))
            })
            .collect();
        TreeNodes { all, cell_types, experiments }
    }

    /// Means and SDs of all nodes of feature `feature` over `scales`, each as likely as the others: the
    /// moments of their mixture, without the noise that drawn nodes would have.
    #[must_use]
    pub fn averaged_nodes<'a>(
        &self,
        feature: usize,
        scales: impl Iterator<Item = &'a TreeScales>,
    ) -> TreeNodes {
        let num = self.num_cell_types + self.num_experiments() + 1;
        let mut sums = vec![(0.0, 0.0); num];
        let mut count = 0.0;
        for scales in scales {
            let TreeNodes { all, cell_types, experiments } = self.nodes(feature, scales);
            let nodes = std::iter::once(all).chain(cell_types).chain(experiments);
            for (sum, (mean, var)) in sums.iter_mut().zip(nodes) {
                sum.0 += mean;
                sum.1 += var + mean * mean;
            }
            count += 1.0;
        }
        let moments = |sum: &(f64, f64)| {
            let mean = sum.0 / count;
            (mean, (sum.1 / count - mean * mean).max(0.0))
        };
        let (cell_types, experiments) = sums[1..].split_at(self.num_cell_types);
        TreeNodes {
            all: moments(&sums[0]),
            cell_types: cell_types.iter().map(moments).collect(),
            experiments: experiments.iter().map(moments).collect(),
        }
    }
}

/// σ²/(σ² + 1/P): the share of the way from its parent to its own value that a node goes.
fn kept(precision: f64, var: f64) -> f64 {
    precision * var / (1.0 + precision * var)
}

/// Mean and, in place of the precision, variance of a node with this summary and parent.
fn node(summary: Summary, var: f64, (parent_mean, parent_var): (f64, f64)) -> Summary {
    let left = 1.0 / (1.0 + summary.precision * var);
    Summary {
        mean: parent_mean + kept(summary.precision, var) * (summary.mean - parent_mean),
        precision: var * left + left * left * parent_var,
    }
}

/// E[d²]/σ² − 1 of an edge, the derivative of the log likelihood in ln σ (Fisher's identity).
///
/// - `through`: precision of the value about its parent.
fn edge(mean: f64, through: f64, var: f64, (parent_mean, parent_var): (f64, f64)) -> f64 {
    let squared = (mean - parent_mean) * (mean - parent_mean) + parent_var;
    var * through * (through * squared - 1.0)
}

/// The log posterior of the logarithms of the SDs, each with a half-normal prior.
///
/// The parameters, and the variables of a draw, are σ_λ, σ_ν of each cell type, σ_β.
#[derive(Clone, Debug)]
pub struct TreeDensity {
    coefficients: Coefficients,
    /// SD of the normal whose upper half is the prior of every SD.
    prior_sd: f64,
    work: std::cell::RefCell<(TreeScales, Scratch)>,
}

impl TreeDensity {
    /// The posterior of the SDs given `coefficients`.
    #[must_use]
    pub fn new(coefficients: Coefficients, prior_sd: f64) -> Self {
        let num = coefficients.num_cell_types();
        let scales = TreeScales { all_sd: 1.0, cell_type_sd: vec![1.0; num], experiment_sd: 1.0 };
        let work = std::cell::RefCell::new((scales, Scratch::of(&coefficients)));
        Self { coefficients, prior_sd, work }
    }

    /// The coefficients.
    #[must_use]
    pub fn coefficients(&self) -> &Coefficients {
        &self.coefficients
    }
}

impl TreeScales {
    /// The SDs from their values in the order of a draw.
    ///
    /// # Panics
    /// If there are fewer than three.
    #[must_use]
    pub fn of_draw(draw: &[f64]) -> Self {
        let (all_sd, experiment_sd) = (draw[0], draw[draw.len() - 1]);
        Self { all_sd, cell_type_sd: draw[1..draw.len() - 1].to_vec(), experiment_sd }
    }
}

impl LogDensity for TreeDensity {
    fn dim(&self) -> usize {
        self.coefficients.num_cell_types() + 2
    }

    fn log_density_and_grad(&self, position: &[f64], grad: &mut [f64]) -> f64 {
        let mut work = self.work.borrow_mut();
        let (scales, scratch) = &mut *work;
        let last = position.len() - 1;
        scales.all_sd = libm::exp(position[0]);
        scales.experiment_sd = libm::exp(position[last]);
        for (sd, log_sd) in scales.cell_type_sd.iter_mut().zip(&position[1..last]) {
            *sd = libm::exp(*log_sd);
        }
        grad.fill(0.0);
        let mut log_density = 0.0;
        for feature in 0..self.coefficients.num_features() {
            log_density += self.coefficients.feature(feature, scales, scratch, grad);
        }
        for (slope, log_sd) in grad.iter_mut().zip(position) {
            let z = libm::exp(*log_sd) / self.prior_sd;
            // The logarithm is that of the change of variable.
            log_density += log_sd - 0.5 * z * z;
            *slope += 1.0 - z * z;
        }
        log_density
    }

    fn constrain(&self, position: &[f64], out: &mut [f64]) {
        out.iter_mut().zip(position).for_each(|(sd, log_sd)| *sd = libm::exp(*log_sd));
    }
}

/// The SDs that maximize the marginal likelihood: type II maximum likelihood, which can end at 0.
///
/// Quasi-Newton (BFGS) on their logarithms, held above e⁻¹⁴; from there an SD is as good as 0.
#[must_use]
pub fn type_two_maximum(coefficients: &Coefficients) -> (TreeScales, f64) {
    const LEAST: f64 = -14.0;
    const MAX_STEPS: usize = 200;
    const TOLERANCE: f64 = 1e-9; // Of the slope in ln σ.
    let dim = coefficients.num_cell_types() + 2;
    let mut scratch = Scratch::of(coefficients);
    let mut value_at = |x: &[f64], grad: &mut [f64]| {
        let sds: Vec<f64> = x.iter().map(|x| libm::exp(*x)).collect();
        let scales = TreeScales::of_draw(&sds);
        grad.fill(0.0);
        let mut value = 0.0;
        for j in 0..coefficients.num_features() {
            value += coefficients.feature(j, &scales, &mut scratch, grad);
        }
        value
    };
    let mut x = vec![libm::log(0.3); dim];
    let mut grad = vec![0.0; dim];
    let mut value = value_at(&x, &mut grad);
    let identity = || (0..dim).map(|i| (0..dim).map(|k| f64::from(u8::from(i == k))).collect()).collect();
    let mut inverse: Vec<Vec<f64>> = identity();
    let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    for _ in 0..MAX_STEPS {
        if grad.iter().all(|slope| slope.abs() < TOLERANCE) {
            break;
        }
        let mut direction: Vec<f64> = inverse.iter().map(|row| dot(row, &grad)).collect();
        if dot(&direction, &grad) <= 0.0 {
            inverse = identity();
            direction.clone_from(&grad);
        }
        let longest = direction.iter().map(|d| d.abs()).fold(0.0, f64::max);
        let mut step = (2.0 / longest).min(1.0);
        let mut found = None;
        for _ in 0..40 {
            let next: Vec<f64> = x.iter().zip(&direction).map(|(x, d)| (x + step * d).max(LEAST)).collect();
            let mut next_grad = vec![0.0; dim];
            let next_value = value_at(&next, &mut next_grad);
            if next_value > value {
                found = Some((next, next_grad, next_value));
                break;
            }
            step *= 0.3;
        }
        let Some((next, next_grad, next_value)) = found else { break };
        let s: Vec<f64> = next.iter().zip(&x).map(|(a, b)| a - b).collect();
        // Of the negative value, which is minimized.
        let y: Vec<f64> = grad.iter().zip(&next_grad).map(|(a, b)| a - b).collect();
        let sy = dot(&s, &y);
        if sy > 1e-14 {
            let hy: Vec<f64> = inverse.iter().map(|row| dot(row, &y)).collect();
            let factor = (1.0 + dot(&y, &hy) / sy) / sy;
            for i in 0..dim {
                for k in 0..dim {
                    inverse[i][k] += factor * s[i] * s[k] - (hy[i] * s[k] + s[i] * hy[k]) / sy;
                }
            }
        } else {
            inverse = identity();
        }
        (x, grad, value) = (next, next_grad, next_value);
    }
    let sds: Vec<f64> = x.iter().map(|x| libm::exp(*x)).collect();
    (TreeScales::of_draw(&sds), value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn coefficients() -> Coefficients {
        let beta = [0.5, 0.3, -0.2, 0.9, -1.0, -0.7, 0.1, 0.0];
        let se = [0.1, 0.2, 0.1, 0.3, 0.2, 0.1, f64::INFINITY, 0.1];
        Coefficients::new(&beta, &se, &[0, 0, 1, 2]).unwrap()
    }

    #[test]
    fn gradient_is_that_of_central_differences() {
        let density = TreeDensity::new(coefficients(), 1.0);
        for position in [[0.0, -0.5, -1.0, 0.3, -2.0], [-3.0, 1.0, -6.0, -1.0, -0.2]] {
            let mut grad = [0.0; 5];
            density.log_density_and_grad(&position, &mut grad);
            for k in 0..5 {
                let at = |step: f64| {
                    let mut moved = position;
                    moved[k] += step;
                    density.log_density_and_grad(&moved, &mut [0.0; 5])
                };
                let slope = (at(1e-5) - at(-1e-5)) / 2e-5;
                assert!((grad[k] - slope).abs() < 1e-7 * (1.0 + slope.abs()), "{k}: {} {slope}", grad[k]);
            }
        }
    }

    #[test]
    fn a_missing_coefficient_says_nothing() {
        let scales = TreeScales { all_sd: 0.5, cell_type_sd: vec![0.2, 0.3, 0.4], experiment_sd: 0.1 };
        let nodes = coefficients().nodes(1, &scales);
        let (type_mean, type_var) = nodes.cell_types[1];
        let (mean, var) = nodes.experiments[2];
        assert!((mean - type_mean).abs() < 1e-15 && (var - type_var - 0.01).abs() < 1e-15);
        // No data in the cell type either: it is where all are, less surely.
        assert!((type_mean - nodes.all.0).abs() < 1e-15 && (type_var - nodes.all.1 - 0.09).abs() < 1e-15);
    }

    #[test]
    fn ends_of_the_scales_are_no_and_complete_pooling() {
        let of = |sd: f64| TreeScales { all_sd: 1e6, cell_type_sd: vec![sd; 3], experiment_sd: sd };
        let free = coefficients().nodes(0, &of(1e5));
        // The parent still has 1e-13 of the weight, and a variance of 1e12.
        assert!((free.experiments[3].0 - 0.9).abs() < 1e-9 && (free.experiments[3].1 - 0.09).abs() < 1e-9);
        let pooled = coefficients().nodes(0, &of(0.0));
        let precisions = [100.0, 25.0, 100.0, 1.0 / 0.09];
        let mean = (50.0 + 7.5 - 20.0 + 10.0) / precisions.iter().sum::<f64>();
        for (found, _) in pooled.experiments.iter().chain(&pooled.cell_types) {
            assert!((found - mean).abs() < 1e-9);
        }
    }

    #[test]
    fn what_cannot_be_a_tree_is_refused() {
        let new = |beta: &[f64], se: &[f64], types: &[usize]| Coefficients::new(beta, se, types).unwrap_err();
        assert_eq!(new(&[], &[], &[0]), TreeError::Empty);
        assert_eq!(new(&[1.0], &[1.0, 1.0], &[0]), TreeError::LengthMismatch);
        assert_eq!(new(&[1.0, 1.0], &[1.0, 1.0], &[0, 2]), TreeError::NoExperiment { cell_type: 1 });
        assert_eq!(new(&[1.0], &[0.0], &[0]), TreeError::OutOfRange);
        assert_eq!(new(&[f64::NAN], &[1.0], &[0]), TreeError::OutOfRange);
    }
}
