# regions-unequal-noise
# #/regions?sizes=5,8,3&m=9,4,1&sigma=2&scale_mu=half-normal&seed=3
# The same posterior by quadrature over what is learned: no sampling, no packages.

import math

# What was measured, school by school.
y = [
  1.4762369415966923, 2.8776347456331273, 0.78915371096748, 3.726008652536729,
  2.499494223940352, 0.676600271334006, 0.2416981944559693, 1.7010756698910574,
  1.577581712614934, -1.0397470807286826, 0.13222555149944748, 5.059901092169724,
  -0.5573900008760324, -6.672461392073026, -4.235776757318595, -8.816695731071539
]
n = len(y)
# Standard errors.
se = [
  0.6666666666666666, 0.6666666666666666, 0.6666666666666666, 0.6666666666666666,
  0.6666666666666666, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2
]
# The region of each school, from 1.
sizes = [5, 8, 3]
k = [g for g, size in enumerate(sizes, 1) for _ in range(size)]
# The truth, which no estimator sees.
truth = [
  1.224412504874386, 2.6658785474608733, 0.6258799928074681, 3.9681795351606794,
  2.2914139069727164, 0.6070000561193393, 0.9376980184921283, 1.5614173739711659,
  1.9806323682716112, -0.23971773514454142, 1.2010237964913308, 1.4310775696634723,
  -0.5609337943892301, -6.224561034901126, -6.263915905802449, -8.051183204543428
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
grid_mu = grid(spread, lambda sd: -0.5 * (sd / 2.5) ** 2)  # half-normal prior
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



print(f"posterior mean of theta[1]: {theta[0]:.3f}  the page says 2.225")
print(f"posterior mean of mu[1]: {mu[0]:.3f}  the page says 1.635")
print(f"posterior mean of sigma_mu: {sigma_mu:.2f}  the page says 1.45")
