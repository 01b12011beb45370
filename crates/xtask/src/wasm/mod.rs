//! From sources to the programs that browsers run: compiled, the page's split into what opens it and what it loads
//! later, bound to JavaScript, and made small.

mod bindgen;
mod compile;
mod optimize;
mod split;

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::{Context, Result, ensure};

use crate::digest;
use crate::tools::Tools;
use compile::Compiled;
use optimize::Job;

/// The program of the page itself; all others are workers'.
const PAGE: &str = "page";

/// A program and the script that starts it.
pub(crate) struct Program {
    /// Its name, that of its source in `web/src/bin/`.
    pub(crate) name: String,
    /// What wasm-bindgen writes: a module for the page, a classic script for a worker.
    pub(crate) script: String,
    pub(crate) wasm: Vec<u8>,
}

/// All programs of a build.
pub(crate) struct Programs {
    pub(crate) page: Program,
    /// What the page loads later, by the names of files by which its script asks for them.
    pub(crate) chunks: BTreeMap<String, Vec<u8>>,
    pub(crate) workers: Vec<Program>,
}

/// Builds the programs.
///
/// # Errors
/// If a step fails; the error says which, and of which program.
pub(crate) fn build(tools: &Tools) -> Result<Programs> {
    let mut compiled = compile::all()?;
    let page = compiled.remove(PAGE).context("web has no page")?;
    let parts = split::split(&page.wasm).context("cannot split the page's program")?;
    let (mut script, main) = bindgen::page(PAGE, parts.main, parts.loader.is_some())?;
    let job = |name, wasm| Job { name, level: page.level, wasm };
    let mut jobs = vec![job(PAGE.to_owned(), main)];
    jobs.extend(parts.chunks.into_iter().map(|(name, wasm)| job(name, wasm)));
    let mut worker_scripts = Vec::new();
    for (name, Compiled { level, wasm }) in compiled {
        ensure!(
            !split::has_points(&wasm),
            "{name} holds what the page's split points lead to: they belong into web/src/bin/{PAGE}.rs"
        );
        let (script, wasm) = bindgen::worker(&name, wasm)?;
        worker_scripts.push((name.clone(), script));
        jobs.push(Job { name, level, wasm });
    }

    let mut small = optimize::all(tools, jobs)?;
    let mut take = |name: &str| small.remove(name).with_context(|| format!("wasm-opt left {name} out"));
    let worker = |(name, script): (String, String)| Ok(Program { wasm: take(&name)?, name, script });
    let workers = worker_scripts.into_iter().map(worker).collect::<Result<_>>()?;
    let wasm = small.remove(PAGE).context("wasm-opt left the page out")?;
    // What is left are the chunks.
    let names: BTreeMap<String, String> =
        small.iter().map(|(stem, wasm)| (stem.clone(), chunk_name(stem, wasm))).collect();
    let chunks = small.into_iter().map(|(stem, wasm)| (names[&stem].clone(), wasm)).collect();
    if let Some(loader) = parts.loader {
        script = split::with_loader(&script, &loader, &names)?;
    }
    Ok(Programs { page: Program { name: PAGE.to_owned(), script, wasm }, chunks, workers })
}

/// Where Cargo puts what it builds.
pub(crate) fn target_folder() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| PathBuf::from("target"), PathBuf::from)
}

/// The name of a chunk's file, which changes with its content.
fn chunk_name(stem: &str, wasm: &[u8]) -> String {
    let stem = stem.trim_start_matches("split_").trim_start_matches("chunk_");
    format!("chunk-{stem}-{}.wasm", digest::name(wasm))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chunk_has_its_name_and_its_digest() {
        assert_eq!(chunk_name("split_lecture", b"abc"), "chunk-lecture-ba7816bf8f01cfea.wasm");
        assert_eq!(chunk_name("chunk_4", b"abc"), "chunk-4-ba7816bf8f01cfea.wasm");
        assert_ne!(chunk_name("chunk_4", b"abc"), chunk_name("chunk_4", b"abd"));
    }
}
