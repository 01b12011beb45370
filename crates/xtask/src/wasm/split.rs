//! Splits the page's program at its split points (`#[wasm_split(name)]` in `web`), by the library of wasm-split.
//!
//! Each point's code becomes a chunk, a program that shares memory and table with the page's; what several chunks
//! need and the page does not becomes a chunk too. wasm-split also writes the script that loads them. It would be a
//! module that imports the page's script and is imported by it: here it becomes a part of that script, so that the
//! page starts from one file.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow, ensure};
use wasm_split_cli_support::{Options, transform};

use super::target_folder;

/// The loader as the program names it.
const LOADER: &str = "./__wasm_split.js";
/// The page's script as the loader names it.
const SCRIPT: &str = "./page.js";
/// What the names of imports and exports of split points begin with.
const POINT: &[u8] = b"__wasm_split_00";
/// Before the name of a loader's function.
const EXPORT: &str = "export const ";
/// Fetches a chunk: written in place of what the loader does.
const FETCH: &str = include_str!("../../../../web/fetch_chunk.js");

/// The page's program in parts.
pub(super) struct Split {
    /// What opens the page.
    pub(super) main: Vec<u8>,
    /// What is loaded later, by the names that the loader gives it.
    pub(super) chunks: BTreeMap<String, Vec<u8>>,
    /// The script that loads the chunks; none if there is no split point.
    pub(super) loader: Option<String>,
}

/// Whether a program has split points. A library's are in every program that is made with it, with all that they lead
/// to: exports are never left out.
pub(super) fn has_points(wasm: &[u8]) -> bool {
    wasm.windows(POINT.len()).any(|bytes| bytes == POINT)
}

/// Splits a program that was linked with `--emit-relocs`.
pub(super) fn split(wasm: &[u8]) -> Result<Split> {
    split_in(&target_folder().join("xtask/split"), wasm)
}

/// The same by way of `folder`, which is emptied.
fn split_in(folder: &Path, wasm: &[u8]) -> Result<Split> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    let main = folder.join("main.wasm");
    let mut options = Options::new(wasm);
    (options.output_dir, options.main_out_path) = (folder, &main);
    (options.link_name, options.main_module) = (LOADER, SCRIPT);
    options.target.web();
    let parts = transform(options).map_err(|error| anyhow!("{error:#}"))?;
    let mut chunks = BTreeMap::new();
    for path in parts.split_modules {
        let stem = path.file_stem().and_then(|stem| stem.to_str()).context("a chunk has no name")?;
        chunks.insert(stem.to_owned(), fs::read(&path)?);
    }
    let loader = fs::read_to_string(folder.join(LOADER))?;
    let loader = loader.contains(EXPORT).then_some(loader);
    ensure!(loader.is_some() || chunks.is_empty(), "there are chunks that nothing loads");
    Ok(Split { main: fs::read(main)?, chunks, loader })
}

/// The page's script with the loader in it.
///
/// - `script`: as wasm-bindgen wrote it, with an import of the loader for each function that it has.
/// - `files`: the file of each chunk, by the name that the loader gives it.
pub(super) fn with_loader(script: &str, loader: &str, files: &BTreeMap<String, String>) -> Result<String> {
    let from = format!(" from \"{LOADER}\"");
    let imported = |line: &str| Some(line.strip_prefix("import * as ")?.strip_suffix(&from)?.to_owned());
    let (mut text, mut names) = (String::new(), Vec::new());
    for line in script.lines() {
        match imported(line) {
            Some(name) => names.push(format!("{name} = chunkLoader")),
            None => text += &format!("{line}\n"),
        }
    }
    ensure!(!names.is_empty(), "the page's script imports no loader");
    ensure!(!text.contains(&from), "the page's script imports its loader in another way");
    ensure!(text.contains("function initSync("), "the page's script has no initSync");
    let (names, inner) = (names.join(", "), inner_loader(loader, files)?);
    Ok(format!("{text}\n{FETCH}\nconst chunkLoader = {inner};\nconst {names};\n"))
}

/// The loader as an expression, so that no name of it is one of the page's script: an object of its functions.
fn inner_loader(loader: &str, files: &BTreeMap<String, String>) -> Result<String> {
    let import = format!("import {{ initSync }} from \"{SCRIPT}\";\n");
    let mut body = loader.replacen(&import, "", 1);
    ensure!(body != loader, "the loader does not import initSync");
    for (stem, file) in files {
        let fetch = format!("fetch(new URL(\"./{stem}.wasm\", import.meta.url))");
        ensure!(body.contains(&fetch), "the loader does not fetch {stem}.wasm");
        body = body.replace(&fetch, &format!("fetchChunk(\"{file}\")"));
    }
    ensure!(!body.contains(" fetch("), "the loader fetches something that is no chunk");
    let functions = body.split(EXPORT).skip(1).map(|rest| rest.split(' ').next().unwrap_or_default());
    let functions = functions.collect::<Vec<_>>().join(", ");
    let body = body.replace(EXPORT, "const ");
    Ok(format!("(() => {{\n{body}\nreturn {{ {functions} }};\n}})()"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As wasm-bindgen 0.2.130 and wasm-split 0.2.4 write them, shortened.
    const SCRIPT: &str = r#"import * as import1 from "./__wasm_split.js"
import * as import2 from "./__wasm_split.js"

function __wbg_get_imports() {
    return { "./__wasm_split.js": import1, "./__wasm_split.js": import2 };
}
function initSync(module) {}
export { initSync, __wbg_init as default };
"#;
    const LOADER_SCRIPT: &str = r#"import { initSync } from "./page.js";

let sharedImports = undefined;
/* a, b */
const __chunk_3 = makeLoad(() => {
    const src = fetch(new URL("./chunk_3.wasm", import.meta.url));
    src.catch(() => {});
}, []);
export const __wasm_split_load_a = wrapAsyncCb(makeLoad(() => {
    const src = fetch(new URL("./split_a.wasm", import.meta.url));
    src.catch(() => {});
}, [__chunk_3]));
export const __wasm_split_load_b = wrapAsyncCb(makeLoad(() => async (_imp) => ({}), [__chunk_3]));
"#;

    fn files(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        pairs.iter().map(|(stem, file)| ((*stem).to_owned(), (*file).to_owned())).collect()
    }

    fn both() -> BTreeMap<String, String> {
        files(&[("chunk_3", "chunk-3-1f.wasm"), ("split_a", "chunk-a-2e.wasm")])
    }

    #[test]
    fn the_loader_becomes_a_part_of_the_script() {
        let script = with_loader(SCRIPT, LOADER_SCRIPT, &both()).unwrap();
        assert!(!script.contains("import {") && !script.contains("import * as"), "{script}");
        assert_eq!(script.matches("export").count(), 1);
        assert!(script.contains("const src = fetchChunk(\"chunk-3-1f.wasm\");"), "{script}");
        assert!(script.contains("const src = fetchChunk(\"chunk-a-2e.wasm\");"), "{script}");
        assert!(script.contains("\nasync function fetchChunk(name) {"), "{script}");
        assert!(
            script.contains("\nreturn { __wasm_split_load_a, __wasm_split_load_b };\n})();\n"),
            "{script}"
        );
        assert!(script.ends_with("\nconst import1 = chunkLoader, import2 = chunkLoader;\n"), "{script}");
    }

    #[test]
    fn what_another_version_would_write_is_an_error() {
        let error = |script: &str, loader: &str, files: &BTreeMap<String, String>| {
            with_loader(script, loader, files).unwrap_err().to_string()
        };
        let without = SCRIPT.replace("import * as", "const");
        assert!(error(&without, LOADER_SCRIPT, &both()).contains("imports no loader"));
        let other = SCRIPT.replacen("* as import1", "{ a }", 1);
        assert!(error(&other, LOADER_SCRIPT, &both()).contains("in another way"));
        let loader = LOADER_SCRIPT.replace("initSync", "init");
        assert!(error(SCRIPT, &loader, &both()).contains("does not import initSync"));
        let few = files(&[("split_a", "a.wasm")]);
        assert!(error(SCRIPT, LOADER_SCRIPT, &few).contains("no chunk"));
        let many = files(&[("split_z", "z.wasm")]);
        assert!(error(SCRIPT, LOADER_SCRIPT, &many).contains("does not fetch split_z.wasm"));
    }

    #[test]
    fn split_points_are_seen_in_a_program() {
        assert!(!has_points(&linked()));
        assert!(has_points(&[&linked(), b"\x2f__wasm_split_00a00_export_0".as_slice()].concat()));
    }

    #[test]
    fn a_program_without_split_points_stays_whole() {
        let folder = std::env::temp_dir().join(format!("xtask-split-{}", std::process::id()));
        let error = split_in(&folder, PLAIN).err().unwrap().to_string();
        assert!(error.contains("--emit-relocs"), "{error}");
        let split = split_in(&folder, &linked()).unwrap();
        fs::remove_dir_all(folder).unwrap();
        assert!(split.chunks.is_empty() && split.loader.is_none());
        assert!(split.main.starts_with(PLAIN));
    }

    /// A program that has nothing.
    const PLAIN: &[u8] = b"\0asm\x01\0\0\0";

    /// A program that has an empty table of functions, with the section that says so to linkers.
    fn linked() -> Vec<u8> {
        let table = b"\x04\x04\x01\x70\0\0";
        let symbols = b"\0\x29\x07linking\x02\x08\x1e\x01\x05\0\0\x19__indirect_function_table";
        [PLAIN, table, symbols].concat()
    }
}
