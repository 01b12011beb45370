//! What is on screen for others: link, QR code, and a frame in another page.

use std::rc::Rc;

use labs::{Frame, Scenario, Value, link};
use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

use super::{CopyButton, Dialog, QrCode};
use crate::effects::address_bar::base_address;

/// Properties of [`ShareButton`].
#[derive(Clone, PartialEq, Properties)]
pub struct ShareProps {
    /// What the link names.
    pub scenario: Rc<Scenario>,
    /// What stands around it.
    pub frame: Frame,
}

/// Opens the dialog.
#[component]
pub fn ShareButton(props: &ShareProps) -> Html {
    let is_open = use_state_eq(|| false);
    let open = |to: bool| {
        let is_open = is_open.clone();
        Callback::from(move |()| is_open.set(to))
    };
    html! {
        <>
            <button type="button" class="primary" aria-haspopup="dialog" onclick={open(true).reform(|_| ())}>{ "Share" }</button>
            <Dialog id="share" title="Share what is on screen" is_open={*is_open} on_close={open(false)}>
                <Ways ..props.clone() />
            </Dialog>
        </>
    }
}

/// Size of the frame in another page, in CSS pixels: a slide's.
const FRAME_SIZE: (u32, u32) = (960, 600);

#[component]
fn Ways(props: &ShareProps) -> Html {
    let is_large = use_state_eq(|| false);
    let base = base_address();
    // A projector's step is nothing for a reader at home.
    let frame = Frame { present: None, is_embedded: false, ..props.frame };
    let address = AttrValue::from(format!("{base}{}", link::write_framed(&props.scenario, &frame)));
    let embedded = Frame { is_embedded: true, ..frame };
    let source = format!("{base}{}", link::write_framed(&props.scenario, &embedded));
    let title = props.scenario.lab().meta().title;
    let (width, height) = FRAME_SIZE;
    let code = AttrValue::from(format!(
        "<iframe src=\"{}\" width=\"{width}\" height=\"{height}\" style=\"border:0;max-width:100%\" loading=\"lazy\" allow=\"clipboard-write; fullscreen\" title=\"Shrinkage Lab: {title}\"></iframe>",
        source.replace('&', "&amp;").replace('"', "&quot;")
    ));
    let toggle = {
        let is_large = is_large.clone();
        move |_: MouseEvent| is_large.set(!*is_large)
    };
    html! {
        <div class={classes!("share", is_large.then_some("large"))}>
            <div class="share-code">
                <QrCode text={address.clone()} />
                <button type="button" onclick={toggle} aria-pressed={is_large.to_string()}>{ if *is_large { "Smaller" } else { "For the back row" } }</button>
            </div>
            <div class="share-ways">
                <label for="share-link">{ "Link" }</label>
                <input id="share-link" readonly=true value={address.clone()} onfocus={select_input} />
                <CopyButton class="primary" label="Copy link" done="Link copied" text={address.clone()} />
                if carries_no_data(&props.scenario) {
                    <p class="help">{ "Your table is too long for a link: send the file with it." }</p>
                } else {
                    <p class="help">{ "It brings back these settings, these data and these draws, in any browser." }</p>
                }
                <label for="share-embed">{ "In a page or in slides" }</label>
                <textarea id="share-embed" readonly=true rows="4" value={code.clone()} onfocus={select_text} />
                <CopyButton label="Copy the code" done="Code copied" text={code} />
                <p class="help">{ "The picture with its main controls, for HTML, Quarto and reveal.js." }</p>
                <p class="share-files">{ "Pictures as SVG and PNG and values as CSV: the arrow at every card. Data and model: the button Code." }</p>
            </div>
        </div>
    }
}

/// Whether the reader's own data stay out of the link.
fn carries_no_data(scenario: &Scenario) -> bool {
    let controls = scenario.lab().controls();
    (0..controls.len()).any(|index| {
        let applies = (controls[index].applies)(&scenario.values());
        applies && matches!(scenario.value(index), Value::Table(own) if !own.fits_in_link())
    })
}

fn select_input(event: FocusEvent) {
    if let Some(field) = event.target_dyn_into::<HtmlInputElement>() {
        field.select();
    }
}

fn select_text(event: FocusEvent) {
    if let Some(field) = event.target_dyn_into::<HtmlTextAreaElement>() {
        field.select();
    }
}
