//! What the lab says.

use crate::number;

pub(super) const TITLE: &str = "Prior";
pub(super) const SUMMARY: &str =
    "A prior times a likelihood is a posterior: move the prior and see it follow.";
pub(super) const SOURCES: &[&str] =
    &["Gelman et al. 2013, Bayesian Data Analysis, 3rd ed., section 2.5 (normal mean, known variance)"];

/// - `n`: number of data.
pub(super) fn heading(n: usize) -> (String, String) {
    let data = if n == 1 { "one datum".to_owned() } else { format!("{} data", number::words(n)) };
    (
        format!("A belief, and {data}"),
        "The prior says where the mean may lie before anything is measured; the likelihood says what was measured. Drag the prior and see the posterior follow."
            .to_owned(),
    )
}

pub(super) mod preset {
    pub(crate) const AROUND_2: &str = "Prior N(2, SD 2)";
    pub(crate) const AROUND_6: &str = "Prior N(6, SD 1)";
    pub(crate) const WRONG: &str = "A prior that is sure and wrong";
}

// In the legend, and in the pictures.
pub(super) const TRUE_MEAN: &str = "true mean";
pub(super) const LIKELIHOOD: &str = "likelihood";
pub(super) const PRIOR: &str = "prior";
pub(super) const POSTERIOR: &str = "posterior";

pub(super) const MEAN: &str = "mean μ";

pub(super) mod control {
    use crate::number;

    pub(crate) const PRIOR_MEAN: &str = "Prior mean";
    pub(crate) const PRIOR_SD: &str = "Prior SD";
    pub(crate) const PRIOR_SD_HELP: &str = "Small: a strong belief. Large: almost none.";

    /// The variance that belongs to an SD.
    pub(crate) fn variance_of(sd: f64) -> String {
        format!("variance {}", number::short(sd * sd))
    }
}

/// All three as densities.
pub(super) mod together {
    use plots::Role;

    use crate::lab::Span;
    use crate::number;

    pub(crate) const TITLE: &str = "Prior times likelihood is the posterior";

    /// - `posterior`: its mean and SD.
    /// - `truth`: the mean that the data are drawn around; `None` while it is hidden.
    pub(crate) fn subtitle(posterior: (f64, f64), truth: Option<f64>) -> Vec<Span> {
        let mut subtitle = vec![
            Span::plain("Each drawn as a density. The posterior has mean "),
            Span::of(Role::Bayes, number::fixed(posterior.0, 4)),
            Span::plain(" and SD "),
            Span::of(Role::Bayes, number::fixed(posterior.1, 4)),
        ];
        if let Some(truth) = truth {
            subtitle
                .extend([Span::plain("; the true mean is "), Span::of(Role::Truth, number::plain(truth))]);
        }
        subtitle.push(Span::plain("."));
        subtitle
    }
}

/// One above another.
pub(super) mod three {
    pub(crate) const TITLE: &str = "One above the other";
    pub(crate) const SUBTITLE: &str = "Likelihood, prior, posterior, with their central 80 % and 95 %.";
}

/// Where the posterior mean goes as the prior gets surer.
pub(super) mod strengths {
    pub(crate) const TITLE: &str = "From belief to data";
    pub(crate) const SUBTITLE: &str =
        "A sure prior keeps the posterior near it; a vague one leaves it to the data.";
    pub(crate) const DATA_MEAN: &str = "mean of the data";
    pub(crate) const PRIOR_MEAN: &str = "prior mean";
    pub(crate) const PRIOR_SD: &str = "prior SD s";
    pub(crate) const POSTERIOR_MEAN: &str = "posterior mean";
}

/// What data and prior count.
pub(super) mod weights {
    use plots::Role;

    use crate::lab::Span;
    use crate::number;

    pub(crate) const TITLE: &str = "The weights";

    /// - `n`: number of data.
    /// - `prior`: its mean, and how many measurements of SD 1 it is worth.
    /// - `ybar`: the mean of the data.
    pub(crate) fn remark(n: f64, prior: (f64, f64), ybar: f64) -> Vec<Span> {
        vec![
            Span::plain("The data count as "),
            Span::of(Role::Mle, number::plain(n)),
            Span::plain(", the prior as "),
            Span::strong(number::short(prior.1)),
            Span::plain(": so many measurements of SD 1 it is worth. The posterior mean takes "),
            Span::strong(number::percent(prior.1 / (prior.1 + n))),
            Span::plain(format!(" of the prior’s {} and the rest of the data’s ", number::plain(prior.0))),
            Span::of(Role::Mle, number::fixed(ybar, 4)),
            Span::plain("."),
        ]
    }
}
