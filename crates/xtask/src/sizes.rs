//! What the page weighs, file by file, and what it may weigh.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::dist::list_files;
use crate::single_file;

/// A part of the page that may not grow.
struct Budget {
    /// Its name for people.
    name: &'static str,
    /// Whether a file, by its path in `dist/`, belongs to it.
    holds: fn(&str) -> bool,
    /// What counts of its files.
    counts: Counts,
    /// Most bytes, as a host sends them (gzip): a little above what it was when the limit was last set.
    limit: usize,
    /// Where we want to be.
    goal: usize,
}

/// What counts of the files of a part.
#[derive(Clone, Copy)]
enum Counts {
    All,
    Largest,
}

impl Counts {
    fn of(self, sizes: impl Iterator<Item = usize>) -> usize {
        match self {
            Self::All => sizes.sum(),
            Self::Largest => sizes.max().unwrap_or_default(),
        }
    }
}

const BUDGETS: [Budget; 4] = [
    Budget {
        name: "WASM of the page",
        holds: is_page_wasm,
        counts: Counts::All,
        limit: 250_000,
        goal: 250_000,
    },
    Budget {
        name: "WASM of the first view's workers",
        holds: is_first_worker_wasm,
        counts: Counts::All,
        limit: 150_000,
        goal: 150_000,
    },
    Budget {
        name: "WASM of any worker",
        holds: is_worker_wasm,
        counts: Counts::Largest,
        limit: 150_000,
        goal: 150_000,
    },
    Budget {
        name: "all that the first view needs",
        holds: is_in_first_view,
        counts: Counts::All,
        limit: 500_000,
        goal: 500_000,
    },
];

fn is_page_wasm(path: &str) -> bool {
    path.starts_with("page-") && path.ends_with(".wasm")
}

/// The program of the family of labs that opens first.
fn is_first_worker_wasm(path: &str) -> bool {
    path == "worker-regions_bg.wasm"
}

fn is_worker_wasm(path: &str) -> bool {
    path.starts_with("worker-") && path.ends_with(".wasm")
}

/// Rare letters (`-more`) and formulas come with the first text that wants them, chunks with what they are for;
/// pictures for links never.
fn is_in_first_view(path: &str) -> bool {
    let is_font = path == "fonts/inter.woff2" || path == "fonts/serif.woff2";
    let is_of_later_labs = path.starts_with("worker-") && !path.starts_with("worker-regions");
    is_font
        || !is_of_later_labs
            && !path.starts_with("chunk-")
            && !path.contains('/')
            && [".html", ".css", ".js", ".wasm"].iter().any(|end| path.ends_with(end))
}

/// Prints the size of every file in `folder`, as it is and as a host sends it, then those of the budgets.
///
/// # Errors
/// If a part of the page is larger than its limit.
pub(crate) fn print_and_check(folder: &Path) -> Result<()> {
    let mut files = Vec::new();
    list_files(folder, &mut files)?;
    files.retain(|file| !file.ends_with(single_file::NAME));
    files.sort();
    println!("\n{:>10} {:>10}  file", "bytes", "gzip");
    let mut sizes = Vec::new();
    let mut raw_total = 0;
    for file in files {
        let bytes = fs::read(&file)?;
        let gzip = gzipped(&bytes)?;
        println!("{:>10} {gzip:>10}  {}", bytes.len(), file.display());
        raw_total += bytes.len();
        sizes.push((relative(folder, &file), gzip));
    }
    println!("{raw_total:>10} {:>10}  in all", sizes.iter().map(|(_, gzip)| gzip).sum::<usize>());
    println!("\n{:>10} {:>10} {:>10}  part, as sent", "gzip", "limit", "goal");
    let mut too_large = Vec::new();
    for Budget { name, holds, counts, limit, goal } in BUDGETS {
        let size = counts.of(sizes.iter().filter(|(path, _)| holds(path)).map(|(_, gzip)| *gzip));
        println!("{size:>10} {limit:>10} {goal:>10}  {name}");
        if size == 0 {
            bail!("no file of dist/ belongs to: {name}");
        }
        if size > limit {
            too_large.push(format!("{name}: {size} bytes, and {limit} are allowed"));
        }
    }
    if !too_large.is_empty() {
        bail!("the page has grown: {}", too_large.join("; "));
    }
    Ok(())
}

fn gzipped(bytes: &[u8]) -> Result<usize> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?.len())
}

fn relative(folder: &Path, file: &Path) -> String {
    let path: PathBuf = file.strip_prefix(folder).unwrap_or(file).into();
    path.to_string_lossy().replace('\\', "/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_file_is_counted_where_it_belongs() {
        assert!(is_page_wasm("page-1a2b_bg.wasm") && !is_page_wasm("worker-regions_bg.wasm"));
        assert!(is_worker_wasm("worker-when_bg.wasm") && !is_worker_wasm("page-1a2b_bg.wasm"));
        assert!(
            is_first_worker_wasm("worker-regions_bg.wasm") && !is_first_worker_wasm("worker-when_bg.wasm")
        );
        let first = [
            "index.html",
            "tokens-1.css",
            "boot.js",
            "page-1_bg.wasm",
            "worker-regions.js",
            "fonts/inter.woff2",
        ];
        assert!(first.into_iter().all(is_in_first_view));
        let later = [
            "fonts/inter-more.woff2",
            "fonts/math.woff2",
            "icons/icon-192.png",
            "share.png",
            "chunk-lecture-1.wasm",
            "worker-when.js",
        ];
        assert!(!later.into_iter().any(is_in_first_view));
    }

    #[test]
    fn a_page_that_has_grown_is_refused() {
        let folder = std::env::temp_dir().join(format!("sizes-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        // Bytes that do not compress.
        let mut state = 1_u32;
        let mut noise = |count: usize| -> Vec<u8> {
            let step = |state: &mut u32| {
                *state ^= *state << 13;
                *state ^= *state >> 17;
                *state ^= *state << 5;
                state.to_le_bytes()[1]
            };
            (0..count).map(|_| step(&mut state)).collect()
        };
        fs::write(folder.join("page-1_bg.wasm"), noise(1000)).unwrap();
        fs::write(folder.join("worker-regions_bg.wasm"), noise(1000)).unwrap();
        assert!(print_and_check(&folder).is_ok());
        fs::write(folder.join("worker-regions_bg.wasm"), noise(BUDGETS[1].limit + 1000)).unwrap();
        let error = print_and_check(&folder).unwrap_err().to_string();
        fs::remove_dir_all(&folder).unwrap();
        assert!(error.contains("WASM of the first view's workers"), "{error}");
    }
}
