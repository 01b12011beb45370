# Total squared error against the truth.
loss <- function(estimate) sum((estimate - truth)^2)

