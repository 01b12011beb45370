# james-stein-of-two
# #/james-stein?n=2&truth=hidden
# The same numbers from the closed formulas, without any package.

import math

# What was measured, measurement by measurement.
y = [1.0570385249735108, -2.6405915955036106]
n = len(y)
se = [1] * n  # standard errors
center = 0

sigma_mu = 1

# Each measurement is pulled toward the center by the share B = V / (V + sigma_mu^2).
B = [s**2 / (s**2 + sigma_mu**2) for s in se]
mu = [(1 - b) * v + b * center for b, v in zip(B, y)]
mu_sd = [math.sqrt(1 - b) * s for b, s in zip(B, se)]
print("   y       posterior mean   posterior SD")
for v, m, s in zip(y, mu, mu_sd):
    print(f"{v:8.3f} {m:12.3f} {s:14.3f}")


print(f"posterior mean of mu[1]: {mu[0]:.2f}  the page says 0.53")
