//! Effects: one file for each thing outside. State in, side effect out; outside
//! event in, action out.

use std::cell::Cell;
use std::rc::Rc;

use wasm_bindgen::prelude::*;

pub mod address_bar;
pub mod build_files;
pub mod clipboard;
pub mod download;
pub mod files;
pub mod full_screen;
pub mod keys;
pub mod theme;
pub mod updates;
pub mod workers;

/// How long a page at most waits for being seen, in milliseconds: a busy browser shows no frames.
const UNSEEN_MS: i32 = 1_000;

/// Does `work` when what the document holds now has been on screen: after the second frame from now, or at once
/// in a tab behind others.
pub fn once_seen(work: impl FnOnce() + 'static) {
    let work = Rc::new(Cell::new(Some(work)));
    let go = {
        let work = Rc::clone(&work);
        move || {
            if let Some(work) = work.take() {
                work();
            }
        }
    };
    let after = |go: JsValue, wait_ms: i32| {
        let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(go.unchecked_ref(), wait_ms);
    };
    after(Closure::once_into_js(go.clone()), if document().hidden() { 0 } else { UNSEEN_MS });
    let second = Closure::once_into_js(move || after(Closure::once_into_js(go), 0));
    let first = Closure::once_into_js(move || {
        let _ = window().request_animation_frame(second.unchecked_ref());
    });
    let _ = window().request_animation_frame(first.unchecked_ref());
}

/// The window of the page.
///
/// # Panics
/// Never on a page; workers have none.
#[must_use]
pub fn window() -> web_sys::Window {
    web_sys::window().expect("a page has a window")
}

/// The document of the page.
///
/// # Panics
/// Never on a page.
#[must_use]
pub fn document() -> web_sys::Document {
    window().document().expect("a window has a document")
}
