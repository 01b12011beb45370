//! The seed of all random numbers: new data at a press, and the number that brings these back.

use labs::{Kind, Value, number};
use yew::prelude::*;

use super::ControlProps;
use super::number_field::number_field;
use crate::components::primary_button;

/// Properties of [`SeedControl`]: those of every control, and who makes a fresh seed.
#[derive(Clone, PartialEq, Properties)]
pub struct SeedProps {
    /// What it sets, and to what.
    pub common: ControlProps,
    /// Takes the wish for a fresh seed.
    pub on_fresh: Callback<()>,
}

/// The button and the field.
#[component]
pub fn SeedControl(props: &SeedProps) -> Html {
    let common = &props.common;
    let Kind::Seed { button, named, .. } = common.control.kind else { return Html::default() };
    html! {
        <>
        <div class="seed">
            { primary_button(button, props.on_fresh.reform(|_| ())) }
            <label class="seed-field">
                <span>{ common.control.label }</span>
                { number_field(number::plain(common.number()), common.control.label.to_owned(), common.type_in(), 7) }
            </label>
        </div>
        if !named.is_empty() {
            <div class="presets">
                { for named.iter().map(|(seed, name)| {
                    let set = common.set();
                    let seed = f64::from(*seed);
                    html! {
                        <button type="button" key={*name} aria-pressed={(seed == common.number()).to_string()}
                            onclick={move |_| set.emit(Value::Number(seed))}>{ *name }</button>
                    }
                }) }
            </div>
        }
        </>
    }
}
