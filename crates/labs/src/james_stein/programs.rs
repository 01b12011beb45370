//! The programs to take away.

use super::contenders::{BAYES, MLE, PLAIN};
use super::{JamesStein, JamesSteinRun, NOISE_VAR};
use crate::code::{Center, Check, Code, Extra, Form, Knowledge, NormalModel, SamplerSettings};
use crate::control::Values;
use crate::lab::Programs;
use crate::one_prior::programs::JAMES_STEIN;

/// Positive part toward 0.
const POSITIVE: usize = 3;
/// Toward the grand mean, and its positive part.
const TO_MEAN: usize = 4;
const TO_MEAN_POSITIVE: usize = 5;

const POSITIVE_PART: Extra = Extra {
    python: "positive_part = [max(1 - 1 / z, 0) * v for v in y]",
    r: "positive_part <- max(1 - 1 / z, 0) * y",
};
const GRAND_MEAN: Extra = Extra {
    python: "# Toward the grand mean: one degree of freedom fewer.\naverage = sum(y) / n\nz_mean = sum((v - average)**2 for v in y) / (n - 3)\nto_mean = [average + (1 - 1 / z_mean) * (v - average) for v in y]\nto_mean_positive = [average + max(1 - 1 / z_mean, 0) * (v - average) for v in y]",
    r: "# Toward the grand mean: one degree of freedom fewer.\naverage <- mean(y)\nz_mean <- sum((y - average)^2) / (n - 3)\nto_mean <- average + (1 - 1 / z_mean) * (y - average)\nto_mean_positive <- average + max(1 - 1 / z_mean, 0) * (y - average)",
};

impl Programs for JamesStein {
    fn programs(&self, values: &Values) -> Option<Code> {
        Some(JamesSteinRun::new(values).programs(values))
    }
}

impl JamesSteinRun {
    /// Model and data on screen; the rules that are defined for so many measurements.
    fn programs(&self, values: &Values) -> Code {
        let is_shown = values.choice("truth") == "shown";
        let mut extras = Vec::new();
        let mut named = vec![(MLE, "the MLE", "loss(y)")];
        let mut checks = Vec::new();
        if let Ok(rule) = self.rules[PLAIN] {
            extras.extend([JAMES_STEIN, POSITIVE_PART]);
            named.push((PLAIN, "James-Stein", "loss(james_stein)"));
            named.push((POSITIVE, "its positive part", "loss(positive_part)"));
            checks.push(Check::expression("Z", "z", 1.0 / rule.shrinkage, 2));
        }
        if self.rules[TO_MEAN].is_ok() {
            extras.push(GRAND_MEAN);
            named.push((TO_MEAN, "James-Stein to the grand mean", "loss(to_mean)"));
            named.push((TO_MEAN_POSITIVE, "its positive part to the grand mean", "loss(to_mean_positive)"));
        }
        named.push((BAYES, "Bayes", "loss(mu)"));
        for (contender, what, expression) in named {
            if let Some(loss) = self.loss_here(contender).filter(|_| is_shown) {
                let what = format!("total squared error of {what}");
                checks.push(Check::expression(&what, expression, loss, 2));
            }
        }
        let bayes = self.rules[BAYES].map_or(f64::NAN, |rule| rule.estimate(self.data.y[0]));
        checks.push(Check::element("mu", 0, bayes, 2));
        let model = NormalModel {
            stem: format!("james-stein_seed-{}", self.seed),
            words: ("measurement", "group"),
            y: self.data.y.clone(),
            noise_var: vec![NOISE_VAR; self.n],
            sizes: vec![self.n],
            truth: is_shown.then(|| self.data.mu.clone()),
            center: Center::Known(0.0),
            unit_sd: Knowledge::Known(self.a.sqrt()),
            form: Form::Centered,
            sampler: SamplerSettings::of_seed(self.seed),
            extras,
            checks,
        };
        model.code()
    }
}
