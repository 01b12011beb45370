//! Calls that are due later. One that is called off frees what it holds; a closure handed over to the browser
//! for good and never called would keep it, be it a whole picture, as long as the page.

use wasm_bindgen::prelude::*;

use super::window;

/// A call that is due; dropping it calls it off. It may be dropped by the call itself.
#[derive(Debug)]
pub struct Later {
    due: Due,
    _call: Closure<dyn FnMut()>,
}

#[derive(Debug)]
enum Due {
    Timer(i32),
    Frame(i32),
}

impl Later {
    /// Calls `work` after so many milliseconds; `None` if the browser does not.
    #[must_use]
    pub fn after(ms: i32, work: impl FnOnce() + 'static) -> Option<Self> {
        let call = once(work);
        let set =
            window().set_timeout_with_callback_and_timeout_and_arguments_0(call.as_ref().unchecked_ref(), ms);
        Some(Self { due: Due::Timer(set.ok()?), _call: call })
    }

    /// Calls `work` before the next frame is drawn; `None` if the browser does not.
    #[must_use]
    pub fn next_frame(work: impl FnOnce() + 'static) -> Option<Self> {
        let call = once(work);
        let set = window().request_animation_frame(call.as_ref().unchecked_ref());
        Some(Self { due: Due::Frame(set.ok()?), _call: call })
    }
}

impl Drop for Later {
    fn drop(&mut self) {
        match self.due {
            Due::Timer(timer) => window().clear_timeout_with_handle(timer),
            // Nothing is left to call off where it fails.
            Due::Frame(frame) => drop(window().cancel_animation_frame(frame)),
        }
    }
}

fn once(work: impl FnOnce() + 'static) -> Closure<dyn FnMut()> {
    let mut work = Some(work);
    Closure::new(move || {
        if let Some(work) = work.take() {
            work();
        }
    })
}
