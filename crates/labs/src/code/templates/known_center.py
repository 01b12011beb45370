{{sds}}
# Each measurement is pulled toward the center by the share B = V / (V + sigma_mu^2).
B = [s**2 / (s**2 + sigma_mu**2) for s in se]
mu = [(1 - b) * v + b * center for b, v in zip(B, y)]
mu_sd = [math.sqrt(1 - b) * s for b, s in zip(B, se)]
print("   y       posterior mean   posterior SD")
for v, m, s in zip(y, mu, mu_sd):
    print(f"{v:8.3f} {m:12.3f} {s:14.3f}")
