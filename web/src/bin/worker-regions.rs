//! A worker for labs of one family: a desk or a chain, as the page's first message says.

fn main() {
    web::worker_shell::start(&labs::registry::REGIONS);
}
