# mrlocus-own
# #/mrlocus?set=own&own=beta_hat_a,beta_hat_b,se_a,se_b;0.001,0.0004,0.0001,0.0002;0.002,0.001,0.0001,0.0002
# The same posterior by quadrature over what is learned: no sampling, no packages.

# Effects on expression, and their standard errors.
a <- c(0.001, 0.002)
se_a <- c(0.0001, 0.0001)
# Effects on the trait, and their standard errors.
b <- c(0.0004, 0.001)
se_b <- c(0.0002, 0.0002)
J <- length(a)

effect_sd <- 0.004
slope_mean <- 0.48000000000000004
slope_sd <- 0.9600000000000001
dispersion_sd <- 0.001
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

cat("posterior mean of alpha:", sprintf("%.4f", alpha), " the page says 0.4811\n")
cat("posterior mean of sigma:", sprintf("%.7f", sigma), " the page says 0.0004393\n")
cat("posterior SD of alpha:", sprintf("%.4f", alpha_sd), " the page says 0.2536\n")
cat("slope of least squares:", sprintf("%.4f", least_squares), " the page says 0.4800\n")
