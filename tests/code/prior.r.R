# prior
# #/prior?prior_mean=6&prior_sd=1
# The same numbers from the closed formulas, without any package.

# The page draws its data as R does.
set.seed(1)
y <- rnorm(5, 4)
n <- length(y)

prior_mean <- 6
prior_sd <- 1

# Each counts by its precision, one over its variance: the prior 1/s^2, the data n.
prior_prec <- 1 / prior_sd^2
posterior_mean <- (prior_prec * prior_mean + sum(y)) / (prior_prec + n)
posterior_sd <- 1 / sqrt(prior_prec + n)

cat("posterior mean:", sprintf("%.4f", posterior_mean), " the page says 4.4411\n")
cat("posterior SD:", sprintf("%.4f", posterior_sd), " the page says 0.4082\n")
