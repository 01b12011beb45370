# regions-school-sd-learned
# #/regions?sizes=6,1,4&scale_mu=half-cauchy&seed=7&sampler=nuts-nc-schools
# The same posterior by quadrature over what is learned: no sampling, no packages.

# What was measured, school by school.
y <- c(
  3.8837464681431957, 3.875994214790486, 2.464105270252024, 1.6028573912358688,
  4.91392354320762, 2.323951938262291, -4.293994462563034, 3.752023040339239,
  0.7673825735235853, 0.6553606794547884, 1.2397789248430342
)
n <- length(y)
se <- rep(1, n)  # standard errors
# The region of each school, from 1.
sizes <- c(6, 1, 4)
k <- rep(seq_along(sizes), times = sizes)
# The truth, which no estimator sees.
truth <- c(
  3.9539242805987413, 3.598361382195576, 3.165693377562519, 2.099399129566279,
  3.3338845380681477, 2.2155056173223295, -4.3651566879852375, 1.8143357032512322,
  2.529423146768618, 0.9812202585876613, 1.0919868401810355
)
mean_theta <- 0

# Given the SDs everything is normal; over those that are learned goes a grid. Half of its points lie below
# `middle`.
POINTS <- 2000

# Points of an SD with the logarithms of their weights: prior times width.
grid <- function(middle, log_prior) {
  u <- (seq_len(POINTS) - 0.5) / POINTS
  sd <- middle * u / (1 - u)
  data.frame(sd = sd, log_weight = log_prior(sd) - 2 * log(1 - u))
}

K <- max(k)
of_group <- function(x) as.vector(tapply(x, factor(k, levels = seq_len(K)), sum))
average <- of_group(y) / of_group(rep(1, n))
spread <- max(sqrt(mean((y - average[k])^2)), 0.1 * max(se))
spread_theta <- max(sqrt(mean((average - mean_theta)^2)), 0.1 * max(se))
grid_mu <- grid(spread, function(sd) -log1p((sd / 2.5)^2))  # half-Cauchy prior
grid_theta <- data.frame(sd = 5, log_weight = 0)  # known

# For every sigma_mu (rows) and sigma_theta (columns) the logarithm of the posterior, and the centers theta.
num_theta <- nrow(grid_theta)
log_p <- matrix(0, nrow(grid_mu), num_theta)
prior <- 1 / grid_theta$sd^2
centers <- function(weight, weighted) outer(weighted, prior * mean_theta, "+") / outer(weight, prior, "+")
for (j in seq_len(nrow(grid_mu))) {
  var <- se^2 + grid_mu$sd[j]^2
  weight <- of_group(1 / var)
  weighted <- of_group(y / var)
  rest <- of_group(y^2 / var + log(var))
  precision <- outer(weight, prior, "+")
  theta <- centers(weight, weighted)
  log_prior <- log(ifelse(prior > 0, prior, 1))
  terms <- rep(log_prior, each = K) - log(precision) -
    (rest + rep(prior * mean_theta^2, each = K) - precision * theta^2)
  log_p[j, ] <- grid_mu$log_weight[j] + grid_theta$log_weight + 0.5 * colSums(terms)
}
p <- exp(log_p - max(log_p))
p <- p / sum(p)

sigma_mu <- sum(p * grid_mu$sd)
sigma_theta <- sum(p * rep(grid_theta$sd, each = nrow(grid_mu)))
theta_mean <- rep(0, K)
mu <- rep(0, n)
for (j in which(rowSums(p) > 1e-14)) {
  var <- se^2 + grid_mu$sd[j]^2
  here <- as.vector(centers(of_group(1 / var), of_group(y / var)) %*% p[j, ])
  theta_mean <- theta_mean + here
  B <- se^2 / var
  mu <- mu + B * here[k] + (1 - B) * sum(p[j, ]) * y
}
theta <- theta_mean
cat("sigma_mu:", sigma_mu, " sigma_theta:", sigma_theta, "\n")
print(round(theta, 3))
print(data.frame(group = k, y, posterior_mean = mu), digits = 4)

# Total squared error against the truth.
loss <- function(estimate) sum((estimate - truth)^2)


cat("posterior mean of theta[1]:", sprintf("%.3f", theta[1]), " the page says 3.133\n")
cat("posterior mean of mu[1]:", sprintf("%.3f", mu[1]), " the page says 3.447\n")
cat("posterior mean of sigma_mu:", sprintf("%.2f", sigma_mu), " the page says 0.92\n")
