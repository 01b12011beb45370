//! What the lab says.

mod controls;
mod panels;

pub(super) use crate::words::*;
pub(super) use controls::*;
pub(super) use panels::*;

pub(super) const TITLE: &str = "When does Bayes win?";
pub(super) const SUMMARY: &str = "Where Bayes beats simpler estimators, by how much, and when it loses.";
pub(super) const SOURCES: &[&str] = &[
    "Efron & Morris 1973, JASA 68:117–130 (exact average risks)",
    "Efron & Morris 1971, JASA 66:807–815; 1972, JASA 67:130–139 (limited translation)",
    "Stein 1981, Annals of Statistics 9:1135–1151 (unbiased estimate of risk)",
    "Morris 1983, JASA 78:47–65 (intervals)",
    "Lindley & Smith 1972, JRSS B 34:1–41 (the hierarchical model)",
];

/// What maps and curves run over.
pub(super) mod variable {
    pub(crate) const REGION_SIZE: &str = "schools per region";
    pub(crate) const NUM_REGIONS: &str = "regions K";
    pub(crate) const RATIO: &str = "school variance / noise variance";
    pub(crate) const REGION_VAR: &str = "variance of the regions";
    pub(crate) const NUM_OBS: &str = "observations per school m";
    pub(crate) const IMBALANCE: &str = "largest over smallest region";
    pub(crate) const ASSUMED: &str = "school variance that Bayes assumes";
    pub(crate) const DISTANCE: &str = "distance of who lies off, in noise SDs";
    pub(crate) const LIMIT: &str = "limit D, in noise SDs";

    /// The same on a button.
    pub(crate) mod short {
        pub(crate) const NUM_REGIONS: &str = "regions";
        pub(crate) const RATIO: &str = "variance ratio";
        pub(crate) const REGION_VAR: &str = "region variance";
        pub(crate) const NUM_OBS: &str = "observations";
        pub(crate) const IMBALANCE: &str = "imbalance";
        pub(crate) const ASSUMED: &str = "assumed variance";
        pub(crate) const DISTANCE: &str = "outlier";
        pub(crate) const LIMIT: &str = "limit D";
    }
}

/// What an estimator is called.
#[derive(Debug)]
pub(super) struct Names {
    /// By itself.
    pub(super) label: &'static str,
    /// In the middle of a sentence.
    pub(super) phrase: &'static str,
    /// At line ends and in narrow places.
    pub(super) short: &'static str,
    /// As an option of the map.
    pub(super) option: &'static str,
}

/// The estimators.
pub(super) mod estimator {
    use super::Names;

    pub(crate) const MLE: Names = Names { label: "MLE", phrase: "the MLE", short: "MLE", option: "MLE" };
    pub(crate) const REGION_MEAN: Names = Names {
        label: "Region mean",
        phrase: "the region mean",
        short: "region mean",
        option: "region mean",
    };
    pub(crate) const JAMES_STEIN: Names = Names {
        label: "James–Stein in region",
        phrase: "James–Stein in each region",
        short: "JS in region",
        option: "James–Stein in region",
    };
    pub(crate) const POSITIVE_PART: Names = Names {
        label: "James–Stein, positive part",
        phrase: "positive-part James–Stein in each region",
        short: "JS+ in region",
        option: "James–Stein, positive part",
    };
    pub(crate) const POOLED: Names = Names {
        label: "Pooled empirical Bayes",
        phrase: "pooled empirical Bayes",
        short: "pooled EB",
        option: "pooled empirical Bayes",
    };
    pub(crate) const KNOWN_FACTOR: Names = Names {
        label: "Known factor",
        phrase: "the region mean with the factor known",
        short: "known factor",
        option: "known factor",
    };
    pub(crate) const FULL_BAYES: Names =
        Names { label: "Full Bayes", phrase: "full Bayes", short: "full Bayes", option: "full Bayes" };
    pub(crate) const LIMITED: Names = Names {
        label: "Bayes, moved at most D",
        phrase: "Bayes with limited translation",
        short: "limited Bayes",
        option: "Bayes, limited",
    };
    pub(crate) const LEARNED: Names = Names {
        label: "Bayes, SDs learned",
        phrase: "Bayes that learns the SDs",
        short: "learned SDs",
        option: "Bayes, SDs learned",
    };
    pub(crate) const JAMES_STEIN_IGNORING: Names = Names {
        label: "James–Stein, no regions",
        phrase: "James–Stein that ignores regions",
        short: "JS, no regions",
        option: "James–Stein, no regions",
    };
    pub(crate) const BAYES_IGNORING: Names = Names {
        label: "Bayes, no regions",
        phrase: "Bayes that ignores regions",
        short: "Bayes, no regions",
        option: "Bayes, no regions",
    };
    pub(crate) const ZERO: Names =
        Names { label: "Naive zero", phrase: "the naive guess 0", short: "zero", option: "naive zero" };

    /// What there is too little for.
    pub(crate) const LEARNED_BAYES: &str = "Bayes with learned SDs";
}

/// Heading and the sentence under it, of each view.
pub(super) mod heading {
    fn of(title: impl Into<String>, sentence: &str) -> (String, String) {
        (title.into(), sentence.to_owned())
    }

    pub(crate) fn race() -> (String, String) {
        of(
            "The race: this data set, and the next thousand",
            "An estimator can lose a round and win the race. Press a button to draw new data sets; the exact average is the dashed line.",
        )
    }

    pub(crate) fn curves() -> (String, String) {
        of(
            "Who gains, and who pays",
            "Risk of every estimator as one thing changes: formulas as lines, data sets as dots. What is good for all may be bad for one.",
        )
    }

    pub(crate) fn coverage() -> (String, String) {
        of(
            "Does the interval hold its word?",
            "The same schools measured again and again: how often each one’s interval holds its truth, on average and at worst.",
        )
    }

    /// - `a`, `b`: phrases of the estimators that are compared.
    pub(crate) fn map(a: &str, b: &str) -> (String, String) {
        let bare = |phrase: &'_ str| phrase.strip_prefix("the naive ").unwrap_or(phrase).to_owned();
        of(
            format!("When does {} beat {}?", bare(a), bare(b)),
            "When regions are small, noisy, or alike. Point anywhere on the map to read the risks there; click to run the race at that spot.",
        )
    }
}

/// What a person should know of the settings.
pub(super) mod notice {
    pub(crate) const TOO_SMALL: &str = "James–Stein inside a region is not defined for fewer than 4 schools: it leaves them as they are, and Morris’s intervals leave them out.";
    pub(crate) const INFINITE_VARIANCE: &str = "With 4 or 5 schools in a region, plain James–Stein has losses of infinite variance: its simulated averages settle slowly. The positive part does not.";
    pub(crate) const TOO_FEW_TO_POOL: &str =
        "Pooled empirical Bayes needs at least 3 schools more than regions; it is left out.";
    pub(crate) const SAME_VARIABLE: &str = "The map needs two different variables; another one runs up.";
    pub(crate) const SAME_ESTIMATOR: &str = "The same estimator twice: the ratio is 1 everywhere.";
    pub(crate) const SLOW: &str = "Bayes that learns the SDs has no closed form and is slow: the map takes its time. Fewer cells, or fewer data sets in each, are quicker.";
}

pub(super) const RISK_PER_SCHOOL: &str = "risk per school";
/// At a mark.
pub(super) const HERE: &str = "here";

/// At the mark of a value that is in force.
pub(super) fn here(value: f64) -> String {
    format!("{HERE}: {}", crate::number::short(value))
}
