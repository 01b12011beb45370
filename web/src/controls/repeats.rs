//! How often the experiment is repeated: buttons that add, and a way back.

use labs::{Kind, Value, number};
use yew::prelude::*;

use super::number_field::number_field;
use super::{ControlProps, name};
use crate::words;

/// The buttons.
#[component]
pub fn RepeatsControl(props: &ControlProps) -> Html {
    let Kind::Repeats { buttons, max } = props.control.kind else { return Html::default() };
    let done = props.number();
    html! {
        <fieldset class="repeats">
            <legend class="control-head">
                <span>{ name(props.control) }</span>
                { number_field(number::plain(done), words::controls::as_number(props.control.label), props.type_in(), 6) }
            </legend>
            <div class="presets">
                { for buttons.iter().map(|more| {
                    let set = props.set();
                    let sum = done + f64::from(*more);
                    let label = format!("+ {}", number::grouped(u64::from(*more)));
                    html! {
                        <button type="button" key={*more} disabled={sum > f64::from(max)} onclick={move |_| set.emit(Value::Number(sum))}>{ label }</button>
                    }
                }) }
                <button type="button" class="plain" disabled={done == 0.0} onclick={let set = props.set(); move |_| set.emit(Value::Number(0.0))}>{ words::controls::CLEAR }</button>
            </div>
        </fieldset>
    }
}
