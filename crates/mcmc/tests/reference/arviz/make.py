"""Writes input.json and expected.json: draws, and what ArviZ says of them.

    pip install arviz==0.23.4 && python make.py
"""
import json
import warnings

warnings.simplefilter("ignore")
import arviz as az
import numpy as np
import scipy
from arviz.stats import diagnostics as d

rng = np.random.default_rng(2021)


def ar(rho, chains, draws):
    x = np.zeros((chains, draws))
    x[:, 0] = rng.normal(size=chains)
    for t in range(1, draws):
        x[:, t] = rho * x[:, t - 1] + np.sqrt(1 - rho**2) * rng.normal(size=chains)
    return x


inputs = {
    "independent": rng.normal(size=(4, 200)),
    "autocorrelated": ar(0.9, 4, 250),
    "antithetic": ar(-0.6, 4, 200),
    "shifted chain, odd length": ar(0.3, 3, 151) + np.array([[0.0], [0.0], [1.0]]),
    "scaled chain": rng.normal(size=(4, 120)) * np.array([[1.0], [1.0], [1.0], [3.0]]),
    "heavy tails": rng.standard_cauchy(size=(4, 200)),
    "ties": np.round(ar(0.5, 4, 160), 1),
    "whole numbers": rng.poisson(1.5, size=(2, 101)).astype(float),
    "trend": np.linspace(-1, 1, 100) + rng.normal(size=(2, 100)),
    "very short": rng.normal(size=(2, 9)),
    "slow": ar(0.995, 4, 150),
}
expected = {"versions": {"arviz": az.__version__, "numpy": np.__version__, "scipy": scipy.__version__}, "values": {}}
for name, x in inputs.items():
    expected["values"][name] = {
        "rhat": d._rhat_rank(x),
        "ess_bulk": d._ess_bulk(x),
        "ess_tail": d._ess_tail(x),
        "ess_mean": d._ess_mean(x),
        "ess_quantile_0.25": d._ess_quantile(x, 0.25),
        "mcse_mean": d._mcse_mean(x),
        "mcse_quantile_0.25": d._mcse_quantile(x, 0.25),
        "mcse_quantile_0.95": d._mcse_quantile(x, 0.95),
        "e_bfmi": float(d._bfmi(x[0])[0]),
        # The columns of R's posterior::summarise_draws, by its definitions.
        "mean": np.mean(x),
        "median": np.median(x),
        "sd": np.std(x, ddof=1),
        "mad": 1.4826 * np.median(np.abs(x - np.median(x))),
        "q5": np.quantile(x, 0.05, method="linear"),
        "q95": np.quantile(x, 0.95, method="linear"),
    }
expected["values"] = {k: {m: float(v) for m, v in w.items()} for k, w in expected["values"].items()}
json.dump({k: x.tolist() for k, x in inputs.items()}, open("input.json", "w"))
json.dump(expected, open("expected.json", "w"), indent=1)
