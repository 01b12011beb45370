//! The programs to take away: the model in Stan, and its posterior on a grid.

use plots::Table;

use super::{MrLocus, MrLocusRun, controls};
use crate::code::{Check, Code, InBoth, SamplerSettings, Scripts, filled, listed, real, words};
use crate::control::Values;
use crate::lab::Programs;

/// Seed of Stan where the data have none.
const SEED: u64 = 1;
/// Nodes along each side of the grid.
const NODES: &str = "160";

impl Programs for MrLocus {
    fn programs(&self, values: &Values) -> Option<Code> {
        Some(MrLocusRun::of(values).ok()?.programs(values))
    }
}

impl MrLocusRun {
    /// Model and clusters on screen.
    fn programs(&self, values: &Values) -> Code {
        let is_simulated = controls::is_simulated(values);
        let seed = if is_simulated { values.whole("seed") as u64 } else { SEED };
        let stem = if is_simulated { format!("mrlocus_seed-{seed}") } else { "mrlocus_own".to_owned() };
        let has_errors = values.choice("errors") != "ignored";
        let (model, posterior) = (&self.model, &self.posterior);
        let (clusters, prior) = (model.clusters(), model.prior());
        let columns = [
            ("a", "Effects on expression, and their standard errors.", &clusters.a),
            ("se_a", "", &clusters.se_a),
            ("b", "Effects on the trait, and their standard errors.", &clusters.b),
            ("se_b", "", &clusters.se_b),
        ];
        let mut data = InBoth::default();
        for (name, about, numbers) in columns {
            let comment = if about.is_empty() { String::new() } else { format!("# {about}\n") };
            let list = |open: &str, close: &str| listed(open, numbers.iter().map(f64::to_string), close);
            data.python.push_str(&format!("{comment}{name} = {}\n", list("[", "]")));
            data.r.push_str(&format!("{comment}{name} <- {}\n", list("c(", ")")));
        }
        data.python.push_str("J = len(a)\n");
        data.r.push_str("J <- length(a)\n");
        let list = InBoth {
            python: "\"J\": J, \"a\": a, \"se_a\": se_a, \"b\": b, \"se_b\": se_b".to_owned(),
            r: "J = J, a = as.array(a), se_a = as.array(se_a), b = as.array(b), se_b = as.array(se_b)"
                .to_owned(),
        };
        let widths = [prior.effect_sd, prior.slope_mean, prior.slope_sd, prior.dispersion_sd].map(real);
        let (beta_a, errors) = if has_errors {
            (
                "vector[J] beta_a;  // true effects on expression\n  ",
                ("  beta_a ~ normal(0, effect_sd);\n  a ~ normal(beta_a, se_a);\n", "beta_a"),
            )
        } else {
            ("", ("  // Effects on expression are taken as known.\n", "a"))
        };
        let stan = filled(
            include_str!("slope.stan"),
            &[
                ("effect_sd", widths[0].as_str()),
                ("slope_mean", widths[1].as_str()),
                ("slope_sd", widths[2].as_str()),
                ("dispersion_sd", widths[3].as_str()),
                ("beta_a", beta_a),
                ("errors", errors.0),
                ("effects", errors.1),
            ],
        );
        let parts = [
            ("effect_sd", prior.effect_sd.to_string()),
            ("slope_mean", prior.slope_mean.to_string()),
            ("slope_sd", prior.slope_sd.to_string()),
            ("dispersion_sd", prior.dispersion_sd.to_string()),
            ("nodes", NODES.to_owned()),
        ];
        let of = |name: &str, value: f64| {
            let check = Check::expression(&words::posterior_mean(name), name, value, Check::digits(value));
            Check { stan: Some(name.to_owned()), ..check }
        };
        let sd = posterior.alpha.sd;
        let row = |j: usize| columns.iter().map(|(_, _, numbers)| numbers[j].to_string()).collect();
        let scripts = Scripts {
            stem,
            table: Table {
                columns: columns.iter().map(|(name, _, _)| (*name).to_owned()).collect(),
                rows: (0..clusters.len()).map(row).collect(),
            },
            reads_file: false,
            data,
            stan: Some((stan, list)),
            sampler: SamplerSettings { target_accept: 0.95, ..SamplerSettings::of_seed(seed) },
            about: words::QUADRATURE,
            closed: InBoth {
                python: filled(include_str!("grid.py"), &parts),
                r: filled(include_str!("grid.R"), &parts),
            },
            checks: vec![
                of("alpha", posterior.alpha.mean),
                of("sigma", posterior.sigma.mean),
                Check::expression("posterior SD of alpha", "alpha_sd", sd, Check::digits(sd)),
                Check::expression(
                    "slope of least squares",
                    "least_squares",
                    clusters.least_squares(),
                    Check::digits(clusters.least_squares()),
                ),
            ],
        };
        scripts.code()
    }
}
