# regions-unequal-noise
# #/regions?sizes=5,8,3&m=9,4,1&sigma=2&scale_mu=half-normal&seed=3
# The same posterior by quadrature over what is learned: no sampling, no packages.

# What was measured, school by school.
y <- c(
  1.4762369415966923, 2.8776347456331273, 0.78915371096748, 3.726008652536729,
  2.499494223940352, 0.676600271334006, 0.2416981944559693, 1.7010756698910574,
  1.577581712614934, -1.0397470807286826, 0.13222555149944748, 5.059901092169724,
  -0.5573900008760324, -6.672461392073026, -4.235776757318595, -8.816695731071539
)
n <- length(y)
# Standard errors.
se <- c(
  0.6666666666666666, 0.6666666666666666, 0.6666666666666666, 0.6666666666666666,
  0.6666666666666666, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2
)
# The region of each school, from 1.
sizes <- c(5, 8, 3)
k <- rep(seq_along(sizes), times = sizes)
# The truth, which no estimator sees.
truth <- c(
  1.224412504874386, 2.6658785474608733, 0.6258799928074681, 3.9681795351606794,
  2.2914139069727164, 0.6070000561193393, 0.9376980184921283, 1.5614173739711659,
  1.9806323682716112, -0.23971773514454142, 1.2010237964913308, 1.4310775696634723,
  -0.5609337943892301, -6.224561034901126, -6.263915905802449, -8.051183204543428
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
grid_mu <- grid(spread, function(sd) -0.5 * (sd / 2.5)^2)  # half-normal prior
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


cat("posterior mean of theta[1]:", sprintf("%.3f", theta[1]), " the page says 2.225\n")
cat("posterior mean of mu[1]:", sprintf("%.3f", mu[1]), " the page says 1.635\n")
cat("posterior mean of sigma_mu:", sprintf("%.2f", sigma_mu), " the page says 1.45\n")
