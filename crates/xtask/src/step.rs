//! Steps with a name and a time, and programs that are run in them.

use std::io::{BufRead, BufReader, IsTerminal};
use std::ops::AddAssign;
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, bail};

/// Does `work` under a printed name; prints its time, or puts name and time before its error.
pub(crate) fn step<T>(name: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    println!("\n==> {name}");
    let start = Instant::now();
    let result = work();
    let seconds = start.elapsed().as_secs_f64();
    let value = result.with_context(|| format!("\"{name}\" failed after {seconds:.1} s"))?;
    println!("    {name}: done in {seconds:.1} s");
    Ok(value)
}

/// Runs a program with its output passed through; anything but success is an error.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let line = announce(command);
    let status = command.status().with_context(|| format!("cannot start `{line}`"))?;
    if !status.success() {
        bail!("`{line}` ended with {status}");
    }
    Ok(())
}

/// What a program writes to standard output, or `None` if it cannot be started or fails.
pub(crate) fn output(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok().filter(|output| output.status.success())?;
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Numbers of tests.
#[derive(Clone, Copy, Default, PartialEq, Debug)]
pub(crate) struct Tally {
    pub(crate) passed: usize,
    pub(crate) failed: usize,
    pub(crate) not_run: usize,
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.not_run += other.not_run;
    }
}

/// Runs `cargo test` or `cargo nextest`, output passed through, and counts what they report.
pub(crate) fn run_tests(command: &mut Command) -> Result<Tally> {
    if std::io::stdout().is_terminal() {
        command.env("CARGO_TERM_COLOR", "always");
    }
    let line = announce(command);
    // One pipe for both, so that lines keep their order.
    let (reader, writer) = std::io::pipe()?;
    let started = command.stdout(writer.try_clone()?).stderr(writer).spawn();
    // The command holds the pipe's other end; reading would not end before it is gone.
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = started.with_context(|| format!("cannot start `{line}`"))?;
    let mut tally = Tally::default();
    for line in BufReader::new(reader).split(b'\n') {
        let line = String::from_utf8_lossy(&line?).into_owned();
        println!("{}", line.trim_end_matches('\r'));
        tally += counts(&without_colors(&line));
    }
    let status = child.wait()?;
    if !status.success() {
        bail!("{} passed, {} failed: `{line}` ended with {status}", tally.passed, tally.failed);
    }
    Ok(tally)
}

fn announce(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let line = words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ");
    println!("    $ {line}");
    line
}

/// Counts in the closing line of `cargo test` ("test result: ok. 3 passed; 0 failed; 1 ignored; …")
/// or of nextest ("Summary [0.1s] 4 tests run: 3 passed, 1 failed, 2 skipped"); zeros for other lines.
fn counts(line: &str) -> Tally {
    let line = line.trim();
    if !line.starts_with("test result:") && !line.starts_with("Summary [") {
        return Tally::default();
    }
    let words: Vec<&str> = line.split([' ', ',', ';']).filter(|word| !word.is_empty()).collect();
    let before = |noun: &str| -> usize {
        words.windows(2).filter(|pair| pair[1] == noun).filter_map(|pair| pair[0].parse::<usize>().ok()).sum()
    };
    Tally {
        passed: before("passed"),
        failed: before("failed"),
        not_run: before("ignored") + before("skipped"),
    }
}

fn without_colors(line: &str) -> String {
    let mut plain = String::new();
    let mut rest = line;
    while let Some(start) = rest.find('\u{1b}') {
        plain += &rest[..start];
        rest = rest[start..].split_once('m').map_or("", |(_, after)| after);
    }
    plain + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closing_lines_are_counted_and_others_are_not() {
        let cargo =
            "test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 7 filtered out; finished in 0.00s";
        assert_eq!(counts(cargo), Tally { passed: 3, failed: 0, not_run: 1 });
        let nextest = "     Summary [   0.004s] 5 tests run: 4 passed (1 slow), 1 failed, 2 skipped";
        assert_eq!(counts(nextest), Tally { passed: 4, failed: 1, not_run: 2 });
        let colored = "\u{1b}[32;1m     Summary\u{1b}[0m [   0.004s] \u{1b}[1m2\u{1b}[0m tests run: \u{1b}[1m2\u{1b}[0m \u{1b}[32;1mpassed\u{1b}[0m, 0 skipped";
        assert_eq!(counts(&without_colors(colored)), Tally { passed: 2, failed: 0, not_run: 0 });
        assert_eq!(counts("test says_3 passed ... ok"), Tally::default());
    }
}
