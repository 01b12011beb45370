# limma
# #/limma?genes=200
# The same numbers from the closed formulas, without any package.

rows <- read.csv("limma_seed-1973_data.csv", check.names = FALSE)
y <- as.matrix(rows[, -1])
sizes <- c(3, 3)  # samples of each group

first <- y[, seq_len(sizes[1]), drop = FALSE]
second <- y[, -seq_len(sizes[1]), drop = FALSE]
log_fold_change <- rowMeans(second) - rowMeans(first)
d <- sum(sizes) - 2
s2 <- (rowSums((first - rowMeans(first))^2) + rowSums((second - rowMeans(second))^2)) / d

# The inverse of trigamma by Newton's steps.
trigamma_inverse <- function(x) {
  v <- 0.5 + 1 / x
  for (i in 1:50) v <- v + trigamma(v) * (1 - trigamma(v) / x) / psigamma(v, 2)
  v
}

# What all genes teach of variances: the variance of log s2 less that of sampling.
kept <- pmax(s2, 1e-5 * median(s2))
excess <- var(log(kept)) - trigamma(d / 2)
prior_df <- if (excess > 0) 2 * trigamma_inverse(excess) else Inf
bias <- function(df) digamma(df / 2) - log(df / 2)
prior_var <- if (is.finite(prior_df)) exp(mean(log(kept)) - bias(d) + bias(prior_df)) else mean(kept)
share <- if (is.finite(prior_df)) prior_df / (prior_df + d) else 1

posterior_var <- share * prior_var + (1 - share) * s2
t <- log_fold_change / sqrt(posterior_var * sum(1 / sizes))
top <- order(-abs(t))[1:10]
print(data.frame(gene = rows[top, 1], log_fold_change = log_fold_change[top], s2 = s2[top], posterior_var = posterior_var[top], t = t[top]), digits = 4)

cat("common variance:", sprintf("%.5f", prior_var), " the page says 0.09046\n")
cat("share of a variance that is the common one:", sprintf("%.4f", share), " the page says 0.5962\n")
cat("moderated t of gene 83:", sprintf("%.3f", t[83]), " the page says -5.219\n")
