# when
# #/when?size=4&m=3
# The same numbers from the closed formulas, without any package.

# What was measured, school by school.
y <- c(
  2.2453914523826666, 1.275289447860803, -0.14040488525178368, 0.6537451964141257,
  -1.540210748503749, -2.8879748673132077, -1.866426209641097, -2.3548503352548824,
  5.124474182582706, 4.039014152690204, 5.482193932808778, 5.879076228721303, 4.257728240903975,
  2.362028760660871, 2.889640277351378, 3.5295287459377898
)
n <- length(y)
se <- rep(0.5773502691896257, n)  # standard errors
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


cat("posterior mean of mu[1]:", sprintf("%.3f", mu[1]), " the page says 1.933\n")
cat("total squared error of the MLE:", sprintf("%.2f", loss(y)), " the page says 2.93\n")
cat("total squared error of full Bayes:", sprintf("%.2f", loss(mu)), " the page says 2.95\n")
cat("average total squared error of full Bayes, exact:", sprintf("%.2f", sum(mu_sd^2)), " the page says 4.33\n")
