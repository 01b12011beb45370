//! A dialog over the page: the focus stays in it, Escape and a press beside it close it.

use crate::words;
use wasm_bindgen::JsCast;
use web_sys::HtmlDialogElement;
use yew::prelude::*;

/// Properties of [`Dialog`].
#[derive(Clone, PartialEq, Properties)]
pub struct DialogProps {
    /// Names it on the page; its heading has this and `-heading`.
    pub id: &'static str,
    /// Its heading.
    pub title: &'static str,
    /// Whether it is on screen.
    pub is_open: bool,
    /// Called when the reader closes it.
    pub on_close: Callback<()>,
    /// What it says.
    pub children: Html,
}

/// The dialog; its inside exists only while it is open.
#[component]
pub fn Dialog(props: &DialogProps) -> Html {
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with(props.is_open, move |is_open| {
            if let Some(dialog) = node.cast::<HtmlDialogElement>() {
                match (is_open, dialog.open()) {
                    // The browser keeps the focus inside and gives it back afterwards.
                    (true, false) => drop(dialog.show_modal()),
                    (false, true) => dialog.close(),
                    _ => {}
                }
            }
        });
    }
    let onclose = props.on_close.reform(|_: Event| ());
    let onclick = {
        let on_close = props.on_close.clone();
        // The dialog itself is hit only beside its inside.
        move |event: MouseEvent| {
            if event.target().is_some_and(|target| target.dyn_ref::<HtmlDialogElement>().is_some()) {
                on_close.emit(());
            }
        }
    };
    let heading = format!("{}-heading", props.id);
    html! {
        <dialog id={props.id} ref={node} aria-labelledby={heading.clone()} {onclose} {onclick}>
            if props.is_open {
                <div class="dialog-inside">
                    <div class="dialog-head">
                        <h2 id={heading}>{ props.title }</h2>
                        <button type="button" class="plain close" aria-label={words::page::CLOSE} onclick={props.on_close.reform(|_| ())}>{ "×" }</button>
                    </div>
                    { props.children.clone() }
                </div>
            }
        </dialog>
    }
}
