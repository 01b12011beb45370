# data-rats
# #/data?set=rats
# The same posterior by quadrature over what is learned: no sampling, no packages.

# What was measured, group by group.
y <- c(
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0.05, 0.05, 0.05, 0.05, 0.05263157894736842,
  0.05263157894736842, 0.05555555555555555, 0.05555555555555555, 0.08, 0.08333333333333333,
  0.08695652173913043, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.10204081632653061,
  0.10526315789473684, 0.10869565217391304, 0.1111111111111111, 0.11764705882352941,
  0.14285714285714285, 0.14893617021276595, 0.15, 0.15, 0.15384615384615385, 0.1875, 0.2, 0.2,
  0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.20833333333333334, 0.21052631578947367, 0.21052631578947367,
  0.21052631578947367, 0.22727272727272727, 0.2391304347826087, 0.24489795918367346, 0.25, 0.25,
  0.2608695652173913, 0.2631578947368421, 0.2727272727272727, 0.3, 0.3, 0.3, 0.3076923076923077,
  0.32608695652173914, 0.3191489361702128, 0.375, 0.2857142857142857
)
n <- length(y)
# Standard errors.
se <- c(
  0.08061112011596691, 0.08061112011596691, 0.08061112011596691, 0.08061112011596691,
  0.08061112011596691, 0.08061112011596691, 0.08061112011596691, 0.08270526417631814,
  0.08270526417631814, 0.08270526417631814, 0.08270526417631814, 0.08497158143462401,
  0.08497158143462401, 0.08743503596015692, 0.08061112011596691, 0.08061112011596691,
  0.08061112011596691, 0.08061112011596691, 0.08270526417631814, 0.08270526417631814,
  0.08497158143462401, 0.08497158143462401, 0.07210077772868109, 0.07358754812212256,
  0.07517025710577661, 0.08061112011596691, 0.08061112011596691, 0.08061112011596691,
  0.08061112011596691, 0.08061112011596691, 0.08061112011596691, 0.11400133934608703,
  0.0515005555204865, 0.08270526417631814, 0.05315339854303091, 0.06937900571739233,
  0.08743503596015692, 0.0515005555204865, 0.05258489665192827, 0.08061112011596691,
  0.08061112011596691, 0.09998578888522758, 0.05203425428804426, 0.0509829488607744,
  0.08061112011596691, 0.08061112011596691, 0.08061112011596691, 0.08061112011596691,
  0.08061112011596691, 0.08061112011596691, 0.08061112011596691, 0.05203425428804426,
  0.08270526417631814, 0.08270526417631814, 0.08270526417631814, 0.07685968730775726,
  0.05315339854303091, 0.0515005555204865, 0.08061112011596691, 0.08061112011596691,
  0.07517025710577661, 0.08270526417631814, 0.07685968730775726, 0.08061112011596691,
  0.08061112011596691, 0.08061112011596691, 0.04999289444261379, 0.05315339854303091,
  0.05258489665192827, 0.07358754812212256, 0.09634871699309489
)
# The group of each group, from 1.
sizes <- c(71)
k <- rep(seq_along(sizes), times = sizes)
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
grid_mu <- grid(spread, function(sd) 0 * sd)  # flat prior
grid_theta <- data.frame(sd = Inf, log_weight = 0)  # flat prior of theta itself

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


cat("posterior mean of mu[1]:", sprintf("%.4f", mu[1]), " the page says 0.0779\n")
cat("posterior mean of mu[71]:", sprintf("%.4f", mu[71]), " the page says 0.1976\n")
