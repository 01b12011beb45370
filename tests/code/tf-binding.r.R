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
  0.5528867326327109, 0.3258936782497945, 0.16637087943743936, 0.01285399361849958,
  0.3135059787984773, 0.5060183097499639, 0.20673588219216582, 0.2121036257348413,
  0.3349416913374135, 0.49210155752776824, 0.307008255020007, 0.4199699706077766,
  0.665418165805081, 0.2919939665624898, 0.43037357747275107, 1.0839154442351766,
  -0.6223852930710919, -0.2921431193897973, -0.23652980131652035, -0.09875086530431494,
  0.09428749840576259, 0.19273602972535456, -0.02633325135378614, 1.0170671413170347,
  0.3790992490349982, -0.2516649290739856, -0.15191776767727813, -0.45904110139198784,
  -0.04777469607756245, -0.0504884901345745, -0.22692521586415168, 0.2517016521969236
)
se <- c(
  0.1569089789360541, 0.12446187274080306, 0.11829012952147926, 0.13590259405172606,
  0.16303295649149863, 0.15270247575481835, 0.1429556025804489, 0.13818044993553943,
  0.12475688548079936, 0.13363389149148436, 0.12792682267048255, 0.13335035372949533,
  0.14284655611189576, 0.12388856220877922, 0.12288269141502454, 0.14725901144241227,
  0.14351569675761428, 0.11320147482411537, 0.10959312723791285, 0.1329275971894436,
  0.1335939051704409, 0.10811292861768206, 0.1058004984699264, 0.16456906059879278,
  0.13660989715300395, 0.12432205710807143, 0.12088424426598747, 0.1514604962553975,
  0.11932269858143493, 0.11811837332142824, 0.1175906868622315, 0.13496873167545878
)
cell_type <- c(1, 2, 2, 3)  # of each experiment
N <- length(beta_hat)
J <- 8
K <- length(cell_type)
C <- 3

# The SDs that make the coefficients likeliest; put in others, such as Stan's, to see the nodes move.
sigma_lambda <- 0.2675341774669746
sigma_beta <- 0.0000008315287191035679
sigma_nu <- c(0.24376039526294754, 0.0000008376038136457664, 0.4323757910537719)

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
