//! The full screen: asked for at a press, and news of its end. A browser may refuse; the page then fills its window.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use yew::prelude::*;

use super::document;

/// Asks for the full screen.
pub fn enter() {
    if let Some(root) = document().document_element() {
        call(&root, "requestFullscreen");
    }
}

/// Gives the full screen back, if the page has it.
pub fn leave() {
    if has_it() {
        call(&document(), "exitFullscreen");
    }
}

/// Tells `on_end` when the full screen has ended, by whatever key.
#[hook]
pub fn use_end_of_full_screen(on_end: Callback<()>) {
    use_effect_with(on_end, |on_end| {
        let on_end = on_end.clone();
        let listener = Closure::<dyn Fn()>::new(move || {
            if !has_it() {
                on_end.emit(());
            }
        });
        let target = listener.as_ref().unchecked_ref::<Function>().clone();
        let _ = document().add_event_listener_with_callback("fullscreenchange", &target);
        move || {
            let _ = document().remove_event_listener_with_callback("fullscreenchange", &target);
            drop(listener);
        }
    });
}

fn has_it() -> bool {
    Reflect::get(&document(), &"fullscreenElement".into()).is_ok_and(|element| element.is_object())
}

/// Calls a method that not every browser has, and lets a refusal go by.
fn call(of: &JsValue, name: &str) {
    let method = Reflect::get(of, &name.into()).ok().and_then(|method| method.dyn_into::<Function>().ok());
    let answer = method.and_then(|method| method.call0(of).ok());
    if let Some(promise) = answer.and_then(|answer| answer.dyn_into::<Promise>().ok()) {
        spawn_local(async move {
            let _ = JsFuture::from(promise).await;
        });
    }
}
