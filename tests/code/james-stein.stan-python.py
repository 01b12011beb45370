# james-stein
# #/james-stein?n=12&a=0.5&seed=7
# Samples the posterior with Stan. Needs Python with cmdstanpy.

from pathlib import Path

from cmdstanpy import CmdStanModel  # https://mc-stan.org/cmdstanpy

# What was measured, measurement by measurement.
y = [
  0.7837926205535121, 0.547313434125346, -0.6783105322096905, -0.8978169237009015,
  1.1225057055841992, -1.606897048503682, -0.5383405109371188, -2.1703787765574543,
  -0.7328117302693645, 1.1248301191044596, 2.872371651501397, 0.6565196221960641
]
n = len(y)
se = [1] * n  # standard errors
# The truth, which no estimator sees.
truth = [
  -0.6491912780237693, -0.33280604256360785, -0.18023283309115887, 0.27790737790913234,
  -0.373889380643135, -0.2075793316498176, -0.11910897660145114, -0.893820165481132,
  0.23937003211954855, 0.7379876167315925, -0.36711955108645394, 0.39837560966547125
]

STAN = """
data {
  int<lower=1> n;          // number of measurements
  vector[n] y;             // what was measured
  vector<lower=0>[n] se;   // its standard error
}
transformed data {
  real sigma_mu = 0.7071067811865476;  // SD of the truths, known
}
parameters {
  vector[n] mu;
}
model {
  mu ~ normal(0.0, sigma_mu);
  y ~ normal(mu, se);
}
"""

path = Path("james-stein_seed-7.stan")
path.write_text(STAN)
model = CmdStanModel(stan_file=str(path))
fit = model.sample(
    data={"n": n, "y": y, "se": se},
    seed=7, chains=4, parallel_chains=4,
    iter_warmup=1000, iter_sampling=1000, adapt_delta=0.8,
)
summary = fit.summary()
print(summary)

# Equal up to Monte Carlo error, of which the column MCSE tells.
print(f"posterior mean of mu[1]: {summary.loc['mu[1]', 'Mean']:.2f}  the page says 0.26")
