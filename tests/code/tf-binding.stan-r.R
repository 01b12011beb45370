# tf-binding
# #/tf-binding
# Samples the posterior with Stan. Needs R with cmdstanr.

library(cmdstanr)  # https://mc-stan.org/cmdstanr

# Features: 1 accessibility, 2 H3K4me1, 3 H3K4me2, 4 H3K4me3, 5 H3K27ac, 6 H3K9ac, 7 H3K36me3, 8 motif score.
# Cell types: 1 A549, 2 IMR90, 3 K562.
feature <- c(
  1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 6, 6, 6, 6, 7, 7, 7, 7, 8, 8, 8,
  8
)
experiment <- c(
  1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3,
  4
)
beta_hat <- c(
  0.5528867324308142, 0.32589367825667126, 0.1663708793330939, 0.012853993767419905,
  0.31350597849132184, 0.5060183097579461, 0.20673588218023733, 0.2121036258383267,
  0.33494169134262086, 0.49210155757681534, 0.3070082550048656, 0.41996997082284954,
  0.6654181656768133, 0.29199396660284005, 0.43037357736926524, 1.083915444322055,
  -0.6223852931005007, -0.2921431194273634, -0.23652980121383874, -0.09875086552480099,
  0.09428749837588488, 0.19273602992324335, -0.02633325136772873, 1.0170671413948558,
  0.3790992489664068, -0.25166492900088433, -0.15191776768043966, -0.4590411014991656,
  -0.04777469607197301, -0.0504884900850532, -0.22692521575961508, 0.2517016522408734
)
se <- c(
  0.156908978937494, 0.1244618727422988, 0.11829012952742361, 0.13590259405825514,
  0.1630329564972918, 0.15270247575235657, 0.14295560258454948, 0.13818044994049458,
  0.12475688548342766, 0.13363389149859506, 0.12792682267542982, 0.13335035374720478,
  0.1428465561140171, 0.12388856220667151, 0.12288269142210471, 0.14725901145535575,
  0.1435156967581639, 0.11320147482565343, 0.10959312724127447, 0.13292759719806838,
  0.13359390517268874, 0.10811292862176357, 0.10580049846917772, 0.16456906063667343,
  0.13660989715340005, 0.12432205710864172, 0.12088424427100945, 0.1514604962669911,
  0.11932269858183615, 0.11811837331906005, 0.11759068686521777, 0.13496873168401177
)
cell_type <- c(1, 2, 2, 3)  # of each experiment
N <- length(beta_hat)
J <- 8
K <- length(cell_type)
C <- 3

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
cat("posterior mean of lambda[1]:", format(mean(fit$draws("lambda[1]")), digits = 4), " the page says 0.23\n")
cat("posterior mean of lambda[8]:", format(mean(fit$draws("lambda[8]")), digits = 4), " the page says -0.07\n")
