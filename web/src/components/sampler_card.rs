//! The sampler's numbers, its verdict, and the buttons that start and stop it.

use labs::{SamplerReport, Stat};
use yew::prelude::*;

use super::button;
use crate::state::Action;
use crate::words;

/// What the chains are doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Transport {
    /// Whether they are at work or held in the middle of it.
    pub is_sampling: bool,
    /// Whether they are held.
    pub is_paused: bool,
}

/// Properties of [`SamplerCard`].
#[derive(Clone, PartialEq, Properties)]
pub struct SamplerProps {
    /// Its numbers.
    pub report: SamplerReport,
    /// What the chains are doing.
    pub transport: Transport,
    /// Takes the buttons' wishes.
    pub on_action: Callback<Action>,
    /// Ends the chains where they are.
    pub on_stop: Callback<()>,
    /// Saves all draws as a file.
    pub on_draws: Callback<()>,
}

/// The card's inside.
#[component]
pub fn SamplerCard(props: &SamplerProps) -> Html {
    let SamplerProps { report, transport, .. } = props;
    let act = |action: Action| props.on_action.reform(move |_: MouseEvent| action.clone());
    let counted = labs::number::grouped(report.num_draws);
    let phase = if report.warming_up && report.iterations_done > 0 {
        words::sampler::WARMING_UP
    } else {
        words::sampler::DRAWS
    };
    html! {
        <div class="sampler">
            <div class="transport">
                if transport.is_sampling {
                    { button(if transport.is_paused { words::sampler::GO_ON } else { words::sampler::PAUSE }, act(Action::SetPaused(!transport.is_paused))) }
                    { button(words::sampler::STOP, props.on_stop.reform(|_| ())) }
                } else {
                    { button(words::sampler::AGAIN, act(Action::Restart)) }
                }
                <progress max={report.iterations_total.max(1).to_string()} value={report.iterations_done.to_string()} aria-label={words::sampler::DONE} />
                <output class="count"><strong>{ counted }</strong>{ " " }{ phase }</output>
            </div>
            if !report.verdict.is_empty() {
                <p class={classes!("verdict", report.warning.then_some("warning"))} role="status">{ &report.verdict }</p>
            }
            if report.large().next().is_some() {
                <dl class="stats">{ for report.large().map(number) }</dl>
            }
            if report.quiet().next().is_some() {
                <dl class="quiet">{ for report.quiet().map(number) }</dl>
            }
            if !report.stats.is_empty() {
                <details class="meanings">
                    <summary>{ words::sampler::MEANINGS }</summary>
                    <dl>
                        { for report.large().chain(report.quiet()).map(|stat| html! {
                            <div key={stat.label.clone()}><dt>{ &stat.label }</dt><dd>{ &stat.help }</dd></div>
                        }) }
                    </dl>
                </details>
            }
            if report.rivals.len() > 1 {
                <table class="rivals">
                    <caption>{ words::sampler::RIVALS }</caption>
                    <thead><tr><th scope="col">{ words::sampler::SAMPLER }</th><th scope="col">{ words::sampler::TIME }</th><th scope="col">{ words::sampler::ESS }</th><th scope="col">{ words::sampler::ESS_PER_SECOND }</th></tr></thead>
                    <tbody>
                        { for report.rivals.iter().map(|rival| html! {
                            <tr key={rival.name.clone()} class={classes!(rival.is_current.then_some("current"), rival.warning.then_some("warning"))}>
                                <th scope="row">{ &rival.name }</th><td>{ &rival.time }</td><td>{ &rival.ess }</td><td>{ &rival.ess_per_second }{ for rival.is_first.then(|| html! { <span class="note">{ words::sampler::FIRST_RUN }</span> }) }</td>
                            </tr>
                        }) }
                    </tbody>
                </table>
            }
            if report.num_draws > 0 && !transport.is_sampling {
                <button type="button" class="plain draws" onclick={props.on_draws.reform(|_| ())}>{ words::sampler::ALL_DRAWS }</button>
            }
        </div>
    }
}

/// A number with its name; what is to be done about it needs the width of the card.
fn number(stat: &Stat) -> Html {
    let is_noted = stat.warning && !stat.note.is_empty();
    html! {
        <div key={stat.label.clone()} class={classes!(stat.warning.then_some("warning"), is_noted.then_some("noted"))} title={stat.help.clone()}>
            <dt>{ &stat.label }</dt>
            <dd>
                { &stat.value }
                if !stat.note.is_empty() {
                    <span class="note">{ &stat.note }</span>
                }
            </dd>
        </div>
    }
}
