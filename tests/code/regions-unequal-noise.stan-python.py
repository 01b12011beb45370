# regions-unequal-noise
# #/regions?sizes=5,8,3&m=9,4,1&sigma=2&scale_mu=half-normal&seed=3
# Samples the posterior with Stan. Needs Python with cmdstanpy.

from pathlib import Path

from cmdstanpy import CmdStanModel  # https://mc-stan.org/cmdstanpy

# What was measured, school by school.
y = [
  1.4762369415966923, 2.8776347456331273, 0.78915371096748, 3.726008652536729,
  2.499494223940352, 0.676600271334006, 0.2416981944559693, 1.7010756698910574,
  1.577581712614934, -1.0397470807286826, 0.13222555149944748, 5.059901092169724,
  -0.5573900008760324, -6.672461392073026, -4.235776757318595, -8.816695731071539
]
n = len(y)
# Standard errors.
se = [
  0.6666666666666666, 0.6666666666666666, 0.6666666666666666, 0.6666666666666666,
  0.6666666666666666, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2
]
# The region of each school, from 1.
sizes = [5, 8, 3]
k = [g for g, size in enumerate(sizes, 1) for _ in range(size)]
# The truth, which no estimator sees.
truth = [
  1.224412504874386, 2.6658785474608733, 0.6258799928074681, 3.9681795351606794,
  2.2914139069727164, 0.6070000561193393, 0.9376980184921283, 1.5614173739711659,
  1.9806323682716112, -0.23971773514454142, 1.2010237964913308, 1.4310775696634723,
  -0.5609337943892301, -6.224561034901126, -6.263915905802449, -8.051183204543428
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
  vector[n] mu;
}
model {
  theta ~ normal(0.0, sigma_theta);
  sigma_mu ~ normal(0, 2.5);  // half-normal
  mu ~ normal(theta[k], sigma_mu);
  y ~ normal(mu, se);
}
"""

path = Path("regions_seed-3.stan")
path.write_text(STAN)
model = CmdStanModel(stan_file=str(path))
fit = model.sample(
    data={"n": n, "y": y, "se": se, "K": max(k), "k": k},
    seed=3, chains=4, parallel_chains=4,
    iter_warmup=1000, iter_sampling=1000, adapt_delta=0.8,
)
summary = fit.summary()
print(summary)

# Equal up to Monte Carlo error, of which the column MCSE tells.
print(f"posterior mean of theta[1]: {summary.loc['theta[1]', 'Mean']:.3f}  the page says 2.225")
print(f"posterior mean of mu[1]: {summary.loc['mu[1]', 'Mean']:.3f}  the page says 1.635")
print(f"posterior mean of sigma_mu: {summary.loc['sigma_mu', 'Mean']:.2f}  the page says 1.45")
