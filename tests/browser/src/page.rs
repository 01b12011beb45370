//! A page in a browser, and what can be asked of it.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use fantoccini::elements::Element;
use fantoccini::wd::TimeoutConfiguration;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

use crate::driver::{ChromiumCommand, Driver, Engine, capabilities, variable};

/// How long anything is waited for: long enough for a busy machine of two cores.
pub const WAIT_LIMIT: Duration = Duration::from_secs(30);
const WAIT_PAUSE: Duration = Duration::from_millis(25);

/// The page in a browser of its own, with no memory of other tests.
pub struct Page {
    /// Everything that WebDriver can do.
    pub client: Client,
    engine: Engine,
    /// Held so that the driver outlives the session.
    _driver: Driver,
}

impl Page {
    /// The page at `link`, once its document is loaded; see [`on_page`](crate::on_page).
    ///
    /// # Errors
    /// If a variable of `cargo xtask test` is missing, or driver, browser or page do not answer.
    pub async fn open(link: &str) -> Result<Self> {
        Self::open_in(Engine::Chromium, link).await
    }

    /// The page at `link` in another browser.
    ///
    /// # Errors
    /// As [`open`](Self::open).
    pub async fn open_in(engine: Engine, link: &str) -> Result<Self> {
        Self::open_with(engine, link, &[]).await
    }

    /// The page at `link` in a Chromium that writes all its requests to `log` (see [`asked_by`](crate::asked_by)).
    ///
    /// # Errors
    /// As [`open`](Self::open).
    pub async fn open_logged(log: &Path, link: &str) -> Result<Self> {
        Self::open_with(Engine::Chromium, link, &[format!("--log-net-log={}", log.display())]).await
    }

    async fn open_with(engine: Engine, link: &str, flags: &[String]) -> Result<Self> {
        let url = variable("SHRINKAGE_LAB_URL")?;
        let driver = Driver::start(engine)?;
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities(engine, crate::WINDOW, flags)?)
            .connect(&driver.url)
            .await
            .with_context(|| format!("{engine:?} did not start"))?;
        let page = Self { client, engine, _driver: driver };
        match page.load(&format!("{url}{link}")).await {
            Ok(()) => Ok(page),
            Err(error) => {
                page.close().await;
                Err(error)
            }
        }
    }

    async fn load(&self, url: &str) -> Result<()> {
        let limits = TimeoutConfiguration::new(Some(WAIT_LIMIT), Some(WAIT_LIMIT), None);
        self.client.update_timeouts(limits).await?;
        self.set_size(crate::WINDOW.0, crate::WINDOW.1).await?;
        self.client.goto(url).await.with_context(|| format!("{url} did not load within {WAIT_LIMIT:?}"))
    }

    /// Goes to another link of the page, as typed into the address bar.
    ///
    /// # Errors
    /// If the browser does not answer.
    pub async fn go_to(&self, link: &str) -> Result<()> {
        Ok(self.client.goto(&format!("{}{link}", variable("SHRINKAGE_LAB_URL")?)).await?)
    }

    /// Makes the visible page `width` by `height` CSS pixels, also below the least width of a window; in other
    /// browsers than Chromium the window.
    ///
    /// # Errors
    /// If the browser does not answer.
    pub async fn set_size(&self, width: u32, height: u32) -> Result<()> {
        if self.engine != Engine::Chromium {
            return Ok(self.client.set_window_size(width, height).await?);
        }
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.dev_tools("Emulation.setDeviceMetricsOverride", size).await.map(drop)
    }

    /// Sets what the system prefers: `"light"` or `"dark"`, and less motion or not.
    ///
    /// # Errors
    /// If the browser does not answer.
    pub async fn set_preferences(&self, color_scheme: &str, less_motion: bool) -> Result<()> {
        let motion = if less_motion { "reduce" } else { "no-preference" };
        let features = json!([
            { "name": "prefers-color-scheme", "value": color_scheme },
            { "name": "prefers-reduced-motion", "value": motion },
        ]);
        self.dev_tools("Emulation.setEmulatedMedia", json!({ "features": features })).await.map(drop)
    }

    /// The answer to a command of the DevTools protocol.
    ///
    /// # Errors
    /// If the browser does not answer or does not know the command.
    pub async fn dev_tools(&self, name: &str, params: Value) -> Result<Value> {
        Ok(self.client.issue_cmd(ChromiumCommand::dev_tools(name, params)).await?)
    }

    /// The value of a JavaScript expression.
    ///
    /// # Errors
    /// If the expression throws or the browser does not answer.
    pub async fn eval(&self, expression: &str) -> Result<Value> {
        let script = format!("return ({expression});");
        self.client.execute(&script, Vec::new()).await.with_context(|| format!("evaluating `{expression}`"))
    }

    /// The first element that fits a CSS selector, once there is one.
    ///
    /// # Errors
    /// If there is none within [`WAIT_LIMIT`].
    pub async fn wait_for(&self, selector: &str) -> Result<Element> {
        let found = self
            .client
            .wait()
            .at_most(WAIT_LIMIT)
            .every(WAIT_PAUSE)
            .for_element(Locator::Css(selector))
            .await;
        found.with_context(|| format!("no `{selector}` within {WAIT_LIMIT:?}"))
    }

    /// The value of a JavaScript expression, once it is true (in JavaScript's sense).
    ///
    /// # Errors
    /// If it throws, or is still false after [`WAIT_LIMIT`]; the message has its last value.
    pub async fn wait_until(&self, expression: &str) -> Result<Value> {
        let start = Instant::now();
        loop {
            let value = self.eval(expression).await?;
            let is_false = match &value {
                Value::Null | Value::Bool(false) => true,
                Value::Number(number) => number.as_f64() == Some(0.0),
                Value::String(text) => text.is_empty(),
                _ => false,
            };
            if !is_false {
                return Ok(value);
            }
            if start.elapsed() > WAIT_LIMIT {
                bail!("`{expression}` is still {value} after {WAIT_LIMIT:?}");
            }
            tokio::time::sleep(WAIT_PAUSE).await;
        }
    }

    /// The visible text of the first element that fits a CSS selector, once there is one.
    ///
    /// # Errors
    /// If there is none within [`WAIT_LIMIT`].
    pub async fn text(&self, selector: &str) -> Result<String> {
        Ok(self.wait_for(selector).await?.text().await?)
    }

    /// A picture of the visible page, as PNG, once fonts are loaded and two pictures in a row are equal.
    ///
    /// # Errors
    /// If the page still changes after [`WAIT_LIMIT`].
    pub async fn picture_at_rest(&self) -> Result<Vec<u8>> {
        self.wait_until("document.fonts.status === 'loaded'").await?;
        let start = Instant::now();
        let mut last = self.client.screenshot().await?;
        loop {
            tokio::time::sleep(Duration::from_secs(1)).await;
            let next = self.client.screenshot().await?;
            if next == last {
                return Ok(next);
            }
            if start.elapsed() > WAIT_LIMIT {
                bail!("the page still changes after {WAIT_LIMIT:?}");
            }
            last = next;
        }
    }

    /// What the page reports to its reader as gone wrong: the text of every `role="alert"`.
    ///
    /// The faults of workers never reach the console of the page; they show only here.
    ///
    /// # Errors
    /// If the browser does not answer.
    pub async fn alerts(&self) -> Result<Vec<String>> {
        let texts =
            self.eval("[...document.querySelectorAll('[role=alert]')].map((e) => e.textContent)").await?;
        Ok(serde_json::from_value(texts)?)
    }

    /// Lines written to the console since the last call, with their level; none from other browsers than
    /// Chromium, whose drivers do not tell.
    ///
    /// # Errors
    /// If the browser does not answer.
    pub async fn take_console(&self) -> Result<Vec<String>> {
        if self.engine != Engine::Chromium {
            return Ok(Vec::new());
        }
        let entries = self.client.issue_cmd(ChromiumCommand::console()).await?;
        let line = |entry: &Value| {
            let text = |key: &str| entry[key].as_str().unwrap_or_default().to_string();
            format!("{} {}", text("level"), text("message"))
        };
        Ok(entries.as_array().context("a console is a list")?.iter().map(line).collect())
    }

    /// Those lines of [`take_console`](Self::take_console) that are errors; the others are lost.
    ///
    /// # Errors
    /// If the browser does not answer.
    pub async fn take_console_errors(&self) -> Result<Vec<String>> {
        let lines = self.take_console().await?;
        Ok(lines.into_iter().filter(|line| line.starts_with("SEVERE ")).collect())
    }

    /// Ends the browser.
    pub async fn close(self) {
        // The driver ends next and takes the browser with it.
        let _ = self.client.close().await;
    }
}
