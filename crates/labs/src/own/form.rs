//! What a table of the reader's own may hold, and what its columns mean.

use serde::{Deserialize, Serialize};

use super::words;

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
        words::label(self, role)
    }

    /// Other words that tables use, in lower case.
    pub(super) fn words(self, role: Role) -> &'static [&'static str] {
        words::synonyms(self, role)
    }

    /// The first lines of such a table, for an empty field.
    #[must_use]
    pub fn example(self) -> &'static str {
        words::example(self)
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
        words::positive(self)
    }
}
