//! The worker that writes programs to take away, but for those of genomics.

fn main() {
    web::worker_shell::start_scribe(&labs::registry::WRITES_SCHOOLS);
}
