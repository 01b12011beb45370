//! The worker that writes programs of genomics to take away.

fn main() {
    web::worker_shell::start_scribe(&labs::registry::WRITES_GENOMICS);
}
