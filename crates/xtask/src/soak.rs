//! `cargo xtask soak`: hands that move everything on the page at random, for as long as one likes.

use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, bail};

use crate::step::{run_tests, step};
use crate::{Command, browser, dist, server, tools};

pub(crate) const COMMAND: Command = Command {
    usage: "soak [--minutes 10] [--seed N]",
    about: "move every control of every lab at random; says what went wrong and what memory grew",
    run: |mut args| {
        let (mut minutes, mut seed) = (10.0, None);
        while let Some(arg) = args.next()? {
            match arg {
                lexopt::Arg::Long("minutes") => minutes = number(&mut args)?,
                lexopt::Arg::Long("seed") => seed = Some(number(&mut args)?),
                other => return Err(other.unexpected().into()),
            }
        }
        soak(minutes, seed)
    },
};

/// Seeds that are made up are below this, so that they are easily typed.
const SEEDS: u64 = 1_000_000;

fn number(args: &mut lexopt::Parser) -> Result<f64> {
    let text = args.value()?.to_string_lossy().into_owned();
    match text.parse() {
        Ok(number) if number >= 0.0 && f64::is_finite(number) => Ok(number),
        _ => bail!("`{text}` is no number of minutes, and no seed"),
    }
}

fn soak(minutes: f64, seed: Option<f64>) -> Result<()> {
    let browsers = browser::find_or_install()?;
    dist::build(&tools::find_or_install()?)?;
    let url = server::start(server::bind(0)?, dist::FOLDER.as_ref(), "/")?;
    let now = SystemTime::now().duration_since(UNIX_EPOCH).context("the clock stands before 1970")?;
    let seed = seed.unwrap_or((now.as_secs() % SEEDS) as f64);
    step(&format!("Soak for {minutes} minutes, seed {seed}"), || {
        let mut command = std::process::Command::new("cargo");
        command.args(["test", "--package", "browser-tests", "--test", "soak", "--", "--nocapture"]);
        browsers.pass_to(&mut command, &url);
        command.env("SHRINKAGE_LAB_SOAK_SECONDS", (60.0 * minutes).to_string());
        command.env("SHRINKAGE_LAB_SOAK_SEED", seed.to_string());
        run_tests(&mut command).map(drop)
    })
}
