# one-prior
# #/one-prior?n=20
# The same numbers from the closed formulas, without any package.

import math

# What was measured, measurement by measurement.
y = [
  1.0570385249735108, -2.6405915955036106, 1.8904628536862207, -0.007863208123984167,
  0.8550427874848401, -1.1474738833030005, 0.9698852753974411, -0.09300486144964193,
  0.644020437575439, -0.8342231616474043, 0.9313104067385927, -0.717661692120927,
  -1.8581609774799988, -1.8627220488960732, -1.2690979900662889, -0.6169379356424757,
  2.0703631076951403, -0.3470352424301474, -1.3699316372361372, 0.2880097013460472
]
n = len(y)
se = [1] * n  # standard errors
# The truth, which no estimator sees.
truth = [
  0.5329296257016961, -1.243603437966747, 0.5976259557393906, 0.3275932955902368,
  -0.2998790918184519, -0.6181409023225418, 0.20824764672507304, -0.75769845511207,
  0.3189274455896445, 0.40436516310654014, -0.23824937864019496, -0.9097543161897774,
  -0.0240458719989841, -0.5250889969987571, -1.4077355444353916, -1.1974688118215786,
  1.026257259730169, -0.5616660216254755, -0.9215988241727646, -0.854322817571262
]
center = 0

sigma_mu = 1

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

print(f"posterior mean of mu[17]: {mu[16]:.2f}  the page says 1.04")
print(f"share that James-Stein removes: {1 / z:.2f}  the page says 0.55")
print(f"total squared error of the MLE: {loss(y):.2f}  the page says 17.84")
print(f"total squared error of James-Stein: {loss(james_stein):.2f}  the page says 6.13")
print(f"total squared error of Bayes: {loss(mu):.2f}  the page says 6.40")
