//! The link is the state: what is written is read back exactly, what is wrong
//! is answered with a sentence, and links of old keep working.

#![allow(clippy::unwrap_used, reason = "everything in this file is a test")]

use std::collections::BTreeSet;

use labs::frame::KEYS as FRAME_KEYS;
use labs::lecture::CHAPTERS;
use labs::link::{file_stem, parse, write};
use labs::own::Form;
use labs::{Control, Kind, LABS, Move, Own, Scenario, Value};
use proptest::prelude::*;

/// Values of the scenario as a link would write them.
fn written(scenario: &Scenario) -> Vec<(&'static str, String)> {
    let controls = scenario.lab().controls().iter().enumerate();
    controls.map(|(index, control)| (control.key, control.write(scenario.value(index)))).collect()
}

/// Asserts that `link` names `slug` with the defaults but for `expected`, and gives as many notices as `about`,
/// each beside the control named there, with the words there.
fn assert_reads(link: &str, slug: &str, expected: &[(&str, &str)], about: &[(&str, &str)]) {
    let read = parse(link);
    assert_eq!(read.scenario.lab().meta().name.slug, slug, "{link}");
    assert!(read.scenario.is_valid(), "{link}");
    for (key, _) in expected {
        assert!(read.scenario.find_control(|control| control.key == *key).is_some(), "no control {key}");
    }
    let default = Scenario::of_lab(read.scenario.lab_index());
    for ((key, value), (_, of_default)) in written(&read.scenario).into_iter().zip(written(&default)) {
        let wanted =
            expected.iter().find(|(wanted, _)| *wanted == key).map_or(of_default.as_str(), |pair| pair.1);
        assert_eq!(value, wanted, "{key} of {link}");
    }
    assert_eq!(read.notices.len(), about.len(), "{link}: {:?}", read.notices);
    for (notice, (key, words)) in read.notices.iter().zip(about) {
        assert_eq!(notice.key, *key, "{link}: {notice:?}");
        assert!(notice.message.contains(words), "{link}: {notice:?} lacks {words:?}");
        assert!(notice.message.ends_with('.'), "{notice:?}");
    }
}

/// Links of version 1 as they were published. Never change one; a renamed field needs an alias.
#[test]
fn links_of_version_1_keep_working() {
    type Frozen<'a> = (&'a str, &'a str, &'a [(&'a str, &'a str)]);
    let frozen: [Frozen; 10] = [
        ("#/regions", "regions", &[]),
        (
            "#/regions?sizes=10,3,25&sd_theta=2&seed=7",
            "regions",
            &[("sizes", "10,3,25"), ("sd_theta", "2"), ("seed", "7")],
        ),
        (
            "#/regions?sd_mu=0.3&sigma=2.5&m=4&truth=hidden&repeats=20000",
            "regions",
            &[("sd_mu", "0.3"), ("sigma", "2.5"), ("m", "4"), ("truth", "hidden"), ("repeats", "20000")],
        ),
        (
            "#/regions?scale_theta=half-normal&scale_mu=half-cauchy",
            "regions",
            &[("scale_theta", "normal"), ("scale_mu", "cauchy")],
        ),
        (
            "#/when?view=race&outlying=region&belief=own",
            "when",
            &[("view", "race"), ("outlying", "region"), ("belief", "own")],
        ),
        (
            "#/regions?sampler=exact&draws=4000&trace=3",
            "regions",
            &[("sampler", "exact"), ("draws", "4000"), ("trace", "3")],
        ),
        (
            "#/regions?pace=live&speed=50&warmup=200",
            "regions",
            &[("pace", "live"), ("speed", "50"), ("warmup", "200")],
        ),
        ("#/one-prior?a=9&n=20&seed=7", "one-prior", &[("a", "9"), ("n", "20"), ("seed", "7")]),
        (
            "#/james-stein?a=0.1&n=10&repeats=1000&truth=hidden",
            "james-stein",
            &[("a", "0.1"), ("n", "10"), ("repeats", "1000"), ("truth", "hidden")],
        ),
        ("#/james-stein", "james-stein", &[]),
    ];
    for (link, slug, expected) in frozen {
        assert_reads(link, slug, expected, &[]);
        // The order of fields that is written is part of what people see, but not of what is read.
        let again = parse(&write(&parse(link).scenario));
        assert_eq!(again, parse(link));
    }
}

/// The defaults are part of every link that leaves them out: changing one changes old links.
#[test]
fn defaults_of_version_1_stay() {
    let defaults = |slug: &str| written(&parse(&format!("#/{slug}")).scenario);
    assert_eq!(
        defaults("one-prior").into_iter().map(|(key, value)| format!("{key}={value}")).collect::<Vec<_>>(),
        ["a=1", "n=50", "truth=shown", "seed=1973"]
    );
    let expected = [
        ("a", "1"),
        ("n", "50"),
        ("repeats", "100"),
        ("truth", "shown"),
        ("seed", "1973"),
        ("sizes", "10,10,10,10"),
        ("sd_theta", "5"),
        ("sd_mu", "1"),
        ("sigma", "1"),
        ("m", "1"),
        ("seed", "4"),
        ("truth", "shown"),
        ("repeats", "1000"),
        ("sampler", "nuts"),
        ("pace", "fast"),
        ("speed", "200"),
        ("warmup", "1000"),
        ("draws", "1000"),
        ("trace", "1"),
    ];
    let found = [defaults("james-stein"), defaults("regions")].concat();
    for (key, value) in expected {
        assert!(found.contains(&(key, value.to_owned())), "{key} = {value} is not among {found:?}");
    }
}

#[test]
fn the_readable_link_is_written_as_it_was_read() {
    for link in [
        "#/regions?sizes=10,3,25&sd_theta=2&seed=7",
        "#/regions?sd_theta=2.5&sd_mu=0.3",
        "#/one-prior?a=0.1",
        "#/james-stein?n=3&repeats=0",
        "#/regions",
    ] {
        let read = parse(link);
        assert_eq!(read.notices, []);
        assert_eq!(write(&read.scenario), link);
    }
}

/// What does not fit the handles is written in runs, so that a link stays one that people can read.
#[test]
fn links_of_large_designs_stay_short() {
    for (link, sizes) in [
        ("#/regions?sizes=100x20", vec![20; 100]),
        ("#/regions?sizes=51x1,2,2,3x4", [vec![1; 51], vec![2, 2, 4, 4, 4]].concat()),
        ("#/regions?sizes=60,60,61", vec![60, 60, 61]),
    ] {
        let read = parse(link);
        assert_eq!(read.notices, []);
        assert_eq!(read.scenario.values().sizes("sizes"), sizes);
        assert_eq!(write(&read.scenario), link);
    }
    let all_differ: Vec<usize> = (0..100).map(|k| if k % 2 == 0 { 12 } else { 28 }).collect();
    let sizes = parse("#/regions").scenario.find_control(|control| control.key == "sizes").unwrap();
    let mut scenario = parse("#/regions?seed=7").scenario;
    assert_eq!(scenario.set(sizes, Value::Sizes(all_differ)), None);
    assert!(write(&scenario).len() < 400, "{}", write(&scenario));
    assert_eq!(parse(&write(&scenario)).scenario, scenario);
}

/// As long as the address of a project's page may well be, and what a QR code of 41 modules holds at error
/// correction M (ISO/IEC 18004, version 6).
const ADDRESS: usize = 40;
const MOST_BYTES: usize = 106;

#[test]
fn every_preset_and_chapter_fits_a_code_that_the_back_row_can_scan() {
    let presets = LABS.iter().flat_map(|lab| lab.meta().presets).map(|preset| preset.link);
    let scenes = CHAPTERS.iter().flat_map(|chapter| chapter.scenes.iter().map(|scene| scene.link));
    let chapters = CHAPTERS.iter().map(|chapter| chapter.link).chain(scenes);
    for link in presets.chain(chapters) {
        let read = parse(link);
        assert_eq!(read.notices, [], "{link}");
        assert_eq!(write(&read.scenario), link, "what is shared is what stands here");
        assert!(ADDRESS + link.len() <= MOST_BYTES, "{link}: {} bytes", ADDRESS + link.len());
    }
}

/// A field has two names at most, and no two fields of a lab share one; nor do the options of a choice.
#[test]
fn short_names_mean_what_the_long_ones_mean() {
    for (number, lab) in LABS.iter().enumerate() {
        let slug = lab.meta().name.slug;
        let mut names: Vec<&str> = FRAME_KEYS.to_vec();
        for (index, control) in lab.controls().iter().enumerate() {
            names.push(control.key);
            names.extend(Some(control.short_key).filter(|short| !short.is_empty()));
            let Kind::Choice { options } = control.kind else {
                assert!(control.short_options.is_empty());
                continue;
            };
            let mut slugs: Vec<&str> = options.iter().map(|(slug, _)| *slug).collect();
            slugs.extend(control.short_options.iter().map(|(_, short)| *short));
            let written = |value: usize| {
                let mut scenario = Scenario::of_lab(number);
                assert_eq!(scenario.set(index, Value::Choice(value)), None);
                scenario
            };
            for (value, (long, _)) in options.iter().enumerate() {
                let short = control.short_options.iter().find(|(of, _)| of == long).map(|(_, short)| *short);
                for key in [control.key, control.written_key()] {
                    for text in [Some(*long), short].into_iter().flatten() {
                        let read = parse(&format!("#/{slug}?{key}={text}"));
                        assert_eq!(
                            (read.scenario, read.notices),
                            (written(value), Vec::new()),
                            "{key}={text}"
                        );
                    }
                }
            }
            let distinct: BTreeSet<&str> = slugs.iter().copied().collect();
            assert_eq!(distinct.len(), slugs.len(), "{slug}: {}", control.key);
        }
        let distinct: BTreeSet<&str> = names.iter().copied().collect();
        assert_eq!(distinct.len(), names.len(), "{slug}: {names:?}");
    }
}

#[test]
fn only_differences_from_the_defaults_are_written() {
    for (number, lab) in LABS.iter().enumerate() {
        let default = Scenario::of_lab(number);
        assert_eq!(write(&default), format!("#/{}", lab.meta().name.slug));
        for (index, control) in lab.controls().iter().enumerate() {
            let other = match control.kind {
                Kind::Sizes { .. } => Value::Sizes(vec![2, 1]),
                Kind::Counts { .. } => Value::Sizes(vec![2, 1]),
                Kind::Choice { .. } => Value::Choice(1),
                Kind::Table(form) => table(form),
                Kind::Moves { most } => Value::Moves(vec![Move { unit: 3, by: (-most, 0.25) }]),
                _ => {
                    let (min, max, _) = control.range().unwrap();
                    let is_max = default.value(index) == &Value::Number(max);
                    Value::Number(if is_max { min } else { max })
                }
            };
            let mut scenario = default.clone();
            assert_eq!(scenario.set(index, other), None);
            let link = write(&scenario);
            assert_eq!(link.matches('=').count(), 1, "{link}");
            assert!(link.contains(&format!("?{}=", control.written_key())), "{link}");
        }
    }
}

#[test]
fn other_ways_to_write_a_link_are_understood() {
    let seven: &[(&str, &str)] = &[("seed", "7")];
    for link in ["#/regions?seed=7", "#regions?seed=7", "/regions?seed=7", "#/regions/?seed=7", "#/?seed=7"] {
        assert_reads(link, "regions", seven, &[]);
    }
    for link in ["", "#", "#/", "/", "#/regions?", "#/regions?&&", "#/regions?unheard=of&of", "#/regions?v=1"]
    {
        assert_reads(link, "regions", &[], &[]);
    }
    assert_reads("#/regions?sizes=10%2C3%2C25", "regions", &[("sizes", "10,3,25")], &[]);
    assert_reads("#/regions?sizes=+10,%203+,25", "regions", &[("sizes", "10,3,25")], &[]);
    assert_reads("#/one-prior?a=1e1", "one-prior", &[("a", "10")], &[]);
    // A true minus sign is a minus sign: the value is below the range.
    assert_reads("#/one-prior?a=\u{2212}1", "one-prior", &[("a", "0.01")], &[("a", "−1 was given")]);
}

#[test]
fn bad_links_say_what_was_wrong_and_what_is_used() {
    let long: String = format!("#/regions?sizes={}", "1,".repeat(3000));
    type Case<'a> = (&'a str, &'a str, &'a [(&'a str, &'a str)], &'a [(&'a str, &'a str)]);
    let cases: &[Case] = &[
        ("#/nowhere?seed=7", "regions", &[], &[("", "no lab “nowhere”")]),
        ("#/nowhere", "regions", &[], &[("", "“Schools in regions” is shown")]),
        ("#/%3Cscript%3E", "regions", &[], &[("", "“<script>”")]),
        ("#/%ff%00?%ff=%ff", "regions", &[], &[("", "no lab")]),
        (&long, "regions", &[], &[("", "too long")]),
        ("#/regions?v=2&seed=7", "regions", &[("seed", "7")], &[("", "newer version")]),
        ("#/regions?v=x", "regions", &[], &[("", "version")]),
        ("#/one-prior?a=NaN", "one-prior", &[], &[("a", "“NaN” is not understood")]),
        ("#/one-prior?a=", "one-prior", &[], &[("a", "expected: a number); 1 is used")]),
        ("#/one-prior?a=1,5", "one-prior", &[], &[("a", "“1,5” is not understood")]),
        (
            "#/one-prior?a=0",
            "one-prior",
            &[("a", "0.01")],
            &[("a", "between 0.01 and 100, but 0 was given; 0.01 is used")],
        ),
        ("#/one-prior?a=1e999", "one-prior", &[("a", "100")], &[("a", "∞ was given; 100 is used")]),
        ("#/one-prior?a=-inf", "one-prior", &[("a", "0.01")], &[("a", "−∞ was given")]),
        (
            "#/one-prior?n=3.5",
            "one-prior",
            &[("n", "4")],
            &[("n", "whole number, but 3.5 was given; 4 is used")],
        ),
        ("#/one-prior?n=2", "one-prior", &[("n", "3")], &[("n", "between 3 and 200")]),
        ("#/one-prior?seed=-1", "one-prior", &[("seed", "0")], &[("seed", "between 0 and 999999")]),
        ("#/one-prior?seed=18446744073709551616", "one-prior", &[("seed", "999999")], &[("seed", "is used")]),
        (
            "#/regions?sizes=10000",
            "regions",
            &[("sizes", "200")],
            &[("sizes", "region 1 has 10000 schools; 200")],
        ),
        (
            "#/regions?sizes=10,0,5",
            "regions",
            &[("sizes", "10,1,5")],
            &[("sizes", "region 2 is empty; 1 school is used")],
        ),
        ("#/regions?sizes=0", "regions", &[("sizes", "1")], &[("sizes", "region 1 is empty")]),
        ("#/regions?sizes=", "regions", &[], &[("sizes", "at least one region; 10,10,10,10 is used")]),
        ("#/regions?sizes=10,,5", "regions", &[], &[("sizes", "“10,,5” is not understood")]),
        ("#/regions?sizes=10,-5", "regions", &[], &[("sizes", "10,10,10,10 is used")]),
        (
            "#/regions?sizes=99999999999999999999",
            "regions",
            &[("sizes", "200")],
            &[("sizes", "200, the most, is used")],
        ),
        (
            "#/regions?sizes=101x1",
            "regions",
            &[("sizes", "100x1")],
            &[("sizes", "101 regions were given; the first 100 are used")],
        ),
        (
            "#/regions?sizes=50x200",
            "regions",
            &[("sizes", "200,200,200,200,200,200,200,200,200,200")],
            &[("sizes", "10000 schools in all are too many; the first 2000 are used, in 10 regions")],
        ),
        (
            "#/regions?sizes=100x10000",
            "regions",
            &[("sizes", "200,200,200,200,200,200,200,200,200,200")],
            &[("sizes", "region 3 has 10000 schools; 200, the most, is used; so it is with 97 regions more")],
        ),
        ("#/regions?sizes=9999999x1", "regions", &[], &[("sizes", "“9999999x1” is not understood")]),
        (
            "#/regions?sampler=jags",
            "regions",
            &[],
            &[(
                "sampler",
                "expected: nuts, nuts-nc, nuts-nc-schools, gibbs, metropolis, exact); nuts is used",
            )],
        ),
        ("#/regions?m=0", "regions", &[], &[("m", "whole numbers from 1 to 50")]),
        ("#/regions?m=1,x", "regions", &[], &[("m", "“1,x” is not understood")]),
        ("#/regions?m=7,99,1", "regions", &[("m", "7,50,1")], &[("m", "7,50,1 is used")]),
        (
            "#/regions?sd_mu=0&sizes=0&sampler=x&seed=7",
            "regions",
            &[("sd_mu", "0.1"), ("sizes", "1"), ("seed", "7")],
            &[("sd_mu", "0.1 is used"), ("sizes", "empty"), ("sampler", "not understood")],
        ),
    ];
    for (link, slug, expected, notices) in cases {
        assert_reads(link, slug, expected, notices);
    }
}

/// A small table rides in the link; a larger one does not, and what is wrong in one is named.
#[test]
fn own_data_ride_in_the_link_if_they_are_few() {
    let link = "#/data?set=own&own=value,se;28,15;8,10;-3,16;7,11";
    let read = parse(link);
    assert_eq!(read.notices, []);
    assert_eq!(write(&read.scenario), link);
    assert_eq!(read.scenario.values().table("own").se, [15.0, 10.0, 16.0, 11.0]);
    assert_reads(
        "#/data?set=own&own=value,se;28,15;8,x;3,0",
        "data",
        &[("set", "own"), ("own", "value,se;28,15")],
        &[("own", "row 2, column se: “x” is not a number; such rows are left out")],
    );
    let names = "#/data?own=name,value;S%C3%A3o+Jos%C3%A9,1;b%2Fc%26%3D,2";
    let read = parse(names);
    assert_eq!(read.scenario.values().table("own").names, ["São José", "b/c&="]);
    assert_eq!(write(&read.scenario), names);
    let rows = |n: usize| Value::Table(Own { value: vec![0.125; n], ..Own::default() }.into());
    let mut scenario = parse("#/data?set=own").scenario;
    let index = scenario.find_control(|control| control.key == "own").unwrap();
    assert_eq!(scenario.set(index, rows(249)), None);
    assert_eq!(parse(&write(&scenario)).scenario, scenario);
    assert_eq!(scenario.set(index, rows(250)), None);
    assert_eq!(write(&scenario), "#/data?set=own");
}

/// What stands in a message is not longer than a line, whatever stood in the link.
#[test]
fn long_junk_is_not_repeated_in_full() {
    let junk = "x".repeat(2000);
    for link in [format!("#/{junk}"), format!("#/regions?seed={junk}")] {
        let read = parse(&link);
        assert_eq!(read.notices.len(), 1);
        assert!(read.notices[0].message.len() < 200);
    }
}

#[test]
fn what_a_link_says_controls_nothing() {
    for link in ["#/a%00%0Ab", "#/lecture/%1B%5B31m", "#/regions?seed=%00%0A7", "#/regions?sampler=a\u{7}b"] {
        let read = parse(link);
        assert_eq!(read.notices.len(), 1, "{link}");
        assert!(!read.notices[0].message.contains(|c: char| c.is_control()), "{:?}", read.notices);
    }
}

#[test]
fn file_names_name_lab_and_seed() {
    assert_eq!(file_stem(&parse("#/regions?seed=7").scenario), "regions_seed-7");
    assert_eq!(file_stem(&parse("#/one-prior").scenario), "one-prior_seed-1973");
}

/// A small table of this form.
fn table(form: Form) -> Value {
    let text = match form {
        Form::Measurements => "value;1;2.5",
        Form::Expression => "name,a1,a2,b1;g,1,2,4.5;h,0.25,1,-3",
        Form::Effects => "beta_hat_a,beta_hat_b,se_a,se_b;1,0.5,0.1,0.2;2,1.25,0.1,0.2",
        Form::Coefficients => "feature,experiment,celltype,beta_hat,se;x,1,A,0.5,0.1;x,2,B,-1,0.2",
    };
    let (own, problem) = Own::from_link_as(form, text);
    assert_eq!(problem, None);
    Value::Table(own.into())
}

/// Any value that a control takes.
fn any_value(control: &'static Control) -> BoxedStrategy<Value> {
    match control.kind {
        Kind::Sizes { max_groups, max_size, limits, .. } => prop_oneof![
            prop::collection::vec(1..=max_size, 1..=max_groups),
            prop::collection::vec(1..=limits.total / limits.groups, 1..=limits.groups),
            prop::collection::vec(1..=limits.size, 1..=limits.total / limits.size),
        ]
        .prop_map(Value::Sizes)
        .boxed(),
        Kind::Counts { max } => prop::collection::vec(1..=max, 1..60).prop_map(Value::Sizes).boxed(),
        Kind::Choice { options } => (0..options.len()).prop_map(Value::Choice).boxed(),
        Kind::Table(form) if form != Form::Measurements => {
            prop_oneof![Just(Value::Table(Own::default().into())), Just(table(form))].boxed()
        }
        Kind::Table(_) => prop::collection::vec(("[a-z]{1,4}( [a-z]{1,4})?", -1e3..1e3_f64), 0..20)
            .prop_map(|rows| {
                let (names, value) = rows.into_iter().unzip();
                Value::Table(Own { names, value, ..Own::default() }.into())
            })
            .boxed(),
        Kind::Moves { most } => prop::collection::btree_map(0..400_u32, (-most..most, -most..most), 0..20)
            .prop_map(|moves| Value::Moves(moves.into_iter().map(|(unit, by)| Move { unit, by }).collect()))
            .boxed(),
        _ => {
            let (min, max, whole) = control.range().unwrap();
            (min..=max).prop_map(move |x| Value::Number(if whole { x.round() } else { x })).boxed()
        }
    }
}

/// Any scenario; each value is the default half of the time.
fn any_scenario() -> impl Strategy<Value = Scenario> {
    (0..LABS.len()).prop_flat_map(|lab| {
        let values: Vec<_> =
            LABS[lab].controls().iter().map(|control| proptest::option::of(any_value(control))).collect();
        values.prop_map(move |values| {
            let mut scenario = Scenario::of_lab(lab);
            for (index, value) in values.into_iter().enumerate() {
                if let Some(value) = value {
                    assert_eq!(scenario.set(index, value), None);
                }
            }
            scenario
        })
    })
}

/// Something like a link, often with names that exist.
fn almost_link() -> impl Strategy<Value = String> {
    let keys: Vec<&str> = LABS.iter().flat_map(|lab| lab.controls()).map(|control| control.key).collect();
    let value =
        prop_oneof!["[-0-9.,eEinfaN+%]{0,20}", ".{0,20}", Just("1e308".to_owned()), Just("0,0".to_owned())];
    let field = (prop::sample::select(keys), value).prop_map(|(key, value)| format!("{key}={value}"));
    let slugs: Vec<&str> = LABS.iter().map(|lab| lab.meta().name.slug).collect();
    (prop::sample::select(slugs), prop::collection::vec(field, 0..6))
        .prop_map(|(slug, fields)| format!("#/{slug}?{}", fields.join("&")))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_read_back_exactly(scenario in any_scenario()) {
        let link = write(&scenario);
        let read = parse(&link);
        prop_assert_eq!(&read.notices, &[]);
        prop_assert_eq!(&read.scenario, &scenario, "{}", link);
        prop_assert!(link.is_ascii() && !link.contains(' ') && !link.contains('%'), "{}", link);
        prop_assert_eq!(write(&read.scenario), link);
    }

    #[test]
    fn any_text_gives_a_valid_scenario(link in any::<String>()) {
        prop_assert!(parse(&link).scenario.is_valid());
    }

    #[test]
    fn almost_links_give_a_valid_scenario(link in almost_link()) {
        let read = parse(&link);
        prop_assert!(read.scenario.is_valid());
        prop_assert!(read.notices.iter().all(|notice| notice.message.ends_with('.')));
        // What was put in place of it is a link without fault.
        let again = parse(&write(&read.scenario));
        prop_assert_eq!(again.scenario, read.scenario);
        prop_assert_eq!(again.notices, []);
    }
}
