//! The programs to take away.

use super::fit::Target;
use super::{Data, DataRun, target};
use crate::code::{Center, Check, Code, Form, Knowledge, NormalModel, SamplerSettings};
use crate::control::Values;
use crate::lab::Programs;

/// Seed of Stan where the data have none.
const SEED: u64 = 1;

impl Programs for Data {
    fn programs(&self, values: &Values) -> Option<Code> {
        Some(DataRun::of(values)?.programs(values))
    }
}

impl DataRun {
    /// Model and data on screen, with the exact posterior to check against.
    fn programs(&self, values: &Values) -> Code {
        let (set, fit) = (&self.set, &self.fit);
        let slug = values.choice("set");
        let is_simulated = slug == "counties";
        let seed = if is_simulated { values.whole("seed") as u64 } else { SEED };
        let stem = if is_simulated { format!("data_{slug}_seed-{seed}") } else { format!("data_{slug}") };
        let is_shown = values.choice("truth") == "shown";
        let size = |x: f64| if x.abs() < 1.0 { 4 } else { 2 };
        // Both priors are as flat as makes no difference; a mean that the tail rules is none to check.
        let model = NormalModel {
            stem,
            words: (set.unit.0, "group"),
            y: set.y.clone(),
            noise_var: set.noise_var.clone(),
            sizes: fit.sizes.clone(),
            truth: set.truth.clone().filter(|_| is_shown),
            center: match target(values, set) {
                Target::Zero => Center::Known(0.0),
                Target::Group | Target::GrandMean => Center::Groups { mean: 0.0, sd: Knowledge::Flat },
            },
            unit_sd: Knowledge::Flat,
            form: Form::NonCenteredUnits,
            sampler: SamplerSettings::of_seed(seed),
            extras: Vec::new(),
            checks: [0, set.len() - 1]
                .map(|i| Check::element("mu", i, fit.bayes()[i], size(fit.bayes()[i])))
                .to_vec(),
        };
        model.code()
    }
}
