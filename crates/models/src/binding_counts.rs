//! Counts at sites in several experiments, and the regression that sums up each experiment.
//!
//! ```text
//! K_ik ~ NB(mean μ_ik, size 2),  log μ_ik = β_0k + Σ_j x_ij β_jk
//! ```
//!
//! Features x_ij are standard normal, of the cell type of the experiment; the β are a tree
//! ([`crate::binding_tree`]). The law of the counts is ours.

use stats::variates::{poisson, standard_gamma};
use stats::{standard_normal, stream};

use crate::binding_tree::TreeScales;

/// Size of the negative binomial, known to the regression: variance μ + μ²/2.
const SIZE: f64 = 2.0;
/// Mean of the intercepts, and their SD.
const INTERCEPT: (f64, f64) = (1.2, 0.3);
/// Most cell types and experiments, for which each feature has random numbers.
const MOST: (usize, usize) = (5, 20);
/// A mean count beyond this is cut: no site is bound so strongly.
const MOST_COUNTS: f64 = 5000.0;

/// What coefficients are drawn from, and what is counted.
#[derive(Clone, Debug, PartialEq)]
pub struct BindingPopulation {
    /// J.
    pub num_features: usize,
    /// Experiments of each cell type: at most 5 cell types and 20 experiments.
    pub experiments: Vec<usize>,
    /// Sites in each experiment.
    pub num_sites: usize,
    /// SDs of the tree.
    pub scales: TreeScales,
}

/// Simulated coefficients, true and estimated.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BindingData {
    /// λ, length J.
    pub all: Vec<f64>,
    /// ν, J × C.
    pub cell_types: Vec<f64>,
    /// β, J × K.
    pub experiments: Vec<f64>,
    /// β̂, J × K.
    pub beta: Vec<f64>,
    /// Their standard errors, J × K; ∞ where the regression found none.
    pub se: Vec<f64>,
}

impl BindingPopulation {
    /// Cell type of each experiment.
    #[must_use]
    pub fn cell_type(&self) -> Vec<usize> {
        let of_type = self.experiments.iter().enumerate();
        of_type.flat_map(|(c, count)| std::iter::repeat_n(c, *count)).collect()
    }

    /// The coefficients of `seed`, estimated from counts.
    #[must_use]
    pub fn simulate(&self, seed: u64) -> BindingData {
        let cell_type = self.cell_type();
        let (num_types, num_experiments) = (self.experiments.len(), cell_type.len());
        let mut data = BindingData::default();
        for j in 0..self.num_features {
            let mut rng = stream(seed, "binding-tree", j as u64);
            let all = self.scales.all_sd * standard_normal(&mut rng);
            let of_types: Vec<f64> = (0..MOST.0).map(|_| standard_normal(&mut rng)).collect();
            let of_experiments: Vec<f64> = (0..MOST.1).map(|_| standard_normal(&mut rng)).collect();
            data.all.push(all);
            let nu: Vec<f64> =
                (0..num_types).map(|c| all + self.scales.cell_type_sd[c] * of_types[c]).collect();
            let experiments = cell_type.iter().zip(&of_experiments);
            data.experiments.extend(experiments.map(|(c, z)| nu[*c] + self.scales.experiment_sd * z));
            data.cell_types.extend(nu);
        }
        data.beta = vec![0.0; self.num_features * num_experiments];
        data.se = vec![f64::INFINITY; self.num_features * num_experiments];
        let num_columns = self.num_features + 1;
        for (k, c) in cell_type.iter().enumerate() {
            let mut features = stream(seed, "binding-features", *c as u64);
            let mut rng = stream(seed, "binding-counts", k as u64);
            let intercept = INTERCEPT.0 + INTERCEPT.1 * standard_normal(&mut rng);
            let mut x = vec![1.0; self.num_sites * num_columns];
            let mut counts = Vec::with_capacity(self.num_sites);
            for site in x.chunks_exact_mut(num_columns) {
                site[1..].fill_with(|| standard_normal(&mut features));
                let slopes = (0..self.num_features).map(|j| data.experiments[j * num_experiments + k]);
                let log_mean: f64 =
                    intercept + site[1..].iter().zip(slopes).map(|(x, beta)| x * beta).sum::<f64>();
                let mean = libm::exp(log_mean).min(MOST_COUNTS);
                let rate = mean * standard_gamma(&mut rng, SIZE) / SIZE;
                counts.push(poisson(&mut rng, rate));
            }
            if let Some((beta, se)) = regression(&x, &counts, SIZE) {
                for j in 0..self.num_features {
                    data.beta[j * num_experiments + k] = beta[j + 1];
                    data.se[j * num_experiments + k] = se[j + 1];
                }
            }
        }
        data
    }
}

/// Coefficients of a negative binomial regression with log link and known `size`, and their standard errors by
/// the expected information;
/// `None` if the search does not settle, as where the counts are all 0.
///
/// - `x`: n × p, columns running fastest, the first one 1; `counts`: length n.
#[must_use]
pub fn regression(x: &[f64], counts: &[f64], size: f64) -> Option<(Vec<f64>, Vec<f64>)> {
    const MAX_STEPS: usize = 60;
    const TOLERANCE: f64 = 1e-9; // Of a step, in the units of the coefficients.
    const LONGEST: f64 = 1.0; // Step of any coefficient: far starts do not overshoot.
    let num_columns = x.len() / counts.len().max(1);
    if num_columns == 0 || counts.len() < num_columns {
        return None;
    }
    let mean = counts.iter().sum::<f64>() / counts.len() as f64;
    let mut beta = vec![0.0; num_columns];
    beta[0] = libm::log(mean + 0.1);
    // Newton's method: the log likelihood is concave in the coefficients.
    let observed = |mu: f64, y: f64, relative: f64| mu * (1.0 + y / size) / (relative * relative);
    let expected = |mu: f64, _: f64, relative: f64| mu / relative;
    for _ in 0..MAX_STEPS {
        let (score, information) = derivatives(x, counts, size, &beta, observed);
        let step = solve(&cholesky(information, num_columns)?, num_columns, score);
        let longest = step.iter().map(|step| step.abs()).fold(0.0, f64::max);
        if !longest.is_finite() {
            return None;
        }
        let share = (LONGEST / longest).min(1.0);
        beta.iter_mut().zip(&step).for_each(|(beta, step)| *beta += share * step);
        if longest < TOLERANCE {
            let (_, information) = derivatives(x, counts, size, &beta, expected);
            let factor = cholesky(information, num_columns)?;
            let se = (0..num_columns).map(|k| {
                let mut unit = vec![0.0; num_columns];
                unit[k] = 1.0;
                solve(&factor, num_columns, unit)[k].sqrt()
            });
            return Some((beta, se.collect()));
        }
    }
    None
}

/// Derivative of the log likelihood at `beta`, and the lower half of the information there.
///
/// - `weight`: of one count in the information, of its mean μ, the count, and 1 + μ/size.
fn derivatives(
    x: &[f64],
    counts: &[f64],
    size: f64,
    beta: &[f64],
    weight: impl Fn(f64, f64, f64) -> f64,
) -> (Vec<f64>, Vec<f64>) {
    let num_columns = beta.len();
    let (mut score, mut information) = (vec![0.0; num_columns], vec![0.0; num_columns * num_columns]);
    for (row, y) in x.chunks_exact(num_columns).zip(counts) {
        let mu = libm::exp(row.iter().zip(beta).map(|(x, beta)| x * beta).sum::<f64>());
        let relative = 1.0 + mu / size;
        let (weight, residual) = (weight(mu, *y, relative), (y - mu) / relative);
        for ((x, score), line) in row.iter().zip(&mut score).zip(information.chunks_exact_mut(num_columns)) {
            *score += x * residual;
            let weighted = weight * x;
            line.iter_mut().zip(row).for_each(|(sum, other)| *sum += weighted * other);
        }
    }
    (score, information)
}

/// Lower factor of a symmetric matrix given by its lower half; `None` if it is not positive definite.
fn cholesky(mut matrix: Vec<f64>, n: usize) -> Option<Vec<f64>> {
    for i in 0..n {
        for k in 0..=i {
            let inner: f64 = (0..k).map(|m| matrix[i * n + m] * matrix[k * n + m]).sum();
            let rest = matrix[i * n + k] - inner;
            if i == k {
                if rest.is_nan() || rest <= 1e-10 * matrix[i * n + i] {
                    return None;
                }
                matrix[i * n + i] = rest.sqrt();
            } else {
                matrix[i * n + k] = rest / matrix[k * n + k];
            }
        }
    }
    Some(matrix)
}

/// The x with L Lᵀ x = `b`.
fn solve(factor: &[f64], n: usize, mut b: Vec<f64>) -> Vec<f64> {
    for i in 0..n {
        let inner: f64 = (0..i).map(|k| factor[i * n + k] * b[k]).sum();
        b[i] = (b[i] - inner) / factor[i * n + i];
    }
    for i in (0..n).rev() {
        let inner: f64 = (i + 1..n).map(|k| factor[k * n + i] * b[k]).sum();
        b[i] = (b[i] - inner) / factor[i * n + i];
    }
    b
}

#[cfg(test)]
mod tests {
    use super::*;

    fn population(num_sites: usize) -> BindingPopulation {
        BindingPopulation {
            num_features: 12,
            experiments: vec![4, 4, 4, 4],
            num_sites,
            scales: TreeScales { all_sd: 0.4, cell_type_sd: vec![0.2; 4], experiment_sd: 0.1 },
        }
    }

    /// 192 standardized errors: a mean square of 1 within five standard errors √(2/192) and a little for the
    /// normal approximation.
    #[test]
    fn estimates_err_as_their_standard_errors_say() {
        let data = population(600).simulate(5);
        let errors = data.beta.iter().zip(&data.experiments).zip(&data.se);
        let squares: Vec<f64> = errors.map(|((beta, truth), se)| ((beta - truth) / se).powi(2)).collect();
        let mean = squares.iter().sum::<f64>() / squares.len() as f64;
        assert!(squares.len() == 192 && (mean - 1.0).abs() < 0.6, "{mean}");
        let mean_se = data.se.iter().sum::<f64>() / 192.0;
        assert!((0.02..0.06).contains(&mean_se), "{mean_se}");
    }

    /// Without features the coefficient is the log mean, with variance 1/(n μ) + 1/(n size).
    #[test]
    fn a_regression_on_nothing_is_the_log_mean() {
        let counts = [3.0, 0.0, 5.0, 1.0, 1.0];
        let (beta, se) = regression(&[1.0; 5], &counts, 2.0).unwrap();
        assert!((beta[0] - libm::log(2.0)).abs() < 1e-12);
        assert!((se[0] - (0.1_f64 + 0.1).sqrt()).abs() < 1e-12);
        assert!(regression(&[1.0; 3], &[0.0; 3], 2.0).is_none_or(|(beta, _)| beta[0] < -10.0));
        assert_eq!(regression(&[1.0, 2.0], &[1.0], 2.0), None);
    }

    #[test]
    fn a_feature_stays_what_it_is_among_more_of_them() {
        let few = BindingPopulation { num_features: 3, experiments: vec![1, 2], ..population(40) };
        let (few, many) = (few.simulate(7), population(40).simulate(7));
        assert_eq!(few.all, many.all[..3]);
    }
}
