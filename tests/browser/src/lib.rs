//! Drives the built page in headless Chromium, and where engines could differ in Firefox and WebKit too.
//!
//! `cargo xtask test` serves `dist/` under a sub-path and says by variables where the page, the browsers and
//! their drivers are. Without them a test fails; it never skips itself. Tests of a browser that a machine does
//! not have are left out by `cargo xtask test`, which says so and counts them.
//!
//! A test is one function:
//!
//! ```no_run
//! # use browser_tests::on_page;
//! #[test]
//! fn the_page_has_a_title() {
//!     on_page("", async |page| {
//!         assert!(page.client.title().await?.contains("Shrinkage Lab"));
//!         Ok(())
//!     });
//! }
//! # fn main() {}
//! ```

mod draws;
mod driver;
mod host;
mod lab;
mod net_log;
mod page;

pub use draws::native_draws;
pub use driver::Engine;
pub use host::Host;
pub use lab::{Picture, Pictures, Table};
pub use net_log::asked_by;
pub use page::{Page, WAIT_LIMIT};

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use anyhow::{Context, Result, bail};

/// Width and height of the window that a test starts with, CSS pixels.
pub const WINDOW: (u32, u32) = (1440, 900);

/// The folder of the built page.
///
/// # Errors
/// If `cargo xtask test` does not say where it is.
pub fn built_page() -> Result<PathBuf> {
    driver::variable("SHRINKAGE_LAB_DIST").map(PathBuf::from)
}

/// The built page as one file.
///
/// # Errors
/// If `cargo xtask test` does not say where it is.
pub fn single_file() -> Result<PathBuf> {
    driver::variable("SHRINKAGE_LAB_SINGLE_FILE").map(PathBuf::from)
}

/// One browser at a time: two would slow each other down.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// Opens the page at `link` (what follows the address of the page: `""`, `"#/regions?seed=7"`) in a fresh
/// browser of [`WINDOW`] size and gives it to `test`.
///
/// # Panics
/// If there is no page or browser, if `test` panics or returns an error, or if the page wrote an error to the
/// console. The screenshot and the console of a failed test are left in `target/browser-failures`.
pub fn on_page(link: &str, test: impl AsyncFnOnce(&Page) -> Result<()>) {
    on_page_in(Engine::Chromium, link, test);
}

/// As [`on_page`], in another browser; one that has no console to read is only asked what the page says.
///
/// # Panics
/// As [`on_page`].
pub fn on_page_in(engine: Engine, link: &str, test: impl AsyncFnOnce(&Page) -> Result<()>) {
    let _turn = ONE_AT_A_TIME.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime can start");
    let page = runtime.block_on(Page::open_in(engine, link)).unwrap_or_else(|error| panic!("{error:#}"));
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        runtime.block_on(async {
            test(&page).await?;
            match page.take_console_errors().await? {
                errors if errors.is_empty() => Ok(()),
                errors => bail!("the page wrote errors to the console:\n{}", errors.join("\n")),
            }
        })
    }));
    if !matches!(outcome, Ok(Ok(()))) {
        runtime.block_on(leave_evidence(&page));
    }
    runtime.block_on(page.close());
    match outcome {
        Ok(Ok(())) => {}
        Ok(Err(error)) => panic!("{error:#}"),
        Err(panic) => resume_unwind(panic),
    }
}

/// Takes a picture of the page at `link`, once two pictures in a row are equal, and writes it as PNG.
///
/// - `size`: width and height in CSS pixels.
/// - `script`: a statement that prepares the page once it has a picture; may be empty.
///
/// # Errors
/// If there is no page or browser, if the page writes an error to the console, reports a fault, has no picture, or does not
/// come to rest within [`WAIT_LIMIT`], or if the file cannot be written.
pub fn take_picture(link: &str, size: (u32, u32), script: &str, file: &Path) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let page = Page::open(link).await?;
        let picture = async {
            page.set_size(size.0, size.1).await?;
            page.wait_for("canvas").await?;
            page.client.execute(script, Vec::new()).await?;
            let picture = page.picture_at_rest().await?;
            if let [alert, ..] = page.alerts().await?.as_slice() {
                bail!("the page reports: {alert}");
            }
            match page.take_console_errors().await? {
                errors if errors.is_empty() => Ok(picture),
                errors => bail!("the page wrote errors to the console:\n{}", errors.join("\n")),
            }
        }
        .await;
        page.close().await;
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(file, picture?).with_context(|| format!("cannot write {}", file.display()))
    })
}

async fn leave_evidence(page: &Page) {
    let target = std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target"), Into::into);
    let folder = target.join("browser-failures");
    let name = std::thread::current().name().unwrap_or("test").replace("::", "-");
    let _ = std::fs::create_dir_all(&folder);
    if let Ok(picture) = page.client.screenshot().await {
        let file = folder.join(format!("{name}.png"));
        if std::fs::write(&file, picture).is_ok() {
            eprintln!("screenshot: {}", file.display());
        }
    }
    for line in page.take_console().await.unwrap_or_default() {
        eprintln!("console: {line}");
    }
}
