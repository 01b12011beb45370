//! The worker that runs the experiment, keeps the draws and makes the panels.

use std::rc::Rc;

use labs::registry::Computes;
use labs::{
    Body, DrawsSummary, Experiment, Extras, NUM_CHAINS, Needs, Notice, Pace, Panel, Rival, Run, Sampling,
};
use mcmc::{Draws, SAMPLER_COLUMNS};

use crate::diagnose::{Diagnosis, report, rival, shortest};
use crate::protocol::{Chunk, PROTOCOL_VERSION, Progress, Reply, Request, RunId, Tally};
use crate::rehearsal::Rehearsal;
use crate::{Next, words};

/// Least time between two pictures of an unfinished run, in milliseconds: two frames.
const PICTURE_INTERVAL_MS: f64 = 33.0;
/// How long the first answer may wait for repeats and draws, in milliseconds: pictures that come together
/// cost the page one frame, not two.
const FIRST_PATIENCE_MS: f64 = 8.0;
/// How long pictures of repeats may wait for all repeats, in milliseconds.
const PATIENCE_MS: f64 = 100.0;
/// How long pictures of draws may wait for all chains, in milliseconds; after it they show what is exact.
const DRAWS_PATIENCE_MS: f64 = 60.0;
/// Least time between two diagnoses of an unfinished run, in milliseconds.
const DIAGNOSIS_INTERVAL_MS: f64 = 400.0;
/// Draws of each chain below which no diagnostic is worth its name.
const LEAST_DRAWS: usize = 40;
/// How long a finished run must have been on screen before it is diagnosed, in milliseconds.
const QUIET_MS: f64 = 90.0;
/// Numbers in the draws of a run from which on summaries are made once for all pictures: fewer are
/// summed up at every picture anew.
const MANY_NUMBERS: usize = 1_000_000;
/// Share of the time that pictures of an unfinished run may take.
const PICTURE_SHARE: f64 = 0.25;
/// Length of a part of the file of draws, in bytes: the page takes it in within a frame.
const EXPORT_BYTES: usize = 1 << 18;
/// Repeats between two looks at the clock.
const BATCH: u32 = 8;

/// Runs experiments in slices and answers with panels.
pub struct Desk {
    pub(crate) computes: &'static Computes,
    active: Option<Active>,
    /// Draws of a run that the page has not yet asked this worker for: a chain can be quicker.
    early: Vec<(Chunk, Vec<f64>)>,
    focus: Option<u32>,
    /// The file of draws that the page has asked for and not yet got.
    export: Option<Export>,
    /// Panels as last sent, to send only what changed.
    sent: Vec<Rc<Panel>>,
    /// Lab of the panels in `sent`.
    sent_lab: Option<usize>,
    /// What the samplers tried so far cost and gave, and the experiment whose posterior they share.
    tried: (Option<Experiment>, Vec<Rival>),
    rehearsal: Option<Rehearsal<Desk>>,
}

/// Whether a diagnosis fills it; a lab's own table is not kept back for that.
fn is_of_sampler(body: &Body) -> bool {
    match body {
        Body::Sampler(_) => true,
        Body::Table(table) => Diagnosis::is_table(table),
        Body::Figure(_) | Body::Text => false,
    }
}

/// Whether the panel has numbers of the last run that are worth keeping until there are new ones.
fn has_numbers(panel: &Panel) -> bool {
    match &panel.body {
        Body::Sampler(report) => !report.stats.is_empty(),
        Body::Table(table) => !table.rows.is_empty(),
        Body::Figure(_) | Body::Text => true,
    }
}

struct Active {
    run_id: RunId,
    /// The run that began the chains; `run_id` is greater once only the picture changed.
    chains_since: RunId,
    experiment: Experiment,
    /// Empty until the first slice: a newer request may come before.
    run: Option<Box<dyn Run>>,
    /// The run before, until this one begins.
    last: Option<Box<dyn Run>>,
    began_ms: f64,
    repeats_done: u32,
    /// Repeats done when someone stopped them.
    repeats_stopped: Option<u32>,
    chains: Option<Chains>,
    /// Whether something changed since the last answer.
    stale: bool,
    /// Whether the last answer held panels back.
    holds: bool,
    answered_ms: Option<f64>,
    /// Least time to the next picture while the run is unfinished, in milliseconds.
    picture_interval_ms: f64,
}

/// How far a file of draws is written.
struct Export {
    /// Draws of each chain when it was asked for: more may come.
    num_draws: Vec<usize>,
    chain: usize,
    iteration: usize,
    /// What is written and not yet sent.
    text: String,
}

impl Export {
    fn new(draws: &Draws, columns: &Draws) -> Self {
        Self {
            num_draws: (0..NUM_CHAINS).map(|chain| draws.num_draws(chain)).collect(),
            chain: 0,
            iteration: 0,
            text: mcmc::draws_csv_header(draws, columns),
        }
    }

    /// The next part and whether it is the last: as much as there is time for, a line at least, not too
    /// much for one message.
    fn part(&mut self, draws: &Draws, columns: &Draws, has_time: &mut dyn FnMut() -> bool) -> (String, bool) {
        while let Some(num_draws) = self.num_draws.get(self.chain) {
            if self.iteration < *num_draws {
                let line = self.iteration..self.iteration + 1;
                mcmc::draws_csv_lines(draws, columns, self.chain, line, &mut self.text);
                self.iteration += 1;
            } else {
                (self.chain, self.iteration) = (self.chain + 1, 0);
            }
            if self.text.len() >= EXPORT_BYTES || !has_time() {
                break;
            }
        }
        (std::mem::take(&mut self.text), self.chain >= self.num_draws.len())
    }
}

struct Chains {
    sampling: Sampling,
    warmup: Draws,
    draws: Draws,
    /// The sampler's own columns, draw by draw.
    columns: Draws,
    newest: Vec<Vec<f64>>,
    tallies: [Tally; NUM_CHAINS],
    diagnosis: Diagnosis,
    diagnosed_ms: f64,
    /// Of the variables so far, once a large run is over.
    summaries: Vec<DrawsSummary>,
}

impl Desk {
    /// A desk for the labs that `computes` computes.
    #[must_use]
    pub fn new(computes: &'static Computes) -> Self {
        Self {
            computes,
            active: None,
            early: Vec::new(),
            focus: None,
            export: None,
            sent: Vec::new(),
            sent_lab: None,
            tried: (None, Vec::new()),
            rehearsal: None,
        }
    }

    /// Takes a request of the page.
    pub fn handle(&mut self, request: Request, now_ms: f64, reply: &mut dyn FnMut(Reply)) {
        if let Some(rehearsal) = &mut self.rehearsal {
            rehearsal.stand_back(now_ms);
        }
        match request {
            Request::Hello { .. } => reply(Reply::Ready { version: PROTOCOL_VERSION }),
            Request::Run { run_id, scenario, restart } => match self.computes.open(scenario) {
                Some(experiment) => {
                    // A file begun is of the draws that it was asked for.
                    self.export(&mut || true, reply);
                    self.begin(run_id, experiment, restart, now_ms);
                }
                None => {
                    let message = words::UNREADABLE_BY_WORKER.to_owned();
                    reply(Reply::Failed { run_id, message });
                }
            },
            Request::Focus { unit } => {
                self.focus = unit;
                if let Some(active) = &mut self.active {
                    active.stale = true;
                }
            }
            Request::Draws => {
                if let Some(chains) = self.active.as_ref().and_then(|active| active.chains.as_ref()) {
                    self.export = Some(Export::new(&chains.draws, &chains.columns));
                }
            }
            Request::Rehearse => {
                let computes = self.computes;
                self.rehearsal.get_or_insert_with(|| Rehearsal::new(Self::new(computes), now_ms));
            }
            Request::Stop => {
                if let Some(active) = &mut self.active {
                    active.repeats_stopped = Some(active.repeats_done);
                    active.stale = true;
                }
            }
            Request::Code { .. } | Request::Pause | Request::Resume => {}
        }
    }

    fn begin(&mut self, run_id: RunId, experiment: Experiment, restart: bool, now_ms: f64) {
        match &mut self.active {
            Some(active) if !restart && active.experiment.same_run(&experiment) => {
                active.run_id = run_id;
                if let (Some(chains), Some(sampling)) = (&mut active.chains, experiment.sampling()) {
                    if sampling.has_table && !chains.sampling.has_table {
                        chains.diagnosis.reset();
                    }
                    chains.sampling = sampling;
                }
                active.experiment = experiment;
                active.stale = true;
                active.answered_ms = None;
            }
            _ => {
                let last = self.active.take();
                self.active = Some(Active::new(run_id, experiment, now_ms, last));
            }
        }
        for (chunk, numbers) in std::mem::take(&mut self.early) {
            self.take(&chunk, &numbers);
        }
    }

    /// Takes draws of a chain; those of an older run are dropped, those of a newer one wait for it.
    ///
    /// - `numbers`: as [`Chunk`] says.
    pub fn take(&mut self, chunk: &Chunk, numbers: &[f64]) {
        if self.active.as_ref().is_none_or(|active| chunk.run_id > active.run_id) {
            self.early.push((chunk.clone(), numbers.to_vec()));
        } else if let Some(active) = self.active.as_mut().filter(|active| chunk.run_id >= active.chains_since)
        {
            active.take(chunk, numbers);
        }
    }

    /// The kept draws of the current run; `None` if there are none.
    #[must_use]
    pub fn draws(&self) -> Option<&Draws> {
        self.active.as_ref()?.chains.as_ref().map(|chains| &chains.draws)
    }

    /// Works for a slice of time and answers what is due.
    ///
    /// - `now_ms`: reads the clock, in milliseconds.
    /// - `slice_ms`: length of the slice.
    pub fn advance(
        &mut self,
        now_ms: &mut dyn FnMut() -> f64,
        slice_ms: f64,
        reply: &mut dyn FnMut(Reply),
    ) -> Next {
        let begin = now_ms();
        self.export(&mut || now_ms() < begin + slice_ms, reply);
        let next = match &mut self.active {
            None => Next::Idle,
            Some(active) => {
                active.work(now_ms, begin + slice_ms);
                let now = now_ms();
                if active.answer_is_due(now) {
                    self.answer(now, reply);
                    if let Some(active) = &mut self.active {
                        active.picture_interval_ms =
                            PICTURE_INTERVAL_MS.max((now_ms() - now) / PICTURE_SHARE);
                    }
                }
                match &self.active {
                    Some(active) if self.export.is_none() => active.next(now),
                    Some(_) => Next::Now,
                    None => Next::Idle,
                }
            }
        };
        match &mut self.rehearsal {
            Some(rehearsal) if next == Next::Idle => rehearsal.advance(now_ms, slice_ms),
            _ => next,
        }
    }

    /// Goes on with the file of draws while `has_time`, by one part at least.
    fn export(&mut self, has_time: &mut dyn FnMut() -> bool, reply: &mut dyn FnMut(Reply)) {
        let chains = self.active.as_ref().and_then(|active| active.chains.as_ref());
        while let (Some(export), Some(chains)) = (&mut self.export, chains) {
            let (csv, is_last) = export.part(&chains.draws, &chains.columns, has_time);
            reply(Reply::Draws { csv, is_last });
            if is_last {
                self.export = None;
            }
            if !has_time() {
                return;
            }
        }
    }

    fn answer(&mut self, now: f64, reply: &mut dyn FnMut(Reply)) {
        let Some(active) = &mut self.active else { return };
        let lab = active.experiment.lab_index();
        if self.sent_lab.replace(lab) != Some(lab) {
            self.sent.clear();
        }
        if self.tried.0.as_ref().is_none_or(|last| !last.same_posterior(&active.experiment)) {
            self.tried = (Some(active.experiment.clone()), Vec::new());
        }
        self.tried.1.iter_mut().for_each(|other| other.is_current = false);
        if let Some(rival) = active.rival() {
            match self.tried.1.iter_mut().find(|other| other.name == rival.name) {
                Some(other) => *other = rival,
                None => self.tried.1.push(rival),
            }
        }
        let panels = active.panels(self.focus, &self.tried.1);
        let order: Vec<String> = panels.iter().map(|panel| panel.id.clone()).collect();
        // The page forgets a panel that is left out; if it comes back it is sent again.
        self.sent.retain(|sent| order.contains(&sent.id));
        let sent = |panel: &Panel| self.sent.iter().find(|sent| sent.id == panel.id).map(Rc::as_ref);
        let held = |panel: &Panel| sent(panel).is_some() && active.is_waiting(panel.needs, now);
        let holds = panels.iter().any(held);
        let held = |panel: &Panel| {
            held(panel)
                || is_of_sampler(&panel.body)
                    && sent(panel).is_some_and(has_numbers)
                    && active.awaits_diagnosis(now)
        };
        let changed: Vec<Rc<Panel>> = panels
            .into_iter()
            .filter(|panel| !held(panel) && sent(panel) != Some(panel))
            .map(Rc::new)
            .collect();
        self.sent.retain(|sent| changed.iter().all(|panel| panel.id != sent.id));
        self.sent.extend(changed.iter().cloned());
        let (run_id, notices, progress) = (active.run_id, active.notices(), active.progress());
        reply(Reply::Panels { run_id, lab, order, changed, notices, progress });
        active.stale = false;
        active.holds = holds;
        active.answered_ms = Some(now);
    }
}

impl Active {
    /// - `last`: the run before, of which memory and numbers may serve again.
    fn new(run_id: RunId, experiment: Experiment, now_ms: f64, last: Option<Self>) -> Self {
        let (last, last_chains) = last.map_or((None, None), |last| (last.run.or(last.last), last.chains));
        let chains =
            experiment.sampling().map(|sampling| Chains::new(sampling, &experiment, now_ms, last_chains));
        Self {
            run_id,
            chains_since: run_id,
            experiment,
            run: None,
            last,
            began_ms: now_ms,
            repeats_done: 0,
            repeats_stopped: None,
            chains,
            stale: true,
            holds: false,
            answered_ms: None,
            picture_interval_ms: PICTURE_INTERVAL_MS,
        }
    }

    fn take(&mut self, chunk: &Chunk, numbers: &[f64]) {
        let chain = usize::from(chunk.chain);
        let num_variables = chunk.num_variables as usize;
        let width = num_variables + SAMPLER_COLUMNS.len();
        let count = u64::from(chunk.num_warmup) + u64::from(chunk.num_draws);
        let expected = count.checked_mul(width as u64);
        let is_whole = num_variables > 0 && expected == Some(numbers.len() as u64);
        if chain >= NUM_CHAINS || !is_whole || !chunk.tally.is_sound() {
            return;
        }
        let Some(chains) =
            self.chains.as_mut().filter(|chains| chains.draws.num_variables() == num_variables)
        else {
            return;
        };
        let (warmup, kept) = numbers.split_at(chunk.num_warmup as usize * width);
        let room = |store: &Draws| (store.capacity() - store.num_draws(chain)) * width;
        let warmup = &warmup[..warmup.len().min(room(&chains.warmup))];
        let kept = &kept[..kept.len().min(room(&chains.draws))];
        chains.warmup.extend(chain, warmup, width, 0);
        chains.draws.extend(chain, kept, width, 0);
        chains.columns.extend(chain, kept, width, num_variables);
        if let Some(row) = numbers.chunks_exact(width).next_back() {
            chains.newest[chain] = row[..num_variables].to_vec();
        }
        chains.tallies[chain] = chunk.tally;
        self.stale = true;
    }

    fn work(&mut self, now_ms: &mut dyn FnMut() -> f64, until: f64) {
        let experiment = &self.experiment;
        let run = self.run.get_or_insert_with(|| experiment.start_after(self.last.take()));
        let total = self.repeats_stopped.unwrap_or_else(|| run.num_repeats());
        let mut has_time = true;
        while self.repeats_done < total && has_time {
            for _ in 0..BATCH.min(total - self.repeats_done) {
                run.repeat(self.repeats_done);
                self.repeats_done += 1;
            }
            self.stale = true;
            has_time = now_ms() < until;
        }
        if self.repeats_done < total || self.answered_ms.is_none() {
            return; // First the pictures, then the diagnostics.
        }
        if let Some(chains) = &mut self.chains
            && !self.stale
            && self.answered_ms.is_some_and(|answered| chains.diagnosis_wait(now_ms(), answered) == Some(0.0))
        {
            if chains.wants_summaries() {
                chains.summarise(&mut || now_ms() < until);
                // The pictures first, then the diagnostics.
                self.stale = !chains.wants_summaries();
                return;
            }
            let done = chains.diagnosis.advance(
                &chains.draws,
                chains.sampling.has_table,
                &|k| run.exact_moments(k),
                &mut || now_ms() < until,
            );
            if done {
                chains.diagnosed_ms = now_ms();
                self.stale = true;
            }
        }
    }

    fn repeats_total(&self) -> u32 {
        self.repeats_stopped.unwrap_or_else(|| self.run.as_ref().map_or(0, |run| run.num_repeats()))
    }

    fn is_settled(&self) -> bool {
        self.repeats_done >= self.repeats_total() && self.chains.as_ref().is_none_or(Chains::finished)
    }

    fn answer_is_due(&self, now: f64) -> bool {
        let Some(answered) = self.answered_ms else {
            return self.is_settled() || now - self.began_ms >= FIRST_PATIENCE_MS;
        };
        if self.is_waiting(Needs::Draws, now) {
            return false; // One picture of all chains, not one of each as it ends.
        }
        let is_patience_over = self.holds && now - self.began_ms >= PATIENCE_MS;
        is_patience_over || self.stale && (self.is_settled() || now - answered >= self.picture_interval_ms)
    }

    /// Whether the numbers of the last run stay on the sampler's card until those of this one are known:
    /// a card that empties at every move of a slider would make the page jump.
    fn awaits_diagnosis(&self, now: f64) -> bool {
        self.chains.as_ref().is_some_and(|chains| {
            let is_on_its_way = if chains.finished() {
                chains.diagnosis_wait(now, self.answered_ms.unwrap_or(now)).is_some()
            } else {
                now - self.began_ms < 5.0 * PATIENCE_MS
            };
            chains.sampling.pace == Pace::Fast && is_on_its_way
        })
    }

    fn is_waiting(&self, needs: Needs, now: f64) -> bool {
        match needs {
            Needs::Nothing => false,
            Needs::Repeats => self.repeats_done < self.repeats_total() && now - self.began_ms < PATIENCE_MS,
            Needs::Draws => self.chains.as_ref().is_some_and(|chains| {
                chains.sampling.pace == Pace::Fast
                    && !chains.finished()
                    && now - self.began_ms < DRAWS_PATIENCE_MS
            }),
        }
    }

    fn rival(&self) -> Option<Rival> {
        let chains = self.chains.as_ref()?;
        let num_draws = (0..NUM_CHAINS).map(|chain| chains.draws.num_draws(chain) as u64).sum();
        rival(&chains.sampling, &chains.tallies, &chains.diagnosis, num_draws)
    }

    fn notices(&self) -> Vec<Notice> {
        self.run.as_ref().map_or_else(Vec::new, |run| run.notices(&self.experiment.values()))
    }

    fn panels(&self, focus: Option<u32>, rivals: &[Rival]) -> Vec<Panel> {
        let Some(run) = &self.run else { return Vec::new() };
        let chains = self.chains.as_ref();
        let watched = chains.filter(|chains| chains.sampling.pace != Pace::Fast && !chains.finished());
        let extras = Extras {
            focus,
            draws: chains.map(|chains| &chains.draws),
            summaries: chains.and_then(Chains::all_summaries),
            warmup: chains.map(|chains| &chains.warmup),
            newest: watched.map_or(&[], |chains| &chains.newest),
            repeats_done: self.repeats_done,
        };
        let mut panels = run.panels(&self.experiment.values(), &extras);
        if let Some(chains) = chains {
            for panel in &mut panels {
                match &mut panel.body {
                    Body::Sampler(body) => {
                        *body = report(
                            &chains.sampling,
                            &chains.tallies,
                            &chains.draws,
                            &chains.columns,
                            &chains.diagnosis,
                        );
                        body.rivals = rivals.to_vec();
                    }
                    Body::Table(table) if table.columns.is_empty() => *table = chains.diagnosis.table(),
                    Body::Table(_) | Body::Figure(_) | Body::Text => {}
                }
            }
        }
        panels
    }

    fn progress(&self) -> Progress {
        let chains = self.chains.as_ref();
        let per_chain = chains.map_or(0, |chains| chains.sampling.num_warmup + chains.sampling.num_draws);
        Progress {
            iterations_done: chains
                .map_or(0, |chains| chains.tallies.iter().map(|tally| u64::from(tally.iterations)).sum()),
            iterations_total: (per_chain * NUM_CHAINS) as u64,
            repeats_done: self.repeats_done,
            repeats_total: self.repeats_total(),
            settled: self.is_settled(),
        }
    }

    fn next(&self, now: f64) -> Next {
        if self.repeats_done < self.repeats_total() {
            return Next::Now;
        }
        if self.answered_ms.is_none() {
            return Next::After((self.began_ms + FIRST_PATIENCE_MS - now).max(0.0));
        }
        if self.is_waiting(Needs::Draws, now) {
            return Next::After(self.began_ms + DRAWS_PATIENCE_MS - now);
        }
        if self.stale {
            let wait = self.answered_ms.map_or(0.0, |answered| answered + self.picture_interval_ms - now);
            return if wait <= 0.0 { Next::Now } else { Next::After(wait) };
        }
        match &self.chains {
            Some(chains) => match chains.diagnosis_wait(now, self.answered_ms.unwrap_or(now)) {
                Some(0.0) => Next::Now,
                Some(wait) => Next::After(wait),
                None if chains.finished() => Next::Idle,
                None => Next::After(PICTURE_INTERVAL_MS),
            },
            None => Next::Idle,
        }
    }
}

impl Chains {
    fn new(sampling: Sampling, experiment: &Experiment, now_ms: f64, last: Option<Self>) -> Self {
        let (warmup, draws, columns) =
            last.map_or((None, None, None), |last| (Some(last.warmup), Some(last.draws), Some(last.columns)));
        let room = |last: Option<Draws>, names: Vec<String>, capacity: usize| {
            last.and_then(|last| last.emptied(names.clone(), NUM_CHAINS, capacity))
                .unwrap_or_else(|| Draws::new(names, NUM_CHAINS, capacity))
        };
        Self {
            sampling,
            // Carried only where someone watches.
            warmup: room(
                warmup,
                experiment.variables(),
                if sampling.pace == Pace::Fast { 0 } else { sampling.num_warmup },
            ),
            draws: room(draws, experiment.variables(), sampling.num_draws),
            columns: room(columns, SAMPLER_COLUMNS.map(str::to_owned).into(), sampling.num_draws),
            newest: vec![Vec::new(); NUM_CHAINS],
            tallies: [Tally::default(); NUM_CHAINS],
            diagnosis: Diagnosis::default(),
            diagnosed_ms: now_ms,
            summaries: Vec::new(),
        }
    }

    fn finished(&self) -> bool {
        self.tallies.iter().all(|tally| tally.finished)
    }

    fn wants_summaries(&self) -> bool {
        let num_draws: usize = (0..NUM_CHAINS).map(|chain| self.draws.num_draws(chain)).sum();
        self.finished()
            && self.summaries.len() < self.draws.num_variables()
            && num_draws * self.draws.num_variables() > MANY_NUMBERS
    }

    /// Goes on with the summaries while `has_time`, by one variable at least.
    fn summarise(&mut self, has_time: &mut dyn FnMut() -> bool) {
        let mut values = Vec::new();
        while self.summaries.len() < self.draws.num_variables() {
            let k = self.summaries.len();
            self.summaries.push(DrawsSummary::of(&self.draws, k, &mut values));
            if !has_time() {
                return;
            }
        }
    }

    /// The summaries of all variables, if they are made.
    fn all_summaries(&self) -> Option<&[DrawsSummary]> {
        (self.summaries.len() == self.draws.num_variables()).then_some(&self.summaries[..])
    }

    /// Milliseconds until a diagnosis is due; `None` if there is nothing new to diagnose.
    ///
    /// Always at the end, but only once no newer run has come for a moment: a hand that drags
    /// needs the time for its pictures. Now and then before, where someone watches.
    ///
    /// - `answered`: when the last answer went out.
    fn diagnosis_wait(&self, now: f64, answered: f64) -> Option<f64> {
        let shortest = shortest(&self.draws);
        let is_news = self.diagnosis.num_draws() != shortest || self.wants_summaries();
        if shortest < LEAST_DRAWS || !is_news {
            return None;
        }
        let due = if self.diagnosis.is_under_way() {
            now
        } else if self.finished() {
            answered + QUIET_MS
        } else if self.sampling.pace != Pace::Fast {
            self.diagnosed_ms + DIAGNOSIS_INTERVAL_MS
        } else {
            return None;
        };
        Some((due - now).max(0.0))
    }
}
