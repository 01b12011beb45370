//! What a lab is: controls in, panels out.

use std::any::Any;

use mcmc::{Draws, Sampler};
use plots::{Figure, Role};
use serde::{Deserialize, Serialize};

use crate::code::Code;
use crate::control::{Control, Notice, Value, Values};
use crate::draws_summary::DrawsSummary;

/// What can be set in a lab. The page that shows it and the worker that computes it need both know that, and nothing
/// else of each other.
pub trait Settings: Sync {
    /// Everything that a person can set, in the order of the page and of the link.
    fn controls(&self) -> &'static [Control];

    /// How fast its chains run with these values, if it has any.
    fn pace(&self, values: &Values) -> Pace {
        let _ = values;
        Pace::Fast
    }
}

/// One interactive lesson: what it says and what can be set. What it computes is its [`Compute`].
pub trait Lab: Settings {
    /// What it is called and where its formulas are from.
    fn meta(&self) -> &'static Meta;

    /// Heading and the sentence under it, for these values.
    fn heading(&self, values: &Values) -> (String, String);

    /// What a person should know about these values: an estimator that is not defined, say. What only the
    /// computing can tell comes from [`Run::notices`].
    fn notices(&self, values: &Values) -> Vec<Notice>;

    /// Who is in the pictures with these values.
    fn legend(&self, values: &Values) -> Vec<Legend> {
        let _ = values;
        self.meta().legend.to_vec()
    }

    /// What to set when unit `unit` of panel `panel` is chosen, as keys and values of controls: a place on a
    /// map, say. Empty: the unit is only kept in view.
    fn pick(&self, values: &Values, panel: &str, unit: u32) -> Vec<(&'static str, Value)> {
        let _ = (values, panel, unit);
        Vec::new()
    }

    /// What to set when a hand drags unit `unit` of panel `panel`, as keys and values of controls; empty for a
    /// unit that stays where it is.
    ///
    /// - `values`: those at the time when the hand took hold.
    /// - `by`: how far it has gone since, to the right and up, in the units of the figure's axes.
    fn drag(&self, values: &Values, panel: &str, unit: u32, by: (f64, f64)) -> Vec<(&'static str, Value)> {
        let _ = (values, panel, unit, by);
        Vec::new()
    }
}

/// What a lab computes: apart from what it says, so that the page, which only shows, need not carry it.
pub trait Compute: Settings {
    /// The experiment that these values name, data simulated and estimates made.
    fn start(&self, values: &Values) -> Box<dyn Run>;

    /// [`Compute::start`] right after the run `last`, of which may be kept what these values do not change.
    fn start_after(&self, values: &Values, last: Box<dyn Run>) -> Box<dyn Run> {
        drop(last);
        self.start(values)
    }

    /// How the posterior is sampled with these values; `None` if the lab samples nothing.
    fn sampling(&self, values: &Values) -> Option<Sampling> {
        let _ = values;
        None
    }

    /// Names of the sampler's variables as Stan writes them; empty if the lab samples nothing.
    fn variables(&self, values: &Values) -> Vec<String> {
        let _ = values;
        Vec::new()
    }

    /// Chain `chain` of the posterior of the data that these values name; `None` if the lab samples nothing.
    fn sampler(&self, values: &Values, chain: usize) -> Option<Box<dyn Sampler>> {
        let _ = (values, chain);
        None
    }
}

/// The programs that a lab gives to take away: apart from what it computes, for few ask for them.
pub trait Programs: Settings {
    /// Model and data that these values name, as programs; `None` if there are no data.
    fn programs(&self, values: &Values) -> Option<Code>;
}

/// What a lab is called: all that a menu and a link need of it.
#[derive(Clone, Copy, Debug)]
pub struct LabName {
    /// Its name in the link; never changes once published.
    pub slug: &'static str,
    /// Its name in the menu.
    pub title: &'static str,
    /// One sentence for search engines and the menu.
    pub summary: &'static str,
    /// Whether the menu names it; a lab of the lecture's first steps needs no place there.
    pub is_in_menu: bool,
}

/// What a lab is called and shows.
#[derive(Debug)]
pub struct Meta {
    /// What it is called.
    pub name: LabName,
    /// The model and its estimator, as LaTeX, a line each.
    pub formulas: &'static [&'static str],
    /// Who is in the pictures at most.
    pub legend: &'static [Legend],
    /// Where the formulas are from.
    pub sources: &'static [&'static str],
    /// Settings worth seeing, one click away.
    pub presets: &'static [Preset],
}

/// Settings with a name.
#[derive(Clone, Copy, Debug)]
pub struct Preset {
    /// What the button says.
    pub label: &'static str,
    /// The link of the settings, from `#` on.
    pub link: &'static str,
}

/// One entry of the legend.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Legend {
    /// Color and mark.
    pub role: Role,
    /// Words beside the mark.
    pub label: &'static str,
}

/// How many draws, and how fast.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sampling {
    /// Warmup iterations of each chain; 0 for a sampler that needs none.
    pub num_warmup: usize,
    /// Kept draws of each chain.
    pub num_draws: usize,
    /// Whether one may watch.
    pub pace: Pace,
    /// Index of the variable whose trace is shown.
    pub traced: usize,
    /// Whether the diagnostics of every variable are wanted.
    pub has_table: bool,
    /// Name of the sampler, for the comparison with the others on the same data.
    pub name: &'static str,
    /// What helps when trajectories diverge, as the start of a sentence.
    pub cure: &'static str,
}

/// Number of chains of every run, as in Stan.
pub const NUM_CHAINS: usize = 4;

/// How fast a chain runs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Pace {
    /// To the end in one go.
    Fast,
    /// So many iterations a second in each chain, for watching.
    Live {
        /// Iterations per second.
        per_second: f64,
    },
}

/// One experiment: a data set, its estimates, and repeats of it.
pub trait Run: Any {
    /// How many repeats of the experiment the values ask for.
    fn num_repeats(&self) -> u32 {
        0
    }

    /// Simulates repeat `index` (0, 1, …) and adds its errors to the tally. Repeats come in rising order.
    fn repeat(&mut self, index: u32) {
        let _ = index;
    }

    /// Exact posterior mean and SD of variable `k` of the sampler, where there is a closed form.
    fn exact_moments(&self, k: usize) -> Option<(f64, f64)> {
        let _ = k;
        None
    }

    /// What a person should know of these data, beside what [`Lab::notices`] says of the values.
    fn notices(&self, values: &Values) -> Vec<Notice> {
        let _ = values;
        Vec::new()
    }

    /// The panels of the page, in order.
    ///
    /// - `values`: those that the run was started with, but for what only changes pictures.
    fn panels(&self, values: &Values, extras: &Extras) -> Vec<Panel>;
}

/// What can change while the run stays the same.
#[derive(Clone, Copy, Debug, Default)]
pub struct Extras<'a> {
    /// The unit that is shown close up.
    pub focus: Option<u32>,
    /// The draws so far, warmup left out.
    pub draws: Option<&'a Draws>,
    /// Every variable's draws in numbers, once a large run is over and they are made; else they are made
    /// where they are needed.
    pub summaries: Option<&'a [DrawsSummary]>,
    /// The newest draw of each chain while a sampler runs before one's eyes; empty otherwise.
    pub newest: &'a [Vec<f64>],
    /// Warmup so far; only carried where someone watches.
    pub warmup: Option<&'a Draws>,
    /// Repeats done so far.
    pub repeats_done: u32,
}

/// A card of the page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Panel {
    /// Names the panel within the lab; stays the same from run to run.
    pub id: String,
    /// Heading.
    pub title: String,
    /// One sentence that says what is drawn.
    pub subtitle: Vec<Span>,
    /// Where it stands on a wide page.
    pub place: Place,
    /// Whether it is the lab's main picture, which a phone keeps in sight.
    pub is_lead: bool,
    /// What must have arrived before it is worth showing.
    pub needs: Needs,
    /// What it shows.
    pub body: Body,
    /// What to look for, under the figure; may be empty.
    pub remark: Vec<Span>,
}

/// Column of a wide page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Place {
    /// The wide middle column.
    Main,
    /// The column of details at the right.
    Side,
    /// Below both, across the page, side by side with its like.
    Below,
}

/// What a panel waits for, so that it does not flicker between runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Needs {
    /// Nothing: shown at once.
    Nothing,
    /// Draws of the sampler.
    Draws,
    /// The repeats, all of them or a tenth of a second's worth.
    Repeats,
}

/// What a panel shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Body {
    /// A picture.
    Figure(Figure),
    /// How the sampler fared.
    Sampler(SamplerReport),
    /// Rows of the lab's own; one without columns is filled in by the engine with diagnostics of every variable.
    Table(plots::Table),
    /// Sentences only.
    Text,
}

/// How good the draws are, by the diagnostics of Vehtari et al. (2021).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SamplerReport {
    /// Draws so far in all chains, warmup left out.
    pub num_draws: u64,
    /// Iterations done in all chains, warmup included.
    pub iterations_done: u64,
    /// Iterations that the run asks for in all chains.
    pub iterations_total: u64,
    /// Whether the slowest chain is still warming up.
    pub warming_up: bool,
    /// All numbers, each with its name; empty until they are known.
    pub stats: Vec<Stat>,
    /// Whether all of them were asked for.
    pub has_all: bool,
    /// One sentence that says how good the run is.
    pub verdict: String,
    /// Whether the sentence is a warning.
    pub warning: bool,
    /// What each sampler tried on these data has cost and given, in the order of trial; empty for only one.
    pub rivals: Vec<Rival>,
}

impl SamplerReport {
    /// The numbers that stand out: those out of bounds, or all if they were asked for.
    pub fn large(&self) -> impl Iterator<Item = &Stat> {
        self.stats.iter().filter(|stat| self.has_all || stat.warning)
    }

    /// The numbers of the line under the verdict: what it rests on and what the run has cost.
    pub fn quiet(&self) -> impl Iterator<Item = &Stat> {
        self.stats.iter().filter(|stat| stat.is_brief && !self.has_all && !stat.warning)
    }
}

/// One sampler beside the others on the same posterior.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rival {
    /// Its name.
    pub name: String,
    /// Whether its draws are the ones on screen.
    pub is_current: bool,
    /// Computing time of all chains, in words.
    pub time: String,
    /// Least bulk ESS.
    pub ess: String,
    /// Least bulk ESS per second of computing.
    pub ess_per_second: String,
    /// Whether it failed a diagnostic.
    pub warning: bool,
    /// Whether a worker ran it for the first time: then the browser was still compiling.
    pub is_first: bool,
}

/// A number with its name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stat {
    /// Name, in the field's words.
    pub label: String,
    /// The number.
    pub value: String,
    /// What it says, and what is good, in a sentence or two.
    pub help: String,
    /// What to know of just this number, such as what to do where it is out of bounds; may be empty.
    pub note: String,
    /// Whether it is out of bounds.
    pub warning: bool,
    /// Whether it belongs to the line under the verdict.
    pub is_brief: bool,
}

/// A piece of a sentence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Span {
    /// The words.
    pub text: String,
    /// In whose color; `None` for ordinary ink.
    pub role: Option<Role>,
    /// Whether it stands out.
    pub strong: bool,
}

impl Span {
    /// Ordinary words.
    #[must_use]
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), role: None, strong: false }
    }

    /// A number that stands out.
    #[must_use]
    pub fn strong(text: impl Into<String>) -> Self {
        Self { text: text.into(), role: None, strong: true }
    }

    /// A number in the color of its estimator.
    #[must_use]
    pub fn of(role: Role, text: impl Into<String>) -> Self {
        Self { text: text.into(), role: Some(role), strong: true }
    }
}
