# prior
# #/prior?prior_mean=6&prior_sd=1
# The same numbers from the closed formulas, without any package.

import math

# The data.
y = [
  3.3735461892576675, 4.183643324222082, 3.164371387589953, 5.5952808021377916,
  4.3295077718153605
]
n = len(y)

prior_mean, prior_sd = 6, 1

# Each counts by its precision, one over its variance: the prior 1/s^2, the data n.
prior_prec = 1 / prior_sd**2
posterior_mean = (prior_prec * prior_mean + sum(y)) / (prior_prec + n)
posterior_sd = 1 / math.sqrt(prior_prec + n)

print(f"posterior mean: {posterior_mean:.4f}  the page says 4.4411")
print(f"posterior SD: {posterior_sd:.4f}  the page says 0.4082")
