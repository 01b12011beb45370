//! What was wrong and what is used instead, beside what it concerns.

use crate::words;
use labs::Notice;
use yew::prelude::*;

/// Properties of [`Notices`].
#[derive(Clone, PartialEq, Properties)]
pub struct NoticesProps {
    /// The sentences.
    pub notices: Vec<Notice>,
    /// Called with the place in `notices` of one that has been read; `None` if they stay.
    #[prop_or_default]
    pub on_dismiss: Option<Callback<usize>>,
}

/// One box a sentence, read out by screen readers as it appears.
#[component]
pub fn Notices(props: &NoticesProps) -> Html {
    html! {
        <div class="notices" role="status">
            { for props.notices.iter().enumerate().map(|(i, notice)| html! {
                <p class="notice" key={notice.message.clone()}>
                    <span>{ &notice.message }</span>
                    if let Some(on_dismiss) = props.on_dismiss.clone() {
                        <button type="button" class="plain" aria-label={words::page::DISMISS} onclick={move |_| on_dismiss.emit(i)}>{ "×" }</button>
                    }
                </p>
            }) }
        </div>
    }
}
