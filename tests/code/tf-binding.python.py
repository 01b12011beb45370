# tf-binding
# #/tf-binding
# Every node of the tree from the closed formulas, the SDs given: no sampling, no packages.

import math

# Features: 1 accessibility, 2 H3K4me1, 3 H3K4me2, 4 H3K4me3, 5 H3K27ac, 6 H3K9ac, 7 H3K36me3, 8 motif score.
# Cell types: 1 A549, 2 IMR90, 3 K562.
feature = [1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 6, 6, 6, 6, 7, 7, 7, 7, 8, 8, 8, 8]
experiment = [1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4]
beta_hat = [
  0.5528867324308142, 0.32589367825667126, 0.1663708793330939, 0.012853993767419905,
  0.31350597849132184, 0.5060183097579461, 0.20673588218023733, 0.2121036258383267,
  0.33494169134262086, 0.49210155757681534, 0.3070082550048656, 0.41996997082284954,
  0.6654181656768133, 0.29199396660284005, 0.43037357736926524, 1.083915444322055,
  -0.6223852931005007, -0.2921431194273634, -0.23652980121383874, -0.09875086552480099,
  0.09428749837588488, 0.19273602992324335, -0.02633325136772873, 1.0170671413948558,
  0.3790992489664068, -0.25166492900088433, -0.15191776768043966, -0.4590411014991656,
  -0.04777469607197301, -0.0504884900850532, -0.22692521575961508, 0.2517016522408734
]
se = [
  0.156908978937494, 0.1244618727422988, 0.11829012952742361, 0.13590259405825514,
  0.1630329564972918, 0.15270247575235657, 0.14295560258454948, 0.13818044994049458,
  0.12475688548342766, 0.13363389149859506, 0.12792682267542982, 0.13335035374720478,
  0.1428465561140171, 0.12388856220667151, 0.12288269142210471, 0.14725901145535575,
  0.1435156967581639, 0.11320147482565343, 0.10959312724127447, 0.13292759719806838,
  0.13359390517268874, 0.10811292862176357, 0.10580049846917772, 0.16456906063667343,
  0.13660989715340005, 0.12432205710864172, 0.12088424427100945, 0.1514604962669911,
  0.11932269858183615, 0.11811837331906005, 0.11759068686521777, 0.13496873168401177
]
cell_type = [1, 2, 2, 3]  # of each experiment
N, J, K, C = len(beta_hat), 8, len(cell_type), 3

# The SDs that make the coefficients likeliest; put in others, such as Stan's, to see the nodes move.
sigma_lambda, sigma_beta = 0.2675341803917254, 0.0000008315287191035679
sigma_nu = [0.24376038757853896, 0.0000008376033239782575, 0.4323757959516554]


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

print(f"lambda[1] given the likeliest SDs: {first:.4f}  the page says 0.2373")
print(f"nu[1, 1] given the likeliest SDs: {first_types[0]:.4f}  the page says 0.4604")
print(f"lambda[8] given the likeliest SDs: {last:.4f}  the page says -0.1103")
print(f"nu[8, 1] given the likeliest SDs: {last_types[0]:.4f}  the page says -0.0599")
