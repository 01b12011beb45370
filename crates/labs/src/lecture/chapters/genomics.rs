//! Chapters 16 to 19: the same shrinkage in genomics.

use crate::lab::Preset;
use crate::lecture::{Ask, Chapter, Question, Step, answers};

pub(super) const VARIANCES: Chapter = Chapter {
    title: "Hierarchical models in genomics",
    link: "#/limma",
    panel: "variances",
    words: &[
        "Thousands of genes, each measured in three samples against three: now it is the variance of a gene that is hardly known. Those that look quiet by accident get the largest t, and fill the top of the list.",
        "So limma draws each variance toward a common one. How far it is learned as James–Stein learns A: the variance of all log s², less what sampling alone would give. DESeq2’s picture of dispersions is the same idea, for counts.",
    ],
    formulas: &[
        r"\tilde s_g^2 = \frac{d_0 s_0^2 + d\, s_g^2}{d_0 + d}",
        r"\psi'(d_0/2) = \widehat{\mathrm{var}}(\log s^2) - \psi'(d/2)",
    ],
    scenes: &[
        Preset { label: "Three against three", link: "#/limma" },
        Preset { label: "Ten against ten", link: "#/limma?replicates=10" },
        Preset { label: "All variances equal", link: "#/limma?variances=equal" },
    ],
    handles: &["replicates", "d0", "list"],
    steps: &[
        Step {
            panel: "variances",
            thought: "Each gene’s variance moves toward the common one, all by the same share of the way.",
            scene: 0,
        },
        Step {
            panel: "statistics",
            thought: "What that does to t: genes that only looked quiet fall below the line.",
            scene: 0,
        },
        Step {
            panel: "discoveries",
            thought: "Fewer false discoveries than with each gene’s own variance, or with one for all.",
            scene: 0,
        },
        Step {
            panel: "discoveries",
            thought: "Ten samples tell a variance well: the lists come together, as Bayes comes to the MLE.",
            scene: 1,
        },
        Step {
            panel: "distribution",
            thought: "Where all true variances are equal, the data say so: d₀ grows beyond all bounds, or nearly.",
            scene: 2,
        },
    ],
    question: Some(Question {
        text: "One gene in ten has changed. Of the first 100 by the moderated t, what share has not?",
        ask: Ask::Bar { min: 0.0, max: 100.0, step: 1.0, unit: " %" },
        answer: answers::false_on_list,
        covers: &["discoveries", "found", "top"],
        why: "Most changes are no larger than what three samples scatter by, so that a list of a hundred holds many that only seem to have changed; a steadier variance keeps out some of them.",
        is_exact: false,
    }),
};

pub(super) const BOTH_WITH_ERROR: Chapter = Chapter {
    title: "Hierarchical models in eQTL and GWAS",
    link: "#/mrlocus?errors=ignored&se_a=0.3",
    panel: "line",
    words: &[
        "A SNP has an effect on the expression of a gene (eQTL) and one on a trait (GWAS), and both are only estimated, with standard errors. The true effects are the middle level, and the model says what they have in common.",
        "The slide’s formulas are of models with many SNPs at once: eCAVIAR asks which SNP is causal in both studies, GENESIS how many there are at all. They have no lab here yet; this one keeps a SNP for each cluster and shows what becomes of it if one study’s errors are ignored.",
    ],
    formulas: &[
        r"\hat\beta^A_j \sim \mathrm{N}(\beta^A_j, (\mathrm{se}^A_j)^2)",
        r"\hat\beta^B_j \sim \mathrm{N}(\beta^B_j, (\mathrm{se}^B_j)^2)",
        r"\beta^B_j \sim \mathrm{N}(\alpha \beta^A_j, \sigma^2)",
    ],
    scenes: &[
        Preset { label: "Errors ignored", link: "#/mrlocus?errors=ignored&se_a=0.3" },
        Preset { label: "Errors taken into account", link: "#/mrlocus?se_a=0.3" },
    ],
    handles: &["errors", "se_a", "seed"],
    steps: &[
        Step {
            panel: "line",
            thought: "The effects on expression are taken as if they were known. What they scatter looks like dispersion.",
            scene: 0,
        },
        Step {
            panel: "line",
            thought: "With their errors in the model, points move sideways too, and the band becomes narrower.",
            scene: 1,
        },
        Step {
            panel: "contours",
            thought: "Slope and dispersion together: the posterior reaches down to σ = 0 now.",
            scene: 1,
        },
    ],
    question: Some(Question {
        text: "Clusters truly scatter about the line with an SD of 0.12. What will the model say that ignores the errors of the effects on expression?",
        ask: Ask::Bar { min: 0.0, max: 1.0, step: 0.01, unit: "" },
        answer: answers::dispersion,
        covers: &["line", "contours", "dispersion"],
        why: "An error sideways is a distance from the line like any other; a model that knows of no such errors can only call it dispersion.",
        is_exact: false,
    }),
};

pub(super) const CELL_TYPES: Chapter = Chapter {
    title: "TF binding across cell types",
    link: "#/tf-binding",
    panel: "forest",
    words: &[
        "Schools in regions, once more: experiments are the schools, cell types the regions. In each experiment a regression says how binding of a transcription factor goes with features of chromatin; the hierarchy says what they have in common.",
        "A cell type with one experiment leans more on the others than one with two. And all features together teach how far cell types differ at all.",
    ],
    formulas: &[
        r"\hat\beta_{jk} \sim \mathrm{N}(\beta_{jk}, s_{jk}^2)",
        r"\beta_{jk} \sim \mathrm{N}(\nu_{j,c(k)}, \sigma_\beta^2)",
        r"\nu_{jc} \sim \mathrm{N}(\lambda_j, \sigma_{\nu,c}^2)",
    ],
    scenes: &[
        Preset { label: "Partial pooling", link: "#/tf-binding" },
        Preset { label: "No pooling", link: "#/tf-binding?pooling=none" },
        Preset { label: "One experiment each", link: "#/tf-binding?reps=1" },
        Preset { label: "Many sites", link: "#/tf-binding?sites=400" },
    ],
    handles: &["pooling", "sites"],
    steps: &[
        Step {
            panel: "forest",
            thought: "Each experiment for itself: which cell type’s own effect is real, which is one noisy experiment?",
            scene: 1,
        },
        Step {
            panel: "forest",
            thought: "Pooled: experiments move toward their cell type, cell types toward all.",
            scene: 0,
        },
        Step {
            panel: "forest",
            thought: "Without its second experiment IMR90 moves further toward all.",
            scene: 2,
        },
        Step {
            panel: "scales",
            thought: "How far each cell type strays is learned from all features together.",
            scene: 0,
        },
        Step {
            panel: "errors",
            thought: "With many sites each experiment knows enough: pooling hardly matters any more.",
            scene: 3,
        },
    ],
    question: Some(Question {
        text: "How much of the total squared error of no pooling will partial pooling save on these experiments?",
        ask: Ask::Bar { min: -100.0, max: 100.0, step: 1.0, unit: " %" },
        answer: answers::saved_by_pooling,
        covers: &["errors", "forest", "nodes"],
        why: "With sixty sites a regression is about as uncertain as cell types differ, so that the others are worth as much as its own data; with many sites there is little left to save.",
        is_exact: false,
    }),
};

pub(super) const SLOPE: Chapter = Chapter {
    title: "In the Stein lab: MRLocus",
    link: "#/mrlocus",
    panel: "line",
    words: &[
        "Does a gene mediate a trait? If several SNPs that raise its expression also move the trait, and in proportion, it probably does. MRLocus estimates that slope and how closely the SNPs keep to it, with both effects measured with error.",
        "Integrate the true effects out and two unknowns are left, small enough for a grid: drag a cluster and the posterior follows. Is one that leaves the line dispersion, or does it act on the trait by another way?",
    ],
    formulas: &[
        r"\beta^B_j \sim \mathrm{N}(\alpha \beta^A_j, \sigma^2)",
        r"p(\alpha, \sigma \mid \hat\beta) \propto p(\alpha)\, p(\sigma) \prod_j \mathrm{N}_2(\hat\beta_j \mid 0, V_j(\alpha, \sigma))",
    ],
    scenes: &[
        Preset { label: "Six clusters", link: "#/mrlocus" },
        Preset { label: "One off the line", link: "#/mrlocus?moves=3_0_0.6" },
        Preset { label: "All effects alike", link: "#/mrlocus?least=0.8&largest=0.8" },
        Preset { label: "Two clusters", link: "#/mrlocus?clusters=2" },
    ],
    handles: &["dispersion", "se_b", "clusters"],
    steps: &[
        Step {
            panel: "line",
            thought: "Six clusters, a line through the origin, and how far clusters scatter about it. Drag one.",
            scene: 0,
        },
        Step {
            panel: "contours",
            thought: "The whole posterior: a grid in two dimensions, with a narrow end near σ = 0 where samplers get stuck.",
            scene: 0,
        },
        Step {
            panel: "line",
            thought: "One cluster off the line: the band widens for all of them.",
            scene: 1,
        },
        Step {
            panel: "slope",
            thought: "All effects of one size: many slopes fit, and the interval widens.",
            scene: 2,
        },
        Step {
            panel: "dispersion",
            thought: "Two clusters: what is said of σ is mostly the prior.",
            scene: 3,
        },
    ],
    question: Some(Question {
        text: "Six clusters, and a true slope of 0.5. How wide will the 80 % interval of the slope be?",
        ask: Ask::Bar { min: 0.0, max: 1.0, step: 0.01, unit: "" },
        answer: answers::width_of_slopes,
        covers: &["line", "contours", "slope"],
        why: "Each cluster tells the slope as well as its errors and the dispersion let it, in proportion to its effect on expression; six of them leave a good part of it open.",
        is_exact: false,
    }),
};
