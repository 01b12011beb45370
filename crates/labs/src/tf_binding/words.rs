//! What the lab says.

pub(super) const TITLE: &str = "TF binding";
pub(super) const SUMMARY: &str = "What predicts where a transcription factor binds, in all cell types and in each: experiments pooled in a tree.";
pub(super) const SOURCES: &[&str] = &[
    "Love et al. 2017, Nucleic Acids Res. 45:1805–1819, doi:10.1093/nar/gkw1163",
    "Luo et al. 2022, Genome Res. (TOP), doi:10.1101/gr.272203.120",
];
pub(super) const INVITATION: &str = "Paste a table, drop a file on the field, or choose one: a row for each feature in each experiment, with its cell type, coefficient and standard error.";
/// The model in four lines.
pub(super) const MODEL: [&str; 4] = [
    "a coefficient as the regression of one experiment gives it is normal about the true one, with its standard error.",
    "coefficients of experiments scatter about their cell type, cell types about all, all about 0. Each cell type has an SD of its own.",
    "from all features together: many features teach how different cell types and experiments are. Full Bayes averages over the SDs, four chains of NUTS; given them all nodes are exact.",
    "an experiment moves toward its cell type, a cell type toward all, the more the less is known of it. A cell type with one experiment moves further than one with two.",
];
/// What to predict, then to try.
pub(super) const QUESTIONS: &[&str] = &[
    "Which cell type’s own effect is real, and which is one noisy experiment?",
    "Take the second experiment away from IMR90 (1,1,1). Who moves?",
    "Give each experiment more sites. From where on does pooling stop to matter?",
    "Take the likeliest SDs. Does one end at 0, and what becomes of its cell type? What does full Bayes say of it?",
    "Why does one feature teach another anything?",
];
pub(super) const LEFT_OUT: &str = "Each experiment enters as its coefficients and standard errors, not as counts: a normal summary. Simulated counts are negative binomial with size 2, known to the regression; this law, the half-normal(1) priors of the SDs and the names of simulated features and cell types are ours, the graph is that of the published model. On a simulated set the two stages gave every node within 0.01 of the full model.";

/// Who is in the pictures.
pub(super) mod legend {
    pub(crate) const ONE_EXPERIMENT: &str = "one experiment’s regression";
    pub(crate) const PARTIAL: &str = "partial pooling";
    pub(crate) const LIKELIEST: &str = "partial, likeliest SDs";
    pub(crate) const COMPLETE: &str = "complete pooling";
    pub(crate) const TRUTH: &str = "truth";
}

/// Settings worth seeing.
pub(super) mod preset {
    pub(crate) const THREE_TYPES: &str = "Three cell types";
    pub(crate) const NO_POOLING: &str = "No pooling";
    pub(crate) const AT_ZERO: &str = "An SD that ends at 0";
    pub(crate) const MANY_SITES: &str = "Many sites";
    pub(crate) const TWENTY: &str = "Twenty experiments";
    pub(crate) const OWN: &str = "Your own coefficients";
}

/// Above the pictures.
pub(super) mod heading {
    use crate::number;

    pub(crate) const LEAD: &str = "Several experiments in each cell type, each a regression of binding on chromatin and sequence. Some effects hold everywhere, some only in one cell type, and some are one noisy experiment.";
    /// - `types`, `features`: how many of each.
    pub(crate) fn simulated(types: usize, features: usize) -> String {
        format!(
            "{} cell types, {} features, and what they have in common",
            number::capitalized(&number::words(types)),
            number::words(features)
        )
    }
    pub(crate) const OWN: &str = "Your own experiments, pooled";
}

/// The chains.
pub(super) mod sampler {
    pub(crate) const NAME: &str = "NUTS on the SDs";
    pub(crate) const CURE: &str = "Add features or experiments";
}

/// What can be set.
pub(super) mod control {
    pub(crate) const POOLING: &str = "Pooling";
    pub(crate) const HELP_NONE: &str = "Each experiment speaks for itself.";
    pub(crate) const HELP_COMPLETE: &str = "All experiments measure one thing.";
    pub(crate) const HELP_LIKELY: &str =
        "Partial, with the SDs that make the data most likely: one may end at 0.";
    pub(crate) const HELP_PARTIAL: &str = "Partial, averaged over all SDs that the data allow.";
    pub(crate) const PARTIAL: &str = "partial";
    pub(crate) const LIKELIEST: &str = "likeliest";
    pub(crate) const NONE: &str = "none";
    pub(crate) const COMPLETE: &str = "complete";
    pub(crate) const SIMULATED: &str = "simulated";
    pub(crate) const YOUR_OWN: &str = "your own";
    pub(crate) const DATA: &str = "Data";
    pub(crate) const OWN: &str = "Your coefficients";
    pub(crate) const HELP_OWN: &str = "Feature, experiment, cell type, coefficient and standard error, a row each. Your data never leave this browser: nothing is sent anywhere.";
    pub(crate) const FEATURES: &str = "Features";
    pub(crate) const CELL_TYPES: &str = "Cell types";
    pub(crate) const EXPERIMENTS: &str = "Experiments of each";
    pub(crate) const SITES: &str = "Sites in each experiment";
    pub(crate) const SD_ALL: &str = "SD of features about 0";
    pub(crate) const SD_TYPE: &str = "SD of cell types about all";
    pub(crate) const SD_DEVIANT: &str = "SD of the last cell type";
    pub(crate) const HELP_DEVIANT: &str = "How far one deviant cell type strays from all.";
    pub(crate) const SD_EXPERIMENT: &str = "SD of experiments";
}

/// What simulated data are called.
pub(super) mod simulated {
    /// Names of simulated features, which only say what such a thing may be.
    pub(crate) const FEATURES: [&str; 12] = [
        "accessibility",
        "H3K4me1",
        "H3K4me2",
        "H3K4me3",
        "H3K27ac",
        "H3K9ac",
        "H3K36me3",
        "motif score",
        "H3K27me3",
        "H4K20me1",
        "CpG content",
        "conservation",
    ];
    /// And of simulated cell types.
    pub(crate) const CELL_TYPES: [&str; 5] = ["A549", "IMR90", "K562", "U2OS", "HepG2"];
    /// - `number`: of the experiment in its cell type, counted from 1.
    pub(crate) fn experiment(cell_type: &str, number: usize) -> String {
        format!("{cell_type} rep {number}")
    }
}

/// Every node of every feature.
pub(super) mod forest {
    use plots::Role;

    use crate::lab::Span;
    use crate::number;

    /// What the pooling is called.
    pub(crate) fn pooling(pooling: &str) -> &'static str {
        match pooling {
            "none" => "Every experiment for itself; a cell type is the mean of its experiments.",
            "complete" => "All experiments are taken to measure one thing.",
            "likely" => "Partial pooling with the SDs that make the data most likely.",
            _ => "Partial pooling, averaged over the SDs that the data allow.",
        }
    }
    /// - `num_more`: features that are not drawn.
    pub(crate) fn subtitle(pooling: &str, num_more: usize) -> String {
        let more = match num_more {
            0 => String::new(),
            more => format!(" {more} more features are not drawn; the table has them."),
        };
        format!(
            "{} Bars: 90 %; blue above 0, orange below, paler the less sure its sign; open circles: the experiment alone.{more}",
            self::pooling(pooling)
        )
    }
    pub(crate) const TITLE: &str = "Coefficients, from experiment to all";
    /// - `of_type`, `of_all`: true coefficients of the feature.
    pub(crate) fn strays(cell_type: &str, feature: &str, of_type: f64, of_all: f64) -> Vec<Span> {
        vec![
            Span::plain(format!("In truth {cell_type} strays most in {feature}: ")),
            Span::of(Role::Truth, number::fixed(of_type, 2)),
            Span::plain(" against "),
            Span::of(Role::Truth, number::fixed(of_all, 2)),
            Span::plain(" for all."),
        ]
    }
}

/// The SDs.
pub(super) mod scales {
    pub(crate) const ALL: &str = "λ all";
    pub(crate) fn cell_type(name: &str) -> String {
        format!("ν {name}")
    }
    pub(crate) const EXPERIMENTS: &str = "β experiments";
    pub(crate) const DRAWS: &str =
        "Draws of the SDs that all features share; bars: 80 % and 95 %, dot: median.";
    pub(crate) const LIKELIEST_ONLY: &str = "The SDs that make the data most likely.";
    pub(crate) const LIKELIEST: &str = "Likeliest values: ";
    /// - `names`: of the cell types whose SD ends at 0.
    pub(crate) fn at_zero(names: &[&str]) -> String {
        match names.len() {
            0 => ".".to_owned(),
            num => format!(
                ". That of {} ends at 0, which would make {} the same as all: the failure of empirical Bayes at a boundary, where full Bayes keeps a posterior.",
                names.join(" and "),
                if num == 1 { "it" } else { "them" }
            ),
        }
    }
    pub(crate) const TITLE: &str = "How different cell types are";
}

/// Who comes closest.
pub(super) mod errors {
    pub(crate) const TITLE: &str = "Who comes closest";
    pub(crate) const NEEDS_TRUTH: &str = "Errors can be counted only by who knows the truth.";
    pub(crate) const NONE: &str = "No pooling";
    pub(crate) const COMPLETE: &str = "Complete pooling";
    pub(crate) const LIKELIEST: &str = "Partial, likeliest SDs";
    pub(crate) const PARTIAL: &str = "Partial pooling";
    pub(crate) const AXIS: &str = "total squared error";
    pub(crate) const SUBTITLE: &str =
        "Total squared error of the coefficients of all features in all experiments.";
}

/// The table of all nodes.
pub(super) mod nodes {
    pub(crate) const TITLE: &str = "Node by node";
    pub(crate) const SUBTITLE: &str =
        "Every feature in every experiment, cell type and all: as measured, and as pooled.";
    pub(crate) const COLUMNS: [&str; 7] = ["feature", "level", "name", "measured", "its SE", "pooled", "SD"];
    pub(crate) const TRUTH: &str = "true";
    pub(crate) const ALL: &str = "all";
    pub(crate) const CELL_TYPE: &str = "cell type";
    pub(crate) const EXPERIMENT: &str = "experiment";
}
