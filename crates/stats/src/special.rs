//! Distribution functions: normal, chi-square, F, t and beta; the gamma function and the derivatives of its logarithm.
//!
//! Transcendental functions come from `libm`, the incomplete gamma function and that of F from `statrs`, which is
//! large: what a program of the workers needs besides stands here.

use std::f64::consts::{FRAC_1_SQRT_2, PI};

use as_241::{CENTER_DEN, CENTER_NUM, SHOULDER_DEN, SHOULDER_NUM, TAIL_DEN, TAIL_NUM};

/// Density of N(0, 1) at `x`.
#[must_use]
pub fn normal_pdf(x: f64) -> f64 {
    libm::exp(-0.5 * x * x) / (2.0 * PI).sqrt()
}

/// P(Z ≤ `x`) for Z ~ N(0, 1); relative precision holds in the lower tail.
#[must_use]
pub fn normal_cdf(x: f64) -> f64 {
    0.5 * libm::erfc(-x * FRAC_1_SQRT_2)
}

/// P(Z > `x`) for Z ~ N(0, 1); relative precision holds in the upper tail.
#[must_use]
pub fn normal_survival(x: f64) -> f64 {
    normal_cdf(-x)
}

/// The z with P(Z ≤ z) = `p`: −∞ at 0, ∞ at 1, NaN outside [0, 1].
///
/// # Source
/// Wichura 1988, Algorithm AS 241 (PPND16), Appl. Stat. 37:477–484; written out
/// in the order of operations of R's `qnorm`, whose normal variates
/// [`crate::r_random`] rebuilds from it.
#[must_use]
pub fn normal_quantile(p: f64) -> f64 {
    if !(0.0..=1.0).contains(&p) {
        return f64::NAN;
    }
    if p == 0.0 || p == 1.0 {
        return if p == 0.0 { f64::NEG_INFINITY } else { f64::INFINITY };
    }
    let q = p - 0.5;
    if q.abs() <= 0.425 {
        let r = 0.180_625 - q * q;
        return q * polynomial(r, &CENTER_NUM) / polynomial(r, &CENTER_DEN);
    }
    let tail = if q < 0.0 { p } else { 1.0 - p };
    let r = libm::sqrt(-libm::log(tail));
    let z = if r <= 5.0 {
        polynomial(r - 1.6, &SHOULDER_NUM) / polynomial(r - 1.6, &SHOULDER_DEN)
    } else {
        polynomial(r - 5.0, &TAIL_NUM) / polynomial(r - 5.0, &TAIL_DEN)
    };
    if q < 0.0 { -z } else { z }
}

/// Natural logarithm of the gamma function at `x` > 0.
#[must_use]
pub fn ln_gamma(x: f64) -> f64 {
    libm::lgamma(x)
}

/// ψ(`x`), the first derivative of ln Γ, at `x` > 0.
///
/// # Source
/// Abramowitz & Stegun 1964, 6.3.5 (recurrence) and 6.3.18 (asymptotic series).
#[must_use]
pub fn digamma(x: f64) -> f64 {
    let (shift, z) = shifted(x, |z| -1.0 / z);
    let r = 1.0 / (z * z);
    let series = polynomial_up(
        r,
        &[1.0 / 12.0, -1.0 / 120.0, 1.0 / 252.0, -1.0 / 240.0, 1.0 / 132.0, -691.0 / 32760.0, 1.0 / 12.0],
    );
    shift + libm::log(z) - 0.5 / z - r * series
}

/// ψ′(`x`), the second derivative of ln Γ, at `x` > 0.
///
/// # Source
/// Abramowitz & Stegun 1964, 6.4.6 (recurrence) and 6.4.12 (asymptotic series).
#[must_use]
pub fn trigamma(x: f64) -> f64 {
    let (shift, z) = shifted(x, |z| 1.0 / (z * z));
    let r = 1.0 / (z * z);
    let series = polynomial_up(
        r,
        &[1.0 / 6.0, -1.0 / 30.0, 1.0 / 42.0, -1.0 / 30.0, 5.0 / 66.0, -691.0 / 2730.0, 7.0 / 6.0],
    );
    shift + (1.0 + 0.5 / z + r * series) / z
}

/// ψ″(`x`), the third derivative of ln Γ, at `x` > 0; negative.
///
/// # Source
/// Abramowitz & Stegun 1964, 6.4.6 (recurrence) and 6.4.13 (asymptotic series).
#[must_use]
pub fn tetragamma(x: f64) -> f64 {
    let (shift, z) = shifted(x, |z| -2.0 / (z * z * z));
    let r = 1.0 / (z * z);
    let series = polynomial_up(r, &[0.5, -1.0 / 6.0, 1.0 / 6.0, -0.3, 5.0 / 6.0, -691.0 / 210.0, 17.5]);
    shift - r * (1.0 + 1.0 / z + r * series)
}

/// The y > 0 with ψ′(y) = `x`, for `x` > 0; NaN else.
///
/// # Source
/// Smyth 2004, Stat. Appl. Genet. Mol. Biol. 3(1):3, appendix: Newton's method on 1/ψ′, which is convex, so
/// that the steps never turn back.
#[must_use]
pub fn trigamma_inverse(x: f64) -> f64 {
    const LARGE: f64 = 1e7; // Beyond, ψ′(y) is 1/y² to rounding.
    const SMALL: f64 = 1e-6; // Below, ψ′(y) is 1/y to rounding.
    const TOLERANCE: f64 = 1e-8; // Relative; the error of the next step is its square.
    const MAX_STEPS: usize = 50;
    if x.is_nan() || x <= 0.0 {
        return f64::NAN;
    }
    if x > LARGE {
        return 1.0 / x.sqrt();
    }
    if x < SMALL {
        return 1.0 / x;
    }
    let mut y = 0.5 + 1.0 / x;
    for _ in 0..MAX_STEPS {
        let value = trigamma(y);
        let step = value * (1.0 - value / x) / tetragamma(y);
        y += step;
        if -step / y < TOLERANCE {
            break;
        }
    }
    y
}

/// Σ `term`(z) over the z = `x`, `x` + 1, … that are too small for an asymptotic series, and the first that is not.
fn shifted(x: f64, term: impl Fn(f64) -> f64) -> (f64, f64) {
    const FAR: f64 = 16.0; // Seven terms of the series are then exact to rounding.
    let (mut sum, mut z) = (0.0, x);
    while z < FAR {
        sum += term(z);
        z += 1.0;
    }
    (sum, z)
}

/// Horner's scheme, coefficients from the constant up.
fn polynomial_up(x: f64, coefficients: &[f64]) -> f64 {
    coefficients.iter().rev().fold(0.0, |sum, c| sum * x + c)
}

/// P(X ≤ `x`) for X ~ chi-square with `df` > 0 degrees of freedom.
///
/// # Panics
/// If `df` is not positive and finite.
#[must_use]
pub fn chi_square_cdf(x: f64, df: f64) -> f64 {
    if x <= 0.0 { 0.0 } else { statrs::function::gamma::gamma_lr(0.5 * df, 0.5 * x) }
}

/// P(X > `x`) for X ~ chi-square with `df` > 0 degrees of freedom.
///
/// # Panics
/// If `df` is not positive and finite.
#[must_use]
pub fn chi_square_survival(x: f64, df: f64) -> f64 {
    if x <= 0.0 { 1.0 } else { statrs::function::gamma::gamma_ur(0.5 * df, 0.5 * x) }
}

/// P(X > `x`) for X ~ F with `df1` and `df2` degrees of freedom, both > 0.
///
/// # Panics
/// If a number of degrees of freedom is not positive.
#[must_use]
pub fn f_survival(x: f64, df1: f64, df2: f64) -> f64 {
    if x <= 0.0 { 1.0 } else { statrs::function::beta::beta_reg(0.5 * df2, 0.5 * df1, df2 / (df2 + df1 * x)) }
}

/// P(|X| > |`t`|) for X ~ t with `df` > 0 degrees of freedom: relative precision, however many they are.
///
/// # Source
/// The incomplete beta function I(df/2, ½) at df/(df + t²), by the continued fraction of DiDonato & Morris
/// 1992, ACM TOMS 18:360–373, eq. 9, in Lentz's way; on the side on which it converges quickly.
#[must_use]
pub fn t_two_sided(t: f64, df: f64) -> f64 {
    let square = t * t;
    let (x, y) = (df / (df + square), square / (df + square));
    if y <= 0.0 {
        return 1.0;
    }
    // Logarithms of x and y that keep their digits where one of the two is near 1.
    let (log_x, log_y) = (-libm::log1p(square / df), -libm::log1p(df / square));
    let (a, b) = (0.5 * df, 0.5);
    let front = libm::exp(log_gamma_step(a) - 0.5 * libm::log(PI) + a * log_x + b * log_y);
    if x < (a + 1.0) / (a + b + 2.0) {
        front / beta_fraction(a, b, x, y)
    } else {
        1.0 - front / beta_fraction(b, a, y, x)
    }
}

/// ln Γ(a + ½) − ln Γ(a).
///
/// # Source
/// For large a the series of Tricomi & Erdélyi 1951, Pac. J. Math. 1:133–142.
fn log_gamma_step(a: f64) -> f64 {
    const FAR: f64 = 30.0; // Four terms are then exact to rounding.
    if a < FAR {
        return ln_gamma(a + 0.5) - ln_gamma(a);
    }
    let r = 1.0 / (a * a);
    let series = polynomial_up(r, &[-1.0 / 8.0, 1.0 / 192.0, -1.0 / 640.0, 17.0 / 14336.0]);
    0.5 * libm::log(a) + series / a
}

/// x^a y^b / (B(a, b) I) as a continued fraction, `y` = 1 − `x`.
fn beta_fraction(a: f64, b: f64, x: f64, y: f64) -> f64 {
    const MAX_TERMS: usize = 10_000;
    const TINY: f64 = 1e-300;
    // Two ways to write it; the smaller of x and y keeps the digits.
    let lambda = if x < y { a - (a + b) * x } else { (a + b) * y - b };
    let mut fraction = a * (lambda + 1.0) / (a + 1.0);
    if fraction == 0.0 {
        fraction = TINY;
    }
    let (mut c, mut d) = (fraction, 0.0);
    let mut n = 1.0;
    for _ in 0..MAX_TERMS {
        let m = a + 2.0 * n - 1.0;
        let alpha = (a + n - 1.0) * (a + b + n - 1.0) * n * (b - n) * x * x / (m * m);
        let beta = n + n * (b - n) * x / m + (a + n) / (a + 2.0 * n + 1.0) * (lambda + 1.0 + n * (1.0 + y));
        d = 1.0 / nonzero(beta + alpha * d, TINY);
        c = nonzero(beta + alpha / c, TINY);
        let factor = c * d;
        fraction *= factor;
        if (factor - 1.0).abs() < f64::EPSILON {
            break;
        }
        n += 1.0;
    }
    fraction
}

fn nonzero(x: f64, tiny: f64) -> f64 {
    if x == 0.0 { tiny } else { x }
}

/// The t ≥ 0 with P(|X| > t) = `p` for X ~ t with `df` > 0 degrees of freedom: ∞ at 0, 0 at 1, NaN
/// outside [0, 1].
///
/// # Panics
/// If `df` is not positive.
#[must_use]
pub fn t_two_sided_quantile(p: f64, df: f64) -> f64 {
    const MAX_STEPS: usize = 100;
    if !(0.0..=1.0).contains(&p) {
        return f64::NAN;
    }
    if p == 0.0 || p == 1.0 {
        return if p == 0.0 { f64::INFINITY } else { 0.0 };
    }
    let log_scale = log_gamma_step(0.5 * df) - 0.5 * libm::log(df * PI);
    let density = |t: f64| libm::exp(log_scale - 0.5 * (df + 1.0) * libm::log1p(t * t / df));
    // The normal quantile is too small. Newton's method on the logarithm of the tail against that of t, held
    // within brackets: far out it is a straight line.
    let (mut low, mut high) = (-normal_quantile(0.5 * p), f64::INFINITY);
    let mut t = low;
    for _ in 0..MAX_STEPS {
        let tail = t_two_sided(t, df);
        if tail > p {
            low = t;
        } else {
            high = t;
        }
        let newton = t * libm::exp(tail * libm::log(tail / p) / (2.0 * t * density(t)));
        let next = match newton {
            next if next >= low && next <= high => next,
            _ if high.is_finite() => 0.5 * (low + high),
            _ => 2.0 * t + 1.0,
        };
        if (next - t).abs() <= 4.0 * f64::EPSILON * next {
            return next;
        }
        t = next;
    }
    t
}

/// The x with P(X ≤ x) = `p` for X ~ beta(`a`, `b`) with `a`, `b` ≥ 1: NaN outside [0, 1] and for shapes that are not
/// finite.
#[must_use]
pub fn beta_quantile(p: f64, a: f64, b: f64) -> f64 {
    const MAX_STEPS: usize = 100;
    const SMALL_STEP: f64 = 1e-9; // What is left after it is its square.
    let is_sound = (0.0..=1.0).contains(&p) && a.is_finite() && b.is_finite();
    if !is_sound || p == 0.0 || p == 1.0 {
        return if is_sound { p } else { f64::NAN };
    }
    let log_scale = ln_gamma_series(a + b) - ln_gamma_series(a) - ln_gamma_series(b);
    // Newton's method from the mean, held within brackets.
    let (mut low, mut high) = (0.0, 1.0);
    let mut x = a / (a + b);
    for _ in 0..MAX_STEPS {
        let y = 1.0 - x;
        // x y times the density.
        let front = libm::exp(log_scale + a * libm::log(x) + b * libm::log1p(-x));
        let below = if x < (a + 1.0) / (a + b + 2.0) {
            front / beta_fraction(a, b, x, y)
        } else {
            1.0 - front / beta_fraction(b, a, y, x)
        };
        if below > p {
            high = x;
        } else {
            low = x;
        }
        let newton = x - (below - p) * x * y / front;
        let next = if newton >= low && newton <= high { newton } else { 0.5 * (low + high) };
        if (next - x).abs() <= SMALL_STEP * next {
            return next;
        }
        x = next;
    }
    x
}

/// [`ln_gamma`] for x ≥ 1, by Stirling's series: a tenth of its code, and its digits but the last two.
fn ln_gamma_series(x: f64) -> f64 {
    const FAR: f64 = 16.0; // Five terms of the series are then exact to rounding.
    let (mut product, mut z) = (1.0, x);
    while z < FAR {
        product *= z;
        z += 1.0;
    }
    let r = 1.0 / (z * z);
    let series = polynomial_up(r, &[1.0 / 12.0, -1.0 / 360.0, 1.0 / 1260.0, -1.0 / 1680.0, 1.0 / 1188.0]);
    (z - 0.5) * libm::log(z) - z + 0.5 * libm::log(2.0 * PI) + series / z - libm::log(product)
}

/// Horner's scheme, coefficients from the highest power down.
fn polynomial(x: f64, coefficients: &[f64; 8]) -> f64 {
    coefficients[1..].iter().fold(coefficients[0], |sum, &c| sum * x + c)
}

/// Coefficients of PPND16 as printed there: centre |p − ½| ≤ 0.425 (a, b), shoulder r ≤ 5 (c, d), tail r > 5 (e, f).
#[expect(clippy::excessive_precision, reason = "digits as printed in the source")]
mod as_241 {
    pub(super) const CENTER_NUM: [f64; 8] = [
        2509.0809287301226727,
        33430.575583588128105,
        67265.770927008700853,
        45921.953931549871457,
        13731.693765509461125,
        1971.5909503065514427,
        133.14166789178437745,
        3.387132872796366608,
    ];
    pub(super) const CENTER_DEN: [f64; 8] = [
        5226.495278852545925,
        28729.085735721942674,
        39307.89580009271061,
        21213.794301586595867,
        5394.1960214247511077,
        687.1870074920579083,
        42.313330701600911252,
        1.0,
    ];
    pub(super) const SHOULDER_NUM: [f64; 8] = [
        7.7454501427834140764e-4,
        0.0227238449892691845833,
        0.24178072517745061177,
        1.27045825245236838258,
        3.64784832476320460504,
        5.7694972214606914055,
        4.6303378461565452959,
        1.42343711074968357734,
    ];
    pub(super) const SHOULDER_DEN: [f64; 8] = [
        1.05075007164441684324e-9,
        5.475938084995344946e-4,
        0.0151986665636164571966,
        0.14810397642748007459,
        0.68976733498510000455,
        1.6763848301838038494,
        2.05319162663775882187,
        1.0,
    ];
    pub(super) const TAIL_NUM: [f64; 8] = [
        2.01033439929228813265e-7,
        2.71155556874348757815e-5,
        0.0012426609473880784386,
        0.026532189526576123093,
        0.29656057182850489123,
        1.7848265399172913358,
        5.4637849111641143699,
        6.6579046435011037772,
    ];
    pub(super) const TAIL_DEN: [f64; 8] = [
        2.04426310338993978564e-15,
        1.4215117583164458887e-7,
        1.8463183175100546818e-5,
        7.868691311456132591e-4,
        0.0148753612908506148525,
        0.13692988092273580531,
        0.59983220655588793769,
        1.0,
    ];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_close(got: f64, expected: f64, relative: f64) {
        assert!((got - expected).abs() <= relative * expected.abs(), "{got} is not {expected}");
    }

    #[test]
    fn normal_probabilities_match_tables() {
        // Abramowitz & Stegun 1964, tables 26.1 and 26.2.
        assert_close(normal_pdf(1.0), 0.241_970_724_519_143_37, 1e-15);
        assert_close(normal_cdf(1.0), 0.841_344_746_068_542_9, 1e-15);
        assert_close(normal_cdf(-5.0), 2.866_515_718_791_939e-7, 1e-14);
        assert_close(normal_survival(2.0), 0.022_750_131_948_179_21, 1e-14);
    }

    #[test]
    fn normal_quantile_matches_the_check_values_of_as_241() {
        // The three values Wichura gives, one for each branch.
        assert_close(normal_quantile(0.25), -0.674_489_750_196_081_7, 1e-15);
        assert_close(normal_quantile(0.001), -3.090_232_306_167_813_5, 1e-15);
        assert_close(normal_quantile(1e-20), -9.262_340_089_798_408, 1e-15);
        assert_close(normal_quantile(0.975), 1.959_963_984_540_054, 1e-15);
    }

    #[test]
    fn normal_quantile_inverts_the_distribution_function() {
        for i in 1..400 {
            let p = f64::from(i) / 400.0;
            assert_close(normal_cdf(normal_quantile(p)), p, 1e-14);
        }
        for exponent in 3..300 {
            let p = libm::pow(10.0, -f64::from(exponent));
            assert_close(normal_cdf(normal_quantile(p)), p, 2e-12);
        }
        assert_eq!(normal_quantile(0.0), f64::NEG_INFINITY);
        assert_eq!(normal_quantile(1.0), f64::INFINITY);
        assert!(normal_quantile(1.1).is_nan() && normal_quantile(f64::NAN).is_nan());
    }

    #[test]
    fn chi_square_has_its_closed_forms() {
        // df = 2 is exponential; df = 4 and 6 are Poisson sums; df = 1 is a squared normal.
        for x in [0.01, 0.5, 2.0, 7.0, 30.0] {
            let h: f64 = 0.5 * x;
            let e = libm::exp(-h);
            assert_close(chi_square_survival(x, 2.0), e, 1e-12);
            assert_close(chi_square_survival(x, 4.0), e * (1.0 + h), 1e-12);
            assert_close(chi_square_survival(x, 6.0), e * (1.0 + h + 0.5 * h * h), 1e-12);
            assert_close(chi_square_survival(x, 1.0), 2.0 * normal_survival(x.sqrt()), 1e-12);
            assert_close(chi_square_cdf(x, 1.0) + chi_square_survival(x, 1.0), 1.0, 1e-13);
        }
        assert_eq!((chi_square_cdf(0.0, 3.0), chi_square_survival(-1.0, 3.0)), (0.0, 1.0));
    }

    #[test]
    fn ln_gamma_is_the_factorial() {
        assert_close(ln_gamma(11.0), libm::log(3_628_800.0), 1e-15);
        assert_close(ln_gamma(0.5), 0.5 * libm::log(PI), 1e-15);
    }

    /// Abramowitz & Stegun 1964, table 6.1 and closed forms.
    #[test]
    fn derivatives_of_the_log_gamma_function_have_their_closed_forms() {
        const EULER: f64 = 0.577_215_664_901_532_9;
        const APERY: f64 = 1.202_056_903_159_594_2;
        assert_close(digamma(1.0), -EULER, 1e-15);
        assert_close(digamma(0.5), -EULER - 2.0 * std::f64::consts::LN_2, 1e-15);
        assert_close(digamma(10.0), 2.251_752_589_066_721, 1e-15);
        assert_close(trigamma(1.0), PI * PI / 6.0, 1e-15);
        assert_close(trigamma(0.5), PI * PI / 2.0, 1e-15);
        assert_close(tetragamma(1.0), -2.0 * APERY, 1e-15);
        assert_close(tetragamma(0.5), -14.0 * APERY, 1e-15);
        for x in [0.01, 0.7, 3.2, 15.9, 16.1, 80.0, 1e4] {
            let step = 1e-4 * x;
            let slope = |f: fn(f64) -> f64| (f(x + step) - f(x - step)) / (2.0 * step);
            assert_close(slope(digamma), trigamma(x), 1e-6);
            assert_close(slope(trigamma), tetragamma(x), 1e-6);
            assert_close(trigamma_inverse(trigamma(x)), x, 1e-12);
        }
        assert!(trigamma_inverse(0.0).is_nan() && trigamma_inverse(-1.0).is_nan());
    }

    #[test]
    fn t_has_its_closed_forms() {
        for t in [0.01_f64, 0.7, 2.0, 30.0] {
            assert_close(t_two_sided(t, 1.0), 1.0 - 2.0 / PI * libm::atan(t), 1e-12);
            assert_close(t_two_sided(t, 2.0), 1.0 - t / (t * t + 2.0).sqrt(), 2e-12);
        }
        for df in [0.5, 1.0, 4.3, 16.278, 240.0, 1e5] {
            let least = if df > 4.0 { 1e-200 } else { 1e-40 };
            for p in [least, 1e-30, 1e-9, 1e-3, 0.2, 0.9, 0.999] {
                assert_close(t_two_sided(t_two_sided_quantile(p, df), df), p, 1e-9);
            }
        }
        assert_close(t_two_sided_quantile(0.05, 10.0), 2.228_138_851_986_275, 1e-14);
        assert_eq!((t_two_sided_quantile(0.0, 3.0), t_two_sided_quantile(1.0, 3.0)), (f64::INFINITY, 0.0));
    }

    #[test]
    fn beta_quantiles_invert_the_distribution_function() {
        use statrs::function::beta::beta_reg;
        for (a, b) in
            [(1.0, 1.0), (1.5, 7.0), (40.0, 3.0), (200.7, 3800.3), (2000.0, 2000.0), (9501.0, 501.0)]
        {
            assert!((ln_gamma_series(a) - ln_gamma(a)).abs() <= 1e-13 * ln_gamma(a).abs().max(1.0));
            for p in [1e-6, 0.05, 0.158_655_3, 0.5, 0.841_344_7, 0.999] {
                let x = beta_quantile(p, a, b);
                assert_close(beta_reg(a, b, x), p, 1e-9);
                assert_close(1.0 - beta_quantile(1.0 - p, b, a), x, 1e-9);
            }
        }
        assert_close(beta_quantile(0.5, 1.0, 3.0), 1.0 - libm::cbrt(0.5), 1e-14);
        assert_eq!((beta_quantile(0.0, 2.0, 3.0), beta_quantile(1.0, 2.0, 3.0)), (0.0, 1.0));
        assert!(beta_quantile(0.5, f64::NAN, 3.0).is_nan() && beta_quantile(1.5, 2.0, 3.0).is_nan());
    }

    /// 40-digit arithmetic (mpmath 1.3.0): the incomplete beta function, and for the last df the integral of
    /// the density.
    #[test]
    #[expect(clippy::excessive_precision, reason = "digits as computed")]
    fn t_keeps_its_digits_with_few_and_with_many_degrees_of_freedom() {
        for (df, t, expected) in [
            (0.5, 0.001, 0.99946064766848764),
            (0.5, 0.5, 0.75731807292943663),
            (0.5, 2.0, 0.44551489018313123),
            (0.5, 6.0, 0.26130937746999885),
            (0.5, 20.0, 0.14339496102846063),
            (1.0, 0.001, 0.99936338043983888),
            (1.0, 0.5, 0.70483276469913345),
            (1.0, 2.0, 0.29516723530086655),
            (1.0, 6.0, 0.10513691342250686),
            (1.0, 20.0, 0.03180450251235275),
            (4.3, 0.001, 0.99924680916707052),
            (4.3, 0.5, 0.64158838090076773),
            (4.3, 2.0, 0.1111877389686295),
            (4.3, 6.0, 0.0030708103207944007),
            (4.3, 20.0, 2.0859220547765813e-5),
            (16.2785847909475, 0.001, 0.99921426800189923),
            (16.2785847909475, 0.5, 0.62376629942512164),
            (16.2785847909475, 2.0, 0.062471161236855376),
            (16.2785847909475, 6.0, 1.7219883563992479e-5),
            (16.2785847909475, 20.0, 6.901370048158623e-13),
            (60.0, 0.001, 0.99920543302314182),
            (60.0, 0.5, 0.6189039594379831),
            (60.0, 2.0, 0.050033043651457449),
            (60.0, 6.0, 1.2286846107565105e-7),
            (60.0, 20.0, 3.1780577023397202e-28),
            (240.0, 0.001, 0.99920294626721162),
            (240.0, 0.5, 0.61753319937457326),
            (240.0, 2.0, 0.046627268510742166),
            (240.0, 6.0, 7.2227794103628752e-9),
            (240.0, 20.0, 4.9673405785786983e-53),
            (20000.0, 0.001, 0.99920212554567753),
            (20000.0, 0.5, 0.61708057843015579),
            (20000.0, 2.0, 0.045513761958499942),
            (20000.0, 6.0, 2.0071456411226348e-9),
            (20000.0, 20.0, 4.0032082009450973e-88),
            (10000000.0, 0.001, 0.999202115592125),
            (10000000.0, 0.5, 0.61707508845401508),
            (10000000.0, 2.0, 0.045500290891842953),
            (10000000.0, 6.0, 1.9732427333677835e-9),
        ] {
            // The power of df/2 in front loses digits in proportion.
            assert_close(t_two_sided(t, df), expected, 2e-14 + 1e-16 * f64::sqrt(df) * t * t);
        }
    }

    #[test]
    fn f_survival_has_its_closed_forms() {
        for x in [0.1, 0.38, 1.0, 4.0] {
            assert_close(f_survival(x, 1.0, 1.0), 1.0 - 2.0 / PI * x.sqrt().atan(), 1e-12);
            assert_close(f_survival(x, 2.0, 2.0), 1.0 / (1.0 + x), 1e-12);
            assert_close(f_survival(x, 7.0, 3.0), 1.0 - f_survival(1.0 / x, 3.0, 7.0), 1e-12);
        }
    }
}
