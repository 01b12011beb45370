# regions-region-sd-learned
# #/regions?scale_theta=half-cauchy&sd_mu=2&seed=12&truth=hidden
# Samples the posterior with Stan. Needs R with cmdstanr.

library(cmdstanr)  # https://mc-stan.org/cmdstanr

# What was measured, school by school.
y <- c(
  -5.70098642050238, -3.125807258940082, -2.085963598748908, -1.3379389182959132,
  -1.0953958031890316, -1.5032005249443865, -2.109688545466804, -3.2419182038635697,
  -6.165104515247284, 0.9064330144221131, 3.0028356231502364, 0.85958008781765,
  -0.18955242988889393, 8.37116960464467, -3.3384719151398397, 1.2840813720664805,
  1.4124536173518756, 4.23414769220763, 3.579618946184101, -1.453943678200945, 1.81720762462387,
  6.039729702165142, 3.3821692557936274, 1.0296214649784878, 4.533240901270883,
  0.3935213241993758, 2.91322280172587, 2.9828701217686917, 1.0694550291340825,
  2.528551343741086, -1.1605411877692486, -4.700877853237557, 1.5510305031126508,
  -1.9792083640211378, -3.8696870601499356, -4.056979677408871, -3.0905142273136916,
  -1.070862177356437, -0.18750594689759514, -0.8311246863257303
)
n <- length(y)
se <- rep(1, n)  # standard errors
# The region of each school, from 1.
sizes <- c(10, 10, 10, 10)
k <- rep(seq_along(sizes), times = sizes)

stan_code <- "
data {
  int<lower=1> n;          // number of measurements
  vector[n] y;             // what was measured
  vector<lower=0>[n] se;   // its standard error
  int<lower=1> K;          // number of groups
  array[n] int<lower=1, upper=K> k;  // the region of each school
}
transformed data {
  real sigma_mu = 2.0;  // SD of school effects within a region, known
}
parameters {
  real<lower=0> sigma_theta;  // SD of region means
  vector[K] theta;
  vector[n] mu;
}
model {
  sigma_theta ~ cauchy(0, 5.0);  // half-Cauchy
  theta ~ normal(0.0, sigma_theta);
  mu ~ normal(theta[k], sigma_mu);
  y ~ normal(mu, se);
}
"

model <- cmdstan_model(write_stan_file(stan_code))
fit <- model$sample(
  data = list(n = n, y = as.array(y), se = as.array(se), K = max(k), k = as.array(k)),
  seed = 12, chains = 4, parallel_chains = 4,
  iter_warmup = 1000, iter_sampling = 1000, adapt_delta = 0.8
)
print(fit$summary(), n = 50)

# Equal up to Monte Carlo error, of which summary() tells: sd / sqrt(ess_bulk).
cat("posterior mean of theta[1]:", format(mean(fit$draws("theta[1]")), digits = 4), " the page says -2.322\n")
cat("posterior mean of mu[1]:", format(mean(fit$draws("mu[1]")), digits = 4), " the page says -5.025\n")
cat("posterior mean of sigma_theta:", format(mean(fit$draws("sigma_theta")), digits = 4), " the page says 2.87\n")
