//! Binds programs to JavaScript, by the library of wasm-bindgen. Cargo sees to it that it has the version of the
//! crate that the programs are made with.

use std::fs;

use anyhow::{Context, Result, ensure};
use wasm_bindgen_cli_support::Bindgen;

use super::target_folder;

/// The page's script, a module that exports its start as its default, and its program.
///
/// - `is_split`: whether it loads parts of itself later; these need the table of functions that is exported then.
pub(super) fn page(name: &str, wasm: Vec<u8>, is_split: bool) -> Result<(String, Vec<u8>)> {
    bind(Bindgen::new().web(true)?.keep_lld_exports(is_split), name, wasm)
}

/// A worker's script, which declares `wasm_bindgen`, and its program.
pub(super) fn worker(name: &str, wasm: Vec<u8>) -> Result<(String, Vec<u8>)> {
    bind(Bindgen::new().no_modules(true)?, name, wasm)
}

fn bind(bindgen: &mut Bindgen, name: &str, wasm: Vec<u8>) -> Result<(String, Vec<u8>)> {
    let output = bindgen.input_bytes(name, wasm).typescript(false).generate_output();
    let mut output = output.with_context(|| format!("wasm-bindgen cannot read {name}"))?;
    let snippets = output.snippets().iter().filter(|(_, scripts)| !scripts.is_empty());
    let names: Vec<&String> = snippets.map(|(name, _)| name).chain(output.local_modules().keys()).collect();
    ensure!(names.is_empty(), "{name} has scripts that crates bring along, which nothing carries: {names:?}");
    let folder = target_folder().join("xtask/bound");
    output.emit(&folder)?;
    let script = fs::read_to_string(folder.join(format!("{name}.js")))?;
    Ok((script, fs::read(folder.join(format!("{name}_bg.wasm")))?))
}
