"""Recomputes expected.json's posterior from its y by dense matrix algebra (numpy only).

    python check.py
"""
import json

import numpy as np

e = json.load(open("expected.json"))
y, region = np.array(e["y"]), np.array(e["region"]) - 1
n, K = len(y), e["K"]
member = np.eye(K)[region]
prior = np.block([[25 * np.eye(K), 25 * member.T], [25 * member, 25 * member @ member.T + np.eye(n)]])
gain = prior[:, K:] @ np.linalg.inv(prior[K:, K:] + np.eye(n))
mean = gain @ y
cov = prior - gain @ prior[K:, :]
marginal = prior[K:, K:] + np.eye(n)
log_marginal = -0.5 * (n * np.log(2 * np.pi) + np.linalg.slogdet(marginal)[1] + y @ np.linalg.solve(marginal, y))
for name, value in [
    ("theta_mean", mean[:K]), ("theta_sd", np.sqrt(np.diag(cov))[:K]),
    ("mu_mean", mean[K:]), ("mu_sd", np.sqrt(np.diag(cov))[K:]),
    ("cov_theta1_mu1", cov[0, K]), ("cov_mu1_mu2", cov[K, K + 1]),
    ("log_marginal_likelihood", log_marginal),
]:
    difference = np.max(np.abs(np.array(e[name]) - value))
    print(f"{name:26} largest difference {difference:.1e}")
    assert difference < 1e-11
