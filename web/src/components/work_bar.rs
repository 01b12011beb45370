//! How far a long run of repeats is, and a way to end it.

use crate::words;
use engine::protocol::Progress;
use labs::number;
use yew::prelude::*;

/// Properties of [`WorkBar`].
#[derive(Clone, PartialEq, Properties)]
pub struct WorkBarProps {
    /// How far the run is.
    pub progress: Progress,
    /// Ends it where it is.
    pub on_stop: Callback<()>,
}

/// The bar. It appears only once a run takes longer than the eye waits (the style delays it).
#[component]
pub fn WorkBar(props: &WorkBarProps) -> Html {
    let Progress { repeats_done, repeats_total, .. } = props.progress;
    if repeats_done >= repeats_total {
        return Html::default();
    }
    let share = f64::from(repeats_done) / f64::from(repeats_total);
    html! {
        <div class="work-bar">
            <progress max="1" value={share.to_string()} aria-label={words::page::SIMULATED} />
            <span aria-hidden="true">{ number::percent(share) }</span>
            <button type="button" onclick={props.on_stop.reform(|_| ())}>{ words::page::STOP }</button>
        </div>
    }
}
