//! A scenario in one line of words, for what leaves the page without its controls.

use crate::control::{Control, Kind, Value};
use crate::scenario::Scenario;

/// The settings that differ from the lab's own, and the seed, such as "Region SD 2 · Seed 7".
///
/// Left out is what does nothing beside the other values.
#[must_use]
pub fn settings(scenario: &Scenario) -> String {
    let values = scenario.values();
    let controls = scenario.lab().controls();
    let differs = |index: usize, control: &Control| *scenario.value(index) != control.default_value();
    let is_named = |index: usize, control: &Control| {
        matches!(control.kind, Kind::Seed { .. }) || differs(index, control)
    };
    let named = controls.iter().enumerate().filter(|(index, control)| is_named(*index, control));
    named
        .filter(|(_, control)| (control.applies)(&values))
        .map(|(index, control)| words(control, scenario.value(index)))
        .collect::<Vec<_>>()
        .join(" · ")
}

fn words(control: &Control, value: &Value) -> String {
    match (&control.kind, value) {
        (Kind::Choice { options }, Value::Choice(index)) => {
            format!("{}: {}", control.label, options.get(*index).map_or("", |option| option.1))
        }
        (Kind::Table(_), _) => control.label.to_owned(),
        _ => format!("{} {}", control.label, control.write(value)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link;

    #[test]
    fn what_differs_is_named_and_the_seed_always() {
        let of = |link: &str| settings(&link::parse(link).scenario);
        assert_eq!(of("#/regions"), "Seed 4");
        assert_eq!(of("#/regions?sd_theta=2&seed=7&sampler=exact"), "Region SD 2 · Seed 7 · Sampler: exact");
        assert_eq!(of("#/regions?data=eight&speed=70"), "Data: eight schools, 1981");
        assert_eq!(of("#/data"), "");
    }
}
