//! What the page knows, and how each action changes it. Imports nothing from a
//! browser: tested on the host.

use std::collections::HashMap;
use std::rc::Rc;

use engine::protocol::Progress;
use engine::{Reply, RunId};
use labs::{Kind, Notice, Panel, Scenario, Value, link};

/// Everything that the page shows depends on this and nothing else.
#[derive(Clone, Debug, PartialEq)]
pub struct AppState {
    /// What a link would name.
    pub scenario: Rc<Scenario>,
    /// What a person should know about link or input.
    pub notices: Rc<Vec<Notice>>,
    /// Number of the run that the scenario asks for.
    pub run_id: RunId,
    /// Whether the run must sample again though the data are the same.
    pub restart: bool,
    /// How the run fares.
    pub run: Run,
    /// Whether the chains are held.
    pub paused: bool,
    /// Panels of the lab, in order.
    pub panels: Rc<Vec<Rc<Panel>>>,
    /// Unit under the pointer.
    pub hovered: Option<u32>,
    /// Unit chosen by click or key; stays when the pointer leaves.
    pub pinned: Option<u32>,
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
    /// A worker answered.
    Replied(Reply),
    /// A worker died for good.
    WorkersDied(String),
    /// A message has been read.
    Dismiss(usize),
}

impl AppState {
    /// The state that `link` names, nothing run yet.
    #[must_use]
    pub fn open(link: &str) -> Self {
        let link::Parsed { scenario, notices } = link::parse(link);
        Self {
            scenario: Rc::new(scenario),
            notices: Rc::new(notices),
            run_id: 1,
            restart: false,
            run: Run::Asked,
            paused: false,
            panels: Rc::default(),
            hovered: None,
            pinned: None,
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
                let link::Parsed { scenario, notices } = link::parse(&link);
                next.notices = Rc::new(notices);
                next.show(scenario);
            }
            Action::OpenLab(lab) => {
                next.notices = Rc::default();
                next.show(Scenario::of_lab(lab));
            }
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
                next.show(Scenario::of_lab(self.scenario.lab_index()));
            }
            Action::Restart => {
                next.run_id += 1;
                next.restart = true;
                next.paused = false;
            }
            Action::SetPaused(paused) => next.paused = paused,
            Action::Hover(unit) => next.hovered = unit,
            Action::Pin(unit) => next.pinned = unit,
            Action::Replied(reply) => next.hear(reply),
            Action::WorkersDied(message) => next.run = Run::Failed(message),
            Action::Dismiss(index) => {
                if index < next.notices.len() {
                    Rc::make_mut(&mut next.notices).remove(index);
                }
            }
        }
        next
    }

    fn set(&mut self, index: usize, value: Value, notice: Option<Notice>) {
        let key = self.scenario.lab().controls()[index].key;
        let mut scenario = (*self.scenario).clone();
        let admitted = scenario.set(index, value);
        self.notices.iter().any(|notice| notice.key == key).then(|| {
            Rc::make_mut(&mut self.notices).retain(|notice| notice.key != key);
        });
        if let Some(notice) = notice.or(admitted) {
            Rc::make_mut(&mut self.notices).push(notice);
        }
        self.show(scenario);
    }

    fn show(&mut self, scenario: Scenario) {
        if *self.scenario == scenario {
            return;
        }
        if self.scenario.lab_index() != scenario.lab_index() {
            self.panels = Rc::default();
            (self.hovered, self.pinned) = (None, None);
            self.run = Run::Asked;
        }
        // Turning on a watched pace is a wish to watch: from the start.
        let pace =
            |scenario: &Scenario| scenario.sampling().map(|sampling| sampling.pace == labs::Pace::Fast);
        let watch = scenario.same_run(&self.scenario)
            && pace(&self.scenario) == Some(true)
            && pace(&scenario) == Some(false);
        if !scenario.same_run(&self.scenario) || watch {
            self.paused = false;
        }
        self.restart = watch;
        self.run_id += 1;
        self.scenario = Rc::new(scenario);
    }

    fn hear(&mut self, reply: Reply) {
        match reply {
            Reply::Panels { run_id, order, changed, progress } => {
                self.take(&order, changed);
                if run_id == self.run_id {
                    self.run = Run::Answered(progress);
                }
            }
            Reply::Failed { run_id, message } if run_id == self.run_id || run_id == 0 => {
                self.run = Run::Failed(message);
            }
            Reply::Failed { .. } | Reply::Ready { .. } => {}
        }
    }

    /// Puts changed panels in place of old ones. Answers to a slightly older run of
    /// the same lab are shown: the picture keeps up with the hand.
    fn take(&mut self, order: &[String], changed: Vec<Panel>) {
        let mut known: HashMap<String, Rc<Panel>> =
            self.panels.iter().map(|panel| (panel.id.clone(), Rc::clone(panel))).collect();
        known.extend(changed.into_iter().map(|panel| (panel.id.clone(), Rc::new(panel))));
        self.panels = Rc::new(order.iter().filter_map(|id| known.remove(id)).collect());
    }

    /// Whether chains are at work, or held in the middle of it.
    #[must_use]
    pub fn is_sampling(&self) -> bool {
        matches!(&self.run, Run::Answered(progress) if progress.iterations_done < progress.iterations_total && !progress.settled)
    }

    /// A value for the seed control that no run before had, made from `random` bits.
    fn fresh_seed(&self, random: u32) -> Option<(usize, Value)> {
        let index = self.scenario.seed_control()?;
        let Kind::Seed { max, .. } = self.scenario.lab().controls()[index].kind else { return None };
        let mut seed = f64::from(random % max);
        if *self.scenario.value(index) == Value::Number(seed) {
            seed += 1.0;
        }
        Some((index, Value::Number(seed)))
    }
}
