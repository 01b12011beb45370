//! A scenario with what computes it.

use mcmc::Sampler;

use crate::control::{Effect, Values};
use crate::lab::{Compute, Run, Sampling};
use crate::scenario::Scenario;

/// A scenario, the values of which can be trusted, and the lab that computes it. It names no other lab: a worker has
/// only its own in it.
#[derive(Clone)]
pub struct Experiment {
    scenario: Scenario,
    compute: &'static dyn Compute,
}

impl Experiment {
    /// `None` if the values cannot be trusted.
    pub(crate) fn new(scenario: Scenario, compute: &'static dyn Compute) -> Option<Self> {
        scenario.fits(compute.controls()).then_some(Self { scenario, compute })
    }

    /// Index of the lab in the registry.
    #[must_use]
    pub fn lab_index(&self) -> usize {
        self.scenario.lab_index()
    }

    /// The values by the names of their controls.
    #[must_use]
    pub fn values(&self) -> Values<'_> {
        self.scenario.values_of(self.compute.controls())
    }

    /// Whether the run of `other` serves this one too: the same lab, and only pictures differ.
    #[must_use]
    pub fn same_run(&self, other: &Self) -> bool {
        self.agrees(other, |effect| effect == Effect::Redraw)
    }

    /// Whether `other` has the same data and the same posterior, however it is sampled and drawn.
    #[must_use]
    pub fn same_posterior(&self, other: &Self) -> bool {
        self.agrees(other, |effect| effect != Effect::Run)
    }

    fn agrees(&self, other: &Self, is_free: impl Fn(Effect) -> bool) -> bool {
        self.scenario.agrees(&other.scenario, self.compute.controls(), is_free)
    }

    /// Its data simulated and its estimates made.
    #[must_use]
    pub fn start(&self) -> Box<dyn Run> {
        self.compute.start(&self.values())
    }

    /// [`Experiment::start`] right after another run, the numbers of which may serve again: the same panels, perhaps
    /// sooner.
    #[must_use]
    pub fn start_after(&self, last: Option<Box<dyn Run>>) -> Box<dyn Run> {
        match last {
            Some(last) => self.compute.start_after(&self.values(), last),
            None => self.start(),
        }
    }

    /// How its posterior is sampled; `None` if it is not.
    #[must_use]
    pub fn sampling(&self) -> Option<Sampling> {
        self.compute.sampling(&self.values())
    }

    /// Names of the sampler's variables.
    #[must_use]
    pub fn variables(&self) -> Vec<String> {
        self.compute.variables(&self.values())
    }

    /// Chain `chain` of its posterior; `None` if it samples nothing.
    #[must_use]
    pub fn sampler(&self, chain: usize) -> Option<Box<dyn Sampler>> {
        self.compute.sampler(&self.values(), chain)
    }
}
