//! Predict, then reveal: what the reader is asked, and what is said once they have answered.

use super::words;
use crate::lab::Panel;
use crate::number;

/// A question about a run, asked before its result is shown.
#[derive(Debug)]
pub struct Question {
    /// The question.
    pub text: &'static str,
    /// How it is answered.
    pub ask: Ask,
    /// The right answer, read off the panels of the run: a number on the bar, or the index of an option.
    /// `None` until they have it.
    pub answer: fn(&[&Panel]) -> Option<f64>,
    /// Names of the panels that would give it away.
    pub covers: &'static [&'static str],
    /// Why it is so, in a sentence that holds whatever is set.
    pub why: &'static str,
    /// Whether the answer follows from the settings alone, whatever the data.
    pub is_exact: bool,
}

/// How a question is answered.
#[derive(Clone, Copy, Debug)]
pub enum Ask {
    /// By dragging a bar.
    Bar {
        /// Its lower end.
        min: f64,
        /// Its upper end.
        max: f64,
        /// Its steps.
        step: f64,
        /// What follows the number, with a space before it if it needs one; may be empty.
        unit: &'static str,
    },
    /// By picking one of a few.
    Pick {
        /// Words on the buttons.
        options: &'static [&'static str],
    },
}

/// What the reader said.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Prediction {
    /// A number on the bar, or the index of an option.
    Made(f64),
    /// They want to see it at once.
    Skipped,
}

impl Ask {
    /// Whether `answer` is one that the reader could give.
    #[must_use]
    pub fn holds(&self, answer: f64) -> bool {
        match self {
            Self::Bar { min, max, .. } => (*min..=*max).contains(&answer),
            Self::Pick { options } => answer >= 0.0 && answer < options.len() as f64 && answer.fract() == 0.0,
        }
    }

    /// An answer in words: "38 %", "full Bayes".
    #[must_use]
    pub fn words(&self, answer: f64) -> String {
        match self {
            Self::Bar { step, unit, .. } => {
                let decimals = if *step >= 1.0 { 0 } else { 2 };
                format!("{}{unit}", number::fixed(answer, decimals))
            }
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "an index of an option"
            )]
            Self::Pick { options } => {
                options.get(answer.max(0.0) as usize).map_or_else(String::new, |option| (*option).to_owned())
            }
        }
    }
}

impl Question {
    /// What the run says, in a sentence.
    #[must_use]
    pub fn says(&self, answer: f64) -> String {
        words::the_run_says(&self.ask.words(answer))
    }

    /// Whether a prediction is as good as the answer: the same option, or within a twentieth of the bar.
    #[must_use]
    pub fn is_met(&self, predicted: f64, answer: f64) -> bool {
        match self.ask {
            Ask::Bar { min, max, .. } => (predicted - answer).abs() <= 0.05 * (max - min),
            Ask::Pick { .. } => (predicted - answer).abs() < 0.5,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BAR: Ask = Ask::Bar { min: 0.0, max: 100.0, step: 1.0, unit: " %" };
    const PICK: Ask = Ask::Pick { options: &["MLE", "Bayes"] };

    #[test]
    fn answers_are_put_into_words() {
        assert_eq!(BAR.words(38.12), "38 %");
        assert_eq!(Ask::Bar { min: 0.0, max: 4.0, step: 0.05, unit: "" }.words(1.746), "1.75");
        assert_eq!((PICK.words(1.0), PICK.words(7.0)), ("Bayes".to_owned(), String::new()));
    }

    #[test]
    fn only_what_can_be_given_is_held() {
        assert!(BAR.holds(0.0) && BAR.holds(100.0) && !BAR.holds(100.1) && !BAR.holds(f64::NAN));
        assert!(PICK.holds(1.0) && !PICK.holds(2.0) && !PICK.holds(0.5) && !PICK.holds(-1.0));
    }
}
