//! What a table of the reader's own may hold, and what its columns mean.

use serde::{Deserialize, Serialize};

/// What the rows of a table are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Form {
    /// A unit a row: its measurement, and what is known of it.
    #[default]
    Measurements,
    /// A gene a row: its expression in the samples of two groups.
    Expression,
    /// A cluster of SNPs a row: its effects on expression and on a trait.
    Effects,
    /// A feature in an experiment a row: its coefficient.
    Coefficients,
}

/// What a column means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The measurement; of two, the first.
    Value,
    /// Its standard error.
    Se,
    /// How many observations it is the mean of.
    N,
    /// What each unit is drawn toward the others of.
    Group,
    /// What was measured, where it is known.
    Truth,
    /// What the unit is called.
    Name,
    /// The second measurement of the same unit.
    OtherValue,
    /// Its standard error.
    OtherSe,
    /// The experiment that a coefficient is from.
    Experiment,
    /// A sample of the first group.
    First,
    /// A sample of the second group.
    Second,
    /// Nothing here.
    Unused,
}

impl Form {
    /// What its columns may be, in the order in which they are offered.
    #[must_use]
    pub fn roles(self) -> &'static [Role] {
        match self {
            Self::Measurements => {
                &[Role::Value, Role::Se, Role::N, Role::Group, Role::Truth, Role::Name, Role::Unused]
            }
            Self::Expression => &[Role::Name, Role::First, Role::Second, Role::Unused],
            Self::Effects => {
                &[Role::Name, Role::Value, Role::OtherValue, Role::Se, Role::OtherSe, Role::Unused]
            }
            Self::Coefficients => {
                &[Role::Name, Role::Experiment, Role::Group, Role::Value, Role::Se, Role::Unused]
            }
        }
    }

    /// Those that must be there.
    #[must_use]
    pub fn needed(self) -> &'static [Role] {
        match self {
            Self::Measurements => &[Role::Value],
            Self::Expression => &[Role::First, Role::Second],
            Self::Effects => &[Role::Value, Role::OtherValue, Role::Se, Role::OtherSe],
            Self::Coefficients => &[Role::Name, Role::Experiment, Role::Group, Role::Value, Role::Se],
        }
    }

    /// Those that a link carries, in its order.
    pub(super) fn written(self) -> &'static [Role] {
        match self {
            Self::Measurements => &[Role::Name, Role::Group, Role::Value, Role::Se, Role::N, Role::Truth],
            Self::Expression => &[Role::Name, Role::First, Role::Second],
            Self::Effects => &[Role::Name, Role::Value, Role::OtherValue, Role::Se, Role::OtherSe],
            Self::Coefficients => self.needed(),
        }
    }

    /// Name of a column in a link and for a program.
    #[must_use]
    pub fn slug(self, role: Role) -> &'static str {
        match (self, role) {
            (Self::Coefficients, Role::Name) => "feature",
            (Self::Coefficients, Role::Group) => "celltype",
            (Self::Effects | Self::Coefficients, Role::Value) => match self {
                Self::Effects => "beta_hat_a",
                _ => "beta_hat",
            },
            (Self::Effects, Role::Se) => "se_a",
            (_, Role::Value) => "value",
            (_, Role::Se) => "se",
            (_, Role::N) => "n",
            (_, Role::Group) => "group",
            (_, Role::Truth) => "truth",
            (_, Role::Name) => "name",
            (_, Role::OtherValue) => "beta_hat_b",
            (_, Role::OtherSe) => "se_b",
            (_, Role::Experiment) => "experiment",
            (_, Role::First) => "a",
            (_, Role::Second) => "b",
            (_, Role::Unused) => "unused",
        }
    }

    /// Name of a column for the reader.
    #[must_use]
    pub fn label(self, role: Role) -> &'static str {
        match (self, role) {
            (Self::Expression, Role::Name) => "gene",
            (Self::Effects, Role::Name) => "cluster",
            (Self::Effects, Role::Value) => "effect on expression (eQTL)",
            (Self::Effects, Role::Se) => "its standard error (eQTL)",
            (Self::Coefficients, Role::Name) => "feature",
            (Self::Coefficients, Role::Group) => "cell type",
            (Self::Coefficients, Role::Value) => "coefficient",
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

    /// Other words that tables use, in lower case.
    pub(super) fn words(self, role: Role) -> &'static [&'static str] {
        match (self, role) {
            (Self::Expression, Role::Name) => &["name", "gene", "id", "symbol", "probe", "transcript"],
            (Self::Effects, Role::Value) => &["beta_hat_a", "beta_a", "eqtl", "beta_eqtl"],
            (Self::Effects, Role::Se) => &["se_a", "se_eqtl", "eqtl_se"],
            (Self::Effects, Role::Name) => &["name", "cluster", "snp", "rsid", "id"],
            (Self::Coefficients, Role::Name) => &["feature", "name", "predictor", "variable", "term"],
            (Self::Coefficients, Role::Group) => &["celltype", "cell_type", "cell type", "cell", "group"],
            (Self::Coefficients, Role::Value) => {
                &["beta_hat", "beta", "value", "coefficient", "estimate", "effect"]
            }
            (_, Role::Value) => {
                &["value", "y", "x", "effect", "estimate", "mean", "rate", "score", "average", "wert"]
            }
            (_, Role::Se) => {
                &["se", "s.e.", "std.error", "stderr", "std error", "standard error", "sigma", "std_error"]
            }
            (_, Role::N) => {
                &["n", "count", "size", "trials", "at bats", "ab", "num_obs", "sample size", "total"]
            }
            (_, Role::Group) => &["group", "region", "class", "cluster", "gruppe"],
            (_, Role::Truth) => &["truth", "true", "theta", "mu"],
            (_, Role::Name) => &["name", "unit", "id", "school", "player", "city", "county", "label"],
            (_, Role::OtherValue) => &["beta_hat_b", "beta_b", "gwas", "beta_gwas"],
            (_, Role::OtherSe) => &["se_b", "se_gwas", "gwas_se"],
            (_, Role::Experiment) => &["experiment", "exp", "replicate", "run", "sample"],
            (_, Role::First | Role::Second | Role::Unused) => &[],
        }
    }

    /// The first lines of such a table, for an empty field.
    #[must_use]
    pub fn example(self) -> &'static str {
        match self {
            Self::Measurements => "name\tvalue\tse\nA\t28\t15\nB\t8\t10\n…",
            Self::Expression => "gene\tA1\tA2\tA3\tB1\tB2\tB3\ng1\t6.6\t6.2\t7.5\t6.8\t7.0\t6.4\n…",
            Self::Effects => {
                "beta_hat_a\tbeta_hat_b\tse_a\tse_b\n0.35\t0.09\t0.08\t0.05\n0.52\t0.15\t0.07\t0.06\n…"
            }
            Self::Coefficients => {
                "feature\texperiment\tcelltype\tbeta_hat\tse\nH3K4me1\t1\tA549\t0.43\t0.05\n…"
            }
        }
    }
}

impl Role {
    /// Whether several columns may have it.
    #[must_use]
    pub fn is_repeated(self) -> bool {
        matches!(self, Self::First | Self::Second | Self::Unused)
    }

    /// What must be above 0 is called in messages; `None` for what may have any value.
    pub(super) fn positive(self) -> Option<&'static str> {
        match self {
            Self::Se | Self::OtherSe => Some("a standard error"),
            Self::N => Some("a sample size"),
            _ => None,
        }
    }
}
