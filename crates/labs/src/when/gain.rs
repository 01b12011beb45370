//! Where the gain comes from: from the MLE to full Bayes, step by step.

use plots::{Axis, Figure, Step, Steps};

use super::contenders::{CONTENDERS, Name};
use super::race::Race;
use super::setting::Setting;
use super::words;
use crate::lab::{Body, Needs, Panel, Place, Span};
use crate::{axis, number};

/// Stages, and what each adds to the one before.
const STAGES: [(Name, &str); 5] = [
    (Name::Mle, words::gain::MLE),
    (Name::JamesStein, words::gain::JAMES_STEIN),
    (Name::PooledEmpiricalBayes, words::gain::FROM_ALL_REGIONS),
    (Name::KnownFactor, words::gain::KNOWN),
    (Name::FullBayes, words::gain::MEANS_SHARED),
];

/// The stepped bar.
pub(crate) fn panel(race: &Race, setting: &Setting, place: Place) -> Panel {
    let mut rows: Vec<Step> = Vec::new();
    let mut is_exact = true;
    for (name, label) in STAGES {
        let contender = &CONTENDERS[name as usize];
        let Some((value, exact)) = race.best_known(contender) else { continue };
        is_exact &= exact;
        let change = rows.last().map(|before| value - before.value);
        let label = if name == Name::KnownFactor && setting.believed != setting.scales {
            words::gain::ASSUMED
        } else {
            label
        };
        rows.push(Step {
            label: label.to_owned(),
            role: contender.role,
            value,
            text: format!("{}{}", if exact { "" } else { "≈ " }, number::loss(value)),
            change_text: change.map_or_else(String::new, signed),
        });
    }
    let remark = remark(&rows, race);
    let (min, max) = axis::from_zero(rows.iter().map(|row| row.value));
    Panel {
        id: "gain".to_owned(),
        title: words::gain::TITLE.to_owned(),
        subtitle: words::gain::subtitle(setting.num_schools(), is_exact),
        place,
        is_lead: false,
        needs: Needs::Repeats,
        body: Body::Figure(Figure::Steps(Steps { x: Axis::linear(min, max, words::gain::EXPECTED), rows })),
        remark,
    }
}

/// "−3.00", "+0.120".
fn signed(change: f64) -> String {
    format!("{}{}", if change < 0.0 { "−" } else { "+" }, number::short(change.abs()))
}

/// Which step matters most beyond James–Stein in each region.
fn remark(rows: &[Step], race: &Race) -> Vec<Span> {
    let known = |name: Name| race.best_known(&CONTENDERS[name as usize]).map(|(value, _)| value);
    let (Some(js), Some(factor), Some(bayes)) =
        (known(Name::JamesStein), known(Name::KnownFactor), known(Name::FullBayes))
    else {
        return Vec::new();
    };
    if rows.len() < STAGES.len() {
        return Vec::new();
    }
    if bayes > js {
        return words::gain::bayes_is_worse(bayes - js);
    }
    words::gain::lead(js - factor, factor - bayes)
}
