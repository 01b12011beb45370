//! The first frame (index.html) says in static HTML what the start page says when its program is there.

#![allow(clippy::unwrap_used, reason = "everything in this file is a test")]

use labs::LABS;
use labs::registry::START;

/// The text of the page without line breaks, up to the end of the first frame.
fn frame() -> String {
    let page = include_str!("../index.html");
    page.split_once("<div id=\"app\">").expect("index.html has a first frame").1.to_owned()
}

#[test]
fn it_has_the_words_of_the_start_page() {
    let lab = LABS[START];
    let scenario = labs::link::parse("").scenario;
    let values = scenario.values();
    let (heading, lead) = lab.heading(&values);
    let frame = frame();
    assert!(frame.contains(&format!("<h1>{heading}</h1>")), "<h1>{heading}</h1>");
    let lead = format!("<p class=\"lead\">{lead}</p>");
    assert!(frame.contains(&lead), "{lead}");
    let marks = frame.split_once("<ul class=\"legend\"").unwrap().1;
    let legend: Vec<&str> = between(marks, "</svg><span>", "</span></li>");
    assert_eq!(legend, lab.legend(&values).iter().map(|entry| entry.label).collect::<Vec<_>>());
}

#[test]
fn its_script_knows_the_start_page() {
    let script = include_str!("../web/shell.js");
    let slug = LABS[START].meta().slug;
    assert!(
        script.contains(&format!("link !== \"\" && link !== \"{slug}\"")),
        "another link has the words of {slug}"
    );
    assert!(script.contains(&format!("link === \"\" ? \"{slug}\"")), "the menu does not point at {slug}");
}

#[test]
fn its_menu_is_the_menu() {
    let menu = LABS.iter().filter(|lab| lab.is_in_menu()).map(|lab| lab.meta()).zip(1..);
    let entries = menu.map(|(meta, number)| {
        let current = if meta.slug == LABS[START].meta().slug { " aria-current=\"page\"" } else { "" };
        let number = format!("<span class=\"number\" aria-hidden=\"true\">{number}</span>");
        format!("<a href=\"#/{}\"{current}>{number}{}</a>", meta.slug, meta.title)
    });
    let expected: Vec<String> = entries.collect();
    let found: Vec<String> = between(&frame(), "<a href=\"#/", "</a>")
        .into_iter()
        .filter(|entry| !entry.starts_with("lecture"))
        .map(|entry| format!("<a href=\"#/{entry}</a>"))
        .collect();
    assert_eq!(found, expected);
}

/// What stands between each `before` and the `after` that follows it.
fn between<'a>(text: &'a str, before: &str, after: &str) -> Vec<&'a str> {
    text.split(before).skip(1).filter_map(|rest| Some(rest.split_once(after)?.0)).collect()
}

/// The page's policy refuses styles written as attributes; `~style` sets the property, which it allows.
#[test]
fn no_component_writes_a_style_into_an_element() {
    let mut folders = vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../web/src"))];
    let mut num_styled = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            num_styled += text.matches(" ~style={").count();
            let rest = text.replace(" ~style={", "");
            assert!(!rest.contains(" style={") && !rest.contains("{style}"), "{}", path.display());
        }
    }
    assert!(num_styled > 5, "{num_styled}");
}
