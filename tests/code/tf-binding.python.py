# tf-binding
# #/tf-binding
# Every node of the tree from the closed formulas, the SDs given: no sampling, no packages.

import math

# Features: 1 accessibility, 2 H3K4me1, 3 H3K4me2, 4 H3K4me3, 5 H3K27ac, 6 H3K9ac, 7 H3K36me3, 8 motif score.
# Cell types: 1 A549, 2 IMR90, 3 K562.
feature = [1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 6, 6, 6, 6, 7, 7, 7, 7, 8, 8, 8, 8]
experiment = [1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4]
beta_hat = [
  0.5528867326327109, 0.3258936782497945, 0.16637087943743936, 0.01285399361849958,
  0.3135059787984773, 0.5060183097499639, 0.20673588219216582, 0.2121036257348413,
  0.3349416913374135, 0.49210155752776824, 0.307008255020007, 0.4199699706077766,
  0.665418165805081, 0.2919939665624898, 0.43037357747275107, 1.0839154442351766,
  -0.6223852930710919, -0.2921431193897973, -0.23652980131652035, -0.09875086530431494,
  0.09428749840576259, 0.19273602972535456, -0.02633325135378614, 1.0170671413170347,
  0.3790992490349982, -0.2516649290739856, -0.15191776767727813, -0.45904110139198784,
  -0.04777469607756245, -0.0504884901345745, -0.22692521586415168, 0.2517016521969236
]
se = [
  0.1569089789360541, 0.12446187274080306, 0.11829012952147926, 0.13590259405172606,
  0.16303295649149863, 0.15270247575481835, 0.1429556025804489, 0.13818044993553943,
  0.12475688548079936, 0.13363389149148436, 0.12792682267048255, 0.13335035372949533,
  0.14284655611189576, 0.12388856220877922, 0.12288269141502454, 0.14725901144241227,
  0.14351569675761428, 0.11320147482411537, 0.10959312723791285, 0.1329275971894436,
  0.1335939051704409, 0.10811292861768206, 0.1058004984699264, 0.16456906059879278,
  0.13660989715300395, 0.12432205710807143, 0.12088424426598747, 0.1514604962553975,
  0.11932269858143493, 0.11811837332142824, 0.1175906868622315, 0.13496873167545878
]
cell_type = [1, 2, 2, 3]  # of each experiment
N, J, K, C = len(beta_hat), 8, len(cell_type), 3

# The SDs that make the coefficients likeliest; put in others, such as Stan's, to see the nodes move.
sigma_lambda, sigma_beta = 0.2675341774669746, 0.0000008315287191035679
sigma_nu = [0.24376039526294754, 0.0000008376038136457664, 0.4323757910537719]


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
