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
    /// Width in characters; `None` if it is as wide as it may be.
    pub width: Option<u32>,
}

/// A field with `text`, called `label` by screen readers; width in characters.
pub(super) fn number_field(text: String, label: String, on_text: Callback<String>, width: u32) -> Html {
    let props = NumberFieldProps { text: text.into(), label: label.into(), on_text, width: Some(width) };
    html! { <NumberField ..props /> }
}

/// Characters of a field that needs no more.
pub(super) const SHORT: u32 = 4;

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
    let width = props.width.map_or_else(|| "100%".to_owned(), |width| format!("calc({width}ch + 12px)"));
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
