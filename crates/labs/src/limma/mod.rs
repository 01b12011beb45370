//! limma: each gene's variance is drawn toward a common one, and with it the t-test steadied.
//!
//! y ~ N(β, σ_g²) in two groups of samples, 1/σ_g² ~ χ²_{d₀} / (d₀ s₀²): thousands of genes tell what a
//! typical variance is and how much variances differ.

mod controls;
mod figures;
mod genes;
mod programs;

use plots::Role;

use self::controls::CONTROLS;
use self::genes::{Genes, LEAST_GENES};
use crate::code::Code;
use crate::control::{Control, Notice, Values};
use crate::lab::{Compute, Extras, Lab, Legend, Meta, Panel, Preset, Run};
use crate::{number, prose};

/// The lab.
#[derive(Debug)]
pub(crate) struct Limma;

static META: Meta = Meta {
    slug: "limma",
    title: "limma",
    summary: "Variances of thousands of genes, each from a few samples, drawn toward a common one: the moderated t.",
    formulas: &[
        r"s_g^2 \mid \sigma_g^2 \sim \frac{\sigma_g^2}{d}\, \chi^2_d",
        r"\frac{1}{\sigma_g^2} \sim \frac{1}{d_0 s_0^2}\, \chi^2_{d_0}",
        r"\tilde s_g^2 = \frac{d_0 s_0^2 + d\, s_g^2}{d_0 + d}",
        r"\tilde t_g = \frac{\hat\beta_g}{\tilde s_g \sqrt{v}}",
    ],
    legend: &[
        Legend { role: Role::Mle, label: "own variance s², ordinary t" },
        Legend { role: Role::Bayes, label: "moderated" },
        Legend { role: Role::RegionMean, label: "one variance for all" },
        Legend { role: Role::Oracle, label: "changed in truth" },
    ],
    sources: &[
        "Smyth 2004, Stat. Appl. Genet. Mol. Biol. 3(1):3",
        "Ritchie et al. 2015, Nucleic Acids Res. 43:e47, doi:10.1093/nar/gkv007",
    ],
    presets: &[
        Preset { label: "Three against three", link: "#/limma" },
        Preset { label: "Two against two", link: "#/limma?replicates=2" },
        Preset { label: "Ten against ten", link: "#/limma?replicates=10" },
        Preset { label: "All variances equal", link: "#/limma?variances=equal" },
        Preset { label: "Very different variances", link: "#/limma?d0=2" },
        Preset { label: "A hundred genes", link: "#/limma?genes=100" },
        Preset { label: "Your own genes", link: "#/limma?set=own" },
    ],
};

impl Lab for Limma {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn controls(&self) -> &'static [Control] {
        &CONTROLS
    }

    fn heading(&self, values: &Values) -> (String, String) {
        if !controls::is_simulated(values) {
            let count = values.table("own").len();
            let heading = match count {
                0 => "Your own genes".to_owned(),
                _ => format!("Your own {} genes", number::grouped(count as u64)),
            };
            let lead = "Paste log expression, a gene a row and a sample a column, in two groups. It stays in this browser.";
            return (heading, lead.to_owned());
        }
        let replicates = number::words(values.whole("replicates"));
        (
            format!(
                "{} genes, {replicates} samples against {replicates}",
                number::grouped(values.whole("genes") as u64)
            ),
            "So few samples tell a gene’s variance badly, and the genes that look quietest by accident top the list. Together they know what a variance is like.".to_owned(),
        )
    }

    fn notices(&self, values: &Values) -> Vec<Notice> {
        let own = values.table("own");
        if controls::is_simulated(values) || own.is_empty() || own.len() >= LEAST_GENES {
            return Vec::new();
        }
        let message = format!("At least {} genes are needed to learn from.", number::words(LEAST_GENES));
        vec![Notice::new("own", message)]
    }
}

impl Compute for Limma {
    fn start(&self, values: &Values) -> Box<dyn Run> {
        match Genes::of(values) {
            Some(genes) => Box::new(LimmaRun { genes }),
            None => Box::new(NoData),
        }
    }
}

struct LimmaRun {
    genes: Genes,
}

impl Run for LimmaRun {
    fn code(&self, values: &Values) -> Option<Code> {
        Some(self.programs(values))
    }

    fn panels(&self, values: &Values, extras: &Extras) -> Vec<Panel> {
        let is_shown = self.genes.is_changed.is_some() && values.choice("truth") == "shown";
        let focus = extras.focus.map(|unit| unit as usize).filter(|unit| *unit < self.genes.len());
        let list = values.whole("list").min(self.genes.len());
        let mut panels = vec![self.variances(focus, is_shown), self.distribution()];
        panels.push(self.statistics(focus, is_shown));
        panels.push(self.discoveries(list, is_shown));
        panels.push(self.losers(list, is_shown));
        panels.push(self.top(list, is_shown));
        panels.extend(words());
        panels
    }
}

/// Nothing to analyze yet.
struct NoData;

impl Run for NoData {
    fn panels(&self, values: &Values, _: &Extras) -> Vec<Panel> {
        let text = "Paste a table, drop a file on the field, or choose one: names of genes in one column, log expression in the others, a sample each. Which samples are of which group is guessed from the names and can be corrected.";
        let mut panels = vec![prose::invitation(text, values.table("own").len(), LEAST_GENES)];
        panels.extend(words());
        panels
    }
}

fn words() -> [Panel; 3] {
    [
        prose::four_lines([
            "a gene’s log fold change is normal with variance v σ²; its own variance s² is σ² times a χ² with d degrees of freedom, over d.",
            "1/σ² is a χ² with d₀ degrees of freedom, over d₀ s₀²: true variances scatter about s₀², the less the larger d₀.",
            "by moments. The variance of all log s² less what sampling alone would give is ψ′(d₀/2): what was observed less the noise, as James–Stein reads A off the data.",
            "s² moves toward s₀² by the share d₀/(d₀ + d), the same for every gene, and t gains d₀ degrees of freedom.",
        ]),
        prose::questions(&[
            "Which genes fall furthest down the list, and why are they those with the smallest s²?",
            "Give each group ten samples. Where has the benefit gone?",
            "Set the true d₀ to 2, then make all variances equal. When is trusting each gene alone right, when one variance for all?",
            "Set d₀ by hand, to both ends of the slider: whose list is it then?",
            "With 100 genes, take new data a few times. How well is d₀ determined, and does it matter?",
        ]),
        prose::left_out(
            "Two groups and no other covariates; the variances are drawn toward one value for all genes, not toward a trend in expression (trend = TRUE), and outlying variances are not held apart (robust = TRUE). Genes are independent. With these options off the numbers are those of limma 3.54.1.",
        ),
    ]
}
