//! The worker that writes programs to take away.

use labs::registry::Writes;

use crate::protocol::{PROTOCOL_VERSION, Reply, Request};

/// The answer to a request of one that writes what `writes` can; `None` if it is not one for the scribe.
#[must_use]
pub fn answer(writes: &Writes, request: Request) -> Option<Reply> {
    match request {
        Request::Hello { .. } => Some(Reply::Ready { version: PROTOCOL_VERSION }),
        Request::Code { scenario } => Some(Reply::Code { code: writes.programs(&scenario) }),
        Request::Run { .. }
        | Request::Focus { .. }
        | Request::Pause
        | Request::Resume
        | Request::Stop
        | Request::Draws
        | Request::Rehearse => None,
    }
}
