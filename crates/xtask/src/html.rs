//! Tags of `index.html`, as far as builds change them: written in lower case, with attributes in double quotes.

use anyhow::{Context, Result};

/// `html` with every tag that begins with `start`, such as `<link `, replaced.
///
/// # Errors
/// If a tag is not closed, or `replace` gives one.
pub(crate) fn replace_tags(
    html: &str,
    start: &str,
    mut replace: impl FnMut(&str) -> Result<String>,
) -> Result<String> {
    let mut text = String::new();
    let mut rest = html;
    while let Some(place) = rest.find(start) {
        let (before, from) = rest.split_at(place);
        let end = from.find('>').with_context(|| format!("a {start}… has no end"))? + 1;
        text += before;
        text += &replace(&from[..end])?;
        rest = &from[end..];
    }
    Ok(text + rest)
}

/// The value of an attribute.
pub(crate) fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (_, from) = tag.split_once(&format!(" {name}=\""))?;
    Some(from.split_once('"')?.0)
}

/// The elements of `html`: the tag between its brackets, and what follows up to the next. What stands in a script is
/// none, although it may look like one, nor is a comment.
pub(crate) fn tags(html: &str) -> impl Iterator<Item = &str> {
    let mut rest = html;
    std::iter::from_fn(move || {
        loop {
            let (_, from) = rest.split_once('<')?;
            if from.starts_with("!--") {
                rest = from.split_once("-->").map_or("", |(_, after)| after);
                continue;
            }
            let (tag, after) = from.split_once('>')?;
            rest = match tag.starts_with("script") {
                true => after.split_once("</script>").map_or("", |(_, after)| after),
                false => after,
            };
            if tag.starts_with(|letter: char| letter.is_ascii_alphabetic()) {
                return Some(tag);
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_found_and_replaced() {
        let html = r#"<p id="a"><!-- <b> --><script>1 < 2 > <i></script><a href="x">y</a>"#;
        assert_eq!(tags(html).collect::<Vec<_>>(), [r#"p id="a""#, "script", r#"a href="x""#]);
        assert_eq!(attribute(r#"a href="x""#, "href"), Some("x"));
        assert_eq!(attribute(r#"a data-href="x""#, "href"), None);
        let replaced = replace_tags(html, "<a ", |tag| Ok(tag.replace('x', "z"))).unwrap();
        assert_eq!(replaced, html.replace("\"x\"", "\"z\""));
        assert!(replace_tags("<a href", "<a ", |tag| Ok(tag.to_owned())).is_err());
    }
}
