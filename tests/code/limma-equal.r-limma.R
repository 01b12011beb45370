# limma-equal
# #/limma?genes=100&variances=equal&replicates=2
# What limma itself says of these genes. Needs R with the package limma.

library(limma)  # https://bioconductor.org/packages/limma

rows <- read.csv("limma_seed-1973_data.csv", check.names = FALSE)
y <- as.matrix(rows[, -1])
rownames(y) <- rows[, 1]
group <- factor(rep(c("first", "second"), c(2, 2)))
fit <- eBayes(lmFit(y, model.matrix(~group)))
print(topTable(fit, coef = 2, number = 10))

prior_var <- fit$s2.prior
share <- if (is.finite(fit$df.prior)) fit$df.prior / (fit$df.prior + fit$df.residual[1]) else 1
t <- fit$t[, 2]

cat("common variance:", sprintf("%.5f", prior_var), " the page says 0.08129\n")
cat("share of a variance that is the common one:", sprintf("%.4f", share), " the page says 1.0000\n")
cat("moderated t of gene 83:", sprintf("%.3f", t[83]), " the page says -4.645\n")
