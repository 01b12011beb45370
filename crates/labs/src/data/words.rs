//! What the lab says.

use crate::number;
pub(super) use crate::words::*;

pub(super) const TITLE: &str = "Real data";
pub(super) const SUMMARY: &str =
    "Ball players, schools, rats and your own table: every estimate, its interval, and how far it moved.";
pub(super) const SOURCES: &[&str] = &[
    "Efron & Morris 1975, JASA 70:311–319",
    "Rubin 1981, J. Educ. Stat. 6:377–401",
    "Tarone 1982, Biometrics 38:215–220",
    "Gelman et al., Bayesian Data Analysis, 3rd ed., ch. 5",
];

/// Who is in the pictures.
pub(super) mod legend {
    pub(crate) const FULL_BAYES: &str = "full Bayes";
    pub(crate) const JAMES_STEIN: &str = "James–Stein, empirical Bayes";
    pub(crate) const MEAN: &str = "group or grand mean";
}

/// Settings worth seeing.
pub(super) mod preset {
    pub(crate) const BASEBALL: &str = "18 ball players";
    pub(crate) const ARCSINE: &str = "18 ball players, arcsine scale";
    pub(crate) const EIGHT: &str = "Eight schools";
    pub(crate) const LECTURE: &str = "The lecture’s 40 schools";
    pub(crate) const RATS: &str = "71 groups of rats";
    pub(crate) const TOXO: &str = "Toxoplasmosis in 36 cities";
    pub(crate) const COUNTIES: &str = "1,000 small counties, simulated";
    pub(crate) const OWN: &str = "Your own table";
}

/// Heading of the group of controls of the model.
pub(super) const THE_MODEL: &str = "The model";

/// Controls by their keys.
pub(super) mod control {
    pub(crate) const OWN: &str = "Your table";
    pub(crate) const SCALE: &str = "Scale";
    pub(crate) const OBS_SD: &str = "SD of one observation";
    pub(crate) const TARGET: &str = "Drawn toward";
    pub(crate) const LEVEL: &str = "Intervals";
}

/// Sentences below controls.
pub(super) mod help {
    pub(crate) const OWN: &str = "Your data never leave this browser: nothing is sent anywhere.";
    pub(crate) const OBS_SD: &str =
        "Your table has no standard errors: they are σ/√n, or σ without a column n.";
    pub(crate) const LEVEL: &str = "Probability that an interval covers.";
}

/// Options of choices.
pub(super) mod option {
    pub(crate) const BASEBALL: &str = "ball players";
    pub(crate) const EIGHT: &str = "eight schools";
    pub(crate) const LECTURE: &str = "lecture";
    pub(crate) const RATS: &str = "rats";
    pub(crate) const TOXO: &str = "toxoplasmosis";
    pub(crate) const COUNTIES: &str = "counties";
    pub(crate) const OWN: &str = "your own";
    pub(crate) const SHARE: &str = "share";
    pub(crate) const ARCSINE: &str = "arcsine";
    pub(crate) const GROUP: &str = "mean of its group";
    pub(crate) const GRAND_MEAN: &str = "grand mean";
    pub(crate) const ZERO: &str = "0";
}

/// Heading and the sentence under it, of each set.
pub(super) mod heading {
    use crate::number;

    pub(crate) const BASEBALL: [&str; 2] = [
        "Eighteen ball players after 45 at bats",
        "The averages of April say less than they seem to. Drawn toward their mean, they come closer to the rest of the season.",
    ];
    pub(crate) const EIGHT: [&str; 2] = [
        "Eight schools, and how different they are is itself to be learned",
        "Each effect of coaching comes with its own standard error. Full Bayes averages over every SD between schools that the data allow.",
    ];
    pub(crate) const LECTURE: [&str; 2] = [
        "The lecture’s forty schools, the SDs now unknown",
        "Each school is drawn toward the mean of its region. Compare with the grand mean, and with 0.",
    ];
    pub(crate) const RATS: [&str; 2] = [
        "Seventy-one groups of rats, most of them small",
        "Shares of rats with a tumor: groups of zero out of twenty are not taken at their word.",
    ];
    pub(crate) const TOXO: [&str; 2] = [
        "Thirty-six cities, measured with very different precision",
        "James–Stein needs equal standard errors. Empirical Bayes and full Bayes do not: the less precise a city, the further it moves.",
    ];
    pub(crate) const COUNTIES: [&str; 2] = [
        "A thousand simulated counties: the extremes are the small ones",
        "The highest and the lowest rates are nearly all of small counties. Shrinkage draws exactly those back.",
    ];

    /// Of the reader's own table of so many rows.
    pub(crate) fn own(num_rows: usize) -> (String, String) {
        let heading = match num_rows {
            0 => "Your own table".to_owned(),
            1 => "Your own row".to_owned(),
            _ => format!("Your own {} rows", number::grouped(num_rows as u64)),
        };
        let sentence = "Paste from a spreadsheet, drop a file or choose one: a value in each row, and if you have them a standard error or a sample size, a group and the truth. It stays in this browser.";
        (heading, sentence.to_owned())
    }
}

/// What a person should know of a table.
pub(super) mod notice {
    use crate::number;

    pub(crate) const GROUPS_TOO_SMALL: &str =
        "The groups are too small to learn the SD within them: all rows are drawn toward the grand mean.";

    pub(crate) fn too_few_rows(least: usize) -> String {
        format!(
            "At least {} rows are needed: with fewer, the SD between them cannot be learned.",
            number::words(least)
        )
    }
}

/// What one unit of a set is called, and several.
pub(super) mod unit {
    pub(crate) type Unit = (&'static str, &'static str);

    pub(crate) const PLAYER: Unit = ("player", "players");
    pub(crate) const SCHOOL: Unit = ("school", "schools");
    pub(crate) const GROUP: Unit = ("group", "groups");
    pub(crate) const CITY: Unit = ("city", "cities");
    pub(crate) const COUNTY: Unit = ("county", "counties");
    pub(crate) const ROW: Unit = ("row", "rows");

    /// The name of one unit that has a number or a letter.
    pub(crate) fn named(unit: Unit, name: impl std::fmt::Display) -> String {
        format!("{} {name}", unit.0)
    }

    /// The last group of rats.
    pub(crate) const CURRENT_GROUP: &str = "current";

    /// The one group of all units.
    pub(crate) fn all(unit: Unit) -> String {
        format!("All {}", unit.1)
    }

    /// - `number`: counted from 1.
    pub(crate) fn region(number: usize) -> String {
        format!("Region {number}")
    }

    /// The name of a group, short: for narrow pictures.
    pub(crate) fn short(name: &str) -> String {
        match name.split_once(' ') {
            Some(("All", _)) => "All".to_owned(),
            Some(("Region", number)) => format!("R{number}"),
            _ => name.chars().take(6).collect(),
        }
    }
}

/// What was measured, with its unit.
pub(super) mod quantity {
    pub(crate) const BATTING_AVERAGE: &str = "batting average";
    pub(crate) const BATTING_ARCSINE: &str = "√45 arcsin(2p − 1)";
    pub(crate) const COACHING: &str = "effect of coaching, points";
    pub(crate) const SCHOOL_MEAN: &str = "school mean";
    pub(crate) const TUMORS: &str = "share with a tumor";
    pub(crate) const TUMORS_ARCSINE: &str = "arcsin √ share with a tumor";
    pub(crate) const RATE: &str = "standardized rate";
    pub(crate) const DEATHS: &str = "deaths per 10,000";
    pub(crate) const VALUE: &str = "value";
}

/// Where the data are from, and what was done to them.
pub(super) mod source {
    pub(crate) const BASEBALL: &str =
        "Efron & Morris 1975, JASA 70:311–319. The “truth” is the rest of the season, itself a little noisy.";
    pub(crate) const EIGHT: &str =
        "Rubin 1981, J. Educ. Stat. 6:377–401; Gelman et al., Bayesian Data Analysis, § 5.5.";
    pub(crate) const LECTURE: &str = "The data of the lecture’s slides, simulated in R with seed 4.";
    pub(crate) const RATS: &str = "Tarone 1982, Biometrics 38:215–220; Gelman et al., Bayesian Data Analysis, table 5.1. Here the shares are taken as normal; the book takes them as binomial.";
    pub(crate) const TOXO: &str = "Toxoplasmosis in El Salvador, after Efron & Morris 1975, JASA 70:311–319, table 3; typed from memory, without the paper at hand. So are the numbers that it prints of them, a variance of the true rates of 0.0122 with a standard error of 0.0041: both come out.";
    pub(crate) const COUNTIES: &str = "Simulated, in the manner of the kidney-cancer maps in Gelman et al., Bayesian Data Analysis, § 2.7: deaths are Poisson, sizes log-normal.";
    pub(crate) const OWN: &str = "Your own data. They never leave this browser.";
}

/// Estimators.
pub(super) mod estimator {
    pub(crate) const GRAND_MEAN: &str = "Grand mean";
    pub(crate) const GROUP_MEAN: &str = "Group mean";
    pub(crate) const EMPIRICAL_BAYES: &str = "Empirical Bayes";
    pub(crate) const FULL_BAYES: &str = "Full Bayes";

    // In place of a loss.
    pub(crate) const NEEDS_EQUAL_SE: &str = "needs equal standard errors";
    pub(crate) const NEEDS_FOUR: &str = "needs four or more in every group";
}

/// In place of pictures of a table that is too short.
pub(super) mod invitation {
    use crate::lab::Span;

    pub(crate) const TITLE: &str = "Your own data";

    /// - `least`: the number of rows that would do.
    pub(crate) fn subtitle(num_rows: usize, least: usize) -> Vec<Span> {
        vec![Span::plain(match num_rows {
            0 => "Paste a table, drop a file on the field, or choose one. A value in each row is enough; standard errors, sample sizes, groups, names and truths help. A link carries a small table; a larger one has to be given again on another machine.".to_owned(),
            _ => format!("{num_rows} of at least {least} rows: more are needed before there is anything to learn from them."),
        })]
    }
}

/// What a picture leaves out: a sentence with a space before it.
pub(super) fn thinning(shown: usize, all: usize, units: &str) -> String {
    format!(
        " Shown are {shown} of the {} {units}, evenly spaced by rank; the numbers are of all.",
        number::grouped(all as u64)
    )
}

/// From the measurements to the estimates.
pub(super) mod slopes {
    use crate::lab::Span;

    /// - `unit`: what one is called.
    /// - `omitted`: what the picture leaves out.
    pub(crate) fn subtitle(unit: &str, is_shown: bool, omitted: &str) -> Vec<Span> {
        let third = if is_shown { " Bottom: the truth." } else { "" };
        vec![Span::plain(format!(
            "Every line is one {unit}. Top: what was measured. Then: the posterior mean.{third}{omitted}"
        ))]
    }
}

/// Estimates with their intervals.
pub(super) mod forest {
    use crate::lab::Span;
    use crate::number;

    pub(crate) const TITLE: &str = "Estimates with their intervals";
    // What the intervals are.
    pub(crate) const QUANTILES: &str = "quantiles of the exact posterior";
    pub(crate) const MOMENTS: &str = "mean ± z SD of the exact posterior";

    /// - `how`: what the intervals are.
    /// - `omitted`: what the picture leaves out.
    pub(crate) fn subtitle(level: f64, how: &str, omitted: &str) -> Vec<Span> {
        vec![Span::plain(format!(
            "Lines run from the measurement to the posterior mean; bars are {} intervals ({how}); the band is that of θ.{omitted}",
            number::percent(level),
        ))]
    }
}

/// Estimates against measurements.
pub(super) mod against_raw {
    use crate::lab::Span;

    pub(crate) const TITLE: &str = "Estimate against measurement";

    pub(crate) fn measured(quantity: &str) -> String {
        format!("measured: {quantity}")
    }

    /// - `omitted`: what the picture leaves out.
    pub(crate) fn subtitle(omitted: &str) -> Vec<Span> {
        vec![Span::plain(format!("On the dashed line nothing moves. A flat cloud: much is shrunk.{omitted}"))]
    }
}

/// Who moves how far.
pub(super) mod by_precision {
    use plots::Role;

    use crate::lab::Span;
    use crate::number;

    pub(crate) const TITLE: &str = "Less precise, further moved";
    pub(crate) const STANDARD_ERROR: &str = "standard error";

    /// - `share`: of its deviation that every unit loses.
    pub(crate) fn equal(share: f64) -> Vec<Span> {
        vec![
            Span::plain("All standard errors are equal, so all deviations lose the same share: "),
            Span::of(Role::Bayes, number::percent(share)),
            Span::plain("."),
        ]
    }

    /// - `least`, `most`: shares of their deviations that units lose.
    pub(crate) fn unequal(least: f64, most: f64) -> Vec<Span> {
        vec![
            Span::plain("The most precise keeps all but "),
            Span::of(Role::Bayes, number::percent(least)),
            Span::plain(" of its deviation, the least precise loses "),
            Span::of(Role::Bayes, number::percent(most)),
            Span::plain("."),
        ]
    }
}

/// The SD between the units.
pub(super) mod sd {
    use plots::Role;

    use crate::lab::Span;
    use crate::number;

    pub(crate) const TITLE: &str = "The SD between them";
    pub(crate) const SUBTITLE: &str = "How different the true values are, by a flat prior on their SD.";
    pub(crate) const EMPIRICAL_BAYES: &str = "EB";

    pub(crate) fn axis(quantity: &str) -> String {
        format!("SD of the μ, √A ({quantity})")
    }

    /// - `median`, `interval`: of the posterior, at `level`.
    /// - `empirical`: the SD that empirical Bayes takes.
    pub(crate) fn remark(median: f64, level: f64, interval: (f64, f64), empirical: f64) -> Vec<Span> {
        let mut remark = vec![
            Span::plain("Posterior median "),
            Span::of(Role::Bayes, number::short(median)),
            Span::plain(format!(
                ", {} interval {} to {}; empirical Bayes puts all on ",
                number::percent(level),
                number::short(interval.0),
                number::short(interval.1)
            )),
            Span::of(Role::JamesStein, number::short(empirical)),
            Span::plain("."),
        ];
        if empirical == 0.0 {
            remark.push(Span::plain(
                " An SD of 0 would draw everything onto one point: that is why the whole curve counts.",
            ));
        }
        remark
    }
}

/// Who came closest.
pub(super) mod race {
    use plots::Role;

    use crate::lab::Span;
    use crate::number;

    pub(crate) const TITLE: &str = "Who came closest";
    pub(crate) const NOBODY_KNOWS: &str = "Nobody knows the truth here: errors cannot be counted.";

    /// - `closer`: units of `all` for which full Bayes is.
    pub(crate) fn subtitle(closer: usize, all: usize, units: &str) -> Vec<Span> {
        let count = |count: usize| number::grouped(count as u64);
        vec![
            Span::plain("Full Bayes is closer to "),
            Span::of(Role::Truth, "the truth"),
            Span::plain(" than the measurement for "),
            Span::of(Role::Bayes, format!("{} of {}", count(closer), count(all))),
            Span::plain(format!(" {units}.")),
        ]
    }
}

/// Numbers that were published.
pub(super) mod published {
    use crate::lab::Span;

    pub(crate) const TITLE: &str = "In print, and here";
    pub(crate) const NOTHING: &str = "No numbers were published of these data.";
    pub(crate) const COLUMNS: [&str; 5] = ["number", "published", "here", "in the printed digits", "source"];
    pub(crate) const AGREES: &str = "✓ agrees";
    pub(crate) const DIFFERS: &str = "differs";

    pub(crate) fn subtitle(num_agreeing: usize, all: usize) -> Vec<Span> {
        vec![Span::plain(format!(
            "{num_agreeing} of {all} numbers agree in every printed digit. They are computed as the source did it, whatever the controls say."
        ))]
    }

    /// Where they were printed.
    pub(crate) mod source {
        pub(crate) const SCIENTIFIC_AMERICAN: &str = "Efron & Morris 1977, Scientific American 236(5)";
        pub(crate) const JASA: &str =
            "Efron & Morris 1975, JASA 70:311–319; averages there rounded to three digits";
        pub(crate) const JASA_TOWARD_0: &str =
            "Efron & Morris 1975, JASA 70:311–319, toward 0; typed from memory";
        pub(crate) const BDA_POOLED: &str = "Bayesian Data Analysis, § 5.5";
        pub(crate) const BDA_MEDIANS: &str = "Bayesian Data Analysis, table 5.3, from 200 draws";
        pub(crate) const BDA_RATS: &str =
            "Bayesian Data Analysis, § 5.1: a beta prior by moments of the 70 earlier groups";
        pub(crate) const SLIDES: &str = "The slides";
    }

    pub(crate) const MEAN_OF_AVERAGES: &str = "mean of the 18 averages";
    pub(crate) const SHARE_KEPT: &str = "share of each deviation kept";
    pub(crate) const CLEMENTE: &str = "James–Stein estimate for Clemente";
    pub(crate) const PLAYERS_CLOSER: &str = "players to whom James–Stein is closer";
    pub(crate) const MLE_OVER_JAMES_STEIN: &str = "MLE’s total squared error over James–Stein’s";
    pub(crate) const LOSS_OF_MLE: &str = "MLE’s total squared error";
    pub(crate) const LOSS_OF_JAMES_STEIN: &str = "James–Stein’s total squared error";
    pub(crate) const RATIO: &str = "their ratio";
    pub(crate) const POOLED_EFFECT: &str = "pooled effect";
    pub(crate) const ITS_SE: &str = "its standard error";
    pub(crate) const MLE_WITHIN: &str = "schools where the MLE errs by less than 0.5";
    pub(crate) const BAYES_WITHIN: &str = "the same for Bayes (slide: SDs known; here learned)";
    pub(crate) const MEAN_OF_SHARES: &str = "mean of the 70 shares";
    pub(crate) const SD_OF_SHARES: &str = "SD of the 70 shares";
    pub(crate) const ALPHA: &str = "α of the beta prior";
    pub(crate) const BETA: &str = "β of the beta prior";
    pub(crate) const CURRENT_MEAN: &str = "posterior mean of the current group";
    pub(crate) const CURRENT_SD: &str = "its posterior SD";
    pub(crate) const VARIANCE_OF_RATES: &str = "Â, variance of the true rates";

    /// - `unit`: its name.
    pub(crate) fn posterior_median(unit: &str) -> String {
        format!("posterior median of {unit}")
    }
}

/// Every unit in numbers.
pub(super) mod units {
    use crate::lab::Span;
    use crate::number;

    pub(crate) const TITLE: &str = "All numbers";
    /// Columns before the estimators.
    pub(crate) const FIRST_COLUMNS: [&str; 4] = ["name", "group", "measured", "SE"];
    pub(crate) const TRUTH: &str = "truth";

    /// Columns after the estimators.
    pub(crate) fn columns_of_bayes(level: f64) -> [String; 4] {
        let level = number::percent(level);
        [
            "posterior SD".to_owned(),
            format!("{level} from"),
            format!("{level} to"),
            "share removed".to_owned(),
        ]
    }

    /// - `unit`: what one is called.
    pub(crate) fn subtitle(unit: &str) -> Vec<Span> {
        vec![Span::plain(format!(
            "Every {unit} with all estimates, the interval of full Bayes and the share of its deviation that was removed."
        ))]
    }
}
