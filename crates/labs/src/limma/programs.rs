//! The programs to take away: limma's own call, and the same by hand.

use plots::Table;

use super::controls::is_simulated;
use super::genes::{Genes, Test, measured};
use super::{Limma, LimmaRun};
use crate::code::{Check, Code, InBoth, Program, SamplerSettings, Scripts, filled, words};
use crate::control::Values;
use crate::lab::Programs;

impl Programs for Limma {
    fn programs(&self, values: &Values) -> Option<Code> {
        Some(LimmaRun { genes: Genes::of(values)? }.programs(values))
    }
}

impl LimmaRun {
    /// Model and genes on screen.
    fn programs(&self, values: &Values) -> Code {
        let seed = values.whole("seed") as u64;
        let stem = if is_simulated(values) { format!("limma_seed-{seed}") } else { "limma_own".to_owned() };
        let file = Scripts::data_file(&stem);
        let genes = &self.genes;
        let (y, sizes) = measured(values);
        let num_samples = sizes[0] + sizes[1];
        let prior = genes.moderated.prior;
        let by_hand = values.choice("prior") == "hand";
        let top = genes.order(Test::Moderated)[0];
        let df = genes.fit.residual_df;
        let sampler = SamplerSettings::of_seed(seed);
        let parts = [
            ("file", file),
            ("first", sizes[0].to_string()),
            ("second", sizes[1].to_string()),
            (
                "df_python",
                if by_hand {
                    format!("{}  # set by hand", prior.prior_df)
                } else {
                    "learned_df(excess)".to_owned()
                },
            ),
            (
                "df_r",
                if by_hand {
                    format!("{}  # set by hand", prior.prior_df)
                } else {
                    "if (excess > 0) 2 * trigamma_inverse(excess) else Inf".to_owned()
                },
            ),
        ];
        let t = Check::element("t", top, genes.moderated.t[top], 3);
        let checks = vec![
            Check::expression(
                words::COMMON_VAR,
                "prior_var",
                prior.prior_var,
                Check::digits(prior.prior_var),
            ),
            Check::expression(words::COMMON_SHARE, "share", prior.shrinkage(df), 4),
            Check { what: words::moderated_t(&genes.name(top)), stan: None, ..t },
        ];
        let header = |letter: &str, size: usize| -> Vec<String> {
            (1..=size).map(|i| format!("{letter}{i}")).collect()
        };
        let mut columns = vec!["gene".to_owned()];
        columns.extend(header("a", sizes[0]));
        columns.extend(header("b", sizes[1]));
        let row = |(gene, cells): (usize, &[f64])| {
            let mut row = vec![genes.name(gene)];
            row.extend(cells.iter().map(f64::to_string));
            row
        };
        let limma = Program {
            title: words::LIMMA.to_owned(),
            about: words::ABOUT_LIMMA.to_owned(),
            file: format!("{stem}_limma.R"),
            body: filled(include_str!("limma.R"), &parts[..3]) + "\n" + &Check::lines_in_r(&checks),
            stan: None,
        };
        let scripts = Scripts {
            stem,
            table: Table { columns, rows: y.chunks_exact(num_samples).enumerate().map(row).collect() },
            reads_file: true,
            data: InBoth {
                python: filled(include_str!("data.py"), &parts[..3]),
                r: filled(include_str!("data.R"), &parts[..3]),
            },
            stan: None,
            sampler,
            about: words::CLOSED,
            closed: InBoth {
                python: filled(include_str!("by_hand.py"), &parts[3..4]),
                r: filled(include_str!("by_hand.R"), &parts[4..]),
            },
            checks,
        };
        let mut code = scripts.code();
        // limma itself learns its prior.
        if !by_hand {
            code.programs.insert(0, limma);
        }
        code
    }
}
