//! What the lab says.

/// The table of all nodes.
pub(super) mod nodes {
    pub(crate) const TITLE: &str = "Node by node";
    pub(crate) const SUBTITLE: &str =
        "Every feature in every experiment, cell type and all: as measured, and as pooled.";
    pub(crate) const COLUMNS: [&str; 7] = ["feature", "level", "name", "measured", "its SE", "pooled", "SD"];
    pub(crate) const TRUTH: &str = "true";
    pub(crate) const ALL: &str = "all";
    pub(crate) const CELL_TYPE: &str = "cell type";
    pub(crate) const EXPERIMENT: &str = "experiment";
}
