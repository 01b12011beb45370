//! The offer of a newer build: quiet, in a corner, and gone at a press.

use yew::prelude::*;

use crate::effects::updates::Update;
use crate::words;

/// Properties of [`UpdateNotice`].
#[derive(Clone, PartialEq, Properties)]
pub struct UpdateProps {
    /// What may be done; `None` if nothing is newer.
    pub update: Option<Update>,
    /// Whether a table of the reader's own would be lost.
    pub loses_table: bool,
}

/// The notice, read out by screen readers as it appears.
#[component]
pub fn UpdateNotice(props: &UpdateProps) -> Html {
    html! {
        <div role="status">
            if let Some(Update { on_reload, on_dismiss }) = props.update.clone() {
                <div class="update">
                    <p>
                        { words::page::UPDATE }
                        if props.loses_table {
                            { words::page::UPDATE_LOSES_TABLE }
                        }
                    </p>
                    <button type="button" onclick={on_reload.reform(|_| ())}>{ words::page::RELOAD }</button>
                    <button type="button" class="plain" aria-label={words::page::DISMISS} onclick={on_dismiss.reform(|_| ())}>{ "×" }</button>
                </div>
            }
        </div>
    }
}
