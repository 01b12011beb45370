//! Runs that nobody sees. A browser compiles code well only once it has run: without them the first
//! run of a lab would be the slowest one.

use labs::registry::Computes;
use labs::{Experiment, NUM_CHAINS, Scenario};
use mcmc::SAMPLER_COLUMNS;

use crate::Next;
use crate::chain::ChainWorker;
use crate::desk::Desk;
use crate::protocol::{Chunk, Request, Tally};

/// What a rehearsal may compute in one worker, in milliseconds: with four chains 150 in all.
const BUDGET_MS: f64 = 30.0;
/// How long a worker must have been left alone before it rehearses, in milliseconds.
const REST_MS: f64 = 300.0;

/// What is likely to be asked for, run on data that nobody has asked for by a machine that nobody hears.
pub(crate) struct Rehearsal<M> {
    /// Gone once it is over: what it holds is large.
    machine: Option<Box<M>>,
    /// 1, 2, …: other data each time. 0 before the first.
    round: u32,
    /// What it may still compute.
    left_ms: f64,
    not_before_ms: f64,
    /// How far the machine's clock is ahead: what it waits for comes at once.
    ahead_ms: f64,
}

/// A machine that can rehearse.
pub(crate) trait Player {
    /// What it can compute.
    fn computes(&self) -> &'static Computes;

    /// Begins to run a scenario.
    fn begin(&mut self, round: u32, scenario: Scenario, now_ms: f64);

    /// Goes on with it for a slice of time.
    fn play(&mut self, now_ms: &mut dyn FnMut() -> f64, slice_ms: f64) -> Next;
}

impl<M: Player> Rehearsal<M> {
    pub(crate) fn new(machine: M, now_ms: f64) -> Self {
        let not_before_ms = now_ms + REST_MS;
        Self { machine: Some(Box::new(machine)), round: 0, left_ms: BUDGET_MS, not_before_ms, ahead_ms: 0.0 }
    }

    /// Someone has asked for something: it stands back until that has been over for a while.
    pub(crate) fn stand_back(&mut self, now_ms: f64) {
        self.not_before_ms = now_ms + REST_MS;
    }

    /// Rehearses for a slice of time; [`Next::Idle`] once it is over.
    pub(crate) fn advance(&mut self, now_ms: &mut dyn FnMut() -> f64, slice_ms: f64) -> Next {
        let Some(machine) = &mut self.machine else { return Next::Idle };
        let begin = now_ms();
        if begin < self.not_before_ms {
            return Next::After(self.not_before_ms - begin);
        }
        let ahead = self.ahead_ms;
        let next = match self.round {
            0 => Next::Idle,
            _ => machine.play(&mut || now_ms() + ahead, slice_ms),
        };
        match next {
            Next::Now => {}
            Next::After(wait) => self.ahead_ms += wait,
            Next::Idle => {
                self.round += 1;
                if let Some(scenario) = machine.computes().likely(self.round) {
                    machine.begin(self.round, scenario, begin + ahead);
                }
            }
        }
        self.left_ms -= now_ms() - begin;
        if self.left_ms > 0.0 {
            return Next::Now;
        }
        self.machine = None;
        Next::Idle
    }
}

impl Player for ChainWorker {
    fn computes(&self) -> &'static Computes {
        self.computes
    }

    fn begin(&mut self, round: u32, scenario: Scenario, now_ms: f64) {
        self.handle(Request::Run { run_id: round, scenario, restart: true }, now_ms, &mut |_| {});
    }

    fn play(&mut self, now_ms: &mut dyn FnMut() -> f64, slice_ms: f64) -> Next {
        self.advance(now_ms, slice_ms, &mut |_, _| {})
    }
}

impl Player for Desk {
    fn computes(&self) -> &'static Computes {
        self.computes
    }

    /// Its draws are there at once, made by no chain.
    fn begin(&mut self, round: u32, scenario: Scenario, now_ms: f64) {
        let draws = self.computes.open(scenario.clone()).map(|experiment| made_up(&experiment, round));
        self.handle(Request::Run { run_id: round, scenario, restart: true }, now_ms, &mut |_| {});
        for (chunk, numbers) in draws.into_iter().flatten() {
            self.take(&chunk, &numbers);
        }
    }

    fn play(&mut self, now_ms: &mut dyn FnMut() -> f64, slice_ms: f64) -> Next {
        self.advance(now_ms, slice_ms, &mut |_| {})
    }
}

/// Finished chains, their numbers spread evenly over (−2, 2); none if the lab samples nothing.
fn made_up(experiment: &Experiment, run_id: u32) -> Vec<(Chunk, Vec<f64>)> {
    /// The golden ratio's fractional part: its multiples fill an interval evenly.
    const STRIDE: f64 = 0.618_033_988_749_894_9;
    let Some(sampling) = experiment.sampling() else { return Vec::new() };
    let num_variables = experiment.variables().len();
    let width = num_variables + SAMPLER_COLUMNS.len();
    let size = |count: usize| u32::try_from(count).expect("bounded by the controls");
    let tally = Tally { iterations: size(sampling.num_draws), finished: true, ..Tally::default() };
    (0u8..)
        .take(NUM_CHAINS)
        .map(|chain| {
            let first = f64::from(chain) / NUM_CHAINS as f64;
            let number = |i: usize| 4.0 * (first + i as f64 * STRIDE).fract() - 2.0;
            let chunk = Chunk {
                run_id,
                chain,
                num_variables: size(num_variables),
                num_warmup: 0,
                num_draws: size(sampling.num_draws),
                tally,
            };
            (chunk, (0..sampling.num_draws * width).map(number).collect())
        })
        .collect()
}
