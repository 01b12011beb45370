//! How good the draws are: diagnostics of all variables, a slice at a time, and the line that says so.

use labs::{Rival, SamplerReport, Sampling, Stat, number};
use mcmc::Draws;
use plots::Table;

use crate::protocol::Tally;
use crate::words::{self, duration, whole};

/// R-hat above which chains do not agree (Vehtari et al. 2021, § 4).
const RHAT_LIMIT: f64 = 1.01;
/// Least effective sample size of each chain (Vehtari et al. 2021, § 4).
const ESS_PER_CHAIN: f64 = 100.0;
/// Largest |z| over up to 44 variables that is no alarm. For as many independent ones chance alone would pass
/// it about once in 400 runs, for the correlated ones of a posterior more seldom.
const Z_LIMIT: f64 = 4.0;

/// The limit for `count` variables, with as few false alarms: the tail of the normal density falls like
/// exp(−z²/2), so that z² grows by twice the logarithm of their number.
fn z_limit(count: usize) -> f64 {
    (Z_LIMIT * Z_LIMIT + 2.0 * (count as f64 / 44.0).max(1.0).ln()).sqrt()
}

/// E-BFMI below which momenta do not reach the energies needed (Betancourt 2016, § 3).
const E_BFMI_LIMIT: f64 = 0.3;

/// Diagnostics of the first draws of all chains, made variable by variable.
#[derive(Clone, Debug, Default)]
pub struct Diagnosis {
    /// Draws of each chain that the finished worst cases speak of.
    finished: Option<(usize, Worst)>,
    /// Draws of each chain, next variable, worst cases so far.
    under_way: Option<(usize, usize, Worst)>,
    /// The variables so far of the table, if one is wanted.
    rows: Vec<Vec<String>>,
}

/// Columns of the table of all variables.
const TABLE_COLUMNS: [&str; 11] =
    ["variable", "mean", "mcse", "sd", "q5", "mcse_q5", "q95", "mcse_q95", "rhat", "ess_bulk", "ess_tail"];

/// The worst cases over all variables.
#[derive(Clone, Copy, Debug)]
struct Worst {
    rhat: f64,
    ess_bulk: f64,
    ess_tail: f64,
    /// Largest |mean of the draws − exact mean| / MCSE; NaN where nothing exact is known.
    z: f64,
    /// Number of means that `z` is the largest of.
    num_z: usize,
}

impl Worst {
    const NONE: Self =
        Self { rhat: 1.0, ess_bulk: f64::INFINITY, ess_tail: f64::INFINITY, z: f64::NAN, num_z: 0 };
}

/// Draws of the chain that has the fewest.
#[must_use]
pub fn shortest(draws: &Draws) -> usize {
    (0..draws.num_chains()).map(|chain| draws.num_draws(chain)).min().unwrap_or(0)
}

impl Diagnosis {
    /// Draws of each chain that the finished diagnosis speaks of; 0 if there is none.
    #[must_use]
    pub fn num_draws(&self) -> usize {
        self.finished.map_or(0, |(num_draws, _)| num_draws)
    }

    /// Whether a diagnosis has begun and not ended.
    #[must_use]
    pub fn is_under_way(&self) -> bool {
        self.under_way.is_some()
    }

    /// Goes on while `has_time`, by one variable at least; returns whether a diagnosis has just ended.
    ///
    /// - `exact`: exact posterior mean and SD of variable `k`, where known.
    /// - `has_table`: whether the numbers of every variable are wanted.
    pub fn advance(
        &mut self,
        draws: &Draws,
        has_table: bool,
        exact: &dyn Fn(usize) -> Option<(f64, f64)>,
        has_time: &mut dyn FnMut() -> bool,
    ) -> bool {
        let (num_draws, mut k, mut worst) =
            self.under_way.take().unwrap_or((shortest(draws), 0, Worst::NONE));
        if k == 0 {
            self.rows.clear();
        }
        while k < draws.num_variables() {
            worst.include(draws, num_draws, k, exact(k));
            if has_table {
                self.rows.push(table_row(draws, num_draws, k));
            }
            k += 1;
            if k < draws.num_variables() && !has_time() {
                self.under_way = Some((num_draws, k, worst));
                return false;
            }
        }
        self.finished = Some((num_draws, worst));
        true
    }

    /// The diagnostics of every variable, if they were wanted.
    #[must_use]
    pub fn table(&self) -> Table {
        let rows = if self.is_under_way() { Vec::new() } else { self.rows.clone() };
        Table { columns: TABLE_COLUMNS.map(str::to_owned).into(), rows }
    }

    /// Whether `table` is one of [`Diagnosis::table`].
    #[must_use]
    pub fn is_table(table: &Table) -> bool {
        table.columns == TABLE_COLUMNS
    }

    /// Forgets what it found, to begin anew.
    pub fn reset(&mut self) {
        *self = Self::default();
    }

    /// The worst bulk ESS, and whether a limit was broken; `None` before the first diagnosis.
    fn standing(&self) -> Option<(f64, bool)> {
        let (_, worst) = self.finished?;
        let is_bad = is_bad(worst.rhat, |rhat| rhat > RHAT_LIMIT) || worst.z > z_limit(worst.num_z);
        Some((worst.ess_bulk, is_bad))
    }
}

impl Worst {
    fn include(&mut self, draws: &Draws, num_draws: usize, k: usize, exact: Option<(f64, f64)>) {
        let chains: Vec<&[f64]> =
            (0..draws.num_chains()).map(|c| &draws.variable(c, k)[..num_draws]).collect();
        let found = mcmc::diagnose_variable(&chains);
        self.rhat = worse(self.rhat, found.rhat, f64::max);
        self.ess_bulk = worse(self.ess_bulk, found.ess_bulk, f64::min);
        self.ess_tail = worse(self.ess_tail, found.ess_tail, f64::min);
        if let Some((mean, _)) = exact {
            let draws_mean = chains.iter().map(|chain| chain.iter().sum::<f64>()).sum::<f64>()
                / (chains.len() * num_draws) as f64;
            let z = ((draws_mean - mean) / found.mcse_mean).abs();
            self.z = self.z.max(z);
            self.num_z += 1;
        }
    }
}

/// One variable, with digits enough to see its Monte Carlo error.
fn table_row(draws: &Draws, num_draws: usize, k: usize) -> Vec<String> {
    let chains: Vec<&[f64]> = (0..draws.num_chains()).map(|c| &draws.variable(c, k)[..num_draws]).collect();
    let summary = mcmc::summarise(&draws.names()[k], &chains);
    let cell = |value: f64, decimals: usize| {
        if value.is_finite() { format!("{value:.decimals$}") } else { String::new() }
    };
    vec![
        summary.variable,
        cell(summary.mean, 3),
        cell(mcmc::mcse_mean(&chains), 4),
        cell(summary.sd, 3),
        cell(summary.q5, 3),
        cell(mcmc::mcse_quantile(&chains, 0.05), 4),
        cell(summary.q95, 3),
        cell(mcmc::mcse_quantile(&chains, 0.95), 4),
        cell(summary.rhat, 4),
        cell(summary.ess_bulk, 0),
        cell(summary.ess_tail, 0),
    ]
}

/// What a finished run has cost and given; `None` until it is diagnosed.
#[must_use]
pub fn rival(sampling: &Sampling, tallies: &[Tally], diagnosis: &Diagnosis, num_draws: u64) -> Option<Rival> {
    let (ess, is_bad) = diagnosis.standing().filter(|_| tallies.iter().all(|tally| tally.finished))?;
    let busy_ms: f64 = tallies.iter().map(|tally| tally.busy_ms).sum();
    // More than one draw's worth a draw is luck, and no gain.
    let ess = ess.min(num_draws as f64);
    let num_divergent: u32 = tallies.iter().map(|tally| tally.num_divergent).sum();
    Some(Rival {
        name: sampling.name.to_owned(),
        is_current: true,
        time: duration(busy_ms),
        ess: whole(ess),
        ess_per_second: whole(two_figures(ess / busy_ms.max(0.1) * 1000.0)),
        warning: is_bad || num_divergent > 0,
        is_first: tallies.iter().any(|tally| tally.is_first),
    })
}

/// Two figures: a measured speed has no more.
fn two_figures(value: f64) -> f64 {
    labs::number::significant(value, 2)
}

/// The sampler's card: numbers and one honest sentence.
///
/// - `columns`: the sampler's own columns ([`mcmc::SAMPLER_COLUMNS`]) of the kept draws.
#[must_use]
pub fn report(
    sampling: &Sampling,
    tallies: &[Tally],
    draws: &Draws,
    columns: &Draws,
    diagnosis: &Diagnosis,
) -> SamplerReport {
    let per_chain = sampling.num_warmup + sampling.num_draws;
    let finished = tallies.iter().all(|tally| tally.finished);
    let slowest = tallies.iter().map(|tally| tally.iterations).min().unwrap_or(0);
    let mut report = SamplerReport {
        num_draws: (0..draws.num_chains()).map(|chain| draws.num_draws(chain) as u64).sum(),
        iterations_done: tallies.iter().map(|tally| u64::from(tally.iterations)).sum(),
        iterations_total: (per_chain * tallies.len()) as u64,
        warming_up: (slowest as usize) < sampling.num_warmup,
        has_all: sampling.has_table,
        ..SamplerReport::default()
    };
    let Some((diagnosed, worst)) = diagnosis.finished else { return report };
    let evidence = Evidence {
        worst,
        finished,
        num_variables: draws.num_variables(),
        least_ess: ESS_PER_CHAIN * tallies.len() as f64,
        num_divergent: tallies.iter().map(|tally| tally.num_divergent).sum(),
        num_max_depth: tallies.iter().map(|tally| tally.num_max_depth).sum(),
        e_bfmi: least_e_bfmi(columns),
        cure: sampling.cure,
    };
    let mut measures = evidence.measures();
    let gravest = measures.iter().filter_map(|measure| measure.fault.as_ref()).min_by_key(|fault| fault.rank);
    let is_too_early = evidence.is_too_early();
    report.warning = gravest.is_some() && !is_too_early;
    report.verdict = match gravest {
        _ if is_too_early => words::verdict::too_early(diagnosed, evidence.least_worth()),
        Some(fault) => format!("{} {}.", fault.says, fault.cure),
        None => words::verdict::all_is_well(
            evidence.least_worth(),
            evidence.e_bfmi.map(|_| evidence.num_divergent),
        ),
    };
    if let Some(Fault { rank, cure, .. }) = gravest.cloned() {
        // What the sentence says need not stand beside a number again, nor what comes only after it.
        let faults = measures.iter_mut().filter_map(|measure| measure.fault.as_mut());
        faults.filter(|fault| rank <= DISAGREE || fault.cure == cure).for_each(|fault| fault.cure.clear());
    }
    report.stats = measures.into_iter().map(Measure::stat).collect();
    let rival = rival(sampling, tallies, diagnosis, report.num_draws);
    report.stats.extend(cost(tallies, rival, report.iterations_done));
    report
}

/// What the verdict rests on.
struct Evidence {
    worst: Worst,
    finished: bool,
    num_variables: usize,
    /// Effective draws below which there are too few.
    least_ess: f64,
    num_divergent: u32,
    num_max_depth: u32,
    /// `None` for samplers without trajectories.
    e_bfmi: Option<f64>,
    /// What helps against divergences.
    cure: &'static str,
}

/// A diagnostic, and what is wrong with it.
struct Measure {
    label: &'static str,
    value: String,
    help: String,
    is_brief: bool,
    fault: Option<Fault>,
}

/// A diagnostic out of bounds.
#[derive(Clone)]
struct Fault {
    /// The verdict speaks of the fault with the lowest.
    rank: u8,
    /// What is wrong: a sentence.
    says: String,
    /// What to do: a sentence without its full stop.
    cure: String,
}

/// Ranks of the faults that make all others worse: what cures them comes first.
const DIVERGED: u8 = 0;
const DISAGREE: u8 = 1;

impl Measure {
    fn stat(self) -> Stat {
        let cure = self.fault.as_ref().map_or("", |fault| &fault.cure);
        Stat {
            label: self.label.to_owned(),
            value: self.value,
            help: self.help,
            note: if cure.is_empty() { String::new() } else { format!("{cure}.") },
            warning: self.fault.is_some(),
            is_brief: self.is_brief,
        }
    }
}

impl Evidence {
    /// Whether the chains may still come to agree: nothing is wrong yet.
    fn is_too_early(&self) -> bool {
        !self.finished
            && (self.bad_rhat() || self.is_few(self.worst.ess_bulk) || self.is_few(self.worst.ess_tail))
    }

    fn bad_rhat(&self) -> bool {
        is_bad(self.worst.rhat, |rhat| rhat > RHAT_LIMIT)
    }

    fn is_few(&self, ess: f64) -> bool {
        is_bad(ess, |ess| ess < self.least_ess)
    }

    fn least_worth(&self) -> f64 {
        self.worst.ess_bulk.min(self.worst.ess_tail)
    }

    fn measures(&self) -> Vec<Measure> {
        let mut measures = vec![self.rhat()];
        measures.extend([
            self.ess(words::ess::BULK, self.worst.ess_bulk, words::ess::BULK_MEANING),
            self.ess(words::ess::TAIL, self.worst.ess_tail, words::ess::TAIL_MEANING),
        ]);
        // What only trajectories have.
        if let Some(e_bfmi) = self.e_bfmi {
            measures.extend([self.divergences(), self.energy(e_bfmi), self.trees()]);
        }
        if self.worst.z.is_finite() {
            measures.push(self.z());
        }
        measures
    }

    fn rhat(&self) -> Measure {
        Measure {
            label: words::rhat::LABEL,
            value: number::fixed(self.worst.rhat, 3),
            help: words::rhat::help(self.num_variables, RHAT_LIMIT),
            is_brief: true,
            fault: (self.finished && self.bad_rhat()).then(|| Fault {
                rank: DISAGREE,
                says: words::rhat::DISAGREE.to_owned(),
                cure: words::rhat::CURE.to_owned(),
            }),
        }
    }

    fn ess(&self, label: &'static str, ess: f64, meaning: &str) -> Measure {
        Measure {
            label,
            value: whole(ess),
            help: words::ess::help(meaning, self.least_ess),
            is_brief: true,
            fault: (self.finished && self.is_few(ess)).then(|| Fault {
                rank: 2,
                says: words::ess::few(self.least_worth()),
                cure: words::ess::CURE.to_owned(),
            }),
        }
    }

    fn divergences(&self) -> Measure {
        Measure {
            label: words::divergences::LABEL,
            value: self.num_divergent.to_string(),
            help: words::divergences::HELP.to_owned(),
            is_brief: true,
            fault: (self.num_divergent > 0).then(|| Fault {
                rank: DIVERGED,
                says: words::divergences::unexplored(self.num_divergent),
                cure: self.cure.to_owned(),
            }),
        }
    }

    fn energy(&self, e_bfmi: f64) -> Measure {
        Measure {
            label: words::energy::LABEL,
            value: number::fixed(e_bfmi, 2),
            help: words::energy::help(E_BFMI_LIMIT),
            is_brief: false,
            fault: (e_bfmi < E_BFMI_LIMIT).then(|| Fault {
                rank: 3,
                says: words::energy::slow(E_BFMI_LIMIT),
                cure: self.cure.to_owned(),
            }),
        }
    }

    fn trees(&self) -> Measure {
        let count = number::grouped(u64::from(self.num_max_depth));
        Measure {
            label: words::trees::LABEL,
            value: count.clone(),
            help: words::trees::HELP.to_owned(),
            is_brief: false,
            fault: (self.num_max_depth > 0).then(|| Fault {
                rank: 4,
                says: words::trees::cut(&count),
                cure: words::trees::CURE.to_owned(),
            }),
        }
    }

    fn z(&self) -> Measure {
        let (z, limit) = (number::fixed(self.worst.z, 1), z_limit(self.worst.num_z));
        Measure {
            label: words::z::LABEL,
            value: z.clone(),
            help: words::z::help(self.num_variables, limit),
            is_brief: true,
            fault: (self.worst.z > limit).then(|| Fault {
                rank: 5,
                says: words::z::far(&z),
                cure: words::z::CURE.to_owned(),
            }),
        }
    }
}

/// What the run has cost; nothing but the step size before it has finished.
///
/// - `rival`: what became of the finished run.
fn cost(tallies: &[Tally], rival: Option<Rival>, num_iterations: u64) -> Vec<Stat> {
    let mut stats = Vec::new();
    let mut push = |label: &str, value: String, help: &str, is_brief: bool| {
        let (label, help) = (label.to_owned(), help.to_owned());
        stats.push(Stat { label, value, help, note: String::new(), warning: false, is_brief });
    };
    let num_leapfrog: u64 = tallies.iter().map(|tally| tally.num_leapfrog).sum();
    if num_leapfrog > 0 {
        let steps = || tallies.iter().map(|tally| tally.step_size);
        let (least, most) = (steps().fold(f64::INFINITY, f64::min), steps().fold(0.0, f64::max));
        let (least, most) = (number::short(least), number::short(most));
        let value = if least == most { least } else { format!("{least}–{most}") };
        push(words::cost::STEP_SIZE, value, words::cost::STEP_SIZE_HELP, false);
    }
    let Some(rival) = rival else { return stats };
    if num_leapfrog > 0 {
        let each = number::fixed(num_leapfrog as f64 / num_iterations.max(1) as f64, 1);
        push(words::cost::LEAPFROG, each, words::cost::LEAPFROG_HELP, false);
    }
    push(words::cost::TIME, rival.time, words::cost::TIME_HELP, true);
    push(words::cost::SPEED, rival.ess_per_second, words::cost::SPEED_HELP, true);
    if let Some(speed) = stats.last_mut().filter(|_| rival.is_first) {
        speed.note = words::cost::FIRST_RUN.to_owned();
    }
    stats
}

/// The least E-BFMI of all chains; `None` for samplers without energy, and before there are draws enough.
fn least_e_bfmi(columns: &Draws) -> Option<f64> {
    let energy = columns.names().iter().position(|name| name == "energy__")?;
    if shortest(columns) < mcmc::diagnostics::MIN_DRAWS || columns.variable(0, energy)[0].is_nan() {
        return None;
    }
    let of_chain = |chain| mcmc::e_bfmi(columns.variable(chain, energy));
    Some((0..columns.num_chains()).map(of_chain).fold(f64::INFINITY, f64::min))
}

/// The worse of two diagnostics; one that cannot be computed (NaN) is the worst.
fn worse(a: f64, b: f64, pick: fn(f64, f64) -> f64) -> f64 {
    if a.is_nan() || b.is_nan() { f64::NAN } else { pick(a, b) }
}

/// Whether a diagnostic is out of bounds or could not be computed.
fn is_bad(value: f64, beyond: impl Fn(f64) -> bool) -> bool {
    value.is_nan() || beyond(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use labs::Pace;

    const GOOD: Worst = Worst { rhat: 1.003, ess_bulk: 1200.0, ess_tail: 900.0, z: 2.1, num_z: 1 };
    const SAMPLING: Sampling = Sampling {
        num_warmup: 100,
        num_draws: 200,
        pace: Pace::Fast,
        traced: 0,
        has_table: false,
        name: "NUTS",
        cure: "Take another sampler",
    };

    /// The sampler's columns of ten iterations; by hand, squared changes of energy 25.5, squares about the mean 9.525.
    fn columns() -> Draws {
        let mut columns = Draws::new(mcmc::SAMPLER_COLUMNS.map(str::to_owned).into(), 4, 10);
        for chain in 0..4 {
            for energy in [3.0, 1.0, 2.0, 4.0, 1.5, 2.5, 3.5, 1.0, 2.0, 3.0] {
                columns.push(chain, &[0.0, 0.8, 0.1, 3.0, 7.0, 0.0, energy]);
            }
        }
        columns
    }

    fn report_of(worst: Worst, num_divergent: u32, finished: bool) -> SamplerReport {
        let mut draws = Draws::new(vec!["theta[1]".to_owned()], 4, 200);
        (0..800).for_each(|i| draws.push(i / 200, &[0.0]));
        let iterations = if finished { 300 } else { 150 };
        let num_leapfrog = 7 * u64::from(iterations);
        let cost = Tally { num_leapfrog, step_size: 0.31, busy_ms: 300.0, ..Tally::default() };
        let tally = Tally { iterations, finished, num_divergent, ..cost };
        let diagnosis = Diagnosis { finished: Some((50, worst)), ..Diagnosis::default() };
        report(&SAMPLING, &[tally, tally, tally, tally], &draws, &columns(), &diagnosis)
    }

    #[test]
    fn the_verdict_names_the_worst_fault() {
        let bad_rhat = Worst { rhat: 1.02, ..GOOD };
        let bad_ess = Worst { ess_tail: 399.0, ..GOOD };
        let cases = [
            (
                GOOD,
                0,
                true,
                false,
                "Four chains agree; at least 900 independent draws’ worth; no divergences.",
            ),
            (
                bad_rhat,
                0,
                true,
                true,
                "The four chains do not agree yet. Run more warmup and more draws before trusting them.",
            ),
            (
                GOOD,
                1,
                true,
                true,
                "4 divergences: the posterior may not be fully explored. Take another sampler.",
            ),
            (GOOD, 0, false, false, "Four chains agree"),
            (bad_rhat, 0, false, false, "Too early to say: after 50 draws a chain"),
            (bad_ess, 0, true, true, "only 399 independent draws"),
            (bad_ess, 0, false, false, "Too early"),
            (GOOD, 2, true, true, "8 divergences"),
            (bad_rhat, 2, true, true, "8 divergences"),
            (Worst { z: 4.2, ..GOOD }, 0, true, true, "4.2 standard errors"),
            // Of two thousand means one lies so far out by chance: 2102 · 2 · Φ(−4.86) is 1/400.
            (Worst { z: 4.8, num_z: 2102, ..GOOD }, 0, true, false, "Four chains agree"),
            (Worst { z: 4.9, num_z: 2102, ..GOOD }, 0, true, true, "4.9 standard errors"),
            // Where nothing exact is known there is no z.
            (Worst { z: f64::NAN, ..GOOD }, 0, true, false, "Four chains agree"),
            // What cannot be computed (chains that stand still) is no good sign.
            (Worst { rhat: f64::NAN, ..GOOD }, 0, true, true, "do not agree"),
            (Worst { ess_bulk: f64::NAN, ..GOOD }, 0, true, true, "independent draws"),
        ];
        for (worst, num_divergent, finished, warning, words) in cases {
            let report = report_of(worst, num_divergent, finished);
            assert!(report.verdict.contains(words), "{worst:?}: {}", report.verdict);
            assert_eq!(report.warning, warning, "{}", report.verdict);
        }
    }

    fn labels<'a>(stats: impl Iterator<Item = &'a Stat>) -> Vec<&'a str> {
        stats.map(|stat| stat.label.as_str()).collect()
    }

    #[test]
    fn each_number_out_of_bounds_stands_out_with_what_to_do() {
        let worst = Worst { rhat: 1.011, ess_bulk: 399.0, ess_tail: 401.0, z: 4.01, num_z: 44 };
        let report = report_of(worst, 0, true);
        assert_eq!(labels(report.large()), ["R-hat", "Bulk ESS", "Largest |z|"]);
        assert!(report.large().all(|stat| stat.note.is_empty()), "the verdict comes first");
        assert_eq!(labels(report.quiet()), ["Tail ESS", "Divergences", "Time", "ESS per second"]);
        let diverged = report_of(worst, 1, true);
        assert_eq!(labels(diverged.large()), ["R-hat", "Bulk ESS", "Divergences", "Largest |z|"]);
        // What may yet come right is not marked while the chains run.
        assert_eq!(labels(report_of(Worst { z: 1.0, ..worst }, 0, false).large()), [""; 0]);
    }

    #[test]
    fn numbers_out_of_bounds_by_other_ways_are_found() {
        let draws = Draws::new(vec!["theta[1]".to_owned()], 4, 200);
        let tally = Tally { iterations: 300, finished: true, num_max_depth: 2, ..Tally::default() };
        let diagnosis = Diagnosis { finished: Some((50, GOOD)), ..Diagnosis::default() };
        let cut = report(&SAMPLING, &[tally; 4], &draws, &columns(), &diagnosis);
        assert!(cut.verdict.starts_with("8 trajectories were cut"), "{}", cut.verdict);
        assert_eq!(labels(cut.large()), ["Trees cut short"]);
        let few = Worst { ess_bulk: 300.0, z: 4.2, ..GOOD };
        let diagnosis_of_few = Diagnosis { finished: Some((50, few)), ..Diagnosis::default() };
        let both = report(&SAMPLING, &[tally; 4], &draws, &columns(), &diagnosis_of_few);
        let notes: Vec<&str> = both.large().map(|stat| stat.note.as_str()).collect();
        // The verdict already says to run more draws.
        assert_eq!(labels(both.large()), ["Bulk ESS", "Trees cut short", "Largest |z|"]);
        assert_eq!(notes, ["", "Another sampler may be quicker.", ""]);
        // Energies that only rise: squared changes of 1, variance 99, so 9/825.
        let mut rising = Draws::new(mcmc::SAMPLER_COLUMNS.map(str::to_owned).into(), 4, 10);
        for i in 0..40_u32 {
            rising.push(i as usize / 10, &[0.0, 0.8, 0.1, 3.0, 7.0, 0.0, f64::from(i % 10)]);
        }
        let tally = Tally { num_max_depth: 0, ..tally };
        let slow = report(&SAMPLING, &[tally; 4], &draws, &rising, &diagnosis);
        assert!(slow.verdict.ends_with("tails may be missed. Take another sampler."), "{}", slow.verdict);
        assert_eq!(labels(slow.large()), ["E-BFMI"]);
    }

    #[test]
    fn all_numbers_come_when_asked_for_and_each_is_explained() {
        let report = report_of(GOOD, 0, true);
        assert_eq!(labels(report.large()), [""; 0]);
        assert_eq!(
            labels(report.quiet()),
            ["R-hat", "Bulk ESS", "Tail ESS", "Divergences", "Largest |z|", "Time", "ESS per second"]
        );
        let all = SamplerReport { has_all: true, ..report };
        assert_eq!(all.quiet().count(), 0);
        let lines: Vec<String> = all.large().map(|stat| format!("{}: {}", stat.label, stat.value)).collect();
        assert_eq!(
            lines,
            [
                "R-hat: 1.003",
                "Bulk ESS: 1,200",
                "Tail ESS: 900",
                "Divergences: 0",
                "E-BFMI: 2.68",
                "Trees cut short: 0",
                "Largest |z|: 2.1",
                "Step size ε: 0.310",
                "Leapfrog steps: 7.0",
                "Time: 1.2 s",
                "ESS per second: 670",
            ]
        );
        assert!(all.stats.iter().all(|stat| stat.help.len() > 30 && stat.help.ends_with('.')));
        assert!(all.stats.iter().all(|stat| stat.note.is_empty()));
    }

    #[test]
    fn samplers_without_trajectories_have_no_divergences() {
        let draws = Draws::new(vec!["theta[1]".to_owned()], 4, 200);
        let tally = Tally { iterations: 300, finished: true, busy_ms: 1.0, ..Tally::default() };
        let diagnosis = Diagnosis { finished: Some((50, GOOD)), ..Diagnosis::default() };
        let mut columns = Draws::new(mcmc::SAMPLER_COLUMNS.map(str::to_owned).into(), 4, 10);
        for i in 0..40 {
            columns.push(i / 10, &mcmc::Transition::ACCEPTED.columns());
        }
        let report = report(&SAMPLING, &[tally; 4], &draws, &columns, &diagnosis);
        assert_eq!(report.verdict, "Four chains agree; at least 900 independent draws’ worth.");
        assert_eq!(
            labels(report.stats.iter()),
            ["R-hat", "Bulk ESS", "Tail ESS", "Largest |z|", "Time", "ESS per second"]
        );
    }

    #[test]
    fn a_first_run_is_called_one() {
        let sampling = Sampling { has_table: true, ..SAMPLING };
        let mut draws = Draws::new(vec!["theta[1]".to_owned()], 4, 200);
        (0..800).for_each(|i| draws.push(i / 200, &[0.0]));
        let tally = Tally { iterations: 300, finished: true, busy_ms: 100.0, ..Tally::default() };
        let diagnosis = Diagnosis { finished: Some((50, GOOD)), ..Diagnosis::default() };
        for first in [false, true] {
            let tallies = [tally, Tally { is_first: first, ..tally }, tally, tally];
            let report = report(&sampling, &tallies, &draws, &columns(), &diagnosis);
            let speed = report.large().last().unwrap();
            // More than one draw's worth a draw is luck: 800 draws in 0.4 s.
            assert_eq!((speed.label.as_str(), speed.value.as_str()), ("ESS per second", "2,000"));
            assert_eq!(speed.note, if first { "first run, still warming up" } else { "" });
            assert_eq!(rival(&sampling, &tallies, &diagnosis, 800).unwrap().is_first, first);
        }
    }

    #[test]
    fn before_a_diagnosis_there_is_progress_and_no_verdict() {
        let draws = Draws::new(vec!["theta[1]".to_owned()], 4, 200);
        let tally = Tally { iterations: 60, ..Tally::default() };
        let report = report(&SAMPLING, &[tally; 4], &draws, &columns(), &Diagnosis::default());
        assert!(report.warming_up && report.verdict.is_empty() && report.stats.is_empty());
        assert_eq!((report.iterations_done, report.iterations_total), (240, 1200));
    }

    /// The same numbers in one go and variable by variable, and those of the diagnostics themselves.
    #[test]
    fn a_diagnosis_in_slices_is_the_same() {
        let names = (1..=3).map(|k| format!("mu[{k}]")).collect();
        let mut draws = Draws::new(names, 4, 80);
        for chain in 0..4_u32 {
            for i in 0..80_u32 {
                let x = f64::from((i * 37 + chain * 11) % 83) / 83.0;
                draws.push(chain as usize, &[x, x * x, (7.0 * x).sin()]);
            }
        }
        let exact = |k: usize| (k == 1).then_some((0.3, 0.2));
        let mut whole = Diagnosis::default();
        assert!(whole.advance(&draws, false, &exact, &mut || true));
        let mut sliced = Diagnosis::default();
        let mut slices = 1;
        while !sliced.advance(&draws, false, &exact, &mut || false) {
            assert!(sliced.is_under_way() && sliced.num_draws() == 0);
            slices += 1;
        }
        assert_eq!(slices, 3);
        assert_eq!(format!("{whole:?}"), format!("{sliced:?}"));
        let (num_draws, worst) = whole.finished.unwrap();
        assert_eq!((num_draws, whole.num_draws()), (80, 80));
        let rhats = (0..3).map(|k| mcmc::rhat(&draws.chains(k)));
        assert_eq!(worst.rhat, rhats.fold(1.0, f64::max));
        let bulk = (0..3).map(|k| mcmc::ess_bulk(&draws.chains(k)));
        assert_eq!(worst.ess_bulk, bulk.fold(f64::INFINITY, f64::min));
        let chains = draws.chains(1);
        let mean = chains.iter().flat_map(|chain| chain.iter()).sum::<f64>() / 320.0;
        assert!((worst.z - ((mean - 0.3) / mcmc::mcse_mean(&chains)).abs()).abs() < 1e-9);
    }
}
