# data-lecture
# #/data?set=lecture
# The same posterior by quadrature over what is learned: no sampling, no packages.

# What was measured, school by school.
y <- c(
  1.8983987377998974, 0.9109036121378344, -0.09862862664532275, 0.49497465084115677,
  3.7042183415114094, 1.0632555094280642, 0.9866356709219724, 0.4757672795932689,
  1.3871992209968678, 1.474261961233978, -0.707209984195893, -3.1401947596079465,
  -2.0999432338984154, -2.0607002248681074, -2.968495268511016, -1.6470092349929863,
  -2.2401709509329235, -1.4828430948030755, -2.717562265600038, 0.6394887188563578,
  5.180003176672344, 3.941091092124433, 5.314251727988031, 6.254994458871636, 4.053864159784016,
  5.5246308204021615, 4.767864302359521, 5.021990738178822, 2.742605937544914,
  3.1540513978174616, 4.562769041254009, 2.205842577059579, 2.9900357812034146,
  3.24807694438495, 1.717199496303666, 2.290662456055774, 5.61053984543426, 2.947288607796922,
  3.6976697580531135, -0.17887273421975047
)
n <- length(y)
se <- rep(1, n)  # standard errors
# The group of each school, from 1.
sizes <- c(10, 10, 10, 10)
k <- rep(seq_along(sizes), times = sizes)
# The truth, which no estimator sees.
truth <- c(
  2.7193923154308517, 1.7730497562376015, -0.19747231578327762, 0.8706297950395162,
  2.980314186227151, 2.860637528000602, 1.6503788124981957, 1.0994937683224488,
  1.4668316528350296, 1.0386371984045704, -2.6781109539201338, -2.54343608709882,
  -1.5474360222894534, -2.756666858569214, -2.8128313039030313, -2.9959074301907176,
  -1.1716478804461488, -2.5472938416072055, -1.4048405010625564, -1.4242059833955472,
  5.048620166009665, 4.172779541039371, 5.711607250961489, 5.365562376590263,
  3.5276951202872877, 5.695904063364781, 4.609187404916266, 5.507655804351248,
  3.7015120125441205, 2.9735341057104065, 3.841034758435091, 2.575383055180377,
  2.7524974686637576, 3.913999056799865, 2.514007006146423, 2.342359387367157,
  4.323611512136746, 3.161438270535312, 4.272415222354516, 1.291854310072579
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

# Total squared error against the truth.
loss <- function(estimate) sum((estimate - truth)^2)


cat("posterior mean of mu[1]:", sprintf("%.2f", mu[1]), " the page says 1.44\n")
cat("posterior mean of mu[40]:", sprintf("%.2f", mu[40]), " the page says 1.92\n")
