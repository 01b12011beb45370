//! Makes programs small, by wasm-opt: as many at once as there are cores, and none anew that is as it was.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::thread;

use anyhow::{Context, Result, anyhow};

use super::target_folder;
use crate::digest;
use crate::step::run;
use crate::tools::{Tools, WASM_OPT_VERSION};

/// Again until nothing gets smaller. Neighbors with like names have like code, which compresses two hundredths better.
/// Who made a program and with which features need not be sent.
const LAST: [&str; 4] =
    ["--converge", "--reorder-functions-by-name", "--strip-producers", "--strip-target-features"];

/// A program that is to become small.
pub(super) struct Job {
    pub(super) name: String,
    /// `-Oz` or its like.
    pub(super) level: &'static str,
    pub(super) wasm: Vec<u8>,
}

/// The programs of `jobs`, made small, by name.
pub(super) fn all(tools: &Tools, jobs: Vec<Job>) -> Result<BTreeMap<String, Vec<u8>>> {
    let folder = target_folder().join("xtask/optimized");
    fs::create_dir_all(&folder)?;
    let waiting = Mutex::new(jobs.into_iter());
    let next = || waiting.lock().unwrap_or_else(PoisonError::into_inner).next();
    let work = || -> Result<Vec<(String, PathBuf)>> {
        let mut done = Vec::new();
        while let Some(job) = next() {
            let small = optimized(tools, &job, &folder);
            done.push((job.name.clone(), small.with_context(|| format!("cannot make {} small", job.name))?));
        }
        Ok(done)
    };
    let num_cores = thread::available_parallelism().map_or(1, usize::from);
    let done = thread::scope(|scope| {
        let threads: Vec<_> = (0..num_cores).map(|_| scope.spawn(work)).collect();
        let ended =
            threads.into_iter().map(|thread| thread.join().map_err(|_| anyhow!("a thread panicked"))?);
        ended.collect::<Result<Vec<_>>>()
    })?;
    let done: BTreeMap<String, PathBuf> = done.into_iter().flatten().collect();
    forget_others(&folder, &done)?;
    done.into_iter().map(|(name, file)| Ok((name, fs::read(file)?))).collect()
}

/// The file in `folder` that holds the program of `job`, made small.
fn optimized(tools: &Tools, job: &Job, folder: &Path) -> Result<PathBuf> {
    let file = folder.join(kept_name(job));
    if file.is_file() {
        println!("    {} is as it was", job.name);
        return Ok(file);
    }
    let (before, after) = (file.with_extension("before"), file.with_extension("after"));
    fs::write(&before, &job.wasm)?;
    run(tools.wasm_opt().arg(job.level).args(LAST).arg(&before).arg("-o").arg(&after))?;
    // Only what is whole has the last name.
    fs::rename(after, &file)?;
    Ok(file)
}

/// A name that changes with all that the result depends on.
fn kept_name(job: &Job) -> String {
    let how = format!("{WASM_OPT_VERSION} {} {LAST:?} ", job.level);
    format!("{}-{}.wasm", job.name, digest::name(&[how.as_bytes(), &job.wasm].concat()))
}

/// Removes what earlier builds left in `folder`.
fn forget_others(folder: &Path, kept: &BTreeMap<String, PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if !kept.values().any(|file| *file == path) {
            fs::remove_file(path)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_changes_is_made_anew() {
        let name = |level, wasm: &[u8]| kept_name(&Job { name: "page".into(), level, wasm: wasm.to_vec() });
        assert_eq!(name("-Oz", b"a"), name("-Oz", b"a"));
        assert_ne!(name("-Oz", b"a"), name("-Oz", b"b"));
        assert_ne!(name("-Oz", b"a"), name("-O3", b"a"));
    }

    #[test]
    fn what_earlier_builds_left_is_removed() {
        let folder = std::env::temp_dir().join(format!("xtask-optimize-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let (old, new) = (folder.join("page-1.wasm"), folder.join("page-2.wasm"));
        fs::write(&old, "").unwrap();
        fs::write(&new, "").unwrap();
        forget_others(&folder, &BTreeMap::from([("page".to_owned(), new.clone())])).unwrap();
        assert!(new.is_file() && !old.is_file());
        fs::remove_dir_all(folder).unwrap();
    }
}
