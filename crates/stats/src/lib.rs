//! What the published crates lack or cannot promise bit for bit: random
//! streams, summaries, quadrature, a few special functions, on `f64` and slices.

mod error;

pub mod decimal;
pub mod histogram;
pub mod order;
pub mod pair;
pub mod poisson;
pub mod quadrature;
pub mod r_random;
pub mod rng;
pub mod special;
pub mod summary;
pub mod variates;

pub use error::StatsError;
pub use rng::{SimRng, fill_standard_normal, standard_normal, stream, uniform};
