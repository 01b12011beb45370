//! A scenario: all that a link must restore, and nothing else.

use mcmc::Sampler;
use serde::{Deserialize, Serialize};

use crate::control::{Control, Effect, Kind, Notice, Value, Values};
use crate::lab::{Compute, Lab, Pace, Run, Sampling};
use crate::registry::{COMPUTES, LABS, start};

/// A lab and one value for each of its controls.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scenario {
    lab: usize,
    values: Vec<Value>,
}

impl Default for Scenario {
    fn default() -> Self {
        Self::of_lab(start())
    }
}

impl Scenario {
    /// Lab `lab` of the registry with all controls at their defaults.
    ///
    /// # Panics
    /// If there is no such lab.
    #[must_use]
    pub fn of_lab(lab: usize) -> Self {
        Self { lab, values: LABS[lab].controls().iter().map(Control::default_value).collect() }
    }

    /// Index of the lab in the registry.
    #[must_use]
    pub fn lab_index(&self) -> usize {
        self.lab
    }

    /// The lab.
    #[must_use]
    pub fn lab(&self) -> &'static dyn Lab {
        LABS[self.lab]
    }

    fn compute(&self) -> &'static dyn Compute {
        COMPUTES[self.lab]
    }

    /// The values by the names of their controls.
    #[must_use]
    pub fn values(&self) -> Values<'_> {
        Values { controls: self.lab().controls(), values: &self.values }
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
        self.lab == other.lab
            && self
                .lab()
                .controls()
                .iter()
                .zip(self.values.iter().zip(&other.values))
                .all(|(control, (a, b))| control.effect == Effect::Redraw || a == b)
    }

    /// Whether `other` has the same data and the same posterior, however it is sampled and drawn.
    #[must_use]
    pub fn same_posterior(&self, other: &Self) -> bool {
        let controls = self.lab().controls().iter();
        self.lab == other.lab
            && controls
                .zip(self.values.iter().zip(&other.values))
                .all(|(control, (a, b))| control.effect != Effect::Run || a == b)
    }

    /// The experiment that the scenario names.
    #[must_use]
    pub fn start(&self) -> Box<dyn Run> {
        self.compute().start(&self.values())
    }

    /// The experiment that the scenario names, right after another, the numbers of which may serve again: the
    /// same panels as from [`Scenario::start`], perhaps sooner.
    #[must_use]
    pub fn start_after(&self, last: Option<Box<dyn Run>>) -> Box<dyn Run> {
        match last {
            Some(last) => self.compute().start_after(&self.values(), last),
            None => self.start(),
        }
    }

    /// How fast its chains run, if it has any.
    #[must_use]
    pub fn pace(&self) -> Pace {
        self.lab().pace(&self.values())
    }

    /// How its posterior is sampled; `None` if it is not.
    #[must_use]
    pub fn sampling(&self) -> Option<Sampling> {
        self.compute().sampling(&self.values())
    }

    /// Names of the sampler's variables.
    #[must_use]
    pub fn variables(&self) -> Vec<String> {
        self.compute().variables(&self.values())
    }

    /// Chain `chain` of its posterior; `None` if it samples nothing.
    #[must_use]
    pub fn sampler(&self, chain: usize) -> Option<Box<dyn Sampler>> {
        self.compute().sampler(&self.values(), chain)
    }

    /// Whether the values can be trusted: the right number, each one that its control takes.
    ///
    /// A scenario from a link always passes; one from a message of another build may not.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        let Some(lab) = LABS.get(self.lab) else { return false };
        let controls = lab.controls();
        controls.len() == self.values.len()
            && controls.iter().zip(&self.values).all(|(control, value)| {
                let (admitted, notice) = control.admit(value.clone());
                notice.is_none() && admitted == *value
            })
    }
}
