//! The service worker of a built page: the template `web/sw.js` with the files of the build and their digests.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::assemble::is_of_workers;
use crate::digest;
use crate::dist::list_files;

const TEMPLATE: &str = "web/sw.js";
const FILES_PLACE: &str = "__FILES__";
const BUILD_PLACE: &str = "__BUILD__";
/// Before the digest of the workers' files, in `index.html`.
const VERSION: &str = "<meta name=\"worker-version\" content=\"";

/// Ends of the names of files that a page asks for; other pictures are for other sites, licenses for whoever looks.
const NEEDED: [&str; 6] = [".css", ".js", ".svg", ".wasm", ".webmanifest", ".woff2"];
/// The manifest names these, and browsers ask for them without a network too.
const ICONS: &str = "icons/";

/// Writes `sw.js` into `folder`, for the page that stands there. It has the digests of all other files: whoever
/// changes one of them afterwards calls this again.
pub(crate) fn write_service_worker(folder: &Path) -> Result<()> {
    let template = fs::read_to_string(TEMPLATE).with_context(|| format!("there is no {TEMPLATE}"))?;
    let _ = fs::remove_file(folder.join("sw.js"));
    let text = with_files(&template, &files(folder)?)?;
    fs::write(folder.join("sw.js"), text)?;
    Ok(())
}

/// The files of the page by the names by which it asks for them, with their digests.
fn files(folder: &Path) -> Result<BTreeMap<String, String>> {
    let page = fs::read_to_string(folder.join("index.html"))
        .with_context(|| format!("there is no page in {}", folder.display()))?;
    let (_, after) = page.split_once(VERSION).with_context(|| format!("index.html has no {VERSION}"))?;
    let version = after.split('"').next().unwrap_or_default();
    let mut paths = Vec::new();
    list_files(folder, &mut paths)?;
    let mut files = BTreeMap::new();
    for path in paths {
        let relative = path.strip_prefix(folder)?.to_str().context("a file's name is no text")?;
        let relative = relative.replace('\\', "/");
        let name = if relative == "index.html" {
            "./".to_owned()
        } else if is_of_workers(&relative) {
            format!("{relative}?v={version}")
        } else if NEEDED.iter().any(|end| relative.ends_with(end)) || relative.starts_with(ICONS) {
            relative
        } else {
            continue;
        };
        files.insert(name, digest::integrity(&fs::read(&path)?));
    }
    Ok(files)
}

/// The template with `files`, and a name of the build that changes with them and with the template.
fn with_files(template: &str, files: &BTreeMap<String, String>) -> Result<String> {
    if !template.contains(FILES_PLACE) || !template.contains(BUILD_PLACE) {
        bail!("{TEMPLATE} names no {FILES_PLACE} or no {BUILD_PLACE}");
    }
    if let Some(name) = files.keys().find(|name| name.contains(['"', '\'', '\\'])) {
        bail!("{name} is no name that a script can hold as it is");
    }
    let entries: Vec<String> =
        files.iter().map(|(name, digest)| format!("\"{name}\": \"{digest}\"")).collect();
    let text = template.replace(FILES_PLACE, &format!("{{{}}}", entries.join(", ")));
    let build = digest::name(text.as_bytes());
    Ok(text.replace(BUILD_PLACE, &build))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str = "const BUILD = \"__BUILD__\"; const FILES = JSON.parse('__FILES__');";

    #[test]
    fn the_list_has_what_the_page_asks_for_and_nothing_else() {
        let folder = std::env::temp_dir().join(format!("xtask-offline-{}", std::process::id()));
        fs::create_dir_all(folder.join("icons")).unwrap();
        fs::create_dir_all(folder.join("fonts")).unwrap();
        for name in [
            "index.html",
            "404.html",
            "page-1.js",
            "page-1_bg.wasm",
            "chunk-a-1.wasm",
            "boot.js",
            "worker-a.js",
            "worker-a_bg.wasm",
            "picture.png",
            "fonts/inter.woff2",
            "fonts/OFL-Inter.txt",
            "icons/icon.png",
            "app.webmanifest",
            "_headers",
        ] {
            fs::write(folder.join(name), name).unwrap();
        }
        let page = format!("{VERSION}7\">");
        fs::write(folder.join("index.html"), &page).unwrap();
        let files = files(&folder).unwrap();
        fs::remove_dir_all(folder).unwrap();
        let names: Vec<&str> = files.keys().map(String::as_str).collect();
        assert_eq!(
            names,
            [
                "./",
                "app.webmanifest",
                "boot.js?v=7",
                "chunk-a-1.wasm",
                "fonts/inter.woff2",
                "icons/icon.png",
                "page-1.js",
                "page-1_bg.wasm",
                "worker-a.js?v=7",
                "worker-a_bg.wasm?v=7",
            ]
        );
        assert_eq!(files["./"], digest::integrity(page.as_bytes()));
    }

    #[test]
    fn any_change_makes_another_build() {
        let files = |text: &str| BTreeMap::from([("./".to_owned(), digest::integrity(text.as_bytes()))]);
        let built = |template: &str, page: &str| with_files(template, &files(page)).unwrap();
        let build = |text: String| text.split('"').nth(1).unwrap().to_owned();
        let first = build(built(SMALL, "one"));
        assert_eq!(first, build(built(SMALL, "one")));
        assert_ne!(first, build(built(SMALL, "two")));
        assert_ne!(first, build(built(&format!("{SMALL} // changed"), "one")));
        assert!(with_files("no places", &files("one")).is_err());
        assert!(with_files(SMALL, &BTreeMap::from([("it's.js".to_owned(), String::new())])).is_err());
    }

    #[test]
    fn the_template_has_both_places() {
        let template = include_str!("../../../web/sw.js");
        assert!(with_files(template, &BTreeMap::new()).is_ok());
    }
}
