//! Sets up, serves, tests and publishes the page: `cargo xtask <command>`.
//!
//! A command is one file with a `COMMAND` in it, and its name in [`COMMANDS`].

mod address;
mod assemble;
mod bench;
mod browser;
mod deny;
mod digest;
mod dist;
mod gallery;
mod html;
mod lighthouse;
mod offline;
mod picture;
mod policy;
mod programs;
mod serve;
mod server;
mod setup;
mod single_file;
mod sizes;
mod soak;
mod step;
mod test;
mod tools;
mod wasm;

use std::process::ExitCode;

use anyhow::{Context, Result, bail};

/// One word after `cargo xtask`.
struct Command {
    /// The word and its arguments, as shown in the usage.
    usage: &'static str,
    /// What it does, in a line.
    about: &'static str,
    run: fn(lexopt::Parser) -> Result<()>,
}

impl Command {
    fn name(&self) -> &'static str {
        self.usage.split(' ').next().unwrap_or_default()
    }
}

const COMMANDS: &[Command] = &[
    setup::COMMAND,
    serve::COMMAND,
    dist::COMMAND,
    test::COMMAND,
    soak::COMMAND,
    lighthouse::COMMAND,
    deny::COMMAND,
    picture::COMMAND,
    gallery::COMMAND,
    bench::COMMAND,
];

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let manifest_dir =
        std::env::var_os("CARGO_MANIFEST_DIR").context("start this program by `cargo xtask`")?;
    let root =
        std::path::Path::new(&manifest_dir).ancestors().nth(2).context("xtask is not in crates/xtask")?;
    std::env::set_current_dir(root).context("cannot enter the top folder")?;

    if std::env::args().skip(1).any(|arg| arg == "--help" || arg == "-h") {
        print!("{}", usage());
        return Ok(());
    }
    let mut args = lexopt::Parser::from_env();
    let name = match args.next()? {
        Some(lexopt::Arg::Value(name)) => name.to_string_lossy().into_owned(),
        Some(other) => bail!("{}\n\n{}", other.unexpected(), usage()),
        None => bail!("which command?\n\n{}", usage()),
    };
    let command = COMMANDS
        .iter()
        .find(|command| command.name() == name)
        .with_context(|| format!("there is no command `{name}`\n\n{}", usage()))?;
    (command.run)(args)
}

fn usage() -> String {
    let mut text = String::from("Usage: cargo xtask <command>\n\n");
    for Command { usage, about, .. } in COMMANDS {
        text += &format!("  {usage:<28} {about}\n");
    }
    text
}

/// Ends with an error if any argument is left: for commands that take none.
fn no_arguments(mut args: lexopt::Parser) -> Result<()> {
    match args.next()? {
        None => Ok(()),
        Some(arg) => Err(arg.unexpected().into()),
    }
}
