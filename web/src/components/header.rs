//! The bar at the top: name, menu of labs, link and theme.

use std::rc::Rc;

use labs::registry::{NAMES, START};
use labs::{Frame, Scenario};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

use super::{AskCode, CodeButton, CodeProps, ShareButton, ShareProps, present_tools};
use crate::state::Action;
use crate::words;

/// Properties of [`Header`].
#[derive(Clone, PartialEq, Properties)]
pub struct HeaderProps {
    /// What the link names.
    pub scenario: Rc<Scenario>,
    /// What stands around it.
    pub frame: Frame,
    /// Whether the page is dark.
    pub is_dark: bool,
    /// Turns light to dark and back.
    pub on_theme: Callback<()>,
    /// Takes the choice of a lab.
    pub on_action: Callback<Action>,
    /// Takes the wish for programs.
    pub on_code: AskCode,
}

/// The bar.
#[component]
pub fn Header(props: &HeaderProps) -> Html {
    let nav = use_node_ref();
    {
        let nav = nav.clone();
        // On a phone the menu scrolls: the lab on screen is always in sight.
        use_effect_with((props.frame.chapter, props.scenario.lab_index()), move |_| {
            let nav = nav.cast::<HtmlElement>();
            let link = nav.as_ref().and_then(|nav| nav.query_selector("[aria-current=page]").ok()?);
            if let (Some(nav), Some(link)) = (nav, link) {
                nav.set_scroll_left(
                    link.unchecked_into::<HtmlElement>().offset_left() - nav.offset_left() - 60,
                );
            }
        });
    }
    let theme_label = if props.is_dark { words::page::TO_LIGHT } else { words::page::TO_DARK };
    html! {
        <header class="bar">
            <a class="brand" href="#/" onclick={open_lab(&props.on_action, START)}>
                { logo() }<span>{ words::page::NAME }</span>
            </a>
            <nav aria-label={words::page::LABS} ref={nav}>
                <a key="lecture" href="#/lecture/1" title={words::page::WHOLE_LECTURE} aria-current={props.frame.chapter.map(|_| "page")}
                    onclick={super::lecture::open_chapter(&props.on_action, props.frame.chapter.unwrap_or(0))}>{ words::page::LECTURE }</a>
                { for NAMES.iter().enumerate().filter(|(_, name)| name.is_in_menu).zip(1..).map(|((lab, name), number)| {
                    let is_here = props.frame.chapter.is_none() && props.scenario.lab_index() == lab;
                    html! {
                        <a key={name.slug} href={format!("#/{}", name.slug)} title={name.summary}
                            aria-current={is_here.then_some("page")} onclick={open_lab(&props.on_action, lab)}>
                            <span class="number" aria-hidden="true">{ number }</span>{ name.title }
                        </a>
                    }
                }) }
            </nav>
            <div class="tools">
                { present_tools(props.frame, &props.on_action) }
                <CodeButton ..CodeProps { scenario: Rc::clone(&props.scenario), on_code: props.on_code.clone() } />
                <ShareButton ..ShareProps { scenario: Rc::clone(&props.scenario), frame: props.frame } />
                <button type="button" class="icon" aria-label={theme_label} title={theme_label}
                    onclick={let on_theme = props.on_theme.clone(); move |_| on_theme.emit(())}>
                    <svg viewBox="0 0 16 16" aria-hidden="true"><circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" stroke-width="1.6" /><path d="M8 1.8a6.2 6.2 0 0 1 0 12.4z" fill="currentColor" /></svg>
                </button>
            </div>
        </header>
    }
}

/// A plain click opens the lab in place; one with a key held is the browser's (a new tab).
fn open_lab(on_action: &Callback<Action>, lab: usize) -> Callback<MouseEvent> {
    let on_action = on_action.clone();
    Callback::from(move |event: MouseEvent| {
        if !(event.ctrl_key() || event.meta_key() || event.shift_key()) && event.button() == 0 {
            event.prevent_default();
            on_action.emit(Action::OpenLab(lab));
        }
    })
}

fn logo() -> Html {
    html! {
        <svg class="logo" viewBox="0 0 32 24" aria-hidden="true">
            <path class="wide" d="M1.5 21C8 21 9.500 8 16 8s8 13 14.500 13" />
            <path class="narrow" d="M7.500 21C12 21 12 3 16 3s4 18 8.500 18" />
        </svg>
    }
}
