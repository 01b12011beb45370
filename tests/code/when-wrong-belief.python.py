# when-wrong-belief
# #/when?view=race&v_theta=0.25&mean=3&belief=own&a_mu=1&a_theta=0.25
# The same numbers from the closed formulas, without any package.

import math

# What was measured, school by school.
y = [
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
]
n = len(y)
se = [1] * n  # standard errors
# The region of each school, from 1.
sizes = [10, 10, 10, 10]
k = [g for g, size in enumerate(sizes, 1) for _ in range(size)]
# The truth, which no estimator sees.
truth = [
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
]
mean = 0  # of the group centers theta

sigma_mu = 1
sigma_theta = 0.5

# First the center theta of each group: what is believed of it, and its units, each weighted by precision.
theta, theta_var = [], []
for g in range(1, max(k) + 1):
    members = [i for i in range(n) if k[i] == g]
    weights = [1 / (se[i]**2 + sigma_mu**2) for i in members]
    precision = 1 / sigma_theta**2 + sum(weights)
    theta.append((mean / sigma_theta**2 + sum(w * y[i] for w, i in zip(weights, members))) / precision)
    theta_var.append(1 / precision)

# Then each unit is pulled toward its center by the share B = V / (V + sigma_mu^2).
B = [s**2 / (s**2 + sigma_mu**2) for s in se]
mu = [(1 - b) * v + b * theta[g - 1] for b, v, g in zip(B, y, k)]
mu_sd = [math.sqrt((1 - b) * s**2 + b**2 * theta_var[g - 1]) for b, s, g in zip(B, se, k)]
print("theta:", [round(t, 3) for t in theta])
print("group     y       posterior mean   posterior SD")
for g, v, m, s in zip(k, y, mu, mu_sd):
    print(f"{g:4d} {v:10.3f} {m:12.3f} {s:14.3f}")



def loss(estimate):
    """Total squared error against the truth."""
    return sum((e - t)**2 for e, t in zip(estimate, truth))



print(f"posterior mean of mu[1]: {mu[0]:.3f}  the page says 2.865")
print(f"total squared error of the MLE: {loss(y):.2f}  the page says 30.01")
print(f"total squared error of full Bayes: {loss(mu):.2f}  the page says 45.03")
