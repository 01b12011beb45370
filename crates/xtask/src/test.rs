//! `cargo xtask test`: all that must hold before a change is handed in.

use std::fs;
use std::process::Command as Process;

use anyhow::{Context, Result, bail};

use crate::step::{Tally, output, run, run_tests, step};
use crate::{Command, browser, deny, dist, lighthouse, programs, server, single_file, sizes, tools};

pub(crate) const COMMAND: Command = Command {
    usage: "test [filter]",
    about: "formatting, lints, native tests, release page, browser tests; with a filter only matching tests",
    run: |mut args| {
        let filter = match args.next()? {
            None => None,
            Some(lexopt::Arg::Value(filter)) => Some(filter.to_string_lossy().into_owned()),
            Some(other) => return Err(other.unexpected().into()),
        };
        crate::no_arguments(args)?;
        match filter {
            None => everything(),
            Some(filter) => matching(&filter),
        }
    },
};

/// The page must not assume that it lies at the top of a host.
const SUB_PATH: &str = "/some/path/";

/// All but the tests that need a built page, or programs that the page itself does not.
const NATIVE: [&str; 5] = ["--workspace", "--exclude", "browser-tests", "--exclude", "program-tests"];
const PROGRAMS: [&str; 2] = ["--package", "program-tests"];
const BROWSER: [&str; 2] = ["--package", "browser-tests"];

fn everything() -> Result<()> {
    // First, so that a missing tool is known before the long steps.
    let tools = tools::find_or_install()?;
    let browsers = browser::find_or_install()?;

    step("Formatting", || run(cargo().args(["fmt", "--all", "--check"])))?;
    let deny = ["--", "-D", "warnings"];
    step("Lints", || {
        run(cargo().args(["clippy", "--workspace", "--exclude", "web", "--all-targets"]).args(deny))
    })?;
    step("Lints of the page, and a check of all below it for WASM", || {
        let packages = ["--package", "web", "--package", "engine", "--lib", "--bins"];
        run(cargo().args(["clippy", "--target", "wasm32-unknown-unknown"]).args(packages).args(deny))
    })?;

    let mut tally = deny::check()?;
    if output(cargo().args(["nextest", "--version"])).is_some() {
        tally += step("Native tests", || {
            run_tests(cargo().args(["nextest", "run", "--no-fail-fast"]).args(NATIVE))
        })?;
        tally += step("Examples in the documentation", || {
            run_tests(cargo().args(["test", "--doc"]).args(NATIVE))
        })?;
    } else {
        tally += step("Native tests and examples in the documentation", || {
            run_tests(cargo().args(["test", "--no-fail-fast"]).args(NATIVE))
        })?;
    }

    tally += programs::test(&[])?;
    dist::build(&tools)?;
    step("Sizes", || sizes::print_and_check(dist::FOLDER.as_ref()))?;
    let url = server::start(server::bind(0)?, dist::FOLDER.as_ref(), SUB_PATH)?;
    tally += lighthouse::check(&browsers, &url)?;
    tally += step("Tests in the browser", || browser_tests(&browsers, &[]))?;
    report(tally)
}

fn matching(filter: &str) -> Result<()> {
    let is_native = step("Native tests that match", || count(&NATIVE, filter))?;
    let of_programs = step("Tests of programs that match", || count(&PROGRAMS, filter))?;
    let is_browser = step("Browser tests that match", || count(&BROWSER, filter))?;
    if is_native + of_programs + is_browser == 0 {
        bail!("no test's name contains `{filter}`");
    }
    let mut tally = Tally::default();
    if is_native > 0 {
        tally += step("Native tests", || run_tests(test(&NATIVE).args(["--", filter])))?;
    }
    if of_programs > 0 {
        tally += programs::test(&[filter])?;
    }
    if is_browser > 0 {
        let browsers = browser::find_or_install()?;
        dist::build(&tools::find_or_install()?)?;
        tally += step("Tests in the browser", || browser_tests(&browsers, &[filter]))?;
    }
    println!(
        "\nNot run: formatting, lints, and all tests and examples whose names do not contain `{filter}`."
    );
    report(tally)
}

/// Builds the tests and counts those whose names contain `filter`.
fn count(packages: &[&str], filter: &str) -> Result<usize> {
    let mut command = test(packages);
    command.args(["--", "--list", filter]);
    let output = command.stderr(std::process::Stdio::inherit()).output().context("cannot start cargo")?;
    if !output.status.success() {
        bail!("the tests do not build");
    }
    let count =
        String::from_utf8_lossy(&output.stdout).lines().filter(|line| line.ends_with(": test")).count();
    println!("    {count}");
    Ok(count)
}

fn browser_tests(browsers: &browser::Browsers, filter: &[&str]) -> Result<Tally> {
    let (folder, file) = (fs::canonicalize(dist::FOLDER)?, fs::canonicalize(single_file::build()?)?);
    let url = server::start(server::bind(0)?, dist::FOLDER.as_ref(), SUB_PATH)?;
    println!("    dist/ is served at {url}");
    let mut command = test(&BROWSER);
    // One at a time: browsers side by side slow each other down.
    command.args(["--", "--test-threads=1"]).args(filter);
    let mut not_run = 0;
    for missing in browsers.missing() {
        command.args(["--skip", missing]);
        if filter.is_empty() {
            not_run += count(&BROWSER, missing)?;
        }
    }
    browsers.pass_to(&mut command, &url);
    command.env("SHRINKAGE_LAB_AXE", tools::axe()?);
    command.env("SHRINKAGE_LAB_DIST", folder).env("SHRINKAGE_LAB_SINGLE_FILE", file);
    let mut tally = run_tests(&mut command)?;
    tally.not_run += not_run;
    if tally.passed == 0 {
        bail!("no browser test ran");
    }
    Ok(tally)
}

fn report(Tally { passed, failed, not_run }: Tally) -> Result<()> {
    if not_run > 0 {
        println!(
            "\nATTENTION: {not_run} tests were NOT RUN (marked `#[ignore]`, or what they need is missing); they count as nothing."
        );
    }
    println!("\n{passed} passed, {failed} failed");
    Ok(())
}

fn cargo() -> Process {
    Process::new("cargo")
}

fn test(packages: &[&str]) -> Process {
    let mut command = cargo();
    command.args(["test", "--no-fail-fast"]).args(packages);
    command
}
