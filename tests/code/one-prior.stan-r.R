# one-prior
# #/one-prior?n=20
# Samples the posterior with Stan. Needs R with cmdstanr.

library(cmdstanr)  # https://mc-stan.org/cmdstanr

# What was measured, measurement by measurement.
y <- c(
  1.0570385249735108, -2.6405915955036106, 1.8904628536862207, -0.007863208123984167,
  0.8550427874848401, -1.1474738833030005, 0.9698852753974411, -0.09300486144964193,
  0.644020437575439, -0.8342231616474043, 0.9313104067385927, -0.717661692120927,
  -1.8581609774799988, -1.8627220488960732, -1.2690979900662889, -0.6169379356424757,
  2.0703631076951403, -0.3470352424301474, -1.3699316372361372, 0.2880097013460472
)
n <- length(y)
se <- rep(1, n)  # standard errors
# The truth, which no estimator sees.
truth <- c(
  0.5329296257016961, -1.243603437966747, 0.5976259557393906, 0.3275932955902368,
  -0.2998790918184519, -0.6181409023225418, 0.20824764672507304, -0.75769845511207,
  0.3189274455896445, 0.40436516310654014, -0.23824937864019496, -0.9097543161897774,
  -0.0240458719989841, -0.5250889969987571, -1.4077355444353916, -1.1974688118215786,
  1.026257259730169, -0.5616660216254755, -0.9215988241727646, -0.854322817571262
)

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
cat("posterior mean of mu[17]:", format(mean(fit$draws("mu[17]")), digits = 4), " the page says 1.04\n")
