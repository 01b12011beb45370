# prior
# #/prior?prior_mean=6&prior_sd=1
# Samples the posterior with Stan. Needs Python with cmdstanpy.

from pathlib import Path

from cmdstanpy import CmdStanModel  # https://mc-stan.org/cmdstanpy

# The data.
y = [
  3.3735461892576675, 4.183643324222082, 3.164371387589953, 5.5952808021377916,
  4.3295077718153605
]
n = len(y)

STAN = """
data {
  int<lower=1> n;  // number of data
  vector[n] y;     // the data
}
parameters {
  real mu;         // the mean that is asked for
}
model {
  mu ~ normal(6.0, 1.0);
  y ~ normal(mu, 1);
}
"""

path = Path("prior_seed-1.stan")
path.write_text(STAN)
model = CmdStanModel(stan_file=str(path))
fit = model.sample(
    data={"n": n, "y": y},
    seed=1, chains=4, parallel_chains=4,
    iter_warmup=1000, iter_sampling=1000, adapt_delta=0.8,
)
summary = fit.summary()
print(summary)

# Equal up to Monte Carlo error, of which the column MCSE tells.
print(f"posterior mean: {summary.loc['mu', 'Mean']:.4f}  the page says 4.4411")
