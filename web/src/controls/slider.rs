//! A slider with its value as a field beside it, and buttons for the lecture's values.

use labs::{Kind, Value, number};
use yew::prelude::*;

use super::number_field::{SHORT, number_field, text_of};
use super::{ControlProps, name};
use crate::words;

/// The slider.
#[component]
pub fn SliderControl(props: &ControlProps) -> Html {
    let control = props.control;
    let value = props.number();
    let scale = use_memo(control.key, |_| SliderScale::of(&control.kind));
    let oninput = {
        let (set, scale) = (props.set(), scale.clone());
        move |event: InputEvent| {
            if let Some(position) = number::read(&text_of(&event)) {
                set.emit(Value::Number(scale.value(position)));
            }
        }
    };
    let presets = match control.kind {
        Kind::Linear { presets, .. } | Kind::Log { presets, .. } => presets,
        _ => &[],
    };
    let reading = (control.reading)(&props.value);
    let position = scale.position(value);
    let share = 100.0 * position / scale.last();
    let spoken = if reading.is_empty() {
        number::plain(value)
    } else {
        format!("{}, {reading}", number::plain(value))
    };
    html! {
        <>
            <div class="control-head">
                <label for={props.id()}>{ name(control) }</label>
                <span class="reading">{ &reading }</span>
                { number_field(number::plain(value), words::controls::as_number(control.label), props.type_in(), SHORT) }
            </div>
            { props.range("0", scale.last(), position, share, spoken, oninput.into()) }
            if !presets.is_empty() {
                <div class="presets">
                    { for presets.iter().map(|preset| {
                        let set = props.set();
                        let preset = *preset;
                        html! {
                            <button type="button" key={preset.to_string()} aria-pressed={(preset == value).to_string()}
                                onclick={move |_| set.emit(Value::Number(preset))}>{ number::plain(preset) }</button>
                        }
                    }) }
                    <span class="reading">{ words::controls::OF_LECTURE }</span>
                </div>
            }
        </>
    }
}

/// Positions of a slider, 0, 1, …, and the values that they stand for.
struct SliderScale {
    values: Vec<f64>,
}

impl SliderScale {
    fn of(kind: &Kind) -> Self {
        let values = match *kind {
            Kind::Linear { min, max, step, .. } => {
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "a few hundred steps"
                )]
                let last = ((max - min) / step).round() as u32;
                // Multiples of the step as a person writes them: 0.3, not 0.30000000000000004.
                (0..=last).map(|i| ((min + step * f64::from(i)) * 1e9).round() / 1e9).collect()
            }
            Kind::Log { min, max, .. } => number::log_values(min, max),
            _ => vec![0.0, 1.0],
        };
        Self { values }
    }

    fn last(&self) -> f64 {
        (self.values.len() - 1) as f64
    }

    fn position(&self, value: f64) -> f64 {
        let above = self.values.partition_point(|v| *v < value).min(self.values.len() - 1);
        let nearer_below = above > 0 && value - self.values[above - 1] < self.values[above] - value;
        (above - usize::from(nearer_below)) as f64
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a position of the slider")]
    fn value(&self, position: f64) -> f64 {
        self.values[(position.max(0.0) as usize).min(self.values.len() - 1)]
    }
}
