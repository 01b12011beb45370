# Given sigma_mu everything is normal; over sigma_mu goes a grid. Half of its points lie below `middle`.
POINTS <- {{points}}

# Points of an SD with the logarithms of their weights: prior times width.
grid <- function(middle, log_prior) {
  u <- (seq_len(POINTS) - 0.5) / POINTS
  sd <- middle * u / (1 - u)
  data.frame(sd = sd, log_weight = log_prior(sd) - 2 * log(1 - u))
}

spread <- sqrt(mean((y - center)^2))
grid_mu <- {{grid_mu}}
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
