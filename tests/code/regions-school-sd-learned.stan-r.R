# regions-school-sd-learned
# #/regions?sizes=6,1,4&scale_mu=half-cauchy&seed=7&sampler=nuts-nc-schools
# Samples the posterior with Stan. Needs R with cmdstanr.

library(cmdstanr)  # https://mc-stan.org/cmdstanr

# What was measured, school by school.
y <- c(
  3.8837464681431957, 3.875994214790486, 2.464105270252024, 1.6028573912358688,
  4.91392354320762, 2.323951938262291, -4.293994462563034, 3.752023040339239,
  0.7673825735235853, 0.6553606794547884, 1.2397789248430342
)
n <- length(y)
se <- rep(1, n)  # standard errors
# The region of each school, from 1.
sizes <- c(6, 1, 4)
k <- rep(seq_along(sizes), times = sizes)
# The truth, which no estimator sees.
truth <- c(
  3.9539242805987413, 3.598361382195576, 3.165693377562519, 2.099399129566279,
  3.3338845380681477, 2.2155056173223295, -4.3651566879852375, 1.8143357032512322,
  2.529423146768618, 0.9812202585876613, 1.0919868401810355
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
}
parameters {
  vector[K] theta;
  real<lower=0> sigma_mu;  // SD of school effects within a region
  vector<offset=theta[k], multiplier=sigma_mu>[n] mu;
}
model {
  theta ~ normal(0.0, sigma_theta);
  sigma_mu ~ cauchy(0, 2.5);  // half-Cauchy
  mu ~ normal(theta[k], sigma_mu);
  y ~ normal(mu, se);
}
"

model <- cmdstan_model(write_stan_file(stan_code))
fit <- model$sample(
  data = list(n = n, y = as.array(y), se = as.array(se), K = max(k), k = as.array(k)),
  seed = 7, chains = 4, parallel_chains = 4,
  iter_warmup = 1000, iter_sampling = 1000, adapt_delta = 0.8
)
print(fit$summary(), n = 50)

# Equal up to Monte Carlo error, of which summary() tells: sd / sqrt(ess_bulk).
cat("posterior mean of theta[1]:", format(mean(fit$draws("theta[1]")), digits = 4), " the page says 3.133\n")
cat("posterior mean of mu[1]:", format(mean(fit$draws("mu[1]")), digits = 4), " the page says 3.447\n")
cat("posterior mean of sigma_mu:", format(mean(fit$draws("sigma_mu")), digits = 4), " the page says 0.92\n")
