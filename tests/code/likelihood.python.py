# likelihood
# #/likelihood
# The same numbers from the closed formulas, without any package.

import math

# The data.
y = [
  3.3735461892576675, 4.183643324222082, 3.164371387589953, 5.5952808021377916,
  4.3295077718153605
]
n = len(y)

guess = 3  # your mean

# Each datum rates a mean by its own normal density; the ratings multiply, their logarithms add up.
def log_likelihood(mu):
    return sum(-0.5 * (v - mu) ** 2 - 0.5 * math.log(2 * math.pi) for v in y)

mle = sum(y) / n
relative = math.exp(log_likelihood(guess) - log_likelihood(mle))

print(f"highest at the mean of the data: {mle:.4f}  the page says 4.1293")
print(f"log likelihood of your mean: {log_likelihood(guess):.2f}  the page says -9.63")
print(f"likelihood of your mean over the highest: {relative:.4f}  the page says 0.0412")
