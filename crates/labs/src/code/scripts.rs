//! Programs of a model that is a lab's own: its data, its Stan program, and its closed forms.

use plots::Table;

use super::normal::{Check, SamplerSettings};
use super::{Code, Program, filled, words};

/// The same in both languages.
#[derive(Clone, Debug, Default)]
pub(crate) struct InBoth {
    /// In Python.
    pub(crate) python: String,
    /// In R.
    pub(crate) r: String,
}

/// A model with its data, from which all programs are put together.
#[derive(Clone, Debug)]
pub(crate) struct Scripts {
    /// Start of the names of all files.
    pub(crate) stem: String,
    /// The data.
    pub(crate) table: Table,
    /// Whether the programs read them from a file.
    pub(crate) reads_file: bool,
    /// Lines that name the data.
    pub(crate) data: InBoth,
    /// The Stan program, and what it is given, name by name; `None` if there is nothing to sample.
    pub(crate) stan: Option<(String, InBoth)>,
    /// How Stan samples.
    pub(crate) sampler: SamplerSettings,
    /// What the closed forms do, in a sentence.
    pub(crate) about: &'static str,
    /// Lines of the closed forms, after the data.
    pub(crate) closed: InBoth,
    /// Numbers on the page; at least one.
    pub(crate) checks: Vec<Check>,
}

impl Scripts {
    /// Name of the file of the data.
    pub(crate) fn data_file(stem: &str) -> String {
        format!("{stem}_data.csv")
    }

    /// The programs.
    pub(crate) fn code(self) -> Code {
        let mut programs = Vec::new();
        if let Some((stan, list)) = &self.stan {
            let script = StanScript {
                stem: &self.stem,
                data: &self.data,
                stan,
                list,
                sampler: self.sampler,
                checks: &self.checks,
            };
            programs = script.programs();
        }
        programs.push(Program {
            title: words::R.to_owned(),
            about: self.about.to_owned(),
            file: format!("{}.R", self.stem),
            body: format!("{}\n{}\n{}", self.data.r, self.closed.r, closed_checks_in_r(&self.checks)),
            stan: None,
        });
        programs.push(Program {
            title: words::PYTHON.to_owned(),
            about: self.about.to_owned(),
            file: format!("{}.py", self.stem),
            body: format!(
                "import math\n\n{}\n{}\n{}",
                self.data.python,
                self.closed.python,
                closed_checks_in_python(&self.checks)
            ),
            stan: None,
        });
        let data_file = Self::data_file(&self.stem);
        Code { programs, data: self.table, data_file, reads_file: self.reads_file }
    }
}

/// What the page says beside what the closed form finds, a line for each check.
pub(super) fn closed_checks_in_python(checks: &[Check]) -> String {
    let line = |check: &Check| {
        format!(
            "print(f\"{}: {{{}:.{}f}}  the page says {}\")\n",
            check.what,
            check.python,
            check.decimals,
            check.shown()
        )
    };
    checks.iter().filter(|check| !check.python.is_empty()).map(line).collect()
}

/// The same in R.
pub(super) fn closed_checks_in_r(checks: &[Check]) -> String {
    let line = |check: &Check| {
        format!(
            "cat(\"{}:\", sprintf(\"%.{}f\", {}), \" the page says {}\\n\")\n",
            check.what,
            check.decimals,
            check.r,
            check.shown()
        )
    };
    checks.iter().filter(|check| !check.python.is_empty()).map(line).collect()
}

/// What the scripts that run Stan are made of.
pub(super) struct StanScript<'a> {
    pub(super) stem: &'a str,
    pub(super) data: &'a InBoth,
    pub(super) stan: &'a str,
    pub(super) list: &'a InBoth,
    pub(super) sampler: SamplerSettings,
    pub(super) checks: &'a [Check],
}

impl StanScript<'_> {
    /// The scripts for R and for Python.
    pub(super) fn programs(&self) -> Vec<Program> {
        let program = |title: &str, about: &str, ending: &str, body: String| Program {
            title: title.to_owned(),
            about: about.to_owned(),
            file: format!("{}_stan.{ending}", self.stem),
            body,
            stan: Some(self.stan.to_owned()),
        };
        vec![
            program(words::STAN_R, words::ABOUT_STAN_R, "R", self.in_r()),
            program(words::STAN_PYTHON, words::ABOUT_STAN_PYTHON, "py", self.in_python()),
        ]
    }

    fn in_r(&self) -> String {
        let line = |check: &Check, variable: &str| {
            format!(
                "cat(\"{}:\", format(mean(fit$draws(\"{variable}\")), digits = 4), \" the page says {}\\n\")",
                check.what,
                check.shown()
            )
        };
        filled(include_str!("templates/stan.R"), &self.parts(&self.data.r, &self.list.r, &self.checks(line)))
    }

    fn in_python(&self) -> String {
        let line = |check: &Check, variable: &str| {
            format!(
                "print(f\"{}: {{summary.loc['{variable}', 'Mean']:.{}f}}  the page says {}\")",
                check.what,
                check.decimals,
                check.shown()
            )
        };
        filled(
            include_str!("templates/stan.py"),
            &self.parts(&self.data.python, &self.list.python, &self.checks(line)),
        )
    }

    /// What the places of a template are filled with.
    fn parts<'b>(&'b self, data: &'b str, list: &'b str, checks: &'b str) -> Vec<(&'static str, String)> {
        let SamplerSettings { seed, num_warmup, num_draws, target_accept } = self.sampler;
        vec![
            ("data", data.to_owned()),
            ("stan", self.stan.to_owned()),
            ("stem", self.stem.to_owned()),
            ("list", list.to_owned()),
            ("seed", seed.to_string()),
            ("warmup", num_warmup.to_string()),
            ("draws", num_draws.to_string()),
            ("accept", target_accept.to_string()),
            ("checks", checks.to_owned()),
        ]
    }

    fn checks(&self, line: impl Fn(&Check, &str) -> String) -> String {
        let of = |check: &Check| check.stan.as_deref().map(|variable| line(check, variable));
        self.checks.iter().filter_map(of).collect::<Vec<_>>().join("\n")
    }
}
