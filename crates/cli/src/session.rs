//! A desk and its chains run to the end, in turns, on one thread.

use std::collections::HashMap;
use std::rc::Rc;

use anyhow::{Context, Result, bail};
use engine::{ChainWorker, Desk, Next, Reply, Request};
use labs::{NUM_CHAINS, Notice, Panel, Scenario};

/// A worker is never interrupted: there is nobody who could.
const SLICE_MS: f64 = f64::INFINITY;
/// What the workers' clock gains from round to round, in milliseconds, besides the time that passes: more
/// than anything in the engine waits for, so that a run at a pace for watching is over soon too.
const ROUND_MS: f64 = 1000.0;
/// Rounds after which something must be wrong: the slowest pace with the most iterations needs a fifth.
const MAX_ROUNDS: u32 = 20_000;

/// A scenario run to the end.
pub(crate) struct Session {
    desk: Desk,
    order: Vec<String>,
    panels: HashMap<String, Rc<Panel>>,
    notices: Vec<Notice>,
}

impl Session {
    /// Runs `scenario` with all its repeats, draws and diagnostics.
    ///
    /// - `focus`: the unit that is shown close up; `None` for the lab's own choice.
    /// - `now_ms`: reads a clock, in milliseconds. Only the computing time in the sampler's report depends on it.
    ///
    /// # Errors
    /// What the engine says if it cannot run the scenario, or that it does not come to an end.
    pub(crate) fn run(
        scenario: &Scenario,
        focus: Option<u32>,
        now_ms: &mut dyn FnMut() -> f64,
    ) -> Result<Self> {
        let mut chains: Vec<ChainWorker> =
            (0u8..).take(NUM_CHAINS).map(|chain| ChainWorker::new(&labs::registry::ALL, chain)).collect();
        let mut session = Self {
            desk: Desk::new(&labs::registry::ALL),
            order: Vec::new(),
            panels: HashMap::new(),
            notices: Vec::new(),
        };
        let mut replies = Vec::new();
        let run = Request::Run { run_id: 1, scenario: scenario.clone(), restart: false };
        for request in [run, Request::Focus { unit: focus }] {
            session.desk.handle(request.clone(), now_ms(), &mut |reply| replies.push(reply));
            for chain in &mut chains {
                chain.handle(request.clone(), now_ms(), &mut |reply| replies.push(reply));
            }
        }
        for round in 0..MAX_ROUNDS {
            let mut clock = || now_ms() + f64::from(round) * ROUND_MS;
            let mut is_idle = true;
            for chain in &mut chains {
                let desk = &mut session.desk;
                let mut take = |chunk, numbers: &[f64]| desk.take(&chunk, numbers);
                is_idle &= chain.advance(&mut clock, SLICE_MS, &mut take) == Next::Idle;
            }
            let mut hear = |reply| replies.push(reply);
            is_idle &= session.desk.advance(&mut clock, SLICE_MS, &mut hear) == Next::Idle;
            for reply in replies.drain(..) {
                session.hear(reply)?;
            }
            if is_idle {
                return Ok(session);
            }
        }
        bail!("the run does not come to an end")
    }

    fn hear(&mut self, reply: Reply) -> Result<()> {
        match reply {
            Reply::Ready { .. } | Reply::Draws { .. } | Reply::Code { .. } => {}
            Reply::Panels { order, changed, notices, .. } => {
                (self.order, self.notices) = (order, notices);
                self.panels.extend(changed.into_iter().map(|panel| (panel.id.clone(), panel)));
            }
            Reply::Failed { message, .. } => bail!(message),
        }
        Ok(())
    }

    /// The panels in the order of the page.
    pub(crate) fn panels(&self) -> impl Iterator<Item = &Panel> {
        self.order.iter().filter_map(|id| self.panels.get(id)).map(Rc::as_ref)
    }

    /// What a person should know of the data.
    pub(crate) fn notices(&self) -> &[Notice] {
        &self.notices
    }

    /// The panel called `id`.
    ///
    /// # Errors
    /// A sentence with the names that there are.
    pub(crate) fn panel(&self, id: &str) -> Result<&Panel> {
        if let Some(panel) = self.panels().find(|panel| panel.id == id) {
            return Ok(panel);
        }
        bail!("there is no panel `{id}` in this lab, only {}", self.order.join(", "))
    }

    /// The kept draws of all chains: the file that the page gives away.
    ///
    /// # Errors
    /// That this lab samples nothing.
    pub(crate) fn draws(&mut self) -> Result<String> {
        let (mut file, mut is_whole) = (String::new(), false);
        let mut take = |reply| {
            if let Reply::Draws { csv, is_last } = reply {
                file.push_str(&csv);
                is_whole = is_last;
            }
        };
        self.desk.handle(Request::Draws, 0.0, &mut take);
        self.desk.advance(&mut || 0.0, SLICE_MS, &mut take);
        is_whole.then_some(file).context("this lab samples nothing, so it has no draws")
    }
}
