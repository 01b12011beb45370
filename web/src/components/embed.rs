//! The page inside another one: the main picture, its controls, and a way to the whole.

use std::rc::Rc;

use labs::{Frame, Notice, Scenario, link};
use yew::prelude::*;

use super::ControlPanel;
use crate::effects::address_bar::base_address;
use crate::state::Action;
use crate::words;

/// Properties of [`Embed`].
#[derive(Clone, PartialEq, Properties)]
pub struct EmbedProps {
    /// What is on screen.
    pub scenario: Rc<Scenario>,
    /// What stands around it.
    pub frame: Frame,
    /// Heading of the lab.
    pub heading: String,
    /// What to say beside which control.
    pub notices: Rc<Vec<Notice>>,
    /// Number of the run on screen.
    pub run_id: u32,
    /// How it fares, in a word.
    pub run: &'static str,
    /// Takes what the reader sets.
    pub on_action: Callback<Action>,
    /// Takes the wish for a fresh seed.
    pub on_fresh_seed: Callback<()>,
    /// The card of the main picture.
    pub children: Html,
}

/// The compact page.
#[component]
pub fn Embed(props: &EmbedProps) -> Html {
    let whole = Frame { is_embedded: false, ..props.frame };
    let address = format!("{}{}", base_address(), link::write_framed(&props.scenario, &whole));
    html! {
        <div class="embed">
            <main id="main" data-run={props.run_id.to_string()} data-state={props.run}>
                <h1>{ &props.heading }</h1>
                <div class="desk">
                    <ControlPanel scenario={Rc::clone(&props.scenario)} notices={Rc::clone(&props.notices)}
                        on_action={props.on_action.clone()} on_fresh_seed={props.on_fresh_seed.clone()} is_compact=true />
                    <div class="main-column">{ props.children.clone() }</div>
                </div>
            </main>
            <footer><a href={address} target="_blank" rel="noopener">{ words::page::OPEN_WHOLE }</a></footer>
        </div>
    }
}
