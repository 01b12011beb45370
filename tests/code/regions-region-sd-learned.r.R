# regions-region-sd-learned
# #/regions?scale_theta=half-cauchy&sd_mu=2&seed=12&truth=hidden
# The same posterior by quadrature over what is learned: no sampling, no packages.

# What was measured, school by school.
y <- c(
  -5.70098642050238, -3.125807258940082, -2.085963598748908, -1.3379389182959132,
  -1.0953958031890316, -1.5032005249443865, -2.109688545466804, -3.2419182038635697,
  -6.165104515247284, 0.9064330144221131, 3.0028356231502364, 0.85958008781765,
  -0.18955242988889393, 8.37116960464467, -3.3384719151398397, 1.2840813720664805,
  1.4124536173518756, 4.23414769220763, 3.579618946184101, -1.453943678200945, 1.81720762462387,
  6.039729702165142, 3.3821692557936274, 1.0296214649784878, 4.533240901270883,
  0.3935213241993758, 2.91322280172587, 2.9828701217686917, 1.0694550291340825,
  2.528551343741086, -1.1605411877692486, -4.700877853237557, 1.5510305031126508,
  -1.9792083640211378, -3.8696870601499356, -4.056979677408871, -3.0905142273136916,
  -1.070862177356437, -0.18750594689759514, -0.8311246863257303
)
n <- length(y)
se <- rep(1, n)  # standard errors
# The region of each school, from 1.
sizes <- c(10, 10, 10, 10)
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
grid_mu <- data.frame(sd = 2, log_weight = 0)  # known
grid_theta <- grid(spread_theta, function(sd) -log1p((sd / 5)^2))  # half-Cauchy prior

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


cat("posterior mean of theta[1]:", sprintf("%.3f", theta[1]), " the page says -2.322\n")
cat("posterior mean of mu[1]:", sprintf("%.3f", mu[1]), " the page says -5.025\n")
cat("posterior mean of sigma_theta:", sprintf("%.2f", sigma_theta), " the page says 2.87\n")
