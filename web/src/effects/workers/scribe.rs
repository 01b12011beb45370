//! The worker that writes programs to take away: started when they are first wanted.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use engine::protocol::{Part, decode};
use engine::{PROTOCOL_VERSION, Reply, Request};
use js_sys::Uint8Array;
use labs::{Code, Scenario};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use yew::Callback;

use super::program::{Hired, Programs};
use super::{hello, post_with_ports};

/// Its program's name.
const PROGRAM: &str = "programs";

/// The scribe, and who waits for it.
#[derive(Default)]
pub(super) struct Scribe {
    hired: RefCell<Option<Hired>>,
    /// Whether it has said that it is of this build.
    is_ready: Cell<bool>,
    /// What it was asked last, until it answers: it may not be ready, or die over it.
    asked: RefCell<Option<(Scenario, Callback<Option<Code>>)>>,
    /// Whether it is being started.
    is_on_its_way: Cell<bool>,
}

impl Scribe {
    /// Asks for the programs of `scenario`; `on_code` gets them, or `None` where there are none. Who asked before
    /// and has no answer yet gets none.
    pub(super) fn ask(
        self: &Rc<Self>,
        programs: &Rc<Programs>,
        scenario: Scenario,
        on_code: Callback<Option<Code>>,
    ) {
        self.asked.replace(Some((scenario, on_code)));
        if self.hired.borrow().is_some() {
            self.send();
        } else if !self.is_on_its_way.replace(true) {
            let (scribe, programs) = (Rc::clone(self), Rc::clone(programs));
            spawn_local(async move { scribe.start(&programs).await });
        }
    }

    async fn start(self: Rc<Self>, programs: &Programs) {
        let module = programs.get(PROGRAM).await;
        self.is_on_its_way.set(false);
        let (hearing, failing) = (Rc::clone(&self), Rc::clone(&self));
        let hired = module.and_then(|module| {
            Hired::new(PROGRAM, &module, move |data| hearing.hear(data), move |reason| failing.fail(reason))
        });
        match hired {
            Ok(hired) => drop(self.hired.replace(Some(hired))),
            Err(error) => self.fail(&format!("{error:?}")),
        }
    }

    fn send(&self) {
        if let (true, Some(hired), Some((scenario, _))) =
            (self.is_ready.get(), &*self.hired.borrow(), &*self.asked.borrow())
        {
            post_with_ports(&hired.worker, &Request::Code { scenario: scenario.clone() }, &[]);
        }
    }

    fn hear(&self, data: &JsValue) {
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
            Ok(Reply::Code { code }) => self.answer(code),
            Ok(Reply::Failed { message, .. }) => self.fail(&message),
            Ok(Reply::Ready { .. } | Reply::Panels { .. } | Reply::Draws { .. }) => {}
            Err(error) => self.fail(&error.to_string()),
        }
    }

    /// Who waits hears that there are none; who asks again gets a new scribe.
    fn fail(&self, reason: &str) {
        web_sys::console::warn_1(&format!("The worker that writes programs stopped: {reason}").into());
        self.is_ready.set(false);
        drop(self.hired.take());
        self.answer(None);
    }

    fn answer(&self, code: Option<Code>) {
        if let Some((_, on_code)) = self.asked.take() {
            on_code.emit(code);
        }
    }
}
