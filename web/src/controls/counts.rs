//! A count for all units, or several: a slider that sets them all, and a field for a list.

use labs::{Kind, Value};
use yew::prelude::*;

use super::number_field::{number_field, text_of};
use super::{ControlProps, name};
use crate::words;

/// Most characters of a list that the field shows at once.
const WIDEST: usize = 14;

/// The slider and the field.
#[component]
pub fn CountsControl(props: &ControlProps) -> Html {
    let (Kind::Counts { max }, Value::Sizes(counts)) = (props.control.kind, &props.value) else {
        return Html::default();
    };
    let text = props.control.write(&props.value);
    let is_equal = counts.iter().all(|count| Some(count) == counts.first());
    // For unequal counts the slider stands at their mean, and moving it makes them equal.
    let position = counts.iter().sum::<usize>() / counts.len().max(1);
    let share = 100.0 * (position as f64 - 1.0) / (max as f64 - 1.0);
    let oninput = {
        let set = props.set();
        move |event: InputEvent| {
            if let Ok(count) = text_of(&event).parse() {
                set.emit(Value::Sizes(vec![count]));
            }
        }
    };
    let spoken = if is_equal { position.to_string() } else { words::controls::unequal(&text) };
    let width = u32::try_from(text.len().clamp(4, WIDEST)).unwrap_or(4);
    html! {
        <>
            <div class="control-head">
                <label for={props.id()}>{ name(props.control) }</label>
                { number_field(text, words::controls::as_numbers(props.control.label), props.type_in(), width) }
            </div>
            { props.range("1", max as f64, position as f64, share, spoken, oninput.into()) }
        </>
    }
}
