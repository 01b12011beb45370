//! Makes `dist/index.html` one that its own Content-Security-Policy lets run: no script and no style stands
//! inside it. And where the page is published, if that is known.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};

use crate::digest;

/// Moves the scripts that Trunk wrote inside the page into files, makes one file of all style sheets, and makes
/// sure that nothing is left which the page's policy forbids.
///
/// # Errors
/// If a file is missing or cannot be written, or if something is left.
pub(crate) fn apply(folder: &Path) -> Result<()> {
    let index = folder.join("index.html");
    let text = fs::read_to_string(&index)?;
    let text = one_style_sheet(folder, &text)?;
    let text = scripts_in_files(folder, &without_early_programs(&text)?)?;
    check(&text)?;
    Ok(fs::write(index, without_blank_lines(&text))?)
}

/// Writes where the page will be found, a folder's address, into what other sites read to show a link to it: they
/// take no relative addresses. `None` makes them relative again.
///
/// # Errors
/// If the address is none, or `index.html` cannot be read or written.
pub(crate) fn set_address(folder: &Path, address: Option<&str>) -> Result<()> {
    let address = address.unwrap_or(".").trim_end_matches('/');
    let is_address = address == "." || address.starts_with("https://") || address.starts_with("http://");
    ensure!(
        is_address && !address.contains(['"', '<', '>', '?', '#', ' ']),
        "--address wants the address of the page's folder, such as https://example.org/lab/, and not `{address}`"
    );
    let index = folder.join("index.html");
    let mut text = fs::read_to_string(&index)?;
    for (name, file) in [
        (r#"property="og:url""#, ""),
        (r#"property="og:image""#, SHARED),
        (r#"name="twitter:image""#, SHARED),
    ] {
        text = with_content(&text, &format!("<meta {name} content=\""), &format!("{address}/{file}"))?;
    }
    Ok(fs::write(index, text)?)
}

/// The picture that other sites show beside a link.
const SHARED: &str = "share.png";

/// `text` with `content` between `before` and the next quote.
fn with_content(text: &str, before: &str, content: &str) -> Result<String> {
    let (head, rest) = text.split_once(before).with_context(|| format!("index.html has no {before}"))?;
    let (_, tail) = rest.split_once('"').context("a quote is not closed")?;
    Ok(format!("{head}{before}{content}\"{tail}"))
}

fn one_style_sheet(folder: &Path, text: &str) -> Result<String> {
    const LINK: &str = "<link rel=\"stylesheet\" href=\"";
    let (mut page, mut styles, mut rest) = (String::new(), String::new(), text);
    let mut place = None;
    while let Some((before, after)) = rest.split_once(LINK) {
        let (address, after) = after.split_once('"').context("a quote is not closed")?;
        let (_, after) = after.split_once('>').context("a tag is not closed")?;
        page += before;
        place.get_or_insert(page.len());
        let file = folder.join(address);
        styles += &fs::read_to_string(&file).with_context(|| format!("there is no {}", file.display()))?;
        fs::remove_file(&file)?;
        rest = after;
    }
    let place = place.context("index.html has no style sheet")?;
    page += rest;
    let name = named("style", "css", &styles);
    fs::write(folder.join(&name), styles)?;
    page.insert_str(place, &format!("{LINK}./{name}\">"));
    Ok(page)
}

/// Where Trunk's script asks for the program.
const LOAD: &str = "const wasm = await init";

/// What comes before: type and styles have the line to themselves until the first frame has been seen.
const ONCE_SEEN: &str = r#"await new Promise((seen) => {
  const look = (frame) => {
    const painted = performance.getEntriesByName("first-contentful-paint").length;
    if (painted || document.hidden || frame === 60) seen();
    else requestAnimationFrame(() => look(frame + 1));
  };
  look(0);
});
"#;

/// Takes out what asks for programs before anything is seen.
fn without_early_programs(text: &str) -> Result<String> {
    const LINK: &str = "<link rel=\"preload\" ";
    let (mut page, mut rest) = (String::new(), text);
    while let Some((before, after)) = rest.split_once(LINK) {
        let (attributes, after) = after.split_once('>').context("a tag is not closed")?;
        page += before;
        if !attributes.contains("as=\"fetch\"") {
            page += &format!("{LINK}{attributes}>");
        }
        rest = after;
    }
    Ok(page + rest)
}

fn scripts_in_files(folder: &Path, text: &str) -> Result<String> {
    let (mut page, mut rest) = (String::new(), text);
    while let Some((before, after)) = rest.split_once("<script") {
        let (attributes, after) = after.split_once('>').context("a tag is not closed")?;
        let (script, after) = after.split_once("</script>").context("a script is not closed")?;
        page += before;
        rest = after;
        if attributes.contains(" src=") {
            page += &format!("<script{attributes}></script>");
        } else {
            let script = script.replace(LOAD, &format!("{ONCE_SEEN}{LOAD}"));
            let name = named("start", "js", &script);
            fs::write(folder.join(&name), script)?;
            page += &format!("<script{attributes} src=\"./{name}\"></script>");
        }
    }
    Ok(page + rest)
}

/// A name that changes with the content, so that no cache gives an old one.
fn named(stem: &str, ending: &str, content: &str) -> String {
    format!("{stem}-{}.{ending}", digest::name(content.as_bytes()))
}

/// Fails if the page has no policy, or something that its policy forbids.
fn check(text: &str) -> Result<()> {
    ensure!(text.contains("http-equiv=\"Content-Security-Policy\""), "index.html has no policy");
    let mut rest = text;
    while let Some((_, after)) = rest.split_once('<') {
        let Some((tag, after)) = after.split_once('>') else { break };
        let is_inside = tag.starts_with("style") || tag.starts_with("script") && !tag.contains(" src=");
        let attribute = tag.split_whitespace().skip(1).find(|word| {
            word.starts_with("style=") || word.split_once('=').is_some_and(|(name, _)| is_handler(name))
        });
        if is_inside || (attribute.is_some() && !tag.starts_with("!--")) {
            bail!("the policy of index.html forbids <{tag}>");
        }
        rest = after;
    }
    Ok(())
}

/// Whether an attribute holds a script, such as `onclick`.
fn is_handler(name: &str) -> bool {
    name.len() > 2 && name.starts_with("on") && name.bytes().all(|byte| byte.is_ascii_lowercase())
}

fn without_blank_lines(text: &str) -> String {
    text.lines().filter(|line| !line.trim().is_empty()).flat_map(|line| [line.trim_end(), "\n"]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<html><head>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'">
<meta property="og:url" content="./"><meta property="og:image" content="./share.png">
<meta name="twitter:image" content="./share.png">
<link rel="stylesheet" href="./a-1.css" integrity="sha384-x"/>

<link rel="stylesheet" href="./b-2.css"/>
<script src="./shell.js"></script>
<script type="module">
start();
</script></head><body><p>one = two</p></body></html>"#;

    fn folder(name: &str) -> std::path::PathBuf {
        let folder = std::env::temp_dir().join(format!("xtask-policy-{name}-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("index.html"), PAGE).unwrap();
        fs::write(folder.join("a-1.css"), "a {}\n").unwrap();
        fs::write(folder.join("b-2.css"), "b {}\n").unwrap();
        folder
    }

    #[test]
    fn what_is_inline_becomes_files_and_style_sheets_one_file() {
        let folder = folder("apply");
        apply(&folder).unwrap();
        let page = fs::read_to_string(folder.join("index.html")).unwrap();
        let style = named("style", "css", "a {}\nb {}\n");
        let script = named("start", "js", "\nstart();\n");
        assert_eq!(fs::read_to_string(folder.join(&style)).unwrap(), "a {}\nb {}\n");
        assert_eq!(fs::read_to_string(folder.join(&script)).unwrap(), "\nstart();\n");
        assert!(!folder.join("a-1.css").exists() && !folder.join("b-2.css").exists());
        assert_eq!(page.matches("stylesheet").count(), 1);
        assert!(page.contains(&format!("<link rel=\"stylesheet\" href=\"./{style}\">")), "{page}");
        assert!(page.contains("<script src=\"./shell.js\"></script>"), "{page}");
        assert!(page.contains(&format!("<script type=\"module\" src=\"./{script}\"></script>")), "{page}");
        assert!(!page.contains("\n\n"));
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn the_program_is_asked_for_when_the_first_frame_has_been_seen() {
        let font = r#"<link rel="preload" href="a.woff2" as="font">"#;
        let wasm = r#"<link rel="preload" href="a_bg.wasm" crossorigin as="fetch" type="application/wasm">"#;
        let script = r#"<script type="module">const wasm = await init({});</script>"#;
        let folder = folder("program");
        fs::write(
            folder.join("index.html"),
            PAGE.replace("</head>", &format!("{font}{wasm}{script}</head>")),
        )
        .unwrap();
        apply(&folder).unwrap();
        let page = fs::read_to_string(folder.join("index.html")).unwrap();
        assert!(page.contains(font) && !page.contains("a_bg.wasm"), "{page}");
        let start = named("start", "js", &format!("{ONCE_SEEN}{LOAD}({{}});"));
        assert!(page.contains(&start) && folder.join(&start).is_file(), "{page}");
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn what_the_policy_forbids_is_found() {
        let policy = r#"<meta http-equiv="Content-Security-Policy" content="default-src 'none'">"#;
        for fine in
            ["<p class=\"one\">style=1 onclick=2</p>", "<script src=\"a.js\"></script>", "<!-- one=two -->"]
        {
            assert!(check(&format!("{policy}{fine}")).is_ok(), "{fine}");
            assert!(check(fine).is_err(), "there is no policy");
        }
        for forbidden in
            ["<style>a {}</style>", "<script>a()</script>", "<p style=\"a\">", "<p id=\"a\" onclick=\"b\">"]
        {
            assert!(check(&format!("{policy}{forbidden}")).is_err(), "{forbidden}");
        }
    }

    #[test]
    fn the_address_is_written_and_taken_back() {
        let folder = folder("address");
        let read = || fs::read_to_string(folder.join("index.html")).unwrap();
        set_address(&folder, Some("https://example.org/lab")).unwrap();
        assert_eq!(read().matches("content=\"https://example.org/lab/share.png\"").count(), 2);
        assert!(read().contains("content=\"https://example.org/lab/\""));
        set_address(&folder, None).unwrap();
        assert_eq!(read(), PAGE);
        for wrong in ["example.org", "https://example.org/?a", "https://example.org/\"", "javascript:a()"] {
            assert!(set_address(&folder, Some(wrong)).is_err(), "{wrong}");
        }
        fs::remove_dir_all(folder).unwrap();
    }
}
