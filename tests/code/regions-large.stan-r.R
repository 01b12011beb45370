# regions-large
# #/regions?sizes=44x1,51x21,5x177&scale_theta=half-normal&scale_mu=half-normal&sampler=exact
# Samples the posterior with Stan. Needs R with cmdstanr.

library(cmdstanr)  # https://mc-stan.org/cmdstanr

rows <- read.csv("regions_seed-4_data.csv")
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
  array[n] int<lower=1, upper=K> k;  // the region of each school
}
parameters {
  real<lower=0> sigma_theta;  // SD of region means
  vector[K] theta;
  real<lower=0> sigma_mu;  // SD of school effects within a region
  vector[n] mu;
}
model {
  sigma_theta ~ normal(0, 5.0);  // half-normal
  theta ~ normal(0.0, sigma_theta);
  sigma_mu ~ normal(0, 2.5);  // half-normal
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
cat("posterior mean of theta[1]:", format(mean(fit$draws("theta[1]")), digits = 4), " the page says 1.761\n")
cat("posterior mean of mu[1]:", format(mean(fit$draws("mu[1]")), digits = 4), " the page says 1.827\n")
cat("posterior mean of sigma_mu:", format(mean(fit$draws("sigma_mu")), digits = 4), " the page says 0.97\n")
cat("posterior mean of sigma_theta:", format(mean(fit$draws("sigma_theta")), digits = 4), " the page says 5.01\n")
