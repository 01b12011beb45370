# data-toxoplasmosis
# #/data?set=toxo&target=zero
# The same posterior by quadrature over what is learned: no sampling, no packages.

# What was measured, city by city.
y <- c(
  0.293, 0.214, 0.185, 0.152, 0.139, 0.128, 0.113, 0.098, 0.093, 0.079, 0.063, 0.052, 0.035,
  0.027, 0.024, 0.024, 0.014, 0.004, -0.016, -0.028, -0.034, -0.04, -0.055, -0.083, -0.098,
  -0.1, -0.112, -0.138, -0.156, -0.169, -0.241, -0.294, -0.296, -0.324, -0.397, -0.665
)
n <- length(y)
# Standard errors.
se <- c(
  0.304, 0.039, 0.047, 0.115, 0.081, 0.061, 0.061, 0.087, 0.049, 0.041, 0.071, 0.048, 0.056,
  0.04, 0.049, 0.039, 0.043, 0.085, 0.128, 0.091, 0.073, 0.049, 0.058, 0.07, 0.068, 0.049,
  0.059, 0.063, 0.077, 0.073, 0.106, 0.179, 0.064, 0.152, 0.158, 0.216
)
center <- 0

# Given sigma_mu everything is normal; over sigma_mu goes a grid. Half of its points lie below `middle`.
POINTS <- 2000

# Points of an SD with the logarithms of their weights: prior times width.
grid <- function(middle, log_prior) {
  u <- (seq_len(POINTS) - 0.5) / POINTS
  sd <- middle * u / (1 - u)
  data.frame(sd = sd, log_weight = log_prior(sd) - 2 * log(1 - u))
}

spread <- sqrt(mean((y - center)^2))
grid_mu <- grid(spread, function(sd) 0 * sd)  # flat prior
log_likelihood <- function(sd) sum(dnorm(y, center, sqrt(se^2 + sd^2), log = TRUE))
log_p <- grid_mu$log_weight + sapply(grid_mu$sd, log_likelihood)
p <- exp(log_p - max(log_p))
p <- p / sum(p)

sigma_mu <- sum(p * grid_mu$sd)
# Share of the deviation from the center that is kept, on average over the grid.
kept <- sapply(se, function(s) sum(p * grid_mu$sd^2 / (s^2 + grid_mu$sd^2)))
mu <- center + kept * (y - center)
cat("sigma_mu:", sigma_mu, "\n")
print(data.frame(y, posterior_mean = mu), digits = 4)


cat("posterior mean of mu[1]:", sprintf("%.4f", mu[1]), " the page says 0.0381\n")
cat("posterior mean of mu[36]:", sprintf("%.4f", mu[36]), " the page says -0.1504\n")
