//! Numbers that were published, beside ours.

use estimators::marginal_likelihood::{Center, marginal_likelihood};
use plots::Table;
use stats::summary::{mean, sd};

use super::Set;
use super::fit::Fit;
use super::sets::{CITIES, RATS};
use crate::number;

/// A number in print.
pub(super) struct Published {
    /// What it is of.
    what: String,
    /// As it is printed.
    printed: &'static str,
    /// What comes out here.
    ours: f64,
    source: &'static str,
}

impl Published {
    /// Whether ours, rounded to as many digits as were printed, is the printed number.
    pub(super) fn agrees(&self) -> bool {
        self.rounded(self.num_decimals()) == self.rounded_print()
    }

    fn num_decimals(&self) -> usize {
        self.printed.split_once('.').map_or(0, |(_, decimals)| decimals.len())
    }

    fn rounded(&self, decimals: usize) -> String {
        number::fixed(self.ours, decimals)
    }

    fn rounded_print(&self) -> String {
        let printed: f64 = self.printed.parse().expect("printed numbers are constants");
        number::fixed(printed, self.num_decimals())
    }
}

/// The published numbers of the set called `slug`, beside those of `fit`; empty if there are none.
pub(super) fn numbers(slug: &str, is_arcsine: bool, set: &Set, fit: &Fit) -> Vec<Published> {
    let of = |source: &'static str| {
        move |what: &str, printed: &'static str, ours: f64| Published {
            what: what.to_owned(),
            printed,
            ours,
            source,
        }
    };
    match (slug, is_arcsine) {
        ("baseball", false) => {
            let row = of("Efron & Morris 1977, Scientific American 236(5)");
            let closer = fit.num_closer_james_stein(set);
            vec![
                row("mean of the 18 averages", "0.265", mean(&set.y)),
                row("share of each deviation kept", "0.212", 1.0 - fit.james_stein_shrinkage()),
                row("James–Stein estimate for Clemente", "0.294", fit.james_stein_estimate(0)),
                row("players to whom James–Stein is closer", "16", closer),
                row(
                    "MLE’s total squared error over James–Stein’s",
                    "3.5",
                    fit.loss_of_mle(set) / fit.loss_of_james_stein(set),
                ),
            ]
        }
        ("baseball", true) => {
            let row = of("Efron & Morris 1975, JASA 70:311–319; averages there rounded to three digits");
            vec![
                row("MLE’s total squared error", "17.56", fit.loss_of_mle(set)),
                row("James–Stein’s total squared error", "5.01", fit.loss_of_james_stein(set)),
                row("their ratio", "3.50", fit.loss_of_mle(set) / fit.loss_of_james_stein(set)),
            ]
        }
        ("eight", _) => {
            let row = of("Bayesian Data Analysis, § 5.5");
            let weight: f64 = set.noise_var.iter().map(|var| 1.0 / var).sum();
            let pooled = set.y.iter().zip(&set.noise_var).map(|(y, var)| y / var).sum::<f64>() / weight;
            let mut rows = vec![
                row("pooled effect", "7.7", pooled),
                row("its standard error", "4.1", weight.sqrt().recip()),
            ];
            let row = of("Bayesian Data Analysis, table 5.3, from 200 draws");
            for (i, printed) in ["10", "8", "7", "8", "5", "6", "10", "8"].into_iter().enumerate() {
                rows.push(row(&format!("posterior median of {}", set.names[i]), printed, fit.median(i)));
            }
            rows
        }
        ("lecture", _) => {
            let row = of("The slides");
            let within = |estimates: &[f64]| {
                let truth = set.truth.as_deref().unwrap_or_default();
                estimates
                    .iter()
                    .zip(truth)
                    .filter(|(estimate, truth)| (*estimate - *truth).abs() < 0.5)
                    .count() as f64
            };
            vec![
                row("schools where the MLE errs by less than 0.5", "16", within(&set.y)),
                row("the same for Bayes (slide: SDs known; here learned)", "20", within(fit.bayes())),
            ]
        }
        ("rats", _) => {
            let row = of("Bayesian Data Analysis, § 5.1: a beta prior by moments of the 70 earlier groups");
            let shares: Vec<f64> = RATS[..70].iter().map(|(tumors, rats)| tumors / rats).collect();
            let (mean, sd) = (mean(&shares), sd(&shares));
            let total = mean * (1.0 - mean) / (sd * sd) - 1.0;
            let (alpha, beta) = (mean * total, (1.0 - mean) * total);
            let (tumors, rats) = RATS[70];
            let (a, b) = (alpha + tumors, beta + rats - tumors);
            vec![
                row("mean of the 70 shares", "0.136", mean),
                row("SD of the 70 shares", "0.103", sd),
                row("α of the beta prior", "1.4", alpha),
                row("β of the beta prior", "8.6", beta),
                row("posterior mean of the current group", "0.223", a / (a + b)),
                row("its posterior SD", "0.083", (a * b / (a + b + 1.0)).sqrt() / (a + b)),
            ]
        }
        ("toxo", _) => {
            let row = of("Efron & Morris 1975, JASA 70:311–319, toward 0; typed from memory");
            let (y, noise_var): (Vec<f64>, Vec<f64>) =
                CITIES.iter().map(|city| (city.0, city.1 * city.1)).unzip();
            let found = marginal_likelihood(&y, &noise_var, &[36], Center::Known(0.0))
                .expect("36 finite rates with positive standard errors");
            vec![
                row("Â, variance of the true rates", "0.0122", found.prior_var),
                row("its standard error", "0.0041", found.prior_var_se),
            ]
        }
        _ => Vec::new(),
    }
}

/// The numbers as a table.
pub(super) fn table(numbers: &[Published]) -> Table {
    let row = |published: &Published| {
        let agrees = if published.agrees() { "✓ agrees" } else { "differs" };
        let decimals = published.num_decimals();
        vec![
            published.what.clone(),
            published.printed.to_owned(),
            published.rounded(if decimals == 0 { 1 } else { decimals + 1 }),
            agrees.to_owned(),
            published.source.to_owned(),
        ]
    };
    let columns = ["number", "published", "here", "in the printed digits", "source"];
    Table { columns: columns.map(str::to_owned).into(), rows: numbers.iter().map(row).collect() }
}
