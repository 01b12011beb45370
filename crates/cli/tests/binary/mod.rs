//! Runs the built command and hears what it says.

use std::process::{Command, Output};

/// What became of the command with these arguments.
pub(crate) fn run(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_cli")).args(args).output().unwrap()
}

/// What `args` print; they must succeed and have nothing to remark.
pub(crate) fn printed(args: &[&str]) -> String {
    let output = run(args);
    let remarks = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success() && remarks.is_empty(), "{args:?}: {remarks}");
    String::from_utf8(output.stdout).unwrap()
}

/// What failing `args` say.
pub(crate) fn refused(args: &[&str]) -> String {
    let output = run(args);
    assert_eq!(output.status.code(), Some(2), "{args:?} should fail");
    assert!(output.stdout.is_empty());
    String::from_utf8(output.stderr).unwrap()
}
