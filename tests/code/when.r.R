# when
# #/when?size=4
# The same numbers from the closed formulas, without any package.

# What was measured, school by school.
y <- c(
  1.8983987377998974, 0.9109036121378344, -0.09862862664532275, 0.49497465084115677,
  -0.707209984195893, -3.1401947596079465, -2.0999432338984154, -2.0607002248681074,
  5.180003176672344, 3.941091092124433, 5.314251727988031, 6.254994458871636, 4.562769041254009,
  2.205842577059579, 2.9900357812034146, 3.24807694438495
)
n <- length(y)
se <- rep(1, n)  # standard errors
# The region of each school, from 1.
sizes <- c(4, 4, 4, 4)
k <- rep(seq_along(sizes), times = sizes)
# The truth, which no estimator sees.
truth <- c(
  2.7193923154308517, 1.7730497562376015, -0.19747231578327762, 0.8706297950395162,
  -2.6781109539201338, -2.54343608709882, -1.5474360222894534, -2.756666858569214,
  5.048620166009665, 4.172779541039371, 5.711607250961489, 5.365562376590263, 3.841034758435091,
  2.575383055180377, 2.7524974686637576, 3.913999056799865
)
mean_theta <- 0

sigma_mu <- 1
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


cat("posterior mean of mu[1]:", sprintf("%.3f", mu[1]), " the page says 1.342\n")
cat("total squared error of the MLE:", sprintf("%.2f", loss(y)), " the page says 8.78\n")
cat("total squared error of full Bayes:", sprintf("%.2f", loss(mu)), " the page says 6.78\n")
cat("average total squared error of full Bayes, exact:", sprintf("%.2f", sum(mu_sd^2)), " the page says 9.96\n")
