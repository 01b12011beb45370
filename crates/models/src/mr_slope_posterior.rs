//! The exact posterior of slope and dispersion, on a grid in two dimensions.
//!
//! Both are stretched, α = α* + w sinh t and σ = w_σ sinh u, so that the grid is fine where the posterior is
//! narrow and still reaches its tails; within each panel of t and of u stand the nodes of a Gauss–Legendre rule.

use stats::quadrature::GaussLegendre;

use crate::mr_slope::{ClusterEffect, SlopeError, SlopeModel};

/// Nodes in a panel.
const ORDER: usize = 10;
/// Panels of t, and of u.
const NUM_PANELS: (usize, usize) = (14, 10);
/// Log densities below that of the mode by more than this do not count: e⁻³⁶ is rounding.
const DEPTH: f64 = 36.0;
/// Nodes along one side of the grid with which the mode is sought, and how often it is zoomed.
const SEARCH: (u16, usize) = (24, 9);
/// Share of the largest weight below which a node adds nothing to the means of effects.
const LEAST_WEIGHT: f64 = 1e-9;

/// One parameter: its moments and its distribution function.
#[derive(Clone, Debug, PartialEq)]
pub struct SlopeMarginal {
    /// Posterior mean.
    pub mean: f64,
    /// Posterior SD.
    pub sd: f64,
    center: f64,
    width: f64,
    /// Panels of the stretched parameter.
    edges: Vec<f64>,
    /// Share of the mass below each edge.
    below: Vec<f64>,
    /// Of each panel, the coefficients of the density in Legendre polynomials, per half panel.
    legendre: Vec<[f64; ORDER]>,
}

/// The posterior of (α, σ), and of every cluster's effects.
#[derive(Clone, Debug)]
pub struct SlopePosterior {
    /// Slope α.
    pub alpha: SlopeMarginal,
    /// Dispersion σ.
    pub sigma: SlopeMarginal,
    /// True effects of the clusters, α and σ integrated out.
    pub effects: Vec<ClusterEffect>,
    /// Log density at the mode, without its constants.
    pub log_peak: f64,
}

/// Where the posterior is and how wide.
struct Place {
    mode: (f64, f64),
    log_peak: f64,
    /// w and w_σ.
    widths: (f64, f64),
    /// Ranges of t and of u.
    t: (f64, f64),
    u: (f64, f64),
}

impl SlopePosterior {
    /// The posterior of `model`.
    ///
    /// # Errors
    /// [`SlopeError::OutOfRange`] if the densities cannot be computed.
    pub fn new(model: &SlopeModel) -> Result<Self, SlopeError> {
        let place = find(model);
        if !place.log_peak.is_finite() {
            return Err(SlopeError::OutOfRange);
        }
        let rule = GaussLegendre::new(ORDER);
        let t_panels = panels(place.t, NUM_PANELS.0);
        let u_panels = panels(place.u, NUM_PANELS.1);
        let t_nodes = nodes(&rule, &t_panels);
        let u_nodes = nodes(&rule, &u_panels);
        let mut of_t = vec![0.0; t_nodes.len()];
        let mut of_u = vec![0.0; u_nodes.len()];
        let mut weights = Vec::with_capacity(of_t.len() * of_u.len());
        for (i, (t, t_weight)) in t_nodes.iter().enumerate() {
            let alpha = place.mode.0 + place.widths.0 * libm::sinh(*t);
            let stretch = libm::cosh(*t);
            for (k, (u, u_weight)) in u_nodes.iter().enumerate() {
                let sigma = place.widths.1 * libm::sinh(*u);
                let log_density = model.log_density(alpha, sigma) - place.log_peak;
                let density = stretch * libm::cosh(*u) * libm::exp(log_density);
                of_t[i] += u_weight * density;
                of_u[k] += t_weight * density;
                weights.push(t_weight * u_weight * density);
            }
        }
        let mass: f64 = weights.iter().sum();
        if !(mass > 0.0 && mass.is_finite()) {
            return Err(SlopeError::OutOfRange);
        }
        let alpha = SlopeMarginal::new(place.mode.0, place.widths.0, t_panels, &t_nodes, &of_t);
        let sigma = SlopeMarginal::new(0.0, place.widths.1, u_panels, &u_nodes, &of_u);
        let points = t_nodes.iter().flat_map(|(t, _)| {
            let alpha = place.mode.0 + place.widths.0 * libm::sinh(*t);
            u_nodes.iter().map(move |(u, _)| (alpha, place.widths.1 * libm::sinh(*u)))
        });
        let effects = effects(model, points.zip(weights.iter().map(|weight| weight / mass)));
        Ok(Self { alpha, sigma, effects, log_peak: place.log_peak })
    }
}

/// Means and SDs of the effects over weighted values of (α, σ).
fn effects(model: &SlopeModel, points: impl Iterator<Item = ((f64, f64), f64)>) -> Vec<ClusterEffect> {
    let num_clusters = model.clusters().len();
    let mut sums = vec![[0.0; 4]; num_clusters];
    let mut total = 0.0;
    let kept: Vec<((f64, f64), f64)> = points.collect();
    let largest = kept.iter().map(|point| point.1).fold(0.0, f64::max);
    for ((alpha, sigma), weight) in kept.into_iter().filter(|point| point.1 >= LEAST_WEIGHT * largest) {
        total += weight;
        for (j, sums) in sums.iter_mut().enumerate() {
            let ClusterEffect { a, b } = model.effect(j, alpha, sigma);
            let terms = [a.0, a.0 * a.0 + a.1 * a.1, b.0, b.0 * b.0 + b.1 * b.1];
            sums.iter_mut().zip(terms).for_each(|(sum, term)| *sum += weight * term);
        }
    }
    let moments = |mean: f64, square: f64| (mean, (square - mean * mean).max(0.0).sqrt());
    let effect = |sums: [f64; 4]| {
        let [a, aa, b, bb] = sums.map(|sum| sum / total);
        ClusterEffect { a: moments(a, aa), b: moments(b, bb) }
    };
    sums.into_iter().map(effect).collect()
}

fn panels((low, high): (f64, f64), num: usize) -> Vec<f64> {
    (0..=num).map(|i| low + (high - low) * (i as f64 / num as f64)).collect()
}

fn nodes(rule: &GaussLegendre, edges: &[f64]) -> Vec<(f64, f64)> {
    edges.windows(2).flat_map(|edge| rule.nodes(edge[0], edge[1]).collect::<Vec<_>>()).collect()
}

/// The mode, by zooming a grid, and how far the posterior reaches about it.
fn find(model: &SlopeModel) -> Place {
    let prior = model.prior();
    let reach = 6.0;
    let (mut center, mut half) = (prior.slope_mean, reach * prior.slope_sd);
    // σ is sought by its square root: more nodes near 0.
    let (mut low, mut high) = (0.0, (reach * prior.dispersion_sd).sqrt());
    let mut best = (f64::NEG_INFINITY, center, 0.0);
    for _ in 0..SEARCH.1 {
        for i in 0..=SEARCH.0 {
            let alpha = center + half * (2.0 * f64::from(i) / f64::from(SEARCH.0) - 1.0);
            for k in 0..=SEARCH.0 {
                let root = low + (high - low) * f64::from(k) / f64::from(SEARCH.0);
                let value = model.log_density(alpha, root * root);
                if value > best.0 {
                    best = (value, alpha, root);
                }
            }
        }
        center = best.1;
        half *= 0.25;
        let quarter = 0.15 * (high - low);
        (low, high) = ((best.2 - quarter).max(0.0), best.2 + quarter);
    }
    let (log_peak, alpha, sigma) = (best.0, best.1, best.2 * best.2);
    // Where the density has fallen by a half in logarithm, up and down, in steps that double.
    let fall = |to: &dyn Fn(f64) -> f64, most: f64| {
        let (mut inside, mut outside) = (0.0, 1e-9 * most);
        while outside < most && log_peak - to(outside) < 0.5 {
            inside = outside;
            outside *= 2.0;
        }
        for _ in 0..20 {
            let middle = 0.5 * (inside + outside);
            if log_peak - to(middle) < 0.5 { inside = middle } else { outside = middle }
        }
        0.5 * (inside + outside)
    };
    let up = fall(&|step| model.log_density(alpha + step, sigma), reach * prior.slope_sd);
    let down = fall(&|step| model.log_density(alpha - step, sigma), reach * prior.slope_sd);
    let over = fall(&|step| model.log_density(alpha, sigma + step), reach * prior.dispersion_sd);
    let widths = (up.min(down), 0.5 * (sigma + over));
    let mut place = Place { mode: (alpha, sigma), log_peak, widths, t: (-1.0, 1.0), u: (0.0, 1.0) };
    let alpha_at = |t: f64| alpha + widths.0 * libm::sinh(t);
    let sigma_at = |u: f64| widths.1 * libm::sinh(u);
    // The prior alone ends both.
    let largest_u = libm::asinh((DEPTH.sqrt() * 1.5 + 1.0) * prior.dispersion_sd / widths.1);
    let all_u: Vec<f64> = (0..=40).map(|i| largest_u * f64::from(i) / 40.0).collect();
    let profile = |t: f64| {
        all_u.iter().map(|u| model.log_density(alpha_at(t), sigma_at(*u))).fold(f64::NEG_INFINITY, f64::max)
    };
    let is_deep = |value: f64| value.is_nan() || log_peak - value > DEPTH;
    for (sign, end) in [(-1.0, &mut place.t.0), (1.0, &mut place.t.1)] {
        let mut t = 1.0;
        while t < 60.0 && !is_deep(profile(sign * t)) {
            t += 0.4;
        }
        *end = sign * t;
    }
    let (first, last) = place.t;
    let all_t: Vec<f64> = (0..=40).map(|i| first + (last - first) * f64::from(i) / 40.0).collect();
    let profile = |u: f64| {
        all_t.iter().map(|t| model.log_density(alpha_at(*t), sigma_at(u))).fold(f64::NEG_INFINITY, f64::max)
    };
    place.u.1 = all_u
        .iter()
        .copied()
        .find(|u| *u > libm::asinh(sigma / widths.1) && is_deep(profile(*u)))
        .unwrap_or(largest_u);
    place
}

impl SlopeMarginal {
    fn new(center: f64, width: f64, edges: Vec<f64>, nodes: &[(f64, f64)], density: &[f64]) -> Self {
        let mass: f64 = nodes.iter().zip(density).map(|(node, density)| node.1 * density).sum();
        let value = |t: f64| center + width * libm::sinh(t);
        let moment = |f: &dyn Fn(f64) -> f64| {
            nodes.iter().zip(density).map(|(node, density)| node.1 * density * f(value(node.0))).sum::<f64>()
                / mass
        };
        let mean = moment(&|x| x);
        let sd = moment(&|x| (x - mean) * (x - mean)).sqrt();
        let (mut below, mut legendre, mut sum) = (vec![0.0], Vec::new(), 0.0);
        for (panel, edge) in edges.windows(2).enumerate() {
            let half = 0.5 * (edge[1] - edge[0]);
            let mut coefficients = [0.0; ORDER];
            for i in panel * ORDER..(panel + 1) * ORDER {
                let x = (nodes[i].0 - 0.5 * (edge[0] + edge[1])) / half;
                let weight = nodes[i].1 / half * density[i] / mass;
                let values = polynomials(x);
                for (k, coefficient) in coefficients.iter_mut().enumerate() {
                    *coefficient += 0.5 * (2 * k + 1) as f64 * weight * values[k] * half;
                }
            }
            sum += 2.0 * coefficients[0];
            below.push(sum);
            legendre.push(coefficients);
        }
        Self { mean, sd, center, width, edges, below, legendre }
    }

    /// P(parameter ≤ `value`).
    #[must_use]
    pub fn cdf(&self, value: f64) -> f64 {
        self.mass_below(libm::asinh((value - self.center) / self.width))
    }

    /// The value below which a share `p` of the posterior lies.
    #[must_use]
    pub fn quantile(&self, p: f64) -> f64 {
        let (mut low, mut high) = (self.edges[0], self.edges[self.edges.len() - 1]);
        for _ in 0..60 {
            let middle = 0.5 * (low + high);
            if self.mass_below(middle) < p { low = middle } else { high = middle }
        }
        self.center + self.width * libm::sinh(0.5 * (low + high))
    }

    /// Posterior density at `value`.
    #[must_use]
    pub fn density(&self, value: f64) -> f64 {
        let t = libm::asinh((value - self.center) / self.width);
        let Some((panel, x, half)) = self.locate(t) else { return 0.0 };
        let values = polynomials(x);
        let density: f64 = self.legendre[panel].iter().zip(values).map(|(c, p)| c * p).sum();
        (density / (half * self.width * libm::cosh(t))).max(0.0)
    }

    /// Panel of `t`, its place within it from −1 to 1, and half the panel's length.
    fn locate(&self, t: f64) -> Option<(usize, f64, f64)> {
        let panel = self.edges.windows(2).position(|edge| t >= edge[0] && t <= edge[1])?;
        let half = 0.5 * (self.edges[panel + 1] - self.edges[panel]);
        Some((panel, (t - self.edges[panel]) / half - 1.0, half))
    }

    fn mass_below(&self, t: f64) -> f64 {
        let Some((panel, x, _)) = self.locate(t) else {
            return if t < self.edges[0] { 0.0 } else { 1.0 };
        };
        let values = polynomials(x);
        let mut within = self.legendre[panel][0] * (x + 1.0);
        // ∫ P_k = (P_{k+1} − P_{k−1}) / (2k + 1).
        for k in 1..ORDER {
            within += self.legendre[panel][k] * (values[k + 1] - values[k - 1]) / (2 * k + 1) as f64;
        }
        self.below[panel] + within
    }
}

/// P_0(x), …, P_ORDER(x).
fn polynomials(x: f64) -> [f64; ORDER + 1] {
    let mut values = [1.0; ORDER + 1];
    values[1] = x;
    for k in 2..=ORDER {
        let n = k as f64;
        values[k] = ((2.0 * n - 1.0) * x * values[k - 1] - (n - 1.0) * values[k - 2]) / n;
    }
    values
}
