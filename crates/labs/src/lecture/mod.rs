//! The lecture: chapters that follow Michael Love's "Bayesian Hierarchical Modeling of Cell-Type-Specific Gene
//! Regulation" slide by slide, each a preset of a lab with words of its own.
//!
//! What a chapter says stands in [`chapters`](CHAPTERS), as data; how its question is answered in `answers`.

mod answers;
mod chapters;
mod question;
mod words;

use crate::control::Kind;
use crate::lab::{Body, Panel, Preset};
use crate::link;
use crate::scenario::Scenario;

pub use chapters::CHAPTERS;
pub use question::{Ask, Prediction, Question};

/// Number of chapters.
pub const NUM_CHAPTERS: usize = CHAPTERS.len();

/// One chapter.
#[derive(Debug)]
pub struct Chapter {
    /// Its heading.
    pub title: &'static str,
    /// The settings that it begins with: the link of a lab.
    pub link: &'static str,
    /// Name of the panel that leads: the slide's picture.
    pub panel: &'static str,
    /// What it says, two to five sentences, a paragraph each piece.
    pub words: &'static [&'static str],
    /// Its formulas, as LaTeX, a line each.
    pub formulas: &'static [&'static str],
    /// Other settings worth seeing, of the same lab, beside those of `link`; none, or all with the first one
    /// of `link` itself.
    pub scenes: &'static [Preset],
    /// Keys of the controls that a projector shows, at most three.
    pub handles: &'static [&'static str],
    /// What a projector shows, one after the other.
    pub steps: &'static [Step],
    /// What the reader is asked before the answer is shown; `None` if nothing.
    pub question: Option<Question>,
}

/// One picture and one thought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// Name of the panel.
    pub panel: &'static str,
    /// The thought, in a sentence or two.
    pub thought: &'static str,
    /// Index of its settings in the chapter's `scenes`; 0 where there are none.
    pub scene: usize,
}

impl Chapter {
    /// Whether it shows the model as a program in Stan: where the sampler itself is the picture.
    #[must_use]
    pub fn shows_program(&self) -> bool {
        self.panel == "sampler"
    }

    /// The first sentence of its words, two if the first is very short, and the rest of their first paragraph,
    /// which may be empty.
    #[must_use]
    pub fn opening(&self) -> (&'static str, &'static str) {
        /// A sentence by itself that says enough, in bytes.
        const ENOUGH: usize = 28;
        let paragraph = self.words.first().copied().unwrap_or_default();
        // A full stop within a formula or a number has no space behind it.
        let ends = [". ", "? ", "! "].iter().flat_map(|end| paragraph.match_indices(end));
        let end = ends.map(|(at, _)| at).filter(|at| *at >= ENOUGH).min();
        end.map_or((paragraph, ""), |at| (&paragraph[..=at], &paragraph[at + 2..]))
    }

    /// Number of steps, at least 1.
    #[must_use]
    pub fn num_steps(&self) -> u32 {
        u32::try_from(self.steps.len()).unwrap_or(u32::MAX)
    }

    /// Step `index`, the last one for a number beyond it.
    ///
    /// # Panics
    /// Never: every chapter has a step, as a test makes sure.
    #[must_use]
    pub fn step(&self, index: u32) -> Step {
        self.steps[(index as usize).min(self.steps.len() - 1)]
    }

    /// The settings of scene `index`; those that the chapter begins with if there is no such scene.
    #[must_use]
    pub fn scene(&self, index: usize) -> Scenario {
        link::parse(self.scenes.get(index).map_or(self.link, |scene| scene.link)).scenario
    }
}

/// Whether a projector has room for a panel: a picture, or sentences.
#[must_use]
pub fn is_presented(panel: &Panel) -> bool {
    match &panel.body {
        Body::Figure(_) | Body::Sampler(_) => true,
        Body::Table(_) => false,
        Body::Text => !panel.remark.is_empty(),
    }
}

/// Indices of the controls that a projector shows beside a picture, at most three.
///
/// - `chapter`: whose controls; `None` outside the lecture: then those of the model that are sliders.
#[must_use]
pub fn handles(chapter: Option<&Chapter>, scenario: &Scenario) -> Vec<usize> {
    const MOST: usize = 3;
    let values = scenario.values();
    let controls = scenario.lab().controls();
    let is_slider = |kind: &Kind| matches!(kind, Kind::Linear { .. } | Kind::Log { .. });
    match chapter {
        Some(chapter) => chapter
            .handles
            .iter()
            .filter_map(|key| scenario.find_control(|control| control.key == *key))
            .collect(),
        None => {
            let fits =
                |index: &usize| is_slider(&controls[*index].kind) && (controls[*index].applies)(&values);
            (0..controls.len()).filter(fits).take(MOST).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::control::Value;
    use crate::lab::Extras;
    use crate::link::{parse, write, write_framed};
    use crate::{Frame, registry};

    /// The panels once all repeats are done, without draws.
    fn panels(scenario: &Scenario) -> Vec<Panel> {
        let mut run = scenario.start();
        let repeats_done = run.num_repeats();
        (0..repeats_done).for_each(|index| run.repeat(index));
        run.panels(&scenario.values(), &Extras { repeats_done, ..Extras::default() })
    }

    #[test]
    fn every_chapter_and_scene_is_a_link_of_one_lab_that_is_written_back() {
        assert_eq!(CHAPTERS.len(), 19);
        for (index, chapter) in CHAPTERS.iter().enumerate() {
            let first = parse(chapter.link);
            assert_eq!(first.notices, [], "{}", chapter.title);
            for link in chapter.scenes.iter().map(|scene| scene.link).chain([chapter.link]) {
                let read = parse(link);
                assert_eq!((write(&read.scenario).as_str(), read.notices), (link, Vec::new()));
                assert_eq!(read.scenario.lab_index(), first.scenario.lab_index(), "{}", chapter.title);
                assert!(link.len() <= 106 - "https://a.b/".len(), "{link}: short enough for a QR code");
            }
            assert!(chapter.scenes.is_empty() || chapter.scenes[0].link == chapter.link, "{}", chapter.title);
            let address = format!("#/lecture/{}", index + 1);
            let read = parse(&address);
            assert_eq!((read.notices, &read.scenario), (Vec::new(), &first.scenario));
            assert_eq!(read.frame, Frame { chapter: Some(index), ..Frame::default() });
            assert_eq!(write_framed(&read.scenario, &read.frame), address);
        }
    }

    #[test]
    fn every_chapter_says_two_to_five_sentences_and_shows_its_panels() {
        for chapter in CHAPTERS {
            let sentences: usize = chapter
                .words
                .iter()
                .map(|words| {
                    1 + [". ", "? ", "! "].map(|end| words.matches(end).count()).iter().sum::<usize>()
                })
                .sum();
            assert!((2..=7).contains(&sentences), "{}: {sentences}", chapter.title);
            assert!(!chapter.formulas.is_empty() && !chapter.steps.is_empty(), "{}", chapter.title);
            let scenario = parse(chapter.link).scenario;
            let lead = panels(&scenario).into_iter().find(|panel| panel.id == chapter.panel);
            assert!(lead.is_some_and(|panel| is_presented(&panel)), "{}: {}", chapter.title, chapter.panel);
            assert!(chapter.handles.len() <= 3);
            for key in chapter.handles {
                assert!(scenario.find_control(|control| control.key == *key).is_some(), "{key}");
            }
            for step in chapter.steps {
                assert!(step.scene == 0 || step.scene < chapter.scenes.len(), "{}", chapter.title);
                assert!(step.thought.ends_with(['.', '?', '!']), "{}", step.thought);
                let found = panels(&chapter.scene(step.scene));
                assert!(
                    found.iter().any(|panel| panel.id == step.panel),
                    "{}: {}",
                    chapter.title,
                    step.panel
                );
            }
        }
    }

    #[test]
    fn a_chapter_is_opened_by_a_sentence_or_two() {
        for chapter in CHAPTERS {
            let (first, rest) = chapter.opening();
            assert!(first.ends_with(['.', '?', '!']) && (28..=200).contains(&first.len()), "{first}");
            assert!(first.matches(". ").count() < 2 && chapter.words[0].starts_with(first), "{first}");
            assert_eq!([first, rest].join(" ").trim_end(), chapter.words[0]);
        }
    }

    #[test]
    fn from_the_fourth_chapter_on_there_is_a_question_whose_answer_is_computed() {
        for (index, chapter) in CHAPTERS.iter().enumerate() {
            let Some(question) = &chapter.question else {
                assert!(index < 3, "{} asks nothing", chapter.title);
                continue;
            };
            let of = |scenario: &Scenario| {
                let panels = panels(scenario);
                for covered in question.covers {
                    assert!(panels.iter().any(|panel| panel.id == *covered), "{}: {covered}", chapter.title);
                }
                (question.answer)(&panels.iter().collect::<Vec<_>>())
            };
            assert!(
                chapter.steps.iter().any(|step| question.covers.contains(&step.panel)),
                "{}",
                chapter.title
            );
            // Draws are needed for one answer: the engine's test has it.
            let Some(answer) = of(&parse(chapter.link).scenario) else {
                assert_eq!(chapter.panel, "sampler");
                continue;
            };
            assert!(question.ask.holds(answer), "{}: {answer}", chapter.title);
            assert!(!question.says(answer).is_empty() && question.why.ends_with('.'));
            assert_eq!((question.answer)(&[]), None, "no run, no answer");
            // A computed answer follows the data: another seed, another answer, unless it is exact.
            if let Some(seed) = parse(chapter.link).scenario.seed_control() {
                let moves = (0..60).any(|i| {
                    let mut scenario = parse(chapter.link).scenario;
                    scenario.set(seed, Value::Number(f64::from(20 + i)));
                    of(&scenario) != Some(answer)
                });
                assert!(moves || question.is_exact, "{}: always {answer}", chapter.title);
            }
        }
    }

    /// Numbers of the slides, of statistics worked out by hand or by R.
    #[test]
    fn the_slides_answers_come_out() {
        let answer = |number: usize| {
            let chapter = &CHAPTERS[number - 1];
            let panels = panels(&parse(chapter.link).scenario);
            (chapter.question.as_ref().unwrap().answer)(&panels.iter().collect::<Vec<_>>()).unwrap()
        };
        let close = |number: usize, expected: f64, tolerance: f64| {
            assert!((answer(number) - expected).abs() < tolerance, "chapter {number}: {}", answer(number));
        };
        close(4, 50.0, 1e-9); // B = 1/(A + 1), A = 1.
        close(9, 2.0 * 1.959_964 * 0.445_44, 1e-3); // Posterior SD of θ.
        assert_eq!(answer(10), 3.0); // Region 2's truth lies outside.
        close(11, 50.0, 0.1);
        assert_eq!(answer(12), 25.0); // Bayes is closer for 25 of 40.
        close(13, 100.0 * (1.0 - 18.571 / 30.009), 0.01);
        assert_eq!(answer(7), 3.0); // Full Bayes, of the four who are asked about.
        assert_eq!(answer(14), 0.0); // V_μ of all regions: 26 to 23.
    }

    #[test]
    fn handles_are_those_of_the_chapter_or_the_first_sliders() {
        let regions = registry::find("regions").map(Scenario::of_lab).unwrap();
        let keys = |chapter: Option<&Chapter>| -> Vec<&str> {
            handles(chapter, &regions).into_iter().map(|index| regions.lab().controls()[index].key).collect()
        };
        assert_eq!(keys(None), ["sd_theta", "sd_mu", "sigma"]);
        assert_eq!(keys(Some(&CHAPTERS[8])), CHAPTERS[8].handles);
    }
}
