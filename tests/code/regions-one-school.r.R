# regions-one-school
# #/regions?sizes=1&sd_mu=2
# The same numbers from the closed formulas, without any package.

# What was measured, school by school.
y <- c(3.53401673891287)
n <- length(y)
se <- rep(1, n)  # standard errors
# The region of each school, from 1.
sizes <- c(1)
k <- rep(seq_along(sizes), times = sizes)
# The truth, which no estimator sees.
truth <- c(4.355010316543824)
mean_theta <- 0

sigma_mu <- 2
sigma_theta <- 5

# First the center theta of each group: what is believed of it, and its units, each weighted by precision.
weight <- 1 / (se^2 + sigma_mu^2)
of_group <- function(x) as.vector(tapply(x, factor(k, levels = seq_len(max(k))), sum))
precision <- 1 / sigma_theta^2 + of_group(weight)
theta <- (mean_theta / sigma_theta^2 + of_group(weight * y)) / precision

# Then each unit is pulled toward its center by the share B = V / (V + sigma_mu^2).
B <- se^2 / (se^2 + sigma_mu^2)
mu <- (1 - B) * y + B * theta[k]
mu_sd <- sqrt((1 - B) * se^2 + B^2 / precision[k])
print(round(theta, 3))
print(data.frame(group = k, y, posterior_mean = mu, posterior_sd = mu_sd), digits = 4)

# Total squared error against the truth.
loss <- function(estimate) sum((estimate - truth)^2)


cat("posterior mean of theta[1]:", sprintf("%.3f", theta[1]), " the page says 2.945\n")
cat("posterior mean of mu[1]:", sprintf("%.3f", mu[1]), " the page says 3.416\n")
