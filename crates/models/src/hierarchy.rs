//! Schools in regions with unequal, known noise, and scales known or learned.
//!
//! ```text
//! y_i ~ N(mu_i, V_i),   mu_i ~ N(theta_k, sigma_mu²),   theta_k ~ N(0, sigma_theta²)
//! ```
//!
//! The n schools are stored region by region; vectors over all parameters hold
//! theta (K), then mu (n). One region with a known sigma_theta is the model of the
//! eight schools (Gelman et al., Bayesian Data Analysis, 3rd ed., § 5.5).

use rand::Rng;
use stats::{fill_standard_normal, standard_normal};

use crate::noise_groups::{NoiseGroups, RegionEvidence};
use crate::region_hierarchical::{RegionError, check_design, check_y};
use crate::{Scale, ScalePrior};

/// Data, design and what is known of the scales. Checked when made.
#[derive(Clone, Debug, PartialEq)]
pub struct Hierarchy {
    y: Vec<f64>,
    noise_var: Vec<f64>,
    sizes: Vec<usize>,
    school_sd: Scale,
    region_sd: Scale,
    groups: NoiseGroups,
}

/// All that one run of the model produces: scales, truths and data.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HierarchyData {
    /// sigma_mu, in the unit of `y`.
    pub school_sd: f64,
    /// sigma_theta, in the unit of `y`.
    pub region_sd: f64,
    /// Region means, length K.
    pub theta: Vec<f64>,
    /// Schools' truths, length n.
    pub mu: Vec<f64>,
    /// Observed school means, length n.
    pub y: Vec<f64>,
}

impl Hierarchy {
    /// The model of these data.
    ///
    /// - `y`: observed school means, length n, region by region.
    /// - `noise_var`: V_i, their known variances in the squared unit of `y`, length n, all > 0.
    /// - `sizes`: number of schools of each region, all > 0, sum n.
    /// - `school_sd`, `region_sd`: sigma_mu and sigma_theta; a known one may be 0.
    ///
    /// # Errors
    /// Any [`RegionError`] but `VarOutOfRange`.
    pub fn new(
        y: &[f64],
        noise_var: &[f64],
        sizes: &[usize],
        school_sd: Scale,
        region_sd: Scale,
    ) -> Result<Self, RegionError> {
        check_design(y, noise_var, sizes)?;
        check_scale("school_sd", school_sd)?;
        check_scale("region_sd", region_sd)?;
        Ok(Self {
            y: y.to_vec(),
            noise_var: noise_var.to_vec(),
            sizes: sizes.to_vec(),
            school_sd,
            region_sd,
            groups: NoiseGroups::new(y, noise_var, sizes),
        })
    }

    /// The eight schools: coaching effects on test scores and their squared standard
    /// errors (Rubin 1981, J. Educ. Stat. 6:377–401), with the priors of posteriordb's
    /// `eight_schools`: theta_1 (BDA's mu) ~ N(0, 5²), sigma_mu (BDA's tau) ~ half-Cauchy(0, 5).
    #[must_use]
    pub fn eight_schools() -> Self {
        let noise_var = EIGHT_SCHOOLS_SE.map(|se| se * se);
        let school_sd = Scale::Learned(ScalePrior::HalfCauchy { scale: 5.0 });
        Self::new(&EIGHT_SCHOOLS_Y, &noise_var, &[8], school_sd, Scale::Known(5.0))
            .expect("eight finite effects with positive standard errors")
    }

    /// The same design, noise and scales with other data, without allocation.
    ///
    /// # Errors
    /// [`RegionError::LengthMismatch`], [`RegionError::ObservationNotFinite`]; the old data then stay.
    pub fn set_y(&mut self, y: &[f64]) -> Result<(), RegionError> {
        check_y(y, &self.sizes)?;
        self.y.copy_from_slice(y);
        self.groups.set_y(y);
        Ok(())
    }

    /// Observed school means, length n.
    #[must_use]
    pub fn y(&self) -> &[f64] {
        &self.y
    }

    /// V_i, length n, in the squared unit of `y`.
    #[must_use]
    pub fn noise_var(&self) -> &[f64] {
        &self.noise_var
    }

    /// Number of schools of each region, length K.
    #[must_use]
    pub fn sizes(&self) -> &[usize] {
        &self.sizes
    }

    /// sigma_mu, or its prior.
    #[must_use]
    pub fn school_sd(&self) -> Scale {
        self.school_sd
    }

    /// sigma_theta, or its prior.
    #[must_use]
    pub fn region_sd(&self) -> Scale {
        self.region_sd
    }

    /// K.
    #[must_use]
    pub fn num_regions(&self) -> usize {
        self.sizes.len()
    }

    /// n.
    #[must_use]
    pub fn num_schools(&self) -> usize {
        self.y.len()
    }

    /// Length of a draw: K + n and one for every learned scale.
    #[must_use]
    pub fn num_variables(&self) -> usize {
        self.num_regions() + self.num_schools() + self.num_learned()
    }

    /// How many of the two scales are learned.
    #[must_use]
    pub fn num_learned(&self) -> usize {
        usize::from(self.school_sd.is_learned()) + usize::from(self.region_sd.is_learned())
    }

    /// Names and lengths of the variables in the order of a draw; a scalar has no length
    /// and, in Stan's fashion, no index in its name.
    #[must_use]
    pub fn variable_blocks(&self) -> Vec<(&'static str, Option<usize>)> {
        let mut blocks = vec![("theta", Some(self.num_regions())), ("mu", Some(self.num_schools()))];
        let scales = [("sigma_mu", self.school_sd), ("sigma_theta", self.region_sd)];
        blocks.extend(scales.iter().filter(|(_, scale)| scale.is_learned()).map(|(name, _)| (*name, None)));
        blocks
    }

    /// Names of the variables in the order of a draw: `theta[1]`, …, `mu[1]`, …, `sigma_mu`, `sigma_theta`.
    #[must_use]
    pub fn variable_names(&self) -> Vec<String> {
        let names = |(name, len): (&str, Option<usize>)| match len {
            Some(len) => (1..=len).map(|i| format!("{name}[{i}]")).collect(),
            None => vec![name.to_owned()],
        };
        self.variable_blocks().into_iter().flat_map(names).collect()
    }

    /// Scales from their priors, then truths and data of this design: what
    /// simulation-based calibration starts from. A known scale keeps its value.
    pub fn simulate_prior(&self, rng: &mut impl Rng) -> HierarchyData {
        let (school_sd, region_sd) = (self.school_sd.sample(rng), self.region_sd.sample(rng));
        let theta: Vec<f64> = self.sizes.iter().map(|_| region_sd * standard_normal(rng)).collect();
        let mut mu = Vec::with_capacity(self.num_schools());
        for (size, theta) in self.sizes.iter().zip(&theta) {
            mu.extend((0..*size).map(|_| theta + school_sd * standard_normal(rng)));
        }
        let y =
            mu.iter().zip(&self.noise_var).map(|(mu, var)| mu + var.sqrt() * standard_normal(rng)).collect();
        HierarchyData { school_sd, region_sd, theta, mu, y }
    }

    /// Log density of `y` at these variances, theta and mu integrated out, constants included.
    ///
    /// - `school_var`, `region_var`: sigma_mu² and sigma_theta², ≥ 0, whether the scales are
    ///   learned or not.
    ///
    /// Costs a few operations per region and distinct noise variance in it, not per school.
    #[must_use]
    pub fn log_marginal(&self, school_var: f64, region_var: f64) -> f64 {
        self.groups.log_marginal(school_var, region_var)
    }

    /// Log of p(y | scales) × the priors of the learned scales, as a density of the SDs:
    /// their posterior density up to the marginal likelihood of the data.
    #[must_use]
    pub fn log_scale_density(&self, school_sd: f64, region_sd: f64) -> f64 {
        self.school_sd.log_density(school_sd)
            + self.region_sd.log_density(region_sd)
            + self.log_marginal(school_sd * school_sd, region_sd * region_sd)
    }

    /// Draws theta (K), then mu (n), from their posterior at these variances into `out`. No allocation.
    ///
    /// - `school_var`, `region_var`: sigma_mu² and sigma_theta², ≥ 0.
    ///
    /// # Panics
    /// If `out` has another length than K + n.
    pub fn draw_given_scales(&self, school_var: f64, region_var: f64, rng: &mut impl Rng, out: &mut [f64]) {
        assert_eq!(out.len(), self.num_regions() + self.num_schools());
        fill_standard_normal(rng, out);
        let (theta, mut mu) = out.split_at_mut(self.num_regions());
        let (mut y, mut noise_var) = (&self.y[..], &self.noise_var[..]);
        for (region, theta) in self.groups.regions().zip(theta) {
            let (mu_here, y_here, noise_here);
            (mu_here, mu) = mu.split_at_mut(region.num_schools);
            (y_here, y) = y.split_at(region.num_schools);
            (noise_here, noise_var) = noise_var.split_at(region.num_schools);
            let RegionEvidence { prec, mean, .. } = region.evidence(school_var);
            let theta_var = conditional_var(region_var, prec);
            *theta = theta_var * prec * mean + theta_var.sqrt() * *theta;
            if let [group] = region.groups {
                let conditional = SchoolConditional::new(group.noise_var, school_var);
                let pull = conditional.shrinkage * *theta;
                for (mu, y) in mu_here.iter_mut().zip(y_here) {
                    *mu = (conditional.keep * y + pull) + conditional.sd * *mu;
                }
            } else {
                for ((mu, y), noise_var) in mu_here.iter_mut().zip(y_here).zip(noise_here) {
                    let conditional = SchoolConditional::new(*noise_var, school_var);
                    *mu = (conditional.keep * y + conditional.shrinkage * *theta) + conditional.sd * *mu;
                }
            }
        }
    }

    pub(crate) fn groups(&self) -> &NoiseGroups {
        &self.groups
    }
}

const EIGHT_SCHOOLS_Y: [f64; 8] = [28.0, 8.0, -3.0, 7.0, -1.0, 1.0, 18.0, 12.0];
const EIGHT_SCHOOLS_SE: [f64; 8] = [15.0, 10.0, 16.0, 11.0, 9.0, 11.0, 10.0, 18.0];

/// mu_i given theta_k and y_i: mean keep·y_i + shrinkage·theta_k, and its SD.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SchoolConditional {
    /// 1 − B_i.
    pub(crate) keep: f64,
    /// B_i = V_i/(V_i + sigma_mu²).
    pub(crate) shrinkage: f64,
    /// √((1-B_i) V_i).
    pub(crate) sd: f64,
}

impl SchoolConditional {
    #[inline]
    pub(crate) fn new(noise_var: f64, school_var: f64) -> Self {
        let total_var = noise_var + school_var;
        let (keep, shrinkage) = (school_var / total_var, noise_var / total_var);
        Self { keep, shrinkage, sd: (keep * noise_var).sqrt() }
    }
}

/// 1/(1/`prior_var` + `prec`), right for a prior variance of 0 or ∞ too.
#[inline]
pub(crate) fn conditional_var(prior_var: f64, prec: f64) -> f64 {
    let ratio = prior_var * prec;
    if ratio > 1.0 { 1.0 / (prec * (1.0 + 1.0 / ratio)) } else { prior_var / (1.0 + ratio) }
}

fn check_scale(name: &'static str, scale: Scale) -> Result<(), RegionError> {
    match scale {
        Scale::Known(sd) if !(sd >= 0.0 && sd.is_finite()) => {
            Err(RegionError::SdOutOfRange { name, value: sd })
        }
        Scale::Learned(prior) if !(prior.scale() > 0.0 && prior.scale().is_finite()) => {
            Err(RegionError::PriorScaleOutOfRange { name, value: prior.scale() })
        }
        _ => Ok(()),
    }
}
