//! The browser's half of `cargo xtask bench`: samplers and repeats in one worker, and the time from a
//! slider's input to the picture.
//!
//! Prints a line for each number: `cold <what> <number>` or `warm <what> <number>`, and a 95th percentile as
//! a second number. Cold is a fresh browser; it is measured in several.

use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use browser_tests::Page;
use engine::protocol::{Part, Progress, Tally, decode, encode};
use engine::{Chunk, PROTOCOL_VERSION, Reply, Request, RunId};
use fantoccini::wd::TimeoutConfiguration;
use labs::registry::Family;
use labs::{NUM_CHAINS, Scenario, link};
use mcmc::{Draws, SAMPLER_COLUMNS, diagnose};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// Fresh browsers for every cold number.
const NUM_BROWSERS: usize = 3;
/// Runs of a worker before its runs count as warm.
const NUM_WARMUP_RUNS: usize = 5;
/// Warm numbers are medians over so many batches of runs.
const NUM_BATCHES: usize = 11;
/// Steps of a slider that count as cold, are thrown away, and count as warm.
const NUM_STEPS: (usize, usize, usize) = (10, 50, 200);
/// Between two steps of a slider: longer than a step should take.
const STEP_PAUSE: Duration = Duration::from_millis(50);
/// Limit for one script: some hundred steps on a busy machine.
const SCRIPT_LIMIT: Duration = Duration::from_secs(240);
/// Time in which the desk ends the diagnostics of its last run, which come after it has settled.
const DIAGNOSIS_PAUSE: Duration = Duration::from_millis(300);
/// The lecture's data, both scales learned with the page's priors, half-normal(0, 2.5) and half-normal(0, 5).
const MODEL_2: &str = "#/regions?scale_theta=half-normal&scale_mu=half-normal";
const EIGHT_SCHOOLS: &str = "#/regions?scale_mu=half-cauchy&prior_mu=5&data=eight";
/// 2,000 simulated schools in 100 regions of 1 to 177.
const LARGE: &str = "#/regions?sizes=44x1,51x21,5x177&sampler=exact";
const LEARNED: &str = "&scale_theta=half-normal&scale_mu=half-normal";
/// A document beside the page that runs nothing: the source text of a script.
const IDLE_DOCUMENT: &str = "boot.js";

fn main() -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    check_encoding()?;
    runtime.block_on(async {
        // A worker's clock shows tenths of a millisecond: short runs are timed in batches.
        sampler("nuts", "#/regions", 1).await?;
        let draws = sampler("exact", "#/regions?sampler=exact", 20).await?;
        sampler("model2_nuts", &format!("{MODEL_2}&sampler=nuts-nc"), 1).await?;
        sampler("model2_schools_nuts", &format!("{MODEL_2}&sampler=nuts-nc-schools"), 1).await?;
        sampler("model2_exact", &format!("{MODEL_2}&sampler=exact"), 10).await?;
        sampler("eight_nuts", &format!("{EIGHT_SCHOOLS}&sampler=nuts-nc"), 2).await?;
        sampler("eight_exact", &format!("{EIGHT_SCHOOLS}&sampler=exact"), 20).await?;
        // Their ESS is the native one: the draws are the same, and too many to send them through the driver.
        for (name, link) in
            [("large1_exact", LARGE.to_owned()), ("large2_exact", format!("{LARGE}{LEARNED}"))]
        {
            chains(name, &link, 1).await?;
        }
        sampler("tf", "#/tf-binding?features=12&types=5&reps=4", 1).await?;
        repeats("lab2_repeats", "#/james-stein?repeats=1000", &[]).await?;
        repeats("lab3_repeats", "#/regions?sampler=exact&repeats=1000", &draws).await?;
        repeats("lab3_no_repeats", "#/regions?sampler=exact&repeats=0", &draws).await?;
        repeats("race", "#/when?view=race&repeats=1000", &[]).await?;
        repeats("exact_map", "#/when?repeats=0&grid=40", &[]).await?;
        repeats("simulated_map", "#/when?repeats=0&from=data&grid=40&cell_repeats=200", &[]).await?;
        for view in VIEWS {
            pictures(view).await?;
        }
        Ok(())
    })
}

/// Whether page.js still reads the answers of the desk rightly: 1, the number of the run, …, settled or not.
fn check_encoding() -> Result<()> {
    for settled in [false, true] {
        let progress = Progress { settled, ..Progress::default() };
        let reply = Reply::Panels {
            run_id: 300,
            lab: 2,
            order: Vec::new(),
            changed: Vec::new(),
            notices: Vec::new(),
            progress,
        };
        let bytes = encode(&reply);
        if bytes[..3] != [1, 0b1010_1100, 0b10] || bytes.last() != Some(&u8::from(settled)) {
            bail!("the encoding of `Reply` has changed: bring `read` in page.js up to date");
        }
    }
    if encode(&Reply::Failed { run_id: 0, message: String::new() })[0] != 3 {
        bail!("the encoding of `Reply` has changed: bring `read` in page.js up to date");
    }
    Ok(())
}

/// A script's promise, kept: `function` is a JavaScript expression, `args` its arguments.
async fn call<T: DeserializeOwned>(page: &Page, function: &str, args: &[Value]) -> Result<T> {
    let script = format!(
        "const args = Array.from(arguments), done = args.pop(); Promise.resolve(({function})(...args)).then(
             (value) => done({{ value }}), (error) => done({{ error: String(error) }}));"
    );
    let mut outcome = page.client.execute_async(&script, args.to_vec()).await?;
    if let Some(error) = outcome["error"].as_str() {
        bail!("`{function}`: {error}");
    }
    serde_json::from_value(outcome["value"].take()).with_context(|| format!("what `{function}` returns"))
}

/// A fresh browser on a document of the page's folder that runs nothing.
async fn idle_page() -> Result<Page> {
    let page = Page::open(IDLE_DOCUMENT).await?;
    let limits = TimeoutConfiguration::new(Some(SCRIPT_LIMIT), Some(SCRIPT_LIMIT), None);
    page.client.update_timeouts(limits).await?;
    Ok(page)
}

/// A fresh browser with one worker of the page, fit for `scenario`, that is told nothing yet.
async fn lone_worker(scenario: &Scenario) -> Result<Page> {
    let page = idle_page().await?;
    page.client.execute(include_str!("worker.js"), Vec::new()).await?;
    let program = Family::of_lab(scenario.lab_index()).name();
    let _: f64 = call(&page, "(program) => lone.start(program)", &[json!(program)]).await?;
    Ok(page)
}

/// The bytes of a message as worker.js takes them.
fn text(message: &Request) -> String {
    encode(message).into_iter().map(char::from).collect()
}

fn bytes(text: &str) -> Result<Vec<u8>> {
    text.chars().map(|character| u8::try_from(character).context("a character above 255")).collect()
}

fn hello(part: Part) -> String {
    text(&Request::Hello { version: PROTOCOL_VERSION, part })
}

fn scenario_of(link: &str) -> Result<Scenario> {
    let parsed = link::parse(link);
    match parsed.notices.first() {
        None => Ok(parsed.scenario),
        Some(notice) => bail!("{link}: {notice:?}"),
    }
}

/// One chain as worker.js returns it.
#[derive(Deserialize)]
struct SampledChain {
    wall_ms: f64,
    chunk: String,
    /// Draw by draw, each the variables and then the sampler's columns; JSON.
    draws: String,
}

/// Four chains of a scenario, run one after another in one worker.
#[derive(Default)]
struct ChainTimes {
    /// Computing, summed over the chains.
    busy_ms: f64,
    /// From the request to the last draw at the page, summed over the chains.
    wall_ms: f64,
    num_leapfrog: f64,
}

/// Measures the chains of a scenario as [`chains`] does, and what they draw; returns the draws of each, as JSON.
async fn sampler(name: &str, link: &str, runs_per_batch: usize) -> Result<Vec<String>> {
    let scenario = scenario_of(link)?;
    let seconds = chains(name, link, runs_per_batch).await?;
    let page = lone_worker(&scenario).await?;
    let draws = sample(&page, &scenario, true).await?.1;
    page.close().await;
    let (num_draws, ess) = smallest_ess(&scenario, &draws)?;
    for (heat, seconds) in [("cold", seconds.cold), ("warm", seconds.warm)] {
        println!("{heat} {name}_draws_per_second {}", num_draws / seconds);
        println!("{heat} {name}_ess {}", ess.min(num_draws));
        println!("{heat} {name}_ess_per_second {}", ess.min(num_draws) / seconds);
    }
    Ok(draws)
}

/// Seconds of computing.
struct Seconds {
    cold: f64,
    warm: f64,
}

/// Measures how long the chains of a scenario take, cold and warm.
async fn chains(name: &str, link: &str, runs_per_batch: usize) -> Result<Seconds> {
    let scenario = scenario_of(link)?;
    let (mut cold, mut warm) = (Vec::new(), Vec::new());
    for browser in 1..=NUM_BROWSERS {
        eprintln!("    {name}: browser {browser} of {NUM_BROWSERS}");
        let page = lone_worker(&scenario).await?;
        cold.push(sample(&page, &scenario, false).await?.0);
        if browser == NUM_BROWSERS {
            for _ in 0..NUM_WARMUP_RUNS * runs_per_batch {
                sample(&page, &scenario, false).await?;
            }
            for _ in 0..NUM_BATCHES {
                let mut batch = ChainTimes::default();
                for _ in 0..runs_per_batch {
                    let (times, _) = sample(&page, &scenario, false).await?;
                    batch.busy_ms += times.busy_ms / runs_per_batch as f64;
                    batch.wall_ms += times.wall_ms / runs_per_batch as f64;
                    batch.num_leapfrog = times.num_leapfrog;
                }
                warm.push(batch);
            }
        }
        page.close().await;
    }
    let [cold, warm] = [("cold", cold), ("warm", warm)].map(|(heat, times)| {
        let median_of = |field: fn(&ChainTimes) -> f64| median(times.iter().map(field).collect());
        let seconds = median_of(|times| times.busy_ms) / 1e3;
        let num_leapfrog = median_of(|times| times.num_leapfrog);
        if num_leapfrog > 0.0 {
            println!("{heat} {name}_num_leapfrog {num_leapfrog}");
            println!("{heat} {name}_ns_per_leapfrog {}", seconds / num_leapfrog * 1e9);
        }
        println!("{heat} {name}_ms {}", seconds * 1e3);
        println!("{heat} {name}_wall_ms {}", median_of(|times| times.wall_ms));
        seconds
    });
    Ok(Seconds { cold, warm })
}

/// Runs the chains once; the draws of each only if they are wanted.
async fn sample(page: &Page, scenario: &Scenario, wants_draws: bool) -> Result<(ChainTimes, Vec<String>)> {
    let sampling = scenario.open().sampling().context("the scenario samples nothing")?;
    let run = text(&Request::Run { run_id: 1, scenario: scenario.clone(), restart: true });
    let hellos: Vec<String> = chain_numbers().map(|chain| hello(Part::Chain { chain })).collect();
    let num_numbers = sampling.num_draws * (scenario.open().variables().len() + SAMPLER_COLUMNS.len());
    let args = [json!(hellos), json!(run), json!(num_numbers), json!(wants_draws)];
    let chains: Vec<SampledChain> = call(page, "(...args) => lone.sample(...args)", &args).await?;
    let mut times = ChainTimes::default();
    for chain in &chains {
        let chunk: Chunk = decode(&bytes(&chain.chunk)?)?;
        if !chunk.tally.finished {
            bail!("chain {} sent all its draws but did not end", chunk.chain);
        }
        times.busy_ms += chunk.tally.busy_ms;
        times.wall_ms += chain.wall_ms;
        times.num_leapfrog += chunk.tally.num_leapfrog as f64;
    }
    Ok((times, chains.into_iter().map(|chain| chain.draws).collect()))
}

fn chain_numbers() -> impl Iterator<Item = u8> {
    (0..).take(NUM_CHAINS)
}

/// Number of draws, and the smallest rank-normalised split bulk ESS over all variables.
fn smallest_ess(scenario: &Scenario, chains: &[String]) -> Result<(f64, f64)> {
    let names = scenario.open().variables();
    let num_variables = names.len();
    let width = num_variables + SAMPLER_COLUMNS.len();
    let mut numbers = Vec::new();
    for chain in chains {
        // What is not a number comes as null.
        let chain = serde_json::from_str::<Vec<Option<f64>>>(chain)?;
        numbers.push(chain.into_iter().map(|number| number.unwrap_or(f64::NAN)).collect::<Vec<f64>>());
    }
    let num_draws = numbers.first().map_or(0, |chain| chain.len() / width);
    let mut draws = Draws::new(names, NUM_CHAINS, num_draws);
    for (c, chain) in numbers.iter().enumerate() {
        chain.chunks_exact(width).for_each(|row| draws.push(c, &row[..num_variables]));
    }
    let smallest = diagnose(&draws).iter().map(|variable| variable.ess_bulk).fold(f64::INFINITY, f64::min);
    Ok(((num_draws * NUM_CHAINS) as f64, smallest))
}

/// An answer of the desk as worker.js returns it.
#[derive(Deserialize)]
struct TimedReply {
    at: f64,
    message: String,
}

/// Measures a desk from the request until its first panels and until it is settled: data, estimates, repeats
/// and panels.
///
/// - `draws`: of each chain, as JSON, handed over with the request; empty for a lab that samples nothing.
async fn repeats(name: &str, link: &str, draws: &[String]) -> Result<()> {
    let scenario = scenario_of(link)?;
    let (mut cold, mut warm) = (Vec::new(), Vec::new());
    for browser in 1..=NUM_BROWSERS {
        eprintln!("    {name}: browser {browser} of {NUM_BROWSERS}");
        let page = lone_worker(&scenario).await?;
        let args = [json!(hello(Part::Desk)), json!(draws.len())];
        let _: String = call(&page, "(...args) => lone.hello(...args)", &args).await?;
        let _: Value = call(&page, "(...args) => lone.keepDraws(...args)", &[json!(draws)]).await?;
        let is_last = browser == NUM_BROWSERS;
        let num_runs: RunId = if is_last { 1 + NUM_WARMUP_RUNS + NUM_BATCHES } else { 1 }.try_into()?;
        for run_id in 1..=num_runs {
            tokio::time::sleep(DIAGNOSIS_PAUSE).await;
            let answer = settle(&page, run_id, &scenario, draws.len()).await?;
            match run_id as usize {
                1 => cold.push(answer),
                run if run > 1 + NUM_WARMUP_RUNS => warm.push(answer),
                _ => {}
            }
        }
        page.close().await;
    }
    for (heat, answers) in [("cold", cold), ("warm", warm)] {
        println!("{heat} {name}_first {}", median(answers.iter().map(|answer| answer.first).collect()));
        println!("{heat} {name} {}", median(answers.iter().map(|answer| answer.settled).collect()));
    }
    Ok(())
}

/// When a desk has answered, in milliseconds from the request.
struct Answered {
    first: f64,
    settled: f64,
}

/// When the desk answers run `run_id`, for which all draws come with the request.
async fn settle(page: &Page, run_id: RunId, scenario: &Scenario, num_chains: usize) -> Result<Answered> {
    let sampling = scenario.open().sampling();
    let num_draws = sampling.map_or(Ok(0), |sampling| sampling.num_draws.try_into())?;
    let num_variables = scenario.open().variables().len().try_into()?;
    let chunk = |chain| -> String {
        let tally = Tally { iterations: num_draws, finished: true, ..Tally::default() };
        let chunk = Chunk { run_id, chain, num_variables, num_warmup: 0, num_draws, tally };
        encode(&chunk).into_iter().map(char::from).collect()
    };
    let chunks: Vec<String> = chain_numbers().take(num_chains).map(chunk).collect();
    let run = text(&Request::Run { run_id, scenario: scenario.clone(), restart: true });
    let began: f64 = call(page, "(...args) => lone.ask(...args)", &[json!(run), json!(chunks)]).await?;
    let mut first = None;
    loop {
        let TimedReply { at, message } = call(page, "() => lone.reply()", &[]).await?;
        match decode(&bytes(&message)?)? {
            Reply::Panels { run_id: of, progress, .. } if of == run_id => {
                let settled = at - began;
                let first = *first.get_or_insert(settled);
                if progress.settled {
                    return Ok(Answered { first, settled });
                }
            }
            Reply::Failed { message, .. } => bail!("the desk failed: {message}"),
            // Of the run before: its diagnostics come after it has settled.
            Reply::Panels { .. } | Reply::Ready { .. } | Reply::Draws { .. } | Reply::Code { .. } => {}
        }
    }
}

/// A view of the page and the slider that is dragged in it.
struct View {
    name: &'static str,
    link: &'static str,
    slider: &'static str,
}

const VIEWS: &[View] = &[
    View { name: "lab3_exact_no_repeats", link: "#/regions?sampler=exact&repeats=0", slider: "sd_mu" },
    View { name: "lab3_exact", link: "#/regions?sampler=exact", slider: "sd_mu" },
    View { name: "lab3_nuts_no_repeats", link: "#/regions?repeats=0", slider: "sd_mu" },
    View { name: "lab3_nuts", link: "#/regions", slider: "sd_mu" },
    View {
        name: "large",
        link: "#/regions?sizes=44x1,51x21,5x177&scale_theta=half-normal&scale_mu=half-normal&sampler=exact&repeats=0",
        slider: "sd_mu",
    },
    View { name: "lab1", link: "#/one-prior", slider: "a" },
    View { name: "lab2", link: "#/james-stein?repeats=1000", slider: "a" },
    View { name: "limma", link: "#/limma?genes=5000", slider: "d0" },
    View { name: "mrlocus", link: "#/mrlocus", slider: "slope" },
];

/// One step of a slider as page.js returns it, in milliseconds from the input event.
#[derive(Deserialize)]
struct Step {
    first: f64,
    drawn: f64,
    frame: f64,
    over: f64,
}

impl Step {
    fn moments(&self) -> [(&'static str, f64); 4] {
        [("first", self.first), ("drawn", self.drawn), ("frame", self.frame), ("over", self.over)]
    }
}

/// Where a slider lies on the page, in CSS pixels.
#[derive(Deserialize)]
struct Track {
    left: f64,
    y: f64,
    width: f64,
}

/// Measures loading a view, and dragging its slider, cold and warm.
async fn pictures(view: &View) -> Result<()> {
    let (num_cold, num_thrown_away, num_warm) = NUM_STEPS;
    let (mut cold_load, mut warm_load) = (Vec::new(), Vec::new());
    let (mut cold, mut warm) = (Vec::new(), Vec::new());
    for browser in 1..=NUM_BROWSERS {
        eprintln!("    {}: browser {browser} of {NUM_BROWSERS}", view.name);
        let page = idle_page().await?;
        // A first step would otherwise travel for a while to its picture, on purpose.
        page.set_preferences("light", true).await?;
        let script = json!({ "source": include_str!("load.js") });
        page.dev_tools("Page.addScriptToEvaluateOnNewDocument", script).await?;
        page.go_to(view.link).await?;
        cold_load.push(first_settled(&page).await?);
        cold.extend(drag(&page, view.slider, num_cold).await?);
        if browser == NUM_BROWSERS {
            drag(&page, view.slider, num_thrown_away).await?;
            warm = drag(&page, view.slider, num_warm).await?;
        }
        page.client.refresh().await?;
        warm_load.push(first_settled(&page).await?);
        if let [alert, ..] = page.alerts().await?.as_slice() {
            bail!("the page reports: {alert}");
        }
        page.close().await;
    }
    let name = view.name;
    println!("cold {name}_load {}", median(cold_load));
    println!("warm {name}_load {}", median(warm_load));
    for (heat, steps) in [("cold", cold), ("warm", warm)] {
        let mut moments: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
        for (moment, ms) in steps.iter().flat_map(Step::moments) {
            moments.entry(moment).or_default().push(ms);
        }
        for (moment, ms) in moments {
            println!("{heat} {name}_{moment} {} {}", median(ms.clone()), quantile(ms, 0.95));
        }
    }
    Ok(())
}

async fn first_settled(page: &Page) -> Result<f64> {
    page.wait_until("window.firstSettled").await?.as_f64().context("a time is a number")
}

/// Presses on a slider and moves a real pointer to and fro: the browser then gives the page its input at the
/// start of a frame, as it does when a hand drags.
async fn drag(page: &Page, slider: &str, num_steps: usize) -> Result<Vec<Step>> {
    /// Positions of the pointer on its way from one end to the other; a slider has more.
    const WAY: usize = 24;
    page.client.execute(include_str!("page.js"), Vec::new()).await?;
    let selector = format!("[data-key={slider}] input[type=range]");
    page.wait_for(&selector).await?;
    let Track { left, y, width } = call(page, "(...args) => track(...args)", &[json!(selector)]).await?;
    let place = |i: usize| {
        let i = i % (2 * WAY);
        left + width * (0.2 + 0.6 * (WAY.abs_diff(i) as f64) / WAY as f64)
    };
    pointer(page, "mousePressed", place(0), y).await?;
    let mut steps = Vec::with_capacity(num_steps);
    for i in 1.. {
        if steps.len() == num_steps {
            break;
        }
        if i > 2 * num_steps + 20 {
            bail!("the pointer drags `{slider}` and its value does not follow");
        }
        page.client.execute("arm()", Vec::new()).await?;
        pointer(page, "mouseMoved", place(i), y).await?;
        // Nothing is asked of the page while it draws.
        tokio::time::sleep(STEP_PAUSE).await;
        steps.extend(call::<Option<Step>>(page, "() => nextStep", &[]).await?);
    }
    pointer(page, "mouseReleased", place(0), y).await?;
    Ok(steps)
}

async fn pointer(page: &Page, kind: &str, x: f64, y: f64) -> Result<()> {
    let event = json!({ "type": kind, "x": x, "y": y, "button": "left", "buttons": 1, "clickCount": 1 });
    page.dev_tools("Input.dispatchMouseEvent", event).await.map(drop)
}

fn median(values: Vec<f64>) -> f64 {
    quantile(values, 0.5)
}

/// The value with a share `p` of the others below it; the lower one of two.
fn quantile(mut values: Vec<f64>, p: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "an index")]
    let index = (p * values.len() as f64).ceil() as usize;
    values.get(index.saturating_sub(1)).copied().unwrap_or(f64::NAN)
}
