//! The other files of the page's build: beside the page, or packed inside it where the page is a single file.

use js_sys::Reflect;
use wasm_bindgen::prelude::*;

use super::{document, window};

/// Where a file of the workers is: `boot.js` or `worker_bg.wasm`.
///
/// Beside the page it keeps its name from build to build, and an old copy may be kept somewhere: the address
/// therefore names the build.
#[must_use]
pub fn address(name: &str) -> String {
    packed().and_then(|files| Reflect::get(&files, &name.into()).ok()?.as_string()).unwrap_or_else(|| {
        let meta = document().query_selector("meta[name=worker-version]").ok().flatten();
        let version = meta.and_then(|meta| meta.get_attribute("content"));
        let query = version.map_or_else(String::new, |version| format!("?v={version}"));
        format!("./{name}{query}")
    })
}

/// Whether the page is one file, with nothing beside it.
#[must_use]
pub fn is_single_file() -> bool {
    packed().is_some()
}

/// What `web/single_file.js` has unpacked, by name.
fn packed() -> Option<JsValue> {
    Reflect::get(&window(), &"packedFiles".into()).ok().filter(JsValue::is_object)
}
