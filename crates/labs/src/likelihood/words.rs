//! What the lab says.

use crate::number;
pub(super) use crate::words::*;

pub(super) const TITLE: &str = "Likelihood";
pub(super) const SUMMARY: &str =
    "One curve for each datum, and their product: what the data say about a mean.";
pub(super) const SOURCES: &[&str] = &["Fisher 1922, Phil. Trans. A 222:309–368 (the likelihood)"];

/// - `n`: number of data.
pub(super) fn heading(n: usize) -> (String, String) {
    let plural = if n == 1 { "datum, one curve" } else { "data, as many curves, one product" };
    (
        number::capitalized(&format!("{} {plural}", number::words(n))),
        "Every datum rates each possible mean; the ratings multiply. Drag μ to where the product is highest."
            .to_owned(),
    )
}

pub(super) mod preset {
    pub(crate) const LECTURE: &str = "The lecture’s five data";
    pub(crate) const ONE: &str = "One datum";
    pub(crate) const FIFTY: &str = "Fifty data";
}

pub(super) mod legend {
    pub(crate) const TRUE_MEAN: &str = "true mean";
    pub(crate) const DATA: &str = "data, likelihood, MLE";
    pub(crate) const YOURS: &str = "your μ";
}

pub(super) mod control {
    pub(crate) const GUESS: &str = "Your guess";
    pub(crate) const GUESS_HELP: &str = "Move it: each curve says how well this μ explains its datum.";
    pub(crate) const SEED_HELP: &str = "R gives the same data: set.seed(seed); rnorm(n, 4).";
}

pub(super) const MEAN: &str = "mean μ";

/// At the rule of the mean that the reader tries.
pub(super) fn guess(mu: f64) -> String {
    format!("your μ = {}", number::plain(mu))
}

/// One curve for each datum.
pub(super) mod curves {
    use plots::Role;

    use crate::lab::Span;
    use crate::number;

    pub(crate) const TITLE: &str = "One curve for each datum";
    pub(crate) const HEIGHT: &str = "density";

    /// - `truth`: the mean that the data are drawn around; `None` while it is hidden.
    pub(crate) fn subtitle(truth: Option<f64>) -> Vec<Span> {
        let mut subtitle = vec![Span::plain(
            "Each curve is one datum’s own likelihood, a normal curve around it. Circles: what each says of your μ.",
        )];
        if let Some(truth) = truth {
            subtitle.extend([
                Span::plain(" The true mean is "),
                Span::of(Role::Truth, number::plain(truth)),
                Span::plain("."),
            ]);
        }
        subtitle
    }
}

/// Their product.
pub(super) mod product {
    use plots::Role;

    use crate::lab::Span;
    use crate::number;

    pub(crate) const TITLE: &str = "Their product: the likelihood";
    pub(crate) const HEIGHT: &str = "relative to the highest";

    pub(crate) fn best(mean: f64) -> String {
        format!("MLE {}", number::fixed(mean, 4))
    }

    /// - `best`: the mean of the data.
    /// - `here`: the likelihood of the reader's mean, in units of the highest.
    pub(crate) fn subtitle(best: f64, here: f64) -> Vec<Span> {
        vec![
            Span::plain(
                "All of them multiplied, in units of the highest value. It is highest at the mean of the data, ",
            ),
            Span::of(Role::Mle, number::fixed(best, 4)),
            Span::plain("; at your μ it is "),
            Span::strong(number::percent(here)),
            Span::plain(" of that."),
        ]
    }
}

/// The same on the logarithmic scale.
pub(super) mod log {
    use plots::Role;

    use crate::lab::Span;
    use crate::number;

    pub(crate) const TITLE: &str = "The same as a sum of logarithms";
    pub(crate) const HEIGHT: &str = "log likelihood";

    /// The log likelihood of the reader's mean, and at its top.
    pub(crate) fn subtitle(here: f64, top: f64) -> Vec<Span> {
        vec![
            Span::plain("Logarithms turn the product into a sum: a parabola. At your μ it is "),
            Span::strong(number::fixed(here, 2)),
            Span::plain(", at its top "),
            Span::of(Role::Mle, number::fixed(top, 2)),
            Span::plain("."),
        ]
    }
}

/// The product written out.
pub(super) mod factors {
    use plots::Role;

    use crate::lab::Span;
    use crate::number;

    pub(crate) const TITLE: &str = "In numbers";

    /// - `data`, `densities`: the first ones.
    /// - `is_all`: whether there are no more.
    pub(crate) fn remark(
        mu: f64,
        (data, densities): (&[f64], &[f64]),
        is_all: bool,
        product: f64,
    ) -> Vec<Span> {
        let listed = |numbers: &[f64], decimals: usize, between: &str| {
            let texts: Vec<String> = numbers.iter().map(|x| number::fixed(*x, decimals)).collect();
            texts.join(between)
        };
        let (more, rest) = if is_all { ("", "") } else { (", …", " × …") };
        vec![
            Span::plain("The data are "),
            Span::of(Role::Mle, format!("{}{more}", listed(data, 4, ", "))),
            Span::plain(format!(". At μ = {} they have the densities ", number::plain(mu))),
            Span::of(Role::Mle, format!("{}{rest}", listed(densities, 3, " × "))),
            Span::plain(", a product of "),
            Span::strong(format!("{product:.2e}").replace('-', "−")),
            Span::plain("."),
        ]
    }
}
