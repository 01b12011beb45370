//! The programs that build the page, each in exactly the version that works with the others.
//!
//! What is on `PATH` in the right version is taken; what is missing is installed from a package registry into
//! a cache folder named by tool and version, where the next checkout finds it again. Nothing is downloaded
//! from a release page.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::setup::{apt_get_install, may_apt_get};
use crate::step::{output, run, step};

/// Makes programs small. Debian's wasm-opt 108 cannot read what wasm-bindgen writes.
pub(crate) const WASM_OPT_VERSION: &str = "132";

/// Drives Firefox.
const GECKODRIVER_VERSION: &str = "0.37.1";
/// Finds faults of accessibility in the browser tests.
const AXE_VERSION: &str = "4.14.1";
/// Judges the page as a telephone sees it.
const LIGHTHOUSE_VERSION: &str = "12.8.2";

/// What the page and its workers are compiled for.
pub(crate) const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// Where the programs are that Cargo does not bring.
pub(crate) struct Tools {
    wasm_opt: PathBuf,
}

impl Tools {
    /// wasm-opt, to be given its arguments.
    pub(crate) fn wasm_opt(&self) -> Command {
        Command::new(&self.wasm_opt)
    }
}

/// Finds the tools, and installs those that are missing, saying so.
pub(crate) fn find_or_install() -> Result<Tools> {
    step("Tools", || {
        add_wasm_target()?;
        let tools = Tools { wasm_opt: wasm_opt()? };
        // The page is built offline.
        run(Command::new("cargo").args(["fetch", "--locked", "--quiet"]))?;
        Ok(tools)
    })
}

fn add_wasm_target() -> Result<()> {
    let sysroot = output(Command::new("rustc").args(["--print", "sysroot"])).context("cannot run rustc")?;
    if Path::new(sysroot.trim()).join("lib/rustlib").join(WASM_TARGET).is_dir() {
        println!("    found {WASM_TARGET}");
        return Ok(());
    }
    run(Command::new("rustup").args(["target", "add", WASM_TARGET]))
        .with_context(|| format!("this Rust has no target {WASM_TARGET}: add it (rustup does)"))
}

/// The driver of Firefox, which Debian does not have.
pub(crate) fn geckodriver() -> Result<PathBuf> {
    let (program, version) = ("geckodriver", GECKODRIVER_VERSION);
    let folder = cache()?.join(format!("{program}-{version}"));
    let installed = folder.join("bin").join(format!("{program}{}", env::consts::EXE_SUFFIX));
    if let Some(found) = find(program, version, &installed) {
        return Ok(found);
    }
    println!("    {program} {version} is missing: building it (some 3 minutes on two cores, once)");
    let build = cache()?.join(format!("{program}-{version}-build"));
    std::fs::create_dir_all(&folder)?;
    run(Command::new("cargo")
        .args(["install", "--locked", "--root"])
        .arg(&folder)
        .arg(format!("{program}@{version}"))
        // Outside the checkout, whose .cargo/config.toml is not meant for it.
        .current_dir(&folder)
        // Kept until it is done: an interrupted build goes on where it stopped.
        .env("CARGO_TARGET_DIR", &build)
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1"))?;
    // Only space is lost if it stays.
    let _ = std::fs::remove_dir_all(build);
    find(program, version, &installed)
        .with_context(|| format!("{program} {version} was installed but is not there"))
}

fn wasm_opt() -> Result<PathBuf> {
    let folder = cache()?.join(format!("binaryen-{WASM_OPT_VERSION}"));
    let name = if cfg!(windows) { "wasm-opt.cmd" } else { "wasm-opt" };
    let installed = folder.join("node_modules/.bin").join(name);
    // npm's wasm-opt is a Node program.
    ensure_npm()?;
    if let Some(found) = find("wasm-opt", WASM_OPT_VERSION, &installed) {
        return Ok(found);
    }
    println!("    wasm-opt {WASM_OPT_VERSION} is missing: installing it from npm");
    npm_install(&folder, &format!("binaryen@{WASM_OPT_VERSION}"))?;
    find("wasm-opt", WASM_OPT_VERSION, &installed)
        .with_context(|| format!("wasm-opt {WASM_OPT_VERSION} was installed but does not run"))
}

/// The script that looks for what shuts readers out, from npm.
pub(crate) fn axe() -> Result<PathBuf> {
    let folder = cache()?.join(format!("axe-core-{AXE_VERSION}"));
    let script = folder.join("node_modules/axe-core/axe.min.js");
    if !script.is_file() {
        ensure_npm()?;
        println!("    axe-core {AXE_VERSION} is missing: installing it from npm");
        npm_install(&folder, &format!("axe-core@{AXE_VERSION}"))?;
    }
    Ok(script)
}

/// Lighthouse, from npm.
pub(crate) fn lighthouse() -> Result<PathBuf> {
    let folder = cache()?.join(format!("lighthouse-{LIGHTHOUSE_VERSION}"));
    let name = if cfg!(windows) { "lighthouse.cmd" } else { "lighthouse" };
    let program = folder.join("node_modules/.bin").join(name);
    if !program.is_file() {
        ensure_npm()?;
        println!("    Lighthouse {LIGHTHOUSE_VERSION} is missing: installing it from npm");
        npm_install(&folder, &format!("lighthouse@{LIGHTHOUSE_VERSION}"))?;
    }
    Ok(program)
}

fn npm_install(folder: &Path, package: &str) -> Result<()> {
    std::fs::create_dir_all(folder)?;
    run(Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" })
        .args(["install", "--no-audit", "--no-fund", "--prefix"])
        .arg(folder)
        .arg(package))
}

fn ensure_npm() -> Result<()> {
    if on_path("node").is_some() && on_path("npm").is_some() {
        return Ok(());
    }
    println!("    Node.js and npm are missing: they run wasm-opt");
    if may_apt_get() {
        return apt_get_install(&["nodejs", "npm"]);
    }
    bail!(
        "Node.js and npm are missing; on Debian and Ubuntu: sudo apt-get install -y nodejs npm (elsewhere: your package manager's nodejs)"
    )
}

/// The program in exactly this version: as installed here before, on `PATH`, or in cargo's own folder.
fn find(program: &str, version: &str, installed: &Path) -> Option<PathBuf> {
    let in_cargo_home = cargo_home().map(|home| home.join("bin").join(program));
    let candidates = [Some(installed.to_path_buf()), on_path(program), in_cargo_home];
    let found = candidates.into_iter().flatten().find(|path| has_version(path, version))?;
    println!("    found {program} {version}");
    Some(found)
}

/// Cargo's own folder.
pub(crate) fn cargo_home() -> Option<PathBuf> {
    env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| Some(env::home_dir()?.join(".cargo")))
}

fn has_version(program: &Path, version: &str) -> bool {
    output(Command::new(program).arg("--version"))
        .is_some_and(|text| text.split_whitespace().any(|word| word == version))
}

/// Where `PATH` finds the program, if it does.
pub(crate) fn on_path(program: &str) -> Option<PathBuf> {
    let mut name = OsString::from(program);
    name.push(env::consts::EXE_SUFFIX);
    env::split_paths(&env::var_os("PATH")?).map(|folder| folder.join(&name)).find(|path| path.is_file())
}

/// The folder of all installed tools.
pub(crate) fn cache() -> Result<PathBuf> {
    let base = ["XDG_CACHE_HOME", "LOCALAPPDATA"]
        .into_iter()
        .find_map(|name| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from))
        .or_else(|| Some(env::home_dir()?.join(".cache")))
        .context("there is no home folder for the tools: set XDG_CACHE_HOME")?;
    Ok(base.join("shrinkage-lab/tools"))
}
