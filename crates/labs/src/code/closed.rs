//! The same posterior without sampling: from formulas, or by quadrature over the SDs that are learned.

use super::filled;
use super::normal::{Center, Knowledge, NormalModel};
use super::scripts::{closed_checks_in_python, closed_checks_in_r};

/// Points of the grid of one learned SD.
const POINTS_OF_ONE: usize = 2000;
/// Points of the grid of each of two.
const POINTS_OF_TWO: usize = 200;

/// The Python script: its standard library only.
pub(super) fn in_python(model: &NormalModel) -> String {
    let center = match model.center {
        Center::Known(center) => format!("center = {center}\n"),
        Center::Groups { mean, .. } => format!("mean = {mean}  # of the group centers theta\n"),
    };
    let body = if model.is_learned() {
        let template = match model.center {
            Center::Known(_) => include_str!("templates/learned_center.py"),
            Center::Groups { .. } => include_str!("templates/learned_groups.py"),
        };
        filled(
            template,
            &[
                ("points", &num_points(model).to_string()),
                ("grid_mu", &grid_in_python(model.unit_sd, "spread")),
                ("grid_theta", &group_grid(model, |sd| grid_in_python(sd, "spread_theta"))),
            ],
        )
    } else {
        let known = |name: &str, sd| match sd {
            Knowledge::Known(sd) => format!("{name} = {sd}\n"),
            _ => format!("{name} = math.inf  # flat prior\n"),
        };
        let (template, sds) = match model.center {
            Center::Known(_) => (include_str!("templates/known_center.py"), known("sigma_mu", model.unit_sd)),
            Center::Groups { sd, .. } => (
                include_str!("templates/known_groups.py"),
                known("sigma_mu", model.unit_sd) + &known("sigma_theta", sd),
            ),
        };
        filled(template, &[("sds", &sds)])
    };
    let loss = if model.truth.is_some() { include_str!("templates/loss.py") } else { "" };
    let extras: String = model.extras.iter().map(|extra| format!("{}\n", extra.python)).collect();
    let checks = closed_checks_in_python(&model.checks);
    format!("import math\n\n{}{center}\n{body}\n{loss}{extras}\n{checks}", model.data_in_python())
}

/// The R script: base R only.
pub(super) fn in_r(model: &NormalModel) -> String {
    let center = match model.center {
        Center::Known(center) => format!("center <- {center}\n"),
        Center::Groups { mean, .. } => format!("mean_theta <- {mean}\n"),
    };
    let body = if model.is_learned() {
        let template = match model.center {
            Center::Known(_) => include_str!("templates/learned_center.R"),
            Center::Groups { .. } => include_str!("templates/learned_groups.R"),
        };
        filled(
            template,
            &[
                ("points", &num_points(model).to_string()),
                ("grid_mu", &grid_in_r(model.unit_sd, "spread")),
                ("grid_theta", &group_grid(model, |sd| grid_in_r(sd, "spread_theta"))),
            ],
        )
    } else {
        let known = |name: &str, sd| match sd {
            Knowledge::Known(sd) => format!("{name} <- {sd}\n"),
            _ => format!("{name} <- Inf  # flat prior\n"),
        };
        let (template, sds) = match model.center {
            Center::Known(_) => (include_str!("templates/known_center.R"), known("sigma_mu", model.unit_sd)),
            Center::Groups { sd, .. } => (
                include_str!("templates/known_groups.R"),
                known("sigma_mu", model.unit_sd) + &known("sigma_theta", sd),
            ),
        };
        filled(template, &[("sds", &sds)])
    };
    let loss = if model.truth.is_some() { include_str!("templates/loss.R") } else { "" };
    let extras: String = model.extras.iter().map(|extra| format!("{}\n", extra.r)).collect();
    let checks = closed_checks_in_r(&model.checks);
    format!("{}{center}\n{body}\n{loss}{extras}\n{checks}", model.data_in_r())
}

fn num_points(model: &NormalModel) -> usize {
    let is_group_learned = matches!(
        model.center,
        Center::Groups { sd: Knowledge::HalfNormal(_) | Knowledge::HalfCauchy(_), .. }
    );
    if is_group_learned && model.unit_sd.is_learned() { POINTS_OF_TWO } else { POINTS_OF_ONE }
}

/// What a program says of the groups' SD; nothing where they have none.
fn group_grid(model: &NormalModel, line: impl Fn(Knowledge) -> String) -> String {
    match model.center {
        Center::Known(_) => String::new(),
        Center::Groups { sd, .. } => line(sd),
    }
}

/// The grid of one SD: (value, log of prior times width), in Python.
///
/// - `middle`: the program's name for where half of the points lie below.
fn grid_in_python(sd: Knowledge, middle: &str) -> String {
    match sd {
        Knowledge::Known(sd) => format!("[({sd}, 0.0)]  # known"),
        Knowledge::Flat if middle == "spread_theta" => {
            "[(math.inf, 0.0)]  # flat prior of theta itself".to_owned()
        }
        Knowledge::Flat => format!("grid({middle}, lambda sd: 0.0)  # flat prior"),
        Knowledge::HalfNormal(scale) => {
            format!("grid({middle}, lambda sd: -0.5 * (sd / {scale}) ** 2)  # half-normal prior")
        }
        Knowledge::HalfCauchy(scale) => {
            format!("grid({middle}, lambda sd: -math.log1p((sd / {scale}) ** 2))  # half-Cauchy prior")
        }
    }
}

/// The grid of one SD in R, as [`grid_in_python`].
fn grid_in_r(sd: Knowledge, middle: &str) -> String {
    match sd {
        Knowledge::Known(sd) => format!("data.frame(sd = {sd}, log_weight = 0)  # known"),
        Knowledge::Flat if middle == "spread_theta" => {
            "data.frame(sd = Inf, log_weight = 0)  # flat prior of theta itself".to_owned()
        }
        Knowledge::Flat => format!("grid({middle}, function(sd) 0 * sd)  # flat prior"),
        Knowledge::HalfNormal(scale) => {
            format!("grid({middle}, function(sd) -0.5 * (sd / {scale})^2)  # half-normal prior")
        }
        Knowledge::HalfCauchy(scale) => {
            format!("grid({middle}, function(sd) -log1p((sd / {scale})^2))  # half-Cauchy prior")
        }
    }
}
