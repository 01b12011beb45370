//! A word of the field with its explanation: by pointer, focus or tap, and gone with Escape (WCAG 1.4.13).

use std::cell::Cell;

use labs::glossary::{Piece, Seen, marked};
use wasm_bindgen::JsValue;
use web_sys::Element;
use yew::prelude::*;

use crate::effects::window;

/// Width of an explanation, and its distance from the edge of the window, in CSS pixels.
const WIDTH: f64 = 300.0;
const EDGE: f64 = 8.0;
/// Room that an explanation takes, in CSS pixels: with less below, it stands above.
const ROOM: f64 = 170.0;

/// `text` with its terms marked, those that `seen` knows left out.
pub(super) fn prose(text: &str, seen: &mut Seen) -> Html {
    marked(text, seen)
        .into_iter()
        .map(|piece| match piece {
            Piece::Plain(words) => html! { { words.to_owned() } },
            Piece::Term(word, entry) => {
                html! { <Term ..TermProps { word: word.to_owned(), text: entry.text } /> }
            }
        })
        .collect()
}

#[derive(Clone, PartialEq, Properties)]
struct TermProps {
    word: String,
    text: &'static str,
}

/// Where the explanation stands beside its word.
#[derive(Clone, Copy, PartialEq)]
struct Place {
    left: f64,
    width: f64,
    is_above: bool,
}

#[component]
fn Term(props: &TermProps) -> Html {
    let node = use_node_ref();
    let place = use_state_eq(|| None::<Place>);
    let id = use_memo((), |()| next_id());
    let show = {
        let (node, place) = (node.clone(), place.clone());
        Callback::from(move |()| place.set(node.cast::<Element>().map(|word| place_beside(&word))))
    };
    let hide = {
        let place = place.clone();
        Callback::from(move |()| place.set(None))
    };
    let onclick = {
        let (show, stop) = (show.clone(), |event: &MouseEvent| event.stop_propagation());
        move |event: MouseEvent| {
            stop(&event);
            show.emit(());
        }
    };
    let onkeydown = {
        let (hide, is_shown) = (hide.clone(), place.is_some());
        move |event: KeyboardEvent| {
            if event.key() == "Escape" && is_shown {
                event.stop_propagation();
                hide.emit(());
            }
        }
    };
    // On touch the pointer leaves as the finger does; the focus then keeps the explanation.
    let onpointerenter = {
        let show = show.clone();
        move |event: PointerEvent| {
            if event.pointer_type() == "mouse" {
                show.emit(());
            }
        }
    };
    let onpointerleave = {
        let hide = hide.clone();
        move |event: PointerEvent| {
            if event.pointer_type() == "mouse" {
                hide.emit(());
            }
        }
    };
    let style = place.map(|place| {
        let Place { left, width, is_above } = place;
        let side = if is_above { "bottom" } else { "top" };
        format!("left:{left}px;width:{width}px;{side}:100%")
    });
    html! {
        <span class="term-place" {onpointerenter} {onpointerleave} {onkeydown}>
            <button ref={node} type="button" class="term" aria-describedby={style.as_ref().map(|_| (*id).clone())} {onclick}
                onfocus={show.reform(|_| ())} onblur={hide.reform(|_| ())}>{ &props.word }</button>
            if let Some(style) = style {
                <span class="tip" role="tooltip" id={(*id).clone()} ~style={style}><span>{ props.text }</span></span>
            }
        </span>
    }
}

/// Below the word, or above where there is no room, moved so that it stays in the window.
fn place_beside(word: &Element) -> Place {
    let size = |value: Result<JsValue, JsValue>| value.ok().and_then(|value| value.as_f64()).unwrap_or(900.0);
    let (window_width, window_height) = (size(window().inner_width()), size(window().inner_height()));
    let rect = word.get_bounding_client_rect();
    let width = WIDTH.min(window_width - 2.0 * EDGE);
    let left = rect.left().min(window_width - EDGE - width).max(EDGE);
    Place {
        left: left - rect.left(),
        width,
        is_above: rect.bottom() + ROOM > window_height && rect.top() > ROOM,
    }
}

fn next_id() -> String {
    thread_local! {
        static NEXT: Cell<u32> = const { Cell::new(0) };
    }
    NEXT.with(|next| format!("term-{}", next.replace(next.get() + 1)))
}
