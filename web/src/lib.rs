//! The Yew page, the worker shell, and every effect: address bar, canvas,
//! storage, download. No formula stands here.

pub mod app;
pub mod components;
pub mod controls;
pub mod effects;
pub mod state;
pub mod worker_shell;

mod canvas;
mod words;

/// A fifteenth of the standard library's in size, and as quick.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// Formulas as MathML, made at build time.
mod formulas {
    include!(concat!(env!("OUT_DIR"), "/mathml.rs"));
}
