# data-counties
# #/data?set=counties
# Samples the posterior with Stan. Needs R with cmdstanr.

library(cmdstanr)  # https://mc-stan.org/cmdstanr

rows <- read.csv("data_counties_seed-1973_data.csv")
y <- rows$y
se <- rows$se
k <- rows$k
truth <- rows$truth
n <- length(y)

stan_code <- "
data {
  int<lower=1> n;          // number of measurements
  vector[n] y;             // what was measured
  vector<lower=0>[n] se;   // its standard error
  int<lower=1> K;          // number of groups
  array[n] int<lower=1, upper=K> k;  // the group of each county
}
parameters {
  vector[K] theta;
  real<lower=0> sigma_mu;  // SD of county effects within a group
  vector<offset=theta[k], multiplier=sigma_mu>[n] mu;
}
model {
  // theta, the mean of each group: flat prior.
  // sigma_mu: flat prior on the positive numbers.
  mu ~ normal(theta[k], sigma_mu);
  y ~ normal(mu, se);
}
"

model <- cmdstan_model(write_stan_file(stan_code))
fit <- model$sample(
  data = list(n = n, y = as.array(y), se = as.array(se), K = max(k), k = as.array(k)),
  seed = 1973, chains = 4, parallel_chains = 4,
  iter_warmup = 1000, iter_sampling = 1000, adapt_delta = 0.8
)
print(fit$summary(), n = 50)

# Equal up to Monte Carlo error, of which summary() tells: sd / sqrt(ess_bulk).
cat("posterior mean of mu[1]:", format(mean(fit$draws("mu[1]")), digits = 4), " the page says 7.90\n")
cat("posterior mean of mu[1000]:", format(mean(fit$draws("mu[1000]")), digits = 4), " the page says 9.69\n")
