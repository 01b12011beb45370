//! The controls of a lab, walked as data.

use std::rc::Rc;

use labs::{Control, Group, Kind, Notice, Scenario};
use yew::prelude::*;

use super::{formulas, menu, plain_button};
use crate::annex::{self, use_annex};
use crate::controls::{
    ChoiceControl, ControlProps, CountsControl, RepeatsControl, SeedControl, SeedProps, SizesControl,
    SliderControl,
};
use crate::state::Action;
use crate::words;

/// Properties of [`ControlPanel`].
#[derive(Clone, PartialEq, Properties)]
pub struct ControlPanelProps {
    /// The lab and its values.
    pub scenario: Rc<Scenario>,
    /// What to say beside which control.
    pub notices: Rc<Vec<Notice>>,
    /// Takes what the reader sets.
    pub on_action: Callback<Action>,
    /// Takes the wish for a fresh seed.
    pub on_fresh_seed: Callback<()>,
    /// Whether only the model itself and the seed are shown, without examples and formulas.
    #[prop_or_default]
    pub is_compact: bool,
}

/// The card with the model and all controls.
#[component]
pub fn ControlPanel(props: &ControlPanelProps) -> Html {
    // Some widgets come with it.
    use_annex();
    let lab = props.scenario.lab();
    let groups = lab.controls().chunk_by(|a, b| a.group == b.group);
    let mut index = 0;
    let groups = groups.map(|controls| {
        let first = index;
        index += controls.len();
        let is_main = |control: &Control| {
            !props.is_compact || control.group == Group::MODEL || matches!(control.kind, Kind::Seed { .. })
        };
        let applies = |control: &Control| is_main(control) && (control.applies)(&props.scenario.values());
        let shown = (first..).zip(controls).filter(|(_, control)| applies(control));
        let rows: Html = shown.map(|(index, control)| row(props, index, control)).collect();
        if !controls.iter().any(applies) {
            return Html::default();
        }
        let group = controls[0].group;
        match (group.title, group.is_folded) {
            ("", _) => html! { <div key="model">{ rows }</div> },
            (title, true) => html! {
                <details key={title}><summary><h3>{ title }</h3></summary>{ rows }</details>
            },
            (title, false) => html! { <div key={title}><h3>{ title }</h3>{ rows }</div> },
        }
    });
    let examples = lab.meta().presets.iter().map(|preset| {
        let onclick = props.on_action.reform(|_| Action::OpenLink(preset.link.to_owned()));
        html! { <button key={preset.label} type="button" class="plain" {onclick}>{ preset.label }</button> }
    });
    html! {
        <section class="card controls" aria-labelledby="controls-heading">
            <div class="card-head">
                <h2 id="controls-heading">{ words::controls::MODEL }</h2>
                <div class="tools-of-card">
                    if !lab.meta().presets.is_empty() && !props.is_compact {
                        { menu(words::controls::EXAMPLES.into(), None, examples.collect()) }
                    }
                    { plain_button(words::controls::RESET, props.on_action.reform(|_| Action::Reset)) }
                </div>
            </div>
            { formulas(lab.meta().formulas) }
            { for groups }
        </section>
    }
}

/// The controls with these `indices` by themselves, such as a projector has room for; those that do nothing now are left out.
pub fn handles(indices: &[usize], props: &ControlPanelProps) -> Html {
    let controls = props.scenario.lab().controls();
    let applies = |index: &&usize| (controls[**index].applies)(&props.scenario.values());
    html! {
        <div class="handles">
            { for indices.iter().filter(applies).map(|index| row(props, *index, &controls[*index])) }
        </div>
    }
}

fn row(props: &ControlPanelProps, index: usize, control: &'static Control) -> Html {
    let help = (control.help)(&props.scenario.values());
    let common = ControlProps {
        control,
        help,
        index,
        value: props.scenario.value(index).clone(),
        on_action: props.on_action.clone(),
    };
    let notices: Vec<Notice> =
        props.notices.iter().filter(|notice| notice.key == control.key).cloned().collect();
    let widget = match control.kind {
        Kind::Linear { .. } | Kind::Log { .. } => html! { <SliderControl ..common /> },
        Kind::Sizes { .. } => html! { <SizesControl ..common /> },
        Kind::Counts { .. } => html! { <CountsControl ..common /> },
        Kind::Choice { .. } => html! { <ChoiceControl ..common /> },
        Kind::Repeats { .. } => html! { <RepeatsControl ..common /> },
        // None of these is in the first view.
        Kind::Play { .. } | Kind::Table(_) | Kind::Moves { .. } => {
            annex::here().map(|annex| (annex.widget)(common)).unwrap_or_default()
        }
        Kind::Seed { .. } => {
            let on_fresh = props.on_fresh_seed.clone();
            html! { <SeedControl ..SeedProps { common, on_fresh } /> }
        }
    };
    html! {
        <div class="control" key={control.key} data-key={control.key}>
            { widget }
            if !help.is_empty() {
                <p class="help" id={format!("help-{}", control.key)}>{ help }</p>
            }
            if !notices.is_empty() {
                { super::notices(&notices, None) }
            }
        </div>
    }
}
