# likelihood-hidden
# #/likelihood?mu=5&n=40&truth=hidden&seed=9
# Samples the posterior with Stan. Needs Python with cmdstanpy.

from pathlib import Path

from cmdstanpy import CmdStanModel  # https://mc-stan.org/cmdstanpy

# The data.
y = [
  3.233203964638389, 3.183541655831628, 3.858464814077253, 3.722394970170778, 4.436306898428284,
  2.8131274750327924, 5.191986907583535, 3.9818096571016484, 3.751915402330252,
  3.637063109234824, 5.277570548267491, 3.53110285302073, 4.071054101694899, 3.733961550247736,
  5.845257195276359, 3.160550342547152, 3.9225519413638263, 1.3822944737326064,
  4.887884025816091, 3.2925085537023477, 5.756992940327513, 4.18225214320246,
  3.7331112547864342, 4.926421631247553, 3.306668122807206, 6.681990069709293,
  4.222524480155769, 3.293327588440705, 4.417213245769949, 4.369556778154887, 3.086235650586621,
  3.6830852546864548, 5.04905920530619, 4.168111806535603, 4.031440211503415,
  2.9896694606253416, 4.382751532382517, 3.1803034744632095, 4.361711094299783,
  4.093371363149506
]
n = len(y)

STAN = """
data {
  int<lower=1> n;  // number of data
  vector[n] y;     // the data
}
parameters {
  real mu;         // the mean that is asked for
}
model {
  // mu: flat prior, so that the posterior is the likelihood scaled to area 1.
  y ~ normal(mu, 1);
}
"""

path = Path("likelihood_seed-9.stan")
path.write_text(STAN)
model = CmdStanModel(stan_file=str(path))
fit = model.sample(
    data={"n": n, "y": y},
    seed=9, chains=4, parallel_chains=4,
    iter_warmup=1000, iter_sampling=1000, adapt_delta=0.8,
)
summary = fit.summary()
print(summary)

# Equal up to Monte Carlo error, of which the column MCSE tells.
print(f"highest at the mean of the data: {summary.loc['mu', 'Mean']:.4f}  the page says 4.0208")
