//! Of panels, one module each.

/// The map.
pub(crate) mod map {
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
pub(crate) mod place {
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
pub(crate) mod race {
    use plots::Role;

    use crate::lab::Span;
    use crate::number;
    use crate::words::data_sets;

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
pub(crate) mod running {
    use crate::lab::Span;
    use crate::number;
    use crate::words::data_sets;

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
pub(crate) mod numbers {
    use crate::lab::Span;
    use crate::words::data_sets;

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
pub(crate) mod gain {
    use plots::Role;

    use crate::lab::Span;
    use crate::number;

    pub(crate) const TITLE: &str = "Where the gain comes from";
    pub(crate) const EXPECTED: &str = "expected total squared error";

    // Stages: the first two by name, the others by what they add.
    pub(crate) const MLE: &str = "MLE";
    pub(crate) const JAMES_STEIN: &str = "James–Stein in each region";
    pub(crate) const FROM_ALL_REGIONS: &str = "+ school variance from all";
    pub(crate) const KNOWN: &str = "+ school variance known";
    pub(crate) const ASSUMED: &str = "+ school variance assumed";
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
            Span::plain(" to knowing the variance of schools and "),
            Span::of(Role::Bayes, number::short(sharing)),
            Span::plain(" to sharing the region means."),
        ]
    }
}

/// Risks along one variable.
pub(crate) mod curves {
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
pub(crate) mod worst {
    pub(crate) const TITLE: &str = "The school that fares worst";
    pub(crate) const SUBTITLE: &str =
        "Exact risk of the worst school among those on screen, over new noise; a logarithmic axis.";
    pub(crate) const RISK: &str = "risk of the worst school";
}

/// What a wrong belief costs.
pub(crate) mod threshold {
    use crate::lab::Span;
    use crate::number;

    pub(crate) const TITLE: &str = "What a wrong belief costs";
    pub(crate) const SUBTITLE: &str = "Risk per school as the true variance of schools moves and what Bayes believes stays; dashed: Bayes that knows it.";
    pub(crate) const V_MU_KNOWN: &str = "variance known";

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
            Loses::Always => {
                "With this belief Bayes loses to the MLE whatever the variance of schools is.".to_owned()
            }
            Loses::From(ratio) => format!(
                "Too small a variance is dangerous, too large a one only wasteful: from {} times the noise variance on this belief does worse than none.",
                number::short(*ratio)
            ),
            Loses::OnlyFrom(ratio) => {
                format!(
                    "Bayes would lose to the MLE only from a school variance of {} times the noise variance on.",
                    number::short(*ratio)
                )
            }
        };
        vec![Span::plain(sentence)]
    }
}

/// The same schools measured again.
pub(crate) mod schools {
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
pub(crate) mod coverage {
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
pub(crate) mod intervals {
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
