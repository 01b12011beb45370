//! The estimators of the race: their losses on this data set, over repeats, and exactly on average.

use estimators::regions::{
    full_bayes_rules, james_stein_by_region_rules, pool_in_region_rules, pooled_empirical_bayes_rules,
    shrink_to_region_mean_rules, squared_error,
};
use estimators::risk::regions::average;
use estimators::{EstimateError, ShrinkageRule, Truncation};
use models::{RegionData, RegionScales};
use plots::Role;

use super::Setting;
use super::controls::MAX_REGIONS;

/// Writes one rule for each region, from data, sizes and scales.
type FillRules = fn(&[f64], &[usize], RegionScales, &mut [ShrinkageRule]) -> Result<(), EstimateError>;

/// An estimator: its name, how it is drawn, how it is made, what it costs on average.
pub(crate) struct Contender {
    pub(crate) label: &'static str,
    pub(crate) role: Role,
    rules: FillRules,
    expected: fn(&[usize], RegionScales) -> Result<f64, EstimateError>,
}

/// The estimators in the order of the picture.
pub(crate) static CONTENDERS: [Contender; 7] = [
    Contender {
        label: "MLE",
        role: Role::Mle,
        rules: |_, _, _, rules| {
            rules.fill(ShrinkageRule::UNPOOLED);
            Ok(())
        },
        expected: average::mle,
    },
    Contender {
        label: "Region mean",
        role: Role::RegionMean,
        rules: |y, sizes, _, rules| pool_in_region_rules(y, sizes, rules),
        expected: average::pool_in_region,
    },
    Contender {
        label: "James–Stein in region",
        role: Role::JamesStein,
        rules: james_stein_rules,
        expected: |sizes, scales| average::james_stein_by_region(sizes, scales, Truncation::Plain),
    },
    Contender {
        label: "Pooled empirical Bayes",
        role: Role::JamesStein,
        rules: |y, sizes, scales, rules| {
            pooled_empirical_bayes_rules(y, sizes, scales.noise_var, Truncation::Plain, rules)
        },
        expected: |sizes, scales| average::pooled_empirical_bayes(sizes, scales, Truncation::Plain),
    },
    Contender {
        label: "Known factor",
        role: Role::Bayes,
        rules: shrink_to_region_mean_rules,
        expected: average::shrink_to_region_mean,
    },
    Contender {
        label: "Full Bayes",
        role: Role::Bayes,
        rules: full_bayes_rules,
        expected: average::full_bayes,
    },
    Contender {
        label: "Naive zero",
        role: Role::Zero,
        rules: |_, _, _, rules| {
            rules.fill(ShrinkageRule { shrinkage: 1.0, center: 0.0 });
            Ok(())
        },
        expected: average::zero,
    },
];

/// Index of full Bayes in [`CONTENDERS`].
pub(crate) const FULL_BAYES: usize = 5;

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
    /// On the data set on screen; `None` where it is not defined.
    pub(crate) here: Option<f64>,
    /// Expected total squared error, exact; `None` where it is not defined.
    pub(crate) expected: Option<f64>,
    /// In each repeat; empty where it is not defined.
    pub(crate) repeats: Vec<f64>,
}

/// The race so far.
pub(crate) struct Race {
    pub(crate) losses: Vec<Losses>,
    rules: Vec<ShrinkageRule>,
}

impl Race {
    pub(crate) fn new(setting: &Setting, data: &RegionData) -> Self {
        let mut rules = vec![ShrinkageRule::UNPOOLED; setting.sizes.len()];
        let losses = CONTENDERS
            .iter()
            .map(|contender| {
                let here = loss(contender, setting, data, &mut rules).ok();
                // The formula would count regions that are too small as left alone.
                let expected = here.and_then(|_| (contender.expected)(&setting.sizes, setting.scales).ok());
                Losses { here, expected, repeats: Vec::new() }
            })
            .collect();
        Self { losses, rules }
    }

    /// Counts the losses on one more data set.
    pub(crate) fn add(&mut self, setting: &Setting, data: &RegionData) {
        for (contender, losses_of) in CONTENDERS.iter().zip(&mut self.losses) {
            if let Ok(loss) = loss(contender, setting, data, &mut self.rules) {
                losses_of.repeats.push(loss);
            }
        }
    }

    /// Repeats in which estimator `i` had the smaller loss than `j`; `None` if one is not defined.
    pub(crate) fn wins(&self, i: usize, j: usize) -> Option<usize> {
        let (a, b) = (&self.losses[i].repeats, &self.losses[j].repeats);
        (!a.is_empty() && a.len() == b.len()).then(|| a.iter().zip(b).filter(|(a, b)| a < b).count())
    }
}

fn loss(
    contender: &Contender,
    setting: &Setting,
    data: &RegionData,
    rules: &mut [ShrinkageRule],
) -> Result<f64, EstimateError> {
    (contender.rules)(&data.y, &setting.sizes, setting.scales, rules)?;
    squared_error(&data.y, &data.mu, &setting.sizes, rules)
}

#[cfg(test)]
mod tests {
    use super::*;
    use models::{RegionNormals, realize};

    const SCALES: RegionScales = RegionScales { noise_var: 1.0, school_var: 1.0, region_var: 25.0 };

    fn race(sizes: &[usize], num_repeats: u64) -> Race {
        let setting = Setting { seed: 7, sizes: sizes.to_vec(), scales: SCALES };
        let data = |replicate| realize(&RegionNormals::random(7, replicate, sizes), sizes, SCALES);
        let mut race = Race::new(&setting, &data(0));
        (1..=num_repeats).for_each(|replicate| race.add(&setting, &data(replicate)));
        race
    }

    /// Four thousand repeats; 4 standard errors of the mean are allowed. All regions have more than six
    /// schools: in smaller ones the loss of plain James–Stein has no variance.
    #[test]
    fn average_losses_are_the_exact_ones() {
        let race = race(&[8, 8, 12, 12], 4000);
        // Exact totals of 40 schools in 4 regions, V_y = V_mu = 1, region SD 5.
        for (k, expected) in [(0, 40.0), (1, 40.0), (2, 26.0), (3, 23.0), (4, 22.0), (6, 1040.0)] {
            assert!((race.losses[k].expected.unwrap() - expected).abs() < 1e-9, "{}", CONTENDERS[k].label);
        }
        for (contender, losses_of) in CONTENDERS.iter().zip(&race.losses) {
            let count = losses_of.repeats.len() as f64;
            assert_eq!(count, 4000.0);
            let mean = losses_of.repeats.iter().sum::<f64>() / count;
            let var = losses_of.repeats.iter().map(|loss| (loss - mean).powi(2)).sum::<f64>() / (count - 1.0);
            let z = (mean - losses_of.expected.unwrap()) / (var / count).sqrt();
            assert!(z.abs() < 4.0, "{}: {mean}, z {z}", contender.label);
        }
    }

    #[test]
    fn the_indices_name_who_they_should() {
        assert_eq!(CONTENDERS[FULL_BAYES].label, "Full Bayes");
    }

    #[test]
    fn wins_are_counted_only_where_both_are_defined() {
        let defined = race(&[10; 4], 50);
        let (won, lost) = (defined.wins(FULL_BAYES, 0).unwrap(), defined.wins(0, FULL_BAYES).unwrap());
        assert_eq!(won + lost, 50);
        assert!(won > 40);
        assert_eq!(race(&[10; 4], 0).wins(FULL_BAYES, 0), None);
        let small = race(&[10, 3], 5);
        assert_eq!(
            (small.wins(FULL_BAYES, 2), small.losses[2].here, small.losses[2].expected),
            (None, None, None)
        );
        assert!(small.losses[2].repeats.is_empty());
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
}
