//! `cargo xtask picture`: the picture at the top of the README, taken from the built page.

use std::process::Command as Process;

use crate::step::{run, step};
use crate::{Command, browser, dist, no_arguments, server, tools};

const PICTURE: &str = "docs/picture.png";

pub(crate) const COMMAND: Command = Command {
    usage: "picture",
    about: "take the picture of the README (docs/picture.png) from the built page",
    run: |args| {
        no_arguments(args)?;
        let browsers = browser::find_or_install()?;
        dist::build(&tools::find_or_install()?)?;
        let url = server::start(server::bind(0)?, dist::FOLDER.as_ref(), "/")?;
        step("Picture", || {
            let mut command = Process::new("cargo");
            command.args(["run", "--package", "browser-tests", "--bin", "picture", "--", PICTURE]);
            browsers.pass_to(&mut command, &url);
            run(&mut command)
        })
    },
};
