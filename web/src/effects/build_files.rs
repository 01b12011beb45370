//! The other files of the page's build: beside the page, or packed inside it where the page is a single file.

use js_sys::Reflect;
use wasm_bindgen::prelude::*;

use super::{document, window};

/// Where the script is that starts a worker of program `program`; `program` is also to be the worker's name.
///
/// Beside the page it keeps its name from build to build, and an old copy may be kept somewhere: the address
/// therefore names the build.
#[must_use]
pub fn script_address(program: &str) -> String {
    packed(&format!("worker-{program}.js")).unwrap_or_else(|| format!("./boot.js{}", version_query()))
}

/// Where the WASM of program `program` is, with the build's name like its script.
#[must_use]
pub fn wasm_address(program: &str) -> String {
    let name = format!("worker-{program}_bg.wasm");
    packed(&name).unwrap_or_else(|| format!("./{name}{}", version_query()))
}

fn version_query() -> String {
    let meta = document().query_selector("meta[name=worker-version]").ok().flatten();
    let version = meta.and_then(|meta| meta.get_attribute("content"));
    version.map_or_else(String::new, |version| format!("?v={version}"))
}

/// Whether the page is one file, with nothing beside it.
#[must_use]
pub fn is_single_file() -> bool {
    packed_files().is_some()
}

fn packed(name: &str) -> Option<String> {
    Reflect::get(&packed_files()?, &name.into()).ok()?.as_string()
}

/// The addresses of what `web/single_file.js` has unpacked, by name.
fn packed_files() -> Option<JsValue> {
    Reflect::get(&window(), &"packedFiles".into()).ok().filter(JsValue::is_object)
}
