# mrlocus-own
# #/mrlocus?set=own&own=beta_hat_a,beta_hat_b,se_a,se_b;0.001,0.0004,0.0001,0.0002;0.002,0.001,0.0001,0.0002
# Samples the posterior with Stan. Needs R with cmdstanr.

library(cmdstanr)  # https://mc-stan.org/cmdstanr

# Effects on expression, and their standard errors.
a <- c(0.001, 0.002)
se_a <- c(0.0001, 0.0001)
# Effects on the trait, and their standard errors.
b <- c(0.0004, 0.001)
se_b <- c(0.0002, 0.0002)
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
  real effect_sd = 0.004;
  real slope_mean = 0.48000000000000004;
  real slope_sd = 0.9600000000000001;
  real dispersion_sd = 0.001;
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
"

model <- cmdstan_model(write_stan_file(stan_code))
fit <- model$sample(
  data = list(J = J, a = as.array(a), se_a = as.array(se_a), b = as.array(b), se_b = as.array(se_b)),
  seed = 1, chains = 4, parallel_chains = 4,
  iter_warmup = 1000, iter_sampling = 1000, adapt_delta = 0.95
)
print(fit$summary(), n = 50)

# Equal up to Monte Carlo error, of which summary() tells: sd / sqrt(ess_bulk).
cat("posterior mean of alpha:", format(mean(fit$draws("alpha")), digits = 4), " the page says 0.4811\n")
cat("posterior mean of sigma:", format(mean(fit$draws("sigma")), digits = 4), " the page says 0.0004393\n")
