//! What stands around a scenario: a chapter of the lecture, a projector, another page.

/// How a scenario is shown. The numbers do not depend on it; a link carries it beside the scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frame {
    /// Index in [`CHAPTERS`](crate::lecture::CHAPTERS) of the chapter that the scenario illustrates; `None`
    /// outside the lecture.
    pub chapter: Option<usize>,
    /// The step that a projector shows, from 0; `None` for the ordinary page.
    pub present: Option<u32>,
    /// Whether the page stands inside another one: the picture and its controls, nothing else.
    pub is_embedded: bool,
    /// Whether the reader is asked to predict before the answer is shown.
    pub has_questions: bool,
    /// Whether single letters are keys.
    pub has_letter_keys: bool,
}

impl Default for Frame {
    /// The page by itself, with questions and keys.
    fn default() -> Self {
        Self { chapter: None, present: None, is_embedded: false, has_questions: true, has_letter_keys: true }
    }
}

/// Names of a frame's fields in a link; no control may have one of them.
pub const KEYS: [&str; 4] = ["present", "embed", "questions", "keys"];

impl Frame {
    /// The frame that stays when the reader goes to another lab: what the host of the page decided.
    #[must_use]
    pub fn elsewhere(self) -> Self {
        Self { chapter: None, present: None, ..self }
    }

    /// Takes the field `key` of a link; whether it is one of a frame's. What is not understood changes nothing.
    pub(crate) fn read(&mut self, key: &str, text: &str) -> bool {
        let is_off = |text: &str| matches!(text, "off" | "0" | "no" | "false");
        match key {
            "present" => {
                self.present =
                    (!is_off(text)).then(|| text.parse::<u32>().unwrap_or(1).clamp(1, MAX_STEPS) - 1)
            }
            "embed" => self.is_embedded = !is_off(text),
            "questions" => self.has_questions = !is_off(text),
            "keys" => self.has_letter_keys = !is_off(text),
            _ => return false,
        }
        true
    }

    /// The fields that differ from those of a page by itself, as key and text.
    pub(crate) fn fields(&self) -> Vec<(&'static str, String)> {
        let mut fields = Vec::new();
        if let Some(step) = self.present {
            fields.push(("present", (step + 1).to_string()));
        }
        if self.is_embedded {
            fields.push(("embed", "on".to_owned()));
        }
        if !self.has_questions {
            fields.push(("questions", "off".to_owned()));
        }
        if !self.has_letter_keys {
            fields.push(("keys", "off".to_owned()));
        }
        fields
    }
}

/// Steps of the longest chapter that a link may name.
const MAX_STEPS: u32 = 99;
