//! What the published crates lack or cannot promise bit for bit: random
//! streams, summaries, quadrature, a few special functions, on `f64` and slices.

pub mod rng;

pub use rng::{SimRng, fill_standard_normal, standard_normal, stream, uniform};
