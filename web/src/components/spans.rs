//! Sentences with numbers in the colors of their estimators.

use labs::Span;
use plots::Role;
use yew::prelude::*;

/// Properties of [`Sentence`].
#[derive(Clone, PartialEq, Properties)]
pub struct SentenceProps {
    /// The pieces.
    pub spans: Vec<Span>,
}

/// The pieces one after another.
#[component]
pub fn Sentence(props: &SentenceProps) -> Html {
    props.spans.iter().map(piece).collect()
}

fn piece(span: &Span) -> Html {
    let class = span.role.map(role_class);
    if span.strong {
        html! { <strong {class}>{ &span.text }</strong> }
    } else {
        html! { <span {class}>{ &span.text }</span> }
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
