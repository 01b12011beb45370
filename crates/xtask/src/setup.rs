//! `cargo xtask setup`: everything the other commands need.

use anyhow::Result;

use crate::{Command, browser, no_arguments, tools};

pub(crate) const COMMAND: Command = Command {
    usage: "setup",
    about: "install what is missing: WASM target, wasm-opt, browsers",
    run: |args| {
        no_arguments(args)?;
        tools::find_or_install()?;
        browser::find_or_install()?;
        println!("\nEverything is there. Next: cargo xtask serve, or cargo xtask test");
        Ok(())
    },
};

/// Whether this process may install Debian packages.
pub(crate) fn may_apt_get() -> bool {
    let is_root =
        crate::step::output(std::process::Command::new("id").arg("-u")).is_some_and(|id| id.trim() == "0");
    is_root && tools::on_path("apt-get").is_some()
}

/// Installs Debian packages; waits for other package managers.
pub(crate) fn apt_get_install(packages: &[&str]) -> Result<()> {
    let apt_get = || {
        let mut command = std::process::Command::new("apt-get");
        command.env("DEBIAN_FRONTEND", "noninteractive").args(["-o", "DPkg::Lock::Timeout=900"]);
        command
    };
    crate::step::run(apt_get().args(["update", "-q"]))?;
    crate::step::run(apt_get().args(["install", "-q", "-y", "--no-install-recommends"]).args(packages))
}
