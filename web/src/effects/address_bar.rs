//! The address bar: follows scenario and frame; back, forward and a typed link make actions.

use std::rc::Rc;

use labs::{Frame, Scenario, link};
use wasm_bindgen::prelude::*;
use yew::prelude::*;

use super::{Later, window};
use crate::state::Action;

/// How long the scenario must hold still before its address is written, in
/// milliseconds: browsers refuse more than a hundred changes in half a minute.
const PAUSE_MS: i32 = 250;

/// The link in the address bar, from `#` on.
#[must_use]
pub fn current_link() -> String {
    window().location().hash().unwrap_or_default()
}

/// The address of the page without its link; empty for a file, which others cannot open: then the link is all
/// that there is to say, and it leads on in any copy of the page.
#[must_use]
pub fn base_address() -> String {
    let address = window().location().href().unwrap_or_default();
    if !address.starts_with("http") {
        return String::new();
    }
    address.split('#').next().unwrap_or_default().to_owned()
}

/// Keeps the address bar in step with `scenario` and `frame`.
///
/// A new lab, chapter or seed makes a step of the history, to which "back" returns; a moved slider does not.
#[hook]
pub fn use_address_bar(scenario: Rc<Scenario>, frame: Frame, on_action: Callback<Action>) {
    use_effect_with((), move |()| {
        let listener = Closure::<dyn Fn()>::new(move || on_action.emit(Action::OpenLink(current_link())));
        let target = listener.as_ref().unchecked_ref::<js_sys::Function>().clone();
        for event in ["popstate", "hashchange"] {
            let _ = window().add_event_listener_with_callback(event, &target);
        }
        move || {
            for event in ["popstate", "hashchange"] {
                let _ = window().remove_event_listener_with_callback(event, &target);
            }
            drop(listener);
        }
    });
    let written = use_mut_ref(|| None::<Place>);
    use_effect_with((scenario, frame), move |place| {
        let place = place.clone();
        // Inside another page "back" belongs to that page.
        let is_step =
            !place.1.is_embedded && written.borrow().as_ref().is_some_and(|last| is_step(last, &place));
        let write = Later::after(if is_step { 0 } else { PAUSE_MS }, move || {
            put(&place, is_step);
            *written.borrow_mut() = Some(place);
        });
        move || drop(write)
    });
}

/// All that the address names.
type Place = (Rc<Scenario>, Frame);

fn is_step((last, last_frame): &Place, (scenario, frame): &Place) -> bool {
    let seed = |scenario: &Scenario| scenario.seed_control().map(|index| scenario.value(index).clone());
    last.lab_index() != scenario.lab_index()
        || last_frame.chapter != frame.chapter
        || seed(last) != seed(scenario)
}

fn put((scenario, frame): &Place, is_step: bool) {
    let link = link::write_framed(scenario, frame);
    let current = current_link();
    // A link that says the same in other words stays as it was typed, and so does a bare address.
    let read = link::parse(&current);
    let says_the_same = read.scenario == **scenario && read.frame == *frame && read.notices.is_empty();
    if link == current || says_the_same {
        return;
    }
    let Ok(history) = window().history() else { return };
    // Some hosts (sandboxed frames, files) forbid it; the page works without.
    let _ = if is_step {
        history.push_state_with_url(&JsValue::NULL, "", Some(&link))
    } else {
        history.replace_state_with_url(&JsValue::NULL, "", Some(&link))
    };
}
