//! Light or dark: the system's wish, or the reader's own, kept in the browser.

use wasm_bindgen::prelude::*;
use yew::prelude::*;

use super::{document, window};

/// Name under which the wish is kept.
const KEY: &str = "theme";

/// Whether the page is dark now, and a callback that turns it over.
#[hook]
pub fn use_theme() -> (bool, Callback<()>) {
    let system = use_state(system_is_dark);
    let wish = use_state(kept_wish);
    {
        let system = system.clone();
        use_effect_with((), move |()| {
            let query = window().match_media("(prefers-color-scheme: dark)").ok().flatten();
            let listener = Closure::<dyn Fn()>::new(move || system.set(system_is_dark()));
            if let Some(query) = &query {
                query.set_onchange(Some(listener.as_ref().unchecked_ref()));
            }
            move || {
                if let Some(query) = &query {
                    query.set_onchange(None);
                }
                drop(listener);
            }
        });
    }
    let is_dark = wish.unwrap_or(*system);
    use_effect_with(is_dark, |is_dark| {
        if let Some(root) = document().document_element() {
            let _ = root.set_attribute("data-theme", if *is_dark { "dark" } else { "light" });
        }
    });
    let turn = {
        let (system, wish) = (system, wish.clone());
        use_callback((is_dark, *system), move |(), (is_dark, system)| {
            let wanted = !is_dark;
            let own = (wanted != *system).then_some(wanted);
            keep_wish(own);
            wish.set(own);
        })
    };
    (is_dark, turn)
}

fn system_is_dark() -> bool {
    window().match_media("(prefers-color-scheme: dark)").ok().flatten().is_some_and(|query| query.matches())
}

fn kept_wish() -> Option<bool> {
    let kept = window().local_storage().ok().flatten()?.get_item(KEY).ok().flatten()?;
    match kept.as_str() {
        "dark" => Some(true),
        "light" => Some(false),
        _ => None,
    }
}

/// Storage may be full or forbidden; the wish then holds until the page is closed.
fn keep_wish(wish: Option<bool>) {
    if let Ok(Some(storage)) = window().local_storage() {
        let _ = match wish {
            Some(is_dark) => storage.set_item(KEY, if is_dark { "dark" } else { "light" }),
            None => storage.remove_item(KEY),
        };
    }
}

/// Whether things that move should jump instead.
#[must_use]
pub fn prefers_reduced_motion() -> bool {
    window()
        .match_media("(prefers-reduced-motion: reduce)")
        .ok()
        .flatten()
        .is_some_and(|query| query.matches())
}
