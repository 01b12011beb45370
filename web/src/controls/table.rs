//! The reader's own data: a field to paste into, a file to choose or to drop, and what was understood.

use std::rc::Rc;
use std::sync::Arc;

use labs::own::{Form, Header, Reading, Role, read_as};
use labs::{Kind, Own, Value};
use web_sys::{DragEvent, FileList, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};
use yew::prelude::*;

use super::ControlProps;
use crate::effects::files::{self, FileText};
use crate::words;

/// Faults that are listed one by one.
const MAX_LISTED: usize = 8;
/// Longest text that stands in the field, in bytes; a longer one is only summed up.
const MAX_SHOWN: usize = 40_000;

/// What was pasted, and how it was understood.
#[derive(Clone, PartialEq)]
struct Draft {
    form: Form,
    text: Rc<str>,
    /// Name of the file; empty if it was pasted.
    file: String,
    header: Header,
    chosen: Vec<Option<Role>>,
    reading: Rc<Reading>,
}

impl Draft {
    fn new(form: Form, text: Rc<str>, file: String, header: Header, chosen: Vec<Option<Role>>) -> Self {
        let reading = Rc::new(read_as(form, &text, &chosen, header));
        Self { form, text, file, header, chosen, reading }
    }
}

/// The field, the button, the columns and the faults.
#[component]
pub fn TableControl(props: &ControlProps) -> Html {
    let draft = use_state_eq(|| None::<Draft>);
    let fault = use_state_eq(|| None::<String>);
    let is_over = use_state_eq(|| false);
    let (Value::Table(own), Kind::Table(form)) = (&props.value, props.control.kind) else {
        return Html::default();
    };
    // Data from a link or from before: what was typed here speaks of others.
    let current =
        (*draft).as_ref().filter(|draft| draft.reading.own == **own || draft.reading.own.is_empty()).cloned();
    let take = {
        let (draft, fault, set) = (draft.clone(), fault.clone(), props.set());
        Callback::from(move |new: Draft| {
            // A text with no row that can be used leaves what was there.
            if !new.reading.own.is_empty() || new.text.trim().is_empty() {
                set.emit(Value::Table(Arc::new(new.reading.own.clone())));
            }
            fault.set(None);
            draft.set(Some(new));
        })
    };
    let oninput = {
        let take = take.clone();
        move |event: InputEvent| {
            let text = event.target_unchecked_into::<HtmlTextAreaElement>().value();
            take.emit(Draft::new(form, text.into(), String::new(), Header::Guess, Vec::new()));
        }
    };
    let on_file = {
        let (take, fault) = (take.clone(), fault.clone());
        Callback::from(move |(name, text): FileText| match text {
            Ok(text) => take.emit(Draft::new(form, text.into(), name, Header::Guess, Vec::new())),
            Err(what) => fault.set(Some(format!("{name}: {what}."))),
        })
    };
    let first_file = move |list: Option<FileList>| {
        if let Some(file) = list.and_then(|list| list.get(0)) {
            files::read(file, on_file.clone());
        }
    };
    let onchange = {
        let first_file = first_file.clone();
        move |event: Event| {
            let input = event.target_unchecked_into::<HtmlInputElement>();
            first_file(input.files());
            // The same file may be chosen again after a change.
            input.set_value("");
        }
    };
    let ondrop = {
        let is_over = is_over.clone();
        move |event: DragEvent| {
            is_over.set(false);
            let list = event.data_transfer().and_then(|data| data.files());
            if list.as_ref().is_some_and(|list| list.length() > 0) {
                event.prevent_default();
                first_file(list);
            }
        }
    };
    let ondragover = {
        let is_over = is_over.clone();
        move |event: DragEvent| {
            event.prevent_default();
            is_over.set(true);
        }
    };
    let ondragleave = move |_: DragEvent| is_over.set(false);
    let clear = {
        let (draft, fault, set) = (draft.clone(), fault.clone(), props.set());
        move |_: MouseEvent| {
            draft.set(None);
            fault.set(None);
            set.emit(Value::Table(Arc::default()));
        }
    };
    let shown = match &current {
        Some(draft) => draft.text.to_string(),
        None => lines(own),
    };
    let is_long = shown.len() > MAX_SHOWN;
    let has_something = current.is_some() || !own.is_empty();
    html! {
        <div class="own-table" {ondrop} {ondragover} {ondragleave}>
            <div class="control-head">
                <label for={props.id()}>{ props.control.label }</label>
                if has_something {
                    <button type="button" class="plain" onclick={clear}>{ words::controls::CLEAR }</button>
                }
            </div>
            if is_long {
                <p class="help">{ words::table::too_long(current.as_ref().map_or(words::table::TEXT, |draft| named(&draft.file))) }</p>
            } else {
                <textarea id={props.id()} rows="7" spellcheck="false" autocomplete="off" wrap="off" value={shown} {oninput}
                    placeholder={form.example()} />
            }
            <label class="choose-file">
                <input type="file" accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values,text/plain" {onchange} />
                <span>{ words::table::CHOOSE_FILE }</span>
            </label>
            <div role="status">
                if let Some(what) = &*fault {
                    <p class="notice"><span>{ words::table::stays(what) }</span></p>
                }
                if let Some(draft) = &current {
                    { understood(draft) }
                    { problems(&draft.reading) }
                }
                if !own.is_empty() && !own.fits_in_link() {
                    <p class="help own-note">{ words::table::NOT_IN_LINK }</p>
                }
            </div>
            if let Some(draft) = current.filter(|draft| !draft.text.trim().is_empty()) {
                { columns(&draft, &take) }
            }
        </div>
    }
}

fn named(file: &str) -> &str {
    if file.is_empty() { words::table::PASTED } else { file }
}

/// One sentence about the text as a whole.
fn understood(draft: &Draft) -> Html {
    let reading = &draft.reading;
    if draft.text.trim().is_empty() {
        return Html::default();
    }
    let used = reading.own.len();
    html! {
        <p class="help own-note">{ words::table::rows_used(named(&draft.file), used, reading.num_rows) }</p>
    }
}

/// The faults, row by row.
fn problems(reading: &Reading) -> Html {
    if reading.problems.is_empty() {
        return Html::default();
    }
    let more = reading.problems.len().saturating_sub(MAX_LISTED);
    html! {
        <div class="notice own-problems">
            <ul>
                { for reading.problems.iter().take(MAX_LISTED).map(|problem| html! { <li>{ format!("{problem}.") }</li> }) }
                if more > 0 {
                    <li>{ words::table::more(more) }</li>
                }
            </ul>
            <p>{ words::table::LEFT_OUT }</p>
        </div>
    }
}

/// What each column was taken for, to be corrected.
fn columns(draft: &Draft, take: &Callback<Draft>) -> Html {
    let (form, reading) = (draft.form, Rc::clone(&draft.reading));
    let on_header = {
        let (draft, take) = (draft.clone(), take.clone());
        move |event: Event| {
            let is_checked = event.target_unchecked_into::<HtmlInputElement>().checked();
            let header = if is_checked { Header::Present } else { Header::Absent };
            take.emit(Draft::new(draft.form, Rc::clone(&draft.text), draft.file.clone(), header, Vec::new()));
        }
    };
    html! {
        <fieldset class="own-columns">
            <legend>{ words::table::COLUMNS }</legend>
            <label class="own-header"><input type="checkbox" checked={reading.has_header} onchange={on_header} />{ words::table::HAS_HEADER }</label>
            { for reading.columns.iter().enumerate().map(|(k, name)| {
                let (draft, take) = (draft.clone(), take.clone());
                let roles = reading.roles.clone();
                let onchange = move |event: Event| {
                    let select: HtmlSelectElement = event.target_unchecked_into();
                    let wanted = form.roles().iter().copied().find(|role| form.slug(*role) == select.value());
                    // The column that had this role before gives it up.
                    let mut chosen: Vec<Option<Role>> = roles.iter().map(|role| Some(*role)).collect();
                    for other in &mut chosen {
                        if *other == wanted && wanted.is_some_and(|role| !role.is_repeated()) {
                            *other = Some(Role::Unused);
                        }
                    }
                    chosen[k] = wanted;
                    take.emit(Draft::new(draft.form, Rc::clone(&draft.text), draft.file.clone(), draft.header, chosen));
                };
                html! {
                    <label key={k} class="own-column">
                        <span>{ name }</span>
                        <select {onchange}>
                            { for form.roles().iter().map(|role| html! {
                                <option value={form.slug(*role)} selected={*role == reading.roles[k]}>{ form.label(*role) }</option>
                            }) }
                        </select>
                    </label>
                }
            }) }
        </fieldset>
    }
}

/// The lines of `own`, for a field that nobody has typed into; empty if they are too many.
fn lines(own: &Own) -> String {
    // A row has four characters at least.
    if own.len() > MAX_SHOWN / 4 { String::new() } else { own.to_link().replace(';', "\n") }
}
