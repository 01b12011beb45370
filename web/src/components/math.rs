//! A formula, as MathML made at build time.

use yew::prelude::*;

use crate::formulas::mathml;

/// One formula, as it stands in its lab; nothing if it is empty.
pub fn math(latex: &str) -> Html {
    // Trusted: these strings are made by this crate's build script from the labs' own text.
    Html::from_html_unchecked(AttrValue::Static(mathml(latex)))
}

/// Formulas below each other.
pub fn formulas(latex: &[&str]) -> Html {
    html! { <div class="formulas">{ for latex.iter().map(|latex| math(latex)) }</div> }
}
