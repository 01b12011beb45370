# james-stein
# #/james-stein?n=12&a=0.5&seed=7
# Samples the posterior with Stan. Needs R with cmdstanr.

library(cmdstanr)  # https://mc-stan.org/cmdstanr

# What was measured, measurement by measurement.
y <- c(
  0.7837926205535121, 0.547313434125346, -0.6783105322096905, -0.8978169237009015,
  1.1225057055841992, -1.606897048503682, -0.5383405109371188, -2.1703787765574543,
  -0.7328117302693645, 1.1248301191044596, 2.872371651501397, 0.6565196221960641
)
n <- length(y)
se <- rep(1, n)  # standard errors
# The truth, which no estimator sees.
truth <- c(
  -0.6491912780237693, -0.33280604256360785, -0.18023283309115887, 0.27790737790913234,
  -0.373889380643135, -0.2075793316498176, -0.11910897660145114, -0.893820165481132,
  0.23937003211954855, 0.7379876167315925, -0.36711955108645394, 0.39837560966547125
)

stan_code <- "
data {
  int<lower=1> n;          // number of measurements
  vector[n] y;             // what was measured
  vector<lower=0>[n] se;   // its standard error
}
transformed data {
  real sigma_mu = 0.7071067811865476;  // SD of the truths, known
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
  seed = 7, chains = 4, parallel_chains = 4,
  iter_warmup = 1000, iter_sampling = 1000, adapt_delta = 0.8
)
print(fit$summary(), n = 50)

# Equal up to Monte Carlo error, of which summary() tells: sd / sqrt(ess_bulk).
cat("posterior mean of mu[1]:", format(mean(fit$draws("mu[1]")), digits = 4), " the page says 0.26\n")
