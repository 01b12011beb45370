//! One leapfrog step of Hamiltonian dynamics with a diagonal metric.
//!
//! Momenta are kept divided by the square root of the metric, so that they are
//! N(0, 1) and need no second copy "sharpened" by the inverse metric: with
//! `scale` = √inv_metric the equations of motion read
//!
//! ```text
//! dposition/dt = scale · momentum,   dmomentum/dt = scale · grad
//! ```
//!
//! All vectors but those the model sees are padded with zeros to a whole number
//! of [`LANES`].

use models::LogDensity;
use stats::pair::{LANES, Pair};

/// A point of phase space with all that was computed there.
#[derive(Clone, Debug)]
pub(crate) struct State {
    /// Length of what the model sees.
    dim: usize,
    pub(crate) position: Vec<f64>,
    pub(crate) momentum: Vec<f64>,
    pub(crate) grad: Vec<f64>,
    pub(crate) log_density: f64,
    /// Negative log density plus half the squared momentum.
    pub(crate) energy: f64,
}

impl State {
    pub(crate) fn new(dim: usize) -> Self {
        let zeros = vec![0.0; dim.next_multiple_of(LANES)];
        Self {
            dim,
            position: zeros.clone(),
            momentum: zeros.clone(),
            grad: zeros,
            log_density: f64::NAN,
            energy: f64::NAN,
        }
    }
}

/// Inner products that come with a leapfrog step at no cost.
pub(crate) struct Products {
    /// Of the new momentum with itself.
    pub(crate) square: f64,
    /// Of the new momentum with the old one.
    pub(crate) with_old: f64,
}

/// Writes the state one step of signed length `step` after `from` into `to`.
pub(crate) fn leapfrog(
    model: &dyn LogDensity,
    scale: &[f64],
    step: f64,
    from: &State,
    to: &mut State,
) -> Products {
    let half = 0.5 * step;
    kick_and_drift(
        half,
        scale,
        [&from.position, &from.momentum, &from.grad],
        &mut to.position,
        &mut to.momentum,
    );
    let dim = to.dim;
    to.log_density = model.log_density_and_grad(&to.position[..dim], &mut to.grad[..dim]);
    let [square, with_old] =
        second_kick(half, scale, &from.momentum, &to.grad, &mut to.momentum).map(Pair::sum);
    to.energy = 0.5 * square - to.log_density;
    Products { square, with_old }
}

fn kick_and_drift(half: f64, scale: &[f64], from: [&[f64]; 3], position: &mut [f64], momentum: &mut [f64]) {
    let len = scale.len();
    let [old_position, old_momentum, old_grad] = from.map(|v| &v[..len]);
    let (position, momentum) = (&mut position[..len], &mut momentum[..len]);
    for i in 0..len {
        let kick = half * scale[i];
        let half_momentum = old_momentum[i] + kick * old_grad[i];
        momentum[i] = half_momentum;
        position[i] = old_position[i] + (kick + kick) * half_momentum;
    }
}

/// The lanes of the new momentum's products with itself and with the old one.
///
/// Apart from its caller, who sums the lanes: seeing the two sums side by side, the
/// compiler would pair them instead of the lanes.
#[inline(never)]
fn second_kick(
    half: f64,
    scale: &[f64],
    old_momentum: &[f64],
    grad: &[f64],
    momentum: &mut [f64],
) -> [Pair; 2] {
    let momentum = momentum.as_chunks_mut::<LANES>().0;
    let num_chunks = momentum.len();
    let [old_momentum, scale, grad] =
        [old_momentum, scale, grad].map(|v| &v.as_chunks::<LANES>().0[..num_chunks]);
    let half = Pair::splat(half);
    let mut square = Pair::splat(0.0);
    let mut with_old = square;
    for i in 0..num_chunks {
        let [p, old, scale, grad] = [momentum[i], old_momentum[i], scale[i], grad[i]].map(Pair::new);
        let p = p + half * scale * grad;
        momentum[i] = p.lanes();
        square = square + p * p;
        with_old = with_old + p * old;
    }
    [square, with_old]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// −Σ log cosh(q_i) with a little coupling: smooth, and not quadratic.
    struct Smooth;

    impl LogDensity for Smooth {
        fn dim(&self) -> usize {
            3
        }

        fn log_density_and_grad(&self, q: &[f64], grad: &mut [f64]) -> f64 {
            for (grad, q) in grad.iter_mut().zip(q) {
                *grad = -libm::tanh(*q);
            }
            grad[0] -= 0.3 * q[1] * q[1] * q[0];
            grad[1] -= 0.3 * q[0] * q[0] * q[1];
            -q.iter().map(|q| libm::log(libm::cosh(*q))).sum::<f64>() - 0.15 * (q[0] * q[1]) * (q[0] * q[1])
        }
    }

    const SCALE: [f64; 4] = [0.7, 1.3, 1.0, 0.0];

    fn start() -> State {
        let mut state = State::new(3);
        state.position[..3].copy_from_slice(&[0.5, -1.0, 2.0]);
        state.momentum[..3].copy_from_slice(&[1.0, 0.3, -0.8]);
        state.log_density = Smooth.log_density_and_grad(&state.position[..3], &mut state.grad[..3]);
        state.energy = 0.5 * state.momentum.iter().map(|p| p * p).sum::<f64>() - state.log_density;
        state
    }

    fn run(mut state: State, step: f64, num_steps: u32) -> State {
        for _ in 0..num_steps {
            let mut next = State::new(3);
            leapfrog(&Smooth, &SCALE, step, &state, &mut next);
            state = next;
        }
        state
    }

    #[test]
    fn reverses() {
        let there = run(start(), 0.1, 50);
        let back = run(there.clone(), -0.1, 50);
        assert!((there.position[0] - start().position[0]).abs() > 0.1);
        for (a, b) in back.position.iter().zip(start().position) {
            assert!((a - b).abs() < 1e-12); // rounding of 100 steps
        }
    }

    #[test]
    fn is_of_second_order() {
        // Same time, a quarter of the step: a sixteenth of the error.
        let exact = run(start(), 1e-4, 10_000);
        let error =
            |step: f64, num_steps| (run(start(), step, num_steps).position[1] - exact.position[1]).abs();
        let ratio = error(0.1, 10) / error(0.025, 40);
        assert!((ratio - 16.0).abs() < 1.0, "{ratio}");
        let energy_ratio = (run(start(), 0.1, 10).energy - start().energy)
            / (run(start(), 0.025, 40).energy - start().energy);
        assert!((energy_ratio - 16.0).abs() < 1.5, "{energy_ratio}");
    }

    #[test]
    fn products_are_those_of_the_momenta() {
        let (from, mut to) = (start(), State::new(3));
        let products = leapfrog(&Smooth, &SCALE, 0.2, &from, &mut to);
        let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
        assert!((products.square - dot(&to.momentum, &to.momentum)).abs() < 1e-14);
        assert!((products.with_old - dot(&to.momentum, &from.momentum)).abs() < 1e-14);
        assert_eq!(to.momentum[3], 0.0); // padding
    }
}
