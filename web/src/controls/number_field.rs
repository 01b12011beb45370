//! A field for typing a number. What is being typed is never overwritten.

use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// Properties of [`NumberField`].
#[derive(Clone, PartialEq, Properties)]
pub struct NumberFieldProps {
    /// The value now.
    pub text: AttrValue,
    /// What it is, for screen readers.
    pub label: AttrValue,
    /// Takes what was typed, on Enter or when the field is left.
    pub on_text: Callback<String>,
    /// Width in characters.
    #[prop_or(4)]
    pub width: u32,
    /// Whether it is as wide as it may be, whatever `width` says.
    #[prop_or_default]
    pub is_wide: bool,
}

/// The field.
#[component]
pub fn NumberField(props: &NumberFieldProps) -> Html {
    let draft = use_state_eq(|| None::<String>);
    let oninput = {
        let draft = draft.clone();
        move |event: InputEvent| draft.set(Some(text_of(&event)))
    };
    let commit = {
        let (draft, on_text, text) = (draft.clone(), props.on_text.clone(), props.text.clone());
        move || {
            if let Some(typed) = (*draft).clone() {
                draft.set(None);
                if typed.trim() != text.as_str() {
                    on_text.emit(typed);
                }
            }
        }
    };
    let onblur = {
        let commit = commit.clone();
        move |_: FocusEvent| commit()
    };
    let onkeydown = {
        let draft = draft.clone();
        move |event: KeyboardEvent| match event.key().as_str() {
            "Enter" => commit(),
            "Escape" => draft.set(None),
            _ => {}
        }
    };
    let width = if props.is_wide { "100%".to_owned() } else { format!("calc({}ch + 12px)", props.width) };
    let shown = (*draft).clone().map_or_else(|| props.text.clone(), AttrValue::from);
    html! {
        <input type="text" inputmode="decimal" class="number" autocomplete="off" spellcheck="false"
            ~style={format!("width: {width}")}
            aria-label={props.label.clone()} value={shown} {oninput} {onblur} {onkeydown} />
    }
}

/// The text in the field that an event came from.
pub(crate) fn text_of(event: &InputEvent) -> String {
    event.target().map(|target| target.unchecked_into::<HtmlInputElement>().value()).unwrap_or_default()
}
