//! `cargo xtask picture`: the picture at the top of the README, and the one that other sites show beside a link,
//! taken from the built page.

use std::process::Command as Process;

use crate::step::{run, step};
use crate::{Command, browser, dist, no_arguments, server, tools};

pub(crate) const COMMAND: Command = Command {
    usage: "picture",
    about: "take the pictures of README and links (docs/picture.png, web/share.png) from the built page",
    run: |args| {
        no_arguments(args)?;
        let browsers = browser::find_or_install()?;
        dist::build(&tools::find_or_install()?)?;
        let url = server::start(server::bind(0)?, dist::FOLDER.as_ref(), "/")?;
        step("Pictures", || {
            let mut command = Process::new("cargo");
            command.args(["run", "--package", "browser-tests", "--bin", "picture"]);
            browsers.pass_to(&mut command, &url);
            run(&mut command)
        })
    },
};
