# james-stein
# #/james-stein?n=12&a=0.5&seed=7
# The same numbers from the closed formulas, without any package.

# What was measured, measurement by measurement.
y <- c(
  0.7837926205535121, 0.547313434125346, -0.6783105322096905, -0.8978169237009015,
  1.1225057055841992, -1.606897048503682, -0.5383405109371188, -2.1703787765574543,
  -0.7328117302693645, 1.1248301191044596, 2.872371651501397, 0.6565196221960641
)
n <- length(y)
se <- rep(1, n)  # standard errors
# The truth, which no estimator sees.
truth <- c(
  -0.6491912780237693, -0.33280604256360785, -0.18023283309115887, 0.27790737790913234,
  -0.373889380643135, -0.2075793316498176, -0.11910897660145114, -0.893820165481132,
  0.23937003211954855, 0.7379876167315925, -0.36711955108645394, 0.39837560966547125
)
center <- 0

sigma_mu <- 0.7071067811865476

# Each measurement is pulled toward the center by the share B = V / (V + sigma_mu^2).
B <- se^2 / (se^2 + sigma_mu^2)
mu <- (1 - B) * y + B * center
mu_sd <- sqrt(1 - B) * se
print(data.frame(y, posterior_mean = mu, posterior_sd = mu_sd), digits = 4)

# Total squared error against the truth.
loss <- function(estimate) sum((estimate - truth)^2)

# James and Stein read A + 1 off the data.
z <- sum(y^2) / (n - 2)
james_stein <- (1 - 1 / z) * y
positive_part <- max(1 - 1 / z, 0) * y
# Toward the grand mean: one degree of freedom fewer.
average <- mean(y)
z_mean <- sum((y - average)^2) / (n - 3)
to_mean <- average + (1 - 1 / z_mean) * (y - average)
to_mean_positive <- average + max(1 - 1 / z_mean, 0) * (y - average)

cat("Z:", sprintf("%.2f", z), " the page says 2.15\n")
cat("total squared error of the MLE:", sprintf("%.2f", loss(y)), " the page says 22.12\n")
cat("total squared error of James-Stein:", sprintf("%.2f", loss(james_stein)), " the page says 7.66\n")
cat("total squared error of its positive part:", sprintf("%.2f", loss(positive_part)), " the page says 7.66\n")
cat("total squared error of James-Stein to the grand mean:", sprintf("%.2f", loss(to_mean)), " the page says 8.74\n")
cat("total squared error of its positive part to the grand mean:", sprintf("%.2f", loss(to_mean_positive)), " the page says 8.74\n")
cat("total squared error of Bayes:", sprintf("%.2f", loss(mu)), " the page says 4.28\n")
cat("posterior mean of mu[1]:", sprintf("%.2f", mu[1]), " the page says 0.26\n")
