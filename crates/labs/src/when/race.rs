//! The race: losses of all estimators on the data set on screen, over repeats, and exactly on average.

use models::{RegionData, RegionNormals};
use plots::{Axis, Curves, Figure, LabelAt, Line, Ranking, RankingRow, Role, Table};
use stats::summary::{RunningMean, quantile};

use super::contenders::{CONTENDERS, Contender, Learning, Losses, NUM_CONTENDERS, Name, Scratch};
use super::setting::Setting;
use super::words::{self, race::Duel};
use crate::lab::{Body, Needs, Panel, Place, Span};
use crate::one_prior::ranking_row;
use crate::regions::ridge;
use crate::{axis, number};

/// The race so far.
pub(crate) struct Race {
    /// On the data set on screen.
    pub(crate) here: Losses,
    /// Exact averages.
    pub(crate) expected: [Option<f64>; NUM_CONTENDERS],
    /// In each repeat.
    pub(crate) repeats: [Vec<f64>; NUM_CONTENDERS],
    scratch: Scratch,
    learning: Learning,
}

impl Race {
    pub(crate) fn new(setting: &Setting, data: &RegionData, learning: Learning) -> Self {
        let mut scratch = Scratch::new(setting, learning);
        Self {
            here: scratch.losses(setting, data),
            expected: CONTENDERS.each_ref().map(|contender| contender.expected(setting)),
            repeats: std::array::from_fn(|_| Vec::new()),
            scratch,
            learning,
        }
    }

    /// Counts the losses on data set `replicate`.
    pub(crate) fn add(
        &mut self,
        setting: &Setting,
        replicate: u64,
        normals: &mut RegionNormals,
        data: &mut RegionData,
    ) {
        setting.data_into(replicate, normals, data);
        let losses = self.scratch.losses(setting, data);
        for (repeats, loss) in self.repeats.iter_mut().zip(losses) {
            if loss.is_finite() {
                repeats.push(loss);
            }
        }
    }

    /// Who races.
    pub(crate) fn racing(&self) -> impl Iterator<Item = &'static Contender> {
        let learning = self.learning;
        CONTENDERS
            .iter()
            .filter(move |contender| contender.name != Name::LearnedBayes || learning == Learning::Raced)
    }

    pub(crate) fn here(&self, contender: &Contender) -> Option<f64> {
        Some(self.here[contender.index()]).filter(|loss| loss.is_finite())
    }

    /// Mean loss over the repeats and its Monte Carlo error; `None` before the second.
    pub(crate) fn mean(&self, contender: &Contender) -> Option<(f64, f64)> {
        let mut mean = RunningMean::new();
        self.repeats[contender.index()].iter().for_each(|loss| mean.push(*loss));
        (mean.count() > 1).then(|| (mean.mean(), mean.standard_error()))
    }

    /// Share of the repeats in which `a` had the smaller loss.
    pub(crate) fn share_won(&self, a: usize, b: usize) -> Option<f64> {
        let (a, b) = (&self.repeats[a], &self.repeats[b]);
        let won = a.iter().zip(b).filter(|(a, b)| a < b).count();
        (!a.is_empty() && a.len() == b.len()).then(|| won as f64 / a.len() as f64)
    }

    /// Expected loss, exact or as the mean of the repeats, and whether it is exact.
    pub(crate) fn best_known(&self, contender: &Contender) -> Option<(f64, bool)> {
        match self.expected[contender.index()] {
            Some(exact) => Some((exact, true)),
            None => self.mean(contender).map(|(mean, _)| (mean, false)),
        }
    }

    fn row(&self, contender: &Contender) -> RankingRow {
        let expected = self.expected[contender.index()];
        let here = self.here(contender);
        let mut row = ranking_row(contender.label, contender.role, here, expected);
        if here.is_none() {
            row.missing = words::race::NOT_DEFINED.to_owned();
        } else if let (None, Some((mean, error))) = (expected, self.mean(contender)) {
            row.expected_text = format!("≈ {} ± {}", number::loss(mean), number::short(error));
        }
        row
    }

    /// Every estimator: this data set, the repeats, the exact average.
    pub(crate) fn ranking(&self, repeats: u32, num_schools: usize) -> Panel {
        // The guesses that may be far off keep their numbers; the picture is not stretched for them.
        let modest = || self.racing().filter(|contender| contender.role != Role::Zero);
        let tails = modest().filter_map(|contender| quantile(&self.repeats[contender.index()], 0.98).ok());
        let marks =
            modest().flat_map(|contender| [self.here(contender), self.expected[contender.index()]]).flatten();
        let bound = self.here[Name::Mle as usize].max(self.expected[Name::Mle as usize].unwrap_or(0.0));
        let (min, max) = axis::from_zero(tails.chain(marks).filter(|value| *value < 3.0 * bound));
        let ridges: Vec<_> =
            self.racing().map(|contender| ridge(&self.repeats[contender.index()], max)).collect();
        let tallest =
            ridges.iter().flatten().map(|corner| corner.1).fold(0.0, f64::max).max(f64::MIN_POSITIVE);
        let rows = self
            .racing()
            .zip(ridges)
            .map(|(contender, ridge)| RankingRow {
                ridge: ridge.into_iter().map(|(x, height)| (x, height / tallest)).collect(),
                ..self.row(contender)
            })
            .collect();
        let figure = Ranking {
            x: Axis::linear(min, max, words::TOTAL_SQUARED_ERROR),
            rows,
            note: words::race::HERE_AND_ON_AVERAGE.to_owned(),
        };
        Panel {
            id: "race".to_owned(),
            title: words::WHO_CAME_CLOSEST.to_owned(),
            subtitle: words::race::subtitle(num_schools, repeats),
            place: Place::Main,
            is_lead: true,
            needs: Needs::Repeats,
            body: Body::Figure(Figure::Ranking(figure)),
            remark: self.verdict(Name::FullBayes as usize, Name::JamesStein as usize, repeats),
        }
    }

    /// When `hero` lost this round to `rival`, and how often that happens.
    pub(crate) fn verdict(&self, hero: usize, rival: usize, repeats: u32) -> Vec<Span> {
        let (a, b) = (&CONTENDERS[hero], &CONTENDERS[rival]);
        let (Some(here_a), Some(here_b)) = (self.here(a), self.here(b)) else {
            return words::race::cannot_be_compared(a.label, b.label);
        };
        if hero == rival {
            return Vec::new();
        }
        let share_won = self.share_won(hero, rival).filter(|_| repeats > 0);
        let risks = self.best_known(a).zip(self.best_known(b));
        words::race::verdict(&Duel {
            names: [(a.phrase, a.role), (b.phrase, b.role)],
            here: [here_a, here_b],
            lost: share_won.map(|won| (repeats, 1.0 - won)),
            on_average: risks.map(|((a, a_is_exact), (b, b_is_exact))| ([a, b], a_is_exact && b_is_exact)),
        })
    }

    /// Running mean error of some estimators on its way to the exact risk.
    pub(crate) fn running(&self, who: &[usize], repeats: u32) -> Figure {
        let end = f64::from(repeats.max(2));
        let mut lines = Vec::new();
        let mut seen = Vec::new();
        for contender in who.iter().map(|index| &CONTENDERS[*index]) {
            let line = |label: String, label_at, points, dashed| Line {
                label,
                label_at,
                role: contender.role,
                points,
                filled: false,
                dashed,
            };
            let means = running_means(&self.repeats[contender.index()]);
            let Some((_, last)) = means.last().copied() else { continue };
            let exact = self.expected[contender.index()];
            let label = words::running::line(contender.short, exact.unwrap_or(last));
            seen.extend(means.iter().skip(10).map(|p| p.1).chain(exact).chain([last]));
            if let Some(exact) = exact {
                let ends = vec![(1.0, exact), (end, exact)];
                lines.push(line(words::exact(contender.short), LabelAt::Nowhere, ends, true));
            }
            lines.push(line(label, LabelAt::Along, means, false));
        }
        let (low, high) = seen
            .iter()
            .fold((f64::INFINITY, 0.0_f64), |(low, high), value| (low.min(*value), high.max(*value)));
        let (min, max) = if high > 0.0 {
            let room = (0.15 * (high - low)).max(0.02 * high);
            ((low - room).max(0.0), high + room)
        } else {
            (0.0, 1.0)
        };
        Figure::Curves(Curves {
            x: Axis::linear(1.0, end, words::DATA_SETS_SO_FAR),
            y: Axis::linear(min, max, words::running::MEAN),
            y_labels: true,
            lines,
            points: Vec::new(),
            rules: Vec::new(),
            dots: Vec::new(),
        })
    }

    /// Everybody's numbers, and how often Bayes beats them.
    pub(crate) fn table(&self, repeats: u32) -> Panel {
        let share = |a: Name, b: Name| {
            let won = self.share_won(a as usize, b as usize).filter(|_| a != b);
            words::or_dash(won.map(number::percent))
        };
        let rows = self
            .racing()
            .map(|contender| {
                let loss = |value: Option<f64>| words::or_dash(value.map(number::loss));
                let mean = self.mean(contender);
                vec![
                    contender.label.to_owned(),
                    loss(self.here(contender)),
                    loss(mean.map(|(mean, _)| mean)),
                    words::or_dash(mean.map(|(_, error)| number::short(error))),
                    loss(self.expected[contender.index()]),
                    share(Name::FullBayes, contender.name),
                    share(contender.name, Name::Mle),
                ]
            })
            .collect();
        Panel {
            id: "numbers".to_owned(),
            title: words::numbers::TITLE.to_owned(),
            subtitle: words::numbers::subtitle(repeats),
            place: Place::Below,
            is_lead: false,
            needs: Needs::Repeats,
            body: Body::Table(Table { columns: words::numbers::COLUMNS.map(str::to_owned).into(), rows }),
            remark: Vec::new(),
        }
    }
}

/// Mean of the first 1, 2, … losses, thinned to what a picture can show.
fn running_means(losses: &[f64]) -> Vec<(f64, f64)> {
    const CORNERS: usize = 200;
    let every = losses.len().div_ceil(CORNERS).max(1);
    let mut mean = RunningMean::new();
    let mut points = Vec::with_capacity(CORNERS + 8);
    for (i, loss) in losses.iter().enumerate() {
        mean.push(*loss);
        if i % every == 0 || i + 1 == losses.len() {
            points.push(((i + 1) as f64, mean.mean()));
        }
    }
    points
}
