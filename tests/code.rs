//! Programs to take away, against the golden files in `tests/code/`: `UPDATE_PROGRAMS=1` writes them anew.

use std::fs;
use std::path::Path;

use labs::{Scenario, link};
use program_tests::{SCENARIOS, code};

/// Longest data that are kept in a golden file, in lines.
const MAX_LINES: usize = 400;

#[test]
fn programs_are_those_that_were_read() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("code");
    let is_update = std::env::var_os("UPDATE_PROGRAMS").is_some();
    let mut differing = Vec::new();
    for (name, link) in SCENARIOS {
        for program in code(link).programs {
            let kind = program.title.to_lowercase().replace(" + ", "-");
            let ending = program.file.rsplit('.').next().unwrap_or_default();
            let file = folder.join(format!("{name}.{kind}.{ending}"));
            let text = program.text(name, link);
            assert!(text.lines().count() < MAX_LINES, "{name}: the data belong into a file");
            if is_update {
                fs::write(&file, text).expect("the file can be written");
            } else if fs::read_to_string(&file).ok().as_ref() != Some(&text) {
                differing.push(file.display().to_string());
            }
        }
    }
    assert!(differing.is_empty(), "look at them, then UPDATE_PROGRAMS=1: {differing:?}");
}

#[test]
fn every_lab_and_preset_gives_whole_programs() {
    let defaults = (0..labs::LABS.len()).map(Scenario::of_lab);
    let presets = labs::LABS.iter().flat_map(|lab| lab.meta().presets);
    let presets = presets.map(|preset| link::parse(preset.link).scenario);
    for scenario in defaults.chain(presets) {
        let address = link::write(&scenario);
        let Some(code) = labs::registry::programs(&scenario) else {
            assert!(may_have_none(&scenario), "{address} gives no programs");
            continue;
        };
        assert!(code.data.rows.len() <= 200 || code.reads_file, "{address}");
        for program in &code.programs {
            assert!(!program.body.contains("{{") && !program.body.contains("NaN"), "{address}");
            assert!(program.body.contains("the page says"), "{address}: nothing to check against");
            assert_eq!(
                program.body.contains(&code.data_file),
                code.reads_file,
                "{address} {}",
                program.title
            );
        }
        let is_even = code.data.rows.iter().all(|row| row.len() == code.data.columns.len());
        assert!(is_even && !code.data.rows.is_empty(), "{address}");
    }
}

/// A table that is not yet there has no model.
fn may_have_none(scenario: &Scenario) -> bool {
    let values = scenario.values();
    values.controls.iter().any(|control| control.key == "set") && values.choice("set") == "own"
}

#[test]
fn what_is_hidden_stays_hidden() {
    for lab in ["one-prior", "james-stein", "regions", "data"] {
        let shown = code(&format!("#/{lab}"));
        let hidden = code(&format!("#/{lab}?truth=hidden"));
        let column = |code: &labs::Code| code.data.columns.iter().any(|column| column == "truth");
        assert!(column(&shown) && !column(&hidden), "{lab}");
        assert!(hidden.programs.iter().all(|program| !program.body.contains("truth =")), "{lab}");
        assert!(hidden.programs.iter().all(|program| !program.body.contains("truth <-")), "{lab}");
    }
}
