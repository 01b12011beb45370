//! The workers: one desk, four chains. Scenario in, panels out. They run the program of the lab's family, and are
//! replaced when a lab of another one comes.

mod program;
mod scribe;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use engine::protocol::{Part, Progress, decode, encode};
use engine::{PROTOCOL_VERSION, Reply, Request, RunId};
use js_sys::{Array, Uint8Array, WebAssembly};
use labs::registry::Family;
use labs::{Code, NUM_CHAINS, Pace, Scenario};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{MessageChannel, MessagePort, Worker};
use yew::Callback;

use self::program::{Hired, Programs};
use self::scribe::Scribe;
use super::download::{save_parts, text_part};
use super::{Later, window};
use crate::state::Action;
use crate::words;

/// A newer run waits for the answer to the last one, but no longer than this, in milliseconds.
const PATIENCE_MS: i32 = 120;
/// A run that makes no headway for so long has lost a worker, in milliseconds.
const SILENCE_MS: i32 = 8000;
/// How late a timer comes only where the whole page stood still (frozen, or its machine asleep), in milliseconds.
const LATE_MS: f64 = 1500.0;

/// When a browser that cannot say so is taken to be idle after the first run, in milliseconds.
const IDLE_MS: i32 = 500;

/// The programs of a scenario, `None` if it has none; or a sentence that says why they could not be written.
pub type Written = Result<Option<Code>, String>;

/// Who waits for them.
pub type OnCode = Callback<Written>;

/// The workers of the page. Dropping it ends them.
pub struct Workers {
    inner: Rc<Inner>,
}

struct Inner {
    on_action: Box<dyn Fn(Action)>,
    programs: Rc<Programs>,
    scribe: Rc<Scribe>,
    crew: RefCell<Crew>,
    /// What the crew can compute; `None` before the first run.
    family: Cell<Option<Family>>,
    /// The unit that is shown close up, for a crew that was not told.
    focus: Cell<Option<u32>>,
    /// Generation of the crew: messages of an older one are not heard.
    generation: Cell<u32>,
    /// What the crew was last asked, to ask again after a restart.
    last_run: RefCell<Option<Request>>,
    /// The run that waits for its turn.
    waiting: RefCell<Option<Request>>,
    /// The run under way, and whether chains take part in its being settled.
    under_way: Cell<Option<RunId>>,
    /// The run last asked for, and how far it was when last heard of.
    headway: Cell<(RunId, Option<Progress>)>,
    /// Whether the chains are held: then silence is no sign of death.
    held: Cell<bool>,
    /// The name that the next file of draws gets.
    draws_name: RefCell<String>,
    /// Its parts that have come so far.
    draws_parts: RefCell<Array>,
    patience: Cell<Option<Later>>,
    watchdog: Cell<Option<Later>>,
    /// When the watchdog was set, by the clock of the page.
    watched_since_ms: Cell<f64>,
    restarts: Cell<u32>,
    /// Whether the crew was told to rehearse: once, whatever becomes of it.
    rehearsed: Cell<bool>,
}

#[derive(Default)]
struct Crew {
    desk: Option<Hired>,
    chains: Vec<Hired>,
    num_ready: usize,
}

impl Workers {
    /// Those to be started with the first run; what they answer arrives as actions.
    pub fn new(on_action: impl Fn(Action) + 'static) -> Self {
        let programs = Rc::<Programs>::default();
        let inner = Rc::new(Inner {
            on_action: Box::new(on_action),
            scribe: Rc::new(Scribe::new(Rc::clone(&programs))),
            programs,
            family: Cell::new(None),
            focus: Cell::new(None),
            crew: RefCell::default(),
            generation: Cell::new(0),
            last_run: RefCell::default(),
            waiting: RefCell::default(),
            under_way: Cell::new(None),
            headway: Cell::new((0, None)),
            held: Cell::new(false),
            draws_name: RefCell::default(),
            draws_parts: RefCell::new(Array::new()),
            patience: Cell::new(None),
            watchdog: Cell::new(None),
            watched_since_ms: Cell::new(0.0),
            restarts: Cell::new(0),
            rehearsed: Cell::new(false),
        });
        Self { inner }
    }

    /// Asks for a run. While one is under way the newest request waits; older ones are dropped.
    pub fn run(&self, request: Request) {
        if let Request::Run { scenario, .. } = &request {
            self.inner.serve(Family::of_lab(scenario.lab_index()));
        }
        *self.inner.last_run.borrow_mut() = Some(request.clone());
        *self.inner.waiting.borrow_mut() = Some(request);
        self.inner.send_waiting();
    }

    /// Asks for all draws so far, as a file called `name`.
    pub fn save_draws(&self, name: String) {
        self.inner.draws_name.replace(name);
        self.inner.draws_parts.replace(Array::new());
        self.inner.broadcast(&Request::Draws);
    }

    /// Asks for the programs of `scenario`; `on_code` gets them.
    pub fn ask_code(&self, scenario: Scenario, on_code: OnCode) {
        self.inner.scribe.ask(scenario, on_code);
    }

    /// Asks for anything else, at once.
    pub fn tell(&self, request: &Request) {
        if let Request::Pause | Request::Resume = request {
            self.inner.hold(*request == Request::Pause);
        }
        if let Request::Focus { unit } = request {
            self.inner.focus.set(*unit);
        }
        self.inner.broadcast(request);
    }
}

impl Drop for Workers {
    fn drop(&mut self) {
        self.inner.dismiss();
    }
}

impl Inner {
    /// Sees to it that the crew can compute labs of `family`.
    fn serve(self: &Rc<Self>, family: Family) {
        if self.family.replace(Some(family)) != Some(family) {
            self.dismiss();
            self.rehearsed.set(false);
            self.launch(family);
        }
    }

    fn launch(self: &Rc<Self>, family: Family) {
        let inner = Rc::clone(self);
        let generation = self.generation.get();
        spawn_local(async move {
            let module = inner.programs.get(family.name()).await;
            // A lab of another family may have come meanwhile.
            if inner.generation.get() != generation {
                return;
            }
            match module {
                Ok(module) if inner.hire(family, &module).is_ok() => {}
                Ok(_) => inner.give_up(words::workers::NO_WORKERS),
                Err(_) => inner.give_up(words::workers::NOT_LOADED),
            }
        });
    }

    /// Starts all five workers; each chain is joined to the desk once they listen.
    fn hire(self: &Rc<Self>, family: Family, module: &WebAssembly::Module) -> Result<(), JsValue> {
        let desk = self.hire_one(family, module)?;
        let chains = (0..NUM_CHAINS).map(|_| self.hire_one(family, module)).collect::<Result<_, _>>()?;
        self.crew.replace(Crew { desk: Some(desk), chains, num_ready: 0 });
        Ok(())
    }

    fn hire_one(self: &Rc<Self>, family: Family, module: &WebAssembly::Module) -> Result<Hired, JsValue> {
        let generation = self.generation.get();
        let (hearing, failing) = (Rc::clone(self), Rc::clone(self));
        let hear = move |data: &JsValue| {
            if hearing.generation.get() == generation {
                hearing.hear(data);
            }
        };
        let fail = move |reason: &str| {
            if failing.generation.get() == generation {
                failing.revive(reason);
            }
        };
        Hired::new(family.name(), module, hear, fail)
    }

    fn hear(self: &Rc<Self>, data: &JsValue) {
        if data.is_string() {
            self.introduce_when_all_listen();
            return;
        }
        let bytes = Uint8Array::from(data.clone()).to_vec();
        let reply = match decode::<Reply>(&bytes) {
            Ok(reply) => reply,
            Err(error) => Reply::Failed { run_id: 0, message: error.to_string() },
        };
        match &reply {
            Reply::Ready { version } if *version != PROTOCOL_VERSION => {
                self.give_up(words::workers::UPDATED);
            }
            Reply::Ready { .. } => self.count_ready(),
            Reply::Panels { run_id, progress, .. } => {
                self.watch(*run_id, *progress);
                if progress.settled && self.under_way.get() == Some(*run_id) {
                    self.under_way.set(None);
                }
                let is_settled = progress.settled;
                (self.on_action)(Action::Replied(reply));
                self.send_waiting();
                if is_settled && !self.rehearsed.replace(true) {
                    self.rehearse_when_idle();
                }
            }
            Reply::Draws { csv, is_last } => {
                if let Some(part) = text_part(csv) {
                    self.draws_parts.borrow().push(&part);
                }
                if *is_last {
                    let parts = self.draws_parts.replace(Array::new());
                    save_parts(&self.draws_name.borrow(), "text/csv", &parts);
                }
            }
            // Programs come from the scribe.
            Reply::Code { .. } => {}
            // A fault of the worker's own: it is started again.
            Reply::Failed { run_id: 0, message } => self.revive(message),
            Reply::Failed { .. } => (self.on_action)(Action::Replied(reply)),
        }
    }

    /// When the last worker says that it listens, each is told what it is.
    fn introduce_when_all_listen(&self) {
        let mut crew = self.crew.borrow_mut();
        crew.num_ready += 1;
        if crew.num_ready < 1 + NUM_CHAINS {
            return;
        }
        crew.num_ready = 0;
        let mut desk_ports = Vec::new();
        for (chain, hired) in (0u8..).zip(&crew.chains) {
            let Ok(channel) = MessageChannel::new() else { continue };
            post_with_ports(&hired.worker, &hello(Part::Chain { chain }), &[channel.port1()]);
            desk_ports.push(channel.port2());
        }
        if let Some(desk) = &crew.desk {
            post_with_ports(&desk.worker, &hello(Part::Desk), &desk_ports);
        }
    }

    fn count_ready(self: &Rc<Self>) {
        self.crew.borrow_mut().num_ready += 1;
        if let (true, Some(unit)) = (self.is_ready(), self.focus.get()) {
            self.broadcast(&Request::Focus { unit: Some(unit) });
        }
        self.send_waiting();
    }

    /// The first run is on the page: when that has nothing to do either, the workers compile for the next.
    fn rehearse_when_idle(self: &Rc<Self>) {
        let inner = Rc::clone(self);
        let callback = Closure::once_into_js(move || inner.broadcast(&Request::Rehearse));
        if window().request_idle_callback(callback.unchecked_ref()).is_err() {
            // Safari has no such call.
            let _ = window()
                .set_timeout_with_callback_and_timeout_and_arguments_0(callback.unchecked_ref(), IDLE_MS);
        }
    }

    fn is_ready(&self) -> bool {
        let crew = self.crew.borrow();
        !crew.chains.is_empty() && crew.num_ready > crew.chains.len()
    }

    fn send_waiting(self: &Rc<Self>) {
        if !self.is_ready() || self.under_way.get().is_some() {
            return;
        }
        let Some(request) = self.waiting.borrow_mut().take() else { return };
        let Request::Run { run_id, scenario, .. } = &request else { return };
        let is_live = scenario.pace() != Pace::Fast;
        // A run that is watched takes seconds: nothing waits for it.
        self.under_way.set((!is_live).then_some(*run_id));
        self.headway.set((*run_id, None));
        self.broadcast(&request);
        if self.held.get() {
            self.broadcast(&Request::Pause); // New workers know of no hold.
        }
        self.set_patience();
        self.set_watchdog(true);
    }

    fn broadcast(&self, request: &Request) {
        let crew = self.crew.borrow();
        if !self.is_ready() {
            return;
        }
        for hired in crew.desk.iter().chain(&crew.chains) {
            post_with_ports(&hired.worker, request, &[]);
        }
    }

    /// After a while the next run may go though the last one has not settled.
    fn set_patience(self: &Rc<Self>) {
        let inner = Rc::clone(self);
        let callback = move || {
            inner.under_way.set(None);
            inner.send_waiting();
        };
        self.patience.set(Later::after(PATIENCE_MS, callback));
    }

    /// Hears of headway: as long as there is some, all workers live. One dead chain leaves its run unsettled
    /// for ever, however much the others say.
    fn watch(self: &Rc<Self>, run_id: RunId, progress: Progress) {
        let (asked, last) = self.headway.get();
        if run_id != asked || last == Some(progress) {
            return;
        }
        self.headway.set((asked, Some(progress)));
        self.set_watchdog(!progress.settled && !self.held.get());
    }

    fn hold(self: &Rc<Self>, held: bool) {
        self.held.set(held);
        let (_, last) = self.headway.get();
        self.set_watchdog(!held && last.is_some_and(|progress| !progress.settled));
    }

    fn set_watchdog(self: &Rc<Self>, on: bool) {
        let inner = Rc::clone(self);
        self.watched_since_ms.set(js_sys::Date::now());
        let callback = move || {
            let waited = js_sys::Date::now() - inner.watched_since_ms.get();
            if waited > f64::from(SILENCE_MS) + LATE_MS {
                // The page was asleep, and so may the workers have been: what they said meanwhile comes now.
                inner.set_watchdog(true);
            } else {
                inner.revive(words::workers::NO_ANSWER);
            }
        };
        self.watchdog.set(on.then(|| Later::after(SILENCE_MS, callback)).flatten());
    }

    /// Ends all workers and starts new ones, once; the second time says so.
    fn revive(self: &Rc<Self>, reason: &str) {
        web_sys::console::warn_1(&format!("A worker of the page stopped: {reason}").into());
        self.dismiss();
        if self.restarts.replace(self.restarts.get() + 1) > 0 {
            self.give_up(&words::workers::stopped_twice(reason));
            return;
        }
        *self.waiting.borrow_mut() = self.last_run.borrow().clone().map(|request| match request {
            Request::Run { run_id, scenario, .. } => Request::Run { run_id, scenario, restart: true },
            other => other,
        });
        if let Some(family) = self.family.get() {
            self.launch(family);
        }
    }

    fn give_up(&self, message: &str) {
        self.dismiss();
        (self.on_action)(Action::WorkersDied(message.to_owned()));
    }

    fn dismiss(&self) {
        self.generation.set(self.generation.get() + 1);
        self.under_way.set(None);
        self.patience.set(None);
        self.watchdog.set(None);
        drop(self.crew.take());
    }
}

fn hello(part: Part) -> Request {
    Request::Hello { version: PROTOCOL_VERSION, part }
}

fn post_with_ports(worker: &Worker, request: &Request, ports: &[MessagePort]) {
    let bytes = Uint8Array::from(encode(request).as_slice());
    let message = Array::of1(&bytes);
    let transfer = Array::of1(&bytes.buffer());
    for port in ports {
        message.push(port);
        transfer.push(port);
    }
    // A worker that cannot take it is dead, and its silence will be noticed.
    let _ = worker.post_message_with_transfer(&message, &transfer);
}
