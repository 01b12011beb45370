library(limma)  # https://bioconductor.org/packages/limma

rows <- read.csv("{{file}}", check.names = FALSE)
y <- as.matrix(rows[, -1])
rownames(y) <- rows[, 1]
group <- factor(rep(c("first", "second"), c({{first}}, {{second}})))
fit <- eBayes(lmFit(y, model.matrix(~group)))
print(topTable(fit, coef = 2, number = 10))

prior_var <- fit$s2.prior
share <- if (is.finite(fit$df.prior)) fit$df.prior / (fit$df.prior + fit$df.residual[1]) else 1
t <- fit$t[, 2]
