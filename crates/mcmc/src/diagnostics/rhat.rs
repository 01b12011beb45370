//! Potential scale reduction.

/// √(var⁺/W) of equally long chains: equations 1 to 4 of Vehtari et al. (2021).
pub(crate) fn rhat_of(chains: &[f64], num_draws: usize) -> f64 {
    let n = num_draws as f64;
    let (mut means, mut vars) = (Moments::default(), 0.0);
    for chain in chains.chunks_exact(num_draws) {
        let mean = chain.iter().sum::<f64>() / n;
        vars += chain.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (n - 1.0);
        means.add(mean);
    }
    let within = vars / means.count;
    ((means.var() * n / within + n - 1.0) / n).sqrt()
}

/// Running mean and variance of a few numbers.
#[derive(Default)]
pub(crate) struct Moments {
    pub(crate) count: f64,
    mean: f64,
    sum_squares: f64,
}

impl Moments {
    pub(crate) fn add(&mut self, x: f64) {
        self.count += 1.0;
        let delta = x - self.mean;
        self.mean += delta / self.count;
        self.sum_squares += delta * (x - self.mean);
    }

    pub(crate) fn var(&self) -> f64 {
        self.sum_squares / (self.count - 1.0)
    }
}
