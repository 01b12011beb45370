//! What the data say of the scales, once: sufficient statistics of schools that
//! share a region and a noise variance.
//!
//! With t_g = V_g + V_mu and w_g = n_g/t_g over the groups g of region k,
//! P_k = Σ w_g is the precision of theta_k from the data alone and
//! M_k = Σ w_g ybar_g / P_k its best value.

/// Schools of one region with one noise variance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Group {
    /// n_g.
    pub(crate) size: f64,
    pub(crate) noise_var: f64,
    /// ybar_g less the region's center.
    pub(crate) offset: f64,
    level: usize,
}

/// Schools of all regions with one noise variance.
#[derive(Clone, Copy, Debug, PartialEq)]
struct NoiseLevel {
    noise_var: f64,
    num_schools: f64,
    /// Sum of squares of `y` within the groups of this variance.
    within: f64,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct RegionGroups {
    num_schools: usize,
    num_groups: usize,
    /// Regions of one class have the same numbers of schools at the same noise variances,
    /// and so the same P_k.
    class: usize,
    /// Mean of `y` over the region: offsets from it keep sums of squares from cancelling.
    center: f64,
}

/// The groups of a data set, region by region.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct NoiseGroups {
    groups: Vec<Group>,
    regions: Vec<RegionGroups>,
    levels: Vec<NoiseLevel>,
    /// Index into `groups` of every school.
    school_group: Vec<usize>,
    num_classes: usize,
}

/// One region's P_k and M_k, and the sum of squares of its group means about M_k, weighted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct RegionEvidence {
    /// P_k.
    pub(crate) prec: f64,
    /// M_k.
    pub(crate) mean: f64,
    /// Σ w_g (ybar_g − M_k)².
    pub(crate) between: f64,
}

/// A region of a data set.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RegionView<'a> {
    /// Its groups.
    pub(crate) groups: &'a [Group],
    pub(crate) num_schools: usize,
    /// Which regions share its P_k, from 0.
    pub(crate) class: usize,
    /// Mean of `y` over the region.
    pub(crate) center: f64,
}

impl RegionView<'_> {
    pub(crate) fn evidence(&self, school_var: f64) -> RegionEvidence {
        let (mut prec, mut offset, mut square) = (0.0, 0.0, 0.0);
        for group in self.groups {
            let weight = group.size / (group.noise_var + school_var);
            prec += weight;
            offset += weight * group.offset;
            square += weight * group.offset * group.offset;
        }
        let mean_offset = offset / prec;
        RegionEvidence { prec, mean: self.center + mean_offset, between: square - offset * mean_offset }
    }
}

impl NoiseGroups {
    /// Groups of `y`; the design has been checked.
    pub(crate) fn new(y: &[f64], noise_var: &[f64], sizes: &[usize]) -> Self {
        let mut distinct = noise_var.to_vec();
        stats::order::sort(&mut distinct);
        distinct.dedup();
        let level_of = |var: f64| distinct.partition_point(|level| *level < var);
        let mut levels: Vec<_> = distinct
            .iter()
            .map(|&noise_var| NoiseLevel { noise_var, num_schools: 0.0, within: 0.0 })
            .collect();
        let mut groups = Vec::new();
        let mut regions = Vec::with_capacity(sizes.len());
        let mut school_group = Vec::with_capacity(y.len());
        let mut first = 0;
        for &num_schools in sizes {
            let of_school: Vec<usize> =
                noise_var[first..first + num_schools].iter().map(|var| level_of(*var)).collect();
            let mut here = of_school.clone();
            stats::order::sort_counts(&mut here);
            here.dedup();
            let first_group = groups.len();
            groups.extend(here.iter().map(|&level| Group {
                size: 0.0,
                noise_var: distinct[level],
                offset: 0.0,
                level,
            }));
            for level in of_school {
                let group = first_group + here.partition_point(|l| *l < level);
                groups[group].size += 1.0;
                levels[level].num_schools += 1.0;
                school_group.push(group);
            }
            regions.push(RegionGroups { num_schools, num_groups: here.len(), class: 0, center: 0.0 });
            first += num_schools;
        }
        let mut this = Self { groups, regions, levels, school_group, num_classes: 0 };
        this.classify_regions();
        this.set_y(y);
        this
    }

    fn classify_regions(&mut self) {
        let mut designs: Vec<Vec<(usize, u64)>> = Vec::new();
        let mut rest = &self.groups[..];
        for region in &mut self.regions {
            let groups;
            (groups, rest) = rest.split_at(region.num_groups);
            let design: Vec<_> = groups.iter().map(|group| (group.level, group.size.to_bits())).collect();
            region.class = designs.iter().position(|known| *known == design).unwrap_or_else(|| {
                designs.push(design);
                designs.len() - 1
            });
        }
        self.num_classes = designs.len();
    }

    /// The same design with other data, without allocation.
    pub(crate) fn set_y(&mut self, y: &[f64]) {
        self.groups.iter_mut().for_each(|group| group.offset = 0.0);
        self.levels.iter_mut().for_each(|level| level.within = 0.0);
        let (mut first, mut first_group) = (0, 0);
        for region in &mut self.regions {
            let schools = first..first + region.num_schools;
            let y = &y[schools.clone()];
            region.center = y.iter().sum::<f64>() / region.num_schools as f64;
            let groups = &mut self.groups[first_group..first_group + region.num_groups];
            let group_of = &self.school_group[schools.clone()];
            if let [group] = groups {
                // Its mean is the center.
                let within = y.iter().map(|y| (y - region.center) * (y - region.center)).sum::<f64>();
                self.levels[group.level].within += within;
            } else {
                for (y, group) in y.iter().zip(group_of) {
                    groups[group - first_group].offset += y - region.center;
                }
                groups.iter_mut().for_each(|group| group.offset /= group.size);
                for (y, group) in y.iter().zip(group_of) {
                    let group = &groups[group - first_group];
                    let deviation = y - region.center - group.offset;
                    self.levels[group.level].within += deviation * deviation;
                }
            }
            first = schools.end;
            first_group += region.num_groups;
        }
    }

    pub(crate) fn regions(&self) -> impl Iterator<Item = RegionView<'_>> {
        let mut rest = &self.groups[..];
        self.regions.iter().map(move |region| {
            let groups;
            (groups, rest) = rest.split_at(region.num_groups);
            RegionView { groups, num_schools: region.num_schools, class: region.class, center: region.center }
        })
    }

    pub(crate) fn num_classes(&self) -> usize {
        self.num_classes
    }

    pub(crate) fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// No `y` lies further from its region's mean than this.
    pub(crate) fn largest_deviation_bound(&self) -> f64 {
        let within: f64 = self.levels.iter().map(|level| level.within).sum();
        let between: f64 = self.groups.iter().map(|group| group.size * group.offset * group.offset).sum();
        (within + between).sqrt()
    }

    /// Index into [`groups`](Self::groups) of every school.
    pub(crate) fn school_group(&self) -> &[usize] {
        &self.school_group
    }

    /// Σ over schools of log 2πt, plus squares within groups over t: −2 log of that part
    /// of the marginal likelihood that no region mean touches. Determinants go to `product`.
    pub(crate) fn within_terms(&self, school_var: f64, product: &mut LogProduct) -> f64 {
        let mut sum = self.school_group.len() as f64 * LOG_TAU;
        for level in &self.levels {
            let total_var = level.noise_var + school_var;
            sum += level.within / total_var;
            if level.num_schools == 1.0 {
                product.multiply(total_var);
            } else {
                sum += level.num_schools * libm::log(total_var);
            }
        }
        sum
    }

    /// Log density of the data at these variances, theta and mu integrated out.
    ///
    /// ```text
    /// −2 log L = Σ_i log 2πt_i + Σ_g W_g/t_g
    ///          + Σ_k [ Σ_g w_g (ybar_g-M_k)² + log(1 + V_theta P_k) + P_k M_k²/(1 + V_theta P_k) ]
    /// ```
    pub(crate) fn log_marginal(&self, school_var: f64, region_var: f64) -> f64 {
        let mut product = LogProduct::default();
        let mut sum = self.within_terms(school_var, &mut product);
        for region in self.regions() {
            let RegionEvidence { prec, mean, between } = region.evidence(school_var);
            let ratio = 1.0 + region_var * prec;
            product.multiply(ratio);
            sum += between + prec * mean * mean / ratio;
        }
        -0.5 * (sum + product.logarithm())
    }
}

const LOG_TAU: f64 = 1.837_877_066_409_345_3; // log 2π, no unit

/// log of a product of positive numbers, with few logarithms.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LogProduct {
    product: f64,
    log_sum: f64,
}

impl Default for LogProduct {
    fn default() -> Self {
        Self { product: 1.0, log_sum: 0.0 }
    }
}

impl LogProduct {
    /// A product within these bounds takes a further factor within them without over- or underflow.
    const SAFE: std::ops::RangeInclusive<f64> = 1e-150..=1e150;

    #[inline]
    pub(crate) fn multiply(&mut self, factor: f64) {
        if !Self::SAFE.contains(&factor) {
            self.log_sum += libm::log(factor);
            return;
        }
        self.product *= factor;
        if !Self::SAFE.contains(&self.product) {
            self.log_sum += libm::log(self.product);
            self.product = 1.0;
        }
    }

    pub(crate) fn logarithm(self) -> f64 {
        self.log_sum + libm::log(self.product)
    }
}
