//! Schools in regions with known variances: simulation, exact posterior, log density.
//!
//! ```text
//! y_i ~ N(mu_i, V_y),   mu_i ~ N(theta_k, V_mu),   theta_k ~ N(0, V_theta)
//! ```
//!
//! A design is `sizes`, the number of schools in each of K regions; the n schools
//! are stored region by region. Vectors over all parameters hold theta, then mu.
//! Notation as in Gelman et al., Bayesian Data Analysis, 3rd ed., § 5.4, with a
//! third level: B = V_y/(V_y+V_mu), tau_k = (V_mu+V_y)/n_k (a variance).

use std::f64::consts::TAU;

use serde::{Deserialize, Serialize};
use stats::pair::{LANES, Pair};
use stats::r_random::RRandom;
use stats::{SimRng, fill_standard_normal, standard_normal, stream};
use thiserror::Error;

use crate::hierarchy::{SchoolConditional, conditional_var};
use crate::noise_groups::{NoiseGroups, RegionEvidence};
use crate::{ExactPosterior, LogDensity, RegionScales};

/// A design or data set that the model cannot take.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum RegionError {
    /// No region at all.
    #[error("the design has no region")]
    NoRegion,
    /// A region without a school.
    #[error("region {region} has no school")]
    EmptyRegion {
        /// Index of the region, from 0.
        region: usize,
    },
    /// Not one observation per school.
    #[error("the design has {num_schools} schools, but there are {num_obs} observations")]
    LengthMismatch {
        /// Sum of the region sizes.
        num_schools: usize,
        /// Length of `y`.
        num_obs: usize,
    },
    /// An observation is infinite or NaN.
    #[error("observation {index} is {value}, not a finite number")]
    ObservationNotFinite {
        /// Index into `y`.
        index: usize,
        /// What stands there.
        value: f64,
    },
    /// A variance out of its range.
    #[error("the variance {name} cannot be {value} here")]
    VarOutOfRange {
        /// The field of [`RegionScales`].
        name: &'static str,
        /// Its value.
        value: f64,
    },
    /// Not one noise variance per school.
    #[error("the design has {num_schools} schools, but there are {num_noise_vars} noise variances")]
    NoiseLengthMismatch {
        /// Sum of the region sizes.
        num_schools: usize,
        /// Number of variances.
        num_noise_vars: usize,
    },
    /// A school's noise variance is not positive and finite.
    #[error("noise variance {index} is {value}, not positive and finite")]
    NoiseVarOutOfRange {
        /// Index of the school, from 0.
        index: usize,
        /// What stands there.
        value: f64,
    },
    /// A known SD is negative or not finite, or 0 where a centered density divides by it.
    #[error("the known SD {name} cannot be {value} here")]
    SdOutOfRange {
        /// `school_sd` or `region_sd`.
        name: &'static str,
        /// Its value.
        value: f64,
    },
    /// The scale of a prior is not positive and finite.
    #[error("the scale of the prior of {name} must be positive and finite, but is {value}")]
    PriorScaleOutOfRange {
        /// `school_sd` or `region_sd`.
        name: &'static str,
        /// Its value.
        value: f64,
    },
}

/// Streams per replicate, and so the largest number of regions of a design.
const REGIONS_PER_REPLICATE: u64 = 1 << 20;

/// The standard normals behind one data set.
///
/// Every region has its own random stream, and a school its own place in it: a
/// further school or region leaves all others as they were, and changed scales
/// move the data without redrawing them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RegionNormals {
    /// Behind the region means, length K.
    pub theta: Vec<f64>,
    /// Behind the schools' truths, length n.
    pub mu: Vec<f64>,
    /// Behind the noise of `y`, length n.
    pub noise: Vec<f64>,
}

impl RegionNormals {
    /// Normals of data set `replicate` under `seed`.
    #[must_use]
    pub fn random(seed: u64, replicate: u64, sizes: &[usize]) -> Self {
        let mut normals = Self::default();
        normals.random_into(seed, replicate, sizes);
        normals
    }

    /// [`random`](Self::random) in place: allocates only when the design grows.
    pub fn random_into(&mut self, seed: u64, replicate: u64, sizes: &[usize]) {
        let num_schools = sizes.iter().sum();
        self.theta.resize(sizes.len(), 0.0);
        self.mu.resize(num_schools, 0.0);
        self.noise.resize(num_schools, 0.0);
        let (mut mu, mut noise) = (&mut self.mu[..], &mut self.noise[..]);
        for ((region, &size), theta) in (0..).zip(sizes).zip(&mut self.theta) {
            let index = replicate.wrapping_mul(REGIONS_PER_REPLICATE).wrapping_add(region);
            let mut rng = stream(seed, "region normals", index);
            *theta = standard_normal(&mut rng);
            let (mu_here, noise_here);
            (mu_here, mu) = mu.split_at_mut(size);
            (noise_here, noise) = noise.split_at_mut(size);
            for (mu, noise) in mu_here.iter_mut().zip(noise_here) {
                let mut pair = [0.0; 2];
                fill_standard_normal(&mut rng, &mut pair);
                [*mu, *noise] = pair;
            }
        }
    }
}

impl RegionNormals {
    /// The normals of the lecture for its first four regions of ten schools;
    /// [`random(4, 0, sizes)`](Self::random) beyond them.
    ///
    /// Made with R's generator after `set.seed(4)`: four for the region means, forty
    /// for the schools, forty for the noise, region by region.
    #[must_use]
    pub fn lecture(sizes: &[usize]) -> Self {
        let mut normals = Self::random(u64::from(LECTURE_SEED), 0, sizes);
        let mut r = RRandom::set_seed(LECTURE_SEED);
        let theta = r.rnorm(LECTURE_REGIONS);
        let mu = r.rnorm(LECTURE_REGIONS * LECTURE_SCHOOLS);
        let noise = r.rnorm(LECTURE_REGIONS * LECTURE_SCHOOLS);
        let mut first = 0;
        for (k, &size) in sizes.iter().enumerate().take(LECTURE_REGIONS) {
            normals.theta[k] = theta[k];
            let known = size.min(LECTURE_SCHOOLS);
            let here = first..first + known;
            let there = k * LECTURE_SCHOOLS..k * LECTURE_SCHOOLS + known;
            normals.mu[here.clone()].copy_from_slice(&mu[there.clone()]);
            normals.noise[here].copy_from_slice(&noise[there]);
            first += size;
        }
        normals
    }
}

/// The lecture's seed in R, number of regions, and schools in each.
const LECTURE_SEED: u32 = 4;
const LECTURE_REGIONS: usize = 4;
const LECTURE_SCHOOLS: usize = 10;

/// Truths and data of one simulated set of schools.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RegionData {
    /// Region means, length K.
    pub theta: Vec<f64>,
    /// Schools' truths, length n.
    pub mu: Vec<f64>,
    /// Observed school means, length n.
    pub y: Vec<f64>,
}

/// Truths and data that the normals make at these scales.
///
/// theta_k = √V_theta z, mu_i = theta_k + √V_mu z, y_i = mu_i + √V_y z.
///
/// # Panics
/// If `normals` were drawn for another design.
#[must_use]
pub fn realize(normals: &RegionNormals, sizes: &[usize], scales: RegionScales) -> RegionData {
    let mut data = RegionData::default();
    realize_into(normals, sizes, scales, &mut data);
    data
}

/// [`realize`] in place: allocates only when the design grows.
///
/// # Panics
/// If `normals` were drawn for another design.
pub fn realize_into(normals: &RegionNormals, sizes: &[usize], scales: RegionScales, data: &mut RegionData) {
    let noise_sd = scales.noise_var.sqrt();
    realize_truths(normals, sizes, scales.school_var, scales.region_var, data);
    data.y.clear();
    data.y.extend(data.mu.iter().zip(&normals.noise).map(|(mu, z)| mu + noise_sd * z));
}

/// [`realize_into`] for schools that differ in their noise.
///
/// - `noise_var`: V_i, length n, in the squared unit of `y`.
///
/// # Panics
/// If `normals` were drawn for another design, or `noise_var` has another length.
pub fn realize_with_noise(
    normals: &RegionNormals,
    sizes: &[usize],
    noise_var: &[f64],
    school_var: f64,
    region_var: f64,
    data: &mut RegionData,
) {
    assert_eq!(normals.noise.len(), noise_var.len(), "a noise variance for each school");
    realize_truths(normals, sizes, school_var, region_var, data);
    data.y.clear();
    let noise = normals.noise.iter().zip(noise_var).map(|(z, var)| var.sqrt() * z);
    data.y.extend(data.mu.iter().zip(noise).map(|(mu, noise)| mu + noise));
}

fn realize_truths(
    normals: &RegionNormals,
    sizes: &[usize],
    school_var: f64,
    region_var: f64,
    data: &mut RegionData,
) {
    assert_eq!(normals.theta.len(), sizes.len(), "normals of another design");
    assert_eq!(normals.mu.len(), sizes.iter().sum::<usize>(), "normals of another design");
    let [region_sd, school_sd] = [region_var, school_var].map(f64::sqrt);
    data.theta.clear();
    data.theta.extend(normals.theta.iter().map(|z| region_sd * z));
    data.mu.clear();
    let mut first = 0;
    for (&size, theta) in sizes.iter().zip(&data.theta) {
        data.mu.extend(normals.mu[first..first + size].iter().map(|z| theta + school_sd * z));
        first += size;
    }
}

/// The exact posterior when all variances are known.
///
/// ```text
/// theta_k | y ~ N(m_k, v_k),  m_k = v_k ybar_k / tau_k,  v_k = 1/(1/V_theta + 1/tau_k)
/// mu_i | y, theta_k ~ N((1-B) y_i + B theta_k, (1-B) V_y),  independent
/// ```
///
/// With unequal noise B_i = V_i/(V_i+V_mu) stands for B, V_i for V_y, 1/tau_k = Σ 1/(V_i+V_mu)
/// and ybar_k is the mean with these weights.
///
/// Regions are independent of each other. Derived by conjugacy; checked against
/// matrix algebra.
#[derive(Clone, Debug, PartialEq)]
pub struct RegionPosterior {
    /// Posterior means of theta, length K.
    pub theta_mean: Vec<f64>,
    /// Posterior SDs of theta, length K.
    pub theta_sd: Vec<f64>,
    /// Posterior means of mu, length n.
    pub mu_mean: Vec<f64>,
    /// Posterior SDs of mu, length n.
    pub mu_sd: Vec<f64>,
    /// Covariances of mu_i with theta of its region, B_i v_k, length n.
    pub theta_mu_cov: Vec<f64>,
    /// B_i = V_i/(V_i+V_mu), how far a school is pulled to its region, length n.
    pub shrinkage: Vec<f64>,
    /// Log of the marginal density of `y`, constants included.
    pub log_marginal_likelihood: f64,
    sizes: Vec<usize>,
    /// (1-B_i) y_i, length n.
    own_part: Vec<f64>,
    /// √((1-B_i) V_i), the SDs of mu_i given theta_k, length n.
    conditional_sd: Vec<f64>,
}

impl RegionPosterior {
    /// Posterior of theta and mu given `y` (length n, region by region).
    ///
    /// `school_var` and `region_var` may be 0, `region_var` may be infinite (a flat
    /// prior on theta; the marginal likelihood is then −∞).
    ///
    /// # Errors
    /// Any [`RegionError`].
    pub fn new(y: &[f64], sizes: &[usize], scales: RegionScales) -> Result<Self, RegionError> {
        check_data(y, sizes)?;
        let RegionScales { noise_var, school_var, region_var } = scales;
        for (name, value, allowed) in [
            ("noise_var", noise_var, noise_var > 0.0 && noise_var.is_finite()),
            ("school_var", school_var, school_var >= 0.0 && school_var.is_finite()),
            ("region_var", region_var, region_var >= 0.0),
        ] {
            if !allowed {
                return Err(RegionError::VarOutOfRange { name, value });
            }
        }

        let total_var = noise_var + school_var;
        let conditional = SchoolConditional::new(noise_var, school_var);
        let mut posterior = Self::with_room(sizes, log_marginal_likelihood(y, sizes, scales));
        for (size, y) in regions(sizes, y) {
            let tau = total_var / size;
            // Written so that V_theta = 0 and V_theta = ∞ both come out right.
            let theta_var = if region_var > tau {
                tau / (1.0 + tau / region_var)
            } else {
                region_var / (1.0 + region_var / tau)
            };
            let theta_mean = theta_var / tau * mean(y);
            posterior.push_theta(theta_mean, theta_var);
            let mu_sd = conditional.mu_sd(theta_var);
            for y in y {
                posterior.push_school(*y, conditional, mu_sd, theta_mean, theta_var);
            }
        }
        Ok(posterior)
    }

    /// Posterior of theta and mu when schools differ in their noise.
    ///
    /// - `y`: observed school means, length n, region by region.
    /// - `noise_var`: V_i, in the squared unit of `y`, length n, all > 0.
    /// - `school_var`, `region_var`: V_mu and V_theta; either may be 0, `region_var` may be infinite.
    ///
    /// # Errors
    /// Any [`RegionError`].
    pub fn with_noise(
        y: &[f64],
        noise_var: &[f64],
        sizes: &[usize],
        school_var: f64,
        region_var: f64,
    ) -> Result<Self, RegionError> {
        check_design(y, noise_var, sizes)?;
        for (name, value, allowed) in [
            ("school_var", school_var, school_var >= 0.0 && school_var.is_finite()),
            ("region_var", region_var, region_var >= 0.0),
        ] {
            if !allowed {
                return Err(RegionError::VarOutOfRange { name, value });
            }
        }
        let groups = NoiseGroups::new(y, noise_var, sizes);
        let mut posterior = Self::with_room(sizes, groups.log_marginal(school_var, region_var));
        let mut first = 0;
        for region in groups.regions() {
            let RegionEvidence { prec, mean, .. } = region.evidence(school_var);
            let theta_var = conditional_var(region_var, prec);
            let theta_mean = theta_var * prec * mean;
            posterior.push_theta(theta_mean, theta_var);
            for i in first..first + region.num_schools {
                let conditional = SchoolConditional::new(noise_var[i], school_var);
                posterior.push_school(y[i], conditional, conditional.mu_sd(theta_var), theta_mean, theta_var);
            }
            first += region.num_schools;
        }
        Ok(posterior)
    }

    /// Covariance of mu of schools `i` and `j`: B_i B_j v_k for two of one region k, 0 for two of different ones.
    ///
    /// # Panics
    /// If there is no such school.
    #[must_use]
    pub fn mu_cov(&self, i: usize, j: usize) -> f64 {
        if i == j {
            return self.mu_sd[i] * self.mu_sd[i];
        }
        assert!(i.max(j) < self.shrinkage.len(), "there is no school {}", i.max(j));
        let mut end = 0;
        let same_region = self.sizes.iter().any(|size| {
            let region = end..end + size;
            end = region.end;
            region.contains(&i) && region.contains(&j)
        });
        if same_region { self.theta_mu_cov[i] * self.shrinkage[j] } else { 0.0 }
    }

    fn with_room(sizes: &[usize], log_marginal_likelihood: f64) -> Self {
        let num_schools = sizes.iter().sum();
        Self {
            theta_mean: Vec::with_capacity(sizes.len()),
            theta_sd: Vec::with_capacity(sizes.len()),
            mu_mean: Vec::with_capacity(num_schools),
            mu_sd: Vec::with_capacity(num_schools),
            theta_mu_cov: Vec::with_capacity(num_schools),
            shrinkage: Vec::with_capacity(num_schools),
            log_marginal_likelihood,
            sizes: sizes.to_vec(),
            own_part: Vec::with_capacity(num_schools),
            conditional_sd: Vec::with_capacity(num_schools),
        }
    }

    fn push_theta(&mut self, mean: f64, var: f64) {
        self.theta_mean.push(mean);
        self.theta_sd.push(var.sqrt());
    }

    fn push_school(
        &mut self,
        y: f64,
        conditional: SchoolConditional,
        mu_sd: f64,
        theta_mean: f64,
        theta_var: f64,
    ) {
        let own_part = conditional.keep * y;
        self.own_part.push(own_part);
        self.conditional_sd.push(conditional.sd);
        self.shrinkage.push(conditional.shrinkage);
        self.theta_mu_cov.push(conditional.shrinkage * theta_var);
        self.mu_mean.push(own_part + conditional.shrinkage * theta_mean);
        self.mu_sd.push(mu_sd);
    }
}

/// A draw holds theta (K), then mu (n).
impl ExactPosterior for RegionPosterior {
    fn dim(&self) -> usize {
        self.sizes.len() + self.own_part.len()
    }

    /// Draws theta, then mu given theta.
    ///
    /// # Panics
    /// If `out` has another length than K + n.
    fn exact_draw(&self, rng: &mut SimRng, out: &mut [f64]) {
        assert_eq!(out.len(), self.dim());
        fill_standard_normal(rng, out);
        let (theta, mut mu) = out.split_at_mut(self.sizes.len());
        let (mut own_part, mut shrinkage, mut sd) =
            (&self.own_part[..], &self.shrinkage[..], &self.conditional_sd[..]);
        for (k, theta) in theta.iter_mut().enumerate() {
            // A number of its own, so that the loop below need not look again after each school.
            let center = self.theta_mean[k] + self.theta_sd[k] * *theta;
            *theta = center;
            let (mu_here, own_here, shrinkage_here, sd_here);
            (mu_here, mu) = mu.split_at_mut(self.sizes[k]);
            (own_here, own_part) = own_part.split_at(self.sizes[k]);
            (shrinkage_here, shrinkage) = shrinkage.split_at(self.sizes[k]);
            (sd_here, sd) = sd.split_at(self.sizes[k]);
            for (((mu, own), shrinkage), sd) in
                mu_here.iter_mut().zip(own_here).zip(shrinkage_here).zip(sd_here)
            {
                *mu = (own + shrinkage * center) + sd * *mu;
            }
        }
    }
}

/// Log density of `y` with theta and mu integrated out, constants included.
///
/// ```text
/// log L = -sum_k [ (n_k/2) log 2π + ((n_k-1)/2) log t + ½ log(t + n_k V_theta)
///                  + W_k/(2t) + n_k ybar_k²/(2(t + n_k V_theta)) ],   t = V_y + V_mu
/// ```
///
/// with W_k the sum of squares within region k.
#[must_use]
pub fn log_marginal_likelihood(y: &[f64], sizes: &[usize], scales: RegionScales) -> f64 {
    let total_var = scales.noise_var + scales.school_var;
    let per_region = regions(sizes, y).map(|(size, y)| {
        let ybar = mean(y);
        let within: f64 = y.iter().map(|y| (y - ybar) * (y - ybar)).sum();
        let mean_var = total_var + size * scales.region_var;
        0.5 * (size * libm::log(TAU)
            + (size - 1.0) * libm::log(total_var)
            + libm::log(mean_var)
            + within / total_var
            + size * ybar * ybar / mean_var)
    });
    -per_region.sum::<f64>()
}

/// The joint density of theta and mu given `y`, centered, for gradient-based samplers.
///
/// `log_density` is log p(y, mu, theta) with every constant, so that it exceeds the
/// log posterior density by [`RegionPosterior::log_marginal_likelihood`].
///
/// Computed with the square in mu_i completed: with a = 1/V_y + 1/V_mu and
/// e_i = mu_i − (1-B) y_i − B theta_k,
///
/// ```text
/// Σ (y_i-mu_i)²/V_y + (mu_i-theta_k)²/V_mu = a Σ e_i² + [W_k + n_k (ybar_k-theta_k)²] / (V_y+V_mu)
/// ```
///
/// over the schools of region k, W_k being the sum of squares of `y` within it.
#[derive(Clone, Debug, PartialEq)]
pub struct RegionModel {
    regions: Vec<RegionConstants>,
    /// (1-B) y_i, length n.
    own_part: Vec<f64>,
    /// B.
    shrinkage: f64,
    /// a = 1/V_y + 1/V_mu.
    school_prec: f64,
    region_prec: f64,
    log_constant: f64,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct RegionConstants {
    num_schools: usize,
    ybar: f64,
    /// n_k/(V_y+V_mu), the precision of ybar_k given theta_k.
    ybar_prec: f64,
}

impl RegionModel {
    /// The model of these data; position and gradient hold theta (K), then mu (n).
    ///
    /// # Errors
    /// Any [`RegionError`]; all three variances must be positive and finite.
    pub fn new(y: &[f64], sizes: &[usize], scales: RegionScales) -> Result<Self, RegionError> {
        check_data(y, sizes)?;
        let RegionScales { noise_var, school_var, region_var } = scales;
        for (name, value) in
            [("noise_var", noise_var), ("school_var", school_var), ("region_var", region_var)]
        {
            if !(value > 0.0 && value.is_finite()) {
                return Err(RegionError::VarOutOfRange { name, value });
            }
        }
        let total_var = noise_var + school_var;
        let mut within = 0.0;
        let regions = regions(sizes, y)
            .map(|(size, y)| {
                let ybar = mean(y);
                within += y.iter().map(|y| (y - ybar) * (y - ybar)).sum::<f64>();
                RegionConstants { num_schools: y.len(), ybar, ybar_prec: size / total_var }
            })
            .collect();
        let log_var_sum = y.len() as f64 * (libm::log(TAU * noise_var) + libm::log(TAU * school_var))
            + sizes.len() as f64 * libm::log(TAU * region_var);
        Ok(Self {
            regions,
            own_part: y.iter().map(|y| school_var / total_var * y).collect(),
            shrinkage: noise_var / total_var,
            school_prec: 1.0 / noise_var + 1.0 / school_var,
            region_prec: 1.0 / region_var,
            log_constant: -0.5 * (log_var_sum + within / total_var),
        })
    }

    /// Number of regions, K.
    #[must_use]
    pub fn num_regions(&self) -> usize {
        self.regions.len()
    }
}

impl LogDensity for RegionModel {
    fn dim(&self) -> usize {
        self.regions.len() + self.own_part.len()
    }

    fn log_density_and_grad(&self, position: &[f64], grad: &mut [f64]) -> f64 {
        let (theta, mut mu) = position.split_at(self.regions.len());
        let (theta_grad, mut mu_grad) = grad.split_at_mut(self.regions.len());
        let mut own_part = &self.own_part[..];
        let (mut school_squares, mut region_squares) = (Pair::splat(0.0), 0.0);
        for ((region, &theta), theta_grad) in self.regions.iter().zip(theta).zip(theta_grad) {
            let (mu_here, own_here, grad_here);
            (mu_here, mu) = mu.split_at(region.num_schools);
            (own_here, own_part) = own_part.split_at(region.num_schools);
            (grad_here, mu_grad) = mu_grad.split_at_mut(region.num_schools);
            let pull = self.shrinkage * theta;
            let errors;
            (errors, school_squares) =
                school_terms(pull, self.school_prec, mu_here, own_here, grad_here, school_squares);
            let (to_ybar, to_zero) = (region.ybar - theta, self.region_prec * theta);
            region_squares += region.ybar_prec * to_ybar * to_ybar + to_zero * theta;
            // −∂/∂theta of a Σ e²/2 is a B Σ e; of the rest, n_k (ybar_k-theta_k)/(V_y+V_mu).
            *theta_grad = self.school_prec * self.shrinkage * errors + region.ybar_prec * to_ybar - to_zero;
        }
        self.log_constant - 0.5 * (self.school_prec * school_squares.sum() + region_squares)
    }
}

/// One region's Σ e_i, and `squares` with its e_i² added; gradients −a e_i go into `grad`.
///
/// Two schools at a time; this also fixes the order of summation.
fn school_terms(
    pull: f64,
    school_prec: f64,
    mu: &[f64],
    own_part: &[f64],
    grad: &mut [f64],
    mut squares: Pair,
) -> (f64, Pair) {
    let (mu_pairs, mu_rest) = mu.as_chunks::<LANES>();
    let (own_pairs, own_rest) = own_part.as_chunks::<LANES>();
    let (grad_pairs, grad_rest) = grad.as_chunks_mut::<LANES>();
    let [pull, minus_prec] = [pull, -school_prec].map(Pair::splat);
    let mut errors = Pair::splat(0.0);
    let mut add = |mu, own: [f64; LANES]| {
        let e = Pair::new(mu) - (Pair::new(own) + pull);
        squares = squares + e * e;
        errors = errors + e;
        (minus_prec * e).lanes()
    };
    for ((mu, own), grad) in mu_pairs.iter().zip(own_pairs).zip(grad_pairs) {
        *grad = add(*mu, *own);
    }
    for ((mu, own), grad) in mu_rest.iter().zip(own_rest).zip(grad_rest) {
        // With a school without error, which adds 0.
        [*grad, _] = add([*mu, pull.lanes()[1]], [*own, 0.0]);
    }
    (errors.sum(), squares)
}

/// Size and observations of each region.
fn regions<'a>(sizes: &'a [usize], mut y: &'a [f64]) -> impl Iterator<Item = (f64, &'a [f64])> {
    sizes.iter().map(move |&size| {
        let here;
        (here, y) = y.split_at(size);
        (size as f64, here)
    })
}

fn mean(y: &[f64]) -> f64 {
    y.iter().sum::<f64>() / y.len() as f64
}

/// Sizes, `y` and one positive, finite noise variance per school.
pub(crate) fn check_design(y: &[f64], noise_var: &[f64], sizes: &[usize]) -> Result<(), RegionError> {
    check_data(y, sizes)?;
    if noise_var.len() != y.len() {
        return Err(RegionError::NoiseLengthMismatch {
            num_schools: y.len(),
            num_noise_vars: noise_var.len(),
        });
    }
    match noise_var.iter().position(|var| !(*var > 0.0 && var.is_finite())) {
        Some(index) => Err(RegionError::NoiseVarOutOfRange { index, value: noise_var[index] }),
        None => Ok(()),
    }
}

fn check_data(y: &[f64], sizes: &[usize]) -> Result<(), RegionError> {
    if sizes.is_empty() {
        return Err(RegionError::NoRegion);
    }
    if let Some(region) = sizes.iter().position(|&size| size == 0) {
        return Err(RegionError::EmptyRegion { region });
    }
    check_y(y, sizes)
}

/// One finite observation per school.
pub(crate) fn check_y(y: &[f64], sizes: &[usize]) -> Result<(), RegionError> {
    let num_schools = sizes.iter().sum();
    if num_schools != y.len() {
        return Err(RegionError::LengthMismatch { num_schools, num_obs: y.len() });
    }
    match y.iter().position(|y| !y.is_finite()) {
        Some(index) => Err(RegionError::ObservationNotFinite { index, value: y[index] }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LECTURE: RegionScales = RegionScales { noise_var: 1.0, school_var: 1.0, region_var: 25.0 };

    #[derive(Deserialize)]
    struct Model1 {
        y: Vec<f64>,
        theta_mean: Vec<f64>,
        theta_sd: Vec<f64>,
        mu_mean: Vec<f64>,
        mu_sd: Vec<f64>,
        cov_theta1_mu1: f64,
        cov_mu1_mu2: f64,
        log_marginal_likelihood: f64,
    }

    /// Four regions of ten schools, the posterior by matrix algebra with 60 digits.
    fn model1() -> Model1 {
        serde_json::from_str(include_str!("../../mcmc/tests/reference/model1/expected.json")).unwrap()
    }

    fn assert_close(ours: &[f64], expected: &[f64]) {
        assert_eq!(ours.len(), expected.len());
        for (ours, expected) in ours.iter().zip(expected) {
            assert!((ours - expected).abs() < 1e-12, "{ours} {expected}"); // rounding of numbers up to 15
        }
    }

    #[test]
    fn posterior_is_that_of_matrix_algebra() {
        let expected = model1();
        let posterior = RegionPosterior::new(&expected.y, &[10; 4], LECTURE).unwrap();
        assert_close(&posterior.theta_mean, &expected.theta_mean);
        assert_close(&posterior.theta_sd, &expected.theta_sd);
        assert_close(&posterior.mu_mean, &expected.mu_mean);
        assert_close(&posterior.mu_sd, &expected.mu_sd);
        assert!((posterior.theta_mu_cov[0] - expected.cov_theta1_mu1).abs() < 1e-14);
        assert!((posterior.mu_cov(0, 1) - expected.cov_mu1_mu2).abs() < 1e-14);
        assert!((posterior.log_marginal_likelihood - expected.log_marginal_likelihood).abs() < 1e-11);
    }

    #[test]
    fn limits_of_the_region_variance() {
        let y = [1.0, 3.0, -2.0];
        let posterior =
            |region_var| RegionPosterior::new(&y, &[2, 1], RegionScales { region_var, ..LECTURE }).unwrap();
        assert_eq!(posterior(0.0).theta_mean, [0.0, 0.0]);
        assert_eq!(posterior(0.0).theta_sd, [0.0, 0.0]);
        assert_eq!(posterior(f64::INFINITY).theta_mean, [2.0, -2.0]);
        assert_eq!(posterior(f64::INFINITY).theta_sd, [1.0, 2.0_f64.sqrt()]);
    }

    #[test]
    fn joint_density_over_posterior_density_is_the_marginal_likelihood() {
        // log p(y, mu, theta) − log p(theta | y) − Σ log p(mu_i | theta, y), at any point.
        let (sizes, scales) = ([1, 2, 5], RegionScales { noise_var: 0.7, school_var: 2.0, region_var: 3.0 });
        let y = [0.3, -1.0, 2.0, 4.0, 3.5, 5.0, 2.5, 3.0];
        let posterior = RegionPosterior::new(&y, &sizes, scales).unwrap();
        let model = RegionModel::new(&y, &sizes, scales).unwrap();
        let position: Vec<f64> = (0..model.dim()).map(|i| libm::sin(3.0 * i as f64)).collect();
        let log_normal = |x: f64, mean: f64, sd: f64| {
            -0.5 * libm::log(TAU) - libm::log(sd) - 0.5 * ((x - mean) / sd) * ((x - mean) / sd)
        };
        let region = [0, 1, 1, 2, 2, 2, 2, 2];
        let mut log_posterior = 0.0;
        for ((theta, mean), sd) in position.iter().zip(&posterior.theta_mean).zip(&posterior.theta_sd) {
            log_posterior += log_normal(*theta, *mean, *sd);
        }
        let b = posterior.shrinkage[0];
        for i in 0..8 {
            let mean = (1.0 - b) * y[i] + b * position[region[i]];
            log_posterior += log_normal(position[3 + i], mean, (scales.noise_var * (1.0 - b)).sqrt());
        }
        let log_density = model.log_density_and_grad(&position, &mut vec![0.0; model.dim()]);
        assert!((log_density - log_posterior - posterior.log_marginal_likelihood).abs() < 1e-12);
    }

    #[test]
    fn gradient_is_that_of_central_differences() {
        let (sizes, scales) = ([1, 2, 5], RegionScales { noise_var: 0.7, school_var: 2.0, region_var: 3.0 });
        let normals = RegionNormals::random(3, 0, &sizes);
        let data = realize(&normals, &sizes, scales);
        let model = RegionModel::new(&data.y, &sizes, scales).unwrap();
        let mut unused = vec![0.0; model.dim()];
        for point in 0..3 {
            let mut position: Vec<f64> =
                (0..model.dim()).map(|i| 4.0 * libm::sin((7 * point + i) as f64)).collect();
            let mut grad = vec![0.0; model.dim()];
            model.log_density_and_grad(&position, &mut grad);
            for i in 0..model.dim() {
                // The density is quadratic, so the difference quotient is exact up to rounding.
                let (h, x) = (1e-3, position[i]);
                position[i] = x + h;
                let above = model.log_density_and_grad(&position, &mut unused);
                position[i] = x - h;
                let below = model.log_density_and_grad(&position, &mut unused);
                position[i] = x;
                assert!(((above - below) / (2.0 * h) - grad[i]).abs() < 1e-9, "coordinate {i}");
            }
        }
    }

    #[test]
    fn exact_draws_have_the_posterior_moments() {
        let (sizes, scales) = ([2, 1], RegionScales { noise_var: 2.0, school_var: 1.0, region_var: 3.0 });
        let posterior = RegionPosterior::new(&[1.0, 3.0, -2.0], &sizes, scales).unwrap();
        let mut rng = stream(8, "test", 0);
        let (num_draws, mut draw) = (100_000, [0.0; 5]);
        let means = [posterior.theta_mean.clone(), posterior.mu_mean.clone()].concat();
        let sds = [posterior.theta_sd.clone(), posterior.mu_sd.clone()].concat();
        let mut sums = [0.0; 5];
        let mut products = [[0.0; 5]; 5];
        for _ in 0..num_draws {
            posterior.exact_draw(&mut rng, &mut draw);
            for a in 0..5 {
                sums[a] += draw[a] - means[a];
                for b in 0..5 {
                    products[a][b] += (draw[a] - means[a]) * (draw[b] - means[b]);
                }
            }
        }
        let covariance = |a: usize, b: usize| match (a, b) {
            _ if a == b => sds[a] * sds[a],
            (0, 2 | 3) => posterior.theta_mu_cov[0],
            (1, 4) => posterior.theta_mu_cov[2],
            (2, 3) => posterior.mu_cov(0, 1),
            _ => 0.0,
        };
        let n = f64::from(num_draws);
        // 4 standard errors; 20 comparisons, so a false alarm for one seed in about 800.
        for a in 0..5 {
            assert!((sums[a] / n).abs() < 4.0 * sds[a] / n.sqrt());
            for b in a..5 {
                let se = ((sds[a] * sds[b]).powi(2) + covariance(a, b).powi(2)).sqrt() / n.sqrt();
                assert!((products[a][b] / n - covariance(a, b)).abs() < 4.0 * se, "{a} {b}");
            }
        }
    }

    #[test]
    fn a_further_school_or_region_leaves_the_others_alone() {
        let before = RegionNormals::random(1, 2, &[3, 2]);
        let after = RegionNormals::random(1, 2, &[5, 2, 4]);
        assert_eq!(before.theta, after.theta[..2]);
        assert_eq!(before.mu[..3], after.mu[..3]);
        assert_eq!(before.mu[3..], after.mu[5..7]);
        assert_eq!(before.noise[3..], after.noise[5..7]);
        let mut refilled = after;
        refilled.random_into(1, 2, &[3, 2]);
        assert_eq!(refilled, before);
    }

    #[test]
    fn the_lectures_own_data() {
        let sizes = [10; 4];
        let data = realize(&RegionNormals::lecture(&sizes), &sizes, LECTURE);
        // As rebuilt with R 4's generator, seed 4, printed with four decimals.
        let theta = [1.0838, -2.7125, 4.4557, 2.9799];
        let mu = [(0, 2.7194), (9, 1.0386), (10, -2.6781), (39, 1.2919)];
        let y = [(0, 1.8984), (1, 0.9109), (10, -0.7072), (25, 5.5246), (39, -0.1789)];
        for (k, theta) in theta.iter().enumerate() {
            assert!((data.theta[k] - theta).abs() < 5.1e-5);
        }
        for (i, mu) in mu {
            assert!((data.mu[i] - mu).abs() < 5.1e-5);
        }
        for (i, y) in y {
            assert!((data.y[i] - y).abs() < 5.1e-5);
        }
        let sse: f64 = data.y.iter().zip(&data.mu).map(|(y, mu)| (y - mu) * (y - mu)).sum();
        assert!((sse - 30.009).abs() < 5.1e-4);
        let posterior = RegionPosterior::new(&data.y, &sizes, LECTURE).unwrap();
        let sse: f64 = posterior.mu_mean.iter().zip(&data.mu).map(|(m, mu)| (m - mu) * (m - mu)).sum();
        assert!((sse - 18.571).abs() < 5.1e-4);
        for (k, mean) in [1.2199, -1.8278, 4.5591, 2.8860].iter().enumerate() {
            assert!((posterior.theta_mean[k] - mean).abs() < 5.1e-5);
        }
    }

    #[test]
    fn lecture_normals_continue_beyond_the_lecture() {
        let larger = RegionNormals::lecture(&[12, 10, 3, 10, 2]);
        let lecture = RegionNormals::lecture(&[10; 4]);
        let random = RegionNormals::random(4, 0, &[12, 10, 3, 10, 2]);
        assert_eq!(larger.theta[..4], lecture.theta);
        assert_eq!(larger.theta[4], random.theta[4]);
        assert_eq!(larger.mu[..10], lecture.mu[..10]);
        assert_eq!(larger.mu[10..12], random.mu[10..12]);
        assert_eq!(larger.noise[12..22], lecture.noise[10..20]);
        assert_eq!(larger.noise[22..25], lecture.noise[20..23]);
        assert_eq!(larger.noise[25..35], lecture.noise[30..]);
        assert_eq!(larger.noise[35..], random.noise[35..]);
    }

    #[test]
    fn impossible_designs_and_data_are_refused() {
        let new = |y: &[f64], sizes: &[usize], scales| RegionPosterior::new(y, sizes, scales).unwrap_err();
        assert_eq!(new(&[], &[], LECTURE), RegionError::NoRegion);
        assert_eq!(new(&[1.0], &[1, 0], LECTURE), RegionError::EmptyRegion { region: 1 });
        let error = new(&[1.0], &[2], LECTURE);
        assert_eq!(error, RegionError::LengthMismatch { num_schools: 2, num_obs: 1 });
        assert_eq!(error.to_string(), "the design has 2 schools, but there are 1 observations");
        let error = new(&[1.0, f64::INFINITY], &[2], LECTURE);
        assert_eq!(error, RegionError::ObservationNotFinite { index: 1, value: f64::INFINITY });
        let scales = RegionScales { school_var: 0.0, ..LECTURE };
        assert!(RegionPosterior::new(&[1.0], &[1], scales).is_ok());
        let error = RegionModel::new(&[1.0], &[1], scales).unwrap_err();
        assert_eq!(error, RegionError::VarOutOfRange { name: "school_var", value: 0.0 });
    }
}
