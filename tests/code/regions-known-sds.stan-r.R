# regions-known-sds
# #/regions?sizes=5,3&sd_mu=0.5&sigma=2&m=2,7&seed=5
# Samples the posterior with Stan. Needs R with cmdstanr.

library(cmdstanr)  # https://mc-stan.org/cmdstanr

# What was measured, school by school.
y <- c(
  -3.9120484702619214, -4.707455155964942, -4.2146389038458745, -4.68212069833057,
  -2.589587612240689, 1.4872434970665598, 0.33648943279047644, -0.8956079816513898
)
n <- length(y)
# Standard errors.
se <- c(
  1.4142135623730951, 1.4142135623730951, 1.4142135623730951, 1.4142135623730951,
  1.4142135623730951, 0.7559289460184544, 0.7559289460184544, 0.7559289460184544
)
# The region of each school, from 1.
sizes <- c(5, 3)
k <- rep(seq_along(sizes), times = sizes)
# The truth, which no estimator sees.
truth <- c(
  -3.128429366133614, -4.3334892260639934, -4.079638314216749, -3.273651446382895,
  -3.8432855992323685, -0.3608784502746975, 0.6441000390215645, -0.027330875199154947
)

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
  real sigma_mu = 0.5;  // SD of school effects within a region, known
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
"

model <- cmdstan_model(write_stan_file(stan_code))
fit <- model$sample(
  data = list(n = n, y = as.array(y), se = as.array(se), K = max(k), k = as.array(k)),
  seed = 5, chains = 4, parallel_chains = 4,
  iter_warmup = 1000, iter_sampling = 1000, adapt_delta = 0.8
)
print(fit$summary(), n = 50)

# Equal up to Monte Carlo error, of which summary() tells: sd / sqrt(ess_bulk).
cat("posterior mean of theta[1]:", format(mean(fit$draws("theta[1]")), digits = 4), " the page says -3.950\n")
cat("posterior mean of mu[1]:", format(mean(fit$draws("mu[1]")), digits = 4), " the page says -3.946\n")
