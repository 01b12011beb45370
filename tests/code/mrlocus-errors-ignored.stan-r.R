# mrlocus-errors-ignored
# #/mrlocus?errors=ignored&se_a=0.3&clusters=3
# Samples the posterior with Stan. Needs R with cmdstanr.

library(cmdstanr)  # https://mc-stan.org/cmdstanr

# Effects on expression, and their standard errors.
a <- c(0.9826099992660879, 0.5689138897467995, 0.898448570217114)
se_a <- c(0, 0, 0)
# Effects on the trait, and their standard errors.
b <- c(0.4987393962395529, 0.5077464977603956, 0.5193609055477274)
se_b <- c(0.06, 0.06, 0.06)
J <- length(a)

stan_code <- "
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
"

model <- cmdstan_model(write_stan_file(stan_code))
fit <- model$sample(
  data = list(J = J, a = as.array(a), se_a = as.array(se_a), b = as.array(b), se_b = as.array(se_b)),
  seed = 1973, chains = 4, parallel_chains = 4,
  iter_warmup = 1000, iter_sampling = 1000, adapt_delta = 0.95
)
print(fit$summary(), n = 50)

# Equal up to Monte Carlo error, of which summary() tells: sd / sqrt(ess_bulk).
cat("posterior mean of alpha:", format(mean(fit$draws("alpha")), digits = 4), " the page says 0.5941\n")
cat("posterior mean of sigma:", format(mean(fit$draws("sigma")), digits = 4), " the page says 0.2343\n")
