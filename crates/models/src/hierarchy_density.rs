//! The joint density of a [`Hierarchy`], centered or not at each level, for gradient-based samplers.

use serde::{Deserialize, Serialize};
use stats::pair::{LANES, Pair};

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
    /// theta itself, and z as above: many schools tell a region's mean precisely, while each school's own
    /// truth stays vague. Were theta non-centered there, every t_k would have to move with sigma_theta.
    NonCenteredSchools,
}

impl Parameterization {
    /// Whether the schools' coordinates are z.
    #[must_use]
    pub fn has_non_centered_schools(self) -> bool {
        self != Self::Centered
    }

    fn has_non_centered_regions(self) -> bool {
        self == Self::NonCentered
    }
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
    /// If all V_i are the same.
    equal_noise: Option<EqualNoise>,
    school_sd: ScaleTerm,
    region_sd: ScaleTerm,
    log_constant: f64,
}

/// Sufficient statistics that shorten the non-centered sums when all schools have one noise variance.
#[derive(Clone, Debug, PartialEq)]
struct EqualNoise {
    /// p = 1/V.
    prec: f64,
    regions: Vec<RegionMean>,
    /// p (y_i − ybar_k), length n.
    pulls: Vec<f64>,
    /// Sum of squares of `y` within regions.
    within: f64,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct RegionMean {
    size: f64,
    ybar: f64,
}

/// theta_k = `unit` t_k with t_k of prior precision `prec`.
#[derive(Clone, Copy)]
struct RegionCoordinates {
    unit: f64,
    prec: f64,
}

impl EqualNoise {
    fn new(hierarchy: &Hierarchy) -> Option<Self> {
        let noise_var = hierarchy.noise_var()[0];
        if hierarchy.noise_var().iter().any(|var| *var != noise_var) {
            return None;
        }
        let mut this = Self {
            prec: 1.0 / noise_var,
            regions: Vec::with_capacity(hierarchy.num_regions()),
            pulls: Vec::with_capacity(hierarchy.num_schools()),
            within: 0.0,
        };
        let mut rest = hierarchy.y();
        for &size in hierarchy.sizes() {
            let y;
            (y, rest) = rest.split_at(size);
            let ybar = y.iter().sum::<f64>() / size as f64;
            this.within += y.iter().map(|y| (y - ybar) * (y - ybar)).sum::<f64>();
            this.pulls.extend(y.iter().map(|y| this.prec * (y - ybar)));
            this.regions.push(RegionMean { size: size as f64, ybar });
        }
        Some(this)
    }
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
    /// [`RegionError::SdOutOfRange`] if a known SD is 0 and its level centered: there is no density then.
    pub fn new(hierarchy: &Hierarchy, parameterization: Parameterization) -> Result<Self, RegionError> {
        let (num_regions, num_schools) = (hierarchy.num_regions() as f64, hierarchy.num_schools() as f64);
        let mut log_constant = -0.5 * (num_regions + 2.0 * num_schools) * libm::log(std::f64::consts::TAU)
            - 0.5 * hierarchy.noise_var().iter().map(|var| libm::log(*var)).sum::<f64>();
        let mut term = |name, scale, is_centered, count: f64| match scale {
            Scale::Known(sd) => {
                if is_centered {
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
        let is_centered = !parameterization.has_non_centered_schools();
        let school_sd = term("school_sd", hierarchy.school_sd(), is_centered, num_schools)?;
        let is_centered = !parameterization.has_non_centered_regions();
        let region_sd = term("region_sd", hierarchy.region_sd(), is_centered, num_regions)?;
        Ok(Self {
            parameterization,
            sizes: hierarchy.sizes().to_vec(),
            y: hierarchy.y().to_vec(),
            noise_prec: hierarchy.noise_var().iter().map(|var| 1.0 / var).collect(),
            equal_noise: EqualNoise::new(hierarchy),
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

    /// Log prior of the learned scales up to constants, plus the log of the Jacobian σ and, of a centered
    /// level, of the σ^−count in the effects' densities.
    ///
    /// - `slopes`: ∂/∂log σ of all other terms; with these terms' own it goes into `grad`.
    fn scale_terms(&self, position: &[f64], scales: [f64; 2], slopes: [f64; 2], grad: &mut [f64]) -> f64 {
        let first = self.num_effects();
        let (mut coordinate, mut sum) = (first, 0.0);
        let (num_schools, num_regions) = (self.y.len() as f64, self.sizes.len() as f64);
        let counts = match self.parameterization {
            Parameterization::Centered => [num_schools, num_regions],
            Parameterization::NonCentered => [0.0; 2],
            Parameterization::NonCenteredSchools => [0.0, num_regions],
        };
        for (((term, sd), slope), count) in
            [self.school_sd, self.region_sd].into_iter().zip(scales).zip(slopes).zip(counts)
        {
            if let ScaleTerm::Learned(prior) = term {
                let (log_ratio, log_slope) = prior.log_ratio_and_log_slope(sd);
                sum += log_ratio + (1.0 - count) * position[coordinate];
                grad[coordinate] = slope + log_slope + (1.0 - count);
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
        let mut squares = CenteredSquares { noise: Pair::splat(0.0), effects: Pair::splat(0.0) };
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
        let school_square = school_prec * squares.effects.sum();
        let region_square = region_prec * theta_square;
        let noise_square = squares.noise.sum();
        let scale_terms = self.scale_terms(position, scales, [school_square, region_square], grad);
        self.log_constant + scale_terms - 0.5 * (noise_square + school_square + region_square)
    }

    /// How t, the regions' coordinates where schools are non-centered, stand for theta.
    fn region_coordinates(&self, region_sd: f64) -> RegionCoordinates {
        if self.parameterization.has_non_centered_regions() {
            RegionCoordinates { unit: region_sd, prec: 1.0 }
        } else {
            RegionCoordinates { unit: 1.0, prec: 1.0 / (region_sd * region_sd) }
        }
    }

    /// ∂/∂log sigma_theta of all but its own terms: through theta's means if non-centered, else through its prior.
    fn region_slope(&self, through_means: f64, through_prior: f64) -> f64 {
        if self.parameterization.has_non_centered_regions() { through_means } else { through_prior }
    }

    fn non_centered(&self, position: &[f64], grad: &mut [f64]) -> f64 {
        let scales = self.scales(position);
        let regions = self.region_coordinates(scales[1]);
        let num_regions = self.sizes.len();
        let (t, mut z) = position.split_at(num_regions);
        let (t_grad, mut z_grad) = grad.split_at_mut(num_regions);
        let (mut y, mut noise_prec) = (&self.y[..], &self.noise_prec[..]);
        let mut sums = NonCenteredSums::new();
        let (mut t_square, mut region_slope) = (0.0, 0.0);
        for ((&size, &t), t_grad) in self.sizes.iter().zip(t).zip(t_grad) {
            let (z_here, y_here, prec_here, grad_here);
            (z_here, z) = z.split_at(size);
            (y_here, y) = y.split_at(size);
            (prec_here, noise_prec) = noise_prec.split_at(size);
            (grad_here, z_grad) = z_grad.split_at_mut(size);
            let theta = regions.unit * t;
            let pulls;
            (pulls, sums) =
                non_centered_schools(theta, scales[0], z_here, y_here, prec_here, grad_here, sums);
            *t_grad = regions.unit * pulls - regions.prec * t;
            t_square += t * t;
            region_slope += theta * pulls;
        }
        let school_slope = scales[0] * sums.slopes.sum();
        let region_square = regions.prec * t_square;
        let region_slope = self.region_slope(region_slope, region_square);
        let scale_terms = self.scale_terms(position, scales, [school_slope, region_slope], grad);
        self.log_constant + scale_terms - 0.5 * (sums.squares.sum() + region_square)
    }
}

impl HierarchyDensity {
    /// [`non_centered`](Self::non_centered) with d = ybar_k − theta_k and r_i = y_i − mu_i:
    ///
    /// ```text
    /// Σ r_i = n_k d − sigma_mu Σ z_i
    /// Σ r_i² = W_k + d (n_k d − 2 sigma_mu Σ z_i) + sigma_mu² Σ z_i² − 2 sigma_mu Σ (y_i-ybar_k) z_i
    /// Σ r_i z_i = Σ (y_i-ybar_k) z_i + d Σ z_i − sigma_mu Σ z_i²
    /// ```
    fn non_centered_equal(&self, equal: &EqualNoise, position: &[f64], grad: &mut [f64]) -> f64 {
        let scales = self.scales(position);
        let [school_sd, region_sd] = scales;
        let regions = self.region_coordinates(region_sd);
        let prec = equal.prec;
        let curvature = 1.0 + school_sd * school_sd * prec;
        let (t, mut z) = position.split_at(self.sizes.len());
        let (t_grad, mut z_grad) = grad.split_at_mut(self.sizes.len());
        let mut school_pulls = &equal.pulls[..];
        let mut sums = NonCenteredSums::new();
        let (mut t_square, mut region_slope, mut mean_square, mut cross) = (0.0, 0.0, 0.0, 0.0);
        for (((&size, region), &t), t_grad) in self.sizes.iter().zip(&equal.regions).zip(t).zip(t_grad) {
            let (z_here, pulls_here, grad_here);
            (z_here, z) = z.split_at(size);
            (pulls_here, school_pulls) = school_pulls.split_at(size);
            (grad_here, z_grad) = z_grad.split_at_mut(size);
            let theta = regions.unit * t;
            let to_ybar = region.ybar - theta;
            let level = school_sd * prec * to_ybar;
            let z_sum;
            (z_sum, sums) = equal_schools([level, school_sd, curvature], z_here, pulls_here, grad_here, sums);
            let residual = region.size * to_ybar - school_sd * z_sum;
            mean_square += to_ybar * (residual - school_sd * z_sum);
            cross += to_ybar * z_sum;
            *t_grad = regions.unit * prec * residual - regions.prec * t;
            t_square += t * t;
            region_slope += theta * (prec * residual);
        }
        let z_square = sums.squares.sum();
        let pull = sums.slopes.sum();
        let noise_square =
            prec * (equal.within + mean_square + school_sd * school_sd * z_square) - 2.0 * school_sd * pull;
        let school_slope = school_sd * (pull + prec * (cross - school_sd * z_square));
        let region_square = regions.prec * t_square;
        let region_slope = self.region_slope(region_slope, region_square);
        let scale_terms = self.scale_terms(position, scales, [school_slope, region_slope], grad);
        self.log_constant + scale_terms - 0.5 * (noise_square + z_square + region_square)
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
            Parameterization::NonCentered | Parameterization::NonCenteredSchools => match &self.equal_noise {
                Some(equal) => self.non_centered_equal(equal, position, grad),
                None => self.non_centered(position, grad),
            },
        }
    }

    fn constrain(&self, position: &[f64], out: &mut [f64]) {
        let [school_sd, region_sd] = self.scales(position);
        match self.parameterization {
            Parameterization::Centered => out.copy_from_slice(position),
            Parameterization::NonCentered | Parameterization::NonCenteredSchools => {
                let regions = self.region_coordinates(region_sd);
                let (t, mut z) = position.split_at(self.sizes.len());
                let (theta, mut mu) = out.split_at_mut(self.sizes.len());
                for ((&size, t), theta) in self.sizes.iter().zip(t).zip(theta) {
                    let (z_here, mu_here);
                    (z_here, z) = z.split_at(size);
                    (mu_here, mu) = mu.split_at_mut(size);
                    *theta = regions.unit * t;
                    for (mu, z) in mu_here.iter_mut().zip(z_here) {
                        *mu = *theta + school_sd * z;
                    }
                }
            }
        }
        let learned = [(self.school_sd, school_sd), (self.region_sd, region_sd)]
            .into_iter()
            .filter(|(term, _)| matches!(term, ScaleTerm::Learned(_)));
        for (out, (_, sd)) in out[self.num_effects()..].iter_mut().zip(learned) {
            *out = sd;
        }
    }
}

/// Lanes of Σ (y_i-mu_i)²/V_i and Σ (mu_i-theta_k)², summed by the caller, once.
#[derive(Clone, Copy)]
struct CenteredSquares {
    noise: Pair,
    effects: Pair,
}

/// One region's Σ (mu_i-theta_k), and `squares` with its terms added; gradients go into `grad`.
///
/// Two schools at a time; this also fixes the order of summation.
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
    let (mu_pairs, mu_rest) = mu.as_chunks::<LANES>();
    let (y_pairs, y_rest) = y.as_chunks::<LANES>();
    let (prec_pairs, prec_rest) = noise_prec.as_chunks::<LANES>();
    let (grad_pairs, grad_rest) = grad.as_chunks_mut::<LANES>();
    let (center, [theta, school_prec]) = (theta, [theta, school_prec].map(Pair::splat));
    let mut errors = Pair::splat(0.0);
    let mut add = |mu, y, prec| {
        let [mu, y, prec] = [mu, y, prec].map(Pair::new);
        let (noise, effect) = (y - mu, mu - theta);
        let pull = prec * noise;
        squares.noise = squares.noise + pull * noise;
        squares.effects = squares.effects + effect * effect;
        errors = errors + effect;
        (pull - school_prec * effect).lanes()
    };
    for (((mu, y), prec), grad) in mu_pairs.iter().zip(y_pairs).zip(prec_pairs).zip(grad_pairs) {
        *grad = add(*mu, *y, *prec);
    }
    for (((mu, y), prec), grad) in mu_rest.iter().zip(y_rest).zip(prec_rest).zip(grad_rest) {
        // With a school at theta_k that nobody observed, which adds 0.
        [*grad, _] = add([*mu, center], [*y, 0.0], [*prec, 0.0]);
    }
    (errors.sum(), squares)
}

/// Lanes of a sum of squares and of Σ ∂/∂log sigma_mu over sigma_mu, summed by the caller, once.
#[derive(Clone, Copy)]
struct NonCenteredSums {
    squares: Pair,
    slopes: Pair,
}

impl NonCenteredSums {
    fn new() -> Self {
        Self { squares: Pair::splat(0.0), slopes: Pair::splat(0.0) }
    }
}

/// One region's Σ (y_i-mu_i)/V_i, and `sums` with Σ (y_i-mu_i)²/V_i + z_i² and Σ z_i (y_i-mu_i)/V_i
/// added; gradients go into `grad`.
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
    let (z_pairs, z_rest) = z.as_chunks::<LANES>();
    let (y_pairs, y_rest) = y.as_chunks::<LANES>();
    let (prec_pairs, prec_rest) = noise_prec.as_chunks::<LANES>();
    let (grad_pairs, grad_rest) = grad.as_chunks_mut::<LANES>();
    let [theta, school_sd] = [theta, school_sd].map(Pair::splat);
    let mut pulls = Pair::splat(0.0);
    let mut add = |z, y, prec| {
        let [z, y, prec] = [z, y, prec].map(Pair::new);
        let noise = (y - theta) - school_sd * z;
        let pull = prec * noise;
        sums.squares = sums.squares + (pull * noise + z * z);
        sums.slopes = sums.slopes + pull * z;
        pulls = pulls + pull;
        (school_sd * pull - z).lanes()
    };
    for (((z, y), prec), grad) in z_pairs.iter().zip(y_pairs).zip(prec_pairs).zip(grad_pairs) {
        *grad = add(*z, *y, *prec);
    }
    for (((z, y), prec), grad) in z_rest.iter().zip(y_rest).zip(prec_rest).zip(grad_rest) {
        [*grad, _] = add([*z, 0.0], [*y, 0.0], [*prec, 0.0]);
    }
    (pulls.sum(), sums)
}

/// One region's Σ z_i, and `sums` with Σ z_i² and Σ p (y_i-ybar_k) z_i added; gradients go into `grad`.
/// Two schools at a time, as in [`centered_schools`].
///
/// The gradient is `level` + sigma_mu p (y_i-ybar_k) − `curvature` z_i.
#[inline]
fn equal_schools(
    constants: [f64; 3],
    z: &[f64],
    pulls: &[f64],
    grad: &mut [f64],
    mut sums: NonCenteredSums,
) -> (f64, NonCenteredSums) {
    let (z_pairs, z_rest) = z.as_chunks::<LANES>();
    let (pull_pairs, pull_rest) = pulls.as_chunks::<LANES>();
    let (grad_pairs, grad_rest) = grad.as_chunks_mut::<LANES>();
    let [level, school_sd, curvature] = constants.map(Pair::splat);
    let mut z_sum = Pair::splat(0.0);
    let mut add = |z, pull| {
        let [z, pull] = [z, pull].map(Pair::new);
        z_sum = z_sum + z;
        sums.squares = sums.squares + z * z;
        sums.slopes = sums.slopes + pull * z;
        ((level + school_sd * pull) - curvature * z).lanes()
    };
    for ((z, pull), grad) in z_pairs.iter().zip(pull_pairs).zip(grad_pairs) {
        *grad = add(*z, *pull);
    }
    for ((z, pull), grad) in z_rest.iter().zip(pull_rest).zip(grad_rest) {
        [*grad, _] = add([*z, 0.0], [*pull, 0.0]);
    }
    (z_sum.sum(), sums)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::RegionModel;
    use crate::RegionScales;

    const Y: [f64; 8] = [0.3, -1.0, 2.0, 4.0, 3.5, 5.0, 2.5, 3.0];
    const SIZES: [usize; 3] = [1, 2, 5];
    const EQUAL: [f64; 8] = [0.7; 8];
    const UNEQUAL: [f64; 8] = [0.7, 2.0, 0.1, 1.0, 3.0, 1.0, 3.0, 0.4];
    const ALL: [Parameterization; 3] =
        [Parameterization::Centered, Parameterization::NonCentered, Parameterization::NonCenteredSchools];

    /// Every pair of known and learned scales, with equal and unequal noise.
    fn hierarchies() -> Vec<Hierarchy> {
        let mut hierarchies = Vec::new();
        for noise_var in [EQUAL, UNEQUAL] {
            for school_sd in [
                Scale::Known(1.4),
                Scale::Learned(ScalePrior::HalfNormal { scale: 2.5 }),
                Scale::Learned(ScalePrior::HalfCauchy { scale: 0.5 }),
            ] {
                for region_sd in [Scale::Known(3.0), Scale::Learned(ScalePrior::HalfCauchy { scale: 5.0 })] {
                    hierarchies.push(Hierarchy::new(&Y, &noise_var, &SIZES, school_sd, region_sd).unwrap());
                }
            }
        }
        hierarchies
    }

    fn position(dim: usize, point: usize) -> Vec<f64> {
        (0..dim).map(|i| 1.5 * libm::sin((7 * point + i) as f64)).collect()
    }

    fn log_normal(x: f64, mean: f64, sd: f64) -> f64 {
        -0.5 * std::f64::consts::TAU.ln() - sd.ln() - 0.5 * ((x - mean) / sd) * ((x - mean) / sd)
    }

    #[test]
    fn gradients_are_those_of_central_differences() {
        for hierarchy in hierarchies() {
            for parameterization in ALL {
                let density = HierarchyDensity::new(&hierarchy, parameterization).unwrap();
                let mut unused = vec![0.0; density.dim()];
                for point in 0..3 {
                    let (mut position, mut grad) = (position(density.dim(), point), unused.clone());
                    density.log_density_and_grad(&position, &mut grad);
                    for i in 0..density.dim() {
                        let (h, x) = (1e-5, position[i]);
                        position[i] = x + h;
                        let above = density.log_density_and_grad(&position, &mut unused);
                        position[i] = x - h;
                        let below = density.log_density_and_grad(&position, &mut unused);
                        position[i] = x;
                        let difference = (above - below) / (2.0 * h);
                        // h² times third derivatives of up to 10³, and rounding 10⁻¹³/h.
                        assert!(
                            (difference - grad[i]).abs() < 1e-6 * (1.0 + grad[i].abs()),
                            "{parameterization:?} coordinate {i}: {difference} {}",
                            grad[i]
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn density_is_that_of_the_model_with_its_jacobians() {
        for hierarchy in hierarchies() {
            for parameterization in ALL {
                let density = HierarchyDensity::new(&hierarchy, parameterization).unwrap();
                assert_eq!(density.num_variables(), hierarchy.num_variables());
                let position = position(density.dim(), 1);
                let (mut grad, mut draw) = (position.clone(), position.clone());
                let ours = density.log_density_and_grad(&position, &mut grad);
                density.constrain(&position, &mut draw);
                let (theta, mu) = (&draw[..3], &draw[3..11]);
                let mut scales = draw[11..].iter();
                let mut sd = |scale: Scale| scale.known().unwrap_or_else(|| *scales.next().unwrap());
                let (school_sd, region_sd) = (sd(hierarchy.school_sd()), sd(hierarchy.region_sd()));
                let region = [0, 1, 1, 2, 2, 2, 2, 2];
                let mut expected: f64 = theta.iter().map(|theta| log_normal(*theta, 0.0, region_sd)).sum();
                for i in 0..8 {
                    expected += log_normal(mu[i], theta[region[i]], school_sd);
                    expected += log_normal(Y[i], mu[i], hierarchy.noise_var()[i].sqrt());
                }
                for (scale, sd) in [(hierarchy.school_sd(), school_sd), (hierarchy.region_sd(), region_sd)] {
                    expected += scale.log_density(sd) + if scale.is_learned() { sd.ln() } else { 0.0 };
                }
                expected += match parameterization {
                    Parameterization::Centered => 0.0,
                    Parameterization::NonCentered => 3.0 * region_sd.ln() + 8.0 * school_sd.ln(),
                    Parameterization::NonCenteredSchools => 8.0 * school_sd.ln(),
                };
                assert!((ours - expected).abs() < 1e-11 * expected.abs(), "{ours} {expected}");
            }
        }
    }

    #[test]
    fn joint_density_over_posterior_density_is_the_marginal_likelihood() {
        // log p(y, theta, mu) − log p(theta | y) − Σ log p(mu_i | theta, y), at any point.
        let (school_sd, region_sd) = (1.4, 3.0);
        let hierarchy =
            Hierarchy::new(&Y, &UNEQUAL, &SIZES, Scale::Known(school_sd), Scale::Known(region_sd)).unwrap();
        let density = HierarchyDensity::new(&hierarchy, Parameterization::Centered).unwrap();
        let position = position(11, 2);
        let mut rest = density.log_density_and_grad(&position, &mut [0.0; 11]);
        let (theta, mu) = position.split_at(3);
        let posterior =
            crate::RegionPosterior::with_noise(&Y, &UNEQUAL, &SIZES, school_sd * school_sd, 9.0).unwrap();
        for ((theta, mean), sd) in theta.iter().zip(&posterior.theta_mean).zip(&posterior.theta_sd) {
            rest -= log_normal(*theta, *mean, *sd);
        }
        let region = [0, 1, 1, 2, 2, 2, 2, 2];
        for i in 0..8 {
            let b = posterior.shrinkage[i];
            let mean = (1.0 - b) * Y[i] + b * theta[region[i]];
            rest -= log_normal(mu[i], mean, (UNEQUAL[i] * (1.0 - b)).sqrt());
        }
        let log_marginal = hierarchy.log_marginal(school_sd * school_sd, 9.0);
        assert!((rest - log_marginal).abs() < 1e-12 * log_marginal.abs(), "{rest} {log_marginal}");
    }

    #[test]
    fn known_scales_and_equal_noise_are_the_model_of_regions() {
        let scales = RegionScales { noise_var: 0.7, school_var: 4.0, region_var: 9.0 };
        let model = RegionModel::new(&Y, &SIZES, scales).unwrap();
        let hierarchy = Hierarchy::new(&Y, &EQUAL, &SIZES, Scale::Known(2.0), Scale::Known(3.0)).unwrap();
        let density = HierarchyDensity::new(&hierarchy, Parameterization::Centered).unwrap();
        let (mut grad, mut expected_grad, position) = ([0.0; 11], [0.0; 11], position(11, 0));
        let ours = density.log_density_and_grad(&position, &mut grad);
        let expected = model.log_density_and_grad(&position, &mut expected_grad);
        assert!((ours - expected).abs() < 1e-12 * expected.abs());
        for (ours, expected) in grad.iter().zip(&expected_grad) {
            assert!((ours - expected).abs() < 1e-12);
        }
    }

    #[test]
    fn an_sd_of_zero_has_a_density_only_when_not_centered() {
        let hierarchy = Hierarchy::new(
            &Y,
            &UNEQUAL,
            &SIZES,
            Scale::Known(0.0),
            Scale::Learned(ScalePrior::HalfNormal { scale: 1.0 }),
        )
        .unwrap();
        let error = HierarchyDensity::new(&hierarchy, Parameterization::Centered).unwrap_err();
        assert_eq!(error, RegionError::SdOutOfRange { name: "school_sd", value: 0.0 });
        let density = HierarchyDensity::new(&hierarchy, Parameterization::NonCentered).unwrap();
        let (position, mut draw) = (position(12, 0), [0.0; 12]);
        assert!(density.log_density_and_grad(&position, &mut draw.clone()).is_finite());
        density.constrain(&position, &mut draw);
        assert_eq!(draw[3], draw[0]);
        assert_eq!(draw[10], draw[2]);
    }

    #[test]
    fn a_scale_beyond_the_range_of_f64_is_no_panic() {
        for parameterization in ALL {
            let density = HierarchyDensity::new(&hierarchies()[3], parameterization).unwrap();
            for extreme in [-800.0, 800.0] {
                let mut position = position(13, 0);
                position[11..].fill(extreme);
                let log_density = density.log_density_and_grad(&position, &mut [0.0; 13]);
                assert!(log_density < 0.0 || log_density.is_nan(), "{log_density}");
            }
        }
    }
}
