//! Letters on their way: rare ones come with a file of their own (web/fonts/README.md), which drawing them asks for.
//! No browser draws a canvas anew when they are there, and not every one says so: the set of fonts is asked.

use js_sys::Reflect;
use wasm_bindgen::prelude::*;

use super::{document, window};

/// Time between two looks, in milliseconds.
const TURN_MS: i32 = 50;
/// Looks before `work` is done with the letters that are there.
const MOST_TURNS: u32 = 200;

/// Whether a font is being loaded.
#[must_use]
pub fn are_coming() -> bool {
    Reflect::get(&document().fonts(), &"status".into()).is_ok_and(|status| status == "loading")
}

/// Does `work` when no font is being loaded, at once if that is so; or after ten seconds.
pub fn once_here(work: impl FnOnce() + 'static) {
    look(0, Box::new(work));
}

fn look(turn: u32, work: Box<dyn FnOnce()>) {
    if turn == MOST_TURNS || !are_coming() {
        return work();
    }
    let next = Closure::once_into_js(move || look(turn + 1, work));
    let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(next.unchecked_ref(), TURN_MS);
}
