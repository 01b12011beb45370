//! A small menu: opens at a press, closes after a choice, on Escape, and when the focus leaves.

use wasm_bindgen::JsCast;
use web_sys::{Element, Node};
use yew::prelude::*;

/// The menu.
///
/// - `label`: what it offers, for screen readers, and on the button if it is no icon.
/// - `icon_title`: what a pointer at rest says, if the button shows the sign for taking something away in place of
///   the label.
/// - `items`: the buttons.
pub fn menu(label: AttrValue, icon_title: Option<&'static str>, items: Html) -> Html {
    html! {
        <details class="menu" onfocusout={close_when_left} onkeydown={close_on_escape}>
            <summary class={icon_title.is_none().then_some("worded")} aria-label={label.clone()} title={icon_title.unwrap_or_default()}>
                if icon_title.is_some() {
                    <svg viewBox="0 0 16 16" aria-hidden="true"><path d="M8 2v8M4.500 7 8 10.500 11.500 7M2.500 13.500h11" /></svg>
                } else {
                    { label }
                }
            </summary>
            <div class="menu-items" onclick={close_after_choice}>{ items }</div>
        </details>
    }
}

/// The menu that an event happened in.
fn menu_of(event: &Event) -> Option<Element> {
    event.target().and_then(|target| target.dyn_into::<Element>().ok())?.closest("details").ok().flatten()
}

fn close(menu: Option<Element>) {
    if let Some(menu) = menu {
        let _ = menu.remove_attribute("open");
    }
}

fn close_after_choice(event: MouseEvent) {
    close(menu_of(&event));
}

fn close_on_escape(event: KeyboardEvent) {
    if event.key() == "Escape" {
        close(menu_of(&event));
    }
}

/// Closes the menu when the focus goes elsewhere on the page.
fn close_when_left(event: FocusEvent) {
    let menu = menu_of(&event);
    let goes_to = event.related_target().and_then(|target| target.dyn_into::<Node>().ok());
    if goes_to.is_some_and(|node| menu.as_ref().is_some_and(|menu| !menu.contains(Some(&node)))) {
        close(menu);
    }
}
