//! Sentences with numbers in the colors of their estimators.

use labs::Span;
use labs::glossary::Seen;
use plots::Role;
use yew::prelude::*;

use super::term::prose;

/// The pieces one after another, terms explained where they are first met.
pub fn sentence(spans: &[Span], seen: &mut Seen) -> Html {
    spans.iter().map(|span| piece(span, seen)).collect()
}

fn piece(span: &Span, seen: &mut Seen) -> Html {
    let class = span.role.map(role_class);
    let text = prose(&span.text, seen);
    if span.strong {
        html! { <strong {class}>{ text }</strong> }
    } else {
        html! { <span {class}>{ text }</span> }
    }
}

/// The style class that has the color of `role`.
pub(super) fn role_class(role: Role) -> &'static str {
    match role {
        Role::Truth => "role-truth",
        Role::Mle => "role-mle",
        Role::Bayes => "role-bayes",
        Role::JamesStein => "role-james-stein",
        Role::RegionMean => "role-region-mean",
        Role::Zero => "role-zero",
        Role::Neutral => "role-neutral",
        Role::Oracle => "role-oracle",
    }
}
