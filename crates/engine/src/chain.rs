//! The worker that runs one chain.

use labs::registry::Computes;
use labs::{Experiment, Pace, Sampling, Scenario};
use mcmc::{NutsSettings, Sampler};

use crate::protocol::{Chunk, PROTOCOL_VERSION, Reply, Request, RunId, Tally};
use crate::rehearsal::Rehearsal;
use crate::{Next, words};

/// Time between two chunks of a chain that is watched, in milliseconds: two frames.
const LIVE_INTERVAL_MS: f64 = 33.0;
/// Longest silence of a chain that runs in one go, in milliseconds.
const FAST_INTERVAL_MS: f64 = 100.0;
/// Work between two looks at the clock, in numbers passed through: some 50 µs, for a look takes a third of a
/// microsecond in a browser, as long as two exact draws.
const WORK_PER_LOOK: u64 = 1 << 14;
/// What an iteration or a leapfrog step costs besides its numbers, in such numbers.
const WORK_PER_STEP: u64 = 16;
/// Numbers that a chain that runs in one go holds back at most: what is sent early is put in its place
/// while the chain goes on, and no buffer grows large.
const MAX_BUFFERED: usize = 1 << 17;

/// One chain, run in slices.
pub struct ChainWorker {
    pub(crate) computes: &'static Computes,
    chain: u8,
    run: Option<ChainRun>,
    /// The last one asked for, to tell a new run from a new picture.
    experiment: Option<Experiment>,
    /// Samplers that have run to their end here, by name and code: how well compiled they are depends on it.
    known: Vec<(&'static str, &'static str)>,
    rehearsal: Option<Rehearsal<ChainWorker>>,
}

struct ChainRun {
    run_id: RunId,
    sampler: Box<dyn Sampler>,
    sampling: Sampling,
    /// Draws not yet sent.
    buffer: Vec<f64>,
    buffered_warmup: u32,
    buffered_draws: u32,
    tally: Tally,
    paused: bool,
    /// Depth at which trees are cut short.
    max_tree_depth: u32,
    /// Iterations that a watched chain may have done by now, fractions included.
    allowance: f64,
    last_look_ms: f64,
    last_sent_ms: Option<f64>,
}

impl ChainWorker {
    /// A worker for chain `chain` of the labs that `computes` computes.
    #[must_use]
    pub fn new(computes: &'static Computes, chain: u8) -> Self {
        Self { computes, chain, run: None, experiment: None, known: Vec::new(), rehearsal: None }
    }

    /// Takes a request of the page.
    ///
    /// - `now_ms`: the time, in milliseconds from any fixed moment.
    pub fn handle(&mut self, request: Request, now_ms: f64, reply: &mut dyn FnMut(Reply)) {
        if let Some(rehearsal) = &mut self.rehearsal {
            rehearsal.stand_back(now_ms);
        }
        match request {
            Request::Hello { .. } => reply(Reply::Ready { version: PROTOCOL_VERSION }),
            Request::Run { run_id, scenario, restart } => {
                self.begin(run_id, scenario, restart, now_ms, reply)
            }
            Request::Pause => self.set_paused(true, now_ms),
            Request::Resume => self.set_paused(false, now_ms),
            Request::Stop => {
                if let Some(run) = &mut self.run {
                    run.tally.finished = true;
                }
            }
            Request::Rehearse => {
                let (computes, chain) = (self.computes, self.chain);
                self.rehearsal.get_or_insert_with(|| Rehearsal::new(Self::new(computes, chain), now_ms));
            }
            Request::Focus { .. } | Request::Draws | Request::Code { .. } => {}
        }
    }

    fn begin(
        &mut self,
        run_id: RunId,
        scenario: Scenario,
        restart: bool,
        now_ms: f64,
        reply: &mut dyn FnMut(Reply),
    ) {
        let Some(experiment) = self.computes.open(scenario) else {
            let message = words::UNREADABLE_BY_SAMPLER.to_owned();
            reply(Reply::Failed { run_id, message });
            return;
        };
        let serves = self.experiment.as_ref().is_some_and(|last| last.same_run(&experiment));
        let sampling = experiment.sampling();
        match (&mut self.run, sampling) {
            (Some(run), Some(sampling)) if serves && !restart => {
                run.run_id = run_id;
                run.sampling = sampling;
            }
            _ => {
                let sampler = experiment.sampler(usize::from(self.chain));
                let mut buffer = self.run.take().map_or_else(Vec::new, |run| run.buffer);
                buffer.clear();
                self.run = sampler.zip(sampling).map(|(sampler, sampling)| {
                    let is_first = !self.known.contains(&(sampling.name, sampler.code()));
                    let mut run = ChainRun::new(run_id, sampler, sampling, buffer, now_ms);
                    run.tally.is_first = is_first;
                    run
                });
            }
        }
        self.experiment = Some(experiment);
    }

    fn set_paused(&mut self, paused: bool, now_ms: f64) {
        if let Some(run) = &mut self.run {
            run.paused = paused;
            run.last_look_ms = now_ms;
        }
    }

    /// Runs the chain for a slice of time and hands over draws that are due.
    ///
    /// - `now_ms`: reads the clock, in milliseconds.
    /// - `slice_ms`: length of the slice.
    /// - `send`: takes a chunk and its numbers.
    pub fn advance(
        &mut self,
        now_ms: &mut dyn FnMut() -> f64,
        slice_ms: f64,
        send: &mut dyn FnMut(Chunk, &[f64]),
    ) -> Next {
        let chain = self.chain;
        let next = match &mut self.run {
            None => Next::Idle,
            Some(run) => {
                let next = run.advance(chain, now_ms, slice_ms, send);
                let kind = (run.sampling.name, run.sampler.code());
                if run.is_complete() && !self.known.contains(&kind) {
                    self.known.push(kind);
                }
                next
            }
        };
        match &mut self.rehearsal {
            Some(rehearsal) if next == Next::Idle => rehearsal.advance(now_ms, slice_ms),
            _ => next,
        }
    }
}

impl ChainRun {
    /// - `buffer`: empty; its room was often made by the run before.
    fn new(
        run_id: RunId,
        sampler: Box<dyn Sampler>,
        sampling: Sampling,
        buffer: Vec<f64>,
        now_ms: f64,
    ) -> Self {
        Self {
            run_id,
            sampler,
            sampling,
            buffer,
            buffered_warmup: 0,
            buffered_draws: 0,
            tally: Tally::default(),
            paused: false,
            max_tree_depth: NutsSettings::default().max_tree_depth,
            allowance: 0.0,
            last_look_ms: now_ms,
            last_sent_ms: Some(now_ms),
        }
    }

    fn total(&self) -> usize {
        self.sampling.num_warmup + self.sampling.num_draws
    }

    fn is_complete(&self) -> bool {
        self.tally.iterations as usize >= self.total()
    }

    fn is_live(&self) -> bool {
        matches!(self.sampling.pace, Pace::Live { .. })
    }

    fn advance(
        &mut self,
        chain: u8,
        now_ms: &mut dyn FnMut() -> f64,
        slice_ms: f64,
        send: &mut dyn FnMut(Chunk, &[f64]),
    ) -> Next {
        let begin = now_ms();
        if self.paused && !self.tally.finished {
            self.last_look_ms = begin;
            return Next::Idle;
        }
        self.earn(begin);
        let mut now = begin;
        while !self.tally.finished && self.may_step() && now - begin < slice_ms {
            let mut work = 0;
            while work < WORK_PER_LOOK && !self.tally.finished && self.may_step() {
                work += self.step();
            }
            now = now_ms();
            if self.buffer.len() >= MAX_BUFFERED {
                break;
            }
        }
        self.tally.busy_ms += now - begin;
        self.send_if_due(chain, now, send)
    }

    /// Adds what a watched chain may do since the last look.
    fn earn(&mut self, now: f64) {
        if let Pace::Live { per_second } = self.sampling.pace {
            // After a long absence (a hidden tab) it goes on at its pace, not in a leap.
            let elapsed = (now - self.last_look_ms).clamp(0.0, 10.0 * LIVE_INTERVAL_MS);
            self.allowance += elapsed * per_second / 1000.0;
        }
        self.last_look_ms = now;
    }

    fn may_step(&self) -> bool {
        !self.is_live() || self.allowance >= 1.0
    }

    /// The work of one more iteration.
    fn step(&mut self) -> u64 {
        let transition = self.sampler.step();
        if self.is_live() {
            self.allowance -= 1.0;
        }
        let tally = &mut self.tally;
        tally.iterations += 1;
        tally.num_leapfrog += u64::from(transition.num_leapfrog);
        tally.step_size = transition.step_size;
        let is_warmup = tally.iterations as usize <= self.sampling.num_warmup;
        if !is_warmup {
            tally.num_divergent += u32::from(transition.divergent);
            tally.num_max_depth += u32::from(transition.tree_depth >= self.max_tree_depth);
            self.buffered_draws += 1;
        } else if matches!(self.sampling.pace, Pace::Live { .. }) {
            self.buffered_warmup += 1;
        }
        // Warmup is only worth carrying where someone watches it.
        if !is_warmup || matches!(self.sampling.pace, Pace::Live { .. }) {
            self.buffer.extend_from_slice(self.sampler.draw());
            self.buffer.extend_from_slice(&transition.columns());
        }
        self.tally.finished = self.is_complete();
        (1 + u64::from(transition.num_leapfrog)) * (WORK_PER_STEP + self.sampler.num_variables() as u64)
    }

    fn send_if_due(&mut self, chain: u8, now: f64, send: &mut dyn FnMut(Chunk, &[f64])) -> Next {
        let interval = if self.is_live() { LIVE_INTERVAL_MS } else { FAST_INTERVAL_MS };
        // `last_sent_ms` is empty once the last chunk has gone.
        let Some(last) = self.last_sent_ms else { return Next::Idle };
        if self.tally.finished || now - last >= interval || self.buffer.len() >= MAX_BUFFERED {
            let chunk = Chunk {
                run_id: self.run_id,
                chain,
                num_variables: u32::try_from(self.sampler.num_variables()).expect("far fewer variables"),
                num_warmup: std::mem::take(&mut self.buffered_warmup),
                num_draws: std::mem::take(&mut self.buffered_draws),
                tally: self.tally,
            };
            send(chunk, &self.buffer);
            self.buffer.clear();
            self.last_sent_ms = (!self.tally.finished).then_some(now);
        }
        match (self.tally.finished, self.is_live() && !self.may_step()) {
            (true, _) => Next::Idle,
            (false, true) => Next::After(LIVE_INTERVAL_MS / 2.0),
            (false, false) => Next::Now,
        }
    }
}
