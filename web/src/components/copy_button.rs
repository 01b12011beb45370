//! A button that copies, and says whether it could.

use yew::prelude::*;

use crate::effects::clipboard::copy;
use crate::words;

/// Properties of [`CopyButton`].
#[derive(Clone, PartialEq, Properties)]
pub struct CopyProps {
    /// What it says before.
    pub label: AttrValue,
    /// What it says after.
    pub done: AttrValue,
    /// What it copies.
    pub text: AttrValue,
    /// Its style.
    #[prop_or_default]
    pub class: Classes,
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
        None => props.label.clone(),
        Some(true) => props.done.clone(),
        Some(false) => AttrValue::Static(words::page::CANNOT_COPY),
    };
    let onclick = {
        let (text, outcome) = (props.text.clone(), outcome.clone());
        move |_: MouseEvent| {
            let outcome = outcome.clone();
            copy(&text, move |is_copied| outcome.set(Some(is_copied)));
        }
    };
    html! { <button type="button" class={props.class.clone()} {onclick}><span aria-live="polite">{ said }</span></button> }
}
