//! What the lab says.

use crate::number;

pub(super) const TITLE: &str = "limma";
pub(super) const SUMMARY: &str =
    "Variances of thousands of genes, each from a few samples, drawn toward a common one: the moderated t.";
pub(super) const SOURCES: &[&str] = &[
    "Smyth 2004, Stat. Appl. Genet. Mol. Biol. 3(1):3",
    "Ritchie et al. 2015, Nucleic Acids Res. 43:e47, doi:10.1093/nar/gkv007",
];
pub(super) fn too_few(least: usize) -> String {
    format!("At least {} genes are needed to learn from.", number::words(least))
}
pub(super) const INVITATION: &str = "Paste a table, drop a file on the field, or choose one: names of genes in one column, log expression in the others, a sample each. Which samples are of which group is guessed from the names and can be corrected.";
/// The model in four lines.
pub(super) const MODEL: [&str; 4] = [
    "a gene’s log fold change is normal with variance v σ²; its own variance s² is σ² times a χ² with d degrees of freedom, over d.",
    "1/σ² is a χ² with d₀ degrees of freedom, over d₀ s₀²: true variances scatter about s₀², the less the larger d₀.",
    "by moments. The variance of all log s² less what sampling alone would give is ψ′(d₀/2): what was observed less the noise, as James–Stein reads A off the data.",
    "s² moves toward s₀² by the share d₀/(d₀ + d), the same for every gene, and t gains d₀ degrees of freedom.",
];
/// What to predict, then to try.
pub(super) const QUESTIONS: &[&str] = &[
    "Which genes fall furthest down the list, and why are they those with the smallest s²?",
    "Give each group ten samples. Where has the benefit gone?",
    "Set the true d₀ to 2, then make all variances equal. When is trusting each gene alone right, when one variance for all?",
    "Set d₀ by hand, to both ends of the slider: whose list is it then?",
    "With 100 genes, take new data a few times. How well is d₀ determined, and does it matter?",
];
pub(super) const LEFT_OUT: &str = "Two groups and no other covariates; the variances are drawn toward one value for all genes, not toward a trend in expression (trend = TRUE), and outlying variances are not held apart (robust = TRUE). Genes are independent. With these options off the numbers are those of limma 3.54.1.";
/// What needs several genes.
pub(super) const PRIOR_OF_VARIANCES: &str = "a prior of variances";
/// - `gene`: counted from 0.
pub(super) fn gene(gene: usize) -> String {
    format!("gene {}", gene + 1)
}
/// How many of all genes a picture shows.
pub(super) fn shown(num_shown: usize, num_genes: usize) -> String {
    format!(" Shown are {num_shown} of the {}.", number::grouped(num_genes as u64))
}
pub(super) const CHANGED: &str = "changed";
pub(super) fn yes_or_no(is: bool) -> &'static str {
    if is { "yes" } else { "no" }
}

/// Who is in the pictures.
pub(super) mod legend {
    pub(crate) const OWN: &str = "own variance s², ordinary t";
    pub(crate) const MODERATED: &str = "moderated";
    pub(crate) const POOLED: &str = "one variance for all";
    pub(crate) const CHANGED: &str = "changed in truth";
}

/// Settings worth seeing.
pub(super) mod preset {
    pub(crate) const THREE: &str = "Three against three";
    pub(crate) const TWO: &str = "Two against two";
    pub(crate) const TEN: &str = "Ten against ten";
    pub(crate) const EQUAL: &str = "All variances equal";
    pub(crate) const DIFFERENT: &str = "Very different variances";
    pub(crate) const HUNDRED: &str = "A hundred genes";
    pub(crate) const OWN: &str = "Your own genes";
}

/// Above the pictures.
pub(super) mod heading {
    use crate::number;

    /// - `count`: of the reader's genes; 0 as long as there are none.
    pub(crate) fn own(count: usize) -> (String, String) {
        let heading = match count {
            0 => "Your own genes".to_owned(),
            _ => format!("Your own {} genes", number::grouped(count as u64)),
        };
        (heading, LEAD_OWN.to_owned())
    }

    /// - `replicates`: samples in each group.
    pub(crate) fn simulated(genes: usize, replicates: usize) -> (String, String) {
        let (genes, replicates) = (number::grouped(genes as u64), number::words(replicates));
        (format!("{genes} genes, {replicates} samples against {replicates}"), LEAD.to_owned())
    }
    const LEAD_OWN: &str =
        "Paste log expression, a gene a row and a sample a column, in two groups. It stays in this browser.";
    const LEAD: &str = "So few samples tell a gene’s variance badly, and the genes that look quietest by accident top the list. Together they know what a variance is like.";
}

/// What can be set.
pub(super) mod control {
    pub(crate) const DATA: &str = "Data";
    pub(crate) const LEARNED: &str = "learned";
    pub(crate) const BY_HAND: &str = "by hand";
    pub(crate) const SIMULATED: &str = "simulated";
    pub(crate) const YOUR_OWN: &str = "your own";
    pub(crate) const DIFFER: &str = "differ";
    pub(crate) const ALL_EQUAL: &str = "all equal";
    pub(crate) const PRIOR: &str = "Prior degrees of freedom";
    pub(crate) const HAND: &str = "Set by hand";
    pub(crate) const OWN: &str = "Your genes";
    pub(crate) const GENES: &str = "Genes";
    pub(crate) const REPLICATES: &str = "Samples in each group";
    pub(crate) const VARIANCES: &str = "True variances";
    pub(crate) const TRUE_DF: &str = "In truth";
    pub(crate) const CHANGED: &str = "Share that changes";
    pub(crate) const EFFECT: &str = "SD of their changes, in σ";
    pub(crate) const LIST: &str = "Length of the list";
    pub(crate) const HELP_PRIOR: &str =
        "Learned from all genes, or set by hand: 0 trusts each gene alone, ∞ pools all.";
    pub(crate) const HELP_OWN: &str = "A gene a row, log expression in the samples of two groups. Your data never leave this browser: nothing is sent anywhere.";
    pub(crate) const HELP_TRUE_DF: &str = "How alike the true variances are: the more, the more alike.";
    pub(crate) const HELP_LIST: &str = "How many genes one would follow up.";
}

/// Ways of ranking genes.
pub(super) mod test {
    pub(crate) const ORDINARY: &str = "ordinary t";
    pub(crate) const MODERATED: &str = "moderated t";
    pub(crate) const POOLED: &str = "one variance for all";
}

/// Variances drawn together.
pub(super) mod variances {
    use plots::Role;

    use crate::lab::Span;
    use crate::number;

    pub(crate) const Y: &str = "estimate of σ²";
    pub(crate) const X: &str = "its own variance s²";
    pub(crate) const OWN: &str = "its own s²";
    pub(crate) const MODERATED: &str = "moderated";
    pub(crate) const TITLE: &str = "Variances drawn together";
    pub(crate) fn common(prior_var: f64) -> String {
        format!("s₀² = {}", number::short(prior_var))
    }
    /// - `thinning`: how many genes are shown, or nothing.
    pub(crate) fn subtitle(thinning: &str) -> String {
        format!(
            "Every gene’s own variance, and where it is drawn: toward s₀², all by the same share of the way.{thinning}"
        )
    }

    /// - `own_df`: degrees of freedom of a gene's own variance.
    /// - `kept`: share of it that a gene keeps.
    pub(crate) fn weights(prior_df: f64, own_df: f64, kept: f64) -> Vec<Span> {
        vec![
            Span::plain("The other genes are worth d₀ = "),
            Span::of(Role::Bayes, df_text(prior_df)),
            Span::plain(format!(
                " further degrees of freedom beside its own {}: a gene keeps ",
                number::plain(own_df)
            )),
            Span::strong(number::percent(kept)),
            Span::plain(" of its own variance."),
        ]
    }

    /// - `prior_df`: what the genes teach, where it was set by hand.
    pub(crate) fn learned(prior_df: f64) -> Span {
        Span::plain(format!(" The data say d₀ = {}.", df_text(prior_df)))
    }

    pub(crate) fn in_truth(prior_df: f64) -> [Span; 3] {
        [Span::plain(" In truth it is "), Span::of(Role::Truth, df_text(prior_df)), Span::plain(".")]
    }

    pub(crate) const NO_DIFFERENCE: &str =
        " The s² differ no more than sampling alone would make them, so that d₀ is ∞.";

    /// The numbers as text that d₀ has.
    fn df_text(df: f64) -> String {
        if df.is_infinite() { "∞".to_owned() } else { number::short(df) }
    }
}

/// How variances differ.
pub(super) mod distribution {
    pub(crate) const AXIS: &str = "s², logarithmic";
    pub(crate) const OWN: &str = "s² of the genes";
    pub(crate) const PRIOR: &str = "what d₀ and s₀² say";
    pub(crate) const SUBTITLE: &str =
        "If true variances scatter as the prior says, the s² follow s₀² times an F distribution.";
    pub(crate) const TITLE: &str = "How variances differ";
}

/// Ordinary against moderated t.
pub(super) mod statistics {
    pub(crate) const ORDINARY: &str = "ordinary |t|";
    pub(crate) const MODERATED: &str = "moderated |t|";
    pub(crate) const NOT_CHANGED: &str = "not changed";
    pub(crate) const TITLE: &str = "What it does to t";
    /// - `thinning`: how many genes are shown, or nothing.
    pub(crate) fn subtitle(thinning: &str) -> String {
        format!(
            "Below the dashed line a gene’s t has shrunk: its own variance was small by accident, or is.{thinning}"
        )
    }
}

/// False discoveries.
pub(super) mod discoveries {
    use crate::lab::Span;

    pub(crate) const TITLE: &str = "False discoveries";
    pub(crate) const POOLED: &str = "log fold change alone, as one variance for all would have it";

    pub(crate) fn of_first(list: usize) -> Span {
        Span::plain(format!("Of the first {list} genes have not changed: "))
    }

    /// - `test`: by which the genes were ranked.
    pub(crate) fn by(test: &str, is_last: bool) -> Span {
        Span::plain(format!(" by the {test}{}", if is_last { "." } else { "; " }))
    }

    pub(crate) fn list(len: usize) -> String {
        format!("list of {len}")
    }
    pub(crate) const NEEDS_TRUTH: &str = "False discoveries can be counted only by who knows the truth.";
    pub(crate) const X: &str = "genes on the list";
    pub(crate) const Y: &str = "share not changed";
    pub(crate) const SUBTITLE: &str =
        "Genes ranked three ways: by their own variance, by the moderated one, and as if all had the same.";
}

/// What the list finds.
pub(super) mod found {
    use plots::Role;

    use crate::lab::Span;
    use crate::number;

    pub(crate) const TITLE: &str = "What the list finds";
    pub(crate) const NEEDS_TRUTH: &str = "What was missed can be counted only by who knows the truth.";
    pub(crate) const NONE: &str = "No gene has changed: there is nothing to find.";
    pub(crate) const Y: &str = "share of the changed genes";
    pub(crate) const SUBTITLE: &str =
        "Of all genes that have changed, the share that stands on a list of this length.";

    /// - `shares`: of each test its name, its color, and what it finds.
    pub(crate) fn remark(num_changed: usize, list: usize, shares: &[(&str, Role, f64)]) -> Vec<Span> {
        let num_changed = number::grouped(num_changed as u64);
        let mut remark =
            vec![Span::plain(format!("{num_changed} genes have changed. Of these a list of {list} holds "))];
        for (i, (test, role, share)) in shares.iter().enumerate() {
            remark.push(Span::of(*role, number::percent(*share)));
            let end = if i + 1 == shares.len() { "." } else { ", " };
            remark.push(Span::plain(format!(" by {test}{end}")));
        }
        remark
    }
}

/// Who falls.
pub(super) mod losers {
    pub(crate) const COLUMNS: [&str; 4] = ["gene", "s", "place", "now"];
    pub(crate) fn subtitle(list: usize) -> String {
        format!("Of the first {list} by the ordinary t, those that lose most places. Look at their s.")
    }
    pub(crate) const TITLE: &str = "Who falls";
}

/// The top of the list.
pub(super) mod top {
    use crate::number;

    /// - `count`: genes with an adjusted p-value below 0.05.
    pub(crate) fn subtitle(count: usize) -> String {
        format!(
            "Genes by moderated t, second group less first. {} have an adjusted p below 0.05; the log odds B take 1 % of genes to change.",
            number::grouped(count as u64)
        )
    }
    pub(crate) const COLUMNS: [&str; 7] = ["gene", "logFC", "AveExpr", "t", "P.Value", "adj.P.Val", "B"];
    pub(crate) const TITLE: &str = "The top of the list";
}
