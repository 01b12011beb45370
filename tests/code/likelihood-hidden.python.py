# likelihood-hidden
# #/likelihood?mu=5&n=40&truth=hidden&seed=9
# The same numbers from the closed formulas, without any package.

import math

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

guess = 5  # your mean

# Each datum rates a mean by its own normal density; the ratings multiply, their logarithms add up.
def log_likelihood(mu):
    return sum(-0.5 * (v - mu) ** 2 - 0.5 * math.log(2 * math.pi) for v in y)

mle = sum(y) / n
relative = math.exp(log_likelihood(guess) - log_likelihood(mle))

print(f"highest at the mean of the data: {mle:.4f}  the page says 4.0208")
print(f"log likelihood of your mean: {log_likelihood(guess):.2f}  the page says -73.62")
print(f"likelihood of your mean over the highest: {relative:.4f}  the page says 0.0000")
