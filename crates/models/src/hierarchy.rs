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
    /// Log prior density of the learned scales at 0.
    log_prior_at_zero: f64,
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
            log_prior_at_zero: [school_sd, region_sd]
                .iter()
                .filter_map(|scale| scale.prior())
                .map(ScalePrior::log_density_at_zero)
                .sum(),
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
            .unwrap_or_else(|_| unreachable!("eight finite effects with positive standard errors"))
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
        let ratio = |scale: Scale, sd: f64| scale.prior().map_or(0.0, |prior| prior.log_ratio_to_zero(sd));
        self.log_prior_at_zero
            + ratio(self.school_sd, school_sd)
            + ratio(self.region_sd, region_sd)
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
            // A number of its own, so that the loops below need not look again after each school.
            let center = theta_var * prec * mean + theta_var.sqrt() * *theta;
            *theta = center;
            if let [group] = region.groups {
                let conditional = SchoolConditional::new(group.noise_var, school_var);
                let pull = conditional.shrinkage * center;
                for (mu, y) in mu_here.iter_mut().zip(y_here) {
                    *mu = (conditional.keep * y + pull) + conditional.sd * *mu;
                }
            } else {
                for ((mu, y), noise_var) in mu_here.iter_mut().zip(y_here).zip(noise_here) {
                    let conditional = SchoolConditional::new(*noise_var, school_var);
                    *mu = (conditional.keep * y + conditional.shrinkage * center) + conditional.sd * *mu;
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
    /// (1-B_i) V_i.
    pub(crate) var: f64,
    /// Its root.
    pub(crate) sd: f64,
}

impl SchoolConditional {
    #[inline]
    pub(crate) fn new(noise_var: f64, school_var: f64) -> Self {
        let total_var = noise_var + school_var;
        let (keep, shrinkage) = (school_var / total_var, noise_var / total_var);
        let var = keep * noise_var;
        Self { keep, shrinkage, var, sd: var.sqrt() }
    }

    /// SD of mu_i when theta_k has the variance `theta_var`.
    #[inline]
    pub(crate) fn mu_sd(self, theta_var: f64) -> f64 {
        (self.var + self.shrinkage * self.shrinkage * theta_var).sqrt()
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

#[cfg(test)]
mod tests {
    use stats::stream;

    use super::*;
    use crate::log_marginal_likelihood;
    use crate::{RegionPosterior, RegionScales};

    const Y: [f64; 8] = [0.3, -1.0, 2.0, 4.0, 3.5, 5.0, 2.5, 3.0];
    const SIZES: [usize; 3] = [1, 2, 5];
    const NOISE_VAR: [f64; 8] = [0.7, 2.0, 0.1, 1.0, 3.0, 1.0, 3.0, 0.4];
    const VARS: [(f64, f64); 6] = [(2.0, 3.0), (0.01, 50.0), (0.0, 3.0), (2.0, 0.0), (0.0, 0.0), (1e-9, 1e4)];

    fn known(school_sd: f64, region_sd: f64) -> Hierarchy {
        Hierarchy::new(&Y, &NOISE_VAR, &SIZES, Scale::Known(school_sd), Scale::Known(region_sd)).unwrap()
    }

    fn learned() -> Hierarchy {
        let school_sd = Scale::Learned(ScalePrior::HalfNormal { scale: 2.5 });
        let region_sd = Scale::Learned(ScalePrior::HalfCauchy { scale: 5.0 });
        Hierarchy::new(&Y, &NOISE_VAR, &SIZES, school_sd, region_sd).unwrap()
    }

    /// Mean and covariance of (theta, mu) given y, and log p(y), by dense Gaussian conditioning
    /// on one observation after the other.
    fn by_matrices(school_var: f64, region_var: f64) -> (Vec<f64>, Vec<Vec<f64>>, f64) {
        let region = [0, 1, 1, 2, 2, 2, 2, 2];
        let prior_cov = |a: usize, b: usize| {
            let of = |x: usize| if x < 3 { x } else { region[x - 3] };
            let own = if a == b && a >= 3 { school_var } else { 0.0 };
            own + if of(a) == of(b) { region_var } else { 0.0 }
        };
        let mut cov: Vec<Vec<f64>> = (0..11).map(|a| (0..11).map(|b| prior_cov(a, b)).collect()).collect();
        let (mut mean, mut log_density) = (vec![0.0; 11], 0.0);
        for i in 0..8 {
            let column: Vec<f64> = (0..11).map(|a| cov[a][3 + i]).collect();
            let (var, error) = (column[3 + i] + NOISE_VAR[i], Y[i] - mean[3 + i]);
            log_density -= 0.5 * ((std::f64::consts::TAU * var).ln() + error * error / var);
            for a in 0..11 {
                mean[a] += column[a] * error / var;
                for b in 0..11 {
                    cov[a][b] -= column[a] * column[b] / var;
                }
            }
        }
        (mean, cov, log_density)
    }

    #[test]
    fn unequal_noise_is_that_of_matrix_algebra() {
        for (school_var, region_var) in VARS {
            let (mean, cov, log_density) = by_matrices(school_var, region_var);
            let posterior =
                RegionPosterior::with_noise(&Y, &NOISE_VAR, &SIZES, school_var, region_var).unwrap();
            let log_marginal = known(1.0, 1.0).log_marginal(school_var, region_var);
            assert_eq!(posterior.log_marginal_likelihood, log_marginal);
            assert!((log_marginal - log_density).abs() < 1e-11, "{log_marginal} {log_density}");
            // Conditioning cancels prior variances of up to 10⁴ down to about 1.
            let close = |ours: f64, expected: f64| {
                assert!((ours - expected).abs() < 1e-10, "{school_var} {region_var}: {ours} {expected}");
            };
            for k in 0..3 {
                close(posterior.theta_mean[k], mean[k]);
                close(posterior.theta_sd[k] * posterior.theta_sd[k], cov[k][k]);
            }
            let region = [0, 1, 1, 2, 2, 2, 2, 2];
            for i in 0..8 {
                close(posterior.mu_mean[i], mean[3 + i]);
                close(posterior.theta_mu_cov[i], cov[region[i]][3 + i]);
                for j in 0..8 {
                    close(posterior.mu_cov(i, j), cov[3 + i][3 + j]);
                }
            }
        }
    }

    #[test]
    fn equal_noise_is_the_closed_form() {
        for (school_var, region_var) in VARS {
            let hierarchy =
                Hierarchy::new(&Y, &[0.7; 8], &SIZES, Scale::Known(1.0), Scale::Known(1.0)).unwrap();
            let scales = RegionScales { noise_var: 0.7, school_var, region_var };
            let expected = log_marginal_likelihood(&Y, &SIZES, scales);
            let ours = hierarchy.log_marginal(school_var, region_var);
            assert!((ours - expected).abs() < 1e-12 * expected.abs(), "{ours} {expected}");
            let general = RegionPosterior::with_noise(&Y, &[0.7; 8], &SIZES, school_var, region_var).unwrap();
            let special = RegionPosterior::new(&Y, &SIZES, scales).unwrap();
            for i in 0..8 {
                assert!((general.mu_mean[i] - special.mu_mean[i]).abs() < 1e-14);
                assert!((general.mu_sd[i] - special.mu_sd[i]).abs() < 1e-14);
            }
        }
    }

    #[test]
    fn a_flat_prior_on_theta() {
        let posterior = RegionPosterior::with_noise(&Y, &NOISE_VAR, &SIZES, 1.0, f64::INFINITY).unwrap();
        assert_eq!(posterior.log_marginal_likelihood, f64::NEG_INFINITY);
        assert_eq!((posterior.theta_mean[0], posterior.theta_sd[0]), (0.3, 1.7_f64.sqrt()));
    }

    #[test]
    fn other_data_are_those_of_a_new_model() {
        let mut hierarchy = learned();
        let y = [1.0, 5.0, -2.0, 0.5, 0.25, -7.0, 3.0, 1.0];
        hierarchy.set_y(&y).unwrap();
        let new =
            Hierarchy::new(&y, &NOISE_VAR, &SIZES, hierarchy.school_sd(), hierarchy.region_sd()).unwrap();
        assert_eq!(hierarchy, new);
        assert_eq!(hierarchy.set_y(&y[1..]), Err(RegionError::LengthMismatch { num_schools: 8, num_obs: 7 }));
        assert_eq!(hierarchy, new);
    }

    #[test]
    fn draws_have_the_moments_of_matrix_algebra() {
        for (school_var, region_var) in [(2.0, 3.0), (0.5, 0.0), (0.0, 1.0)] {
            let (mean, cov, _) = by_matrices(school_var, region_var);
            let (hierarchy, mut rng) = (learned(), stream(3, "test", 0));
            let (num_draws, mut draw) = (40_000, [0.0; 11]);
            let mut sums = [0.0; 11];
            let mut products = [[0.0; 11]; 11];
            for _ in 0..num_draws {
                hierarchy.draw_given_scales(school_var, region_var, &mut rng, &mut draw);
                for a in 0..11 {
                    sums[a] += draw[a] - mean[a];
                    for b in 0..11 {
                        products[a][b] += (draw[a] - mean[a]) * (draw[b] - mean[b]);
                    }
                }
            }
            let n = f64::from(num_draws);
            // 4.5 standard errors; 231 comparisons, so a false alarm for one seed in 600. The 10⁻⁹ is rounding.
            for a in 0..11 {
                assert!((sums[a] / n).abs() < 4.5 * (cov[a][a] / n).max(0.0).sqrt() + 1e-9);
                for b in a..11 {
                    let se = ((cov[a][a] * cov[b][b] + cov[a][b] * cov[a][b]) / n).max(0.0).sqrt();
                    assert!((products[a][b] / n - cov[a][b]).abs() < 4.5 * se + 1e-9, "{a} {b}");
                }
            }
        }
    }

    #[test]
    fn simulated_data_have_the_prior_variances() {
        let (hierarchy, mut rng) = (known(0.5, 2.0), stream(5, "test", 0));
        let num_draws = 20_000;
        let mut squares = [0.0; 3];
        for _ in 0..num_draws {
            let data = hierarchy.simulate_prior(&mut rng);
            assert_eq!((data.school_sd, data.region_sd), (0.5, 2.0));
            squares[0] += data.theta[2] * data.theta[2];
            squares[1] += (data.mu[7] - data.theta[2]) * (data.mu[7] - data.theta[2]);
            squares[2] += (data.y[7] - data.mu[7]) * (data.y[7] - data.mu[7]);
        }
        for (square, var) in squares.iter().zip([4.0, 0.25, 0.4]) {
            // The mean square of n normals has the relative SD √(2/n) = 0.01; 4 of them.
            assert!((square / f64::from(num_draws) / var - 1.0).abs() < 0.04);
        }
    }

    #[test]
    fn simulated_scales_follow_their_priors() {
        let (hierarchy, mut rng) = (learned(), stream(6, "test", 0));
        let num_draws = 10_000;
        let mut below = [0.0; 2];
        for _ in 0..num_draws {
            let data = hierarchy.simulate_prior(&mut rng);
            below[0] += f64::from(data.school_sd < ScalePrior::HalfNormal { scale: 2.5 }.quantile(0.5));
            below[1] += f64::from(data.region_sd < 5.0);
        }
        // 4 SDs of a binomial: 4 · √(10⁴)/2.
        assert!(below.iter().all(|count| (count - 5000.0).abs() < 200.0), "{below:?}");
    }

    #[test]
    fn variables_are_named_as_in_stan() {
        let names = learned().variable_names();
        assert_eq!(names.len(), learned().num_variables());
        assert_eq!((&names[0][..], &names[3][..], &names[10][..]), ("theta[1]", "mu[1]", "mu[8]"));
        assert_eq!(names[11..], ["sigma_mu", "sigma_theta"]);
        assert_eq!(Hierarchy::eight_schools().variable_names()[8..], ["mu[8]", "sigma_mu"]);
        assert_eq!(known(1.0, 1.0).num_variables(), 11);
    }

    #[test]
    fn a_product_beyond_the_range_of_f64_has_its_logarithm() {
        let mut product = crate::noise_groups::LogProduct::default();
        for factor in [1e200, 1e200, 1e-40, 1e140, 1e140, 3.0, 1e-300, 1e-300, 1e-300] {
            product.multiply(factor);
        }
        assert!((product.logarithm() - (3.0_f64.ln() - 260.0 * 10.0_f64.ln())).abs() < 1e-11);
    }

    #[test]
    fn impossible_models_are_refused() {
        let new = |noise_var: &[f64], school_sd, region_sd| {
            Hierarchy::new(&Y[..2], noise_var, &[2], school_sd, region_sd).unwrap_err()
        };
        let one = Scale::Known(1.0);
        assert_eq!(
            new(&[1.0], one, one),
            RegionError::NoiseLengthMismatch { num_schools: 2, num_noise_vars: 1 }
        );
        assert_eq!(new(&[1.0, 0.0], one, one), RegionError::NoiseVarOutOfRange { index: 1, value: 0.0 });
        assert_eq!(
            new(&[1.0; 2], Scale::Known(-1.0), one),
            RegionError::SdOutOfRange { name: "school_sd", value: -1.0 }
        );
        let prior = Scale::Learned(ScalePrior::HalfCauchy { scale: 0.0 });
        let error = new(&[1.0; 2], one, prior);
        assert_eq!(error, RegionError::PriorScaleOutOfRange { name: "region_sd", value: 0.0 });
        assert_eq!(
            error.to_string(),
            "the scale of the prior of region_sd must be positive and finite, but is 0"
        );
        assert_eq!(
            RegionPosterior::with_noise(&Y, &NOISE_VAR, &SIZES, -1.0, 1.0),
            Err(RegionError::VarOutOfRange { name: "school_var", value: -1.0 })
        );
    }
}
