//! Stan's windowed adaptation of a diagonal inverse metric.
//!
//! Stan reference manual, "Automatic parameter tuning": a fast initial buffer,
//! windows of doubling length that each estimate the posterior variances, and a
//! fast final buffer in which only the step size adapts.

/// Iterations before the first window.
const INIT_BUFFER: usize = 75;
/// Iterations after the last window.
const TERM_BUFFER: usize = 50;
/// Length of the first window.
const BASE_WINDOW: usize = 25;
/// A shorter warmup adapts the step size only.
const MIN_WARMUP: usize = 20;

/// Which iterations feed a variance estimate, and where the estimate is taken.
#[derive(Clone, Debug)]
pub(crate) struct Windows {
    iteration: usize,
    first: usize,
    /// One past the last iteration that feeds an estimate.
    end: usize,
    window: usize,
    /// Last iteration of the current window.
    window_end: usize,
}

impl Windows {
    pub(crate) fn new(num_warmup: usize) -> Self {
        let (init, term, base) = if num_warmup < MIN_WARMUP {
            (num_warmup, 0, 0)
        } else if INIT_BUFFER + BASE_WINDOW + TERM_BUFFER > num_warmup {
            let (init, term) = (num_warmup * 15 / 100, num_warmup / 10);
            (init, term, num_warmup - init - term)
        } else {
            (INIT_BUFFER, TERM_BUFFER, BASE_WINDOW)
        };
        Self {
            iteration: 0,
            first: init,
            end: num_warmup - term,
            window: base,
            window_end: (init + base).saturating_sub(1),
        }
    }

    /// Tells what the next iteration of warmup is for.
    pub(crate) fn next(&mut self) -> Phase {
        let iteration = self.iteration;
        self.iteration += 1;
        if iteration < self.first || iteration >= self.end {
            return Phase::StepSizeOnly;
        }
        if iteration != self.window_end {
            return Phase::Window;
        }
        let last = self.end - 1;
        if self.window_end != last {
            self.window *= 2;
            self.window_end = iteration + self.window;
            // A window that the one after it could not follow whole is stretched to the end.
            if self.window_end != last && self.window_end + 2 * self.window >= self.end {
                self.window_end = last;
            }
        }
        Phase::WindowEnd
    }
}

/// The use of one iteration of warmup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    StepSizeOnly,
    Window,
    WindowEnd,
}

/// Running variances by Welford's recurrence.
#[derive(Clone, Debug)]
pub(crate) struct Variances {
    count: f64,
    mean: Vec<f64>,
    sum_squares: Vec<f64>,
}

impl Variances {
    pub(crate) fn new(dim: usize) -> Self {
        Self { count: 0.0, mean: vec![0.0; dim], sum_squares: vec![0.0; dim] }
    }

    pub(crate) fn add(&mut self, position: &[f64]) {
        self.count += 1.0;
        let weight = 1.0 / self.count;
        for ((mean, sum), x) in self.mean.iter_mut().zip(&mut self.sum_squares).zip(position) {
            let delta = x - *mean;
            *mean += weight * delta;
            *sum += (x - *mean) * delta;
        }
    }

    /// Writes √(inverse metric), the variances shrunk towards 10⁻³ by five observations'
    /// worth (Stan's regularization), into `scale`; then starts afresh.
    pub(crate) fn take_scale(&mut self, scale: &mut [f64]) {
        let n = self.count;
        for (scale, sum) in scale.iter_mut().zip(&self.sum_squares) {
            let var = sum / (n - 1.0);
            *scale = ((n / (n + 5.0)) * var + 1e-3 * (5.0 / (n + 5.0))).sqrt();
        }
        self.count = 0.0;
        self.mean.fill(0.0);
        self.sum_squares.fill(0.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn window_ends(num_warmup: usize) -> Vec<usize> {
        let mut windows = Windows::new(num_warmup);
        (0..num_warmup).filter(|_| windows.next() == Phase::WindowEnd).collect()
    }

    #[test]
    fn windows_end_where_stans_do() {
        // 1000 iterations: the schedule printed in Stan's documentation, windows of
        // 25, 50, 100, 200 and a last one stretched to 500, then 50 for the step size.
        assert_eq!(window_ends(1000), [99, 149, 249, 449, 949]);
        // Short warmups: 15 % and 10 % buffers around one window.
        assert_eq!(window_ends(100), [89]);
        assert_eq!(window_ends(150), [99]);
        assert_eq!(window_ends(20), [17]);
        assert!(window_ends(19).is_empty() && window_ends(0).is_empty());
    }

    #[test]
    fn variances_are_regularized_as_in_stan() {
        let mut variances = Variances::new(1);
        for x in [1.0, 2.0, 3.0, 4.0, 10.0] {
            variances.add(&[x]);
        }
        let mut scale = [0.0];
        variances.take_scale(&mut scale);
        assert!((scale[0] * scale[0] - (0.5 * 12.5 + 0.0005)).abs() < 1e-12); // variance 12.5, n/(n+5) = ½
    }
}
