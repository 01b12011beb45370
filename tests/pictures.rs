//! Golden pictures: every figure of every lab at its defaults, and of each of its views, as SVG text.
//!
//! `UPDATE_PICTURES=1 cargo test -p tests --test pictures` rewrites
//! `tests/pictures/*.svg` and removes those that are no longer made. Look at a
//! picture before committing it. There are no draws in them: what a sampler
//! changes is tested in `engine.rs`.

#![allow(clippy::unwrap_used, reason = "everything in this file is a test")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use labs::{Body, Extras, Kind, LABS, Scenario, Value};
use plots::{Theme, View, natural_height, svg};

/// Name of the variant, theme, width in CSS pixels: a card of the page, and a phone at night.
const VARIANTS: [(&str, Theme, f64); 2] = [("", Theme::LIGHT, 640.0), ("_narrow_dark", Theme::DARK, 340.0)];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("pictures")
}

/// Every lab at its defaults and in its other views, with the start of its pictures' names.
fn scenarios() -> Vec<(String, Scenario)> {
    let mut scenarios = Vec::new();
    for (lab, of_lab) in LABS.iter().enumerate() {
        let (slug, default) = (of_lab.meta().slug, Scenario::of_lab(lab));
        if let Some(index) = default.find_control(|control| control.key == "view") {
            let Kind::Choice { options } = of_lab.controls()[index].kind else {
                panic!("views are a choice")
            };
            for (option, (view, _)) in options.iter().enumerate().skip(1) {
                let mut scenario = default.clone();
                scenario.set(index, Value::Choice(option));
                scenarios.push((format!("{slug}_{view}"), scenario));
            }
        }
        scenarios.push((slug.to_owned(), default));
    }
    scenarios
}

/// File name and SVG of every picture.
fn pictures() -> BTreeMap<String, String> {
    let mut pictures = BTreeMap::new();
    for (start, scenario) in scenarios() {
        let mut run = scenario.start();
        let repeats_done = run.num_repeats();
        (0..repeats_done).for_each(|index| run.repeat(index));
        let extras = Extras { repeats_done, ..Extras::default() };
        for panel in run.panels(&scenario.values(), &extras) {
            let Body::Figure(figure) = &panel.body else { continue };
            for (variant, theme, width) in VARIANTS {
                let view = View { theme, highlight: None };
                let height = natural_height(figure, width, theme.scale);
                let name = format!("{start}_{}{variant}.svg", panel.id);
                pictures.insert(name, svg(figure, &view, width, height, &panel.title));
            }
        }
    }
    pictures
}

/// Names of the golden pictures that are kept.
fn kept() -> Vec<String> {
    let files = fs::read_dir(folder()).into_iter().flatten();
    files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect()
}

#[test]
fn golden_pictures() {
    let pictures = pictures();
    let is_update = std::env::var_os("UPDATE_PICTURES").is_some();
    if is_update {
        fs::create_dir_all(folder()).unwrap();
        for name in kept().iter().filter(|name| !pictures.contains_key(*name)) {
            fs::remove_file(folder().join(name)).unwrap();
        }
    }
    let mut different = Vec::new();
    for (name, picture) in &pictures {
        let path = folder().join(name);
        if is_update {
            fs::write(&path, picture).unwrap();
        } else if fs::read_to_string(&path).ok().as_ref() != Some(picture) {
            different.push(name);
        }
    }
    assert!(different.is_empty(), "pictures differ: {different:?}; see the head of tests/pictures.rs");
    for name in kept() {
        assert!(pictures.contains_key(&name), "{name} is left over; see the head of tests/pictures.rs");
    }
}

#[test]
fn there_are_pictures_of_every_lab() {
    let pictures = pictures();
    for lab in LABS {
        let prefix = format!("{}_", lab.meta().slug);
        let count = pictures.keys().filter(|name| name.starts_with(&prefix)).count();
        assert!(count >= 2 * 3, "{prefix}: {count}");
    }
    for (name, picture) in &pictures {
        assert!(picture.starts_with("<svg") && picture.trim_end().ends_with("</svg>"), "{name}");
        assert!(!picture.contains("NaN") && !picture.contains("inf\""), "{name}");
    }
}
