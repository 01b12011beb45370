//! A scenario: all that a link must restore, and nothing else.

use serde::{Deserialize, Serialize};

use crate::control::{Control, Effect, Kind, Notice, Value, Values};
use crate::experiment::Experiment;
use crate::lab::{Lab, Pace, Run};
use crate::library::library;
use crate::registry::{ALL, START};

/// A lab and one value for each of its controls.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scenario {
    lab: usize,
    values: Vec<Value>,
}

impl Default for Scenario {
    fn default() -> Self {
        Self::of_lab(START)
    }
}

impl Scenario {
    /// Lab `lab` of the registry with all controls at their defaults.
    ///
    /// # Panics
    /// If there is no such lab in the [`library`](crate::library).
    #[must_use]
    pub fn of_lab(lab: usize) -> Self {
        Self { lab, values: shown(lab).controls().iter().map(Control::default_value).collect() }
    }

    /// Index of the lab in the registry.
    #[must_use]
    pub fn lab_index(&self) -> usize {
        self.lab
    }

    /// The lab.
    ///
    /// # Panics
    /// If it is not in the [`library`](crate::library); a scenario of a link is ([`link::awaits`](crate::link::awaits)).
    #[must_use]
    pub fn lab(&self) -> &'static dyn Lab {
        shown(self.lab)
    }

    /// Lab `lab` of the registry, the controls of which are `controls`, with seed `seed` and else its defaults.
    pub(crate) fn seeded(lab: usize, controls: &[Control], seed: u32) -> Self {
        let value = |control: &Control| match control.kind {
            Kind::Seed { .. } => control.admit(Value::Number(f64::from(seed))).0,
            _ => control.default_value(),
        };
        Self { lab, values: controls.iter().map(value).collect() }
    }

    /// The values by the names of their controls.
    #[must_use]
    pub fn values(&self) -> Values<'_> {
        self.values_of(self.lab().controls())
    }

    /// Value of control `index`.
    #[must_use]
    pub fn value(&self, index: usize) -> &Value {
        &self.values[index]
    }

    /// Sets control `index`, to the nearest value that it takes; the notice says if that is another.
    pub fn set(&mut self, index: usize, value: Value) -> Option<Notice> {
        let (value, notice) = self.lab().controls()[index].admit(value);
        self.values[index] = value;
        notice
    }

    /// Index of the first control that `wanted` says yes to.
    #[must_use]
    pub fn find_control(&self, wanted: impl Fn(&Control) -> bool) -> Option<usize> {
        self.lab().controls().iter().position(wanted)
    }

    /// Index of the seed's control.
    #[must_use]
    pub fn seed_control(&self) -> Option<usize> {
        self.find_control(|control| matches!(control.kind, Kind::Seed { .. }))
    }

    /// Whether the run of `other` serves this scenario too: the same lab, and only pictures differ.
    #[must_use]
    pub fn same_run(&self, other: &Self) -> bool {
        self.agrees(other, self.lab().controls(), |effect| effect == Effect::Redraw)
    }

    /// Whether `other` is of the same lab and has the same values, but for controls of an effect that `is_free`.
    pub(crate) fn agrees(
        &self,
        other: &Self,
        controls: &[Control],
        is_free: impl Fn(Effect) -> bool,
    ) -> bool {
        self.lab == other.lab
            && controls
                .iter()
                .zip(self.values.iter().zip(&other.values))
                .all(|(control, (a, b))| is_free(control.effect) || a == b)
    }

    /// The scenario with what computes it. Who calls this has the computing of all labs.
    ///
    /// # Panics
    /// If the values cannot be trusted ([`Scenario::is_valid`]).
    #[must_use]
    pub fn open(&self) -> Experiment {
        ALL.open(self.clone()).expect("a scenario of this build is valid")
    }

    /// The experiment that the scenario names, as [`Experiment::start`].
    #[must_use]
    pub fn start(&self) -> Box<dyn Run> {
        self.open().start()
    }

    /// How fast its chains run, if it has any.
    #[must_use]
    pub fn pace(&self) -> Pace {
        self.lab().pace(&self.values())
    }

    /// Whether the values can be trusted: the right number, each one that its control takes.
    ///
    /// A scenario from a link always passes; one from a message of another build may not.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        library().lab(self.lab).is_some_and(|lab| self.fits(lab.controls()))
    }

    /// Whether there is one value for each of `controls`, and each is one that its control takes.
    pub(crate) fn fits(&self, controls: &[Control]) -> bool {
        controls.len() == self.values.len()
            && controls.iter().zip(&self.values).all(|(control, value)| {
                let (admitted, notice) = control.admit(value.clone());
                notice.is_none() && admitted == *value
            })
    }

    /// The values by the names of `controls`.
    pub(crate) fn values_of(&self, controls: &'static [Control]) -> Values<'_> {
        Values { controls, values: &self.values }
    }
}

fn shown(lab: usize) -> &'static dyn Lab {
    library().lab(lab).unwrap_or_else(|| panic!("lab {lab} is not in the library"))
}
