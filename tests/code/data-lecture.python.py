# data-lecture
# #/data?set=lecture
# The same posterior by quadrature over what is learned: no sampling, no packages.

import math

# What was measured, school by school.
y = [
  1.8983987377998974, 0.9109036121378344, -0.09862862664532275, 0.49497465084115677,
  3.7042183415114094, 1.0632555094280642, 0.9866356709219724, 0.4757672795932689,
  1.3871992209968678, 1.474261961233978, -0.707209984195893, -3.1401947596079465,
  -2.0999432338984154, -2.0607002248681074, -2.968495268511016, -1.6470092349929863,
  -2.2401709509329235, -1.4828430948030755, -2.717562265600038, 0.6394887188563578,
  5.180003176672344, 3.941091092124433, 5.314251727988031, 6.254994458871636, 4.053864159784016,
  5.5246308204021615, 4.767864302359521, 5.021990738178822, 2.742605937544914,
  3.1540513978174616, 4.562769041254009, 2.205842577059579, 2.9900357812034146,
  3.24807694438495, 1.717199496303666, 2.290662456055774, 5.61053984543426, 2.947288607796922,
  3.6976697580531135, -0.17887273421975047
]
n = len(y)
se = [1] * n  # standard errors
# The group of each school, from 1.
sizes = [10, 10, 10, 10]
k = [g for g, size in enumerate(sizes, 1) for _ in range(size)]
# The truth, which no estimator sees.
truth = [
  2.7193923154308517, 1.7730497562376015, -0.19747231578327762, 0.8706297950395162,
  2.980314186227151, 2.860637528000602, 1.6503788124981957, 1.0994937683224488,
  1.4668316528350296, 1.0386371984045704, -2.6781109539201338, -2.54343608709882,
  -1.5474360222894534, -2.756666858569214, -2.8128313039030313, -2.9959074301907176,
  -1.1716478804461488, -2.5472938416072055, -1.4048405010625564, -1.4242059833955472,
  5.048620166009665, 4.172779541039371, 5.711607250961489, 5.365562376590263,
  3.5276951202872877, 5.695904063364781, 4.609187404916266, 5.507655804351248,
  3.7015120125441205, 2.9735341057104065, 3.841034758435091, 2.575383055180377,
  2.7524974686637576, 3.913999056799865, 2.514007006146423, 2.342359387367157,
  4.323611512136746, 3.161438270535312, 4.272415222354516, 1.291854310072579
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



def loss(estimate):
    """Total squared error against the truth."""
    return sum((e - t)**2 for e, t in zip(estimate, truth))



print(f"posterior mean of mu[1]: {mu[0]:.2f}  the page says 1.44")
print(f"posterior mean of mu[40]: {mu[39]:.2f}  the page says 1.92")
