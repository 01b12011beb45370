def mean(values):
    return sum(values) / len(values)


def digamma(x):
    """Raised by its recurrence to where the asymptotic series holds."""
    total = 0.0
    while x < 10:
        total -= 1 / x
        x += 1
    q = 1 / x**2
    return total + math.log(x) - 0.5 / x - q * (1 / 12 - q * (1 / 120 - q * (1 / 252 - q * (1 / 240 - q / 132))))


def trigamma(x):
    total = 0.0
    while x < 10:
        total += 1 / x**2
        x += 1
    q = 1 / x**2
    return total + 1 / x + 0.5 * q + q / x * (1 / 6 - q * (1 / 30 - q * (1 / 42 - q * (1 / 30 - q * 5 / 66))))


def learned_df(excess):
    """2 times the inverse of trigamma, by halving; infinite where nothing is left beyond sampling."""
    if excess <= 0:
        return math.inf
    low, high = 1e-8, 1e8
    for _ in range(200):
        middle = math.sqrt(low * high)
        low, high = (middle, high) if trigamma(middle) > excess else (low, middle)
    return 2 * middle


d = sum(sizes) - 2
log_fold_change, s2 = [], []
for row in y:
    first, second = row[: sizes[0]], row[sizes[0] :]
    log_fold_change.append(mean(second) - mean(first))
    within = sum((v - mean(group)) ** 2 for group in (first, second) for v in group)
    s2.append(within / d)

# What all genes teach of variances: the variance of log s2 less that of sampling.
ordered, half = sorted(s2), len(s2) // 2
median = ordered[half] if len(s2) % 2 else (ordered[half - 1] + ordered[half]) / 2
kept = [max(v, 1e-5 * median) for v in s2]
logs = [math.log(v) for v in kept]
center = mean(logs)
excess = sum((v - center) ** 2 for v in logs) / (len(logs) - 1) - trigamma(d / 2)
prior_df = {{df_python}}


def bias(df):
    return digamma(df / 2) - math.log(df / 2)


if math.isinf(prior_df):
    prior_var, share = mean(kept), 1.0
else:
    prior_var = math.exp(mean(logs) - bias(d) + bias(prior_df))
    share = prior_df / (prior_df + d)

posterior_var = [share * prior_var + (1 - share) * v for v in s2]
v = sum(1 / size for size in sizes)
t = [change / math.sqrt(var * v) for change, var in zip(log_fold_change, posterior_var)]
for g in sorted(range(len(t)), key=lambda g: -abs(t[g]))[:10]:
    print(f"{names[g]:12} {log_fold_change[g]:8.3f} {s2[g]:8.4f} {posterior_var[g]:8.4f} {t[g]:8.2f}")
