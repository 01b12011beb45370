# regions-large
# #/regions?sizes=44x1,51x21,5x177&scale_theta=half-normal&scale_mu=half-normal&sampler=exact
# Samples the posterior with Stan. Needs Python with cmdstanpy.

from pathlib import Path

from cmdstanpy import CmdStanModel  # https://mc-stan.org/cmdstanpy

import csv

with open("regions_seed-4_data.csv", newline="", encoding="utf-8") as file:
    rows = list(csv.DictReader(file))
y = [float(row["y"]) for row in rows]
se = [float(row["se"]) for row in rows]
k = [int(row["k"]) for row in rows]
truth = [float(row["truth"]) for row in rows]
n = len(y)

STAN = """
data {
  int<lower=1> n;          // number of measurements
  vector[n] y;             // what was measured
  vector<lower=0>[n] se;   // its standard error
  int<lower=1> K;          // number of groups
  array[n] int<lower=1, upper=K> k;  // the region of each school
}
parameters {
  real<lower=0> sigma_theta;  // SD of region means
  vector[K] theta;
  real<lower=0> sigma_mu;  // SD of school effects within a region
  vector[n] mu;
}
model {
  sigma_theta ~ normal(0, 5.0);  // half-normal
  theta ~ normal(0.0, sigma_theta);
  sigma_mu ~ normal(0, 2.5);  // half-normal
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
print(f"posterior mean of theta[1]: {summary.loc['theta[1]', 'Mean']:.3f}  the page says 1.761")
print(f"posterior mean of mu[1]: {summary.loc['mu[1]', 'Mean']:.3f}  the page says 1.827")
print(f"posterior mean of sigma_mu: {summary.loc['sigma_mu', 'Mean']:.2f}  the page says 0.97")
print(f"posterior mean of sigma_theta: {summary.loc['sigma_theta', 'Mean']:.2f}  the page says 5.01")
