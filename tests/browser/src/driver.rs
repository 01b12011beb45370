//! The browsers, their drivers' processes, and the commands that only Chromium's driver has.

use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, bail};
use fantoccini::wd::WebDriverCompatibleCommand;
use serde_json::{Value, json};

use crate::page::WAIT_LIMIT;

/// Chromium's own flags: headless, as root in a container, and quiet on the network.
const FLAGS: &[&str] = &[
    "--headless=new",
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-color-profile=srgb",
    "--hide-scrollbars",
];

/// A browser that runs the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Chromium: all tests.
    Chromium,
    /// Firefox: tests of what an engine could do differently.
    Firefox,
    /// WebKit, the engine of Safari, in WebKitGTK's small browser: the same.
    WebKit,
}

/// A running driver and what it needs; ends with this value.
pub(crate) struct Driver {
    /// The driver, and before it a screen that it needs.
    processes: Vec<Child>,
    pub(crate) url: String,
}

impl Driver {
    /// Starts the driver of `engine` on a free port.
    pub(crate) fn start(engine: Engine) -> Result<Self> {
        let mut driver = Self { processes: Vec::new(), url: String::new() };
        let port = match engine {
            Engine::Chromium => {
                let mut command = Command::new(variable("SHRINKAGE_LAB_CHROMEDRIVER")?);
                driver.told(command.arg("--port=0"), "started successfully on port ")?
            }
            Engine::Firefox => {
                let mut command = Command::new(variable("SHRINKAGE_LAB_GECKODRIVER")?);
                driver.told(command.args(["--port", "0"]), "Listening on 127.0.0.1:")?
            }
            Engine::WebKit => driver.webkit()?,
        };
        driver.url = format!("http://127.0.0.1:{port}");
        Ok(driver)
    }

    /// Starts a program and gives what it writes after `before`, up to the end of the line or a full stop.
    fn told(&mut self, command: &mut Command, before: &str) -> Result<String> {
        let program = command.get_program().to_string_lossy().into_owned();
        let mut process = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .with_context(|| format!("cannot start {program}"))?;
        let stdout = process.stdout.take().context("a program without output")?;
        self.processes.push(process);
        let mut lines = BufReader::new(stdout).lines();
        let told = loop {
            let Some(line) = lines.next().transpose()? else { bail!("{program} ended without a word") };
            if let Some((_, told)) = line.split_once(before) {
                break told.trim_end_matches('.').to_string();
            }
        };
        // It must be able to go on writing.
        std::thread::spawn(move || lines.for_each(drop));
        Ok(told)
    }

    /// WebKit's driver does not choose a port, and its browser needs a screen.
    fn webkit(&mut self) -> Result<String> {
        let mut screen = Command::new(variable("SHRINKAGE_LAB_XVFB")?);
        screen.args(["-displayfd", "1", "-screen", "0", "2000x1600x24", "-nolisten", "tcp"]);
        let display = self.told(&mut screen, "")?;
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
        let driver = Command::new(variable("SHRINKAGE_LAB_WEBKITDRIVER")?)
            .arg(format!("--port={port}"))
            .env("DISPLAY", format!(":{display}"))
            // Its sandbox needs rights that a container does not give.
            .env("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", "1")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .context("cannot start WebKit's driver")?;
        self.processes.push(driver);
        let start = Instant::now();
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
            if start.elapsed() > WAIT_LIMIT {
                bail!("WebKit's driver does not listen");
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        Ok(port.to_string())
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        for process in self.processes.iter_mut().rev() {
            // It may have ended by itself.
            let _ = process.kill();
            let _ = process.wait();
        }
    }
}

/// What a session asks for: the browser, its flags, its console.
///
/// - `more_flags`: for Chromium, besides the usual ones.
pub(crate) fn capabilities(
    engine: Engine,
    (width, height): (u32, u32),
    more_flags: &[String],
) -> Result<serde_json::Map<String, Value>> {
    let capabilities = match engine {
        Engine::Chromium => {
            let mut flags: Vec<String> = FLAGS.iter().map(|flag| (*flag).to_string()).collect();
            flags.push(format!("--window-size={width},{height}"));
            flags.extend_from_slice(more_flags);
            json!({
                "browserName": "chrome",
                "goog:chromeOptions": { "binary": variable("SHRINKAGE_LAB_CHROMIUM")?, "args": flags },
                "goog:loggingPrefs": { "browser": "ALL" },
            })
        }
        Engine::Firefox => json!({
            "browserName": "firefox",
            "moz:firefoxOptions": {
                "binary": variable("SHRINKAGE_LAB_FIREFOX")?,
                "args": ["-headless", format!("--width={width}"), format!("--height={height}")],
            },
        }),
        Engine::WebKit => json!({
            "browserName": "MiniBrowser",
            "webkitgtk:browserOptions": { "binary": variable("SHRINKAGE_LAB_WEBKIT")?, "args": ["--automation"] },
        }),
    };
    capabilities.as_object().cloned().context("capabilities are an object")
}

/// A variable that `cargo xtask test` sets.
pub(crate) fn variable(name: &str) -> Result<String> {
    std::env::var(name)
        .with_context(|| format!("{name} is not set: run the browser tests by `cargo xtask test`"))
}

/// A POST to an address of the session that only Chromium's driver knows.
#[derive(Debug)]
pub(crate) struct ChromiumCommand {
    path: &'static str,
    body: Value,
}

impl ChromiumCommand {
    /// Everything written to the console since the last call.
    pub(crate) fn console() -> Self {
        Self { path: "se/log", body: json!({ "type": "browser" }) }
    }

    /// A command of the DevTools protocol.
    pub(crate) fn dev_tools(name: &str, params: Value) -> Self {
        Self { path: "goog/cdp/execute", body: json!({ "cmd": name, "params": params }) }
    }
}

impl WebDriverCompatibleCommand for ChromiumCommand {
    fn endpoint(&self, base_url: &url::Url, session_id: Option<&str>) -> Result<url::Url, url::ParseError> {
        base_url.join(&format!("session/{}/{}", session_id.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(self.body.to_string()))
    }
}
