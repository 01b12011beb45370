//! What page and worker say to each other, and the pure state machines that answer.
//!
//! One *desk* worker runs the experiment and makes the panels; four *chain*
//! workers sample, and send their draws to the desk; a *scribe* writes programs
//! to take away. None reads a clock or
//! knows a transport: the shell passes the time in and carries the messages,
//! so that a test can be the shell.

pub mod chain;
pub mod desk;
pub mod diagnose;
pub mod protocol;
mod rehearsal;
pub mod scribe;
mod words;

pub use chain::ChainWorker;
pub use desk::Desk;
pub use protocol::{Chunk, PROTOCOL_VERSION, Reply, Request, RunId};

/// When a worker wants to be called again.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Next {
    /// At once: there is work left.
    Now,
    /// After so many milliseconds.
    After(f64),
    /// When a message comes.
    Idle,
}
