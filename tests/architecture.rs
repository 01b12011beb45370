//! The crate graph of ARCHITECTURE.md, by reading its table, the manifests and the sources.

#![allow(clippy::unwrap_used, reason = "everything in this file is a test")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use toml::{Table, Value};

/// What only `web` may name.
const BROWSER_CRATES: &[&str] = &["yew", "web-sys", "js-sys", "wasm-bindgen", "gloo"];

/// The crates whose results depend on nothing but their arguments.
const PURE: &[&str] = &["stats", "tables", "plots", "models", "estimators", "mcmc", "labs", "engine"];

/// The crates whose numbers must be the same on every platform, to the last bit.
const REPRODUCIBLE: &[&str] = &["stats", "models", "estimators", "mcmc"];

/// What the platform computes in its own way; `libm` has each of them too. (`sqrt` is exact everywhere.)
const PLATFORM_FUNCTIONS: &[&str] = &[
    "exp", "exp2", "exp_m1", "ln", "ln_1p", "log", "log2", "log10", "powf", "cbrt", "hypot", "sin", "cos",
    "tan", "sin_cos", "asin", "acos", "atan", "atan2", "sinh", "cosh", "tanh", "mul_add",
];

/// Words of a clock, the environment or a global random generator.
const IMPURE_WORDS: &[&str] = &[
    "std::time",
    "Instant::now",
    "SystemTime",
    "std::env",
    "env::var",
    "thread_rng",
    "rand::rng()",
    "from_os_rng",
    "from_entropy",
    "OsRng",
    "getrandom",
    "rand::random",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_path_buf()
}

/// A row of the table in ARCHITECTURE.md: what a crate may depend on, and what its tests may besides.
struct Row {
    name: String,
    dependencies: BTreeSet<String>,
    of_tests: BTreeSet<String>,
}

/// The crate table of ARCHITECTURE.md, from top to bottom: the one place where the graph is written down.
fn table() -> Vec<Row> {
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let lines = text.lines().skip_while(|line| !line.starts_with("| crate |")).skip(2);
    let rows: Vec<Row> = lines.take_while(|line| line.starts_with('|')).map(row).collect();
    assert!(rows.len() >= 10, "the crate table of ARCHITECTURE.md was not found");
    rows
}

fn row(line: &str) -> Row {
    let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
    let [name, _, may_depend_on, _] = cells[..] else { panic!("not four cells: {line}") };
    let (dependencies, of_tests) = may_depend_on.split_once("; tests also").unwrap_or((may_depend_on, ""));
    let is_nothing = dependencies == "nothing";
    let (dependencies, of_tests) = (in_code_quotes(dependencies), in_code_quotes(of_tests));
    assert_eq!(dependencies.is_empty(), is_nothing, "{line}");
    let name = in_code_quotes(name).pop_first().unwrap();
    Row { name, dependencies, of_tests }
}

/// The words between backticks.
fn in_code_quotes(text: &str) -> BTreeSet<String> {
    text.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

fn read_toml(path: &Path) -> Table {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    text.parse().unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Our crates: name and folder. The folders under `crates/` and `web`.
fn crates() -> BTreeMap<String, PathBuf> {
    let mut folders: Vec<PathBuf> =
        fs::read_dir(root().join("crates")).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.push(root().join("web"));
    let folders = folders.into_iter().filter(|folder| folder.join("Cargo.toml").is_file());
    folders.map(|folder| (folder.file_name().unwrap().to_str().unwrap().to_string(), folder)).collect()
}

/// The packages that a manifest names; `sections` are "dependencies" and its like, under targets as well.
fn named(manifest: &Table, sections: &[&str]) -> BTreeSet<String> {
    let mut tables = vec![manifest];
    if let Some(Value::Table(targets)) = manifest.get("target") {
        tables.extend(targets.values().filter_map(Value::as_table));
    }
    let of_section = |table: &Table, section: &str| -> Vec<String> {
        let Some(Value::Table(dependencies)) = table.get(section) else { return Vec::new() };
        let package = |(key, value): (&String, &Value)| {
            value.get("package").and_then(Value::as_str).unwrap_or(key).to_string()
        };
        dependencies.iter().map(package).collect()
    };
    tables.iter().flat_map(|table| sections.iter().flat_map(|section| of_section(table, section))).collect()
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files
}

#[test]
fn every_crate_is_in_the_table_and_named_as_its_folder() {
    let in_table: BTreeSet<String> = table().into_iter().map(|row| row.name).collect();
    let crates = crates();
    assert_eq!(crates.keys().cloned().collect::<BTreeSet<_>>(), in_table);
    for (name, folder) in &crates {
        let package = &read_toml(&folder.join("Cargo.toml"))["package"];
        assert_eq!(package["name"].as_str(), Some(name.as_str()));
    }
}

#[test]
fn every_row_of_the_table_depends_on_rows_above_it() {
    let mut above = BTreeSet::new();
    for row in table() {
        let named: BTreeSet<String> = row.dependencies.union(&row.of_tests).cloned().collect();
        assert!(named.is_subset(&above), "{} stands above something that it depends on", row.name);
        above.insert(row.name);
    }
}

#[test]
fn the_manifests_have_the_edges_of_the_table_and_no_others() {
    let crates = crates();
    for row in table() {
        let manifest = read_toml(&crates[&row.name].join("Cargo.toml"));
        let ours = |sections: &[&str]| -> BTreeSet<String> {
            named(&manifest, sections).into_iter().filter(|package| crates.contains_key(package)).collect()
        };
        let dependencies = ours(&["dependencies", "build-dependencies"]);
        assert_eq!(dependencies, row.dependencies, "{}: its manifest, and ARCHITECTURE.md", row.name);
        let allowed: BTreeSet<String> = row.dependencies.union(&row.of_tests).cloned().collect();
        let of_tests = ours(&["dev-dependencies"]);
        assert!(of_tests.is_subset(&allowed), "{}: its tests name {of_tests:?}", row.name);
    }
}

#[test]
fn only_web_names_the_browser() {
    for (name, folder) in crates().iter().filter(|(name, _)| *name != "web") {
        let named = named(
            &read_toml(&folder.join("Cargo.toml")),
            &["dependencies", "build-dependencies", "dev-dependencies"],
        );
        for package in named {
            // What binds programs to JavaScript while they are built is no part of them.
            let is_tool = name == "xtask" && package == "wasm-bindgen-cli-support";
            let is_browser = !is_tool
                && BROWSER_CRATES
                    .iter()
                    .any(|crate_| package == *crate_ || package.starts_with(&format!("{crate_}-")));
            assert!(!is_browser, "{name} names {package}");
        }
    }
}

/// Lines of code of the crates called `names`, as (place, line), comments left out.
fn code_of(names: &[&str]) -> Vec<(String, String)> {
    let crates = crates();
    let files = names.iter().flat_map(|name| sources(&crates[*name].join("src")));
    let lines = files.flat_map(|file| {
        let text = fs::read_to_string(&file).unwrap();
        let file = file.strip_prefix(root()).unwrap().display().to_string();
        let lines: Vec<(String, String)> = (1..)
            .zip(text.lines())
            .filter(|(_, line)| !line.trim_start().starts_with("//"))
            .map(|(number, line)| (format!("{file}:{number}"), line.to_owned()))
            .collect();
        lines
    });
    lines.collect()
}

#[test]
fn nothing_pure_reads_a_clock_the_environment_or_a_global_generator() {
    let found: Vec<String> = code_of(PURE)
        .into_iter()
        .filter(|(_, line)| IMPURE_WORDS.iter().any(|word| line.contains(word)))
        .map(|(place, line)| format!("{place}: {}", line.trim()))
        .collect();
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn no_number_depends_on_the_platforms_functions() {
    let crates = crates();
    let mut found = Vec::new();
    for file in REPRODUCIBLE.iter().flat_map(|name| sources(&crates[*name].join("src"))) {
        let text = fs::read_to_string(&file).unwrap();
        // Tests stand at the foot of a file and may compute as they like.
        let code = text.split("#[cfg(test)]\nmod tests").next().unwrap();
        for line in code.lines().filter(|line| !line.trim_start().starts_with("//")) {
            let words: Vec<&str> = line.split(|c: char| !c.is_alphanumeric() && !"_.:".contains(c)).collect();
            let is_platforms = |word: &&str| {
                let method = word.rsplit_once('.').or_else(|| word.split_once("f64::"));
                method.is_some_and(|(_, name)| PLATFORM_FUNCTIONS.contains(&name))
            };
            if words.iter().any(is_platforms) {
                found.push(format!("{}: {}", file.display(), line.trim()));
            }
        }
    }
    assert!(found.is_empty(), "take these from libm: {found:#?}");
}

/// Paths in the texts for readers, from the top folder or from `crates/`, and the files of the tree.
#[test]
fn what_the_texts_name_is_there() {
    let (root, mut missing) = (root(), Vec::new());
    let is_there = |path: &str| root.join(path).exists() || root.join("crates").join(path).exists();
    for text in ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"] {
        let content = fs::read_to_string(root.join(text)).unwrap();
        for path in in_code_quotes(&content.replace("```", "")) {
            let is_ours = path.split_once('/').is_some_and(|(first, _)| !first.is_empty() && is_there(first));
            // What a build leaves, and patterns, are not files of ours.
            let is_path = is_ours
                && !path.starts_with("target/")
                && !path.starts_with("dist")
                && !path.contains(['<', ' ', '*']);
            if is_path && !is_there(&path) {
                missing.push(format!("{text}: {path}"));
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn every_source_file_stands_in_the_tree() {
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let (_, tree) = text.split_once("## The tree").unwrap();
    let words: BTreeSet<&str> = tree.split([' ', '\n', '(', ')', ',', '/']).collect();
    let mut missing = Vec::new();
    for (name, folder) in crates() {
        assert!(words.contains(name.as_str()), "{name} is not in the tree");
        for file in sources(&folder.join("src")) {
            let stem = file.file_stem().unwrap().to_str().unwrap();
            let folder = file.parent().unwrap().file_name().unwrap().to_str().unwrap();
            // A crate's `lib.rs` and a module's `mod.rs` stand for their folder; a small error type for itself.
            let is_named = words.contains(stem) || words.contains(format!("{stem}.rs").as_str());
            // Parts of a module that the tree names by its folder, as `risk/regions/`.
            let is_part = folder == "regions" && words.contains(folder);
            if !is_named && !is_part && !["lib", "mod", "error"].contains(&stem) {
                missing.push(file.strip_prefix(root()).unwrap().display().to_string());
            }
        }
    }
    assert!(missing.is_empty(), "the tree of ARCHITECTURE.md lacks {missing:#?}");
}
