//! The exact posterior of the model on screen, whether its SDs are known or learned.

use models::{Level, RegionPosterior, Scale, ScalePosterior};
use stats::special::{normal_pdf, normal_quantile};

/// Corners of one density.
const CURVE_POINTS: usize = 97;
/// SDs on each side of the mean that a curve covers.
const REACH: f64 = 4.5;

/// One posterior, in two forms.
pub(super) enum Exact {
    /// Gaussian.
    Known(Box<RegionPosterior>),
    /// A mixture of Gaussians over the learned SDs.
    Learned(Box<ScalePosterior>),
}

/// The posterior of one variable, for a picture.
pub(super) struct Marginal {
    pub(super) mean: f64,
    pub(super) sd: f64,
    /// Density as (value, density).
    pub(super) curve: Vec<(f64, f64)>,
    /// Quantiles at 2.5, 10, 50, 90 and 97.5 %.
    pub(super) quantiles: [f64; 5],
}

/// Where [`Marginal::quantiles`] are taken.
const PROBS: [f64; 5] = [0.025, 0.1, 0.5, 0.9, 0.975];

impl Marginal {
    /// Greatest density.
    pub(super) fn peak(&self) -> f64 {
        self.curve.iter().map(|point| point.1).fold(0.0, f64::max)
    }
}

impl Exact {
    pub(super) fn theta_mean(&self) -> &[f64] {
        match self {
            Self::Known(posterior) => &posterior.theta_mean,
            Self::Learned(posterior) => &posterior.theta_mean,
        }
    }

    pub(super) fn theta_sd(&self) -> &[f64] {
        match self {
            Self::Known(posterior) => &posterior.theta_sd,
            Self::Learned(posterior) => &posterior.theta_sd,
        }
    }

    pub(super) fn mu_mean(&self) -> &[f64] {
        match self {
            Self::Known(posterior) => &posterior.mu_mean,
            Self::Learned(posterior) => &posterior.mu_mean,
        }
    }

    pub(super) fn mu_sd(&self) -> &[f64] {
        match self {
            Self::Known(posterior) => &posterior.mu_sd,
            Self::Learned(posterior) => &posterior.mu_sd,
        }
    }

    /// Mean and SD of variable `k` of a draw; `None` beyond the last.
    pub(super) fn moments(&self, k: usize) -> Option<(f64, f64)> {
        let (num_regions, num_schools) = (self.theta_mean().len(), self.mu_mean().len());
        if k < num_regions {
            return Some((self.theta_mean()[k], self.theta_sd()[k]));
        }
        if k < num_regions + num_schools {
            let i = k - num_regions;
            return Some((self.mu_mean()[i], self.mu_sd()[i]));
        }
        let Self::Learned(posterior) = self else { return None };
        Some(match self.level(k)? {
            Level::School => (posterior.school_sd_mean, posterior.school_sd_sd),
            Level::Region => (posterior.region_sd_mean, posterior.region_sd_sd),
        })
    }

    /// Which learned SD variable `k` of a draw is; `None` if it is none.
    fn level(&self, k: usize) -> Option<Level> {
        let Self::Learned(posterior) = self else { return None };
        let hierarchy = posterior.hierarchy();
        let first = hierarchy.num_regions() + hierarchy.num_schools();
        levels(hierarchy.school_sd(), hierarchy.region_sd()).nth(k.checked_sub(first)?)
    }

    /// The posterior of variable `k` of a draw.
    pub(super) fn marginal(&self, k: usize) -> Marginal {
        let (mean, sd) = self.moments(k).unwrap_or((f64::NAN, f64::NAN));
        match self {
            Self::Known(_) => Marginal {
                mean,
                sd,
                curve: even(mean - REACH * sd, mean + REACH * sd)
                    .map(|x| (x, normal_pdf((x - mean) / sd) / sd))
                    .collect(),
                quantiles: PROBS.map(|p| mean + sd * normal_quantile(p)),
            },
            Self::Learned(posterior) => {
                if let Some(level) = self.level(k) {
                    let mut quantiles = PROBS;
                    quantiles.copy_from_slice(&posterior.scale_quantiles(level, &PROBS));
                    return Marginal {
                        mean,
                        sd,
                        curve: posterior.scale_curve(level, CURVE_POINTS),
                        quantiles,
                    };
                }
                let sketch = posterior.sketch(k);
                let curve: Vec<(f64, f64)> =
                    even(mean - REACH * sd, mean + REACH * sd).map(|x| (x, sketch.density(x))).collect();
                let quantiles = PROBS.map(|p| quantile_of_curve(&curve, p));
                Marginal { mean, sd, curve, quantiles }
            }
        }
    }

    /// Density of the truth of school `i` at the points `at`.
    pub(super) fn school_density(&self, i: usize, at: &[f64]) -> Vec<f64> {
        match self {
            Self::Known(posterior) => {
                let (mean, sd) = (posterior.mu_mean[i], posterior.mu_sd[i]);
                at.iter().map(|x| normal_pdf((x - mean) / sd) / sd).collect()
            }
            Self::Learned(posterior) => {
                let sketch = posterior.sketch(posterior.theta_mean.len() + i);
                at.iter().map(|x| sketch.density(*x)).collect()
            }
        }
    }
}

/// Where the area under a curve reaches the share `p`, to a picture's precision.
fn quantile_of_curve(curve: &[(f64, f64)], p: f64) -> f64 {
    let area = |pair: &[(f64, f64)]| 0.5 * (pair[0].1 + pair[1].1) * (pair[1].0 - pair[0].0);
    let total: f64 = curve.windows(2).map(area).sum();
    let mut rest = p * total;
    for pair in curve.windows(2) {
        let here = area(pair);
        if rest <= here {
            let share = if here > 0.0 { rest / here } else { 0.5 };
            return pair[0].0 + share * (pair[1].0 - pair[0].0);
        }
        rest -= here;
    }
    curve.last().map_or(f64::NAN, |corner| corner.0)
}

/// The SDs that the model learns, in the order of a draw.
pub(super) fn levels(school_sd: Scale, region_sd: Scale) -> impl Iterator<Item = Level> {
    let learned = [(Level::School, school_sd), (Level::Region, region_sd)];
    learned.into_iter().filter(|(_, scale)| scale.is_learned()).map(|(level, _)| level)
}

fn even(low: f64, high: f64) -> impl Iterator<Item = f64> {
    let step = (high - low) / (CURVE_POINTS - 1) as f64;
    (0..CURVE_POINTS).map(move |i| low + step * i as f64)
}
