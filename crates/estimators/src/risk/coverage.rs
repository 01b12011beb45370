//! How often empirical Bayes intervals cover, averaged over the prior mu_i ~ N(0, A), V_y = 1.
//!
//! The interval of a unit depends on the data through S and the unit's own deviation d from the
//! center, and given these the error of its middle is normal: two integrals remain.

use stats::quadrature::GaussLegendre;
use stats::special::{ln_gamma, normal_cdf};

use crate::error::{EstimateError, check_not_negative, check_units};
use crate::interval::{Target, two_sided_z};

/// Average coverage of [`plug_in`](crate::interval::plug_in).
///
/// # Errors
/// [`EstimateError::TooFewUnits`] as the intervals; [`EstimateError::VarianceNegative`].
///
/// # Source
/// Derived here; E over S and d of Φ, see the module.
pub fn plug_in(num_units: usize, prior_ratio: f64, target: Target, level: f64) -> Result<f64, EstimateError> {
    let num_estimated = target.num_estimated();
    check_units("The plug-in interval", num_estimated + 3, num_units)?;
    check_not_negative("prior variance", prior_ratio)?;
    let df = (num_units - num_estimated) as f64;
    let z = two_sided_z(level);
    Ok(expect(num_units, prior_ratio, target, |sum_sq, _| {
        let shrinkage = ((df - 2.0) / sum_sq).min(1.0);
        (shrinkage, z * (1.0 - shrinkage).sqrt())
    }))
}

/// Average coverage of [`morris`](crate::interval::morris).
///
/// # Errors
/// As [`plug_in`].
///
/// # Source
/// The intervals: Morris 1983, JASA 78:47–65; their coverage as [`plug_in`].
pub fn morris(num_units: usize, prior_ratio: f64, target: Target, level: f64) -> Result<f64, EstimateError> {
    let num_estimated = target.num_estimated();
    check_units("Morris's interval", num_estimated + 3, num_units)?;
    check_not_negative("prior variance", prior_ratio)?;
    let (k, df) = (num_units as f64, (num_units - num_estimated) as f64);
    let z = two_sided_z(level);
    Ok(expect(num_units, prior_ratio, target, |sum_sq, deviation| {
        let shrinkage = (df - 2.0) / df / (sum_sq / df).max(1.0);
        let variance =
            1.0 - df / k * shrinkage + 2.0 / (df - 2.0) * (shrinkage * deviation) * (shrinkage * deviation);
        (shrinkage, z * variance.sqrt())
    }))
}

/// P(|mu − (y − shrinkage d)| ≤ half width), with `interval` giving shrinkage and half width from S and d.
///
/// S/(A+1) is chi-square with k − r degrees of freedom; d = √(S (1 − r/k)) times one coordinate of a
/// uniform direction in k − r dimensions. Given both, mu is N(y − B d − (r: B ȳ's own error), 1 − B + r B/k).
fn expect(
    num_units: usize,
    prior_ratio: f64,
    target: Target,
    interval: impl Fn(f64, f64) -> (f64, f64),
) -> f64 {
    const RADII: usize = 400;
    const ANGLES: usize = 80;
    let r = target.num_estimated() as f64;
    let (k, total_var) = (num_units as f64, prior_ratio + 1.0);
    let df = k - r;
    let b = 1.0 / total_var;
    let error_sd = (1.0 - b + r * b / k).sqrt();
    let half_df = 0.5 * df;
    // The root of a chi-square number is nearly normal: mean about √df, SD about √½.
    let (low, high) = ((df.sqrt() - 7.0).max(0.0), df.sqrt() + 7.0);
    let log_norm = (1.0 - half_df) * std::f64::consts::LN_2 - ln_gamma(half_df);
    let angles: Vec<(f64, f64)> = {
        // Coordinate cos φ of a uniform direction has density ∝ sin^(df−2) φ; φ and π − φ count alike.
        let weight = |phi: f64| libm::pow(libm::sin(phi), df - 2.0);
        let rule = GaussLegendre::new(ANGLES);
        let nodes: Vec<(f64, f64)> = rule.nodes(0.0, std::f64::consts::FRAC_PI_2).collect();
        let total: f64 = nodes.iter().map(|(phi, w)| w * weight(*phi)).sum();
        nodes.iter().map(|(phi, w)| (libm::cos(*phi), w * weight(*phi) / total)).collect()
    };
    let stretch = (1.0 - r / k).sqrt();
    let rule = GaussLegendre::new(RADII);
    rule.integrate(low, high, |radius| {
        if radius == 0.0 {
            return 0.0;
        }
        let density = libm::exp(log_norm + (df - 1.0) * libm::log(radius) - 0.5 * radius * radius);
        let sum_sq = total_var * radius * radius;
        let inner: f64 = angles
            .iter()
            .map(|(cosine, weight)| {
                let deviation = sum_sq.sqrt() * stretch * cosine;
                let (shrinkage, half_width) = interval(sum_sq, deviation);
                let bias = (b - shrinkage) * deviation;
                let covered = if error_sd == 0.0 {
                    f64::from(u8::from(bias.abs() <= half_width))
                } else {
                    normal_cdf((half_width - bias) / error_sd) - normal_cdf((-half_width - bias) / error_sd)
                };
                weight * covered
            })
            .sum();
        density * inner
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::printed::assert_printed;

    #[test]
    fn plug_in_intervals_cover_too_seldom() {
        let known =
            [(10, [".671", ".870", ".946"]), (20, [".662", ".907", ".948"]), (40, [".674", ".932", ".949"])];
        for (k, printed) in known {
            for (a, printed) in [0.1, 1.0, 9.0].into_iter().zip(printed) {
                let coverage = plug_in(k, a, Target::Known(0.0), 0.95).unwrap();
                // Printed from a simulation, good to about .001.
                let number: f64 = printed.parse().unwrap();
                assert!((coverage - number).abs() < 0.0015, "k {k}, A {a}: {coverage} {number}");
            }
        }
        for (a, number) in [(0.1, 0.650), (1.0, 0.857), (9.0, 0.945)] {
            let coverage = plug_in(10, a, Target::GrandMean, 0.95).unwrap();
            assert!((coverage - number).abs() < 0.0015, "A {a}: {coverage}");
        }
    }

    #[test]
    fn morris_intervals_nearly_hold_their_level() {
        for (a, known, grand) in [(0.1, ".997", ".992"), (1.0, ".946", ".952"), (9.0, ".949", ".950")] {
            for (target, printed) in [(Target::Known(0.0), known), (Target::GrandMean, grand)] {
                let coverage = morris(10, a, target, 0.95).unwrap();
                let number: f64 = printed.parse().unwrap();
                assert!((coverage - number).abs() < 0.0015, "A {a}, {target:?}: {coverage} {number}");
            }
        }
        let coverage = morris(20, 1.0, Target::GrandMean, 0.95).unwrap();
        assert!((0.9355..0.9405).contains(&coverage), "{coverage}");
    }

    /// An interval that always removes B and allows for it is the Bayes interval.
    #[test]
    fn the_integral_is_one_where_all_is_covered_and_the_level_for_bayes() {
        for (k, a) in [(4, 0.0), (10, 1.0), (60, 9.0)] {
            for target in [Target::Known(0.0), Target::GrandMean] {
                assert!((expect(k, a, target, |_, _| (0.0, 1e9)) - 1.0).abs() < 1e-9, "{k} {a}");
            }
            if a > 0.0 {
                let b = 1.0 / (a + 1.0);
                let bayes = expect(k, a, Target::Known(0.0), |_, _| (b, two_sided_z(0.9) * (1.0 - b).sqrt()));
                assert!((bayes - 0.9).abs() < 1e-9, "{bayes}");
            }
        }
        assert_printed(plug_in(400, 9.0, Target::GrandMean, 0.95).unwrap(), ".95");
    }

    #[test]
    fn too_few_units_are_refused() {
        assert!(plug_in(2, 1.0, Target::Known(0.0), 0.95).is_err());
        assert!(
            morris(3, 1.0, Target::GrandMean, 0.95).is_err()
                && morris(4, 1.0, Target::GrandMean, 0.95).is_ok()
        );
    }
}
