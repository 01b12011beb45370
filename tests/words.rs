//! Words stand apart from code: what a reader reads stands in modules called `words`, so that another language
//! needs no other change.

#![allow(clippy::unwrap_used, reason = "everything in this file is a test")]

use std::fs;
use std::path::{Path, PathBuf};

/// Files and folders that keep their words apart, beside those of the page itself. A new lab comes onto the list
/// with its first line.
const HELD: &[&str] = &[
    "engine/src",
    "labs/src/one_prior",
    "labs/src/james_stein",
    "labs/src/regions",
    "labs/src/when",
    "labs/src/data",
    "labs/src/limma",
    "labs/src/mrlocus",
    "labs/src/tf_binding",
    "labs/src/likelihood",
    "labs/src/prior",
    "labs/src/code/mod.rs",
    "labs/src/lecture",
    "labs/src/glossary.rs",
    "labs/src/own",
    "labs/src/own.rs",
    "labs/src/axis.rs",
    "labs/src/caption.rs",
    "labs/src/control.rs",
    "labs/src/draws_summary.rs",
    "labs/src/frame.rs",
    "labs/src/lab.rs",
    "labs/src/fit.rs",
    "labs/src/link.rs",
    "labs/src/prose.rs",
    "labs/src/registry.rs",
    "labs/src/reports.rs",
    "labs/src/scenario.rs",
];

/// Files in them that hold words all the same, and why.
const EXCEPT: &[(&str, &str)] = &[
    ("data/classics.rs", "the names of ball players are data"),
    ("lecture/chapters", "a chapter is its words, as plain data"),
    ("programs.rs", "the text of programs to take away is code in another language"),
];

/// What is said by these is said to who mends a bug; a class is no word.
const SILENT: &[&str] = &[".expect(", "panic!(", "unreachable!(", "assert!(", "console::warn_1(", "env!("];

/// Before a list of classes.
const CLASS: &str = "class=";

/// Names that the browser gives to keys, elements, functions and drawing, and what the page and its service worker
/// call things between them.
const OF_BROWSER: &[&str] = &[
    "ArrowDown",
    "ArrowLeft",
    "ArrowRight",
    "ArrowUp",
    "End",
    "Enter",
    "Escape",
    "Home",
    "PageDown",
    "PageUp",
    "BUTTON",
    "INPUT",
    "SELECT",
    "SUMMARY",
    "TEXTAREA",
    "crispEdges",
    "currentColor",
    "exitFullscreen",
    "fullscreenElement",
    "isContentEditable",
    "packedFiles",
    "serviceWorker",
    "take over",
    "requestFullscreen",
];

#[test]
fn no_code_holds_a_word_for_the_reader() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let held = HELD.iter().map(|path| root.join("crates").join(path)).chain([root.join("web/src")]);
    let mut found = Vec::new();
    for file in held.flat_map(|path| sources(&path)) {
        let path = file.strip_prefix(root).unwrap();
        let is_words = path.iter().any(|part| part == "words" || part == "words.rs");
        if is_words
            || EXCEPT.iter().any(|(name, _)| {
                path.ends_with(name) || path.parent().is_some_and(|folder| folder.ends_with(name))
            })
        {
            continue;
        }
        let text = fs::read_to_string(&file).unwrap();
        // Tests stand at the foot of a file.
        let code = text.split("#[cfg(test)]").next().unwrap();
        let is_for_reader = |literal: &str| {
            holds_words(literal) && !OF_BROWSER.contains(&literal) && !literal.starts_with("<iframe ")
        };
        let with_words = literals(code).into_iter().filter(|(_, literal)| is_for_reader(literal));
        found.extend(with_words.map(|(line, literal)| format!("{}:{line}: {literal}", path.display())));
    }
    assert!(found.is_empty(), "these belong into `words`: {found:#?}");
}

#[test]
fn words_are_told_from_keys_slugs_formulas_and_messages_to_ourselves() {
    let code = r###"
        //! "A comment" is no code.
        #[error("an {0} attribute")]
        const KEY: (&str, char) = ("half-normal", '"');
        fn name<'a>(sd: f64) -> &'a str { f(r"\mu_i \sim \mathrm{N}(0, A)", "A", "θ{}") }
        panic!("there is (no) lab {}", "Any Lab");
        number.expect("checked \"when\" made"); say("Bayes", "region {name}", "{a} of {b} \
            schools", "x={share}&y=2", "σμ", "MLE"
        );
    "###;
    let words = literals(code).into_iter().filter(|(_, literal)| holds_words(literal));
    let beginnings: Vec<(usize, &str)> = words.map(|(line, literal)| (line, &literal[..3])).collect();
    assert_eq!(beginnings, [(7, "Bay"), (7, "reg"), (7, "{a}"), (8, "MLE")]);
}

/// The file `path`, or all sources below the folder of that name.
fn sources(path: &Path) -> Vec<PathBuf> {
    if path.is_file() {
        return vec![path.to_path_buf()];
    }
    let entries = fs::read_dir(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let paths = entries.map(|entry| entry.unwrap().path());
    let is_source = |path: &PathBuf| path.is_dir() || path.extension().is_some_and(|end| end == "rs");
    paths.filter(is_source).flat_map(|path| sources(&path)).collect()
}

/// Whether a text has two words side by side, or a word beside a number or name that is filled in, or a word
/// that is written as no key or slug is: with a capital or a letter beyond ASCII. Greek letters are symbols.
fn holds_words(text: &str) -> bool {
    let chars: Vec<char> = with_marks(text).chars().collect();
    let is_pair = |three: &[char]| {
        let [a, ' ', b] = three else { return false };
        let is_either = |c: char| c.is_alphabetic() || c == MARK;
        is_either(*a) && is_either(*b) && (*a, *b) != (MARK, MARK)
    };
    let is_greek = |c: char| ('Α'..='ω').contains(&c);
    let is_name = |word: &[char]| {
        let letters = || word.iter().filter(|c| !is_greek(**c));
        letters().count() > 1 && letters().any(|c| !c.is_ascii_lowercase())
    };
    chars.windows(3).any(is_pair) || chars.split(|c| !c.is_alphabetic()).any(is_name)
}

/// In place of what is filled in.
const MARK: char = '\0';

/// The text of a format string with marks in place of braces and what stands in them.
fn with_marks(text: &str) -> String {
    let mut parts = text.split('{');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| {
        let (_, rest) = part.split_once('}').unwrap_or(("", part));
        format!("{text}{MARK}{rest}")
    })
}

/// The string literals of `code` that may come before a reader, each with its line. Raw strings are formulas.
fn literals(code: &str) -> Vec<(usize, &str)> {
    let (mut found, mut at) = (Vec::new(), 0);
    while at < code.len() {
        let end = at + extent(&code[at..]);
        if code[at..].starts_with('"') {
            found.push((1 + code[..at].matches('\n').count(), &code[at + 1..end - 1]));
        }
        at = end;
    }
    found
}

/// Length of what `code` begins with: a comment, a literal, an attribute, a silent call, or one character.
fn extent(code: &str) -> usize {
    let first = code.chars().next().map_or(0, char::len_utf8);
    if code.starts_with("//") {
        code.find('\n').unwrap_or(code.len())
    } else if let Some(raw) = code.strip_prefix("r\"") {
        3 + raw.find('"').unwrap()
    } else if let Some(list) = code.strip_prefix(CLASS).filter(|list| list.starts_with('"')) {
        CLASS.len() + quoted(list, '"')
    } else if code.starts_with("#[") || SILENT.iter().any(|call| code.starts_with(call)) {
        bracketed(code)
    } else if code.starts_with('"') {
        quoted(code, '"')
    } else if code.starts_with('\'') && (code[1..].starts_with('\\') || code.chars().nth(2) == Some('\'')) {
        quoted(code, '\'')
    } else {
        first
    }
}

/// Length of a literal up to the quote that ends it.
fn quoted(code: &str, quote: char) -> usize {
    let mut is_escaped = false;
    let is_end = |(_, c): &(usize, char)| {
        let is_end = *c == quote && !is_escaped;
        is_escaped = *c == '\\' && !is_escaped;
        is_end
    };
    let (end, _) = code.char_indices().skip(1).find(is_end).expect("literals end");
    end + 1
}

/// Length up to the partner of the first bracket.
fn bracketed(code: &str) -> usize {
    let (mut at, mut depth) = (code.find(['(', '[']).unwrap(), 0);
    loop {
        let rest = &code[at..];
        match rest.chars().next().expect("brackets have partners") {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            _ => {}
        }
        at += if rest.starts_with(['(', '[']) { 1 } else { extent(rest) };
        if depth == 0 {
            return at;
        }
    }
}
