//! What is said of tables of the reader's own, and the words by which their columns are known.

use super::{Form, Role};

// What is wrong with a table.
pub(super) const NO_VALUES: &str = "no column holds the values; choose one";
pub(super) const UNEVEN: &str = "columns have different lengths";
pub(super) const MISSING: &str = "a column is missing";
pub(super) const SAMPLES: &str = "genes have too few samples, or not the same";
pub(super) const OUT_OF_RANGE: &str = "a number or a name is out of range";

/// - `label`: what the column holds.
pub(super) fn no_column(label: &str) -> String {
    format!("no column holds the {label}; choose one")
}

pub(super) fn too_few_samples(least: usize) -> String {
    format!("at least {least} samples are needed for a variance")
}

pub(super) fn too_many_rows(most: usize) -> String {
    format!("there are more than {most} rows")
}

/// - `what`: what must be above 0.
pub(super) fn not_positive(what: &str, number: f64) -> String {
    format!("{what} must be above 0 and not out of range, but this is {number}")
}

pub(super) fn other_cell_type(experiment: &str, before: &str) -> String {
    format!("experiment {experiment} was of cell type {before} above")
}

pub(super) fn already(feature: &str, experiment: &str) -> String {
    format!("{feature} has a coefficient in experiment {experiment} already")
}

/// In place of the name of a unit.
pub(super) fn row(number: usize) -> String {
    format!("row {number}")
}

/// Name of a column.
pub(super) fn label(form: Form, role: Role) -> &'static str {
    match (form, role) {
        (Form::Expression, Role::Name) => "gene",
        (Form::Effects, Role::Name) => "cluster",
        (Form::Effects, Role::Value) => "effect on expression (eQTL)",
        (Form::Effects, Role::Se) => "its standard error (eQTL)",
        (Form::Coefficients, Role::Name) => "feature",
        (Form::Coefficients, Role::Group) => "cell type",
        (Form::Coefficients, Role::Value) => "coefficient",
        (_, Role::Value) => "value",
        (_, Role::Se) => "standard error",
        (_, Role::N) => "n, sample size",
        (_, Role::Group) => "group",
        (_, Role::Truth) => "truth",
        (_, Role::Name) => "name",
        (_, Role::OtherValue) => "effect on the trait (GWAS)",
        (_, Role::OtherSe) => "its standard error (GWAS)",
        (_, Role::Experiment) => "experiment",
        (_, Role::First) => "sample of the first group",
        (_, Role::Second) => "sample of the second group",
        (_, Role::Unused) => "not used",
    }
}

/// Other words that tables use for a column, in lower case.
pub(super) fn synonyms(form: Form, role: Role) -> &'static [&'static str] {
    match (form, role) {
        (Form::Expression, Role::Name) => &["name", "gene", "id", "symbol", "probe", "transcript"],
        (Form::Effects, Role::Value) => &["beta_hat_a", "beta_a", "eqtl", "beta_eqtl"],
        (Form::Effects, Role::Se) => &["se_a", "se_eqtl", "eqtl_se"],
        (Form::Effects, Role::Name) => &["name", "cluster", "snp", "rsid", "id"],
        (Form::Coefficients, Role::Name) => &["feature", "name", "predictor", "variable", "term"],
        (Form::Coefficients, Role::Group) => &["celltype", "cell_type", "cell type", "cell", "group"],
        (Form::Coefficients, Role::Value) => {
            &["beta_hat", "beta", "value", "coefficient", "estimate", "effect"]
        }
        (_, Role::Value) => {
            &["value", "y", "x", "effect", "estimate", "mean", "rate", "score", "average", "wert"]
        }
        (_, Role::Se) => {
            &["se", "s.e.", "std.error", "stderr", "std error", "standard error", "sigma", "std_error"]
        }
        (_, Role::N) => &["n", "count", "size", "trials", "at bats", "ab", "num_obs", "sample size", "total"],
        (_, Role::Group) => &["group", "region", "class", "cluster", "gruppe"],
        (_, Role::Truth) => &["truth", "true", "theta", "mu"],
        (_, Role::Name) => &["name", "unit", "id", "school", "player", "city", "county", "label"],
        (_, Role::OtherValue) => &["beta_hat_b", "beta_b", "gwas", "beta_gwas"],
        (_, Role::OtherSe) => &["se_b", "se_gwas", "gwas_se"],
        (_, Role::Experiment) => &["experiment", "exp", "replicate", "run", "sample"],
        (_, Role::First | Role::Second | Role::Unused) => &[],
    }
}

/// The first lines of such a table.
pub(super) fn example(form: Form) -> &'static str {
    match form {
        Form::Measurements => "name\tvalue\tse\nA\t28\t15\nB\t8\t10\n…",
        Form::Expression => "gene\tA1\tA2\tA3\tB1\tB2\tB3\ng1\t6.6\t6.2\t7.5\t6.8\t7.0\t6.4\n…",
        Form::Effects => {
            "beta_hat_a\tbeta_hat_b\tse_a\tse_b\n0.35\t0.09\t0.08\t0.05\n0.52\t0.15\t0.07\t0.06\n…"
        }
        Form::Coefficients => "feature\texperiment\tcelltype\tbeta_hat\tse\nH3K4me1\t1\tA549\t0.43\t0.05\n…",
    }
}

/// What must be above 0 is called in messages; `None` for what may have any value.
pub(super) fn positive(role: Role) -> Option<&'static str> {
    match role {
        Role::Se | Role::OtherSe => Some("a standard error"),
        Role::N => Some("a sample size"),
        _ => None,
    }
}
