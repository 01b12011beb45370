# james-stein-of-two
# #/james-stein?n=2&truth=hidden
# The same numbers from the closed formulas, without any package.

# What was measured, measurement by measurement.
y <- c(1.0570385249735108, -2.6405915955036106)
n <- length(y)
se <- rep(1, n)  # standard errors
center <- 0

sigma_mu <- 1

# Each measurement is pulled toward the center by the share B = V / (V + sigma_mu^2).
B <- se^2 / (se^2 + sigma_mu^2)
mu <- (1 - B) * y + B * center
mu_sd <- sqrt(1 - B) * se
print(data.frame(y, posterior_mean = mu, posterior_sd = mu_sd), digits = 4)


cat("posterior mean of mu[1]:", sprintf("%.2f", mu[1]), " the page says 0.53\n")
