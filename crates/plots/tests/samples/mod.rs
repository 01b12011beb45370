//! Figures with plausible data, the same on every run.

use plots::*;

/// A small congruential generator (Knuth's MMIX constants): samples need no better one.
pub(crate) struct Noise(u64);

impl Noise {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub(crate) fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as f64 + 0.5) / (1u64 << 31) as f64
    }

    /// Sum of twelve uniforms: nearly normal, and no logarithm that differs between machines.
    pub(crate) fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.uniform()).sum::<f64>() - 6.0
    }
}

fn normal_density(x: f64, mean: f64, sd: f64) -> f64 {
    (-0.5 * ((x - mean) / sd).powi(2)).exp()
}

pub(crate) fn slopegraph(num_units: usize) -> Figure {
    let mut noise = Noise::new(17);
    let truth: Vec<f64> = (0..num_units).map(|_| noise.normal()).collect();
    let y: Vec<f64> = truth.iter().map(|m| m + noise.normal()).collect();
    let bayes = y.iter().map(|y| y / 2.0).collect();
    let row = |label: &str, role, values| SlopeRow { label: label.into(), role, values };
    Figure::Slopegraph(Slopegraph {
        x: Axis::linear(-4.4, 4.4, ""),
        rows: vec![
            row("measured y", Role::Mle, y),
            row("Bayes", Role::Bayes, bayes),
            row("truth μ", Role::Truth, truth),
        ],
        groups: vec![],
        drawn: vec![],
    })
}

pub(crate) fn slopegraph_groups() -> Figure {
    let Figure::Slopegraph(mut figure) = slopegraph(60) else { unreachable!() };
    figure.groups = (0..60).map(|i| i / 15).collect();
    figure.x.title = "score, SD of the noise = 1".into();
    for row in &mut figure.rows {
        for (value, group) in row.values.iter_mut().zip(&figure.groups) {
            *value = 0.45 * *value + f64::from(*group) * 1.6 - 2.4;
        }
    }
    Figure::Slopegraph(figure)
}

pub(crate) fn parabola() -> Figure {
    let error = |b: f64| 43.8 - 98.0 * b + 90.0 * b * b;
    let line = Line {
        label: String::new(),
        label_at: LabelAt::End,
        role: Role::Truth,
        points: (0..=60).map(|i| f64::from(i) / 60.0).map(|b| (b, error(b))).collect(),
        filled: false,
        dashed: false,
    };
    let point = |b: f64, role, label: &str, label_side| Point {
        x: b,
        y: error(b),
        role,
        label: label.into(),
        label_side,
    };
    Figure::Curves(Curves {
        x: Axis::linear(0.0, 1.0, "shrinkage B"),
        y: Axis::linear(0.0, 50.0, "total squared error"),
        y_labels: true,
        lines: vec![line],
        points: vec![
            point(0.0, Role::Mle, "MLE", Side::Right),
            point(1.0, Role::Zero, "zero", Side::Above),
            point(0.5, Role::Bayes, "Bayes", Side::Above),
            point(0.54, Role::JamesStein, "James–Stein", Side::Above),
            point(0.545, Role::Oracle, "best possible", Side::Below),
        ],
        rules: vec![Rule {
            direction: Direction::Vertical,
            at: 0.545,
            role: Role::Oracle,
            label: String::new(),
        }],
        dots: vec![],
    })
}

pub(crate) fn densities() -> Figure {
    let curve = |label: &str, role, mean: f64, sd: f64, label_at, filled| Line {
        label: label.into(),
        label_at,
        role,
        points: (0..=120)
            .map(|i| -4.0 + 9.0 * f64::from(i) / 120.0)
            .map(|x| (x, normal_density(x, mean, sd) / sd))
            .collect(),
        filled,
        dashed: false,
    };
    Figure::Curves(Curves {
        x: Axis::linear(-4.0, 5.0, ""),
        y: Axis::linear(0.0, 1.5, ""),
        y_labels: false,
        lines: vec![
            curve("prior N(0, A)", Role::Neutral, 0.0, 1.0, LabelAt::PeakLeft, false),
            curve("likelihood of y", Role::Mle, 2.4, 1.0, LabelAt::PeakRight, false),
            curve("posterior", Role::Bayes, 1.2, 0.71, LabelAt::Peak, true),
        ],
        points: vec![Point {
            x: 1.52,
            y: 0.0,
            role: Role::Truth,
            label: String::new(),
            label_side: Side::Above,
        }],
        rules: vec![],
        dots: vec![],
    })
}

pub(crate) fn race() -> Figure {
    let mut noise = Noise::new(5);
    let mut lines = Vec::new();
    let mut rules = Vec::new();
    for (label, role, exact, sd) in
        [("James–Stein 26.0", Role::JamesStein, 26.0, 6.0), ("Bayes 22.0", Role::Bayes, 21.98, 5.0)]
    {
        let mut sum = 0.0;
        let points = (1..=1000)
            .map(|n| {
                sum += exact + sd * noise.normal();
                (f64::from(n), sum / f64::from(n))
            })
            .filter(|(n, _)| *n < 40.0 || n % 8.0 == 0.0)
            .collect();
        lines.push(Line {
            label: label.into(),
            label_at: LabelAt::End,
            role,
            points,
            filled: false,
            dashed: false,
        });
        rules.push(Rule { direction: Direction::Horizontal, at: exact, role, label: String::new() });
    }
    Figure::Curves(Curves {
        x: Axis { scale: Scale::Log, ..Axis::linear(1.0, 1000.0, "classes so far") },
        y: Axis::linear(16.0, 30.0, "mean total squared error"),
        y_labels: true,
        lines,
        points: vec![],
        rules,
        dots: vec![],
    })
}

pub(crate) fn ranking(with_ridges: bool) -> Figure {
    let row = |label: &str, role, here: f64, expected: f64, sd: f64| RankingRow {
        label: label.into(),
        role,
        here: Some(here),
        expected: Some(expected),
        ridge: if with_ridges {
            (0..=80)
                .map(|i| expected + sd * (f64::from(i) / 10.0 - 4.0))
                .filter(|loss| *loss >= 0.0)
                .map(|loss| (loss, 6.0 / sd * normal_density(loss, expected, sd)))
                .map(|(loss, height)| (loss, height.min(1.0)))
                .collect()
        } else {
            vec![]
        },
        here_text: format!("{here:.1}"),
        expected_text: format!("{expected:.1}"),
        missing: String::new(),
    };
    let mut rows = vec![
        row("MLE", Role::Mle, 36.1, 40.0, 9.0),
        row("Region mean", Role::RegionMean, 31.4, 40.2, 9.5),
        row("James–Stein in region", Role::JamesStein, 18.6, 25.7, 6.5),
        row("Bayes", Role::Bayes, 16.9, 22.3, 6.0),
    ];
    rows.push(RankingRow {
        label: "James–Stein per region".into(),
        role: Role::JamesStein,
        here: None,
        expected: None,
        ridge: vec![],
        here_text: String::new(),
        expected_text: String::new(),
        missing: "needs at least 4 schools in each region".into(),
    });
    Figure::Ranking(Ranking {
        x: Axis::linear(0.0, 80.0, "total squared error over 40 schools"),
        rows,
        note: "this data · exact average".into(),
    })
}

pub(crate) fn box_plots() -> Figure {
    let mut noise = Noise::new(3);
    let mut data = |label: &str, role, center: f64, expected| BoxPlot {
        label: label.into(),
        role,
        five: [center - 14.0, center - 5.0, center - 0.6, center + 5.4, center + 20.0],
        outliers: (0..14).map(|_| center + 20.5 + 12.0 * noise.uniform()).collect(),
        here: Some(center + 4.0 * noise.normal()),
        expected,
    };
    Figure::BoxPlots(BoxPlots {
        y: Axis::linear(0.0, 80.0, "total squared error"),
        boxes: vec![
            data("MLE", Role::Mle, 40.0, Some(40.0)),
            data("Region mean", Role::RegionMean, 39.0, Some(40.2)),
            data("James–Stein in region", Role::JamesStein, 25.0, Some(25.7)),
            data("Bayes", Role::Bayes, 22.0, Some(22.3)),
        ],
        rules: vec![Rule {
            direction: Direction::Horizontal,
            at: 62.0,
            role: Role::Zero,
            label: "naive zero, expected 62".into(),
        }],
    })
}

pub(crate) fn forest(sizes: &[usize]) -> Figure {
    let mut noise = Noise::new(1973);
    let mut unit = 0;
    let groups = sizes
        .iter()
        .enumerate()
        .map(|(k, size)| {
            let theta = 4.0 * noise.normal().clamp(-1.6, 1.6);
            let mut rows: Vec<ForestRow> = (0..*size)
                .map(|_| {
                    let truth = theta + noise.normal();
                    let measured = truth + noise.normal();
                    let estimate = 0.55 * measured + 0.45 * theta;
                    ForestRow {
                        unit: 0,
                        measured,
                        estimate,
                        interval: (estimate - 1.2, estimate + 1.2),
                        truth: Some(truth),
                        newest: vec![],
                    }
                })
                .collect();
            rows.sort_by(|a, b| a.measured.total_cmp(&b.measured));
            for row in &mut rows {
                row.unit = unit;
                unit += 1;
            }
            ForestGroup {
                label: format!("Region {}", k + 1),
                short_label: format!("R{}", k + 1),
                band: (theta - 0.75, theta + 0.75),
                center: theta + 0.1,
                rows,
                rest: vec![],
            }
        })
        .collect();
    Figure::Forest(Forest { x: Axis::linear(-10.0, 10.0, "true score μ"), groups })
}

pub(crate) fn ridges(num_rows: usize) -> Figure {
    let mut noise = Noise::new(8);
    let rows = (0..num_rows)
        .map(|k| {
            let mean = [-5.4, -5.0, -2.7, 3.6][k % 4] + 0.4 * (k / 4) as f64;
            let sd = 0.45 + 0.1 * (k % 3) as f64;
            Ridge {
                label: format!(
                    "θ{}",
                    ["₁", "₂", "₃", "₄", "₅", "₆", "₇", "₈", "₉", "₁₀", "₁₁", "₁₂"][k % 12]
                ),
                bin_start: mean - 4.0 * sd,
                bin_width: 0.2 * sd,
                bins: (0..40)
                    .map(|i| 0.45 / sd * normal_density(f64::from(i) * 0.2 + 0.1, 4.0, 1.0))
                    .map(|height| height * (1.0 + 0.05 * noise.normal()))
                    .collect(),
                curve: (0..=60)
                    .map(|i| mean + sd * (f64::from(i) / 7.5 - 4.0))
                    .map(|x| (x, 0.45 / sd * normal_density(x, mean, sd)))
                    .collect(),
                truth: Some(mean + sd * noise.normal()),
                inner: (mean - 1.28 * sd, mean + 1.28 * sd),
                outer: (mean - 1.96 * sd, mean + 1.96 * sd),
                median: mean,
            }
        })
        .collect();
    Figure::Ridges(Ridges { x: Axis::linear(-9.0, 7.5, "region mean θ"), rows, drawn: vec![] })
}

pub(crate) fn scatter(num_units: u32) -> Figure {
    let mut noise = Noise::new(21);
    let xs: Vec<f64> = (0..num_units).map(|_| 1.3 * noise.normal()).collect();
    let y: Vec<f64> = xs.iter().map(|m| m + noise.normal()).collect();
    let bayes = y.iter().map(|y| 0.63 * y).collect();
    Figure::Scatter(Scatter {
        x: Axis::linear(-4.0, 4.0, "truth μ"),
        y: Axis::linear(-5.0, 5.0, "estimate"),
        xs,
        units: (0..num_units).collect(),
        drawn: vec![],
        series: vec![
            ScatterSeries { label: "MLE y".into(), role: Role::Mle, ys: y },
            ScatterSeries { label: "Bayes".into(), role: Role::Bayes, ys: bayes },
        ],
        identity: true,
    })
}

pub(crate) fn histograms() -> Figure {
    let mut noise = Noise::new(2);
    let mut panel = |label: &str, role, mean: f64, sd: f64| {
        let mut counts = vec![0_u32; 20];
        for _ in 0..50 {
            let bin = ((mean + sd * noise.normal() + 5.0) / 0.5).floor();
            if (0.0..20.0).contains(&bin) {
                counts[bin as usize] += 1;
            }
        }
        Histogram { label: label.into(), role, bin_start: -5.0, bin_width: 0.5, counts, mean: Some(mean) }
    };
    let panels = vec![
        panel("Truth μ", Role::Truth, 0.1, 1.0),
        panel("Measured y", Role::Mle, 0.2, 1.42),
        panel("Bayes", Role::Bayes, 0.1, 0.71),
    ];
    Figure::Histograms(Histograms { x: Axis::linear(-5.0, 5.0, "score"), max_count: 20.0, panels })
}

pub(crate) fn traces() -> Figure {
    let mut noise = Noise::new(12);
    let chains = (0..4)
        .map(|_| {
            let mut value = 4.0 * noise.normal();
            (0..400)
                .map(|i| {
                    value = -5.4 + 0.5 * (value + 5.4) + 0.5 * noise.normal();
                    (5.0 * i as f32, value as f32)
                })
                .collect()
        })
        .collect();
    Figure::Traces(Traces {
        x: Axis::linear(0.0, 2000.0, "iteration"),
        y: Axis::linear(-9.0, -1.0, "θ₁"),
        chains,
        warmup_end: 500.0,
    })
}

/// Four chains, the last of which stayed too long where the values are high.
pub(crate) fn ranks() -> Figure {
    let mut noise = Noise::new(5);
    let counts = (0..4)
        .map(|chain| {
            let mut counts = vec![0_u32; 20];
            for _ in 0..1000 {
                let share = noise.uniform();
                let share = if chain == 3 && noise.uniform() < 0.12 { 0.8 + 0.2 * share } else { share };
                counts[(20.0 * share) as usize] += 1;
            }
            counts
        })
        .collect();
    Figure::Ranks(Ranks {
        x: Axis::linear(0.0, 4000.0, "rank of θ₁"),
        max_count: 90.0,
        counts,
        expected: 50.0,
        band: (37.0, 64.0),
    })
}

/// One leapfrog step of (position, momentum) in two dimensions, unit metric; where it leads.
fn leapfrog(from: &mut [f64; 4], step_size: f64, gradient: impl Fn(f64, f64) -> (f64, f64)) -> (f64, f64) {
    let [x, y, p, q] = from;
    let kick = |p: &mut f64, q: &mut f64, g: (f64, f64)| {
        *p += 0.5 * step_size * g.0;
        *q += 0.5 * step_size * g.1;
    };
    kick(p, q, gradient(*x, *y));
    *x += step_size * *p;
    *y += step_size * *q;
    kick(p, q, gradient(*x, *y));
    (*x, *y)
}

/// Doublings in these directions, each as long as all before it and one more.
fn doublings(
    start: [f64; 4],
    is_forward: &[bool],
    step_size: f64,
    gradient: impl Fn(f64, f64) -> (f64, f64),
) -> Vec<TrajectoryStep> {
    let (mut front, mut back) = (start, start);
    let mut steps = Vec::new();
    for (doubling, forward) in (0..).zip(is_forward) {
        for _ in 0..1 << doubling {
            let (end, step_size) = if *forward { (&mut front, step_size) } else { (&mut back, -step_size) };
            let at = leapfrog(end, step_size, &gradient);
            steps.push(TrajectoryStep { at, doubling, forward: *forward, diverged: false });
        }
    }
    steps
}

/// A trajectory of 15 steps over a normal with correlation 0.8.
pub(crate) fn trajectory() -> Figure {
    let (x, y) = (Axis::linear(-3.5, 3.5, "θ₁"), Axis::linear(-3.5, 3.5, "θ₂"));
    let grid = Grid::of(&x, &y, (101, 101), |x, y| -0.5 * (x * x - 1.6 * x * y + y * y) / 0.36);
    let start = (-1.3, -0.7);
    let gradient = |x: f64, y: f64| ((0.8 * y - x) / 0.36, (0.8 * x - y) / 0.36);
    let steps = doublings([start.0, start.1, 1.1, -0.35], &[true, false, true, true], 0.28, gradient);
    let mut noise = Noise::new(31);
    let draws = (0..60)
        .map(|_| {
            let x = noise.normal();
            (x, 0.8 * x + 0.6 * noise.normal())
        })
        .collect();
    Figure::Trajectory(Trajectory {
        contours: mass_contours(&grid, &[0.95, 0.8, 0.5]),
        x,
        y,
        start,
        chosen: Some(steps[11].at),
        steps,
        draws,
        truth: Some((0.6, 0.2)),
    })
}

/// A funnel whose contours leave the frame, and a trajectory that diverges in its neck; no draw yet.
pub(crate) fn funnel() -> Figure {
    let (x, y) = (Axis::linear(-6.5, 6.5, "θ"), Axis::linear(-5.0, 5.0, "log τ"));
    let density = |x: f64, y: f64| -0.5 * x * x * (-2.0 * y).exp() - y - y * y / 8.0;
    let grid = Grid::of(&x, &y, (141, 101), density);
    let gradient = |x: f64, y: f64| {
        let precision = (-2.0 * y).exp();
        (-x * precision, x * x * precision - 1.0 - y / 4.0)
    };
    let start = (1.1, 0.4);
    let mut steps = doublings([start.0, start.1, 0.3, -1.6], &[false, true, false, true], 0.35, gradient);
    let last = steps.iter().position(|step| step.at.0.abs() > 4.0 || step.at.1.abs() > 4.0).unwrap_or(11);
    steps.truncate(last + 1);
    steps[last].diverged = true;
    let draws = vec![(0.3, -0.8), (-2.2, 1.1), (4.1, 2.0), (-0.2, -1.0), (1.9, 0.7)];
    Figure::Trajectory(Trajectory {
        contours: mass_contours(&grid, &[0.95, 0.8, 0.5]),
        x,
        y,
        start,
        steps,
        chosen: None,
        draws,
        truth: None,
    })
}

/// A ratio over region size and variance ratio, some of its cells simulated, a few still missing.
pub(crate) fn heat_map() -> Figure {
    let x = Axis::linear(3.5, 33.5, "schools per region");
    let y = Axis { min: 0.05, max: 20.0, title: "V_μ / V_y".into(), scale: Scale::Log };
    let (num_x, num_y) = (30, 24);
    let ratio = |size: f64, a: f64| (size * a + 0.9) / (size * a + 3.0) * (1.0 + 0.25 * (a / 2.0).min(1.0));
    let place = |i: u32, j: u32| {
        let share = |i: u32, count: u32| (f64::from(i) + 0.5) / f64::from(count);
        (3.5 + 30.0 * share(i, num_x), 0.05 * 400.0_f64.powf(share(j, num_y)))
    };
    let cells = (0..num_y).flat_map(|j| (0..num_x).map(move |i| (i, j))).map(|(i, j)| {
        let (size, a) = place(i, j);
        let is_missing = i > 26 && j > 20;
        HeatCell {
            value: (!is_missing).then(|| ratio(size, a)),
            error: (j % 2 == 0 && !is_missing).then_some(0.012),
        }
    });
    let inner = |axis: &Axis, ends: ((u32, u32), (u32, u32)), pick: fn((f64, f64)) -> f64| Axis {
        min: pick(place(ends.0.0, ends.0.1)),
        max: pick(place(ends.1.0, ends.1.1)),
        ..axis.clone()
    };
    let ends = ((0, 0), (num_x - 1, num_y - 1));
    let (inner_x, inner_y) = (inner(&x, ends, |p| p.0), inner(&y, ends, |p| p.1));
    let grid = Grid::of(&inner_x, &inner_y, (num_x as usize, num_y as usize), ratio);
    let values = [0.5, 0.7, 0.9, 1.0, 1.1];
    let levels = values
        .into_iter()
        .zip(contours(&grid, &values))
        .map(|(value, lines)| HeatLevel { value, label: value.to_string(), lines })
        .collect();
    Figure::HeatMap(HeatMap {
        title: "risk of Bayes over that of James–Stein".into(),
        cells: cells.collect(),
        x,
        y,
        num_x,
        num_y,
        center: 1.0,
        reach: 2.0,
        low_label: "Bayes better".into(),
        high_label: "James–Stein better".into(),
        levels,
        marks: vec![Point {
            x: 10.0,
            y: 1.0,
            role: Role::Truth,
            label: "here: 0.85".into(),
            label_side: Side::Right,
        }],
    })
}

/// From the MLE to full Bayes; the last step of the second loses.
pub(crate) fn steps(loses: bool) -> Figure {
    let row = |label: &str, role, value: f64, change: &str| Step {
        label: label.into(),
        role,
        value,
        text: value.to_string(),
        change_text: change.into(),
    };
    let last = if loses { (31.5, "+9.5") } else { (21.98, "−0.02") };
    Figure::Steps(Steps {
        x: Axis::linear(0.0, 40.0, "expected total squared error"),
        rows: vec![
            row("MLE", Role::Mle, 40.0, ""),
            row("James–Stein in each region", Role::JamesStein, 26.0, "−14"),
            row("+ one factor for all regions", Role::JamesStein, 23.0, "−3"),
            row("+ V_μ known", Role::Bayes, 22.0, "−1"),
            row("+ region means shared", Role::Bayes, last.0, last.1),
        ],
    })
}

/// Risks against a variable: exact lines and simulated dots.
pub(crate) fn curves_with_dots() -> Figure {
    let at = |i: u32| 0.05 * 400.0_f64.powf(f64::from(i) / 40.0);
    let series = [
        ("MLE", Role::Mle, (|_| 1.0) as fn(f64) -> f64),
        ("James–Stein", Role::JamesStein, |a| (a + 0.3) / (a + 1.0)),
        ("Bayes", Role::Bayes, |a| a / (a + 1.0)),
    ];
    let mut noise = Noise::new(5);
    let dots = series.map(|(label, role, risk)| ErrorDots {
        label: format!("{label}, simulated"),
        role,
        dots: (0..9)
            .map(|i| ErrorDot { x: at(5 * i), y: risk(at(5 * i)) + 0.03 * noise.normal(), error: 0.03 })
            .collect(),
    });
    Figure::Curves(Curves {
        x: Axis { min: 0.05, max: 20.0, title: "V_μ / V_y".into(), scale: Scale::Log },
        y: Axis::linear(0.0, 1.2, "risk per school"),
        y_labels: true,
        lines: series
            .map(|(label, role, risk)| Line {
                label: label.into(),
                label_at: LabelAt::End,
                role,
                points: (0..=40).map(|i| (at(i), risk(at(i)))).collect(),
                filled: false,
                dashed: false,
            })
            .into(),
        points: vec![],
        rules: vec![],
        dots: dots.into(),
    })
}

/// Variances on logarithmic axes, drawn toward one of them.
pub(crate) fn cloud(num_units: u32) -> Figure {
    let mut noise = Noise::new(9);
    let log = |title: &str| Axis { min: 0.005, max: 2.0, title: title.into(), scale: Scale::Log };
    let units = (0..num_units)
        .map(|unit| {
            let var = 0.1 * noise.normal().exp();
            CloudUnit {
                unit,
                name: format!("gene {}", unit + 1),
                role: if unit % 5 == 0 { Role::Oracle } else { Role::Mle },
                at: (var, var),
                error: (0.0, 0.0),
                estimate: Some((var, (var * 0.1).sqrt())),
                is_named: false,
                is_movable: false,
            }
        })
        .collect();
    Figure::Cloud(Cloud {
        x: log("its own s²"),
        y: log("estimate of σ²"),
        bands: vec![],
        lines: vec![Line {
            label: "unchanged".into(),
            label_at: LabelAt::Along,
            role: Role::Neutral,
            points: vec![(0.005, 0.005), (2.0, 2.0)],
            filled: false,
            dashed: true,
        }],
        rules: vec![Rule {
            direction: Direction::Horizontal,
            at: 0.1,
            role: Role::RegionMean,
            label: "s₀²".into(),
        }],
        units,
        legend: vec![(Role::Mle, "its own variance".into()), (Role::Bayes, "moderated".into())],
    })
}

/// Points with errors both ways about a line and its bands.
pub(crate) fn cloud_with_errors() -> Figure {
    let mut noise = Noise::new(4);
    let line = |slope: f64, label: &str, dashed: bool| Line {
        label: label.into(),
        label_at: LabelAt::End,
        role: Role::Bayes,
        points: vec![(0.0, 0.0), (1.4, 1.4 * slope)],
        filled: false,
        dashed,
    };
    let units = (0..6_u32)
        .map(|unit| {
            let x = 0.3 + 0.17 * f64::from(unit);
            let at = (x + 0.05 * noise.normal(), 0.5 * x + 0.06 * noise.normal());
            CloudUnit {
                unit,
                name: format!("{}", unit + 1),
                role: Role::Mle,
                at,
                error: (0.08, 0.06),
                estimate: Some((x, 0.5 * x)),
                is_named: true,
                is_movable: true,
            }
        })
        .collect();
    Figure::Cloud(Cloud {
        x: Axis::linear(-0.1, 1.4, "effect on expression"),
        y: Axis::linear(-0.2, 1.0, "effect on the trait"),
        bands: vec![Band {
            label: "scatter".into(),
            role: Role::Bayes,
            edges: vec![(0.0, -0.1, 0.1), (1.4, 0.6, 0.8)],
        }],
        lines: vec![line(0.5, "slope α", false), line(0.42, "", true), line(0.58, "", true)],
        rules: vec![],
        units,
        legend: vec![],
    })
}

/// Features of a tree of cell types and experiments.
pub(crate) fn node_grid(num_features: usize) -> Figure {
    let mut noise = Noise::new(6);
    let nodes = [("all", 2), ("A549", 1), ("exp 1", 0), ("exp 2", 0), ("K562", 1), ("exp 3", 0)];
    let columns = (0..num_features)
        .map(|j| {
            let center = noise.normal();
            let cells = nodes
                .iter()
                .map(|(_, level)| {
                    let truth = center + 0.2 * noise.normal();
                    let estimate = truth + 0.1 * noise.normal();
                    Some(NodeCell {
                        estimate,
                        interval: (estimate - 0.25, estimate + 0.25),
                        certainty: (estimate.abs() / 0.3).min(1.0),
                        measured: (*level == 0).then_some(estimate + 0.1 * noise.normal()),
                        truth: Some(truth),
                    })
                })
                .collect();
            NodeColumn { label: format!("feature {}", j + 1), cells }
        })
        .collect();
    Figure::NodeGrid(NodeGrid {
        x: Axis::linear(-2.5, 2.5, "coefficient"),
        rows: nodes.map(|(label, level)| NodeRow { label: label.into(), level }).into(),
        columns,
    })
}
