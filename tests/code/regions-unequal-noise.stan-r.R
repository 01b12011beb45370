# regions-unequal-noise
# #/regions?sizes=5,8,3&m=9,4,1&sigma=2&scale_mu=half-normal&seed=3
# Samples the posterior with Stan. Needs R with cmdstanr.

library(cmdstanr)  # https://mc-stan.org/cmdstanr

# What was measured, school by school.
y <- c(
  1.4762369415966923, 2.8776347456331273, 0.78915371096748, 3.726008652536729,
  2.499494223940352, 0.676600271334006, 0.2416981944559693, 1.7010756698910574,
  1.577581712614934, -1.0397470807286826, 0.13222555149944748, 5.059901092169724,
  -0.5573900008760324, -6.672461392073026, -4.235776757318595, -8.816695731071539
)
n <- length(y)
# Standard errors.
se <- c(
  0.6666666666666666, 0.6666666666666666, 0.6666666666666666, 0.6666666666666666,
  0.6666666666666666, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2
)
# The region of each school, from 1.
sizes <- c(5, 8, 3)
k <- rep(seq_along(sizes), times = sizes)
# The truth, which no estimator sees.
truth <- c(
  1.224412504874386, 2.6658785474608733, 0.6258799928074681, 3.9681795351606794,
  2.2914139069727164, 0.6070000561193393, 0.9376980184921283, 1.5614173739711659,
  1.9806323682716112, -0.23971773514454142, 1.2010237964913308, 1.4310775696634723,
  -0.5609337943892301, -6.224561034901126, -6.263915905802449, -8.051183204543428
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
  vector[n] mu;
}
model {
  theta ~ normal(0.0, sigma_theta);
  sigma_mu ~ normal(0, 2.5);  // half-normal
  mu ~ normal(theta[k], sigma_mu);
  y ~ normal(mu, se);
}
"

model <- cmdstan_model(write_stan_file(stan_code))
fit <- model$sample(
  data = list(n = n, y = as.array(y), se = as.array(se), K = max(k), k = as.array(k)),
  seed = 3, chains = 4, parallel_chains = 4,
  iter_warmup = 1000, iter_sampling = 1000, adapt_delta = 0.8
)
print(fit$summary(), n = 50)

# Equal up to Monte Carlo error, of which summary() tells: sd / sqrt(ess_bulk).
cat("posterior mean of theta[1]:", format(mean(fit$draws("theta[1]")), digits = 4), " the page says 2.225\n")
cat("posterior mean of mu[1]:", format(mean(fit$draws("mu[1]")), digits = 4), " the page says 1.635\n")
cat("posterior mean of sigma_mu:", format(mean(fit$draws("sigma_mu")), digits = 4), " the page says 1.45\n")
