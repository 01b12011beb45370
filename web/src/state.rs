//! What the page knows, and how each action changes it. Imports nothing from a
//! browser: tested on the host.

mod lecture;

use std::ops::Deref;
use std::rc::Rc;

use engine::protocol::Progress;
use engine::{Reply, RunId};
use labs::lecture::Prediction;
use labs::library::library;
use labs::{Control, Frame, Kind, Notice, Pace, Panel, Scenario, Value, link};

/// A panel as it came. Equal only to itself: the workers send none again that is as it was, and the numbers of a
/// picture are not compared one by one.
#[derive(Clone, Debug)]
pub struct Shown(Rc<Panel>);

impl Shown {
    /// A panel that has just come.
    #[must_use]
    pub fn new(panel: Rc<Panel>) -> Self {
        Self(panel)
    }
}

impl Deref for Shown {
    type Target = Panel;

    fn deref(&self) -> &Panel {
        &self.0
    }
}

impl PartialEq for Shown {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// Everything that the page shows depends on this and nothing else.
#[derive(Clone, Debug, PartialEq)]
pub struct AppState {
    /// What a link would name.
    pub scenario: Rc<Scenario>,
    /// What stands around the scenario; the link names it too.
    pub frame: Frame,
    /// What a person should know about link or input.
    pub notices: Rc<Vec<Notice>>,
    /// What the run on screen says of its data.
    pub run_notices: Rc<Vec<Notice>>,
    /// Number of the run that the scenario asks for.
    pub run_id: RunId,
    /// Whether the run must sample again though the data are the same.
    pub restart: bool,
    /// How the run fares.
    pub run: Run,
    /// Number of the run that `run` speaks of, once there was an answer.
    pub answered_run: RunId,
    /// Whether the chains are held.
    pub paused: bool,
    /// Panels of the lab, in order.
    pub panels: Rc<Vec<Shown>>,
    /// Panels as the worker last sent them, and their lab: it sends only what changes,
    /// and need not have heard of a lab that was left at once.
    pub sent: (Option<usize>, Rc<Vec<Shown>>),
    /// Unit under the pointer.
    pub hovered: Option<u32>,
    /// Unit chosen by click or key; stays when the pointer leaves.
    pub pinned: Option<u32>,
    /// What was set when a hand took hold of a unit that it drags; `None` while none does.
    pub grabbed: Option<Rc<Scenario>>,
    /// The reader's own data as last given: links may not carry them.
    pub own: Option<Value>,
    /// What the reader predicted in which chapter of the lecture; kept nowhere else.
    pub predictions: Vec<(usize, Prediction)>,
}

/// How a run fares.
#[derive(Clone, Debug, PartialEq)]
pub enum Run {
    /// Asked for, nothing heard yet.
    Asked,
    /// Under way or done, as the progress says.
    Answered(Progress),
    /// It could not be done.
    Failed(String),
}

/// What a person or a worker did.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Open a link: at the start, by the back button, by hand.
    OpenLink(String),
    /// Show lab `0` of the registry with its defaults.
    OpenLab(usize),
    /// Show the same scenario in another frame.
    SetFrame(Frame),
    /// Show a chapter of the lecture, on the projector if that is what shows the page now.
    OpenChapter(usize),
    /// Show other settings of the chapter, by their index in its scenes.
    OpenScene(usize),
    /// On a projector, go to the next step (or the one before), and on to the next chapter.
    Turn {
        /// Whether onward.
        is_forward: bool,
    },
    /// Hide the truth, or show it, where the lab can.
    TurnTruth,
    /// Answer the chapter's question; `None`: ask it again.
    Predict(Option<Prediction>),
    /// Set a control.
    SetControl {
        /// Its index.
        index: usize,
        /// Its new value.
        value: Value,
    },
    /// Set a control to what was typed.
    TypeControl {
        /// Its index.
        index: usize,
        /// What was typed.
        text: String,
    },
    /// New data, from random bits of the browser.
    NewSeed(u32),
    /// Put all controls of the lab back to their defaults.
    Reset,
    /// Sample again from the start.
    Restart,
    /// Hold the chains or let them go on.
    SetPaused(bool),
    /// The pointer is on a unit, or left it.
    Hover(Option<u32>),
    /// Keep a unit in view, or none.
    Pin(Option<u32>),
    /// Choose a unit of a panel: where the lab has settings for it they are taken, else it is kept in view.
    Pick {
        /// Name of the panel.
        panel: String,
        /// The unit.
        unit: u32,
    },
    /// A hand took hold of something, or let go.
    Grab {
        /// Whether it took hold.
        is_held: bool,
    },
    /// A hand that holds a unit of a panel has gone so far since, in the units of the figure's axes; one that
    /// holds nothing goes just so far.
    Drag {
        /// Name of the panel.
        panel: String,
        /// The unit.
        unit: u32,
        /// To the right and up.
        by: (f64, f64),
    },
    /// A worker answered.
    Replied(Reply),
    /// A worker died for good.
    WorkersDied(String),
    /// Something is to be said to the reader.
    Say(&'static str),
    /// A message has been read.
    Dismiss(usize),
}

impl Action {
    /// Whether it leads to what is in the page's annex (`crate::annex`): another lab, the lecture, a projector.
    #[must_use]
    pub fn needs_annex(&self) -> bool {
        match self {
            Self::OpenLink(link) => needs_annex(link),
            Self::OpenLab(lab) => library().lab(*lab).is_none(),
            Self::OpenChapter(chapter) => library().chapter(*chapter).is_none(),
            Self::SetFrame(frame) => frame.present.is_some(),
            _ => false,
        }
    }
}

/// Whether `link` leads to what is in the page's annex.
#[must_use]
pub fn needs_annex(link: &str) -> bool {
    link::awaits(link) || link::parse(link).frame.present.is_some()
}

impl AppState {
    /// The state that `link` names, nothing run yet.
    #[must_use]
    pub fn open(link: &str) -> Self {
        let link::Parsed { scenario, frame, notices } = link::parse(link);
        Self {
            scenario: Rc::new(scenario),
            frame,
            notices: Rc::new(notices),
            run_notices: Rc::default(),
            run_id: 1,
            restart: false,
            run: Run::Asked,
            answered_run: 0,
            paused: false,
            panels: Rc::default(),
            sent: (None, Rc::default()),
            hovered: None,
            pinned: None,
            grabbed: None,
            own: None,
            predictions: Vec::new(),
        }
    }

    /// The unit that all pictures light up.
    #[must_use]
    pub fn focus(&self) -> Option<u32> {
        self.hovered.or(self.pinned)
    }

    /// The state after `action`.
    #[must_use]
    pub fn reduce(&self, action: Action) -> Self {
        let mut next = self.clone();
        match action {
            Action::OpenLink(link) => {
                let link::Parsed { scenario, frame, notices } = link::parse(&link);
                next.notices = Rc::new(notices);
                next.frame = frame;
                next.show(scenario);
            }
            Action::OpenLab(lab) => {
                next.notices = Rc::default();
                next.frame = next.frame.elsewhere();
                next.show(Scenario::of_lab(lab));
            }
            Action::SetFrame(frame) => next.frame = frame,
            Action::OpenChapter(chapter) => next.open_chapter(chapter, 0),
            Action::OpenScene(scene) => next.open_scene(scene),
            Action::Turn { is_forward } => next.turn(is_forward),
            Action::TurnTruth => next.turn_truth(),
            Action::Predict(prediction) => next.predict(prediction),
            Action::SetControl { index, value } => next.set(index, value, None),
            Action::TypeControl { index, text } => {
                let (value, notice) =
                    self.scenario.lab().controls()[index].read(&text, self.scenario.value(index));
                next.set(index, value, notice);
            }
            Action::NewSeed(random) => {
                if let Some((index, value)) = self.fresh_seed(random) {
                    next.set(index, value, None);
                }
            }
            Action::Reset => {
                next.notices = Rc::default();
                next.show(match self.frame.chapter {
                    Some(chapter) => link::chapter_scenario(chapter),
                    None => Scenario::of_lab(self.scenario.lab_index()),
                });
            }
            Action::Restart => {
                next.run_id += 1;
                next.restart = true;
                next.paused = false;
            }
            Action::SetPaused(paused) => next.paused = paused,
            Action::Hover(unit) => next.hovered = unit,
            Action::Pin(unit) => next.pinned = unit,
            Action::Pick { panel, unit } => next.pick(&panel, unit),
            Action::Grab { is_held } => next.grabbed = is_held.then(|| Rc::clone(&self.scenario)),
            Action::Drag { panel, unit, by } => next.drag(&panel, unit, by),
            Action::Replied(reply) => next.hear(reply),
            Action::WorkersDied(message) => next.run = Run::Failed(message),
            Action::Say(words) => {
                let notice = Notice::new("", words);
                if !self.notices.contains(&notice) {
                    Rc::make_mut(&mut next.notices).push(notice);
                }
            }
            Action::Dismiss(index) => {
                if index < next.notices.len() {
                    Rc::make_mut(&mut next.notices).remove(index);
                }
            }
        }
        next
    }

    fn pick(&mut self, panel: &str, unit: u32) {
        let settings = self.scenario.lab().pick(&self.scenario.values(), panel, unit);
        self.pinned = settings.is_empty().then_some(unit);
        self.take_settings(settings);
    }

    fn drag(&mut self, panel: &str, unit: u32, by: (f64, f64)) {
        let held = self.grabbed.as_ref().filter(|held| held.lab_index() == self.scenario.lab_index());
        let from = held.unwrap_or(&self.scenario);
        let settings = from.lab().drag(&from.values(), panel, unit, by);
        self.take_settings(settings);
    }

    fn take_settings(&mut self, settings: Vec<(&'static str, Value)>) {
        for (key, value) in settings {
            if let Some(index) = self.scenario.find_control(|control| control.key == key) {
                self.set(index, value, None);
            }
        }
    }

    fn set(&mut self, index: usize, value: Value, notice: Option<Notice>) {
        let Control { key, kind, .. } = self.scenario.lab().controls()[index];
        if matches!(kind, Kind::Table(_)) {
            self.own = None; // What was cleared by hand does not come back.
        }
        let mut scenario = (*self.scenario).clone();
        let admitted = scenario.set(index, value);
        if self.notices.iter().any(|notice| notice.key == key) {
            Rc::make_mut(&mut self.notices).retain(|notice| notice.key != key);
        }
        if let Some(notice) = notice.or(admitted) {
            Rc::make_mut(&mut self.notices).push(notice);
        }
        self.show(scenario);
    }

    fn show(&mut self, mut scenario: Scenario) {
        self.remember(&mut scenario);
        if *self.scenario == scenario {
            return;
        }
        if self.scenario.lab_index() != scenario.lab_index() {
            self.grabbed = None;
            (self.panels, self.run_notices) = (Rc::default(), Rc::default());
            (self.hovered, self.pinned) = (None, None);
            // Dead workers stay dead in every lab.
            if !matches!(self.run, Run::Failed(_)) {
                self.run = Run::Asked;
            }
        }
        // Turning on a watched pace is a wish to watch: from the start.
        let is_fast = |scenario: &Scenario| scenario.pace() == Pace::Fast;
        let watch = scenario.same_run(&self.scenario) && is_fast(&self.scenario) && !is_fast(&scenario);
        if !scenario.same_run(&self.scenario) || watch {
            self.paused = false;
        }
        self.restart = watch;
        self.run_id += 1;
        self.scenario = Rc::new(scenario);
    }

    /// Keeps the reader's own data, and gives them back to a link that asks for them but has none.
    fn remember(&mut self, scenario: &mut Scenario) {
        let Some(index) = scenario.find_control(|control| matches!(control.kind, Kind::Table(_))) else {
            return;
        };
        let control = &scenario.lab().controls()[index];
        if *scenario.value(index) != control.default_value() {
            self.own = Some(scenario.value(index).clone());
        } else if let Some(own) = self.own.clone().filter(|_| (control.applies)(&scenario.values())) {
            scenario.set(index, own);
        }
    }

    fn hear(&mut self, reply: Reply) {
        match reply {
            Reply::Panels { run_id, lab, order, changed, notices, progress } => {
                self.take(lab, &order, changed);
                if run_id == self.run_id {
                    if *self.run_notices != notices {
                        self.run_notices = Rc::new(notices);
                    }
                    self.run = Run::Answered(progress);
                    self.answered_run = run_id;
                }
            }
            Reply::Failed { run_id, message } if run_id == self.run_id || run_id == 0 => {
                self.run = Run::Failed(message);
            }
            Reply::Failed { .. } | Reply::Ready { .. } | Reply::Draws { .. } | Reply::Code { .. } => {}
        }
    }

    /// Puts changed panels in place of old ones. Answers to a slightly older run of
    /// the same lab are shown: the picture keeps up with the hand.
    fn take(&mut self, lab: usize, order: &[String], changed: Vec<Rc<Panel>>) {
        let mut known: Vec<Shown> = changed.into_iter().map(Shown::new).collect();
        if self.sent.0 == Some(lab) {
            known.extend(self.sent.1.iter().cloned());
        }
        let in_order = order.iter().filter_map(|id| known.iter().find(|panel| panel.id == *id).cloned());
        self.sent = (Some(lab), Rc::new(in_order.collect()));
        if lab == self.scenario.lab_index() {
            self.panels = Rc::clone(&self.sent.1);
        }
    }

    /// Whether chains are at work, or held in the middle of it.
    #[must_use]
    pub fn is_sampling(&self) -> bool {
        matches!(&self.run, Run::Answered(progress) if progress.iterations_done < progress.iterations_total && !progress.settled)
    }

    /// A value for the seed control made from `random` bits: neither the one on screen nor one with a name.
    fn fresh_seed(&self, random: u32) -> Option<(usize, Value)> {
        let index = self.scenario.seed_control()?;
        let Kind::Seed { max, named, .. } = self.scenario.lab().controls()[index].kind else { return None };
        let is_taken = |seed: u32| {
            *self.scenario.value(index) == Value::Number(f64::from(seed))
                || named.iter().any(|(named, _)| *named == seed)
        };
        let seed = (0..).map(|i| (random % max + i) % max).find(|seed| !is_taken(*seed))?;
        Some((index, Value::Number(f64::from(seed))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(link: &str) -> AppState {
        let state = AppState::open(link);
        assert_eq!(*state.notices, []);
        state
    }

    fn index(state: &AppState, key: &str) -> usize {
        state.scenario.find_control(|control| control.key == key).unwrap()
    }

    fn set(state: &AppState, key: &str, value: Value) -> AppState {
        state.reduce(Action::SetControl { index: index(state, key), value })
    }

    fn type_in(state: &AppState, key: &str, text: &str) -> AppState {
        state.reduce(Action::TypeControl { index: index(state, key), text: text.to_owned() })
    }

    fn value<'a>(state: &'a AppState, key: &str) -> &'a Value {
        state.scenario.value(index(state, key))
    }

    fn panel(id: &str, title: &str) -> Panel {
        Panel {
            title: title.to_owned(),
            id: id.to_owned(),
            ..Scenario::of_lab(0)
                .start()
                .panels(&Scenario::of_lab(0).values(), &labs::Extras::default())
                .swap_remove(0)
        }
    }

    /// The answer to run `run_id` of the lab of the start page, with these panels, all new.
    fn answer(run_id: RunId, panels: &[(&str, &str)]) -> Action {
        answer_of(labs::registry::START, run_id, panels)
    }

    fn answer_of(lab: usize, run_id: RunId, panels: &[(&str, &str)]) -> Action {
        Action::Replied(Reply::Panels {
            run_id,
            lab,
            order: panels.iter().map(|panel| panel.0.to_owned()).collect(),
            changed: panels.iter().map(|(id, title)| Rc::new(panel(id, title))).collect(),
            notices: Vec::new(),
            progress: Progress::default(),
        })
    }

    fn titles(state: &AppState) -> Vec<&str> {
        state.panels.iter().map(|panel| panel.title.as_str()).collect()
    }

    #[test]
    fn the_projector_waits_for_the_annex_and_a_slider_does_not() {
        let presented = Frame { present: Some(0), ..Frame::default() };
        assert!(Action::SetFrame(presented).needs_annex());
        assert!(Action::OpenLink("#/regions?present=2".into()).needs_annex());
        assert!(!Action::SetFrame(Frame::default()).needs_annex());
        assert!(!Action::OpenLink("#/regions?seed=7&embed=on".into()).needs_annex());
        assert!(!Action::SetControl { index: 0, value: Value::Number(1.0) }.needs_annex());
    }

    #[test]
    fn what_is_said_stands_there_once_until_it_is_dismissed() {
        let say = |state: &AppState| state.reduce(Action::Say("No connection."));
        let said = say(&say(&open("#/regions")));
        assert_eq!(*said.notices, [Notice::new("", "No connection.")]);
        assert_eq!(*said.scenario, *open("#/regions").scenario);
        assert!(said.reduce(Action::Dismiss(0)).notices.is_empty());
    }

    #[test]
    fn a_link_is_opened_with_what_was_wrong() {
        let state = AppState::open("#/regions?seed=7&sizes=10,0");
        assert_eq!(link::write(&state.scenario), "#/regions?sizes=10,1&seed=7");
        assert_eq!(state.notices.len(), 1);
        assert_eq!((state.run_id, &state.run, state.panels.len()), (1, &Run::Asked, 0));
        let next = state.reduce(Action::OpenLink("#/regions?seed=8".to_owned()));
        assert_eq!((next.run_id, next.notices.len()), (2, 0));
        let same = next.reduce(Action::OpenLink("#/regions?seed=8".to_owned()));
        assert_eq!(same, next, "an address that names what is shown runs nothing");
    }

    #[test]
    fn a_held_unit_is_where_the_hand_is_and_keys_move_it_on() {
        let drag = |state: &AppState, unit: u32, by: (f64, f64)| {
            state.reduce(Action::Drag { panel: "line".to_owned(), unit, by })
        };
        let state = open("#/mrlocus?moves=3_0.1_0").reduce(Action::Grab { is_held: true });
        // Ways are counted from where the hand took hold, not from the last one.
        let moved =
            drag(&drag(&state, 2, (0.5, 0.5)), 2, (0.2, -0.1)).reduce(Action::Grab { is_held: false });
        assert_eq!(link::write(&moved.scenario), "#/mrlocus?moves=3_0.3_-0.1");
        assert!(moved.run_id == state.run_id + 2 && moved.grabbed.is_none());
        let on = drag(&drag(&moved, 0, (0.0, 0.01)), 0, (0.0, 0.01));
        assert_eq!(link::write(&on.scenario), "#/mrlocus?moves=1_0_0.02,3_0.3_-0.1");
        let elsewhere = on.reduce(Action::Drag { panel: "contours".to_owned(), unit: 0, by: (1.0, 1.0) });
        assert_eq!(elsewhere.scenario, on.scenario);
        // A hand that still holds while another lab opens moves nothing there.
        let held = state.reduce(Action::OpenLink("#/regions".to_owned()));
        assert_eq!(drag(&held, 2, (1.0, 1.0)).scenario, held.scenario);
    }

    #[test]
    fn a_value_out_of_range_is_moved_into_it_with_a_sentence() {
        let state = set(&open("#/one-prior"), "a", Value::Number(1e6));
        assert_eq!(value(&state, "a"), &Value::Number(100.0));
        assert!(state.notices.len() == 1 && state.notices[0].key == "a");
        assert!(state.notices[0].message.contains("100 is used"), "{:?}", state.notices);
        let mended = set(&state, "a", Value::Number(2.0));
        assert_eq!(*mended.notices, [], "the sentence goes with its cause");
        let other = set(&state, "n", Value::Number(20.0));
        assert_eq!(other.notices, state.notices, "but not with another control");
        let wrong_again = set(&state, "a", Value::Number(1e7));
        assert_eq!(wrong_again.notices.len(), 1, "one sentence a control");
    }

    #[test]
    fn a_chosen_place_of_the_map_is_gone_to_and_a_chosen_school_kept_in_view() {
        let map = open("#/when");
        let pick = |panel: &str, unit| Action::Pick { panel: panel.to_owned(), unit };
        let there = map.reduce(pick("map", 2 + 40 * 3));
        assert_eq!(value(&there, "size"), &Value::Number(6.0));
        assert!(matches!(value(&there, "v_mu"), Value::Number(v_mu) if (0.05..0.1).contains(v_mu)));
        assert!(there.scenario.is_valid() && there.pinned.is_none() && there.notices.is_empty());
        assert_eq!(map.reduce(pick("map", 1600)).scenario, map.scenario, "no such cell");
        let schools = open("#/regions").reduce(pick("forest", 7));
        assert_eq!((schools.pinned, schools.run_id), (Some(7), 1));
    }

    #[test]
    fn what_cannot_be_read_keeps_the_old_value() {
        let before = set(&open("#/one-prior"), "a", Value::Number(9.0));
        for text in ["NaN", "nan", "", "abc", "1,5", "--1"] {
            let after = type_in(&before, "a", text);
            assert_eq!(value(&after, "a"), &Value::Number(9.0), "{text}");
            assert_eq!(after.run_id, before.run_id, "nothing is run");
            assert!(after.notices.len() == 1 && after.notices[0].message.ends_with("9 is used."));
        }
        let schools = type_in(&open("#/regions"), "sizes", "10,x");
        assert_eq!(value(&schools, "sizes"), &Value::Sizes(vec![10; 4]));
        assert_eq!(value(&type_in(&before, "a", " 0.25 "), "a"), &Value::Number(0.25));
    }

    #[test]
    fn own_data_stay_in_the_page_when_a_link_does_not_carry_them() {
        let many = labs::own::read(&"1.5,2\n".repeat(600), &[], labs::own::Header::Guess).own;
        let many = Value::Table(std::sync::Arc::new(many));
        let given = set(&open("#/data?set=own"), "own", many.clone());
        let link = link::write(&given.scenario);
        assert_eq!(link, "#/data?set=own");
        assert_eq!(given.reduce(Action::OpenLink(link.clone())), given, "its own link changes nothing");
        let away = given.reduce(Action::OpenLink("#/data?set=eight".to_owned()));
        assert_ne!(value(&away, "own"), &many);
        let back = away.reduce(Action::OpenLab(0)).reduce(Action::OpenLink(link.clone()));
        assert_eq!(value(&back, "own"), &many);
        let cleared = set(&back, "own", Value::Table(std::sync::Arc::default()));
        assert_ne!(value(&cleared.reduce(Action::OpenLink(link)), "own"), &many);
    }

    #[test]
    fn a_new_seed_changes_nothing_else() {
        let before = open("#/regions?sizes=10,3,25&seed=7&truth=hidden");
        for random in [0, 7, 999_999, u32::MAX] {
            let after = before.reduce(Action::NewSeed(random));
            assert_ne!(value(&after, "seed"), value(&before, "seed"), "{random}");
            assert!(after.scenario.is_valid() && after.notices.is_empty());
            assert_eq!(*set(&after, "seed", Value::Number(7.0)).scenario, *before.scenario);
            assert_eq!(after.run_id, 2);
        }
        let largest = open("#/regions?seed=999998").reduce(Action::NewSeed(999_998));
        assert!(largest.scenario.is_valid());
    }

    #[test]
    fn reset_brings_back_the_defaults_of_the_lab() {
        let state = AppState::open("#/james-stein?a=9&n=0").reduce(Action::Reset);
        assert_eq!(link::write(&state.scenario), "#/james-stein");
        assert_eq!((state.run_id, state.notices.len()), (2, 0));
    }

    #[test]
    fn an_old_failure_is_not_shown_and_a_new_one_is() {
        let state = set(&open("#/regions"), "seed", Value::Number(9.0));
        let failed = |run_id| Action::Replied(Reply::Failed { run_id, message: "no".to_owned() });
        assert_eq!(state.reduce(failed(1)), state);
        assert_eq!(state.reduce(failed(2)).run, Run::Failed("no".to_owned()));
        assert_eq!(state.reduce(failed(0)).run, Run::Failed("no".to_owned()), "a fault of the worker's own");
        let again = set(&state.reduce(failed(2)), "seed", Value::Number(10.0)).reduce(answer(3, &[]));
        assert!(matches!(again.run, Run::Answered(_)));
    }

    #[test]
    fn progress_of_an_old_run_is_not_shown() {
        let state = set(&open("#/regions"), "seed", Value::Number(9.0));
        let next = state.reduce(answer(1, &[("forest", "old")]));
        assert_eq!(next.run, Run::Asked);
        assert_eq!(titles(&next), ["old"], "the picture keeps up with the hand");
        assert!(matches!(next.reduce(answer(2, &[])).run, Run::Answered(_)));
    }

    #[test]
    fn panels_change_in_place_and_keep_their_order() {
        let state = open("#/regions").reduce(answer(1, &[("a", "a1"), ("b", "b1"), ("c", "c1")]));
        let kept = state.panels[0].clone();
        let next = state.reduce(Action::Replied(Reply::Panels {
            run_id: 1,
            lab: labs::registry::START,
            order: ["c", "a", "b", "unheard-of"].map(str::to_owned).into(),
            changed: vec![Rc::new(panel("b", "b2"))],
            notices: Vec::new(),
            progress: Progress::default(),
        }));
        assert_eq!(titles(&next), ["c1", "a1", "b2"]);
        assert!(next.panels[1] == kept, "what did not change is not copied");
    }

    #[test]
    fn another_lab_begins_without_panels() {
        let state = open("#/regions").reduce(answer(1, &[("forest", "forest")]));
        let state = state.reduce(Action::Pin(Some(3))).reduce(Action::Hover(Some(4)));
        assert_eq!(state.focus(), Some(4));
        let next = state.reduce(Action::OpenLab(0));
        assert_eq!(link::write(&next.scenario), "#/one-prior");
        assert_eq!((next.panels.len(), next.focus(), &next.run), (0, None, &Run::Asked));
        assert_eq!(next.run_id, 2);
    }

    #[test]
    fn late_panels_of_another_lab_are_not_shown() {
        let state = open("#/regions").reduce(Action::OpenLab(0));
        let late = state.reduce(answer(1, &[("forest", "of the last lab")]));
        assert_eq!(titles(&late), [""; 0]);
        let next = late.reduce(answer_of(0, 2, &[("slopes", "of this lab")]));
        assert_eq!(titles(&next), ["of this lab"]);
        assert_eq!(titles(&next.reduce(answer(1, &[("slopes", "of the last lab")]))), ["of this lab"]);
    }

    /// The worker was never asked for the other lab, and sends only what changed.
    #[test]
    fn going_to_another_lab_and_back_at_once_loses_no_panel() {
        let state = open("#/regions").reduce(answer(1, &[("forest", "forest"), ("race", "race")]));
        let back = state.reduce(Action::OpenLab(0)).reduce(Action::OpenLink("#/regions".to_owned()));
        let next = back.reduce(Action::Replied(Reply::Panels {
            run_id: back.run_id,
            lab: labs::registry::START,
            order: ["forest", "race"].map(str::to_owned).into(),
            changed: Vec::new(),
            notices: Vec::new(),
            progress: Progress::default(),
        }));
        assert_eq!(titles(&next), ["forest", "race"]);
    }

    #[test]
    fn the_wish_to_watch_starts_the_chains_again() {
        let fast = open("#/regions").reduce(Action::SetPaused(true));
        let watched = set(&fast, "pace", Value::Choice(1));
        assert!(watched.restart && !watched.paused && watched.run_id == 2);
        let slower = set(&watched, "speed", Value::Number(50.0));
        assert!(!slower.restart && slower.run_id == 3, "another speed goes on where it was");
        let paused = slower.reduce(Action::SetPaused(true));
        assert!(set(&paused, "truth", Value::Choice(1)).paused, "only pictures: still held");
        assert!(!set(&paused, "seed", Value::Number(9.0)).paused, "new data: a new start");
        assert!(!set(&watched, "pace", Value::Choice(0)).restart);
    }

    #[test]
    fn restart_asks_for_the_same_again() {
        let state = open("#/regions").reduce(Action::SetPaused(true));
        let next = state.reduce(Action::Restart);
        assert!(next.restart && !next.paused && next.run_id == 2);
        assert_eq!(next.scenario, state.scenario);
        assert!(!set(&next, "seed", Value::Number(9.0)).restart, "it is a wish for one time");
    }

    #[test]
    fn messages_can_be_put_away() {
        let state = AppState::open("#/regions?sizes=0&m=0");
        assert_eq!(state.notices.len(), 2);
        let next = state.reduce(Action::Dismiss(0));
        assert_eq!((next.notices.len(), next.notices[0].key.as_str()), (1, "m"));
        assert_eq!(next.reduce(Action::Dismiss(7)), next);
        assert_eq!(next.run_id, 1);
    }

    #[test]
    fn dead_workers_are_reported_and_sampling_is_told_from_rest() {
        let state = open("#/regions");
        assert!(!state.is_sampling());
        assert_eq!(state.reduce(Action::WorkersDied("gone".to_owned())).run, Run::Failed("gone".to_owned()));
        let with = |iterations_done, settled| AppState {
            run: Run::Answered(Progress {
                iterations_done,
                iterations_total: 8,
                settled,
                ..Progress::default()
            }),
            ..state.clone()
        };
        assert!(
            with(3, false).is_sampling() && !with(8, false).is_sampling() && !with(3, true).is_sampling()
        );
    }
}
