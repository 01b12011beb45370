//! Present: one picture and one thought at a time, for the back row.

use std::rc::Rc;

use labs::glossary::Seen;
use labs::lecture::{self, CHAPTERS, Chapter, Prediction};
use labs::{Body, Frame, Notice, Panel, Scenario};
use plots::Theme;
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;
use yew::prelude::*;

use super::lecture::{StanProgram, StanProgramProps, prose, scenes};
use super::{
    AskCode, ControlPanelProps, FigureCanvas, FigureProps, Predict, PredictProps, SamplerCard, SamplerProps,
    Transport, formulas, handles, legend_row, menu, sentence, veil,
};
use crate::effects::keys::{PageKey, release_slider};
use crate::effects::{full_screen, window};
use crate::state::{Action, Shown};
use crate::words;

/// Properties of [`Present`].
#[derive(Clone, PartialEq, Properties)]
pub struct PresentProps {
    /// The settings on screen.
    pub scenario: Rc<Scenario>,
    /// What stands around them.
    pub frame: Frame,
    /// The panel of the step; `None` while it has not come.
    pub panel: Option<Shown>,
    /// Number of steps here.
    pub num_steps: u32,
    /// Whether the panel would give away what is still to be predicted.
    pub is_covered: bool,
    /// What was predicted; `None` until then.
    pub prediction: Option<Prediction>,
    /// What the run says to the question; `None` until it can.
    pub answer: Option<f64>,
    /// Whether the run is done.
    pub is_settled: bool,
    /// Whether the screen is empty.
    pub is_blank: bool,
    /// Unit that is lit up.
    pub highlight: Option<u32>,
    /// What to say beside which control.
    pub notices: Rc<Vec<Notice>>,
    /// Light or dark.
    pub theme: Theme,
    /// What the chains are doing.
    pub transport: Transport,
    /// Takes what the lecturer does.
    pub on_action: Callback<Action>,
    /// Takes what a key or its button asks for.
    pub on_key: Callback<PageKey>,
    /// Takes the wish for a fresh seed.
    pub on_fresh_seed: Callback<()>,
    /// Ends the chains.
    pub on_stop: Callback<()>,
    /// Saves all draws as a file of this name.
    pub on_draws: Callback<String>,
    /// Takes the wish for programs.
    pub on_code: AskCode,
}

/// The projector's page.
#[component]
pub fn Present(props: &PresentProps) -> Html {
    let stage = use_node_ref();
    let scale = use_scale();
    {
        let stage = stage.clone();
        use_effect_with((), move |()| {
            if let Some(stage) = stage.cast::<HtmlElement>() {
                let _ = stage.focus();
            }
        });
    }
    full_screen::use_end_of_full_screen(props.on_key.reform(|()| PageKey::Leave));
    let chapter = props.frame.chapter.and_then(|index| CHAPTERS.get(index));
    let step = props.frame.present.unwrap_or(0).min(props.num_steps - 1);
    let values = props.scenario.values();
    let title =
        chapter.map_or_else(|| props.scenario.lab().heading(&values).0, |chapter| chapter.title.to_owned());
    let thought = chapter.map(|chapter| chapter.step(step).thought);
    let theme = props.theme.scaled(scale);
    let controls = ControlPanelProps {
        scenario: Rc::clone(&props.scenario),
        notices: Rc::clone(&props.notices),
        on_action: props.on_action.clone(),
        on_fresh_seed: props.on_fresh_seed.clone(),
        is_compact: false,
    };
    html! {
        <div class="present" ref={stage} tabindex="-1" onpointerup={|_| release_slider()}>
            <div class="present-head">
                <h1>{ title }</h1>
                { legend_row(&props.scenario.lab().legend(&values)) }
            </div>
            <div class="present-body">
                { picture(props, theme) }
                <div class="present-side">
                    <div aria-live="polite">
                        if let Some(thought) = thought.filter(|_| !props.is_covered) {
                            <p class="thought" key={step}>{ prose(thought) }</p>
                        }
                        if let Some(panel) = props.panel.as_ref().filter(|panel| !props.is_covered && has_room_for_remark(panel, chapter.is_some())) {
                            <p class="thought remark">{ sentence(&panel.remark, &mut Seen::default()) }</p>
                        }
                    </div>
                    if let Some(chapter) = chapter.filter(|chapter| step == 0 && !asks_here(chapter, props, step)) {
                        { formulas(chapter.formulas) }
                    }
                    if let (Some(chapter), Some(index)) = (chapter, props.frame.chapter) {
                        if asks_here(chapter, props, step) {
                            <Predict ..PredictProps { chapter: index, prediction: props.prediction, answer: props.answer, is_settled: props.is_settled, on_action: props.on_action.clone() } />
                        } else {
                            { scenes(chapter, &props.scenario, &props.on_action) }
                        }
                    }
                    { handles(&lecture::handles(chapter, &props.scenario), &controls) }
                </div>
            </div>
            { present_bar(props, step) }
            if props.is_blank {
                <button type="button" class="blank" aria-label={words::present::IS_BLANK} onclick={props.on_key.reform(|_| PageKey::Blank)}></button>
            }
        </div>
    }
}

/// A panel without a picture is its remark; beside a picture only who has no thought from a chapter reads it.
fn has_room_for_remark(panel: &Panel, is_chapter: bool) -> bool {
    !panel.remark.is_empty() && !is_chapter && !matches!(panel.body, Body::Text)
}

/// Whether the question belongs to the step: its picture is what is asked about.
fn asks_here(chapter: &Chapter, props: &PresentProps, step: u32) -> bool {
    let covers =
        |panel: &str| chapter.question.as_ref().is_some_and(|question| question.covers.contains(&panel));
    props.frame.has_questions && covers(chapter.step(step).panel)
}

fn has_truth(scenario: &Scenario) -> bool {
    scenario.find_control(|control| control.key == "truth").is_some()
}

fn picture(props: &PresentProps, theme: Theme) -> Html {
    let Some(panel) = &props.panel else { return html! { <section class="card picture"></section> } };
    if props.is_covered {
        return veil(panel);
    }
    let body = match &panel.body {
        Body::Figure(_) => html! {
            <FigureCanvas key={panel.id.clone()} ..FigureProps { panel: panel.clone(), highlight: props.highlight, theme, is_filling: true, on_action: props.on_action.clone() } />
        },
        Body::Sampler(report) => html! {
            <>
            <SamplerCard ..SamplerProps { report: report.clone(), transport: props.transport, on_action: props.on_action.clone(), on_stop: props.on_stop.clone(),
                on_draws: props.on_draws.reform(|()| "draws.csv".to_owned()) } />
            if props.frame.chapter.and_then(|chapter| CHAPTERS.get(chapter)).is_some_and(Chapter::shows_program) {
                <StanProgram ..StanProgramProps { scenario: Rc::clone(&props.scenario), on_code: props.on_code.clone() } />
            }
            </>
        },
        Body::Table(_) | Body::Text => {
            html! { <p class="thought">{ sentence(&panel.remark, &mut Seen::default()) }</p> }
        }
    };
    html! {
        <section class="card picture" aria-labelledby="picture">
            <h2 id="picture">{ &panel.title }</h2>
            if !panel.subtitle.is_empty() {
                <p class="subtitle">{ sentence(&panel.subtitle, &mut Seen::default()) }</p>
            }
            { body }
        </section>
    }
}

/// Steps, and what else can be done, each with its key.
fn present_bar(props: &PresentProps, step: u32) -> Html {
    let on_key = |key: PageKey| props.on_key.reform(move |_: MouseEvent| key);
    let letter = |letter: &'static str| props.frame.has_letter_keys.then(|| html! { <kbd>{ letter }</kbd> });
    let (where_, is_first, is_last) = match props.frame.chapter {
        Some(chapter) => (
            words::present::chapter(chapter, CHAPTERS.len()),
            chapter == 0 && step == 0,
            chapter + 1 == CHAPTERS.len() && step + 1 == props.num_steps,
        ),
        None => (props.scenario.lab().meta().name.title.to_owned(), step == 0, step + 1 == props.num_steps),
    };
    html! {
        <div class="present-bar">
            <div class="tools">
                if has_truth(&props.scenario) {
                    <button type="button" onclick={on_key(PageKey::Truth)}>{ words::present::TRUTH }{ letter("T") }</button>
                }
                <button type="button" onclick={on_key(PageKey::Blank)}>{ words::present::BLANK }{ letter("B") }</button>
            </div>
            <div class="turns">
                <button type="button" aria-label={words::present::PREVIOUS} disabled={is_first} onclick={on_key(PageKey::Previous)}>{ "←" }</button>
                <p>{ words::present::step(step, props.num_steps, &where_) }</p>
                <button type="button" aria-label={words::present::NEXT} disabled={is_last} onclick={on_key(PageKey::Next)}>{ "→" }</button>
            </div>
            <div class="tools">
                { switches(props.frame, &props.on_action) }
                <button type="button" onclick={on_key(PageKey::Leave)}>{ words::present::LEAVE }<kbd>{ words::present::ESC }</kbd></button>
            </div>
        </div>
    }
}

/// A menu that says what the keys do, and turns letters and questions off and on.
fn switches(frame: Frame, on_action: &Callback<Action>) -> Html {
    let set = |frame: Frame| on_action.reform(move |_: MouseEvent| Action::SetFrame(frame));
    let letters = Frame { has_letter_keys: !frame.has_letter_keys, ..frame };
    let questions = Frame { has_questions: !frame.has_questions, ..frame };
    let items = html! {
        <>
            <dl class="key-list">
                <div><dt><kbd>{ "P" }</kbd></dt><dd>{ words::present::KEY_PRESENT }</dd></div>
                <div><dt><kbd>{ "→" }</kbd><kbd>{ "←" }</kbd></dt><dd>{ words::present::KEY_STEP }</dd></div>
                <div><dt><kbd>{ "T" }</kbd></dt><dd>{ words::present::KEY_TRUTH }</dd></div>
                <div><dt><kbd>{ "B" }</kbd></dt><dd>{ words::present::KEY_BLANK }</dd></div>
                <div><dt><kbd>{ words::present::ESC }</kbd></dt><dd>{ words::present::KEY_LEAVE }</dd></div>
            </dl>
            <button type="button" class="plain switch" role="switch" aria-checked={frame.has_letter_keys.to_string()} onclick={set(letters)}>{ words::present::LETTERS }</button>
            <button type="button" class="plain switch" role="switch" aria-checked={frame.has_questions.to_string()} onclick={set(questions)}>{ words::present::QUESTIONS }</button>
        </>
    };
    menu(words::present::KEYS.into(), None, items)
}

/// The button that begins to present, and the keys.
pub fn present_tools(frame: Frame, on_action: &Callback<Action>) -> Html {
    let onclick = {
        let on_action = on_action.clone();
        move |_: MouseEvent| begin(frame, &on_action)
    };
    html! {
        <>
            { switches(frame, on_action) }
            <button type="button" class="present-button" id="present" title={words::present::PRESENT} {onclick}>
                <svg viewBox="0 0 18 16" aria-hidden="true"><path d="M1.500 1.500h15M3 1.500v8.500h12v-8.500M9 10v2M5.500 14.500 9 12l3.500 2.500" /></svg>
                <span>{ words::present::PRESENT }</span>
            </button>
        </>
    }
}

/// Begins to present: in full screen, if the browser lets it.
pub fn begin(frame: Frame, on_action: &Callback<Action>) {
    full_screen::enter();
    on_action.emit(Action::SetFrame(Frame { present: Some(0), ..frame }));
}

/// Ends presenting, and leads the focus back to the button that began it.
pub fn end(frame: Frame, on_action: &Callback<Action>) {
    full_screen::leave();
    on_action.emit(Action::SetFrame(Frame { present: None, ..frame }));
    let focus = Closure::once_into_js(|| {
        let button = crate::effects::document().get_element_by_id("present");
        if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
            let _ = button.focus();
        }
    });
    let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(focus.unchecked_ref(), 0);
}

/// How large pictures are drawn: labels of 16 CSS pixels at 1920 × 1080, more on larger screens, and as on a
/// desk on small ones.
#[hook]
fn use_scale() -> f64 {
    const FULL: (f64, f64) = (1920.0, 1080.0);
    let measure = || {
        let size = |value: Result<JsValue, JsValue>, otherwise: f64| {
            value.ok().and_then(|v| v.as_f64()).unwrap_or(otherwise)
        };
        let (width, height) = (size(window().inner_width(), FULL.0), size(window().inner_height(), FULL.1));
        (Theme::PRESENT_SCALE * (width / FULL.0).min(height / FULL.1)).clamp(1.0, 4.0)
    };
    let scale = use_state_eq(measure);
    {
        let scale = scale.setter();
        use_effect_with((), move |()| {
            let listener = Closure::<dyn Fn()>::new(move || scale.set(measure()));
            let target = listener.as_ref().unchecked_ref::<js_sys::Function>().clone();
            let _ = window().add_event_listener_with_callback("resize", &target);
            move || {
                let _ = window().remove_event_listener_with_callback("resize", &target);
                drop(listener);
            }
        });
    }
    *scale
}
