//! Any messages to a desk and its chains, in any order.
//!
//! The bytes are read as a row of events, each a byte that says what happens, a byte with the length of what
//! follows, and so many bytes:
//!
//! | kind | event | bytes |
//! |---|---|---|
//! | 0 | a request reaches every machine | the request, encoded |
//! | 1 | a link is opened | the link, as text |
//! | 2 | draws reach the desk | a chunk, encoded, then numbers |
//! | 3 | draws that fit the run reach the desk | chain, iterations of warmup, draws, whether it has ended, then numbers |
//! | 4 | a machine works | which, slices, milliseconds between them |
//! | 5 | a reply reaches the page | the reply, encoded |

use engine::protocol::{Tally, decode, encode};
use engine::{ChainWorker, Chunk, Desk, Next, Reply, Request, RunId, scribe};
use labs::{Kind, NUM_CHAINS, Scenario, Value, link};
use mcmc::SAMPLER_COLUMNS;

/// Length of a slice and of everything between two looks at the clock, in milliseconds.
const SLICE_MS: f64 = 4.0;
const TICK_MS: f64 = 1.0;
/// Events that are looked at.
const MAX_EVENTS: usize = 24;
/// Runs that may begin: they take the time.
const MAX_RUNS: usize = 3;
/// Slices of a machine in one event.
const MAX_SLICES: u8 = 8;
/// Slices within which a run must have been answered: the desk waits 8 ms for repeats and draws, and then
/// answers.
const SLICES_TO_ANSWER: usize = 200;
/// Numbers in a chunk that are made up.
const MAX_NUMBERS: u64 = 4096;
/// What is run: units in all, repeats, iterations of a chain and variables of a sampler, rows and samples
/// of own data. Larger runs are only looked at.
const MAX_UNITS: usize = 24;
const MAX_REPEATS: f64 = 64.0;
const MAX_ITERATIONS: usize = 400;
const MAX_VARIABLES: usize = 40;
/// Number on a slider that stands for a size, such as genes or clusters.
const MAX_NUMBER: f64 = 1500.0;

/// Hands the events in `bytes` to a desk and four chains.
///
/// # Panics
/// If a machine does, if a run is not answered in the end, or if a reply does not come through its encoding as
/// it was.
pub fn message(bytes: &[u8]) {
    let mut crew = Crew::default();
    let mut rest = bytes;
    for _ in 0..MAX_EVENTS {
        let [kind, length, following @ ..] = rest else { break };
        let (event, following) = following.split_at(following.len().min(usize::from(*length)));
        rest = following;
        crew.meet(kind % 6, event);
    }
    crew.end();
}

struct Crew {
    desk: Desk,
    chains: Vec<ChainWorker>,
    now: f64,
    /// The run that was asked for last and has not been answered.
    unanswered: Option<RunId>,
    next_id: RunId,
    num_runs: usize,
    num_rehearsals: usize,
}

impl Default for Crew {
    fn default() -> Self {
        Self {
            desk: Desk::new(&labs::registry::ALL),
            chains: (0..)
                .take(NUM_CHAINS)
                .map(|chain| ChainWorker::new(&labs::registry::ALL, chain))
                .collect(),
            now: 0.0,
            unanswered: None,
            next_id: 1,
            num_runs: 0,
            num_rehearsals: 0,
        }
    }
}

impl Crew {
    fn meet(&mut self, kind: u8, event: &[u8]) {
        match kind {
            0 => {
                if let Ok(request) = decode::<Request>(event) {
                    self.tell(&request);
                }
            }
            1 => {
                let scenario = link::parse(&String::from_utf8_lossy(event)).scenario;
                let restart = event.len().is_multiple_of(2);
                self.tell(&Request::Run { run_id: self.next_id, scenario, restart });
            }
            2 => {
                if let Ok(chunk) = decode::<Chunk>(event) {
                    let width = u64::from(chunk.num_variables) + SAMPLER_COLUMNS.len() as u64;
                    let count = u64::from(chunk.num_warmup) + u64::from(chunk.num_draws);
                    let count = count.saturating_mul(width).min(MAX_NUMBERS);
                    let numbers = numbers(event, usize::try_from(count).expect("at most MAX_NUMBERS"));
                    self.desk.take(&chunk, &numbers);
                }
            }
            3 => self.fitting(event),
            4 => {
                let [machine, slices, pause, ..] = event else { return };
                for _ in 0..*slices % MAX_SLICES {
                    self.call(usize::from(*machine) % (1 + NUM_CHAINS));
                    self.now += f64::from(*pause);
                }
            }
            _ => {
                if let Ok(reply) = decode::<Reply>(event) {
                    comes_through(&reply);
                }
            }
        }
    }

    /// Sends a request to every machine, unless it would take too long.
    fn tell(&mut self, request: &Request) {
        match request {
            Request::Run { run_id, scenario, .. } if scenario.is_valid() => {
                if !is_small(scenario) || self.num_runs >= MAX_RUNS {
                    return;
                }
                self.num_runs += 1;
                self.next_id = run_id.saturating_add(1);
            }
            Request::Code { scenario } if scenario.is_valid() && !is_small(scenario) => return,
            Request::Rehearse => {
                if self.num_rehearsals > 0 {
                    return;
                }
                self.num_rehearsals += 1;
            }
            _ => {}
        }
        let now = self.now;
        let mut replies = Vec::new();
        self.desk.handle(request.clone(), now, &mut |reply| replies.push(reply));
        for chain in &mut self.chains {
            chain.handle(request.clone(), now, &mut |reply| replies.push(reply));
        }
        replies.extend(scribe::answer(&labs::registry::WRITES_ALL, request.clone()));
        if let Request::Run { run_id, .. } = request {
            self.unanswered = Some(*run_id);
        }
        replies.iter().for_each(|reply| self.hear(reply));
        let is_answered = match request {
            Request::Hello { .. } => replies.len() == 2 + NUM_CHAINS,
            Request::Code { .. } => replies.len() == 1,
            _ => true,
        };
        assert!(is_answered, "{request:?} had {} answers", replies.len());
    }

    fn hear(&mut self, reply: &Reply) {
        comes_through(reply);
        match reply {
            Reply::Panels { run_id, order, changed, .. } => {
                assert!(changed.iter().all(|panel| order.contains(&panel.id)));
                self.unanswered = self.unanswered.filter(|asked| asked != run_id);
            }
            Reply::Failed { run_id, message } => {
                assert!(message.ends_with('.'), "{message}");
                self.unanswered = self.unanswered.filter(|asked| asked != run_id);
            }
            Reply::Ready { .. } | Reply::Draws { .. } | Reply::Code { .. } => {}
        }
    }

    /// Draws of the right shape for what the desk keeps.
    fn fitting(&mut self, event: &[u8]) {
        let ([chain, num_warmup, num_draws, finished, ..], Some(draws)) = (event, self.desk.draws()) else {
            return;
        };
        let num_variables = draws.num_variables();
        let width = num_variables + SAMPLER_COLUMNS.len();
        let chunk = Chunk {
            run_id: self.next_id.saturating_sub(1),
            chain: chain % 5,
            num_variables: u32::try_from(num_variables).expect("few"),
            num_warmup: u32::from(*num_warmup),
            num_draws: u32::from(*num_draws),
            tally: Tally {
                iterations: u32::from(*num_warmup) + u32::from(*num_draws),
                finished: finished % 2 == 1,
                step_size: numbers(event, 1)[0],
                busy_ms: numbers(event, 2)[1],
                num_leapfrog: u64::from(*finished) << 56,
                num_divergent: u32::from(*num_draws) << 24,
                ..Tally::default()
            },
        };
        let count = (usize::from(*num_warmup) + usize::from(*num_draws)) * width;
        self.desk.take(&chunk, &numbers(event, count));
    }

    /// Lets one machine work for a slice; what a chain sends reaches the desk.
    fn call(&mut self, machine: usize) -> Next {
        let now = &mut self.now;
        let mut clock = || {
            *now += TICK_MS;
            *now
        };
        let (mut replies, mut mail) = (Vec::new(), Vec::new());
        let next = match machine.checked_sub(1) {
            None => self.desk.advance(&mut clock, SLICE_MS, &mut |reply| replies.push(reply)),
            Some(chain) => {
                self.chains[chain].advance(&mut clock, SLICE_MS, &mut |chunk: Chunk, numbers: &[f64]| {
                    mail.push((chunk, numbers.to_vec()));
                })
            }
        };
        for (chunk, numbers) in mail {
            self.desk.take(&chunk, &numbers);
        }
        replies.iter().for_each(|reply| self.hear(reply));
        next
    }

    /// Lets the desk work until the run that was asked for last is answered.
    fn end(&mut self) {
        let mut slices = 0;
        while let Some(run_id) = self.unanswered {
            let next = self.call(0);
            slices += 1;
            assert!(
                slices < SLICES_TO_ANSWER && (self.unanswered.is_none() || next != Next::Idle),
                "run {run_id} is never answered"
            );
            if let Next::After(ms) = next {
                assert!(ms.is_finite() && ms >= 0.0, "it waits for {ms} ms");
                self.now += ms;
            }
        }
    }
}

/// The bytes of a reply are the bytes of what the page reads. Compared as bytes: a number may be none.
fn comes_through(reply: &Reply) {
    let bytes = encode(reply);
    let read: Reply = decode(&bytes).expect("what is written can be read");
    assert_eq!(encode(&read), bytes);
}

/// Whether the run of a scenario takes no more than some milliseconds.
fn is_small(scenario: &Scenario) -> bool {
    let is_small = |(index, kind): (usize, &Kind)| match (kind, scenario.value(index)) {
        (Kind::Counts { .. }, _) | (Kind::Seed { .. }, _) => true,
        (Kind::Repeats { .. }, Value::Number(repeats)) => *repeats <= MAX_REPEATS,
        (_, Value::Sizes(sizes)) => sizes.iter().sum::<usize>() <= MAX_UNITS,
        (_, Value::Table(own)) => {
            own.len() <= MAX_UNITS && own.samples.first().is_none_or(|samples| samples.len() <= MAX_UNITS)
        }
        (_, Value::Number(number)) => *number <= MAX_NUMBER,
        (_, Value::Choice(_) | Value::Moves(_)) => true,
    };
    let controls = scenario.lab().controls().iter().map(|control| &control.kind);
    controls.enumerate().all(is_small)
        && scenario
            .open()
            .sampling()
            .is_none_or(|sampling| sampling.num_warmup + sampling.num_draws <= MAX_ITERATIONS)
        && scenario.open().variables().len() <= MAX_VARIABLES
}

/// `count` numbers that `event` names, byte by byte: those that are hard to bear, and ordinary ones.
fn numbers(event: &[u8], count: usize) -> Vec<f64> {
    const HARD: [f64; 12] = [
        0.0,
        -0.0,
        1.0,
        f64::NAN,
        f64::INFINITY,
        f64::NEG_INFINITY,
        f64::MAX,
        f64::MIN,
        f64::MIN_POSITIVE,
        5e-324,
        1e300,
        -1e-300,
    ];
    let bytes = event.iter().rev().chain(std::iter::once(&7)).cycle();
    let number =
        |byte: &u8| HARD.get(usize::from(*byte)).copied().unwrap_or_else(|| f64::from(*byte) / 32.0 - 4.0);
    bytes.take(count).map(number).collect()
}
