library(cmdstanr)  # https://mc-stan.org/cmdstanr

{{data}}
stan_code <- "
{{stan}}"

model <- cmdstan_model(write_stan_file(stan_code))
fit <- model$sample(
  data = list({{list}}),
  seed = {{seed}}, chains = 4, parallel_chains = 4,
  iter_warmup = {{warmup}}, iter_sampling = {{draws}}, adapt_delta = {{accept}}
)
print(fit$summary(), n = 50)

# Equal up to Monte Carlo error, of which summary() tells: sd / sqrt(ess_bulk).
{{checks}}
