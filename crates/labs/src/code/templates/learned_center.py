# Given sigma_mu everything is normal; over sigma_mu goes a grid. Half of its points lie below `middle`.
POINTS = {{points}}


def grid(middle, log_prior):
    """Points of an SD with the logarithms of their weights: prior times width."""
    shares = [(j + 0.5) / POINTS for j in range(POINTS)]
    sds = [middle * u / (1 - u) for u in shares]
    return [(sd, log_prior(sd) - 2 * math.log(1 - u)) for sd, u in zip(sds, shares)]


spread = math.sqrt(sum((v - center)**2 for v in y) / n)
grid_mu = {{grid_mu}}
log_p = []
for sd, log_weight in grid_mu:
    for v, s in zip(y, se):
        var = s**2 + sd**2
        log_weight -= 0.5 * (math.log(var) + (v - center)**2 / var)
    log_p.append(log_weight)
top = max(log_p)
p = [math.exp(x - top) for x in log_p]
total = sum(p)
p = [x / total for x in p]

sigma_mu = sum(w * sd for w, (sd, _) in zip(p, grid_mu))
# Share of the deviation from the center that is kept, on average over the grid.
kept = [sum(w * sd**2 / (s**2 + sd**2) for w, (sd, _) in zip(p, grid_mu)) for s in se]
mu = [center + a * (v - center) for a, v in zip(kept, y)]
print("sigma_mu:", round(sigma_mu, 4))
print("   y       posterior mean")
for v, m in zip(y, mu):
    print(f"{v:8.3f} {m:12.3f}")
