//! One file for each kind of widget.

mod choice;
mod counts;
mod moves;
mod number_field;
mod play;
mod repeats;
mod seed;
mod sizes;
mod slider;
mod table;

use labs::{Control, Value};
use yew::prelude::*;

pub use choice::ChoiceControl;
pub use counts::CountsControl;
pub use moves::MovesControl;
pub(crate) use number_field::text_of;
pub use number_field::{NumberField, NumberFieldProps};
pub use play::PlayControl;
pub use repeats::RepeatsControl;
pub use seed::{SeedControl, SeedProps};
pub use sizes::SizesControl;
pub use slider::SliderControl;
pub use table::TableControl;

use crate::components::math;
use crate::state::Action;

/// Properties that every widget has.
#[derive(Clone, Properties)]
pub struct ControlProps {
    /// What it sets.
    pub control: &'static Control,
    /// Its index in the lab.
    pub index: usize,
    /// Its value now.
    pub value: Value,
    /// The sentence below it; may be empty.
    pub help: &'static str,
    /// Takes the new value.
    pub on_action: Callback<Action>,
}

impl PartialEq for ControlProps {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.control, other.control)
            && self.index == other.index
            && self.value == other.value
            && self.help == other.help
            && self.on_action == other.on_action
    }
}

impl ControlProps {
    /// Sets the control to `value`.
    fn set(&self) -> Callback<Value> {
        let index = self.index;
        self.on_action.reform(move |value| Action::SetControl { index, value })
    }

    /// Sets the control to what was typed.
    fn type_in(&self) -> Callback<String> {
        let index = self.index;
        self.on_action.reform(move |text| Action::TypeControl { index, text })
    }

    fn number(&self) -> f64 {
        match self.value {
            Value::Number(number) => number,
            Value::Sizes(_) | Value::Choice(_) | Value::Table(_) | Value::Moves(_) => f64::NAN,
        }
    }

    /// The control as a slider in steps of 1.
    ///
    /// - `share`: how much of it is filled, in per cent.
    /// - `spoken`: the value as screen readers say it.
    fn range(
        &self,
        min: &'static str,
        max: f64,
        position: f64,
        share: f64,
        spoken: String,
        oninput: Callback<InputEvent>,
    ) -> Html {
        html! {
            <input type="range" id={self.id()} {min} max={max.to_string()} step="1" value={position.to_string()}
                ~style={format!("--fill: {share:.2}%")} aria-valuetext={spoken}
                aria-describedby={self.described_by()} {oninput} />
        }
    }

    fn id(&self) -> String {
        format!("control-{}", self.control.key)
    }

    /// Id of the sentence below, for who has the control read aloud; `None` if there is none.
    fn described_by(&self) -> Option<String> {
        (!self.help.is_empty()).then(|| format!("help-{}", self.control.key))
    }
}

/// Name and symbol of a control.
fn name(control: &'static Control) -> Html {
    html! { <>{ control.label }{ " " }{ math(control.symbol) }</> }
}
