//! limma: each gene's variance is drawn toward a common one, and with it the t-test steadied.
//!
//! y ~ N(β, σ_g²) in two groups of samples, 1/σ_g² ~ χ²_{d₀} / (d₀ s₀²): thousands of genes tell what a
//! typical variance is and how much variances differ.

mod controls;
mod figures;
mod genes;
mod programs;
mod words;

use plots::Role;

use self::controls::CONTROLS;
use self::genes::{Genes, LEAST_GENES};
use crate::control::{Control, Notice, Values};
use crate::lab::{Compute, Extras, Lab, LabName, Legend, Meta, Panel, Preset, Run, Settings};
use crate::prose;

/// The lab.
#[derive(Debug)]
pub(crate) struct Limma;

pub(crate) const NAME: LabName =
    LabName { slug: "limma", title: words::TITLE, summary: words::SUMMARY, is_in_menu: true };

static META: Meta = Meta {
    name: NAME,
    formulas: &[
        r"s_g^2 \mid \sigma_g^2 \sim \frac{\sigma_g^2}{d}\, \chi^2_d",
        r"\frac{1}{\sigma_g^2} \sim \frac{1}{d_0 s_0^2}\, \chi^2_{d_0}",
        r"\tilde s_g^2 = \frac{d_0 s_0^2 + d\, s_g^2}{d_0 + d}",
        r"\tilde t_g = \frac{\hat\beta_g}{\tilde s_g \sqrt{v}}",
    ],
    legend: &[
        Legend { role: Role::Mle, label: words::legend::OWN },
        Legend { role: Role::Bayes, label: words::legend::MODERATED },
        Legend { role: Role::RegionMean, label: words::legend::POOLED },
        Legend { role: Role::Oracle, label: words::legend::CHANGED },
    ],
    sources: words::SOURCES,
    presets: &[
        Preset { label: words::preset::THREE, link: "#/limma" },
        Preset { label: words::preset::TWO, link: "#/limma?replicates=2" },
        Preset { label: words::preset::TEN, link: "#/limma?replicates=10" },
        Preset { label: words::preset::EQUAL, link: "#/limma?variances=equal" },
        Preset { label: words::preset::DIFFERENT, link: "#/limma?d0=2" },
        Preset { label: words::preset::HUNDRED, link: "#/limma?genes=100" },
        Preset { label: words::preset::OWN, link: "#/limma?set=own" },
    ],
};

impl Settings for Limma {
    fn controls(&self) -> &'static [Control] {
        &CONTROLS
    }
}

impl Lab for Limma {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn heading(&self, values: &Values) -> (String, String) {
        if !controls::is_simulated(values) {
            return words::heading::own(values.table("own").len());
        }
        words::heading::simulated(values.whole("genes"), values.whole("replicates"))
    }

    fn notices(&self, values: &Values) -> Vec<Notice> {
        let own = values.table("own");
        if controls::is_simulated(values) || own.is_empty() || own.len() >= LEAST_GENES {
            return Vec::new();
        }
        let message = words::too_few(LEAST_GENES);
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
    fn panels(&self, values: &Values, extras: &Extras) -> Vec<Panel> {
        let is_shown = self.genes.is_changed.is_some() && values.choice("truth") == "shown";
        let focus = extras.focus.map(|unit| unit as usize).filter(|unit| *unit < self.genes.len());
        let list = values.whole("list").min(self.genes.len());
        let mut panels = vec![self.variances(focus, is_shown), self.distribution()];
        panels.push(self.statistics(focus, is_shown));
        panels.push(self.discoveries(list, is_shown));
        panels.push(self.found(list, is_shown));
        panels.push(self.losers(list, is_shown));
        panels.push(self.top(list, is_shown));
        panels.extend(text());
        panels
    }
}

/// Nothing to analyze yet.
struct NoData;

impl Run for NoData {
    fn panels(&self, values: &Values, _: &Extras) -> Vec<Panel> {
        let mut panels = vec![prose::invitation(words::INVITATION, values.table("own").len(), LEAST_GENES)];
        panels.extend(text());
        panels
    }
}

fn text() -> [Panel; 3] {
    [prose::four_lines(words::MODEL), prose::questions(words::QUESTIONS), prose::left_out(words::LEFT_OUT)]
}
