//! The messages, and their encoding.

use std::rc::Rc;

use labs::{Code, Notice, Panel, Scenario};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// Version of the messages. Postcard has no field names, so page and worker must be of one build.
pub const PROTOCOL_VERSION: u16 = 5;

/// Number of a run; grows with every request, so that late answers can be told from current ones.
pub type RunId = u32;

/// What the page asks of a worker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Request {
    /// The first message: which build asks, and what the worker is to be.
    Hello {
        /// The page's [`PROTOCOL_VERSION`].
        version: u16,
        /// What the worker is to be.
        part: Part,
    },
    /// Show this scenario. Where the run of the last one serves, only pictures are made again.
    Run {
        /// Number of this run.
        run_id: RunId,
        /// What to run.
        scenario: Scenario,
        /// Sample again even if the run of the last scenario would serve.
        restart: bool,
    },
    /// Show this unit close up.
    Focus {
        /// Index of the unit; `None` for the lab's own choice.
        unit: Option<u32>,
    },
    /// Hold the chains where they are.
    Pause,
    /// Let the chains go on.
    Resume,
    /// End the chains and the repeats where they are.
    Stop,
    /// Send all draws as a file.
    Draws,
    /// When there is nothing else to do, run for a moment what is likely to be asked for, and show nothing:
    /// a browser compiles code well only once it has run.
    Rehearse,
    /// Send model and data of this scenario as programs.
    Code {
        /// What is on screen: a newer run may not have begun.
        scenario: Scenario,
    },
}

/// What a worker is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Part {
    /// Runs the experiment, keeps the draws, makes the panels.
    Desk,
    /// Runs one chain.
    Chain {
        /// Which: 0, 1, ….
        chain: u8,
    },
    /// Writes programs.
    Scribe,
}

/// What a worker answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Reply {
    /// The answer to `Hello`, and the version of the worker's build.
    Ready {
        /// The worker's [`PROTOCOL_VERSION`].
        version: u16,
    },
    /// Panels that are new or have changed.
    Panels {
        /// The run they belong to.
        run_id: RunId,
        /// Index of the lab in the registry. What is left out of `changed` is what was last
        /// sent for this lab, if no other was in between.
        lab: usize,
        /// Identifiers of all panels of the lab, in order.
        order: Vec<String>,
        /// Those that changed since the last answer.
        changed: Vec<Rc<Panel>>,
        /// What a person should know of the data.
        notices: Vec<Notice>,
        /// How far the run is.
        progress: Progress,
    },
    /// A part of all draws so far, as CSV; the parts come in order.
    Draws {
        /// The text, as Stan's tools read it.
        csv: String,
        /// Whether it is the last part.
        is_last: bool,
    },
    /// The request could not be answered.
    Failed {
        /// The run that failed; 0 if none was under way.
        run_id: RunId,
        /// What went wrong, fit to be shown.
        message: String,
    },
    /// Programs to take away; `None` if the lab has none for these values.
    Code {
        /// Of the scenario that was asked for last.
        code: Option<Code>,
    },
}

/// How far a run is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// Chain iterations done, all chains together.
    pub iterations_done: u64,
    /// Chain iterations that the run asks for; 0 if it samples nothing.
    pub iterations_total: u64,
    /// Repeats done.
    pub repeats_done: u32,
    /// Repeats that the run asks for.
    pub repeats_total: u32,
    /// Whether all is done but the diagnostics.
    pub settled: bool,
}

/// Draws of one chain on their way to the desk; the numbers follow in a buffer
/// of their own, iteration by iteration: the variables, then [`mcmc::SAMPLER_COLUMNS`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Chunk {
    /// The run they belong to.
    pub run_id: RunId,
    /// The chain: 0, 1, ….
    pub chain: u8,
    /// Variables in a draw.
    pub num_variables: u32,
    /// Iterations in the buffer that are warmup; they come first.
    pub num_warmup: u32,
    /// Iterations in the buffer that are kept draws.
    pub num_draws: u32,
    /// Tally of the chain so far.
    pub tally: Tally,
}

/// What a chain has done since its start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Tally {
    /// Iterations done, warmup included.
    pub iterations: u32,
    /// Divergent transitions after warmup.
    pub num_divergent: u32,
    /// Transitions after warmup that reached the greatest tree depth.
    pub num_max_depth: u32,
    /// Leapfrog steps, warmup included.
    pub num_leapfrog: u64,
    /// Step size ε of the last transition; 0 for samplers without one.
    pub step_size: f64,
    /// Time spent computing, in milliseconds.
    pub busy_ms: f64,
    /// Whether the chain has ended, at its goal or because it was stopped.
    pub finished: bool,
    /// Whether this worker had not yet run such a sampler to its end.
    pub is_first: bool,
}

impl Tally {
    /// Whether these can be the numbers of a chain: none is more than its iterations allow, and those of all
    /// chains can be added.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        let most_leapfrog = u64::from(self.iterations) << 32;
        self.iterations <= u32::MAX / 8
            && self.num_divergent <= self.iterations
            && self.num_max_depth <= self.iterations
            && self.num_leapfrog <= most_leapfrog
            && self.step_size.is_finite()
            && (0.0..=f64::MAX).contains(&self.busy_ms)
    }
}

/// Why a message could not be read.
#[derive(Debug, thiserror::Error)]
#[error("a message between page and worker could not be read: {0}")]
pub struct MessageError(#[from] postcard::Error);

/// The bytes of a message.
///
/// # Panics
/// Never for the types of this module: they are plain data.
#[must_use]
pub fn encode<T: Serialize>(message: &T) -> Vec<u8> {
    postcard::to_stdvec(message).expect("plain data is always encodable")
}

/// The message in `bytes`.
///
/// # Errors
/// [`MessageError`] if the bytes are no such message.
pub fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, MessageError> {
    Ok(postcard::from_bytes(bytes)?)
}
