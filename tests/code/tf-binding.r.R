# tf-binding
# #/tf-binding
# Every node of the tree from the closed formulas, the SDs given: no sampling, no packages.

# Features: 1 accessibility, 2 H3K4me1, 3 H3K4me2, 4 H3K4me3, 5 H3K27ac, 6 H3K9ac, 7 H3K36me3, 8 motif score.
# Cell types: 1 A549, 2 IMR90, 3 K562.
feature <- c(
  1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 6, 6, 6, 6, 7, 7, 7, 7, 8, 8, 8,
  8
)
experiment <- c(
  1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3,
  4
)
beta_hat <- c(
  0.5528867324308142, 0.32589367825667126, 0.1663708793330939, 0.012853993767419905,
  0.31350597849132184, 0.5060183097579461, 0.20673588218023733, 0.2121036258383267,
  0.33494169134262086, 0.49210155757681534, 0.3070082550048656, 0.41996997082284954,
  0.6654181656768133, 0.29199396660284005, 0.43037357736926524, 1.083915444322055,
  -0.6223852931005007, -0.2921431194273634, -0.23652980121383874, -0.09875086552480099,
  0.09428749837588488, 0.19273602992324335, -0.02633325136772873, 1.0170671413948558,
  0.3790992489664068, -0.25166492900088433, -0.15191776768043966, -0.4590411014991656,
  -0.04777469607197301, -0.0504884900850532, -0.22692521575961508, 0.2517016522408734
)
se <- c(
  0.156908978937494, 0.1244618727422988, 0.11829012952742361, 0.13590259405825514,
  0.1630329564972918, 0.15270247575235657, 0.14295560258454948, 0.13818044994049458,
  0.12475688548342766, 0.13363389149859506, 0.12792682267542982, 0.13335035374720478,
  0.1428465561140171, 0.12388856220667151, 0.12288269142210471, 0.14725901145535575,
  0.1435156967581639, 0.11320147482565343, 0.10959312724127447, 0.13292759719806838,
  0.13359390517268874, 0.10811292862176357, 0.10580049846917772, 0.16456906063667343,
  0.13660989715340005, 0.12432205710864172, 0.12088424427100945, 0.1514604962669911,
  0.11932269858183615, 0.11811837331906005, 0.11759068686521777, 0.13496873168401177
)
cell_type <- c(1, 2, 2, 3)  # of each experiment
N <- length(beta_hat)
J <- 8
K <- length(cell_type)
C <- 3

# The SDs that make the coefficients likeliest; put in others, such as Stan's, to see the nodes move.
sigma_lambda <- 0.2675341803917254
sigma_beta <- 0.0000008315287191035679
sigma_nu <- c(0.24376038757853896, 0.0000008376033239782575, 0.4323757959516554)

# Means of feature f: in all, in each cell type, in each experiment.
nodes <- function(f) {
  rows <- which(feature == f)
  of_type <- cell_type[experiment[rows]]
  # Up the tree: each experiment tells of its cell type, each cell type of all, by its precision.
  told <- 1 / (se[rows]^2 + sigma_beta^2)
  precs <- sapply(seq_len(C), function(c) sum(told[of_type == c]))
  sums <- sapply(seq_len(C), function(c) sum((beta_hat[rows] * told)[of_type == c]))
  means <- ifelse(precs > 0, sums / precs, 0)
  through <- precs / (1 + precs * sigma_nu^2)
  all_types <- sigma_lambda^2 * sum(means * through) / (1 + sigma_lambda^2 * sum(through))
  # Down again: a weighted mean of what was told and of the node above.
  weights <- precs * sigma_nu^2 / (1 + precs * sigma_nu^2)
  types <- weights * means + (1 - weights) * all_types
  w <- sigma_beta^2 / (sigma_beta^2 + se[rows]^2)
  own <- rep(NA_real_, K)
  own[experiment[rows]] <- w * beta_hat[rows] + (1 - w) * types[of_type]
  list(all = all_types, types = types, own = own)
}

for (f in seq_len(J)) {
  found <- nodes(f)
  cat("feature ", f, ": all ", format(found$all, digits = 3), ", cell types ", paste(format(found$types, digits = 3), collapse = ", "), "\n", sep = "")
}
first <- nodes(1)$all
first_types <- nodes(1)$types
last <- nodes(J)$all
last_types <- nodes(J)$types

cat("lambda[1] given the likeliest SDs:", sprintf("%.4f", first), " the page says 0.2373\n")
cat("nu[1, 1] given the likeliest SDs:", sprintf("%.4f", first_types[1]), " the page says 0.4604\n")
cat("lambda[8] given the likeliest SDs:", sprintf("%.4f", last), " the page says -0.1103\n")
cat("nu[8, 1] given the likeliest SDs:", sprintf("%.4f", last_types[1]), " the page says -0.0599\n")
