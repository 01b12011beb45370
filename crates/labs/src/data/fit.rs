//! What each estimator makes of a set.

use estimators::marginal_likelihood::{Center, MarginalLikelihood, marginal_likelihood};
use estimators::regions::james_stein_by_region;
use estimators::{Truncation, james_stein_positive, num_closer, squared_error};
use models::{Hierarchy, Level, Scale, ScalePosterior, ScalePrior};
use plots::Role;
use stats::special::normal_quantile;

use super::words::estimator;
use super::{Set, words};

/// Units up to which intervals are quantiles of the exact posterior; beyond, mean ± z SD.
const MAX_EXACT: usize = 200;
/// SD of the prior of a center, and of the SD between units, in spans of the data: as good as flat.
const FLAT: f64 = 1e3;

/// What the units are drawn toward.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Target {
    Group,
    GrandMean,
    Zero,
}

/// An estimator: its name, how it is drawn, and its estimates.
pub(super) struct Contender {
    pub(super) label: &'static str,
    pub(super) role: Role,
    /// `None` where it is not defined.
    pub(super) estimates: Option<Vec<f64>>,
    /// Why it is not; empty where it is.
    pub(super) missing: &'static str,
}

pub(super) const JAMES_STEIN: usize = 2;
pub(super) const BAYES: usize = 4;

/// All estimates of a set.
pub(super) struct Fit {
    /// Groups as the estimators see them.
    pub(super) sizes: Vec<usize>,
    pub(super) labels: Vec<String>,
    pub(super) contenders: [Contender; 5],
    pub(super) bayes_sd: Vec<f64>,
    /// Of the level asked for.
    pub(super) intervals: Vec<(f64, f64)>,
    /// Share of the deviation that Bayes removes, on average over the posterior of the SD.
    pub(super) shrinkage: Vec<f64>,
    /// Mean and interval of each group's center.
    pub(super) centers: Vec<(f64, (f64, f64))>,
    pub(super) empirical: MarginalLikelihood,
    /// Posterior of the data in units of `scale` about `origin`.
    posterior: ScalePosterior,
    origin: f64,
    pub(super) scale: f64,
    james_stein_shrinkage: f64,
    pub(super) is_exact: bool,
}

impl Fit {
    /// - `level`: probability of the intervals.
    pub(super) fn new(set: &Set, target: Target, level: f64) -> Self {
        let (sizes, labels) = match target {
            Target::Group => (set.sizes.clone(), set.groups.clone()),
            Target::GrandMean | Target::Zero => (vec![set.len()], vec![words::unit::all(set.unit)]),
        };
        let (y, noise_var) = (&set.y[..], &set.noise_var[..]);
        let center = if target == Target::Zero { Center::Known(0.0) } else { Center::GroupMeans };
        let empirical = marginal_likelihood(y, noise_var, &sizes, center)
            .unwrap_or_else(|_| unreachable!("sets have positive variances"));
        let james_stein = james_stein(y, noise_var, &sizes, target);
        let (posterior, origin, scale) = posterior(y, noise_var, &sizes, target);
        let to_unit = |x: f64| origin + scale * x;
        let bayes: Vec<f64> = posterior.mu_mean.iter().map(|mean| to_unit(*mean)).collect();
        let bayes_sd: Vec<f64> = posterior.mu_sd.iter().map(|sd| scale * sd).collect();
        let (low, high) = (0.5 - 0.5 * level, 0.5 + 0.5 * level);
        let z = normal_quantile(high);
        let is_exact = set.len() <= MAX_EXACT;
        let interval = |i: usize| {
            if is_exact {
                let ends = posterior.quantiles(sizes.len() + i, &[low, high]);
                return (to_unit(ends[0]), to_unit(ends[1]));
            }
            (bayes[i] - z * bayes_sd[i], bayes[i] + z * bayes_sd[i])
        };
        let intervals = (0..y.len()).map(interval).collect();
        let of_center = |k: usize| {
            let (mean, half) = (to_unit(posterior.theta_mean[k]), z * scale * posterior.theta_sd[k]);
            (mean, (mean - half, mean + half))
        };
        let centers = (0..sizes.len()).map(of_center).collect();
        let pooled = pooled(y, noise_var, &sizes, target);
        let is_equal = noise_var.iter().all(|var| *var == noise_var[0]);
        let contender =
            |label, role, estimates| Contender { label, role, estimates: Some(estimates), missing: "" };
        let (pooled_label, pooled_role) = match target {
            Target::Zero => (words::NAIVE_ZERO, Role::Zero),
            Target::GrandMean => (estimator::GRAND_MEAN, Role::RegionMean),
            Target::Group if sizes.len() == 1 => (estimator::GRAND_MEAN, Role::RegionMean),
            Target::Group => (estimator::GROUP_MEAN, Role::RegionMean),
        };
        let contenders = [
            contender(words::MLE, Role::Mle, y.to_vec()),
            contender(pooled_label, pooled_role, pooled),
            Contender {
                label: words::JAMES_STEIN,
                role: Role::JamesStein,
                missing: match (&james_stein, is_equal) {
                    (Some(_), _) => "",
                    (None, false) => estimator::NEEDS_EQUAL_SE,
                    (None, true) => estimator::NEEDS_FOUR,
                },
                estimates: james_stein.as_ref().map(|found| found.0.clone()),
            },
            contender(estimator::EMPIRICAL_BAYES, Role::JamesStein, empirical.estimates.clone()),
            contender(estimator::FULL_BAYES, Role::Bayes, bayes),
        ];
        Self {
            sizes,
            labels,
            contenders,
            bayes_sd,
            intervals,
            shrinkage: posterior.shrinkage.clone(),
            centers,
            empirical,
            posterior,
            origin,
            scale,
            james_stein_shrinkage: james_stein.map_or(f64::NAN, |found| found.1),
            is_exact,
        }
    }

    /// Posterior means.
    pub(super) fn bayes(&self) -> &[f64] {
        self.contenders[BAYES].estimates.as_deref().unwrap_or_default()
    }

    /// Posterior median of unit `i`.
    pub(super) fn median(&self, i: usize) -> f64 {
        self.origin + self.scale * self.posterior.quantiles(self.sizes.len() + i, &[0.5])[0]
    }

    /// Posterior density of the SD between units, as (SD, density).
    pub(super) fn sd_curve(&self) -> Vec<(f64, f64)> {
        let curve = self.posterior.scale_curve(Level::School, 121);
        curve.into_iter().map(|(sd, density)| (self.scale * sd, density / self.scale)).collect()
    }

    /// Posterior median of the SD between units, and its interval at `level`.
    pub(super) fn sd_summary(&self, level: f64) -> [f64; 3] {
        let probs = [0.5, 0.5 - 0.5 * level, 0.5 + 0.5 * level];
        let found = self.posterior.scale_quantiles(Level::School, &probs);
        [found[0], found[1], found[2]].map(|sd| self.scale * sd)
    }

    /// Total squared error of a contender, where it is defined and the truth is known.
    pub(super) fn loss(&self, set: &Set, contender: usize) -> Option<f64> {
        Some(squared_error(self.contenders[contender].estimates.as_deref()?, set.truth.as_deref()?))
    }

    /// Of how many units `contender` is closer to the truth than the measurement.
    pub(super) fn num_closer(&self, set: &Set, contender: usize) -> Option<usize> {
        let estimates = self.contenders[contender].estimates.as_deref()?;
        Some(num_closer(estimates, &set.y, set.truth.as_deref()?))
    }

    // What the published numbers are compared with; NaN where it is not defined.

    pub(super) fn loss_of_mle(&self, set: &Set) -> f64 {
        self.loss(set, 0).unwrap_or(f64::NAN)
    }

    pub(super) fn loss_of_james_stein(&self, set: &Set) -> f64 {
        self.loss(set, JAMES_STEIN).unwrap_or(f64::NAN)
    }

    pub(super) fn num_closer_james_stein(&self, set: &Set) -> f64 {
        self.num_closer(set, JAMES_STEIN).map_or(f64::NAN, |count| count as f64)
    }

    pub(super) fn james_stein_shrinkage(&self) -> f64 {
        self.james_stein_shrinkage
    }

    pub(super) fn james_stein_estimate(&self, i: usize) -> f64 {
        self.contenders[JAMES_STEIN].estimates.as_ref().map_or(f64::NAN, |estimates| estimates[i])
    }
}

/// Positive-part James–Stein toward the target, and the share that it removes in the first group; `None`
/// unless all standard errors are equal and every group has enough units.
fn james_stein(y: &[f64], noise_var: &[f64], sizes: &[usize], target: Target) -> Option<(Vec<f64>, f64)> {
    let var = *noise_var.first()?;
    if noise_var.iter().any(|other| *other != var) {
        return None;
    }
    if target == Target::Zero {
        let shrunken = james_stein_positive(y, var).ok()?;
        return Some((shrunken.estimates, shrunken.shrinkage));
    }
    let found = james_stein_by_region(y, sizes, var, Truncation::PositivePart).ok()?;
    let rules: Vec<_> = found.rules.into_iter().collect::<Result<_, _>>().ok()?;
    Some((found.estimates, rules.first()?.shrinkage))
}

/// The precision-weighted mean of each unit's group, or 0.
fn pooled(y: &[f64], noise_var: &[f64], sizes: &[usize], target: Target) -> Vec<f64> {
    if target == Target::Zero {
        return vec![0.0; y.len()];
    }
    let (mut pooled, mut first) = (Vec::with_capacity(y.len()), 0);
    for size in sizes {
        let units = first..first + size;
        first = units.end;
        let weighted = units.clone().map(|i| (y[i] / noise_var[i], 1.0 / noise_var[i]));
        let (sum, weight) = weighted.fold((0.0, 0.0), |sum, term| (sum.0 + term.0, sum.1 + term.1));
        pooled.resize(units.end, sum / weight);
    }
    pooled
}

/// The exact posterior with flat priors on the centers and on the SD between units, of data brought to a
/// common origin and scale; origin and scale.
fn posterior(y: &[f64], noise_var: &[f64], sizes: &[usize], target: Target) -> (ScalePosterior, f64, f64) {
    let n = y.len() as f64;
    let origin = if target == Target::Zero { 0.0 } else { y.iter().sum::<f64>() / n };
    let scale = (noise_var.iter().sum::<f64>() / n).sqrt();
    let z: Vec<f64> = y.iter().map(|y| (y - origin) / scale).collect();
    let var: Vec<f64> = noise_var.iter().map(|var| var / (scale * scale)).collect();
    let span = z.iter().fold(1.0_f64, |span, z| span.max(z.abs()));
    let center_sd = if target == Target::Zero { 0.0 } else { FLAT * span };
    let unit_sd = Scale::Learned(ScalePrior::HalfNormal { scale: FLAT * span });
    let hierarchy = Hierarchy::new(&z, &var, sizes, unit_sd, Scale::Known(center_sd))
        .unwrap_or_else(|_| unreachable!("sets have finite values and positive variances"));
    (ScalePosterior::new(&hierarchy), origin, scale)
}
