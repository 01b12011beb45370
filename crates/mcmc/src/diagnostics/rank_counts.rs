//! Rank plots: does every chain visit every part of the posterior equally often?

use stats::StatsError;
use stats::order::ranking;

/// How many draws of each chain fall in each of `num_bins` equal bins of the ranks among all draws.
///
/// Returns chains × bins. In chains that explore the same distribution every count is about
/// draws / bins, however autocorrelated they are over time; a chain elsewhere, or too narrow,
/// shows as a slope or a hill. Equal draws share their average rank.
///
/// - `chains`: draws of one variable, one slice per chain, all of one length.
///
/// # Errors
/// [`StatsError::Empty`] without draws or bins; [`StatsError::NotFinite`] with the place of the
/// first offender, counted through the chains one after the other.
///
/// # Panics
/// If the chains differ in length.
///
/// # Source
/// Vehtari, Gelman, Simpson, Carpenter & Bürkner (2021), Bayesian Analysis 16:667–718, § 5,
/// "rank plots".
pub fn rank_counts(chains: &[&[f64]], num_bins: usize) -> Result<Vec<Vec<u32>>, StatsError> {
    let num_draws = chains.first().map_or(0, |chain| chain.len());
    assert!(chains.iter().all(|chain| chain.len() == num_draws), "chains differ in length");
    if num_draws == 0 || num_bins == 0 {
        return Err(StatsError::Empty);
    }
    let all = chains.concat();
    if let Some(index) = all.iter().position(|x| !x.is_finite()) {
        return Err(StatsError::NotFinite { index, value: all[index] });
    }
    let sorted: Vec<(f64, usize)> =
        ranking(&all).into_iter().map(|place| (all[place], place / num_draws)).collect();
    let mut counts = vec![vec![0; num_bins]; chains.len()];
    let mut first = 0;
    for ties in sorted.chunk_by(|a, b| a.0 == b.0) {
        // Places are counted from 0; a place's middle is half further, so that bins share them evenly.
        let twice_middle = 2 * first + ties.len();
        let bin = twice_middle * num_bins / (2 * sorted.len());
        for (_, c) in ties {
            counts[*c][bin] += 1;
        }
        first += ties.len();
    }
    Ok(counts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_what_a_hand_finds() {
        // Pooled in order: 1a 2a 3b 4b | 5b 6b 7a 9a.
        let counts = rank_counts(&[&[7.0, 2.0, 9.0, 1.0], &[3.0, 6.0, 5.0, 4.0]], 4).unwrap();
        assert_eq!(counts, [[2, 0, 0, 2], [0, 2, 2, 0]]);
        // Ties sit at their middle: all in the one bin in the middle of three.
        assert_eq!(rank_counts(&[&[1.0; 3], &[1.0; 3]], 3).unwrap(), [[0, 3, 0], [0, 3, 0]]);
    }

    #[test]
    fn bins_share_all_draws_evenly_and_a_chain_apart_shows() {
        let wave =
            |shift: f64| -> Vec<f64> { (0..500).map(|s| libm::sin(0.37 * f64::from(s)) + shift).collect() };
        let (a, b, c) = (wave(0.0), wave(1e-6), wave(0.7));
        let counts = rank_counts(&[&a, &b, &c], 15).unwrap();
        for bin in 0..15 {
            assert_eq!(counts.iter().map(|chain| chain[bin]).sum::<u32>(), 100);
        }
        assert!(counts.iter().all(|chain| chain.iter().sum::<u32>() == 500));
        assert!(counts[2][0] == 0 && counts[2][14] == 100, "{counts:?}");
        assert!(counts[0].iter().zip(&counts[1]).all(|(a, b)| a.abs_diff(*b) <= 1));
    }

    #[test]
    fn what_cannot_be_ranked_is_refused() {
        assert_eq!(rank_counts(&[], 4), Err(StatsError::Empty));
        assert_eq!(rank_counts(&[&[1.0]], 0), Err(StatsError::Empty));
        let infinite = rank_counts(&[&[1.0, 2.0], &[f64::INFINITY, 1.0]], 4);
        assert_eq!(infinite, Err(StatsError::NotFinite { index: 2, value: f64::INFINITY }));
    }
}
