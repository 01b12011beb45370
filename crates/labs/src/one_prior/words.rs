//! What the lab says.

use crate::number;
pub(super) use crate::words::*;

pub(super) const TITLE: &str = "One prior";
pub(super) const SUMMARY: &str =
    "Measurements pulled toward a prior of known variance: the simplest shrinkage.";
pub(super) const SOURCES: &[&str] =
    &["Efron & Morris 1973, JASA 68:117–130", "James & Stein 1961, Berkeley Symposium 4(1):361–379"];

/// - `n`: number of measurements.
pub(super) fn heading(n: usize) -> (String, String) {
    let count = number::capitalized(&number::words(n));
    (
        format!("{count} measurements, pulled toward what is plausible"),
        "Each true value comes from N(0, variance A); each measurement adds noise of variance 1. Knowing A, the best guess keeps A/(A+1) of what was measured. Drag A.".to_owned(),
    )
}

/// The naive guess, among the losses.
pub(super) const ZERO: &str = "Zero";

/// All measurements on their way to the estimates.
pub(super) mod slopes {
    use crate::lab::Span;

    /// - `n`: number of measurements.
    pub(crate) fn subtitle(n: usize, is_shown: bool) -> Vec<Span> {
        let rows = if is_shown { "Middle: Bayes. Bottom: the truth." } else { "Then: Bayes." };
        vec![Span::plain(format!("Every line is one of the {n}. Top: what was measured. {rows}"))]
    }
}

/// Prior times likelihood.
pub(super) mod close_up {
    use plots::Role;

    use crate::lab::Span;
    use crate::number;

    pub(crate) const PRIOR: &str = "prior N(0, A)";
    pub(crate) const LIKELIHOOD: &str = "likelihood of y";
    pub(crate) const POSTERIOR: &str = "posterior";

    /// - `unit`: counted from 0.
    pub(crate) fn title(unit: usize) -> String {
        format!("Number {}, up close", unit + 1)
    }

    /// - `posterior`: its mean and SD.
    /// - `truth`: `None` while it is hidden.
    pub(crate) fn subtitle(y: f64, posterior: (f64, f64), truth: Option<f64>) -> Vec<Span> {
        let mut sentence = vec![
            Span::plain("Prior times likelihood is the posterior: y = "),
            Span::of(Role::Mle, number::fixed(y, 2)),
            Span::plain(" → "),
            Span::of(Role::Bayes, number::fixed(posterior.0, 2)),
            Span::plain(format!(", SD {}", number::fixed(posterior.1, 2))),
        ];
        if let Some(truth) = truth {
            sentence.extend([Span::plain("; truth "), Span::of(Role::Truth, number::fixed(truth, 2))]);
        }
        sentence.push(Span::plain("."));
        sentence
    }
}

/// The error as a function of the share that is removed.
pub(super) mod parabola {
    use plots::Role;

    use crate::lab::Span;
    use crate::number;

    pub(crate) const TITLE: &str = "How much to shrink?";
    pub(crate) const SUBTITLE: &str = "Total squared error if every y is multiplied by 1 − B.";
    pub(crate) const ORACLE: &str = "oracle";
    pub(crate) const ZERO: &str = "zero";

    /// The shares removed by James–Stein and Bayes, and the one that would have been best.
    pub(crate) fn remark(james_stein: f64, bayes: f64, oracle: f64) -> Vec<Span> {
        let mut remark = vec![
            Span::plain("James–Stein never saw the truth: it reads B = "),
            Span::of(Role::JamesStein, number::fixed(james_stein, 2)),
            Span::plain(" off the variance of the y. Bayes is told A and removes "),
            Span::of(Role::Bayes, number::fixed(bayes, 2)),
            Span::plain("; on these data "),
            Span::of(Role::Oracle, number::fixed(oracle, 2)),
            Span::plain(" would have been best."),
        ];
        if james_stein > 1.0 {
            remark.push(Span::plain(" Above 1 James–Stein turns every sign around; its positive part, in the next lab, stops at 1."));
        }
        remark
    }
}
