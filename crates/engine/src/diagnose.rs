//! How good the draws are: diagnostics of all variables, a slice at a time, and the line that says so.

use labs::{Rival, SamplerReport, Sampling, Stat, number};
use mcmc::Draws;
use plots::Table;

use crate::protocol::Tally;

/// R-hat above which chains do not agree (Vehtari et al. 2021, § 4).
const RHAT_LIMIT: f64 = 1.01;
/// Least effective sample size of each chain (Vehtari et al. 2021, § 4).
const ESS_PER_CHAIN: f64 = 100.0;
/// Largest |z| over all variables that is no alarm. For 44 independent variables chance alone would pass it
/// about once in 400 runs, for the correlated ones of a posterior more seldom.
const Z_LIMIT: f64 = 4.0;

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
}

impl Worst {
    const NONE: Self = Self { rhat: 1.0, ess_bulk: f64::INFINITY, ess_tail: f64::INFINITY, z: f64::NAN };
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

    /// Forgets what it found, to begin anew.
    pub fn reset(&mut self) {
        *self = Self::default();
    }

    /// The worst bulk ESS, and whether a limit was broken; `None` before the first diagnosis.
    fn standing(&self) -> Option<(f64, bool)> {
        let (_, worst) = self.finished?;
        let is_bad = is_bad(worst.rhat, |rhat| rhat > RHAT_LIMIT) || worst.z > Z_LIMIT;
        Some((worst.ess_bulk, is_bad))
    }
}

impl Worst {
    fn include(&mut self, draws: &Draws, num_draws: usize, k: usize, exact: Option<(f64, f64)>) {
        let chains: Vec<&[f64]> =
            (0..draws.num_chains()).map(|c| &draws.variable(c, k)[..num_draws]).collect();
        self.rhat = worse(self.rhat, mcmc::rhat(&chains), f64::max);
        self.ess_bulk = worse(self.ess_bulk, mcmc::ess_bulk(&chains), f64::min);
        self.ess_tail = worse(self.ess_tail, mcmc::ess_tail(&chains), f64::min);
        if let Some((mean, _)) = exact {
            let draws_mean = chains.iter().map(|chain| chain.iter().sum::<f64>()).sum::<f64>()
                / (chains.len() * num_draws) as f64;
            let z = ((draws_mean - mean) / mcmc::mcse_mean(&chains)).abs();
            self.z = self.z.max(z);
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
    })
}

/// Two figures: a measured speed has no more.
fn two_figures(value: f64) -> f64 {
    format!("{value:.1e}").parse().unwrap_or(value)
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
    let num_divergent: u32 = tallies.iter().map(|tally| tally.num_divergent).sum();
    let mut report = SamplerReport {
        num_draws: (0..draws.num_chains()).map(|chain| draws.num_draws(chain) as u64).sum(),
        iterations_done: tallies.iter().map(|tally| u64::from(tally.iterations)).sum(),
        iterations_total: (per_chain * tallies.len()) as u64,
        warming_up: (slowest as usize) < sampling.num_warmup,
        ..SamplerReport::default()
    };
    let Some((diagnosed, worst)) = diagnosis.finished else { return report };
    let least_ess = ESS_PER_CHAIN * tallies.len() as f64;
    let (bad_rhat, bad_z) = (is_bad(worst.rhat, |rhat| rhat > RHAT_LIMIT), worst.z > Z_LIMIT);
    let is_few = |ess| is_bad(ess, |ess| ess < least_ess);
    let (bad_bulk, bad_tail) = (is_few(worst.ess_bulk), is_few(worst.ess_tail));
    let num_max_depth: u32 = tallies.iter().map(|tally| tally.num_max_depth).sum();
    let e_bfmi = least_e_bfmi(columns);
    let bad_energy = e_bfmi.is_some_and(|least| least < E_BFMI_LIMIT);
    report.stats = vec![
        stat("R-hat, worst", number::fixed(worst.rhat, 3), bad_rhat),
        stat("Bulk ESS, least", whole(worst.ess_bulk), bad_bulk),
        stat("Tail ESS, least", whole(worst.ess_tail), bad_tail),
    ];
    // What only trajectories have.
    if let Some(least) = e_bfmi {
        report.stats.push(stat("Divergences", num_divergent.to_string(), num_divergent > 0));
        report.stats.push(stat("E-BFMI, least", number::fixed(least, 2), bad_energy));
        report.stats.push(stat("Trees cut short", num_max_depth.to_string(), num_max_depth > 0));
    }
    if worst.z.is_finite() {
        report.stats.push(stat(
            &format!("Largest |z| of {} means", draws.num_variables()),
            number::fixed(worst.z, 1),
            bad_z,
        ));
    }
    if finished {
        let busy_ms: f64 = tallies.iter().map(|tally| tally.busy_ms).sum();
        report.stats.push(stat("Computing time, four chains", duration(busy_ms), false));
        let num_leapfrog: u64 = tallies.iter().map(|tally| tally.num_leapfrog).sum();
        if num_leapfrog > 0 {
            let iterations = report.iterations_done.max(1);
            let per_iteration = number::fixed(num_leapfrog as f64 / iterations as f64, 1);
            report.stats.push(stat("Gradients an iteration", per_iteration, false));
        }
        if let Some(rival) = rival(sampling, tallies, diagnosis, report.num_draws) {
            report.stats.push(stat("ESS per second", rival.ess_per_second, false));
        }
    }
    let verdict = Verdict {
        num_max_depth,
        bad_energy,
        cure: sampling.cure,
        diagnosed,
        worst,
        num_divergent,
        finished,
        bad_rhat,
        bad_ess: bad_bulk || bad_tail,
        bad_z,
    };
    (report.verdict, report.warning) = verdict.sentence();
    report
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

struct Verdict {
    cure: &'static str,
    diagnosed: usize,
    worst: Worst,
    num_divergent: u32,
    num_max_depth: u32,
    finished: bool,
    bad_rhat: bool,
    bad_ess: bool,
    bad_energy: bool,
    bad_z: bool,
}

impl Verdict {
    fn sentence(&self) -> (String, bool) {
        let ess = whole(self.worst.ess_bulk.min(self.worst.ess_tail));
        let divergences = match self.num_divergent {
            0 => "no divergences".to_owned(),
            1 => "1 divergence".to_owned(),
            many => format!("{many} divergences"),
        };
        if !self.finished && (self.bad_rhat || self.bad_ess) {
            let text = format!(
                "Too early to say: after {} draws a chain, the chains are worth {ess} independent draws.",
                self.diagnosed
            );
            return (text, false);
        }
        if self.num_divergent > 0 {
            let text = format!(
                "{}: the posterior may not be fully explored. {}.",
                number::capitalized(&divergences),
                self.cure
            );
            return (text, true);
        }
        if self.bad_rhat {
            return (
                "The four chains do not agree yet: run more warmup and more draws before trusting them."
                    .to_owned(),
                true,
            );
        }
        if self.bad_ess {
            return (
                format!("The chains agree, but are worth only {ess} independent draws: run more draws."),
                true,
            );
        }
        if self.bad_energy {
            let text = "The energy of the trajectories moves slowly (E-BFMI below 0.3): tails may be missed. Take the non-centered NUTS or exact draws.";
            return (text.to_owned(), true);
        }
        if self.num_max_depth > 0 {
            let text = format!(
                "{} trajectories were cut at the greatest tree depth: right, but slow. Another sampler may be quicker.",
                self.num_max_depth
            );
            return (text, true);
        }
        if self.bad_z {
            let z = number::fixed(self.worst.z, 1);
            return (
                format!(
                    "A mean of the draws lies {z} standard errors from the exact posterior mean: try more draws."
                ),
                true,
            );
        }
        (format!("Four chains agree; at least {ess} independent draws’ worth; {divergences}."), false)
    }
}

fn stat(label: &str, value: String, warning: bool) -> Stat {
    Stat { label: label.to_owned(), value, warning }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "an ESS is positive and below 2^53"
)]
fn whole(value: f64) -> String {
    if value.is_finite() { number::grouped(value.max(0.0) as u64) } else { "–".to_owned() }
}

fn duration(ms: f64) -> String {
    if ms >= 1000.0 {
        format!("{} s", number::fixed(ms / 1000.0, 1))
    } else {
        format!("{} ms", number::fixed(ms, 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use labs::Pace;

    const GOOD: Worst = Worst { rhat: 1.003, ess_bulk: 1200.0, ess_tail: 900.0, z: 2.1 };
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
        let draws = Draws::new(vec!["theta[1]".to_owned()], 4, 200);
        let iterations = if finished { 300 } else { 150 };
        let tally = Tally { iterations, finished, num_divergent, busy_ms: 300.0, ..Tally::default() };
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
            (GOOD, 0, false, false, "Four chains agree"),
            (bad_rhat, 0, true, true, "do not agree"),
            (bad_rhat, 0, false, false, "Too early to say: after 50 draws a chain"),
            (bad_ess, 0, true, true, "only 399 independent draws"),
            (bad_ess, 0, false, false, "Too early"),
            (GOOD, 2, true, true, "8 divergences"),
            (bad_rhat, 2, true, true, "8 divergences"),
            (Worst { z: 4.2, ..GOOD }, 0, true, true, "4.2 standard errors"),
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

    #[test]
    fn each_number_out_of_bounds_is_marked() {
        let worst = Worst { rhat: 1.011, ess_bulk: 399.0, ess_tail: 401.0, z: 4.01 };
        let marks: Vec<bool> = report_of(worst, 1, true).stats.iter().map(|stat| stat.warning).collect();
        // R-hat, two ESS, divergences, E-BFMI, trees, z, time, speed.
        assert_eq!(marks, [true, true, false, true, false, false, true, false, false]);
        assert!(report_of(GOOD, 0, true).stats.iter().all(|stat| !stat.warning));
        let labels: Vec<String> = report_of(GOOD, 0, true)
            .stats
            .into_iter()
            .map(|stat| format!("{}: {}", stat.label, stat.value))
            .collect();
        assert_eq!(
            labels,
            [
                "R-hat, worst: 1.003",
                "Bulk ESS, least: 1,200",
                "Tail ESS, least: 900",
                "Divergences: 0",
                "E-BFMI, least: 2.68",
                "Trees cut short: 0",
                "Largest |z| of 1 means: 2.1",
                "Computing time, four chains: 1.2 s",
                "ESS per second: 0",
            ]
        );
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
