{{sds}}
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
