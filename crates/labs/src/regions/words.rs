//! What the lab says.

use crate::number;
pub(super) use crate::words::*;

pub(super) const TITLE: &str = "Schools in regions";
pub(super) const SUMMARY: &str = "Schools that borrow from their region, sampled by NUTS before your eyes.";
pub(super) const SOURCES: &[&str] = &[
    "Love 2019, Bayesian Hierarchical Modeling of Cell-Type-Specific Gene Regulation (lecture)",
    "Hoffman & Gelman 2014, JMLR 15:1593–1623; Betancourt 2017, arXiv:1701.02434 (NUTS)",
    "Vehtari et al. 2021, Bayesian Analysis 16:667–718 (diagnostics)",
    "Gelman 2006, Bayesian Analysis 1:515–534 (priors of SDs); Rubin 1981, J. Educ. Stat. 6:377–401 (eight schools)",
];

/// Settings worth seeing.
pub(super) mod preset {
    pub(crate) const LECTURE: &str = "The lecture’s schools";
    pub(crate) const UNEQUAL: &str = "Some regions with few schools";
    pub(crate) const NOISY: &str = "One noisy region";
    pub(crate) const ALONE: &str = "A region of one school";
    pub(crate) const LEARNED: &str = "Both SDs learned";
    pub(crate) const EIGHT: &str = "Eight schools";
    pub(crate) const LARGE: &str = "100 regions, 2,000 schools";
    pub(crate) const FUNNEL: &str = "The funnel";
}

/// Headings of groups of controls.
pub(super) mod group {
    pub(crate) const LEARNING: &str = "What the model knows";
    pub(crate) const SAMPLER: &str = "Sampler";
    pub(crate) const PATH: &str = "One trajectory";
    pub(crate) const SETTINGS: &str = "Sampler settings";
}

/// Controls by their keys.
pub(super) mod control {
    pub(crate) const SIZES: &str = "Schools in each";
    pub(crate) const GROUPS: &str = "Regions";
    pub(crate) const GROUP: &str = "region";
    pub(crate) const REGION_SD: &str = "Region SD";
    pub(crate) const SCHOOL_SD: &str = "School SD";
    pub(crate) const NOISE_SD: &str = "Noise SD";
    pub(crate) const M: &str = "Observations per school";
    pub(crate) const PRIOR_SCALE: &str = "Scale of its prior";
    pub(crate) const REPEATS: &str = "New classes of schools";
    pub(crate) const SAMPLER: &str = "Sampler";
    pub(crate) const PACE: &str = "Pace";
    pub(crate) const SPEED: &str = "Iterations a second";
    pub(crate) const DETAILS: &str = "Diagnostics";
    pub(crate) const WARMUP: &str = "Warmup iterations";
    pub(crate) const DRAWS: &str = "Draws in each chain";
    pub(crate) const ACCEPT: &str = "Target acceptance";
    pub(crate) const TRACED: &str = "Trace and ranks of";
    pub(crate) const TRACE: &str = "Trace of region";
    pub(crate) const TRANSITION: &str = "Transition";
    pub(crate) const EPS: &str = "Step size";
    pub(crate) const LEAP: &str = "Leapfrog steps shown";
}

/// Sentences below controls.
pub(super) mod help {
    pub(crate) const REGION_SD: &str =
        "The lecture’s N(0, 5) means SD 5 here, though its A in N(0, A) was a variance.";
    pub(crate) const REGION_SD_OF_EIGHT: &str =
        "One region: here the prior SD, around 0, of the mean that the eight schools share.";
    pub(crate) const M: &str = "One number for all, one for each region, or one for each school: 1,1,20,5.";
    pub(crate) const LEARNING: &str =
        "Known: the sliders say. Learned: from the data and a prior, so that regions share what they show.";
    pub(crate) const ACCEPT: &str = "Nearer to 1: smaller steps, fewer divergences.";
}

/// Options of choices.
pub(super) mod option {
    pub(crate) const SIMULATED: &str = "simulated";
    pub(crate) const EIGHT: &str = "eight schools, 1981";
    pub(crate) const KNOWN: &str = "known";
    pub(crate) const HALF_NORMAL: &str = "half-normal";
    pub(crate) const HALF_CAUCHY: &str = "half-Cauchy";
    pub(crate) const FAST: &str = "fast";
    pub(crate) const LIVE: &str = "watch it";
    pub(crate) const ONE_LINE: &str = "one line";
    pub(crate) const ALL: &str = "all";
    pub(crate) const TRAJECTORY: &str = "one trajectory";
    pub(crate) const THETA: &str = "a region mean";
    pub(crate) const SCHOOL_SD: &str = "the school SD";
    pub(crate) const REGION_SD: &str = "the region SD";
}

/// Names of samplers, and what helps when their trajectories diverge.
pub(super) mod sampler {
    pub(crate) const NUTS: &str = "NUTS";
    pub(crate) const NON_CENTERED: &str = "NUTS, non-centered";
    pub(crate) const NON_CENTERED_SCHOOLS: &str = "NUTS, non-centered schools";
    pub(crate) const GIBBS: &str = "Gibbs";
    pub(crate) const METROPOLIS: &str = "Metropolis";
    pub(crate) const EXACT: &str = "exact";
    /// Beside the cost of the others.
    pub(crate) const CENTERED: &str = "NUTS, centered";
    pub(crate) const COLLAPSED_DRAWS: &str = "Collapsed draws";
    pub(crate) const EXACT_DRAWS: &str = "Exact draws";
    pub(crate) const CURE_OF_CENTERED: &str = "Take the non-centered NUTS or exact draws";
    pub(crate) const CURE: &str = "Raise the target acceptance or take exact draws";
}

/// The variance that belongs to an SD.
pub(super) fn variance_of(sd: f64) -> String {
    format!("variance {}", number::short(sd * sd))
}

pub(super) fn heading_of_eight() -> (String, String) {
    (
        "Eight schools, one question".to_owned(),
        "Did coaching help, and in which school? Each school’s effect comes with its own standard error; how alike the schools are is learned from all eight.".to_owned(),
    )
}

/// - `num_obs`: observations of each school; `None` if schools differ.
pub(super) fn heading(num_schools: usize, num_regions: usize, num_obs: Option<usize>) -> (String, String) {
    let plural = |count: usize, word: &str| {
        format!("{} {word}{}", number::words(count), if count == 1 { "" } else { "s" })
    };
    let each = if num_schools == 1 { "" } else { " each" };
    let measured = num_obs.map(|count| format!("{}{each}", plural(count, "measurement")));
    let (schools, regions) = (plural(num_schools, "school"), plural(num_regions, "region"));
    let measured = measured.as_deref().unwrap_or("unequally measured");
    (
        number::capitalized(&format!("{schools}, {regions}, {measured}")),
        "Every school borrows from its region, and every region from the others. Drag a slider: the whole posterior is sampled again while you move.".to_owned(),
    )
}

/// What a person should know of the settings.
pub(super) mod notice {
    pub(crate) const UNEQUAL_NOISE: &str = "With unequal noise James–Stein and pooled empirical Bayes lose their guarantee; they are left out of the race.";
    /// E[1/S²] is infinite for n_k − 1 ≤ 4 degrees of freedom.
    pub(crate) const INFINITE_VARIANCE: &str = "With 4 or 5 schools in a region, plain James–Stein has losses of infinite variance: its average over repeats settles slowly.";

    pub(crate) fn counts(given: usize, num_regions: usize, num_schools: usize) -> String {
        format!(
            "{given} numbers were given for {num_regions} regions and {num_schools} schools; the last one stands for all that are missing, and those too many are not used."
        )
    }

    /// - `small`: the regions too small for James–Stein, counted from 1; at least one.
    pub(crate) fn small_regions(small: &[usize], num_regions: usize) -> String {
        let named = || small.iter().map(usize::to_string).collect::<Vec<_>>().join(", ");
        let which = match small.len() {
            1 => format!("region {}", named()),
            2..=12 => format!("regions {}", named()),
            many => format!("{many} of the {num_regions} regions"),
        };
        format!(
            "James–Stein inside a region is not defined for fewer than 4 schools ({which}); it is left out of the race."
        )
    }

    /// - `least`: the number of schools that would do.
    pub(crate) fn too_few_to_pool(least: usize) -> String {
        format!(
            "Pooled empirical Bayes needs at least 3 schools more than regions, here at least {least} schools; it is left out."
        )
    }
}

/// What a picture of a large design leaves out; empty if nothing.
pub(super) mod omitted {
    use crate::number;

    /// How many are drawn, and how many there are.
    type Of = (usize, usize);

    /// A sentence with a space after it.
    pub(crate) fn schools((drawn, all): Of, (drawn_regions, all_regions): Of) -> String {
        let regions = if drawn_regions < all_regions {
            format!("{drawn_regions} of {all_regions} regions")
        } else {
            format!("all {all_regions} regions")
        };
        format!(
            "Drawn are {drawn} of {} schools, from {regions}; the table has them all. ",
            number::grouped(all as u64)
        )
    }

    /// A sentence with a space before it.
    pub(crate) fn regions((drawn, all): Of) -> String {
        format!(" Drawn are {drawn} of {all} regions; the table has them all.")
    }

    /// A sentence with a space before it.
    pub(crate) fn points((drawn, all): Of) -> String {
        format!(" Drawn are {drawn} of {} schools; the table has them all.", number::grouped(all as u64))
    }
}

/// Where each school ends up.
pub(super) mod forest {
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
pub(super) mod race {
    use plots::Role;

    use super::data_sets;
    use crate::lab::Span;
    use crate::number;

    pub(crate) const HERE_AND_EXACT: &str = "these schools · exact average";

    pub(crate) const REGION_MEAN: &str = "Region mean";
    pub(crate) const JAMES_STEIN: &str = "James–Stein in region";
    pub(crate) const POOLED: &str = "Pooled empirical Bayes";
    pub(crate) const KNOWN_FACTOR: &str = "Known factor";
    pub(crate) const FULL_BAYES: &str = "Full Bayes";
    pub(crate) const LEARNED_BAYES: &str = "Bayes, SDs learned";

    /// In place of a loss.
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

    /// Who wins, at the beginning of a sentence.
    pub(crate) const FULL_BAYES_BEATS: &str = "Full Bayes beats ";
    pub(crate) const LEARNED_BAYES_BEATS: &str = "Bayes with learned SDs beats ";

    /// Rivals, within it.
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
pub(super) mod close_up {
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
pub(super) mod scatter {
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
pub(super) mod errors {
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
pub(super) mod slopes {
    use crate::lab::Span;

    /// - `omitted`: what the picture leaves out.
    pub(crate) fn subtitle(omitted: &str) -> Vec<Span> {
        vec![Span::plain(format!(
            "From the MLE to Bayes, lines colored by region: each region draws its own schools together.{omitted}"
        ))]
    }
}

/// Posteriors of the region means.
pub(super) mod theta {
    use crate::lab::{NUM_CHAINS, Span};
    use crate::number;

    pub(crate) const TITLE: &str = "Region means θ";

    /// - `num_draws`: in all chains.
    /// - `omitted`: what the picture leaves out.
    pub(crate) fn subtitle(num_draws: usize, omitted: &str) -> Vec<Span> {
        let what = match num_draws {
            0 => "The exact posterior; draws will fill it.".to_owned(),
            count => format!(
                "{} draws from {NUM_CHAINS} chains, the exact posterior over them; bars: 80 % and 95 %.",
                number::grouped(count as u64)
            ),
        };
        vec![Span::plain(format!("{what}{omitted}"))]
    }
}

/// Posteriors of the SDs.
pub(super) mod scales {
    pub(crate) const TITLE: &str = "The SDs that are learned";
    pub(crate) const WITH_DRAWS: &str =
        "How alike schools and regions are, learned: draws, and the exact curve by quadrature over them.";
    pub(crate) const EXACT: &str =
        "How alike schools and regions are, learned: the exact curve, by quadrature.";
}

/// How the chains went.
pub(super) mod chains {
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
pub(super) mod trajectory {
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
