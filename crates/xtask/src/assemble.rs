//! Puts `dist/` together: the page `web/index.html` with all that it names, and its programs.
//!
//! Files whose names are written into others get a digest of their content as a part of their name, so that no
//! cache gives an old one. A worker's files keep their names: the page asks for them with `?v=<digest>`.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};

use crate::wasm::{Program, Programs};
use crate::{digest, html, policy};

/// Where the page and what it names lie; addresses in it are as in `dist/`.
const SOURCES: &str = "web";
const INDEX: &str = "index.html";
/// The script that starts a worker.
const BOOT: &str = "boot.js";

/// Ends of the names of files that are copied: pictures, fonts with their licenses, the manifest.
const COPIED: [&str; 5] = [".png", ".svg", ".txt", ".webmanifest", ".woff2"];

/// Written in `index.html` and in `boot.js` where the worker's files are named; replaced by a digest of them.
const VERSION_PLACE: &str = "__WORKER_VERSION__";
/// Written in the start script where it names the page's program.
const PAGE_PLACE: &str = "__PAGE__";

/// Whether a file of `dist/` is one of the workers'.
pub(crate) fn is_of_workers(name: &str) -> bool {
    name == BOOT || name.starts_with("worker-")
}

/// Writes the page with `programs` into `folder`, in place of all that was there.
///
/// # Errors
/// If something that the page names is missing, or its policy forbids something that is there.
pub(crate) fn assemble(programs: &Programs, folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)?;
    put_together(Path::new(SOURCES), programs, folder)
}

fn put_together(sources: &Path, programs: &Programs, folder: &Path) -> Result<()> {
    copy_files(sources, sources, folder)?;
    let version = write_workers(sources, &programs.workers, folder)?;
    let page_name = write_page_program(programs, folder)?;

    let index = read(sources, INDEX)?;
    let index = one_style_sheet(&index, sources, folder)?;
    let index = with_scripts(&index, sources, folder, &page_name)?;
    let index = without_blank_lines(&fill(INDEX, &index, VERSION_PLACE, &version)?);
    policy::check(&index)?;
    check_addresses(&index, folder)?;
    Ok(fs::write(folder.join(INDEX), index)?)
}

fn copy_files(sources: &Path, from: &Path, to: &Path) -> Result<()> {
    for entry in fs::read_dir(from).with_context(|| format!("there is no {}", from.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            copy_files(sources, &path, to)?;
        } else if COPIED.iter().any(|end| path.to_string_lossy().ends_with(end)) {
            let copy = to.join(path.strip_prefix(sources)?);
            fs::create_dir_all(copy.parent().unwrap_or(to))?;
            fs::copy(&path, &copy).with_context(|| format!("cannot copy {}", path.display()))?;
        }
    }
    Ok(())
}

/// Writes the workers' files; the digest of them all. `boot.js` starts no worker for another.
fn write_workers(sources: &Path, workers: &[Program], folder: &Path) -> Result<String> {
    let boot = read(sources, BOOT)?;
    let mut all = boot.clone().into_bytes();
    for Program { name, script, wasm } in workers {
        all.extend(script.as_bytes());
        all.extend(wasm);
        fs::write(folder.join(format!("{name}.js")), script)?;
        fs::write(folder.join(format!("{name}_bg.wasm")), wasm)?;
    }
    let version = digest::name(&all);
    fs::write(folder.join(BOOT), fill(BOOT, &boot, VERSION_PLACE, &version)?)?;
    Ok(version)
}

/// Writes the page's program, its script and what it loads later; the stem of the first two.
fn write_page_program(programs: &Programs, folder: &Path) -> Result<String> {
    let Program { name, script, wasm } = &programs.page;
    let name = format!("{name}-{}", digest::name(&[script.as_bytes(), wasm].concat()));
    fs::write(folder.join(format!("{name}.js")), script)?;
    fs::write(folder.join(format!("{name}_bg.wasm")), wasm)?;
    for (name, wasm) in &programs.chunks {
        fs::write(folder.join(name), wasm)?;
    }
    Ok(name)
}

/// The page with one style sheet in place of those that it names.
fn one_style_sheet(index: &str, sources: &Path, folder: &Path) -> Result<String> {
    const PLACE: &str = "__STYLE__";
    let mut style = String::new();
    let page = html::replace_tags(index, "<link ", |tag| {
        if html::attribute(tag, "rel") != Some("stylesheet") {
            return Ok(tag.to_owned());
        }
        let is_first = style.is_empty();
        style += &read(sources, named(tag, "href")?)?;
        Ok(if is_first { format!("<link rel=\"stylesheet\" href=\"{PLACE}\">") } else { String::new() })
    })?;
    ensure!(!style.is_empty(), "index.html has no style sheet");
    for rest in style.split("url(\"").skip(1) {
        let address = rest.split('"').next().unwrap_or_default();
        ensure!(folder.join(address).is_file(), "a style sheet names {address}, which is not there");
    }
    let name = write_named("style.css", &style, folder)?;
    Ok(page.replace(PLACE, &name))
}

/// The page with its scripts by the names of their files in `folder`. One of them starts the program `page_name`.
fn with_scripts(index: &str, sources: &Path, folder: &Path, page_name: &str) -> Result<String> {
    let mut num_starts = 0;
    let page = html::replace_tags(index, "<script ", |tag| {
        let name = named(tag, "src")?;
        let script = read(sources, name)?;
        num_starts += usize::from(script.contains(PAGE_PLACE));
        let written = write_named(name, &script.replace(PAGE_PLACE, page_name), folder)?;
        Ok(tag.replace(&format!("src=\"{name}\""), &format!("src=\"{written}\"")))
    })?;
    ensure!(
        num_starts == 1,
        "{num_starts} scripts of index.html name the {PAGE_PLACE} that they start, and one should"
    );
    Ok(page)
}

/// The file that a tag names by an attribute.
fn named<'a>(tag: &'a str, attribute: &str) -> Result<&'a str> {
    html::attribute(tag, attribute).with_context(|| format!("{tag} has no {attribute}"))
}

/// Writes a file into `folder` under a name that changes with its content; that name.
fn write_named(name: &str, content: &str, folder: &Path) -> Result<String> {
    let (stem, ending) = name.rsplit_once('.').with_context(|| format!("{name} has no ending"))?;
    let name = format!("{stem}-{}.{ending}", digest::name(content.as_bytes()));
    fs::write(folder.join(&name), content)?;
    Ok(name)
}

fn read(sources: &Path, name: &str) -> Result<String> {
    let path = sources.join(name);
    fs::read_to_string(&path).with_context(|| format!("there is no {}", path.display()))
}

fn fill(name: &str, text: &str, place: &str, content: &str) -> Result<String> {
    if !text.contains(place) {
        bail!("{name} names no {place}");
    }
    Ok(text.replace(place, content))
}

/// Fails if the page names a file that is not in `folder`.
fn check_addresses(page: &str, folder: &Path) -> Result<()> {
    for tag in html::tags(page) {
        for name in ["src", "href"] {
            let address = html::attribute(tag, name).filter(|address| !address.starts_with('#'));
            if let Some(address) = address.filter(|address| !folder.join(address).is_file()) {
                bail!("index.html names {address}, which is not there: <{tag}>");
            }
        }
    }
    Ok(())
}

fn without_blank_lines(text: &str) -> String {
    text.lines().filter(|line| !line.trim().is_empty()).flat_map(|line| [line.trim_end(), "\n"]).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::path::PathBuf;

    use super::*;

    const PAGE: &str = r##"<html><head>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'">
<meta name="worker-version" content="__WORKER_VERSION__">
<link rel="icon" href="icons/icon.svg">
<link rel="stylesheet" href="fonts/fonts.css">

<link rel="stylesheet" href="style/page.css">
<script src="shell.js"></script>
<script type="module" src="start.js"></script>
</head><body><a href="#/regions">Regions</a></body></html>"##;

    fn folders(name: &str) -> (PathBuf, PathBuf) {
        let top = std::env::temp_dir().join(format!("xtask-assemble-{name}-{}", std::process::id()));
        let (sources, folder) = (top.join("web"), top.join("dist"));
        for (name, text) in [
            ("index.html", PAGE),
            ("boot.js", "only('__WORKER_VERSION__');"),
            ("fonts/fonts.css", "@font-face { src: url(\"fonts/a.woff2\"); }\n"),
            ("fonts/a.woff2", "font"),
            ("fonts/make.py", "make()"),
            ("icons/icon.svg", "<svg/>"),
            ("style/page.css", "p {}\n"),
            ("shell.js", "first();"),
            ("start.js", "start('__PAGE__.js', '__PAGE___bg.wasm');"),
        ] {
            fs::create_dir_all(sources.join(name).parent().unwrap()).unwrap();
            fs::write(sources.join(name), text).unwrap();
        }
        fs::create_dir_all(&folder).unwrap();
        (sources, folder)
    }

    fn programs() -> Programs {
        let program = |name: &str, script: &str| Program {
            name: name.to_owned(),
            script: script.to_owned(),
            wasm: name.as_bytes().to_vec(),
        };
        Programs {
            page: program("page", "fetchChunk('chunk-a-1.wasm');"),
            chunks: BTreeMap::from([("chunk-a-1.wasm".to_owned(), b"a".to_vec())]),
            workers: vec![program("worker-a", "work();")],
        }
    }

    #[test]
    fn every_name_is_that_of_a_file() {
        let (sources, folder) = folders("names");
        put_together(&sources, &programs(), &folder).unwrap();
        let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
        let page = read("index.html");
        let style = between(&page, "<link rel=\"stylesheet\" href=\"", "\">");
        assert_eq!(read(style), "@font-face { src: url(\"fonts/a.woff2\"); }\np {}\n");
        assert_eq!(page.matches("stylesheet").count(), 1);
        assert_eq!(read(between(&page, "<script src=\"", "\"></script>")), "first();");
        let start = read(between(&page, "<script type=\"module\" src=\"", "\"></script>"));
        let script = between(&start, "start('", "',");
        assert_eq!(read(script), "fetchChunk('chunk-a-1.wasm');");
        assert_eq!(read(between(&start, ", '", "');")), "page");
        assert_eq!(read("chunk-a-1.wasm"), "a");
        let version = between(&page, "worker-version\" content=\"", "\"");
        assert_eq!(read("boot.js"), format!("only('{version}');"));
        assert_eq!((read("worker-a.js"), read("worker-a_bg.wasm")), ("work();".into(), "worker-a".into()));
        assert!(folder.join("icons/icon.svg").is_file() && !folder.join("fonts/make.py").exists());
        assert!(!page.contains("\n\n") && page.contains("href=\"#/regions\""));
        fs::remove_dir_all(sources.parent().unwrap()).unwrap();
    }

    #[test]
    fn a_change_of_a_program_changes_all_that_leads_to_it() {
        let names = |programs: &Programs| {
            let (sources, folder) = folders("changes");
            put_together(&sources, programs, &folder).unwrap();
            let page = fs::read_to_string(folder.join("index.html")).unwrap();
            fs::remove_dir_all(sources.parent().unwrap()).unwrap();
            let start = between(&page, "<script type=\"module\" src=\"", "\"").to_owned();
            (start, between(&page, "worker-version\" content=\"", "\"").to_owned())
        };
        let before = names(&programs());
        let mut changed = programs();
        changed.page.wasm.push(0);
        let after = names(&changed);
        assert!(after.0 != before.0 && after.1 == before.1, "{before:?} {after:?}");
        changed.workers[0].wasm.push(0);
        assert_ne!(names(&changed).1, before.1);
    }

    #[test]
    fn what_is_missing_or_forbidden_is_an_error() {
        for (name, from, to, why) in [
            ("link", "icons/icon.svg", "icons/none.svg", "icons/none.svg, which is not there"),
            ("sheet", "style/page.css", "style/none.css", "none.css"),
            ("script", "shell.js", "none.js", "none.js"),
            ("start", " src=\"start.js\"", " src=\"shell.js\"", "0 scripts"),
            ("version", "__WORKER_VERSION__", "1", "names no __WORKER_VERSION__"),
            ("inline", "<a href", "<a onclick=\"a()\" href", "the policy of index.html forbids"),
        ] {
            let (sources, folder) = folders(name);
            fs::write(sources.join("index.html"), PAGE.replace(from, to)).unwrap();
            let error = put_together(&sources, &programs(), &folder).unwrap_err();
            fs::remove_dir_all(sources.parent().unwrap()).unwrap();
            assert!(error.to_string().contains(why), "{name}: {error:#}");
        }
    }

    fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
        text.split_once(before).unwrap().1.split_once(after).unwrap().0
    }
}
