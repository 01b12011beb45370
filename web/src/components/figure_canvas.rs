//! A figure on a canvas: drawn at its own width and pixel ratio, its units lit
//! up by pointer and arrow keys, its content in words beside it.
//!
//! While a hand drags, only what is in sight is drawn; the rest follows when it rests.

use std::cell::RefCell;
use std::rc::Rc;

use labs::{Body, Panel};
use plots::{Figure, FixedMetrics, HotSpot, Theme, View, grip_at, unit_at};
use plotters::drawing::IntoDrawingArea;
use wasm_bindgen::prelude::*;
use web_sys::{
    HtmlCanvasElement, HtmlElement, IntersectionObserver, IntersectionObserverEntry, ResizeObserver,
};
use yew::prelude::*;

use crate::annex;
use crate::canvas::Canvas;
use crate::effects::theme::prefers_reduced_motion;
use crate::effects::{Later, letters, window};
use crate::state::{Action, Shown};
use crate::words;

/// How long an estimate takes to its new place when it is not dragged, in milliseconds.
const TRAVEL_MS: f64 = 200.0;
/// Changes that follow each other faster are a drag: the picture is then at the hand, not behind it.
const DRAG_MS: f64 = 250.0;
/// How long a picture out of sight must hold still before it is drawn, in milliseconds.
const UNSEEN_PAUSE_MS: i32 = 150;
/// How long a picture must hold still before it is put into words, in milliseconds.
const WORDS_PAUSE_MS: i32 = 400;

/// Properties of [`FigureCanvas`].
#[derive(Clone, PartialEq, Properties)]
pub struct FigureProps {
    /// The panel whose figure it is.
    pub panel: Shown,
    /// Unit that is lit up.
    pub highlight: Option<u32>,
    /// Colors and sizes.
    pub theme: Theme,
    /// Whether it fills the height that it is given, else it takes what looks best.
    #[prop_or_default]
    pub is_filling: bool,
    /// Takes hovering and choosing.
    pub on_action: Callback<Action>,
}

/// What is on the canvas, and where it is on its way to.
#[derive(Default)]
struct Easel {
    shown: Option<Figure>,
    from: Option<Figure>,
    target: Option<(Shown, View)>,
    size: (f64, f64),
    began_ms: f64,
    changed_ms: f64,
    frame: Option<Later>,
    spots: Vec<HotSpot>,
    is_out_of_sight: bool,
    /// The timer of a picture that is out of sight and not yet drawn.
    late: Option<Later>,
    /// Whether it will be drawn anew when letters have come.
    awaits_letters: bool,
    /// Whether it will be drawn when the annex has come, which alone can.
    awaits_annex: bool,
    /// What a hand holds.
    held: Option<Held>,
    /// Whether what the hand let go last had been dragged: then it was not chosen.
    was_dragged: bool,
}

/// A unit in a hand.
struct Held {
    /// As it was when the hand took hold: the axes may change while it moves.
    spot: HotSpot,
    /// Where the hand took hold, in CSS pixels within the figure.
    from: (f64, f64),
    has_moved: bool,
}

/// How much further a finger reaches than a pointer, in CSS pixels.
const FINGER: f64 = 12.0;
/// Movement below this is a click, in CSS pixels.
const STILL: f64 = 3.0;
/// How far a unit goes at one stroke of a key, in CSS pixels.
const KEY_STEP: f64 = 6.0;

/// The canvas and its text alternative.
#[component]
pub fn FigureCanvas(props: &FigureProps) -> Html {
    let frame = use_node_ref();
    let canvas = use_node_ref();
    let size = use_state_eq(|| (0.0, None));
    let easel = use_mut_ref(Easel::default);
    let words = use_state_eq(AttrValue::default);
    use_size(frame.clone(), props.is_filling, size.setter());
    use_sight(canvas.clone(), Rc::clone(&easel));
    use_finger(canvas.clone(), Rc::clone(&easel));

    {
        let (canvas, easel) = (canvas.clone(), Rc::clone(&easel));
        let view = View { theme: props.theme, highlight: props.highlight };
        use_effect_with((props.panel.clone(), view, *size), move |(panel, view, size)| {
            if let (Some(canvas), true) = (canvas.cast::<HtmlCanvasElement>(), size.0 > 0.0) {
                show(&easel, &canvas, panel, *view, *size);
            }
        });
    }
    {
        let words = words.setter();
        use_effect_with(props.panel.clone(), move |panel| {
            let panel = panel.clone();
            let say = Later::after(WORDS_PAUSE_MS, move || {
                annex::when_here(move |annex| {
                    if let Body::Figure(figure) = &panel.body {
                        words.set((annex.describe)(figure).into());
                    }
                });
            });
            move || drop(say)
        });
    }
    let onpointerdown = {
        let (easel, on_action, canvas) = (Rc::clone(&easel), props.on_action.clone(), canvas.clone());
        move |event: PointerEvent| {
            let from = (f64::from(event.offset_x()), f64::from(event.offset_y()));
            let slack = if event.pointer_type() == "touch" { FINGER } else { 0.0 };
            let mut easel = easel.borrow_mut();
            easel.was_dragged = false;
            let spot = grip_at(&easel.spots, from.0, from.1, slack).filter(|_| event.is_primary());
            if let (Some(spot), 0) = (spot, event.button()) {
                if let Some(canvas) = canvas.cast::<HtmlCanvasElement>() {
                    let _ = canvas.set_pointer_capture(event.pointer_id());
                }
                easel.held = Some(Held { spot, from, has_moved: false });
                drop(easel);
                on_action.emit(Action::Grab { is_held: true });
                on_action.emit(Action::Hover(Some(spot.unit)));
            }
        }
    };
    let onpointermove = {
        let (easel, on_action, highlight) = (Rc::clone(&easel), props.on_action.clone(), props.highlight);
        let (panel, canvas) = (props.panel.clone(), canvas.clone());
        move |event: PointerEvent| {
            let at = (f64::from(event.offset_x()), f64::from(event.offset_y()));
            if let Some((unit, by)) = easel.borrow_mut().follow(at) {
                if let Some(by) = by {
                    on_action.emit(Action::Drag { panel: panel.id.clone(), unit, by });
                }
                return;
            }
            let (unit, grip) = {
                let spots = &easel.borrow().spots;
                (unit_at(spots, at.0, at.1), grip_at(spots, at.0, at.1, 0.0))
            };
            if let Some(canvas) = canvas.cast::<HtmlElement>() {
                let _ = canvas.style().set_property("cursor", if grip.is_some() { "grab" } else { "" });
            }
            if unit.is_some() && unit != highlight {
                on_action.emit(Action::Hover(unit));
            }
        }
    };
    let let_go = {
        let (easel, on_action, panel) = (Rc::clone(&easel), props.on_action.clone(), props.panel.clone());
        Callback::from(move |event: PointerEvent| {
            let held = easel.borrow_mut().held.take();
            if let Some(held) = held {
                easel.borrow_mut().was_dragged = held.has_moved;
                on_action.emit(Action::Grab { is_held: false });
                // A finger that holds a unit gives no click: see `use_finger`.
                if !held.has_moved && event.type_() == "pointerup" && event.pointer_type() == "touch" {
                    on_action.emit(chosen(&panel, Some(held.spot.unit)));
                }
            }
        })
    };
    let onpointerleave = {
        let (easel, on_action) = (Rc::clone(&easel), props.on_action.clone());
        move |_: PointerEvent| {
            if easel.borrow().held.is_none() {
                on_action.emit(Action::Hover(None));
            }
        }
    };
    let onclick = {
        let (easel, on_action, panel) = (Rc::clone(&easel), props.on_action.clone(), props.panel.clone());
        move |event: MouseEvent| {
            if std::mem::take(&mut easel.borrow_mut().was_dragged) {
                return;
            }
            let unit =
                unit_at(&easel.borrow().spots, f64::from(event.offset_x()), f64::from(event.offset_y()));
            on_action.emit(chosen(&panel, unit));
        }
    };
    let onblur = {
        // A cell that keys went to is not kept: what follows may have other units.
        let (on_action, panel) = (props.on_action.clone(), props.panel.clone());
        move |_: FocusEvent| {
            if row_length(&panel).is_some() {
                on_action.emit(Action::Pin(None));
            }
        }
    };
    let onkeydown = {
        let (easel, on_action, highlight) = (Rc::clone(&easel), props.on_action.clone(), props.highlight);
        let panel = props.panel.clone();
        move |event: KeyboardEvent| {
            let key = event.key();
            let row = row_length(&panel);
            let moved = highlight.zip(stroke(&event)).and_then(|(unit, by)| {
                let easel = easel.borrow();
                let spot = easel.spots.iter().find(|spot| spot.unit == unit && spot.grip.is_some())?;
                Some((unit, spot.moved(by)?))
            });
            if let Some((unit, by)) = moved {
                event.prevent_default();
                on_action.emit(Action::Drag { panel: panel.id.clone(), unit, by });
            } else if let (Some(unit), Some(_), "Enter") = (highlight, row, key.as_str()) {
                event.prevent_default();
                on_action.emit(chosen(&panel, Some(unit)));
            } else if let Some(unit) = unit_by_key(&easel.borrow().spots, row, highlight, &key) {
                event.prevent_default();
                on_action.emit(Action::Pin(unit));
            }
        }
    };
    let Body::Figure(figure) = &props.panel.body else { return Html::default() };
    let keys = match figure {
        Figure::Slopegraph(_) | Figure::Forest(_) | Figure::Scatter(_) => Some(words::figure::SCHOOLS),
        Figure::Cloud(cloud) if cloud.units.iter().any(|unit| unit.is_movable) => {
            Some(words::figure::MOVABLE_UNITS)
        }
        Figure::Cloud(_) => Some(words::figure::UNITS),
        Figure::HeatMap(_) => Some(words::figure::CELLS),
        _ => None,
    };
    html! {
        <div class={classes!("figure", props.is_filling.then_some("filling"))} ref={frame}>
            <canvas ref={canvas} role="img" aria-label={(*words).clone()} data-panel={props.panel.id.clone()}
                tabindex={keys.map(|_| "0")} {onpointerdown} {onpointermove} onpointerup={let_go.clone()}
                onpointercancel={let_go} {onpointerleave} {onclick} {onkeydown} {onblur} />
            if let Some(keys) = keys {
                <p class="for-keys">{ keys }</p>
            }
        </div>
    }
}

impl Easel {
    /// Where a hand at `at` has the unit that it holds; the inner `None` until it has moved, the outer one if it
    /// holds nothing.
    fn follow(&mut self, at: (f64, f64)) -> Option<(u32, Option<(f64, f64)>)> {
        let held = self.held.as_mut()?;
        let way = (at.0 - held.from.0, at.1 - held.from.1);
        held.has_moved |= way.0.hypot(way.1) >= STILL;
        Some((held.spot.unit, held.spot.moved(way).filter(|_| held.has_moved)))
    }
}

/// How far a key with Shift moves a unit, in CSS pixels to the right and down; `None` for other keys.
fn stroke(event: &KeyboardEvent) -> Option<(f64, f64)> {
    let way = match event.key().as_str() {
        "ArrowRight" => (KEY_STEP, 0.0),
        "ArrowLeft" => (-KEY_STEP, 0.0),
        "ArrowDown" => (0.0, KEY_STEP),
        "ArrowUp" => (0.0, -KEY_STEP),
        _ => return None,
    };
    event.shift_key().then_some(way)
}

/// What choosing a unit of a panel asks for.
fn chosen(panel: &Panel, unit: Option<u32>) -> Action {
    unit.map_or(Action::Pin(None), |unit| Action::Pick { panel: panel.id.clone(), unit })
}

/// Units in a row, where they stand in rows and columns.
fn row_length(panel: &Panel) -> Option<usize> {
    match &panel.body {
        Body::Figure(Figure::HeatMap(map)) => Some(map.num_x as usize),
        _ => None,
    }
}

/// The unit that a key leads to; the outer `None` if the key is none of ours.
///
/// - `row`: units in a row; `None` where they stand one after the other.
fn unit_by_key(
    spots: &[HotSpot],
    row: Option<usize>,
    current: Option<u32>,
    key: &str,
) -> Option<Option<u32>> {
    // In the order in which they stand: a unit may have several spots, one beside the other.
    let mut order: Vec<u32> = spots.iter().map(|spot| spot.unit).collect();
    order.dedup();
    let (first, last) = (*order.first()?, *order.last()?);
    let place = current.and_then(|unit| order.iter().position(|other| *other == unit));
    let step = |by: usize| place.map(|place| order[(place + by) % order.len()]);
    match key {
        // Rows are counted from the lowest.
        "ArrowUp" if row.is_some() => Some(Some(step(row.unwrap_or(1)).unwrap_or(first))),
        "ArrowDown" if row.is_some() => {
            Some(Some(step(order.len() - row.unwrap_or(1).min(order.len())).unwrap_or(first)))
        }
        "ArrowRight" | "ArrowDown" => Some(Some(step(1).unwrap_or(first))),
        "ArrowLeft" | "ArrowUp" => Some(Some(step(order.len() - 1).unwrap_or(last))),
        "Home" => Some(Some(first)),
        "End" => Some(Some(last)),
        "Escape" => Some(None),
        _ => None,
    }
}

/// Brings a new figure to the canvas: at once while something is dragged, else on a short way.
///
/// - `size`: width, and the height if it is given, in CSS pixels.
fn show(
    easel: &Rc<RefCell<Easel>>,
    canvas: &HtmlCanvasElement,
    panel: &Shown,
    view: View,
    (width, given): (f64, Option<f64>),
) {
    let Body::Figure(figure) = &panel.body else { return };
    let now = now_ms();
    {
        let mut easel = easel.borrow_mut();
        let is_same = easel.target.as_ref().is_some_and(|(last, _)| last == panel);
        let natural = || plots::natural_height(figure, width, view.theme.scale).min(tallest(panel));
        let height = given.unwrap_or_else(natural);
        if !is_same {
            let is_drag = now - easel.changed_ms < DRAG_MS;
            easel.changed_ms = now;
            let may_travel = !is_drag && easel.size == (width, height) && !prefers_reduced_motion();
            easel.from = easel.shown.take().filter(|_| may_travel);
            easel.began_ms = now;
        }
        easel.target = Some((panel.clone(), view));
        easel.size = (width, height);
        easel.frame = None;
        // The style keeps the place; the pixels follow in `Canvas::new`.
        let style = canvas.unchecked_ref::<HtmlElement>().style();
        let _ = style.set_property("height", &format!("{height}px"));
    }
    if easel.borrow().is_out_of_sight {
        paint_late(easel, canvas);
    } else {
        paint(easel, canvas);
    }
}

/// Draws what is out of sight once it holds still, at the end of its way.
fn paint_late(easel: &Rc<RefCell<Easel>>, canvas: &HtmlCanvasElement) {
    let _ = canvas.remove_attribute("data-drawn");
    let mut state = easel.borrow_mut();
    state.from = None;
    let (easel, canvas) = (Rc::clone(easel), canvas.clone());
    state.late = Later::after(UNSEEN_PAUSE_MS, move || paint(&easel, &canvas));
}

/// The height above which a picture would leave the window, in CSS pixels. On a phone the
/// lead picture stays in sight while its controls are used, so it gets half.
fn tallest(panel: &Panel) -> f64 {
    const PHONE_WIDTH: f64 = 760.0;
    let width = window().inner_width().ok().and_then(|value| value.as_f64()).unwrap_or(900.0);
    let height = window_height();
    if width <= PHONE_WIDTH && panel.is_lead {
        (0.46 * height).max(220.0)
    } else {
        (0.85 * height).clamp(480.0, 1000.0)
    }
}

fn window_height() -> f64 {
    window().inner_height().ok().and_then(|value| value.as_f64()).unwrap_or(900.0)
}

fn paint(easel: &Rc<RefCell<Easel>>, canvas: &HtmlCanvasElement) {
    let mut state = easel.borrow_mut();
    state.late = None;
    state.frame = None;
    let Some((panel, view)) = state.target.clone() else { return };
    let Body::Figure(target) = &panel.body else { return };
    let way = ((now_ms() - state.began_ms) / TRAVEL_MS).clamp(0.0, 1.0);
    let eased = way * way * (3.0 - 2.0 * way);
    let annex = annex::here();
    let between = annex.zip(state.from.as_ref()).and_then(|(annex, from)| (annex.tween)(from, target, eased));
    let is_travelling = between.is_some();
    let figure = between.unwrap_or_else(|| target.clone());
    let (width, height) = state.size;
    if let Some(backend) = Canvas::new(canvas, width, height, window().device_pixel_ratio().clamp(1.0, 3.0)) {
        let area = FixedMetrics(backend).into_drawing_area();
        let spots = match annex {
            Some(annex) => Some((annex.draw)(&figure, &view, &area)),
            None => plots::draw_common(&figure, &view, &area).unwrap_or_default(),
        };
        let Some(spots) = spots else {
            if !std::mem::replace(&mut state.awaits_annex, true) {
                let (easel, canvas) = (Rc::clone(easel), canvas.clone());
                annex::when_here(move |_| {
                    if canvas.is_connected() {
                        paint(&easel, &canvas);
                    }
                });
            }
            return;
        };
        state.spots = spots;
    }
    state.shown = Some(figure);
    if is_travelling {
        let (easel, canvas) = (Rc::clone(easel), canvas.clone());
        state.frame = Later::next_frame(move || paint(&easel, &canvas));
    } else {
        state.from = None;
        let _ = canvas.set_attribute("data-drawn", &panel.id);
        if letters::are_coming() && !std::mem::replace(&mut state.awaits_letters, true) {
            let (easel, canvas) = (Rc::clone(easel), canvas.clone());
            letters::once_here(move || {
                easel.borrow_mut().awaits_letters = false;
                if canvas.is_connected() {
                    paint(&easel, &canvas);
                }
            });
        }
    }
}

fn now_ms() -> f64 {
    window().performance().map_or(0.0, |clock| clock.now())
}

/// Follows the width of an element, and its height if it is to be filled, in CSS pixels.
#[hook]
fn use_size(node: NodeRef, is_filling: bool, set: UseStateSetter<(f64, Option<f64>)>) {
    use_effect_with(node, move |node| {
        let element = node.cast::<web_sys::Element>();
        let measure = move |element: &web_sys::Element| {
            let place = element.get_bounding_client_rect();
            set.set((place.width(), is_filling.then(|| place.height().floor())));
        };
        if let Some(element) = &element {
            measure(element);
        }
        let target = element.clone();
        let listener = Closure::<dyn Fn()>::new(move || {
            if let Some(element) = &target {
                measure(element);
            }
        });
        let observer = ResizeObserver::new(listener.as_ref().unchecked_ref()).ok();
        if let (Some(observer), Some(element)) = (&observer, &element) {
            observer.observe(element);
        }
        move || {
            if let Some(observer) = observer {
                observer.disconnect();
            }
            drop(listener);
        }
    });
}

/// Tells the easel whether its canvas is in sight, and draws what was put off when it comes there.
#[hook]
fn use_sight(canvas: NodeRef, easel: Rc<RefCell<Easel>>) {
    use_effect_with(canvas, move |canvas| {
        let canvas = canvas.cast::<HtmlCanvasElement>();
        // The observer speaks later: what begins below the window need not be drawn at once.
        let top = canvas.as_ref().map_or(0.0, |canvas| canvas.get_bounding_client_rect().top());
        easel.borrow_mut().is_out_of_sight = top > window_height();
        let target = canvas.clone();
        let listener = Closure::<dyn Fn(js_sys::Array)>::new(move |entries: js_sys::Array| {
            let is_seen = entries.pop().unchecked_into::<IntersectionObserverEntry>().is_intersecting();
            let is_due = {
                let mut easel = easel.borrow_mut();
                easel.is_out_of_sight = !is_seen;
                is_seen && easel.late.is_some()
            };
            if let (Some(canvas), true) = (&target, is_due) {
                paint(&easel, canvas);
            }
        });
        let observer = IntersectionObserver::new(listener.as_ref().unchecked_ref()).ok();
        if let (Some(observer), Some(canvas)) = (&observer, &canvas) {
            observer.observe(canvas);
        }
        move || {
            if let Some(observer) = observer {
                observer.disconnect();
            }
            drop(listener);
        }
    });
}

/// Keeps the page from scrolling under a finger that holds a unit: its touch comes right after the pointer's.
#[hook]
fn use_finger(canvas: NodeRef, easel: Rc<RefCell<Easel>>) {
    use_effect_with(canvas, move |canvas| {
        let canvas = canvas.cast::<HtmlCanvasElement>();
        let listener = Closure::<dyn Fn(web_sys::Event)>::new(move |event: web_sys::Event| {
            if easel.borrow().held.is_some() {
                event.prevent_default();
            }
        });
        // On the canvas itself: what Yew listens to at the top of the page may not hold up scrolling.
        if let Some(canvas) = &canvas {
            let _ = canvas.add_event_listener_with_callback("touchstart", listener.as_ref().unchecked_ref());
        }
        move || {
            if let Some(canvas) = canvas {
                let listener = listener.as_ref().unchecked_ref();
                let _ = canvas.remove_event_listener_with_callback("touchstart", listener);
            }
        }
    });
}
