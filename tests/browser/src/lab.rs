//! What a lab shows, and what a reader does with it.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use fantoccini::Locator;
use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::key::Key;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::Page;

/// How long a page must hold still to count as settled: words follow a picture after 400 ms.
const STILL: Duration = Duration::from_millis(700);
/// How long anything is waited for: a watched run takes ten seconds, a dead worker is noticed after eight.
const SETTLE_LIMIT: Duration = Duration::from_secs(60);

/// One picture, as pixels and in words.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Picture {
    /// The text alternative.
    pub words: String,
    /// A digest of the pixels.
    pub pixels: u32,
    /// Share of the pixels that differ from the corner's: 0 on an empty canvas.
    pub ink: f64,
}

/// The pictures of a lab by the names of their panels.
pub type Pictures = BTreeMap<String, Picture>;

/// The values of a panel, line by line, names of the columns first.
pub type Table = Vec<Vec<String>>;

/// What must hold still: state, words, numbers of the sampler, messages. Empty while something is missing.
const LOOK: &str = r"(() => {
    const main = document.querySelector('main[data-state]');
    if (!main) return '';
    const canvases = [...document.querySelectorAll('canvas[data-panel]')];
    const words = canvases.map((canvas) => canvas.getAttribute('aria-label'));
    const sampler = document.querySelector('.sampler');
    // A lab that waits for data has cards and no picture.
    const isWhole = document.querySelector('section.card') && words.every(Boolean) && canvases.every((canvas) => canvas.dataset.drawn)
        && (!sampler || sampler.querySelector('.verdict'));
    if (main.dataset.state === 'failed') return 'failed';
    if (main.dataset.state !== 'settled' || !isWhole) return '';
    const notices = [...document.querySelectorAll('.notice')].map((notice) => notice.textContent);
    return JSON.stringify([main.dataset.run, words, sampler && sampler.textContent, notices, location.hash]);
})()";

const PICTURES: &str = r"(() => {
    const pictures = {};
    for (const canvas of document.querySelectorAll('canvas[data-panel]')) {
        const image = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
        const pixels = new Uint32Array(image.data.buffer);
        let digest = 0x811c9dc5, ink = 0;
        for (const pixel of pixels) {
            digest = Math.imul(digest ^ pixel, 0x01000193);
            if (pixel !== pixels[0]) ink += 1;
        }
        pictures[canvas.dataset.panel] =
            { words: canvas.getAttribute('aria-label') || '', pixels: digest >>> 0, ink: ink / pixels.length };
    }
    return pictures;
})()";

const TABLES: &str = r"(() => {
    const tables = {};
    for (const card of document.querySelectorAll('section[id^=card-]')) {
        const rows = [...card.querySelectorAll('.values tr')];
        if (rows.length) {
            tables[card.id.slice('card-'.length)] =
                rows.map((row) => [...row.children].map((cell) => cell.textContent));
        }
    }
    return tables;
})()";

const TROUBLE: &str = r"(() => {
    const words = [...document.querySelectorAll('[aria-label], [aria-valuetext]')]
        .map((e) => `${e.getAttribute('aria-label')} ${e.getAttribute('aria-valuetext') || ''}`);
    const text = [document.body.innerText, ...words].join('\n');
    return text.match(/.{0,40}\b(NaN|undefined|Infinity|inf|null panic|panicked)\b.{0,40}/g) || [];
})()";

impl Page {
    /// Waits until the run is done, diagnosed and put into words, and nothing has moved for a while.
    ///
    /// # Errors
    /// If the page reports a failure, or does not come to rest within a minute.
    pub async fn settle(&self) -> Result<()> {
        let start = Instant::now();
        let mut last = (Value::Null, Instant::now());
        loop {
            let look = self.eval(LOOK).await?;
            if look == "failed" {
                bail!("the page reports: {}", self.alerts().await?.join(" "));
            }
            if look != last.0 {
                last = (look, Instant::now());
            } else if look != "" && last.1.elapsed() > STILL {
                return Ok(());
            }
            if start.elapsed() > SETTLE_LIMIT {
                bail!("the page is not at rest after {SETTLE_LIMIT:?}; last seen: {}", last.0);
            }
            tokio::time::sleep(Duration::from_millis(40)).await;
        }
    }

    /// All pictures, as they are now.
    ///
    /// # Errors
    /// If the browser does not answer.
    pub async fn pictures(&self) -> Result<Pictures> {
        Ok(serde_json::from_value(self.eval(PICTURES).await?)?)
    }

    /// The text alternative of one picture, as it is now.
    ///
    /// # Errors
    /// If there is no such picture.
    pub async fn words(&self, panel: &str) -> Result<String> {
        let picture = self.pictures().await?.remove(panel);
        Ok(picture.with_context(|| format!("there is no picture {panel}"))?.words)
    }

    /// The values of all panels that have some, by the names of the panels. Opens their tables.
    ///
    /// # Errors
    /// If the browser does not answer.
    pub async fn tables(&self) -> Result<BTreeMap<String, Table>> {
        self.eval(
            "document.querySelectorAll('.take-away button[aria-expanded=false]').forEach((button) => button.click())",
        )
        .await?;
        self.wait_until("!document.querySelector('.take-away button[aria-expanded=false]')").await?;
        Ok(serde_json::from_value(self.eval(TABLES).await?)?)
    }

    /// Words on the page that only a fault can write, such as "NaN"; each with its surroundings.
    ///
    /// # Errors
    /// If the browser does not answer.
    pub async fn nonsense(&self) -> Result<Vec<String>> {
        Ok(serde_json::from_value(self.eval(TROUBLE).await?)?)
    }

    /// The sentences beside controls and at the top of the page.
    ///
    /// # Errors
    /// If the browser does not answer.
    pub async fn notices(&self) -> Result<Vec<String>> {
        let texts =
            self.eval("[...document.querySelectorAll('.notice span')].map((e) => e.textContent)").await?;
        Ok(serde_json::from_value(texts)?)
    }

    /// The address from `#` on.
    ///
    /// # Errors
    /// If the browser does not answer.
    pub async fn link(&self) -> Result<String> {
        Ok(self.eval("location.hash").await?.as_str().unwrap_or_default().to_string())
    }

    /// Loads the page anew at another link, as in a new tab.
    ///
    /// # Errors
    /// If the browser does not answer.
    pub async fn reload_at(&self, link: &str) -> Result<()> {
        self.client.goto("about:blank").await?;
        self.go_to(link).await
    }

    /// Clicks the first element that fits a CSS selector, by script: nothing needs to be in sight.
    ///
    /// # Errors
    /// If there is none.
    pub async fn click(&self, selector: &str) -> Result<()> {
        self.wait_for(selector).await?;
        self.eval(&format!("document.querySelector({}).click()", Value::from(selector))).await.map(drop)
    }

    /// Clicks the first button below `within` whose text is `text`.
    ///
    /// # Errors
    /// If there is none within the time limit.
    pub async fn press(&self, within: &str, text: &str) -> Result<()> {
        let button = format!(
            "[...document.querySelectorAll({} + ' button')].find((e) => e.textContent.trim() === {})",
            Value::from(within),
            Value::from(text)
        );
        self.wait_until(&format!("Boolean({button})")).await?;
        self.eval(&format!("{button}.click()")).await.map(drop)
    }

    /// Opens every part of the page that is folded away.
    ///
    /// # Errors
    /// If the browser does not answer.
    pub async fn unfold(&self) -> Result<()> {
        self.eval("document.querySelectorAll('.controls details:not(.menu)').forEach((e) => e.open = true)")
            .await
            .map(drop)
    }

    /// Types into the first field that fits a CSS selector, in place of what is there, and presses Enter.
    ///
    /// # Errors
    /// If there is none, or it cannot be typed into.
    pub async fn type_into(&self, selector: &str, text: &str) -> Result<()> {
        self.wait_for(selector).await?;
        let selector_text = Value::from(selector);
        self.eval(&format!(
            "(() => {{ const field = document.querySelector({selector_text}); field.focus(); field.select(); }})()"
        ))
        .await?;
        let field = self.client.find(Locator::Css(selector)).await?;
        // U+E017 is Delete: the selected text goes, also where nothing follows.
        field.send_keys(&format!("\u{e017}{text}\u{e007}")).await?;
        Ok(())
    }

    /// Puts a slider at `position`, as one event of a drag does.
    ///
    /// # Errors
    /// If there is no such slider.
    pub async fn slide(&self, selector: &str, position: u32) -> Result<()> {
        self.wait_for(selector).await?;
        let selector = Value::from(selector);
        self.eval(&format!(
            "(() => {{ const slider = document.querySelector({selector}); slider.value = {position};
               slider.dispatchEvent(new Event('input', {{ bubbles: true }})); }})()"
        ))
        .await
        .map(drop)
    }

    /// Presses and releases a key, wherever the focus is.
    ///
    /// # Errors
    /// If the browser does not answer.
    pub async fn key(&self, key: Key) -> Result<()> {
        let value = char::from(key);
        let press = KeyActions::new("keyboard".to_string())
            .then(KeyAction::Down { value })
            .then(KeyAction::Up { value });
        Ok(self.client.perform_actions(press).await?)
    }

    /// Loads the page anew at a link, with a script that runs before all others there.
    ///
    /// # Errors
    /// If the browser does not answer.
    pub async fn reload_with(&self, script: &str, link: &str) -> Result<()> {
        self.dev_tools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": script })).await?;
        self.reload_at(link).await
    }
}
