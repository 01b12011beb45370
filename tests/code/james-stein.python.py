# james-stein
# #/james-stein?n=12&a=0.5&seed=7
# The same numbers from the closed formulas, without any package.

import math

# What was measured, measurement by measurement.
y = [
  0.7837926205535121, 0.547313434125346, -0.6783105322096905, -0.8978169237009015,
  1.1225057055841992, -1.606897048503682, -0.5383405109371188, -2.1703787765574543,
  -0.7328117302693645, 1.1248301191044596, 2.872371651501397, 0.6565196221960641
]
n = len(y)
se = [1] * n  # standard errors
# The truth, which no estimator sees.
truth = [
  -0.6491912780237693, -0.33280604256360785, -0.18023283309115887, 0.27790737790913234,
  -0.373889380643135, -0.2075793316498176, -0.11910897660145114, -0.893820165481132,
  0.23937003211954855, 0.7379876167315925, -0.36711955108645394, 0.39837560966547125
]
center = 0

sigma_mu = 0.7071067811865476

# Each measurement is pulled toward the center by the share B = V / (V + sigma_mu^2).
B = [s**2 / (s**2 + sigma_mu**2) for s in se]
mu = [(1 - b) * v + b * center for b, v in zip(B, y)]
mu_sd = [math.sqrt(1 - b) * s for b, s in zip(B, se)]
print("   y       posterior mean   posterior SD")
for v, m, s in zip(y, mu, mu_sd):
    print(f"{v:8.3f} {m:12.3f} {s:14.3f}")



def loss(estimate):
    """Total squared error against the truth."""
    return sum((e - t)**2 for e, t in zip(estimate, truth))


# James and Stein read A + 1 off the data.
z = sum(v**2 for v in y) / (n - 2)
james_stein = [(1 - 1 / z) * v for v in y]
positive_part = [max(1 - 1 / z, 0) * v for v in y]
# Toward the grand mean: one degree of freedom fewer.
average = sum(y) / n
z_mean = sum((v - average)**2 for v in y) / (n - 3)
to_mean = [average + (1 - 1 / z_mean) * (v - average) for v in y]
to_mean_positive = [average + max(1 - 1 / z_mean, 0) * (v - average) for v in y]

print(f"Z: {z:.2f}  the page says 2.15")
print(f"total squared error of the MLE: {loss(y):.2f}  the page says 22.12")
print(f"total squared error of James-Stein: {loss(james_stein):.2f}  the page says 7.66")
print(f"total squared error of its positive part: {loss(positive_part):.2f}  the page says 7.66")
print(f"total squared error of James-Stein to the grand mean: {loss(to_mean):.2f}  the page says 8.74")
print(f"total squared error of its positive part to the grand mean: {loss(to_mean_positive):.2f}  the page says 8.74")
print(f"total squared error of Bayes: {loss(mu):.2f}  the page says 4.28")
print(f"posterior mean of mu[1]: {mu[0]:.2f}  the page says 0.26")
