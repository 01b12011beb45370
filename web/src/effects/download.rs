//! Files for the reader, made on the page.

use js_sys::Array;
use wasm_bindgen::prelude::*;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, HtmlCanvasElement, Url};

use super::{document, window};

/// How long a file is kept for the browser to read, in milliseconds.
const KEPT_MS: i32 = 60_000;

/// Offers `text` as a file called `name`.
pub fn save_text(name: &str, media_type: &str, text: &str) {
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    if let Ok(blob) = Blob::new_with_str_sequence_and_options(&Array::of1(&text.into()), &options) {
        save_blob(name, &blob);
    }
}

/// A part of a text file, out of the page's own memory.
pub fn text_part(text: &str) -> Option<Blob> {
    Blob::new_with_str_sequence(&Array::of1(&text.into())).ok()
}

/// Offers the parts of a text, each a [`text_part`], as one file called `name`.
pub fn save_parts(name: &str, media_type: &str, parts: &Array) {
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    if let Ok(blob) = Blob::new_with_blob_sequence_and_options(parts, &options) {
        save_blob(name, &blob);
    }
}

/// Offers what is on `canvas` as a PNG file called `name`.
pub fn save_png(name: &str, canvas: &HtmlCanvasElement) {
    let name = name.to_owned();
    let save = Closure::once_into_js(move |blob: Option<Blob>| {
        if let Some(blob) = blob {
            save_blob(&name, &blob);
        }
    });
    // Fails only for a canvas with pictures of other hosts; ours has none.
    let _ = canvas.to_blob(save.unchecked_ref());
}

/// Offers `blob` as a file called `name`.
pub fn save_blob(name: &str, blob: &Blob) {
    let Ok(url) = Url::create_object_url_with_blob(blob) else { return };
    if let Ok(anchor) = document().create_element("a") {
        let anchor: HtmlAnchorElement = anchor.unchecked_into();
        anchor.set_href(&url);
        anchor.set_download(name);
        anchor.click();
    }
    // Some browsers begin to read only after this turn.
    let revoke = Closure::once_into_js(move || Url::revoke_object_url(&url));
    let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(revoke.unchecked_ref(), KEPT_MS);
}
