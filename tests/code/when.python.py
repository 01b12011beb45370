# when
# #/when?size=4&m=3
# The same numbers from the closed formulas, without any package.

import math

# What was measured, school by school.
y = [
  2.2453914523826666, 1.275289447860803, -0.14040488525178368, 0.6537451964141257,
  -1.540210748503749, -2.8879748673132077, -1.866426209641097, -2.3548503352548824,
  5.124474182582706, 4.039014152690204, 5.482193932808778, 5.879076228721303, 4.257728240903975,
  2.362028760660871, 2.889640277351378, 3.5295287459377898
]
n = len(y)
se = [0.5773502691896257] * n  # standard errors
# The region of each school, from 1.
sizes = [4, 4, 4, 4]
k = [g for g, size in enumerate(sizes, 1) for _ in range(size)]
# The truth, which no estimator sees.
truth = [
  2.7193923154308517, 1.7730497562376015, -0.19747231578327762, 0.8706297950395162,
  -2.6781109539201338, -2.54343608709882, -1.5474360222894534, -2.756666858569214,
  5.048620166009665, 4.172779541039371, 5.711607250961489, 5.365562376590263, 3.841034758435091,
  2.575383055180377, 2.7524974686637576, 3.913999056799865
]
mean = 0  # of the group centers theta

sigma_mu = 1
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



print(f"posterior mean of mu[1]: {mu[0]:.3f}  the page says 1.933")
print(f"total squared error of the MLE: {loss(y):.2f}  the page says 2.93")
print(f"total squared error of full Bayes: {loss(mu):.2f}  the page says 2.95")
print(f"average total squared error of full Bayes, exact: {sum(s**2 for s in mu_sd):.2f}  the page says 4.33")
