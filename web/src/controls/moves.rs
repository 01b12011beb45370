//! How far units of a picture were dragged: what was moved, and a button that puts all back.

use labs::{Move, Value, number};
use yew::prelude::*;

use super::{ControlProps, name};
use crate::words;

/// Units that are told one by one.
const MAX_NAMED: usize = 4;

/// The units and the button.
#[component]
pub fn MovesControl(props: &ControlProps) -> Html {
    let Value::Moves(moves) = &props.value else { return Html::default() };
    let put_back = {
        let set = props.set();
        move |_: MouseEvent| set.emit(Value::Moves(Vec::new()))
    };
    html! {
        <fieldset class="repeats moves">
            <legend class="control-head">
                <span>{ name(props.control) }</span>
                <button type="button" class="plain" disabled={moves.is_empty()} onclick={put_back}>{ words::controls::PUT_BACK }</button>
            </legend>
            <output>{ told(moves) }</output>
        </fieldset>
    }
}

/// Who was moved, and by how much.
fn told(moves: &[Move]) -> String {
    if moves.is_empty() {
        return words::controls::UNMOVED.to_owned();
    }
    let one = |Move { unit, by }: &Move| {
        format!("{}: {}, {}", unit + 1, number::fixed(by.0, 2), number::fixed(by.1, 2))
    };
    let mut told: Vec<String> = moves.iter().take(MAX_NAMED).map(one).collect();
    if moves.len() > MAX_NAMED {
        told.push(words::controls::more_moved(moves.len() - MAX_NAMED));
    }
    told.join("; ")
}
