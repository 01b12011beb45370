//! The programs to take away.

use super::{OnePrior, OnePriorRun};
use crate::code::{Center, Check, Code, Extra, Form, Knowledge, NormalModel, SamplerSettings};
use crate::control::Values;
use crate::lab::Programs;

/// What both languages need for James–Stein toward 0.
pub(crate) const JAMES_STEIN: Extra = Extra {
    python: "# James and Stein read A + 1 off the data.\nz = sum(v**2 for v in y) / (n - 2)\njames_stein = [(1 - 1 / z) * v for v in y]",
    r: "# James and Stein read A + 1 off the data.\nz <- sum(y^2) / (n - 2)\njames_stein <- (1 - 1 / z) * y",
};

impl Programs for OnePrior {
    fn programs(&self, values: &Values) -> Option<Code> {
        Some(OnePriorRun::new(values).programs(values))
    }
}

impl OnePriorRun {
    /// Model and data on screen.
    fn programs(&self, values: &Values) -> Code {
        let is_shown = values.choice("truth") == "shown";
        let unit = super::FIRST_UNIT.min(self.data.y.len() - 1);
        let mut checks = vec![
            Check::element("mu", unit, self.bayes.estimate(self.data.y[unit]), 2),
            Check::expression("share that James-Stein removes", "1 / z", self.james_stein.shrinkage, 2),
        ];
        if is_shown {
            let loss = |what: &str, expression, shrinkage| {
                let what = format!("total squared error of {what}");
                Check::expression(&what, expression, self.error_at(shrinkage), 2)
            };
            checks.push(loss("the MLE", "loss(y)", 0.0));
            checks.push(loss("James-Stein", "loss(james_stein)", self.james_stein.shrinkage));
            checks.push(loss("Bayes", "loss(mu)", self.bayes.shrinkage));
        }
        let seed = values.whole("seed") as u64;
        let model = NormalModel {
            stem: format!("one-prior_seed-{seed}"),
            words: ("measurement", "group"),
            y: self.data.y.clone(),
            noise_var: vec![super::NOISE_VAR; self.data.y.len()],
            sizes: vec![self.data.y.len()],
            truth: is_shown.then(|| self.data.mu.clone()),
            center: Center::Known(0.0),
            unit_sd: Knowledge::Known(self.prior_var.sqrt()),
            form: Form::Centered,
            sampler: SamplerSettings::of_seed(seed),
            extras: vec![JAMES_STEIN],
            checks,
        };
        model.code()
    }
}
