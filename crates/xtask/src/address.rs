//! Where the page is published, if that is known: what other sites read to show a link to it.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};

/// The picture that other sites show beside a link.
const SHARED: &str = "share.png";

/// Writes where the page in `folder` will be found, a folder's address: other sites take no relative addresses.
/// `None` makes them relative again.
///
/// # Errors
/// If the address is none, or `index.html` cannot be read or written.
pub(crate) fn set(folder: &Path, address: Option<&str>) -> Result<()> {
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

/// `text` with `content` between `before` and the next quote.
fn with_content(text: &str, before: &str, content: &str) -> Result<String> {
    let (head, rest) = text.split_once(before).with_context(|| format!("index.html has no {before}"))?;
    let (_, tail) = rest.split_once('"').context("a quote is not closed")?;
    Ok(format!("{head}{before}{content}\"{tail}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<meta property="og:url" content="./"><meta property="og:image" content="./share.png">
<meta name="twitter:image" content="./share.png">"#;

    #[test]
    fn the_address_is_written_and_taken_back() {
        let folder = std::env::temp_dir().join(format!("xtask-address-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("index.html"), PAGE).unwrap();
        let read = || fs::read_to_string(folder.join("index.html")).unwrap();
        set(&folder, Some("https://example.org/lab")).unwrap();
        assert_eq!(read().matches("content=\"https://example.org/lab/share.png\"").count(), 2);
        assert!(read().contains("content=\"https://example.org/lab/\""));
        set(&folder, None).unwrap();
        assert_eq!(read(), PAGE);
        for wrong in ["example.org", "https://example.org/?a", "https://example.org/\"", "javascript:a()"] {
            assert!(set(&folder, Some(wrong)).is_err(), "{wrong}");
        }
        fs::remove_dir_all(folder).unwrap();
    }
}
