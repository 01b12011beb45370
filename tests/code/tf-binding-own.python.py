# tf-binding-own
# #/tf-binding?set=own&own=feature,experiment,celltype,beta_hat,se;x,1,A,0.5,0.1;x,2,B,-1,0.2;x,3,A,0.4,0.1;y,3,A,2,0.5
# Every node of the tree from the closed formulas, the SDs given: no sampling, no packages.

import math

# Features: 1 x, 2 y.
# Cell types: 1 A, 2 B.
feature = [1, 1, 1, 2]
experiment = [1, 2, 3, 2]
beta_hat = [0.5, 0.4, -1, 2]
se = [0.1, 0.1, 0.2, 0.5]
cell_type = [1, 1, 2]  # of each experiment
N, J, K, C = len(beta_hat), 2, len(cell_type), 2

# The SDs that make the coefficients likeliest; put in others, such as Stan's, to see the nodes move.
sigma_lambda, sigma_beta = 0.00003744361948217551, 0.0000008315287191035679
sigma_nu = [1.3198336618044082, 0.9797958971436858]


def nodes(f):
    """Means of feature f: in all, in each cell type, in each experiment."""
    rows = [i for i in range(N) if feature[i] == f]
    # Up the tree: each experiment tells of its cell type, each cell type of all, by its precision.
    means, precs = [0.0] * C, [0.0] * C
    for c in range(C):
        told = [(beta_hat[i], 1 / (se[i] ** 2 + sigma_beta**2)) for i in rows if cell_type[experiment[i] - 1] == c + 1]
        precs[c] = sum(p for _, p in told)
        means[c] = sum(v * p for v, p in told) / precs[c] if told else 0.0
    through = [p / (1 + p * s**2) for p, s in zip(precs, sigma_nu)]
    pull = sigma_lambda**2
    all_types = pull * sum(m * p for m, p in zip(means, through)) / (1 + pull * sum(through))
    # Down again: a weighted mean of what was told and of the node above.
    weights = [p * s**2 / (1 + p * s**2) for p, s in zip(precs, sigma_nu)]
    types = [w * m + (1 - w) * all_types for w, m in zip(weights, means)]
    own = {}
    for i in rows:
        w = sigma_beta**2 / (sigma_beta**2 + se[i] ** 2)
        own[experiment[i]] = w * beta_hat[i] + (1 - w) * types[cell_type[experiment[i] - 1] - 1]
    return all_types, types, own


for f in range(1, J + 1):
    all_types, types, own = nodes(f)
    print(f"feature {f}: all {all_types:7.3f}, cell types " + ", ".join(f"{v:.3f}" for v in types))
first, first_types, first_own = nodes(1)
last, last_types, _ = nodes(J)

print(f"lambda[1] given the likeliest SDs: {first:.4f}  the page says -0.0000")
print(f"nu[1, 1] given the likeliest SDs: {first_types[0]:.4f}  the page says 0.4487")
print(f"lambda[2] given the likeliest SDs: {last:.4f}  the page says 0.0000")
print(f"nu[2, 1] given the likeliest SDs: {last_types[0]:.4f}  the page says 1.7490")
