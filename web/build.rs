//! Turns the formulas of all labs from LaTeX into MathML, so that no translator
//! stands in the download.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::{env, fs, path::Path};

use math_core::{LatexToMathML, MathCoreConfig, MathDisplay};

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let converter = LatexToMathML::new(MathCoreConfig::default()).expect("the default settings are valid");
    let mut displayed = BTreeSet::new();
    let mut inline = BTreeSet::new();
    for lab in labs::LABS {
        displayed.extend(lab.meta().formulas.iter().copied());
        inline.extend(lab.controls().iter().filter_map(|control| match control.kind {
            labs::Kind::Sizes { groups, .. } => Some(groups.1),
            _ => None,
        }));
        inline
            .extend(lab.controls().iter().map(|control| control.symbol).filter(|symbol| !symbol.is_empty()));
    }
    displayed.extend(labs::lecture::CHAPTERS.iter().flat_map(|chapter| chapter.formulas.iter().copied()));
    let mut arms = String::new();
    for (formulas, display) in [(displayed, MathDisplay::Block), (inline, MathDisplay::Inline)] {
        for latex in formulas {
            let mathml = converter
                .convert_with_local_state(latex, display)
                .unwrap_or_else(|error| panic!("the formula {latex} is no LaTeX: {error:?}"))
                .mathml;
            let mathml = without_styles(&mathml);
            writeln!(arms, "        {latex:?} => {mathml:?},").expect("writing to a string");
        }
    }
    let code = format!(
        "/// The MathML of a formula of the labs; empty if it is none of theirs.\n#[must_use]\npub(crate) fn mathml(latex: &str) -> &'static str {{\n    match latex {{\n{arms}        _ => \"\",\n    }}\n}}\n"
    );
    let out = env::var_os("OUT_DIR").expect("cargo sets OUT_DIR");
    fs::write(Path::new(&out).join("mathml.rs"), code).expect("OUT_DIR is writable");
}

/// How the translator writes that columns meet at their signs and that a sign is drawn in, and the class
/// (web/style/page.css) that says the same: the page's policy forbids styles inside elements.
const STYLES: [(&str, &str); 3] = [
    (r#"style="text-align: right;justify-items: end;padding-right: 0;""#, r#"class="to-sign""#),
    (r#"style="text-align: left;justify-items: start;padding-left: 0;""#, r#"class="from-sign""#),
    (r#"style="margin-left:-0.16666667em;""#, r#"class="drawn-in""#),
];

fn without_styles(mathml: &str) -> String {
    let text = STYLES.iter().fold(mathml.to_owned(), |text, (style, class)| text.replace(style, class));
    assert!(!text.contains(" style="), "a style that web/build.rs has no class for: {text}");
    text
}
