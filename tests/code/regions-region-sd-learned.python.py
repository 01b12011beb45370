# regions-region-sd-learned
# #/regions?scale_theta=half-cauchy&sd_mu=2&seed=12&truth=hidden
# The same posterior by quadrature over what is learned: no sampling, no packages.

import math

# What was measured, school by school.
y = [
  -5.70098642050238, -3.125807258940082, -2.085963598748908, -1.3379389182959132,
  -1.0953958031890316, -1.5032005249443865, -2.109688545466804, -3.2419182038635697,
  -6.165104515247284, 0.9064330144221131, 3.0028356231502364, 0.85958008781765,
  -0.18955242988889393, 8.37116960464467, -3.3384719151398397, 1.2840813720664805,
  1.4124536173518756, 4.23414769220763, 3.579618946184101, -1.453943678200945, 1.81720762462387,
  6.039729702165142, 3.3821692557936274, 1.0296214649784878, 4.533240901270883,
  0.3935213241993758, 2.91322280172587, 2.9828701217686917, 1.0694550291340825,
  2.528551343741086, -1.1605411877692486, -4.700877853237557, 1.5510305031126508,
  -1.9792083640211378, -3.8696870601499356, -4.056979677408871, -3.0905142273136916,
  -1.070862177356437, -0.18750594689759514, -0.8311246863257303
]
n = len(y)
se = [1] * n  # standard errors
# The region of each school, from 1.
sizes = [10, 10, 10, 10]
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
grid_mu = [(2, 0.0)]  # known
grid_theta = grid(spread_theta, lambda sd: -math.log1p((sd / 5) ** 2))  # half-Cauchy prior

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


print(f"posterior mean of theta[1]: {theta[0]:.3f}  the page says -2.322")
print(f"posterior mean of mu[1]: {mu[0]:.3f}  the page says -5.025")
print(f"posterior mean of sigma_theta: {sigma_theta:.2f}  the page says 2.87")
