# regions-school-sd-learned
# #/regions?sizes=6,1,4&scale_mu=half-cauchy&seed=7&sampler=nuts-nc-schools
# Samples the posterior with Stan. Needs Python with cmdstanpy.

from pathlib import Path

from cmdstanpy import CmdStanModel  # https://mc-stan.org/cmdstanpy

# What was measured, school by school.
y = [
  3.8837464681431957, 3.875994214790486, 2.464105270252024, 1.6028573912358688,
  4.91392354320762, 2.323951938262291, -4.293994462563034, 3.752023040339239,
  0.7673825735235853, 0.6553606794547884, 1.2397789248430342
]
n = len(y)
se = [1] * n  # standard errors
# The region of each school, from 1.
sizes = [6, 1, 4]
k = [g for g, size in enumerate(sizes, 1) for _ in range(size)]
# The truth, which no estimator sees.
truth = [
  3.9539242805987413, 3.598361382195576, 3.165693377562519, 2.099399129566279,
  3.3338845380681477, 2.2155056173223295, -4.3651566879852375, 1.8143357032512322,
  2.529423146768618, 0.9812202585876613, 1.0919868401810355
]

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
}
parameters {
  vector[K] theta;
  real<lower=0> sigma_mu;  // SD of school effects within a region
  vector<offset=theta[k], multiplier=sigma_mu>[n] mu;
}
model {
  theta ~ normal(0.0, sigma_theta);
  sigma_mu ~ cauchy(0, 2.5);  // half-Cauchy
  mu ~ normal(theta[k], sigma_mu);
  y ~ normal(mu, se);
}
"""

path = Path("regions_seed-7.stan")
path.write_text(STAN)
model = CmdStanModel(stan_file=str(path))
fit = model.sample(
    data={"n": n, "y": y, "se": se, "K": max(k), "k": k},
    seed=7, chains=4, parallel_chains=4,
    iter_warmup=1000, iter_sampling=1000, adapt_delta=0.8,
)
summary = fit.summary()
print(summary)

# Equal up to Monte Carlo error, of which the column MCSE tells.
print(f"posterior mean of theta[1]: {summary.loc['theta[1]', 'Mean']:.3f}  the page says 3.133")
print(f"posterior mean of mu[1]: {summary.loc['mu[1]', 'Mean']:.3f}  the page says 3.447")
print(f"posterior mean of sigma_mu: {summary.loc['sigma_mu', 'Mean']:.2f}  the page says 0.92")
