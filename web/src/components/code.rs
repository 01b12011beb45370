//! Model and data on screen as programs to take away.

use std::rc::Rc;

use labs::{Code, Scenario, link};
use yew::prelude::*;

use super::{CopyButton, CopyProps, Dialog, DialogProps, button};
use crate::annex::{once_here, use_annex};
use crate::effects::address_bar::base_address;
use crate::effects::download::save_text;
use crate::effects::workers::{OnCode, Written};
use crate::words;

/// The wish for the programs of a scenario, and who gets them.
pub type AskCode = Callback<(Scenario, OnCode)>;

/// Properties of [`CodeButton`].
#[derive(Clone, PartialEq, Properties)]
pub struct CodeProps {
    /// What is on screen.
    pub scenario: Rc<Scenario>,
    /// Takes the wish for programs.
    pub on_code: AskCode,
}

/// What came of the wish.
#[derive(Clone, PartialEq)]
enum Answer {
    Awaited,
    Nothing,
    Programs(Rc<Code>),
    Failed(AttrValue),
}

/// Opens the dialog.
#[component]
pub fn CodeButton(props: &CodeProps) -> Html {
    let annex = use_annex();
    let is_open = use_state_eq(|| false);
    let answer = use_state(|| Answer::Awaited);
    let onclick = {
        let (is_open, answer, props) = (is_open.clone(), answer.clone(), props.clone());
        move |_: MouseEvent| {
            once_here(drop);
            is_open.set(true);
            answer.set(Answer::Awaited);
            let answer = answer.clone();
            let on_code = Callback::from(move |written: Written| {
                answer.set(match written {
                    Ok(Some(code)) => Answer::Programs(Rc::new(code)),
                    Ok(None) => Answer::Nothing,
                    Err(reason) => Answer::Failed(reason.into()),
                });
            });
            props.on_code.emit(((*props.scenario).clone(), on_code));
        }
    };
    let on_close = {
        let is_open = is_open.clone();
        Callback::from(move |()| is_open.set(false))
    };
    let children = match &*answer {
        Answer::Awaited => html! { <p class="help" role="status">{ words::code::WRITING }</p> },
        Answer::Nothing => html! { <p>{ words::code::NONE }</p> },
        Answer::Failed(reason) => html! { <p role="alert">{ reason }</p> },
        Answer::Programs(code) => {
            let props = ProgramsProps { scenario: Rc::clone(&props.scenario), code: Rc::clone(code) };
            annex.map(|annex| (annex.programs)(props)).unwrap_or_default()
        }
    };
    html! {
        <>
            <button type="button" aria-haspopup="dialog" {onclick}>{ words::code::CODE }</button>
            <Dialog ..DialogProps { id: "code", title: words::code::TITLE, is_open: *is_open, on_close, children } />
        </>
    }
}

/// Properties of [`Programs`].
#[derive(Clone, PartialEq, Properties)]
pub struct ProgramsProps {
    /// What is on screen.
    pub scenario: Rc<Scenario>,
    /// Its programs.
    pub code: Rc<Code>,
}

/// The programs, one at a time.
#[component]
pub fn Programs(props: &ProgramsProps) -> Html {
    let chosen = use_state_eq(|| 0_usize);
    let code = &props.code;
    let Some(program) = code.programs.get(*chosen) else { return Html::default() };
    let (heading, _) = props.scenario.lab().heading(&props.scenario.values());
    let address = format!("{}{}", base_address(), link::write(&props.scenario));
    let text = AttrValue::from(program.text(&heading, &address));
    let save = {
        let (name, text) = (program.file.clone(), text.clone());
        move |_: MouseEvent| save_text(&name, "text/plain", &text)
    };
    let save_data = {
        let code = Rc::clone(code);
        move |_: MouseEvent| save_text(&code.data_file, "text/csv", &code.data.csv())
    };
    html! {
        <div class="programs">
            <p>{ words::code::ABOUT }</p>
            <fieldset class="choice">
                <legend class="for-readers">{ words::code::LANGUAGE }</legend>
                <div class="segments">
                    { for code.programs.iter().enumerate().map(|(index, program)| {
                        let chosen = chosen.clone();
                        html! {
                            <label key={program.title.clone()}>
                                <input type="radio" name="program" checked={*chosen == index} onchange={move |_| chosen.set(index)} />
                                <span>{ &program.title }</span>
                            </label>
                        }
                    }) }
                </div>
            </fieldset>
            <p class="help" aria-live="polite">{ &program.about }</p>
            <pre class="program" tabindex="0" role="region" aria-label={words::code::program_in(&program.title)}><code>{ &text }</code></pre>
            <div class="dialog-buttons">
                <CopyButton ..CopyProps { class: "primary", label: words::code::COPY, done: words::code::COPIED, text: text.clone() } />
                { button(&words::code::download(&program.file), save.into()) }
                { button(words::code::DATA, save_data.into()) }
            </div>
            if code.reads_file {
                <p class="help">{ words::code::reads(&code.data_file) }</p>
            }
        </div>
    }
}
