rows <- read.csv("{{file}}", check.names = FALSE)
y <- as.matrix(rows[, -1])
sizes <- c({{first}}, {{second}})  # samples of each group
