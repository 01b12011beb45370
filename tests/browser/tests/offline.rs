//! The page kept by the browser: without a network, and when its host has a newer build.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use base64::Engine as _;
use browser_tests::{Engine, Host, Page, built_page, on_page, on_page_in};
use serde_json::json;
use sha2::{Digest, Sha256};
use tempfile::TempDir;

const LINK: &str = "#/regions?repeats=100&seed=7";

/// Whether the service worker is at work; the answer to one question is there at the next.
const IS_KEPT: &str = "(navigator.serviceWorker.getRegistration().then((all) => { window.isKept = all?.active?.state === 'activated'; }), window.isKept)";
const IS_NEWER: &str = "Boolean(document.querySelector('meta[name=newer]'))";

/// Opens `address` as in a new tab and waits until its run is done.
async fn open(page: &Page, address: &str) -> Result<()> {
    page.client.goto("about:blank").await?;
    page.client.goto(address).await?;
    page.settle().await
}

/// Opens the page of `host` for the first time and stays until it is kept.
async fn visit(page: &Page, host: &Host) -> Result<()> {
    open(page, &format!("{}{LINK}", host.url)).await?;
    page.wait_until(IS_KEPT).await.map(drop)
}

async fn is_there(page: &Page, selector: &str) -> Result<bool> {
    Ok(page.eval(&format!("Boolean(document.querySelector('{selector}'))")).await? == json!(true))
}

/// The build in another folder, with a page that says that it is newer.
fn newer_build() -> Result<TempDir> {
    let (from, folder) = (built_page()?, TempDir::new()?);
    copy_all(&from, folder.path())?;
    let integrity = |text: &str| base64::engine::general_purpose::STANDARD.encode(Sha256::digest(text));
    let old = fs::read_to_string(from.join("index.html"))?;
    let new = old.replacen("<meta charset=\"utf-8\">", "<meta charset=\"utf-8\"><meta name=\"newer\">", 1);
    let worker = fs::read_to_string(from.join("sw.js"))?;
    assert!(new != old && worker.contains(&integrity(&old)), "the list names this page");
    fs::write(folder.path().join("index.html"), &new)?;
    let build = "const BUILD = \"";
    let worker =
        worker.replace(&integrity(&old), &integrity(&new)).replace(build, &format!("{build}newer than "));
    fs::write(folder.path().join("sw.js"), worker)?;
    Ok(folder)
}

fn copy_all(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let path = entry?.path();
        let target = to.join(path.file_name().context("an entry has a name")?);
        if path.is_dir() {
            copy_all(&path, &target)?;
        } else {
            fs::copy(&path, &target)?;
        }
    }
    Ok(())
}

#[test]
fn it_opens_without_a_network_after_one_visit() {
    opens_without_a_network(Engine::Chromium);
}

#[test]
fn it_opens_without_a_network_after_one_visit_in_firefox() {
    opens_without_a_network(Engine::Firefox);
}

fn opens_without_a_network(engine: Engine) {
    on_page_in(engine, "#/one-prior", async |page| {
        let host = Host::start(&built_page()?)?;
        visit(page, &host).await?;
        let (expected, tables) = (page.pictures().await?, page.tables().await?);
        host.cut_off(true);
        for path in ["", "index.html", "?from=mail"] {
            open(page, &format!("{}{path}{LINK}", host.url)).await?;
            assert_eq!(page.pictures().await?, expected, "{path}");
            assert_eq!(page.alerts().await?, Vec::<String>::new(), "{path}");
        }
        assert_eq!(page.tables().await?, tables);
        page.slide("#control-sd_mu", 30).await?;
        page.wait_until("location.hash.includes('sd_mu=')").await?;
        page.settle().await?;
        assert_ne!(page.pictures().await?, expected, "the slider moves the pictures");
        assert!(page.text(".verdict").await?.starts_with("Four chains agree"));
        page.press("header", "Share").await?;
        page.wait_until("document.querySelector('#share')?.textContent.includes('without a network')")
            .await?;
        assert_eq!(page.take_console_errors().await?, Vec::<String>::new());

        // Nothing else is kept, and the network is really cut.
        let addresses = "(caches.keys().then(async (names) => { const caught = await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).map((request) => request.url)));
            window.found = { names, addresses: caught.flat() }; }), window.found)";
        let found = page.wait_until(addresses).await?;
        assert_eq!(found["names"].as_array().map(Vec::len), Some(1), "{found}");
        let addresses = found["addresses"].as_array().context("a list")?;
        assert!(addresses.len() > 10, "{found}");
        assert!(
            addresses
                .iter()
                .all(|address| address.as_str().is_some_and(|address| address.starts_with(&host.url))),
            "{found}"
        );
        page.eval("fetch('fonts/OFL-Inter.txt').then(() => { window.answer = 'there'; }, () => { window.answer = 'gone'; })").await?;
        assert_eq!(page.wait_until("window.answer").await?, "gone");
        // The browser reports that itself.
        page.take_console().await.map(drop)
    });
}

#[test]
fn a_newer_build_is_offered_and_never_forced() {
    on_page("#/one-prior", async |page| {
        let host = Host::start(&built_page()?)?;
        visit(page, &host).await?;
        assert!(!is_there(page, ".update").await?);
        let newer = newer_build()?;
        host.carry(newer.path());
        open(page, &format!("{}{LINK}", host.url)).await?;
        page.wait_for(".update").await?;

        // Neither in the middle of a lecture nor in someone else's page, and at once when these are over.
        for quiet in ["#/lecture/7?present=1".to_owned(), format!("{LINK}&embed=on")] {
            page.client.goto(&format!("{}{quiet}", host.url)).await?;
            page.wait_until("!document.querySelector('header.bar')").await?;
            page.settle().await?;
            assert!(!is_there(page, ".update").await?, "{quiet}");
            page.client.goto(&format!("{}{LINK}", host.url)).await?;
            page.wait_for(".update").await?;
        }
        page.click(".update button[aria-label]").await?;
        page.wait_until("!document.querySelector('.update')").await?;

        page.client.refresh().await?;
        page.wait_for(".update").await?;
        assert_eq!(page.eval(IS_NEWER).await?, json!(false), "it is only offered");
        page.settle().await?;
        page.slide("#control-sd_mu", 30).await?;
        page.wait_until("location.hash.includes('sd_mu=')").await?;
        page.settle().await?;
        let link = page.link().await?;
        page.press(".update", "Reload").await?;
        page.wait_until(IS_NEWER).await?;
        page.settle().await?;
        assert_eq!(page.link().await?, link, "the settings stay");
        assert!(!is_there(page, ".update").await?);
        let names = page
            .wait_until("(caches.keys().then((names) => { window.names = names; }), window.names)")
            .await?;
        assert_eq!(names.as_array().map(Vec::len), Some(1), "the old build is gone: {names}");
        Ok(())
    });
}

#[test]
fn a_build_that_is_not_whole_changes_nothing() {
    on_page("#/one-prior", async |page| {
        let host = Host::start(&built_page()?)?;
        visit(page, &host).await?;
        open(page, &format!("{}{LINK}", host.url)).await?;
        let half = newer_build()?;
        fs::write(half.path().join("fonts/math.woff2"), "cut short")?;
        host.carry(half.path());
        page.eval(
            "navigator.serviceWorker.getRegistration().then((all) => {
                 all.addEventListener('updatefound', () => { const it = all.installing; it.addEventListener('statechange', () => { window.outcome = it.state; }); });
                 return all.update(); }).then(() => {}, () => {})",
        )
        .await?;
        assert_eq!(page.wait_until("window.outcome").await?, "redundant");
        assert!(!is_there(page, ".update").await?);
        // The browser says what did not fit.
        page.take_console().await?;
        host.cut_off(true);
        open(page, &format!("{}{LINK}", host.url)).await?;
        assert_eq!(page.eval(IS_NEWER).await?, json!(false));
        assert_eq!(page.alerts().await?, Vec::<String>::new());
        Ok(())
    });
}

#[test]
fn a_page_gets_no_worker_of_another_build() {
    on_page("#/one-prior", async |page| {
        page.settle().await?;
        page.eval("(() => { const worker = new Worker('./boot.js?v=another'); worker.onerror = (event) => { event.preventDefault(); window.refused = event.message; }; })()")
            .await?;
        let said = page.wait_until("window.refused").await?;
        assert!(said.as_str().is_some_and(|said| said.contains("was updated")), "{said}");
        page.take_console().await.map(drop)
    });
}

/// A host without encryption, blocked storage, a browser without service workers: nothing is missed.
#[test]
fn where_nothing_can_be_kept_the_page_works_as_before() {
    // Each stays in force for the next.
    let scripts = [
        "if (window.ServiceWorkerContainer) ServiceWorkerContainer.prototype.register = ServiceWorkerContainer.prototype.getRegistration = () => Promise.reject(new DOMException('no', 'SecurityError'))",
        "Object.defineProperty(Navigator.prototype, 'serviceWorker', { configurable: true, get: () => undefined })",
        "Object.defineProperty(Navigator.prototype, 'serviceWorker', { get: () => { throw new DOMException('no', 'SecurityError'); } })",
    ];
    on_page("#/one-prior", async |page| {
        for script in scripts {
            page.reload_with(script, "#/one-prior").await?;
            page.settle().await?;
            page.press("header", "Share").await?;
            page.wait_for("#share .qr").await?;
            assert!(!page.text("#share").await?.contains("without a network"), "{script}");
            assert_eq!(page.alerts().await?, Vec::<String>::new());
        }
        Ok(())
    });
}
