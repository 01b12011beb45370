//! How far a long run of repeats is, and a way to end it.

use super::button;
use crate::words;
use engine::protocol::Progress;
use labs::number;
use yew::prelude::*;

/// The bar. It appears only once a run takes longer than the eye waits (the style delays it).
///
/// - `run_id`: another run has a bar of its own.
/// - `on_stop`: ends it where it is.
pub fn work_bar(run_id: u32, progress: Progress, on_stop: &Callback<()>) -> Html {
    let Progress { repeats_done, repeats_total, .. } = progress;
    if repeats_done >= repeats_total {
        return Html::default();
    }
    let share = f64::from(repeats_done) / f64::from(repeats_total);
    html! {
        <div class="work-bar" key={run_id}>
            <progress max="1" value={share.to_string()} aria-label={words::page::SIMULATED} />
            <span aria-hidden="true">{ number::percent(share) }</span>
            { button(words::page::STOP, on_stop.reform(|_| ())) }
        </div>
    }
}
