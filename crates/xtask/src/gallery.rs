//! `cargo xtask gallery`: pictures of every lab and chapter, in all sizes and both themes, on one page.

use std::process::Command as Process;

use crate::step::{run, step};
use crate::{Command, browser, dist, no_arguments, server, tools};

const FOLDER: &str = "gallery";

pub(crate) const COMMAND: Command = Command {
    usage: "gallery [name]",
    about: "photograph every lab and chapter, three sizes and two themes, into gallery/index.html",
    run: |mut args| {
        let name = match args.next()? {
            None => None,
            Some(lexopt::Arg::Value(name)) => Some(name),
            Some(other) => return Err(other.unexpected().into()),
        };
        no_arguments(args)?;
        let browsers = browser::find_or_install()?;
        dist::build(&tools::find_or_install()?)?;
        let url = server::start(server::bind(0)?, dist::FOLDER.as_ref(), "/")?;
        step("Gallery", || {
            let mut command = Process::new("cargo");
            command.args(["run", "--package", "browser-tests", "--bin", "gallery", "--", FOLDER]).args(name);
            browsers.pass_to(&mut command, &url);
            run(&mut command)
        })
    },
};
