//! The crate graph, by reading the manifests and sources.

#![allow(clippy::unwrap_used, reason = "everything in this file is a test")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use toml::{Table, Value};

/// Every crate of ours with the crates of ours that it may name. ARCHITECTURE.md has the same table.
const MAY_DEPEND_ON: &[(&str, &[&str])] = &[
    ("stats", &[]),
    ("plots", &[]),
    ("models", &["stats"]),
    ("estimators", &["stats", "models"]),
    ("mcmc", &["stats", "models"]),
    ("labs", &["stats", "plots", "models", "estimators", "mcmc"]),
    ("engine", &["labs"]),
    ("cli", &["engine"]),
    ("web", &["engine", "labs", "plots"]),
    ("xtask", &[]),
];

/// What only `web` may name.
const BROWSER_CRATES: &[&str] = &["yew", "web-sys", "js-sys", "wasm-bindgen", "gloo"];

/// The crates whose results depend on nothing but their arguments.
const PURE: &[&str] = &["stats", "plots", "models", "estimators", "mcmc", "labs"];

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
    let table: BTreeSet<&str> = MAY_DEPEND_ON.iter().map(|(name, _)| *name).collect();
    let crates = crates();
    let folders: BTreeSet<&str> = crates.keys().map(String::as_str).collect();
    assert_eq!(folders, table);
    for (name, folder) in &crates {
        let package = &read_toml(&folder.join("Cargo.toml"))["package"];
        assert_eq!(package["name"].as_str(), Some(name.as_str()));
    }
}

#[test]
fn manifests_have_no_edge_beyond_the_table() {
    let crates = crates();
    let mut forbidden = Vec::new();
    for (name, allowed) in MAY_DEPEND_ON {
        let manifest = read_toml(&crates[*name].join("Cargo.toml"));
        let ours = named(&manifest, &["dependencies", "build-dependencies", "dev-dependencies"]);
        let ours = ours.iter().filter(|package| crates.contains_key(*package));
        forbidden.extend(
            ours.filter(|package| !allowed.contains(&package.as_str())).map(|to| format!("{name} -> {to}")),
        );
    }
    assert!(forbidden.is_empty(), "edges that the table does not have: {forbidden:?}");
}

#[test]
fn only_web_names_the_browser() {
    for (name, folder) in crates().iter().filter(|(name, _)| *name != "web") {
        let named = named(
            &read_toml(&folder.join("Cargo.toml")),
            &["dependencies", "build-dependencies", "dev-dependencies"],
        );
        for package in named {
            let is_browser = BROWSER_CRATES
                .iter()
                .any(|crate_| package == *crate_ || package.starts_with(&format!("{crate_}-")));
            assert!(!is_browser, "{name} names {package}");
        }
    }
}

#[test]
fn below_engine_nothing_reads_a_clock_the_environment_or_a_global_generator() {
    let crates = crates();
    let mut found = Vec::new();
    for name in PURE {
        for file in sources(&crates[*name].join("src")) {
            let text = fs::read_to_string(&file).unwrap();
            let code = text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//"));
            for (number, line) in code {
                for word in IMPURE_WORDS.iter().filter(|word| line.contains(**word)) {
                    let file = file.strip_prefix(root()).unwrap().display();
                    found.push(format!("{file}:{}: {word}", number + 1));
                }
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn tools_have_one_version_everywhere() {
    let workspace = read_toml(&root().join("Cargo.toml"));
    let wasm_bindgen = workspace["workspace"]["dependencies"]["wasm-bindgen"].as_str().unwrap();
    let wasm_bindgen = wasm_bindgen.strip_prefix('=').expect("wasm-bindgen is pinned by `=`");
    let trunk = read_toml(&root().join("Trunk.toml"));
    assert_eq!(trunk["tools"]["wasm_bindgen"].as_str(), Some(wasm_bindgen));
    let wasm_opt = trunk["tools"]["wasm_opt"].as_str().unwrap().strip_prefix("version_").unwrap();
    let tools = fs::read_to_string(root().join("crates/xtask/src/tools.rs")).unwrap();
    assert!(tools.contains(&format!("WASM_BINDGEN_VERSION: &str = \"{wasm_bindgen}\"")));
    assert!(tools.contains(&format!("WASM_OPT_VERSION: &str = \"{wasm_opt}\"")));
}
