# data-toxoplasmosis
# #/data?set=toxo&target=zero
# The same posterior by quadrature over what is learned: no sampling, no packages.

import math

# What was measured, city by city.
y = [
  0.293, 0.214, 0.185, 0.152, 0.139, 0.128, 0.113, 0.098, 0.093, 0.079, 0.063, 0.052, 0.035,
  0.027, 0.024, 0.024, 0.014, 0.004, -0.016, -0.028, -0.034, -0.04, -0.055, -0.083, -0.098,
  -0.1, -0.112, -0.138, -0.156, -0.169, -0.241, -0.294, -0.296, -0.324, -0.397, -0.665
]
n = len(y)
# Standard errors.
se = [
  0.304, 0.039, 0.047, 0.115, 0.081, 0.061, 0.061, 0.087, 0.049, 0.041, 0.071, 0.048, 0.056,
  0.04, 0.049, 0.039, 0.043, 0.085, 0.128, 0.091, 0.073, 0.049, 0.058, 0.07, 0.068, 0.049,
  0.059, 0.063, 0.077, 0.073, 0.106, 0.179, 0.064, 0.152, 0.158, 0.216
]
center = 0

# Given sigma_mu everything is normal; over sigma_mu goes a grid. Half of its points lie below `middle`.
POINTS = 2000


def grid(middle, log_prior):
    """Points of an SD with the logarithms of their weights: prior times width."""
    shares = [(j + 0.5) / POINTS for j in range(POINTS)]
    sds = [middle * u / (1 - u) for u in shares]
    return [(sd, log_prior(sd) - 2 * math.log(1 - u)) for sd, u in zip(sds, shares)]


spread = math.sqrt(sum((v - center)**2 for v in y) / n)
grid_mu = grid(spread, lambda sd: 0.0)  # flat prior
log_p = []
for sd, log_weight in grid_mu:
    for v, s in zip(y, se):
        var = s**2 + sd**2
        log_weight -= 0.5 * (math.log(var) + (v - center)**2 / var)
    log_p.append(log_weight)
top = max(log_p)
p = [math.exp(x - top) for x in log_p]
total = sum(p)
p = [x / total for x in p]

sigma_mu = sum(w * sd for w, (sd, _) in zip(p, grid_mu))
# Share of the deviation from the center that is kept, on average over the grid.
kept = [sum(w * sd**2 / (s**2 + sd**2) for w, (sd, _) in zip(p, grid_mu)) for s in se]
mu = [center + a * (v - center) for a, v in zip(kept, y)]
print("sigma_mu:", round(sigma_mu, 4))
print("   y       posterior mean")
for v, m in zip(y, mu):
    print(f"{v:8.3f} {m:12.3f}")


print(f"posterior mean of mu[1]: {mu[0]:.4f}  the page says 0.0381")
print(f"posterior mean of mu[36]: {mu[35]:.4f}  the page says -0.1504")
