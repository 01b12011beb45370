//! Who is in the pictures: the marks with their names.

use labs::Legend;
use labs::glossary::Seen;
use plots::{Mark, Role};
use yew::prelude::*;

use super::spans::role_class;
use super::term::prose;
use crate::words;

/// The legend in one row.
pub fn legend_row(entries: &[Legend]) -> Html {
    let mut seen = Seen::default();
    html! {
        <ul class="legend" aria-label={words::page::MARKS}>
            { for entries.iter().map(|entry| html! { <li key={entry.label}>{ mark(entry.role) }<span>{ prose(entry.label, &mut seen) }</span></li> }) }
        </ul>
    }
}

/// The mark of an estimator, as large as a letter.
fn mark(role: Role) -> Html {
    let shape = match role.mark() {
        Mark::Tick => html! { <path d="M7 2v10" stroke-width="2.4" /> },
        Mark::OpenCircle => html! { <circle cx="7" cy="7" r="3.9" stroke-width="2" /> },
        Mark::FilledCircle => html! { <circle cx="7" cy="7" r="4.4" class="filled" /> },
        Mark::Triangle => html! { <path d="M7 2.2 12 11.3H2z" class="filled" /> },
        Mark::Square => html! { <path d="M3 3h8v8H3z" class="filled" /> },
        Mark::Cross => html! { <path d="M3 3l8 8M11 3l-8 8" stroke-width="2" /> },
        Mark::Dot => html! { <circle cx="7" cy="7" r="2.4" class="filled" /> },
        Mark::Diamond => html! { <path d="M7 1.8 12.2 7 7 12.2 1.8 7z" class="filled" /> },
    };
    html! { <svg class={classes!("mark", role_class(role))} viewBox="0 0 14 14" aria-hidden="true">{ shape }</svg> }
}
