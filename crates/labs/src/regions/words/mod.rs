//! What the lab says.

mod controls;
mod panels;

use crate::number;
pub(super) use crate::words::*;
pub(super) use controls::*;
pub(crate) use panels::*;

pub(super) const TITLE: &str = "Schools in regions";
pub(super) const SUMMARY: &str = "Schools that borrow from their region, sampled by NUTS before your eyes.";
pub(super) const SOURCES: &[&str] = &[
    "Love 2019, Bayesian Hierarchical Modeling of Cell-Type-Specific Gene Regulation (lecture)",
    "Hoffman & Gelman 2014, JMLR 15:1593–1623; Betancourt 2017, arXiv:1701.02434 (NUTS)",
    "Vehtari et al. 2021, Bayesian Analysis 16:667–718 (diagnostics)",
    "Gelman 2006, Bayesian Analysis 1:515–534 (priors of SDs); Rubin 1981, J. Educ. Stat. 6:377–401 (eight schools)",
];

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
