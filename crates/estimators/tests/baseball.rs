//! Efron & Morris's 18 batting averages (1975, 1977).

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod printed;

use estimators::{james_stein_grand_mean, num_closer, squared_error};
use printed::assert_printed;
use serde_json::Value;

struct Baseball {
    averages: Vec<f64>,
    truth: Vec<f64>,
    computed: Value,
}

fn baseball() -> Baseball {
    let text = include_str!("reference/james_stein_baseball/baseball.json");
    let json: Value = serde_json::from_str(text).unwrap();
    Baseball {
        averages: numbers(&json["hits_of_45"]).iter().map(|hits| hits / 45.0).collect(),
        truth: numbers(&json["remainder_avg"]),
        computed: json["computed"]["y = hits/45 unrounded"].clone(),
    }
}

fn numbers(json: &Value) -> Vec<f64> {
    json.as_array().unwrap().iter().map(|number| number.as_f64().unwrap()).collect()
}

#[track_caller]
fn assert_computed(value: f64, json: &Value) {
    let expected = json.as_f64().unwrap();
    assert!((value - expected).abs() <= 1e-12 * expected.abs(), "{value} {expected}");
}

#[test]
fn averages_as_they_are() {
    let Baseball { averages, truth, computed } = baseball();
    let expected = &computed["untransformed"];
    let mean = averages.iter().sum::<f64>() / 18.0;
    let noise_var = mean * (1.0 - mean) / 45.0;
    let shrunken = james_stein_grand_mean(&averages, noise_var).unwrap();

    assert_printed(shrunken.center, ".26543");
    assert_printed(noise_var, ".0043328");
    assert_printed(1.0 - shrunken.shrinkage, ".2117");
    assert_printed(squared_error(&averages, &truth), ".07532");
    assert_printed(squared_error(&shrunken.estimates, &truth), ".02131");
    assert_printed(shrunken.estimates[0], ".294"); // Clemente; .346 in the rest of the season

    assert_computed(1.0 - shrunken.shrinkage, &expected["multiplier"]);
    for (estimate, expected) in shrunken.estimates.iter().zip(expected["js"].as_array().unwrap()) {
        assert_computed(*estimate, expected);
    }
    let ratio = squared_error(&averages, &truth) / squared_error(&shrunken.estimates, &truth);
    assert_computed(ratio, &expected["ratio"]);
    assert_eq!(num_closer(&shrunken.estimates, &averages, &truth), 16);
}

#[test]
fn averages_on_the_arcsine_scale() {
    let Baseball { averages, truth, computed } = baseball();
    let expected = &computed["arcsine"];
    let arcsine = |p: &f64| 45.0_f64.sqrt() * (2.0 * p - 1.0).asin();
    let y: Vec<f64> = averages.iter().map(arcsine).collect();
    let mu: Vec<f64> = truth.iter().map(arcsine).collect();
    let shrunken = james_stein_grand_mean(&y, 1.0).unwrap();

    // S is 15/shrinkage; the paper prints errors 17.56 and 5.01, from rounded averages.
    assert_printed(15.0 / shrunken.shrinkage, "18.963");
    assert_printed(shrunken.shrinkage, ".7910");
    assert_printed(squared_error(&y, &mu), "17.57");
    assert_printed(squared_error(&shrunken.estimates, &mu), "5.00");
    assert_eq!(num_closer(&shrunken.estimates, &y, &mu), 15);

    assert_computed(shrunken.center, &expected["xbar"]);
    assert_computed(1.0 - shrunken.shrinkage, &expected["multiplier"]);
    assert_computed(squared_error(&y, &mu), &expected["sse_mle"]);
    assert_computed(squared_error(&shrunken.estimates, &mu), &expected["sse_js"]);
    for (estimate, expected) in
        shrunken.estimates.iter().zip(expected["js_back_on_avg_scale"].as_array().unwrap())
    {
        assert_computed(0.5 + 0.5 * (estimate / 45.0_f64.sqrt()).sin(), expected);
    }
}
