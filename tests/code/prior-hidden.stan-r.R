# prior-hidden
# #/prior?prior_sd=0.2&n=12&truth=hidden&seed=3
# Samples the posterior with Stan. Needs R with cmdstanr.

library(cmdstanr)  # https://mc-stan.org/cmdstanr

# The data.
y <- c(
  3.0380665840801173, 3.707474277121533, 4.258788216241252, 2.8478681140848674,
  4.195782826286376, 4.030123944601631, 4.085417731612272, 5.1166102127152655,
  2.781142584422012, 5.267368722089888, 3.255218403864859, 2.868781429164264
)
n <- length(y)

stan_code <- "
data {
  int<lower=1> n;  // number of data
  vector[n] y;     // the data
}
parameters {
  real mu;         // the mean that is asked for
}
model {
  mu ~ normal(2.0, 0.2);
  y ~ normal(mu, 1);
}
"

model <- cmdstan_model(write_stan_file(stan_code))
fit <- model$sample(
  data = list(n = n, y = as.array(y)),
  seed = 3, chains = 4, parallel_chains = 4,
  iter_warmup = 1000, iter_sampling = 1000, adapt_delta = 0.8
)
print(fit$summary(), n = 50)

# Equal up to Monte Carlo error, of which summary() tells: sd / sqrt(ess_bulk).
cat("posterior mean:", format(mean(fit$draws("mu")), digits = 4), " the page says 2.5798\n")
