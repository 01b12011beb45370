//! The estimators: their losses on one data set, and exactly on average.

use estimators::regions::{
    full_bayes_about_rules, james_stein_by_region_rules, limited_squared_error, pool_in_region_rules,
    pooled_empirical_bayes_rules, shrink_to_region_mean_rules, squared_error,
};
use estimators::risk::regions::{LinearError, LinearRule, average, linear_errors, off_center};
use estimators::{EstimateError, ShrinkageRule, Truncation, bayes_factor, james_stein_factor};
use models::{Hierarchy, PosteriorMeans, RegionData, RegionScales, Scale, ScalePrior, TruthShape};
use plots::Role;

use super::setting::Setting;
use super::words::{self, Names};

/// Who races.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Name {
    Mle,
    RegionMean,
    JamesStein,
    JamesSteinPositive,
    PooledEmpiricalBayes,
    KnownFactor,
    FullBayes,
    LimitedBayes,
    LearnedBayes,
    JamesSteinIgnoring,
    BayesIgnoring,
    Zero,
}

/// An estimator: its name in links and pictures, and how it is drawn.
#[derive(Debug)]
pub(crate) struct Contender {
    pub(crate) name: Name,
    pub(crate) slug: &'static str,
    pub(crate) label: &'static str,
    /// For the middle of a sentence.
    pub(crate) phrase: &'static str,
    /// For line ends and narrow places.
    pub(crate) short: &'static str,
    pub(crate) role: Role,
    /// Whether curves show it when only the main ones are asked for.
    pub(crate) is_main: bool,
}

/// Number of estimators.
pub(crate) const NUM_CONTENDERS: usize = 12;

const fn contender(name: Name, slug: &'static str, names: Names, role: Role, is_main: bool) -> Contender {
    let Names { label, phrase, short, .. } = names;
    Contender { name, slug, label, phrase, short, role, is_main }
}

/// The estimators in the order of the pictures; index = [`Name`] as a number.
pub(crate) static CONTENDERS: [Contender; NUM_CONTENDERS] = [
    contender(Name::Mle, "mle", words::estimator::MLE, Role::Mle, true),
    contender(Name::RegionMean, "region-mean", words::estimator::REGION_MEAN, Role::RegionMean, true),
    contender(Name::JamesStein, "js", words::estimator::JAMES_STEIN, Role::JamesStein, true),
    contender(Name::JamesSteinPositive, "js-plus", words::estimator::POSITIVE_PART, Role::JamesStein, false),
    contender(Name::PooledEmpiricalBayes, "pooled", words::estimator::POOLED, Role::JamesStein, true),
    contender(Name::KnownFactor, "known", words::estimator::KNOWN_FACTOR, Role::Bayes, false),
    contender(Name::FullBayes, "bayes", words::estimator::FULL_BAYES, Role::Bayes, true),
    contender(Name::LimitedBayes, "limited", words::estimator::LIMITED, Role::Bayes, false),
    contender(Name::LearnedBayes, "learned", words::estimator::LEARNED, Role::Bayes, false),
    contender(
        Name::JamesSteinIgnoring,
        "js-ignoring",
        words::estimator::JAMES_STEIN_IGNORING,
        Role::JamesStein,
        false,
    ),
    contender(Name::BayesIgnoring, "bayes-ignoring", words::estimator::BAYES_IGNORING, Role::Bayes, false),
    contender(Name::Zero, "zero", words::estimator::ZERO, Role::Zero, true),
];

/// Losses of all estimators on one data set; NaN for who is not defined or was not asked.
pub(crate) type Losses = [f64; NUM_CONTENDERS];

/// Room that is used again for every data set.
pub(crate) struct Scratch {
    rules: Vec<ShrinkageRule>,
    each: Vec<Result<ShrinkageRule, EstimateError>>,
    shifted: Vec<f64>,
    means: Vec<f64>,
    /// Model and quadrature of the SDs, where someone learns them.
    learned: Option<(Hierarchy, PosteriorMeans)>,
}

/// Whether Bayes with learned SDs races: it is a hundred times as costly as all others together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Learning {
    Left,
    Raced,
}

impl Scratch {
    pub(crate) fn new(setting: &Setting, learning: Learning) -> Self {
        let learned = (learning == Learning::Raced).then(|| {
            let y = vec![0.0; setting.num_schools()];
            let noise_var = vec![setting.scales.noise_var; y.len()];
            let prior = |scale| Scale::Learned(ScalePrior::HalfNormal { scale });
            let (school_sd, region_sd) = (prior(SCHOOL_PRIOR_SCALE), prior(REGION_PRIOR_SCALE));
            let hierarchy = Hierarchy::new(&y, &noise_var, &setting.sizes, school_sd, region_sd)
                .unwrap_or_else(|_| unreachable!("the controls keep sizes and variances in range"));
            let means = PosteriorMeans::new(&hierarchy);
            (hierarchy, means)
        });
        let num_regions = setting.sizes.len();
        Self {
            rules: vec![ShrinkageRule::UNPOOLED; num_regions],
            each: vec![Ok(ShrinkageRule::UNPOOLED); num_regions],
            shifted: vec![0.0; setting.num_schools()],
            means: vec![0.0; num_regions + setting.num_schools()],
            learned,
        }
    }

    /// Losses of all estimators on `data`.
    pub(crate) fn losses(&mut self, setting: &Setting, data: &RegionData) -> Losses {
        CONTENDERS.each_ref().map(|contender| self.loss(contender.name, setting, data).unwrap_or(f64::NAN))
    }

    fn loss(&mut self, name: Name, setting: &Setting, data: &RegionData) -> Result<f64, EstimateError> {
        let Setting { sizes, scales, believed, .. } = setting;
        let RegionData { mu, y, .. } = data;
        let rules = &mut self.rules[..];
        let one = |rule: ShrinkageRule| Ok(rule.squared_error(y, mu));
        match name {
            Name::Mle => return one(ShrinkageRule::UNPOOLED),
            Name::Zero => return one(ShrinkageRule { shrinkage: 1.0, center: 0.0 }),
            Name::JamesSteinIgnoring => return one(james_stein_factor(y, scales.noise_var)?),
            Name::BayesIgnoring => {
                let rule = bayes_factor(believed.noise_var, believed.school_var + believed.region_var)?;
                return one(ShrinkageRule { center: setting.believed_mean, ..rule });
            }
            Name::RegionMean => pool_in_region_rules(y, sizes, rules)?,
            Name::JamesStein => self.james_stein(setting, data, Truncation::Plain)?,
            Name::JamesSteinPositive => self.james_stein(setting, data, Truncation::PositivePart)?,
            Name::PooledEmpiricalBayes => {
                pooled_empirical_bayes_rules(y, sizes, scales.noise_var, Truncation::Plain, rules)?;
            }
            Name::KnownFactor => shrink_to_region_mean_rules(y, sizes, *believed, rules)?,
            Name::FullBayes => full_bayes_about_rules(y, sizes, *believed, setting.believed_mean, rules)?,
            Name::LimitedBayes => {
                full_bayes_about_rules(y, sizes, *believed, setting.believed_mean, rules)?;
                return limited_squared_error(y, mu, sizes, rules, setting.max_move);
            }
            Name::LearnedBayes => return self.learned_loss(setting, data).ok_or(NOT_ASKED),
        }
        squared_error(y, mu, sizes, &self.rules)
    }

    /// Regions of fewer than four schools keep y, visibly: a notice says so.
    fn james_stein(
        &mut self,
        setting: &Setting,
        data: &RegionData,
        truncation: Truncation,
    ) -> Result<(), EstimateError> {
        let noise_var = setting.scales.noise_var;
        james_stein_by_region_rules(&data.y, &setting.sizes, noise_var, truncation, &mut self.each)?;
        for (rule, of_region) in self.rules.iter_mut().zip(&self.each) {
            *rule = of_region.unwrap_or(ShrinkageRule::UNPOOLED);
        }
        Ok(())
    }

    fn learned_loss(&mut self, setting: &Setting, data: &RegionData) -> Option<f64> {
        let (hierarchy, means) = self.learned.as_mut()?;
        // The model has mean 0: what is believed of it is taken off, and put back.
        let mean = setting.believed_mean;
        self.shifted.iter_mut().zip(&data.y).for_each(|(shifted, y)| *shifted = y - mean);
        hierarchy.set_y(&self.shifted).ok()?;
        means.means_into(hierarchy, &mut self.means);
        let estimates = &self.means[setting.sizes.len()..];
        Some(estimates.iter().zip(&data.mu).map(|(a, mu)| (a + mean - mu) * (a + mean - mu)).sum())
    }
}

/// Scales of the half-normal priors of the learned SDs, in the unit of one observation's SD.
const SCHOOL_PRIOR_SCALE: f64 = 2.5;
const REGION_PRIOR_SCALE: f64 = 5.0;

/// The estimator was not asked to race.
const NOT_ASKED: EstimateError =
    EstimateError::TooFewUnits { what: words::estimator::LEARNED_BAYES, needed: 0, found: 0 };

impl Contender {
    /// Index in [`CONTENDERS`].
    pub(crate) fn index(&self) -> usize {
        self.name as usize
    }

    /// Exact expected total squared error; `None` where there is no closed form.
    ///
    /// Linear rules need the first two moments of the truth only, so theirs hold for every shape of it.
    pub(crate) fn expected(&self, setting: &Setting) -> Option<f64> {
        let Setting { sizes, scales, believed, centers, .. } = setting;
        let is_normal = setting.shape == TruthShape::Normal;
        let shared = |truncation| {
            off_center::james_stein_by_region(centers, sizes, scales.noise_var, scales.school_var, truncation)
        };
        match self.name {
            Name::Mle => average::mle(sizes, *scales).ok(),
            Name::RegionMean => linear(setting, LinearRule::PoolInRegion),
            Name::KnownFactor => {
                linear(setting, LinearRule::ToRegionMean { school_var: believed.school_var })
            }
            Name::FullBayes => linear(setting, setting.bayes_rule()),
            Name::LimitedBayes if is_normal => {
                Some(per_region(setting, setting.bayes_rule(), |error| error.limited_risk(setting.max_move)))
            }
            // A region of its own for every school: θ_k + μ_i has the sum of the variances.
            Name::BayesIgnoring => {
                let risk = |center: f64| {
                    let alone = linear_errors(&[center], &[1], *scales, setting.bayes_rule());
                    alone.ok().map(|errors| errors[0].risk())
                };
                sum_over_centers(centers, risk)
            }
            Name::Zero => {
                let spread = scales.school_var + scales.region_var;
                Some(centers.iter().map(|center| spread + center * center).sum())
            }
            Name::JamesStein | Name::JamesSteinPositive if is_normal => {
                let truncation =
                    if self.name == Name::JamesStein { Truncation::Plain } else { Truncation::PositivePart };
                if setting.is_even() {
                    james_stein_even(sizes, *scales, truncation)
                } else {
                    shared(truncation).ok()
                }
            }
            Name::PooledEmpiricalBayes if is_normal && setting.is_even() => {
                average::pooled_empirical_bayes(sizes, *scales, Truncation::Plain).ok()
            }
            Name::PooledEmpiricalBayes if is_normal => off_center::pooled_empirical_bayes(
                centers,
                sizes,
                scales.noise_var,
                scales.school_var,
                Truncation::Plain,
            )
            .ok(),
            Name::JamesSteinIgnoring if is_normal && centers.iter().all(|center| *center == 0.0) => {
                average::james_stein(sizes, *scales).ok()
            }
            _ => None,
        }
    }
}

/// Regions of one size share one risk: a positive part costs some chi-square functions.
fn james_stein_even(sizes: &[usize], scales: RegionScales, truncation: Truncation) -> Option<f64> {
    sizes
        .chunk_by(|a, b| a == b)
        .map(|alike| {
            let of_one = average::james_stein_by_region(&alike[..1], scales, truncation).ok()?;
            Some(alike.len() as f64 * of_one)
        })
        .sum()
}

fn linear(setting: &Setting, rule: LinearRule) -> Option<f64> {
    if setting.is_even() {
        average::linear(&setting.sizes, setting.scales, setting.centers[0], rule).ok()
    } else {
        Some(per_region(setting, rule, LinearError::risk))
    }
}

/// Sum over the schools of a figure of their errors; regions that are alike are counted, not repeated.
fn per_region(setting: &Setting, rule: LinearRule, figure: impl Fn(&LinearError) -> f64) -> f64 {
    let mut rest = &setting.centers[..];
    let mut before: Option<(&[f64], f64)> = None;
    let mut total = 0.0;
    for size in &setting.sizes {
        let region;
        (region, rest) = rest.split_at(*size);
        let sum = match before {
            Some((last, sum)) if last == region => sum,
            _ if region.iter().all(|center| *center == region[0]) => {
                let error = linear_errors(region, &[*size], setting.scales, rule);
                error.map_or(f64::NAN, |errors| *size as f64 * figure(&errors[0]))
            }
            _ => {
                let errors = linear_errors(region, &[*size], setting.scales, rule);
                errors.map_or(f64::NAN, |errors| errors.iter().map(&figure).sum())
            }
        };
        before = Some((region, sum));
        total += sum;
    }
    total
}

fn sum_over_centers(centers: &[f64], mut risk: impl FnMut(f64) -> Option<f64>) -> Option<f64> {
    centers.chunk_by(|a, b| a == b).map(|alike| Some(alike.len() as f64 * risk(alike[0])?)).sum()
}
