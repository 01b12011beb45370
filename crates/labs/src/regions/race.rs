//! The estimators of the race: their losses on this data set, over repeats, and exactly on average.

use estimators::regions::{
    full_bayes_rules, james_stein_by_region_rules, pool_in_region_rules, pooled_empirical_bayes_rules,
    shrink_to_region_mean_rules, squared_error,
};
use estimators::risk::regions::{average, unequal_noise};
use estimators::{EstimateError, ShrinkageRule, Truncation};
use models::{Hierarchy, PosteriorMeans, RegionData, RegionScales};
use plots::Role;

use super::controls::MAX_REGIONS;
use super::{Setting, words};

/// Writes one rule for each region, from data, sizes and scales.
type FillRules = fn(&[f64], &[usize], RegionScales, &mut [ShrinkageRule]) -> Result<(), EstimateError>;

/// Who races.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Name {
    Mle,
    RegionMean,
    JamesStein,
    PooledEmpiricalBayes,
    KnownFactor,
    FullBayes,
    LearnedBayes,
    Zero,
}

/// How an estimator fares where schools differ in their noise.
enum Unequal {
    /// It is a rule for equal noise.
    Undefined,
    /// The posterior mean under these variances of schools and of regions, and its risk.
    Posterior { variances: fn(&Setting) -> (f64, f64), expected: fn(&Setting) -> Result<f64, EstimateError> },
    /// One rule for all schools, and its risk.
    Rule(ShrinkageRule, fn(&Setting) -> f64),
}

/// How estimates are made.
enum Method {
    /// By a rule in each region; `expected` is the exact average of the total squared error.
    Rules {
        fill: FillRules,
        expected: fn(&[usize], RegionScales) -> Result<f64, EstimateError>,
        unequal: Unequal,
    },
    /// By the posterior means of the model that learns its SDs; no closed form on average.
    Learned,
}

/// An estimator: its name, how it is drawn, how it is made, what it costs on average.
pub(crate) struct Contender {
    pub(crate) name: Name,
    pub(crate) label: &'static str,
    pub(crate) role: Role,
    method: Method,
}

const TO_ZERO: ShrinkageRule = ShrinkageRule { shrinkage: 1.0, center: 0.0 };

/// The estimators in the order of the picture.
static CONTENDERS: [Contender; 8] = [
    Contender {
        name: Name::Mle,
        label: words::MLE,
        role: Role::Mle,
        method: Method::Rules {
            fill: |_, _, _, rules| {
                rules.fill(ShrinkageRule::UNPOOLED);
                Ok(())
            },
            expected: average::mle,
            unequal: Unequal::Rule(ShrinkageRule::UNPOOLED, |setting| unequal_noise::mle(&setting.noise_var)),
        },
    },
    Contender {
        name: Name::RegionMean,
        label: words::race::REGION_MEAN,
        role: Role::RegionMean,
        method: Method::Rules {
            fill: |y, sizes, _, rules| pool_in_region_rules(y, sizes, rules),
            expected: average::pool_in_region,
            unequal: Unequal::Posterior {
                variances: |_| (0.0, f64::INFINITY),
                expected: |setting| {
                    unequal_noise::pool_in_region(&setting.sizes, &setting.noise_var, setting.school_var)
                },
            },
        },
    },
    Contender {
        name: Name::JamesStein,
        label: words::race::JAMES_STEIN,
        role: Role::JamesStein,
        method: Method::Rules {
            fill: james_stein_rules,
            expected: |sizes, scales| average::james_stein_by_region(sizes, scales, Truncation::Plain),
            unequal: Unequal::Undefined,
        },
    },
    Contender {
        name: Name::PooledEmpiricalBayes,
        label: words::race::POOLED,
        role: Role::JamesStein,
        method: Method::Rules {
            fill: |y, sizes, scales, rules| {
                pooled_empirical_bayes_rules(y, sizes, scales.noise_var, Truncation::Plain, rules)
            },
            expected: |sizes, scales| average::pooled_empirical_bayes(sizes, scales, Truncation::Plain),
            unequal: Unequal::Undefined,
        },
    },
    Contender {
        name: Name::KnownFactor,
        label: words::race::KNOWN_FACTOR,
        role: Role::Bayes,
        method: Method::Rules {
            fill: shrink_to_region_mean_rules,
            expected: average::shrink_to_region_mean,
            unequal: Unequal::Posterior {
                variances: |setting| (setting.school_var, f64::INFINITY),
                expected: |setting| bayes_risk(setting, f64::INFINITY),
            },
        },
    },
    Contender {
        name: Name::FullBayes,
        label: words::race::FULL_BAYES,
        role: Role::Bayes,
        method: Method::Rules {
            fill: full_bayes_rules,
            expected: average::full_bayes,
            unequal: Unequal::Posterior {
                variances: |setting| (setting.school_var, setting.region_var),
                expected: |setting| bayes_risk(setting, setting.region_var),
            },
        },
    },
    Contender {
        name: Name::LearnedBayes,
        label: words::race::LEARNED_BAYES,
        role: Role::Bayes,
        method: Method::Learned,
    },
    Contender {
        name: Name::Zero,
        label: words::NAIVE_ZERO,
        role: Role::Zero,
        method: Method::Rules {
            fill: |_, _, _, rules| {
                rules.fill(TO_ZERO);
                Ok(())
            },
            expected: average::zero,
            unequal: Unequal::Rule(TO_ZERO, |setting| {
                setting.noise_var.len() as f64 * (setting.school_var + setting.region_var)
            }),
        },
    },
];

fn bayes_risk(setting: &Setting, region_var: f64) -> Result<f64, EstimateError> {
    unequal_noise::full_bayes(&setting.sizes, &setting.noise_var, setting.school_var, region_var)
}

/// Defined only if it is defined in every region.
fn james_stein_rules(
    y: &[f64],
    sizes: &[usize],
    scales: RegionScales,
    rules: &mut [ShrinkageRule],
) -> Result<(), EstimateError> {
    // On the stack: no allocation in a thousand repeats.
    let mut each = [Ok(ShrinkageRule::UNPOOLED); MAX_REGIONS];
    let each = each.get_mut(..sizes.len()).ok_or(EstimateError::LengthMismatch {
        what: "regions",
        expected: MAX_REGIONS,
        found: sizes.len(),
    })?;
    james_stein_by_region_rules(y, sizes, scales.noise_var, Truncation::Plain, each)?;
    for (rule, of_region) in rules.iter_mut().zip(each) {
        *rule = (*of_region)?;
    }
    Ok(())
}

/// Losses of one estimator.
pub(crate) struct Losses {
    pub(crate) contender: &'static Contender,
    /// On the data set on screen; `None` where it is not defined.
    pub(crate) here: Option<f64>,
    /// Expected total squared error, exact; `None` where it is not defined or has no closed form.
    pub(crate) expected: Option<f64>,
    /// In each repeat; empty where it is not defined.
    pub(crate) repeats: Vec<f64>,
    /// Why it is not defined; empty where it is.
    pub(crate) missing: &'static str,
}

/// The race so far.
pub(crate) struct Race {
    pub(crate) losses: Vec<Losses>,
    scratch: Scratch,
}

/// What is kept from data set to data set.
struct Scratch {
    rules: Vec<ShrinkageRule>,
    /// Model and quadrature of the SDs, where they are learned.
    learned: Option<(Hierarchy, PosteriorMeans)>,
    means: Vec<f64>,
}

impl Race {
    /// The race on the data on screen; nobody races where the truth is not known.
    pub(crate) fn new(setting: &Setting, data: &RegionData) -> Self {
        let learned = setting.is_learned().then(|| {
            let hierarchy = setting.hierarchy(data);
            let means = PosteriorMeans::new(&hierarchy);
            (hierarchy, means)
        });
        let mut scratch = Scratch {
            rules: vec![ShrinkageRule::UNPOOLED; setting.sizes.len()],
            means: vec![0.0; setting.sizes.len() + setting.noise_var.len()],
            learned,
        };
        let is_here = |contender: &&Contender| contender.name != Name::LearnedBayes || setting.is_learned();
        let contenders = CONTENDERS.iter().filter(|_| setting.is_simulated).filter(is_here);
        let losses = contenders
            .map(|contender| {
                let here = contender.loss(setting, data, &mut scratch);
                let missing = match (&here, setting.equal_scales()) {
                    (Ok(_), _) => "",
                    (Err(_), None) => words::race::FOR_EQUAL_NOISE,
                    (Err(_), Some(_)) => words::race::REGIONS_TOO_SMALL,
                };
                // The formula would count regions that are too small as left alone.
                let expected = here.is_ok().then(|| contender.expected(setting)).flatten();
                Losses { contender, here: here.ok(), expected, repeats: Vec::new(), missing }
            })
            .collect();
        Self { losses, scratch }
    }

    /// Counts the losses on one more data set.
    pub(crate) fn add(&mut self, setting: &Setting, data: &RegionData) {
        for losses_of in &mut self.losses {
            if let Ok(loss) = losses_of.contender.loss(setting, data, &mut self.scratch) {
                losses_of.repeats.push(loss);
            }
        }
    }

    /// The losses of one estimator; `None` if it does not race.
    pub(crate) fn of(&self, name: Name) -> Option<&Losses> {
        self.losses.iter().find(|losses_of| losses_of.contender.name == name)
    }

    /// Repeats in which `a` had the smaller loss than `b`; `None` if one is not defined.
    pub(crate) fn wins(&self, a: Name, b: Name) -> Option<usize> {
        let (a, b) = (&self.of(a)?.repeats, &self.of(b)?.repeats);
        (!a.is_empty() && a.len() == b.len()).then(|| a.iter().zip(b).filter(|(a, b)| a < b).count())
    }
}

impl Contender {
    fn loss(
        &self,
        setting: &Setting,
        data: &RegionData,
        scratch: &mut Scratch,
    ) -> Result<f64, EstimateError> {
        let Method::Rules { fill, unequal, .. } = &self.method else {
            let Some((hierarchy, means)) = &mut scratch.learned else { return Err(NO_RULE) };
            if hierarchy.set_y(&data.y).is_err() {
                return Err(NO_RULE);
            }
            means.means_into(hierarchy, &mut scratch.means);
            return Ok(distance(&scratch.means[setting.sizes.len()..], &data.mu));
        };
        if let Some(scales) = setting.equal_scales() {
            fill(&data.y, &setting.sizes, scales, &mut scratch.rules)?;
            return squared_error(&data.y, &data.mu, &setting.sizes, &scratch.rules);
        }
        match unequal {
            Unequal::Undefined => Err(NO_RULE),
            Unequal::Rule(rule, _) => {
                scratch.rules.fill(*rule);
                squared_error(&data.y, &data.mu, &setting.sizes, &scratch.rules)
            }
            Unequal::Posterior { variances, .. } => {
                let (school_var, region_var) = variances(setting);
                let posterior = setting.posterior_with_known(&data.y, school_var, region_var);
                Ok(distance(&posterior.mu_mean, &data.mu))
            }
        }
    }

    fn expected(&self, setting: &Setting) -> Option<f64> {
        let Method::Rules { expected, unequal, .. } = &self.method else { return None };
        match (setting.equal_scales(), unequal) {
            (Some(scales), _) => expected(&setting.sizes, scales).ok(),
            (None, Unequal::Undefined) => None,
            (None, Unequal::Rule(_, expected)) => Some(expected(setting)),
            (None, Unequal::Posterior { expected, .. }) => expected(setting).ok(),
        }
    }
}

/// The estimator has no rule for such data.
const NO_RULE: EstimateError =
    EstimateError::TooFewUnits { what: words::race::RULE_FOR_EQUAL_NOISE, needed: 0, found: 0 };

fn distance(estimates: &[f64], truth: &[f64]) -> f64 {
    estimates.iter().zip(truth).map(|(a, b)| (a - b) * (a - b)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use models::{RegionNormals, Scale, ScalePrior};

    fn setting(sizes: &[usize]) -> Setting {
        Setting {
            seed: 7,
            sizes: sizes.to_vec(),
            noise_var: vec![1.0; sizes.iter().sum()],
            school_var: 1.0,
            region_var: 25.0,
            school_sd: Scale::Known(1.0),
            region_sd: Scale::Known(5.0),
            is_simulated: true,
        }
    }

    fn race_of(setting: &Setting, num_repeats: u64) -> Race {
        let data = |replicate| {
            let mut data = RegionData::default();
            setting.realize_into(&RegionNormals::random(7, replicate, &setting.sizes), &mut data);
            data
        };
        let mut race = Race::new(setting, &data(0));
        (1..=num_repeats).for_each(|replicate| race.add(setting, &data(replicate)));
        race
    }

    fn race(sizes: &[usize], num_repeats: u64) -> Race {
        race_of(&setting(sizes), num_repeats)
    }

    /// 4 standard errors of the mean are allowed.
    fn assert_averages(race: &Race, count: f64) {
        for losses_of in race.losses.iter().filter(|losses_of| losses_of.expected.is_some()) {
            assert_eq!(losses_of.repeats.len() as f64, count);
            let mean = losses_of.repeats.iter().sum::<f64>() / count;
            let var = losses_of.repeats.iter().map(|loss| (loss - mean).powi(2)).sum::<f64>() / (count - 1.0);
            let z = (mean - losses_of.expected.unwrap()) / (var / count).sqrt();
            assert!(z.abs() < 4.0, "{}: {mean}, z {z}", losses_of.contender.label);
        }
    }

    /// Four thousand repeats. All regions have more than six schools: in smaller ones the loss of plain
    /// James–Stein has no variance.
    #[test]
    fn average_losses_are_the_exact_ones() {
        let race = race(&[8, 8, 12, 12], 4000);
        // Exact totals of 40 schools in 4 regions, V_y = V_mu = 1, region SD 5.
        let expected = [
            (Name::Mle, 40.0),
            (Name::RegionMean, 40.0),
            (Name::JamesStein, 26.0),
            (Name::PooledEmpiricalBayes, 23.0),
            (Name::KnownFactor, 22.0),
            (Name::Zero, 1040.0),
        ];
        for (name, expected) in expected {
            assert!((race.of(name).unwrap().expected.unwrap() - expected).abs() < 1e-9, "{name:?}");
        }
        assert_averages(&race, 4000.0);
        assert!(race.of(Name::LearnedBayes).is_none());
    }

    #[test]
    fn with_unequal_noise_only_what_is_defined_races() {
        let mut setting = setting(&[8, 8, 1]);
        setting.noise_var = (1..=17).map(|m| 1.0 / f64::from(m % 5 + 1)).collect();
        let race = race_of(&setting, 3000);
        assert_averages(&race, 3000.0);
        for name in [Name::JamesStein, Name::PooledEmpiricalBayes] {
            let losses_of = race.of(name).unwrap();
            assert!(losses_of.here.is_none() && losses_of.repeats.is_empty());
            assert_eq!(losses_of.missing, "defined for equal noise only");
        }
        assert_eq!(race.losses.iter().filter(|losses_of| losses_of.expected.is_some()).count(), 5);
    }

    /// Who has to learn the SDs cannot on average do better than who knows them.
    #[test]
    fn learning_costs_something_on_average_but_less_than_not_pooling() {
        let mut setting = setting(&[10; 4]);
        setting.school_sd = Scale::Learned(ScalePrior::HalfNormal { scale: 2.5 });
        setting.region_sd = Scale::Learned(ScalePrior::HalfNormal { scale: 5.0 });
        let race = race_of(&setting, 400);
        let mean = |name| stats::summary::mean(&race.of(name).unwrap().repeats);
        let (learned, known, mle) = (mean(Name::LearnedBayes), mean(Name::FullBayes), mean(Name::Mle));
        // Paired: the SD of the difference is about 3, so its standard error 0.15.
        assert!(known + 0.3 < learned && learned < 0.7 * mle, "{known} {learned} {mle}");
        assert_eq!(race.of(Name::LearnedBayes).unwrap().expected, None);
    }

    #[test]
    fn wins_are_counted_only_where_both_are_defined() {
        let defined = race(&[10; 4], 50);
        let won = defined.wins(Name::FullBayes, Name::Mle).unwrap();
        let lost = defined.wins(Name::Mle, Name::FullBayes).unwrap();
        assert_eq!(won + lost, 50);
        assert!(won > 40);
        assert_eq!(race(&[10; 4], 0).wins(Name::FullBayes, Name::Mle), None);
        let small = race(&[10, 3], 5);
        assert_eq!(small.wins(Name::FullBayes, Name::JamesStein), None);
        let james_stein = small.of(Name::JamesStein).unwrap();
        assert_eq!((james_stein.here, james_stein.expected), (None, None));
        assert!(james_stein.repeats.is_empty() && !james_stein.missing.is_empty());
    }

    #[test]
    fn the_largest_design_is_raced() {
        let race = race(&[60; 12], 2);
        assert!(
            race.losses
                .iter()
                .all(|losses_of| losses_of.here.is_some_and(f64::is_finite) && losses_of.repeats.len() == 2)
        );
    }

    #[test]
    fn nobody_races_where_no_one_knows_the_truth() {
        let setting = Setting { is_simulated: false, ..setting(&[8]) };
        let data = RegionData { theta: Vec::new(), mu: Vec::new(), y: vec![0.5; 8] };
        assert!(Race::new(&setting, &data).losses.is_empty());
    }
}
