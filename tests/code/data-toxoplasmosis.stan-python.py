# data-toxoplasmosis
# #/data?set=toxo&target=zero
# Samples the posterior with Stan. Needs Python with cmdstanpy.

from pathlib import Path

from cmdstanpy import CmdStanModel  # https://mc-stan.org/cmdstanpy

# What was measured, city by city.
y = [
  0.293, 0.214, 0.185, 0.152, 0.139, 0.128, 0.113, 0.098, 0.093, 0.079, 0.063, 0.052, 0.035,
  0.027, 0.024, 0.024, 0.014, 0.004, -0.016, -0.028, -0.034, -0.04, -0.055, -0.083, -0.098,
  -0.1, -0.112, -0.138, -0.156, -0.169, -0.241, -0.294, -0.296, -0.324, -0.397, -0.665
]
n = len(y)
# Standard errors.
se = [
  0.304, 0.039, 0.047, 0.115, 0.081, 0.061, 0.061, 0.087, 0.049, 0.041, 0.071, 0.048, 0.056,
  0.04, 0.049, 0.039, 0.043, 0.085, 0.128, 0.091, 0.073, 0.049, 0.058, 0.07, 0.068, 0.049,
  0.059, 0.063, 0.077, 0.073, 0.106, 0.179, 0.064, 0.152, 0.158, 0.216
]

STAN = """
data {
  int<lower=1> n;          // number of measurements
  vector[n] y;             // what was measured
  vector<lower=0>[n] se;   // its standard error
}
parameters {
  real<lower=0> sigma_mu;  // SD of the truths
  vector<offset=0.0, multiplier=sigma_mu>[n] mu;
}
model {
  // sigma_mu: flat prior on the positive numbers.
  mu ~ normal(0.0, sigma_mu);
  y ~ normal(mu, se);
}
"""

path = Path("data_toxo.stan")
path.write_text(STAN)
model = CmdStanModel(stan_file=str(path))
fit = model.sample(
    data={"n": n, "y": y, "se": se},
    seed=1, chains=4, parallel_chains=4,
    iter_warmup=1000, iter_sampling=1000, adapt_delta=0.8,
)
summary = fit.summary()
print(summary)

# Equal up to Monte Carlo error, of which the column MCSE tells.
print(f"posterior mean of mu[1]: {summary.loc['mu[1]', 'Mean']:.4f}  the page says 0.0381")
print(f"posterior mean of mu[36]: {summary.loc['mu[36]', 'Mean']:.4f}  the page says -0.1504")
