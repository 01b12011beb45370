//! What is said around the chapters; what they say themselves stands in `chapters`.

/// - `answer`: in words.
pub(super) fn the_run_says(answer: &str) -> String {
    format!("The run says: {answer}.")
}
