//! Distribution functions: normal, chi-square and F; and the gamma function.
//!
//! Transcendental functions come from `libm`, the incomplete gamma and beta
//! functions from `statrs`.

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

    #[test]
    fn f_survival_has_its_closed_forms() {
        for x in [0.1, 0.38, 1.0, 4.0] {
            assert_close(f_survival(x, 1.0, 1.0), 1.0 - 2.0 / PI * x.sqrt().atan(), 1e-12);
            assert_close(f_survival(x, 2.0, 2.0), 1.0 / (1.0 + x), 1e-12);
            assert_close(f_survival(x, 7.0, 3.0), 1.0 - f_survival(1.0 / x, 3.0, 7.0), 1e-12);
        }
    }
}
