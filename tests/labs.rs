//! What must hold for every lab of the registry, at its defaults and at its
//! edges, and the lecture's own numbers.

#![allow(clippy::unwrap_used, reason = "everything in this file is a test")]

use std::collections::BTreeSet;

use labs::lab::Panel;
use labs::own::Form;
use labs::{Body, Control, Effect, Extras, Kind, LABS, Move, NUM_CHAINS, Own, Scenario, Span, Value, link};
use mcmc::Draws;
use plots::{Figure, Forest, Ranking, RankingRow, Role};
use proptest::prelude::*;
use serde_json::Value as Json;

/// The scenario of `slug` with some controls set to values that they take.
fn scenario(slug: &str, set: &[(&str, Value)]) -> Scenario {
    let mut scenario = Scenario::of_lab(labs::registry::find(slug).unwrap());
    for (key, value) in set {
        let index = index_of(&scenario, key);
        assert_eq!(scenario.set(index, value.clone()), None, "{slug} {key} {value:?}");
    }
    scenario
}

fn index_of(scenario: &Scenario, key: &str) -> usize {
    scenario.find_control(|control| control.key == key).unwrap()
}

fn number(value: f64) -> Value {
    Value::Number(value)
}

/// Option `name` of the choice `key`.
fn choice(slug: &str, key: &str, name: &str) -> Value {
    let scenario = scenario(slug, &[]);
    let control = &scenario.lab().controls()[index_of(&scenario, key)];
    let Kind::Choice { options } = control.kind else { panic!("{key} is no choice") };
    Value::Choice(options.iter().position(|option| option.0 == name).unwrap())
}

/// All panels after all repeats, without draws.
fn panels(scenario: &Scenario) -> Vec<Panel> {
    let mut run = scenario.start();
    let repeats_done = run.num_repeats();
    for index in 0..repeats_done {
        run.repeat(index);
    }
    run.panels(&scenario.values(), &Extras { repeats_done, ..Extras::default() })
}

fn panel(scenario: &Scenario, id: &str) -> Panel {
    panels(scenario).into_iter().find(|panel| panel.id == id).unwrap_or_else(|| panic!("no panel {id}"))
}

/// The figure of panel `id`, of the kind that `$kind` names.
macro_rules! figure {
    ($kind:ident, $scenario:expr, $id:expr) => {
        match panel($scenario, $id).body {
            Body::Figure(Figure::$kind(figure)) => figure,
            other => panic!("panel {} is {other:?}", $id),
        }
    };
}

fn text(spans: &[Span]) -> String {
    spans.iter().map(|span| span.text.as_str()).collect()
}

/// Extreme values that `control` takes.
fn edges(control: &Control) -> Vec<Value> {
    match control.kind {
        Kind::Sizes { max_groups, max_size, limits, .. } => [
            vec![1],
            vec![max_size],
            vec![1; max_groups],
            vec![max_size; max_groups],
            vec![3, 4, 1],
            vec![limits.size],
            vec![1; limits.groups],
            vec![limits.total / limits.groups; limits.groups],
            vec![limits.size; limits.total / limits.size],
        ]
        .map(Value::Sizes)
        .into(),
        Kind::Counts { max } => {
            [vec![1], vec![max], vec![max, 1, max, max.min(7)], vec![3; 41]].map(Value::Sizes).into()
        }
        Kind::Choice { options } => (0..options.len()).map(Value::Choice).collect(),
        Kind::Repeats { max, .. } => [0, 1, 2, 1000.min(max), max].map(|n| number(f64::from(n))).into(),
        Kind::Play { max } => [0, 1, max].map(|n| number(f64::from(n))).into(),
        Kind::Table(Form::Expression) => [
            "",
            "a1,a2,b1;1,1,1",
            "a1,a2,b1,b2;1,2,3,4;1,2,3,4;1,1,1,1",
            "name,a1,a2,b1,b2;g1,1,2,3,4;g2,0,5,1,6;g3,-1,0,0,9;g4,1e3,2,2,1",
        ]
        .map(|text| control.read(text, &control.default_value()).0)
        .into(),
        Kind::Table(Form::Effects) => [
            "",
            "beta_hat_a,beta_hat_b,se_a,se_b;1,1,1,1",
            "beta_hat_a,beta_hat_b,se_a,se_b;1,0,1,1;2,0,1,1;3,0,1,1",
            "beta_hat_a,beta_hat_b,se_a,se_b;0,0,1,1;0,0,1,1",
            "name,beta_hat_a,beta_hat_b,se_a,se_b;a,0.35,0.1,0.1,0.1;b,-0.7,-0.3,0.01,0.02",
        ]
        .map(|text| control.read(text, &control.default_value()).0)
        .into(),
        Kind::Table(Form::Coefficients) => [
            "",
            "feature,experiment,celltype,beta_hat,se;x,1,A,0.5,0.1",
            "feature,experiment,celltype,beta_hat,se;x,1,A,0.5,0.1;x,2,B,-1,9;y,2,B,0,1e-3",
        ]
        .map(|text| control.read(text, &control.default_value()).0)
        .into(),
        Kind::Table(Form::Measurements) => [
            "",
            "value;1",
            "value;1;1;1;1",
            "value,se;28,15;8,10;-3,16;7,11",
            "group,value,n,truth;a,0.5,3,0.4;b,0,9,0;b,1,2,1;a,0,1,1",
        ]
        .map(|text| control.read(text, &control.default_value()).0)
        .into(),
        Kind::Moves { most } => [
            vec![],
            vec![Move { unit: 0, by: (most, -most) }],
            vec![Move { unit: 1, by: (-most, 0.0) }, Move { unit: 900, by: (1.0, 1.0) }],
        ]
        .map(Value::Moves)
        .into(),
        Kind::Linear { .. } | Kind::Log { .. } | Kind::Seed { .. } => {
            let (min, max, _) = control.range().unwrap();
            vec![number(min), number(max)]
        }
    }
}

/// What must hold for panels of any scenario.
fn assert_sound(scenario: &Scenario, panels: &[Panel]) {
    let link = link::write(scenario);
    let ids: BTreeSet<&str> = panels.iter().map(|panel| panel.id.as_str()).collect();
    assert_eq!(ids.len(), panels.len(), "{link}: names of panels are unique");
    for panel in panels {
        let name = format!("{link} {}", panel.id);
        assert!(!panel.id.is_empty() && !panel.title.is_empty(), "{name}");
        // Rust writes numbers that are not finite as these two words.
        let written = format!("{panel:?}");
        let strange =
            written.split(|c: char| !c.is_alphanumeric()).find(|word| ["NaN", "inf"].contains(word));
        assert_eq!(strange, None, "{name}");
        assert_axes_have_extent(&name, &serde_json::to_value(panel).unwrap());
        if let Body::Figure(figure) = &panel.body {
            let told = plots::describe(figure);
            assert!(!told.contains("NaN") && !told.contains("inf "), "{name}: {told}");
            // What the picture shows, in numbers, and all of it one step away.
            assert!(told.contains(|c: char| c.is_ascii_digit()) || is_bare(panel), "{name}: {told}");
            let table = plots::table(figure);
            assert!(!table.rows.is_empty() || is_bare(panel), "{name}: no values");
        }
    }
}

/// A picture that waits for what it shows: repeats or draws.
fn is_bare(panel: &Panel) -> bool {
    panel.needs != labs::Needs::Nothing
}

fn assert_axes_have_extent(name: &str, json: &Json) {
    match json {
        Json::Object(fields) => {
            if let (Some(min), Some(max), Some(_)) =
                (fields.get("min"), fields.get("max"), fields.get("scale"))
            {
                assert!(min.as_f64().unwrap() < max.as_f64().unwrap(), "{name}: axis from {min} to {max}");
            }
            fields.values().for_each(|value| assert_axes_have_extent(name, value));
        }
        Json::Array(values) => values.iter().for_each(|value| assert_axes_have_extent(name, value)),
        _ => {}
    }
}

// The registry.

#[test]
fn names_are_unique_and_fit_for_links() {
    let is_name = |name: &str, extra: char| {
        !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == extra)
    };
    let slugs: BTreeSet<_> = LABS.iter().map(|lab| lab.meta().name.slug).collect();
    assert_eq!(slugs.len(), LABS.len());
    for lab in LABS {
        let meta = lab.meta();
        assert!(is_name(meta.name.slug, '-'), "{}", meta.name.slug);
        assert!(!meta.name.title.is_empty() && meta.name.summary.ends_with('.'), "{}", meta.name.slug);
        assert!(!meta.formulas.is_empty() && !meta.sources.is_empty() && !meta.legend.is_empty());
        let keys: BTreeSet<_> = lab.controls().iter().map(|control| control.key).collect();
        assert_eq!(keys.len(), lab.controls().len(), "{}", meta.name.slug);
        for control in lab.controls() {
            assert!(is_name(control.key, '_') && control.key != "v", "{}", control.key);
            assert!(!control.label.is_empty(), "{}", control.key);
            if let Kind::Choice { options } = control.kind {
                let names: BTreeSet<_> = options.iter().map(|option| option.0).collect();
                assert_eq!(names.len(), options.len());
                assert!(names.iter().all(|name| is_name(name, '-')));
            }
        }
    }
}

#[test]
fn defaults_and_presets_are_values_that_controls_take() {
    for control in LABS.iter().flat_map(|lab| lab.controls()) {
        let default = control.default_value();
        assert_eq!(control.admit(default.clone()), (default.clone(), None), "{}", control.key);
        assert_eq!(control.read(&control.write(&default), &default), (default, None), "{}", control.key);
        if let Kind::Linear { presets, .. } | Kind::Log { presets, .. } = control.kind {
            for preset in presets {
                assert_eq!(control.admit(number(*preset)).1, None, "{} {preset}", control.key);
            }
        }
    }
    for lab in 0..LABS.len() {
        assert!(Scenario::of_lab(lab).is_valid());
    }
}

#[test]
fn default_links_run() {
    for lab in 0..LABS.len() {
        let scenario = Scenario::of_lab(lab);
        let (heading, sentence) = scenario.lab().heading(&scenario.values());
        assert!(!heading.is_empty() && sentence.ends_with('.'));
        assert_eq!(scenario.lab().notices(&scenario.values()), [], "a default needs no warning");
        let panels = panels(&scenario);
        assert!(panels.len() >= 4);
        assert_sound(&scenario, &panels);
    }
}

// Edges.

#[test]
fn every_control_at_its_edges_gives_panels() {
    for lab in 0..LABS.len() {
        let default = Scenario::of_lab(lab);
        let ids: Vec<String> = panels(&default).into_iter().map(|panel| panel.id).collect();
        for (index, control) in default.lab().controls().iter().enumerate() {
            for value in edges(control) {
                let mut scenario = default.clone();
                assert_eq!(scenario.set(index, value), None);
                assert!(scenario.is_valid());
                let panels = panels(&scenario);
                assert_sound(&scenario, &panels);
                let found: Vec<&String> = panels.iter().map(|panel| &panel.id).collect();
                // A choice may be one of what is shown.
                if !matches!(control.kind, Kind::Choice { .. }) {
                    assert_eq!(found, ids.iter().collect::<Vec<_>>(), "the same panels for all values");
                }
                assert!(!scenario.lab().heading(&scenario.values()).0.is_empty());
            }
        }
    }
}

#[test]
fn odd_combinations_give_panels() {
    let few = ("repeats", number(20.0));
    let sizes = |sizes: &[usize]| ("sizes", Value::Sizes(sizes.to_vec()));
    let scales = |mu: f64, theta: f64, sigma: f64| {
        [("sd_mu", number(mu)), ("sd_theta", number(theta)), ("sigma", number(sigma))]
    };
    let mut scenarios = Vec::new();
    for design in [&[1][..], &[2], &[60; 12], &[1; 12], &[1, 60, 1, 3, 4, 30]] {
        for [mu, theta, sigma] in [[0.1, 0.1, 0.1], [5.0, 10.0, 5.0], [0.1, 10.0, 5.0], [5.0, 0.1, 0.1]] {
            for m in [&[1][..], &[50], &[50, 1]] {
                let m = ("m", Value::Sizes(m.to_vec()));
                let mut set = vec![sizes(design), few.clone(), m, ("trace", number(12.0))];
                set.extend(scales(mu, theta, sigma));
                scenarios.push(scenario("regions", &set));
                for (of_mu, of_theta) in [(1, 0), (0, 2), (2, 1)] {
                    let mut learned = set.clone();
                    learned.push(("scale_mu", Value::Choice(of_mu)));
                    learned.push(("scale_theta", Value::Choice(of_theta)));
                    learned.push(("prior_mu", number(if of_mu == 1 { 0.1 } else { 100.0 })));
                    scenarios.push(scenario("regions", &learned));
                }
            }
        }
    }
    for a in [0.01, 0.1, 1.0, 9.0, 100.0] {
        for n in [2.0, 3.0, 4.0, 200.0] {
            for repeats in [0.0, 1.0, 3.0] {
                let set = [("a", number(a)), ("n", number(n)), ("repeats", number(repeats))];
                scenarios.push(scenario("james-stein", &set));
            }
            if n > 2.0 {
                scenarios.push(scenario("one-prior", &[("a", number(a)), ("n", number(n))]));
            }
        }
    }
    for scenario in &scenarios {
        assert_sound(scenario, &panels(scenario));
    }
}

/// Rows of the reader's own in any form: numbers, a group, and no more than the form needs.
fn any_table(form: Form) -> impl Strategy<Value = Value> {
    let row = ("[a-c]", -1e3..1e3_f64, 1e-2..1e2_f64);
    prop::collection::vec(row, 0..30).prop_map(move |rows| {
        let form = if rows.is_empty() { Form::Measurements } else { form };
        let mut own = Own { form, ..Own::default() };
        for (i, (group, value, se)) in rows.into_iter().enumerate() {
            match form {
                Form::Measurements => own.groups.push(group),
                Form::Expression => {
                    own.samples.push(vec![value, value + se, 0.0, se]);
                    own.num_first = 2;
                    continue;
                }
                Form::Effects => {
                    own.other_value.push(0.3 * value);
                    own.other_se.push(2.0 * se);
                }
                Form::Coefficients => {
                    own.names.push(format!("feature {}", i % 3));
                    own.experiments.push(format!("{}", i / 3));
                    own.groups.push(format!("{}", i / 6));
                }
            }
            own.value.push(value);
            own.se.push(se);
        }
        Value::Table(own.into())
    })
}

/// Any value that a control takes.
fn any_value(control: &'static Control) -> BoxedStrategy<Value> {
    match control.kind {
        Kind::Sizes { max_groups, max_size, .. } => {
            prop::collection::vec(1..=max_size, 1..=max_groups).prop_map(Value::Sizes).boxed()
        }
        Kind::Counts { max } => prop::collection::vec(1..=max, 1..60).prop_map(Value::Sizes).boxed(),
        Kind::Choice { options } => (0..options.len()).prop_map(Value::Choice).boxed(),
        // Few, so that a case is quick.
        Kind::Repeats { .. } => (0..30_u32).prop_map(|n| number(f64::from(n))).boxed(),
        Kind::Log { min, max, .. } => {
            (min.ln()..max.ln()).prop_map(move |log| number(log.exp().clamp(min, max))).boxed()
        }
        Kind::Table(form) => any_table(form).boxed(),
        Kind::Moves { most } => (0..9_u32, -most..most, -most..most)
            .prop_map(|(unit, across, up)| Value::Moves(vec![Move { unit, by: (across, up) }]))
            .boxed(),
        Kind::Linear { .. } | Kind::Seed { .. } | Kind::Play { .. } => {
            let (min, max, whole) = control.range().unwrap();
            (min..=max).prop_map(move |value| number(if whole { value.round() } else { value })).boxed()
        }
    }
}

fn any_scenario() -> impl Strategy<Value = Scenario> {
    (0..LABS.len()).prop_flat_map(|lab| {
        let values: Vec<_> = LABS[lab].controls().iter().map(any_value).collect();
        values.prop_map(move |values| {
            let mut scenario = Scenario::of_lab(lab);
            for (index, value) in values.into_iter().enumerate() {
                assert_eq!(scenario.set(index, value), None);
            }
            scenario
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_scenario_gives_sound_panels(scenario in any_scenario(), focus in proptest::option::of(any::<u32>())) {
        let mut run = scenario.start();
        let repeats_done = run.num_repeats();
        (0..repeats_done).for_each(|index| run.repeat(index));
        let extras = Extras { focus, repeats_done, ..Extras::default() };
        let panels = run.panels(&scenario.values(), &extras);
        assert_sound(&scenario, &panels);
        prop_assert_eq!(panels, run.panels(&scenario.values(), &extras));
    }
}

#[test]
fn a_large_design_is_drawn_in_part_and_tabled_whole() {
    let preset = labs::registry::find("regions").map(|lab| LABS[lab].meta().presets).unwrap();
    let preset = preset.iter().find(|preset| preset.label == "100 regions, 2,000 schools").unwrap();
    let read = link::parse(preset.link);
    assert_eq!((&read.notices[..], link::write(&read.scenario).as_str()), (&[][..], preset.link));
    let values = read.scenario.values();
    let sizes = values.sizes("sizes");
    assert_eq!((sizes.len(), sizes[0], sizes[99], sizes.iter().sum()), (100, 1, 177, 2000));
    let run = read.scenario.start();
    for focus in [None, Some(0), Some(1234), Some(1999)] {
        let panels = run.panels(&values, &Extras { focus, ..Extras::default() });
        assert_sound(&read.scenario, &panels);
        let panel = |id: &str| panels.iter().find(|panel| panel.id == id).unwrap();
        let figure = |id: &str| match &panel(id).body {
            Body::Figure(figure) => figure,
            other => panic!("{id} is {other:?}"),
        };
        for (id, num_rows, said) in [
            ("forest", 2000, "of 2,000 schools, from 12 of 100 regions"),
            ("theta", 100, "12 of 100 regions"),
            ("scatter", 2000, "240 of 2,000 schools"),
            ("slopes", 2000, "240 of 2,000 schools"),
        ] {
            assert_eq!(plots::table(figure(id)).rows.len(), num_rows, "{id}");
            assert!(text(&panel(id).subtitle).contains(said), "{id}: {}", text(&panel(id).subtitle));
        }
        let Figure::Forest(forest) = figure("forest") else { panic!("no forest") };
        let all = forest.groups.iter().flat_map(|group| group.rows.iter().chain(&group.rest));
        let mut units: Vec<u32> = all.map(|row| row.unit).collect();
        units.sort_unstable();
        assert_eq!(units, (0..2000).collect::<Vec<_>>(), "each school once");
        let drawn: Vec<u32> =
            forest.groups.iter().flat_map(|group| &group.rows).map(|row| row.unit).collect();
        assert!((40..=96).contains(&drawn.len()), "{} rows", drawn.len());
        assert!(focus.is_none_or(|unit| drawn.contains(&unit)), "{focus:?}");
        assert!(plots::describe(figure("forest")).contains("2000 units in 100 groups"));
    }
    // What fits is drawn whole.
    let largest = link::parse("#/regions?sizes=60,60,60,60,60,60,60,60,60,60,60,60&repeats=0").scenario;
    let forest = figure!(Forest, &largest, "forest");
    assert!(forest.groups.len() == 12 && forest.groups.iter().all(|group| group.rows.len() == 60));
}

#[test]
fn any_number_of_draws_gives_panels() {
    for design in [&[10; 4][..], &[1], &[1, 60, 3]] {
        for sampler in ["nuts", "exact"] {
            let scenario = scenario(
                "regions",
                &[
                    ("sizes", Value::Sizes(design.to_vec())),
                    ("sampler", choice("regions", "sampler", sampler)),
                    ("repeats", number(0.0)),
                ],
            );
            let run = scenario.start();
            for lengths in [[0, 0, 0, 0], [1, 0, 0, 0], [0, 3, 1, 50], [49, 50, 50, 51], [300, 1, 1, 1]] {
                let mut draws = Draws::new(scenario.open().variables(), NUM_CHAINS, 300);
                let mut newest = vec![Vec::new(); NUM_CHAINS];
                for (chain, length) in lengths.into_iter().enumerate() {
                    let mut sampler = scenario.open().sampler(chain).unwrap();
                    assert_eq!(sampler.draw().len(), scenario.open().variables().len());
                    for _ in 0..length {
                        sampler.step();
                        draws.push(chain, sampler.draw());
                        newest[chain] = sampler.draw().to_vec();
                    }
                }
                let extras = Extras {
                    draws: Some(&draws),
                    warmup: Some(&draws),
                    newest: &newest,
                    summaries: None,
                    focus: Some(u32::MAX),
                    repeats_done: 0,
                };
                assert_sound(&scenario, &run.panels(&scenario.values(), &extras));
            }
        }
    }
}

// What a control does.

/// What must be set before a control does anything.
fn preparation(slug: &str, key: &str) -> &'static [(&'static str, &'static str)] {
    match key {
        "speed" => &[("pace", "live")],
        "hand_d0" => &[("prior", "hand")],
        "moved" => &[("up", "0.5")],
        "prior_theta" => &[("scale_theta", "half-normal")],
        "prior_mu" => &[("scale_mu", "half-cauchy")],
        "trace" => &[("details", "all")],
        "target" => &[("set", "lecture")],
        "seed" if slug == "data" => &[("set", "counties")],
        "own" => &[("set", "own")],
        "obs_sd" => &[("set", "own"), ("own", "value;1;2;4;3")],
        "transition" | "eps" | "leap" => &[("details", "trajectory")],
        "over" | "who" => &[("view", "curves")],
        "level" if slug != "data" => &[("view", "coverage")],
        "distance" => &[("outlying", "school")],
        "a_mu" | "a_theta" | "a_mean" => &[("belief", "own")],
        "cell_repeats" => &[("from", "data"), ("grid", "10")],
        "traced" => &[("details", "all"), ("scale_mu", "half-normal"), ("scale_theta", "half-normal")],
        _ => &[],
    }
}

/// The first iterations of the first chain; empty if the lab samples nothing.
fn first_draws(scenario: &Scenario) -> Vec<f64> {
    let Some(mut sampler) = scenario.open().sampler(0) else { return Vec::new() };
    (0..40)
        .flat_map(|_| {
            sampler.step();
            sampler.draw().to_vec()
        })
        .collect()
}

#[test]
fn presets_are_links_without_fault_that_show_something_else() {
    for (index, lab) in LABS.iter().enumerate() {
        let default = Scenario::of_lab(index);
        let mut seen = BTreeSet::new();
        for preset in lab.meta().presets {
            let parsed = link::parse(preset.link);
            assert_eq!(parsed.notices, [], "{}", preset.label);
            assert_eq!(parsed.scenario.lab_index(), index);
            assert_eq!(link::write(&parsed.scenario), preset.link, "{}: as it is written", preset.label);
            assert!(
                preset.link.len() <= 106 - "https://a.b/".len(),
                "{}: short enough for a QR code",
                preset.label
            );
            assert!(seen.insert(preset.link) && !preset.label.is_empty());
            assert_sound(&parsed.scenario, &panels(&parsed.scenario));
        }
        assert!(seen.is_empty() || seen.contains(link::write(&default).as_str()), "one leads back");
    }
}

#[test]
fn every_control_changes_something() {
    for (lab_index, lab) in LABS.iter().enumerate() {
        for (index, control) in lab.controls().iter().enumerate() {
            let mut before = Scenario::of_lab(lab_index);
            for (key, option) in preparation(lab.meta().name.slug, control.key) {
                let index = index_of(&before, key);
                let control = &before.lab().controls()[index];
                let (value, notice) = control.read(option, &control.default_value());
                assert_eq!((before.set(index, value), notice), (None, None), "{key}");
            }
            assert!((control.applies)(&before.values()), "{} is not offered", control.key);
            let changed = edges(control).into_iter().filter(|value| value != before.value(index));
            for value in changed {
                let mut after = before.clone();
                after.set(index, value);
                let moves = panels(&before) != panels(&after)
                    || before.open().sampling() != after.open().sampling()
                    || first_draws(&before) != first_draws(&after);
                assert!(moves, "{} of {} does nothing", control.key, lab.meta().name.slug);
                assert_eq!(
                    before.same_run(&after),
                    control.effect == Effect::Redraw,
                    "{}: a new run is made for what changes data or draws, and only for that",
                    control.key
                );
            }
        }
    }
}

/// What only changes pictures needs no new run: the old run draws them.
#[test]
fn a_run_serves_all_that_is_only_drawn() {
    for lab in 0..LABS.len() {
        let before = Scenario::of_lab(lab);
        for (index, control) in before.lab().controls().iter().enumerate() {
            for value in edges(control).into_iter().filter(|_| control.effect == Effect::Redraw) {
                let mut after = before.clone();
                after.set(index, value);
                let mut run = before.start();
                let repeats_done = run.num_repeats();
                (0..repeats_done).for_each(|index| run.repeat(index));
                let extras = Extras { repeats_done, ..Extras::default() };
                assert_eq!(run.panels(&after.values(), &extras), panels(&after), "{}", control.key);
            }
        }
    }
}

#[test]
fn the_same_scenario_gives_the_same_panels() {
    for lab in 0..LABS.len() {
        let scenario = Scenario::of_lab(lab);
        assert_eq!(panels(&scenario), panels(&scenario.clone()));
    }
}

/// Roles that a figure names, itself or by what it is.
fn roles(panel: &Panel) -> BTreeSet<String> {
    fn gather(json: &Json, found: &mut BTreeSet<String>) {
        match json {
            Json::Object(fields) => {
                for (name, value) in fields {
                    if let (Some(role), "role") = (value.as_str(), name.as_str()) {
                        found.insert(role.to_owned());
                    }
                    gather(value, found);
                }
            }
            Json::Array(values) => values.iter().for_each(|value| gather(value, found)),
            _ => {}
        }
    }
    let Body::Figure(figure) = &panel.body else { return BTreeSet::new() };
    let mut found = BTreeSet::new();
    gather(&serde_json::to_value(figure).unwrap(), &mut found);
    if let Figure::Forest(forest) = figure {
        found.extend(["Mle", "Bayes"].map(str::to_owned));
        let truths = forest.groups.iter().flat_map(|group| &group.rows).filter_map(|row| row.truth);
        found.extend(truths.map(|_| "Truth".to_owned()));
    }
    found
}

#[test]
fn the_legend_names_who_is_in_the_pictures() {
    for link in [
        "#/regions",
        "#/regions?m=1,4",
        "#/regions?truth=hidden",
        "#/regions?scale_mu=half-cauchy&prior_mu=5&data=eight",
        "#/regions?scale_mu=half-cauchy&prior_mu=5&data=eight&details=trajectory",
    ] {
        let scenario = link::parse(link).scenario;
        let legend = scenario.lab().legend(&scenario.values());
        let legend: BTreeSet<String> = legend.iter().map(|entry| format!("{:?}", entry.role)).collect();
        // A neutral line, such as a diagonal, is nobody.
        let drawn =
            panels(&scenario).into_iter().flat_map(|panel| roles(&panel)).filter(|role| role != "Neutral");
        assert_eq!(legend, drawn.collect(), "{link}");
    }
}

/// What a run shows at its end, and how many repeats and pieces of a picture it took.
fn shown_at_the_end(
    scenario: &Scenario,
    mut run: Box<dyn labs::Run>,
) -> (Vec<Panel>, u32, Box<dyn labs::Run>) {
    let num_repeats = run.num_repeats();
    (0..num_repeats).for_each(|repeat| run.repeat(repeat));
    let extras = Extras { repeats_done: num_repeats, ..Extras::default() };
    (run.panels(&scenario.values(), &extras), num_repeats, run)
}

#[test]
fn a_run_after_another_shows_what_it_shows_alone() {
    let map = "#/when?from=data&grid=10&cell_repeats=20&repeats=50";
    for (first, second, is_quicker) in [
        (map.to_owned(), format!("{map}&v_mu=4&size=20"), true),
        (map.to_owned(), format!("{map}&seed=5"), false),
        (map.to_owned(), format!("{map}&view=race"), true),
        (map.to_owned(), "#/regions?repeats=10".to_owned(), true),
        ("#/regions?repeats=10".to_owned(), map.to_owned(), false),
    ] {
        let [first, second] = [first, second].map(|link| link::parse(&link).scenario);
        let (_, cost, last) = shown_at_the_end(&first, first.start());
        let (after, cost_after, _) = shown_at_the_end(&second, second.open().start_after(Some(last)));
        let (alone, ..) = shown_at_the_end(&second, second.start());
        assert_eq!(after, alone, "{second:?}");
        assert_eq!(cost_after < cost, is_quicker, "{second:?}: {cost_after} after {cost}");
    }
}

#[test]
fn help_speaks_of_the_data_on_screen() {
    let help = |link: &str| {
        let scenario = link::parse(link).scenario;
        let control = &scenario.lab().controls()[index_of(&scenario, "sd_theta")];
        assert!((control.applies)(&scenario.values()));
        (control.help)(&scenario.values())
    };
    assert!(help("#/regions").contains("lecture"));
    let eight = help("#/regions?scale_mu=half-cauchy&prior_mu=5&data=eight");
    assert!(eight.contains("prior SD") && !eight.contains("lecture"), "{eight}");
}

#[test]
fn a_hidden_truth_is_not_given_away() {
    for lab in LABS {
        let slug = lab.meta().name.slug;
        let shown = scenario(slug, &[]);
        if shown.find_control(|control| control.key == "truth").is_none() {
            continue; // Nothing is hidden where everything is counted.
        }
        let hidden = scenario(slug, &[("truth", choice(slug, "truth", "hidden"))]);
        let truths = |scenario: &Scenario| {
            panels(scenario)
                .iter()
                .flat_map(|panel| panel.subtitle.iter().chain(&panel.remark))
                .filter(|span| span.role == Some(Role::Truth))
                .count()
        };
        assert!(truths(&shown) > 0 || slug == "james-stein");
        assert_eq!(truths(&hidden), 0, "{slug}");
        for panel in panels(&hidden) {
            match panel.body {
                Body::Figure(Figure::Slopegraph(figure)) => {
                    assert!(figure.rows.iter().all(|row| row.role != Role::Truth), "{slug} {}", panel.id);
                }
                Body::Figure(Figure::Curves(figure)) => {
                    assert!(
                        figure.points.iter().all(|point| point.role != Role::Truth),
                        "{slug} {}",
                        panel.id
                    );
                }
                Body::Figure(Figure::Ridges(figure)) => {
                    assert!(figure.rows.iter().all(|row| row.truth.is_none()))
                }
                Body::Figure(Figure::Forest(figure)) => {
                    assert!(
                        figure.groups.iter().flat_map(|group| &group.rows).all(|row| row.truth.is_none())
                    );
                }
                // Estimates against measurements: no truth in it.
                Body::Figure(Figure::Scatter(figure)) if slug == "data" => {
                    assert!(figure.series.iter().all(|series| series.role != Role::Truth));
                }
                Body::Figure(Figure::Ranking(_) | Figure::Scatter(_) | Figure::Histograms(_)) => {
                    panic!("{slug}: {} counts errors of a hidden truth", panel.id)
                }
                _ => {}
            }
        }
    }
}

// The lecture's numbers: the slides, and their data rebuilt in R 4.5 with set.seed(4).

fn row<'a>(ranking: &'a Ranking, label: &str) -> &'a RankingRow {
    ranking.rows.iter().find(|row| row.label == label).unwrap_or_else(|| panic!("no row {label}"))
}

#[test]
fn the_start_page_shows_the_lectures_totals() {
    let scenario = Scenario::default();
    assert_eq!(link::write(&scenario), "#/regions");
    let race = figure!(Ranking, &scenario, "race");
    // Total squared error on the lecture's data as printed to three digits, and the exact average.
    let expected = [
        ("MLE", 30.009, 40.0, "30.01"),
        ("Region mean", 34.255, 40.0, "34.26"),
        ("James–Stein in region", 20.346, 26.0, "20.35"),
        ("Pooled empirical Bayes", 19.716, 23.0, "19.72"),
        ("Known factor", 18.419, 22.0, "18.42"),
        ("Full Bayes", 18.571, 21.9841, "18.57"),
    ];
    assert_eq!(race.rows.len(), 7);
    for (label, here, average, shown) in expected {
        let row = row(&race, label);
        assert!((row.here.unwrap() - here).abs() < 6e-4, "{label}: {row:?}");
        assert!((row.expected.unwrap() - average).abs() < 6e-5, "{label}: {row:?}");
        assert_eq!(row.here_text, shown);
        assert!(row.missing.is_empty() && !row.ridge.is_empty());
    }
    let zero = row(&race, "Naive zero");
    assert!((zero.expected.unwrap() - 1040.0).abs() < 1e-9);
    assert_eq!(row(&race, "Full Bayes").expected_text, "21.98");
    let text = text(&panel(&scenario, "scatter").subtitle);
    assert!(text.contains("25 of 40"), "{text}");
}

#[test]
fn the_gain_of_the_lectures_schools_is_taken_apart_exactly() {
    let steps = figure!(Steps, &scenario("when", &[]), "gain");
    let values: Vec<f64> = steps.rows.iter().map(|row| row.value).collect();
    for (value, expected) in values.iter().zip([40.0, 26.0, 23.0, 22.0, 21.984_127]) {
        assert!((value - expected).abs() < 1e-6, "{values:?}");
    }
    // More is lost than won where Bayes takes the schools for more alike than they are.
    let wrong = link::parse("#/when?v_mu=4&belief=own&a_mu=0.5").scenario;
    let rows = figure!(Steps, &wrong, "gain").rows;
    assert!(rows[3].value > rows[0].value && rows[3].change_text.starts_with('+'), "{rows:?}");
    assert!(text(&panel(&wrong, "gain").remark).contains("worse"));
}

#[test]
fn a_round_that_bayes_lost_is_named_and_counted() {
    // Of the first seeds some must be lost: James–Stein beats Bayes in an eighth of the data sets.
    let verdict = |seed: u32| {
        let seed = ("seed", number(f64::from(seed)));
        text(&panel(&scenario("when", &[("view", choice("when", "view", "race")), seed]), "race").remark)
    };
    let verdicts: Vec<String> = (5..45).map(verdict).collect();
    let lost = verdicts.iter().filter(|text| text.contains("full Bayes lost to James–Stein in each region"));
    assert!((1..16).contains(&lost.count()), "{verdicts:?}");
    for text in verdicts {
        let share = text.split("it loses in ").nth(1).unwrap().split(' ').next().unwrap();
        let share: f64 = share.parse().unwrap();
        // 12 %, and four standard errors of a share in 1000.
        assert!((8.0..16.0).contains(&share) && text.contains("(21.98 against 26.00)"), "{text}");
    }
}

/// Choosing a cell goes to its settings: the map's number there is the exact one of the race.
#[test]
fn a_chosen_cell_is_gone_to() {
    let map = scenario("when", &[]);
    let cells = figure!(HeatMap, &map, "map").cells;
    for cell in [0, 399, 820, 1599] {
        let mut there = map.clone();
        for (key, value) in map.lab().pick(&map.values(), "map", cell) {
            let index = index_of(&there, key);
            assert_eq!(there.set(index, value), None);
        }
        let ratio = cells[cell as usize].value.unwrap();
        let rows = figure!(Steps, &there, "gain").rows;
        let found = rows[4].value / rows[1].value;
        assert!((found - ratio).abs() < 1e-9, "{cell}: {found} {ratio}");
    }
    assert!(map.lab().pick(&map.values(), "gain", 0).is_empty());
}

#[test]
fn the_start_page_shows_the_slides_histogram() {
    let errors = figure!(Histograms, &Scenario::default(), "errors");
    assert_eq!(errors.panels[0].counts, [16, 15, 6, 2, 1, 0]);
    assert_eq!(errors.panels[1].counts, [20, 16, 3, 1, 0, 0]);
    assert!(errors.panels.iter().all(|panel| panel.bin_start == 0.0 && panel.bin_width == 0.5));
    // Mean absolute error .696 → .530.
    assert!((errors.panels[0].mean.unwrap() - 0.696).abs() < 5e-4);
    assert!((errors.panels[1].mean.unwrap() - 0.530).abs() < 5e-4);
}

#[test]
fn the_start_page_shows_the_lectures_regions() {
    let ridges = figure!(Ridges, &Scenario::default(), "theta");
    let truths: Vec<f64> = ridges.rows.iter().map(|row| row.truth.unwrap()).collect();
    let posterior_means = [1.2199, -1.8278, 4.5591, 2.8860];
    for (k, theta) in [1.0838, -2.7125, 4.4557, 2.9799].into_iter().enumerate() {
        assert!((truths[k] - theta).abs() < 6e-5, "{truths:?}");
        assert!((ridges.rows[k].median - posterior_means[k]).abs() < 6e-5);
        // Posterior SD .44544; half of the 95 % interval is 1.95996 of them.
        let (low, high) = ridges.rows[k].outer;
        assert!(((high - low) / (2.0 * 1.959_964) - 0.44544).abs() < 6e-6);
    }
    let (low, high) = ridges.rows[1].outer;
    assert!(truths[1] < low || truths[1] > high, "the truth of region 2 lies outside its interval");
    let forest = figure!(Forest, &Scenario::default(), "forest");
    assert_eq!((forest.x.min, forest.x.max), (-4.0, 8.0));
    let first = unit(&forest, 0);
    assert!((first.measured - 1.8984).abs() < 6e-5 && (first.truth.unwrap() - 2.7194).abs() < 6e-5);
}

/// Exact risks per measurement of the slide's box plots, n = 50, and totals for n = 10.
#[test]
fn the_james_stein_lab_shows_the_slides_risks() {
    let assert_risks = |n: f64, a: f64, per: f64, expected: &[(&str, f64)]| {
        let scenario = scenario("james-stein", &[("a", number(a)), ("n", number(n))]);
        let losses = figure!(Ranking, &scenario, "losses");
        for (label, expected) in expected {
            let risk = row(&losses, label).expected.unwrap() / per;
            assert!((risk - expected).abs() < 6e-6, "n = {n}, A = {a}, {label}: {risk}");
        }
    };
    let positive = "James–Stein, positive part";
    for (a, james_stein, bayes) in [(0.1, 0.127_27, 0.090_91), (1.0, 0.52, 0.5), (9.0, 0.904, 0.9)] {
        let expected =
            [("MLE", 1.0), ("Naive zero", a), ("James–Stein", james_stein), ("Bayes, A known", bayes)];
        assert_risks(50.0, a, 50.0, &expected);
    }
    assert_risks(50.0, 0.1, 50.0, &[(positive, 0.113_40)]);
    let to_mean = [("To the grand mean", 6.5), ("To the grand mean, positive part", 6.335_28)];
    assert_risks(10.0, 1.0, 1.0, &to_mean);
    assert_risks(10.0, 1.0, 1.0, &[("Bayes, A known", 5.0), ("James–Stein", 6.0), (positive, 5.849_72)]);
}

/// The averages of a thousand repeats lie within 4 standard errors of the exact
/// risks that are drawn beside them. The loss per measurement of MLE and of zero
/// (A = 1) has SD √(2/50) = 0.2, that of the others is smaller.
#[test]
fn running_means_settle_on_the_dashed_lines() {
    let scenario = scenario("james-stein", &[("repeats", number(1000.0))]);
    let running = figure!(Curves, &scenario, "running");
    let (dashed, solid): (Vec<_>, Vec<_>) = running.lines.iter().partition(|line| line.dashed);
    assert!(dashed.len() == solid.len() && dashed.len() >= 4);
    for (exact, simulated) in dashed.iter().zip(&solid) {
        assert_eq!(exact.role, simulated.role);
        let end = simulated.points.last().unwrap();
        assert_eq!(end.0, 1000.0);
        let standard_error = 0.2 / 1000.0_f64.sqrt();
        assert!((end.1 - exact.points[0].1).abs() < 4.0 * standard_error, "{simulated:?}");
    }
}

#[test]
fn the_chance_to_win_is_the_exact_one() {
    // Exact values at (n, A) to five digits: statistics of the F distribution, and the share of single measurements.
    for (n, a, chance, single) in
        [(5.0, 1.0, "84 %", "65 %"), (10.0, 1.0, "93 %", "65 %"), (10.0, 9.0, "70 %", "55 %")]
    {
        let scenario = scenario("james-stein", &[("n", number(n)), ("a", number(a))]);
        let told = text(&panel(&scenario, "chances").remark);
        assert!(told.contains(chance) && told.contains(single), "{told}");
    }
}

// Dragging moves and never redraws.

fn unit(forest: &Forest, unit: u32) -> &plots::ForestRow {
    forest.groups.iter().flat_map(|group| &group.rows).find(|row| row.unit == unit).unwrap()
}

/// θ of each region, then of each school in each region truth and measurement.
fn school_data(scenario: &Scenario) -> Vec<(f64, Vec<(f64, f64)>)> {
    let forest = figure!(Forest, scenario, "forest");
    let ridges = figure!(Ridges, scenario, "theta");
    let mut groups = Vec::new();
    for (group, ridge) in forest.groups.iter().zip(&ridges.rows) {
        let mut rows: Vec<_> = group.rows.iter().collect();
        rows.sort_by_key(|row| row.unit);
        groups.push((
            ridge.truth.unwrap(),
            rows.iter().map(|row| (row.truth.unwrap(), row.measured)).collect(),
        ));
    }
    groups
}

/// The standard normals behind the data.
fn school_normals(scenario: &Scenario) -> Vec<f64> {
    let values = scenario.values();
    let noise_sd = values.number("sigma") / (values.sizes("m")[0] as f64).sqrt();
    let mut normals = Vec::new();
    for (theta, schools) in school_data(scenario) {
        normals.push(theta / values.number("sd_theta"));
        for (truth, measured) in schools {
            normals.push((truth - theta) / values.number("sd_mu"));
            normals.push((measured - truth) / noise_sd);
        }
    }
    normals
}

fn assert_close(a: &[f64], b: &[f64], tolerance: f64) {
    assert_eq!(a.len(), b.len());
    for (a, b) in a.iter().zip(b) {
        assert!((a - b).abs() < tolerance, "{a} {b}");
    }
}

#[test]
fn scales_move_schools_and_keep_their_normals() {
    for seed in [4.0, 7.0] {
        let seed = ("seed", number(seed));
        let quick = ("repeats", number(0.0));
        let before = scenario("regions", &[seed.clone(), quick.clone()]);
        let normals = school_normals(&before);
        assert_eq!(normals.len(), 84);
        for (key, value) in [
            ("sd_mu", number(0.1)),
            ("sd_mu", number(5.0)),
            ("sd_theta", number(0.1)),
            ("sd_theta", number(10.0)),
            ("sigma", number(3.3)),
            ("m", Value::Sizes(vec![50])),
        ] {
            let after = scenario("regions", &[seed.clone(), quick.clone(), (key, value)]);
            assert_ne!(school_data(&before), school_data(&after), "{key} moves the schools");
            // Differences of numbers near 50 that are 0.1 / √50 apart: 13 digits are left.
            assert_close(&normals, &school_normals(&after), 1e-11);
        }
        // The order in which schools are listed never changes either.
        let order = |scenario: &Scenario| -> Vec<u32> {
            let forest = figure!(Forest, scenario, "forest");
            forest.groups.iter().flat_map(|group| &group.rows).map(|row| row.unit).collect()
        };
        let after = scenario("regions", &[seed, quick, ("sigma", number(0.1)), ("sd_theta", number(0.1))]);
        assert_eq!(order(&before), order(&after));
    }
    let other = scenario("regions", &[("seed", number(8.0)), ("repeats", number(0.0))]);
    assert!((school_normals(&other)[0] - school_normals(&Scenario::default())[0]).abs() > 1e-6);
}

#[test]
fn a_further_school_leaves_all_others() {
    for seed in [4.0, 7.0] {
        let of = |sizes: &[usize]| {
            let sizes = Value::Sizes(sizes.to_vec());
            let set = [("seed", number(seed)), ("repeats", number(0.0)), ("sizes", sizes)];
            school_data(&scenario("regions", &set))
        };
        let before = of(&[10, 10, 10, 10]);
        for sizes in
            [&[10, 11, 10, 10][..], &[10, 9, 10, 10], &[10, 60, 10, 1], &[10, 10, 10, 10, 5], &[1, 10]]
        {
            for ((theta, schools), (theta_then, schools_then)) in before.iter().zip(&of(sizes)) {
                assert_eq!(theta, theta_then, "{sizes:?}");
                let both = schools.len().min(schools_then.len());
                assert_eq!(schools[..both], schools_then[..both], "{sizes:?}");
            }
        }
    }
}

/// Truth and measurement of every unit of a slopegraph.
fn measurement_data(scenario: &Scenario) -> Vec<(f64, f64)> {
    let slopes = figure!(Slopegraph, scenario, "slopes");
    let of = |role| slopes.rows.iter().find(|row| row.role == role).unwrap().values.clone();
    of(Role::Truth).into_iter().zip(of(Role::Mle)).collect()
}

#[test]
fn a_moves_measurements_and_keeps_their_normals() {
    for slug in ["one-prior", "james-stein"] {
        let before = measurement_data(&scenario(slug, &[("a", number(1.0))]));
        for a in [0.01, 0.1, 9.0, 100.0] {
            let after = measurement_data(&scenario(slug, &[("a", number(a))]));
            for ((mu, y), (mu_then, y_then)) in before.iter().zip(&after) {
                assert!((mu * a.sqrt() - mu_then).abs() < 1e-12);
                assert!(((y - mu) - (y_then - mu_then)).abs() < 1e-13 * a.sqrt().max(1.0) * 10.0);
            }
        }
        let grown = measurement_data(&scenario(slug, &[("n", number(200.0))]));
        assert_eq!(before[..], grown[..before.len()], "more measurements leave the first ones");
        let other = measurement_data(&scenario(slug, &[("seed", number(1.0))]));
        assert_ne!(before[0], other[0]);
    }
}

// Repeats: the same random numbers whatever the sliders say.

/// Running mean of one estimator over repeats.
fn running_mean(a: f64, repeats: f64, role: Role) -> Vec<(f64, f64)> {
    let scenario = scenario("james-stein", &[("a", number(a)), ("repeats", number(repeats))]);
    let running = figure!(Curves, &scenario, "running");
    running.lines.into_iter().find(|line| line.role == role && !line.dashed).unwrap().points
}

#[test]
fn repeats_share_their_normals_whatever_a_is() {
    let heights = |points: &[(f64, f64)]| points.iter().map(|point| point.1).collect::<Vec<_>>();
    let mle = running_mean(1.0, 100.0, Role::Mle);
    let zero = heights(&running_mean(1.0, 100.0, Role::Zero));
    for a in [0.01, 0.1, 9.0, 100.0] {
        // The error of the MLE is the noise, that of the guess 0 is √A times a normal.
        assert_close(&heights(&mle), &heights(&running_mean(a, 100.0, Role::Mle)), 1e-12);
        let scaled: Vec<f64> =
            heights(&running_mean(a, 100.0, Role::Zero)).iter().map(|loss| loss / a).collect();
        assert_close(&zero, &scaled, 1e-12);
    }
    // The first eight corners are the first eight repeats, however many follow.
    assert_eq!(mle[..8], running_mean(1.0, 10.0, Role::Mle)[..8]);
    assert_eq!(mle[..8], running_mean(1.0, 5000.0, Role::Mle)[..8]);
}

/// With common random numbers a curve over A is smooth: a millionth more A changes
/// a loss by some millionths. With fresh ones it would jump by a tenth.
#[test]
fn losses_over_a_are_smooth() {
    for role in [Role::JamesStein, Role::Bayes] {
        for a in [0.1, 1.0, 9.0] {
            let here = running_mean(a, 50.0, role);
            let there = running_mean(a * (1.0 + 1e-6), 50.0, role);
            for (here, there) in here.iter().zip(&there) {
                assert!((here.1 - there.1).abs() < 2e-5 * here.1, "{here:?} {there:?}");
            }
        }
    }
}

#[test]
fn repeats_of_schools_share_their_normals() {
    let race = |set: &[(&str, Value)]| {
        let ranking = figure!(Ranking, &scenario("regions", set), "race");
        let ridge_of = |label: &str| {
            let ridge = row(&ranking, label).ridge.clone();
            let peak = ridge.iter().map(|corner| corner.1).fold(0.0, f64::max);
            ridge.into_iter().map(|(_, height)| height / peak).collect::<Vec<_>>()
        };
        ((ranking.x.min, ranking.x.max), ["MLE", "Region mean", "Known factor"].map(ridge_of))
    };
    // Losses that do not depend on the region SD are the same, repeat by repeat, to a bin of the ridge.
    let (axis, ridges) = race(&[]);
    let (axis_then, ridges_then) = race(&[("sd_theta", number(2.0))]);
    assert_eq!(axis, axis_then);
    for (ridge, ridge_then) in ridges.iter().zip(&ridges_then) {
        assert_close(ridge, ridge_then, 1e-9);
    }
    let (_, other) = race(&[("seed", number(7.0))]);
    assert_ne!(ridges, other);
}

// Estimators that are not defined show nothing false.

#[test]
fn james_stein_says_where_it_is_not_defined() {
    let missing = |n: f64| -> Vec<String> {
        let scenario = scenario("james-stein", &[("n", number(n))]);
        let losses = figure!(Ranking, &scenario, "losses");
        for row in &losses.rows {
            assert_eq!(row.here.is_none(), !row.missing.is_empty(), "{row:?}");
            assert_eq!(row.expected.is_none(), !row.missing.is_empty(), "{row:?}");
        }
        losses.rows.into_iter().filter(|row| !row.missing.is_empty()).map(|row| row.label).collect()
    };
    let to_mean = ["To the grand mean", "To the grand mean, positive part"];
    assert_eq!(missing(4.0), [""; 0]);
    assert_eq!(missing(3.0), to_mean);
    assert_eq!(missing(2.0), [&["James–Stein", "James–Stein, positive part"][..], &to_mean].concat());
    for n in [2.0, 3.0] {
        let scenario = scenario("james-stein", &[("n", number(n))]);
        let notices = scenario.lab().notices(&scenario.values());
        assert_eq!(notices.len(), 1);
        assert!(notices[0].key == "n" && notices[0].message.contains("not defined"), "{notices:?}");
    }
}

#[test]
fn small_regions_leave_james_stein_out() {
    let told = |sizes: &[usize]| {
        let scenario = scenario("regions", &[("sizes", Value::Sizes(sizes.to_vec()))]);
        let race = figure!(Ranking, &scenario, "race");
        let missing: Vec<String> = race
            .rows
            .iter()
            .inspect(|row| {
                assert_eq!(row.here.is_none(), !row.missing.is_empty(), "{row:?}");
                assert_eq!(row.expected.is_none(), !row.missing.is_empty(), "{row:?}");
                assert_eq!(row.ridge.is_empty(), !row.missing.is_empty(), "{row:?}");
            })
            .filter(|row| row.here.is_none())
            .map(|row| row.label.clone())
            .collect();
        let notices = scenario.lab().notices(&scenario.values());
        assert!(notices.iter().all(|notice| notice.key == "sizes"));
        (missing, notices.into_iter().map(|notice| notice.message).collect::<Vec<_>>())
    };
    assert_eq!(told(&[6, 6]), (vec![], vec![]));
    let (missing, notices) = told(&[4, 6]);
    assert!(
        missing.is_empty() && notices.len() == 1 && notices[0].contains("infinite variance"),
        "{notices:?}"
    );
    let (missing, notices) = told(&[10, 3, 25]);
    assert_eq!(missing, ["James–Stein in region"]);
    assert!(notices.len() == 1 && notices[0].contains("region 2"), "{notices:?}");
    let (missing, notices) = told(&[1, 1]);
    assert_eq!(missing, ["James–Stein in region", "Pooled empirical Bayes"]);
    assert!(notices.len() == 2 && notices[0].contains("regions 1, 2"), "{notices:?}");
}

/// A region of one school is told by the prior and its own measurement.
#[test]
fn a_lone_school_borrows_from_the_prior() {
    let scenario = scenario("regions", &[("sizes", Value::Sizes(vec![1]))]);
    let forest = figure!(Forest, &scenario, "forest");
    let row = unit(&forest, 0);
    // N(0, 25 + 1) and noise 1: the posterior mean is 26/27 of y.
    assert!((row.estimate - row.measured * 26.0 / 27.0).abs() < 1e-12);
}
