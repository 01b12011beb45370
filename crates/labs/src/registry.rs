//! The labs, in the order of the menu: one line each.

use crate::lab::{Compute, Lab, LabName, Programs};
use crate::{Code, Experiment, Scenario};

/// Some tables of one list. A program has in it what the tables that it names have: a worker no prose, the first
/// page no other lab.
macro_rules! labs {
    ($($family:ident: $module:ident::$lab:ident),* $(,)?) => {
        pub(crate) const NUM_LABS: usize = [$(Family::$family),*].len();

        /// What each is called, in the order of [`LABS`].
        pub static NAMES: [LabName; NUM_LABS] = [$(crate::$module::NAME),*];

        /// What the labs say, in the same order.
        pub(crate) const SHOWN: [&dyn Lab; NUM_LABS] = [$(&crate::$module::$lab),*];

        /// The family of each, in the same order.
        static FAMILIES: [Family; NUM_LABS] = [$(Family::$family),*];

        /// What the labs compute, in the same order.
        const COMPUTES: [&dyn Compute; NUM_LABS] = [$(&crate::$module::$lab),*];

        /// The programs that they give to take away, in the same order.
        const PROGRAMS: [&dyn Programs; NUM_LABS] = [$(&crate::$module::$lab),*];
    };
}

labs![
    Basics: one_prior::OnePrior,
    Basics: james_stein::JamesStein,
    Regions: regions::Regions,
    When: when::When,
    Data: data::Data,
    Basics: likelihood::Likelihood,
    Basics: prior::Prior,
    Genomics: limma::Limma,
    Genomics: mrlocus::MrLocus,
    Genomics: tf_binding::TfBinding,
];

/// Every lab. Command line and tests find a lab here, the page in its [`library`](crate::library).
pub static LABS: &[&dyn Lab] = &SHOWN;

/// Labs that one program of the workers computes: a reader downloads that of one lab first, and those of the others
/// when there is time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// One mean, and one prior for all.
    Basics,
    /// Schools in regions, the start page.
    Regions,
    /// Where Bayes wins.
    When,
    /// Real data.
    Data,
    /// Genomics.
    Genomics,
}

impl Family {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Basics, Self::Regions, Self::When, Self::Data, Self::Genomics];

    /// What its files in the build are called after.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Basics => "basics",
            Self::Regions => "regions",
            Self::When => "when",
            Self::Data => "data",
            Self::Genomics => "genomics",
        }
    }

    /// What the worker that writes its programs to take away is called after: one for all labs that share its models.
    #[must_use]
    pub const fn scribe(self) -> &'static str {
        match self {
            Self::Basics | Self::Regions | Self::When | Self::Data => "programs",
            Self::Genomics => "genomics-programs",
        }
    }

    /// That of lab `lab` of [`LABS`].
    ///
    /// # Panics
    /// If there is no such lab.
    #[must_use]
    pub fn of_lab(lab: usize) -> Self {
        FAMILIES[lab]
    }
}

/// What computes some of the labs, each at its place in [`LABS`]. A program that names only one of these tables has
/// nothing of the other labs in it.
pub struct Computes([Option<&'static dyn Compute>; NUM_LABS]);

/// What computes [`Family::Basics`].
pub static BASICS: Computes = Computes::of(Family::Basics);
/// What computes [`Family::Regions`].
pub static REGIONS: Computes = Computes::of(Family::Regions);
/// What computes [`Family::When`].
pub static WHEN: Computes = Computes::of(Family::When);
/// What computes [`Family::Data`].
pub static DATA: Computes = Computes::of(Family::Data);
/// What computes [`Family::Genomics`].
pub static GENOMICS: Computes = Computes::of(Family::Genomics);
/// What computes all labs.
pub static ALL: Computes = Computes::all();

impl Computes {
    const fn all() -> Self {
        let mut table = [None; NUM_LABS];
        let mut lab = 0;
        while lab < NUM_LABS {
            table[lab] = Some(COMPUTES[lab]);
            lab += 1;
        }
        Self(table)
    }

    const fn of(family: Family) -> Self {
        let mut table = Self::all().0;
        let mut lab = 0;
        while lab < NUM_LABS {
            if FAMILIES[lab] as u8 != family as u8 {
                table[lab] = None;
            }
            lab += 1;
        }
        Self(table)
    }

    /// `scenario` with what computes it; `None` if that is not in the table, or if the values cannot be trusted.
    ///
    /// A scenario from a link is always right; one from a message of another build may not be.
    #[must_use]
    pub fn open(&self, scenario: Scenario) -> Option<Experiment> {
        let compute = self.0.get(scenario.lab_index()).copied().flatten()?;
        Experiment::new(scenario, compute)
    }

    /// What is likely to be asked for first: the lab that opens where no link names one, or else the first of the
    /// table, with seed `seed`.
    #[must_use]
    pub fn likely(&self, seed: u32) -> Option<Scenario> {
        let has_start = self.0[START].is_some();
        let lab = if has_start { START } else { self.0.iter().position(Option::is_some)? };
        Some(Scenario::seeded(lab, self.0[lab]?.controls(), seed))
    }
}

/// Index in [`LABS`] of the lab that opens where no link names one: schools in regions.
pub const START: usize = 2;

/// Index in [`LABS`] of the lab called `slug` in links.
#[must_use]
pub fn find(slug: &str) -> Option<usize> {
    NAMES.iter().position(|name| name.slug == slug)
}

/// What writes the programs of some of the labs, each at its place in [`LABS`], as [`Computes`] has what computes them.
pub struct Writes([Option<&'static dyn Programs>; NUM_LABS]);

/// What writes the programs of [`Family::Genomics`].
pub static WRITES_GENOMICS: Writes = Writes::of(true);
/// What writes those of the other families.
pub static WRITES_SCHOOLS: Writes = Writes::of(false);
/// What writes those of all labs.
pub static WRITES_ALL: Writes = Writes::all();

impl Writes {
    const fn all() -> Self {
        let mut table = [None; NUM_LABS];
        let mut lab = 0;
        while lab < NUM_LABS {
            table[lab] = Some(PROGRAMS[lab]);
            lab += 1;
        }
        Self(table)
    }

    const fn of(is_genomics: bool) -> Self {
        let mut table = Self::all().0;
        let mut lab = 0;
        while lab < NUM_LABS {
            if matches!(FAMILIES[lab], Family::Genomics) != is_genomics {
                table[lab] = None;
            }
            lab += 1;
        }
        Self(table)
    }

    /// Model and data of `scenario` as programs to take away; `None` if there are none, if the lab is not in the
    /// table, or if the values cannot be trusted.
    #[must_use]
    pub fn programs(&self, scenario: &Scenario) -> Option<Code> {
        let lab = self.0.get(scenario.lab_index()).copied().flatten()?;
        let controls = lab.controls();
        scenario.fits(controls).then(|| lab.programs(&scenario.values_of(controls)))?
    }
}

/// Model and data of `scenario` as programs to take away; `None` if there are none, or if the values cannot be
/// trusted.
#[must_use]
pub fn programs(scenario: &Scenario) -> Option<Code> {
    WRITES_ALL.programs(scenario)
}
