# data-eight-schools
# #/data?set=eight
# Samples the posterior with Stan. Needs Python with cmdstanpy.

from pathlib import Path

from cmdstanpy import CmdStanModel  # https://mc-stan.org/cmdstanpy

# What was measured, school by school.
y = [28, 8, -3, 7, -1, 1, 18, 12]
n = len(y)
# Standard errors.
se = [15, 10, 16, 11, 9, 11, 10, 18]
# The group of each school, from 1.
sizes = [8]
k = [g for g, size in enumerate(sizes, 1) for _ in range(size)]

STAN = """
data {
  int<lower=1> n;          // number of measurements
  vector[n] y;             // what was measured
  vector<lower=0>[n] se;   // its standard error
  int<lower=1> K;          // number of groups
  array[n] int<lower=1, upper=K> k;  // the group of each school
}
parameters {
  vector[K] theta;
  real<lower=0> sigma_mu;  // SD of school effects within a group
  vector<offset=theta[k], multiplier=sigma_mu>[n] mu;
}
model {
  // theta, the mean of each group: flat prior.
  // sigma_mu: flat prior on the positive numbers.
  mu ~ normal(theta[k], sigma_mu);
  y ~ normal(mu, se);
}
"""

path = Path("data_eight.stan")
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
print(f"posterior mean of mu[1]: {summary.loc['mu[1]', 'Mean']:.2f}  the page says 11.40")
print(f"posterior mean of mu[8]: {summary.loc['mu[8]', 'Mean']:.2f}  the page says 8.46")
