//! One mean of normal data of SD 1, with a normal prior or a flat one.

use plots::Table;

use super::normal::{Check, SamplerSettings};
use super::scripts::{InBoth, Scripts};
use super::{Code, listed, words};
use crate::code::stan::real;

/// Data, prior and what to check.
pub(crate) struct OneMean {
    /// Start of the names of all files.
    pub(crate) stem: String,
    /// R's seed of the data.
    pub(crate) seed: u64,
    /// The data.
    pub(crate) y: Vec<f64>,
    /// What R draws the data around; `None` while the truth is hidden: then they are written out.
    pub(crate) mean: Option<f64>,
    /// Mean and SD of the prior; `None`: flat.
    pub(crate) prior: Option<(f64, f64)>,
    /// Lines of the closed forms, after the data.
    pub(crate) closed: InBoth,
    /// Numbers on the page.
    pub(crate) checks: Vec<Check>,
}

impl OneMean {
    /// The programs.
    pub(crate) fn code(self) -> Code {
        let prior = match self.prior {
            Some((mean, sd)) => format!("  mu ~ normal({}, {});", real(mean), real(sd)),
            None => {
                "  // mu: flat prior, so that the posterior is the likelihood scaled to area 1.".to_owned()
            }
        };
        let stan = format!(
            "data {{
  int<lower=1> n;  // number of data
  vector[n] y;     // the data
}}
parameters {{
  real mu;         // the mean that is asked for
}}
model {{
{prior}
  y ~ normal(mu, 1);
}}
"
        );
        let written = |open: &str, close: &str| listed(open, self.y.iter().map(f64::to_string), close);
        let in_r = match self.mean {
            Some(mean) => {
                format!(
                    "# The page draws its data as R does.\nset.seed({})\ny <- rnorm({}, {mean})\n",
                    self.seed,
                    self.y.len()
                )
            }
            None => format!("# The data.\ny <- {}\n", written("c(", ")")),
        };
        let data = InBoth {
            python: format!("# The data.\ny = {}\nn = len(y)\n", written("[", "]")),
            r: format!("{in_r}n <- length(y)\n"),
        };
        let list = InBoth { python: "\"n\": n, \"y\": y".to_owned(), r: "n = n, y = as.array(y)".to_owned() };
        let table = Table {
            columns: vec!["y".to_owned()],
            rows: self.y.iter().map(|y| vec![y.to_string()]).collect(),
        };
        let scripts = Scripts {
            stem: self.stem,
            table,
            reads_file: false,
            data,
            stan: Some((stan, list)),
            sampler: SamplerSettings::of_seed(self.seed),
            about: words::CLOSED,
            closed: self.closed,
            checks: self.checks,
        };
        scripts.code()
    }
}
