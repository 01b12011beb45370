# regions-known-sds
# #/regions?sizes=5,3&sd_mu=0.5&sigma=2&m=2,7&seed=5
# The same numbers from the closed formulas, without any package.

# What was measured, school by school.
y <- c(
  -3.9120484702619214, -4.707455155964942, -4.2146389038458745, -4.68212069833057,
  -2.589587612240689, 1.4872434970665598, 0.33648943279047644, -0.8956079816513898
)
n <- length(y)
# Standard errors.
se <- c(
  1.4142135623730951, 1.4142135623730951, 1.4142135623730951, 1.4142135623730951,
  1.4142135623730951, 0.7559289460184544, 0.7559289460184544, 0.7559289460184544
)
# The region of each school, from 1.
sizes <- c(5, 3)
k <- rep(seq_along(sizes), times = sizes)
# The truth, which no estimator sees.
truth <- c(
  -3.128429366133614, -4.3334892260639934, -4.079638314216749, -3.273651446382895,
  -3.8432855992323685, -0.3608784502746975, 0.6441000390215645, -0.027330875199154947
)
mean_theta <- 0

sigma_mu <- 0.5
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


cat("posterior mean of theta[1]:", sprintf("%.3f", theta[1]), " the page says -3.950\n")
cat("posterior mean of mu[1]:", sprintf("%.3f", mu[1]), " the page says -3.946\n")
