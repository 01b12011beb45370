# likelihood
# #/likelihood
# The same numbers from the closed formulas, without any package.

# The page draws its data as R does.
set.seed(1)
y <- rnorm(5, 4)
n <- length(y)

guess <- 3  # your mean

# Each datum rates a mean by its own normal density; the ratings multiply, their logarithms add up.
log_likelihood <- function(mu) sum(dnorm(y, mu, 1, log = TRUE))

mle <- mean(y)
relative <- exp(log_likelihood(guess) - log_likelihood(mle))

cat("highest at the mean of the data:", sprintf("%.4f", mle), " the page says 4.1293\n")
cat("log likelihood of your mean:", sprintf("%.2f", log_likelihood(guess)), " the page says -9.63\n")
cat("likelihood of your mean over the highest:", sprintf("%.4f", relative), " the page says 0.0412\n")
