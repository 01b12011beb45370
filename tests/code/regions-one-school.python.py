# regions-one-school
# #/regions?sizes=1&sd_mu=2
# The same numbers from the closed formulas, without any package.

import math

# What was measured, school by school.
y = [3.53401673891287]
n = len(y)
se = [1] * n  # standard errors
# The region of each school, from 1.
sizes = [1]
k = [g for g, size in enumerate(sizes, 1) for _ in range(size)]
# The truth, which no estimator sees.
truth = [4.355010316543824]
mean = 0  # of the group centers theta

sigma_mu = 2
sigma_theta = 5

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



print(f"posterior mean of theta[1]: {theta[0]:.3f}  the page says 2.945")
print(f"posterior mean of mu[1]: {mu[0]:.3f}  the page says 3.416")
