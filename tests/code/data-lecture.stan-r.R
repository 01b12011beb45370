# data-lecture
# #/data?set=lecture
# Samples the posterior with Stan. Needs R with cmdstanr.

library(cmdstanr)  # https://mc-stan.org/cmdstanr

# What was measured, school by school.
y <- c(
  1.8983987377998974, 0.9109036121378344, -0.09862862664532275, 0.49497465084115677,
  3.7042183415114094, 1.0632555094280642, 0.9866356709219724, 0.4757672795932689,
  1.3871992209968678, 1.474261961233978, -0.707209984195893, -3.1401947596079465,
  -2.0999432338984154, -2.0607002248681074, -2.968495268511016, -1.6470092349929863,
  -2.2401709509329235, -1.4828430948030755, -2.717562265600038, 0.6394887188563578,
  5.180003176672344, 3.941091092124433, 5.314251727988031, 6.254994458871636, 4.053864159784016,
  5.5246308204021615, 4.767864302359521, 5.021990738178822, 2.742605937544914,
  3.1540513978174616, 4.562769041254009, 2.205842577059579, 2.9900357812034146,
  3.24807694438495, 1.717199496303666, 2.290662456055774, 5.61053984543426, 2.947288607796922,
  3.6976697580531135, -0.17887273421975047
)
n <- length(y)
se <- rep(1, n)  # standard errors
# The group of each school, from 1.
sizes <- c(10, 10, 10, 10)
k <- rep(seq_along(sizes), times = sizes)
# The truth, which no estimator sees.
truth <- c(
  2.7193923154308517, 1.7730497562376015, -0.19747231578327762, 0.8706297950395162,
  2.980314186227151, 2.860637528000602, 1.6503788124981957, 1.0994937683224488,
  1.4668316528350296, 1.0386371984045704, -2.6781109539201338, -2.54343608709882,
  -1.5474360222894534, -2.756666858569214, -2.8128313039030313, -2.9959074301907176,
  -1.1716478804461488, -2.5472938416072055, -1.4048405010625564, -1.4242059833955472,
  5.048620166009665, 4.172779541039371, 5.711607250961489, 5.365562376590263,
  3.5276951202872877, 5.695904063364781, 4.609187404916266, 5.507655804351248,
  3.7015120125441205, 2.9735341057104065, 3.841034758435091, 2.575383055180377,
  2.7524974686637576, 3.913999056799865, 2.514007006146423, 2.342359387367157,
  4.323611512136746, 3.161438270535312, 4.272415222354516, 1.291854310072579
)

stan_code <- "
data {
  int<lower=1> n;          // number of measurements
  vector[n] y;             // what was measured
  vector<lower=0>[n] se;   // its standard error
  int<lower=1> K;          // number of groups
  array[n] int<lower=1, upper=K> k;  // the group of each school
}
parameters {
  vector[K] theta;
  real<lower=0> sigma_mu;  // SD of school effects within a group
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
  seed = 1, chains = 4, parallel_chains = 4,
  iter_warmup = 1000, iter_sampling = 1000, adapt_delta = 0.8
)
print(fit$summary(), n = 50)

# Equal up to Monte Carlo error, of which summary() tells: sd / sqrt(ess_bulk).
cat("posterior mean of mu[1]:", format(mean(fit$draws("mu[1]")), digits = 4), " the page says 1.44\n")
cat("posterior mean of mu[40]:", format(mean(fit$draws("mu[40]")), digits = 4), " the page says 1.92\n")
