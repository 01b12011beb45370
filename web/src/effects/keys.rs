//! Keys of the whole page: those of a clicker while presenting, and a few letters.
//!
//! A key is left alone while a field, a slider or a menu has the focus, while someone else has taken it, and
//! in the frame of another page, whose keys are its own.

use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlElement, KeyboardEvent};
use yew::prelude::*;

use super::{document, window};

/// What a key asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageKey {
    /// The next step.
    Next,
    /// The step before.
    Previous,
    /// No longer present.
    Leave,
    /// An empty screen, or no longer.
    Blank,
    /// The truth shown, or hidden.
    Truth,
    /// Present.
    Present,
}

/// When keys are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyRules {
    /// Whether a projector shows the page.
    pub is_presenting: bool,
    /// Whether single letters are keys.
    pub has_letters: bool,
    /// Whether the page says that it stands in another one.
    pub is_embedded: bool,
}

/// What `key` asks for; `None` if it is none of ours.
fn meaning(key: &str, rules: KeyRules) -> Option<PageKey> {
    let letter = key.to_ascii_lowercase();
    match (key, letter.as_str()) {
        ("ArrowRight" | "PageDown" | " ", _) if rules.is_presenting => Some(PageKey::Next),
        ("ArrowLeft" | "PageUp", _) if rules.is_presenting => Some(PageKey::Previous),
        ("Escape", _) if rules.is_presenting => Some(PageKey::Leave),
        (_, "b") if rules.has_letters && rules.is_presenting => Some(PageKey::Blank),
        (_, "t") if rules.has_letters => Some(PageKey::Truth),
        (_, "p") if rules.has_letters => Some(PageKey::Present),
        _ => None,
    }
}

/// Tells `on_key` of the keys that `rules` let through.
#[hook]
pub fn use_keys(rules: KeyRules, on_key: Callback<PageKey>) {
    use_effect_with((rules, on_key), |(rules, on_key)| {
        let (rules, on_key) = (*rules, on_key.clone());
        let listener = Closure::<dyn Fn(KeyboardEvent)>::new(move |event: KeyboardEvent| {
            let has_modifier = event.ctrl_key() || event.meta_key() || event.alt_key();
            let is_elsewhere = rules.is_embedded || is_framed();
            let is_ours = !(event.default_prevented() || has_modifier || is_elsewhere || is_taken(&event));
            if let (true, Some(key)) = (is_ours, meaning(&event.key(), rules)) {
                event.prevent_default();
                on_key.emit(key);
            }
        });
        let target = listener.as_ref().unchecked_ref::<js_sys::Function>().clone();
        let _ = window().add_event_listener_with_callback("keydown", &target);
        move || {
            let _ = window().remove_event_listener_with_callback("keydown", &target);
            drop(listener);
        }
    });
}

/// Whether what has the focus has a use of its own for the key.
fn is_taken(event: &KeyboardEvent) -> bool {
    let Some(element) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else {
        return false;
    };
    let is_editable = element.dyn_ref::<HtmlElement>().is_some_and(|element| {
        js_sys::Reflect::get(element, &"isContentEditable".into()).is_ok_and(|value| value.is_truthy())
    });
    let is_in_open_menu = element.closest("details.menu[open], dialog[open]").ok().flatten().is_some();
    match element.tag_name().as_str() {
        "INPUT" | "SELECT" | "TEXTAREA" => true,
        "BUTTON" | "A" | "SUMMARY" => event.key() == " " || is_in_open_menu,
        _ => is_editable || is_in_open_menu,
    }
}

/// Whether the page stands in a frame of another one.
fn is_framed() -> bool {
    window().parent().ok().flatten().is_some_and(|parent| parent != window())
}

/// Takes the focus from a slider that was dragged, so that a clicker's keys reach the page again.
pub fn release_slider() {
    if let Some(element) = document().active_element()
        && element.get_attribute("type").as_deref() == Some("range")
        && let Ok(element) = element.dyn_into::<HtmlElement>()
    {
        let _ = element.blur();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PRESENTING: KeyRules = KeyRules { is_presenting: true, has_letters: true, is_embedded: false };

    #[test]
    fn a_clicker_steps_and_letters_can_be_turned_off() {
        for key in ["ArrowRight", "PageDown", " "] {
            assert_eq!(meaning(key, PRESENTING), Some(PageKey::Next));
        }
        for key in ["ArrowLeft", "PageUp"] {
            assert_eq!(meaning(key, PRESENTING), Some(PageKey::Previous));
        }
        let silent = KeyRules { has_letters: false, ..PRESENTING };
        for key in ["b", "B", "t", "T", "p"] {
            assert!(meaning(key, PRESENTING).is_some());
            assert_eq!(meaning(key, silent), None);
        }
        assert_eq!(meaning("Escape", silent), Some(PageKey::Leave));
    }

    #[test]
    fn a_page_that_does_not_present_scrolls_as_any_other() {
        let page = KeyRules { is_presenting: false, ..PRESENTING };
        for key in ["ArrowRight", "ArrowLeft", "PageDown", "PageUp", " ", "Escape", "b"] {
            assert_eq!(meaning(key, page), None, "{key}");
        }
        assert_eq!(meaning("p", page), Some(PageKey::Present));
    }
}
