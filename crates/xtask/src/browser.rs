//! The browser that tests and pictures drive: Chromium and its driver.

use std::env;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Result, bail};

use crate::setup::{apt_get_install, may_apt_get};
use crate::step::step;
use crate::tools::on_path;

/// Where the two programs are.
pub(crate) struct Browser {
    chromium: PathBuf,
    chromedriver: PathBuf,
}

impl Browser {
    /// Tells `command` what `browser_tests` wants to know: the programs and the address of the page.
    pub(crate) fn pass_to(&self, command: &mut Command, url: &str) {
        command
            .env("SHRINKAGE_LAB_CHROMIUM", &self.chromium)
            .env("SHRINKAGE_LAB_CHROMEDRIVER", &self.chromedriver)
            .env("SHRINKAGE_LAB_URL", url);
    }
}

/// Finds Chromium and its driver, or installs them as root on Debian, or says what to do.
///
/// The variables `CHROMIUM` and `CHROMEDRIVER` override the search.
pub(crate) fn find_or_install() -> Result<Browser> {
    step("Browser", || {
        if find().is_none() && may_apt_get() {
            println!("    Chromium or its driver is missing: installing Debian's");
            apt_get_install(&["chromium", "chromium-driver"])?;
        }
        let Some(browser) = find() else {
            bail!(
                "Chromium or its driver is missing; on Debian: sudo apt-get install -y chromium chromium-driver (elsewhere put chromium, or google-chrome, and chromedriver on PATH)"
            )
        };
        println!("    found {} and {}", browser.chromium.display(), browser.chromedriver.display());
        Ok(browser)
    })
}

fn find() -> Option<Browser> {
    let given = |name| env::var_os(name).map(PathBuf::from);
    let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    let mac = PathBuf::from("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");
    let chromium = given("CHROMIUM")
        .or_else(|| names.into_iter().find_map(on_path))
        .or_else(|| Some(mac).filter(|path| path.is_file()))?;
    let chromedriver = given("CHROMEDRIVER").or_else(|| on_path("chromedriver"))?;
    Some(Browser { chromium, chromedriver })
}
