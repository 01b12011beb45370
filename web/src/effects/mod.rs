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
mod later;
pub mod letters;
pub mod theme;
pub mod updates;
pub mod workers;

/// How long a page at most waits for being seen, in milliseconds: a busy browser shows no frames.
const UNSEEN_MS: i32 = 1_000;
/// How many frames at most: a browser may not tell what it has painted.
const MOST_FRAMES: u32 = 10;

/// Does `work` when what the document holds now has been on screen, or at once in a tab behind others.
pub fn once_seen(work: impl FnOnce() + 'static) {
    let work = Cell::new(Some(work));
    let go: Rc<dyn Fn()> = Rc::new(move || {
        if let Some(work) = work.take() {
            work();
        }
    });
    look(0, Rc::clone(&go));
    let late = Closure::once_into_js(move || go());
    let wait_ms = if document().hidden() { 0 } else { UNSEEN_MS };
    let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(late.unchecked_ref(), wait_ms);
}

/// Calls `go` in the first of the next frames in which the browser says that it has painted.
fn look(frame: u32, go: Rc<dyn Fn()>) {
    let next = Closure::once_into_js(move || {
        let painted = window().performance().map(|all| all.get_entries_by_name("first-contentful-paint"));
        let is_seen = painted.is_some_and(|entries| entries.length() > 0);
        if is_seen || frame == MOST_FRAMES { go() } else { look(frame + 1, go) }
    });
    let _ = window().request_animation_frame(next.unchecked_ref());
}
pub use later::Later;

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
