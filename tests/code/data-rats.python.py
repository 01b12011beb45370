# data-rats
# #/data?set=rats
# The same posterior by quadrature over what is learned: no sampling, no packages.

import math

# What was measured, group by group.
y = [
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0.05, 0.05, 0.05, 0.05, 0.05263157894736842,
  0.05263157894736842, 0.05555555555555555, 0.05555555555555555, 0.08, 0.08333333333333333,
  0.08695652173913043, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.10204081632653061,
  0.10526315789473684, 0.10869565217391304, 0.1111111111111111, 0.11764705882352941,
  0.14285714285714285, 0.14893617021276595, 0.15, 0.15, 0.15384615384615385, 0.1875, 0.2, 0.2,
  0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.20833333333333334, 0.21052631578947367, 0.21052631578947367,
  0.21052631578947367, 0.22727272727272727, 0.2391304347826087, 0.24489795918367346, 0.25, 0.25,
  0.2608695652173913, 0.2631578947368421, 0.2727272727272727, 0.3, 0.3, 0.3, 0.3076923076923077,
  0.32608695652173914, 0.3191489361702128, 0.375, 0.2857142857142857
]
n = len(y)
# Standard errors.
se = [
  0.08061112011596691, 0.08061112011596691, 0.08061112011596691, 0.08061112011596691,
  0.08061112011596691, 0.08061112011596691, 0.08061112011596691, 0.08270526417631814,
  0.08270526417631814, 0.08270526417631814, 0.08270526417631814, 0.08497158143462401,
  0.08497158143462401, 0.08743503596015692, 0.08061112011596691, 0.08061112011596691,
  0.08061112011596691, 0.08061112011596691, 0.08270526417631814, 0.08270526417631814,
  0.08497158143462401, 0.08497158143462401, 0.07210077772868109, 0.07358754812212256,
  0.07517025710577661, 0.08061112011596691, 0.08061112011596691, 0.08061112011596691,
  0.08061112011596691, 0.08061112011596691, 0.08061112011596691, 0.11400133934608703,
  0.0515005555204865, 0.08270526417631814, 0.05315339854303091, 0.06937900571739233,
  0.08743503596015692, 0.0515005555204865, 0.05258489665192827, 0.08061112011596691,
  0.08061112011596691, 0.09998578888522758, 0.05203425428804426, 0.0509829488607744,
  0.08061112011596691, 0.08061112011596691, 0.08061112011596691, 0.08061112011596691,
  0.08061112011596691, 0.08061112011596691, 0.08061112011596691, 0.05203425428804426,
  0.08270526417631814, 0.08270526417631814, 0.08270526417631814, 0.07685968730775726,
  0.05315339854303091, 0.0515005555204865, 0.08061112011596691, 0.08061112011596691,
  0.07517025710577661, 0.08270526417631814, 0.07685968730775726, 0.08061112011596691,
  0.08061112011596691, 0.08061112011596691, 0.04999289444261379, 0.05315339854303091,
  0.05258489665192827, 0.07358754812212256, 0.09634871699309489
]
# The group of each group, from 1.
sizes = [71]
k = [g for g, size in enumerate(sizes, 1) for _ in range(size)]
mean = 0  # of the group centers theta

# Given the SDs everything is normal; over those that are learned goes a grid. Half of its points lie below
# `middle`.
POINTS = 2000


def grid(middle, log_prior):
    """Points of an SD with the logarithms of their weights: prior times width."""
    shares = [(j + 0.5) / POINTS for j in range(POINTS)]
    sds = [middle * u / (1 - u) for u in shares]
    return [(sd, log_prior(sd) - 2 * math.log(1 - u)) for sd, u in zip(sds, shares)]


# What the likelihood needs of each group, by standard error: number, sum and sum of squares.
K = max(k)
classes = [{} for _ in range(K)]
for v, s, g in zip(y, se, k):
    number, total, squares = classes[g - 1].get(s, (0, 0.0, 0.0))
    classes[g - 1][s] = (number + 1, total + v, squares + v * v)
average = [sum(c[1] for c in group.values()) / sum(c[0] for c in group.values()) for group in classes]
spread = max(math.sqrt(sum((v - average[g - 1])**2 for v, g in zip(y, k)) / n), 0.1 * max(se))
spread_theta = max(math.sqrt(sum((a - mean)**2 for a in average) / K), 0.1 * max(se))
grid_mu = grid(spread, lambda sd: 0.0)  # flat prior
grid_theta = [(math.inf, 0.0)]  # flat prior of theta itself

# For every sigma_mu: weight, sum of sigma_theta and sums of theta over all sigma_theta.
top, rows = -math.inf, []
for sd_mu, log_mu in grid_mu:
    parts = []
    for group in classes:
        weight = weighted = squares = log_det = 0.0
        for s, (number, total, square) in group.items():
            var = s**2 + sd_mu**2
            weight += number / var
            weighted += total / var
            squares += square / var
            log_det += 0.5 * number * math.log(var)
        parts.append((weight, weighted, squares, log_det))
    for sd_theta, log_theta in grid_theta:
        prior = 1 / sd_theta**2
        log_p, theta = log_mu + log_theta, []
        for weight, weighted, squares, log_det in parts:
            precision = prior + weight
            center = (prior * mean + weighted) / precision
            log_p += 0.5 * math.log((prior or 1) / precision) - log_det
            log_p -= 0.5 * (squares + prior * mean**2 - precision * center**2)
            theta.append(center)
        top = max(top, log_p)
        rows.append((log_p, sd_mu, sd_theta, theta))

total = sum(math.exp(row[0] - top) for row in rows)
theta = [0.0] * K
mu = [0.0] * n
sigma_mu = sigma_theta = 0.0
step = len(grid_theta)
for start in range(0, len(rows), step):
    here = [(math.exp(row[0] - top) / total, row) for row in rows[start:start + step]]
    p = sum(w for w, _ in here)
    if p < 1e-14:
        continue
    sd_mu = here[0][1][1]
    sigma_mu += p * sd_mu
    sigma_theta += sum(w * row[2] for w, row in here)
    centers = [sum(w * row[3][g] for w, row in here) for g in range(K)]
    theta = [t + c for t, c in zip(theta, centers)]
    for i in range(n):
        b = se[i]**2 / (se[i]**2 + sd_mu**2)
        mu[i] += b * centers[k[i] - 1] + (1 - b) * p * y[i]

print("sigma_mu:", round(sigma_mu, 4), " sigma_theta:", round(sigma_theta, 4))
print("theta:", [round(t, 3) for t in theta])
print("group     y       posterior mean")
for g, v, m in zip(k, y, mu):
    print(f"{g:4d} {v:10.3f} {m:12.3f}")


print(f"posterior mean of mu[1]: {mu[0]:.4f}  the page says 0.0779")
print(f"posterior mean of mu[71]: {mu[70]:.4f}  the page says 0.1976")
