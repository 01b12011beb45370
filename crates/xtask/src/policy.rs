//! What the Content-Security-Policy of `index.html` forbids: no script and no style stands inside the page.

use anyhow::{Result, bail, ensure};

use crate::html;

/// Fails if the page has no policy, or something that its policy forbids.
pub(crate) fn check(page: &str) -> Result<()> {
    ensure!(page.contains("http-equiv=\"Content-Security-Policy\""), "index.html has no policy");
    for tag in html::tags(page) {
        let is_inside = tag.starts_with("style") || tag.starts_with("script") && !tag.contains(" src=");
        let has_code = tag.split_whitespace().skip(1).any(|word| {
            word.starts_with("style=") || word.split_once('=').is_some_and(|(name, _)| is_handler(name))
        });
        if is_inside || has_code {
            bail!("the policy of index.html forbids <{tag}>");
        }
    }
    Ok(())
}

/// Whether an attribute holds a script, such as `onclick`.
fn is_handler(name: &str) -> bool {
    name.len() > 2 && name.starts_with("on") && name.bytes().all(|byte| byte.is_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
