# tf-binding-own
# #/tf-binding?set=own&own=feature,experiment,celltype,beta_hat,se;x,1,A,0.5,0.1;x,2,B,-1,0.2;x,3,A,0.4,0.1;y,3,A,2,0.5
# Every node of the tree from the closed formulas, the SDs given: no sampling, no packages.

# Features: 1 x, 2 y.
# Cell types: 1 A, 2 B.
feature <- c(1, 1, 1, 2)
experiment <- c(1, 2, 3, 2)
beta_hat <- c(0.5, 0.4, -1, 2)
se <- c(0.1, 0.1, 0.2, 0.5)
cell_type <- c(1, 1, 2)  # of each experiment
N <- length(beta_hat)
J <- 2
K <- length(cell_type)
C <- 2

# The SDs that make the coefficients likeliest; put in others, such as Stan's, to see the nodes move.
sigma_lambda <- 0.00003744361948217551
sigma_beta <- 0.0000008315287191035679
sigma_nu <- c(1.3198336618044082, 0.9797958971436858)

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

cat("lambda[1] given the likeliest SDs:", sprintf("%.4f", first), " the page says -0.0000\n")
cat("nu[1, 1] given the likeliest SDs:", sprintf("%.4f", first_types[1]), " the page says 0.4487\n")
cat("lambda[2] given the likeliest SDs:", sprintf("%.4f", last), " the page says 0.0000\n")
cat("nu[2, 1] given the likeliest SDs:", sprintf("%.4f", last_types[1]), " the page says 1.7490\n")
