//! `cargo xtask dist`: the page as a folder for any static host.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use anyhow::{Context, Result, bail};
use lexopt::ValueExt;

use crate::step::{run, step};
use crate::tools::{self, Tools};
use crate::{Command, digest, offline, policy, single_file, sizes};

pub(crate) const COMMAND: Command = Command {
    usage: "dist [--single-file] [--address URL]",
    about: "build the release page into dist/, for any static host and sub-path; or as one file, for no host at all",
    run: |mut args| {
        let (mut is_single, mut address) = (false, None);
        while let Some(arg) = args.next()? {
            match arg {
                lexopt::Arg::Long("single-file") => is_single = true,
                lexopt::Arg::Long("address") => address = Some(args.value()?.string()?),
                _ => return Err(arg.unexpected().into()),
            }
        }
        build(&tools::find_or_install()?)?;
        policy::set_address(FOLDER.as_ref(), address.as_deref())?;
        offline::write_service_worker(FOLDER.as_ref())?;
        sizes::print_and_check(Path::new(FOLDER))?;
        if is_single { single_file::build().map(drop) } else { Ok(()) }
    },
};

/// The built page.
pub(crate) const FOLDER: &str = "dist";

/// What the page is made from. `web` and `crates` stand for all below them.
const INPUTS: &[&str] =
    &["Cargo.lock", "Cargo.toml", "Trunk.toml", "boot.js", "index.html", ".cargo", "crates", "web"];

/// Written in `index.html` where the worker's files are named, and in `boot.js`; replaced by a digest of them.
const VERSION_PLACE: &str = "__WORKER_VERSION__";
/// The script that starts a worker.
const BOOT: &str = "boot.js";

/// Whether a file of `dist/` is one of the workers': Trunk leaves these their names from build to build.
pub(crate) fn is_of_workers(name: &str) -> bool {
    name == BOOT || name.starts_with("worker-")
}

/// Builds the release page into `dist/`, unless what is there is newer than everything it is made from.
pub(crate) fn build(tools: &Tools) -> Result<()> {
    step("Release page", || {
        let stamp = stamp_path();
        if is_up_to_date(&stamp) {
            println!("    dist/ is up to date");
            return Ok(());
        }
        let started = SystemTime::now();
        let _ = fs::remove_file(&stamp);
        run(tools.trunk()?.args(["build", "--release"]))?;
        write_worker_version()?;
        policy::apply(FOLDER.as_ref())?;
        // Last: it has the digests of all others.
        offline::write_service_worker(FOLDER.as_ref())?;
        if let Some(folder) = stamp.parent() {
            fs::create_dir_all(folder)?;
        }
        // A file saved during the build is then newer than the stamp.
        fs::File::create(&stamp)?.set_modified(started)?;
        Ok(())
    })
}

fn stamp_path() -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| PathBuf::from("target"), PathBuf::from);
    target.join("xtask/dist.stamp")
}

/// Trunk puts no digest into the names of a worker's files; a page would go on with an old cached worker.
/// So the page asks for them with `?v=<digest>`, which stands in a `<meta>` of `index.html`, and `boot.js` starts
/// no worker for another.
fn write_worker_version() -> Result<()> {
    let folder = Path::new(FOLDER);
    let mut files = Vec::new();
    list_files(folder, &mut files)?;
    files.retain(|file| file.file_name().and_then(|name| name.to_str()).is_some_and(is_of_workers));
    files.sort();
    let mut content = Vec::new();
    for file in files {
        content.extend(fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?);
    }
    let version = digest::name(&content);
    for name in ["index.html", BOOT] {
        let text = fs::read_to_string(folder.join(name))?;
        if !text.contains(VERSION_PLACE) {
            bail!("{name} names no {VERSION_PLACE}");
        }
        fs::write(folder.join(name), text.replace(VERSION_PLACE, &version))?;
    }
    Ok(())
}

fn is_up_to_date(stamp: &Path) -> bool {
    let built = modified(stamp);
    built.is_some()
        && Path::new(FOLDER).join("index.html").is_file()
        && INPUTS.iter().map(|input| newest(Path::new(input))).max().flatten() <= built
}

/// When the newest file or folder at or below `path` changed; a folder changes when a file in it comes or goes.
fn newest(path: &Path) -> Option<SystemTime> {
    let below = fs::read_dir(path).into_iter().flatten().flatten().filter_map(|entry| newest(&entry.path()));
    below.chain(modified(path)).max()
}

fn modified(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).ok()?.modified().ok()
}

/// Adds all files below `folder` to `files`.
pub(crate) fn list_files(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() { list_files(&path, files)? } else { files.push(path) }
    }
    Ok(())
}
