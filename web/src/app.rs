//! The root: reducer, effects, layout.

use std::rc::Rc;

use engine::Request;
use labs::glossary::Seen;
use labs::{Body, Notice, Panel, Place, Span};
use plots::Theme;
use yew::prelude::*;

use crate::annex;
use crate::components::{
    self, AskCode, ChapterCardProps, ControlPanel, ControlPanelProps, Header, HeaderProps, LectureHeadProps,
    Naming, PanelCard, PanelProps, PredictProps, PresentProps, Transport, begin, button, carries_no_data,
    embed, end, legend_row, sentence, update_notice, veil, work_bar,
};
use crate::effects::address_bar::{current_link, use_address_bar};
use crate::effects::keys::{KeyRules, PageKey, use_keys};
use crate::effects::theme::use_theme;
use crate::effects::updates::{Update, use_update};
use crate::effects::workers::Workers;
use crate::effects::{document, once_seen, window};
use crate::state::{Action, AppState, Run, needs_annex};
use crate::words;

/// Puts the page in place of its static first frame, once a reader has seen that and what its link needs is here.
///
/// - `fetch`: fetches the annex.
///
/// # Panics
/// If the document has no element `app`.
pub fn mount(fetch: annex::Fetch) {
    annex::set_fetch(fetch);
    let root = document().get_element_by_id("app").expect("index.html has an element with the id app");
    let render = move || {
        once_seen(move || {
            root.set_inner_html("");
            yew::Renderer::<App>::with_root(root).render();
        });
    };
    if needs_annex(&current_link()) {
        annex::once_here(|annex| match annex {
            Ok(_) => render(),
            Err(_) => say_in_first_frame(words::page::NO_ANNEX),
        });
    } else {
        render();
    }
}

impl PartialEq for Workers {
    /// There is one crew in the life of a page.
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Reducible for AppState {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        Rc::new(AppState::reduce(&self, action))
    }
}

/// What the page can do for its reader, made once.
struct Deeds {
    workers: Rc<Workers>,
    on_action: Callback<Action>,
    on_stop: Callback<()>,
    on_draws: Callback<String>,
    on_code: AskCode,
    on_fresh_seed: Callback<()>,
    naming: Naming,
}

impl Deeds {
    fn new(on_action: Callback<Action>) -> Self {
        let replied = on_action.clone();
        let workers = Rc::new(Workers::new(move |action| replied.emit(action)));
        let (for_stop, for_draws, for_code) = (Rc::clone(&workers), Rc::clone(&workers), Rc::clone(&workers));
        Self {
            workers,
            on_stop: Callback::from(move |()| for_stop.tell(&Request::Stop)),
            on_draws: Callback::from(move |name| for_draws.save_draws(name)),
            on_code: Callback::from(move |(scenario, on_code)| for_code.ask_code(scenario, on_code)),
            on_fresh_seed: on_action.reform(|()| Action::NewSeed(random_bits())),
            on_action,
            naming: Naming::default(),
        }
    }
}

/// The page.
#[component]
pub fn App() -> Html {
    let state = use_reducer(|| AppState::open(&current_link()));
    let deeds = {
        let dispatcher = state.dispatcher();
        use_memo((), move |()| {
            Deeds::new(with_annex(Callback::from(move |action| dispatcher.dispatch(action))))
        })
    };
    let (is_dark, on_theme) = use_theme();
    use_address_bar(Rc::clone(&state.scenario), state.frame, deeds.on_action.clone());
    use_runs(&state, &deeds.workers);
    use_title(&state);
    // Once the first run is done, so that nothing stands in its way; a frame in another page is kept by no one.
    let is_at_rest = ["settled", "failed"].contains(&run_name(&state));
    use_effect_with(is_at_rest, |is_at_rest| {
        if *is_at_rest {
            annex::once_here(drop);
        }
    });
    let update = use_update(is_at_rest && !state.frame.is_embedded);
    let (is_blank, on_key) = use_page_keys(&state, &deeds.on_action);
    page(&state, &deeds, (is_dark, on_theme), update, (is_blank, on_key))
}

/// Says something where the first frame says that it loads.
fn say_in_first_frame(words: &str) {
    if let Some(place) = document().get_element_by_id("loading") {
        place.set_text_content(Some(words));
        let _ = place.set_attribute("role", "alert");
    }
}

/// Lets an action pass once what it leads to is here; says so if that cannot be had.
fn with_annex(on_action: Callback<Action>) -> Callback<Action> {
    Callback::from(move |action: Action| {
        if annex::here().is_some() || !action.needs_annex() {
            on_action.emit(action);
            return;
        }
        let on_action = on_action.clone();
        annex::once_here(move |annex| match annex {
            Ok(_) => on_action.emit(action),
            Err(_) => on_action.emit(Action::Say(words::page::NO_ANNEX)),
        });
    })
}

/// What is on the page.
fn page(
    state: &AppState,
    deeds: &Deeds,
    (is_dark, on_theme): (bool, Callback<()>),
    update: Option<Update>,
    (is_blank, on_key): (bool, Callback<PageKey>),
) -> Html {
    // What a chapter and a projector are made of is here before they are shown.
    let annex = annex::here();
    let on_action = &deeds.on_action;
    deeds.naming.set(Rc::clone(&state.scenario));
    let values = state.scenario.values();
    let (heading, lead) = state.scenario.lab().heading(&values);
    let mut notices = (*state.notices).clone();
    let num_input = notices.len();
    notices.extend(state.scenario.lab().notices(&values));
    notices.extend_from_slice(&state.run_notices);
    let notices = Rc::new(notices);
    let general: Vec<Notice> =
        notices[..num_input].iter().filter(|notice| notice.key.is_empty()).cloned().collect();
    let on_dismiss = {
        let (on_action, all) = (on_action.clone(), Rc::clone(&notices));
        Callback::from(move |place: usize| {
            let index = all.iter().enumerate().filter(|(_, notice)| notice.key.is_empty()).nth(place);
            if let Some((index, _)) = index {
                on_action.emit(Action::Dismiss(index));
            }
        })
    };
    if state.frame.present.is_some() {
        let theme = if is_dark { Theme::DARK } else { Theme::LIGHT };
        let panel = state.presented_panel();
        let is_covered = panel.as_ref().is_some_and(|panel| state.is_covered(&panel.id));
        let transport = Transport { is_sampling: state.is_sampling(), is_paused: state.paused };
        let props = PresentProps {
            scenario: Rc::clone(&state.scenario),
            frame: state.frame,
            panel,
            num_steps: state.num_steps(),
            is_covered,
            prediction: state.prediction(),
            answer: state.answer(),
            is_settled: run_name(state) == "settled",
            is_blank,
            highlight: state.focus(),
            notices,
            theme,
            transport,
            on_action: on_action.clone(),
            on_key,
            on_fresh_seed: deeds.on_fresh_seed.clone(),
            on_stop: deeds.on_stop.clone(),
            on_draws: deeds.on_draws.clone(),
            on_code: deeds.on_code.clone(),
        };
        return html! {
            <main id="main" data-run={state.run_id.to_string()} data-state={run_name(state)}>{ annex.map(|annex| (annex.present)(props)) }</main>
        };
    }
    let is_waiting = state.panels.is_empty() && state.run == Run::Asked;
    let controls = ControlPanelProps {
        scenario: Rc::clone(&state.scenario),
        notices,
        on_action: on_action.clone(),
        on_fresh_seed: deeds.on_fresh_seed.clone(),
        is_compact: state.frame.is_embedded,
    };
    if state.frame.is_embedded {
        let mut cards = cards(state, Place::Main, is_dark, deeds);
        let picture = html! {
            <>
                if is_waiting { { outline() } }
                { for cards.next() }
            </>
        };
        return embed(controls, state.frame, heading, (state.run_id, run_name(state)), picture);
    }
    let chapter = state.frame.chapter;
    html! {
        <>
            <Header ..HeaderProps { scenario: Rc::clone(&state.scenario), frame: state.frame, is_dark, on_theme, on_action: on_action.clone(), on_code: deeds.on_code.clone() } />
            <main id="main" class={chapter.map(|_| "lecture")} data-run={state.run_id.to_string()} data-state={run_name(state)}>
                <div class="intro">
                    if let Some(chapter) = chapter {
                        { annex.map(|annex| (annex.lecture_head)(LectureHeadProps { chapter, on_action: on_action.clone() })) }
                    } else {
                        <div>
                            <h1>{ heading }</h1>
                            <p class="lead">{ sentence(&[Span::plain(lead)], &mut Seen::default()) }</p>
                        </div>
                    }
                    { legend_row(&state.scenario.lab().legend(&values)) }
                </div>
                { components::notices(&general, Some(&on_dismiss)) }
                if let Run::Failed(message) = &state.run {
                    <p class="notice failure" role="alert">
                        <span>{ message }</span>
                        { button(words::page::RELOAD, Callback::from(|_| { let _ = window().location().reload(); })) }
                    </p>
                }
                if let Run::Answered(progress) = &state.run {
                    { work_bar(state.run_id, *progress, &deeds.on_stop) }
                }
                <div class={classes!("desk", is_waiting.then_some("waiting"))}>
                    <ControlPanel ..controls />
                    { for [(Place::Main, "main-column"), (Place::Side, "side-column"), (Place::Below, "below")].map(|(place, class)| html! {
                        <div {class} key={class}>
                            if is_waiting && (place == Place::Main || place == Place::Side && chapter.is_none()) { { outline() } }
                            if let Some(chapter) = chapter.filter(|_| place == Place::Side) {
                                { annex.map(|annex| (annex.chapter_card)(ChapterCardProps { chapter, scenario: Rc::clone(&state.scenario), is_asking: state.question().is_some() && state.prediction().is_none(),
                                    on_action: on_action.clone(), on_code: deeds.on_code.clone() })) }
                            }
                            { for cards(state, place, is_dark, deeds) }
                            if let Some(chapter) = chapter.filter(|_| place == Place::Main && state.question().is_some()) {
                                { annex.map(|annex| (annex.predict)(PredictProps { chapter, prediction: state.prediction(), answer: state.answer(), is_settled: run_name(state) == "settled", on_action: on_action.clone() })) }
                            }
                        </div>
                    }) }
                </div>
            </main>
            { update_notice(update.as_ref(), carries_no_data(&state.scenario)) }
        </>
    }
}

/// What stands where the first picture will be, as in the first frame (index.html): nothing jumps when it comes.
fn outline() -> Html {
    html! { <div class="card later-picture" aria-hidden="true"></div> }
}

/// Where a panel stands: in a chapter the slide's picture leads, and all others follow below.
fn place_of(state: &AppState, panel: &Panel) -> Place {
    match state.chapter() {
        Some(chapter) if chapter.panel == panel.id => Place::Main,
        Some(_) => Place::Below,
        None => panel.place,
    }
}

fn cards<'a>(
    state: &'a AppState,
    place: Place,
    is_dark: bool,
    deeds: &'a Deeds,
) -> impl Iterator<Item = Html> + 'a {
    let theme = if is_dark { Theme::DARK } else { Theme::LIGHT };
    let transport = Transport { is_sampling: state.is_sampling(), is_paused: state.paused };
    state.panels.iter().filter(move |panel| place_of(state, panel) == place).map(move |panel| {
        if state.is_covered(&panel.id) {
            return veil(panel);
        }
        // What does not depend on it is not drawn again when the pointer moves or the chains run.
        let is_sampler = matches!(panel.body, Body::Sampler(_));
        let idle = Transport { is_sampling: false, is_paused: false };
        let props = PanelProps {
            panel: panel.clone(),
            highlight: state.focus(),
            theme,
            naming: deeds.naming.clone(),
            transport: if is_sampler { transport } else { idle },
            on_action: deeds.on_action.clone(),
            on_stop: deeds.on_stop.clone(),
            on_draws: deeds.on_draws.clone(),
        };
        html! { <PanelCard key={panel.id.clone()} ..props /> }
    })
}

/// Sends the workers what the state asks of them.
#[hook]
fn use_runs(state: &AppState, workers: &Rc<Workers>) {
    let (scenario, restart) = (Rc::clone(&state.scenario), state.restart);
    use_effect_with((state.run_id, Rc::clone(workers)), move |(run_id, workers)| {
        workers.run(Request::Run { run_id: *run_id, scenario: (*scenario).clone(), restart });
    });
    use_effect_with((state.paused, Rc::clone(workers)), |(paused, workers)| {
        workers.tell(if *paused { &Request::Pause } else { &Request::Resume });
    });
    use_effect_with((state.focus(), Rc::clone(workers)), |(unit, workers)| {
        workers.tell(&Request::Focus { unit: *unit });
    });
}

#[hook]
fn use_title(state: &AppState) {
    let title = state.chapter().map_or(state.scenario.lab().meta().name.title, |chapter| chapter.title);
    use_effect_with(title, |title| document().set_title(&words::page::window_title(title)));
}

/// Whether the screen is blank, and what does as keys ask.
#[hook]
fn use_page_keys(state: &AppState, on_action: &Callback<Action>) -> (bool, Callback<PageKey>) {
    let frame = state.frame;
    let is_blank = use_state_eq(|| false);
    let on_key = {
        let is_blank = is_blank.clone();
        use_callback(
            (frame, on_action.clone(), *is_blank),
            move |key: PageKey, (frame, on_action, was_blank)| {
                // Whatever is pressed, an empty screen is one no longer.
                is_blank.set(key == PageKey::Blank && !was_blank);
                match key {
                    PageKey::Next => on_action.emit(Action::Turn { is_forward: true }),
                    PageKey::Previous => on_action.emit(Action::Turn { is_forward: false }),
                    PageKey::Truth => on_action.emit(Action::TurnTruth),
                    PageKey::Present if frame.present.is_none() => begin(*frame, on_action),
                    PageKey::Leave | PageKey::Present if frame.present.is_some() => end(*frame, on_action),
                    PageKey::Leave | PageKey::Present | PageKey::Blank => {}
                }
            },
        )
    };
    let rules = KeyRules {
        is_presenting: frame.present.is_some(),
        has_letters: frame.has_letter_keys,
        is_embedded: frame.is_embedded,
    };
    use_keys(rules, on_key.clone());
    (*is_blank, on_key)
}

fn run_name(state: &AppState) -> &'static str {
    match &state.run {
        Run::Asked => "asked",
        Run::Answered(_) if state.answered_run != state.run_id => "asked",
        Run::Answered(progress) if progress.settled => "settled",
        Run::Answered(_) => "running",
        Run::Failed(_) => "failed",
    }
}

/// Random bits from the browser, for a seed that nobody has chosen.
fn random_bits() -> u32 {
    // A browser without them still gives a new seed: the time will do.
    getrandom::u32().unwrap_or_else(|_| js_sys::Date::now().to_bits() as u32)
}
