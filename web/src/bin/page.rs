//! The page.

use wasm_split_helpers::wasm_split;
use web::annex::{ANNEX, Annex, NotHere};

/// Here the program is cut in two: what only this leads to comes later, in a file of its own. It stands here and not in
/// the library, for every program with a cut in it has both halves.
#[wasm_split(annex, fallible)]
fn annex() -> Result<&'static Annex, NotHere> {
    Ok(&ANNEX)
}

fn main() {
    web::app::mount(|| Box::pin(annex()));
}
