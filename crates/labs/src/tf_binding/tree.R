# The SDs that make the coefficients likeliest; put in others, such as Stan's, to see the nodes move.
sigma_lambda <- {{all_sd}}
sigma_beta <- {{experiment_sd}}
sigma_nu <- {{cell_type_sd}}

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
