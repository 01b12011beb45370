//! One of a few: radio buttons that look like one bar; one of many: a list to choose from.

use labs::{Kind, Value};
use wasm_bindgen::JsCast;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::{ControlProps, name};

/// The bar or the list.
#[component]
pub fn ChoiceControl(props: &ControlProps) -> Html {
    let Kind::Choice { options } = props.control.kind else { return Html::default() };
    if props.control.is_list {
        return list(props, options);
    }
    html! {
        <fieldset class="choice">
            <legend>{ name(props.control) }</legend>
            <div class="segments">
                { for options.iter().enumerate().map(|(i, (slug, label))| {
                    let set = props.set();
                    html! {
                        <label key={*slug}>
                            <input type="radio" name={props.control.key} value={*slug} checked={props.value == Value::Choice(i)}
                                onchange={move |_| set.emit(Value::Choice(i))} />
                            <span>{ label }</span>
                        </label>
                    }
                }) }
            </div>
        </fieldset>
    }
}

fn list(props: &ControlProps, options: &'static [(&'static str, &'static str)]) -> Html {
    let set = props.set();
    let onchange = move |event: Event| {
        let chosen = event.target().and_then(|target| target.dyn_into::<HtmlSelectElement>().ok());
        if let Some(index) = chosen.and_then(|list| usize::try_from(list.selected_index()).ok()) {
            set.emit(Value::Choice(index));
        }
    };
    html! {
        <div class="list">
            <label for={props.id()}>{ name(props.control) }</label>
            <select id={props.id()} {onchange}>
                { for options.iter().enumerate().map(|(i, (slug, label))| html! {
                    <option key={*slug} value={*slug} selected={props.value == Value::Choice(i)}>{ label }</option>
                }) }
            </select>
        </div>
    }
}
