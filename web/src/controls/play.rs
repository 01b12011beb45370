//! A slider that counts up by itself when it is played.

use labs::{Kind, Value, number};
use yew::prelude::*;

use super::number_field::text_of;
use super::{ControlProps, name};
use crate::effects::Later;
use crate::words;

/// Time between two steps, in milliseconds.
const STEP_MS: i32 = 260;

/// The slider and its button.
#[component]
pub fn PlayControl(props: &ControlProps) -> Html {
    let (Kind::Play { max }, Value::Number(value)) = (props.control.kind, &props.value) else {
        return Html::default();
    };
    let (value, last) = (*value, f64::from(max));
    let is_playing = use_state_eq(|| false);
    {
        // One step, then the new value calls for the next.
        let (set, is_playing) = (props.set(), is_playing.clone());
        use_effect_with((*is_playing, value.to_bits()), move |(playing, _)| {
            let step = move || {
                if value >= last {
                    is_playing.set(false);
                } else {
                    set.emit(Value::Number(value + 1.0));
                }
            };
            let step = playing.then(|| Later::after(STEP_MS, step));
            move || drop(step)
        });
    }
    let onclick = {
        let (set, is_playing) = (props.set(), is_playing.clone());
        move |_: MouseEvent| {
            if !*is_playing && value >= last {
                set.emit(Value::Number(0.0));
            }
            is_playing.set(!*is_playing);
        }
    };
    let oninput = {
        let (set, is_playing) = (props.set(), is_playing.clone());
        move |event: InputEvent| {
            is_playing.set(false);
            if let Some(position) = number::read(&text_of(&event)) {
                set.emit(Value::Number(position));
            }
        }
    };
    html! {
        <>
            <div class="control-head">
                <label for={props.id()}>{ name(props.control) }</label>
                <span class="reading">{ if value >= last { words::controls::ALL.to_owned() } else { value.to_string() } }</span>
                <button type="button" class="plain" {onclick}>{ if *is_playing { words::controls::PAUSE } else { words::controls::PLAY } }</button>
            </div>
            <input type="range" id={props.id()} min="0" max={max.to_string()} step="1" value={value.to_string()}
                ~style={format!("--fill: {:.2}%", 100.0 * value / last)} {oninput} />
        </>
    }
}
