//! What was wrong and what is used instead, beside what it concerns.

use crate::words;
use labs::Notice;
use yew::prelude::*;

/// One box a sentence, read out by screen readers as it appears.
///
/// - `on_dismiss`: called with the place in `notices` of one that has been read; `None` if they stay.
pub fn notices(notices: &[Notice], on_dismiss: Option<&Callback<usize>>) -> Html {
    html! {
        <div class="notices" role="status">
            { for notices.iter().enumerate().map(|(i, notice)| html! {
                <p class="notice" key={notice.message.clone()}>
                    <span>{ &notice.message }</span>
                    if let Some(on_dismiss) = on_dismiss {
                        { dismiss(on_dismiss.reform(move |_| i)) }
                    }
                </p>
            }) }
        </div>
    }
}

/// A small cross that puts a notice away.
pub fn dismiss(onclick: Callback<MouseEvent>) -> Html {
    html! { <button type="button" class="plain" aria-label={words::page::DISMISS} {onclick}>{ "×" }</button> }
}
