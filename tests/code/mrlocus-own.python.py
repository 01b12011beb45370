# mrlocus-own
# #/mrlocus?set=own&own=beta_hat_a,beta_hat_b,se_a,se_b;0.001,0.0004,0.0001,0.0002;0.002,0.001,0.0001,0.0002
# The same posterior by quadrature over what is learned: no sampling, no packages.

import math

# Effects on expression, and their standard errors.
a = [0.001, 0.002]
se_a = [0.0001, 0.0001]
# Effects on the trait, and their standard errors.
b = [0.0004, 0.001]
se_b = [0.0002, 0.0002]
J = len(a)

effect_sd, slope_mean, slope_sd, dispersion_sd = 0.004, 0.48000000000000004, 0.9600000000000001, 0.001
least_squares = sum(x * y for x, y in zip(a, b)) / sum(x * x for x in a)


def log_posterior(alpha, sigma):
    """Both true effects of every cluster are integrated out."""
    total = -0.5 * ((alpha - slope_mean) / slope_sd) ** 2 - 0.5 * (sigma / dispersion_sd) ** 2
    for x, s, y, t in zip(a, se_a, b, se_b):
        keep = effect_sd**2 / (effect_sd**2 + s**2)  # the effect on expression, drawn toward 0
        var = alpha**2 * keep * s**2 + sigma**2 + t**2
        total -= 0.5 * math.log(var) + 0.5 * (y - alpha * keep * x) ** 2 / var
    return total


# A grid, three times: each time where the last one found the mass.
n = 160
low, high, top = slope_mean - 6 * slope_sd, slope_mean + 6 * slope_sd, 6 * dispersion_sd
bottom = 0.0
for _ in range(3):
    width, height = (high - low) / n, (top - bottom) / n
    alphas = [low + (i + 0.5) * width for i in range(n)]
    sigmas = [bottom + (k + 0.5) * height for k in range(n)]
    grid = [[log_posterior(x, s) for s in sigmas] for x in alphas]
    most = max(map(max, grid))
    rows = [i for i in range(n) if max(grid[i]) > most - 25]
    columns = [k for k in range(n) if max(row[k] for row in grid) > most - 25]
    low, high = alphas[rows[0]] - 1.5 * width, alphas[rows[-1]] + 1.5 * width
    bottom, top = max(0.0, sigmas[columns[0]] - 1.5 * height), sigmas[columns[-1]] + 1.5 * height

weights = [[math.exp(value - most) for value in row] for row in grid]
total = sum(map(sum, weights))
alpha = sum(x * sum(row) for x, row in zip(alphas, weights)) / total
alpha_sd = math.sqrt(sum((x - alpha) ** 2 * sum(row) for x, row in zip(alphas, weights)) / total)
sigma = sum(s * w for row in weights for s, w in zip(sigmas, row)) / total

print(f"posterior mean of alpha: {alpha:.4f}  the page says 0.4811")
print(f"posterior mean of sigma: {sigma:.7f}  the page says 0.0004393")
print(f"posterior SD of alpha: {alpha_sd:.4f}  the page says 0.2536")
print(f"slope of least squares: {least_squares:.4f}  the page says 0.4800")
