effect_sd <- {{effect_sd}}
slope_mean <- {{slope_mean}}
slope_sd <- {{slope_sd}}
dispersion_sd <- {{dispersion_sd}}
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
n <- {{nodes}}
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
