//! The page inside another one: the main picture, its controls, and a way to the whole.

use labs::{Frame, link};
use yew::prelude::*;

use super::{ControlPanel, ControlPanelProps};
use crate::effects::address_bar::base_address;
use crate::words;

/// The compact page.
///
/// - `heading`: of the lab.
/// - `run_id`, `run`: number of the run on screen, and how it fares, in a word.
/// - `picture`: the card of the main picture.
pub fn embed(
    controls: ControlPanelProps,
    frame: Frame,
    heading: String,
    (run_id, run): (u32, &'static str),
    picture: Html,
) -> Html {
    let whole = Frame { is_embedded: false, ..frame };
    let address = format!("{}{}", base_address(), link::write_framed(&controls.scenario, &whole));
    html! {
        <div class="embed">
            <main id="main" data-run={run_id.to_string()} data-state={run}>
                <h1>{ heading }</h1>
                <div class="desk">
                    <ControlPanel ..controls />
                    <div class="main-column">{ picture }</div>
                </div>
            </main>
            <footer><a href={address} target="_blank" rel="noopener">{ words::page::OPEN_WHOLE }</a></footer>
        </div>
    }
}
