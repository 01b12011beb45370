//! The programs do what they say: Stan takes them, Python and R come to the page's numbers.

use std::path::Path;
use std::process::Command;

use program_tests::{SCENARIOS, code};

/// A variable that `cargo xtask test` sets.
fn variable(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| panic!("{name} is not set: run these tests by `cargo xtask test`"))
}

/// What the command prints; it must succeed.
fn printed(command: &mut Command) -> String {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?} does not start: {error}"));
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{command:?}:\n{text}\n{}", String::from_utf8_lossy(&output.stderr));
    text
}

#[test]
fn stan_accepts_every_program() {
    let stanc = variable("SHRINKAGE_LAB_STANC");
    let folder = tempfile::tempdir().expect("a folder can be made");
    let mut num_seen = 0;
    for (name, link) in SCENARIOS {
        for program in code(link).programs {
            let Some(stan) = program.stan else { continue };
            assert!(program.body.contains(&stan), "{name}: the program is not the one that was checked");
            let file = folder.path().join("model.stan");
            std::fs::write(&file, stan).expect("the file can be written");
            // Pedantic: also what is legal and unwise.
            let mut command = Command::new(&stanc);
            command.args(["--warn-pedantic", "--o"]).arg(folder.path().join("model.hpp")).arg(&file);
            let output = command.output().expect("stanc starts");
            let said = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{name}: {said}");
            num_seen += 1;
        }
    }
    // limma has nothing to sample.
    let without = SCENARIOS.iter().filter(|(name, _)| name.starts_with("limma")).count();
    assert_eq!(num_seen, 2 * (SCENARIOS.len() - without));
}

#[test]
fn python_comes_to_the_pages_numbers() {
    compare("Python", &variable("SHRINKAGE_LAB_PYTHON"), &[]);
}

#[test]
fn r_comes_to_the_pages_numbers() {
    compare("R", &variable("SHRINKAGE_LAB_RSCRIPT"), &["--vanilla"]);
}

/// Runs the closed form of every scenario in a folder with its data, and compares number with number.
fn compare(title: &str, program: &str, flags: &[&str]) {
    for (name, link) in SCENARIOS {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let code = code(link);
        std::fs::write(folder.path().join(&code.data_file), code.data.csv())
            .expect("the data can be written");
        let wanted = code.programs.iter().find(|program| program.title == title).expect("all are there");
        let file = folder.path().join(&wanted.file);
        std::fs::write(&file, wanted.text(name, link)).expect("the program can be written");
        let printed = printed(Command::new(program).args(flags).arg(&file).current_dir(folder.path()));
        let pairs: Vec<(f64, f64, f64)> = printed.lines().filter_map(pair).collect();
        assert!(!pairs.is_empty(), "{name} compares nothing:\n{printed}");
        for (found, page, unit) in pairs {
            // One in the last digit: rounding, and what a coarser grid may cost.
            assert!((found - page).abs() < 1.01 * unit, "{name}: {found}, on the page {page}\n{printed}");
        }
        assert!(is_clean(folder.path(), &wanted.file, &code.data_file), "{name} leaves files behind");
    }
}

/// The two numbers of a line "…: 1.234  the page says 1.235", and the unit of the last digit.
fn pair(line: &str) -> Option<(f64, f64, f64)> {
    let (found, page) = line.split_once("  the page says ")?;
    let found = found.rsplit(": ").next()?.trim();
    let decimals = page.trim().split_once('.').map_or(0, |(_, digits)| digits.len());
    let unit = 0.1_f64.powi(i32::try_from(decimals).ok()?);
    Some((found.parse().ok()?, page.trim().parse().ok()?, unit))
}

fn is_clean(folder: &Path, program: &str, data: &str) -> bool {
    let mut files = std::fs::read_dir(folder).expect("the folder is there").flatten();
    files.all(|file| file.file_name() == program || file.file_name() == data)
}
