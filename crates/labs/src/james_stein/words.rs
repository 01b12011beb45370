//! What the lab says.

use crate::number;
pub(super) use crate::words::*;

pub(super) const TITLE: &str = "James–Stein";
pub(super) const SUMMARY: &str = "Shrinking without knowing the prior variance, and how seldom it loses.";
pub(super) const SOURCES: &[&str] = &[
    "James & Stein 1961, Berkeley Symposium 4(1):361–379",
    "Efron & Morris 1973, JASA 68:117–130",
    "Lindley 1962, JRSS B 24:285–287",
];

pub(super) const DATA_SETS: &str = "Data sets";
pub(super) const REPEATS_HELP: &str = "New data from the same A, each rule’s error counted every time.";

pub(super) const BAYES_A_KNOWN: &str = "Bayes, A known";
pub(super) const POSITIVE_PART: &str = "James–Stein, positive part";
pub(super) const TO_MEAN: &str = "To the grand mean";
pub(super) const TO_MEAN_POSITIVE_PART: &str = "To the grand mean, positive part";

/// The estimators again, for narrow pictures and line ends.
pub(crate) mod short {
    pub(crate) const ZERO: &str = "zero";
    pub(crate) const JAMES_STEIN: &str = "JS";
    pub(crate) const POSITIVE_PART: &str = "JS+";
    pub(crate) const TO_MEAN: &str = "to mean";
    pub(crate) const TO_MEAN_POSITIVE_PART: &str = "to mean+";
}

/// - `n`: number of measurements.
pub(super) fn heading(n: usize) -> (String, String) {
    let count = number::capitalized(&number::words(n));
    (
        format!("{count} measurements, and nobody knows A"),
        "James and Stein read A + 1 off the mean square of the y, and shrink by what they read. Drag A down and see when even the guess 0 does better.".to_owned(),
    )
}

/// Which rules are not defined for `n` measurements, or have no variance; `None` if all is well.
pub(super) fn few_measurements(n: usize) -> Option<&'static str> {
    match n {
        0..3 => Some(
            "James–Stein is not defined for fewer than 3 measurements, nor toward the grand mean for fewer than 4; those rules are left out.",
        ),
        3 => Some(
            "James–Stein toward the grand mean is not defined for fewer than 4 measurements; it is left out. With 3 the plain rule toward 0 has losses of infinite variance: its average settles slowly.",
        ),
        4 => Some(
            "With 4 measurements the plain rules have losses of infinite variance: their averages settle slowly. The positive parts do not.",
        ),
        5 => Some(
            "With 5 measurements the plain rule toward the grand mean has losses of infinite variance: its average settles slowly. The positive part does not.",
        ),
        _ => None,
    }
}

/// Errors over repeats.
pub(super) mod boxes {
    use crate::lab::Span;
    use crate::number;

    pub(crate) const TITLE: &str = "Who is close, over and over again?";
    pub(crate) const RMSE: &str = "RMSE";

    /// √A, the error of the guess 0.
    pub(crate) fn naive(error: f64) -> String {
        format!("√A = {}", number::short(error))
    }

    /// - `naive_outside`: the error of the guess 0, where it has no room in the picture.
    pub(crate) fn subtitle(repeats: u32, naive_outside: Option<f64>) -> Vec<Span> {
        if repeats == 0 {
            return vec![Span::plain(
                "No repeats yet: press + 100 to draw a hundred data sets from the same A.",
            )];
        }
        let mut subtitle = vec![Span::plain(format!(
            "Root mean squared error in {}; dashes: the root of the exact expected squared error; mark: the data set on screen.",
            super::data_sets(repeats)
        ))];
        if let Some(error) = naive_outside {
            let lies = format!(" The naive guess 0 lies off the picture, near {}.", naive(error));
            subtitle.push(Span::plain(lies));
        }
        subtitle
    }
}

/// Averages over the repeats so far.
pub(super) mod running {
    use crate::lab::Span;
    use crate::number;

    pub(crate) const TITLE: &str = "Averages settle on the exact risk";
    pub(crate) const MEAN_SQUARED_ERROR: &str = "mean squared error";

    pub(crate) fn subtitle(a: f64) -> Vec<Span> {
        vec![Span::plain(format!(
            "Squared error per measurement, averaged over the data sets so far, on a logarithmic axis; dashed: exact. A = {}.",
            number::plain(a)
        ))]
    }

    pub(crate) fn exact_line(short: &str) -> String {
        format!("{short} exact")
    }

    pub(crate) fn line(short: &str, exact: f64) -> String {
        format!("{short} {}", number::fixed(exact, 3))
    }
}

/// In place of a loss.
pub(super) const NOT_DEFINED: &str = "not defined for so few";

/// How often who beats whom.
pub(super) mod chances {
    use plots::Role;

    use crate::lab::Span;
    use crate::number;

    pub(crate) const TITLE: &str = "The chance to win";

    /// What is known of the chances.
    pub(crate) struct Chances {
        /// Repeats so far.
        pub(crate) repeats: u32,
        /// Probability that Bayes has the smaller loss than the MLE.
        pub(crate) bayes: f64,
        /// The same for one measurement.
        pub(crate) bayes_of_one: f64,
        /// Repeats in which Bayes did.
        pub(crate) bayes_wins: usize,
        /// Repeats in which James–Stein beat the MLE, and those in which 0 beat James–Stein; `None` where it is
        /// not defined.
        pub(crate) james_stein: Option<(usize, usize)>,
        /// Whether Bayes wins on the data set on screen; `None` while the truth is hidden.
        pub(crate) wins_here: Option<bool>,
    }

    pub(crate) fn text(chances: &Chances) -> Vec<Span> {
        let repeats = chances.repeats;
        let counted = |wins: usize| {
            format!("{} of {}", number::grouped(wins as u64), number::grouped(u64::from(repeats)))
        };
        let mut text = vec![
            Span::plain("Knowing A, Bayes comes closer than the MLE in "),
            Span::of(Role::Bayes, number::percent(chances.bayes)),
            Span::plain(" of all data sets (exact)"),
        ];
        if repeats > 0 {
            text.extend([Span::plain(", here in "), Span::of(Role::Bayes, counted(chances.bayes_wins))]);
        }
        text.push(Span::plain(format!(
            "; of single measurements it moves {} the right way. ",
            number::percent(chances.bayes_of_one)
        )));
        if let Some((over_mle, zero_wins)) = chances.james_stein.filter(|_| repeats > 0) {
            text.extend([
                Span::plain("James–Stein beat the MLE in "),
                Span::of(Role::JamesStein, counted(over_mle)),
                Span::plain(", and the guess 0 beat James–Stein in "),
                Span::of(Role::Zero, counted(zero_wins)),
                Span::plain("."),
            ]);
        }
        text.extend(chances.wins_here.map(|wins| {
            Span::plain(if wins {
                " On the data set on screen Bayes wins."
            } else {
                " On the data set on screen Bayes loses: it happens."
            })
        }));
        text
    }
}

/// What James–Stein read off the data.
pub(super) mod slopes {
    use plots::Role;

    use crate::lab::Span;
    use crate::number;

    pub(crate) const TITLE: &str = "What James–Stein did with these data";

    /// - `shrinkage`: the share that James–Stein removes.
    pub(crate) fn subtitle(shrinkage: f64, a: f64) -> Vec<Span> {
        vec![
            Span::plain("The data say Z = "),
            Span::of(Role::JamesStein, number::fixed(1.0 / shrinkage, 2)),
            Span::plain(format!(" where A + 1 = {}; so James–Stein removes ", number::plain(a + 1.0))),
            Span::of(Role::JamesStein, number::fixed(shrinkage, 2)),
            Span::plain(" of every y, and Bayes "),
            Span::of(Role::Bayes, number::fixed(1.0 / (a + 1.0), 2)),
            Span::plain("."),
        ]
    }
}
