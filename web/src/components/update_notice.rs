//! The offer of a newer build: quiet, in a corner, and gone at a press.

use yew::prelude::*;

use super::{button, dismiss};
use crate::effects::updates::Update;
use crate::words;

/// The notice, read out by screen readers as it appears.
///
/// - `update`: what may be done; `None` if nothing is newer.
/// - `loses_table`: whether a table of the reader's own would be lost.
pub fn update_notice(update: Option<&Update>, loses_table: bool) -> Html {
    html! {
        <div role="status">
            if let Some(Update { on_reload, on_dismiss }) = update {
                <div class="update">
                    <p>
                        { words::page::UPDATE }
                        if loses_table {
                            { words::page::UPDATE_LOSES_TABLE }
                        }
                    </p>
                    { button(words::page::RELOAD, on_reload.reform(|_| ())) }
                    { dismiss(on_dismiss.reform(|_| ())) }
                </div>
            }
        </div>
    }
}
