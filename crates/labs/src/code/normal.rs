//! The normal hierarchy that most labs show: its data, what is known of it, and what to check.

use plots::Table;

use super::scripts::{InBoth, Scripts, StanScript, closed_checks_in_r};
use super::{Code, Program, closed, listed, stan, words};

/// y_i ~ N(mu_i, se_i²), mu_i ~ N(center, sigma_mu²): data and model.
#[derive(Clone, Debug)]
pub struct NormalModel {
    /// Start of the names of all files.
    pub stem: String,
    /// What a unit is called, and a group.
    pub words: (&'static str, &'static str),
    /// Measurements, length n, group after group.
    pub y: Vec<f64>,
    /// Their variances, length n.
    pub noise_var: Vec<f64>,
    /// Units of each group, sum n.
    pub sizes: Vec<usize>,
    /// What was measured, length n; `None` where it is not known or hidden.
    pub truth: Option<Vec<f64>>,
    /// What the truths lie about.
    pub center: Center,
    /// SD of the truths about their center, sigma_mu.
    pub unit_sd: Knowledge,
    /// How Stan writes the model.
    pub form: Form,
    /// How Stan samples it.
    pub sampler: SamplerSettings,
    /// Further estimates of the closed forms.
    pub extras: Vec<Extra>,
    /// Numbers on the page; at least one.
    pub checks: Vec<Check>,
}

/// What the truths lie about.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Center {
    /// One number.
    Known(f64),
    /// theta_k ~ N(mean, sd²), one for each group.
    Groups {
        /// Mean of the theta_k.
        mean: f64,
        /// Their SD, sigma_theta; [`Knowledge::Flat`]: theta has a flat prior itself.
        sd: Knowledge,
    },
}

/// What is known of an SD.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Knowledge {
    /// Its value.
    Known(f64),
    /// Half-normal prior of this scale.
    HalfNormal(f64),
    /// Half-Cauchy prior of this scale.
    HalfCauchy(f64),
    /// No more than that it is positive.
    Flat,
}

impl From<models::Scale> for Knowledge {
    fn from(scale: models::Scale) -> Self {
        use models::{Scale, ScalePrior};
        match scale {
            Scale::Known(sd) => Self::Known(sd),
            Scale::Learned(ScalePrior::HalfNormal { scale }) => Self::HalfNormal(scale),
            Scale::Learned(ScalePrior::HalfCauchy { scale }) => Self::HalfCauchy(scale),
        }
    }
}

impl Knowledge {
    /// Whether the data say more of it.
    #[must_use]
    pub fn is_learned(self) -> bool {
        !matches!(self, Self::Known(_))
    }
}

/// The form of the Stan program: all have the same posterior.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// mu and theta themselves.
    Centered,
    /// Units in SDs from their center, groups themselves.
    NonCenteredUnits,
    /// Both in SDs.
    NonCentered,
}

/// What Stan is told, as the page's own sampler was.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SamplerSettings {
    /// Seed.
    pub seed: u64,
    /// Warmup iterations of each chain.
    pub num_warmup: usize,
    /// Kept draws of each chain.
    pub num_draws: usize,
    /// Target acceptance.
    pub target_accept: f64,
}

impl SamplerSettings {
    /// Stan's defaults with this seed.
    #[must_use]
    pub fn of_seed(seed: u64) -> Self {
        Self { seed, num_warmup: 1000, num_draws: 1000, target_accept: 0.8 }
    }
}

/// Lines that a lab adds to the closed forms, after `mu` is known.
///
/// They may use `y`, `se`, `n`, `mu`, and `loss(estimate)` where the truth is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extra {
    /// In Python.
    pub python: &'static str,
    /// In R.
    pub r: &'static str,
}

/// A number that the page shows, and how the programs come to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    /// What it is, in words.
    pub what: String,
    /// The page's number.
    pub value: f64,
    /// Digits after the point that should agree.
    pub decimals: usize,
    /// Stan's name of the variable whose posterior mean it is.
    pub stan: Option<String>,
    /// The expression in Python.
    pub python: String,
    /// The expression in R.
    pub r: String,
}

impl Check {
    /// The posterior mean of an element of a vector.
    ///
    /// - `index`: from 0.
    #[must_use]
    pub fn element(vector: &str, index: usize, value: f64, decimals: usize) -> Self {
        let name = format!("{vector}[{}]", index + 1);
        Self {
            what: words::posterior_mean(&name),
            value,
            decimals,
            python: format!("{vector}[{index}]"),
            r: name.clone(),
            stan: Some(name),
        }
    }

    /// The posterior mean of a variable by itself.
    #[must_use]
    pub fn scalar(name: &str, value: f64, decimals: usize) -> Self {
        Self {
            what: words::posterior_mean(name),
            value,
            decimals,
            stan: Some(name.to_owned()),
            python: name.to_owned(),
            r: name.to_owned(),
        }
    }

    /// A number of the closed forms only, by an expression that Python and R share.
    #[must_use]
    pub fn expression(what: &str, expression: &str, value: f64, decimals: usize) -> Self {
        Self {
            what: what.to_owned(),
            value,
            decimals,
            stan: None,
            python: expression.to_owned(),
            r: expression.to_owned(),
        }
    }

    /// A posterior mean that only sampling gives: a check of the Stan programs alone.
    #[must_use]
    pub fn sampled(name: &str, value: f64, decimals: usize) -> Self {
        Self { python: String::new(), r: String::new(), ..Self::scalar(name, value, decimals) }
    }

    /// Digits after the point that show about four of a number, whatever its size.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
    pub fn digits(value: f64) -> usize {
        let magnitude = if value == 0.0 { 0.0 } else { value.abs().log10().floor() };
        (3.0 - magnitude).clamp(0.0, 12.0) as usize
    }

    /// Lines of R that print what is found beside what the page says.
    #[must_use]
    pub fn lines_in_r(checks: &[Self]) -> String {
        closed_checks_in_r(checks)
    }

    /// The page's number with its digits.
    pub(super) fn shown(&self) -> String {
        format!("{:.*}", self.decimals, self.value)
    }
}

/// Most units whose numbers stand in the programs themselves.
const MAX_WRITTEN: usize = 200;

impl NormalModel {
    /// The programs.
    #[must_use]
    pub fn code(&self) -> Code {
        let reads_file = self.y.len() > MAX_WRITTEN;
        let data_file = Scripts::data_file(&self.stem);
        let stan = stan::program(self);
        let about = if self.is_learned() { words::QUADRATURE } else { words::CLOSED };
        let (python, r) = if self.has_groups() {
            (", \"K\": max(k), \"k\": k", ", K = max(k), k = as.array(k)")
        } else {
            ("", "")
        };
        let list = InBoth {
            python: format!("\"n\": n, \"y\": y, \"se\": se{python}"),
            r: format!("n = n, y = as.array(y), se = as.array(se){r}"),
        };
        let script = StanScript {
            stem: &self.stem,
            data: &InBoth { python: self.data_in_python(), r: self.data_in_r() },
            stan: &stan,
            list: &list,
            sampler: self.sampler,
            checks: &self.checks,
        };
        let mut programs = script.programs();
        let closed = |title: &str, ending: &str, body: String| Program {
            title: title.to_owned(),
            about: about.to_owned(),
            file: format!("{}.{ending}", self.stem),
            body,
            stan: None,
        };
        programs.push(closed(words::R, "R", closed::in_r(self)));
        programs.push(closed(words::PYTHON, "py", closed::in_python(self)));
        Code { programs, data: self.table(), data_file, reads_file }
    }

    /// Whether the data say something of an SD.
    pub(super) fn is_learned(&self) -> bool {
        let is_group_learned =
            matches!(self.center, Center::Groups { sd, .. } if sd.is_learned() && sd != Knowledge::Flat);
        self.unit_sd.is_learned() || is_group_learned
    }

    /// Whether there are groups with centers of their own.
    pub(super) fn has_groups(&self) -> bool {
        matches!(self.center, Center::Groups { .. })
    }

    fn se(&self) -> impl Iterator<Item = f64> {
        self.noise_var.iter().map(|var| var.sqrt())
    }

    /// Group of each unit, from 1.
    fn groups(&self) -> impl Iterator<Item = usize> {
        (1..).zip(&self.sizes).flat_map(|(k, size)| std::iter::repeat_n(k, *size))
    }

    fn table(&self) -> Table {
        let mut columns = vec!["y", "se"];
        columns.extend(self.has_groups().then_some("k"));
        columns.extend(self.truth.is_some().then_some("truth"));
        let cells = self.y.iter().zip(self.se()).zip(self.groups()).enumerate();
        let row = |(i, ((y, se), k)): (usize, ((&f64, f64), usize))| {
            let mut row = vec![y.to_string(), se.to_string()];
            row.extend(self.has_groups().then(|| k.to_string()));
            row.extend(self.truth.as_ref().map(|truth| truth[i].to_string()));
            row
        };
        Table { columns: columns.into_iter().map(str::to_owned).collect(), rows: cells.map(row).collect() }
    }

    /// y, se and k as Python reads them.
    pub(super) fn data_in_python(&self) -> String {
        let (unit, group) = self.words;
        if self.y.len() > MAX_WRITTEN {
            let mut text = format!(
                "import csv\n\nwith open(\"{}_data.csv\", newline=\"\", encoding=\"utf-8\") as file:\n    rows = list(csv.DictReader(file))\ny = [float(row[\"y\"]) for row in rows]\nse = [float(row[\"se\"]) for row in rows]\n",
                self.stem
            );
            if self.has_groups() {
                text.push_str("k = [int(row[\"k\"]) for row in rows]\n");
            }
            if self.truth.is_some() {
                text.push_str("truth = [float(row[\"truth\"]) for row in rows]\n");
            }
            return text + "n = len(y)\n";
        }
        let list = |numbers: &[f64]| listed("[", numbers.iter().map(f64::to_string), "]");
        let mut text = format!("# What was measured, {unit} by {unit}.\ny = {}\nn = len(y)\n", list(&self.y));
        match self.common_se() {
            Some(se) => text.push_str(&format!("se = [{se}] * n  # standard errors\n")),
            None => {
                let se: Vec<f64> = self.se().collect();
                text.push_str(&format!("# Standard errors.\nse = {}\n", list(&se)));
            }
        }
        if self.has_groups() {
            let sizes = listed("[", self.sizes.iter().map(usize::to_string), "]");
            text.push_str(&format!(
                "# The {group} of each {unit}, from 1.\nsizes = {sizes}\nk = [g for g, size in enumerate(sizes, 1) for _ in range(size)]\n"
            ));
        }
        if let Some(truth) = &self.truth {
            text.push_str(&format!("# The truth, which no estimator sees.\ntruth = {}\n", list(truth)));
        }
        text
    }

    /// y, se and k as R reads them.
    pub(super) fn data_in_r(&self) -> String {
        let (unit, group) = self.words;
        if self.y.len() > MAX_WRITTEN {
            let mut text =
                format!("rows <- read.csv(\"{}_data.csv\")\ny <- rows$y\nse <- rows$se\n", self.stem);
            if self.has_groups() {
                text.push_str("k <- rows$k\n");
            }
            if self.truth.is_some() {
                text.push_str("truth <- rows$truth\n");
            }
            return text + "n <- length(y)\n";
        }
        let list = |numbers: &[f64]| listed("c(", numbers.iter().map(f64::to_string), ")");
        let mut text =
            format!("# What was measured, {unit} by {unit}.\ny <- {}\nn <- length(y)\n", list(&self.y));
        match self.common_se() {
            Some(se) => text.push_str(&format!("se <- rep({se}, n)  # standard errors\n")),
            None => {
                let se: Vec<f64> = self.se().collect();
                text.push_str(&format!("# Standard errors.\nse <- {}\n", list(&se)));
            }
        }
        if self.has_groups() {
            let sizes = listed("c(", self.sizes.iter().map(usize::to_string), ")");
            text.push_str(&format!(
                "# The {group} of each {unit}, from 1.\nsizes <- {sizes}\nk <- rep(seq_along(sizes), times = sizes)\n"
            ));
        }
        if let Some(truth) = &self.truth {
            text.push_str(&format!("# The truth, which no estimator sees.\ntruth <- {}\n", list(truth)));
        }
        text
    }

    /// The standard error that all units have.
    fn common_se(&self) -> Option<f64> {
        let first = *self.noise_var.first()?;
        self.noise_var.iter().all(|var| *var == first).then(|| first.sqrt())
    }
}
