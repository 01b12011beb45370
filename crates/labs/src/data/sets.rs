//! The data sets: the classics with the numbers that were published of them, a simulation, and the reader's own.

use models::{Hierarchy, RegionNormals, RegionScales, realize};
use stats::{SimRng, standard_normal, stream, uniform};

use super::words::{quantity, source, unit};
use crate::control::Values;
use crate::own::Own;

/// Measurements, unit by unit, groups one after the other.
#[derive(Clone, Debug, Default)]
pub(super) struct Set {
    /// What one unit is called, and several.
    pub(super) unit: unit::Unit,
    /// What was measured, with its unit, for axes.
    pub(super) quantity: &'static str,
    pub(super) names: Vec<String>,
    pub(super) y: Vec<f64>,
    /// Squared standard errors.
    pub(super) noise_var: Vec<f64>,
    /// Units of each group, sum n.
    pub(super) sizes: Vec<usize>,
    /// One a group.
    pub(super) groups: Vec<String>,
    pub(super) truth: Option<Vec<f64>>,
    /// Where the data are from, and what was done to them.
    pub(super) source: &'static str,
}

/// First 45 at bats of 1970: hits, and average and number of at bats in the rest of the season
/// (Efron & Morris 1975, JASA 70:311–319, table 1).
const PLAYERS: [(&str, f64, f64); 18] = [
    ("Clemente", 18.0, 0.346),
    ("F. Robinson", 17.0, 0.298),
    ("F. Howard", 16.0, 0.276),
    ("Johnstone", 15.0, 0.222),
    ("Berry", 14.0, 0.273),
    ("Spencer", 14.0, 0.270),
    ("Kessinger", 13.0, 0.263),
    ("L. Alvarado", 12.0, 0.210),
    ("Santo", 11.0, 0.269),
    ("Swoboda", 11.0, 0.230),
    ("Unser", 10.0, 0.264),
    ("Williams", 10.0, 0.256),
    ("Scott", 10.0, 0.303),
    ("Petrocelli", 10.0, 0.264),
    ("E. Rodriguez", 10.0, 0.226),
    ("Campaneris", 9.0, 0.285),
    ("Munson", 8.0, 0.316),
    ("Alvis", 7.0, 0.200),
];
const AT_BATS: f64 = 45.0;

/// Rats with a tumor and rats in each of 70 earlier control groups, and last the current one
/// (Tarone 1982, Biometrics 38:215–220; Gelman et al., Bayesian Data Analysis, table 5.1).
pub(super) const RATS: [(f64, f64); 71] = {
    const TUMORS: [u8; 71] = [
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 5, 2,
        5, 3, 2, 7, 7, 3, 3, 2, 9, 10, 4, 4, 4, 4, 4, 4, 4, 10, 4, 4, 4, 5, 11, 12, 5, 5, 6, 5, 6, 6, 6, 6,
        16, 15, 15, 9, 4,
    ];
    const GROUPS: [u8; 71] = [
        20, 20, 20, 20, 20, 20, 20, 19, 19, 19, 19, 18, 18, 17, 20, 20, 20, 20, 19, 19, 18, 18, 25, 24, 23,
        20, 20, 20, 20, 20, 20, 10, 49, 19, 46, 27, 17, 49, 47, 20, 20, 13, 48, 50, 20, 20, 20, 20, 20, 20,
        20, 48, 19, 19, 19, 22, 46, 49, 20, 20, 23, 19, 22, 20, 20, 20, 52, 46, 47, 24, 14,
    ];
    let mut rats = [(0.0, 0.0); 71];
    let mut i = 0;
    while i < 71 {
        rats[i] = (TUMORS[i] as f64, GROUPS[i] as f64);
        i += 1;
    }
    rats
};

/// Toxoplasmosis in 36 cities of El Salvador: standardized rate and its standard error, after Efron & Morris
/// 1975, JASA 70:311–319, table 3.
///
/// These numbers and the two that were printed of them were typed from memory, without the paper at hand. What
/// speaks for them: the empirical Bayes variance of the true rates, 0.0122, and its standard error, 0.0041,
/// come out as printed. A single rate may still differ from print.
pub(super) const CITIES: [(f64, f64); 36] = [
    (0.293, 0.304),
    (0.214, 0.039),
    (0.185, 0.047),
    (0.152, 0.115),
    (0.139, 0.081),
    (0.128, 0.061),
    (0.113, 0.061),
    (0.098, 0.087),
    (0.093, 0.049),
    (0.079, 0.041),
    (0.063, 0.071),
    (0.052, 0.048),
    (0.035, 0.056),
    (0.027, 0.040),
    (0.024, 0.049),
    (0.024, 0.039),
    (0.014, 0.043),
    (0.004, 0.085),
    (-0.016, 0.128),
    (-0.028, 0.091),
    (-0.034, 0.073),
    (-0.040, 0.049),
    (-0.055, 0.058),
    (-0.083, 0.070),
    (-0.098, 0.068),
    (-0.100, 0.049),
    (-0.112, 0.059),
    (-0.138, 0.063),
    (-0.156, 0.077),
    (-0.169, 0.073),
    (-0.241, 0.106),
    (-0.294, 0.179),
    (-0.296, 0.064),
    (-0.324, 0.152),
    (-0.397, 0.158),
    (-0.665, 0.216),
];

impl Set {
    /// The set that `values` name; empty if it is the reader's own and there is none yet.
    pub(super) fn of(values: &Values) -> Self {
        let is_arcsine = values.choice("scale") == "arcsine";
        match values.choice("set") {
            "eight" => eight_schools(),
            "lecture" => lecture_schools(),
            "rats" => rats(is_arcsine),
            "toxo" => cities(),
            "counties" => counties(values.whole("seed") as u64),
            "own" => own(values.table("own"), values.number("obs_sd")),
            _ => baseball(is_arcsine),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.y.len()
    }

    /// One group of all units, with the mean of all as its center.
    fn ungrouped(mut self) -> Self {
        self.sizes = vec![self.len()];
        self.groups = vec![unit::all(self.unit)];
        self
    }
}

fn baseball(is_arcsine: bool) -> Set {
    let share = PLAYERS.map(|player| player.1 / AT_BATS);
    let mean = share.iter().sum::<f64>() / 18.0;
    let scaled = |share: f64| if is_arcsine { arcsine(share, AT_BATS) } else { share };
    let noise_var = if is_arcsine { 1.0 } else { mean * (1.0 - mean) / AT_BATS };
    Set {
        unit: unit::PLAYER,
        quantity: if is_arcsine { quantity::BATTING_ARCSINE } else { quantity::BATTING_AVERAGE },
        names: PLAYERS.map(|player| player.0.to_owned()).to_vec(),
        y: share.map(scaled).to_vec(),
        noise_var: vec![noise_var; 18],
        truth: Some(PLAYERS.map(|player| scaled(player.2)).to_vec()),
        source: source::BASEBALL,
        ..Set::default()
    }
    .ungrouped()
}

/// √n arcsin(2p − 1): its variance is about 1 whatever p is.
fn arcsine(share: f64, n: f64) -> f64 {
    n.sqrt() * libm::asin(2.0 * share - 1.0)
}

fn eight_schools() -> Set {
    let eight = Hierarchy::eight_schools();
    Set {
        unit: unit::SCHOOL,
        quantity: quantity::COACHING,
        names: ["A", "B", "C", "D", "E", "F", "G", "H"].map(|name| unit::named(unit::SCHOOL, name)).to_vec(),
        y: eight.y().to_vec(),
        noise_var: eight.noise_var().to_vec(),
        source: source::EIGHT,
        ..Set::default()
    }
    .ungrouped()
}

fn lecture_schools() -> Set {
    let sizes = [10; 4];
    let scales = RegionScales { noise_var: 1.0, school_var: 1.0, region_var: 25.0 };
    let data = realize(&RegionNormals::lecture(&sizes), &sizes, scales);
    Set {
        unit: unit::SCHOOL,
        quantity: quantity::SCHOOL_MEAN,
        names: (1..=40).map(|number| unit::named(unit::SCHOOL, number)).collect(),
        noise_var: vec![1.0; data.y.len()],
        y: data.y,
        sizes: vec![10; 4],
        groups: (1..=4).map(|number| unit::region(number)).collect(),
        truth: Some(data.mu),
        source: source::LECTURE,
    }
}

fn rats(is_arcsine: bool) -> Set {
    let total = RATS.iter().fold((0.0, 0.0), |sum, rats| (sum.0 + rats.0, sum.1 + rats.1));
    let share = total.0 / total.1;
    let of = |(tumors, rats): (f64, f64)| {
        if is_arcsine {
            // Anscombe 1948, Biometrika 35:246–254: variance 1/(4n + 2), also where there are none.
            (libm::asin(((tumors + 0.375) / (rats + 0.75)).sqrt()), 1.0 / (4.0 * rats + 2.0))
        } else {
            (tumors / rats, share * (1.0 - share) / rats)
        }
    };
    let (y, noise_var) = RATS.map(of).into_iter().unzip();
    Set {
        unit: unit::GROUP,
        quantity: if is_arcsine { quantity::TUMORS_ARCSINE } else { quantity::TUMORS },
        names: (1..71).map(|i| unit::named(unit::GROUP, i)).chain([unit::CURRENT_GROUP.to_owned()]).collect(),
        y,
        noise_var,
        source: source::RATS,
        ..Set::default()
    }
    .ungrouped()
}

fn cities() -> Set {
    Set {
        unit: unit::CITY,
        quantity: quantity::RATE,
        names: (1..=36).map(|number| unit::named(unit::CITY, number)).collect(),
        y: CITIES.map(|city| city.0).to_vec(),
        noise_var: CITIES.map(|city| city.1 * city.1).to_vec(),
        source: source::TOXO,
        ..Set::default()
    }
    .ungrouped()
}

/// Counties of very different size with rates of their own, in the manner of the kidney-cancer maps of
/// Gelman et al., Bayesian Data Analysis, § 2.7. Simulated.
fn counties(seed: u64) -> Set {
    const NUM_COUNTIES: usize = 1000;
    const PER: f64 = 10_000.0;
    let mut rng = stream(seed, "counties", 0);
    let (mut truth, mut cases, mut people) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..NUM_COUNTIES {
        let size = 10_000.0 * libm::exp(1.2 * standard_normal(&mut rng));
        let rate = 10.0 * libm::exp(0.2 * standard_normal(&mut rng));
        truth.push(rate);
        people.push(size);
        cases.push(poisson(&mut rng, rate * size / PER));
    }
    let common = PER * cases.iter().sum::<f64>() / people.iter().sum::<f64>();
    Set {
        unit: unit::COUNTY,
        quantity: quantity::DEATHS,
        names: (1..=NUM_COUNTIES).map(|number| unit::named(unit::COUNTY, number)).collect(),
        y: cases.iter().zip(&people).map(|(cases, people)| PER * cases / people).collect(),
        noise_var: people.iter().map(|people| PER * common / people).collect(),
        truth: Some(truth),
        source: source::COUNTIES,
        ..Set::default()
    }
    .ungrouped()
}

/// A Poisson variate: arrivals in a time of `mean` at unit rate. Takes as long as it is large.
fn poisson(rng: &mut SimRng, mean: f64) -> f64 {
    let (mut time, mut count) = (0.0, 0.0);
    loop {
        time -= libm::log(1.0 - uniform(rng));
        if time > mean {
            return count;
        }
        count += 1.0;
    }
}

fn own(own: &Own, obs_sd: f64) -> Set {
    let mut groups: Vec<String> = Vec::new();
    let mut order: Vec<(usize, usize)> = Vec::with_capacity(own.len());
    let mut index = std::collections::HashMap::new();
    for i in 0..own.len() {
        let group = own.groups.get(i).map_or(0, |name| {
            *index.entry(name).or_insert_with(|| {
                groups.push(name.clone());
                groups.len() - 1
            })
        });
        order.push((group, i));
    }
    order.sort_unstable();
    let mut sizes = vec![0; groups.len()];
    order.iter().filter(|_| !groups.is_empty()).for_each(|(group, _)| sizes[*group] += 1);
    let sorted = |column: &[f64]| order.iter().map(|(_, i)| column[*i]).collect::<Vec<_>>();
    let total: f64 = own.n.iter().sum();
    let share = own.n.iter().zip(&own.value).map(|(n, y)| n * y).sum::<f64>() / total;
    let noise_var = |i: usize| match (own.se.get(i), own.n.get(i)) {
        (Some(se), _) => se * se,
        // A share of 0 or 1 throughout would have no variance: Laplace's rule keeps it off.
        (None, Some(n)) if own.is_proportion() => {
            let kept = (share * total + 1.0) / (total + 2.0);
            kept * (1.0 - kept) / n
        }
        (None, n) => obs_sd * obs_sd / n.copied().unwrap_or(1.0),
    };
    let name = |i: usize| own.names.get(i).cloned().unwrap_or_else(|| unit::named(unit::ROW, i + 1));
    let set = Set {
        unit: unit::ROW,
        quantity: quantity::VALUE,
        names: order.iter().map(|(_, i)| name(*i)).collect(),
        y: sorted(&own.value),
        noise_var: order.iter().map(|(_, i)| noise_var(*i)).collect(),
        sizes,
        groups,
        truth: (!own.truth.is_empty()).then(|| sorted(&own.truth)),
        source: source::OWN,
    };
    if set.groups.is_empty() { set.ungrouped() } else { set }
}
