//! The rules of the race.

use estimators::risk::prior_average;
use estimators::{
    EstimateError, ShrinkageRule, bayes_factor, james_stein_factor, james_stein_grand_mean_factor,
    james_stein_grand_mean_positive_factor, james_stein_positive_factor,
};
use plots::Role;

use super::{NOISE_VAR, words};

/// A rule of the race: its name, how it is drawn, how it is made and what it costs on average.
pub(super) struct Contender {
    pub(super) label: &'static str,
    /// For narrow pictures and line ends.
    pub(super) short: &'static str,
    pub(super) role: Role,
    pub(super) rule: fn(&[f64], f64) -> Result<ShrinkageRule, EstimateError>,
    pub(super) expected: fn(usize, f64) -> Result<f64, EstimateError>,
}

pub(super) const MLE: usize = 0;
pub(super) const ZERO: usize = 1;
pub(super) const PLAIN: usize = 2;
pub(super) const BAYES: usize = 6;

pub(super) static CONTENDERS: [Contender; 7] = [
    Contender {
        label: words::MLE,
        short: words::MLE,
        role: Role::Mle,
        rule: |_, _| Ok(ShrinkageRule::UNPOOLED),
        expected: |n, _| Ok(prior_average::mle(n)),
    },
    Contender {
        label: words::NAIVE_ZERO,
        short: words::short::ZERO,
        role: Role::Zero,
        rule: |_, _| Ok(ShrinkageRule { shrinkage: 1.0, center: 0.0 }),
        expected: |n, a| Ok(prior_average::zero(n, a)),
    },
    Contender {
        label: words::JAMES_STEIN,
        short: words::short::JAMES_STEIN,
        role: Role::JamesStein,
        rule: |y, _| james_stein_factor(y, NOISE_VAR),
        expected: prior_average::james_stein,
    },
    Contender {
        label: words::POSITIVE_PART,
        short: words::short::POSITIVE_PART,
        role: Role::JamesStein,
        rule: |y, _| james_stein_positive_factor(y, NOISE_VAR),
        expected: prior_average::james_stein_positive,
    },
    Contender {
        label: words::TO_MEAN,
        short: words::short::TO_MEAN,
        role: Role::JamesStein,
        rule: |y, _| james_stein_grand_mean_factor(y, NOISE_VAR),
        expected: prior_average::james_stein_grand_mean,
    },
    Contender {
        label: words::TO_MEAN_POSITIVE_PART,
        short: words::short::TO_MEAN_POSITIVE_PART,
        role: Role::JamesStein,
        rule: |y, _| james_stein_grand_mean_positive_factor(y, NOISE_VAR),
        expected: prior_average::james_stein_grand_mean_positive,
    },
    Contender {
        label: words::BAYES_A_KNOWN,
        short: words::BAYES,
        role: Role::Bayes,
        rule: |_, a| bayes_factor(NOISE_VAR, a),
        expected: |n, a| Ok(prior_average::bayes(n, a)),
    },
];
