//! The programs to take away.

use stats::summary::mean;

use super::{Likelihood, LikelihoodRun, TRUE_MEAN};
use crate::code::{Check, Code, InBoth, OneMean};
use crate::control::Values;
use crate::lab::Programs;

impl Programs for Likelihood {
    fn programs(&self, values: &Values) -> Option<Code> {
        Some(LikelihoodRun::new(values).programs(values))
    }
}

impl LikelihoodRun {
    /// Model and data on screen, with a flat prior: the likelihood itself.
    fn programs(&self, values: &Values) -> Code {
        let (mu, best) = (values.number("mu"), mean(&self.y));
        let relative = libm::exp(self.log_density(mu) - self.log_density(best));
        let seed = values.whole("seed") as u64;
        let model = OneMean {
            stem: format!("likelihood_seed-{seed}"),
            seed,
            y: self.y.clone(),
            mean: (values.choice("truth") == "shown").then_some(TRUE_MEAN),
            prior: None,
            closed: InBoth {
                python: format!(
                    "guess = {mu}  # your mean

# Each datum rates a mean by its own normal density; the ratings multiply, their logarithms add up.
def log_likelihood(mu):
    return sum(-0.5 * (v - mu) ** 2 - 0.5 * math.log(2 * math.pi) for v in y)

mle = sum(y) / n
relative = math.exp(log_likelihood(guess) - log_likelihood(mle))
"
                ),
                r: format!(
                    "guess <- {mu}  # your mean

# Each datum rates a mean by its own normal density; the ratings multiply, their logarithms add up.
log_likelihood <- function(mu) sum(dnorm(y, mu, 1, log = TRUE))

mle <- mean(y)
relative <- exp(log_likelihood(guess) - log_likelihood(mle))
"
                ),
            },
            checks: vec![
                Check {
                    stan: Some("mu".to_owned()),
                    ..Check::expression("highest at the mean of the data", "mle", best, 4)
                },
                Check::expression(
                    "log likelihood of your mean",
                    "log_likelihood(guess)",
                    self.log_density(mu),
                    2,
                ),
                Check::expression("likelihood of your mean over the highest", "relative", relative, 4),
            ],
        };
        model.code()
    }
}
