//! `cargo xtask lighthouse`: what Lighthouse says of the built page on a telephone.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command as Process;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::browser::Browsers;
use crate::step::{Tally, run, step};
use crate::{Command, browser, dist, no_arguments, server, tools};

pub(crate) const COMMAND: Command = Command {
    usage: "lighthouse",
    about: "measure the built page by Lighthouse, as a telephone sees it; fails below 95",
    run: |args| {
        no_arguments(args)?;
        let browsers = browser::find_or_install()?;
        dist::build(&tools::find_or_install()?)?;
        let url = server::start(server::bind(0)?, dist::FOLDER.as_ref(), "/some/path/")?;
        step("Lighthouse", || performance(&browsers, &url))
    },
};

/// The least score of each category, out of 1.
const LEAST: f64 = 0.95;
/// The most that what is on screen may jump, in Lighthouse's unit: a part of the screen times a part of its height.
/// A tenth is called good; nothing at all is our aim, and this is rounding.
const MOST_SHIFT: f64 = 0.01;
/// A machine that does other things as well measures slower; the middle one of these counts.
const RUNS: usize = 3;

/// Chromium's flags: headless, as root in a container, and quiet on the network.
const FLAGS: &str = "--headless=new --no-sandbox --disable-dev-shm-usage --disable-gpu --disable-quic --no-first-run \
    --disable-background-networking --disable-component-update --disable-sync";

/// Everything but speed, which a busy machine cannot tell: access, good practice, what a search engine finds, and
/// that nothing jumps.
///
/// # Errors
/// If a score is too low.
pub(crate) fn check(browsers: &Browsers, url: &str) -> Result<Tally> {
    step("Lighthouse, but for speed", || {
        let only =
            ["--only-categories=accessibility,best-practices,seo", "--only-audits=cumulative-layout-shift"];
        judge(&measure(browsers, url, &only)?)?;
        Ok(Tally { passed: 1, ..Tally::default() })
    })
}

fn performance(browsers: &Browsers, url: &str) -> Result<()> {
    let mut reports = (0..RUNS).map(|_| measure(browsers, url, &[])).collect::<Result<Vec<_>>>()?;
    let score = |report: &Value| report["categories"]["performance"]["score"].as_f64().unwrap_or_default();
    reports.sort_by(|a, b| score(a).total_cmp(&score(b)));
    let scores: Vec<String> = reports.iter().map(|report| format!("{:.0}", 100.0 * score(report))).collect();
    println!("    performance in {RUNS} runs: {}", scores.join(", "));
    judge(&reports[RUNS / 2])
}

/// One run; the report is left in `target/lighthouse`.
fn measure(browsers: &Browsers, url: &str, only: &[&str]) -> Result<Value> {
    let folder = target().join("lighthouse");
    fs::create_dir_all(&folder)?;
    let report = folder.join("page");
    run(Process::new(tools::lighthouse()?)
        .arg(url)
        .args(["--quiet", "--output=json", "--output=html", &format!("--chrome-flags={FLAGS}")])
        .arg(format!("--output-path={}", report.display()))
        .args(only)
        .env("CHROME_PATH", browsers.chromium()))?;
    let text = fs::read_to_string(report.with_extension("report.json"))?;
    serde_json::from_str(&text).context("Lighthouse's report is no JSON")
}

/// Prints the scores, and what cost points; an error if one is too low.
fn judge(report: &Value) -> Result<()> {
    let mut is_good = true;
    let categories = report["categories"].as_object().context("a report without categories")?;
    for category in categories.values() {
        let score = category["score"].as_f64();
        println!(
            "    {:>4} {}",
            score.map_or("none".to_owned(), |score| format!("{:.0}", 100.0 * score)),
            category["title"].as_str().unwrap_or_default()
        );
        is_good &= score >= Some(LEAST);
        for part in category["auditRefs"].as_array().into_iter().flatten() {
            let audit = &report["audits"][part["id"].as_str().unwrap_or_default()];
            // What does not apply has no score.
            let is_short = audit["score"].as_f64().is_some_and(|score| score < 1.0);
            if part["weight"].as_f64() > Some(0.0) && is_short {
                let text = |key: &str| audit[key].as_str().unwrap_or_default();
                println!("         {}: {}", text("title"), text("displayValue"));
            }
        }
    }
    let shift = report["audits"]["cumulative-layout-shift"]["numericValue"].as_f64();
    let shift = shift.context("a report without layout shift")?;
    println!("    {shift:.3} layout shift");
    is_good &= shift <= MOST_SHIFT;
    ensure!(
        is_good,
        "each score must be {:.0} or more and the shift at most {MOST_SHIFT}; the whole report is in {}",
        100.0 * LEAST,
        target().join("lighthouse").display()
    );
    Ok(())
}

fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| Path::new("target").to_path_buf(), PathBuf::from)
}
