from pathlib import Path

from cmdstanpy import CmdStanModel  # https://mc-stan.org/cmdstanpy

{{data}}
STAN = """
{{stan}}"""

path = Path("{{stem}}.stan")
path.write_text(STAN)
model = CmdStanModel(stan_file=str(path))
fit = model.sample(
    data={{{list}}},
    seed={{seed}}, chains=4, parallel_chains=4,
    iter_warmup={{warmup}}, iter_sampling={{draws}}, adapt_delta={{accept}},
)
summary = fit.summary()
print(summary)

# Equal up to Monte Carlo error, of which the column MCSE tells.
{{checks}}
