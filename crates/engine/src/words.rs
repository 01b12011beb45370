//! What is said of a run: the diagnostics by name, what each means, what to do where it is out of bounds, and
//! the verdict. Words stand apart from code, as in the labs.

use labs::number;

pub(crate) const UNREADABLE_BY_WORKER: &str =
    "The settings could not be read by the worker; please reload the page.";
pub(crate) const UNREADABLE_BY_SAMPLER: &str =
    "The settings could not be read by the sampler; please reload the page.";

/// An effective sample size: a whole number, or a dash where there is none.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "an ESS is positive and below 2^53"
)]
pub(crate) fn whole(value: f64) -> String {
    if value.is_finite() { number::grouped(value.max(0.0) as u64) } else { "–".to_owned() }
}

/// A computing time.
pub(crate) fn duration(ms: f64) -> String {
    if ms >= 1000.0 {
        format!("{} s", number::fixed(ms / 1000.0, 1))
    } else {
        format!("{} ms", number::fixed(ms, 1))
    }
}

/// How good the run is, in one sentence.
pub(crate) mod verdict {
    use super::{divergences, whole};

    /// - `num_draws`: of each chain.
    /// - `worth`: least ESS.
    pub(crate) fn too_early(num_draws: usize, worth: f64) -> String {
        format!(
            "Too early to say: after {num_draws} draws a chain, the chains are worth {} independent draws.",
            whole(worth)
        )
    }

    /// - `worth`: least ESS.
    /// - `num_divergent`: `None` for samplers without trajectories.
    pub(crate) fn all_is_well(worth: f64, num_divergent: Option<u32>) -> String {
        let agree = format!("Four chains agree; at least {} independent draws’ worth", whole(worth));
        match num_divergent {
            Some(count) => format!("{agree}; {}.", divergences::counted(count)),
            None => format!("{agree}."),
        }
    }
}

/// R-hat.
pub(crate) mod rhat {
    pub(crate) const LABEL: &str = "R-hat";
    pub(crate) const DISAGREE: &str = "The four chains do not agree yet.";
    pub(crate) const CURE: &str = "Run more warmup and more draws before trusting them";

    pub(crate) fn help(num_variables: usize, limit: f64) -> String {
        format!(
            "How far the chains differ, the worst of {num_variables} variables; 1 where they do not, fine up to {limit}."
        )
    }
}

/// Effective sample sizes.
pub(crate) mod ess {
    use super::whole;

    pub(crate) use labs::BULK_ESS as BULK;
    pub(crate) const TAIL: &str = "Tail ESS";
    pub(crate) const BULK_MEANING: &str = "How many independent draws would tell as much about a mean";
    pub(crate) const TAIL_MEANING: &str =
        "How many independent draws would tell as much about the 5 % and 95 % quantiles";
    pub(crate) const CURE: &str = "Run more draws";

    /// - `least`: the ESS that will do.
    pub(crate) fn help(meaning: &str, least: f64) -> String {
        format!("{meaning}: the least of all variables. {} will do.", whole(least))
    }

    /// - `worth`: least ESS.
    pub(crate) fn few(worth: f64) -> String {
        format!("The chains agree, but are worth only {} independent draws.", whole(worth))
    }
}

/// Divergent trajectories.
pub(crate) mod divergences {
    use labs::number;

    pub(crate) const LABEL: &str = "Divergences";
    pub(crate) const HELP: &str = "Trajectories whose energy went astray where the posterior is too curved for their steps: draws are missing there. None is good.";

    pub(crate) fn counted(count: u32) -> String {
        match count {
            0 => "no divergences".to_owned(),
            1 => "1 divergence".to_owned(),
            many => format!("{} divergences", number::grouped(u64::from(many))),
        }
    }

    pub(crate) fn unexplored(count: u32) -> String {
        format!("{}: the posterior may not be fully explored.", number::capitalized(&counted(count)))
    }
}

/// E-BFMI.
pub(crate) mod energy {
    pub(crate) const LABEL: &str = "E-BFMI";

    pub(crate) fn help(limit: f64) -> String {
        format!(
            "How freely the energy of the trajectories moves, the least of all chains; below {limit} tails may be missed."
        )
    }

    pub(crate) fn slow(limit: f64) -> String {
        format!("The energy of the trajectories moves slowly (E-BFMI below {limit}): tails may be missed.")
    }
}

/// Trees that reached the greatest depth.
pub(crate) mod trees {
    pub(crate) const LABEL: &str = "Trees cut short";
    pub(crate) const HELP: &str =
        "Trajectories that ended at the greatest tree depth before they turned round: right, but slow.";
    pub(crate) const CURE: &str = "Another sampler may be quicker";

    /// - `count`: as text.
    pub(crate) fn cut(count: &str) -> String {
        format!("{count} trajectories were cut at the greatest tree depth: right, but slow.")
    }
}

/// Distance of the draws' means from the exact ones.
pub(crate) mod z {
    use labs::number;

    pub(crate) const LABEL: &str = "Largest |z|";
    pub(crate) const CURE: &str = "Run more draws";

    pub(crate) fn help(num_variables: usize, limit: f64) -> String {
        format!(
            "Monte Carlo standard errors between the mean of the draws and the exact posterior mean, the largest of {num_variables} variables; chance seldom passes {}.",
            number::plain((10.0 * limit).round() / 10.0)
        )
    }

    /// - `z`: as text.
    pub(crate) fn far(z: &str) -> String {
        format!("A mean of the draws lies {z} standard errors from the exact posterior mean.")
    }
}

/// What the run has cost: names, and what they mean.
pub(crate) mod cost {
    pub(crate) const STEP_SIZE: &str = "Step size ε";
    pub(crate) const STEP_SIZE_HELP: &str = "Length of a leapfrog step as the chains’ warmup has set it.";
    pub(crate) const LEAPFROG: &str = "Leapfrog steps";
    pub(crate) const LEAPFROG_HELP: &str = "Of one trajectory on average, each one gradient.";
    pub(crate) const TIME: &str = "Time";
    pub(crate) const TIME_HELP: &str = "Spent computing by all four chains together, warmup included.";
    pub(crate) const SPEED: &str = "ESS per second";
    pub(crate) const SPEED_HELP: &str = "Bulk ESS for each second of that time. A browser’s first run is its slowest: it compiles as it goes.";
    pub(crate) const FIRST_RUN: &str = "first run, still warming up";
}
