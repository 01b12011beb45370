//! What the lab says.

pub(super) use crate::words::*;

pub(super) const TITLE: &str = "When does Bayes win?";
pub(super) const SUMMARY: &str = "Where Bayes beats simpler estimators, by how much, and when it loses.";
pub(super) const SOURCES: &[&str] = &[
    "Efron & Morris 1973, JASA 68:117–130 (exact average risks)",
    "Efron & Morris 1971, JASA 66:807–815; 1972, JASA 67:130–139 (limited translation)",
    "Stein 1981, Annals of Statistics 9:1135–1151 (unbiased estimate of risk)",
    "Morris 1983, JASA 78:47–65 (intervals)",
    "Lindley & Smith 1972, JRSS B 34:1–41 (the hierarchical model)",
];

/// Settings worth seeing.
pub(super) mod preset {
    pub(crate) const LECTURE: &str = "The lecture’s schools";
    pub(crate) const ALIKE: &str = "Small, noisy, alike regions";
    pub(crate) const VARIANCE_TOO_SMALL: &str = "Bayes loses: variance assumed too small";
    pub(crate) const MEAN_WRONG: &str = "Bayes loses: prior mean wrong";
    pub(crate) const OUTLYING_SCHOOL: &str = "One outlying school: Clemente";
    pub(crate) const OUTLYING_REGION: &str = "One outlying region";
    pub(crate) const HEAVY_TAILS: &str = "Heavy tails";
    pub(crate) const TWO_CLUSTERS: &str = "Two clusters";
    pub(crate) const TWO_REGIONS: &str = "Two regions, SDs learned";
    pub(crate) const ZERO_WINS: &str = "A so small that 0 beats James–Stein";
    pub(crate) const INTERVALS: &str = "Intervals that do not hold";
    pub(crate) const FORMULAS_AND_DATA: &str = "Formulas against data sets";
}

/// Headings of groups of controls.
pub(super) mod group {
    pub(crate) const MAP: &str = "The map";
    pub(crate) const CURVES: &str = "The curves";
    pub(crate) const INTERVALS: &str = "The intervals";
    pub(crate) const DESIGN: &str = "Schools and regions";
    pub(crate) const TRUTH: &str = "The truth";
    pub(crate) const BELIEF: &str = "What Bayes believes";
    pub(crate) const DATA: &str = "Data sets";
}

/// Controls by their keys.
pub(super) mod control {
    pub(crate) const VIEW: &str = "Show";
    pub(crate) const A: &str = "Risk of";
    pub(crate) const B: &str = "over";
    pub(crate) const X: &str = "Across";
    pub(crate) const Y: &str = "Up";
    pub(crate) const FROM: &str = "Computed from";
    pub(crate) const GRID: &str = "Cells in a row";
    pub(crate) const OVER: &str = "Risk against";
    pub(crate) const WHO: &str = "Lines of";
    pub(crate) const LEVEL: &str = "Level in per cent";
    pub(crate) const K: &str = "Regions";
    pub(crate) const SIZE: &str = "Schools in a region";
    pub(crate) const IMBALANCE: &str = "Largest over smallest region";
    pub(crate) const M: &str = "Observations of a school";
    pub(crate) const V_MU: &str = "School variance";
    pub(crate) const V_THETA: &str = "Region variance";
    pub(crate) const MEAN: &str = "Mean of all";
    pub(crate) const SHAPE: &str = "Schools are";
    pub(crate) const OUTLYING: &str = "Who lies off";
    pub(crate) const DISTANCE: &str = "How far";
    pub(crate) const BELIEF: &str = "Variances and mean";
    pub(crate) const ASSUMED: &str = "Assumed";
    pub(crate) const A_MEAN: &str = "Assumed mean of all";
    pub(crate) const LIMIT: &str = "Limit";
    pub(crate) const REPEATS: &str = "New data sets";
    pub(crate) const CELL_REPEATS: &str = "Data sets in each cell or dot";
    pub(crate) const LEARNED: &str = "Bayes, SDs learned";
}

/// Sentences below controls.
pub(super) mod help {
    pub(crate) const FROM: &str = "Formulas are exact; data sets show that they are right.";
    pub(crate) const M: &str = "Noise variance V_y = 1/m.";
    pub(crate) const DISTANCE: &str = "In noise SDs.";
    pub(crate) const LIMIT: &str = "No estimate moves further, in noise SDs.";
    pub(crate) const MEASURED_AGAIN: &str = "The same schools, measured again.";
}

/// Options of choices.
pub(super) mod option {
    pub(crate) const MAP: &str = "map";
    pub(crate) const RACE: &str = "race";
    pub(crate) const CURVES: &str = "curves";
    pub(crate) const COVERAGE: &str = "coverage";
    pub(crate) const FORMULAS: &str = "formulas";
    pub(crate) const DATA_SETS: &str = "data sets";
    pub(crate) const MAIN: &str = "the main ones";
    pub(crate) const ALL: &str = "all";
    pub(crate) const NORMAL: &str = "normal";
    pub(crate) const HEAVY_TAILED: &str = "heavy-tailed";
    pub(crate) const TWO_CLUSTERS: &str = "two clusters";
    pub(crate) const NOBODY: &str = "nobody";
    pub(crate) const A_SCHOOL: &str = "a school";
    pub(crate) const A_REGION: &str = "a region";
    pub(crate) const AS_IN_TRUTH: &str = "as in truth";
    pub(crate) const ITS_OWN: &str = "its own";
    pub(crate) const LEFT_OUT: &str = "left out";
    pub(crate) const RACES: &str = "races (slow)";
}

/// What maps and curves run over.
pub(super) mod variable {
    pub(crate) const REGION_SIZE: &str = "schools per region";
    pub(crate) const NUM_REGIONS: &str = "regions K";
    pub(crate) const RATIO: &str = "V_μ / V_y";
    pub(crate) const REGION_VAR: &str = "variance of the regions V_θ";
    pub(crate) const NUM_OBS: &str = "observations per school m";
    pub(crate) const IMBALANCE: &str = "largest over smallest region";
    pub(crate) const ASSUMED: &str = "variance V_μ that Bayes assumes";
    pub(crate) const DISTANCE: &str = "distance of who lies off, in noise SDs";
    pub(crate) const LIMIT: &str = "limit D, in noise SDs";

    /// The same on a button.
    pub(crate) mod short {
        pub(crate) const NUM_REGIONS: &str = "regions";
        pub(crate) const RATIO: &str = "V_μ/V_y";
        pub(crate) const REGION_VAR: &str = "V_θ";
        pub(crate) const NUM_OBS: &str = "observations";
        pub(crate) const IMBALANCE: &str = "imbalance";
        pub(crate) const ASSUMED: &str = "assumed V_μ";
        pub(crate) const DISTANCE: &str = "outlier";
        pub(crate) const LIMIT: &str = "limit D";
    }
}

/// What an estimator is called.
#[derive(Debug)]
pub(super) struct Names {
    /// By itself.
    pub(super) label: &'static str,
    /// In the middle of a sentence.
    pub(super) phrase: &'static str,
    /// At line ends and in narrow places.
    pub(super) short: &'static str,
    /// As an option of the map.
    pub(super) option: &'static str,
}

/// The estimators.
pub(super) mod estimator {
    use super::Names;

    pub(crate) const MLE: Names = Names { label: "MLE", phrase: "the MLE", short: "MLE", option: "MLE" };
    pub(crate) const REGION_MEAN: Names = Names {
        label: "Region mean",
        phrase: "the region mean",
        short: "region mean",
        option: "region mean",
    };
    pub(crate) const JAMES_STEIN: Names = Names {
        label: "James–Stein in region",
        phrase: "James–Stein in each region",
        short: "JS in region",
        option: "James–Stein in region",
    };
    pub(crate) const POSITIVE_PART: Names = Names {
        label: "James–Stein, positive part",
        phrase: "positive-part James–Stein in each region",
        short: "JS+ in region",
        option: "James–Stein, positive part",
    };
    pub(crate) const POOLED: Names = Names {
        label: "Pooled empirical Bayes",
        phrase: "pooled empirical Bayes",
        short: "pooled EB",
        option: "pooled empirical Bayes",
    };
    pub(crate) const KNOWN_FACTOR: Names = Names {
        label: "Known factor",
        phrase: "the region mean with the factor known",
        short: "known factor",
        option: "known factor",
    };
    pub(crate) const FULL_BAYES: Names =
        Names { label: "Full Bayes", phrase: "full Bayes", short: "full Bayes", option: "full Bayes" };
    pub(crate) const LIMITED: Names = Names {
        label: "Bayes, moved at most D",
        phrase: "Bayes with limited translation",
        short: "limited Bayes",
        option: "Bayes, limited",
    };
    pub(crate) const LEARNED: Names = Names {
        label: "Bayes, SDs learned",
        phrase: "Bayes that learns the SDs",
        short: "learned SDs",
        option: "Bayes, SDs learned",
    };
    pub(crate) const JAMES_STEIN_IGNORING: Names = Names {
        label: "James–Stein, no regions",
        phrase: "James–Stein that ignores regions",
        short: "JS, no regions",
        option: "James–Stein, no regions",
    };
    pub(crate) const BAYES_IGNORING: Names = Names {
        label: "Bayes, no regions",
        phrase: "Bayes that ignores regions",
        short: "Bayes, no regions",
        option: "Bayes, no regions",
    };
    pub(crate) const ZERO: Names =
        Names { label: "Naive zero", phrase: "the naive guess 0", short: "zero", option: "naive zero" };

    /// What there is too little for.
    pub(crate) const LEARNED_BAYES: &str = "Bayes with learned SDs";
}

/// Heading and the sentence under it, of each view.
pub(super) mod heading {
    fn of(title: impl Into<String>, sentence: &str) -> (String, String) {
        (title.into(), sentence.to_owned())
    }

    pub(crate) fn race() -> (String, String) {
        of(
            "The race: this data set, and the next thousand",
            "An estimator can lose a round and win the race. Press a button to draw new data sets; the exact average is the dashed line.",
        )
    }

    pub(crate) fn curves() -> (String, String) {
        of(
            "Who gains, and who pays",
            "Risk of every estimator as one thing changes: formulas as lines, data sets as dots. What is good for all may be bad for one.",
        )
    }

    pub(crate) fn coverage() -> (String, String) {
        of(
            "Does the interval hold its word?",
            "The same schools measured again and again: how often each one’s interval holds its truth, on average and at worst.",
        )
    }

    /// - `a`, `b`: phrases of the estimators that are compared.
    pub(crate) fn map(a: &str, b: &str) -> (String, String) {
        let bare = |phrase: &'_ str| phrase.strip_prefix("the naive ").unwrap_or(phrase).to_owned();
        of(
            format!("When does {} beat {}?", bare(a), bare(b)),
            "When regions are small, noisy, or alike. Point anywhere on the map to read the risks there; click to run the race at that spot.",
        )
    }
}

/// What a person should know of the settings.
pub(super) mod notice {
    pub(crate) const TOO_SMALL: &str = "James–Stein inside a region is not defined for fewer than 4 schools: it leaves them as they are, and Morris’s intervals leave them out.";
    pub(crate) const INFINITE_VARIANCE: &str = "With 4 or 5 schools in a region, plain James–Stein has losses of infinite variance: its simulated averages settle slowly. The positive part does not.";
    pub(crate) const TOO_FEW_TO_POOL: &str =
        "Pooled empirical Bayes needs at least 3 schools more than regions; it is left out.";
    pub(crate) const SAME_VARIABLE: &str = "The map needs two different variables; another one runs up.";
    pub(crate) const SAME_ESTIMATOR: &str = "The same estimator twice: the ratio is 1 everywhere.";
    pub(crate) const SLOW: &str = "Bayes that learns the SDs has no closed form and is slow: the map takes its time. Fewer cells, or fewer data sets in each, are quicker.";
}

pub(super) const RISK_PER_SCHOOL: &str = "risk per school";
/// At a mark.
pub(super) const HERE: &str = "here";

/// At the mark of a value that is in force.
pub(super) fn here(value: f64) -> String {
    format!("{HERE}: {}", crate::number::short(value))
}

/// The map.
pub(super) mod map {
    use crate::lab::Span;
    use crate::number;

    pub(crate) fn title(a: &str, b: &str) -> String {
        format!("Risk of {a} as a share of {b}")
    }

    pub(crate) fn ratio(a: &str, b: &str) -> String {
        format!("risk of {a} over that of {b}")
    }

    pub(crate) fn better(short: &str) -> String {
        format!("{short} better")
    }

    /// Where the numbers of the cells come from.
    pub(crate) enum Source {
        /// So many data sets in each, and the largest Monte Carlo error.
        DataSets(u32, f64),
        Formulas,
        /// There are none: an estimator is not defined.
        Nothing,
    }

    pub(crate) fn subtitle(source: &Source) -> Vec<Span> {
        let how = match source {
            Source::DataSets(count, error) => format!(
                "{} data sets in each cell, the same random numbers in all; Monte Carlo errors up to {}.",
                number::grouped(u64::from(*count)),
                number::short(*error)
            ),
            Source::Formulas => "Exact in every cell.".to_owned(),
            Source::Nothing => "Two estimators that are both defined give a picture.".to_owned(),
        };
        vec![Span::plain(format!(
            "{how} Point at a cell for its numbers, click to go there. Dashed: break-even."
        ))]
    }
}

/// The place on the map that is pointed at, or is in force.
pub(super) mod place {
    use crate::lab::Span;
    use crate::number;

    pub(crate) const AT_THIS_CELL: &str = "At this cell";
    pub(crate) const HERE: &str = "Here";

    /// - `x`, `y`: titles and values of the map's variables.
    pub(crate) fn subtitle(x: (&str, f64), y: (&str, f64)) -> Vec<Span> {
        let at = |(title, value): (&str, f64)| format!("{title} {}", number::plain(value));
        vec![Span::plain(format!("Expected squared error per school; {}, {}.", at(x), at(y)))]
    }

    /// - `error`: Monte Carlo error of the ratio, unless it is exact.
    /// - `risks`: of both estimators, in all schools.
    pub(crate) fn remark(
        ratio: f64,
        error: Option<f64>,
        risks: Option<(f64, f64)>,
        num_schools: usize,
    ) -> Vec<Span> {
        let error = error.map_or_else(String::new, |error| format!(" ± {}", number::short(error)));
        let mut remark = vec![
            Span::plain("Ratio in this cell: "),
            Span::strong(format!("{}{error}", number::short(ratio))),
        ];
        if let Some((a, b)) = risks {
            remark.push(Span::plain(format!(
                " ({} over {} in all {} schools)",
                number::loss(a),
                number::loss(b),
                number::grouped(num_schools as u64)
            )));
        }
        remark.push(Span::plain("."));
        remark
    }
}

/// The race.
pub(super) mod race {
    use plots::Role;

    use super::data_sets;
    use crate::lab::Span;
    use crate::number;

    pub(crate) const HERE_AND_ON_AVERAGE: &str = "this data set · on average";
    pub(crate) const NOT_DEFINED: &str = "not defined for so few schools";

    pub(crate) fn subtitle(num_schools: usize, repeats: u32) -> Vec<Span> {
        vec![Span::plain(format!(
            "Total squared error over {} schools: marks, on this data set; hills, in {} drawn the same way; dashes, the exact average.",
            number::grouped(num_schools as u64),
            data_sets(repeats),
        ))]
    }

    /// - `a`, `b`: labels of two of whom one is not defined.
    pub(crate) fn cannot_be_compared(a: &str, b: &str) -> Vec<Span> {
        vec![Span::plain(format!("{a} and {b} cannot be compared here."))]
    }

    /// Two estimators, one against the other.
    pub(crate) struct Duel {
        /// Phrase and role of each.
        pub(crate) names: [(&'static str, Role); 2],
        /// Losses on the data set on screen.
        pub(crate) here: [f64; 2],
        /// Repeats so far, and the share of them that the first one lost.
        pub(crate) lost: Option<(u32, f64)>,
        /// Losses on average, and whether both are exact.
        pub(crate) on_average: Option<([f64; 2], bool)>,
    }

    pub(crate) fn verdict(duel: &Duel) -> Vec<Span> {
        let [(a, role_a), (b, role_b)] = duel.names;
        let [here_a, here_b] = duel.here;
        let outcome = if here_a < here_b { "beat" } else { "lost to" };
        let mut spans = vec![
            Span::plain("On this data set "),
            Span::of(role_a, a),
            Span::plain(format!(" {outcome} ")),
            Span::of(role_b, b),
            Span::plain(format!(", {} against {}", number::loss(here_a), number::loss(here_b))),
        ];
        if let Some((repeats, share)) = duel.lost {
            spans.push(Span::plain("; it loses in "));
            spans.push(Span::strong(number::percent(share)));
            spans.push(Span::plain(format!(" of {}", data_sets(repeats))));
        }
        if let Some(([risk_a, risk_b], is_exact)) = duel.on_average {
            let about = if is_exact { "" } else { "about " };
            let verb = if risk_a < risk_b { "wins by" } else { "loses by" };
            spans.push(Span::plain(format!(". On average it {verb} {about}")));
            spans.push(Span::strong(number::loss((risk_b - risk_a).abs())));
            spans.push(Span::plain(format!(" ({} against {})", number::loss(risk_a), number::loss(risk_b))));
        }
        spans.push(Span::plain("."));
        spans
    }
}

/// Averages over the repeats so far.
pub(super) mod running {
    use super::data_sets;
    use crate::lab::Span;
    use crate::number;

    pub(crate) const TITLE: &str = "Averages on their way";
    pub(crate) const TITLE_AT_THIS_SPOT: &str = "The race at this spot";
    pub(crate) const MEAN: &str = "mean of the total squared error";

    pub(crate) fn subtitle(repeats: u32) -> Vec<Span> {
        vec![Span::plain(format!(
            "Mean of the total squared error over {}; dashed: exact.",
            data_sets(repeats)
        ))]
    }

    pub(crate) fn subtitle_at_this_spot(repeats: u32) -> Vec<Span> {
        vec![Span::plain(format!("Over {}; dashed: exact.", data_sets(repeats)))]
    }

    /// - `value`: exact, or the last of the simulated ones.
    pub(crate) fn line(short: &str, value: f64) -> String {
        format!("{short} {}", number::loss(value))
    }
}

/// Everybody's numbers.
pub(super) mod numbers {
    use super::data_sets;
    use crate::lab::Span;

    pub(crate) const TITLE: &str = "Wins, losses and averages";
    pub(crate) const COLUMNS: [&str; 7] = [
        "estimator",
        "this data set",
        "mean so far",
        "Monte Carlo error",
        "exact",
        "full Bayes beats it in",
        "it beats the MLE in",
    ];

    pub(crate) fn subtitle(repeats: u32) -> Vec<Span> {
        vec![Span::plain(format!("Over {}.", data_sets(repeats)))]
    }
}

/// Where the gain comes from.
pub(super) mod gain {
    use plots::Role;

    use crate::lab::Span;
    use crate::number;

    pub(crate) const TITLE: &str = "Where the gain comes from";
    pub(crate) const EXPECTED: &str = "expected total squared error";

    /// Stages: the first two by name, the others by what they add.
    pub(crate) const MLE: &str = "MLE";
    pub(crate) const JAMES_STEIN: &str = "James–Stein in each region";
    pub(crate) const FROM_ALL_REGIONS: &str = "+ V_μ from all regions";
    pub(crate) const KNOWN: &str = "+ V_μ known";
    pub(crate) const ASSUMED: &str = "+ V_μ assumed";
    pub(crate) const MEANS_SHARED: &str = "+ region means shared";

    pub(crate) fn subtitle(num_schools: usize, is_exact: bool) -> Vec<Span> {
        vec![Span::plain(format!(
            "Expected total squared error of {} schools, {}.",
            number::grouped(num_schools as u64),
            if is_exact { "every step exact" } else { "≈ where only data sets can tell" }
        ))]
    }

    /// - `excess`: risk of Bayes less that of James–Stein, > 0.
    pub(crate) fn bayes_is_worse(excess: f64) -> Vec<Span> {
        vec![
            Span::plain("Here Bayes does "),
            Span::of(Role::Bayes, format!("{} worse", number::short(excess))),
            Span::plain(" than James–Stein in each region: what it takes for known is not so."),
        ]
    }

    /// - `knowing`, `sharing`: what of its lead Bayes owes to each.
    pub(crate) fn lead(knowing: f64, sharing: f64) -> Vec<Span> {
        vec![
            Span::plain("Of its lead over James–Stein in each region, Bayes owes "),
            Span::of(Role::Bayes, number::short(knowing)),
            Span::plain(" to knowing V_μ and "),
            Span::of(Role::Bayes, number::short(sharing)),
            Span::plain(" to sharing the region means."),
        ]
    }
}

/// Risks along one variable.
pub(super) mod curves {
    use crate::lab::Span;
    use crate::number;

    /// - `variable`: its title.
    pub(crate) fn title(variable: &str) -> String {
        format!("Risk against {variable}")
    }

    /// - `count`: data sets of each dot.
    pub(crate) fn subtitle(count: u32) -> Vec<Span> {
        vec![Span::plain(format!(
            "Expected squared error per school. Lines: exact; dots: means of {} data sets with two Monte Carlo errors up and down.",
            number::grouped(u64::from(count))
        ))]
    }
}

/// The school that fares worst.
pub(super) mod worst {
    pub(crate) const TITLE: &str = "The school that fares worst";
    pub(crate) const SUBTITLE: &str =
        "Exact risk of the worst school among those on screen, over new noise; a logarithmic axis.";
    pub(crate) const RISK: &str = "risk of the worst school";
}

/// What a wrong belief costs.
pub(super) mod threshold {
    use crate::lab::Span;
    use crate::number;

    pub(crate) const TITLE: &str = "What a wrong belief costs";
    pub(crate) const SUBTITLE: &str =
        "Risk per school as the true V_μ moves and what Bayes believes stays; dashed: Bayes that knows it.";
    pub(crate) const V_MU_KNOWN: &str = "V_μ known";

    /// - `ratio`: V_μ/V_y from which on Bayes loses to the MLE.
    pub(crate) fn rule(ratio: f64) -> String {
        format!("Bayes loses above {}", number::short(ratio))
    }

    /// From which V_μ/V_y on Bayes loses to the MLE.
    pub(crate) enum Loses {
        Always,
        /// Within the picture.
        From(f64),
        /// Beyond it.
        OnlyFrom(f64),
    }

    pub(crate) fn remark(loses: &Loses) -> Vec<Span> {
        let sentence = match loses {
            Loses::Always => "With this belief Bayes loses to the MLE whatever V_μ is.".to_owned(),
            Loses::From(ratio) => format!(
                "Too small a variance is dangerous, too large a one only wasteful: from V_μ/V_y = {} on this belief does worse than none.",
                number::short(*ratio)
            ),
            Loses::OnlyFrom(ratio) => {
                format!("Bayes would lose to the MLE only from V_μ/V_y = {} on.", number::short(*ratio))
            }
        };
        vec![Span::plain(sentence)]
    }
}

/// The same schools measured again.
pub(super) mod schools {
    use plots::Role;

    use crate::lab::Span;
    use crate::number;

    pub(crate) const OFFSET: &str = "truth μ less the mean of its region";
    pub(crate) const RISK: &str = "risk of the school";

    pub(crate) fn subtitle(repeats: u32) -> Vec<Span> {
        vec![Span::plain(format!(
            "Risk of each school on screen over new noise: lines exact, dots from {} repeats, two Monte Carlo errors up and down.",
            number::grouped(u64::from(repeats))
        ))]
    }

    /// - `is_better`: whether Bayes is, for all together.
    /// - `hurt`: schools of `num_schools` whose risk it raises.
    pub(crate) fn remark(is_better: bool, hurt: usize, num_schools: usize) -> Vec<Span> {
        vec![
            Span::plain(format!(
                "For these schools together Bayes is {} than the MLE; ",
                if is_better { "better" } else { "worse" }
            )),
            Span::of(Role::Bayes, format!("{hurt} of {num_schools}")),
            Span::plain(" would be better off with the MLE, those furthest from what Bayes expects."),
        ]
    }
}

/// Intervals.
pub(super) mod coverage {
    use plots::Role;

    use crate::lab::Span;
    use crate::number;

    pub(crate) const PLUG_IN: &str = "Plug-in empirical Bayes";
    pub(crate) const MORRIS: &str = "Morris 1983";
    pub(crate) const COVERAGE: &str = "coverage";

    /// - `level`: probability that is promised.
    pub(crate) fn title(level: f64) -> String {
        format!("Does a {} interval hold its word?", number::percent(level))
    }

    pub(crate) fn subtitle(repeats: u32) -> Vec<Span> {
        vec![Span::plain(format!(
            "Share of {} repeats with new noise in which each school’s interval holds its truth. Line: exact for Bayes. Circles MLE, discs Bayes, triangles Morris, dots plug-in.",
            number::grouped(u64::from(repeats))
        ))]
    }

    /// - `holds`: whether Bayes covers as often as it promises, on average over schools.
    /// - `average`, `worst`: how often it does, on average and at the least typical school.
    pub(crate) fn remark(holds: bool, average: f64, worst: f64) -> Vec<Span> {
        vec![
            Span::plain(if holds {
                "Bayes keeps its word on average over schools: here "
            } else {
                "Bayes does not keep its word here: on average over these schools it covers "
            }),
            Span::of(Role::Bayes, number::percent(average)),
            Span::plain(". For the school that is least typical of its region it is "),
            Span::of(Role::Bayes, number::percent(worst)),
            Span::plain("; only the MLE promises the same to every school."),
        ]
    }
}

/// Intervals in numbers.
pub(super) mod intervals {
    pub(crate) const TITLE: &str = "On average and at worst";
    pub(crate) const SUBTITLE: &str =
        "The worst of many simulated shares looks worse than it is; the exact one does not.";
    pub(crate) const COLUMNS: [&str; 6] = [
        "interval",
        "covered, all schools",
        "worst school",
        "worst school, exact",
        "average over new schools, exact",
        "half width",
    ];
}
