//! What the lab says.

use plots::Role;

use crate::lab::Span;
use crate::number;

pub(super) const TITLE: &str = "MRLocus";
pub(super) const SUMMARY: &str =
    "Does a gene mediate a trait? A slope through clusters of SNPs, both effects measured with error.";
pub(super) const SOURCE: &str =
    "Zhu, Matoba et al. 2021, PLoS Genet. 17:e1009455, doi:10.1371/journal.pgen.1009455";
pub(super) fn too_many(num: usize, most: usize) -> String {
    format!("{num} clusters are too many; at most {most} are analyzed.")
}
pub(super) const INVITATION: &str = "Paste a table, drop a file on the field, or choose one: for each cluster of SNPs the estimated effect on expression and on the trait, and their standard errors.";
/// The model in four lines.
pub(super) const MODEL: [&str; 4] = [
    "a cluster’s two estimated effects are normal about its true ones, with known standard errors.",
    "the true effect on the trait is normal about the line, α times the true effect on expression, with SD σ.",
    "by a grid over (α, σ) in two dimensions, all effects integrated out. The priors are set from the data as the program does, and wide.",
    "both effects of a cluster move toward the line, the less surely measured one further.",
];
/// What to predict, then to try.
pub(super) const QUESTIONS: &[&str] = &[
    "Raise the errors of the effects on expression. Which way does least squares move, which way α? Ignore them: which way does σ?",
    "Give all effects on expression one size. What becomes of the interval of α, what of σ?",
    "Drag one cluster off the line. Is it dispersion, or a cluster that acts on the trait by another way?",
    "Take two clusters. How much of the posterior of σ is prior?",
];
pub(super) const LEFT_OUT: &str = "This is the second step only: clusters are given, one SNP each, with effects signed so that each raises expression. The first step, which finds that SNP within each cluster, is left out. The published program samples the same posterior with Stan, whose chains diverge where σ is near 0; the grid has no such place. How far true effects on expression scatter is set wide from the data, not learned: large errors there draw α toward 0 nearly as they do least squares, and what the model saves is the dispersion and the width of the interval.";
/// How much narrower the posterior is than the prior.
pub(super) fn ratio(posterior_sd: f64, prior_sd: f64) -> Vec<Span> {
    vec![
        Span::plain("Its SD is "),
        Span::of(Role::Bayes, number::fixed(posterior_sd, 3)),
        Span::plain(format!(
            ", {} of the prior’s {}.",
            number::percent(posterior_sd / prior_sd),
            number::fixed(prior_sd, 3)
        )),
    ]
}
pub(super) const SLOPE: &str = "slope α";
pub(super) const DISPERSION: &str = "dispersion σ";

/// Who is in the pictures.
pub(super) mod legend {
    pub(crate) const MEASURED: &str = "measured, least squares";
    pub(crate) const POSTERIOR: &str = "posterior";
    pub(crate) const TRUTH: &str = "truth";
}

/// Settings worth seeing.
pub(super) mod preset {
    pub(crate) const SIX: &str = "Six clusters";
    pub(crate) const IGNORED: &str = "Errors ignored";
    pub(crate) const LARGE: &str = "Large errors, taken into account";
    pub(crate) const TWO: &str = "Two clusters";
    pub(crate) const ALIKE: &str = "All effects alike";
    pub(crate) const OFF_THE_LINE: &str = "One off the line";
    pub(crate) const OWN: &str = "Your own clusters";
}

/// Above the pictures.
pub(super) mod heading {
    use crate::number;

    pub(crate) const LEAD: &str = "If several SNPs that raise a gene’s expression also raise a trait, and in proportion, the gene probably mediates it. Here is how strongly, and how consistently.";

    /// - `num`: of clusters.
    pub(crate) fn simulated(num: usize) -> String {
        format!("{} clusters of SNPs, one gene, one trait", number::capitalized(&number::words(num)))
    }

    /// - `num`: of the reader's clusters; 0 as long as there are none.
    pub(crate) fn own(num: usize) -> String {
        match num {
            0 => "Your own clusters".to_owned(),
            1 => "Your own cluster".to_owned(),
            _ => format!("Your own {num} clusters"),
        }
    }
}

/// What can be set.
pub(super) mod control {
    pub(crate) const DATA: &str = "Data";
    pub(crate) const MOVE: &str = "Move a cluster";
    pub(crate) const USED: &str = "taken into account";
    pub(crate) const IGNORED: &str = "ignored";
    pub(crate) const HIDDEN: &str = "hidden";
    pub(crate) const SHOWN: &str = "shown";
    pub(crate) const SIMULATED: &str = "simulated";
    pub(crate) const YOUR_OWN: &str = "your own";
    pub(crate) const ERRORS: &str = "Errors of the effects on expression";
    pub(crate) const PRIOR: &str = "What the prior expects";
    pub(crate) const OWN: &str = "Your clusters";
    pub(crate) const CLUSTERS: &str = "Clusters";
    pub(crate) const SLOPE: &str = "True slope";
    pub(crate) const DISPERSION: &str = "True dispersion";
    pub(crate) const LEAST: &str = "Least effect on expression";
    pub(crate) const LARGEST: &str = "Largest effect on expression";
    pub(crate) const SE_A: &str = "SE, expression";
    pub(crate) const SE_B: &str = "SE, trait";
    pub(crate) const DRAGGED: &str = "Dragged clusters";
    pub(crate) const MOVED: &str = "Cluster to move";
    pub(crate) const ACROSS: &str = "Across: effect on expression";
    pub(crate) const UP: &str = "Up: effect on the trait";
    pub(crate) const HELP_ERRORS: &str = "Ignored, what they scatter counts as dispersion σ.";
    pub(crate) const HELP_PRIOR: &str = "The prior’s 80 % of slopes, behind the points.";
    pub(crate) const HELP_OWN: &str = "Effects on expression and on the trait with their standard errors, a cluster a row. Your data never leave this browser: nothing is sent anywhere.";
    pub(crate) const HELP_DRAGGED: &str = "Drag a cluster in the picture, or choose it with the arrow keys and move it with Shift and an arrow.";
}

/// The clusters and the line.
pub(super) mod line {
    use plots::Role;

    use crate::lab::Span;
    use crate::number;

    /// - `slope`, `dispersion`: posterior mean, and the 10 and 90 % quantiles.
    /// - `truth`: the true slope; `None` while it is hidden or unknown.
    pub(crate) fn remark(
        slope: (f64, [f64; 2]),
        dispersion: (f64, [f64; 2]),
        least_squares: f64,
        truth: Option<f64>,
    ) -> Vec<Span> {
        let interval = |[low, high]: [f64; 2]| {
            format!("80 % from {} to {}", number::fixed(low, 3), number::fixed(high, 3))
        };
        let mut remark = vec![
            Span::plain("The slope α is "),
            Span::of(Role::Bayes, number::fixed(slope.0, 3)),
            Span::plain(format!(", {}; the dispersion σ ", interval(slope.1))),
            Span::of(Role::Bayes, number::fixed(dispersion.0, 3)),
            Span::plain(format!(", {}. Least squares says ", interval(dispersion.1))),
            Span::of(Role::Mle, number::fixed(least_squares, 3)),
        ];
        if let Some(truth) = truth {
            remark.push(Span::plain("; in truth it is "));
            remark.push(Span::of(Role::Truth, number::fixed(truth, 2)));
        }
        remark.push(Span::plain("."));
        remark
    }
    pub(crate) const PRIOR: &str = "prior";
    pub(crate) const LEAST_SQUARES: &str = "least squares";
    pub(crate) const TRUTH: &str = "truth";
    pub(crate) const LEGEND_MEASURED: &str = "measured ± 1 SE; least squares";
    pub(crate) const LEGEND_POSTERIOR: &str = "posterior";
    pub(crate) const LEGEND_TRUTH: &str = "true line";
    pub(crate) const X: &str = "effect on expression (eQTL)";
    pub(crate) const Y: &str = "effect on the trait (GWAS)";
    pub(crate) const BAND: &str = "±1.28 σ";
    pub(crate) const TITLE: &str = "From expression to the trait";
    pub(crate) const SUBTITLE: &str = "Each cluster as measured, and where the model puts it. Line: the posterior mean of α; dashed: its 80 %; band: what 80 % of clusters scatter about it. Drag a cluster: all of it follows.";
}

/// The posterior in two dimensions.
pub(super) mod contours {
    pub(crate) const MEANS: &str = "posterior means";
    pub(crate) const SUBTITLE: &str = "Contours hold 50, 80 and 95 % of the posterior. Near σ = 0 it narrows to a funnel: samplers get stuck there, the grid does not.";
    pub(crate) const TITLE: &str = "Slope and dispersion together";
}

/// One parameter at a time.
pub(super) mod densities {
    pub(crate) const SLOPE: &str = "The slope";
    pub(crate) const DISPERSION: &str = "The dispersion";
}

/// Cluster by cluster.
pub(super) mod table {
    pub(crate) const COLUMNS: [&str; 7] =
        ["cluster", "expression", "trait", "→ expression", "SD", "→ trait", "SD"];
    pub(crate) const TRUE_COLUMNS: [&str; 2] = ["true expression", "true trait"];
    pub(crate) const SUBTITLE: &str =
        "The two effects of each cluster as measured, and after the arrow as the model has them.";
    pub(crate) const TITLE: &str = "Cluster by cluster";
}
