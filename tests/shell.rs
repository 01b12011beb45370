//! The first frame (web/index.html) says in static HTML what the start page says when its program is there.

#![allow(clippy::unwrap_used, reason = "everything in this file is a test")]

use std::path::Path;

use labs::LABS;
use labs::registry::{NAMES, START};

/// The text of the page without line breaks, up to the end of the first frame.
fn frame() -> String {
    let page = include_str!("../web/index.html");
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
    let slug = NAMES[START].slug;
    assert!(
        script.contains(&format!("link !== \"\" && link !== \"{slug}\"")),
        "another link has the words of {slug}"
    );
    assert!(script.contains(&format!("link === \"\" ? \"{slug}\"")), "the menu does not point at {slug}");
}

#[test]
fn its_menu_is_the_menu() {
    let menu = NAMES.iter().filter(|name| name.is_in_menu).zip(1..);
    let entries = menu.map(|(name, number)| {
        let current = if name.slug == NAMES[START].slug { " aria-current=\"page\"" } else { "" };
        let number = format!("<span class=\"number\" aria-hidden=\"true\">{number}</span>");
        format!("<a href=\"#/{}\"{current}>{number}{}</a>", name.slug, name.title)
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

/// Family, file, and the first and last of each run of characters for which a browser asks for it.
type Face = (&'static str, &'static str, Vec<(u32, u32)>);

/// The faces of the style sheet.
fn faces() -> Vec<Face> {
    let sheet = include_str!("../web/fonts/fonts.css");
    let one = |face: &'static str, before| between(face, before, "\"").first().copied();
    let hex = |text: &str| u32::from_str_radix(text, 16).unwrap();
    between(sheet, "@font-face {", "}")
        .into_iter()
        .filter_map(|face| {
            let ranges = between(face, "unicode-range: ", ";").first()?.split(", ").map(|range| {
                let range = range.trim_start_matches("U+");
                let (first, last) = range.split_once('-').unwrap_or((range, range));
                (hex(first), hex(last))
            });
            Some((one(face, "font-family: \"")?, one(face, "url(\"fonts/")?, ranges.collect()))
        })
        .collect()
}

#[test]
fn every_font_is_shipped_and_no_character_is_in_two() {
    let page = include_str!("../web/index.html");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../web/fonts");
    let faces = faces();
    assert_eq!(faces.len(), 6);
    for (i, (family, file, ranges)) in faces.iter().enumerate() {
        assert!(folder.join(file).is_file(), "web/fonts has no {file}");
        let is_early = page.contains(&format!("<link rel=\"preload\" href=\"fonts/{file}\""));
        assert_eq!(is_early, !file.contains("-more"), "{file}");
        for (_, other, others) in faces[i + 1..].iter().filter(|other| other.0 == *family) {
            let overlap = ranges.iter().find(|(a, b)| others.iter().any(|(c, d)| a <= d && c <= b));
            assert_eq!(overlap, None, "in {file} and in {other}");
        }
    }
}

/// A picture whose letters come with a second file is drawn twice, and a reader waits for 26 kB.
#[test]
fn the_first_file_has_the_letters_of_all_pictures() {
    let faces = faces();
    let (.., ranges) = faces.iter().find(|face| face.1 == "inter.woff2").expect("the pages' sans");
    let mut num_pictures = 0;
    for entry in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/pictures")).unwrap() {
        let path = entry.unwrap().path();
        let picture = std::fs::read_to_string(&path).unwrap();
        for text in between(&picture, "<text", "</text>") {
            let outside = text
                .chars()
                .find(|letter| !ranges.iter().any(|(a, b)| (*a..=*b).contains(&u32::from(*letter))));
            assert_eq!(outside, None, "in {text:?} of {}", path.display());
        }
        num_pictures += 1;
    }
    assert!(num_pictures > 30, "{num_pictures}");
}

#[test]
fn every_family_of_labs_has_its_program() {
    let crates = include_str!("../web/Cargo.toml");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../web/src/bin");
    let names = labs::registry::Family::ALL.map(|family| family.name());
    let scribes = ["programs", "genomics-programs"];
    assert!(labs::registry::Family::ALL.iter().all(|family| scribes.contains(&family.scribe())));
    for name in names.into_iter().chain(scribes) {
        assert!(folder.join(format!("worker-{name}.rs")).is_file(), "web/src/bin has no worker-{name}.rs");
        assert!(
            crates.contains(&format!("name = \"worker-{name}\"")),
            "web/Cargo.toml names no worker-{name}"
        );
    }
    for family in &names[..] {
        let text = std::fs::read_to_string(folder.join(format!("worker-{family}.rs"))).unwrap();
        assert!(text.contains(&format!("registry::{});", family.to_uppercase())), "{family} runs {text}");
    }
    // The page, one for each family, and those for programs to take away.
    assert_eq!(std::fs::read_dir(folder).unwrap().count(), 1 + scribes.len() + names.len());
}
