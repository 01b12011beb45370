//! Compiles the programs: each file in `web/src/bin/` is one.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};

use super::{PAGE, target_folder};
use crate::step::{output, run};
use crate::tools::{WASM_TARGET, cargo_home};

const SOURCES: &str = "web/src/bin";

/// How a program is built.
struct Kind {
    /// Its profile in `Cargo.toml`.
    profile: &'static str,
    /// What wasm-opt strives for.
    level: &'static str,
}

/// What a reader waits for and what computes nothing.
const SMALL: Kind = Kind { profile: "page", level: "-Oz" };
/// What computes. The compiler has made it fast, and wasm-opt adds nothing to that: smaller it can be.
const FAST: Kind = Kind { profile: "worker", level: "-Os" };

fn kind(program: &str) -> &'static Kind {
    match program {
        PAGE | "worker-programs" | "worker-genomics-programs" => &SMALL,
        _ => &FAST,
    }
}

/// A program as Cargo leaves it.
pub(super) struct Compiled {
    /// What wasm-opt is to strive for.
    pub(super) level: &'static str,
    pub(super) wasm: Vec<u8>,
}

/// Compiles all programs, those of a profile at once; they come by name.
pub(super) fn all() -> Result<BTreeMap<String, Compiled>> {
    let programs = names(Path::new(SOURCES))?;
    let mut workers: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for name in programs.iter().filter(|name| *name != PAGE) {
        workers.entry(kind(name).profile).or_default().push(name);
    }
    // Splitting needs to know what refers to what. Only the last link is told: all below is compiled once.
    let link = ["--", "-C", "link-arg=--emit-relocs"];
    run(cargo("rustc", kind(PAGE).profile)?.args(["--bin", PAGE]).args(link))?;
    for (profile, names) in workers {
        run(cargo("build", profile)?.args(names.iter().flat_map(|name| ["--bin", name])))?;
    }
    programs.into_iter().map(|name| Ok((name.clone(), read(&name)?))).collect()
}

/// Names of the programs, in alphabetical order.
fn names(folder: &Path) -> Result<Vec<String>> {
    let entries = fs::read_dir(folder).with_context(|| format!("there is no {}", folder.display()))?;
    let mut names = Vec::new();
    for entry in entries {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "rs") {
            let stem = path.file_stem().and_then(|stem| stem.to_str());
            names.push(stem.with_context(|| format!("{} has no name", path.display()))?.to_owned());
        }
    }
    names.sort();
    ensure!(names.iter().any(|name| name == PAGE), "there is no {PAGE}.rs in {}", folder.display());
    Ok(names)
}

fn cargo(command: &str, profile: &str) -> Result<Command> {
    let mut cargo = Command::new("cargo");
    cargo.args([command, "--package", "web", "--profile", profile, "--target", WASM_TARGET]);
    // What is needed was fetched with the tools.
    cargo.args(["--locked", "--offline"]);
    // Added to the flags of .cargo/config.toml.
    cargo.arg("--config").arg(format!("target.{WASM_TARGET}.rustflags = {:?}", without_folders()?));
    Ok(cargo)
}

/// Flags that keep the folders of this machine out of what is published: a panic names its source file. The same
/// program then comes out of every machine.
fn without_folders() -> Result<Vec<String>> {
    let sysroot = output(Command::new("rustc").args(["--print", "sysroot"])).context("cannot run rustc")?;
    let mut folders = vec![Path::new(sysroot.trim()).join("lib/rustlib/src/rust")];
    let registries = cargo_home().context("there is no home folder")?.join("registry/src");
    // There is none where all crates are vendored.
    for registry in fs::read_dir(registries).into_iter().flatten() {
        folders.push(registry?.path());
    }
    folders.sort();
    Ok(folders.iter().map(|folder| format!("--remap-path-prefix={}/=", folder.display())).collect())
}

fn read(name: &str) -> Result<Compiled> {
    let Kind { profile, level } = kind(name);
    let path = target_folder().join(WASM_TARGET).join(profile).join(format!("{name}.wasm"));
    let wasm = fs::read(&path).with_context(|| format!("cargo left no {}", path.display()))?;
    Ok(Compiled { level, wasm })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_source_is_a_program_and_one_is_the_page() {
        let folder = std::env::temp_dir().join(format!("xtask-compile-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        for file in ["worker-b.rs", "worker-a.rs", "notes.md"] {
            fs::write(folder.join(file), "").unwrap();
        }
        assert!(names(&folder).unwrap_err().to_string().contains("there is no page.rs"));
        fs::write(folder.join("page.rs"), "").unwrap();
        assert_eq!(names(&folder).unwrap(), ["page", "worker-a", "worker-b"]);
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn what_computes_is_fast_and_all_else_small() {
        assert_eq!(kind("page").profile, "page");
        assert_eq!(kind("worker-programs").level, "-Oz");
        assert_eq!((kind("worker-regions").profile, kind("worker-regions").level), ("worker", "-Os"));
    }
}
