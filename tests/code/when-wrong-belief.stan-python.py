# when-wrong-belief
# #/when?view=race&v_theta=0.25&mean=3&belief=own&a_mu=1&a_theta=0.25
# Samples the posterior with Stan. Needs Python with cmdstanpy.

from pathlib import Path

from cmdstanpy import CmdStanModel  # https://mc-stan.org/cmdstanpy

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

STAN = """
data {
  int<lower=1> n;          // number of measurements
  vector[n] y;             // what was measured
  vector<lower=0>[n] se;   // its standard error
  int<lower=1> K;          // number of groups
  array[n] int<lower=1, upper=K> k;  // the region of each school
}
transformed data {
  real sigma_theta = 0.5;  // SD of region means, known
  real sigma_mu = 1.0;  // SD of school effects within a region, known
}
parameters {
  vector[K] theta;
  vector[n] mu;
}
model {
  theta ~ normal(0.0, sigma_theta);
  mu ~ normal(theta[k], sigma_mu);
  y ~ normal(mu, se);
}
"""

path = Path("when_seed-4.stan")
path.write_text(STAN)
model = CmdStanModel(stan_file=str(path))
fit = model.sample(
    data={"n": n, "y": y, "se": se, "K": max(k), "k": k},
    seed=4, chains=4, parallel_chains=4,
    iter_warmup=1000, iter_sampling=1000, adapt_delta=0.8,
)
summary = fit.summary()
print(summary)

# Equal up to Monte Carlo error, of which the column MCSE tells.
print(f"posterior mean of mu[1]: {summary.loc['mu[1]', 'Mean']:.3f}  the page says 2.865")
