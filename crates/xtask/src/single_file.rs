//! The page as one HTML file that needs no host: style, fonts, scripts and WASM stand in it.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::digest;
use crate::dist::{FOLDER, list_files};
use crate::html::{attribute, replace_tags, tags};
use crate::step::step;

/// The file, in `dist/`.
pub(crate) const NAME: &str = "shrinkage-lab.html";

const START: &str = include_str!("../../../web/single_file.js");
/// In `web/single_file.js`: what the page's script exports as its start.
const START_PLACE: &str = "__START__";

/// Links to what stands in the file itself, or is of use to a page with an address only.
const NEEDLESS_LINKS: [&str; 6] =
    ["preload", "modulepreload", "manifest", "apple-touch-icon", "canonical", "prefetch"];

/// Writes `dist/shrinkage-lab.html` from the page in `dist/`, and gives its path.
pub(crate) fn build() -> Result<PathBuf> {
    step("Single file", || {
        let text = pack(Path::new(FOLDER))?;
        let path = Path::new(FOLDER).join(NAME);
        fs::write(&path, &text)?;
        println!(
            "    {}: {} bytes, {} if sent compressed",
            path.display(),
            text.len(),
            gzip(text.as_bytes())?.len()
        );
        Ok(path)
    })
}

/// The page in `folder` as one document.
fn pack(folder: &Path) -> Result<String> {
    let mut files = Vec::new();
    list_files(folder, &mut files)?;
    let find = |is_it: &dyn Fn(&str) -> bool, what: &str| {
        let is_it = |path: &&PathBuf| path.file_name().and_then(|name| name.to_str()).is_some_and(is_it);
        files.iter().find(is_it).with_context(|| format!("there is no {what} in {}", folder.display()))
    };
    let is_page = |name: &str| name.starts_with("page-") && name.ends_with("_bg.wasm");
    let page_wasm = find(&is_page, "WASM of the page")?;
    let page_script = page_wasm.to_string_lossy().replace("_bg.wasm", ".js");

    let html = fs::read_to_string(folder.join("index.html"))?;
    let html = replace_tags(&html, "<link ", |tag| link(folder, tag))?;
    let html = replace_tags(&html, "<meta ", |tag| {
        let is_policy = tag.to_ascii_lowercase().contains("content-security-policy");
        Ok(if is_policy { String::new() } else { tag.to_owned() })
    })?;
    let html = scripts(folder, &html)?;
    let html = embed_fonts(folder, &html)?;

    let mut body = String::new();
    let mut put = |name: &str, bytes: &[u8]| -> Result<()> {
        let packed = digest::base64(&gzip(bytes)?);
        body += &format!("<script type=\"text/plain\" id=\"packed-{name}\">{packed}</script>\n");
        Ok(())
    };
    for (name, bytes) in workers(folder, &files)?.into_iter().chain(chunks(&files)?) {
        put(&name, &bytes)?;
    }
    put("page_bg.wasm", &fs::read(page_wasm)?)?;
    let script = fs::read_to_string(&page_script).with_context(|| format!("there is no {page_script}"))?;
    let start = START.replace(START_PLACE, default_export(&script)?);
    body += &format!("<script type=\"module\">\n{}\n{start}</script>\n", for_inline(&script)?);
    let (before, after) = html.rsplit_once("</body>").context("index.html has no </body>")?;
    let html = format!("{before}{body}</body>{after}");

    check_addresses(&html)?;
    add_policy(&html)
}

/// The workers' scripts and WASM by name, each script with what `boot.js` does once it has imported it. No query
/// names a build: there is no other in the file.
fn workers(folder: &Path, files: &[PathBuf]) -> Result<BTreeMap<String, Vec<u8>>> {
    let boot = fs::read_to_string(folder.join("boot.js"))?;
    let (_, answer) = boot.split_once("importScripts(").context("boot.js imports no script")?;
    let (_, answer) = answer.split_once('\n').context("boot.js does nothing with the script")?;
    let mut workers = BTreeMap::new();
    for file in files {
        let Some(name) = file.file_name().and_then(|name| name.to_str()) else { continue };
        if name.starts_with("worker-") {
            let mut bytes = fs::read(file)?;
            if name.ends_with(".js") {
                bytes.extend(answer.as_bytes());
            }
            workers.insert(name.to_owned(), bytes);
        }
    }
    if workers.is_empty() {
        bail!("there is no worker in {}", folder.display());
    }
    Ok(workers)
}

/// What the page loads later, by name.
fn chunks(files: &[PathBuf]) -> Result<BTreeMap<String, Vec<u8>>> {
    let names = files.iter().filter_map(|file| Some((file.file_name()?.to_str()?, file)));
    let chunks = names.filter(|(name, _)| name.starts_with("chunk-"));
    chunks.map(|(name, file)| Ok((name.to_owned(), fs::read(file)?))).collect()
}

/// What stands in place of a `<link>`.
fn link(folder: &Path, tag: &str) -> Result<String> {
    let rel = attribute(tag, "rel").unwrap_or_default();
    if NEEDLESS_LINKS.contains(&rel) {
        return Ok(String::new());
    }
    let href = attribute(tag, "href").with_context(|| format!("{tag} leads nowhere"))?;
    let file = folder.join(href.trim_start_matches("./"));
    let bytes = || fs::read(&file).with_context(|| format!("{tag}: there is no {}", file.display()));
    match rel {
        "stylesheet" => {
            let style = String::from_utf8(bytes()?)?;
            if style.to_ascii_lowercase().contains("</style") {
                bail!("{href} would end the element that it is put into");
            }
            Ok(format!("<style>{style}</style>"))
        }
        "icon" if href.ends_with(".svg") => {
            let icon = digest::base64(&bytes()?);
            Ok(format!(
                "<link rel=\"icon\" type=\"image/svg+xml\" href=\"data:image/svg+xml;base64,{icon}\">"
            ))
        }
        _ => bail!("a page in one file does not know what to do with {tag}"),
    }
}

/// `html` with classic scripts put in, and without modules: these load the page.
fn scripts(folder: &Path, html: &str) -> Result<String> {
    let mut text = String::new();
    let mut rest = html;
    while let Some((before, from)) = rest.split_once("<script") {
        let (attributes, from) = from.split_once('>').context("a script's tag has no end")?;
        let (inside, after) = from.split_once("</script>").context("a script has no end")?;
        text += before;
        if attribute(attributes, "type") != Some("module") {
            let inside = match attribute(attributes, "src") {
                None => inside.to_owned(),
                Some(src) => {
                    let script = fs::read_to_string(folder.join(src.trim_start_matches("./")))
                        .with_context(|| format!("there is no {src}"))?;
                    for_inline(&script)?.to_owned()
                }
            };
            text += &format!("<script>{inside}</script>");
        }
        rest = after;
    }
    Ok(text + rest)
}

/// A script, if it may stand inside a document as it is.
fn for_inline(script: &str) -> Result<&str> {
    let small = script.to_ascii_lowercase();
    if small.contains("</script") || small.contains("<!--") || small.contains("<script") {
        bail!("a script holds what would end or change the element that it is put into");
    }
    if small.contains("from './") || small.contains("from \"./") {
        bail!("a script imports another, which a page in one file does not have");
    }
    Ok(script)
}

/// The name that a module exports as its default.
fn default_export(script: &str) -> Result<&str> {
    let (before, _) = script.rsplit_once(" as default").context("the page's script has no default export")?;
    let is_in_name = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '$';
    let start = before.rfind(|letter| !is_in_name(letter)).map_or(0, |place| place + 1);
    Ok(&before[start..])
}

/// `html` with the fonts that its style names.
fn embed_fonts(folder: &Path, html: &str) -> Result<String> {
    let mut text = String::new();
    let mut rest = html;
    while let Some((before, from)) = rest.split_once("url(") {
        let (address, after) = from.split_once(')').context("an address in a style has no end")?;
        let path = address.trim_matches(['"', '\'']);
        text += before;
        if path.starts_with("data:") {
            text += &format!("url({address})");
        } else {
            let font = fs::read(folder.join(path)).with_context(|| format!("there is no {path}"))?;
            text += &format!("url(\"data:font/woff2;base64,{}\")", digest::base64(&font));
        }
        rest = after;
    }
    Ok(text + rest)
}

/// An error if an element still leads out of the document.
fn check_addresses(html: &str) -> Result<()> {
    for tag in tags(html) {
        for name in ["src", "href"] {
            if let Some(address) = attribute(tag, name)
                && !address.starts_with("data:")
                && !address.starts_with('#')
            {
                bail!("<{tag}> leads out of the file");
            }
        }
    }
    Ok(())
}

/// `html` under a policy that lets its own scripts run and nothing be fetched from anywhere.
fn add_policy(html: &str) -> Result<String> {
    let mut hashes = String::new();
    let mut rest = html;
    while let Some((_, from)) = rest.split_once("<script") {
        let (attributes, from) = from.split_once('>').context("a script's tag has no end")?;
        let (inside, after) = from.split_once("</script>").context("a script has no end")?;
        if attribute(attributes, "type") != Some("text/plain") {
            hashes += &format!(" '{}'", digest::integrity(inside.as_bytes()));
        }
        rest = after;
    }
    let policy = format!(
        "default-src 'none'; script-src{hashes} 'wasm-unsafe-eval'; worker-src blob:; connect-src blob:; style-src 'unsafe-inline'; font-src data:; img-src data: blob:; base-uri 'none'; form-action 'none'"
    );
    let charset = "<meta charset=\"utf-8\">";
    let (before, after) = html.split_once(charset).context("index.html does not begin with its charset")?;
    Ok(format!(
        "{before}{charset}\n    <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">{after}"
    ))
}

fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    const INDEX: &str = r##"<!doctype html>
<html><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'self'">
<link rel="icon" href="./icon-1.svg"/><link rel="manifest" href="app.webmanifest"><link rel="preload" href="page-1_bg.wasm" as="fetch">
<style>@font-face { src: url("fonts/a.woff2") format("woff2"); }</style><link rel="stylesheet" href="./page-1.css"/>
<script src="first.js"></script><script type="module">import init from './page-1.js';</script></head>
<body><a href="#/regions">Regions</a></body></html>"##;

    fn folder(name: &str, index: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("xtask-single-{name}-{}", std::process::id()));
        fs::create_dir_all(folder.join("fonts")).unwrap();
        for (name, text) in [
            ("index.html", index),
            ("icon-1.svg", "<svg/>"),
            ("page-1.css", "p { color: red; }"),
            ("first.js", "let first = 1 < 2;"),
            ("page-1.js", "let it = 1; export { it as initSync, start_it as default };"),
            ("page-1_bg.wasm", "page"),
            ("chunk-a-1.wasm", "later"),
            ("boot.js", "check();\nimportScripts(\"worker-a.js\");\nonmessage = go;\n"),
            ("worker-a.js", "let worker;\n"),
            ("worker-a_bg.wasm", "worker"),
            ("fonts/a.woff2", "font"),
        ] {
            fs::write(folder.join(name), text).unwrap();
        }
        folder
    }

    fn unpacked(html: &str, name: &str) -> String {
        use base64::Engine;
        use std::io::Read;
        let (_, from) = html.split_once(&format!("id=\"packed-{name}\">")).unwrap();
        let packed = from.split_once('<').unwrap().0;
        let bytes = base64::engine::general_purpose::STANDARD.decode(packed).unwrap();
        let mut text = String::new();
        flate2::read::GzDecoder::new(bytes.as_slice()).read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn all_that_the_page_needs_stands_in_the_file() {
        let folder = folder("all", INDEX);
        let html = pack(&folder).unwrap();
        fs::remove_dir_all(folder).unwrap();
        assert_eq!(unpacked(&html, "page_bg.wasm"), "page");
        assert_eq!(unpacked(&html, "chunk-a-1.wasm"), "later");
        assert_eq!(unpacked(&html, "worker-a_bg.wasm"), "worker");
        assert_eq!(unpacked(&html, "worker-a.js"), "let worker;\nonmessage = go;\n");
        assert!(html.contains("<style>p { color: red; }</style>"));
        assert!(html.contains("url(\"data:font/woff2;base64,Zm9udA==\") format(\"woff2\")"));
        assert!(html.contains("<script>let first = 1 < 2;</script>"));
        assert!(html.contains("await start_it({ module_or_path"));
        assert!(!html.contains("import init") && !html.contains("manifest") && !html.contains("'self'"));
        assert_eq!(html.matches("Content-Security-Policy").count(), 1);
        // Two scripts run, and the policy names them.
        assert_eq!(html.matches("'sha256-").count(), 2);
        assert!(html.contains(&digest::integrity(b"let first = 1 < 2;")));
    }

    #[test]
    fn what_leads_out_of_the_file_is_an_error() {
        for (name, index) in [
            ("picture", INDEX.replace("<a href=\"#/regions\">", "<img src=\"picture.png\"><a>")),
            ("host", INDEX.replace("#/regions", "https://example.org/")),
            ("link", INDEX.replace("rel=\"manifest\"", "rel=\"unheard-of\"")),
            ("font", INDEX.replace("fonts/a.woff2", "fonts/b.woff2")),
        ] {
            let folder = folder(name, &index);
            let packed = pack(&folder);
            fs::remove_dir_all(folder).unwrap();
            assert!(packed.is_err(), "{name}");
        }
    }

    #[test]
    fn scripts_that_would_end_early_are_an_error() {
        assert!(for_inline("let a = '</script>';").is_err());
        assert!(for_inline("import { a } from './snippets/a.js';").is_err());
        assert!(for_inline("let a = 1 < 2;").is_ok());
    }
}
