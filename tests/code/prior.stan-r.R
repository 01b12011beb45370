# prior
# #/prior?prior_mean=6&prior_sd=1
# Samples the posterior with Stan. Needs R with cmdstanr.

library(cmdstanr)  # https://mc-stan.org/cmdstanr

# The page draws its data as R does.
set.seed(1)
y <- rnorm(5, 4)
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
  mu ~ normal(6.0, 1.0);
  y ~ normal(mu, 1);
}
"

model <- cmdstan_model(write_stan_file(stan_code))
fit <- model$sample(
  data = list(n = n, y = as.array(y)),
  seed = 1, chains = 4, parallel_chains = 4,
  iter_warmup = 1000, iter_sampling = 1000, adapt_delta = 0.8
)
print(fit$summary(), n = 50)

# Equal up to Monte Carlo error, of which summary() tells: sd / sqrt(ess_bulk).
cat("posterior mean:", format(mean(fit$draws("mu")), digits = 4), " the page says 4.4411\n")
