//! A slice sampler for one number.

use stats::{SimRng, uniform};

/// The longest interval tried, in widths.
const MAX_WIDTHS: f64 = 64.0;
/// Halving an interval more often than this leaves no number in it.
const MAX_SHRINKS: u32 = 1000;

/// One draw after `x` of a Markov chain whose stationary density is `log_density`'s.
///
/// Stepping out by `width`, then shrinking: figures 3 and 5 of Neal (2003), Slice sampling, Annals of
/// Statistics 31:705–767. Exact for any `width`. `log_density` may lack its constant, and be −∞ or NaN
/// (taken as −∞) anywhere but at `x`.
pub(crate) fn slice_draw(rng: &mut SimRng, x: f64, width: f64, log_density: impl Fn(f64) -> f64) -> f64 {
    let height = log_density(x) + libm::log(1.0 - uniform(rng));
    let inside = |at: f64| log_density(at) >= height;
    let mut low = x - width * uniform(rng);
    let mut high = low + width;
    let mut steps_down = (MAX_WIDTHS * uniform(rng)).floor();
    let mut steps_up = MAX_WIDTHS - 1.0 - steps_down;
    while steps_down > 0.0 && inside(low) {
        low -= width;
        steps_down -= 1.0;
    }
    while steps_up > 0.0 && inside(high) {
        high += width;
        steps_up -= 1.0;
    }
    for _ in 0..MAX_SHRINKS {
        let candidate = low + (high - low) * uniform(rng);
        if inside(candidate) {
            return candidate;
        }
        if candidate < x {
            low = candidate;
        } else {
            high = candidate;
        }
    }
    x
}

#[cfg(test)]
mod tests {
    use stats::special::chi_square_survival;
    use stats::stream;

    use super::*;

    /// p-value of the chi-square test in 20 equal bins of the cdf, for every tenth of many draws.
    fn p_value(width: f64, start: f64, log_density: impl Fn(f64) -> f64, cdf: impl Fn(f64) -> f64) -> f64 {
        let mut rng = stream(31, "slice", 0);
        let (mut x, mut counts, num_draws) = (start, [0.0; 20], 20_000);
        for _ in 0..num_draws {
            for _ in 0..10 {
                x = slice_draw(&mut rng, x, width, &log_density);
            }
            let bin = (1..20).take_while(|bin| cdf(x) >= f64::from(*bin) / 20.0).count();
            counts[bin] += 1.0;
        }
        let expected = f64::from(num_draws) / 20.0;
        let chi_square = counts.iter().map(|c| (c - expected) * (c - expected) / expected).sum::<f64>();
        chi_square_survival(chi_square, 19.0)
    }

    #[test]
    fn draws_have_the_density_at_any_width() {
        // The logarithm of an exponential variate; widths far too short, right, and far too long.
        for width in [0.1, 2.0, 100.0] {
            let p = p_value(width, 0.3, |x| x - libm::exp(x), |x| 1.0 - libm::exp(-libm::exp(x)));
            assert!(p > 1e-4, "width {width}: {p}"); // 1e-4 each: false alarm for one seed in 2500
        }
        // Two pieces with nothing between them, and NaN outside.
        let pieces = |x: f64| match x {
            x if (0.0..1.0).contains(&x) => 0.0,
            x if (2.0..5.0).contains(&x) => libm::log(3.0),
            _ => f64::NAN,
        };
        let cdf = |x: f64| if x < 1.0 { x / 10.0 } else { 0.1 + 0.3 * (x - 2.0) };
        let p = p_value(3.0, 0.5, pieces, cdf);
        assert!(p > 1e-4, "{p}");
    }

    #[test]
    fn a_wrong_density_is_found_out() {
        let p = p_value(2.0, 0.3, |x| 0.95 * x - libm::exp(x), |x| 1.0 - libm::exp(-libm::exp(x)));
        assert!(p < 1e-4, "{p}");
    }

    #[test]
    fn a_density_without_bounds_does_not_hang() {
        let mut rng = stream(32, "slice", 0);
        let x = slice_draw(&mut rng, 0.0, 1.0, |x| -x);
        assert!(x.is_finite() && x.abs() <= 64.0);
        assert_eq!(slice_draw(&mut rng, 2.0, 1.0, |_| f64::NAN), 2.0);
    }
}
