//! The page kept in the browser: it opens without a network, and a newer build waits until the reader wants it.
//!
//! A service worker does both (`web/sw.js`). Where the browser has none, or forbids it (files, private windows,
//! hosts without encryption, blocked storage), the page works as it is and says nothing.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::{Date, Function, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{EventTarget, ServiceWorker, ServiceWorkerContainer, ServiceWorkerRegistration};
use yew::prelude::*;

use super::build_files::is_single_file;
use super::{document, window};

/// How long a page that stays open goes without asking for a newer build, in milliseconds: an hour.
const ASKED_MS: f64 = 3.6e6;

/// Whether a newer build than the page's is ready, and what the reader may do about it.
#[derive(Clone, PartialEq)]
pub struct Update {
    /// Opens the same link in the newer build.
    pub on_reload: Callback<()>,
    /// Lets it be.
    pub on_dismiss: Callback<()>,
}

/// Has the browser keep the page, from the first time on that `may_begin` holds; tells of a newer build.
#[hook]
pub fn use_update(may_begin: bool) -> Option<Update> {
    let newer = use_state(|| None::<Rc<Kept>>);
    // Before another tab can let a newer build in.
    let own = use_memo((), |()| container().and_then(|container| container.controller()));
    let has_begun = use_mut_ref(|| false);
    {
        let newer = newer.clone();
        use_effect_with(may_begin, move |may_begin| {
            if *may_begin && !has_begun.replace(true) {
                keep((*own).clone(), move |kept| newer.set(Some(kept)));
            }
        });
    }
    let kept = (*newer).clone()?;
    let on_reload = Callback::from(move |()| kept.reload());
    Some(Update { on_reload, on_dismiss: Callback::from(move |()| newer.set(None)) })
}

/// Whether this browser keeps the page, once that is known.
#[hook]
pub fn use_is_kept() -> bool {
    let is_kept = use_state_eq(|| false);
    {
        let is_kept = is_kept.clone();
        use_effect_with((), move |()| {
            if let Some(container) = container() {
                spawn_local(async move {
                    let found = JsFuture::from(container.get_registration()).await;
                    let registration = found.ok().and_then(|found| found.dyn_into().ok());
                    is_kept.set(registration.is_some_and(|registration: ServiceWorkerRegistration| {
                        registration.active().is_some()
                    }));
                });
            }
        });
    }
    *is_kept
}

/// The page's own build as the browser keeps it.
struct Kept {
    container: ServiceWorkerContainer,
    registration: ServiceWorkerRegistration,
    /// The service worker of this page's build.
    own: ServiceWorker,
    /// Whether the reader asked for the newer build here.
    is_wanted: Cell<bool>,
    /// When a newer build was last asked for.
    asked: Cell<f64>,
}

/// Keeps the page, and calls `on_newer` whenever there is news of a newer build than that of `own`.
fn keep(own: Option<ServiceWorker>, on_newer: impl Fn(Rc<Kept>) + 'static) {
    let Some(container) = container() else { return };
    spawn_local(async move {
        let Ok(registration) = JsFuture::from(container.register("./sw.js")).await else { return };
        // A page that came straight from its host is as new as can be.
        let Some(own) = own else { return };
        let registration = registration.unchecked_into();
        let (is_wanted, asked) = (Cell::new(false), Cell::new(Date::now()));
        let kept = Rc::new(Kept { container, registration, own, is_wanted, asked });
        kept.listen(Rc::new(on_newer));
    });
}

impl Kept {
    /// Hears of newer builds as long as the page is open.
    fn listen(self: Rc<Self>, on_newer: Rc<dyn Fn(Rc<Self>)>) {
        let look: Rc<dyn Fn()> = {
            let kept = Rc::clone(&self);
            Rc::new(move || {
                if kept.has_newer() {
                    on_newer(Rc::clone(&kept));
                }
            })
        };
        {
            let (kept, look) = (Rc::clone(&self), Rc::clone(&look));
            hear(&self.registration, "updatefound", move || {
                if let Some(installing) = kept.registration.installing() {
                    let look = Rc::clone(&look);
                    hear(&installing, "statechange", move || look());
                }
            });
        }
        {
            let (kept, look) = (Rc::clone(&self), Rc::clone(&look));
            hear(&self.container, "controllerchange", move || {
                // Only where the reader asked: another tab may be in the middle of a lecture.
                if kept.is_wanted.get() {
                    let _ = window().location().reload();
                } else {
                    look();
                }
            });
        }
        {
            let kept = Rc::clone(&self);
            hear(&document(), "visibilitychange", move || kept.ask());
        }
        look();
    }

    /// Whether one waits, or has been let in by another tab.
    fn has_newer(&self) -> bool {
        self.registration.waiting().is_some()
            || self.container.controller().is_some_and(|now| now != self.own)
    }

    fn reload(&self) {
        let told = self.registration.waiting().map(|waiting| waiting.post_message(&"take over".into()));
        self.is_wanted.set(true);
        if !matches!(told, Some(Ok(()))) {
            // It is in charge already.
            let _ = window().location().reload();
        }
    }

    /// Asks the host, if the page has come into sight after a while. The browser itself asks at every visit.
    fn ask(&self) {
        if document().hidden() || Date::now() - self.asked.get() < ASKED_MS {
            return;
        }
        self.asked.set(Date::now());
        if let Ok(answer) = self.registration.update() {
            spawn_local(async move {
                // Without a network there is nothing newer.
                let _ = JsFuture::from(answer).await;
            });
        }
    }
}

/// What keeps pages, if this page may be kept.
fn container() -> Option<ServiceWorkerContainer> {
    let is_served = window().location().protocol().is_ok_and(|protocol| protocol.starts_with("http"));
    if !is_served || is_single_file() {
        return None;
    }
    // Some browsers have none, and some throw where they forbid it.
    let container = Reflect::get(&window().navigator(), &"serviceWorker".into()).ok()?;
    container.is_object().then(|| container.unchecked_into())
}

/// Calls `listener` at every `event` for as long as the page is open.
fn hear(target: &EventTarget, event: &str, listener: impl Fn() + 'static) {
    let listener = Closure::<dyn Fn()>::new(listener);
    let _ = target.add_event_listener_with_callback(event, listener.as_ref().unchecked_ref::<Function>());
    listener.forget();
}
