//! Where the gain comes from: from the MLE to full Bayes, step by step.

use plots::{Axis, Figure, Role, Step, Steps};

use super::contenders::{CONTENDERS, Name};
use super::race::Race;
use super::setting::Setting;
use crate::lab::{Body, Needs, Panel, Place, Span};
use crate::{axis, number};

/// Stages, and what each adds to the one before.
const STAGES: [(Name, &str); 5] = [
    (Name::Mle, "MLE"),
    (Name::JamesStein, "James–Stein in each region"),
    (Name::PooledEmpiricalBayes, "+ V_μ from all regions"),
    (Name::KnownFactor, "+ V_μ known"),
    (Name::FullBayes, "+ region means shared"),
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
            "+ V_μ assumed"
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
        title: "Where the gain comes from".to_owned(),
        subtitle: vec![Span::plain(format!(
            "Expected total squared error of {} schools, {}.",
            number::grouped(setting.num_schools() as u64),
            if is_exact { "every step exact" } else { "≈ where only data sets can tell" }
        ))],
        place,
        is_lead: false,
        needs: Needs::Repeats,
        body: Body::Figure(Figure::Steps(Steps {
            x: Axis::linear(min, max, "expected total squared error"),
            rows,
        })),
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
        return vec![
            Span::plain("Here Bayes does "),
            Span::of(Role::Bayes, format!("{} worse", number::short(bayes - js))),
            Span::plain(" than James–Stein in each region: what it takes for known is not so."),
        ];
    }
    let (knowing, sharing) = (js - factor, factor - bayes);
    vec![
        Span::plain("Of its lead over James–Stein in each region, Bayes owes "),
        Span::of(Role::Bayes, number::short(knowing)),
        Span::plain(" to knowing V_μ and "),
        Span::of(Role::Bayes, number::short(sharing)),
        Span::plain(" to sharing the region means."),
    ]
}
