//! A button that copies, and says whether it could.

use yew::prelude::*;

use crate::effects::clipboard::copy;
use crate::words;

/// Properties of [`CopyButton`].
#[derive(Clone, PartialEq, Properties)]
pub struct CopyProps {
    /// What it says before.
    pub label: &'static str,
    /// What it says after.
    pub done: &'static str,
    /// What it copies.
    pub text: AttrValue,
    /// Its style; may be empty.
    pub class: &'static str,
}

/// The button.
#[component]
pub fn CopyButton(props: &CopyProps) -> Html {
    let outcome = use_state(|| None::<bool>);
    {
        let outcome = outcome.clone();
        // The words go back when there is something else to copy.
        use_effect_with(props.text.clone(), move |_| outcome.set(None));
    }
    let said = match *outcome {
        None => props.label,
        Some(true) => props.done,
        Some(false) => words::page::CANNOT_COPY,
    };
    let onclick = {
        let (text, outcome) = (props.text.clone(), outcome.clone());
        move |_: MouseEvent| {
            let outcome = outcome.clone();
            copy(&text, move |is_copied| outcome.set(Some(is_copied)));
        }
    };
    html! { <button type="button" class={(!props.class.is_empty()).then_some(props.class)} {onclick}><span aria-live="polite">{ said }</span></button> }
}
