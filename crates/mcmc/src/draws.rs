//! Storage of draws.

use serde::{Deserialize, Serialize};

/// Numbers in one cache line.
const CACHE_LINE: usize = 8;

/// Kept draws: chains × variables × draws, **the draw index runs fastest**, so that
/// the series of one variable in one chain is one slice.
///
/// Chains grow independently up to a capacity fixed at the start; adding a draw
/// never allocates.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Draws {
    names: Vec<String>,
    num_draws: Vec<usize>,
    capacity: usize,
    /// Distance between the series of neighboring variables: an odd number of cache
    /// lines, since a power of two would crowd them into few sets of the cache.
    stride: usize,
    values: Vec<f64>,
}

impl Draws {
    /// Room for `capacity` draws of the named variables in each of `num_chains` chains.
    #[must_use]
    pub fn new(names: Vec<String>, num_chains: usize, capacity: usize) -> Self {
        let stride = (capacity.div_ceil(CACHE_LINE) | 1) * CACHE_LINE;
        let values = vec![0.0; num_chains * names.len() * stride];
        Self { names, num_draws: vec![0; num_chains], capacity, stride, values }
    }

    /// The same room for other draws of as many variables: what is filled anew for every step of a
    /// slider is not asked of the allocator every time. `None` if it has another size.
    #[must_use]
    pub fn emptied(mut self, names: Vec<String>, num_chains: usize, capacity: usize) -> Option<Self> {
        let fits =
            [names.len(), num_chains, capacity] == [self.num_variables(), self.num_chains(), self.capacity];
        self.clear();
        self.names = names;
        fits.then_some(self)
    }

    /// Appends one draw of all variables to a chain.
    ///
    /// # Panics
    /// If there is no such chain, the chain is full, or `draw` is not one value per variable.
    pub fn push(&mut self, chain: usize, draw: &[f64]) {
        assert_eq!(draw.len(), self.num_variables());
        let iteration = self.num_draws[chain];
        assert!(iteration < self.capacity, "chain {chain} is full");
        let first = chain * self.num_variables() * self.stride;
        let series = self.values[first..].chunks_exact_mut(self.stride);
        for (series, draw) in series.zip(draw) {
            series[iteration] = *draw;
        }
        self.num_draws[chain] += 1;
    }

    /// Appends several draws of all variables to a chain.
    ///
    /// - `rows`: the draws one after the other, `width` numbers each, of which those from `first` on are
    ///   taken.
    ///
    /// # Panics
    /// If there is no such chain, they do not all fit in, `rows` is no whole number of them, or they have
    /// fewer numbers than there are variables from `first` on.
    pub fn extend(&mut self, chain: usize, rows: &[f64], width: usize, first: usize) {
        let num_variables = self.num_variables();
        assert!(rows.len().is_multiple_of(width) && first + num_variables <= width, "draws of another shape");
        assert!(self.num_draws[chain] + rows.len() / width <= self.capacity, "chain {chain} is full");
        let start = chain * num_variables * self.stride;
        // A cache line of each series at a time: series by series its lines would be fetched for every draw.
        for block in rows.chunks(CACHE_LINE * width) {
            let iteration = self.num_draws[chain];
            let series = self.values[start..].chunks_exact_mut(self.stride);
            for (k, series) in series.take(num_variables).enumerate() {
                let values = block[first + k..].iter().step_by(width);
                series[iteration..].iter_mut().zip(values).for_each(|(slot, value)| *slot = *value);
            }
            self.num_draws[chain] += block.len() / width;
        }
    }

    /// Draws so far of one variable in one chain.
    ///
    /// # Panics
    /// If there is no such chain or variable.
    #[must_use]
    pub fn variable(&self, chain: usize, k: usize) -> &[f64] {
        assert!(k < self.num_variables(), "no variable {k}");
        let first = (chain * self.num_variables() + k) * self.stride;
        &self.values[first..first + self.num_draws[chain]]
    }

    /// One variable in every chain, cut to the length of the shortest: what the
    /// diagnostics take.
    ///
    /// # Panics
    /// If there is no such variable.
    #[must_use]
    pub fn chains(&self, k: usize) -> Vec<&[f64]> {
        let shortest = self.num_draws.iter().copied().min().unwrap_or(0);
        (0..self.num_chains()).map(|chain| &self.variable(chain, k)[..shortest]).collect()
    }

    /// Names as Stan writes them, such as `theta[1]`.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Number of chains.
    #[must_use]
    pub fn num_chains(&self) -> usize {
        self.num_draws.len()
    }

    /// Number of variables.
    #[must_use]
    pub fn num_variables(&self) -> usize {
        self.names.len()
    }

    /// Number of draws so far in one chain.
    ///
    /// # Panics
    /// If there is no such chain.
    #[must_use]
    pub fn num_draws(&self, chain: usize) -> usize {
        self.num_draws[chain]
    }

    /// Largest number of draws per chain.
    #[must_use]
    pub fn capacity(&self) -> usize {
        self.capacity
    }

    /// Forgets all draws and keeps the room for them.
    pub fn clear(&mut self) {
        self.num_draws.fill(0);
    }
}

/// Names as Stan numbers them: `theta[1]`, …, `theta[4]`, `mu[1]`, …
///
/// - `blocks`: a parameter's name and length, in order.
#[must_use]
pub fn variable_names(blocks: &[(&str, usize)]) -> Vec<String> {
    blocks.iter().flat_map(|(name, len)| (1..=*len).map(move |i| format!("{name}[{i}]"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_come_back_where_they_were_put() {
        let mut draws = Draws::new(variable_names(&[("theta", 2), ("mu", 1)]), 2, 3);
        draws.push(1, &[1.0, 2.0, 3.0]);
        draws.push(1, &[4.0, 5.0, 6.0]);
        draws.push(0, &[7.0, 8.0, 9.0]);
        assert_eq!(draws.variable(1, 0), [1.0, 4.0]);
        assert_eq!(draws.variable(1, 2), [3.0, 6.0]);
        assert_eq!(draws.variable(0, 1), [8.0]);
        assert_eq!(draws.chains(1), [[8.0], [2.0]]);
        assert_eq!(draws.names(), ["theta[1]", "theta[2]", "mu[1]"]);
        draws.clear();
        assert!(draws.variable(1, 2).is_empty());
        assert!(draws.clone().emptied(variable_names(&[("mu", 2)]), 2, 3).is_none());
        draws.push(0, &[7.0, 8.0, 9.0]);
        let emptied = draws.emptied(variable_names(&[("mu", 3)]), 2, 3).unwrap();
        assert_eq!(
            emptied,
            Draws { values: emptied.values.clone(), ..Draws::new(variable_names(&[("mu", 3)]), 2, 3) }
        );
    }

    #[test]
    fn many_draws_at_once_are_the_same_as_one_by_one() {
        let names = || variable_names(&[("theta", 2), ("mu", 1)]);
        let (mut one_by_one, mut at_once) = (Draws::new(names(), 2, 50), Draws::new(names(), 2, 50));
        let rows: Vec<f64> = (0..5 * 50).map(f64::from).collect();
        for row in rows.chunks_exact(5) {
            one_by_one.push(1, &row[1..4]);
        }
        for part in [&rows[..5], &rows[5..5], &rows[5..5 * 30], &rows[5 * 30..]] {
            at_once.extend(1, part, 5, 1);
        }
        assert_eq!(at_once, one_by_one);
    }

    #[test]
    #[should_panic(expected = "chain 1 is full")]
    fn a_chain_takes_no_more_than_it_has_room_for() {
        Draws::new(variable_names(&[("mu", 1)]), 2, 3).extend(1, &[0.0; 4], 1, 0);
    }

    #[test]
    #[should_panic(expected = "chain 0 is full")]
    fn a_full_chain_says_so() {
        let mut draws = Draws::new(variable_names(&[("mu", 1)]), 1, 1);
        draws.push(0, &[1.0]);
        draws.push(0, &[1.0]);
    }
}
