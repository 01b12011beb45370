//! The labs, in the order of the menu: one line each.

use crate::lab::{Compute, Lab};

/// Two tables of one list. Who shows a lab names only the first, and so carries nothing that computes.
macro_rules! labs {
    ($($lab:expr),* $(,)?) => {
        /// Every lab. Page, menu, link, worker and tests find a lab here and nowhere else.
        pub static LABS: &[&dyn Lab] = &[$(&$lab),*];

        /// What the labs compute, in the same order.
        pub(crate) static COMPUTES: &[&dyn Compute] = &[$(&$lab),*];
    };
}

labs![
    crate::one_prior::OnePrior,
    crate::james_stein::JamesStein,
    crate::regions::Regions,
    crate::when::When,
    crate::data::Data,
    crate::likelihood::Likelihood,
    crate::prior::Prior,
    crate::limma::Limma,
    crate::mrlocus::MrLocus,
    crate::tf_binding::TfBinding,
];

/// The lab that opens where no link names one.
const START: &str = "regions";

/// Index in [`LABS`] of the lab that opens where no link names one.
///
/// # Panics
/// Never: the test of all links opens it.
#[must_use]
pub fn start() -> usize {
    find(START).expect("the start lab is in the registry")
}

/// Index in [`LABS`] of the lab called `slug` in links.
#[must_use]
pub fn find(slug: &str) -> Option<usize> {
    LABS.iter().position(|lab| lab.meta().slug == slug)
}
