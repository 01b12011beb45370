//! The driver's process, and the commands that only Chromium's driver has.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, bail};
use fantoccini::wd::WebDriverCompatibleCommand;
use serde_json::{Value, json};

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

/// A running chromedriver; ends with this value.
pub(crate) struct Driver {
    process: Child,
    pub(crate) url: String,
}

impl Driver {
    /// Starts the driver on a port that it picks itself.
    pub(crate) fn start() -> Result<Self> {
        let program = variable("SHRINKAGE_LAB_CHROMEDRIVER")?;
        let mut process = Command::new(&program)
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .with_context(|| format!("cannot start {program}"))?;
        let stdout = process.stdout.take().context("chromedriver has no output")?;
        let mut driver = Self { process, url: String::new() };
        let mut lines = BufReader::new(stdout).lines();
        let port = loop {
            let Some(line) = lines.next().transpose()? else {
                bail!("chromedriver ended without naming its port")
            };
            if let Some((_, port)) = line.split_once("started successfully on port ") {
                break port.trim_end_matches('.').to_string();
            }
        };
        // It must be able to go on writing.
        std::thread::spawn(move || lines.for_each(drop));
        driver.url = format!("http://127.0.0.1:{port}");
        Ok(driver)
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// What a session asks for: the browser, its flags, its console.
pub(crate) fn capabilities((width, height): (u32, u32)) -> Result<serde_json::Map<String, Value>> {
    let mut flags: Vec<String> = FLAGS.iter().map(|flag| (*flag).to_string()).collect();
    flags.push(format!("--window-size={width},{height}"));
    let capabilities = json!({
        "browserName": "chrome",
        "goog:chromeOptions": { "binary": variable("SHRINKAGE_LAB_CHROMIUM")?, "args": flags },
        "goog:loggingPrefs": { "browser": "ALL" },
    });
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
