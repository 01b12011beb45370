//! The lecture in the state of the page: chapters, the steps of a projector, predictions.

use std::rc::Rc;

use labs::lecture::{self, Chapter, Prediction, Question};
use labs::library::library;
use labs::{Kind, Panel, Value};

use super::{AppState, Shown};

impl AppState {
    /// The chapter that is shown; `None` outside the lecture.
    #[must_use]
    pub fn chapter(&self) -> Option<&'static Chapter> {
        library().chapter(self.frame.chapter?)
    }

    /// What the reader is asked; `None` if nothing, or if questions are off.
    #[must_use]
    pub fn question(&self) -> Option<&'static Question> {
        // Inside another page there is the picture and no room to ask.
        let has_room = !self.frame.is_embedded || self.frame.present.is_some();
        self.chapter()?.question.as_ref().filter(|_| self.frame.has_questions && has_room)
    }

    /// What the reader has answered; `None` until then.
    #[must_use]
    pub fn prediction(&self) -> Option<Prediction> {
        let here = self.frame.chapter?;
        self.predictions.iter().find(|(chapter, _)| *chapter == here).map(|(_, prediction)| *prediction)
    }

    /// What the run on screen says to the question; `None` until it can.
    #[must_use]
    pub fn answer(&self) -> Option<f64> {
        let panels: Vec<&Panel> = self.panels.iter().map(|panel| &**panel).collect();
        (self.question()?.answer)(&panels)
    }

    /// Whether panel `id` would give away what the reader is still to predict.
    #[must_use]
    pub fn is_covered(&self, id: &str) -> bool {
        self.prediction().is_none() && self.question().is_some_and(|question| question.covers.contains(&id))
    }

    /// The panels that a projector shows outside the lecture, in order.
    #[must_use]
    pub fn presented(&self) -> Vec<Shown> {
        self.panels.iter().filter(|panel| lecture::is_presented(panel)).cloned().collect()
    }

    /// The panel that the projector shows; `None` while it has not come.
    #[must_use]
    pub fn presented_panel(&self) -> Option<Shown> {
        let step = self.frame.present?;
        match self.chapter() {
            Some(chapter) => self.panels.iter().find(|panel| panel.id == chapter.step(step).panel).cloned(),
            None => {
                let panels = self.presented();
                panels.get((step as usize).min(panels.len().saturating_sub(1))).cloned()
            }
        }
    }

    /// Number of steps of the chapter, or outside the lecture of panels.
    #[must_use]
    pub fn num_steps(&self) -> u32 {
        match self.chapter() {
            Some(chapter) => chapter.num_steps(),
            None => u32::try_from(self.presented().len()).unwrap_or(1).max(1),
        }
    }

    pub(super) fn open_chapter(&mut self, chapter: usize, step: u32) {
        let Some(opened) = library().chapter(chapter) else { return };
        self.notices = Rc::default();
        self.frame.chapter = Some(chapter);
        let is_presenting = self.frame.present.is_some();
        let step = step.min(opened.num_steps() - 1);
        self.frame.present = is_presenting.then_some(step);
        (self.hovered, self.pinned) = (None, None);
        self.show(opened.scene(if is_presenting { opened.step(step).scene } else { 0 }));
    }

    pub(super) fn open_scene(&mut self, scene: usize) {
        if let Some(chapter) = self.chapter() {
            self.notices = Rc::default();
            self.show(chapter.scene(scene));
        }
    }

    pub(super) fn turn(&mut self, is_forward: bool) {
        let Some(step) = self.frame.present else { return };
        let step = step.min(self.num_steps() - 1);
        let next = if is_forward { step + 1 } else { step.wrapping_sub(1) };
        if next < self.num_steps() {
            self.frame.present = Some(next);
            // Settings that the lecturer has changed stay while steps are of the same ones.
            if let Some(chapter) = self.chapter()
                && chapter.step(next).scene != chapter.step(step).scene
            {
                self.open_scene(chapter.step(next).scene);
            }
        } else if let Some(chapter) = self.frame.chapter {
            match chapter.checked_sub(1) {
                _ if is_forward => self.open_chapter(chapter + 1, 0),
                // It opens at the last step.
                Some(before) => self.open_chapter(before, u32::MAX),
                None => {}
            }
        }
    }

    pub(super) fn turn_truth(&mut self) {
        let Some(index) = self.scenario.find_control(|control| control.key == "truth") else { return };
        let control = &self.scenario.lab().controls()[index];
        if let (Kind::Choice { options }, Value::Choice(now)) = (control.kind, self.scenario.value(index)) {
            self.set(index, Value::Choice((now + 1) % options.len()), None);
        }
    }

    pub(super) fn predict(&mut self, prediction: Option<Prediction>) {
        let Some(chapter) = self.frame.chapter else { return };
        self.predictions.retain(|(other, _)| *other != chapter);
        self.predictions.extend(prediction.map(|prediction| (chapter, prediction)));
    }
}

#[cfg(test)]
mod tests {
    use labs::lecture::CHAPTERS;
    use labs::link;

    use super::*;
    use crate::state::Action;

    fn turned(state: &AppState, is_forward: bool) -> AppState {
        state.reduce(Action::Turn { is_forward })
    }

    fn address(state: &AppState) -> String {
        link::write_framed(&state.scenario, &state.frame)
    }

    #[test]
    fn a_clicker_goes_through_all_chapters_and_back() {
        let num_steps: u32 = CHAPTERS.iter().map(Chapter::num_steps).sum();
        let mut state = AppState::open("#/lecture/1?present=1");
        let mut addresses = vec![address(&state)];
        for _ in 1..num_steps {
            state = turned(&state, true);
            addresses.push(address(&state));
        }
        assert_eq!(state.frame.chapter, Some(CHAPTERS.len() - 1));
        assert_eq!(turned(&state, true), state, "it ends there");
        let mut distinct = addresses.clone();
        distinct.sort();
        distinct.dedup();
        assert_eq!(distinct.len(), addresses.len(), "every step has an address");
        for before in addresses.iter().rev().skip(1) {
            state = turned(&state, false);
            assert_eq!(address(&state), *before);
            assert_eq!(AppState::open(before).scenario, state.scenario, "{before}: opens as it was");
        }
        assert_eq!(turned(&state, false), state, "it begins there");
    }

    #[test]
    fn what_the_lecturer_set_stays_while_the_settings_are_the_same_ones() {
        let state = AppState::open("#/lecture/7?sd_theta=2&present=1");
        let next = turned(&state, true);
        assert_eq!(address(&next), "#/lecture/7?sd_theta=2&present=2");
        // A step with settings of its own has them.
        let next = turned(&AppState::open("#/lecture/4?a=4&present=1"), true);
        assert_eq!(address(&next), "#/lecture/4?a=9&present=2");
    }

    #[test]
    fn a_chapter_keeps_what_the_host_of_the_page_decided() {
        let state = AppState::open("#/lecture/7?sd_theta=2&questions=off&keys=off");
        let next = state.reduce(Action::OpenChapter(7));
        assert_eq!(address(&next), "#/lecture/8?questions=off&keys=off");
        assert_eq!(state.reduce(Action::OpenChapter(99)), state);
        let scene = AppState::open("#/lecture/6?questions=off").reduce(Action::OpenScene(1));
        assert_eq!(address(&scene), "#/lecture/6?a=9&questions=off");
    }

    #[test]
    fn what_gives_the_answer_away_is_covered_until_it_is_predicted_or_skipped() {
        let state = AppState::open("#/lecture/13");
        assert!(state.is_covered("errors") && state.is_covered("race") && !state.is_covered("forest"));
        assert_eq!(state.answer(), None);
        for prediction in [Prediction::Made(40.0), Prediction::Skipped] {
            let told = state.reduce(Action::Predict(Some(prediction)));
            assert!(!told.is_covered("errors") && told.prediction() == Some(prediction));
            let elsewhere = told.reduce(Action::OpenChapter(11));
            assert!(elsewhere.is_covered("scatter"), "each chapter asks for itself");
            assert!(!elsewhere.reduce(Action::OpenChapter(12)).is_covered("errors"), "it asks once");
            assert!(told.reduce(Action::Predict(None)).is_covered("errors"));
        }
        assert!(!AppState::open("#/lecture/13?questions=off").is_covered("errors"));
        assert!(!AppState::open("#/lecture/13?embed=on").is_covered("errors"));
        assert!(!AppState::open("#/regions").is_covered("errors"));
    }

    #[test]
    fn the_truth_is_turned_where_there_is_one() {
        let state = AppState::open("#/lecture/9?present=1");
        assert_eq!(address(&state.reduce(Action::TurnTruth)), "#/lecture/9?truth=shown&present=1");
        assert_eq!(state.reduce(Action::TurnTruth).reduce(Action::TurnTruth).scenario, state.scenario);
        let map = AppState::open("#/when");
        assert_eq!(map.reduce(Action::TurnTruth), map);
    }
}
