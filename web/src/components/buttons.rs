//! Buttons that say what they do.

use yew::prelude::*;

/// A button.
pub fn button(words: &str, onclick: Callback<MouseEvent>) -> Html {
    html! { <button type="button" {onclick}>{ words }</button> }
}

/// A button that looks like text.
pub fn plain_button(words: &str, onclick: Callback<MouseEvent>) -> Html {
    html! { <button type="button" class="plain" {onclick}>{ words }</button> }
}

/// The button of what is mostly wanted here.
pub fn primary_button(words: &str, onclick: Callback<MouseEvent>) -> Html {
    html! { <button type="button" class="primary" {onclick}>{ words }</button> }
}
