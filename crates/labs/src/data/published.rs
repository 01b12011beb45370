//! Numbers that were published, beside ours.

use estimators::marginal_likelihood::{Center, marginal_likelihood};
use plots::Table;
use stats::summary::{mean, sd};

use super::Set;
use super::classics::{CITIES, RATS};
use super::fit::Fit;
use super::words::published::{self as words, source};
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
        self.rounded(self.num_decimals()) == self.printed
    }

    fn num_decimals(&self) -> usize {
        self.printed.split_once('.').map_or(0, |(_, decimals)| decimals.len())
    }

    fn rounded(&self, decimals: usize) -> String {
        number::fixed(self.ours, decimals)
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
            let row = of(source::SCIENTIFIC_AMERICAN);
            let closer = fit.num_closer_james_stein(set);
            vec![
                row(words::MEAN_OF_AVERAGES, "0.265", mean(&set.y)),
                row(words::SHARE_KEPT, "0.212", 1.0 - fit.james_stein_shrinkage()),
                row(words::CLEMENTE, "0.294", fit.james_stein_estimate(0)),
                row(words::PLAYERS_CLOSER, "16", closer),
                row(words::MLE_OVER_JAMES_STEIN, "3.5", fit.loss_of_mle(set) / fit.loss_of_james_stein(set)),
            ]
        }
        ("baseball", true) => {
            let row = of(source::JASA);
            vec![
                row(words::LOSS_OF_MLE, "17.56", fit.loss_of_mle(set)),
                row(words::LOSS_OF_JAMES_STEIN, "5.01", fit.loss_of_james_stein(set)),
                row(words::RATIO, "3.50", fit.loss_of_mle(set) / fit.loss_of_james_stein(set)),
            ]
        }
        ("eight", _) => {
            let row = of(source::BDA_POOLED);
            let weight: f64 = set.noise_var.iter().map(|var| 1.0 / var).sum();
            let pooled = set.y.iter().zip(&set.noise_var).map(|(y, var)| y / var).sum::<f64>() / weight;
            let mut rows = vec![
                row(words::POOLED_EFFECT, "7.7", pooled),
                row(words::ITS_SE, "4.1", weight.sqrt().recip()),
            ];
            let row = of(source::BDA_MEDIANS);
            for (i, printed) in ["10", "8", "7", "8", "5", "6", "10", "8"].into_iter().enumerate() {
                rows.push(row(&words::posterior_median(&set.names[i]), printed, fit.median(i)));
            }
            rows
        }
        ("lecture", _) => {
            let row = of(source::SLIDES);
            let within = |estimates: &[f64]| {
                let truth = set.truth.as_deref().unwrap_or_default();
                estimates
                    .iter()
                    .zip(truth)
                    .filter(|(estimate, truth)| (*estimate - *truth).abs() < 0.5)
                    .count() as f64
            };
            vec![
                row(words::MLE_WITHIN, "16", within(&set.y)),
                row(words::BAYES_WITHIN, "20", within(fit.bayes())),
            ]
        }
        ("rats", _) => {
            let row = of(source::BDA_RATS);
            let shares: Vec<f64> = RATS[..70].iter().map(|(tumors, rats)| tumors / rats).collect();
            let (mean, sd) = (mean(&shares), sd(&shares));
            let total = mean * (1.0 - mean) / (sd * sd) - 1.0;
            let (alpha, beta) = (mean * total, (1.0 - mean) * total);
            let (tumors, rats) = RATS[70];
            let (a, b) = (alpha + tumors, beta + rats - tumors);
            vec![
                row(words::MEAN_OF_SHARES, "0.136", mean),
                row(words::SD_OF_SHARES, "0.103", sd),
                row(words::ALPHA, "1.4", alpha),
                row(words::BETA, "8.6", beta),
                row(words::CURRENT_MEAN, "0.223", a / (a + b)),
                row(words::CURRENT_SD, "0.083", (a * b / (a + b + 1.0)).sqrt() / (a + b)),
            ]
        }
        ("toxo", _) => {
            let row = of(source::JASA_TOWARD_0);
            let (y, noise_var): (Vec<f64>, Vec<f64>) =
                CITIES.iter().map(|city| (city.0, city.1 * city.1)).unzip();
            let found = marginal_likelihood(&y, &noise_var, &[36], Center::Known(0.0))
                .unwrap_or_else(|_| unreachable!("36 finite rates with positive standard errors"));
            vec![
                row(words::VARIANCE_OF_RATES, "0.0122", found.prior_var),
                row(words::ITS_SE, "0.0041", found.prior_var_se),
            ]
        }
        _ => Vec::new(),
    }
}

/// The numbers as a table.
pub(super) fn table(numbers: &[Published]) -> Table {
    let row = |published: &Published| {
        let agrees = if published.agrees() { words::AGREES } else { words::DIFFERS };
        let decimals = published.num_decimals();
        vec![
            published.what.clone(),
            published.printed.to_owned(),
            published.rounded(if decimals == 0 { 1 } else { decimals + 1 }),
            agrees.to_owned(),
            published.source.to_owned(),
        ]
    };
    Table { columns: words::COLUMNS.map(str::to_owned).into(), rows: numbers.iter().map(row).collect() }
}
