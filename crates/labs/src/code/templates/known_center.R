{{sds}}
# Each measurement is pulled toward the center by the share B = V / (V + sigma_mu^2).
B <- se^2 / (se^2 + sigma_mu^2)
mu <- (1 - B) * y + B * center
mu_sd <- sqrt(1 - B) * se
print(data.frame(y, posterior_mean = mu, posterior_sd = mu_sd), digits = 4)
