//! A formula, as MathML made at build time.

use yew::prelude::*;

use crate::formulas::mathml;

/// Properties of [`Math`].
#[derive(Clone, PartialEq, Properties)]
pub struct MathProps {
    /// The formula, as it stands in its lab.
    pub latex: &'static str,
}

/// One formula; nothing if it is empty.
#[component]
pub fn Math(props: &MathProps) -> Html {
    // Trusted: these strings are made by this crate's build script from the labs' own text.
    Html::from_html_unchecked(AttrValue::Static(mathml(props.latex)))
}
