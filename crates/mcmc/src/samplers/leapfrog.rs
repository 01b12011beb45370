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
//! of [`LANES`], the width at which WebAssembly and desktops compute.

use models::LogDensity;

/// Numbers in one 128-bit register.
pub(crate) const LANES: usize = 2;

/// A point of phase space with all that was computed there.
#[derive(Clone, Debug)]
pub(crate) struct State {
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
pub(crate) fn leapfrog<M: LogDensity>(
    model: &M,
    scale: &[f64],
    step: f64,
    from: &State,
    to: &mut State,
) -> Products {
    let half = 0.5 * step;
    let len = scale.len();
    let (old_position, old_momentum, old_grad) =
        (&from.position[..len], &from.momentum[..len], &from.grad[..len]);
    let (position, momentum) = (&mut to.position[..len], &mut to.momentum[..len]);
    for i in 0..len {
        let kick = half * scale[i];
        let half_momentum = old_momentum[i] + kick * old_grad[i];
        momentum[i] = half_momentum;
        position[i] = old_position[i] + (kick + kick) * half_momentum;
    }

    let dim = model.dim();
    to.log_density = model.log_density_and_grad(&position[..dim], &mut to.grad[..dim]);

    let mut square = [0.0; LANES];
    let mut with_old = [0.0; LANES];
    let (momentum, _) = momentum.as_chunks_mut::<LANES>();
    let pairs = momentum.len();
    let (old_momentum, scale, grad) = (
        &old_momentum.as_chunks::<LANES>().0[..pairs],
        &scale.as_chunks::<LANES>().0[..pairs],
        &to.grad.as_chunks::<LANES>().0[..pairs],
    );
    for i in 0..pairs {
        for lane in 0..LANES {
            let p = momentum[i][lane] + half * scale[i][lane] * grad[i][lane];
            momentum[i][lane] = p;
            square[lane] += p * p;
            with_old[lane] += p * old_momentum[i][lane];
        }
    }
    let products = Products { square: square[0] + square[1], with_old: with_old[0] + with_old[1] };
    to.energy = 0.5 * products.square - to.log_density;
    products
}
