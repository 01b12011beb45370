//! The worker that writes programs to take away.

fn main() {
    web::worker_shell::start_scribe();
}
