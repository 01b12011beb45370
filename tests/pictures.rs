//! Golden pictures: every figure of every lab at its defaults, of each of its views, and of draws where it
//! samples, as SVG text.
//!
//! `UPDATE_PICTURES=1 cargo test -p tests --test pictures` rewrites
//! `tests/pictures/*.svg` and removes those that are no longer made. Look at a
//! picture before committing it.

#![allow(clippy::unwrap_used, reason = "everything in this file is a test")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use labs::{Body, Extras, Kind, LABS, NUM_CHAINS, Panel, Scenario, Value};
use mcmc::Draws;
use plots::{Theme, View, natural_height, svg};

/// Name of the variant, theme, width in CSS pixels: a card of the page, and a phone at night.
const VARIANTS: [(&str, Theme, f64); 2] = [("", Theme::LIGHT, 640.0), ("_narrow_dark", Theme::DARK, 340.0)];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("pictures")
}

/// Every other option of the choice `key` of a lab, with its name; nothing if it has no such choice.
fn options(lab: usize, key: &str) -> Vec<(&'static str, Scenario)> {
    let default = Scenario::of_lab(lab);
    let Some(index) = default.find_control(|control| control.key == key) else { return Vec::new() };
    let Kind::Choice { options } = default.lab().controls()[index].kind else { panic!("{key} is no choice") };
    let others =
        options.iter().enumerate().filter(|(option, _)| Value::Choice(*option) != *default.value(index));
    others
        .map(|(option, (name, _))| {
            let mut scenario = default.clone();
            scenario.set(index, Value::Choice(option));
            (*name, scenario)
        })
        .collect()
}

/// Every lab at its defaults and in its other views, with the start of its pictures' names.
fn scenarios() -> Vec<(String, Scenario)> {
    let mut scenarios = Vec::new();
    for (lab, of_lab) in LABS.iter().enumerate() {
        let slug = of_lab.meta().name.slug;
        let views = options(lab, "view").into_iter();
        scenarios.extend(views.map(|(view, scenario)| (format!("{slug}_{view}"), scenario)));
        scenarios.push((slug.to_owned(), Scenario::of_lab(lab)));
    }
    scenarios
}

/// Every lab that samples, with each of its details and both SDs learned where they can be, and short chains.
fn sampled() -> Vec<(String, Scenario)> {
    const SHORT: [(&str, &str); 5] = [
        ("warmup", "200"),
        ("draws", "200"),
        ("repeats", "0"),
        ("scale_theta", "half-normal"),
        ("scale_mu", "half-normal"),
    ];
    let mut scenarios = Vec::new();
    for (lab, of_lab) in LABS.iter().enumerate() {
        let default = Scenario::of_lab(lab);
        if default.open().sampling().is_none() {
            continue;
        }
        let mut details = options(lab, "details");
        details.push(("draws", default));
        for (name, mut scenario) in details {
            for (index, control) in of_lab.controls().iter().enumerate() {
                if let Some((_, text)) = SHORT.iter().find(|(key, _)| *key == control.key) {
                    let (value, notice) = control.read(text, scenario.value(index));
                    assert_eq!(notice, None);
                    scenario.set(index, value);
                }
            }
            scenarios.push((format!("{}_{name}", of_lab.meta().name.slug), scenario));
        }
    }
    scenarios
}

/// The kept draws of all chains, run to their end.
fn draws(scenario: &Scenario) -> Draws {
    let sampling = scenario.open().sampling().unwrap();
    let mut draws = Draws::new(scenario.open().variables(), NUM_CHAINS, sampling.num_draws);
    for chain in 0..NUM_CHAINS {
        let mut sampler = scenario.open().sampler(chain).unwrap();
        for _ in 0..sampling.num_warmup {
            sampler.step();
        }
        for _ in 0..sampling.num_draws {
            sampler.step();
            draws.push(chain, sampler.draw());
        }
    }
    draws
}

fn panels(scenario: &Scenario, draws: Option<&Draws>) -> Vec<Panel> {
    let mut run = scenario.start();
    let repeats_done = run.num_repeats();
    (0..repeats_done).for_each(|index| run.repeat(index));
    run.panels(&scenario.values(), &Extras { repeats_done, draws, ..Extras::default() })
}

/// File name and SVG of every picture.
fn pictures() -> BTreeMap<String, String> {
    let mut pictures = BTreeMap::new();
    let mut keep = |start: &str, panel: &Panel| {
        let Body::Figure(figure) = &panel.body else { return };
        for (variant, theme, width) in VARIANTS {
            let view = View { theme, highlight: None };
            let height = natural_height(figure, width, theme.scale);
            let name = format!("{start}_{}{variant}.svg", panel.id);
            pictures.insert(name, svg(figure, &view, width, height, &panel.title));
        }
    };
    let mut seen = Vec::new();
    for (start, scenario) in scenarios() {
        for panel in panels(&scenario, None) {
            keep(&start, &panel);
            seen.push(panel.body);
        }
    }
    for (start, scenario) in sampled() {
        for panel in panels(&scenario, Some(&draws(&scenario))) {
            // The details of a lab change one or two.
            if !seen.contains(&panel.body) {
                keep(&start, &panel);
                seen.push(panel.body);
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
        let prefix = format!("{}_", lab.meta().name.slug);
        let count = pictures.keys().filter(|name| name.starts_with(&prefix)).count();
        assert!(count >= 2 * 3, "{prefix}: {count}");
    }
    for (name, picture) in &pictures {
        assert!(picture.starts_with("<svg") && picture.trim_end().ends_with("</svg>"), "{name}");
        assert!(!picture.contains("NaN") && !picture.contains("inf\""), "{name}");
    }
}
