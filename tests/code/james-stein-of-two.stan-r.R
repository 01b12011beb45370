# james-stein-of-two
# #/james-stein?n=2&truth=hidden
# Samples the posterior with Stan. Needs R with cmdstanr.

library(cmdstanr)  # https://mc-stan.org/cmdstanr

# What was measured, measurement by measurement.
y <- c(1.0570385249735108, -2.6405915955036106)
n <- length(y)
se <- rep(1, n)  # standard errors

stan_code <- "
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
"

model <- cmdstan_model(write_stan_file(stan_code))
fit <- model$sample(
  data = list(n = n, y = as.array(y), se = as.array(se)),
  seed = 1973, chains = 4, parallel_chains = 4,
  iter_warmup = 1000, iter_sampling = 1000, adapt_delta = 0.8
)
print(fit$summary(), n = 50)

# Equal up to Monte Carlo error, of which summary() tells: sd / sqrt(ess_bulk).
cat("posterior mean of mu[1]:", format(mean(fit$draws("mu[1]")), digits = 4), " the page says 0.53\n")
