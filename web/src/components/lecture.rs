//! A chapter of the lecture: the way through all of them, what it says, and its settings.

use std::rc::Rc;

use labs::glossary::Seen;
use labs::lecture::{CHAPTERS, Chapter};
use labs::{Code, Scenario};
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;
use yew::prelude::*;

use super::{AskCode, formulas, term};
use crate::effects::Later;
use crate::effects::workers::Written;
use crate::state::Action;
use crate::words;

/// Properties of [`LectureHead`].
#[derive(Clone, PartialEq, Properties)]
pub struct LectureHeadProps {
    /// Index of the chapter.
    pub chapter: usize,
    /// Takes the choice of another one.
    pub on_action: Callback<Action>,
}

/// The heading of a chapter, and the way to all others.
#[component]
pub fn LectureHead(props: &LectureHeadProps) -> Html {
    let here = props.chapter;
    let strip = use_node_ref();
    {
        let strip = strip.clone();
        // On a phone the chapters are a strip that scrolls: the one on screen is in its middle.
        use_effect_with(here, move |_| {
            let strip = strip.cast::<HtmlElement>();
            let link = strip.as_ref().and_then(|strip| strip.query_selector("[aria-current=page]").ok()?);
            if let (Some(strip), Some(link)) = (strip, link) {
                let link = link.unchecked_into::<HtmlElement>();
                let middle = link.offset_left() - strip.offset_left() + link.offset_width() / 2;
                strip.set_scroll_left(middle - strip.offset_width() / 2);
            }
        });
    }
    let Some(chapter) = CHAPTERS.get(here) else { return Html::default() };
    let on_action = &props.on_action;
    html! {
        <div class="lecture-head">
            <nav class="chapters" aria-label={words::lecture::CHAPTERS}>
                <ol ref={strip}>
                    { for CHAPTERS.iter().enumerate().map(|(index, chapter)| html! {
                        <li key={index}>
                            <a href={address(index)} title={chapter.title} aria-label={format!("{}. {}", index + 1, chapter.title)}
                                aria-current={(index == here).then_some("page")} onclick={open_chapter(on_action, index)}>{ index + 1 }</a>
                        </li>
                    }) }
                </ol>
            </nav>
            <p class="eyebrow">{ words::lecture::eyebrow(here, CHAPTERS.len()) }</p>
            <h1>{ chapter.title }</h1>
            <p class="lead for-phone">{ explained(chapter.opening().0) }</p>
        </div>
    }
}

/// The address of chapter `index`.
fn address(index: usize) -> String {
    format!("#/lecture/{}", index + 1)
}

/// A plain click opens the chapter in place; one with a key held is the browser's (a new tab).
pub(super) fn open_chapter(on_action: &Callback<Action>, index: usize) -> Callback<MouseEvent> {
    let on_action = on_action.clone();
    Callback::from(move |event: MouseEvent| {
        if !(event.ctrl_key() || event.meta_key() || event.shift_key()) && event.button() == 0 {
            event.prevent_default();
            on_action.emit(Action::OpenChapter(index));
        }
    })
}

/// Properties of [`ChapterCard`].
#[derive(Clone, PartialEq, Properties)]
pub struct ChapterCardProps {
    /// Index of the chapter.
    pub chapter: usize,
    /// The settings on screen.
    pub scenario: Rc<Scenario>,
    /// Whether the reader is still to predict: then only the first words are shown, which tell nothing.
    #[prop_or_default]
    pub is_asking: bool,
    /// Takes the choice of settings or of another chapter.
    pub on_action: Callback<Action>,
    /// Takes the wish for programs.
    #[prop_or_default]
    pub on_code: AskCode,
}

/// What a chapter says, its formulas, its settings, and the way to its neighbors.
#[component]
pub fn ChapterCard(props: &ChapterCardProps) -> Html {
    let Some(chapter) = CHAPTERS.get(props.chapter) else { return Html::default() };
    let neighbor = |index: Option<usize>, class: &'static str, words: &'static str| {
        let index = index.filter(|index| *index < CHAPTERS.len())?;
        Some(html! {
            <a {class} href={address(index)} onclick={open_chapter(&props.on_action, index)}>
                <span>{ words }</span>{ CHAPTERS[index].title }
            </a>
        })
    };
    html! {
        <section class="card chapter" aria-label={words::lecture::WORDS}>
            { first_words(chapter) }
            if !props.is_asking {
                { for chapter.words.iter().skip(1).map(|words| html! { <p key={*words}>{ explained(words) }</p> }) }
            }
            { formulas(chapter.formulas) }
            if chapter.shows_program() {
                <StanProgram ..StanProgramProps { scenario: Rc::clone(&props.scenario), on_code: props.on_code.clone() } />
            }
            { scenes(chapter, &props.scenario, &props.on_action) }
            <nav class="neighbors" aria-label={words::lecture::NEIGHBORS}>
                { neighbor(props.chapter.checked_sub(1), "previous", words::lecture::PREVIOUS) }
                { neighbor(Some(props.chapter + 1), "next", words::lecture::NEXT) }
            </nav>
        </section>
    }
}

/// The first paragraph. On a phone its first sentence stands above the picture and not here again.
fn first_words(chapter: &Chapter) -> Html {
    let (first, rest) = chapter.opening();
    html! {
        <p class={classes!("first-words", rest.is_empty().then_some("for-desk"))} key="first">
            <span class="for-desk">{ explained(first) }{ " " }</span>{ explained(rest) }
        </p>
    }
}

/// How long a hand must rest before the program is written anew, in milliseconds: writing it starts a run at
/// the desk, which the steps of a moving slider are not worth.
const REST_MS: i32 = 350;

#[derive(Clone, PartialEq, Properties)]
pub(super) struct StanProgramProps {
    pub(super) scenario: Rc<Scenario>,
    pub(super) on_code: AskCode,
}

/// The model on screen as a program in Stan, written anew when a setting has changed and the hand rests.
#[component]
pub(super) fn StanProgram(props: &StanProgramProps) -> Html {
    let program = use_state_eq(|| None::<AttrValue>);
    {
        let (program, on_code) = (program.clone(), props.on_code.clone());
        use_effect_with(Rc::clone(&props.scenario), move |scenario| {
            let rest = if program.is_none() { 0 } else { REST_MS };
            let on_answer = Callback::from(move |written: Written| {
                let stan = |code: Code| code.programs.into_iter().find_map(|program| program.stan);
                let text = written.map_or_else(Some, |code| code.and_then(stan));
                program.set(text.map(|text| text.trim().to_owned().into()));
            });
            let scenario = (**scenario).clone();
            let ask = Later::after(rest, move || on_code.emit((scenario, on_answer)));
            move || drop(ask)
        });
    }
    match &*program {
        Some(text) => html! {
            <pre class="program" tabindex="0" role="region" aria-label={words::lecture::PROGRAM}><code>{ text }</code></pre>
        },
        None => html! { <p class="help" role="status">{ words::code::WRITING }</p> },
    }
}

/// Buttons for the settings of a chapter; nothing if it has only one.
pub(super) fn scenes(chapter: &Chapter, scenario: &Scenario, on_action: &Callback<Action>) -> Html {
    if chapter.scenes.is_empty() {
        return Html::default();
    }
    html! {
        <div class="scenes" role="group" aria-label={words::lecture::SCENES}>
            { for chapter.scenes.iter().enumerate().map(|(i, scene)| {
                let is_here = chapter.scene(i) == *scenario;
                html! {
                    <button key={scene.label} type="button" aria-pressed={is_here.to_string()}
                        onclick={on_action.reform(move |_| Action::OpenScene(i))}>{ prose(scene.label) }</button>
                }
            }) }
        </div>
    }
}

/// Words of a chapter, in which `V_μ` stands for a V with a μ below it.
pub(super) fn prose(words: &str) -> Html {
    with_subscripts(words, |piece| Html::from(piece.to_owned()))
}

/// [`prose`] with the field's terms explained; not for the inside of a button.
fn explained(words: &str) -> Html {
    let mut seen = Seen::default();
    with_subscripts(words, |piece| term::prose(piece, &mut seen))
}

fn with_subscripts(words: &str, mut shown: impl FnMut(&str) -> Html) -> Html {
    let mut pieces = words.split('_');
    let first = shown(pieces.next().unwrap_or_default());
    let rest = pieces.map(|piece| {
        let mut letters = piece.chars();
        let below: String = letters.by_ref().take(1).collect();
        html! { <><sub>{ below }</sub>{ shown(letters.as_str()) }</> }
    });
    std::iter::once(first).chain(rest).collect()
}
