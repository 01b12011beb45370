//! Ranks and normal scores of pooled draws.
//!
//! Vehtari, Gelman, Simpson, Carpenter & Bürkner (2021), Rank-normalization,
//! folding, and localization, Bayesian Analysis 16:667–718, § 4.1.

use stats::order;
use stats::special::normal_quantile;

/// Draws with their order, and their normal scores.
#[derive(Default)]
pub(crate) struct Ranked {
    /// Ordered keys, each with the index of its draw below.
    keys: Vec<u128>,
    pub(crate) sorted: Vec<f64>,
    order: Vec<u32>,
    folded: Vec<(f64, u32)>,
    scores: NormalScores,
}

impl Ranked {
    /// Sorts the draws. Their number must fit in 32 bits.
    pub(crate) fn sort(&mut self, draws: &[f64]) {
        self.keys.clear();
        self.keys.extend((0..).zip(draws).map(|(i, x)| order::key(*x, i)));
        order::sort_keys(&mut self.keys);
        self.order.clear();
        self.order.extend(self.keys.iter().map(|key| order::index_of(*key)));
        self.sorted.clear();
        self.sorted.extend(self.order.iter().map(|&i| draws[i as usize]));
        self.scores.prepare(draws.len());
    }

    /// Writes normal scores of the sorted draws, in their original order.
    pub(crate) fn normal_scores(&self, scores: &mut Vec<f64>) {
        scores.resize(self.sorted.len(), 0.0);
        let in_order = self.sorted.iter().copied().zip(self.order.iter().copied());
        self.scores.write(in_order, scores);
    }

    /// Writes normal scores of the draws' distances from their median, in the original order.
    pub(crate) fn folded_scores(&mut self, scores: &mut Vec<f64>) {
        let median = quantile_of_sorted(&self.sorted, 0.5);
        let split = self.sorted.partition_point(|x| *x <= median);
        // The distances below and above the median are sorted already: merge them.
        let mut below = (0..split).rev().peekable();
        let mut above = (split..self.sorted.len()).peekable();
        let distance = |i: usize| (self.sorted[i] - median).abs();
        self.folded.clear();
        loop {
            let next = match (below.peek(), above.peek()) {
                (Some(&b), Some(&a)) if distance(a) < distance(b) => above.next(),
                (Some(_), _) => below.next(),
                (None, _) => above.next(),
            };
            let Some(i) = next else { break };
            self.folded.push((distance(i), self.order[i]));
        }
        scores.resize(self.sorted.len(), 0.0);
        self.scores.write(self.folded.iter().copied(), scores);
    }
}

/// Normal quantiles at (rank − 3/8) / (n + 1/4) (Blom), of every whole rank of n.
#[derive(Default)]
struct NormalScores(Vec<f64>);

impl NormalScores {
    fn prepare(&mut self, n: usize) {
        if self.0.len() == n {
            return;
        }
        self.0 = vec![0.0; n];
        for i in 0..n / 2 {
            let score = blom_score(i as f64 + 1.0, n);
            self.0[i] = score;
            self.0[n - 1 - i] = -score;
        }
    }

    /// Scores of values that come sorted, each with the index to write to; ties share
    /// their average rank.
    fn write(&self, sorted: impl ExactSizeIterator<Item = (f64, u32)> + Clone, scores: &mut [f64]) {
        let n = sorted.len();
        let mut first = 0;
        let mut values = sorted.clone().peekable();
        let mut indices = sorted;
        while let Some((value, _)) = values.next() {
            let mut last = first;
            while values.next_if(|(next, _)| *next == value).is_some() {
                last += 1;
            }
            let score =
                if first == last { self.0[first] } else { blom_score(0.5 * (first + last) as f64 + 1.0, n) };
            for (_, i) in indices.by_ref().take(last + 1 - first) {
                scores[i as usize] = score;
            }
            first = last + 1;
        }
    }
}

fn blom_score(rank: f64, n: usize) -> f64 {
    normal_quantile((rank - 0.375) / (n as f64 + 0.25))
}

/// Quantile by linear interpolation between order statistics (type 7 of Hyndman & Fan 1996).
pub(crate) fn quantile_of_sorted(sorted: &[f64], prob: f64) -> f64 {
    let position = prob * (sorted.len() - 1) as f64;
    let below = position.floor();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and the length")]
    let i = below as usize;
    let upper = sorted[(i + 1).min(sorted.len() - 1)];
    sorted[i] + (position - below) * (upper - sorted[i])
}
