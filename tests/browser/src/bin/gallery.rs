//! Takes pictures of every lab and chapter in all sizes and both themes, and writes a page that shows them all:
//! what `cargo xtask gallery` runs.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use browser_tests::{Page, WAIT_LIMIT};
use labs::LABS;
use labs::lecture::CHAPTERS;
use serde_json::json;

/// Windows in CSS pixels: a phone, a laptop, a projector.
const SIZES: [(u32, u32); 3] = [(390, 844), (1440, 900), (1920, 1080)];
const PROJECTOR: [(u32, u32); 1] = [(1920, 1080)];
const THEMES: [&str; 2] = ["light", "dark"];
/// Longest page that is taken whole, CSS pixels.
const LONGEST: f64 = 6000.0;
/// What a change of size or theme takes to be drawn.
const REDRAW: Duration = Duration::from_millis(700);

/// Something that is photographed.
struct Subject {
    /// Start of its files' names.
    name: String,
    title: String,
    link: String,
    sizes: &'static [(u32, u32)],
}

/// Every lab of the registry, every chapter, and the first step of every chapter on a projector.
fn subjects() -> Vec<Subject> {
    let labs = LABS.iter().map(|lab| {
        let meta = lab.meta();
        let link = format!("#/{}", meta.name.slug);
        Subject {
            name: format!("lab-{}", meta.name.slug),
            title: meta.name.title.to_owned(),
            link,
            sizes: &SIZES,
        }
    });
    let chapters = CHAPTERS.iter().enumerate().map(|(index, chapter)| {
        let number = index + 1;
        Subject {
            name: format!("chapter-{number:02}"),
            title: format!("{number} {}", chapter.title),
            link: format!("#/lecture/{number}"),
            sizes: &SIZES,
        }
    });
    let projector = CHAPTERS.iter().enumerate().map(|(index, chapter)| {
        let number = index + 1;
        Subject {
            name: format!("present-{number:02}"),
            title: format!("{number} {} (projector)", chapter.title),
            link: format!("#/lecture/{number}?present=1"),
            sizes: &PROJECTOR,
        }
    });
    labs.chain(chapters).chain(projector).collect()
}

/// One picture.
struct Shot {
    file: String,
    size: (u32, u32),
    theme: &'static str,
}

fn main() -> Result<()> {
    let folder = PathBuf::from(std::env::args_os().nth(1).context("which folder?")?);
    let wanted = std::env::args().nth(2).unwrap_or_default();
    fs::create_dir_all(&folder)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let subjects: Vec<Subject> =
        subjects().into_iter().filter(|subject| subject.name.contains(&wanted)).collect();
    if subjects.is_empty() {
        bail!("no lab or chapter is called `{wanted}`");
    }
    let shots = runtime.block_on(async {
        let page = Page::open("").await?;
        let shots = shoot_all(&page, &subjects, &folder).await;
        page.close().await;
        shots
    })?;
    fs::write(folder.join("index.html"), index(&subjects, &shots)?)?;
    let count: usize = shots.iter().map(Vec::len).sum();
    println!("{count} pictures of {} pages: {}", subjects.len(), folder.join("index.html").display());
    Ok(())
}

async fn shoot_all(page: &Page, subjects: &[Subject], folder: &Path) -> Result<Vec<Vec<Shot>>> {
    let mut all = Vec::new();
    for subject in subjects {
        let shots = shoot(page, subject, folder).await.with_context(|| subject.link.clone())?;
        println!("{}: {}", subject.link, shots.len());
        all.push(shots);
    }
    Ok(all)
}

async fn shoot(page: &Page, subject: &Subject, folder: &Path) -> Result<Vec<Shot>> {
    let mut shots = Vec::new();
    for (index, size) in subject.sizes.iter().enumerate() {
        page.set_size(size.0, size.1).await?;
        if index == 0 {
            page.reload_at(&subject.link).await?;
            page.wait_until("document.querySelector('main[data-state=settled]')").await?;
            page.wait_until("document.fonts.status === 'loaded'").await?;
            tokio::time::sleep(REDRAW).await;
        }
        for theme in THEMES {
            page.set_preferences(theme, false).await?;
            page.wait_until(&format!("document.documentElement.dataset.theme === '{theme}'")).await?;
            tokio::time::sleep(REDRAW).await;
            let file = format!("{}_{}x{}_{theme}.png", subject.name, size.0, size.1);
            fs::write(folder.join(&file), whole_page(page, *size).await?)?;
            shots.push(Shot { file, size: *size, theme });
        }
    }
    if let [error, ..] = page.take_console_errors().await?.as_slice() {
        bail!("the page wrote to the console: {error}");
    }
    Ok(shots)
}

/// The page from top to bottom, as PNG.
async fn whole_page(page: &Page, (width, height): (u32, u32)) -> Result<Vec<u8>> {
    page.eval("scrollTo(0, 0)").await?;
    let whole = page.eval("document.scrollingElement.scrollHeight").await?.as_f64().context("a height")?;
    let clip = json!({ "x": 0, "y": 0, "width": width, "height": whole.clamp(f64::from(height), LONGEST), "scale": 1 });
    let options = json!({ "format": "png", "captureBeyondViewport": true, "clip": clip });
    let picture = page.dev_tools("Page.captureScreenshot", options);
    let picture = tokio::time::timeout(WAIT_LIMIT, picture).await.context("no picture in time")??;
    Ok(BASE64_STANDARD.decode(picture["data"].as_str().context("a picture is text")?)?)
}

/// A page that opens from disk: all pictures, and which sizes and themes are shown.
fn index(subjects: &[Subject], shots: &[Vec<Shot>]) -> Result<String> {
    let mut html = String::from(HEAD);
    for (width, height) in SIZES {
        writeln!(
            html,
            "<style>body:has(#w{width}:not(:checked)) .w{width} {{ display: none }} .w{width} img {{ aspect-ratio: {width} / {height} }}</style>\
             <label><input type=checkbox id=w{width} checked> {width} × {height}</label>"
        )?;
    }
    for theme in THEMES {
        writeln!(
            html,
            "<style>body:has(#{theme}:not(:checked)) .{theme} {{ display: none }}</style>\
             <label><input type=checkbox id={theme} checked> {theme}</label>"
        )?;
    }
    writeln!(html, "</header>")?;
    for (subject, shots) in subjects.iter().zip(shots) {
        writeln!(
            html,
            "<section><h2>{} <code>{}</code></h2><div>",
            escaped(&subject.title),
            escaped(&subject.link)
        )?;
        for Shot { file, size: (width, height), theme } in shots {
            writeln!(
                html,
                "<figure class='w{width} {theme}'><a href='{file}'><img loading=lazy alt='' src='{file}'></a><figcaption>{width} × {height}, {theme}</figcaption></figure>"
            )?;
        }
        writeln!(html, "</div></section>")?;
    }
    Ok(html)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// Pictures are shown from their top on, as large as the window was; a click opens the whole page.
const HEAD: &str = "<!doctype html><html lang=en><meta charset=utf-8><title>Gallery</title>
<style>
body { margin: 0; font: 14px/1.4 system-ui, sans-serif; background: #888; color: #fff }
header { position: sticky; top: 0; display: flex; gap: 20px; padding: 10px 16px; background: #333; z-index: 1 }
header b { margin-right: 20px }
section { padding: 0 16px 16px } h2 { font-size: 16px; margin: 14px 0 8px } h2 code { font-weight: 400; opacity: .8 }
section > div { display: flex; flex-wrap: wrap; gap: 14px; align-items: flex-start }
figure { margin: 0 } img { display: block; height: 420px; object-fit: cover; object-position: top; background: #aaa }
figcaption { opacity: .8; font-size: 12px }
</style>
<header><b>Gallery</b>
";
