//! What runs the programs that the page gives away: Python, R, and Stan's compiler to C++.
//!
//! None of them is needed to build the page. What is missing and cannot be installed is said loudly, and its
//! test counts as not run.

use std::env;
use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use crate::step::{Tally, output, run, run_tests, step};
use crate::tools::{cache, on_path};

/// The version of PyPI's httpstan whose wheel carries `stanc`.
const HTTPSTAN_VERSION: &str = "4.13.0";

const PACKAGE: [&str; 4] = ["test", "--no-fail-fast", "--package", "program-tests"];

/// A program, the variable that names it, and the start of the names of the tests that need it.
struct Runner {
    name: &'static str,
    variable: &'static str,
    test: &'static str,
    found: Option<PathBuf>,
}

/// Runs the tests of the programs, those of missing runners left out and counted.
///
/// - `filter`: a part of the tests' names; empty for all.
pub(crate) fn test(filter: &[&str]) -> Result<Tally> {
    step("Programs to take away", || {
        let mut command = Command::new("cargo");
        command.args(PACKAGE).arg("--").args(filter);
        let mut num_missing = 0;
        for runner in runners() {
            if let Some(path) = &runner.found {
                println!("    found {} at {}", runner.name, path.display());
                command.env(runner.variable, path);
            } else {
                println!("    ATTENTION: {} is missing; its test is NOT RUN", runner.name);
                command.args(["--skip", runner.test]);
                num_missing += 1;
            }
        }
        let tally = run_tests(&mut command)?;
        Ok(Tally { not_run: tally.not_run + num_missing, ..tally })
    })
}

fn runners() -> [Runner; 3] {
    let python = on_path("python3").or_else(|| on_path("python"));
    [
        Runner {
            name: "stanc (from PyPI's httpstan)",
            variable: "SHRINKAGE_LAB_STANC",
            test: "stan_",
            found: python.as_ref().and_then(stanc),
        },
        Runner { name: "Python 3", variable: "SHRINKAGE_LAB_PYTHON", test: "python_", found: python },
        Runner {
            name: "R (Debian's r-base-core)",
            variable: "SHRINKAGE_LAB_RSCRIPT",
            test: "r_",
            found: on_path("Rscript"),
        },
    ]
}

/// Stan's compiler: named by `STANC`, on `PATH`, or out of httpstan's wheel, which has only this file of use.
fn stanc(python: &PathBuf) -> Option<PathBuf> {
    let given = env::var_os("STANC").map(PathBuf::from).or_else(|| on_path("stanc"));
    if given.is_some() {
        return given;
    }
    let folder = cache().ok()?.join(format!("httpstan-{HTTPSTAN_VERSION}"));
    let stanc = folder.join("httpstan").join("stanc");
    if !works(&stanc) {
        println!("    stanc is missing: installing httpstan {HTTPSTAN_VERSION} from PyPI");
        let mut pip = Command::new(python);
        pip.args(["-m", "pip", "install", "--quiet", "--no-deps", "--only-binary=:all:", "--upgrade"]);
        pip.arg("--target").arg(&folder).arg(format!("httpstan=={HTTPSTAN_VERSION}"));
        if let Err(error) = run(&mut pip) {
            println!("    {error:#}");
            return None;
        }
        make_executable(&stanc);
    }
    works(&stanc).then_some(stanc)
}

fn works(stanc: &PathBuf) -> bool {
    output(Command::new(stanc).arg("--version")).is_some_and(|text| text.contains("stanc3"))
}

/// A wheel does not say which of its files are programs.
#[cfg(unix)]
fn make_executable(file: &PathBuf) {
    use std::os::unix::fs::PermissionsExt;
    // If it fails, the program does not start, and that is said.
    let _ = std::fs::set_permissions(file, std::fs::Permissions::from_mode(0o755));
}

#[cfg(not(unix))]
fn make_executable(_: &PathBuf) {}
