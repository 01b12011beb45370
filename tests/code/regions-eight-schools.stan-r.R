# regions-eight-schools
# #/regions?scale_mu=half-cauchy&prior_mu=5&data=eight&sampler=nuts-nc
# Samples the posterior with Stan. Needs R with cmdstanr.

library(cmdstanr)  # https://mc-stan.org/cmdstanr

# What was measured, school by school.
y <- c(28, 8, -3, 7, -1, 1, 18, 12)
n <- length(y)
# Standard errors.
se <- c(15, 10, 16, 11, 9, 11, 10, 18)
# The region of each school, from 1.
sizes <- c(8)
k <- rep(seq_along(sizes), times = sizes)

stan_code <- "
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
  vector<offset=0.0, multiplier=sigma_theta>[K] theta;
  real<lower=0> sigma_mu;  // SD of school effects within a region
  vector<offset=theta[k], multiplier=sigma_mu>[n] mu;
}
model {
  theta ~ normal(0.0, sigma_theta);
  sigma_mu ~ cauchy(0, 5.0);  // half-Cauchy
  mu ~ normal(theta[k], sigma_mu);
  y ~ normal(mu, se);
}
"

model <- cmdstan_model(write_stan_file(stan_code))
fit <- model$sample(
  data = list(n = n, y = as.array(y), se = as.array(se), K = max(k), k = as.array(k)),
  seed = 4, chains = 4, parallel_chains = 4,
  iter_warmup = 1000, iter_sampling = 1000, adapt_delta = 0.8
)
print(fit$summary(), n = 50)

# Equal up to Monte Carlo error, of which summary() tells: sd / sqrt(ess_bulk).
cat("posterior mean of theta[1]:", format(mean(fit$draws("theta[1]")), digits = 4), " the page says 4.397\n")
cat("posterior mean of mu[1]:", format(mean(fit$draws("mu[1]")), digits = 4), " the page says 6.212\n")
cat("posterior mean of sigma_mu:", format(mean(fit$draws("sigma_mu")), digits = 4), " the page says 3.60\n")
