# data-counties
# #/data?set=counties
# Samples the posterior with Stan. Needs Python with cmdstanpy.

from pathlib import Path

from cmdstanpy import CmdStanModel  # https://mc-stan.org/cmdstanpy

import csv

with open("data_counties_seed-1973_data.csv", newline="", encoding="utf-8") as file:
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
  array[n] int<lower=1, upper=K> k;  // the group of each county
}
parameters {
  vector[K] theta;
  real<lower=0> sigma_mu;  // SD of county effects within a group
  vector<offset=theta[k], multiplier=sigma_mu>[n] mu;
}
model {
  // theta, the mean of each group: flat prior.
  // sigma_mu: flat prior on the positive numbers.
  mu ~ normal(theta[k], sigma_mu);
  y ~ normal(mu, se);
}
"""

path = Path("data_counties_seed-1973.stan")
path.write_text(STAN)
model = CmdStanModel(stan_file=str(path))
fit = model.sample(
    data={"n": n, "y": y, "se": se, "K": max(k), "k": k},
    seed=1973, chains=4, parallel_chains=4,
    iter_warmup=1000, iter_sampling=1000, adapt_delta=0.8,
)
summary = fit.summary()
print(summary)

# Equal up to Monte Carlo error, of which the column MCSE tells.
print(f"posterior mean of mu[1]: {summary.loc['mu[1]', 'Mean']:.2f}  the page says 7.90")
print(f"posterior mean of mu[1000]: {summary.loc['mu[1000]', 'Mean']:.2f}  the page says 9.69")
