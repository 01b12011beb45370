//! What several labs say, each thing once; and what is said of links.
//!
//! All that a reader reads stands in modules called `words`: one for each lab, this one for what labs have in
//! common, one beside the controls for wrong values. A fixed word is a constant, a sentence with numbers in it a
//! function that is given the numbers. Whoever computes decides what is said, and `words` how: another language
//! means other modules of this name, and no other change.
//!
//! Keys, slugs and links are not words: they stay with the logic and never change.

use crate::number;

// In a legend, or at the end of a line.
pub(crate) const TRUTH_MU: &str = "truth μ";
pub(crate) const MLE_Y: &str = "MLE y";
pub(crate) const MEASURED_Y: &str = "measured y";
pub(crate) const NAIVE_0: &str = "naive 0";

// At a mark.
pub(crate) const TRUTH: &str = "truth";

// Estimators.
pub(crate) const MLE: &str = "MLE";
pub(crate) const BAYES: &str = "Bayes";
pub(crate) const JAMES_STEIN: &str = "James–Stein";
pub(crate) const REGION_MEAN: &str = "region mean";
pub(crate) const NAIVE_ZERO: &str = "Naive zero";

// Headings of groups of controls.
pub(crate) const DATA: &str = "Data";
pub(crate) const REPEATS: &str = "Repeats";

// Controls.
pub(crate) const MEASUREMENTS: &str = "Measurements";
pub(crate) const PRIOR_VARIANCE: &str = "Prior variance";
pub(crate) const SEED: &str = "Seed";
pub(crate) const NEW_DATA: &str = "New data";
pub(crate) const NEW_SCHOOLS: &str = "New schools";
pub(crate) const LECTURE_DATA: &str = "the lecture’s own data";
pub(crate) const DRAWN_THE_SAME_WAY: &str = "Drawn the same way, every estimator’s error counted each time.";
pub(crate) const SHOW_TRUTH: &str = "Show the truth";
pub(crate) const SHOWN: &str = "shown";
pub(crate) const HIDDEN: &str = "hidden";

// Titles and axes of panels.
pub(crate) const FROM_MEASUREMENT: &str = "From the measurement to the estimate";
pub(crate) const HERE_AND_ON_AVERAGE: &str = "In this data set, and on average";
pub(crate) const HERE_AND_EXACT: &str = "this data · exact average";
pub(crate) const TOTAL_SQUARED_ERROR: &str = "total squared error";
pub(crate) const SCHOOL_BY_SCHOOL: &str = "School by school";
pub(crate) const WHO_CAME_CLOSEST: &str = "Who came closest?";
pub(crate) const DATA_SETS_SO_FAR: &str = "data sets so far";
pub(crate) const ESTIMATE: &str = "estimate";
pub(crate) const SHARE_REMOVED: &str = "share removed, B";

/// Name of the effective sample size of means, as the sampler reports it.
pub const BULK_ESS: &str = "Bulk ESS";

/// A line from formulas of the estimator called `label`.
pub(crate) fn exact(label: &str) -> String {
    format!("{label}, exact")
}

/// Dots from data sets of the estimator called `label`.
pub(crate) fn simulated(label: &str) -> String {
    format!("{label}, simulated")
}

/// In place of what only the truth could tell.
pub(crate) const NEEDS_THE_TRUTH: &str =
    "Errors can be counted only by who knows the truth. Show it to see them.";

/// A number as text, or a dash where there is none.
pub(crate) fn or_dash(number: Option<String>) -> String {
    number.unwrap_or_else(|| "–".to_owned())
}

/// The SD of a variance.
pub(crate) fn sd_of(variance: f64) -> String {
    format!("SD {}", number::short(variance.sqrt()))
}

/// "100 data sets".
pub(crate) fn data_sets(repeats: u32) -> String {
    match repeats {
        1 => "1 data set".to_owned(),
        many => format!("{} data sets", number::grouped(u64::from(many))),
    }
}

/// Panels of words.
pub(crate) mod prose {
    pub(crate) const SAMPLER: &str = "The sampler";
    pub(crate) const MODEL: &str = "The model in four lines";
    /// What each of the four lines is about.
    pub(crate) const FOUR_LINES: [&str; 4] = [
        "Data, given the unit",
        "Unit, given what all units share",
        "How that is learned",
        "What one unit’s estimate becomes",
    ];
    pub(crate) const QUESTIONS: &str = "Predict, then try";
    pub(crate) const LEFT_OUT: &str = "What is simpler here";
    pub(crate) const OWN_DATA: &str = "Your own data";

    /// - `least`: rows that are needed.
    pub(crate) fn too_few_rows(num_rows: usize, least: usize) -> String {
        format!(
            "{num_rows} of at least {least} rows: more are needed before there is anything to learn from them."
        )
    }
}

/// What is said of a link that is not quite right.
pub(crate) mod link {
    pub(crate) const TOO_LONG: &str =
        "This link is too long to be one of this page; the start page is shown.";
    pub(crate) const NEWER: &str =
        "This link was made by a newer version of the page; what it says in ways not known here is left out.";
    pub(crate) const STRANGE_VERSION: &str =
        "The version that this link names is not understood; it is read as version 1.";

    /// - `last`: number of the last chapter.
    pub(crate) fn no_chapter(last: usize, shown: &str) -> String {
        format!("The lecture has chapters 1 to {last}, none called “{shown}”; it begins at 1.")
    }

    /// - `title`: of the lab that is shown instead.
    pub(crate) fn no_lab(shown: &str, title: &str) -> String {
        format!("There is no lab “{shown}” here; “{title}” is shown instead.")
    }
}
