# regions-known-sds
# #/regions?sizes=5,3&sd_mu=0.5&sigma=2&m=2,7&seed=5
# The same numbers from the closed formulas, without any package.

import math

# What was measured, school by school.
y = [
  -3.9120484702619214, -4.707455155964942, -4.2146389038458745, -4.68212069833057,
  -2.589587612240689, 1.4872434970665598, 0.33648943279047644, -0.8956079816513898
]
n = len(y)
# Standard errors.
se = [
  1.4142135623730951, 1.4142135623730951, 1.4142135623730951, 1.4142135623730951,
  1.4142135623730951, 0.7559289460184544, 0.7559289460184544, 0.7559289460184544
]
# The region of each school, from 1.
sizes = [5, 3]
k = [g for g, size in enumerate(sizes, 1) for _ in range(size)]
# The truth, which no estimator sees.
truth = [
  -3.128429366133614, -4.3334892260639934, -4.079638314216749, -3.273651446382895,
  -3.8432855992323685, -0.3608784502746975, 0.6441000390215645, -0.027330875199154947
]
mean = 0  # of the group centers theta

sigma_mu = 0.5
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



print(f"posterior mean of theta[1]: {theta[0]:.3f}  the page says -3.950")
print(f"posterior mean of mu[1]: {mu[0]:.3f}  the page says -3.946")
