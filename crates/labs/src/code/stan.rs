//! The model as a Stan program.

use super::normal::{Center, Form, Knowledge, NormalModel};

/// What every model is given.
const DATA: &str = "data {
  int<lower=1> n;          // number of measurements
  vector[n] y;             // what was measured
  vector<lower=0>[n] se;   // its standard error
";

/// The Stan program of `model`.
pub(super) fn program(model: &NormalModel) -> String {
    let (unit, group) = model.words;
    let mut data = String::from(DATA);
    let mut known = Vec::new();
    let mut parameters = Vec::new();
    let mut priors = Vec::new();
    let (units_center, is_offset) = match model.center {
        Center::Known(center) => (real(center), false),
        Center::Groups { mean, sd } => {
            data.push_str(&format!(
                "  int<lower=1> K;          // number of groups\n  array[n] int<lower=1, upper=K> k;  // the {group} of each {unit}\n"
            ));
            if sd != Knowledge::Flat {
                declare(
                    sd,
                    "sigma_theta",
                    &format!("SD of {group} means"),
                    &mut known,
                    &mut parameters,
                    &mut priors,
                );
            }
            let theta = match (sd, model.form) {
                (Knowledge::Flat, _) => "  vector[K] theta;".to_owned(),
                (_, Form::NonCentered) => {
                    format!("  vector<offset={}, multiplier=sigma_theta>[K] theta;", real(mean))
                }
                _ => "  vector[K] theta;".to_owned(),
            };
            parameters.push(theta);
            priors.push(if sd == Knowledge::Flat {
                format!("  // theta, the mean of each {group}: flat prior.")
            } else {
                format!("  theta ~ normal({}, sigma_theta);", real(mean))
            });
            ("theta[k]".to_owned(), true)
        }
    };
    let about = if is_offset {
        format!("SD of {unit} effects within a {group}")
    } else {
        "SD of the truths".to_owned()
    };
    declare(model.unit_sd, "sigma_mu", &about, &mut known, &mut parameters, &mut priors);
    parameters.push(match model.form {
        Form::Centered => "  vector[n] mu;".to_owned(),
        _ => format!("  vector<offset={units_center}, multiplier=sigma_mu>[n] mu;"),
    });
    data.push_str("}\n");
    if !known.is_empty() {
        data.push_str(&format!("transformed data {{\n{}\n}}\n", known.join("\n")));
    }
    format!(
        "{data}parameters {{\n{}\n}}\nmodel {{\n{}\n  mu ~ normal({units_center}, sigma_mu);\n  y ~ normal(mu, se);\n}}\n",
        parameters.join("\n"),
        priors.join("\n"),
    )
    .replace("model {\n\n", "model {\n")
}

/// Puts an SD where it belongs: to what is known, or to the parameters with its prior.
fn declare(
    sd: Knowledge,
    name: &str,
    about: &str,
    known: &mut Vec<String>,
    parameters: &mut Vec<String>,
    priors: &mut Vec<String>,
) {
    if let Knowledge::Known(value) = sd {
        known.push(format!("  real {name} = {};  // {about}, known", real(value)));
        return;
    }
    parameters.push(format!("  real<lower=0> {name};  // {about}"));
    priors.push(match sd {
        Knowledge::HalfNormal(scale) => format!("  {name} ~ normal(0, {});  // half-normal", real(scale)),
        Knowledge::HalfCauchy(scale) => format!("  {name} ~ cauchy(0, {});  // half-Cauchy", real(scale)),
        Knowledge::Flat | Knowledge::Known(_) => format!("  // {name}: flat prior on the positive numbers."),
    });
}

/// A number that Stan takes for a real one.
pub(crate) fn real(value: f64) -> String {
    let text = value.to_string();
    if text.contains('.') { text } else { format!("{text}.0") }
}
