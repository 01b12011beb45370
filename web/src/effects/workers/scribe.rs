//! The worker that writes programs to take away: started when they are first wanted.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use engine::protocol::{Part, decode};
use engine::{PROTOCOL_VERSION, Reply, Request};
use js_sys::Uint8Array;
use labs::Scenario;
use labs::registry::Family;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::program::{Hired, Programs};
use super::{OnCode, SILENCE_MS, Written, hello, post_with_ports};
use crate::effects::Later;
use crate::words;

/// The scribe, and who waits for it.
pub(super) struct Scribe {
    programs: Rc<Programs>,
    /// The name of the program that it runs: that of the labs asked for last.
    program: Cell<&'static str>,
    hired: RefCell<Option<Hired>>,
    /// Whether it has said that it is of this build.
    is_ready: Cell<bool>,
    /// What it was asked last, until it answers: it may not be ready, or die over it.
    asked: RefCell<Option<(Scenario, OnCode)>>,
    /// Whether it is being started.
    is_on_its_way: Cell<bool>,
    /// Whether it was started again since it was asked.
    is_second: Cell<bool>,
    watchdog: Cell<Option<Later>>,
}

impl Scribe {
    /// One that is started when it is first asked.
    pub(super) fn new(programs: Rc<Programs>) -> Self {
        Self {
            programs,
            program: Cell::new(""),
            hired: RefCell::default(),
            is_ready: Cell::new(false),
            asked: RefCell::default(),
            is_on_its_way: Cell::new(false),
            is_second: Cell::new(false),
            watchdog: Cell::new(None),
        }
    }

    /// Asks for the programs of `scenario`. Who asked before and has no answer yet gets none.
    pub(super) fn ask(self: &Rc<Self>, scenario: Scenario, on_code: OnCode) {
        let program = Family::of_lab(scenario.lab_index()).scribe();
        if self.program.replace(program) != program {
            self.is_ready.set(false);
            drop(self.hired.take());
        }
        self.asked.replace(Some((scenario, on_code)));
        self.is_second.set(false);
        self.go_on();
    }

    /// Sends what was asked, to a scribe that is started first if there is none.
    fn go_on(self: &Rc<Self>) {
        let scribe = Rc::clone(self);
        self.watchdog.set(Later::after(SILENCE_MS, move || scribe.fail(words::workers::NO_ANSWER)));
        if self.hired.borrow().is_some() {
            self.send();
        } else if !self.is_on_its_way.replace(true) {
            let scribe = Rc::clone(self);
            spawn_local(async move { scribe.start().await });
        }
    }

    async fn start(self: Rc<Self>) {
        let program = self.program.get();
        let module = self.programs.get(program).await;
        self.is_on_its_way.set(false);
        if self.program.get() != program {
            return self.go_on();
        }
        let (hearing, failing) = (Rc::clone(&self), Rc::clone(&self));
        let hired = module.and_then(|module| {
            Hired::new(program, &module, move |data| hearing.hear(data), move |reason| failing.fail(reason))
        });
        match hired {
            Ok(hired) => drop(self.hired.replace(Some(hired))),
            Err(_) => self.fail(words::workers::COULD_NOT_LOAD),
        }
    }

    fn send(&self) {
        if let (true, Some(hired), Some((scenario, _))) =
            (self.is_ready.get(), &*self.hired.borrow(), &*self.asked.borrow())
        {
            post_with_ports(&hired.worker, &Request::Code { scenario: scenario.clone() }, &[]);
        }
    }

    fn hear(self: &Rc<Self>, data: &JsValue) {
        if data.is_string() {
            if let Some(hired) = &*self.hired.borrow() {
                post_with_ports(&hired.worker, &hello(Part::Scribe), &[]);
            }
            return;
        }
        match decode::<Reply>(&Uint8Array::from(data.clone()).to_vec()) {
            Ok(Reply::Ready { version: PROTOCOL_VERSION }) => {
                self.is_ready.set(true);
                self.send();
            }
            Ok(Reply::Code { code }) => self.answer(Ok(code)),
            Ok(Reply::Failed { message, .. }) => self.fail(&message),
            Ok(Reply::Ready { .. } | Reply::Panels { .. } | Reply::Draws { .. }) => {}
            Err(error) => self.fail(&error.to_string()),
        }
    }

    /// Another scribe gets what was asked; the second time, who waits hears the reason.
    fn fail(self: &Rc<Self>, reason: &str) {
        web_sys::console::warn_1(&format!("The worker that writes programs stopped: {reason}").into());
        self.is_ready.set(false);
        drop(self.hired.take());
        if self.is_second.replace(true) {
            self.answer(Err(words::code::failed(reason)));
        } else {
            self.go_on();
        }
    }

    fn answer(&self, written: Written) {
        self.watchdog.set(None);
        if let Some((_, on_code)) = self.asked.take() {
            on_code.emit(written);
        }
    }
}
