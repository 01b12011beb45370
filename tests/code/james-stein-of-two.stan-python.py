# james-stein-of-two
# #/james-stein?n=2&truth=hidden
# Samples the posterior with Stan. Needs Python with cmdstanpy.

from pathlib import Path

from cmdstanpy import CmdStanModel  # https://mc-stan.org/cmdstanpy

# What was measured, measurement by measurement.
y = [1.0570385249735108, -2.6405915955036106]
n = len(y)
se = [1] * n  # standard errors

STAN = """
data {
  int<lower=1> n;          // number of measurements
  vector[n] y;             // what was measured
  vector<lower=0>[n] se;   // its standard error
}
transformed data {
  real sigma_mu = 1.0;  // SD of the truths, known
}
parameters {
  vector[n] mu;
}
model {
  mu ~ normal(0.0, sigma_mu);
  y ~ normal(mu, se);
}
"""

path = Path("james-stein_seed-1973.stan")
path.write_text(STAN)
model = CmdStanModel(stan_file=str(path))
fit = model.sample(
    data={"n": n, "y": y, "se": se},
    seed=1973, chains=4, parallel_chains=4,
    iter_warmup=1000, iter_sampling=1000, adapt_delta=0.8,
)
summary = fit.summary()
print(summary)

# Equal up to Monte Carlo error, of which the column MCSE tells.
print(f"posterior mean of mu[1]: {summary.loc['mu[1]', 'Mean']:.2f}  the page says 0.53")
