//! One of a few: radio buttons that look like one bar.

use labs::{Kind, Value};
use yew::prelude::*;

use super::{ControlProps, name};

/// The bar.
#[component]
pub fn ChoiceControl(props: &ControlProps) -> Html {
    let Kind::Choice { options } = props.control.kind else { return Html::default() };
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
