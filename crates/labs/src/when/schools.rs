//! The same schools measured again and again: risk and coverage of each.

use estimators::interval::{Interval, Target, morris, plug_in, two_sided_z};
use estimators::regions::full_bayes_about_rules;
use estimators::risk::coverage;
use estimators::risk::regions::LinearError;
use estimators::{ShrinkageRule, Truncation, regions::james_stein_by_region_rules};
use models::{RegionData, RegionNormals, TruthShape};
use plots::{Axis, Curves, ErrorDot, ErrorDots, Figure, LabelAt, Line, Role, Table};
use stats::order::{ranking, sort_counts};
use stats::summary::RunningMean;

use super::curves::{james_stein_risks, school_errors};
use super::setting::Setting;
use super::words::{self, estimator};
use crate::lab::{Body, Needs, Panel, Place, Span};
use crate::{axis, number};

/// Kinds of intervals.
const METHODS: [(&str, Role); 4] = [
    (words::MLE, Role::Mle),
    (words::BAYES, Role::Bayes),
    (words::coverage::PLUG_IN, Role::Neutral),
    (words::coverage::MORRIS, Role::JamesStein),
];
const BAYES: usize = 1;
const PLUG_IN: usize = 2;
const MORRIS: usize = 3;

/// Estimators whose loss is counted school by school.
const RISKS: [(&str, Role); 2] =
    [(estimator::FULL_BAYES.short, Role::Bayes), (estimator::JAMES_STEIN.short, Role::JamesStein)];

/// Most schools whose dots are drawn: more could not be told apart.
const MOST_DOTS: usize = 120;

/// Counts over new noise about one truth.
pub(crate) struct Schools {
    /// Distance of each school's truth from the mean of its region's truths.
    offsets: Vec<f64>,
    level: f64,
    count: u32,
    covered: [Vec<u32>; METHODS.len()],
    half_widths: [RunningMean; METHODS.len()],
    losses: [Vec<RunningMean>; RISKS.len()],
    rules: Vec<ShrinkageRule>,
    each: Vec<Result<ShrinkageRule, estimators::EstimateError>>,
}

impl Schools {
    pub(crate) fn new(setting: &Setting, truth: &[f64], level: f64) -> Self {
        let mut offsets = truth.to_vec();
        for region in split(&mut offsets, &setting.sizes) {
            let center = stats::summary::mean(region);
            region.iter_mut().for_each(|mu| *mu -= center);
        }
        let (n, num_regions) = (truth.len(), setting.sizes.len());
        Self {
            offsets,
            level,
            count: 0,
            covered: std::array::from_fn(|_| vec![0; n]),
            half_widths: [RunningMean::new(); METHODS.len()],
            losses: std::array::from_fn(|_| vec![RunningMean::new(); n]),
            rules: vec![ShrinkageRule::UNPOOLED; num_regions],
            each: vec![Ok(ShrinkageRule::UNPOOLED); num_regions],
        }
    }

    /// Measures the schools of `data` once more.
    pub(crate) fn add(
        &mut self,
        setting: &Setting,
        replicate: u64,
        normals: &mut RegionNormals,
        data: &mut RegionData,
    ) {
        setting.measure_again(replicate, normals, data);
        self.count += 1;
        let noise_var = setting.scales.noise_var;
        let z = two_sided_z(self.level);
        full_bayes_about_rules(
            &data.y,
            &setting.sizes,
            setting.believed,
            setting.believed_mean,
            &mut self.rules,
        )
        .unwrap_or_else(|_| unreachable!("the controls keep sizes and variances in range"));
        james_stein_by_region_rules(&data.y, &setting.sizes, noise_var, Truncation::Plain, &mut self.each)
            .unwrap_or_else(|_| unreachable!("the controls keep sizes and variances in range"));
        let mut first = 0;
        for (k, size) in setting.sizes.iter().enumerate() {
            let schools = first..first + size;
            first = schools.end;
            let (y, mu) = (&data.y[schools.clone()], &data.mu[schools.clone()]);
            let bayes_half = z * setting.bayes_rule().believed_var(*size, noise_var).sqrt();
            let james_stein = self.each[k].unwrap_or(ShrinkageRule::UNPOOLED);
            let plugged = plug_in(y, noise_var, Target::GrandMean, self.level).ok();
            let of_morris = morris(y, noise_var, Target::GrandMean, self.level).ok();
            for (i, (y, mu)) in y.iter().zip(mu).enumerate() {
                let school = schools.start + i;
                let about =
                    |estimate: f64, half: f64| Interval { lower: estimate - half, upper: estimate + half };
                let bayes = self.rules[k].estimate(*y);
                let intervals = [
                    Some(about(*y, z * noise_var.sqrt())),
                    Some(about(bayes, bayes_half)),
                    plugged.as_ref().map(|intervals| intervals[i]),
                    of_morris.as_ref().map(|intervals| intervals[i]),
                ];
                for (method, interval) in intervals.into_iter().enumerate() {
                    let Some(interval) = interval else { continue };
                    self.covered[method][school] += u32::from(interval.covers(*mu));
                    self.half_widths[method].push(0.5 * interval.width());
                }
                for (losses, estimate) in self.losses.iter_mut().zip([bayes, james_stein.estimate(*y)]) {
                    losses[school].push((estimate - mu) * (estimate - mu));
                }
            }
        }
    }

    /// Exact coverage of the Bayes interval of each school.
    fn bayes_coverage(&self, setting: &Setting, truth: &[f64]) -> Vec<f64> {
        let z = two_sided_z(self.level);
        let errors = school_errors(setting, truth);
        let halves = setting.sizes.iter().flat_map(|size| {
            let half = z * setting.bayes_rule().believed_var(*size, setting.scales.noise_var).sqrt();
            std::iter::repeat_n(half, *size)
        });
        errors.iter().zip(halves).map(|(error, half)| error.coverage(half)).collect()
    }

    /// Whether a method has an interval for school `i`: regions of fewer than four have none of the last two.
    fn is_defined(&self, method: usize, size: usize) -> bool {
        method < PLUG_IN || size >= 4
    }

    fn region_axis(&self) -> Axis {
        let (min, max) = axis::symmetric(self.offsets.iter().copied(), 1.0);
        Axis::linear(min, max, words::schools::OFFSET)
    }

    /// One line for each region: within it, everything is a smooth function of the offset alone.
    ///
    /// - `curve`: that function, of the region's schools.
    fn lines<F: Fn(f64) -> f64>(
        &self,
        setting: &Setting,
        (label, role): (&str, Role),
        curve: impl Fn(std::ops::Range<usize>) -> F,
    ) -> Vec<Line> {
        const CORNERS: usize = 33;
        let mut first = 0;
        let mut lines = Vec::with_capacity(setting.sizes.len());
        for size in &setting.sizes {
            let schools = first..first + size;
            first = schools.end;
            let (low, high) = self.offsets[schools.clone()]
                .iter()
                .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(*x), high.max(*x)));
            let curve = curve(schools);
            let at = |i: usize| low + (high - low) * i as f64 / (CORNERS - 1) as f64;
            lines.push(Line {
                label: words::exact(label),
                label_at: if lines.is_empty() { LabelAt::Along } else { LabelAt::Nowhere },
                role,
                points: (0..CORNERS).map(|i| (at(i), curve(at(i)))).collect(),
                filled: false,
                dashed: false,
            });
        }
        lines
    }

    /// The error of Bayes at a school of a region whose truth has another offset: only its bias changes, and
    /// in a straight line.
    fn error_at(
        &self,
        errors: &[LinearError],
        schools: std::ops::Range<usize>,
    ) -> impl Fn(f64) -> LinearError {
        let (x, errors) = (&self.offsets[schools.clone()], &errors[schools]);
        let by_offset = |a: &usize, b: &usize| x[*a].total_cmp(&x[*b]);
        let (low, high) =
            ((0..x.len()).min_by(by_offset).unwrap_or(0), (0..x.len()).max_by(by_offset).unwrap_or(0));
        let (from, error) = (x[low], errors[low]);
        let slope = (errors[high].move_mean - error.move_mean) / (x[high] - from).max(f64::MIN_POSITIVE);
        move |x| LinearError { move_mean: error.move_mean + slope * (x - from), ..error }
    }

    /// Risk of every school.
    pub(crate) fn risks(&self, setting: &Setting, truth: &[f64]) -> Panel {
        let errors = school_errors(setting, truth);
        let bayes: Vec<f64> = errors.iter().map(LinearError::risk).collect();
        let james_stein = james_stein_risks(setting, truth);
        let noise_var = setting.scales.noise_var;
        let x = self.region_axis();
        let mut lines = self.lines(setting, RISKS[0], |schools| {
            let error = self.error_at(&errors, schools);
            move |x| error(x).risk()
        });
        lines.extend(self.lines(setting, RISKS[1], |schools| {
            // A straight line in the squared offset.
            let (x, risks) = (&self.offsets[schools.clone()], &james_stein[schools]);
            let by_square = |a: &usize, b: &usize| x[*a].abs().total_cmp(&x[*b].abs());
            let (low, high) =
                ((0..x.len()).min_by(by_square).unwrap_or(0), (0..x.len()).max_by(by_square).unwrap_or(0));
            let (from, risk) = (x[low] * x[low], risks[low]);
            let slope = (risks[high] - risk) / (x[high] * x[high] - from).max(f64::MIN_POSITIVE);
            move |x| risk + slope * (x * x - from)
        }));
        lines.push(flat(&x, noise_var, words::MLE));
        let dots = RISKS
            .iter()
            .zip(&self.losses)
            .map(|((label, role), losses)| ErrorDots {
                label: words::simulated(label),
                role: *role,
                dots: self.dots(
                    losses
                        .iter()
                        .map(|mean| (mean.count() > 1).then(|| (mean.mean(), mean.standard_error()))),
                ),
            })
            .collect();
        let worst = bayes.iter().chain(&james_stein).copied().fold(noise_var, f64::max);
        let is_better = bayes.iter().sum::<f64>() < noise_var * truth.len() as f64;
        let hurt = bayes.iter().filter(|risk| **risk > noise_var).count();
        let (_, top) = axis::from_zero([1.1 * worst]);
        Panel {
            id: "schools".to_owned(),
            title: words::SCHOOL_BY_SCHOOL.to_owned(),
            subtitle: words::schools::subtitle(self.count),
            place: Place::Side,
            is_lead: false,
            needs: Needs::Repeats,
            body: Body::Figure(Figure::Curves(Curves {
                x,
                y: Axis::linear(0.0, top, words::schools::RISK),
                y_labels: true,
                lines,
                points: Vec::new(),
                rules: Vec::new(),
                dots,
            })),
            remark: words::schools::remark(is_better, hurt, truth.len()),
        }
    }

    fn dots(&self, values: impl Iterator<Item = Option<(f64, f64)>>) -> Vec<ErrorDot> {
        if self.offsets.len() > MOST_DOTS {
            return Vec::new();
        }
        let dots: Vec<ErrorDot> = self
            .offsets
            .iter()
            .zip(values)
            .filter_map(|(x, value)| value.map(|(y, error)| ErrorDot { x: *x, y, error }))
            .collect();
        let order = ranking(&dots.iter().map(|dot| dot.x).collect::<Vec<_>>());
        order.into_iter().map(|index| dots[index]).collect()
    }

    fn share(&self, method: usize, school: usize) -> Option<(f64, f64)> {
        let n = f64::from(self.count);
        let share = f64::from(self.covered[method][school]) / n;
        (self.count > 0).then(|| (share, (share * (1.0 - share) / n).sqrt()))
    }

    /// How often the intervals of each school cover.
    pub(crate) fn coverage(&self, setting: &Setting, truth: &[f64]) -> Panel {
        let exact = self.bayes_coverage(setting, truth);
        let x = self.region_axis();
        let errors = school_errors(setting, truth);
        let z = two_sided_z(self.level);
        let mut lines = self.lines(setting, (words::BAYES, Role::Bayes), |schools| {
            let believed = setting.bayes_rule().believed_var(schools.len(), setting.scales.noise_var);
            let (half, error) = (z * believed.sqrt(), self.error_at(&errors, schools));
            move |x| error(x).coverage(half)
        });
        lines.push(flat(&x, self.level, words::MLE));
        let sizes: Vec<usize> =
            setting.sizes.iter().flat_map(|size| std::iter::repeat_n(*size, *size)).collect();
        let dots: Vec<ErrorDots> = METHODS
            .iter()
            .enumerate()
            .map(|(method, (label, role))| ErrorDots {
                label: words::simulated(label),
                role: *role,
                dots: self.dots(sizes.iter().enumerate().map(|(school, size)| {
                    self.share(method, school).filter(|_| self.is_defined(method, *size))
                })),
            })
            .collect();
        let lowest = exact
            .iter()
            .copied()
            .chain(dots.iter().flat_map(|dots| dots.dots.iter().map(|dot| dot.y)))
            .fold(self.level, f64::min);
        let bottom = if lowest > 0.75 {
            0.7
        } else if lowest > 0.5 {
            0.4
        } else {
            0.0
        };
        let worst = exact.iter().copied().fold(1.0, f64::min);
        let average = stats::summary::mean(&exact);
        Panel {
            id: "coverage".to_owned(),
            title: words::coverage::title(self.level),
            subtitle: words::coverage::subtitle(self.count),
            place: Place::Main,
            is_lead: true,
            needs: Needs::Repeats,
            body: Body::Figure(Figure::Curves(Curves {
                x,
                y: Axis::linear(bottom, 1.02, words::coverage::COVERAGE),
                y_labels: true,
                lines,
                points: Vec::new(),
                rules: Vec::new(),
                dots,
            })),
            remark: words::coverage::remark(average > self.level - 0.03, average, worst),
        }
    }

    /// Average and worst case, simulated and exact, and what the promise costs in width.
    pub(crate) fn table(&self, setting: &Setting, truth: &[f64]) -> Panel {
        let exact = self.bayes_coverage(setting, truth);
        let sizes: Vec<usize> =
            setting.sizes.iter().flat_map(|size| std::iter::repeat_n(*size, *size)).collect();
        let averages = self.exact_averages(setting);
        let share = |value: Option<f64>| words::or_dash(value.map(percent));
        let rows = METHODS
            .iter()
            .enumerate()
            .map(|(method, (label, _))| {
                let shares: Vec<f64> = (0..truth.len())
                    .filter(|school| self.is_defined(method, sizes[*school]))
                    .filter_map(|school| self.share(method, school).map(|share| share.0))
                    .collect();
                let has_any = !shares.is_empty();
                let mean = has_any.then(|| stats::summary::mean(&shares));
                let worst = shares.iter().copied().reduce(f64::min);
                let exact_worst = match method {
                    0 => Some(self.level),
                    BAYES => exact.iter().copied().reduce(f64::min),
                    _ => None,
                };
                let half = Some(self.half_widths[method].mean()).filter(|_| has_any);
                vec![
                    (*label).to_owned(),
                    share(mean),
                    share(worst),
                    share(exact_worst),
                    share(averages[method]),
                    words::or_dash(half.map(number::short)),
                ]
            })
            .collect();
        Panel {
            id: "intervals".to_owned(),
            title: words::intervals::TITLE.to_owned(),
            subtitle: vec![Span::plain(words::intervals::SUBTITLE)],
            place: Place::Below,
            is_lead: false,
            needs: Needs::Repeats,
            body: Body::Table(Table { columns: words::intervals::COLUMNS.map(str::to_owned).into(), rows }),
            remark: Vec::new(),
        }
    }

    /// Coverage averaged over truths as well, where the truth is normal and nobody lies off.
    fn exact_averages(&self, setting: &Setting) -> [Option<f64>; METHODS.len()] {
        let mut averages = [Some(self.level), None, None, None];
        if setting.shape != TruthShape::Normal {
            return averages;
        }
        let z = two_sided_z(self.level);
        let rule = setting.bayes_rule();
        let errors =
            estimators::risk::regions::linear_errors(&setting.centers, &setting.sizes, setting.scales, rule);
        averages[BAYES] = errors.ok().map(|errors| {
            let halves = setting.sizes.iter().flat_map(|size| {
                std::iter::repeat_n(z * rule.believed_var(*size, setting.scales.noise_var).sqrt(), *size)
            });
            let sum: f64 = errors.iter().zip(halves).map(|(error, half)| error.coverage(half)).sum();
            sum / setting.num_schools() as f64
        });
        let mut distinct: Vec<usize> = setting.sizes.clone();
        sort_counts(&mut distinct);
        distinct.dedup();
        // Two integrals for each size: a few are quick, and more say no more.
        if setting.is_even() && distinct[0] >= 4 && distinct.len() <= 4 {
            let ratio = setting.scales.school_var / setting.scales.noise_var;
            let average =
                |coverage: fn(usize, f64, Target, f64) -> Result<f64, estimators::EstimateError>| {
                    let mut total = 0.0;
                    for size in &distinct {
                        let schools = setting.sizes.iter().filter(|other| *other == size).count() * size;
                        total +=
                            schools as f64 * coverage(*size, ratio, Target::GrandMean, self.level).ok()?;
                    }
                    Some(total / setting.num_schools() as f64)
                };
            averages[PLUG_IN] = average(coverage::plug_in);
            averages[MORRIS] = average(coverage::morris);
        }
        averages
    }
}

/// Per cent with one digit: intervals differ in it.
fn percent(share: f64) -> String {
    format!("{} %", number::fixed(100.0 * share, 1))
}

fn flat(x: &Axis, value: f64, label: &str) -> Line {
    Line {
        label: words::exact(label),
        label_at: LabelAt::End,
        role: Role::Mle,
        points: vec![(x.min, value), (x.max, value)],
        filled: false,
        dashed: true,
    }
}

fn split<'a>(values: &'a mut [f64], sizes: &'a [usize]) -> impl Iterator<Item = &'a mut [f64]> {
    let mut rest = values;
    sizes.iter().map(move |size| {
        let (region, tail) = std::mem::take(&mut rest).split_at_mut(*size);
        rest = tail;
        region
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::when::setting::Inputs;

    /// Lines run through the exact values of their schools, dots lie within 4.5 errors of them, and shares of
    /// intervals do too.
    #[test]
    fn lines_and_dots_of_schools_agree() {
        let link = "#/when?k=3&size=7&imbalance=2&v_theta=0.5&outlying=school&distance=3";
        let scenario = crate::link::parse(link).scenario;
        let setting = Inputs::of(&scenario.values()).setting();
        let (mut normals, mut data) = (RegionNormals::default(), RegionData::default());
        setting.data_into(0, &mut normals, &mut data);
        let truth = data.mu.clone();
        let mut schools = Schools::new(&setting, &truth, 0.9);
        (1..=2000).for_each(|replicate| schools.add(&setting, replicate, &mut normals, &mut data));
        let errors = school_errors(&setting, &truth);
        let exact = schools.bayes_coverage(&setting, &truth);
        let mut first = 0;
        for size in &setting.sizes {
            let of_region = first..first + size;
            let error = schools.error_at(&errors, of_region.clone());
            for school in of_region.clone() {
                let line = error(schools.offsets[school]).risk();
                assert!((line - errors[school].risk()).abs() < 1e-9);
                let mean = &schools.losses[0][school];
                assert!((mean.mean() - line).abs() < 4.5 * mean.standard_error(), "school {school}");
                let (share, _) = schools.share(BAYES, school).unwrap();
                let sd = (exact[school] * (1.0 - exact[school]) / 2000.0).sqrt();
                assert!(
                    (share - exact[school]).abs() < 4.5 * sd,
                    "school {school}: {share} {}",
                    exact[school]
                );
            }
            first = of_region.end;
        }
        let james_stein = james_stein_risks(&setting, &truth);
        for (school, risk) in james_stein.iter().enumerate().filter(|(school, _)| *school >= setting.sizes[0])
        {
            let mean = &schools.losses[1][school];
            assert!((mean.mean() - risk).abs() < 4.5 * mean.standard_error(), "school {school}");
        }
    }
}
