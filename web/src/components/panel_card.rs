//! A card: heading, picture or numbers, remark, and what can be taken away.

use std::cell::RefCell;
use std::rc::Rc;

use labs::glossary::Seen;
use labs::{Body, Panel, Scenario, link};
use plots::{Caption, Theme};
use yew::prelude::*;

use super::spans::sentence;
use super::take_away::take_away_menu;
use super::term::prose;
use super::{FigureCanvas, FigureProps, SamplerCard, SamplerProps, TakeAwayProps, Transport};
use crate::annex::{Annex, use_annex};
use crate::effects::address_bar::base_address;
use crate::state::{Action, Shown};

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
    pub(super) fn file(&self, panel: &str, ending: &str) -> String {
        format!("{}_{panel}.{ending}", link::file_stem(&self.0.borrow()))
    }

    /// What a file says beside the picture of `panel`: heading, settings, and the address that brings it back.
    pub(super) fn caption(&self, panel: &Panel) -> Caption {
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
    pub(super) fn link(&self) -> String {
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
    let annex = use_annex();
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
                    { take_away(props, annex) }
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
                Body::Table(_) => annex.map(|annex| (annex.rows)(panel, &props.naming)).unwrap_or_default(),
                Body::Text => Html::default(),
            } }
            if !panel.remark.is_empty() {
                <p class="remark">{ remark }</p>
            }
        </section>
    }
}

/// The menu of what can be taken away; it opens empty until the annex has come.
fn take_away(props: &PanelProps, annex: Option<&Annex>) -> Html {
    match annex {
        Some(annex) => (annex.take_away)(TakeAwayProps {
            panel: props.panel.clone(),
            theme: props.theme,
            naming: props.naming.clone(),
        }),
        None => {
            html! { <div class="take-away">{ take_away_menu(&props.panel.title, Html::default()) }</div> }
        }
    }
}
