//! The programs to take away.

use super::{Normal, Prior, PriorRun};
use crate::code::{Check, Code, InBoth, OneMean};
use crate::control::Values;
use crate::lab::Programs;
use crate::likelihood::TRUE_MEAN;

impl Programs for Prior {
    fn programs(&self, values: &Values) -> Option<Code> {
        Some(PriorRun::new(values).programs(values))
    }
}

impl PriorRun {
    /// Prior and data on screen.
    fn programs(&self, values: &Values) -> Code {
        let prior = Normal { mean: values.number("prior_mean"), sd: values.number("prior_sd") };
        let (Normal { mean, sd }, posterior) = (prior, self.posterior(prior));
        let seed = values.whole("seed") as u64;
        let model = OneMean {
            stem: format!("prior_seed-{seed}"),
            seed,
            y: self.y.clone(),
            mean: (values.choice("truth") == "shown").then_some(TRUE_MEAN),
            prior: Some((mean, sd)),
            closed: InBoth {
                python: format!(
                    "prior_mean, prior_sd = {mean}, {sd}

# Each counts by its precision, one over its variance: the prior 1/s^2, the data n.
prior_prec = 1 / prior_sd**2
posterior_mean = (prior_prec * prior_mean + sum(y)) / (prior_prec + n)
posterior_sd = 1 / math.sqrt(prior_prec + n)
"
                ),
                r: format!(
                    "prior_mean <- {mean}
prior_sd <- {sd}

# Each counts by its precision, one over its variance: the prior 1/s^2, the data n.
prior_prec <- 1 / prior_sd^2
posterior_mean <- (prior_prec * prior_mean + sum(y)) / (prior_prec + n)
posterior_sd <- 1 / sqrt(prior_prec + n)
"
                ),
            },
            checks: vec![
                Check {
                    stan: Some("mu".to_owned()),
                    ..Check::expression("posterior mean", "posterior_mean", posterior.mean, 4)
                },
                Check::expression("posterior SD", "posterior_sd", posterior.sd, 4),
            ],
        };
        model.code()
    }
}
