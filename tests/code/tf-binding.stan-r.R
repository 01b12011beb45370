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
  0.5528867326327109, 0.3258936782497945, 0.16637087943743936, 0.01285399361849958,
  0.3135059787984773, 0.5060183097499639, 0.20673588219216582, 0.2121036257348413,
  0.3349416913374135, 0.49210155752776824, 0.307008255020007, 0.4199699706077766,
  0.665418165805081, 0.2919939665624898, 0.43037357747275107, 1.0839154442351766,
  -0.6223852930710919, -0.2921431193897973, -0.23652980131652035, -0.09875086530431494,
  0.09428749840576259, 0.19273602972535456, -0.02633325135378614, 1.0170671413170347,
  0.3790992490349982, -0.2516649290739856, -0.15191776767727813, -0.45904110139198784,
  -0.04777469607756245, -0.0504884901345745, -0.22692521586415168, 0.2517016521969236
)
se <- c(
  0.1569089789360541, 0.12446187274080306, 0.11829012952147926, 0.13590259405172606,
  0.16303295649149863, 0.15270247575481835, 0.1429556025804489, 0.13818044993553943,
  0.12475688548079936, 0.13363389149148436, 0.12792682267048255, 0.13335035372949533,
  0.14284655611189576, 0.12388856220877922, 0.12288269141502454, 0.14725901144241227,
  0.14351569675761428, 0.11320147482411537, 0.10959312723791285, 0.1329275971894436,
  0.1335939051704409, 0.10811292861768206, 0.1058004984699264, 0.16456906059879278,
  0.13660989715300395, 0.12432205710807143, 0.12088424426598747, 0.1514604962553975,
  0.11932269858143493, 0.11811837332142824, 0.1175906868622315, 0.13496873167545878
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
cat("posterior mean of lambda[1]:", format(mean(fit$draws("lambda[1]")), digits = 4), " the page says 0.24\n")
cat("posterior mean of lambda[8]:", format(mean(fit$draws("lambda[8]")), digits = 4), " the page says -0.07\n")
