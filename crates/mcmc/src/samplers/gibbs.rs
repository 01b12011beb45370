//! Gibbs sampling of the schools in regions, their scales known or learned.
//!
//! ```text
//! y_i ~ N(mu_i, V_i),   mu_i ~ N(theta_k, sigma_mu²),   theta_k ~ N(0, sigma_theta²)
//! ```
//!
//! Each step draws every variable from its exact distribution given all others
//! (Geman & Geman 1984; Gelfand & Smith 1990; for this model Gelman et al., Bayesian Data Analysis,
//! 3rd ed., § 11.6), but for the learned SDs, which move by a slice sampler.

use models::{Hierarchy, Scale, ScalePrior};
use stats::{SimRng, standard_normal, uniform};
use thiserror::Error;

use crate::samplers::nuts::Init;
use crate::samplers::slice::slice_draw;
use crate::{Sampler, Transition};

/// Starting points are uniform on (−2, 2), as in Stan.
const INIT_RADIUS: f64 = 2.0;
/// Width of the slice sampler's first interval, in units of the logarithm of an SD.
const SLICE_WIDTH: f64 = 1.0;

/// Why a Gibbs chain cannot be started.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum GibbsError {
    /// sigma_mu is known to be 0: then mu and theta are one, and neither can move given the other.
    #[error("Gibbs sampling needs a positive sigma_mu, but it is known to be 0")]
    SchoolSdIsZero,
    /// The starting draw has another length than the model's draws.
    #[error("the model has {num_variables} variables, but the starting draw {len}")]
    InitLengthMismatch {
        /// Number of variables.
        num_variables: usize,
        /// Length of the draw.
        len: usize,
    },
    /// A number of the starting draw is infinite or NaN, or an SD is not positive.
    #[error("variable {index} cannot start at {value}")]
    InitOutOfRange {
        /// Index into the draw.
        index: usize,
        /// What stands there.
        value: f64,
    },
}

/// One Gibbs chain for a [`Hierarchy`].
///
/// A step draws theta given mu, mu given theta (both normal), then each learned SD given mu and theta.
/// This is the centered way to look at the model: where the schools of a region are nearly equal,
/// sigma_mu, mu and theta hold each other in place and the chain creeps.
///
/// A draw holds theta (K), mu (n), then sigma_mu and sigma_theta if they are learned. Nothing is adapted;
/// warmup only lets the chain forget its start.
#[derive(Clone, Debug)]
pub struct GibbsChain {
    rng: SimRng,
    sizes: Vec<usize>,
    /// 1/V_i, length n.
    noise_prec: Vec<f64>,
    /// y_i/V_i, length n.
    weighted_y: Vec<f64>,
    school: ScaleState,
    region: ScaleState,
    num_warmup: usize,
    iteration: usize,
    draw: Vec<f64>,
}

/// An SD and, if it is learned, its prior.
#[derive(Clone, Copy, Debug)]
struct ScaleState {
    sd: f64,
    prior: Option<ScalePrior>,
}

impl GibbsChain {
    /// A chain that keeps no draw of its first `num_warmup` steps.
    ///
    /// - `rng`: see [`chain_stream`](crate::chain_stream).
    /// - `init`: [`Init::At`] takes a draw, that is the variables on their own scale. [`Init::Uniform`]
    ///   starts mu and the logarithms of the learned SDs uniformly on (−2, 2).
    ///
    /// # Errors
    /// Any [`GibbsError`].
    pub fn new(
        hierarchy: &Hierarchy,
        num_warmup: usize,
        mut rng: SimRng,
        init: Init<'_>,
    ) -> Result<Self, GibbsError> {
        if hierarchy.school_sd() == Scale::Known(0.0) {
            return Err(GibbsError::SchoolSdIsZero);
        }
        let mut uniform_start = || INIT_RADIUS * (2.0 * uniform(&mut rng) - 1.0);
        let num_effects = hierarchy.num_regions() + hierarchy.num_schools();
        let num_variables = hierarchy.num_variables();
        let mut draw = vec![0.0; num_variables];
        match init {
            Init::Uniform => {
                draw[hierarchy.num_regions()..].fill_with(&mut uniform_start);
                draw[num_effects..].iter_mut().for_each(|log_sd| *log_sd = libm::exp(*log_sd));
            }
            Init::At(start) if start.len() != num_variables => {
                return Err(GibbsError::InitLengthMismatch { num_variables, len: start.len() });
            }
            Init::At(start) => draw.copy_from_slice(start),
        }
        for (index, &value) in draw.iter().enumerate() {
            if !value.is_finite() || (index >= num_effects && value <= 0.0) {
                return Err(GibbsError::InitOutOfRange { index, value });
            }
        }
        let mut learned = draw[num_effects..].iter();
        let mut state = |scale: Scale| match scale {
            Scale::Known(sd) => ScaleState { sd, prior: None },
            Scale::Learned(prior) => {
                ScaleState { sd: *learned.next().expect("one variable per learned SD"), prior: Some(prior) }
            }
        };
        Ok(Self {
            school: state(hierarchy.school_sd()),
            region: state(hierarchy.region_sd()),
            rng,
            sizes: hierarchy.sizes().to_vec(),
            noise_prec: hierarchy.noise_var().iter().map(|var| 1.0 / var).collect(),
            weighted_y: hierarchy.y().iter().zip(hierarchy.noise_var()).map(|(y, var)| y / var).collect(),
            num_warmup,
            iteration: 0,
            draw,
        })
    }

    /// theta and mu, each given all the rest; the sums of squares of mu around theta and of theta around 0.
    fn draw_effects(&mut self) -> (f64, f64) {
        let school_prec = 1.0 / (self.school.sd * self.school.sd);
        let region_prec = 1.0 / (self.region.sd * self.region.sd);
        let (theta, mut mu) = self.draw.split_at_mut(self.sizes.len());
        let mut schools = self.noise_prec.iter().zip(&self.weighted_y);
        let (mut mu_squares, mut theta_squares) = (0.0, 0.0);
        for (theta, &size) in theta.iter_mut().zip(&self.sizes) {
            let mu_here;
            (mu_here, mu) = mu.split_at_mut(size);
            let prec = size as f64 * school_prec + region_prec;
            let mean = school_prec * mu_here.iter().sum::<f64>() / prec;
            *theta = mean + standard_normal(&mut self.rng) / prec.sqrt();
            theta_squares += *theta * *theta;
            for (mu, (noise_prec, weighted_y)) in mu_here.iter_mut().zip(schools.by_ref()) {
                let prec = noise_prec + school_prec;
                let mean = (weighted_y + school_prec * *theta) / prec;
                *mu = mean + standard_normal(&mut self.rng) / prec.sqrt();
                mu_squares += (*mu - *theta) * (*mu - *theta);
            }
        }
        (mu_squares, theta_squares)
    }
}

impl ScaleState {
    /// Moves a learned SD given `count` effects with this sum of squares around their mean:
    ///
    /// ```text
    /// log p(log sd | effects) = log prior(sd) + log sd − count log sd − squares / (2 sd²) + constant
    /// ```
    fn draw(&mut self, rng: &mut SimRng, count: usize, squares: f64) -> Option<f64> {
        let prior = self.prior?;
        let power = 1.0 - count as f64;
        let log_density = |log_sd: f64| {
            let sd = libm::exp(log_sd);
            prior.log_density(sd) + power * log_sd - 0.5 * squares / (sd * sd)
        };
        self.sd = libm::exp(slice_draw(rng, libm::log(self.sd), SLICE_WIDTH, log_density));
        Some(self.sd)
    }
}

impl Sampler for GibbsChain {
    fn step(&mut self) -> Transition {
        let (mu_squares, theta_squares) = self.draw_effects();
        let num_regions = self.sizes.len();
        let num_schools = self.noise_prec.len();
        let mut learned = self.draw[num_regions + num_schools..].iter_mut();
        for (scale, count, squares) in
            [(&mut self.school, num_schools, mu_squares), (&mut self.region, num_regions, theta_squares)]
        {
            if let Some(sd) = scale.draw(&mut self.rng, count, squares) {
                *learned.next().expect("one variable per learned SD") = sd;
            }
        }
        let warmup = self.iteration < self.num_warmup;
        self.iteration += 1;
        Transition { warmup, ..Transition::ACCEPTED }
    }

    fn draw(&self) -> &[f64] {
        &self.draw
    }

    fn num_warmup(&self) -> usize {
        self.num_warmup
    }
}
