//! The data sets: the classics with the numbers that were published of them, a simulation, and the reader's own.

use models::{Hierarchy, RegionNormals, RegionScales, realize};
use stats::order::ranking;
use stats::variates::poisson;
use stats::{standard_normal, stream};

use super::classics::{AT_BATS, CITIES, PLAYERS, RATS};
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
        groups: (1..=4).map(unit::region).collect(),
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

fn own(own: &Own, obs_sd: f64) -> Set {
    let mut groups: Vec<String> = Vec::new();
    let mut group_of = Vec::with_capacity(own.len());
    let mut index = std::collections::HashMap::new();
    for i in 0..own.len() {
        let group = own.groups.get(i).map_or(0, |name| {
            *index.entry(name).or_insert_with(|| {
                groups.push(name.clone());
                groups.len() - 1
            })
        });
        group_of.push(group);
    }
    let order = ranking(&group_of.iter().map(|group| *group as f64).collect::<Vec<_>>());
    let mut sizes = vec![0; groups.len()];
    group_of.iter().filter(|_| !groups.is_empty()).for_each(|group| sizes[*group] += 1);
    let sorted = |column: &[f64]| order.iter().map(|i| column[*i]).collect::<Vec<_>>();
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
        names: order.iter().map(|i| name(*i)).collect(),
        y: sorted(&own.value),
        noise_var: order.iter().map(|i| noise_var(*i)).collect(),
        sizes,
        groups,
        truth: (!own.truth.is_empty()).then(|| sorted(&own.truth)),
        source: source::OWN,
    };
    if set.groups.is_empty() { set.ungrouped() } else { set }
}
