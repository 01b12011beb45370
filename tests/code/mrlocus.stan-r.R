# mrlocus
# #/mrlocus
# Samples the posterior with Stan. Needs R with cmdstanr.

library(cmdstanr)  # https://mc-stan.org/cmdstanr

# Effects on expression, and their standard errors.
a <- c(
  0.5259355979250359, 0.48789238131456825, 0.6247523162115337, 0.7562527063660562,
  1.030399396418542, 1.0592309445096328
)
se_a <- c(0.08, 0.08, 0.08, 0.08, 0.08, 0.08)
# Effects on the trait, and their standard errors.
b <- c(
  0.451696969681611, 0.3832657719938722, 0.34239730109740246, 0.3478646687157145,
  0.43863564229582586, 0.7155254055978276
)
se_b <- c(0.06, 0.06, 0.06, 0.06, 0.06, 0.06)
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
"

model <- cmdstan_model(write_stan_file(stan_code))
fit <- model$sample(
  data = list(J = J, a = as.array(a), se_a = as.array(se_a), b = as.array(b), se_b = as.array(se_b)),
  seed = 1973, chains = 4, parallel_chains = 4,
  iter_warmup = 1000, iter_sampling = 1000, adapt_delta = 0.95
)
print(fit$summary(), n = 50)

# Equal up to Monte Carlo error, of which summary() tells: sd / sqrt(ess_bulk).
cat("posterior mean of alpha:", format(mean(fit$draws("alpha")), digits = 4), " the page says 0.5793\n")
cat("posterior mean of sigma:", format(mean(fit$draws("sigma")), digits = 4), " the page says 0.1320\n")
