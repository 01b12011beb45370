# regions-school-sd-learned
# #/regions?sizes=6,1,4&scale_mu=half-cauchy&seed=7&sampler=nuts-nc-schools
# The same posterior by quadrature over what is learned: no sampling, no packages.

import math

# What was measured, school by school.
y = [
  3.8837464681431957, 3.875994214790486, 2.464105270252024, 1.6028573912358688,
  4.91392354320762, 2.323951938262291, -4.293994462563034, 3.752023040339239,
  0.7673825735235853, 0.6553606794547884, 1.2397789248430342
]
n = len(y)
se = [1] * n  # standard errors
# The region of each school, from 1.
sizes = [6, 1, 4]
k = [g for g, size in enumerate(sizes, 1) for _ in range(size)]
# The truth, which no estimator sees.
truth = [
  3.9539242805987413, 3.598361382195576, 3.165693377562519, 2.099399129566279,
  3.3338845380681477, 2.2155056173223295, -4.3651566879852375, 1.8143357032512322,
  2.529423146768618, 0.9812202585876613, 1.0919868401810355
]
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
grid_mu = grid(spread, lambda sd: -math.log1p((sd / 2.5) ** 2))  # half-Cauchy prior
grid_theta = [(5, 0.0)]  # known

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



def loss(estimate):
    """Total squared error against the truth."""
    return sum((e - t)**2 for e, t in zip(estimate, truth))



print(f"posterior mean of theta[1]: {theta[0]:.3f}  the page says 3.133")
print(f"posterior mean of mu[1]: {mu[0]:.3f}  the page says 3.447")
print(f"posterior mean of sigma_mu: {sigma_mu:.2f}  the page says 0.92")
