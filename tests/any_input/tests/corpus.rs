//! Input that was worth keeping, handed over again: `fuzz/corpus/` as the fuzzers left it.

#![allow(clippy::unwrap_used, reason = "everything in this file is a test")]

use std::fs;
use std::path::Path;

/// Hands every file of a folder of the corpus to `check`; the name of the file that fails is said.
fn replay(folder: &str, check: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus").join(folder);
    let mut files: Vec<_> = fs::read_dir(&folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    assert!(files.len() > 20, "{} is nearly empty", folder.display());
    for file in files {
        let bytes = fs::read(&file).unwrap();
        let outcome = std::panic::catch_unwind(|| check(&bytes));
        assert!(outcome.is_ok(), "{} is not survived; see above", file.display());
    }
}

#[test]
fn links_of_the_corpus_are_survived() {
    replay("link", any_input::link);
}

#[test]
fn tables_of_the_corpus_are_survived() {
    replay("table", any_input::table);
}

#[test]
fn messages_of_the_corpus_are_survived() {
    replay("message", any_input::message);
}
