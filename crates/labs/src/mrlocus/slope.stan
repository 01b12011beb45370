data {
  int<lower=2> J;             // clusters of SNPs
  vector[J] a;                // estimated effects on expression
  vector<lower=0>[J] se_a;    // their standard errors
  vector[J] b;                // estimated effects on the trait
  vector<lower=0>[J] se_b;    // their standard errors
}
transformed data {
  // The priors, set from the data as MRLocus does.
  real effect_sd = {{effect_sd}};
  real slope_mean = {{slope_mean}};
  real slope_sd = {{slope_sd}};
  real dispersion_sd = {{dispersion_sd}};
}
parameters {
  {{beta_a}}real alpha;          // slope
  real<lower=0> sigma; // dispersion about the line
}
model {
  alpha ~ normal(slope_mean, slope_sd);
  sigma ~ normal(0, dispersion_sd);  // half-normal
{{errors}}  // True effects on the trait, normal(alpha * beta_a, sigma), are integrated out: no funnel at sigma = 0.
  b ~ normal(alpha * {{effects}}, sqrt(square(sigma) + square(se_b)));
}
