//! Samplers, each behind the [`Sampler`](crate::Sampler) trait.

pub mod exact;
mod leapfrog;
pub mod nuts;
mod step_size;
pub(crate) mod trajectory;
mod warmup;
