//! The worker that writes programs to take away.

use labs::registry;

use crate::protocol::{PROTOCOL_VERSION, Reply, Request};

/// The answer to a request; `None` if it is not one for the scribe.
#[must_use]
pub fn answer(request: Request) -> Option<Reply> {
    match request {
        Request::Hello { .. } => Some(Reply::Ready { version: PROTOCOL_VERSION }),
        Request::Code { scenario } => Some(Reply::Code { code: registry::programs(&scenario) }),
        Request::Run { .. }
        | Request::Focus { .. }
        | Request::Pause
        | Request::Resume
        | Request::Stop
        | Request::Draws
        | Request::Rehearse => None,
    }
}
