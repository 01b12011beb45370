//! The joint density of a [`Hierarchy`], centered or not, for gradient-based samplers.

use serde::{Deserialize, Serialize};

use crate::{Hierarchy, LogDensity, RegionError, Scale, ScalePrior};

/// Which coordinates stand for theta and mu.
///
/// Centered suits precise data, non-centered vague data (Betancourt & Girolami 2015,
/// "Hamiltonian Monte Carlo for hierarchical models").
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Parameterization {
    /// theta and mu themselves.
    Centered,
    /// t and z with theta_k = sigma_theta t_k, mu_i = theta_k + sigma_mu z_i.
    NonCentered,
}

/// log p(y, parameters) in unconstrained coordinates, every constant and Jacobian included.
///
/// A position holds theta or t (K), mu or z (n), log sigma_mu if learned, log sigma_theta
/// if learned; [`constrain`](LogDensity::constrain) gives theta, mu and the SDs.
#[derive(Clone, Debug, PartialEq)]
pub struct HierarchyDensity {
    parameterization: Parameterization,
    sizes: Vec<usize>,
    y: Vec<f64>,
    /// 1/V_i, length n.
    noise_prec: Vec<f64>,
    school_sd: ScaleTerm,
    region_sd: ScaleTerm,
    log_constant: f64,
}

/// How a scale enters the density.
#[derive(Clone, Copy, Debug, PartialEq)]
enum ScaleTerm {
    /// The SD.
    Known(f64),
    /// The prior; the log SD is a coordinate.
    Learned(ScalePrior),
}

impl HierarchyDensity {
    /// The density of this model in these coordinates.
    ///
    /// # Errors
    /// [`RegionError::SdOutOfRange`] if a known SD is 0 and the parameterization centered:
    /// there is no density then.
    pub fn new(hierarchy: &Hierarchy, parameterization: Parameterization) -> Result<Self, RegionError> {
        let (num_regions, num_schools) = (hierarchy.num_regions() as f64, hierarchy.num_schools() as f64);
        let mut log_constant = -0.5 * (num_regions + 2.0 * num_schools) * libm::log(std::f64::consts::TAU)
            - 0.5 * hierarchy.noise_var().iter().map(|var| libm::log(*var)).sum::<f64>();
        let mut term = |name, scale, count: f64| match scale {
            Scale::Known(sd) => {
                if parameterization == Parameterization::Centered {
                    if sd == 0.0 {
                        return Err(RegionError::SdOutOfRange { name, value: sd });
                    }
                    log_constant -= count * libm::log(sd);
                }
                Ok(ScaleTerm::Known(sd))
            }
            Scale::Learned(prior) => {
                log_constant += prior.log_density_at_zero();
                Ok(ScaleTerm::Learned(prior))
            }
        };
        let school_sd = term("school_sd", hierarchy.school_sd(), num_schools)?;
        let region_sd = term("region_sd", hierarchy.region_sd(), num_regions)?;
        Ok(Self {
            parameterization,
            sizes: hierarchy.sizes().to_vec(),
            y: hierarchy.y().to_vec(),
            noise_prec: hierarchy.noise_var().iter().map(|var| 1.0 / var).collect(),
            school_sd,
            region_sd,
            log_constant,
        })
    }

    /// The coordinates in use.
    #[must_use]
    pub fn parameterization(&self) -> Parameterization {
        self.parameterization
    }

    fn num_effects(&self) -> usize {
        self.sizes.len() + self.y.len()
    }

    /// sigma_mu and sigma_theta at `position`.
    fn scales(&self, position: &[f64]) -> [f64; 2] {
        let mut logs = position[self.num_effects()..].iter();
        let mut sd = |term| match term {
            ScaleTerm::Known(sd) => sd,
            ScaleTerm::Learned(_) => logs.next().map_or(f64::NAN, |log_sd| libm::exp(*log_sd)),
        };
        [sd(self.school_sd), sd(self.region_sd)]
    }

    /// Log prior of the learned scales up to constants, with the Jacobian σ of the log and, centered,
    /// the σ^−count of the effects' densities; their gradients are added to `slopes`, the sums
    /// ∂/∂log σ of everything else.
    fn scale_terms(&self, position: &[f64], scales: [f64; 2], slopes: [f64; 2], grad: &mut [f64]) -> f64 {
        let first = self.num_effects();
        let (mut coordinate, mut sum) = (first, 0.0);
        let counts = match self.parameterization {
            Parameterization::Centered => [self.y.len() as f64, self.sizes.len() as f64],
            Parameterization::NonCentered => [0.0; 2],
        };
        for (((term, sd), slope), count) in
            [self.school_sd, self.region_sd].into_iter().zip(scales).zip(slopes).zip(counts)
        {
            if let ScaleTerm::Learned(prior) = term {
                sum += prior.log_ratio_to_zero(sd) + (1.0 - count) * position[coordinate];
                grad[coordinate] = slope + prior.log_density_slope(sd) * sd + (1.0 - count);
                coordinate += 1;
            }
        }
        sum
    }

    fn centered(&self, position: &[f64], grad: &mut [f64]) -> f64 {
        let scales = self.scales(position);
        let school_prec = 1.0 / (scales[0] * scales[0]);
        let region_prec = 1.0 / (scales[1] * scales[1]);
        let num_regions = self.sizes.len();
        let (theta, mut mu) = position.split_at(num_regions);
        let (theta_grad, mut mu_grad) = grad.split_at_mut(num_regions);
        let (mut y, mut noise_prec) = (&self.y[..], &self.noise_prec[..]);
        let mut squares = CenteredSquares::default();
        let mut theta_square = 0.0;
        for ((&size, &theta), theta_grad) in self.sizes.iter().zip(theta).zip(theta_grad) {
            let (mu_here, y_here, prec_here, grad_here);
            (mu_here, mu) = mu.split_at(size);
            (y_here, y) = y.split_at(size);
            (prec_here, noise_prec) = noise_prec.split_at(size);
            (grad_here, mu_grad) = mu_grad.split_at_mut(size);
            let errors;
            (errors, squares) =
                centered_schools(theta, school_prec, mu_here, y_here, prec_here, grad_here, squares);
            *theta_grad = school_prec * errors - region_prec * theta;
            theta_square += theta * theta;
        }
        let school_square = school_prec * (squares.effects[0] + squares.effects[1]);
        let region_square = region_prec * theta_square;
        let noise_square = squares.noise[0] + squares.noise[1];
        let scale_terms = self.scale_terms(position, scales, [school_square, region_square], grad);
        self.log_constant + scale_terms - 0.5 * (noise_square + school_square + region_square)
    }

    fn non_centered(&self, position: &[f64], grad: &mut [f64]) -> f64 {
        let scales = self.scales(position);
        let num_regions = self.sizes.len();
        let (t, mut z) = position.split_at(num_regions);
        let (t_grad, mut z_grad) = grad.split_at_mut(num_regions);
        let (mut y, mut noise_prec) = (&self.y[..], &self.noise_prec[..]);
        let mut sums = NonCenteredSums::default();
        let (mut t_square, mut region_slope) = (0.0, 0.0);
        for ((&size, &t), t_grad) in self.sizes.iter().zip(t).zip(t_grad) {
            let (z_here, y_here, prec_here, grad_here);
            (z_here, z) = z.split_at(size);
            (y_here, y) = y.split_at(size);
            (prec_here, noise_prec) = noise_prec.split_at(size);
            (grad_here, z_grad) = z_grad.split_at_mut(size);
            let theta = scales[1] * t;
            let pulls;
            (pulls, sums) =
                non_centered_schools(theta, scales[0], z_here, y_here, prec_here, grad_here, sums);
            *t_grad = scales[1] * pulls - t;
            t_square += t * t;
            region_slope += theta * pulls;
        }
        let school_slope = scales[0] * (sums.slopes[0] + sums.slopes[1]);
        let scale_terms = self.scale_terms(position, scales, [school_slope, region_slope], grad);
        self.log_constant + scale_terms - 0.5 * (sums.squares[0] + sums.squares[1] + t_square)
    }
}

impl LogDensity for HierarchyDensity {
    fn dim(&self) -> usize {
        let learned = |term| usize::from(matches!(term, ScaleTerm::Learned(_)));
        self.num_effects() + learned(self.school_sd) + learned(self.region_sd)
    }

    fn log_density_and_grad(&self, position: &[f64], grad: &mut [f64]) -> f64 {
        match self.parameterization {
            Parameterization::Centered => self.centered(position, grad),
            Parameterization::NonCentered => self.non_centered(position, grad),
        }
    }

    fn constrain(&self, position: &[f64], out: &mut [f64]) {
        let [school_sd, region_sd] = self.scales(position);
        match self.parameterization {
            Parameterization::Centered => out.copy_from_slice(position),
            Parameterization::NonCentered => {
                let (t, mut z) = position.split_at(self.sizes.len());
                let (theta, mut mu) = out.split_at_mut(self.sizes.len());
                for ((&size, t), theta) in self.sizes.iter().zip(t).zip(theta) {
                    let (z_here, mu_here);
                    (z_here, z) = z.split_at(size);
                    (mu_here, mu) = mu.split_at_mut(size);
                    *theta = region_sd * t;
                    for (mu, z) in mu_here.iter_mut().zip(z_here) {
                        *mu = *theta + school_sd * z;
                    }
                }
            }
        }
        let mut out = out[self.num_effects()..].iter_mut();
        for (term, sd) in [(self.school_sd, school_sd), (self.region_sd, region_sd)] {
            if let (ScaleTerm::Learned(_), Some(out)) = (term, out.next()) {
                *out = sd;
            }
        }
    }
}

/// Lanes of Σ (y_i-mu_i)²/V_i and Σ (mu_i-theta_k)², summed by the caller, once.
#[derive(Clone, Copy, Default)]
struct CenteredSquares {
    noise: [f64; 2],
    effects: [f64; 2],
}

/// One region's Σ (mu_i-theta_k), and `squares` with its terms added; gradients go into `grad`.
///
/// Two schools at a time, for the two lanes of the 128-bit registers that WebAssembly
/// and every desktop have; this also fixes the order of summation.
#[inline]
fn centered_schools(
    theta: f64,
    school_prec: f64,
    mu: &[f64],
    y: &[f64],
    noise_prec: &[f64],
    grad: &mut [f64],
    mut squares: CenteredSquares,
) -> (f64, CenteredSquares) {
    let (mu_pairs, mu_rest) = mu.as_chunks::<2>();
    let (y_pairs, y_rest) = y.as_chunks::<2>();
    let (prec_pairs, prec_rest) = noise_prec.as_chunks::<2>();
    let (grad_pairs, grad_rest) = grad.as_chunks_mut::<2>();
    let mut errors = [0.0; 2];
    for (((mu, y), prec), grad) in mu_pairs.iter().zip(y_pairs).zip(prec_pairs).zip(grad_pairs) {
        let noise = [y[0] - mu[0], y[1] - mu[1]];
        let effect = [mu[0] - theta, mu[1] - theta];
        let pull = [prec[0] * noise[0], prec[1] * noise[1]];
        squares.noise = [squares.noise[0] + pull[0] * noise[0], squares.noise[1] + pull[1] * noise[1]];
        squares.effects =
            [squares.effects[0] + effect[0] * effect[0], squares.effects[1] + effect[1] * effect[1]];
        errors = [errors[0] + effect[0], errors[1] + effect[1]];
        *grad = [pull[0] - school_prec * effect[0], pull[1] - school_prec * effect[1]];
    }
    for (((mu, y), prec), grad) in mu_rest.iter().zip(y_rest).zip(prec_rest).zip(grad_rest) {
        let (noise, effect) = (y - mu, mu - theta);
        let pull = prec * noise;
        squares.noise[0] += pull * noise;
        squares.effects[0] += effect * effect;
        errors[0] += effect;
        *grad = pull - school_prec * effect;
    }
    (errors[0] + errors[1], squares)
}

/// Lanes of Σ (y_i-mu_i)²/V_i + z_i² and Σ z_i (y_i-mu_i)/V_i, summed by the caller, once.
#[derive(Clone, Copy, Default)]
struct NonCenteredSums {
    squares: [f64; 2],
    slopes: [f64; 2],
}

/// One region's Σ (y_i-mu_i)/V_i, and `sums` with its terms added; gradients go into `grad`.
/// Two schools at a time, as in [`centered_schools`].
#[inline]
fn non_centered_schools(
    theta: f64,
    school_sd: f64,
    z: &[f64],
    y: &[f64],
    noise_prec: &[f64],
    grad: &mut [f64],
    mut sums: NonCenteredSums,
) -> (f64, NonCenteredSums) {
    let (z_pairs, z_rest) = z.as_chunks::<2>();
    let (y_pairs, y_rest) = y.as_chunks::<2>();
    let (prec_pairs, prec_rest) = noise_prec.as_chunks::<2>();
    let (grad_pairs, grad_rest) = grad.as_chunks_mut::<2>();
    let mut pulls = [0.0; 2];
    for (((z, y), prec), grad) in z_pairs.iter().zip(y_pairs).zip(prec_pairs).zip(grad_pairs) {
        let noise = [(y[0] - theta) - school_sd * z[0], (y[1] - theta) - school_sd * z[1]];
        let pull = [prec[0] * noise[0], prec[1] * noise[1]];
        sums.squares = [
            sums.squares[0] + (pull[0] * noise[0] + z[0] * z[0]),
            sums.squares[1] + (pull[1] * noise[1] + z[1] * z[1]),
        ];
        sums.slopes = [sums.slopes[0] + pull[0] * z[0], sums.slopes[1] + pull[1] * z[1]];
        pulls = [pulls[0] + pull[0], pulls[1] + pull[1]];
        *grad = [school_sd * pull[0] - z[0], school_sd * pull[1] - z[1]];
    }
    for (((z, y), prec), grad) in z_rest.iter().zip(y_rest).zip(prec_rest).zip(grad_rest) {
        let noise = (y - theta) - school_sd * z;
        let pull = prec * noise;
        sums.squares[0] += pull * noise + z * z;
        sums.slopes[0] += pull * z;
        pulls[0] += pull;
        *grad = school_sd * pull - z;
    }
    (pulls[0] + pulls[1], sums)
}
