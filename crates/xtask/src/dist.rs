//! `cargo xtask dist`: the page as a folder for any static host.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use anyhow::Result;
use lexopt::ValueExt;

use crate::step::step;
use crate::tools::{self, Tools};
use crate::{Command, address, assemble, offline, single_file, sizes, wasm};

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
        address::set(FOLDER.as_ref(), address.as_deref())?;
        offline::write_service_worker(FOLDER.as_ref())?;
        sizes::print_and_check(Path::new(FOLDER))?;
        if is_single { single_file::build().map(drop) } else { Ok(()) }
    },
};

/// The built page.
pub(crate) const FOLDER: &str = "dist";

/// What the page is made from. `web` and `crates` stand for all below them.
const INPUTS: &[&str] = &["Cargo.lock", "Cargo.toml", ".cargo", "crates", "web"];

/// Builds the release page into `dist/`, unless what is there is newer than everything it is made from.
pub(crate) fn build(tools: &Tools) -> Result<()> {
    step("Release page", || {
        let stamp = wasm::target_folder().join("xtask/dist.stamp");
        if is_up_to_date(&stamp) {
            println!("    dist/ is up to date");
            return Ok(());
        }
        let started = SystemTime::now();
        let _ = fs::remove_file(&stamp);
        assemble::assemble(&wasm::build(tools)?, FOLDER.as_ref())?;
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
