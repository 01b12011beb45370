//! Samplers, each behind the [`Sampler`](crate::Sampler) trait.

pub mod collapsed;
pub mod exact;
pub mod gibbs;
mod leapfrog;
pub mod metropolis;
pub mod nuts;
mod slice;
mod step_size;
pub(crate) mod trajectory;
mod warmup;
