# data-baseball
# #/data
# Samples the posterior with Stan. Needs Python with cmdstanpy.

from pathlib import Path

from cmdstanpy import CmdStanModel  # https://mc-stan.org/cmdstanpy

# What was measured, player by player.
y = [
  0.4, 0.37777777777777777, 0.35555555555555557, 0.3333333333333333, 0.3111111111111111,
  0.3111111111111111, 0.28888888888888886, 0.26666666666666666, 0.24444444444444444,
  0.24444444444444444, 0.2222222222222222, 0.2222222222222222, 0.2222222222222222,
  0.2222222222222222, 0.2222222222222222, 0.2, 0.17777777777777778, 0.15555555555555556
]
n = len(y)
se = [0.06582432844919034] * n  # standard errors
# The group of each player, from 1.
sizes = [18]
k = [g for g, size in enumerate(sizes, 1) for _ in range(size)]
# The truth, which no estimator sees.
truth = [
  0.346, 0.298, 0.276, 0.222, 0.273, 0.27, 0.263, 0.21, 0.269, 0.23, 0.264, 0.256, 0.303, 0.264,
  0.226, 0.285, 0.316, 0.2
]

STAN = """
data {
  int<lower=1> n;          // number of measurements
  vector[n] y;             // what was measured
  vector<lower=0>[n] se;   // its standard error
  int<lower=1> K;          // number of groups
  array[n] int<lower=1, upper=K> k;  // the group of each player
}
parameters {
  vector[K] theta;
  real<lower=0> sigma_mu;  // SD of player effects within a group
  vector<offset=theta[k], multiplier=sigma_mu>[n] mu;
}
model {
  // theta, the mean of each group: flat prior.
  // sigma_mu: flat prior on the positive numbers.
  mu ~ normal(theta[k], sigma_mu);
  y ~ normal(mu, se);
}
"""

path = Path("data_baseball.stan")
path.write_text(STAN)
model = CmdStanModel(stan_file=str(path))
fit = model.sample(
    data={"n": n, "y": y, "se": se, "K": max(k), "k": k},
    seed=1, chains=4, parallel_chains=4,
    iter_warmup=1000, iter_sampling=1000, adapt_delta=0.8,
)
summary = fit.summary()
print(summary)

# Equal up to Monte Carlo error, of which the column MCSE tells.
print(f"posterior mean of mu[1]: {summary.loc['mu[1]', 'Mean']:.4f}  the page says 0.2933")
print(f"posterior mean of mu[18]: {summary.loc['mu[18]', 'Mean']:.4f}  the page says 0.2426")
