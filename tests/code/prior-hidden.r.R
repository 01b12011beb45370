# prior-hidden
# #/prior?prior_sd=0.2&n=12&truth=hidden&seed=3
# The same numbers from the closed formulas, without any package.

# The data.
y <- c(
  3.0380665840801173, 3.707474277121533, 4.258788216241252, 2.8478681140848674,
  4.195782826286376, 4.030123944601631, 4.085417731612272, 5.1166102127152655,
  2.781142584422012, 5.267368722089888, 3.255218403864859, 2.868781429164264
)
n <- length(y)

prior_mean <- 2
prior_sd <- 0.2

# Each counts by its precision, one over its variance: the prior 1/s^2, the data n.
prior_prec <- 1 / prior_sd^2
posterior_mean <- (prior_prec * prior_mean + sum(y)) / (prior_prec + n)
posterior_sd <- 1 / sqrt(prior_prec + n)

cat("posterior mean:", sprintf("%.4f", posterior_mean), " the page says 2.5798\n")
cat("posterior SD:", sprintf("%.4f", posterior_sd), " the page says 0.1644\n")
