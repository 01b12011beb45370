//! Dual averaging of the step size (Hoffman & Gelman 2014, § 3.2), with Stan's constants.

/// Shrinkage towards `log_target`, Stan's `gamma`.
const GAMMA: f64 = 0.05;
/// Decay of the averaging weights, Stan's `kappa`.
const KAPPA: f64 = 0.75;
/// Iterations' worth of caution at the start, Stan's `t0`.
const T0: f64 = 10.0;

/// Adapts the logarithm of the step size until the mean acceptance statistic meets its target.
#[derive(Clone, Debug)]
pub(crate) struct DualAveraging {
    target_accept: f64,
    /// Stan's `mu`.
    log_target: f64,
    counter: f64,
    /// Stan's `s_bar`.
    mean_shortfall: f64,
    /// Stan's `x_bar`.
    mean_log_step_size: f64,
}

impl DualAveraging {
    pub(crate) fn new(target_accept: f64, step_size: f64) -> Self {
        let mut averaging = Self {
            target_accept,
            log_target: 0.0,
            counter: 0.0,
            mean_shortfall: 0.0,
            mean_log_step_size: 0.0,
        };
        averaging.restart(step_size);
        averaging
    }

    /// Forgets the past; aims at ten times `step_size`, since longer steps are cheaper to try.
    pub(crate) fn restart(&mut self, step_size: f64) {
        *self = Self {
            target_accept: self.target_accept,
            log_target: libm::log(10.0 * step_size),
            counter: 0.0,
            mean_shortfall: 0.0,
            mean_log_step_size: 0.0,
        };
    }

    /// The step size for the next iteration, after one with this acceptance statistic.
    pub(crate) fn learn(&mut self, accept_stat: f64) -> f64 {
        self.counter += 1.0;
        let eta = 1.0 / (self.counter + T0);
        self.mean_shortfall =
            (1.0 - eta) * self.mean_shortfall + eta * (self.target_accept - accept_stat.min(1.0));
        let log_step_size = self.log_target - self.mean_shortfall * self.counter.sqrt() / GAMMA;
        let weight = libm::pow(self.counter, -KAPPA);
        self.mean_log_step_size = weight * log_step_size + (1.0 - weight) * self.mean_log_step_size;
        libm::exp(log_step_size)
    }

    /// The averaged step size, for use once warmup is over.
    pub(crate) fn final_step_size(&self) -> f64 {
        libm::exp(self.mean_log_step_size)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_step_size_whose_acceptance_is_the_target() {
        // An acceptance curve 1/(1 + ε²) passes 0.8 at ε = 0.5 and 0.95 at 0.2294.
        for (target, wanted) in [(0.8, 0.5), (0.95, 0.229_415_733_870_562)] {
            let mut step_size = 3.0;
            let mut averaging = DualAveraging::new(target, step_size);
            for _ in 0..3000 {
                step_size = averaging.learn(1.0 / (1.0 + step_size * step_size));
            }
            // The start at ten times the step size still costs γ (log_target − log ε) / (2 √t) of
            // acceptance, 2.3 % of ε in the second case.
            assert!((averaging.final_step_size() / wanted - 1.0).abs() < 0.03);
        }
    }

    #[test]
    fn first_step_follows_the_formula() {
        // By hand: eta = 1/11, shortfall = 0.3/11, log ε = log 10 − (0.3/11)/0.05.
        let mut averaging = DualAveraging::new(0.8, 1.0);
        let step_size = averaging.learn(0.5);
        assert!((step_size / (10.0 * libm::exp(-0.3 / 11.0 / 0.05)) - 1.0).abs() < 1e-14);
        assert!((averaging.final_step_size() / step_size - 1.0).abs() < 1e-14);
    }
}
