//! What can be taken away of a panel: its values as a table, and files.

use labs::Body;
use plots::{Table, Theme, View};
use yew::prelude::*;

use super::panel_card::Naming;
use super::{menu, plain_button};
use crate::canvas::painted;
use crate::effects::download::{save_png, save_text};
use crate::effects::letters;
use crate::state::Shown;
use crate::words;

/// Properties of [`TakeAway`].
#[derive(Clone, PartialEq, Properties)]
pub struct TakeAwayProps {
    /// Of what.
    pub panel: Shown,
    /// Colors of the picture.
    pub theme: Theme,
    /// Names the files.
    pub naming: Naming,
}

/// The menu of what can be taken away of the panel called `title`.
pub(super) fn take_away_menu(title: &str, items: Html) -> Html {
    menu(words::cards::take_away(title).into(), Some(words::cards::TABLE_AND_FILES), items)
}

/// Width of a downloaded picture, in CSS pixels.
const FILE_WIDTH: f64 = 860.0;
/// Device pixels to a CSS pixel of a downloaded PNG: sharp on a projector and in print.
const PNG_RATIO: f64 = 2.0;

/// The values as a table, and the picture and the values as files.
#[component]
pub fn TakeAway(props: &TakeAwayProps) -> Html {
    let is_open = use_state_eq(|| false);
    let save_svg = {
        let (panel, theme, naming) = (props.panel.clone(), props.theme, props.naming.clone());
        move |_: MouseEvent| {
            if let Body::Figure(figure) = &panel.body {
                let view = View { theme, highlight: None };
                let title = format!("{} · {}", panel.title, naming.link());
                let text = plots::svg_sheet(figure, &view, FILE_WIDTH, &naming.caption(&panel), &title);
                save_text(&naming.file(&panel.id, "svg"), "image/svg+xml", &text);
            }
        }
    };
    let save_png = {
        let (panel, theme, naming) = (props.panel.clone(), props.theme, props.naming.clone());
        move |_: MouseEvent| {
            if let Body::Figure(figure) = &panel.body {
                let view = View { theme, highlight: None };
                let (figure, caption) = (figure.clone(), naming.caption(&panel));
                let name = naming.file(&panel.id, "png");
                let paint = move || painted(&figure, &view, FILE_WIDTH, &caption, PNG_RATIO);
                // The first time asks for letters that the page has not shown.
                drop(paint());
                letters::once_here(move || {
                    if let Some(canvas) = paint() {
                        save_png(&name, &canvas);
                    }
                });
            }
        }
    };
    let save_csv = {
        let (panel, naming) = (props.panel.clone(), props.naming.clone());
        move |_: MouseEvent| {
            if let Body::Figure(figure) = &panel.body {
                save_text(&naming.file(&panel.id, "csv"), "text/csv", &plots::table(figure).csv());
            }
        }
    };
    let ontoggle = {
        let is_open = is_open.clone();
        move |_| is_open.set(!*is_open)
    };
    let items = html! {
        <>
            <button type="button" class="plain" aria-expanded={is_open.to_string()} onclick={ontoggle}>
                { if *is_open { words::cards::CLOSE_TABLE } else { words::cards::AS_TABLE } }
            </button>
            { plain_button(words::cards::AS_CSV, save_csv.into()) }
            { plain_button(words::cards::AS_SVG, save_svg.into()) }
            { plain_button(words::cards::AS_PNG, save_png.into()) }
        </>
    };
    html! {
        <div class="take-away">
            { take_away_menu(&props.panel.title, items) }
            if *is_open {
                <Values ..ValuesProps { panel: props.panel.clone(), class: "values", label: words::cards::values_of(&props.panel.title).into(), rows_at_once: VALUES_AT_ONCE } />
            }
        </div>
    }
}

/// The rows of a panel that is a table, and a button for the file of them.
pub fn rows(panel: &Shown, naming: &Naming) -> Html {
    let Body::Table(table) = &panel.body else { return Html::default() };
    let save = {
        let (panel, naming) = (panel.clone(), naming.clone());
        Callback::from(move |_| {
            if let Body::Table(table) = &panel.body {
                save_text(&naming.file(&panel.id, "csv"), "text/csv", &table.csv());
            }
        })
    };
    html! {
        <>
            <Values ..ValuesProps { panel: panel.clone(), class: "wide-table", label: words::cards::table_of(&panel.title).into(), rows_at_once: VARIABLES_AT_ONCE } />
            if !table.rows.is_empty() {
                { plain_button(words::cards::TABLE_AS_CSV, save) }
            }
        </>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct ValuesProps {
    panel: Shown,
    class: &'static str,
    label: AttrValue,
    rows_at_once: usize,
}

/// Rows of the table of variables on the page at once: it comes unasked, so it is laid out within a blink.
const VARIABLES_AT_ONCE: usize = 250;
/// Rows of a figure's values on the page at once; who opens them can wait for a tenth of a second.
const VALUES_AT_ONCE: usize = 1000;

/// The values of a panel as a table, a long one leaf by leaf.
#[component]
fn Values(props: &ValuesProps) -> Html {
    let leaf = use_state_eq(|| 0_usize);
    let table = use_memo(props.panel.clone(), |panel| match &panel.body {
        Body::Figure(figure) => plots::table(figure),
        Body::Table(table) => table.clone(),
        Body::Sampler(_) | Body::Text => Table::default(),
    });
    let num_leaves = table.rows.len().div_ceil(props.rows_at_once).max(1);
    let current = (*leaf).min(num_leaves - 1);
    let rows = table.rows.iter().skip(current * props.rows_at_once).take(props.rows_at_once);
    let turn = |to: usize| {
        let leaf = leaf.clone();
        Callback::from(move |_: MouseEvent| leaf.set(to))
    };
    let last = ((current + 1) * props.rows_at_once).min(table.rows.len());
    html! {
        <>
            <div class={props.class} tabindex="0" role="region" aria-label={props.label.clone()}>
                <table>
                    <thead><tr>{ for table.columns.iter().map(|column| html! { <th scope="col">{ column }</th> }) }</tr></thead>
                    <tbody>
                        { for rows.map(|row| html! {
                            <tr>{ for row.iter().map(|cell| html! { <td>{ cell }</td> }) }</tr>
                        }) }
                    </tbody>
                </table>
            </div>
            if num_leaves > 1 {
                <p class="leaves">
                    <button type="button" class="plain" disabled={current == 0} onclick={turn(current.saturating_sub(1))}>{ words::cards::BACK }</button>
                    <span class="count">{ words::cards::rows(current * props.rows_at_once + 1, last, table.rows.len()) }</span>
                    <button type="button" class="plain" disabled={current + 1 == num_leaves} onclick={turn(current + 1)}>{ words::cards::ON }</button>
                </p>
            }
        </>
    }
}
