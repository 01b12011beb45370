//! What is on screen for others: link, QR code, and a frame in another page.

use std::rc::Rc;

use labs::{Frame, Scenario, link};
use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

use super::{CopyButton, CopyProps, Dialog, DialogProps, QrCode, QrProps};
use crate::annex::{once_here, use_annex};
use crate::effects::address_bar::base_address;
use crate::effects::updates::use_is_kept;
use crate::words;

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
    let annex = use_annex();
    let is_open = use_state_eq(|| false);
    let open = |to: bool| {
        let is_open = is_open.clone();
        Callback::from(move |()| {
            once_here(drop);
            is_open.set(to);
        })
    };
    let children = annex.map(|annex| (annex.ways)(props.clone())).unwrap_or_default();
    html! {
        <>
            <button type="button" class="primary" aria-haspopup="dialog" onclick={open(true).reform(|_| ())}>{ words::share::SHARE }</button>
            <Dialog ..DialogProps { id: "share", title: words::share::TITLE, is_open: *is_open, on_close: open(false), children } />
        </>
    }
}

/// Size of the frame in another page, in CSS pixels: a slide's.
const FRAME_SIZE: (u32, u32) = (960, 600);

/// The link, its code for the back row, and the frame.
#[component]
pub fn Ways(props: &ShareProps) -> Html {
    let is_large = use_state_eq(|| false);
    let is_kept = use_is_kept();
    let base = base_address();
    // A projector's step is nothing for a reader at home.
    let frame = Frame { present: None, is_embedded: false, ..props.frame };
    let address = AttrValue::from(format!("{base}{}", link::write_framed(&props.scenario, &frame)));
    let embedded = Frame { is_embedded: true, ..frame };
    let source = format!("{base}{}", link::write_framed(&props.scenario, &embedded));
    let title = props.scenario.lab().meta().name.title;
    let (width, height) = FRAME_SIZE;
    let frame_title = words::share::frame_title(title);
    let code = AttrValue::from(format!(
        "<iframe src=\"{}\" width=\"{width}\" height=\"{height}\" style=\"border:0;max-width:100%\" loading=\"lazy\" allow=\"clipboard-write; fullscreen\" title=\"{frame_title}\"></iframe>",
        source.replace('&', "&amp;").replace('"', "&quot;")
    ));
    let toggle = {
        let is_large = is_large.clone();
        move |_: MouseEvent| is_large.set(!*is_large)
    };
    if base.is_empty() {
        return from_file(address, !carries_no_data(&props.scenario));
    }
    html! {
        <div class={classes!("share", is_large.then_some("large"))}>
            <div class="share-code">
                <QrCode ..QrProps { text: address.clone() } />
                <button type="button" onclick={toggle} aria-pressed={is_large.to_string()}>{ if *is_large { words::share::SMALLER } else { words::share::LARGER } }</button>
            </div>
            <div class="share-ways">
                <label for="share-link">{ words::share::LINK }</label>
                <input id="share-link" readonly=true value={address.clone()} onfocus={select_input} />
                <CopyButton ..CopyProps { class: "primary", label: words::share::COPY_LINK, done: words::share::LINK_COPIED, text: address.clone() } />
                if carries_no_data(&props.scenario) {
                    <p class="help">{ words::share::TABLE_TOO_LONG }</p>
                } else {
                    <p class="help">{ words::share::ABOUT_LINK }</p>
                }
                <label for="share-embed">{ words::share::EMBED }</label>
                <textarea id="share-embed" readonly=true rows="4" value={code.clone()} onfocus={select_text} />
                <CopyButton ..CopyProps { class: "", label: words::share::COPY_CODE, done: words::share::CODE_COPIED, text: code } />
                <p class="help">{ words::share::ABOUT_EMBED }</p>
                <p class="share-files">{ words::share::FILES }</p>
                if is_kept {
                    <p class="share-files">{ words::share::IS_KEPT }</p>
                }
            </div>
        </div>
    }
}

/// The dialog of a page that is a file: it has no address for others, and needs none.
///
/// - `link`: what follows the address of any copy of the page.
/// - `has_data`: whether it carries all data.
fn from_file(link: AttrValue, has_data: bool) -> Html {
    html! {
        <div class="share-ways">
            <p>{ words::share::FROM_FILE }</p>
            <label for="share-link">{ words::share::SETTINGS }</label>
            <input id="share-link" readonly=true value={link.clone()} onfocus={select_input} />
            <CopyButton ..CopyProps { class: "primary", label: words::share::COPY_SETTINGS, done: words::share::SETTINGS_COPIED, text: link } />
            if has_data {
                <p class="help">{ words::share::ABOUT_SETTINGS }</p>
            } else {
                <p class="help">{ words::share::TABLE_TOO_LONG }</p>
            }
            <p class="share-files">{ words::share::FILES }</p>
        </div>
    }
}

/// Whether the reader's own data stay out of the link.
#[must_use]
pub fn carries_no_data(scenario: &Scenario) -> bool {
    let controls = scenario.lab().controls();
    (0..controls.len()).any(|index| {
        (controls[index].applies)(&scenario.values()) && !controls[index].fits_in_link(scenario.value(index))
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
