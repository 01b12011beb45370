//! The clipboard.

use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::window;

/// Puts `text` on the clipboard and tells `on_done` whether the browser let it.
pub fn copy(text: &str, on_done: impl FnOnce(bool) + 'static) {
    let copied = window().navigator().clipboard().write_text(text);
    spawn_local(async move { on_done(JsFuture::from(copied).await.is_ok()) });
}
