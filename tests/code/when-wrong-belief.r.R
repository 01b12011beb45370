# when-wrong-belief
# #/when?view=race&v_theta=0.25&mean=3&belief=own&a_mu=1&a_theta=0.25
# The same numbers from the closed formulas, without any package.

# What was measured, school by school.
y <- c(
  3.9230018549138066, 2.9355067292517436, 1.9259744904685863, 2.5195777679550657,
  5.728821458625318, 3.087858626541973, 3.0112387880358815, 2.500370396707178,
  3.411802338110777, 3.4988650783478867, 4.734006590989521, 2.301021815577467,
  3.3412733412869984, 3.3805163503173064, 2.472721306674398, 3.7942073401924272,
  3.2010456242524903, 3.9583734803823383, 2.723654309585376, 6.080705294041771,
  4.169852273846869, 2.9309401892989597, 4.304100825162557, 5.2448435560461615,
  3.0437132569585423, 4.514479917576687, 3.7577133995340475, 4.0118398353533475,
  1.73245503471944, 2.1439004949919878, 4.880856443910373, 2.523929979715943,
  3.3081231838597787, 3.5661643470413136, 2.03528689896003, 2.608749858712138,
  5.928627248090624, 3.265376010453286, 4.0157571607094775, 0.13921466843661356
)
n <- length(y)
se <- rep(1, n)  # standard errors
# The region of each school, from 1.
sizes <- c(10, 10, 10, 10)
k <- rep(seq_along(sizes), times = sizes)
# The truth, which no estimator sees.
truth <- c(
  4.743995432544761, 3.7976528733515105, 1.8271308013306313, 2.8952329121534253,
  5.00491730334106, 4.885240645114511, 3.6749819296121045, 3.1240968854363578,
  3.4914347699489388, 3.0632403155184793, 2.76310562126528, 2.897780488086594,
  3.8937805528959606, 2.6845497166162, 2.6283852712823825, 2.445309144994696, 4.269568694739265,
  2.8939227335782083, 4.036376074122858, 4.017010591789867, 4.038469263184192,
  3.1626286382138975, 4.7014563481360145, 4.355411473764788, 2.517544217461814,
  4.685753160539306, 3.599036502090793, 4.497504901525774, 2.6913611097186463,
  1.9633832028849327, 4.159122161091455, 2.893470457836741, 3.0705848713201216,
  4.232086459456228, 2.832094408802787, 2.660446790023521, 4.64169891479311, 3.479525673191676,
  4.590502625010879, 1.609941712728943
)
mean_theta <- 0

sigma_mu <- 1
sigma_theta <- 0.5

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

# Total squared error against the truth.
loss <- function(estimate) sum((estimate - truth)^2)


cat("posterior mean of mu[1]:", sprintf("%.3f", mu[1]), " the page says 2.865\n")
cat("total squared error of the MLE:", sprintf("%.2f", loss(y)), " the page says 30.01\n")
cat("total squared error of full Bayes:", sprintf("%.2f", loss(mu)), " the page says 45.03\n")
