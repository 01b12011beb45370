//! The browsers that tests and pictures drive: Chromium for all, Firefox and WebKit where engines could differ.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};

use crate::setup::{apt_get_install, may_apt_get};
use crate::step::{output, step};
use crate::tools::{self, on_path};

/// Where the programs are.
pub(crate) struct Browsers {
    chromium: PathBuf,
    chromedriver: PathBuf,
    firefox: Option<Firefox>,
    webkit: Option<WebKit>,
}

struct Firefox {
    browser: PathBuf,
    geckodriver: PathBuf,
}

struct WebKit {
    browser: PathBuf,
    driver: PathBuf,
    /// A screen in memory: the browser has no mode without one.
    xvfb: PathBuf,
}

impl Browsers {
    /// The browser that every check drives.
    pub(crate) fn chromium(&self) -> &Path {
        &self.chromium
    }

    /// Tells `command` what `browser_tests` wants to know: the programs and the address of the page.
    pub(crate) fn pass_to(&self, command: &mut Command, url: &str) {
        command
            .env("SHRINKAGE_LAB_CHROMIUM", &self.chromium)
            .env("SHRINKAGE_LAB_CHROMEDRIVER", &self.chromedriver)
            .env("SHRINKAGE_LAB_URL", url);
        if let Some(Firefox { browser, geckodriver }) = &self.firefox {
            command.env("SHRINKAGE_LAB_FIREFOX", browser).env("SHRINKAGE_LAB_GECKODRIVER", geckodriver);
        }
        if let Some(WebKit { browser, driver, xvfb }) = &self.webkit {
            command
                .env("SHRINKAGE_LAB_WEBKIT", browser)
                .env("SHRINKAGE_LAB_WEBKITDRIVER", driver)
                .env("SHRINKAGE_LAB_XVFB", xvfb);
        }
    }

    /// Ends of the names of tests that need a browser that is not here.
    pub(crate) fn missing(&self) -> Vec<&'static str> {
        let firefox = self.firefox.is_none().then_some("_in_firefox");
        let webkit = self.webkit.is_none().then_some("_in_webkit");
        firefox.into_iter().chain(webkit).collect()
    }
}

/// Finds Chromium and its driver, or installs them as root on Debian, or says what to do. The others are
/// installed there too and are missing elsewhere, with a word.
///
/// The variables `CHROMIUM` and `CHROMEDRIVER` override the search.
pub(crate) fn find_or_install() -> Result<Browsers> {
    step("Browsers", || {
        if may_apt_get() {
            install_missing()?;
        }
        let Some((chromium, chromedriver)) = chromium() else {
            bail!(
                "Chromium or its driver is missing; on Debian: sudo apt-get install -y chromium chromium-driver (elsewhere put chromium, or google-chrome, and chromedriver on PATH)"
            )
        };
        println!("    found {} and {}", chromium.display(), chromedriver.display());
        let firefox = match firefox() {
            None => None,
            Some(browser) => {
                println!("    found {}", browser.display());
                let geckodriver =
                    tools::geckodriver().inspect_err(|error| println!("    no geckodriver: {error:#}"));
                geckodriver.ok().map(|geckodriver| Firefox { browser, geckodriver })
            }
        };
        let webkit = webkit();
        if let Some(WebKit { browser, .. }) = &webkit {
            println!("    found {}", browser.display());
        }
        let browsers = Browsers { chromium, chromedriver, firefox, webkit };
        if !browsers.missing().is_empty() {
            println!(
                "    ATTENTION: Firefox or WebKit is missing, and tests in it are NOT RUN; on Debian: sudo apt-get install -y {}",
                OTHERS.join(" ")
            );
        }
        Ok(browsers)
    })
}

/// Debian's packages of the other two.
const OTHERS: [&str; 3] = ["firefox-esr", "webkit2gtk-driver", "xvfb"];

fn install_missing() -> Result<()> {
    if chromium().is_none() {
        println!("    Chromium or its driver is missing: installing Debian's");
        apt_get_install(&["chromium", "chromium-driver"])?;
    }
    if firefox().is_none() || webkit().is_none() {
        println!("    Firefox or WebKit is missing: installing Debian's");
        // Without them their tests are not run, and that is said.
        if let Err(error) = apt_get_install(&OTHERS) {
            println!("    they could not be installed: {error:#}");
        }
    }
    Ok(())
}

fn chromium() -> Option<(PathBuf, PathBuf)> {
    let given = |name| env::var_os(name).map(PathBuf::from);
    let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    let mac = PathBuf::from("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");
    let chromium = given("CHROMIUM")
        .or_else(|| names.into_iter().find_map(on_path))
        .or_else(|| Some(mac).filter(|path| path.is_file()))?;
    let chromedriver = given("CHROMEDRIVER").or_else(|| on_path("chromedriver"))?;
    Some((chromium, chromedriver))
}

fn firefox() -> Option<PathBuf> {
    ["firefox-esr", "firefox"].into_iter().find_map(on_path)
}

/// WebKitGTK's small browser, which no `PATH` finds, with its driver and a screen for it.
fn webkit() -> Option<WebKit> {
    let (driver, xvfb) = (on_path("WebKitWebDriver")?, on_path("Xvfb")?);
    let files = output(Command::new("dpkg").args(["-L", "libwebkit2gtk-4.1-0"]))?;
    let browser =
        files.lines().map(PathBuf::from).find(|file| file.ends_with("MiniBrowser") && file.is_file())?;
    Some(WebKit { browser, driver, xvfb })
}
