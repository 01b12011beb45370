# when
# #/when?size=4&m=3
# Samples the posterior with Stan. Needs R with cmdstanr.

library(cmdstanr)  # https://mc-stan.org/cmdstanr

# What was measured, school by school.
y <- c(
  2.2453914523826666, 1.275289447860803, -0.14040488525178368, 0.6537451964141257,
  -1.540210748503749, -2.8879748673132077, -1.866426209641097, -2.3548503352548824,
  5.124474182582706, 4.039014152690204, 5.482193932808778, 5.879076228721303, 4.257728240903975,
  2.362028760660871, 2.889640277351378, 3.5295287459377898
)
n <- length(y)
se <- rep(0.5773502691896257, n)  # standard errors
# The region of each school, from 1.
sizes <- c(4, 4, 4, 4)
k <- rep(seq_along(sizes), times = sizes)
# The truth, which no estimator sees.
truth <- c(
  2.7193923154308517, 1.7730497562376015, -0.19747231578327762, 0.8706297950395162,
  -2.6781109539201338, -2.54343608709882, -1.5474360222894534, -2.756666858569214,
  5.048620166009665, 4.172779541039371, 5.711607250961489, 5.365562376590263, 3.841034758435091,
  2.575383055180377, 2.7524974686637576, 3.913999056799865
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
  real sigma_mu = 1.0;  // SD of school effects within a region, known
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
  seed = 4, chains = 4, parallel_chains = 4,
  iter_warmup = 1000, iter_sampling = 1000, adapt_delta = 0.8
)
print(fit$summary(), n = 50)

# Equal up to Monte Carlo error, of which summary() tells: sd / sqrt(ess_bulk).
cat("posterior mean of mu[1]:", format(mean(fit$draws("mu[1]")), digits = 4), " the page says 1.933\n")
