# mrlocus-errors-ignored
# #/mrlocus?errors=ignored&se_a=0.3&clusters=3
# Samples the posterior with Stan. Needs Python with cmdstanpy.

from pathlib import Path

from cmdstanpy import CmdStanModel  # https://mc-stan.org/cmdstanpy

# Effects on expression, and their standard errors.
a = [0.9826099992660879, 0.5689138897467995, 0.898448570217114]
se_a = [0, 0, 0]
# Effects on the trait, and their standard errors.
b = [0.4987393962395529, 0.5077464977603956, 0.5193609055477274]
se_b = [0.06, 0.06, 0.06]
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
  real effect_sd = 1.9652199985321759;
  real slope_mean = 0.5941386344601626;
  real slope_sd = 1.1882772689203251;
  real dispersion_sd = 0.5193609055477274;
}
parameters {
  real alpha;          // slope
  real<lower=0> sigma; // dispersion about the line
}
model {
  alpha ~ normal(slope_mean, slope_sd);
  sigma ~ normal(0, dispersion_sd);  // half-normal
  // Effects on expression are taken as known.
  // True effects on the trait, normal(alpha * beta_a, sigma), are integrated out: no funnel at sigma = 0.
  b ~ normal(alpha * a, sqrt(square(sigma) + square(se_b)));
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
print(f"posterior mean of alpha: {summary.loc['alpha', 'Mean']:.4f}  the page says 0.5941")
print(f"posterior mean of sigma: {summary.loc['sigma', 'Mean']:.4f}  the page says 0.2343")
