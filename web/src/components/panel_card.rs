//! A card: heading, picture or numbers, remark, and what can be taken away.

use std::cell::RefCell;
use std::rc::Rc;

use labs::glossary::Seen;
use labs::{Body, Panel, Scenario, link};
use plots::{Caption, Table, Theme, View};
use yew::prelude::*;

use super::spans::sentence;
use super::term::prose;
use super::{FigureCanvas, FigureProps, SamplerCard, SamplerProps, Transport, menu, plain_button};
use crate::canvas::painted;
use crate::effects::address_bar::base_address;
use crate::effects::download::{save_png, save_text};
use crate::effects::letters;
use crate::state::{Action, Shown};
use crate::words;

/// Properties of [`PanelCard`].
#[derive(Clone, PartialEq, Properties)]
pub struct PanelProps {
    /// What it shows.
    pub panel: Shown,
    /// Unit that is lit up.
    pub highlight: Option<u32>,
    /// Colors of the picture.
    pub theme: Theme,
    /// Names downloaded files.
    pub naming: Naming,
    /// What the chains are doing.
    pub transport: Transport,
    /// Takes what the reader does.
    pub on_action: Callback<Action>,
    /// Ends the chains.
    pub on_stop: Callback<()>,
    /// Saves all draws as a file of this name.
    pub on_draws: Callback<String>,
}

/// Names files after the scenario on screen, asked only when one is taken: a card whose picture
/// stays the same is not made again because some setting has changed.
#[derive(Clone, Default)]
pub struct Naming(Rc<RefCell<Rc<Scenario>>>);

impl Naming {
    /// Names files after this scenario from now on.
    pub fn set(&self, scenario: Rc<Scenario>) {
        self.0.replace(scenario);
    }

    /// The name of a file of panel `panel`.
    fn file(&self, panel: &str, ending: &str) -> String {
        format!("{}_{panel}.{ending}", link::file_stem(&self.0.borrow()))
    }

    /// What a file says beside the picture of `panel`: heading, settings, and the address that brings it back.
    fn caption(&self, panel: &Panel) -> Caption {
        let scenario = self.0.borrow();
        let (heading, _) = scenario.lab().heading(&scenario.values());
        let settings = labs::caption::settings(&scenario);
        let lines = [heading, settings, format!("{}{}", base_address(), link::write(&scenario))];
        Caption {
            title: panel.title.clone(),
            lines: lines.into_iter().filter(|line| !line.is_empty()).collect(),
        }
    }

    /// The link of the picture, for its title.
    fn link(&self) -> String {
        link::write(&self.0.borrow())
    }
}

impl PartialEq for Naming {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// The card.
#[component]
pub fn PanelCard(props: &PanelProps) -> Html {
    let panel = &props.panel;
    let heading = format!("panel-{}", panel.id);
    // From the top of the card: a term is explained where it stands first.
    let mut seen = Seen::default();
    let title = prose(&panel.title, &mut seen);
    let subtitle = sentence(&panel.subtitle, &mut seen);
    let remark = sentence(&panel.remark, &mut seen);
    html! {
        <section class="card" id={format!("card-{}", panel.id)} aria-labelledby={heading.clone()}>
            <div class="card-head">
                <h2 id={heading}>{ title }</h2>
                if let Body::Figure(_) = &panel.body {
                    <TakeAway ..TakeAwayProps { panel: panel.clone(), theme: props.theme, naming: props.naming.clone() } />
                }
            </div>
            if !panel.subtitle.is_empty() {
                <p class="subtitle">{ subtitle }</p>
            }
            { match &panel.body {
                Body::Figure(_) => html! {
                    <FigureCanvas ..FigureProps { panel: panel.clone(), highlight: props.highlight, theme: props.theme, is_filling: false, on_action: props.on_action.clone() } />
                },
                Body::Sampler(report) => html! {
                    <SamplerCard ..SamplerProps { report: report.clone(), transport: props.transport, on_action: props.on_action.clone(), on_stop: props.on_stop.clone(),
                        on_draws: props.on_draws.reform({ let naming = props.naming.clone(); move |()| naming.file("draws", "csv") }) } />
                },
                Body::Table(table) => html! {
                    <>
                        <Values ..ValuesProps { panel: panel.clone(), class: "wide-table", label: words::cards::table_of(&panel.title).into(), rows_at_once: VARIABLES_AT_ONCE } />
                        if !table.rows.is_empty() {
                            { plain_button(words::cards::TABLE_AS_CSV, save_table(panel, &props.naming)) }
                        }
                    </>
                },
                Body::Text => Html::default(),
            } }
            if !panel.remark.is_empty() {
                <p class="remark">{ remark }</p>
            }
        </section>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct TakeAwayProps {
    panel: Shown,
    theme: Theme,
    naming: Naming,
}

/// Width of a downloaded picture, in CSS pixels.
const FILE_WIDTH: f64 = 860.0;
/// Device pixels to a CSS pixel of a downloaded PNG: sharp on a projector and in print.
const PNG_RATIO: f64 = 2.0;

/// The values as a table, and the picture and the values as files.
#[component]
fn TakeAway(props: &TakeAwayProps) -> Html {
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
            { menu(words::cards::take_away(&props.panel.title).into(), Some(words::cards::TABLE_AND_FILES), items) }
            if *is_open {
                <Values ..ValuesProps { panel: props.panel.clone(), class: "values", label: words::cards::values_of(&props.panel.title).into(), rows_at_once: VALUES_AT_ONCE } />
            }
        </div>
    }
}

fn save_table(panel: &Shown, naming: &Naming) -> Callback<MouseEvent> {
    let (panel, naming) = (panel.clone(), naming.clone());
    Callback::from(move |_| {
        if let Body::Table(table) = &panel.body {
            save_text(&naming.file(&panel.id, "csv"), "text/csv", &table.csv());
        }
    })
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
