# regions-one-school
# #/regions?sizes=1&sd_mu=2
# Samples the posterior with Stan. Needs Python with cmdstanpy.

from pathlib import Path

from cmdstanpy import CmdStanModel  # https://mc-stan.org/cmdstanpy

# What was measured, school by school.
y = [3.53401673891287]
n = len(y)
se = [1] * n  # standard errors
# The region of each school, from 1.
sizes = [1]
k = [g for g, size in enumerate(sizes, 1) for _ in range(size)]
# The truth, which no estimator sees.
truth = [4.355010316543824]

STAN = """
data {
  int<lower=1> n;          // number of measurements
  vector[n] y;             // what was measured
  vector<lower=0>[n] se;   // its standard error
  int<lower=1> K;          // number of groups
  array[n] int<lower=1, upper=K> k;  // the region of each school
}
transformed data {
  real sigma_theta = 5.0;  // SD of region means, known
  real sigma_mu = 2.0;  // SD of school effects within a region, known
}
parameters {
  vector[K] theta;
  vector[n] mu;
}
model {
  theta ~ normal(0.0, sigma_theta);
  mu ~ normal(theta[k], sigma_mu);
  y ~ normal(mu, se);
}
"""

path = Path("regions_seed-4.stan")
path.write_text(STAN)
model = CmdStanModel(stan_file=str(path))
fit = model.sample(
    data={"n": n, "y": y, "se": se, "K": max(k), "k": k},
    seed=4, chains=4, parallel_chains=4,
    iter_warmup=1000, iter_sampling=1000, adapt_delta=0.8,
)
summary = fit.summary()
print(summary)

# Equal up to Monte Carlo error, of which the column MCSE tells.
print(f"posterior mean of theta[1]: {summary.loc['theta[1]', 'Mean']:.3f}  the page says 2.945")
print(f"posterior mean of mu[1]: {summary.loc['mu[1]', 'Mean']:.3f}  the page says 3.416")
