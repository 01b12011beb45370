# mrlocus
# #/mrlocus
# Samples the posterior with Stan. Needs Python with cmdstanpy.

from pathlib import Path

from cmdstanpy import CmdStanModel  # https://mc-stan.org/cmdstanpy

# Effects on expression, and their standard errors.
a = [
  0.5259355979250359, 0.48789238131456825, 0.6247523162115337, 0.7562527063660562,
  1.030399396418542, 1.0592309445096328
]
se_a = [0.08, 0.08, 0.08, 0.08, 0.08, 0.08]
# Effects on the trait, and their standard errors.
b = [
  0.451696969681611, 0.3832657719938722, 0.34239730109740246, 0.3478646687157145,
  0.43863564229582586, 0.7155254055978276
]
se_b = [0.06, 0.06, 0.06, 0.06, 0.06, 0.06]
J = len(a)

STAN = """
data {
  int<lower=2> J;             // clusters of SNPs
  vector[J] a;                // estimated effects on expression
  vector<lower=0>[J] se_a;    // their standard errors
  vector[J] b;                // estimated effects on the trait
  vector<lower=0>[J] se_b;    // their standard errors
}
transformed data {
  // The priors, set from the data as MRLocus does.
  real effect_sd = 2.1184618890192657;
  real slope_mean = 0.5768001549527354;
  real slope_sd = 1.1536003099054708;
  real dispersion_sd = 0.7155254055978276;
}
parameters {
  vector[J] beta_a;  // true effects on expression
  real alpha;          // slope
  real<lower=0> sigma; // dispersion about the line
}
model {
  alpha ~ normal(slope_mean, slope_sd);
  sigma ~ normal(0, dispersion_sd);  // half-normal
  beta_a ~ normal(0, effect_sd);
  a ~ normal(beta_a, se_a);
  // True effects on the trait, normal(alpha * beta_a, sigma), are integrated out: no funnel at sigma = 0.
  b ~ normal(alpha * beta_a, sqrt(square(sigma) + square(se_b)));
}
"""

path = Path("mrlocus_seed-1973.stan")
path.write_text(STAN)
model = CmdStanModel(stan_file=str(path))
fit = model.sample(
    data={"J": J, "a": a, "se_a": se_a, "b": b, "se_b": se_b},
    seed=1973, chains=4, parallel_chains=4,
    iter_warmup=1000, iter_sampling=1000, adapt_delta=0.95,
)
summary = fit.summary()
print(summary)

# Equal up to Monte Carlo error, of which the column MCSE tells.
print(f"posterior mean of alpha: {summary.loc['alpha', 'Mean']:.4f}  the page says 0.5793")
print(f"posterior mean of sigma: {summary.loc['sigma', 'Mean']:.4f}  the page says 0.1320")
