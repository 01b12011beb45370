//! Files that the reader gives: read on the page, sent nowhere.

use crate::words;
use js_sys::Uint8Array;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::File;
use yew::Callback;

/// Largest file that is read, in bytes: some ten times what the most rows need.
const MAX_BYTES: f64 = 50e6;

/// A file as text, or a sentence that says why there is none.
pub type FileText = (String, Result<String, String>);

/// Reads `file` and hands over its name and text.
pub fn read(file: File, on_text: Callback<FileText>) {
    let name = file.name();
    if file.size() > MAX_BYTES {
        on_text.emit((name, Err(words::table::LARGE_FILE.to_owned())));
        return;
    }
    spawn_local(async move {
        let text = match JsFuture::from(file.array_buffer()).await {
            Ok(buffer) => {
                labs::own::decode(&Uint8Array::new(&buffer).to_vec()).map_err(|problem| problem.to_string())
            }
            Err(_) => Err(words::table::NO_FILE.to_owned()),
        };
        on_text.emit((name, text));
    });
}
