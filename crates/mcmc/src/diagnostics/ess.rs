//! Effective sample size from autocovariances.

use crate::diagnostics::rhat::Moments;

/// Lanes of the running sums.
const LANES: usize = 4;

/// Room for an effective sample size, kept between calls.
#[derive(Default)]
pub(crate) struct EssWorkspace {
    centered: Vec<f64>,
    rho: Vec<f64>,
}

impl EssWorkspace {
    /// Effective sample size for the mean of equally long chains; NaN if they are constant.
    ///
    /// Equations 10 to 12 of Vehtari et al. (2021) with Geyer's (1992) initial positive
    /// and initial monotone sequence, cut off as their reference code does. The
    /// autocovariances are divided by n and not n − t on purpose, to keep the sequence
    /// positive definite. Computed lag by lag, only as far as the sequence goes: a few
    /// lags for a good sampler, cheaper than a transform of all.
    pub(crate) fn ess(&mut self, chains: &[f64], num_draws: usize) -> f64 {
        let n = num_draws as f64;
        let mut means = Moments::default();
        self.centered.clear();
        for chain in chains.chunks_exact(num_draws) {
            let mean = chain.iter().sum::<f64>() / n;
            means.add(mean);
            self.centered.extend(chain.iter().map(|x| x - mean));
        }
        let centered = &self.centered;
        let num_chains = means.count;
        let autocovariance = |lag: usize| {
            let sums = centered.chunks_exact(num_draws).map(|c| dot(&c[..num_draws - lag], &c[lag..]));
            sums.sum::<f64>() / (n * num_chains)
        };
        let biased_var = autocovariance(0);
        let mean_var = biased_var * n / (n - 1.0);
        let var_plus = biased_var + if num_chains > 1.0 { means.var() } else { 0.0 };
        if var_plus.is_nan() || var_plus <= 0.0 {
            return f64::NAN;
        }
        let rho_at = |lag: usize| 1.0 - (mean_var - autocovariance(lag)) / var_plus;

        // Initial positive sequence: pairs of lags (2j, 2j + 1) as long as their sum is positive.
        let rho = &mut self.rho;
        rho.clear();
        let (mut even, mut odd) = (1.0, rho_at(1));
        rho.extend([even, odd]);
        while rho.len() + 2 < num_draws && even + odd > 0.0 {
            (even, odd) = (rho_at(rho.len()), rho_at(rho.len() + 1));
            rho.extend([even, odd]);
        }
        // The last pair ends the sum: only its even lag enters, once, if positive.
        let kept = rho.len() - 2;
        let last = if even > 0.0 { even } else { 0.0 };

        // Initial monotone sequence of pair sums.
        for even in (2..kept).step_by(2) {
            let previous = rho[even - 2] + rho[even - 1];
            if rho[even] + rho[even + 1] > previous {
                rho[even] = 0.5 * previous;
                rho[even + 1] = 0.5 * previous;
            }
        }
        let num_total = n * num_chains;
        let tau = -1.0 + 2.0 * rho[..kept].iter().sum::<f64>() + last;
        // Antithetic chains may beat independent draws, but by no more than log₁₀ of their number.
        num_total / tau.max(1.0 / libm::log10(num_total))
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    let (a_lanes, a_rest) = a.as_chunks::<LANES>();
    let (b_lanes, b_rest) = b.as_chunks::<LANES>();
    let mut sums = [0.0; LANES];
    for (a, b) in a_lanes.iter().zip(b_lanes) {
        for lane in 0..LANES {
            sums[lane] += a[lane] * b[lane];
        }
    }
    let rest: f64 = a_rest.iter().zip(b_rest).map(|(a, b)| a * b).sum();
    (sums[0] + sums[1]) + (sums[2] + sums[3]) + rest
}
