//! `cargo xtask serve`: the release page in a browser on this machine.

use std::process::{Command as Process, Stdio};

use anyhow::Result;
use lexopt::ValueExt;

use crate::{Command, dist, server, tools};

const DEFAULT_PORT: u16 = 8080;

pub(crate) const COMMAND: Command = Command {
    usage: "serve [--port N] [--no-open]",
    about: "set up, build the release page, serve it and open the browser",
    run,
};

fn run(mut args: lexopt::Parser) -> Result<()> {
    let (mut port, mut open) = (DEFAULT_PORT, true);
    while let Some(arg) = args.next()? {
        match arg {
            lexopt::Arg::Long("port") => port = args.value()?.parse()?,
            lexopt::Arg::Long("no-open") => open = false,
            _ => return Err(arg.unexpected().into()),
        }
    }
    dist::build(&tools::find_or_install()?)?;
    let url = server::start(server::bind(port)?, dist::FOLDER.as_ref(), "/")?;
    println!("\nShrinkage Lab is at {url} (Ctrl-C ends it)");
    if open {
        open_browser(&url);
    }
    loop {
        std::thread::park();
    }
}

/// Opens the reader's browser where there is one; the printed address is enough where there is none.
fn open_browser(url: &str) {
    let mut command = if cfg!(target_os = "macos") {
        Process::new("open")
    } else if cfg!(windows) {
        let mut command = Process::new("cmd");
        command.args(["/C", "start", ""]);
        command
    } else if std::env::var_os("DISPLAY").is_some() || std::env::var_os("WAYLAND_DISPLAY").is_some() {
        Process::new("xdg-open")
    } else {
        return;
    };
    let _ = command.arg(url).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
}
