//! Of panels, one module each.

/// Where each school ends up.
pub(crate) mod forest {
    use crate::lab::Span;
    use crate::number;

    pub(crate) const TITLE: &str = "Where each school ends up";

    /// - `k`: counted from 0.
    pub(crate) fn region(k: usize) -> String {
        format!("Region {}", k + 1)
    }

    /// - `k`: counted from 0.
    pub(crate) fn short_region(k: usize) -> String {
        format!("R{}", k + 1)
    }

    /// Where the intervals come from.
    pub(crate) enum Source {
        /// So many draws.
        Draws(usize),
        /// Moments of the exact posterior.
        Moments,
        /// The exact posterior.
        Exact,
    }

    /// - `omitted`: what the picture leaves out.
    /// - `has_newest`: whether the newest draws are among the marks.
    pub(crate) fn subtitle(omitted: &str, source: &Source, has_newest: bool) -> Vec<Span> {
        let source = match source {
            Source::Draws(count) => format!("from {} draws", number::grouped(*count as u64)),
            Source::Moments => "mean ± 1.64 SD, until there are draws".to_owned(),
            Source::Exact => "exact, until there are draws".to_owned(),
        };
        let newest = if has_newest { " Faint dots: the newest draw of each chain." } else { "" };
        vec![Span::plain(format!(
            "{omitted}Lines run from the measurement to the posterior mean; bars are 90 % intervals ({source}); bands: the region means.{newest}"
        ))]
    }
}

/// Who came closest.
pub(crate) mod race {
    use plots::Role;

    use crate::lab::Span;
    use crate::number;
    use crate::words::data_sets;

    pub(crate) const HERE_AND_EXACT: &str = "these schools · exact average";

    pub(crate) const REGION_MEAN: &str = "Region mean";
    pub(crate) const JAMES_STEIN: &str = "James–Stein in region";
    pub(crate) const POOLED: &str = "Pooled empirical Bayes";
    pub(crate) const KNOWN_FACTOR: &str = "Known factor";
    pub(crate) const FULL_BAYES: &str = "Full Bayes";
    pub(crate) const LEARNED_BAYES: &str = "Bayes, SDs learned";

    // In place of a loss.
    pub(crate) const FOR_EQUAL_NOISE: &str = "defined for equal noise only";
    pub(crate) const REGIONS_TOO_SMALL: &str = "not defined for regions so small";
    /// What there is too little for.
    pub(crate) const RULE_FOR_EQUAL_NOISE: &str = "a rule for equal noise";

    pub(crate) fn subtitle(num_schools: usize, repeats: u32) -> Vec<Span> {
        let schools =
            if num_schools == 1 { "the school".to_owned() } else { format!("the {num_schools} schools") };
        let over = if repeats > 0 {
            format!(" and in {} drawn the same way", data_sets(repeats))
        } else {
            String::new()
        };
        vec![Span::plain(format!(
            "Total squared error over {schools}: on these data{over}; dashes: the exact average."
        ))]
    }

    // Who wins, at the beginning of a sentence.
    pub(crate) const FULL_BAYES_BEATS: &str = "Full Bayes beats ";
    pub(crate) const LEARNED_BAYES_BEATS: &str = "Bayes with learned SDs beats ";

    // Rivals, within it.
    pub(crate) const THE_ONE_THAT_KNOWS: &str = "Bayes that knows them";
    pub(crate) const THE_MLE: &str = "the MLE";
    pub(crate) const THE_REGION_MEAN: &str = "the region mean";
    pub(crate) const JAMES_STEIN_IN_EACH: &str = "James–Stein in each region";
    pub(crate) const POOLED_WITHIN: &str = "pooled empirical Bayes";

    /// How often the winner beats each rival: the rival's name, its role, and the share of the repeats.
    pub(crate) fn wins(beats: &str, rivals: &[(&str, Role, f64)], repeats: u32) -> Vec<Span> {
        let mut sentence = Vec::new();
        for (name, role, share) in rivals {
            let start = if sentence.is_empty() { beats } else { ", " };
            sentence.push(Span::plain(format!("{start}{name} in ")));
            sentence.push(Span::of(*role, number::percent(*share)));
        }
        if !sentence.is_empty() {
            sentence.push(Span::plain(format!(" of {}.", data_sets(repeats))));
        }
        sentence
    }

    /// What it costs not to know the SDs, on average and on the data on screen.
    pub(crate) fn cost_of_learning(cost: f64, here: Option<f64>) -> Vec<Span> {
        let mut sentence = vec![
            Span::plain(" Not knowing the SDs costs "),
            Span::strong(number::loss(cost)),
            Span::plain(" on average"),
        ];
        if let Some(here) = here {
            sentence.push(Span::plain(if here < 0.0 {
                "; on these data it gained "
            } else {
                "; on these data "
            }));
            sentence.push(Span::strong(number::loss(here.abs())));
        }
        sentence.push(Span::plain("."));
        sentence
    }
}

/// One school up close.
pub(crate) mod close_up {
    use plots::Role;

    use crate::lab::Span;
    use crate::number;

    pub(crate) const FROM_THE_OTHERS: &str = "from the others";
    pub(crate) const ITS_OWN: &str = "its own y";
    pub(crate) const POSTERIOR: &str = "posterior";

    /// - `school`, `region`: counted from 0.
    pub(crate) fn title(school: usize, region: usize) -> String {
        format!("School {} (region {}), up close", school + 1, region + 1)
    }

    /// - `posterior`: its mean and SD.
    /// - `drawn`: mean of the draws, once there are enough.
    /// - `truth`: `None` while it is hidden.
    pub(crate) fn subtitle(
        y: f64,
        posterior: (f64, f64),
        drawn: Option<f64>,
        truth: Option<f64>,
    ) -> Vec<Span> {
        let mut sentence = vec![
            Span::plain("What the rest of the region says, times its own measurement: y = "),
            Span::of(Role::Mle, number::fixed(y, 2)),
            Span::plain(" → "),
            Span::of(Role::Bayes, number::fixed(posterior.0, 2)),
            Span::plain(format!(", SD {}", number::fixed(posterior.1, 2))),
        ];
        if let Some(drawn) = drawn {
            sentence.push(Span::plain(format!(" (mean of the draws {})", number::fixed(drawn, 2))));
        }
        if let Some(truth) = truth {
            sentence.extend([Span::plain("; truth "), Span::of(Role::Truth, number::fixed(truth, 2))]);
        }
        sentence.push(Span::plain("."));
        sentence
    }
}

/// Estimates against the truth.
/// Region means against their truth.
pub(crate) mod means {
    use crate::lab::Span;
    use crate::number;
    use plots::Role;

    pub(crate) const TITLE: &str = "Region means against the truth";
    pub(crate) const TRUTH: &str = "true mean θ";
    pub(crate) const MEAN: &str = "posterior mean";
    pub(crate) const DIAGONAL: &str = "right";

    /// Of region `k`, counted from 0.
    pub(crate) fn name(k: usize) -> String {
        format!("θ{}", number::subscript(k + 1))
    }

    pub(crate) fn interval(k: usize) -> String {
        format!("95 % interval of {}", name(k))
    }

    /// How many of how many intervals hold the truth.
    pub(crate) fn subtitle(num_held: usize, num_regions: usize) -> Vec<Span> {
        vec![
            Span::plain("On the line a mean is right. Its 95 % interval reaches the line for "),
            Span::of(Role::Bayes, format!("{num_held} of {num_regions}")),
            Span::plain(" regions."),
        ]
    }
}

pub(crate) mod scatter {
    use plots::Role;

    use crate::lab::Span;

    pub(crate) const TITLE: &str = "Compared to the truth";

    /// - `closer`: schools of `num_schools` for which Bayes is the closer one.
    /// - `omitted`: what the picture leaves out.
    pub(crate) fn subtitle(closer: usize, num_schools: usize, omitted: &str) -> Vec<Span> {
        vec![
            Span::plain("Bayes is the closer one for "),
            Span::of(Role::Bayes, format!("{closer} of {num_schools}")),
            Span::plain(format!(" schools; on the line an estimate is right.{omitted}")),
        ]
    }
}

/// Errors of the schools.
pub(crate) mod errors {
    use crate::lab::Span;

    pub(crate) const TITLE: &str = "Did we do better than the MLE?";
    pub(crate) const ABSOLUTE_ERROR: &str = "absolute error";
    pub(crate) const BAYES_EXACT: &str = "Bayes, exact";
    pub(crate) const BAYES_FROM_DRAWS: &str = "Bayes, from the draws";

    pub(crate) fn subtitle(num_schools: usize) -> Vec<Span> {
        vec![Span::plain(format!(
            "Absolute errors of the {num_schools} schools; dashed: their mean. A school near the edge of a bin may change sides by Monte Carlo error."
        ))]
    }
}

/// From the MLE to Bayes.
pub(crate) mod slopes {
    use crate::lab::Span;

    /// - `omitted`: what the picture leaves out.
    pub(crate) fn subtitle(omitted: &str) -> Vec<Span> {
        vec![Span::plain(format!(
            "From the MLE to Bayes, lines colored by region: each region draws its own schools together.{omitted}"
        ))]
    }
}

/// Posteriors of the region means.
pub(crate) mod theta {
    use crate::lab::{NUM_CHAINS, Span};
    use crate::number;

    pub(crate) const TITLE: &str = "Region means θ";

    /// - `num_draws`: in all chains.
    /// - `omitted`: what the picture leaves out.
    pub(crate) fn subtitle(num_draws: usize, omitted: &str) -> Vec<Span> {
        let what = match num_draws {
            0 => "The exact posterior; draws will fill it; bars: 80 % and 95 %.".to_owned(),
            count => format!(
                "{} draws from {NUM_CHAINS} chains, the exact posterior over them; bars: 80 % and 95 %.",
                number::grouped(count as u64)
            ),
        };
        vec![Span::plain(format!("{what}{omitted}"))]
    }
}

/// Posteriors of the SDs.
pub(crate) mod scales {
    pub(crate) const TITLE: &str = "The SDs that are learned";
    pub(crate) const WITH_DRAWS: &str =
        "How alike schools and regions are, learned: draws, and the exact curve by quadrature over them.";
    pub(crate) const EXACT: &str =
        "How alike schools and regions are, learned: the exact curve, by quadrature.";
}

/// How the chains went.
pub(crate) mod chains {
    pub(crate) const SAMPLER: &str = "The sampler";
    pub(crate) const VARIABLES: &str = "Every variable";
    pub(crate) const VARIABLES_SUBTITLE: &str = "Rank-normalized split R-hat, bulk and tail ESS, and Monte Carlo standard errors (Vehtari et al. 2021).";
    pub(crate) const RANKS_SUBTITLE: &str = "One line a chain: level where all chains explore the same. Band: 95 % of the counts of independent draws.";
    pub(crate) const RANK: &str = "rank among all draws";
    pub(crate) const TRACE_SUBTITLE: &str = "One line a chain: they should look alike and wander nowhere.";
    pub(crate) const ITERATION: &str = "iteration";

    /// - `symbol`: of the variable.
    pub(crate) fn ranks(symbol: &str) -> String {
        format!("Ranks of {symbol}")
    }

    /// - `symbol`: of the variable.
    pub(crate) fn trace(symbol: &str) -> String {
        format!("Trace of {symbol}")
    }
}

/// One trajectory of NUTS.
pub(crate) mod trajectory {
    use crate::lab::Span;
    use crate::number;

    pub(crate) const LOG_SCHOOL_SD: &str = "log σμ";
    pub(crate) const REMARK: &str = "Each doubling goes on from one end, forward or backward in time, until the path turns round; then one of its points is drawn.";

    /// - `school`: counted from 0.
    pub(crate) fn title(school: usize) -> String {
        format!("One trajectory: school {}", school + 1)
    }

    /// What there is to tell of it.
    pub(crate) struct Facts {
        pub(crate) step_size: f64,
        pub(crate) num_steps: usize,
        pub(crate) tree_depth: u32,
        /// Mean acceptance probability.
        pub(crate) acceptance: f64,
        pub(crate) divergent: bool,
        /// The region SD, where the picture holds it though the model learns it.
        pub(crate) held_sd: Option<f64>,
    }

    pub(crate) fn subtitle(facts: &Facts) -> Vec<Span> {
        let mut subtitle = vec![
            Span::plain("Step size "),
            Span::strong(number::short(facts.step_size)),
            Span::plain(match facts.num_steps {
                1 => ": 1 leapfrog step, tree depth ".to_owned(),
                count => format!(": {count} leapfrog steps, tree depth "),
            }),
            Span::strong(facts.tree_depth.to_string()),
            Span::plain(format!(", mean acceptance {}.", number::fixed(facts.acceptance, 2))),
        ];
        if facts.divergent {
            subtitle.push(Span::strong(" It diverges: the energy error passes 1000."));
        }
        subtitle.push(Span::plain(" Contours hold 50, 80 and 95 % of the probability."));
        if let Some(sd) = facts.held_sd {
            let held = format!(" The region SD is held at its posterior mean, {}.", number::fixed(sd, 2));
            subtitle.push(Span::plain(held));
        }
        subtitle
    }
}
