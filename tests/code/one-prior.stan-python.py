# one-prior
# #/one-prior?n=20
# Samples the posterior with Stan. Needs Python with cmdstanpy.

from pathlib import Path

from cmdstanpy import CmdStanModel  # https://mc-stan.org/cmdstanpy

# What was measured, measurement by measurement.
y = [
  1.0570385249735108, -2.6405915955036106, 1.8904628536862207, -0.007863208123984167,
  0.8550427874848401, -1.1474738833030005, 0.9698852753974411, -0.09300486144964193,
  0.644020437575439, -0.8342231616474043, 0.9313104067385927, -0.717661692120927,
  -1.8581609774799988, -1.8627220488960732, -1.2690979900662889, -0.6169379356424757,
  2.0703631076951403, -0.3470352424301474, -1.3699316372361372, 0.2880097013460472
]
n = len(y)
se = [1] * n  # standard errors
# The truth, which no estimator sees.
truth = [
  0.5329296257016961, -1.243603437966747, 0.5976259557393906, 0.3275932955902368,
  -0.2998790918184519, -0.6181409023225418, 0.20824764672507304, -0.75769845511207,
  0.3189274455896445, 0.40436516310654014, -0.23824937864019496, -0.9097543161897774,
  -0.0240458719989841, -0.5250889969987571, -1.4077355444353916, -1.1974688118215786,
  1.026257259730169, -0.5616660216254755, -0.9215988241727646, -0.854322817571262
]

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

path = Path("one-prior_seed-1973.stan")
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
print(f"posterior mean of mu[17]: {summary.loc['mu[17]', 'Mean']:.2f}  the page says 1.04")
