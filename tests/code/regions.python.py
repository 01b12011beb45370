# regions
# #/regions
# The same numbers from the closed formulas, without any package.

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
# The region of each school, from 1.
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

sigma_mu = 1
sigma_theta = 5

# First the center theta of each group: what is believed of it, and its units, each weighted by precision.
theta, theta_var = [], []
for g in range(1, max(k) + 1):
    members = [i for i in range(n) if k[i] == g]
    weights = [1 / (se[i]**2 + sigma_mu**2) for i in members]
    precision = 1 / sigma_theta**2 + sum(weights)
    theta.append((mean / sigma_theta**2 + sum(w * y[i] for w, i in zip(weights, members))) / precision)
    theta_var.append(1 / precision)

# Then each unit is pulled toward its center by the share B = V / (V + sigma_mu^2).
B = [s**2 / (s**2 + sigma_mu**2) for s in se]
mu = [(1 - b) * v + b * theta[g - 1] for b, v, g in zip(B, y, k)]
mu_sd = [math.sqrt((1 - b) * s**2 + b**2 * theta_var[g - 1]) for b, s, g in zip(B, se, k)]
print("theta:", [round(t, 3) for t in theta])
print("group     y       posterior mean   posterior SD")
for g, v, m, s in zip(k, y, mu, mu_sd):
    print(f"{g:4d} {v:10.3f} {m:12.3f} {s:14.3f}")



def loss(estimate):
    """Total squared error against the truth."""
    return sum((e - t)**2 for e, t in zip(estimate, truth))



print(f"posterior mean of theta[1]: {theta[0]:.3f}  the page says 1.220")
print(f"posterior mean of mu[1]: {mu[0]:.3f}  the page says 1.559")
