//! The exact posterior of a [`Hierarchy`] whose scales are learned, by quadrature.
//!
//! Given the scales everything is normal (Gelman et al., Bayesian Data Analysis, 3rd ed.,
//! § 5.4), so the posterior is a mixture of normals over a lattice of one or two scales.

use stats::quadrature::GaussLegendre;
use stats::special::{normal_cdf, normal_pdf, normal_quantile};

use crate::hierarchy::{SchoolConditional, conditional_var};
use crate::noise_groups::RegionEvidence;
use crate::scale_grid::{COARSE, ClassTerms, FINE, Row, ScaleGrid, heavy_tails, region_terms, row_terms};
use crate::{Hierarchy, Scale};

/// Which of the two scales.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// sigma_mu, the SD of schools within a region.
    School,
    /// sigma_theta, the SD of region means.
    Region,
}

/// Posterior of scales, theta and mu given the data.
///
/// Errors of the quadrature are about 10⁻¹⁰ relative, and 10⁻⁷ for moments of scales with
/// half-Cauchy tails on one or two regions.
#[derive(Clone, Debug)]
pub struct ScalePosterior {
    /// Log of the marginal density of `y`, learned scales integrated over their priors.
    pub log_marginal_likelihood: f64,
    /// Posterior mean of sigma_mu; its value if known.
    pub school_sd_mean: f64,
    /// Posterior SD of sigma_mu: 0 if known, ∞ with a half-Cauchy prior and a single school.
    pub school_sd_sd: f64,
    /// Posterior mean of sigma_theta; its value if known.
    pub region_sd_mean: f64,
    /// Posterior SD of sigma_theta: 0 if known, ∞ with a half-Cauchy prior and a single region.
    pub region_sd_sd: f64,
    /// Posterior means of theta, length K.
    pub theta_mean: Vec<f64>,
    /// Posterior SDs of theta, length K.
    pub theta_sd: Vec<f64>,
    /// Posterior means of mu, length n.
    pub mu_mean: Vec<f64>,
    /// Posterior SDs of mu, length n.
    pub mu_sd: Vec<f64>,
    /// Posterior means of B_i = V_i/(V_i + sigma_mu²), length n.
    pub shrinkage: Vec<f64>,
    hierarchy: Hierarchy,
    grid: ScaleGrid,
}

impl ScalePosterior {
    /// The posterior of this model. With both scales known it is that of
    /// [`RegionPosterior`](crate::RegionPosterior).
    #[must_use]
    pub fn new(hierarchy: &Hierarchy) -> Self {
        let grid = ScaleGrid::new(hierarchy, FINE);
        let mut sums = MomentSums::default();
        sums.fill(hierarchy, &grid, Moments::Two);
        let [school, region] = scale_moments(hierarchy, &grid);
        let mut posterior = Self {
            log_marginal_likelihood: grid.log_integral(),
            school_sd_mean: school.0,
            school_sd_sd: school.1,
            region_sd_mean: region.0,
            region_sd_sd: region.1,
            theta_mean: Vec::with_capacity(hierarchy.num_regions()),
            theta_sd: Vec::with_capacity(hierarchy.num_regions()),
            mu_mean: Vec::with_capacity(hierarchy.num_schools()),
            mu_sd: Vec::with_capacity(hierarchy.num_schools()),
            shrinkage: Vec::with_capacity(hierarchy.num_schools()),
            hierarchy: hierarchy.clone(),
            grid,
        };
        let mut school = 0;
        for (k, region) in hierarchy.groups().regions().enumerate() {
            let theta = sums.theta[k];
            posterior.theta_mean.push(region.center + theta.mean);
            posterior.theta_sd.push((theta.square - theta.mean * theta.mean).max(0.0).sqrt());
            for _ in 0..region.num_schools {
                let group = sums.groups[hierarchy.groups().school_group()[school]];
                let deviation = hierarchy.y()[school] - region.center;
                let mean = group.pull + deviation * group.keep;
                let square =
                    group.square + deviation * (2.0 * group.keep_pull + deviation * group.keep_square);
                posterior.mu_mean.push(region.center + mean);
                posterior.mu_sd.push((square - mean * mean).max(0.0).sqrt());
                posterior.shrinkage.push(1.0 - group.keep);
                school += 1;
            }
        }
        posterior
    }

    /// The model and data.
    #[must_use]
    pub fn hierarchy(&self) -> &Hierarchy {
        &self.hierarchy
    }

    /// Posterior density of a learned scale at `sd`, per unit of the SD; 0 below 0.
    ///
    /// NaN for a known scale, which has none.
    #[must_use]
    pub fn scale_density(&self, level: Level, sd: f64) -> f64 {
        match self.scale(level) {
            Scale::Known(_) => f64::NAN,
            Scale::Learned(_) if sd < 0.0 => 0.0,
            Scale::Learned(prior) => {
                let log_prior = prior.log_density(sd);
                libm::exp(log_prior + self.log_evidence(level, sd * sd) - self.log_marginal_likelihood)
            }
        }
    }

    /// Points (SD, density) of a learned scale's posterior for a curve, from SD 0 to
    /// the 0.999 quantile in even steps; empty for a known scale.
    #[must_use]
    pub fn scale_curve(&self, level: Level, num_points: usize) -> Vec<(f64, f64)> {
        if !self.scale(level).is_learned() || num_points == 0 {
            return Vec::new();
        }
        let end = self.scale_quantiles(level, &[0.999])[0];
        let step = end / (num_points.max(2) - 1) as f64;
        (0..num_points)
            .map(|i| {
                let sd = i as f64 * step;
                (sd, self.scale_density(level, sd))
            })
            .collect()
    }

    /// Posterior quantiles of a scale at probabilities `probs`; a known scale has one value.
    ///
    /// Returns as many SDs, NaN where a probability is outside [0, 1].
    #[must_use]
    pub fn scale_quantiles(&self, level: Level, probs: &[f64]) -> Vec<f64> {
        match self.scale(level) {
            Scale::Known(sd) => vec![sd; probs.len()],
            Scale::Learned(_) => {
                let cumulative = Cumulative::new(self, level);
                probs.iter().map(|p| cumulative.quantile(*p)).collect()
            }
        }
    }

    /// Posterior quantiles of one variable of a draw at probabilities `probs`.
    ///
    /// - `variable`: index in the order of [`Hierarchy::variable_names`].
    ///
    /// Returns as many values, NaN where a probability is outside [0, 1].
    ///
    /// # Panics
    /// If there is no such variable.
    #[must_use]
    pub fn quantiles(&self, variable: usize, probs: &[f64]) -> Vec<f64> {
        match self.place(variable) {
            Place::Scale(level) => self.scale_quantiles(level, probs),
            Place::Effect { region, school } => {
                let mixture = self.mixture(region, school);
                probs.iter().map(|p| mixture.quantile(*p)).collect()
            }
        }
    }

    /// Posterior density of one variable of a draw at the points `at`.
    ///
    /// - `variable`: index in the order of [`Hierarchy::variable_names`].
    ///
    /// # Panics
    /// If there is no such variable.
    #[must_use]
    pub fn density(&self, variable: usize, at: &[f64]) -> Vec<f64> {
        match self.place(variable) {
            Place::Scale(level) => at.iter().map(|sd| self.scale_density(level, *sd)).collect(),
            Place::Effect { region, school } => {
                let mixture = self.mixture(region, school);
                at.iter().map(|x| mixture.density(*x)).collect()
            }
        }
    }

    /// The posterior of one theta or mu as few normals: quick enough to be drawn at every move of a slider.
    ///
    /// Its density is within some thousandths of the peak of [`density`](Self::density)'s.
    ///
    /// - `variable`: index in the order of [`Hierarchy::variable_names`].
    ///
    /// # Panics
    /// If there is no such theta or mu.
    #[must_use]
    pub fn sketch(&self, variable: usize) -> Sketch {
        let Place::Effect { region, school } = self.place(variable) else {
            panic!("variable {variable} is a scale, and no mixture of normals")
        };
        Sketch { mixture: self.mixture(region, school).compressed() }
    }

    pub(crate) fn grid(&self) -> &ScaleGrid {
        &self.grid
    }

    fn scale(&self, level: Level) -> Scale {
        match level {
            Level::School => self.hierarchy.school_sd(),
            Level::Region => self.hierarchy.region_sd(),
        }
    }

    /// log of p(y | this scale), the other one integrated over its prior.
    fn log_evidence(&self, level: Level, var: f64) -> f64 {
        let grid = &self.grid;
        let (log_terms, step): (Vec<f64>, f64) = match level {
            Level::School => {
                let mut classes = vec![ClassTerms::default(); grid.num_classes()];
                let base = row_terms(self.hierarchy.groups(), var, &mut classes);
                let (first, last) = grid.cols();
                let term = |col| {
                    let point = grid.region.known_point(col);
                    base + point.log_weight + region_terms(&classes, point.var)
                };
                ((first..=last).map(term).collect(), grid.region.step)
            }
            Level::Region => {
                let term = |(place, row): (usize, &Row)| row.base + region_terms(grid.classes(place), var);
                (grid.rows().iter().enumerate().map(term).collect(), grid.school.step)
            }
        };
        let highest = log_terms.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        highest + libm::log(step * log_terms.iter().map(|term| libm::exp(term - highest)).sum::<f64>())
    }

    fn place(&self, variable: usize) -> Place {
        let (num_regions, num_schools) = (self.hierarchy.num_regions(), self.hierarchy.num_schools());
        assert!(variable < self.hierarchy.num_variables(), "there is no variable {variable}");
        if variable < num_regions {
            return Place::Effect { region: variable, school: None };
        }
        if variable < num_regions + num_schools {
            let school = variable - num_regions;
            let mut end = 0;
            let region = self.hierarchy.sizes().iter().position(|size| {
                end += size;
                school < end
            });
            return Place::Effect { region: region.unwrap_or(0), school: Some(school) };
        }
        let first_scale = variable == num_regions + num_schools;
        let is_school = first_scale && self.hierarchy.school_sd().is_learned();
        Place::Scale(if is_school { Level::School } else { Level::Region })
    }

    /// The normals that theta of a region, or mu of one of its schools, has at the lattice points.
    fn mixture(&self, region: usize, school: Option<usize>) -> Mixture {
        let view = self.hierarchy.groups().regions().nth(region);
        let mut parts = Vec::new();
        for row in self.grid.rows() {
            let Some(evidence) = view.map(|view| view.evidence(row.point.var)) else { continue };
            for (point, weight) in self.grid.cells(row) {
                let weight = weight / self.grid.total;
                if weight < NEGLIGIBLE {
                    continue;
                }
                let theta_var = conditional_var(point.var, evidence.prec);
                let theta = theta_var * evidence.prec * evidence.mean;
                parts.push(match school {
                    None => Part { weight, mean: theta, sd: theta_var.sqrt() },
                    Some(i) => {
                        let conditional =
                            SchoolConditional::new(self.hierarchy.noise_var()[i], row.point.var);
                        Part {
                            weight,
                            mean: conditional.keep * self.hierarchy.y()[i] + conditional.shrinkage * theta,
                            sd: conditional.mu_sd(theta_var),
                        }
                    }
                });
            }
        }
        let total: f64 = parts.iter().map(|part| part.weight).sum();
        parts.iter_mut().for_each(|part| part.weight /= total);
        Mixture { parts }
    }
}

/// Share of a lattice point below which it is left out of a mixture; some 10³ points sum to 10⁻¹¹.
const NEGLIGIBLE: f64 = 1e-14;

enum Place {
    Scale(Level),
    Effect { region: usize, school: Option<usize> },
}

/// Posterior means of theta and mu for data set after data set, in place.
///
/// On a coarser lattice than [`ScalePosterior`]: errors of about 10⁻⁴ posterior SDs, a few
/// 10⁻³ where every region has one school and the two scales can hardly be told apart.
#[derive(Clone, Debug)]
pub struct PosteriorMeans {
    grid: ScaleGrid,
    sums: MomentSums,
}

impl PosteriorMeans {
    /// Room for models like this one.
    #[must_use]
    pub fn new(hierarchy: &Hierarchy) -> Self {
        Self { grid: ScaleGrid::new(hierarchy, COARSE), sums: MomentSums::default() }
    }

    /// Writes posterior means of theta (K), then mu (n), into `out`.
    ///
    /// Allocates only when the lattice is larger than any before.
    ///
    /// # Panics
    /// If `out` has another length than K + n.
    pub fn means_into(&mut self, hierarchy: &Hierarchy, out: &mut [f64]) {
        assert_eq!(out.len(), hierarchy.num_regions() + hierarchy.num_schools());
        self.grid.rebuild(hierarchy, COARSE);
        self.sums.fill(hierarchy, &self.grid, Moments::One);
        let (theta, mu) = out.split_at_mut(hierarchy.num_regions());
        let mut first = 0;
        for ((region, sum), theta) in hierarchy.groups().regions().zip(&self.sums.theta).zip(theta) {
            *theta = region.center + sum.mean;
            let schools = first..first + region.num_schools;
            let groups = &hierarchy.groups().school_group()[schools.clone()];
            let y = &hierarchy.y()[schools.clone()];
            for ((mu, y), group) in mu[schools.clone()].iter_mut().zip(y).zip(groups) {
                let group = &self.sums.groups[*group];
                *mu = region.center + group.pull + (y - region.center) * group.keep;
            }
            first = schools.end;
        }
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Moments {
    One,
    Two,
}

/// Posterior expectations, offsets taken from the regions' centers.
#[derive(Clone, Debug, Default)]
struct MomentSums {
    /// Length K.
    theta: Vec<OffsetMoments>,
    /// One for every group of schools.
    groups: Vec<GroupMoments>,
    /// Sums over one row for every class of regions.
    row: Vec<RowSums>,
}

#[derive(Clone, Copy, Debug, Default)]
struct OffsetMoments {
    /// E of theta_k less the center.
    mean: f64,
    /// E of its square.
    square: f64,
}

/// With m the conditional mean of theta_k less the center, v its variance, d = y_i less the center:
/// mu_i less the center has conditional mean B m + (1-B) d and variance B² v + (1-B) V.
#[derive(Clone, Copy, Debug, Default)]
struct GroupMoments {
    /// E(1-B).
    keep: f64,
    /// E(1-B)².
    keep_square: f64,
    /// E(B m).
    pull: f64,
    /// E((1-B) B m).
    keep_pull: f64,
    /// E(B² (m² + v) + (1-B) V).
    square: f64,
}

/// With f = 1/(1 + V_theta P), so that theta has conditional mean M (1-f) and variance V_theta f.
#[derive(Clone, Copy, Debug, Default)]
struct RowSums {
    /// Σ w f.
    fade: f64,
    /// Σ w f².
    fade_square: f64,
    /// Σ w V_theta f.
    var: f64,
}

impl MomentSums {
    fn fill(&mut self, hierarchy: &Hierarchy, grid: &ScaleGrid, moments: Moments) {
        let groups = hierarchy.groups();
        self.theta.clear();
        self.theta.resize(hierarchy.num_regions(), OffsetMoments::default());
        self.groups.clear();
        self.groups.resize(groups.groups().len(), GroupMoments::default());
        for (place, row) in grid.rows().iter().enumerate() {
            self.row.clear();
            self.row.extend(grid.classes(place).iter().map(|class| {
                let mut sums = RowSums::default();
                for (point, weight) in grid.cells(row) {
                    let fade = 1.0 / (1.0 + point.var * class.prec);
                    sums.fade += weight * fade;
                    sums.fade_square += weight * (fade * fade);
                    sums.var += weight * (point.var * fade);
                }
                sums
            }));
            self.add_row(hierarchy, grid, row, moments);
        }
    }

    fn add_row(&mut self, hierarchy: &Hierarchy, grid: &ScaleGrid, row: &Row, moments: Moments) {
        let share = 1.0 / grid.total;
        let weight = row.sum * share;
        let mut group_sums = self.groups.iter_mut();
        for (region, theta) in hierarchy.groups().regions().zip(&mut self.theta) {
            let RegionEvidence { mean, .. } = region.evidence(row.point.var);
            let RowSums { fade, fade_square, var } = self.row[region.class];
            let offset = mean - region.center;
            let first = offset * weight - mean * fade * share;
            let second = offset * offset * weight
                + mean * (mean * fade_square - 2.0 * offset * fade) * share
                + var * share;
            theta.mean += first;
            theta.square += second;
            for (group, sums) in region.groups.iter().zip(&mut group_sums) {
                let conditional = SchoolConditional::new(group.noise_var, row.point.var);
                let (keep, shrinkage) = (conditional.keep, conditional.shrinkage);
                sums.keep += keep * weight;
                sums.pull += shrinkage * first;
                if moments == Moments::Two {
                    sums.keep_square += keep * keep * weight;
                    sums.keep_pull += keep * shrinkage * first;
                    sums.square += shrinkage * shrinkage * second + keep * group.noise_var * weight;
                }
            }
        }
    }
}

/// Posterior mean and SD of each scale.
fn scale_moments(hierarchy: &Hierarchy, grid: &ScaleGrid) -> [(f64, f64); 2] {
    let expect = |f: &dyn Fn(f64, f64) -> [f64; 2]| {
        let mut sums = [0.0; 2];
        for row in grid.rows() {
            for (point, weight) in grid.cells(row) {
                let values = f(row.point.sd, point.sd);
                sums = [sums[0] + weight * values[0], sums[1] + weight * values[1]];
            }
        }
        sums.map(|sum| sum / grid.total)
    };
    let means = expect(&|school, region| [school, region]);
    let vars = expect(&|school, region| {
        [(school - means[0]) * (school - means[0]), (region - means[1]) * (region - means[1])]
    });
    let heavy = heavy_tails(hierarchy);
    let scales = [hierarchy.school_sd(), hierarchy.region_sd()];
    [0, 1].map(|i| match scales[i] {
        Scale::Known(sd) => (sd, 0.0),
        Scale::Learned(_) if heavy[i] => (means[i], f64::INFINITY),
        Scale::Learned(_) => (means[i], vars[i].sqrt()),
    })
}

/// See [`ScalePosterior::sketch`].
#[derive(Clone, Debug)]
pub struct Sketch {
    mixture: Mixture,
}

impl Sketch {
    /// Density at `x`.
    #[must_use]
    pub fn density(&self, x: f64) -> f64 {
        self.mixture.density(x)
    }
}

/// A mixture of normals.
#[derive(Clone, Debug)]
struct Mixture {
    parts: Vec<Part>,
}

#[derive(Clone, Copy, Debug)]
struct Part {
    weight: f64,
    mean: f64,
    sd: f64,
}

impl Part {
    fn is_near(&self, other: &Self) -> bool {
        (self.mean - other.mean).abs() < SKETCHED_DISTANCE * self.sd.min(other.sd)
            && (self.sd / other.sd - 1.0).abs() < SKETCHED_DISTANCE
    }

    /// The normal with the moments of both.
    fn join(&mut self, other: &Self) {
        let weight = self.weight + other.weight;
        let share = other.weight / weight;
        let apart = other.mean - self.mean;
        let var = self.sd * self.sd * (1.0 - share)
            + other.sd * other.sd * share
            + share * (1.0 - share) * apart * apart;
        *self = Self { weight, mean: self.mean + share * apart, sd: var.sqrt() };
    }
}

/// Share of a sketch below which neighbours are joined however far apart they are.
const SKETCHED_SHARE: f64 = 1e-4;
/// Neighbours of a sketch are joined up to this distance of their means, in their SDs, and of their log SDs.
const SKETCHED_DISTANCE: f64 = 0.1;

impl Mixture {
    /// Neighbours on the lattice joined into normals of the same mean and variance.
    fn compressed(&self) -> Self {
        let mut joined: Vec<Part> = Vec::new();
        for part in &self.parts {
            match joined.last_mut() {
                Some(last) if last.weight < SKETCHED_SHARE || last.is_near(part) => last.join(part),
                _ => joined.push(*part),
            }
        }
        Self { parts: joined }
    }

    fn cdf(&self, x: f64) -> f64 {
        let part_cdf = |part: &Part| {
            if part.sd > 0.0 { normal_cdf((x - part.mean) / part.sd) } else { f64::from(x >= part.mean) }
        };
        self.parts.iter().map(|part| part.weight * part_cdf(part)).sum()
    }

    fn density(&self, x: f64) -> f64 {
        let part_density = |part: &Part| normal_pdf((x - part.mean) / part.sd) / part.sd;
        self.parts.iter().map(|part| part.weight * part_density(part)).sum()
    }

    fn quantile(&self, p: f64) -> f64 {
        if !(0.0..=1.0).contains(&p) {
            return f64::NAN;
        }
        let z = normal_quantile(p);
        if z.is_infinite() {
            return z;
        }
        // The mixture's quantile lies between its parts'.
        let ends = self.parts.iter().map(|part| part.mean + z * part.sd);
        let (mut low, mut high) =
            ends.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(x), high.max(x)));
        let mut x = self.parts.iter().map(|part| part.weight * (part.mean + z * part.sd)).sum::<f64>();
        for _ in 0..MAX_ROOT_STEPS {
            if high - low <= ROOT_TOLERANCE * (low.abs() + high.abs()) {
                break;
            }
            let error = self.cdf(x) - p;
            if error > 0.0 {
                high = x
            } else {
                low = x
            }
            let newton = x - error / self.density(x);
            let next = if newton > low && newton < high { newton } else { 0.5 * (low + high) };
            if (next - x).abs() <= ROOT_TOLERANCE * (next.abs() + (high - low)) {
                return next;
            }
            x = next;
        }
        x
    }
}

const MAX_ROOT_STEPS: usize = 100;
const ROOT_TOLERANCE: f64 = 1e-14; // relative: rounding

/// The distribution function of a scale at the lattice points, between which Gauss–Legendre integrates.
struct Cumulative<'a> {
    posterior: &'a ScalePosterior,
    level: Level,
    rule: GaussLegendre,
    /// Coordinates of the cells' ends.
    ends: Vec<f64>,
    /// Probability below each of them.
    below: Vec<f64>,
}

impl<'a> Cumulative<'a> {
    fn new(posterior: &'a ScalePosterior, level: Level) -> Self {
        let grid = &posterior.grid;
        let (axis, first, last) = match level {
            Level::School => {
                let indices = grid.rows().iter().map(|row| row.index);
                let (first, last) = indices.fold((0, 0), |(first, last), i| (first.min(i), last.max(i)));
                (&grid.school, first, last)
            }
            Level::Region => (&grid.region, grid.cols().0, grid.cols().1),
        };
        let mut cumulative = Self {
            posterior,
            level,
            rule: GaussLegendre::new(CELL_ORDER),
            ends: (first..=last).map(|i| axis.coordinate(f64::from(i))).collect(),
            below: vec![0.0],
        };
        let mut sum = 0.0;
        for i in 1..cumulative.ends.len() {
            sum += cumulative.mass(cumulative.ends[i - 1], cumulative.ends[i]);
            cumulative.below.push(sum);
        }
        // The whole is 1 up to the tails left out.
        cumulative.below.iter_mut().for_each(|p| *p /= sum);
        cumulative
    }

    /// Posterior density of the coordinate.
    #[inline(never)]
    fn density(&self, u: f64) -> f64 {
        let axis = match self.level {
            Level::School => &self.posterior.grid.school,
            Level::Region => &self.posterior.grid.region,
        };
        let point = axis.at(u);
        let log_evidence = self.posterior.log_evidence(self.level, point.var);
        libm::exp(point.log_weight + log_evidence - self.posterior.log_marginal_likelihood)
    }

    #[inline(never)]
    fn mass(&self, low: f64, high: f64) -> f64 {
        self.rule.integrate(low, high, |u| self.density(u))
    }

    fn quantile(&self, p: f64) -> f64 {
        if !(0.0..=1.0).contains(&p) {
            return f64::NAN;
        }
        if p == 0.0 || p == 1.0 {
            return if p == 0.0 { 0.0 } else { f64::INFINITY };
        }
        let cell = self.below.partition_point(|below| *below <= p).clamp(1, self.ends.len() - 1);
        let (start, below) = (self.ends[cell - 1], self.below[cell - 1]);
        let (mut low, mut high) = (start, self.ends[cell]);
        let mut u = low + (high - low) * (p - below) / (self.below[cell] - below);
        for _ in 0..MAX_ROOT_STEPS {
            let error = below + self.mass(start, u) - p;
            if error > 0.0 {
                high = u
            } else {
                low = u
            }
            let newton = u - error / self.density(u);
            let next = if newton >= low && newton <= high { newton } else { 0.5 * (low + high) };
            if (next - u).abs() <= 1e-12 {
                u = next;
                break;
            }
            u = next;
        }
        match self.level {
            Level::School => self.posterior.grid.school.at(u).sd,
            Level::Region => self.posterior.grid.region.at(u).sd,
        }
    }
}

/// Nodes in each lattice cell, which is at most 0.75 posterior widths long: errors below 10⁻⁹.
const CELL_ORDER: usize = 6;
