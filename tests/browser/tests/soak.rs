//! Hands that move everything at random, for a while: no error, no number that is none, and no growth.
//!
//! `SHRINKAGE_LAB_SOAK_SECONDS` says for how long and `SHRINKAGE_LAB_SOAK_SEED` in which order; what is said before
//! a failure repeats it as far as the clock allows. `cargo xtask soak --minutes 10` is the long one.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use browser_tests::{Page, on_page};
use labs::{LABS, NUM_CHAINS, lecture::CHAPTERS};
use serde::Deserialize;
use serde_json::{Value, json};

const HANDS: &str = include_str!("soak/hands.js");

/// How long it lasts where nothing else is said: in continuous integration.
const SECONDS: f64 = 45.0;
/// Share of the time that warms up: everything is brought to its ends, and then moved.
const WARM_UP: f64 = 0.4;
/// Longest turn of one lab: long enough to come to all its controls.
const LONGEST_TURN: f64 = 10.0;
/// Least time for a lab, below which nothing would happen.
const SHORTEST_TURN: f64 = 1.0;
/// By how much memory may grow after the warm-up.
const GROWTH: f64 = 0.10;
/// A page of so little is not measured more finely: the browser's own books, in bytes, and things in a document.
const SLACK_BYTES: f64 = 1e6;
const SLACK_NODES: f64 = 300.0;

#[derive(Deserialize)]
struct Turn {
    steps: u32,
    moved: Vec<String>,
    shown: Vec<String>,
    bad: Vec<String>,
    trail: Vec<String>,
}

/// What the page holds at a quiet place.
#[derive(Clone, Copy, Debug)]
struct Weight {
    /// JavaScript, after the garbage is collected, in bytes.
    heap: f64,
    /// WASM memories of the page and its workers together, in bytes.
    wasm: f64,
    /// Nodes of documents.
    nodes: f64,
    listeners: f64,
}

#[test]
fn hands_that_move_everything_at_random_do_no_harm() {
    let given = |name: &str| std::env::var(name).ok();
    let seconds: f64 =
        given("SHRINKAGE_LAB_SOAK_SECONDS").map_or(SECONDS, |text| text.parse().expect("seconds"));
    let seed: u32 = given("SHRINKAGE_LAB_SOAK_SEED").map_or(1, |text| text.parse().expect("a whole number"));
    println!("SHRINKAGE_LAB_SOAK_SECONDS={seconds} SHRINKAGE_LAB_SOAK_SEED={seed}");
    on_page("", async |page| {
        // The scales stand in the workers too, by scripts that the page's own policy would refuse.
        page.dev_tools("Page.setBypassCSP", json!({ "enabled": true })).await?;
        page.reload_with(HANDS, "#/one-prior").await?;
        page.settle().await?;
        let mut soak = Soak { page, seed, steps: 0, left: controls_of_all_labs() };
        let start = Instant::now();
        let until = |share: f64| start + Duration::from_secs_f64(seconds * share);
        soak.round("reach", until(0.5 * WARM_UP)).await?;
        soak.rounds(until(WARM_UP)).await?;
        let before = soak.weigh().await?;
        soak.rounds(until(1.0)).await?;
        let after = soak.weigh().await?;
        println!("{} moves; before {before:?}, after {after:?}", soak.steps);
        let left: Vec<String> = soak.left.iter().map(|(lab, keys)| format!("{lab} {keys:?}")).collect();
        println!("not moved: {}", left.join(", "));
        assert!(soak.steps > 0);
        for (what, before, after, slack) in [
            ("JavaScript", before.heap, after.heap, SLACK_BYTES),
            ("WASM", before.wasm, after.wasm, SLACK_BYTES),
            ("nodes", before.nodes, after.nodes, SLACK_NODES),
            ("listeners", before.listeners, after.listeners, SLACK_NODES),
        ] {
            assert!(after <= before * (1.0 + GROWTH) + slack, "{what} grew from {before} to {after}");
        }
        Ok(())
    });
}

/// Keys of all controls by the slugs of their labs.
fn controls_of_all_labs() -> BTreeMap<&'static str, BTreeSet<&'static str>> {
    LABS.iter()
        .map(|lab| (lab.meta().name.slug, lab.controls().iter().map(|control| control.key).collect()))
        .collect()
}

struct Soak<'a> {
    page: &'a Page,
    seed: u32,
    steps: u32,
    /// Controls that have not been moved yet.
    left: BTreeMap<&'static str, BTreeSet<&'static str>>,
}

impl Soak<'_> {
    /// Moves things in one lab after the other until the time is over.
    async fn rounds(&mut self, end: Instant) -> Result<()> {
        while Instant::now() < end {
            self.round("move", end).await?;
        }
        Ok(())
    }

    /// One turn of every lab and of one chapter, together no longer than to `end`.
    async fn round(&mut self, what: &str, end: Instant) -> Result<()> {
        let chapter =
            format!("lecture/{}", 1 + usize::try_from(self.seed).expect("32 bits fit") % CHAPTERS.len());
        let labs = LABS.iter().map(|lab| lab.meta().name.slug);
        let places: Vec<String> = labs.map(str::to_owned).chain([chapter]).collect();
        for (index, place) in places.iter().enumerate() {
            let rest = end.saturating_duration_since(Instant::now()).as_secs_f64();
            let turn = (rest / (places.len() - index) as f64).clamp(SHORTEST_TURN, LONGEST_TURN);
            self.turn(what, place, turn).await?;
        }
        Ok(())
    }

    async fn turn(&mut self, what: &str, place: &str, seconds: f64) -> Result<()> {
        self.seed += 1;
        let seed = self.seed;
        self.page.eval(&format!("location.hash = '#/{place}'")).await?;
        self.page.wait_until("document.querySelector('main[data-state=settled]')").await?;
        let ms = 1000.0 * seconds;
        let call =
            if what == "reach" { format!("soak.reach({ms})") } else { format!("soak.move({seed}, {ms})") };
        let script = format!(
            "const done = arguments[0]; {call}.then(done, (error) => done({{ error: String(error) }}))"
        );
        let turn = self.page.client.execute_async(&script, Vec::new()).await?;
        let turn: Turn = serde_json::from_value(turn.clone()).with_context(|| turn.to_string())?;
        self.steps += turn.steps;
        if let Some(left) = self.left.get_mut(place) {
            left.retain(|key| !turn.moved.iter().any(|moved| moved == key));
            if left.is_empty() {
                self.left.remove(place);
            }
        }
        let errors = self.page.take_console_errors().await?;
        let bad = [turn.bad, errors].concat();
        if !bad.is_empty() {
            bail!(
                "{place}, seed {seed}: {}\nat {}\nlast moves: {}",
                bad.join("\n"),
                self.page.link().await?,
                turn.trail.join("; ")
            );
        }
        let shown = turn.shown.len();
        assert!(what == "reach" || shown > 0, "{place} has no controls");
        Ok(())
    }

    /// What the page holds at a lab that needs little, once all is quiet.
    async fn weigh(&self) -> Result<Weight> {
        self.page.eval("location.hash = '#/one-prior'").await?;
        self.page.settle().await?;
        for _ in 0..3 {
            self.page.dev_tools("HeapProfiler.collectGarbage", json!({})).await?;
        }
        let heap = self.page.dev_tools("Runtime.getHeapUsage", json!({})).await?;
        let counts = self.page.dev_tools("Memory.getDOMCounters", json!({})).await?;
        let script = format!("const done = arguments[0]; soak.weigh({}).then(done)", 1 + NUM_CHAINS);
        let wasm = self.page.client.execute_async(&script, Vec::new()).await?;
        let wasm: Vec<f64> = serde_json::from_value(wasm)?;
        assert_eq!(wasm.len(), 2 + NUM_CHAINS, "the page, the desk and the chains");
        println!("WASM memories: {wasm:?}");
        let number = |value: &Value| value.as_f64().context("a number");
        Ok(Weight {
            heap: number(&heap["usedSize"])?,
            wasm: wasm.iter().sum(),
            nodes: number(&counts["nodes"])?,
            listeners: number(&counts["jsEventListeners"])?,
        })
    }
}
