//! What is said of programs. Their own text is code in another language.

pub(super) const STAN_R: &str = "Stan + R";
pub(super) const STAN_PYTHON: &str = "Stan + Python";
pub(super) const R: &str = "R";
pub(super) const PYTHON: &str = "Python";

pub(super) const ABOUT_STAN_R: &str = "Samples the posterior with Stan. Needs R with cmdstanr.";
pub(super) const ABOUT_STAN_PYTHON: &str = "Samples the posterior with Stan. Needs Python with cmdstanpy.";

/// Of a program without sampling.
pub(crate) const CLOSED: &str = "The same numbers from the closed formulas, without any package.";
pub(crate) const QUADRATURE: &str =
    "The same posterior by quadrature over what is learned: no sampling, no packages.";

/// Of a tree whose SDs are given.
pub(crate) const TREE: &str =
    "Every node of the tree from the closed formulas, the SDs given: no sampling, no packages.";

pub(crate) const LIMMA: &str = "R + limma";
pub(crate) const ABOUT_LIMMA: &str = "What limma itself says of these genes. Needs R with the package limma.";

// What is checked.
pub(crate) const COMMON_VAR: &str = "common variance";
pub(crate) const COMMON_SHARE: &str = "share of a variance that is the common one";

pub(crate) fn moderated_t(gene: &str) -> String {
    format!("moderated t of {gene}")
}

/// - `name`: of a node of the tree.
pub(crate) fn given_likeliest(name: &str) -> String {
    format!("{name} given the likeliest SDs")
}

pub(crate) fn posterior_mean(name: &str) -> String {
    format!("posterior mean of {name}")
}
