# tf-binding-own
# #/tf-binding?set=own&own=feature,experiment,celltype,beta_hat,se;x,1,A,0.5,0.1;x,2,B,-1,0.2;x,3,A,0.4,0.1;y,3,A,2,0.5
# Samples the posterior with Stan. Needs R with cmdstanr.

library(cmdstanr)  # https://mc-stan.org/cmdstanr

# Features: 1 x, 2 y.
# Cell types: 1 A, 2 B.
feature <- c(1, 1, 1, 2)
experiment <- c(1, 2, 3, 2)
beta_hat <- c(0.5, 0.4, -1, 2)
se <- c(0.1, 0.1, 0.2, 0.5)
cell_type <- c(1, 1, 2)  # of each experiment
N <- length(beta_hat)
J <- 2
K <- length(cell_type)
C <- 2

stan_code <- "
data {
  int<lower=1> N;                                      // coefficients
  int<lower=1> J;                                      // features
  int<lower=1> K;                                      // experiments
  int<lower=1> C;                                      // cell types
  array[N] int<lower=1, upper=J> feature;
  array[N] int<lower=1, upper=K> experiment;
  array[K] int<lower=1, upper=C> cell_type;            // of each experiment
  vector[N] beta_hat;                                  // a regression's coefficient
  vector<lower=0>[N] se;                               // its standard error
}
parameters {
  real<lower=0> sigma_lambda;                          // SD of features about 0
  vector<lower=0>[C] sigma_nu;                         // SD of each cell type about all
  real<lower=0> sigma_beta;                            // SD of experiments about their cell type
  vector<multiplier=sigma_lambda>[J] lambda;           // in all cell types
  matrix[J, C] nu_z;                                   // cell types, in SDs from all
}
transformed parameters {
  matrix[J, C] nu;                                     // in each cell type
  for (j in 1:J) {
    nu[j] = lambda[j] + nu_z[j] .* sigma_nu';
  }
}
model {
  sigma_lambda ~ normal(0, 1.0);                 // half-normal, as the next two
  sigma_nu ~ normal(0, 1.0);
  sigma_beta ~ normal(0, 1.0);
  lambda ~ normal(0, sigma_lambda);
  to_vector(nu_z) ~ std_normal();
  // What each experiment has of its own, normal(nu, sigma_beta), is integrated out.
  for (i in 1:N) {
    beta_hat[i] ~ normal(nu[feature[i], cell_type[experiment[i]]], sqrt(square(sigma_beta) + square(se[i])));
  }
}
"

model <- cmdstan_model(write_stan_file(stan_code))
fit <- model$sample(
  data = list(N = N, J = J, K = K, C = C, feature = as.array(feature), experiment = as.array(experiment), cell_type = as.array(cell_type), beta_hat = as.array(beta_hat), se = as.array(se)),
  seed = 1973, chains = 4, parallel_chains = 4,
  iter_warmup = 1000, iter_sampling = 1000, adapt_delta = 0.95
)
print(fit$summary(), n = 50)

# Equal up to Monte Carlo error, of which summary() tells: sd / sqrt(ess_bulk).
cat("posterior mean of lambda[1]:", format(mean(fit$draws("lambda[1]")), digits = 4), " the page says -0.09\n")
cat("posterior mean of lambda[2]:", format(mean(fit$draws("lambda[2]")), digits = 4), " the page says 0.62\n")
