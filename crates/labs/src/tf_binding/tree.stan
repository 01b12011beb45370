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
  sigma_lambda ~ normal(0, {{scale}});                 // half-normal, as the next two
  sigma_nu ~ normal(0, {{scale}});
  sigma_beta ~ normal(0, {{scale}});
  lambda ~ normal(0, sigma_lambda);
  to_vector(nu_z) ~ std_normal();
  // What each experiment has of its own, normal(nu, sigma_beta), is integrated out.
  for (i in 1:N) {
    beta_hat[i] ~ normal(nu[feature[i], cell_type[experiment[i]]], sqrt(square(sigma_beta) + square(se[i])));
  }
}
