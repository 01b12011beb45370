# mrlocus
# #/mrlocus
# The same posterior by quadrature over what is learned: no sampling, no packages.

# Effects on expression, and their standard errors.
a <- c(
  0.5259355979250359, 0.48789238131456825, 0.6247523162115337, 0.7562527063660562,
  1.030399396418542, 1.0592309445096328
)
se_a <- c(0.08, 0.08, 0.08, 0.08, 0.08, 0.08)
# Effects on the trait, and their standard errors.
b <- c(
  0.451696969681611, 0.3832657719938722, 0.34239730109740246, 0.3478646687157145,
  0.43863564229582586, 0.7155254055978276
)
se_b <- c(0.06, 0.06, 0.06, 0.06, 0.06, 0.06)
J <- length(a)

effect_sd <- 2.1184618890192657
slope_mean <- 0.5768001549527354
slope_sd <- 1.1536003099054708
dispersion_sd <- 0.7155254055978276
least_squares <- sum(a * b) / sum(a^2)

# Both true effects of every cluster are integrated out.
log_posterior <- function(alpha, sigma) {
  total <- -0.5 * ((alpha - slope_mean) / slope_sd)^2 - 0.5 * (sigma / dispersion_sd)^2
  for (j in seq_len(J)) {
    keep <- effect_sd^2 / (effect_sd^2 + se_a[j]^2)  # the effect on expression, drawn toward 0
    var <- alpha^2 * keep * se_a[j]^2 + sigma^2 + se_b[j]^2
    total <- total - 0.5 * log(var) - 0.5 * (b[j] - alpha * keep * a[j])^2 / var
  }
  total
}

# A grid, three times: each time where the last one found the mass.
n <- 160
low <- slope_mean - 6 * slope_sd
high <- slope_mean + 6 * slope_sd
bottom <- 0
top <- 6 * dispersion_sd
for (pass in 1:3) {
  width <- (high - low) / n
  height <- (top - bottom) / n
  alphas <- low + (seq_len(n) - 0.5) * width
  sigmas <- bottom + (seq_len(n) - 0.5) * height
  grid <- outer(alphas, sigmas, log_posterior)
  near <- which(grid > max(grid) - 25, arr.ind = TRUE)
  low <- alphas[min(near[, 1])] - 1.5 * width
  high <- alphas[max(near[, 1])] + 1.5 * width
  bottom <- max(0, sigmas[min(near[, 2])] - 1.5 * height)
  top <- sigmas[max(near[, 2])] + 1.5 * height
}

weights <- exp(grid - max(grid))
weights <- weights / sum(weights)
alpha <- sum(rowSums(weights) * alphas)
alpha_sd <- sqrt(sum(rowSums(weights) * (alphas - alpha)^2))
sigma <- sum(colSums(weights) * sigmas)

cat("posterior mean of alpha:", sprintf("%.4f", alpha), " the page says 0.5793\n")
cat("posterior mean of sigma:", sprintf("%.4f", sigma), " the page says 0.1320\n")
cat("posterior SD of alpha:", sprintf("%.5f", alpha_sd), " the page says 0.09052\n")
cat("slope of least squares:", sprintf("%.4f", least_squares), " the page says 0.5768\n")
