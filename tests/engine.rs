//! The desk and four chains under a clock of our own: what the page asks, what
//! it hears, and that nothing is lost whatever the order of the messages.

#![allow(clippy::unwrap_used, reason = "everything in this file is a test")]

use std::cell::Cell;
use std::collections::HashMap;

use engine::protocol::{Part, Progress, Tally, decode, encode};
use engine::{ChainWorker, Chunk, Desk, Next, PROTOCOL_VERSION, Reply, Request, RunId, scribe};
use labs::registry::{self, Family, WRITES_ALL, WRITES_GENOMICS, WRITES_SCHOOLS, Writes};
use labs::{Body, LABS, NUM_CHAINS, Panel, SamplerReport, Scenario, Value, link};
use mcmc::Draws;
use proptest::prelude::*;
use serde_json::json;

/// Length of a slice, as in the page's workers.
const SLICE_MS: f64 = 4.0;
/// The desk comes first, then the chains.
const DESK: usize = 0;

/// Desk and chains, and what the page knows. Machines are called when a message
/// came or when they asked to be, and never else.
struct Crew {
    desk: Desk,
    chains: Vec<ChainWorker>,
    now: Cell<f64>,
    /// How long everything takes between two looks at the clock.
    tick_ms: f64,
    slice_ms: f64,
    /// When each machine is to be called.
    due: [Option<f64>; 1 + NUM_CHAINS],
    replies: Vec<Reply>,
    /// The newest of each panel, as the page keeps them.
    panels: HashMap<String, Panel>,
    order: Vec<String>,
    next_id: RunId,
}

impl Crew {
    fn new() -> Self {
        Self {
            desk: Desk::new(&labs::registry::ALL),
            chains: (0..)
                .take(NUM_CHAINS)
                .map(|chain| ChainWorker::new(&labs::registry::ALL, chain))
                .collect(),
            now: Cell::new(1000.0),
            tick_ms: 0.02,
            slice_ms: SLICE_MS,
            due: [None; 1 + NUM_CHAINS],
            replies: Vec::new(),
            panels: HashMap::new(),
            order: Vec::new(),
            next_id: 1,
        }
    }

    /// A crew that has run `link` to its end.
    fn settled(link: &str) -> Self {
        let mut crew = Self::new();
        crew.run(link, false);
        crew.settle();
        crew
    }

    /// Sends a request to one machine, through the encoding.
    fn tell_one(&mut self, machine: usize, request: &Request) {
        let request: Request = decode(&encode(request)).unwrap();
        let now = self.now.get();
        let mut replies = Vec::new();
        match machine {
            DESK => self.desk.handle(request, now, &mut |reply| replies.push(reply)),
            _ => self.chains[machine - 1].handle(request, now, &mut |reply| replies.push(reply)),
        }
        self.due[machine] = Some(now);
        replies.into_iter().for_each(|reply| self.hear(reply));
    }

    fn tell(&mut self, request: &Request) {
        (0..=NUM_CHAINS).for_each(|machine| self.tell_one(machine, request));
    }

    fn request(&mut self, link: &str, restart: bool) -> Request {
        let read = link::parse(link);
        assert_eq!(read.notices, []);
        self.next_id += 1;
        Request::Run { run_id: self.next_id, scenario: read.scenario, restart }
    }

    fn run(&mut self, link: &str, restart: bool) -> RunId {
        let request = self.request(link, restart);
        self.tell(&request);
        self.next_id
    }

    fn hear(&mut self, reply: Reply) {
        let reply: Reply = decode(&encode(&reply)).unwrap();
        if let Reply::Panels { order, changed, .. } = &reply {
            self.panels.extend(changed.iter().map(|panel| (panel.id.clone(), panel.as_ref().clone())));
            self.order.clone_from(order);
            assert!(order.iter().all(|id| self.panels.contains_key(id)), "a panel was never sent");
        }
        self.replies.push(reply);
    }

    /// Calls one machine; hands back the draws that it sent.
    fn call(&mut self, machine: usize) -> Vec<(Chunk, Vec<f64>)> {
        let (now, tick) = (&self.now, self.tick_ms);
        let mut clock = || {
            now.set(now.get() + tick);
            now.get()
        };
        let (mut replies, mut mail) = (Vec::new(), Vec::new());
        let next = match machine {
            DESK => self.desk.advance(&mut clock, self.slice_ms, &mut |reply| replies.push(reply)),
            _ => self.chains[machine - 1].advance(&mut clock, self.slice_ms, &mut |chunk, numbers| {
                mail.push((decode(&encode(&chunk)).unwrap(), numbers.to_vec()));
            }),
        };
        self.due[machine] = match next {
            Next::Now => Some(self.now.get()),
            Next::After(ms) => Some(self.now.get() + ms),
            Next::Idle => None,
        };
        replies.into_iter().for_each(|reply| self.hear(reply));
        mail
    }

    fn deliver(&mut self, mail: Vec<(Chunk, Vec<f64>)>) {
        for (chunk, numbers) in mail {
            self.desk.take(&chunk, &numbers);
            self.due[DESK] = Some(self.now.get());
        }
    }

    /// Calls the machine that is due first; false if none is due by `until`.
    fn step(&mut self, until: f64) -> bool {
        let due = (0..=NUM_CHAINS).filter_map(|machine| Some((self.due[machine]?, machine)));
        let Some((due, machine)) = due.min_by(|a, b| a.0.total_cmp(&b.0)).filter(|due| due.0 <= until) else {
            return false;
        };
        self.now.set(self.now.get().max(due));
        let mail = self.call(machine);
        self.deliver(mail);
        true
    }

    /// Lets everything go on until nothing is left to do.
    fn settle(&mut self) {
        let end = self.now.get() + 1e6;
        let mut steps = 0;
        while self.step(end) {
            steps += 1;
            assert!(steps < 200_000, "it never ends");
        }
    }

    /// Lets `ms` milliseconds pass.
    fn pass(&mut self, ms: f64) {
        let end = self.now.get() + ms;
        while self.step(end) {}
        self.now.set(self.now.get().max(end));
    }

    fn progress(&self) -> Progress {
        self.answers().last().unwrap().1
    }

    /// Run, progress and names of changed panels of each answer.
    fn answers(&self) -> Vec<(RunId, Progress, Vec<&str>)> {
        self.replies
            .iter()
            .filter_map(|reply| match reply {
                Reply::Panels { run_id, changed, progress, .. } => {
                    Some((*run_id, *progress, changed.iter().map(|panel| panel.id.as_str()).collect()))
                }
                _ => None,
            })
            .collect()
    }

    /// Names of all panels that changed since the replies were forgotten.
    fn changed(&self) -> Vec<&str> {
        let mut changed: Vec<&str> = self.answers().into_iter().flat_map(|answer| answer.2).collect();
        changed.sort_unstable();
        changed.dedup();
        changed
    }

    fn report(&self) -> SamplerReport {
        match &self.panels["sampler"].body {
            Body::Sampler(report) => report.clone(),
            other => panic!("{other:?}"),
        }
    }

    fn draws(&self) -> &Draws {
        self.desk.draws().unwrap()
    }

    /// All kept draws, chain by chain and variable by variable, bit by bit.
    fn bits(&self) -> Vec<u64> {
        let draws = self.draws();
        let series = (0..NUM_CHAINS).flat_map(|c| (0..draws.num_variables()).map(move |k| (c, k)));
        series.flat_map(|(c, k)| draws.variable(c, k)).map(|value| value.to_bits()).collect()
    }
}

fn stat(report: &SamplerReport, label: &str) -> f64 {
    let stat = report.stats.iter().find(|stat| stat.label.starts_with(label)).unwrap();
    stat.value.replace(',', "").parse().unwrap()
}

// Runs.

#[test]
fn hello_is_answered_with_the_version() {
    let mut crew = Crew::new();
    crew.tell_one(DESK, &Request::Hello { version: PROTOCOL_VERSION, part: Part::Desk });
    for chain in 0..4_u8 {
        let hello = Request::Hello { version: PROTOCOL_VERSION, part: Part::Chain { chain } };
        crew.tell_one(1 + usize::from(chain), &hello);
    }
    assert_eq!(crew.replies, vec![Reply::Ready { version: PROTOCOL_VERSION }; 5]);
    crew.settle();
    assert_eq!(crew.replies.len(), 5, "nothing runs until it is asked for");
}

#[test]
fn a_run_goes_to_its_end_and_says_how_good_it_is() {
    for link in ["#/regions", "#/regions?sampler=exact", "#/regions?sizes=1", "#/regions?sizes=60,3,1&seed=9"]
    {
        let crew = Crew::settled(link);
        let scenario = link::parse(link).scenario;
        let exact = link.contains("exact");
        let progress = crew.progress();
        let iterations = if exact { 4000 } else { 8000 };
        assert!(progress.settled, "{link}");
        assert_eq!((progress.iterations_done, progress.iterations_total), (iterations, iterations));
        assert_eq!((progress.repeats_done, progress.repeats_total), (1000, 1000));
        assert_eq!(crew.draws().names(), scenario.open().variables());
        assert!((0..NUM_CHAINS).all(|chain| crew.draws().num_draws(chain) == 1000));
        assert_eq!(crew.order.len(), 9);
        let report = crew.report();
        assert_eq!((report.num_draws, report.iterations_done, report.warming_up), (4000, iterations, false));
        assert!(stat(&report, "R-hat") < 1.01, "{link}: {report:?}");
        assert!(stat(&report, "Bulk ESS") > 400.0 && stat(&report, "Tail ESS") > 400.0, "{link}: {report:?}");
        if exact {
            assert!(
                report.stats.iter().all(|stat| stat.label != "Divergences"),
                "draws without trajectories"
            );
        } else {
            assert_eq!((stat(&report, "Divergences"), stat(&report, "Trees cut")), (0.0, 0.0));
            assert!(stat(&report, "E-BFMI") > 0.5 && stat(&report, "Leapfrog steps") > 3.0, "{report:?}");
        }
        assert!(stat(&report, "Largest |z|") < 4.0, "{link}: {report:?}");
        assert!(!report.warning && report.verdict.starts_with("Four chains agree"), "{report:?}");
        assert!(crew.replies.iter().all(|reply| !matches!(reply, Reply::Failed { .. })));
    }
}

/// Means within 4 Monte Carlo standard errors, SDs within 4 of theirs (at most sd/√(2·ESS/3) for
/// draws that are nearly normal). By chance one of 44 means would fail in about 400 seeds; these are fixed.
#[test]
fn draws_agree_with_the_exact_posterior() {
    for link in ["#/regions", "#/regions?sampler=exact", "#/regions?sizes=10,3,25&sd_theta=2&seed=7"] {
        let crew = Crew::settled(link);
        let run = link::parse(link).scenario.start();
        let draws = crew.draws();
        for k in 0..draws.num_variables() {
            let (mean, sd) = run.exact_moments(k).unwrap();
            let chains = draws.chains(k);
            let values: Vec<f64> = chains.iter().flat_map(|chain| chain.iter().copied()).collect();
            let count = values.len() as f64;
            let mean_drawn = values.iter().sum::<f64>() / count;
            let sd_drawn =
                (values.iter().map(|v| (v - mean_drawn).powi(2)).sum::<f64>() / (count - 1.0)).sqrt();
            let name = &draws.names()[k];
            assert!((mean_drawn - mean).abs() < 4.0 * mcmc::mcse_mean(&chains), "{link} {name}");
            let sd_error = (1.5 / mcmc::ess_bulk(&chains).min(count)).sqrt();
            assert!((sd_drawn / sd - 1.0).abs() < 4.0 * sd_error, "{link} {name}: {sd_drawn} {sd}");
        }
        assert!(run.exact_moments(draws.num_variables()).is_none());
    }
}

#[test]
fn labs_without_a_sampler_settle_too() {
    for (link, repeats) in [("#/one-prior", 0), ("#/james-stein", 100), ("#/james-stein?repeats=5000", 5000)]
    {
        let crew = Crew::settled(link);
        let progress = crew.progress();
        assert!(progress.settled && progress.iterations_total == 0);
        assert_eq!((progress.repeats_done, progress.repeats_total), (repeats, repeats));
        assert!(crew.desk.draws().is_none());
        // What the page has put together is what a run in one go gives.
        let scenario = link::parse(link).scenario;
        let mut run = scenario.start();
        (0..repeats).for_each(|index| run.repeat(index));
        let extras = labs::Extras { repeats_done: repeats, ..labs::Extras::default() };
        for panel in run.panels(&scenario.values(), &extras) {
            assert_eq!(crew.panels[&panel.id], panel, "{link}");
        }
    }
}

// The same seed, the same draws.

#[test]
fn the_same_seed_gives_the_same_draws_to_the_bit() {
    for sampler in ["nuts", "exact"] {
        let link =
            |seed: u32| format!("#/regions?draws=200&warmup=200&repeats=0&seed={seed}&sampler={sampler}");
        let once = Crew::settled(&link(7));
        assert_eq!(once.bits(), Crew::settled(&link(7)).bits());
        assert_ne!(once.bits(), Crew::settled(&link(8)).bits());
        // Nor does it matter how the work is cut into slices.
        for (tick_ms, slice_ms) in [(1.0, 1.0), (0.5, 50.0), (30.0, 4.0)] {
            let mut other = Crew { tick_ms, slice_ms, ..Crew::new() };
            other.run(&link(7), false);
            other.settle();
            assert_eq!(once.bits(), other.bits());
        }
        let draws = once.draws();
        assert!((1..NUM_CHAINS).all(|chain| draws.variable(0, 0) != draws.variable(chain, 0)));
    }
}

#[test]
fn pace_does_not_change_the_draws() {
    let fast = Crew::settled("#/regions?draws=50&warmup=50&repeats=0");
    let live = Crew::settled("#/regions?draws=50&warmup=50&repeats=0&pace=live&speed=100");
    assert_eq!(fast.bits(), live.bits());
}

// Watching.

#[test]
fn watched_draws_grow_with_the_clock() {
    for speed in [5.0, 50.0, 500.0] {
        let mut crew = Crew::new();
        crew.run(&format!("#/regions?pace=live&speed={speed}&warmup=20&draws=4000&repeats=0"), false);
        let mut last = 0;
        for second in 1..=4 {
            crew.pass(1000.0);
            let done = crew.progress().iterations_done;
            assert!(done > last);
            last = done;
            let expected = f64::from(second) * speed * NUM_CHAINS as f64;
            // What a chain holds back goes within a thirtieth of a second, and the clock of this test jumps.
            let slack = 0.12 * speed * NUM_CHAINS as f64 + 8.0;
            assert!((done as f64 - expected).abs() < slack, "{done} of {expected} at {speed}");
        }
        assert!(!crew.progress().settled);
        let answers = crew.answers().len();
        assert!((4..=4 * 31).contains(&answers), "{answers} pictures in four seconds");
    }
}

#[test]
fn warmup_is_told_from_draws_while_watched() {
    let mut crew = Crew::new();
    crew.run("#/regions?pace=live&speed=100&warmup=200&repeats=0", false);
    crew.pass(1000.0);
    let report = crew.report();
    assert!(report.warming_up && report.num_draws == 0 && report.iterations_done > 300);
    crew.pass(2000.0);
    let report = crew.report();
    assert!(!report.warming_up && report.num_draws > 300, "{report:?}");
}

#[test]
fn pause_resume_and_stop() {
    let mut crew = Crew::new();
    crew.run("#/regions?pace=live&speed=100&warmup=20&repeats=0", false);
    crew.pass(1000.0);
    crew.tell(&Request::Pause);
    crew.pass(200.0);
    let held = crew.progress().iterations_done;
    crew.pass(5000.0);
    assert_eq!(crew.progress().iterations_done, held, "held where it is");
    crew.tell(&Request::Resume);
    crew.pass(1000.0);
    let done = crew.progress().iterations_done - held;
    assert!((300..=480).contains(&done), "{done}: on at its pace, not in a leap over the pause");
    crew.tell(&Request::Stop);
    crew.settle();
    let progress = crew.progress();
    assert!(progress.settled && progress.iterations_done < progress.iterations_total);
    let report = crew.report();
    assert_eq!(report.num_draws, crew.progress().iterations_done - 4 * 20);
    assert!(!report.verdict.is_empty(), "what there is, is judged");
    crew.tell(&Request::Resume);
    crew.settle();
    assert_eq!(crew.progress(), progress, "an end is an end");
}

#[test]
fn stop_while_held_ends_the_run() {
    let mut crew = Crew::new();
    crew.run("#/regions?pace=live&repeats=0", false);
    crew.pass(300.0);
    crew.tell(&Request::Pause);
    crew.tell(&Request::Stop);
    crew.settle();
    assert!(crew.progress().settled);
}

#[test]
fn requests_before_any_run_do_nothing() {
    let mut crew = Crew::new();
    for request in
        [Request::Pause, Request::Resume, Request::Stop, Request::Rehearse, Request::Focus { unit: Some(3) }]
    {
        crew.tell(&request);
    }
    crew.settle();
    assert_eq!(crew.replies, []);
}

// A newer run.

#[test]
fn a_newer_run_takes_the_place_of_an_older() {
    let new = "#/regions?seed=8&draws=300";
    let expected = Crew::settled(new);
    for steps in [0, 1, 3, 10, 30] {
        let mut crew = Crew::new();
        crew.run("#/regions?seed=7", false);
        for _ in 0..steps {
            crew.step(f64::INFINITY);
        }
        let run_id = crew.run(new, false);
        crew.replies.clear();
        crew.settle();
        assert!(crew.progress().settled);
        assert!(crew.answers().iter().all(|answer| answer.0 == run_id));
        assert_eq!(crew.bits(), expected.bits(), "after {steps} steps");
        for (id, panel) in expected.panels.iter().filter(|(id, _)| *id != "sampler") {
            assert_eq!(&crew.panels[id], panel);
        }
    }
}

#[test]
fn late_draws_of_an_old_run_are_dropped() {
    let mut crew = Crew::new();
    crew.run("#/regions?seed=7&sampler=exact", false);
    let late = crew.call(1);
    assert_eq!(late.len(), 1);
    crew.run("#/regions?seed=8&sampler=exact", false);
    crew.deliver(late);
    assert_eq!(crew.draws().num_draws(0), 0);
    crew.settle();
    assert_eq!(crew.bits(), Crew::settled("#/regions?seed=8&sampler=exact").bits());
}

/// The chains can be quicker than the desk: their draws wait for it.
#[test]
fn draws_that_come_before_their_run_are_kept() {
    let link = "#/regions?seed=8&sampler=exact";
    let mut crew = Crew::settled("#/regions?seed=7&sampler=exact");
    let request = crew.request(link, false);
    for machine in 1..=NUM_CHAINS {
        crew.tell_one(machine, &request);
        let mail = crew.call(machine);
        crew.deliver(mail);
    }
    crew.tell_one(DESK, &request);
    crew.settle();
    assert!(crew.progress().settled, "the run never settles: {:?}", crew.progress());
    assert_eq!(crew.bits(), Crew::settled(link).bits());
}

/// Draws that were on their way while only the picture changed are not lost.
#[test]
fn a_new_picture_in_the_middle_of_a_run_loses_no_draws() {
    let expected = Crew::settled("#/regions?repeats=0");
    for desk_first in [true, false] {
        for steps in [2, 5, 8, 12] {
            let mut crew = Crew::new();
            crew.run("#/regions?repeats=0", false);
            for _ in 0..steps {
                crew.step(f64::INFINITY);
            }
            let request = crew.request("#/regions?repeats=0&truth=hidden", false);
            let on_their_way: Vec<_> = (1..=NUM_CHAINS).flat_map(|machine| crew.call(machine)).collect();
            if desk_first {
                crew.tell(&request);
                crew.deliver(on_their_way);
            } else {
                (1..=NUM_CHAINS).for_each(|machine| crew.tell_one(machine, &request));
                crew.deliver(on_their_way);
                let mail: Vec<_> = (1..=NUM_CHAINS).flat_map(|machine| crew.call(machine)).collect();
                crew.deliver(mail);
                crew.tell_one(DESK, &request);
            }
            crew.settle();
            assert!(crew.progress().settled, "the run never settles: {:?}", crew.progress());
            assert_eq!(crew.bits(), expected.bits());
        }
    }
}

// What is sent.

#[test]
fn panels_are_sent_only_when_they_changed() {
    let mut crew = Crew::settled("#/regions");
    crew.replies.clear();
    let run_id = crew.run("#/regions", false);
    crew.settle();
    let answers = crew.answers();
    assert_eq!(answers.len(), 1);
    assert_eq!((answers[0].0, answers[0].2.len()), (run_id, 0), "nothing changed: {answers:?}");
    assert_eq!(crew.order.len(), 9);
}

#[test]
fn panels_that_come_back_are_sent_again() {
    for (with, without) in [
        ("#/limma?genes=100", "#/limma?genes=100&set=own"),
        ("#/regions?sampler=exact&details=all", "#/regions?sampler=exact"),
    ] {
        let mut crew = Crew::settled(with);
        crew.run(without, false);
        crew.settle();
        let kept = crew.order.clone();
        crew.replies.clear();
        crew.run(with, false);
        crew.settle();
        assert!(crew.order.len() > kept.len(), "{with}: something comes back");
        let changed = crew.changed();
        for id in crew.order.iter().filter(|id| !kept.contains(id)) {
            assert!(changed.iter().any(|changed| changed == id), "{with}: {id} is not sent");
        }
    }
}

#[test]
fn a_new_picture_keeps_the_draws() {
    let mut crew = Crew::settled("#/regions?details=all");
    let (bits, report) = (crew.bits(), crew.report());
    for (link, changed) in [
        ("#/regions?details=all&trace=2", &["ranks", "trace"][..]),
        (
            "#/regions?details=all&trace=2&truth=hidden",
            &["close-up", "errors", "forest", "race", "scatter", "slopes", "theta", "theta-truth"],
        ),
        ("#/regions?details=all&trace=2&truth=hidden&pace=live&speed=7", &[]),
    ] {
        crew.replies.clear();
        let run_id = crew.run(link, false);
        assert!((1..=NUM_CHAINS).all(|machine| crew.call(machine).is_empty()), "no chain works");
        crew.settle();
        assert_eq!(crew.changed(), changed, "{link}");
        assert!(crew.answers().iter().all(|answer| answer.0 == run_id && answer.1.settled));
        assert_eq!((crew.bits(), crew.report()), (bits.clone(), report.clone()));
    }
}

#[test]
fn samplers_are_compared_on_the_same_data_and_forgotten_with_them() {
    let mut crew = Crew::settled("#/regions?repeats=0&sd_mu=2");
    assert_eq!(crew.report().rivals.len(), 1);
    let names =
        |crew: &Crew| -> Vec<String> { crew.report().rivals.into_iter().map(|rival| rival.name).collect() };
    for (sampler, expected) in [
        ("exact", &["NUTS, centered", "Exact draws"][..]),
        ("gibbs", &["NUTS, centered", "Exact draws", "Gibbs"]),
    ] {
        crew.run(&format!("#/regions?repeats=0&sd_mu=2&sampler={sampler}"), false);
        crew.settle();
        assert_eq!(names(&crew), expected);
        let rivals = crew.report().rivals;
        assert!(rivals.iter().all(|rival| rival.is_current == (Some(&rival.name) == names(&crew).last())));
        assert!(rivals.iter().all(|rival| rival.ess_per_second != "–" && !rival.warning), "{rivals:?}");
    }
    crew.run("#/regions?repeats=0&sd_mu=3&sampler=gibbs", false);
    crew.settle();
    assert_eq!(names(&crew), ["Gibbs"], "other data, other posterior");
}

#[test]
fn learned_sds_agree_with_quadrature_for_every_sampler() {
    // Centered NUTS and Metropolis are left to their lesson: the funnel holds them up.
    for sampler in ["nuts-nc", "nuts-nc-schools", "exact"] {
        let link = format!(
            "#/regions?repeats=0&scale_theta=half-normal&scale_mu=half-normal&m=1,4&draws=2000&sampler={sampler}"
        );
        let crew = Crew::settled(&link);
        let report = crew.report();
        assert!(stat(&report, "Largest |z|") < 4.0, "{sampler}: {report:?}");
        assert!(stat(&report, "R-hat") < 1.02, "{sampler}: {report:?}");
        assert_eq!(crew.draws().names()[44..], ["sigma_mu", "sigma_theta"]);
    }
}

#[test]
fn the_funnel_shows_and_says_what_helps() {
    let eight = "#/regions?scale_mu=half-cauchy&prior_mu=5&data=eight";
    let report = Crew::settled(eight).report();
    assert!(report.warning && stat(&report, "Divergences") > 10.0, "{report:?}");
    assert!(report.verdict.contains("Take the non-centered NUTS or exact draws"), "{}", report.verdict);
    let cured = Crew::settled(&format!("{eight}&sampler=nuts-nc")).report();
    assert!(stat(&cured, "Divergences") < 5.0 && stat(&cured, "Bulk ESS") > 800.0, "{cured:?}");
}

#[test]
fn the_first_run_of_a_sampler_in_a_worker_is_called_one_until_it_runs_again() {
    let link = "#/regions?repeats=0&warmup=50&draws=50";
    let first = |crew: &Crew| -> Vec<(String, bool)> {
        crew.report().rivals.iter().map(|rival| (rival.name.clone(), rival.is_first)).collect()
    };
    let mut crew = Crew::settled(link);
    assert_eq!(first(&crew), [("NUTS, centered".to_owned(), true)]);
    assert!(crew.report().stats.last().unwrap().note.starts_with("first run"));
    crew.run(&format!("{link}&sampler=gibbs"), false);
    crew.settle();
    crew.run(link, true);
    crew.settle();
    assert_eq!(first(&crew), [("NUTS, centered".to_owned(), false), ("Gibbs".to_owned(), true)]);
    assert!(crew.report().stats.last().unwrap().note.is_empty());
    // The same sampler by other code.
    crew.run(&format!("{link}&scale_mu=half-normal"), false);
    crew.settle();
    assert_eq!(first(&crew), [("NUTS, centered".to_owned(), true)]);
}

// Rehearsals.

/// When each machine has done its rehearsal, after how much computing.
fn rehearse(crew: &mut Crew) -> [f64; 1 + NUM_CHAINS] {
    crew.tell(&Request::Rehearse);
    crew.pass(299.0);
    let mut spent = [0.0; 1 + NUM_CHAINS];
    while let Some(machine) = (0..=NUM_CHAINS).find(|machine| crew.due[*machine].is_some()) {
        crew.now.set(crew.now.get().max(crew.due[machine].unwrap()));
        let began = crew.now.get();
        assert!(crew.call(machine).is_empty(), "a rehearsal sends no draws");
        spent[machine] += crew.now.get() - began;
    }
    spent
}

#[test]
fn a_rehearsal_is_short_and_neither_seen_nor_repeated() {
    let mut crew = Crew::settled("#/one-prior");
    crew.replies.clear();
    crew.tick_ms = 0.1;
    for (machine, spent) in rehearse(&mut crew).into_iter().enumerate() {
        // Longer by a slice, and by what a slice may overrun.
        assert!((30.0..38.0).contains(&spent), "machine {machine} rehearsed for {spent} ms");
    }
    assert_eq!(crew.replies, []);
    crew.tell(&Request::Rehearse);
    let began = crew.now.get();
    crew.settle();
    assert!(crew.now.get() - began < 2.0, "a second one");
    assert_eq!(crew.replies, []);
}

/// Chains that have nothing to do leave the processor to the desk while someone drags.
#[test]
fn a_rehearsal_stands_back_after_every_request() {
    let mut crew = Crew::settled("#/one-prior");
    crew.tell(&Request::Rehearse);
    crew.pass(302.0);
    for a in 2..6 {
        crew.run(&format!("#/one-prior?a={a}"), false);
        let asked = crew.now.get();
        for chain in 1..=NUM_CHAINS {
            crew.call(chain);
            let due = crew.due[chain].expect("the rehearsal is not over");
            assert!((due - asked - 300.0).abs() < 1.0, "chain {chain} goes on after {} ms", due - asked);
        }
        crew.pass(40.0);
    }
}

#[test]
fn a_rehearsal_gives_way_and_leaves_no_trace() {
    let link = "#/regions?seed=1";
    for rehearsed_ms in [0.0, 299.0, 305.0, 320.0, 1000.0] {
        let mut crew = Crew::settled("#/one-prior");
        crew.tell(&Request::Rehearse);
        crew.pass(rehearsed_ms);
        crew.replies.clear();
        crew.panels.clear();
        let (began, mut calm) = (crew.now.get(), Crew::new());
        let calm_began = calm.now.get();
        crew.run(link, false);
        calm.run(link, false);
        crew.pass(200.0);
        calm.pass(200.0);
        assert!(crew.progress().settled && calm.progress().settled);
        // It went on as if nothing else were there; the rehearsal comes again when that is long over.
        assert!((crew.now.get() - began - (calm.now.get() - calm_began)).abs() < 5.0);
        crew.settle();
        calm.settle();
        assert_eq!(crew.bits(), calm.bits(), "after {rehearsed_ms} ms");
        let answers =
            |crew: &Crew| format!("{:?}", crew.answers().iter().map(|a| (a.1, &a.2)).collect::<Vec<_>>());
        assert_eq!(answers(&crew), answers(&calm), "after {rehearsed_ms} ms");
    }
}

#[test]
fn the_scribe_writes_programs_and_nothing_else() {
    let code_of = |writes: &Writes, link: &str| match scribe::answer(
        writes,
        Request::Code { scenario: link::parse(link).scenario },
    ) {
        Some(Reply::Code { code }) => code,
        other => panic!("every request for programs is answered by programs, not {other:?}"),
    };
    let code = |link: &str| code_of(&WRITES_SCHOOLS, link);
    let wanted = "#/regions?seed=7&scale_mu=half-normal";
    let found = code(wanted).expect("schools have programs");
    assert_eq!(found.programs.len(), 4);
    assert_eq!(code(&format!("{wanted}&details=all")), Some(found.clone()), "only the picture is another");
    assert_ne!(code("#/regions?seed=8&scale_mu=half-normal"), Some(found));
    assert_eq!(code("#/data?set=own"), None, "no data, no programs");
    for (link, is_genomics) in [("#/mrlocus", true), ("#/when", false)] {
        assert_eq!(code(link).is_some(), !is_genomics, "{link}");
        assert_eq!(code_of(&WRITES_GENOMICS, link).is_some(), is_genomics, "{link}");
        assert_eq!(code_of(&WRITES_ALL, link), code(link).or(code_of(&WRITES_GENOMICS, link)));
    }

    let hello = Request::Hello { version: PROTOCOL_VERSION, part: Part::Scribe };
    assert_eq!(scribe::answer(&WRITES_ALL, hello), Some(Reply::Ready { version: PROTOCOL_VERSION }));
    assert_eq!(scribe::answer(&WRITES_ALL, Request::Draws), None);
}

#[test]
fn workers_of_one_family_compute_it_and_refuse_the_others() {
    let families =
        [&registry::BASICS, &registry::REGIONS, &registry::WHEN, &registry::DATA, &registry::GENOMICS];
    for (family, computes) in Family::ALL.into_iter().zip(families) {
        for (lab, of_lab) in LABS.iter().enumerate() {
            let mut desk = Desk::new(computes);
            let mut replies = Vec::new();
            let run = Request::Run { run_id: 1, scenario: Scenario::of_lab(lab), restart: false };
            desk.handle(run, 0.0, &mut |reply| replies.push(reply));
            let is_refused = matches!(replies[..], [Reply::Failed { run_id: 1, .. }]);
            assert_eq!(
                is_refused,
                Family::of_lab(lab) != family,
                "{} by {}",
                of_lab.meta().name.slug,
                family.name()
            );
        }
        let likely = computes.likely(7).expect("each family has a lab");
        assert_eq!(Family::of_lab(likely.lab_index()), family);
        assert_eq!(likely.seed_control().map(|index| likely.value(index)), Some(&Value::Number(7.0)));
    }
    assert_eq!(registry::ALL.likely(1).map(|scenario| scenario.lab_index()), Some(registry::START));
}

#[test]
fn all_draws_can_be_had_as_a_file() {
    let mut crew = Crew::settled("#/regions?repeats=0&sizes=2,1&draws=50&warmup=50");
    crew.replies.clear();
    crew.tell_one(DESK, &Request::Draws);
    crew.settle();
    let (parts, is_whole) = file_of(&crew);
    assert!(is_whole);
    let csv = parts.concat();
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!(lines.len(), 201);
    assert!(
        lines[0].starts_with("chain,iteration,lp__,accept_stat__,")
            && lines[0].ends_with(",theta[2],mu[1],mu[2],mu[3]")
    );
    let last: Vec<f64> = lines[200].split(',').map(|cell| cell.parse().unwrap()).collect();
    assert_eq!((last[0], last[1], last.len()), (4.0, 50.0, 14));
    assert_eq!(last[13].to_bits(), crew.draws().variable(3, 4)[49].to_bits());
}

/// 2000 schools in 100 regions: a million numbers, and more.
const LARGE: &str = "#/regions?sizes=100x20&sampler=exact&draws=250&repeats=0&scale_mu=half-normal";

/// The parts of the file of draws that have come so far, and whether the last one is there.
fn file_of(crew: &Crew) -> (Vec<&str>, bool) {
    let parts = crew.replies.iter().filter_map(|reply| match reply {
        Reply::Draws { csv, is_last } => Some((csv.as_str(), *is_last)),
        _ => None,
    });
    let (texts, lasts): (Vec<&str>, Vec<bool>) = parts.unzip();
    assert!(lasts.iter().rev().skip(1).all(|is_last| !is_last));
    (texts, lasts.last() == Some(&true))
}

#[test]
fn a_large_file_of_draws_comes_in_parts_and_is_of_one_run() {
    let mut crew = Crew::settled(LARGE);
    let draws = crew.draws().clone();
    crew.replies.clear();
    crew.tell_one(DESK, &Request::Draws);
    crew.settle();
    let (parts, is_whole) = file_of(&crew);
    assert!(is_whole && parts.len() > 10 && parts.iter().all(|part| part.len() < 1 << 20));
    let text = parts.concat();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 1 + NUM_CHAINS * 250);
    for (chain, i, k) in [(0, 0, 0), (1, 17, 1234), (3, 249, 2100)] {
        let cell = lines[1 + 250 * chain + i].split(',').nth(2 + mcmc::SAMPLER_COLUMNS.len() + k).unwrap();
        assert_eq!(cell.parse::<f64>().unwrap().to_bits(), draws.variable(chain, k)[i].to_bits());
    }
    // A newer run does not get into the file.
    crew.replies.clear();
    crew.tell_one(DESK, &Request::Draws);
    crew.call(DESK);
    assert!(!file_of(&crew).1);
    crew.run("#/regions?sizes=2", false);
    assert_eq!(file_of(&crew).0.concat(), text);
    crew.settle();
    assert!(crew.progress().settled);
}

#[test]
fn a_large_run_shows_the_draws_of_every_school_in_the_end() {
    let mut crew = Crew::new();
    crew.run(LARGE, false);
    let mut largest = 0;
    while crew.due.iter().any(Option::is_some) {
        let machine = (0..=NUM_CHAINS).min_by(|a, b| {
            let due = |machine: &usize| crew.due[*machine].unwrap_or(f64::INFINITY);
            due(a).total_cmp(&due(b))
        });
        let machine = machine.unwrap();
        crew.now.set(crew.now.get().max(crew.due[machine].unwrap()));
        let mail = crew.call(machine);
        largest = mail.iter().map(|(_, numbers)| numbers.len()).fold(largest, usize::max);
        crew.deliver(mail);
    }
    assert!(largest < 200_000, "a message of {largest} numbers");
    let draws = crew.draws();
    let Body::Figure(plots::Figure::Forest(forest)) = &crew.panels["forest"].body else { panic!("a forest") };
    let rows: Vec<_> = forest.groups.iter().flat_map(|group| group.rows.iter().chain(&group.rest)).collect();
    assert_eq!(rows.len(), 2000);
    for row in rows.iter().step_by(97) {
        let k = 100 + row.unit as usize;
        let mut values =
            (0..NUM_CHAINS).flat_map(|chain| draws.variable(chain, k)).copied().collect::<Vec<_>>();
        values.sort_by(f64::total_cmp);
        assert_eq!(row.interval, (values[49], values[950]), "school {}", row.unit);
        let mean = values.iter().sum::<f64>() / 1000.0;
        assert!((row.estimate - mean).abs() < 1e-12);
    }
    assert!(!crew.report().verdict.is_empty());
}

/// Samplers get through the largest design, whatever they make of it: none is refused.
#[test]
fn every_sampler_gets_through_the_largest_design() {
    for sampler in ["nuts", "nuts-nc-schools", "gibbs", "metropolis"] {
        let crew =
            Crew::settled(&format!("#/regions?sizes=100x20&sampler={sampler}&warmup=20&draws=50&repeats=0"));
        assert!(crew.progress().settled && !crew.report().verdict.is_empty(), "{sampler}");
        assert_eq!(crew.draws().num_draws(3), 50);
    }
}

#[test]
fn restart_samples_again_and_comes_to_the_same_draws() {
    let mut crew = Crew::settled("#/regions?repeats=10");
    let bits = crew.bits();
    crew.run("#/regions?repeats=10", true);
    assert_eq!(crew.draws().num_draws(0), 0);
    crew.settle();
    assert_eq!(crew.bits(), bits);
}

#[test]
fn focus_changes_only_the_close_up() {
    for link in ["#/regions", "#/one-prior"] {
        let mut crew = Crew::settled(link);
        let before = crew.panels["close-up"].clone();
        crew.replies.clear();
        crew.tell(&Request::Focus { unit: Some(5) });
        crew.settle();
        assert_eq!(crew.changed(), ["close-up"], "{link}");
        crew.replies.clear();
        crew.tell(&Request::Focus { unit: None });
        crew.settle();
        assert_eq!(crew.panels["close-up"], before);
        crew.tell(&Request::Focus { unit: Some(u32::MAX) });
        crew.settle();
        assert!(crew.progress().settled);
    }
}

#[test]
fn all_panels_of_another_lab_are_sent() {
    let mut crew = Crew::settled("#/one-prior");
    for link in ["#/james-stein", "#/one-prior", "#/regions", "#/one-prior"] {
        crew.replies.clear();
        crew.panels.clear(); // As the page does.
        crew.run(link, false);
        crew.settle();
        let mut order: Vec<&str> = crew.order.iter().map(String::as_str).collect();
        order.sort_unstable();
        assert_eq!(crew.changed(), order, "{link}");
    }
}

/// A map of data sets takes long: it shows itself coarse, and ends where it is told to.
#[test]
fn a_long_run_shows_itself_early_and_can_be_stopped() {
    let mut crew = Crew::new();
    crew.tick_ms = 2.0;
    crew.run("#/when?from=data&repeats=0", false);
    let known = |crew: &Crew| match &crew.panels["map"].body {
        Body::Figure(plots::Figure::HeatMap(map)) => {
            map.cells.iter().filter(|cell| cell.value.is_some()).count()
        }
        other => panic!("{other:?}"),
    };
    let began = crew.now.get();
    while crew.now.get() - began < 300.0 {
        assert!(crew.step(began + 1000.0));
    }
    let progress = crew.progress();
    assert!(progress.repeats_done < progress.repeats_total && !progress.settled);
    assert_eq!(known(&crew), 1600, "coarse blocks cover the whole map");
    crew.tell(&Request::Stop);
    crew.settle();
    let stopped = crew.progress();
    assert!(stopped.settled && stopped.repeats_done == stopped.repeats_total);
    assert!(stopped.repeats_done < progress.repeats_total / 2);
    crew.run("#/when?from=data&repeats=0&grid=10&cell_repeats=10", false);
    crew.settle();
    assert_eq!((crew.progress().repeats_total, known(&crew)), (100, 100), "the next one runs to its end");
}

/// While a slider moves the race waits for its repeats, for a tenth of a second, so that it does not flicker.
#[test]
fn repeats_are_waited_for_but_not_forever() {
    let mut crew = Crew::settled("#/regions");
    crew.replies.clear();
    crew.tick_ms = 1.0;
    let began = crew.now.get();
    crew.run("#/regions?sd_mu=2&repeats=20000", false);
    crew.pass(60.0);
    let first = crew.answers().first().cloned().unwrap();
    assert!(first.2.contains(&"slopes") && !first.2.contains(&"race"), "{first:?}");
    assert!(crew.answers().iter().all(|answer| !answer.2.contains(&"race")));
    while !crew.changed().contains(&"race") {
        assert!(crew.step(f64::INFINITY));
    }
    assert!(crew.now.get() - began < 200.0 && crew.progress().repeats_done < 20_000);
    crew.settle();
    assert_eq!(crew.progress().repeats_done, 20_000);
}

// Faults.

/// Scenarios that no link gives.
fn invalid_scenarios() -> Vec<Scenario> {
    let of = |lab: usize, values: serde_json::Value| {
        serde_json::from_value(json!({ "lab": lab, "values": values })).unwrap()
    };
    let good = serde_json::to_value(Scenario::default()).unwrap()["values"].clone();
    let with = |index: usize, value: serde_json::Value| {
        let mut values = good.clone();
        values[index] = value;
        of(2, values)
    };
    let mut short = good.clone();
    short.as_array_mut().unwrap().pop();
    vec![
        of(99, good.clone()),
        of(usize::MAX, json!([])),
        of(2, json!([])),
        of(2, short),
        of(0, good.clone()),
        with(0, json!({ "Sizes": [] })),
        with(0, json!({ "Sizes": [0] })),
        with(0, json!({ "Sizes": [10_000] })),
        with(0, json!({ "Sizes": vec![1; 101] })),
        with(0, json!({ "Sizes": vec![200; 11] })),
        with(0, json!({ "Number": 3.0 })),
        with(1, json!({ "Number": 1e9 })),
        with(1, json!({ "Number": 0.0 })),
        with(1, json!({ "Choice": 0 })),
        with(8, json!({ "Choice": 99 })),
    ]
}

#[test]
fn a_scenario_that_no_link_gives_fails_with_a_sentence() {
    let mut crew = Crew::settled("#/regions?repeats=10&draws=100");
    let bits = crew.bits();
    for scenario in invalid_scenarios() {
        assert!(!scenario.is_valid(), "{scenario:?}");
        crew.replies.clear();
        crew.tell(&Request::Run { run_id: 77, scenario, restart: false });
        assert_eq!(crew.replies.len(), 1 + NUM_CHAINS);
        for reply in &crew.replies {
            let Reply::Failed { run_id: 77, message } = reply else { panic!("{reply:?}") };
            assert!(message.contains("reload"));
        }
        crew.settle();
    }
    assert_eq!(crew.bits(), bits, "what was there is still there");
    crew.run("#/regions?repeats=10&draws=100&seed=9", false);
    crew.settle();
    assert!(crew.progress().settled, "and the next run runs");
}

#[test]
fn draws_that_make_no_sense_are_dropped() {
    let mut crew = Crew::new();
    let run_id = crew.run("#/regions?repeats=0", false);
    let good = Chunk {
        run_id,
        chain: 0,
        num_variables: 44,
        num_warmup: 0,
        num_draws: 1,
        tally: Tally { finished: true, iterations: 2000, ..Tally::default() },
    };
    let width = 44 + mcmc::SAMPLER_COLUMNS.len();
    let numbers = vec![0.0; width];
    let tally = |change: fn(&mut Tally)| {
        let mut tally = good.tally;
        change(&mut tally);
        Chunk { tally, ..good.clone() }
    };
    let bad: [(Chunk, &[f64]); 14] = [
        (tally(|tally| tally.iterations = u32::MAX), &numbers),
        (tally(|tally| tally.num_divergent = 2001), &numbers),
        (tally(|tally| tally.num_leapfrog = u64::MAX / 2), &numbers),
        (tally(|tally| tally.busy_ms = -1.0), &numbers),
        (tally(|tally| tally.step_size = f64::NAN), &numbers),
        (Chunk { chain: 4, ..good.clone() }, &numbers),
        (Chunk { chain: 255, ..good.clone() }, &numbers),
        (Chunk { num_variables: 0, ..good.clone() }, &[]),
        (Chunk { num_variables: 18, num_draws: 2, ..good.clone() }, &numbers),
        (Chunk { num_draws: 2, ..good.clone() }, &numbers),
        (
            Chunk { num_draws: u32::MAX, num_warmup: u32::MAX, num_variables: u32::MAX, ..good.clone() },
            &numbers,
        ),
        (good.clone(), &numbers[..width - 1]),
        (good.clone(), &[]),
        (Chunk { run_id: run_id - 1, ..good.clone() }, &numbers),
    ];
    for (chunk, numbers) in bad {
        crew.deliver(vec![(chunk, numbers.to_vec())]);
        assert_eq!(crew.draws().num_draws(0), 0);
    }
    // More draws than there is room for are not kept.
    let many = vec![0.5; width * 1001];
    crew.deliver(vec![(Chunk { num_draws: 1001, ..good }, many)]);
    assert_eq!(crew.draws().num_draws(0), 1000);
}

#[test]
fn a_message_cut_short_is_an_error() {
    let request = Request::Run { run_id: 300, scenario: Scenario::default(), restart: true };
    let crew = Crew::settled("#/one-prior");
    let reply = crew.replies.last().unwrap();
    let chunk = Chunk {
        run_id: 3,
        chain: 1,
        num_variables: 44,
        num_warmup: 7,
        num_draws: 300,
        tally: Tally { step_size: 0.5, finished: true, ..Tally::default() },
    };
    assert_eq!(decode::<Request>(&encode(&request)).unwrap(), request);
    assert_eq!(decode::<Chunk>(&encode(&chunk)).unwrap(), chunk);
    assert_eq!(&decode::<Reply>(&encode(reply)).unwrap(), reply);
    for length in 0..encode(&request).len() {
        assert!(decode::<Request>(&encode(&request)[..length]).is_err());
    }
    for length in (0..encode(reply).len()).step_by(97) {
        let error = decode::<Reply>(&encode(reply)[..length]).unwrap_err();
        assert!(error.to_string().contains("could not be read"));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    /// Any bytes are an error or a message, and any message is answered: never a panic.
    #[test]
    fn any_bytes_are_survived(bytes in prop::collection::vec(any::<u8>(), 0..200), first in 0_u8..10) {
        let _ = decode::<Reply>(&bytes);
        let mut crew = Crew::new();
        if let Ok(chunk) = decode::<Chunk>(&bytes) {
            crew.desk.take(&chunk, &[0.0; 44]);
        }
        let bytes = [vec![first], bytes].concat();
        if let Ok(request) = decode::<Request>(&bytes) {
            crew.tell(&request);
            for machine in 0..=NUM_CHAINS {
                crew.call(machine);
            }
        }
    }

    /// A valid message with one byte changed.
    #[test]
    fn a_changed_byte_is_survived(place in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut bytes = encode(&Request::Run { run_id: 1, scenario: Scenario::default(), restart: false });
        let place = place.index(bytes.len());
        bytes[place] = byte;
        if let Ok(request) = decode::<Request>(&bytes) {
            let mut crew = Crew::new();
            crew.tell(&request);
            for machine in 0..=NUM_CHAINS {
                crew.call(machine);
            }
        }
    }
}
