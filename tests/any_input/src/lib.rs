//! What must hold whatever comes in from outside: a link, a table, a message between page and workers.
//!
//! Each function takes any bytes and panics if something does not hold. `fuzz/` looks for such bytes;
//! `tests/corpus.rs` hands over again those that it has found worth keeping.

mod link;
mod message;
mod table;

pub use link::link;
pub use message::message;
pub use table::table;
