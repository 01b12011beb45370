# when
# #/when?size=4&m=3
# Samples the posterior with Stan. Needs Python with cmdstanpy.

from pathlib import Path

from cmdstanpy import CmdStanModel  # https://mc-stan.org/cmdstanpy

# What was measured, school by school.
y = [
  2.2453914523826666, 1.275289447860803, -0.14040488525178368, 0.6537451964141257,
  -1.540210748503749, -2.8879748673132077, -1.866426209641097, -2.3548503352548824,
  5.124474182582706, 4.039014152690204, 5.482193932808778, 5.879076228721303, 4.257728240903975,
  2.362028760660871, 2.889640277351378, 3.5295287459377898
]
n = len(y)
se = [0.5773502691896257] * n  # standard errors
# The region of each school, from 1.
sizes = [4, 4, 4, 4]
k = [g for g, size in enumerate(sizes, 1) for _ in range(size)]
# The truth, which no estimator sees.
truth = [
  2.7193923154308517, 1.7730497562376015, -0.19747231578327762, 0.8706297950395162,
  -2.6781109539201338, -2.54343608709882, -1.5474360222894534, -2.756666858569214,
  5.048620166009665, 4.172779541039371, 5.711607250961489, 5.365562376590263, 3.841034758435091,
  2.575383055180377, 2.7524974686637576, 3.913999056799865
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
  real sigma_mu = 1.0;  // SD of school effects within a region, known
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

path = Path("when_seed-4.stan")
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
print(f"posterior mean of mu[1]: {summary.loc['mu[1]', 'Mean']:.3f}  the page says 1.933")
